// What follows from the numbers: questions with answers in words, what to do, causes, the playbook, the tree, the checks. The
// figures expected on the page are those of the same calculator in Node.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import {
  button,
  data,
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

describe('in short, causes and levers', () => {
  test('beneath the answer: what changed, what is worth most, what it saves; each leads to its section', async () => {
    const report = await sampleReport();
    const change = report.tree.changes.find(
      ({ period, outcome, missing }) => period === 'month' && outcome === 'per_outreach' && missing === '',
    );
    const [lever] = report.insight.levers;
    const euros = (value) => value.toLocaleString('en-GB', { maximumFractionDigits: 0 });
    await onPage(async (page) => {
      await trySample(page);
      const line = (id) => page.locator(`[data-brief="${id}"]`);
      const changed = await textOf(line('changed'));
      assert.ok(changed.includes('no clear change'), changed);
      for (const { value } of [change.from, change.to]) assert.ok(changed.includes(per100(value)), changed);
      assert.ok((await textOf(line('lever-1'))).includes(String(Math.round(lever.prize.contacts.value))));
      const saves = await textOf(line('saves'));
      assert.ok(saves.startsWith(`It saves At least €${euros(report.money.net.low)}`), saves);
      // What causes contacts is stopped before anything is bettered, however much that is worth.
      const worst = report.insight.playbook.plays.find(({ verdict }) => verdict === 'stop');
      assert.equal(lever.prize.group, worst.trigger);
      assert.ok((await textOf(line('lever-1'))).includes(`Stop “${worst.trigger.replaceAll('_', ' ')}”`));
      const bettered = report.insight.levers.slice(1).filter(({ prize }) => prize);
      assert.ok(bettered.every(({ prize }) => prize.group !== worst.trigger));
      await line('lever-1').getByRole('link', { name: 'First' }).press('Enter');
      await page.waitForFunction((id) => document.activeElement?.id === id, lever.id);
    });
  });

  test('causes with the numbers that fired them, guards with how many they acted on, changes with their effect', async () => {
    const { insight } = await sampleReport();
    const [finding] = insight.diagnosis.findings;
    await onPage(async (page) => {
      await trySample(page);
      const card = await textOf(page.locator(`[data-finding="${finding.id}"]`));
      const [{ estimate, against }] = finding.numbers;
      for (const share of [estimate.value, estimate.low, estimate.high, against])
        assert.ok(card.includes(per100(share)), card);
      const acting = insight.guards.filter(({ state }) => state === 'acting');
      await page.getByText(`${acting.length} of 22 guards against known mistakes acted`).click();
      for (const { id, count } of acting.filter(({ id }) => id !== 'G21'))
        assert.ok(
          (await textOf(page.locator(`[data-guard="${id}"]`))).includes(count.toLocaleString('en-GB')),
          id,
        );
      for (const { change, effect, verified } of insight.impacts) {
        const row = await textOf(page.locator(`[data-impact="${change}"]`));
        assert.ok(row.includes(per100(effect.value)), row);
        assert.equal(row.includes('verified'), verified, row);
      }
    });
  });

  test('the playbook: each trigger with owner, coverage, baseline, effect and what to do', async () => {
    const { insight, tree } = await sampleReport();
    await onPage(async (page) => {
      await trySample(page);
      for (const play of insight.playbook.plays) {
        const row = await textOf(page.locator(`[data-play="${play.trigger}"]`));
        const owner = tree.owners.find(({ id }) => id === play.owner).name;
        const verdict = play.verdict === 'cannot_tell' ? 'cannot tell yet' : play.verdict;
        for (const part of [readable(play.trigger), readable(play.content), owner, verdict])
          assert.ok(row.includes(part), `${part}: ${row}`);
        for (const share of [play.effect.value, play.effect.low, play.effect.high, play.precision.value])
          assert.ok(row.includes(per100(share)), `${share}: ${row}`);
        assert.equal(row.includes('no signals'), play.fired === 0, row);
      }
      const [first] = insight.playbook.plays;
      const episodes = `${first.episodes.toLocaleString('en-GB')} outreaches`;
      await page.locator(`[data-play="${first.trigger}"]`).getByRole('button', { name: episodes }).click();
      const counted = `counted (${first.episodes.toLocaleString('en-GB')})`;
      await page
        .getByRole('dialog')
        .locator('option', { hasText: counted })
        .first()
        .waitFor({ state: 'attached' });
    });
  });

  test('an experiment that cannot be told yet counts how far it is', async () => {
    await onPage(async (page) => {
      const names = 'exposure contacts outreaches customers'.split(' ');
      await drop(page, ...names.map((name) => data(`complete/${name}.csv`)));
      await page.getByRole('article').nth(3).getByText('rows read').waitFor();
      await seeResults(page);
      const enough = await textOf(page.locator('[data-enough]'));
      assert.match(
        enough,
        /Not enough data yet [\d,]+ of [\d,]+ customers that it takes to notice contacts halved/,
      );
      assert.match(enough, /windows are still open; the last closes on \d/);
    });
  });
});

describe('the metric tree', () => {
  test('four branches with the values of the report, their owners and what they moved; a branch opens by keyboard', async () => {
    const { tree } = await sampleReport();
    const month = tree.changes.find(
      ({ period, outcome }) => period === 'month' && outcome === 'per_outreach',
    );
    await onPage(async (page) => {
      await trySample(page);
      const list = section(page, 'tree');
      for (const { id, branch, estimate } of tree.whole.nodes) {
        const part = await textOf(list.locator(`[data-part="${id}"]`));
        for (const share of [estimate.value, estimate.low, estimate.high])
          assert.ok(part.includes(per100(share)), `${id}: ${part}`);
        const change = month.contributions.find((one) => one.id === id);
        if (change) assert.ok(part.includes(range(change.estimate)), `${id}: ${part}`);
        if (branch === 'outcome') continue;
        const owner = tree.owners.find((one) => one.branch === branch && one.raci === 'A');
        const whose = await textOf(list.locator(`[data-branch="${branch}"]`));
        assert.ok(whose.includes(`${owner.name} (${owner.team}), accountable`), whose);
      }
      const message = list.locator('[data-branch=message]');
      await message.locator('summary').press('Enter');
      for (const { label, nodes } of tree.groups) {
        const row = await textOf(message.getByRole('row').filter({ hasText: readable(label) }));
        assert.ok(row.includes(per100(nodes.find(({ id }) => id === 'message').estimate.value)), row);
      }
      await list.getByRole('combobox').selectOption('segment');
      await message.getByText('By segment and month').waitFor();
      await message.getByRole('link', { name: 'See the breakdown by segment' }).press('Enter');
      await page.waitForFunction(() => document.activeElement?.id === 'breakdown');
    });
  });

  test('without a comparison it says what would bring it, on a phone too', async () => {
    await onPage(
      async (page) => {
        await drop(page, zendesk, receipts);
        await page.getByText('25 rows read').waitFor();
        await seeResults(page);
        assert.match(await textOf(section(page, 'tree')), /No metric tree yet .*signals/);
        assert.match(await textOf(section(page, 'playbook')), /the messages name no trigger/);
        assert.match(await textOf(section(page, 'impacts')), /Add a file of changes/);
        assert.equal(await overflow(page), 0);
      },
      { width: 390 },
    );
  });
});

describe('what helps', () => {
  test('checks say what mends them and lead there; open windows say when the last one closes', async () => {
    const { trust, left_out: leftOut } = await sampleReport();
    const { completes_on: last } = leftOut.find(({ id, of }) => id === 'pending' && of === 'episodes');
    const day = new Date(last).getUTCDate();
    await onPage(async (page) => {
      await trySample(page);
      for (const { id, level } of trust.filter((line) => line.level !== 'good'))
        assert.ok(
          (await section(page, 'trust').locator(`[data-trust="${id}"] .fix`).innerText()).length > 10,
          `${id} ${level}`,
        );
      const pending = await textOf(page.locator('[data-trust=pending]'));
      assert.ok(pending.includes(`The last closes on ${day} July 2026`), pending);
      await page.locator('[data-trust=coverage]').getByRole('link', { name: 'Go to Check' }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      assert.ok(page.url().endsWith('#check'));
    });
  });

  test('a lever is taken along: as a letter to its owner and as a reminder in the calendar', async () => {
    const { insight } = await sampleReport();
    const [lever] = insight.levers;
    await onPage(async (page) => {
      await trySample(page);
      const card = page.locator(`[data-lever="${lever.id}"]`);
      const letter = await card.getByRole('link', { name: 'Write to the owner' }).getAttribute('href');
      assert.ok(letter.startsWith(`mailto:${lever.owner.handle}?subject=Proactive`), letter);
      assert.ok(
        decodeURIComponent(letter).includes(`about ${Math.round(lever.prize.contacts.value)} contacts`),
      );
      const saving = page.waitForEvent('download');
      await card.getByRole('button', { name: 'Save a reminder' }).click();
      const path = await (await saving).path();
      const lines = (await readFile(path, 'utf8')).split('\r\n');
      const start = lines.find((line) => line.startsWith('DTSTART')).slice(-8);
      const due = new Date(Date.now() + lever.recheck_days * 86_400_000).toISOString().slice(0, 10);
      assert.equal(start, due.replaceAll('-', ''));
      assert.ok(lines.every((line) => Buffer.byteLength(line) <= 75));
    });
  });
});
