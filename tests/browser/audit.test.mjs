// The episodes behind a number: each number opens a list of as many episodes as it counts, with rows, contacts and reasons; filters,
// search, pages and the CSV; by keyboard; on a phone; an opened report says that it has no rows.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  audit,
  button,
  counted,
  drop,
  openPage,
  overflow,
  per100,
  sampleReport,
  saved,
  says,
  section,
  settled,
  textOf,
  trySample,
  verdict,
  withPage,
} from './support.mjs';

const { site, onPage } = withPage();
const dialog = (page) => page.getByRole('dialog');
const listed = (page) => dialog(page).locator('.episodes[aria-busy=false] details.episode');

/** The list says this many. */
const lists = (page, number) =>
  says(page, `1 to ${counted(Math.min(50, number))} of ${counted(number)} episodes`);
const close = (page) => dialog(page).press('Escape');

describe('the episodes behind a number', () => {
  test('the answer, a rung, a part, what was left out, an arm, a metric: as many as the number says', async () => {
    const report = await sampleReport();
    const { baseline, treated } = report.holdout;
    await onPage(async (page) => {
      await trySample(page);
      await settled(page);
      await verdict(page)
        .getByRole('button', { name: /^See the episodes/ })
        .click();
      const all = [baseline, treated].flatMap((arm) => [
        arm.episodes,
        arm.reactive,
        arm.pending,
        arm.censored,
      ]);
      await lists(
        page,
        all.reduce((sum, n) => sum + n, 0),
      );
      await dialog(page).getByRole('radio', { name: 'held out' }).check({ force: true });
      await dialog(page).getByLabel('Outcome').selectOption('counted');
      await lists(page, baseline.episodes);
      await dialog(page).getByLabel('Outcome').selectOption('contacted');
      await lists(page, baseline.contacted);
      assert.equal(await listed(page).count(), 50);
      assert.equal(await dialog(page).locator('details.episode:not([data-state=contacted])').count(), 0);
      await close(page);

      const part = report.breakdown.rows[0];
      await section(page, 'breakdown')
        .getByRole('button', { name: counted(part.holdout_episodes), exact: true })
        .click();
      await lists(page, part.holdout_episodes);
      await close(page);

      const reactive = report.left_out.find(({ id, of }) => id === 'reactive' && of === 'episodes');
      await section(page, 'left-out')
        .getByRole('button', { name: counted(reactive.count), exact: true })
        .first()
        .click();
      await lists(page, reactive.count);
      await close(page);

      await page.evaluate(() => document.querySelectorAll('#method details').forEach((d) => (d.open = true)));
      await section(page, 'method')
        .getByRole('button', { name: counted(treated.contacted), exact: true })
        .click();
      await lists(page, treated.contacted);
      await close(page);
      const [play] = report.insight.playbook.plays;
      const row = page.locator(`[data-play="${play.trigger}"]`);
      const judged = report.breakdown.rows.find(({ label }) => label === play.trigger);
      await row.getByRole('button', { name: per100(play.effect.value), exact: true }).click();
      await lists(page, judged.holdout_episodes + judged.treated_episodes);
      await close(page);

      const source = report.matching.sources.find(({ placebo }) => placebo.baseline_contacted > 0);
      await page.evaluate(() =>
        document.querySelectorAll('#matched details').forEach((d) => (d.open = true)),
      );
      await page.locator(`[data-source="${source.id}"]`).getByRole('button').click();
      await lists(page, source.placebo.baseline_contacted + source.placebo.treated_contacted);
      await close(page);

      const listedMetrics = report.metrics.filter((one) => one.has_episodes && one.estimate.value !== null);
      assert.equal(await page.locator('[data-metric] button.see').count(), listedMetrics.length);
      const quiet = report.metrics.find(({ id }) => id === 'M04');
      await page.locator('[data-metric=M04]').getByRole('button').click();
      await dialog(page).getByLabel('Outcome').selectOption('silent');
      await lists(page, quiet.numerator);
      await close(page);
    });
  });

  test('a row opens to its files, lines, contacts and reason; search, pages, CSV', async () => {
    await onPage(async (page) => {
      await trySample(page);
      await settled(page);
      await page.locator('[data-rung="3"]').getByRole('button').click();
      await listed(page).first().waitFor();
      await dialog(page).getByLabel('Outcome').selectOption('reactive');
      const row = dialog(page).locator('details.episode[data-state=reactive]').first();
      await row.locator('summary').click();
      const text = await textOf(row);
      assert.match(text, /Left out: .*(less than a window before|still open at the start)/);
      assert.match(text, /Message o\d+ outreaches\.csv, line \d+/);
      assert.match(text, /Contact t\d+ .* before.* Does not count\. .* contacts\.csv, line \d+/);
      const who = await row.locator('summary b').innerText();

      await dialog(page).getByLabel('Outcome').selectOption('');
      await dialog(page).getByRole('button', { name: 'On', exact: true }).click();
      await says(page, '51 to 100 of');
      await dialog(page).getByLabel('Id of a customer or a row').fill(who);
      await page.waitForFunction(
        (wanted) =>
          [...document.querySelectorAll('dialog .episodes[aria-busy=false] summary b')].every(
            (b) => b.innerText === wanted,
          ),
        who,
      );
      const { name, bytes } = await saved(page, () => button(page, 'Save all as CSV').click());
      assert.equal(name, 'preempt-episodes.csv');
      const lines = bytes.toString('utf8').trimEnd().split('\r\n');
      assert.ok(lines.length > 1 && lines.slice(1).every((line) => line.startsWith(`${who},`)), lines[1]);
      await dialog(page).getByLabel('Id of a customer or a row').fill('nobody at all');
      await says(page, 'No episode fits.');
    });
  });

  test('by keyboard: a point of the trend, and the focus comes back', async () => {
    const report = await sampleReport();
    const first = report.series.month[0];
    await onPage(async (page) => {
      await trySample(page);
      await settled(page);
      const drawing = section(page, 'trend').locator('.drawing');
      await drawing.focus();
      await drawing.press('Home');
      await drawing.press('Enter');
      await lists(page, first.treated_episodes + first.holdout_episodes);
      assert.deepEqual(await audit(page), []);
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'detached' });
      assert.ok(await drawing.evaluate((element) => element === document.activeElement));
      await section(page, 'trend').getByRole('button', { name: 'Show the numbers' }).click();
      await section(page, 'trend')
        .getByRole('table')
        .getByRole('button', { name: /January 2026/ })
        .press('Enter');
      const january = report.series.month.find(({ start }) => start === '2026-01-01');
      await lists(page, january.treated_episodes + january.holdout_episodes);
    });
  });

  test('on a phone nothing scrolls sideways', async () => {
    await onPage(
      async (page) => {
        await trySample(page);
        await settled(page);
        await verdict(page)
          .getByRole('button', { name: /^See the episodes/ })
          .click();
        await listed(page).first().locator('summary').click();
        assert.equal(await overflow(page), 0);
        const beyond = await dialog(page).evaluate((box) => box.scrollWidth - box.clientWidth);
        assert.equal(beyond, 0);
        assert.deepEqual(await audit(page), []);
        await close(page);
        await section(page, 'breakdown')
          .getByRole('button', { name: /outreaches, .* held out/ })
          .first()
          .click();
        await listed(page).first().waitFor();
      },
      { width: 390, height: 844 },
    );
  });

  test('typed numbers have no episodes; an opened report says that its rows are elsewhere', async () => {
    await onPage(async (page) => {
      await trySample(page);
      await settled(page);
      await page.getByRole('button', { name: 'Share', exact: true }).click();
      const { name, bytes } = await saved(page, () => button(page, 'Evidence file').click());
      const other = await openPage(site.browser, site.dist.address);
      await drop(other, { name, bytes });
      await verdict(other).waitFor();
      await verdict(other)
        .getByRole('button', { name: /^See the episodes/ })
        .click();
      await says(other, 'It holds figures and never a row');
      assert.equal(await listed(other).count(), 0);
      assert.deepEqual(other.problems, []);
      await other.context().close();
    });
    await onPage(async (page) => {
      await button(page, 'Type in numbers instead').click();
      for (const [name, value] of Object.entries({
        treated: 900,
        treatedContacted: 90,
        holdout: 900,
        holdoutContacted: 150,
      }))
        await page.locator(`[name=${name}]`).fill(String(value));
      await button(page, 'Work it out').click();
      await verdict(page).waitFor();
      assert.equal(await page.getByRole('button', { name: /^See the episodes/ }).count(), 0);
    });
  });
});
