// The evidence in full and what stands beside it: the published definitions, the holdout, the matched comparison, other outcomes,
// companions, money. Expected figures are the calculator's own in Node.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  audience,
  counted,
  drop,
  openSections,
  overflow,
  per100,
  receipts,
  sameAsKept,
  sampleReport,
  saved,
  section,
  seeResults,
  textOf,
  trySample,
  withPage,
  zendesk,
} from './support.mjs';

const { onPage } = withPage();
const percent = (share) => `${(100 * share).toFixed(1)}`;

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
        for (const { count, label } of row.why)
          assert.ok(text.includes(`${label} (${counted(count)})`), label);
      }
      const text = await textOf(definitions);
      for (const { who } of reconciliation.rows) assert.ok(text.includes(who), who);
      assert.equal(await overflow(page), 0);
    },
    { width: 390, height: 844 },
  );
});

/** "5.2" with "2.7 to 7.9", as an effect stands in a row. */
const effect = ({ value, low, high }) => [per100(value), `${per100(low)} to ${per100(high)}`];

test('the holdout in full: worked out in other ways, how sound the split is, each stratum', async () => {
  const { holdout } = await sampleReport();
  await onPage(async (page) => {
    await trySample(page);
    const there = section(page, 'holdout');
    assert.equal(await textOf(there.locator('h2')), 'However it is worked out, contacts are prevented');
    const ways = {
      assigned: holdout.difference,
      sequential: holdout.sequential.difference,
      delivery: holdout.delivery.difference,
      common: holdout.common.difference,
    };
    for (const [id, difference] of Object.entries(ways)) {
      const row = await textOf(there.locator(`[data-figure="${id}"]`));
      for (const part of effect(difference)) assert.ok(row.includes(part), `${id}: ${part} in ${row}`);
    }
    await openBy(page, 'holdout');
    const check = async (id) => textOf(there.locator(`[data-check="${id}"]`));
    assert.ok((await check('balance')).includes(effect(holdout.placebo.difference)[1]));
    assert.ok((await check('age')).includes(`${Math.round(holdout.holdout_age_days)} days`));
    assert.ok((await check('age')).includes('look at this'));
    assert.ok((await check('covered')).includes(counted(holdout.covered)));
    assert.ok((await check('sensitivity')).includes(per100(holdout.detectable_drop)));
    assert.equal(await there.locator('.numbers tbody tr').count(), holdout.strata.length);
  });
});

test('similar customers: both sources with their doubts; a failed negative control withholds the figure', async () => {
  const { matching } = await sampleReport();
  await onPage(async (page) => {
    await trySample(page);
    const there = section(page, 'matched');
    await openBy(page, 'matched');
    for (const source of matching.sources) {
      const row = await textOf(there.locator(`[data-figure="${source.id}"]`));
      assert.ok(row.includes('withheld'), row);
      const doubts = await textOf(there.locator(`[data-source="${source.id}"]`));
      assert.ok(doubts.includes(percent(source.coverage)), doubts);
      assert.ok(doubts.includes(effect(source.placebo.difference)[1]), doubts);
      if (source.e_value !== null) assert.ok(doubts.includes(`${source.e_value.toFixed(1)} times`), doubts);
    }
    const failed = matching.sources.find(({ placebo }) => placebo.state === 'failed');
    assert.equal(await there.locator(`[data-figure="${failed.id}"] .dot`).count(), 0);
    const text = await textOf(there);
    assert.equal(matching.low, null); // of what is withheld there is no range over methods
    assert.ok(!text.includes('Over all methods'), text);
  });
});

test('other outcomes: escalations by the holdout; customers at risk once a score is stated', async () => {
  const [plain, scored] = await Promise.all([sampleReport(), sampleReport({ at_risk_below: 40 })]);
  await onPage(async (page) => {
    await trySample(page);
    const row = (id) => textOf(section(page, 'outcomes').locator(`[data-figure="${id}"]`));
    for (const part of effect(plain.escalations.difference))
      assert.ok((await row('escalations')).includes(part));
    assert.ok((await row('at_risk')).includes('Give, under “More”'));
    await page.locator('details.more > summary').click();
    await page.locator('[name=atRiskBelow]').fill('40');
    const { difference } = scored.at_risk;
    await page.waitForFunction(
      (wanted) => document.querySelector('[data-figure=at_risk]')?.textContent.includes(wanted),
      per100(difference.value),
    );
    assert.ok((await row('at_risk')).includes(effect(difference)[1]));
  });
});

const cell = (page, id) => textOf(page.locator(`[data-figure="${id}"]`));

test('companions: each figure with its interval, its split and its course; the definition one hover away', async () => {
  const report = await sampleReport();
  const metric = (id) => report.metrics.find((one) => one.id === id);
  const variant = (id, part) => metric(id).variants.find((one) => one.id === part);
  await onPage(async (page) => {
    await trySample(page);
    const there = section(page, 'companions');
    const title = await textOf(there.locator('h2'));
    for (const id of ['M12', 'M15', 'M17'])
      assert.ok(title.includes(`${percent(metric(id).estimate.value)}%`), `${id} in ${title}`);
    for (const closed of ['customers', 'self_service', 'signals', 'messages']) {
      await there.locator(`[data-group="${closed}"] > summary`).focus();
      await page.keyboard.press('Enter');
    }
    for (const id of ['M12', 'M13', 'M15', 'M17', 'M19', 'M25', 'M27']) {
      const { value, low, high } = metric(id).estimate;
      const row = await cell(page, id);
      assert.ok(row.includes(`${percent(value)}%`), row);
      assert.ok(row.includes(`${percent(low)} to ${percent(high)}`), row);
      assert.ok(row.includes(counted(metric(id).denominator)), row);
    }
    for (const part of ['csat_proactive', 'csat_reactive', 'nps'])
      assert.ok(
        (await cell(page, `M15.${part}`)).includes(percent(variant('M15', part).estimate.value)),
        part,
      );
    assert.ok((await cell(page, 'M16')).includes(`${metric('M16').estimate.value} min`));
    assert.ok(
      (await cell(page, 'M17.silent_churn')).includes(
        `${percent(variant('M17', 'silent_churn').estimate.value)}%`,
      ),
    );
    const link = there.locator('[data-figure=M12] a.defined');
    assert.equal(await link.getAttribute('title'), metric('M12').definition);
    // The course of a figure is said with its ends.
    const months = report.companions
      .find(({ id }) => id === 'M12')
      .month.filter(({ complete, estimate }) => complete && estimate.value !== null);
    const said = await there.locator('[data-figure=M12] svg.spark').getAttribute('aria-label');
    for (const { estimate } of [months[0], months.at(-1)])
      assert.ok(said.includes(`${percent(estimate.value)}%`), said);
  });
});

test('leading figures: correlations at each lag, with the caution that they are no causes', async () => {
  const { indicators } = await sampleReport();
  await onPage(
    async (page) => {
      await trySample(page);
      await openBy(page, 'indicators');
      const there = section(page, 'indicators');
      assert.ok((await textOf(there)).includes('Moving together is not causing'));
      for (const pair of indicators.pairs) {
        const row = await textOf(there.locator(`[data-pair="${pair.indicator} ${pair.outcome}"]`));
        for (const { r } of pair.lags)
          assert.ok(
            row.includes(r.value.toFixed(2).replace('-', '\u2212').replace('\u22120.00', '0.00')),
            row,
          );
      }
      for (const { name } of indicators.figures)
        assert.equal(await there.locator(`[data-figure="${name}"] .spark`).count(), 1);
      assert.equal(await overflow(page), 0);
    },
    { width: 390, height: 844 },
  );
});

const euros = (value) =>
  new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 })
    .format(value)
    .replace('-', '\u2212');

test('money: the cautious end first, capacity apart from cash, hours; without a cost a prompt that leads to it', async () => {
  const { money, mix } = await sampleReport();
  await onPage(async (page) => {
    await trySample(page);
    const worth = section(page, 'worth');
    assert.ok((await textOf(worth.locator('h2'))).includes(euros(money.net.low)));
    const cells = async (id) =>
      (await worth.locator(`[data-worth="${id}"] td`).allInnerTexts()).map((text) => text.trim());
    for (const [id, { low, value, high }] of Object.entries({
      gross: money.gross,
      net: money.net,
      apart: money.net_induced_apart,
    }))
      assert.deepEqual(await cells(id), [low, value, high].map(euros), id);
    assert.ok((await cells('hours')).includes(Math.round(money.hours.low).toString()));

    const change = section(page, 'mix');
    for (const part of ['total', 'mix', 'within'])
      assert.ok(
        (await textOf(change.locator(`[data-figure="${part}"]`))).includes(effect(mix[part])[1]),
        part,
      );
  });
  await onPage(async (page) => {
    await page.getByRole('button', { name: 'Type in numbers instead' }).click();
    for (const [name, value] of Object.entries({
      treated: 1000,
      treatedContacted: 100,
      holdout: 1000,
      holdoutContacted: 164,
    }))
      await page.locator(`[name=${name}]`).fill(String(value));
    await page.getByRole('button', { name: 'Work it out' }).click();
    const worth = section(page, 'worth');
    await worth.waitFor();
    await openSections(page);
    assert.ok((await textOf(worth)).includes('No cost is ever assumed'));
    const ask = worth.getByRole('button', { name: 'Type what a contact costs you' });
    await ask.focus();
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('name')), 'costPerContact');
  });
});

test('a target of one outreach type stands against that type; a target for a companion has a group of its own', async () => {
  const custom_ranges = [
    { label: 'Lifecycle goal', metric: 'M06', low: 0.3, high: 0.4, source: '', outreach_type: 'lifecycle' },
    { label: 'Repeats', metric: 'M12', low: 0, high: 0.1, source: 'board paper', outreach_type: '' },
  ];
  const { benchmarks } = await sampleReport({ custom_ranges });
  const of = (label) => benchmarks.find((row) => row.label === label);
  await onPage(async (page) => {
    await trySample(page);
    const ranges = section(page, 'benchmarks');
    await ranges.getByText('Add a range or a target of your own').click();
    const add = async ({ label, metric, low, high, source, outreach_type: type }) => {
      await ranges.locator('[name=range-label]').fill(label);
      await ranges.locator('[name=range-metric]').selectOption(metric);
      if (type) await ranges.locator('[name=range-type]').selectOption(type);
      await ranges.locator('[name=range-low]').fill(String(100 * low));
      await ranges.locator('[name=range-high]').fill(String(100 * high));
      await ranges.locator('[name=range-source]').fill(source);
      await ranges.getByRole('button', { name: 'Add it', exact: true }).click();
    };
    for (const range of custom_ranges) await add(range);
    const chart = page.locator('[data-chart="benchmarks-M12"]');
    await chart.getByText('Repeats').first().waitFor();
    await chart.getByRole('button', { name: 'Show the numbers' }).click();
    const table = await textOf(chart.getByRole('table'));
    assert.ok(table.includes('stated by you, with its source'), table);
    assert.ok(table.includes(per100(of('Repeats').estimate.value)), table);
    const prevented = page.locator('[data-chart="benchmarks-prevented_contact_rate"]');
    await prevented.getByRole('button', { name: 'Show the numbers' }).click();
    const rows = prevented.getByRole('row').filter({ hasText: 'Lifecycle goal' });
    assert.ok((await textOf(rows)).includes(per100(of('Lifecycle goal').estimate.value)));
    assert.equal(of('Lifecycle goal').own_group, true);
  });
});

test('a holdout that is too small: no figure of it is shown, nor what it would be worth', async () => {
  await onPage(async (page) => {
    await drop(page, audience, receipts, zendesk);
    await page.getByText('25 rows read').waitFor();
    await seeResults(page);
    const holdout = section(page, 'holdout');
    assert.equal(await textOf(holdout.locator('h2')), 'The holdout is too small to answer yet');
    assert.equal(await holdout.locator('[data-figure]').count(), 0);
    assert.ok((await holdout.locator('[data-check]').count()) >= 6);
    assert.equal(await page.locator('[data-worth]').count(), 0);
    assert.ok((await textOf(section(page, 'matched'))).includes('Add the signals that fired'));
    assert.ok((await textOf(section(page, 'outcomes'))).includes('which of them were escalated'));
  });
});

test('the rows as pictures are the same as the last time', async () => {
  await onPage(async (page) => {
    await trySample(page);
    for (const id of ['definitions', 'holdout', 'mix']) {
      const picture = await saved(page, () =>
        section(page, id).getByRole('button', { name: /^SVG/ }).first().click(),
      );
      await sameAsKept(picture.name, picture.bytes);
    }
  });
});
