// The sizes of what scripts/build made, raw and as a web server would send them. Run through scripts/sizes.
// --limit BYTES  fail when the hosted page (its HTML, scripts and styles), gzipped, is larger
// --packings     compare ways to carry the wasm inside a script
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { pack } from '../web/build/pack.mjs';

const { values } = parseArgs({ options: { limit: { type: 'string' }, packings: { type: 'boolean' } } });
const root = fileURLToPath(new URL('../', import.meta.url));
const wasm = readFileSync(`${root}build/wasm/preempt_wasm.wasm`);

const measure = (bytes) => [
  bytes.length,
  gzipSync(bytes, { level: 9 }).length,
  brotliCompressSync(bytes).length,
];
const kilobytes = (n) => (n / 1000).toFixed(1).padStart(10);
const print = (name, sizes) => console.log(name.padEnd(36) + sizes.map(kilobytes).join(''));

console.log(`${'kB'.padEnd(36)}       raw      gzip    brotli`);
if (values.packings) {
  const packed = deflateSync(wasm, { level: 9, memLevel: 9 });
  print('the wasm itself', measure(wasm));
  print('base64', measure(Buffer.from(wasm.toString('base64'))));
  print('LZMA, base64 (in use)', measure(Buffer.from(pack(wasm))));
  print('zlib, base64', measure(Buffer.from(packed.toString('base64'))));
  print('a character for a byte', measure(Buffer.from(wasm.toString('latin1'))));
  print('zlib, a character for a byte', measure(Buffer.from(packed.toString('latin1'))));
} else {
  const page = ['index.html', ...readdirSync(`${root}dist/assets`).map((name) => `assets/${name}`)];
  const total = [0, 0, 0];
  for (const name of page) {
    const sizes = measure(readFileSync(`${root}dist/${name}`));
    sizes.forEach((size, i) => (total[i] += size));
    print(`dist/${name}`, sizes);
  }
  print('hosted page', total);
  for (const name of ['preempt.html', 'preempt.js'])
    print(`dist/${name}`, measure(readFileSync(`${root}dist/${name}`)));
  print('the wasm inside them', measure(wasm));
  if (values.limit && total[1] > Number(values.limit)) {
    console.error(`The hosted page is ${total[1]} bytes gzipped, over the limit of ${values.limit}.`);
    process.exit(1);
  }
}
