// Runs one engine on the files that were given to the page's input. The engine is started first; the clock runs from
// handing over the File objects until the answer is there.
import { duckdbPeer } from './duckdb.mjs';

const workerPeer = (name) =>
  new Promise((ready, failed) => {
    const worker = new Worker(`worker.js?${name}`);
    worker.onerror = (event) => failed(new Error(event.message));
    worker.onmessage = () =>
      ready(
        (files) =>
          new Promise((answer, refused) => {
            worker.onmessage = ({ data }) => (data.error ? refused(new Error(data.error)) : answer(data));
            worker.postMessage(files);
          }),
      );
  });

globalThis.run = async (name) => {
  const given = [...document.querySelector('input').files];
  const file = (start) => given.find((one) => one.name.startsWith(start));
  const files = { outreaches: file('outreaches'), contacts: file('contacts') };
  const peer = await (name === 'duckdb' ? duckdbPeer() : workerPeer(name));
  const begin = performance.now();
  const answer = await peer(files, begin);
  return { ms: performance.now() - begin, ...answer };
};
