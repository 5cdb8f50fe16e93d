// What stands folded: its finding stays in sight; links, chips, numbers, the browser's own search and paper open it; a step that
// is taken back leaves it as it is.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { audit, button, overflow, section, settled, trySample, withPage } from './support.mjs';

const { onPage } = withPage();
const body = (page, id) => page.locator(`#${id}-body`);
const isOpen = (page, id) => body(page, id).evaluate((one) => one.firstElementChild.checkVisibility());
const height = (page) => page.evaluate(() => document.documentElement.scrollHeight);
const opened = (page, id) =>
  page.waitForFunction(
    (name) => document.getElementById(`${name}-body`).firstElementChild.checkVisibility(),
    id,
  );

describe('folded sections', () => {
  for (const width of [1440, 1024, 390])
    test(`at ${width} px the page is less than half as high, with every finding in sight`, async () => {
      await onPage(
        async (page) => {
          await trySample(page, { folded: true });
          await settled(page);
          const short = await height(page);
          assert.ok(await isOpen(page, 'playbook'));
          assert.ok(!(await isOpen(page, 'window')));
          for (const title of await page.locator('[data-section] > h2').all()) {
            assert.ok(await title.isVisible());
            assert.ok((await title.innerText()).length > 10);
          }
          assert.equal(await overflow(page), 0);
          assert.deepEqual(await audit(page), []);
          await button(page, 'Open all').click();
          await settled(page);
          assert.ok(short < (await height(page)) / 2, `${short} px`);
          await button(page, 'Fold all').click();
          assert.ok(!(await isOpen(page, 'playbook')));
        },
        { width },
      );
    });

  test('a link, a question, a number and the search of the browser open what they lead to', async () => {
    await onPage(async (page) => {
      await trySample(page, { folded: true });
      await page.locator('[data-brief=saves]').getByRole('link').first().click();
      await opened(page, 'worth');
      await page.waitForFunction(() => document.activeElement?.id === 'worth');
      await page.locator('[data-question=stop_trigger]').click();
      const ways = section(page, 'questions').locator('.ways button');
      await ways.first().click();
      await page.waitForFunction(() => document.activeElement?.closest('[data-open=true]'));
      await section(page, 'ladder').getByRole('link', { name: '5.2' }).first().click();
      await opened(page, 'method');
      assert.equal(await body(page, 'mix').getAttribute('hidden'), 'until-found');
      await body(page, 'mix').dispatchEvent('beforematch');
      await opened(page, 'mix');
      await settled(page);
    });
  });

  test('by keyboard; a step that is taken back leaves sections as they are', async () => {
    await onPage(async (page) => {
      await trySample(page, { folded: true });
      const title = section(page, 'breakdown').getByRole('heading').first().getByRole('button');
      await title.press('Enter');
      await opened(page, 'breakdown');
      assert.equal(await title.getAttribute('aria-expanded'), 'true');
      await section(page, 'breakdown').getByRole('combobox').first().selectOption('region');
      await page.keyboard.press('Control+z');
      await page.waitForFunction(
        () => document.querySelector('[data-section=breakdown] select').value === 'trigger',
      );
      assert.ok(await isOpen(page, 'breakdown'));
      await title.press('Space');
      assert.ok(!(await isOpen(page, 'breakdown')));
    });
  });

  test('on paper everything is open', async () => {
    await onPage(async (page) => {
      await trySample(page, { folded: true });
      await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
      await page.emulateMedia({ media: 'print' });
      for (const one of await page.locator('[data-section] > .body').all())
        assert.ok(await one.evaluate((element) => element.firstElementChild.checkVisibility()));
      assert.equal(await section(page, 'window').locator('svg text').first().isVisible(), true);
    });
  });
});
