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
