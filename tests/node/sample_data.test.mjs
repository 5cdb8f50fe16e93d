// The sample data: the same bytes everywhere, of the promised size, with a truth that the data bear out.
// The differences of the arms are worked out from the CSV text alone, without the core.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { generateSample } from '../../scripts/sample-data.mjs';
import { countArms, rowsOf } from './independent_count.mjs';

const program = fileURLToPath(new URL('../../scripts/sample-data.mjs', import.meta.url));
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

/** Difference of the arms and its standard error. */
function difference({ treated: [xt, nt], holdout: [xc, nc] }) {
  const [pt, pc] = [xt / nt, xc / nc];
  return { value: pc - pt, error: Math.sqrt((pt * (1 - pt)) / nt + (pc * (1 - pc)) / nc) };
}

const sample = generateSample();

test('the same seed gives the same bytes, here and in every engine', () => {
  const again = generateSample({ seed: 57 });
  assert.deepEqual(again, sample);
  assert.equal(
    sha256(sample.files.map((file) => file.text).join('')),
    '7d12bf633d57e1c0f45f4bbd593ec2d20f0def2bfd187a3ecfed7a594e35c074',
  );
  assert.notEqual(generateSample({ seed: 58 }).files[1].text, sample.files[1].text);
});

test('it has the promised size', () => {
  const near = (value, wanted) =>
    assert.ok(Math.abs(value - wanted) < 0.05 * wanted, `${value}, not near ${wanted}`);
  const [customers, outreaches, contacts, exposure] = [
    'customers.csv',
    'outreaches.csv',
    'contacts.csv',
    'exposure.csv',
  ].map((name) => rowsOf(sample, name));
  assert.equal(customers.length, 4000);
  near(outreaches.length, 6000);
  near(contacts.length, 9000);
  near(exposure.filter((row) => row.arm === 'holdout').length, 0.2 * exposure.length);
  assert.equal(new Set(customers.map((row) => row.segment)).size, 4);
  assert.equal(new Set(exposure.map((row) => row.trigger)).size, 5);
  assert.ok(sample.files.reduce((bytes, { text }) => bytes + text.length, 0) < 1.6 * 1_909_737);
});

test('every treated event has its outreach minutes later, and no held-out customer has one', () => {
  const sent = new Map();
  for (const row of rowsOf(sample, 'outreaches.csv')) {
    if (row.outreach_type === 'broadcast') continue;
    const key = `${row.customer_id} ${row.trigger}`;
    sent.set(key, [...(sent.get(key) ?? []), Date.parse(row.sent_at)]);
  }
  const arms = new Map();
  for (const { customer_id, eligible_at, trigger, arm } of rowsOf(sample, 'exposure.csv')) {
    const after = (sent.get(`${customer_id} ${trigger}`) ?? []).filter((at) => {
      const wait = at - Date.parse(eligible_at);
      return wait >= 0 && wait < 15 * 60_000;
    });
    assert.equal(after.length > 0, arm === 'treated', `${customer_id} ${trigger} ${eligible_at}`);
    assert.equal(arms.get(customer_id) ?? arm, arm, `${customer_id} is in both arms`);
    arms.set(customer_id, arm);
  }
});

test('the difference of the arms is near the truth, in all and by trigger', () => {
  for (const [key, cells] of Object.entries(countArms(sample))) {
    const truth = key === 'all' ? sample.truth : sample.truth.byTrigger[key];
    const { value, error } = difference(cells);
    assert.ok(Math.abs(value - truth.difference) < 1.96 * error, `${key}: ${value} for ${truth.difference}`);
  }
});

test('over many seeds the differences scatter around the truth, as chance says they must', () => {
  const scores = [];
  for (let seed = 1; seed <= 40; seed++) {
    const one = generateSample({ seed, customers: 2000 });
    const { value, error } = difference(countArms(one).all);
    scores.push((value - one.truth.difference) / error);
  }
  const mean = scores.reduce((total, score) => total + score, 0) / scores.length;
  const spread = Math.sqrt(scores.reduce((total, score) => total + score * score, 0) / scores.length);
  assert.ok(Math.abs(mean) < 3 / Math.sqrt(scores.length), `mean score ${mean}`);
  assert.ok(spread > 0.66 && spread < 1.4, `root mean square score ${spread}`);
});

test('two triggers work well, one a little, one not at all, one causes contacts', () => {
  const effect = Object.fromEntries(
    Object.entries(sample.truth.byTrigger).map(([name, { relativeReduction }]) => [name, relativeReduction]),
  );
  assert.ok(effect.usage_limit > 0.4 && effect.known_issue > 0.4);
  assert.ok(effect.onboarding_gap > 0.15 && effect.onboarding_gap < 0.35);
  assert.equal(effect.renewal_reminder, 0);
  assert.ok(effect.plan_change_notice < -0.3);
});

test('as a program it writes the same files, and the truth beside them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'preempt-sample-'));
  try {
    execFileSync(process.execPath, [program, folder, '--seed', '57']);
    for (const { name, text } of sample.files)
      assert.equal(readFileSync(join(folder, name), 'utf8'), text, name);
    assert.deepEqual(JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8')), sample.truth);
    assert.equal(readdirSync(folder).length, sample.files.length + 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
