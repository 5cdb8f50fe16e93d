// Damaged archives: any bytes changed, cut or repeated, and the answer is still tables or a message, never a crash.
// A seeded mutation fuzzer over the containers; a longer run: FUZZ_ROUNDS=20000 node --test tests/node/containers_fuzz.test.mjs
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { createCalculator } from '../../dist/preempt.js';
import { root } from './support.mjs';

const { gzipSync, zipSync } = createRequire(`${root}web/package.json`)('fflate');

const rounds = Number(process.env.FUZZ_ROUNDS ?? 250);
const csv = new TextEncoder().encode(
  'contact_id,customer_id,created_at\n' +
    Array.from({ length: 200 }, (_, i) => `c${i},u${i % 7},2026-03-02T10:00:00Z\n`).join(''),
);
const seeds = {
  'two.zip': zipSync({ 'a.csv': csv, 'folder/b.csv': [csv, { level: 0 }] }),
  'nested.zip': zipSync({ 'inner.csv.gz': gzipSync(csv) }),
  'one.csv.gz': gzipSync(csv),
};

/** A linear congruential generator: the same damage on every machine. */
function generator(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

function damaged(bytes, random) {
  let out = Uint8Array.from(bytes);
  for (let changes = 1 + random(4); changes > 0; changes--) {
    const at = random(out.length);
    const kind = random(4);
    if (kind === 0) out[at] = random(256);
    else if (kind === 1) out[at] ^= 1 << random(8);
    else if (kind === 2) out = out.slice(0, Math.max(4, at));
    else out = Uint8Array.from([...out.slice(0, at), ...out.slice(random(at + 1))]);
  }
  return out;
}

for (const [name, bytes] of Object.entries(seeds))
  test(`${name} damaged ${rounds} times gives tables or a message`, async () => {
    const calculator = await createCalculator();
    const random = generator(20261122);
    let refused = 0;
    for (let round = 0; round < rounds; round++) {
      try {
        const infos = await calculator.addAll({ name, data: damaged(bytes, random) });
        for (const info of infos) {
          if (info.state !== 'read') assert.ok(info.message, `round ${round}: a refusal says why`);
          else if (info.kind === 'contacts')
            assert.ok(info.rows_read <= 1000, `round ${round}: invented rows`);
          await calculator.remove(info.id);
        }
      } catch (error) {
        assert.equal(error.name, 'CalculatorError', `round ${round}: ${error.stack}`);
        assert.ok(
          error.message.includes(name) || error.message.length > 20,
          `round ${round}: ${error.message}`,
        );
        refused++;
      }
    }
    assert.ok(refused > 0, 'some damage must be noticed');
  });
