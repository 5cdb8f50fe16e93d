// The page as a person uses it: files in, corrections, answers, settings; sample data; typed numbers; a wrong file.
// The numbers expected on it come from the same calculator in Node, or from the notes beside the sample exports.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createCalculator } from '../../dist/preempt.js';
import { generateSample } from '../../scripts/sample-data.mjs';
import {
  audience,
  drop,
  launch,
  openPage,
  per100,
  receipts,
  serveDist,
  singleFile,
  textOf,
  zendesk,
} from './support.mjs';

let browser, dist;
before(async () => {
  [browser, dist] = await Promise.all([launch(), serveDist()]);
});
after(async () => {
  await browser.close();
  await dist.close();
});

/** Runs `work` on a fresh page, and fails on any error that the page itself reported. */
async function onPage(work, options, address = dist.address) {
  const page = await openPage(browser, address, options);
  page.setDefaultTimeout(20_000);
  try {
    await work(page);
    assert.deepEqual(page.problems, []);
  } finally {
    await page.context().close();
  }
}

const main = (page) => page.locator('main');
const card = (page, name) =>
  page
    .getByRole('article')
    .or(page.getByRole('region'))
    .or(page.getByRole('listitem'))
    .filter({ hasText: name })
    .first();
const seeResults = (page) => page.getByRole('button', { name: 'See the results' }).click();

/** The report of the sample data, from the calculator in Node. */
async function sampleReport(request) {
  const calculator = await createCalculator();
  for (const { name, text } of generateSample().files) await calculator.add({ name, data: text });
  return calculator.evaluate({ breakdown: 'trigger', ...request });
}

/** The sentence of the verdict that states the effect. */
const effectSentence = ({ holdout: { difference } }) =>
  `${per100(difference.value)} prevented per 100 outreaches (${per100(difference.low)} to ${per100(difference.high)})`;

test('sample data in one click: the verdict with its numbers, the ladder, the trend, the breakdown', async () => {
  const report = await sampleReport();
  await onPage(async (page) => {
    await page.getByRole('button', { name: 'Try it with sample data' }).click();
    await page.getByText('prevented per 100 outreaches').first().waitFor();
    const text = await textOf(main(page));
    assert.ok(text.includes(effectSentence(report)), effectSentence(report));
    assert.match(text, /Your proactive support prevented about [\d,]+ contacts, between [\d,]+ and [\d,]+/);
    for (const rung of ['Proven', 'Upper bound', 'Claimed', 'Engagement', 'Activity'])
      assert.ok(text.includes(rung), rung);
    for (const row of report.breakdown.rows.filter(({ label }) => label)) {
      assert.ok(text.includes(row.label), row.label);
      if (row.effect.value !== null)
        assert.ok(text.includes(per100(row.effect.value)), `${row.label} ${row.effect.value}`);
    }
    assert.ok(text.includes('causes contacts'));
    assert.ok(text.includes('cannot tell yet'));
  });
});

test('another window is evaluated at once, and the numbers change', async () => {
  const reports = { 7: await sampleReport(), 3: await sampleReport({ window_days: 3 }) };
  assert.notEqual(effectSentence(reports[7]), effectSentence(reports[3]));
  await onPage(async (page) => {
    await page.getByRole('button', { name: 'Try it with sample data' }).click();
    await page.getByText(effectSentence(reports[7])).or(main(page)).first().waitFor();
    await page.getByText('prevented per 100 outreaches').first().waitFor();
    await chooseWindow(page, 3);
    await page.waitForFunction(
      (wanted) => document.querySelector('main').innerText.replace(/\s+/g, ' ').includes(wanted),
      effectSentence(reports[3]),
    );
  });
});

async function chooseWindow(page, days) {
  const named = page.getByRole('radio', { name: new RegExp(`^${days}\\b`) });
  if (await named.count()) return named.first().check({ force: true });
  return page
    .getByLabel('Window')
    .first()
    .selectOption({ label: `${days} days` });
}
