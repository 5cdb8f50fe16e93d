// dist/preempt.js in Node, end to end: the golden fixture of the definitions, real tools' exports, typed numbers, the
// sample data. Expected values: metrics.md 5.5.7 and 5.10, the notes beside the sample exports.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { createCalculator } from '../../dist/preempt.js';
import { generateSample } from '../../scripts/sample-data.mjs';
import { countArms } from './independent_count.mjs';
import { audience, data, exported, intercomOutbound, metric, openFiles, openTexts, sum } from './support.mjs';

const near = (actual, wanted, tolerance, what = '') =>
  assert.ok(Math.abs(actual - wanted) <= tolerance, `${what} ${actual}, not ${wanted} within ${tolerance}`);

/** A count of what was left out, 0 when the report does not name it. */
const leftOut = (report, id) =>
  report.left_out.filter((one) => one.id === id).reduce((total, { count }) => total + count, 0);

describe('golden fixture (metrics.md 5.10)', () => {
  const golden = ['golden_outreaches.csv', 'golden_contacts.csv'].map((name) => data(`generic/${name}`));
  const request = {
    window_days: 7,
    zone: 'UTC',
    coverage_end: '2026-03-31T00:00:00Z',
    breakdown: 'outreach_type',
  };
  const evaluate = async (patch = {}) => {
    const { calculator } = await openFiles(golden);
    return calculator.evaluate({ ...request, ...patch });
  };

  test('4 of 8 episodes stayed quiet; one was reactive, one is pending, one is a broadcast', async () => {
    const report = await evaluate();
    const quiet = metric(report, 'M04');
    assert.deepEqual([quiet.numerator, quiet.denominator], [4, 8]);
    assert.equal(quiet.estimate.value, 0.5);
    assert.equal(quiet.rung, 3);
    assert.equal(report.settings.unit, 'account');
    assert.equal(report.headline_rung, 3);
    assert.equal(leftOut(report, 'reactive'), 1);
    assert.equal(leftOut(report, 'pending'), 1);
    assert.equal(leftOut(report, 'broadcast'), 1);
    assert.match(
      report.left_out.find((one) => one.id === 'pending').completes_on,
      /^2026-04-04T12:00:00/,
      'o7 was sent on 28 March at 12:00',
    );
  });

  test('on the same topic only, 5 of 8 stayed quiet', async () => {
    const quiet = metric(await evaluate({ scope: 'same_topic' }), 'M04');
    assert.deepEqual([quiet.numerator, quiet.denominator], [5, 8]);
  });

  test('signal 3 of 5, segment 1 of 2, lifecycle 0 of 1', async () => {
    const { rows } = (await evaluate()).breakdown;
    const quiet = Object.fromEntries(
      rows.map((row) => [row.label, [row.episodes - row.contacted, row.episodes]]),
    );
    assert.deepEqual(quiet.signal, [3, 5]);
    assert.deepEqual(quiet.segment, [1, 2]);
    assert.deepEqual(quiet.lifecycle, [0, 1]);
  });

  test('11 proactive messages for 6 contacts: 183.3 per 100', async () => {
    const ratio = metric(await evaluate(), 'M01');
    assert.deepEqual([ratio.numerator, ratio.denominator], [11, 6]);
    near(ratio.estimate.value, 11 / 6, 1e-12);
  });

  test('every row of every file is used or set aside, and the counts add up', async () => {
    for (const file of (await evaluate()).files)
      assert.equal(file.rows_read, file.used + sum(file.set_aside), file.name);
  });

  test('the order of the files does not change the report', async () => {
    const { calculator } = await openFiles([...golden].reverse());
    const reversed = await calculator.evaluate(request);
    const straight = await evaluate();
    assert.deepEqual({ ...reversed, files: [] }, { ...straight, files: [] });
    assert.deepEqual([...reversed.files].reverse(), straight.files);
  });

  test('another window is another question: with 1 day, only contacts within a day count', async () => {
    // o1 and o2, o3, o4, o5, o9, o10, o11, o7 and o12: o9 fails at once; c7 comes exactly a day after o12, so outside.
    const quiet = metric(await evaluate({ window_days: 1 }), 'M04');
    assert.equal(quiet.denominator - quiet.numerator, 1);
  });
});

describe('exports of real tools', () => {
  const contacts = {
    Zendesk: { file: 'zendesk_full_export_america_new_york.csv', zone: 'America/New_York', asks: true },
    Freshdesk: { file: 'freshdesk_tickets_export.csv', zone: 'UTC', asks: true },
    'Freshdesk, re-saved by a spreadsheet': {
      file: 'freshdesk_tickets_excel_semicolon_bom.csv',
      zone: 'UTC',
      asks: true,
    },
    Intercom: { file: 'intercom_conversations_new_york.csv', zone: 'America/New_York', asks: false },
  };
  for (const [tool, { file, zone, asks }] of Object.entries(contacts)) {
    test(`${tool}: 3 of 39 messaged and 8 of 17 held out made contact`, async () => {
      const { calculator, infos } = await openFiles([audience, ...intercomOutbound, exported(file)]);
      const tickets = infos.at(-1);
      assert.equal(tickets.kind, 'contacts');
      assert.equal(tickets.rows_read, 25);
      assert.equal(tickets.zone_matters && tickets.zone_in_header === '', asks);
      if (asks) {
        const answered = await calculator.remap(tickets.id, { zone });
        assert.equal(answered.state, 'read');
      } else {
        assert.equal(tickets.zone_in_header, zone);
      }
      const report = await calculator.evaluate({ window_days: 7, unit: 'person', zone: 'UTC' });
      const { treated, baseline, difference } = report.holdout;
      assert.deepEqual([treated.contacted, treated.episodes], [3, 39]);
      assert.deepEqual([baseline.contacted, baseline.episodes], [8, 17]);
      assert.deepEqual([treated.reactive, baseline.reactive], [1, 3]);
      near(difference.value, 8 / 17 - 3 / 39, 1e-12);
    });
  }

  test('the zone matters: Zendesk read as UTC puts the tickets five hours too early', async () => {
    const zendesk = exported(contacts.Zendesk.file);
    const { calculator, infos } = await openFiles([audience, ...intercomOutbound, zendesk]);
    const first = async (zone) => {
      const { first_time } = await calculator.remap(infos.at(-1).id, { zone });
      const report = await calculator.evaluate({ window_days: 7, unit: 'person' });
      return [first_time, report.settings.coverage_end];
    };
    const newYork = await first('America/New_York');
    const utc = await first('UTC');
    assert.equal(
      Date.parse(newYork[1]) - Date.parse(utc[1]),
      4 * 3600_000,
      'in March, summer time has begun',
    );
  });

  test('40 receipts, with their opens, clicks and replies joined by receipt', async () => {
    const { infos } = await openFiles(intercomOutbound);
    assert.deepEqual(
      infos.map((info) => [info.kind, info.rows_read]),
      [
        ['outreaches', 40],
        ['engagement', 26],
        ['engagement', 12],
        ['engagement', 3],
      ],
    );
  });
});

describe('typed numbers', () => {
  test('22 of 100 held out against 48 of 400 messaged: 10 prevented per 100 (2.1 to 19.5)', async () => {
    const calculator = await createCalculator();
    const { holdout } = await calculator.evaluateTyped({
      holdout: 100,
      holdout_contacted: 22,
      treated: 400,
      treated_contacted: 48,
    });
    near(holdout.difference.value, 0.1, 1e-12);
    near(holdout.difference.low, 0.021408, 5e-7);
    near(holdout.difference.high, 0.195451, 5e-7);
    near(holdout.relative_reduction.value, 0.4545, 1e-4);
    near(holdout.prevented.value, 40, 1e-9);
    near(holdout.prevented.low, 8.6, 0.05);
    near(holdout.prevented.high, 78.2, 0.05);
    near(holdout.outreaches_per_prevented, 10, 1e-9);
    assert.equal(holdout.verdict, 'prevents');
  });

  test('64 of 1,000 against 100 of 1,000: the messages cause contacts', async () => {
    const calculator = await createCalculator();
    const { holdout } = await calculator.evaluateTyped({
      holdout: 1000,
      holdout_contacted: 64,
      treated: 1000,
      treated_contacted: 100,
    });
    near(holdout.difference.value, -0.036, 1e-12);
    near(holdout.difference.low, -0.060429, 5e-7);
    near(holdout.difference.high, -0.01206, 5e-7);
    assert.equal(holdout.verdict, 'causes');
  });

  test('225 of 250 claimed: 90.0% (85.7 to 93.1), and never called more than a claim', async () => {
    const calculator = await createCalculator();
    const report = await calculator.evaluateTyped({ claimed_attempts: 250, claimed_successes: 225 });
    const claimed = metric(report, 'M03');
    near(claimed.estimate.value, 0.9, 1e-12);
    near(claimed.estimate.low, 0.857, 5e-4);
    near(claimed.estimate.high, 0.931, 5e-4);
    assert.equal(report.headline_rung, 2);
  });

  test('more successes than attempts are refused in words', async () => {
    const calculator = await createCalculator();
    await assert.rejects(
      calculator.evaluateTyped({ claimed_attempts: 10, claimed_successes: 11 }),
      (error) => error.name === 'CalculatorError' && error.message.length > 20,
    );
  });
});

describe('sample data', async () => {
  const { files, truth } = generateSample();
  const tables = Object.fromEntries(files.map(({ name, text }) => [name, text]));
  const { calculator, infos } = await openTexts(tables);
  const report = await calculator.evaluate({ window_days: truth.windowDays, breakdown: 'trigger' });

  test('its files are recognised without a question', () => {
    assert.deepEqual(
      infos.map((info) => [info.name, info.kind, info.state]),
      [
        ['customers.csv', 'customers', 'read'],
        ['outreaches.csv', 'outreaches', 'read'],
        ['contacts.csv', 'contacts', 'read'],
        ['exposure.csv', 'exposure', 'read'],
        ['signals.csv', 'signals', 'read'],
        ['selfservice.csv', 'self_service', 'read'],
        ['surveys.csv', 'surveys', 'read'],
        ['owners.csv', 'owners', 'read'],
        ['periods.csv', 'periods', 'read'],
        ['changes.csv', 'changes', 'read'],
      ],
    );
    for (const info of infos) assert.equal(info.zone_matters || info.ask_date_order, false, info.name);
  });

  test('the true effect lies inside the interval, in all and for each trigger', () => {
    const inside = ({ low, high }, value, what) =>
      assert.ok(low <= value && value <= high, `${what}: ${value} outside ${low} to ${high}`);
    inside(report.holdout.difference, truth.difference, 'all');
    inside(report.holdout.relative_reduction, truth.relativeReduction, 'share of would-be contacts');
    for (const row of report.breakdown.rows) {
      const of = truth.byTrigger[row.label];
      if (of) inside(row.effect, of.difference, row.label);
    }
    assert.equal(report.breakdown.rows.filter((row) => row.label in truth.byTrigger).length, 5);
  });

  test('the arms hold exactly what an independent count of the CSV text finds, by trigger too', () => {
    const counted = countArms({ files });
    const { treated, baseline } = report.holdout;
    assert.deepEqual([treated.contacted, treated.episodes], counted.all.treated);
    assert.deepEqual([baseline.contacted, baseline.episodes], counted.all.holdout);
    for (const [trigger, arms] of Object.entries(counted)) {
      if (trigger === 'all') continue;
      const row = report.breakdown.rows.find(({ label }) => label === trigger);
      assert.deepEqual([row.treated_contacted, row.treated_episodes], arms.treated, trigger);
      assert.deepEqual([row.holdout_contacted, row.holdout_episodes], arms.holdout, trigger);
    }
  });

  test('two triggers prevent contacts for sure, one causes them, one shows nothing', () => {
    const verdict = Object.fromEntries(report.breakdown.rows.map((row) => [row.label, row.verdict]));
    assert.equal(verdict.usage_limit, 'prevents');
    assert.equal(verdict.known_issue, 'prevents');
    assert.equal(verdict.renewal_reminder, 'cannot_tell');
    assert.equal(verdict.plan_change_notice, 'causes');
    assert.equal(report.holdout.verdict, 'prevents');
    assert.equal(report.headline_rung, 5);
  });

  test('the designed holdout share is read and kept', () => {
    const { sample_ratio } = report.holdout;
    assert.equal(sample_ratio.expected_holdout_share, 0.2);
    assert.equal(sample_ratio.flagged, false);
    assert.equal(report.holdout.mixed_units, 0);
  });

  test('its messy rows are set aside, each for its reason, and the counts add up', () => {
    for (const file of report.files) assert.equal(file.rows_read, file.used + sum(file.set_aside), file.name);
    const reasons = Object.fromEntries(
      report.files.find((file) => file.name === 'contacts.csv').set_aside.map(({ id, count }) => [id, count]),
    );
    for (const reason of ['outbound', 'merged', 'test', 'internal', 'duplicate', 'missing_time'])
      assert.ok(reasons[reason] > 0, reason);
    assert.ok(leftOut(report, 'pending') > 0);
    assert.ok(leftOut(report, 'reactive') > 0);
    assert.ok(leftOut(report, 'broadcast') > 850);
    assert.ok(leftOut(report, 'unmatched_contacts') > 0);
  });

  test('twelve months, four quarters and their weeks, each with its interval', () => {
    assert.equal(report.series.month.filter((point) => point.outreaches > 0).length, 12);
    assert.equal(report.series.quarter.filter((point) => point.outreaches > 0).length, 4);
    for (const point of report.series.month)
      if (point.effect.value !== null) assert.ok(point.effect.low < point.effect.value, point.start);
  });

  test('the same files give the same report, to the last digit', async () => {
    const again = await openTexts(tables);
    assert.deepEqual(
      await again.calculator.evaluate({ window_days: truth.windowDays, breakdown: 'trigger' }),
      report,
    );
  });
});

test('a file may come as bytes, text or Blob, in one piece or many, with the same result', async () => {
  const bytes = await readFile(data('generic/golden_contacts.csv'));
  const calculator = await createCalculator();
  const infos = [];
  for (const content of [bytes, bytes.toString('utf8'), new Blob([bytes])]) {
    const info = await calculator.add({ name: 'contacts.csv', data: content });
    infos.push({ ...info, id: 0 });
  }
  assert.deepEqual(infos[1], infos[0]);
  assert.deepEqual(infos[2], infos[0]);
});
