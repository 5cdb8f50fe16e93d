// Settings beyond the window: filters, dates, a second breakdown, money with its source, own ranges and targets, the choice of
// published ranges; help. Expected figures are the calculator's own in Node.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  audit,
  button,
  effectSentence,
  overflow,
  sampleReport,
  says,
  section,
  settled,
  textOf,
  trySample,
  verdict,
  withPage,
} from './support.mjs';

const { onPage } = withPage();
const more = (page) => page.locator('details.more > summary').click();
const filters = [{ attribute: 'segment', values: ['self_serve', 'enterprise'], exclude: false }];

test('a filter with several values, and its opposite; the chip beside the answer takes it out', async () => {
  const [all, some, others] = await Promise.all([
    sampleReport(),
    sampleReport({ filters }),
    sampleReport({ filters: [{ ...filters[0], exclude: true }] }),
  ]);
  const said = (report) => `With ${report.holdout.baseline.episodes} customers held out`;
  const sentence = (report) =>
    report.holdout.verdict === 'prevents' ? effectSentence(report) : said(report);
  await onPage(async (page) => {
    await trySample(page);
    await says(page, sentence(all));
    await more(page);
    await page.locator('[name=filter]').selectOption('segment');
    const filter = page.locator('[data-filter=segment]');
    await filter.getByRole('checkbox', { name: 'self serve' }).check();
    await filter.getByRole('checkbox', { name: 'enterprise' }).check();
    await says(page, sentence(some));
    await filter.getByRole('combobox').selectOption('exclude');
    await says(page, sentence(others));
    await settled(page);
    assert.deepEqual(await audit(page), []);
    await page.getByRole('list', { name: 'Filters' }).getByRole('button').click();
    await says(page, sentence(all));
  });
});

test('dates: only what happened between them counts', async () => {
  const report = await sampleReport({ from: '2026-01-01', to: '2026-03-31' });
  await onPage(async (page) => {
    await trySample(page);
    await more(page);
    await page.locator('[name=from]').fill('2026-01-01');
    await page.locator('[name=to]').fill('2026-03-31');
    await says(page, `${report.holdout.treated.episodes.toLocaleString('en-GB')} outreaches judged`);
    await page.getByRole('button', { name: /1 January 2026 to 31 March 2026/ }).waitFor();
  });
});

test('two breakdowns at once: every pair has its row', async () => {
  const report = await sampleReport({ breakdown: 'trigger', second_breakdown: 'segment' });
  await onPage(async (page) => {
    await trySample(page);
    await section(page, 'breakdown').getByLabel('and by').selectOption('segment');
    await button(
      section(page, 'breakdown'),
      `Show the ${report.breakdown.rows.length - 8} rows between`,
    ).click();
    await page.waitForFunction(
      (rows) => document.querySelectorAll('[data-section=breakdown] tbody tr').length === rows,
      report.breakdown.rows.length,
    );
    const text = await textOf(section(page, 'breakdown'));
    for (const { label } of report.breakdown.rows.slice(0, 5))
      assert.ok(text.includes(label.replaceAll('_', ' ')), label);
  });
});

test('money: by the costs that the files state, the cautious end first; a published cost brings its source', async () => {
  const [own, report] = await Promise.all([sampleReport(), sampleReport({ cost_per_contact: 8.01 })]);
  await onPage(async (page) => {
    await trySample(page);
    const stated = Math.round(own.money.net.low).toLocaleString('en-GB');
    assert.ok((await textOf(verdict(page))).includes(`At least €${stated}`));
    await more(page);
    await page.locator('[name=preset]').selectOption('gartner_live');
    const least = report.money.net.low ?? report.money.gross.low;
    await says(page, `US$${Math.round(least).toLocaleString('en-GB')}`);
    assert.match(await page.locator('[name=costSource]').inputValue(), /Gartner/);
    assert.equal(await page.locator('[name=costPerContact]').inputValue(), '8.01');
    await page.locator('h1').click();
    await page.keyboard.press('Control+z');
    assert.equal(await page.locator('[name=costPerContact]').inputValue(), '');
  });
});

test('own ranges and targets, typed and pasted, stand beside the published ones; a profile hides what does not fit', async () => {
  const custom_ranges = [
    { label: 'Our goal', metric: 'M06', low: 0.08, high: 0.12, source: '', outreach_type: '' },
  ];
  const { benchmarks } = await sampleReport({ custom_ranges });
  const own = benchmarks.find((row) => row.label === 'Our goal');
  await onPage(async (page) => {
    await trySample(page);
    const ranges = section(page, 'benchmarks');
    await ranges.getByText('Add a range or a target of your own').click();
    await ranges.locator('[name=range-label]').fill('Our goal');
    await ranges.locator('[name=range-low]').fill('8');
    await ranges.locator('[name=range-high]').fill('12');
    await button(ranges, 'Add it').click();
    await ranges.locator('[name=range-paste]').fill('Peers; 3; 5; a survey of 2026, n = 40\nnot a line');
    await button(ranges, 'Add 1 line').click();
    const chart = page.locator('[data-chart="benchmarks-prevented_contact_rate"]');
    await chart.getByText('Peers').first().waitFor();
    await chart.getByRole('button', { name: 'Show the numbers' }).click();
    const table = await textOf(chart.getByRole('table'));
    assert.ok(table.includes('Our goal your own target a goal of yours 8 to 12'), table);
    assert.ok(table.includes('a survey of 2026, n = 40'));
    assert.ok(own.verdict === 'below' ? table.includes('below') : true);

    await ranges.getByText('Show only what fits your company').click();
    await ranges.locator('[name=profile-industry]').selectOption({ label: 'Fintech' });
    await chart.getByText('Peers').first().waitFor();
    const claimed = page.locator('[data-chart="benchmarks-claimed_success"]');
    await page.waitForFunction(
      () =>
        !document.querySelector('[data-chart="benchmarks-claimed_success"]').textContent.includes('SaaS B2B'),
    );
    assert.ok((await claimed.innerText()).includes('Fintech'));
    await settled(page);
    assert.deepEqual(await audit(page), []);
  });
});

test('help by its key: recipes, glossary and all metrics; Escape closes it and the focus is back', async () => {
  await onPage(async (page) => {
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Help' });
    await dialog.waitFor();
    for (const title of ['What to export from which tool', 'What the words mean', 'All metrics'])
      await dialog.getByText(title).click();
    await dialog.getByText('M36').waitFor();
    assert.ok((await dialog.locator('.metrics > div').count()) >= 30);
    assert.deepEqual(await audit(page), []);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await button(page, 'Help').click();
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.waitForFunction(
      () => document.activeElement?.getAttribute('aria-label') === 'Help',
      undefined,
    );
  });
});

test('at 390 px every setting and dialog fits', async () => {
  await onPage(
    async (page) => {
      await trySample(page);
      await more(page);
      await page.locator('[name=filter]').selectOption('segment');
      await page.locator('[data-filter=segment]').getByRole('checkbox').first().waitFor();
      await settled(page);
      assert.equal(await overflow(page), 0);
      await button(page, 'Share').click();
      await button(page, 'Copy the link').waitFor();
      assert.equal(await overflow(page), 0);
      assert.deepEqual(await audit(page), []);
    },
    { width: 390, height: 844 },
  );
});
