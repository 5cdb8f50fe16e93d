// The charts about time, parts, repetition, timing and versions of a message: they say what the calculator in Node says, by
// keyboard too, and their pictures are the same as the last time.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { busyHours } from './made.mjs';
import {
  drop,
  exported,
  openDetails,
  overflow,
  per100,
  sameAsKept,
  sampleReport,
  saved,
  section,
  seeResults,
  settled,
  textOf,
  trySample,
  withPage,
} from './support.mjs';

const { onPage } = withPage();
const percent = (share) => `${(100 * share).toFixed(1)}%`;
const range = ({ low, high }, write = per100) => `${write(low)} to ${write(high)}`;

/** What a chart says when the arrow keys walk over it: the lines of each place. */
async function walked(chart, presses) {
  const drawing = chart.locator('.drawing');
  await drawing.focus();
  const said = [];
  for (const key of presses) {
    await drawing.press(key);
    said.push((await chart.locator('[aria-live]').textContent()).replace(/\s+/g, ' '));
  }
  return said;
}

const openFolds = (page, id) =>
  section(page, id).evaluate((part) =>
    part.querySelectorAll('details.fold').forEach((fold) => (fold.open = true)),
  );

/** The report of the company in made.mjs. */
async function madeReport() {
  const { createCalculator } = await import('../../dist/preempt.js');
  const calculator = await createCalculator();
  for (const { name, text } of busyHours()) await calculator.add({ name, data: text });
  return calculator.evaluate({ breakdown: 'trigger' });
}

async function tryMade(page) {
  await drop(page, ...busyHours());
  await page.getByText('492 rows read').waitFor();
  await seeResults(page);
  await settled(page);
}

async function sameCharts(page, names) {
  for (const name of names) {
    const chart = page.locator(`[data-chart="${name}"]`);
    const picture = await saved(page, () => chart.getByRole('button', { name: /^SVG/ }).click());
    await sameAsKept(picture.name, picture.bytes);
  }
}

describe('the window', () => {
  test('a reading for each window, both groups over the days, the numbers of the calculator', async () => {
    const { window: curve } = await sampleReport();
    await onPage(async (page) => {
      await trySample(page);
      await settled(page);
      const effect = page.locator('[data-chart=window]');
      const [first, last] = await walked(effect, ['Home', 'End']);
      const [day, month] = [curve.points[0], curve.points.at(-1)];
      assert.ok(first.includes(`${per100(day.difference.value)} (${range(day.difference)})`), first);
      assert.match(first, /prevents contacts/);
      assert.ok(last.includes(per100(month.difference.value)), last);
      assert.match(last, /28 days.*cannot tell yet/);
      const arms = page.locator('[data-chart=arms]');
      const [week] = await walked(arms, ['Home', 'ArrowRight', 'ArrowRight']).then((said) => said.slice(-1));
      assert.ok(week.includes(`held out ${percent(curve.points[2].baseline.value)}`), week);
      assert.ok(week.includes(`messaged ${percent(curve.points[2].treated.value)}`), week);
      const gained = curve.gained_days;
      assert.ok(
        (await textOf(section(page, 'window'))).includes(
          `${gained.value.toFixed(1)} days longer (${gained.low.toFixed(1)} to ${gained.high.toFixed(1)})`,
        ),
      );
      await sameCharts(page, ['window', 'arms']);
    });
  });

  test('without anybody held out it says what would show it', async () => {
    await onPage(
      async (page) => {
        await drop(
          page,
          exported('zendesk_full_export_america_new_york.csv'),
          exported('intercom_outbound/receipt_20260320-101500.csv'),
        );
        await page.getByText('25 rows read').waitFor();
        await seeResults(page);
        await settled(page);
        assert.match(await textOf(section(page, 'window')), /held out would show it|was held out/);
        assert.equal(await overflow(page), 0);
      },
      { width: 390 },
    );
  });
});

describe('the parts', () => {
  test('best first without luck, whether they differ, what would show; one chart against coverage', async () => {
    const report = await sampleReport();
    const { rows, homogeneity } = report.breakdown;
    await onPage(async (page) => {
      await trySample(page);
      await settled(page);
      const parts = section(page, 'breakdown');
      const lines = parts.locator('[data-forest=by-trigger] tbody tr');
      const best = [...rows].sort((a, b) => b.shrunken.value - a.shrunken.value);
      for (const [at, row] of best.entries()) {
        const line = await textOf(lines.nth(at));
        assert.ok(line.startsWith(row.label.replaceAll('_', ' ')), line);
        assert.ok(line.includes(`${per100(row.effect.value)} ${range(row.effect)}`), line);
        assert.ok(line.includes(` ${per100(row.shrunken.value)} `), line);
        if (row.verdict === 'cannot_tell')
          assert.ok(line.includes(`a drop of ${per100(row.detectable_drop)} or more`), line);
      }
      const text = await textOf(parts);
      assert.match(text, /The triggers differ by more than luck/);
      assert.ok(text.includes(`about ${Math.round(100 * homogeneity.i_squared)}% of the spread`));
      await parts.getByText('Show effect against coverage').click();
      const chart = page.locator('[data-chart=coverage]');
      await settled(page);
      const play = report.insight.playbook.plays.find(({ trigger }) => trigger === 'known_issue');
      const said = await walked(chart, ['Home']);
      assert.ok(said[0].includes(percent(play.coverage.value)), said[0]);
      assert.ok(said[0].includes(`${per100(play.effect.value)} (${range(play.effect)})`), said[0]);
      await sameCharts(page, ['coverage']);
    });
  });

  test('parts that may all be alike are not ranked; a sort by any column, by keyboard', async () => {
    const { breakdown } = await sampleReport({ breakdown: 'region' });
    assert.equal(breakdown.homogeneity.verdict, 'cannot_be_told');
    await onPage(
      async (page) => {
        await trySample(page);
        const parts = section(page, 'breakdown');
        await parts.getByRole('combobox').first().selectOption('region');
        await parts.getByText('Do not rank them').waitFor();
        assert.match(await parts.getByRole('heading', { level: 2 }).innerText(), /differ cannot be told/);
        await parts.getByRole('button', { name: 'Outreaches' }).focus();
        await page.keyboard.press('Enter');
        const most = [...breakdown.rows].sort((a, b) => b.treated_episodes - a.treated_episodes)[0];
        assert.ok((await textOf(parts.locator('tbody tr').first())).startsWith(most.label));
        await page.setViewportSize({ width: 390, height: 800 });
        assert.equal(await overflow(page), 0);
      },
      { width: 1024 },
    );
  });
});

describe('versions', () => {
  test('ranked by what they prevent, after Holm; opens stand apart', async () => {
    const { rows: variants, reactions } = (await sampleReport()).programme.variants;
    assert.equal(variants.adjustment, 'holm');
    const ranked = [...variants.rows].sort((a, b) => a.rank - b.rank);
    await onPage(
      async (page) => {
        await trySample(page);
        const part = section(page, 'variants');
        assert.match(await part.getByRole('heading', { level: 2 }).innerText(), /bug v2 · A most$/);
        await part.getByRole('button', { name: /rows between/ }).click();
        const lines = part.locator('[data-forest=by-version] tbody tr');
        assert.equal(await lines.count(), ranked.length);
        for (const [at, row] of ranked.entries()) {
          const line = await textOf(lines.nth(at));
          assert.ok(line.startsWith(row.label.replaceAll('_', ' ')), line);
          assert.ok(line.includes(`${per100(row.effect.value)} ${range(row.effect)}`), line);
          assert.ok(
            line.includes(row.verdict === 'prevents' ? 'prevents contacts' : 'cannot tell yet'),
            line,
          );
          const onlyAlone = row.verdict === 'cannot_tell' && row.p < 0.05;
          assert.equal(line.includes('clear alone, not among 12'), onlyAlone, line);
        }
        await openFolds(page, 'variants');
        const opened = await textOf(part.locator('table.numbers'));
        for (const { opened: share } of reactions) assert.ok(opened.includes(percent(share.value)));
        assert.equal(await overflow(page), 0);
      },
      { width: 1024 },
    );
  });
});

describe('repetition', () => {
  test('each trigger of a customer with its interval; whether it wears off; how much customers get', async () => {
    const { fatigue } = (await sampleReport()).programme;
    await onPage(
      async (page) => {
        await trySample(page);
        const part = section(page, 'fatigue');
        const { low, high } = fatigue.change_per_index;
        assert.ok(
          (await textOf(part.getByRole('heading', { level: 2 }))).includes(
            `from ${per100(-low)} less to ${per100(high)} more`,
          ),
        );
        const lines = part.locator('[data-forest=by-repetition] tbody tr');
        for (const [at, row] of fatigue.by_index.rows.entries())
          assert.ok(
            (await textOf(lines.nth(at))).includes(`${per100(row.effect.value)} ${range(row.effect)}`),
          );
        const text = await textOf(part);
        assert.ok(text.includes(`at most ${fatigue.frequency.p90} messages in 30 days`), text);
        assert.ok(text.includes(`All ${fatigue.doses[0].episodes.toLocaleString('en-GB')} outreaches`));
        await openFolds(page, 'fatigue');
        await settled(page);
        const { histogram, units } = fatigue.frequency;
        assert.equal(
          histogram.reduce((sum, load) => sum + load.units, 0),
          units,
        );
        const loads = await walked(page.locator('[data-chart=loads]'), ['Home', 'End']);
        assert.match(loads[0], new RegExp(`^1 message, ${histogram[0].units.toLocaleString('en-GB')}`));
        assert.match(loads[1], new RegExp(`^${histogram.at(-1).most} messages, ${histogram.at(-1).units}`));
        await sameCharts(page, ['loads']);
        assert.equal(await overflow(page), 0);
      },
      { width: 390 },
    );
  });

  test('how many messages an outreach holds', async () => {
    const { doses } = (await madeReport()).programme.fatigue;
    await onPage(async (page) => {
      await tryMade(page);
      await openFolds(page, 'fatigue');
      await settled(page);
      const said = await walked(page.locator('[data-chart=doses]'), ['Home', 'ArrowDown']);
      for (const [at, { label, episodes }] of doses.entries())
        assert.ok(said[at].startsWith(`${label} message${label === '1' ? '' : 's'}, ${episodes}`), said[at]);
      await sameCharts(page, ['doses']);
    });
  });
});

describe('the time of sending', () => {
  test('an hour of the week is judged from 20 messaged and 20 held out on; the best weekday', async () => {
    const { timing } = (await madeReport()).programme;
    const judged = timing.slots.filter(({ effect }) => effect.value !== null);
    assert.equal(judged.length, 2);
    await onPage(async (page) => {
      await tryMade(page);
      const part = section(page, 'timing');
      assert.match(await part.getByRole('heading', { level: 2 }).innerText(), /Monday prevents most/);
      const chart = page.locator('[data-chart=timing]');
      const said = await walked(chart, ['Home', ...timing.slots.slice(1).map(() => 'ArrowRight')]);
      for (const [at, slot] of timing.slots.entries()) {
        const known = slot.effect.value !== null;
        const wanted = known ? `${per100(slot.effect.value)} (${range(slot.effect)})` : 'too few to judge';
        assert.ok(said[at].includes(wanted), said[at]);
      }
      await openFolds(page, 'timing');
      const line = await textOf(part.locator('[data-forest=by-weekday] tbody tr').first());
      assert.ok(line.includes(`Monday 200 100 ${per100(timing.weekday.rows[0].effect.value)}`), line);
      const heat = await saved(page, () => chart.getByRole('button', { name: /^SVG/ }).click());
      await sameAsKept(heat.name.replace('.svg', '-judged.svg'), heat.bytes);
    });
  });

  test('too few in every hour: how many were sent, and weekdays, hours and delays with their intervals', async () => {
    const { timing } = (await sampleReport()).programme;
    await onPage(async (page) => {
      await trySample(page);
      await settled(page);
      const part = section(page, 'timing');
      assert.match(await textOf(part), /No day and no hour of sending is shown to work better/);
      const [first] = await walked(page.locator('[data-chart=timing]'), ['Home']);
      assert.ok(first.startsWith(`Monday, 00:00, ${timing.slots[0].episodes} outreaches`), first);
      await openFolds(page, 'timing');
      for (const [id, rows] of [
        ['by-weekday', timing.weekday.rows],
        ['by-hour', timing.hour.rows],
      ]) {
        const lines = part.locator(`[data-forest=${id}] tbody tr`);
        assert.equal(await lines.count(), rows.length);
        for (const [at, row] of rows.entries())
          assert.ok(
            (await textOf(lines.nth(at))).includes(`${per100(row.effect.value)} ${range(row.effect)}`),
          );
      }
      const delays = await textOf(part.locator('[data-forest=by-delay]'));
      for (const row of timing.lag.rows) assert.ok(delays.includes(percent(row.no_contact.value)), delays);
      await sameCharts(page, ['timing']);
      await page.setViewportSize({ width: 390, height: 800 });
      assert.equal(await overflow(page), 0);
    });
  });
});

describe('the trend', () => {
  test('by year too; changes stand on their day, numbered, with what became of them', async () => {
    const { series, insight } = await sampleReport();
    const happened = insight.incidents.map(({ day, note }) => ({ made_on: day, note, what: 'incident' }));
    assert.ok(happened.length > 0);
    const changes = [...insight.impacts, ...happened].sort((a, b) => a.made_on.localeCompare(b.made_on));
    await onPage(async (page) => {
      await trySample(page);
      await settled(page);
      const part = section(page, 'trend');
      const chart = page.locator('[data-chart=trend]');
      const lines = part.locator('.changes-made li');
      assert.equal(await lines.count(), changes.length);
      for (const [at, change] of changes.entries())
        assert.ok((await textOf(lines.nth(at))).includes(change.note), change.note);
      const months = series.month.map(({ start }) => start);
      const said = await walked(chart, ['Home', ...months.slice(1).map(() => 'ArrowRight')]);
      for (const [at, change] of changes.entries()) {
        const month = months.findLastIndex((start) => start <= change.made_on);
        assert.ok(said[month].includes(`${change.what ?? 'change'} ${at + 1}: ${change.note}`), said[month]);
      }
      assert.equal(await part.locator('.changes-made li.incident').count(), happened.length);
      await part.getByRole('button', { name: 'Show the numbers' }).click();
      assert.match(await textOf(part.locator('table')), new RegExp(`incident \\d+: ${happened[0].note}`));
      await sameCharts(page, ['trend']);
      await part.getByRole('radio', { name: 'Year' }).check({ force: true });
      const years = await walked(chart, ['Home', 'ArrowRight']);
      for (const [at, year] of series.year.entries()) {
        assert.ok(years[at].startsWith(year.start.slice(0, 4)), years[at]);
        assert.ok(years[at].includes(`${per100(year.effect.value)} (${range(year.effect)})`), years[at]);
        assert.equal(years[at].includes('not complete'), !year.complete);
      }
      await page.getByRole('link', { name: 'Did they help?' }).click();
      assert.equal(new URL(page.url()).hash, '#impacts');
    });
  });

  test('any companion in its place, with undo; one that has no weeks says so', async () => {
    const { companions } = await sampleReport();
    const series = companions.find(({ id }) => id === 'M12');
    const monthly = companions.find(({ id }) => id === 'M10');
    assert.equal(monthly.week.length, 0);
    await onPage(
      async (page) => {
        await trySample(page);
        const part = section(page, 'trend');
        const chart = page.locator('[data-chart=trend]');
        const choose = part.getByLabel('or a companion');
        await choose.selectOption('M12');
        await part.getByRole('heading', { name: /^Repeat contact rate:/ }).waitFor();
        await settled(page);
        const [first] = await walked(chart, ['Home']);
        const { estimate } = series.month[0];
        assert.ok(first.includes(percent(estimate.value)), first);
        await sameCharts(page, ['trend']);
        await choose.selectOption('M10');
        await part.getByRole('radio', { name: 'Week' }).check({ force: true });
        await part.getByText(`${monthly.name} has no value by week yet`).waitFor();
        assert.equal(await overflow(page), 0);
        for (let step = 0; step < 3; step += 1) await page.keyboard.press('Control+z');
        await part.getByRole('heading', { name: /of the effect over/ }).waitFor();
      },
      { width: 390 },
    );
  });
});

describe('every picture', () => {
  test('of the sample that can be taken along is the same as the last time', async () => {
    await onPage(async (page) => {
      await trySample(page);
      await openDetails(page);
      await settled(page);
      const names = new Set();
      for (const one of await page.getByRole('button', { name: /^SVG/ }).all()) {
        const picture = await saved(page, () => one.click());
        assert.ok(!names.has(picture.name), picture.name);
        names.add(picture.name);
        await sameAsKept(picture.name, picture.bytes);
      }
      assert.ok(names.size > 15, [...names].join(', '));
    });
  });
});
