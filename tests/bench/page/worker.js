// The engines that run in a worker: ours, the floor under every reader, and JavaScript parsers with a hash join.
// A classic worker, since some of the peers are scripts, not modules.
/* global importScripts */
const modules = '/tests/bench/node_modules';
const DAY = 86_400_000;
const WINDOW = 7 * DAY;
const SLICE = 4 << 20;

/** Contacts by customer, then each outreach against them: what any program without a database would do. */
function hashJoin() {
  const contacts = new Map();
  const groups = new Map();
  let last = 0;
  return {
    contact(customer, created) {
      const at = Date.parse(created);
      if (at > last) last = at;
      const known = contacts.get(customer);
      if (known) known.push(at);
      else contacts.set(customer, [at]);
    },
    outreach(customer, sent, segment, arm) {
      const at = Date.parse(sent);
      const key = `${segment} ${arm}`;
      let group = groups.get(key);
      if (!group) groups.set(key, (group = { followed: 0, episodes: 0, contacted: 0 }));
      let [before, within] = [false, false];
      for (const contact of contacts.get(customer) ?? []) {
        if (contact < at) before ||= contact >= at - WINDOW;
        else within ||= contact < at + WINDOW;
      }
      if (within) group.followed += 1;
      if (before || at + WINDOW > last) return;
      group.episodes += 1;
      if (within) group.contacted += 1;
    },
    answer() {
      const order = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
      return {
        followed: Object.fromEntries(order.map(([key, { followed }]) => [key, [followed]])),
        rule: Object.fromEntries(order.map(([key, { episodes, contacted }]) => [key, [episodes, contacted]])),
      };
    },
  };
}
const CONTACT = { customer: 1, created: 2 };
const OUTREACH = { customer: 1, sent: 2, segment: 5, arm: 6 };
const takeContact = (join) => (row) => join.contact(row[CONTACT.customer], row[CONTACT.created]);
const takeOutreach = (join) => (row) =>
  join.outreach(row[OUTREACH.customer], row[OUTREACH.sent], row[OUTREACH.segment], row[OUTREACH.arm]);

/** Reads into `place(size)`, the fastest way that browsers have. */
async function eachPiece(file, place, take) {
  const reader = file.stream().getReader({ mode: 'byob' });
  let buffer = new ArrayBuffer(SLICE);
  for (;;) {
    const { done, value } = await reader.read(new Uint8Array(buffer));
    if (done) return;
    place().set(value);
    take(value.length);
    buffer = value.buffer;
  }
}

const engines = {
  async preempt() {
    const { createCalculator } = await import('/dist/preempt.js');
    const { reported } = await import('../queries.mjs');
    const reader = new Worker('/tests/bench/page/reader.mjs', { type: 'module' });
    const calculator = await createCalculator(reader);
    return async ({ outreaches, contacts }) => {
      const begin = performance.now();
      await calculator.add(outreaches);
      await calculator.add(contacts);
      const read = performance.now() - begin;
      const report = await calculator.evaluate({ breakdown: 'segment' });
      const ms = performance.now() - begin;
      await calculator.evaluate({ breakdown: 'segment', window_days: 14 });
      return { ms, read, again: performance.now() - begin - ms, rule: reported(report) };
    };
  },

  /** Every byte into the heap and through the structural scan, and nothing else. */
  async floor() {
    const { default: create } = await import('/build/wasm/preempt_floor.js');
    const module = await create();
    const address = module._place();
    return async (files) => {
      const begin = performance.now();
      let separators = 0;
      let scanning = 0;
      for (const file of [files.outreaches, files.contacts])
        await eachPiece(
          file,
          () => module.HEAPU8.subarray(address),
          (length) => {
            const then = performance.now();
            separators += module._scan(length);
            scanning += performance.now() - then;
          },
        );
      return { ms: performance.now() - begin, scanning, separators };
    };
  },

  async udsv() {
    const { inferSchema, initParser } = await import(`${modules}/udsv/dist/uDSV.mjs`);
    const read = async (file, take) => {
      const decoder = new TextDecoder();
      let parser;
      for (let at = 0; at < file.size; at += SLICE) {
        const text = decoder.decode(await file.slice(at, at + SLICE).arrayBuffer(), { stream: true });
        parser ??= initParser(inferSchema(text));
        parser.chunk(text, parser.stringArrs, take);
      }
      parser.end();
    };
    return async (files) => {
      const join = hashJoin();
      await read(files.contacts, takeContact(join));
      await read(files.outreaches, takeOutreach(join));
      return join.answer();
    };
  },

  async papaparse() {
    importScripts(`${modules}/papaparse/papaparse.min.js`);
    const read = (file, take) =>
      new Promise((complete, error) => {
        let header = true;
        globalThis.Papa.parse(file, {
          chunkSize: SLICE,
          skipEmptyLines: true,
          chunk({ data }) {
            for (let i = header ? 1 : 0; i < data.length; i += 1) take(data[i]);
            header = false;
          },
          complete,
          error,
        });
      });
    return async (files) => {
      const join = hashJoin();
      await read(files.contacts, takeContact(join));
      await read(files.outreaches, takeOutreach(join));
      return join.answer();
    };
  },

  async arquero() {
    importScripts(`${modules}/arquero/dist/arquero.min.js`);
    const table = async (file) => globalThis.aq.fromCSV(await file.text(), { autoType: false });
    return async (files) => {
      const join = hashJoin();
      const contacts = await table(files.contacts);
      const [by, created] = ['customer_id', 'created_at'].map((name) => contacts.array(name));
      by.forEach((customer, i) => join.contact(customer, created[i]));
      const outreaches = await table(files.outreaches);
      const [customer, sent, segment, arm] = ['customer_id', 'sent_at', 'segment', 'arm'].map((name) =>
        outreaches.array(name),
      );
      customer.forEach((one, i) => join.outreach(one, sent[i], segment[i], arm[i]));
      return join.answer();
    };
  },
};

async function start() {
  const engine = await engines[location.search.slice(1)]();
  globalThis.onmessage = async ({ data }) => {
    try {
      globalThis.postMessage(await engine(data));
    } catch (error) {
      globalThis.postMessage({ error: String(error?.stack ?? error) });
    }
  };
  globalThis.postMessage('ready');
}
start();
