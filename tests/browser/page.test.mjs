// The page as a person uses it: files in, corrections, answers, settings; sample data; typed numbers; a wrong file.
// The numbers expected on it come from the same calculator in Node, from the definitions' worked examples (metrics.md 5.5.7,
// 5.10), or from the notes beside the sample exports.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { generateSample } from '../../scripts/sample-data.mjs';
import {
  audience,
  button,
  card,
  data,
  drop,
  effectSentence,
  exported,
  main,
  openDetails,
  per100,
  sampleReport,
  says,
  section,
  seeResults,
  settled,
  singleFile,
  textOf,
  trySample,
  verdict,
  withPage,
  zendesk,
} from './support.mjs';

const { onPage, site } = withPage();

const golden = ['golden_outreaches.csv', 'golden_contacts.csv'].map((name) => data(`generic/${name}`));
const outbound = ['receipt', 'open', 'click', 'reply'].map((event) =>
  exported(`intercom_outbound/${event}_20260320-101500.csv`),
);

/** The cells of the row with this heading, in the table that compares the two groups. */
async function compared(page, heading) {
  const row = page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: heading, exact: true }) });
  return (await row.first().getByRole('cell').allInnerTexts()).map((text) => text.trim());
}

describe('sample data', () => {
  test('one click: the verdict with its numbers, the ladder, ranges, trend, breakdown, what was left out', async () => {
    const report = await sampleReport();
    await onPage(async (page) => {
      await trySample(page);
      const answer = await textOf(verdict(page));
      assert.match(
        answer,
        /Your proactive support prevented about [\d,]+ contacts, between [\d,]+ and [\d,]+/,
      );
      assert.ok(answer.includes(effectSentence(report)), `${effectSentence(report)} in ${answer}`);
      assert.ok(answer.includes('Proven'));

      const ladder = await textOf(section(page, 'ladder'));
      for (const rung of ['Proven', 'Estimated', 'Upper bound', 'Claimed', 'Engagement', 'Activity'])
        assert.ok(ladder.includes(rung), rung);
      assert.equal(await page.locator('[data-rung]').count(), 6);

      const breakdown = await textOf(section(page, 'breakdown'));
      for (const row of report.breakdown.rows.filter(({ label }) => label)) {
        assert.ok(breakdown.includes(row.label.replaceAll('_', ' ')), row.label);
        if (row.effect.value !== null) assert.ok(breakdown.includes(per100(row.effect.value)), row.label);
      }
      assert.ok(breakdown.includes('causes contacts') && breakdown.includes('cannot tell yet'));

      for (const id of ['pending', 'reactive', 'broadcast']) {
        const { count } = report.left_out.find((one) => one.id === id);
        const row = await textOf(page.locator(`[data-left-out="${id}"]`).first());
        assert.ok(row.includes(count.toLocaleString('en-GB')), `${id}: ${row}`);
      }
      for (const file of report.files) {
        const row = await textOf(page.locator(`[data-ledger="${file.name}"]`));
        assert.ok(row.includes(file.rows_read.toLocaleString('en-GB')), row);
        assert.ok(row.includes(file.used.toLocaleString('en-GB')), row);
      }
      await settled(page);
      assert.ok((await page.locator('[data-chart] svg').count()) >= 2, 'charts are drawn as SVG');
    });
  });

  test('another window is evaluated at once, and the numbers change', async () => {
    const [seven, three, five] = await Promise.all(
      [7, 3, 5].map((window_days) => sampleReport({ window_days })),
    );
    await onPage(async (page) => {
      await trySample(page);
      await says(page, effectSentence(seven));
      await page.getByRole('radio', { name: '3', exact: true }).check({ force: true });
      await says(page, effectSentence(three));
      await page.getByRole('radio', { name: 'Other' }).check({ force: true });
      await page.getByLabel('Days, up to 90').fill('5');
      await says(page, effectSentence(five));
    });
  });

  test('another attribute, another certainty: the breakdown and the interval change', async () => {
    const bySegment = await sampleReport({ breakdown: 'segment' });
    const level80 = await sampleReport({ level: 0.8 });
    await onPage(async (page) => {
      await trySample(page);
      await section(page, 'breakdown').getByRole('combobox').first().selectOption('segment');
      for (const row of bySegment.breakdown.rows.filter(({ label }) => label))
        await says(page, row.label.replaceAll('_', ' '));
      await page.getByText('More', { exact: true }).click();
      await page.getByLabel('Certainty').selectOption('0.8');
      await says(page, effectSentence(level80));
    });
  });

  test('the trend by week, month and quarter, with its numbers as a table', async () => {
    await onPage(async (page) => {
      await trySample(page);
      const trend = section(page, 'trend');
      await trend.getByRole('radio', { name: 'Quarter' }).check({ force: true });
      await trend.getByRole('button', { name: 'Show the numbers' }).click();
      const table = await textOf(trend.getByRole('table'));
      for (const quarter of ['Q3 2025', 'Q4 2025', 'Q1 2026', 'Q2 2026'])
        assert.ok(table.includes(quarter), table);
    });
  });

  test('the files can be downloaded as templates', async () => {
    await onPage(async (page) => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        button(page, 'Download these files as templates').click(),
      ]);
      assert.equal(download.suggestedFilename(), 'preempt-templates.zip');
      const bytes = await readFile(await download.path());
      for (const { name } of generateSample().files) assert.ok(bytes.includes(name), name);
    });
  });

  test('the single file from a disk says exactly what the hosted page says', async () => {
    const texts = [];
    for (const address of [site.dist.address, singleFile])
      await onPage(
        async (page) => {
          await trySample(page);
          await openDetails(page);
          await settled(page);
          // The headers of set-aside rows are read from their files meanwhile.
          let text = await textOf(main(page));
          for (let before = ''; text !== before; text = await textOf(main(page))) {
            before = text;
            await page.waitForTimeout(1000);
          }
          texts.push(text);
        },
        {},
        address,
      );
    assert.equal(texts[1], texts[0]);
    assert.ok(texts[0].length > 3000);
  });
});

describe('exports of real tools', () => {
  test('holdout list, Intercom receipts and Zendesk tickets: the zone is asked, and 3 of 39 and 8 of 17 come out', async () => {
    await onPage(async (page) => {
      await drop(page, audience, ...outbound, zendesk);
      const tickets = card(page, 'zendesk_full_export_america_new_york.csv');
      await tickets.getByText('25 rows read').waitFor();
      assert.match(await textOf(tickets), /Recognised as .*Zendesk/);
      assert.match(await textOf(card(page, 'receipt_20260320-101500.csv')), /Recognised as .*Intercom/);
      await tickets
        .getByRole('combobox', { name: 'In which time zone are its times?' })
        .selectOption('America/New_York');
      await tickets.getByText('Times without an offset are read as America/New_York').waitFor();

      await seeResults(page);
      await page.getByLabel('Counted by').selectOption('person');
      await openDetails(page);
      await says(page, 'Outreaches or assignments judged');
      assert.deepEqual(await compared(page, 'Outreaches or assignments judged'), ['17', '39']);
      assert.deepEqual(await compared(page, 'with at least one contact'), ['8', '3']);
      assert.deepEqual(await compared(page, 'Left out: had already made contact'), ['3', '1']);
    });
  });

  test('Intercom conversations name their zone in the header: nothing is asked', async () => {
    await onPage(async (page) => {
      await drop(page, exported('intercom_conversations_new_york.csv'));
      const file = card(page, 'intercom_conversations_new_york.csv');
      await file.getByText('25 rows read').waitFor();
      assert.equal(await file.getByText('In which time zone are its times?').count(), 0);
      assert.match(await textOf(file), /America\/New.York/);
    });
  });

  test('files chosen with the button are read like dropped ones', async () => {
    await onPage(async (page) => {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        button(page, 'Choose files').first().click(),
      ]);
      assert.ok(chooser.isMultiple());
      await chooser.setFiles(golden);
      await card(page, 'golden_contacts.csv').getByText('7 rows read').waitFor();
      await card(page, 'golden_outreaches.csv').getByText('12 rows read').waitFor();
    });
  });
});

describe('the golden fixture on the page', () => {
  test('4 of 8 stayed quiet: an upper bound, with what was left out, once the end is confirmed', async () => {
    await onPage(async (page) => {
      await drop(page, ...golden);
      const contacts = card(page, 'golden_contacts.csv');
      await contacts.getByText('7 rows read').waitFor();
      await contacts.getByLabel('This export is complete until the end of').fill('2026-03-30');
      await seeResults(page);
      await says(page, '50% stayed quiet');
      assert.equal(await verdict(page).getAttribute('data-verdict'), 'bound');
      assert.match(
        await textOf(page.locator('[data-left-out="pending"]').first()),
        /complete on 4 April 2026.* 1 /,
      );
      assert.match(await textOf(page.locator('[data-left-out="reactive"]').first()), /\b1\b/);
      // The same topic only: 5 of 8.
      await page.getByRole('combobox', { name: 'Contacts', exact: true }).selectOption('same_topic');
      await says(page, '63% stayed quiet');
    });
  });

  test('a table with headers of its own is mapped by hand: kind, then columns', async () => {
    const renamed = (await readFile(golden[1], 'utf8')).replace(
      /^.*\n/,
      'ref,party,moment,until,way,about\n',
    );
    await onPage(async (page) => {
      await drop(page, golden[0], { name: 'our own list.csv', text: renamed });
      const list = card(page, 'our own list.csv');
      await list.getByLabel('This table holds').selectOption('contacts');
      const columns = list.locator('details.columns');
      const role = (column) => columns.getByLabel(`Read the column ${column} as`, { exact: true });
      if (!(await columns.evaluate((details) => details.open))) await columns.locator('summary').click();
      const answers = {
        ref: 'record_id',
        party: 'account_id',
        moment: 'occurred_at',
        until: 'closed_at',
        way: 'direction',
        about: 'topic',
      };
      for (const [column, wanted] of Object.entries(answers)) {
        const showAll = columns.getByRole('button', { name: /^Show the/ });
        if (!(await role(column).count()) && (await showAll.count())) await showAll.click();
        await role(column).waitFor();
        await page.waitForFunction(
          (name) => !document.querySelector(`[aria-label="${name}"]`)?.disabled,
          `Read the column ${column} as`,
        );
        if ((await role(column).inputValue()) !== wanted) await role(column).selectOption(wanted);
      }
      await list.getByText('7 rows read').waitFor();
      await list.getByLabel('This export is complete until the end of').fill('2026-03-30');
      await seeResults(page);
      await says(page, '50% stayed quiet');
    });
  });

  test('a column that is read wrongly is corrected, and the file is read again', async () => {
    await onPage(async (page) => {
      await drop(page, ...golden);
      const contacts = card(page, 'golden_contacts.csv');
      await contacts.getByText('7 rows read').waitFor();
      await contacts.locator('details.columns summary').click();
      await contacts.getByLabel('Read the column direction as', { exact: true }).selectOption('');
      await contacts.getByText(/Columns: 5 of 6 used/).waitFor();
      await contacts.getByLabel('This export is complete until the end of').fill('2026-03-30');
      await seeResults(page);
      // c6 now counts as started by the customer: o10 failed too, so 3 of 8.
      await says(page, '38% stayed quiet');
    });
  });
});

describe('typed numbers', () => {
  const type = async (page, group, values) => {
    const fields = page.getByRole('group', { name: group, exact: true });
    for (const [label, value] of values) await fields.getByLabel(label, { exact: true }).fill(value);
  };

  test('22 of 100 held out against 48 of 400 messaged: 10.0 per 100 (2.1 to 19.5), 40 contacts', async () => {
    await onPage(async (page) => {
      await button(page, 'Type in numbers instead').click();
      const holdout = page.getByRole('group', { name: 'Holdout', exact: true });
      await holdout.locator('[name=treated]').fill('400');
      await holdout.locator('[name=treatedContacted]').fill('48');
      await holdout.locator('[name=holdout]').fill('100');
      await holdout.locator('[name=holdoutContacted]').fill('22');
      await button(page, 'Work it out').click();
      await verdict(page).waitFor();
      const answer = await textOf(verdict(page));
      assert.match(answer, /prevented about 40 contacts, between 9 and 78/);
      assert.ok(answer.includes('10.0 prevented per 100 outreaches (2.1 to 19.5)'), answer);
      assert.match(answer, /45% of the contacts that would have come \(1[34]% to 65%\)|45% .*\(14 to 65%\)/);
    });
  });

  test('the harm example: the messages caused contacts, in plain words', async () => {
    await onPage(async (page) => {
      await button(page, 'Type in numbers instead').click();
      const holdout = page.getByRole('group', { name: 'Holdout', exact: true });
      await holdout.locator('[name=treated]').fill('1,000');
      await holdout.locator('[name=treatedContacted]').fill('100');
      await holdout.locator('[name=holdout]').fill('1 000');
      await holdout.locator('[name=holdoutContacted]').fill('64');
      await button(page, 'Work it out').click();
      await verdict(page).waitFor();
      const answer = await textOf(verdict(page));
      assert.match(answer, /Your proactive support caused about 36 contacts/);
      assert.equal(await verdict(page).getAttribute('data-verdict'), 'causes');
    });
  });

  test('225 of 250 claimed: 90.0% (85.7 to 93.1), called a claim', async () => {
    await onPage(async (page) => {
      await button(page, 'Type in numbers instead').click();
      await type(page, 'Claimed success', [
        ['Outreaches', '250'],
        ['noted as a success', '225'],
      ]);
      await page.keyboard.press('Enter');
      await verdict(page).waitFor();
      const answer = await textOf(verdict(page));
      assert.match(answer, /90\.0% of its outreaches worked, between 85\.7% and 93\.1%/);
      assert.match(answer, /Claimed/);
    });
  });

  test('what is not a number is said at its field; more contacts than customers are refused in words', async () => {
    await onPage(async (page) => {
      await button(page, 'Type in numbers instead').click();
      await button(page, 'Work it out').click();
      await says(page, 'Type in at least one pair of numbers.');
      await page.locator('[name=treated]').fill('many');
      await says(page, 'Please type a whole number, such as 250.');
      for (const [name, value] of Object.entries({
        treated: '10',
        treatedContacted: '11',
        holdout: '10',
        holdoutContacted: '1',
      }))
        await page.locator(`[name=${name}]`).fill(value);
      await button(page, 'Work it out').click();
      await page.getByRole('alert').waitFor();
      assert.ok((await textOf(page.getByRole('alert'))).length > 20);
      assert.equal(await verdict(page).count(), 0);
    });
  });
});

describe('bad input', () => {
  const wrong = [
    { name: 'empty.csv', text: '', says: /empty/i },
    {
      name: 'picture.png',
      bytes: [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0],
      says: /CSV/,
    },
    { name: 'header.csv', text: 'contact_id,customer_id,created_at\n', says: /row/i },
    {
      name: 'damaged.csv',
      text: 'contact_id,customer_id,created_at\nt1,1.03E+13,2026-03-01T10:00:00Z\nt2,1.03E+13,2026-03-02T10:00:00Z\n',
      says: /1\.03E\+13/,
    },
  ];
  for (const file of wrong) {
    test(`${file.name}: a message, and another file can be dropped without reloading`, async () => {
      await onPage(async (page) => {
        await drop(page, file);
        const bad = card(page, file.name);
        const alert = bad.getByRole('alert');
        await alert.waitFor();
        assert.match(await textOf(alert), file.says);
        await bad.getByRole('button', { name: `Remove ${file.name}` }).click();
        await bad.waitFor({ state: 'detached' });
        await drop(page, ...golden);
        await card(page, 'golden_contacts.csv').getByText('7 rows read').waitFor();
        await seeResults(page);
      });
    });
  }

  test('no customer in both files: the page says so, and goes on', async () => {
    const contacts =
      'contact_id,customer_id,created_at\nt1,x1,2026-03-03T10:00:00Z\nt2,x2,2026-03-20T10:00:00Z\n';
    const outreaches =
      'outreach_id,customer_id,sent_at\no1,c1,2026-03-01T10:00:00Z\no2,c2,2026-03-02T10:00:00Z\n';
    await onPage(async (page) => {
      await drop(
        page,
        { name: 'outreaches.csv', text: outreaches },
        { name: 'contacts.csv', text: contacts },
      );
      await card(page, 'contacts.csv').getByText('2 rows read').waitFor();
      await button(page, 'See the results').click();
      await page.getByRole('alert').or(verdict(page)).first().waitFor();
      assert.match(await textOf(main(page)), /both|match|overlap|common/i);
      await page.getByRole('link', { name: 'Check' }).click();
      await page.getByRole('button', { name: 'Remove contacts.csv' }).click();
      await drop(page, { name: 'contacts.csv', text: contacts.replaceAll(',x', ',c') });
      await card(page, 'contacts.csv').getByText('2 rows read').waitFor();
      await seeResults(page);
    });
  });

  test('all windows pending: no number, but what to do', async () => {
    const contacts =
      'contact_id,customer_id,created_at\nt1,c1,2026-02-01T10:00:00Z\nt2,c2,2026-03-03T10:00:00Z\n';
    const outreaches =
      'outreach_id,customer_id,sent_at\no1,c1,2026-03-01T10:00:00Z\no2,c2,2026-03-02T10:00:00Z\n';
    await onPage(async (page) => {
      await drop(
        page,
        { name: 'outreaches.csv', text: outreaches },
        { name: 'contacts.csv', text: contacts },
      );
      await card(page, 'contacts.csv').getByText('2 rows read').waitFor();
      await button(page, 'See the results').click();
      await page.getByRole('alert').or(verdict(page)).first().waitFor();
      assert.match(await textOf(main(page)), /still running|pending|later/i);
      assert.doesNotMatch(await textOf(main(page)), /100% stayed quiet/);
    });
  });
});
