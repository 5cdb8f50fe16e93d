// How bytes come in changes nothing: byte streams, streams that come in crumbs, that end early or are not there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCalculator } from '../../dist/preempt.js';

const MEBIBYTE = 1 << 20;

/** Outreaches of more than two pieces, with quoted line breaks and letters outside ASCII. */
const text = ['outreach_id,customer_id,sent_at,subject'];
for (let i = 0; text.length < 90_000; i += 1)
  text.push(
    `o${i},c${(i * 7919) % 5003},2026-0${1 + (i % 6)}-1${i % 10}T0${i % 8}:30:00Z,"Line ""${i}"",\nnumber two – ${'é'.repeat(i % 40)}"`,
  );
const csv = new Blob([`${text.join('\n')}\n`]);

/** A Blob with a stream of our own: `sizes(i)` bytes at read i, until it ends after `end` bytes. */
class Streamed extends Blob {
  constructor(blob, { sizes, end = blob.size, fails = false }) {
    super([blob]);
    this.made = { sizes, end, fails };
    this.sliced = 0;
  }
  slice(...range) {
    this.sliced += 1;
    return super.slice(...range);
  }
  stream() {
    const { sizes, end, fails } = this.made;
    if (!sizes) return super.stream.call({ not: 'a blob' });
    let [at, reads] = [0, 0];
    const pull = async (controller) => {
      const view = controller.byobRequest.view;
      const to = Math.min(end, at + Math.min(view.byteLength, sizes(reads)));
      reads += 1;
      if (to === at && fails) throw new Error('the file is gone');
      if (to === at) {
        controller.close();
        return controller.byobRequest.respond(0);
      }
      const bytes = new Uint8Array(await super.slice(at, to).arrayBuffer());
      new Uint8Array(view.buffer, view.byteOffset, bytes.length).set(bytes);
      controller.byobRequest.respond(bytes.length);
      at = to;
    };
    return new ReadableStream({ type: 'bytes', pull });
  }
}

async function read(blob, progress) {
  const calculator = await createCalculator();
  return calculator.add({ name: 'outreaches.csv', data: blob }, progress);
}

test('a file larger than two pieces', () => assert.ok(csv.size > 8.5 * MEBIBYTE));

for (const [name, sizes, how] of [
  ['a stream of pieces of any size', (i) => 1 + ((i * 7_919_993) % (3 * MEBIBYTE)), 'stream'],
  ['a stream that fills every buffer', () => 64 * MEBIBYTE, 'stream'],
  ['a stream in crumbs is left for slices', () => 1000, 'slices'],
  ['no byte stream', undefined, 'slices'],
])
  test(name, async () => {
    const expected = await read(new Uint8Array(await csv.arrayBuffer()));
    const blob = new Streamed(csv, { sizes });
    let last = 0;
    const info = await read(blob, (done, total) => {
      assert.ok(done > last && done <= total);
      last = done;
    });
    assert.equal(last, csv.size);
    assert.equal(info.rows_read, text.length - 1);
    assert.deepEqual(info, expected);
    assert.equal(blob.sliced > 2, how === 'slices', `${blob.sliced} slices`);
  });

test('a stream that ends early loses nothing', async () => {
  const info = await read(new Streamed(csv, { sizes: () => 300_000, end: 5 * MEBIBYTE + 12_345 }));
  assert.equal(info.rows_read, text.length - 1);
});

test('a file that is gone while it is read is an error, and the calculator lives on', async () => {
  const calculator = await createCalculator();
  const gone = new Streamed(csv, { sizes: () => MEBIBYTE, end: 6 * MEBIBYTE, fails: true });
  await assert.rejects(calculator.add({ name: 'gone.csv', data: gone }), /gone/);
  assert.deepEqual(await calculator.files(), []);
  const info = await calculator.add({ name: 'outreaches.csv', data: csv });
  assert.equal(info.rows_read, text.length - 1);
});

test('two files read at the same time do not mix', async () => {
  const calculator = await createCalculator();
  const [one, two] = await Promise.all(
    [(i) => 1 + ((i * 999_983) % MEBIBYTE), () => 700_000].map((sizes, i) =>
      calculator.add({ name: `outreaches_${i}.csv`, data: new Streamed(csv, { sizes }) }),
    ),
  );
  for (const info of [one, two]) {
    assert.equal(info.rows_read, text.length - 1);
    assert.deepEqual([info.rows_used, info.last_time], [one.rows_used, one.last_time]);
  }
});
