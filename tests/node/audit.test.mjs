// The episodes behind a number, in dist/preempt.js: what a list holds is what the report counts, for metrics, arms, parts and periods of
// the sample data and of the tables of tests/data/complete; filters, pages, CSV, refusals.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { before, describe, test } from 'node:test';
import { createCalculator } from '../../dist/preempt.js';
import { generateSample } from '../../scripts/sample-data.mjs';
import { data, metric, openFiles, openTexts } from './support.mjs';

async function sample() {
  const calculator = await createCalculator();
  for (const { name, text } of generateSample().files) await calculator.add({ name, data: text });
  return calculator;
}

async function complete() {
  const names = (await readdir(data('complete'))).filter((name) => name.endsWith('.csv')).sort();
  return (await openFiles(names.map((name) => data(`complete/${name}`)))).calculator;
}

const sessions = [
  ['sample data', sample, { breakdown: 'trigger', zone: 'Europe/Berlin' }],
  ['all tables', complete, { breakdown: 'plan', coverage_end: '2026-04-30' }],
];

for (const [name, open, question] of sessions) {
  describe(`lists of the ${name}`, () => {
    let calculator;
    let report;
    before(async () => {
      calculator = await open();
      report = await calculator.evaluate(question);
    });
    const total = async (query) => (await calculator.audit({ question, limit: 0, ...query })).total;

    test('of metrics: numerator and denominator', async () => {
      let seen = 0;
      for (const id of ['M04', 'M08', 'M11', 'M20']) {
        const one = metric(report, id);
        if (one.missing) continue;
        assert.equal(await total({ metric: id, outcome: 'numerator' }), one.numerator, id);
        assert.equal(await total({ metric: id, outcome: 'counted' }), one.denominator, id);
        seen += 1;
      }
      assert.ok(seen >= 2);
    });

    test('of arms, by what became of the episodes', async () => {
      const comparisons = [report.holdout, report.matched].filter(({ available }) => available);
      assert.ok(comparisons.length > 0);
      for (const { basis, baseline, treated } of comparisons)
        for (const [arm, counts] of [
          ['holdout', baseline],
          ['treated', treated],
        ])
          for (const [outcome, wanted] of [
            ['counted', counts.episodes],
            ['contacted', counts.contacted],
            ['reactive', counts.reactive],
            ['pending', counts.pending],
            ['censored', counts.censored],
          ])
            assert.equal(
              await total({ population: basis, arm, outcome }),
              wanted,
              `${basis} ${arm} ${outcome}`,
            );
    });

    test('of parts and periods', async () => {
      assert.ok(report.breakdown.rows.length > 1);
      for (const row of report.breakdown.rows) {
        const where = [{ by: 'breakdown', value: row.label }];
        assert.equal(await total({ where, outcome: 'counted' }), row.episodes, row.label);
        assert.equal(await total({ where, outcome: 'contacted' }), row.contacted, row.label);
        if (!report.breakdown.known_in_both_arms) continue;
        const { basis } = report.breakdown;
        const held = await total({ population: basis, arm: 'holdout', where, outcome: 'counted' });
        assert.equal(held, row.holdout_episodes, row.label);
      }
      for (const by of ['month', 'quarter'])
        for (const point of report.series[by]) {
          const where = [{ by, value: point.start }];
          assert.equal(await total({ where, outcome: 'counted' }), point.episodes, point.start);
          assert.equal(await total({ where, outcome: 'pending' }), point.pending, point.start);
          const messaged = { population: 'assignments', arm: 'treated', where };
          assert.equal(await total({ ...messaged, outcome: 'counted' }), point.treated_episodes, point.start);
        }
    });

    test('of repetition, timing and versions', async () => {
      const { fatigue, timing, variants } = report.programme;
      const check = async (breakdown, row, by, value, shared = false) => {
        const where = [{ by, value }];
        const of = { population: breakdown.basis, outcome: 'counted', where };
        const [one, other] = breakdown.known_in_both_arms
          ? [
              [{ ...of, arm: 'treated' }, row.treated_episodes],
              [{ ...of, arm: 'holdout', where: shared ? [] : where }, row.holdout_episodes],
            ]
          : [
              [{ outcome: 'counted', where }, row.episodes],
              [{ outcome: 'contacted', where }, row.contacted],
            ];
        assert.equal(await total(one[0]), one[1], `${by} ${value}`);
        assert.equal(await total(other[0]), other[1], `${by} ${value}`);
      };
      for (const row of fatigue.by_index.rows) await check(fatigue.by_index, row, 'dose', row.label);
      for (const by of ['weekday', 'hour', 'lag'])
        for (const row of timing[by].rows) await check(timing[by], row, by, String(row.group), by === 'lag');
      for (const row of variants.rows.rows.filter(({ label }) => label))
        await check(variants.rows, row, 'variant', row.label, true);
      for (const { weekday, hour, episodes } of timing.slots.slice(0, 24)) {
        const where = [{ by: 'slot', value: String(weekday * 24 + hour) }];
        assert.equal(await total({ outcome: 'counted', where }), episodes, `${weekday} ${hour}`);
      }
    });

    test('a page is a part of the list, and every row says why it stands there and where it comes from', async () => {
      const query = { question, metric: 'M04' };
      const first = await calculator.audit(query);
      const second = await calculator.audit({ ...query, offset: 50 });
      assert.equal(first.rows.length, 50);
      assert.ok(first.rows.at(-1).start <= second.rows[0].start);
      const names = new Set((await calculator.files()).map((file) => file.name));
      for (const row of [...first.rows, ...second.rows]) {
        assert.ok(row.unit !== '' && row.words !== '');
        assert.ok(row.sources.length >= row.dose);
        assert.ok([...row.sources, ...row.seen].every(({ file, line }) => names.has(file) && line > 1));
        const counted = row.seen.filter((contact) => contact.counted).length;
        assert.equal(counted, row.state === 'contacted' ? row.contacts : 0);
      }
      const { unit } = second.rows[0];
      const found = await calculator.audit({ ...query, search: unit.toUpperCase() });
      assert.ok(found.total > 0 && found.rows.every((row) => row.unit.includes(unit)));
    });
  });
}

test('the list as CSV is safe to open in a spreadsheet', async () => {
  const { calculator } = await openTexts({
    'sent.csv':
      'outreach_id,customer_id,sent_at\no1,=cmd(),2026-03-01T10:00:00Z\no2,ann,2026-03-02T10:00:00Z\n',
    'tickets.csv':
      'contact_id,customer_id,created_at,direction\n+c1,=cmd(),2026-03-02T10:00:00Z,inbound\nc2,zoe,2026-03-20T10:00:00Z,inbound\n',
  });
  const text = await calculator.auditCsv({ question: { coverage_end: '2026-03-31' } });
  const lines = text.trimEnd().split('\r\n');
  assert.equal(lines.length, 3);
  assert.match(lines[1], /^'=cmd\(\),treated,/);
  assert.match(lines[1], /'\+c1,tickets\.csv:2,yes,in_window/);
  assert.match(lines[2], /^ann,.*,silent,no_contact,/);
});

test('what cannot be listed is refused in words', async () => {
  const calculator = await sample();
  await assert.rejects(calculator.audit({ metric: 'M16' }), { code: 'bad_input', message: /M16/ });
  await assert.rejects(calculator.audit({ population: 'people' }), {
    message: /no episodes called "people"/,
  });
  await assert.rejects(calculator.audit({ limit: 'all' }), { code: 'bad_input' });
  await assert.rejects((await createCalculator()).audit({}), { code: 'missing' });
});
