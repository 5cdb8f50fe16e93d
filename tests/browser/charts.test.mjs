// The charts about time, parts, repetition, timing and versions of a message: they say what the calculator in Node says, by
// keyboard too, and their pictures are the same as the last time.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  drop,
  exported,
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
