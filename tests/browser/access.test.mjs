// Everybody can use it: axe-core finds nothing in any state, light and dark; nothing needs a sideways scroll at 390 px; the
// way to a result, a setting and a chart's points needs no mouse.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  audience,
  audit,
  button,
  drop,
  openDetails,
  openSections,
  openPage,
  overflow,
  receipts,
  settled,
  textOf,
  verdict,
  withPage,
  zendesk,
} from './support.mjs';

const { site } = withPage();

/** Every state of the page, and the way to it. */
const states = {
  start: async () => undefined,
  'typed numbers, with a mistake': async (page) => {
    await button(page, 'Type in numbers instead').click();
    await page.locator('[name=treated]').fill('many');
    await button(page, 'Work it out').click();
  },
  'files with questions, and one that cannot be read': async (page) => {
    await drop(page, audience, receipts, zendesk, { name: 'empty.csv', text: '' });
    await page.getByText('25 rows read').waitFor();
    await page.getByRole('alert').first().waitFor();
    await openDetails(page);
  },
  'a verdict withheld': async (page) => {
    await drop(page, audience, receipts, zendesk);
    await page.getByText('25 rows read').waitFor();
    await button(page, 'See the results').click();
    await verdict(page).waitFor();
  },
  'the result of the sample': async (page) => {
    await button(page, 'Try it with sample data').click();
    await verdict(page).waitFor();
  },
  'the result with everything open': async (page) => {
    await button(page, 'Try it with sample data').click();
    await verdict(page).waitFor();
    await openSections(page);
    await openDetails(page);
    const show = page.getByRole('button', { name: 'Show the numbers' }); // says "Hide" once it is clicked
    while ((await show.count()) > 0) await show.first().click();
  },
  'the result of typed numbers': async (page) => {
    await button(page, 'Type in numbers instead').click();
    for (const [name, value] of Object.entries({
      treated: 1000,
      treatedContacted: 100,
      holdout: 1000,
      holdoutContacted: 64,
    }))
      await page.locator(`[name=${name}]`).fill(String(value));
    await button(page, 'Work it out').click();
    await verdict(page).waitFor();
  },
};

for (const [state, reach] of Object.entries(states)) {
  describe(state, () => {
    for (const colorScheme of ['light', 'dark']) {
      test(`axe-core finds nothing, ${colorScheme}`, async () => {
        const page = await openPage(site.browser, site.dist.address, { colorScheme });
        await reach(page);
        await settled(page);
        assert.deepEqual(await audit(page), []);
        assert.deepEqual(page.problems, []);
        await page.context().close();
      });
    }

    for (const width of [390, 320]) {
      test(`no sideways scroll at ${width} px`, async () => {
        const page = await openPage(site.browser, site.dist.address, { width, height: 844 });
        await reach(page);
        await settled(page);
        assert.equal(await overflow(page), 0);
        if (width === 390) assert.deepEqual(await audit(page), []);
        await page.context().close();
      });
    }
  });
}

/** Tabs on until the focus is on what is wanted; the number of presses a person would still bear is the limit. */
async function tabTo(page, wanted, limit = 60) {
  for (let presses = 0; presses < limit; presses++) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const at = document.activeElement;
      const labels = [...(at.labels ?? [])].map((label) => label.innerText).join(' ');
      return [
        at.getAttribute('aria-label'),
        at.innerText,
        labels,
        at.getAttribute('name'),
        at.getAttribute('role'),
      ].join(' ');
    });
    if (wanted.test(name)) return presses + 1;
  }
  return assert.fail(`not reached within ${limit} presses of Tab: ${wanted}`);
}

/** What is focused can be seen to be. */
const hasFocusMark = (page) =>
  page.evaluate(() => {
    const style = getComputedStyle(document.activeElement);
    return (
      (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'
    );
  });

test('with the keyboard alone: sample, result, another window, a chart read point by point', async () => {
  const page = await openPage(site.browser, site.dist.address);
  await tabTo(page, /Skip to the content/, 1);
  await tabTo(page, /Try it with sample data/);
  assert.ok(await hasFocusMark(page));
  await page.keyboard.press('Enter');
  await verdict(page).waitFor();
  await page
    .waitForFunction(() => document.activeElement?.matches('[data-verdict] h1'), undefined)
    .catch(() => assert.fail('the focus goes to the verdict, so that one reads on from there'));
  const before = await textOf(verdict(page));

  await tabTo(page, /^\s*7\s/); // the window in use: arrows choose another one
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction(
    (old) => document.querySelector('[data-verdict]').innerText.replace(/\s+/g, ' ') !== old,
    before,
  );

  await tabTo(page, /\bimg\b/, 80);
  assert.ok(await hasFocusMark(page));
  const figure = page.locator('figure', { has: page.locator(':focus') });
  const point = figure.locator('[aria-live=polite]');
  await page.keyboard.press('ArrowRight');
  const first = await textOf(point);
  await page.keyboard.press('ArrowRight');
  const second = await textOf(point);
  assert.ok(first.length > 5 && second.length > 5 && first !== second, `${first} / ${second}`);
  await page.context().close();
});

test('what happens is said to screen readers: files read, results up to date', async () => {
  const page = await openPage(site.browser, site.dist.address);
  await drop(page, audience);
  await page
    .getByRole('status')
    .getByText(/1 file read/)
    .waitFor({ state: 'attached' });
  await page.context().close();
});

for (const width of [360, 2560])
  test(`the result fits ${width} px`, async () => {
    const page = await openPage(site.browser, site.dist.address, { width, height: 900 });
    await states['the result of the sample'](page);
    await settled(page);
    assert.equal(await overflow(page), 0);
    await page.context().close();
  });

test('without motion for those who asked for none, and without a sideways scroll at 200% zoom', async () => {
  const page = await openPage(site.browser, site.dist.address, { width: 640, height: 450 });
  await states['the result of the sample'](page);
  await settled(page);
  assert.equal(await overflow(page), 0);
  const moving = await page.evaluate(
    () => document.getAnimations().filter((one) => one.playState === 'running').length,
  );
  assert.equal(moving, 0);
  await page.context().close();
});
