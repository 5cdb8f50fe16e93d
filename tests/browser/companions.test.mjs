// The evidence in full and what stands beside it: the published definitions, the holdout, the matched comparison, other outcomes,
// companions, money. Expected figures are the calculator's own in Node.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overflow, per100, sampleReport, section, textOf, trySample, withPage } from './support.mjs';

const { onPage } = withPage();
const percent = (share) => `${(100 * share).toFixed(1)}`;
const counted = (number) => number.toLocaleString('en-GB');

/** Opens what is collapsed in a section, by keyboard. */
async function openBy(page, id) {
  for (const summary of await section(page, id).locator('summary').all()) {
    await summary.focus();
    await page.keyboard.press('Enter');
  }
}

test('the published definitions side by side: each with its value and why it differs', async () => {
  const { reconciliation } = await sampleReport();
  await onPage(
    async (page) => {
      await trySample(page);
      const definitions = section(page, 'definitions');
      const valued = reconciliation.rows.filter(({ estimate }) => estimate.value !== null);
      const headline = valued.find((row) => row.headline);
      const largest = Math.max(
        ...valued.filter(({ id }) => reconciliation.chain.includes(id)).map(({ estimate }) => estimate.value),
      );
      const title = await textOf(definitions.locator('h2'));
      assert.ok(title.includes(`${percent(largest)}%`), title);
      assert.ok(title.includes(per100(headline.estimate.value)), title);
      await openBy(page, 'definitions');
      for (const row of valued) {
        const text = await textOf(definitions.locator(`[data-definition="${row.id}"]`));
        assert.ok(text.includes(per100(row.estimate.value)), `${row.id}: ${text}`);
        assert.ok(text.includes(row.definition), row.id);
        for (const { count, label } of row.why) assert.ok(text.includes(`${counted(count)} ${label}`), label);
      }
      const text = await textOf(definitions);
      for (const { who } of reconciliation.rows) assert.ok(text.includes(who), who);
      assert.equal(await overflow(page), 0);
    },
    { width: 390, height: 844 },
  );
});
