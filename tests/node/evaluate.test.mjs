// scripts/evaluate: the report as JSON on standard output, everything else on standard error, exit status 2 for bad input.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { audience, data, exported, intercomOutbound, root, sum } from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'preempt-evaluate-'));
after(() => rmSync(folder, { recursive: true }));

function evaluate(...words) {
  const { status, stdout, stderr } = spawnSync(join(root, 'scripts/evaluate'), words, {
    cwd: folder, // files are named from where the person stands
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
}

const golden = ['golden_outreaches.csv', 'golden_contacts.csv'].map((name) => data(`generic/${name}`));

test('the golden fixture as JSON: files, metrics by catalogue id, breakdown, warnings', () => {
  const { status, stdout, stderr } = evaluate(...golden, '--until', '2026-03-30', '--by', 'outreach_type');
  assert.equal(status, 0, stderr);
  const report = JSON.parse(stdout);
  assert.deepEqual(
    report.files.map((file) => file.kind),
    ['outreaches', 'contacts'],
  );
  for (const file of report.files) {
    const aside = Array.isArray(file.set_aside)
      ? sum(file.set_aside)
      : Object.values(file.set_aside).reduce((total, count) => total + count, 0);
    assert.equal(file.rows_read, file.used + aside);
  }
  const { M04, M01 } = report.metrics;
  assert.deepEqual([M04.numerator, M04.denominator, M04.value, M04.rung], [4, 8, 0.5, 3]);
  assert.ok(M04.low < 0.5 && M04.high > 0.5);
  assert.equal(M04.excluded.reactive, 1);
  assert.equal(M04.excluded.pending, 1);
  assert.deepEqual([M01.numerator, M01.denominator], [11, 6]);
  assert.ok(report.breakdown);
  assert.ok(Array.isArray(report.warnings));
});

test('the window can be changed: --window 1d', () => {
  const { status, stdout, stderr } = evaluate(...golden, '--until', '2026-03-30', '--window', '1d');
  assert.equal(status, 0, stderr);
  const { M04 } = JSON.parse(stdout).metrics;
  assert.equal(M04.denominator - M04.numerator, 1);
});

test('zone and unit: the Zendesk export against the receipts and the holdout list', () => {
  const { status, stdout, stderr } = evaluate(
    audience,
    ...intercomOutbound,
    exported('zendesk_full_export_america_new_york.csv'),
    '--zone',
    'America/New_York',
    '--unit',
    'person',
  );
  assert.equal(status, 0, stderr);
  const { M06 } = JSON.parse(stdout).metrics;
  assert.ok(Math.abs(M06.value - (8 / 17 - 3 / 39)) < 1e-12);
  assert.equal(M06.rung, 5);
});

const bad = {
  'no file': [],
  'a file that does not exist': ['nowhere.csv'],
  'a workbook': ['book.xlsx'],
  'a file of no known kind': ['paint.csv'],
  'an unknown option': [golden[0], '--colour', 'red'],
  'a window that is none': [...golden, '--window', 'soon'],
  'a zone that does not exist': [...golden, '--zone', 'Mars/Olympus'],
  'windows that are all still open': [...golden, '--until', '2026-03-01'],
};
for (const [what, words] of Object.entries(bad)) {
  test(`exit status 2 and a message on standard error: ${what}`, () => {
    writeFileSync(join(folder, 'book.xlsx'), 'PK\u0003\u0004 not a table');
    writeFileSync(join(folder, 'paint.csv'), 'shade,colour\n3,red\n4,blue\n');
    const { status, stdout, stderr } = evaluate(...words);
    assert.equal(status, 2, stderr);
    assert.equal(stdout, '');
    assert.ok(stderr.trim().length > 15, stderr);
    assert.doesNotMatch(stderr, /\n\s+at /, 'a message, not a stack');
  });
}
