// A large file read by two workers is the file read by one: with a worker that helps, that breaks down, that never
// answers; and such a reading can be cancelled.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCalculator, serveBlocks } from '../../dist/preempt.js';

/** Rows of all kinds, more than two workers need to be called. */
const lines = ['outreach_id,customer_id,sent_at,arm,is_test,subject'];
for (let i = 0, bytes = 0; bytes < 18 << 20; i += 1) {
  const time = i % 977 === 0 ? 'never' : `2026-0${1 + (i % 6)}-1${i % 10}T0${i % 8}:30:00Z`;
  const subject = i % 1013 === 0 ? '"broken' : `"Line ""${i}"",\nnumber two – ${'é'.repeat(i % 40)}"`;
  const row = `o${i % 5003 === 0 ? 1 : i},c${(i * 7919) % 5003},${time},${i % 5 ? 'treated' : 'holdout'},${i % 11 ? '' : 'yes'},${subject}`;
  lines.push(row);
  bytes += row.length + 1;
}
const outreaches = new File([`${lines.join('\n')}\n`], 'outreaches.csv');

/** Two ends of a line, each of which hears what the other one posts. */
function ends() {
  const one = new EventTarget();
  const other = new EventTarget();
  const post = (to) => (message, transfer) => {
    const data = structuredClone(message, { transfer });
    setImmediate(() => to.dispatchEvent(Object.assign(new Event('message'), { data })));
  };
  return [Object.assign(one, { postMessage: post(other) }), Object.assign(other, { postMessage: post(one) })];
}

/** A worker as the page starts one, but on this thread. `breaks`: after so many messages. */
function helper({ breaks = Infinity } = {}) {
  const [worker, self] = ends();
  const said = { blocks: 0 };
  const { postMessage } = self;
  self.postMessage = (message, transfer) => {
    said.blocks += message.block ? 1 : 0;
    if (said.blocks <= breaks) postMessage(message, transfer);
    else setImmediate(() => worker.dispatchEvent(new Event('error')));
  };
  globalThis.self = self;
  serveBlocks();
  delete globalThis.self;
  return [worker, said];
}

const told = (info) => ({ ...info, id: 0 });
const alone = await createCalculator();
const expected = told(await alone.add(outreaches));
const setAside = await alone.setAside(1);

test('the file has rows of all kinds', () => {
  assert.equal(expected.state, 'read');
  assert.ok(expected.rows_set_aside > 1000 && expected.warnings.length > 0);
});

test('two workers read what one reads', async () => {
  const [worker, said] = helper();
  const calculator = await createCalculator(worker);
  const seen = [];
  const info = await calculator.add(outreaches, (done, total, rows) => seen.push([done, total, rows]));
  assert.deepEqual(told(info), expected);
  assert.ok(said.blocks > 4, `blocks: ${said.blocks}`);
  assert.deepEqual(seen.at(-1), [outreaches.size, outreaches.size, expected.rows_read]);
  assert.equal(await calculator.setAside(info.id), setAside);
  const [berlin, berlinAlone] = await Promise.all(
    [calculator, alone].map((one) => one.remap(1, { zone: 'Europe/Berlin' })),
  );
  assert.deepEqual(berlin, berlinAlone);
});

test('a worker that breaks down half way is done without', async () => {
  const [worker, said] = helper({ breaks: 2 });
  const calculator = await createCalculator(worker);
  assert.deepEqual(told(await calculator.add(outreaches)), expected);
  assert.ok(said.blocks > 2);
  assert.deepEqual(told(await calculator.add(outreaches)), expected);
});

test('a worker that never answers is not waited for', async () => {
  const calculator = await createCalculator(ends()[0]);
  assert.deepEqual(told(await calculator.add(outreaches)), expected);
});

test('reading with two workers can be cancelled, and the next file is read', async () => {
  const [worker] = helper();
  const calculator = await createCalculator(worker);
  const cancel = () => void calculator.cancel('this one');
  await assert.rejects(calculator.add(outreaches, cancel, { token: 'this one' }), { code: 'cancelled' });
  assert.deepEqual(await calculator.files(), []);
  assert.deepEqual(told(await calculator.add(outreaches)), expected);
});
