// What follows from the numbers: questions with answers in words, what to do, causes, the playbook, the tree, the checks. The
// figures expected on the page are those of the same calculator in Node.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  button,
  drop,
  overflow,
  per100,
  receipts,
  sampleReport,
  says,
  section,
  seeResults,
  textOf,
  trySample,
  withPage,
  zendesk,
} from './support.mjs';

const { onPage } = withPage();

const readable = (label) => label.replaceAll('_', ' ');
const chip = (page, id) => section(page, 'questions').locator(`[data-question="${id}"]`);
const said = (page) => textOf(page.locator('.said'));
const range = ({ value, low, high }) => `${per100(value)} per 100 (${per100(low)} to ${per100(high)})`;
const answerOf = ({ insight }, id) => insight.answers.find((answer) => answer.id === id);

describe('questions', () => {
  test('a chip answers in words with the numbers of the report, and leads to the section', async () => {
    const report = await sampleReport();
    const stop = answerOf(report, 'stop_trigger');
    assert.equal(stop.verdict, 'stop');
    await onPage(async (page) => {
      await trySample(page);
      await chip(page, 'stop_trigger').click();
      const text = await said(page);
      for (const trigger of stop.items) assert.ok(text.includes(`“${readable(trigger)}”`), text);
      assert.ok(text.includes(range(stop.numbers[0].estimate)), text);
      await chip(page, 'saved').click();
      const { low, value, high } = answerOf(report, 'saved').numbers[0].estimate;
      assert.equal(await chip(page, 'stop_trigger').getAttribute('aria-expanded'), 'false');
      for (const number of [low, value, high])
        assert.ok((await said(page)).includes(String(Math.round(number))), await said(page));
      await page.locator('.said a', { hasText: String(Math.round(low)) }).click();
      await page.waitForFunction(() => document.querySelector('#M06')?.closest('details')?.open);
    });
  });

  test('by keyboard: a way sets the breakdown and goes there', async () => {
    await onPage(async (page) => {
      await trySample(page);
      const by = section(page, 'breakdown').getByRole('combobox').first();
      await by.selectOption('segment');
      await chip(page, 'stop_trigger').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: /breakdown by trigger/ }).press('Enter');
      await page.waitForFunction(() => document.activeElement?.id === 'breakdown');
      await page.waitForFunction(
        () => document.querySelector('[data-section=breakdown] select').value === 'trigger',
      );
    });
  });

  test('every question has an answer, on data without a holdout too; nothing needs a sideways scroll', async () => {
    await onPage(
      async (page) => {
        await drop(page, zendesk, receipts);
        await page.getByText('25 rows read').waitFor();
        await seeResults(page);
        await button(page, 'More questions').click();
        const chips = await section(page, 'questions').locator('[data-question]').all();
        assert.equal(chips.length, 14);
        for (const one of chips) {
          await one.click();
          assert.ok((await said(page)).length > 20, await one.innerText());
        }
        await chip(page, 'quiet_month').click();
        await says(page, 'Nobody can tell without a comparison');
        assert.equal(await overflow(page), 0);
      },
      { width: 390 },
    );
  });
});
