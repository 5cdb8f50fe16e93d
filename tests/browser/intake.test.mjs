// From a dropped file to a mapping that holds: how it is read can be seen and changed, what was answered is remembered and can
// be passed on, archives and workbooks are opened, an unknown layout is asked for, no row set aside is out of reach, and a
// reading stops when told to.
import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  audit,
  button,
  card,
  data,
  drop,
  exported,
  overflow,
  root,
  seeResults,
  settled,
  singleFile,
  textOf,
  withPage,
  zendesk,
} from './support.mjs';

const { strToU8, zipSync } = createRequire(`${root}web/package.json`)('fflate');

const { onPage } = withPage();

const preview = (page, name) => page.getByRole('region', { name: `First rows of ${name}, as read` });
const openHowRead = async (file) => {
  const details = file.locator('details.how-read');
  if (!(await details.evaluate((one) => one.open))) await details.locator('summary').click();
};
/** axe-core finds nothing, and the page does not scroll sideways. */
async function isFine(page) {
  assert.deepEqual(await audit(page), []);
  assert.equal(await overflow(page), 0);
}

async function downloaded(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

const contacts =
  'contact_id,customer_id,created_at,topic\nt1,c1,2026-03-03T10:00:00Z,login\nt2,c2,2026-02-20T10:00:00Z,billing\nt3,c2,2026-03-20T10:00:00Z,login\n';
const outreaches =
  'outreach_id,customer_id,sent_at\no1,c1,2026-03-01T10:00:00Z\no2,c2,2026-03-02T10:00:00Z\n';
/** A layout that no tool has. */
const ownHeader = 'ref;party;moment;way';
const ownRows =
  'r1;p1;2026-03-03T10:00:00Z;in\nr2;p2;2026-03-04T10:00:00Z;in\nr3;p1;2026-03-09T10:00:00Z;in\n';
const own = `${ownHeader}\n${ownRows}`;

describe('how a file was read', () => {
  test('another encoding is read at once, and the preview shows its letters', async () => {
    const text = contacts.replace('billing', 'facturación');
    await onPage(async (page) => {
      await drop(page, { name: 'latin.csv', bytes: Buffer.from(text, 'latin1') });
      const file = card(page, 'latin.csv');
      await file.getByText('3 rows read').waitFor();
      await openHowRead(file);
      await preview(page, 'latin.csv').getByText('facturación').waitFor();
      await file.getByLabel('Encoding').selectOption('windows-1251');
      await preview(page, 'latin.csv').getByText('facturaciуn').waitFor();
      await file.getByLabel('Encoding').selectOption('windows-1252');
      await preview(page, 'latin.csv').getByText('facturación').waitFor();
      await isFine(page);
    });
  });

  test('delimiter, quotes, lines above and header rows: each change shows the rows as read so', async () => {
    await onPage(async (page) => {
      await drop(page, { name: 'contacts.csv', text: contacts });
      const file = card(page, 'contacts.csv');
      await file.getByText('3 rows read').waitFor();
      await openHowRead(file);
      const columns = () => preview(page, 'contacts.csv').locator('tr').first().locator('th, td').count();
      assert.equal(await columns(), 4);
      await file.getByLabel('Columns separated by').selectOption(';');
      await page.waitForFunction(() => document.querySelectorAll('.preview thead th').length === 1);
      await file.getByLabel('Columns separated by').selectOption(',');
      await file.getByText('3 rows read').waitFor();
      assert.equal(await columns(), 4);
      await file.getByLabel('Lines above the header').fill('1');
      await file.getByLabel('Lines above the header').press('Tab');
      await preview(page, 'contacts.csv').getByRole('columnheader', { name: 't1', exact: true }).waitFor();
      await file.getByLabel('Lines above the header').fill('0');
      await file.getByLabel('Lines above the header').press('Tab');
      await file.getByText('3 rows read').waitFor();
      await file.getByLabel('Header rows').selectOption('0');
      await page.waitForFunction(() => document.querySelectorAll('.preview thead th').length === 0);
      await file.getByLabel('Header rows').selectOption('1');
      await file.getByText('3 rows read').waitFor();
      await isFine(page);
    });
  });

  test('an encoding that the file does not settle is asked, and the answer closes the question', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `t${i},c${i},2026-03-03T10:00:00Z,a`);
    rows.push('t99,c99,2026-03-04T10:00:00Z,\u00a4');
    const bytes = Buffer.from(
      `contact_id,customer_id,created_at,topic\n${rows.reverse().join('\n')}\n`,
      'latin1',
    );
    await onPage(async (page) => {
      await drop(page, { name: 'unsure.csv', bytes });
      const file = card(page, 'unsure.csv');
      await file.getByText('41 rows read').waitFor();
      const question = file.getByRole('group', { name: 'Are these words spelt right?' });
      await question.waitFor();
      await isFine(page);
      await question.getByRole('button', { name: /^Yes, it is / }).click();
      await question.waitFor({ state: 'detached' });
      await file.getByText('41 rows read').waitFor();
    });
  });

  test('at 390 px the preview scrolls by itself, light and dark', async () => {
    for (const colorScheme of ['light', 'dark'])
      await onPage(
        async (page) => {
          await drop(page, zendesk);
          const file = card(page, 'zendesk_full_export_america_new_york.csv');
          await file.getByText('25 rows read').waitFor();
          await openHowRead(file);
          await isFine(page);
          assert.ok(await page.locator('.preview').evaluate((one) => one.scrollWidth > one.clientWidth));
        },
        { width: 390, height: 844, colorScheme },
      );
  });
});

/** Answers the questions about the file of our own layout. */
async function mapOwn(page, name) {
  const file = card(page, name);
  await file.getByLabel('This table holds').selectOption('contacts');
  await file
    .getByRole('group', { name: 'Which column says who the customer is?' })
    .getByRole('radio', { name: /^party/ })
    .check();
  await file
    .getByRole('group', { name: /^Which column is the time/ })
    .getByRole('radio', { name: /^moment/ })
    .check();
  await file
    .getByRole('group', { name: /^Which column is the id/ })
    .getByRole('radio', { name: /^ref/ })
    .check();
  await file.getByText('3 rows read').waitFor();
}

describe('a layout that nobody knows', () => {
  test('the kind is asked first, then what is required, with three values of each candidate', async () => {
    await onPage(async (page) => {
      await drop(page, { name: 'list.csv', text: own });
      const file = card(page, 'list.csv');
      await file.getByRole('heading', { name: 'This layout is new: say what is what' }).waitFor();
      assert.equal(
        await file.getByRole('group', { name: /^Which column/ }).count(),
        0,
        'the kind comes first',
      );
      await isFine(page);
      await file.getByLabel('This table holds').selectOption('contacts');
      const when = file.getByRole('group', { name: /^Which column is the time/ });
      assert.match(
        await textOf(when),
        /moment 2026-03-03T10:00:00Z · 2026-03-04T10:00:00Z · 2026-03-09T10:00:00Z/,
      );
      await isFine(page);
      await mapOwn(page, 'list.csv');
      await file.getByText('That is all that is needed').waitFor();
      await isFine(page);
    });
  });

  test('with the keyboard alone', async () => {
    await onPage(async (page) => {
      await drop(page, { name: 'list.csv', text: own });
      const file = card(page, 'list.csv');
      await file.getByLabel('This table holds').focus();
      await page.keyboard.type('Tickets');
      const radio = (group, name) => file.getByRole('group', { name: group }).getByRole('radio', { name });
      for (const [group, name] of [
        [/^Which column is the time/, /^moment/],
        [/^Which column says who/, /^party/],
        [/^Which column is the id/, /^ref/],
      ]) {
        await radio(group, name).waitFor();
        await radio(group, name).focus();
        await page.keyboard.press('Space');
        await page.waitForFunction(() => document.activeElement?.checked);
      }
      await file.getByText('3 rows read').waitFor();
    });
  });
});

describe('mappings made by hand', () => {
  test('are used for the next file with the same header, said so, and can be forgotten', async () => {
    await onPage(async (page) => {
      await drop(page, { name: 'march.csv', text: own });
      await mapOwn(page, 'march.csv');
      await card(page, 'march.csv')
        .getByText(/Your answers are kept on this computer/)
        .waitFor();
      const stored = await page.evaluate(() => localStorage.getItem('preempt.mappings'));
      for (const cell of ['r1', 'p2', '2026-03', 'march'])
        assert.ok(!stored.includes(cell), `${cell} is stored`);

      await page.reload();
      await drop(page, { name: 'april.csv', text: own.replaceAll('2026-03', '2026-04') });
      const april = card(page, 'april.csv');
      await april.getByText('3 rows read').waitFor();
      await april.getByText('Read with the mapping that you made for this header before.').waitFor();
      assert.equal(await april.getByLabel('This table holds').inputValue(), 'contacts');
      await isFine(page);

      await button(april, 'Forget it and read the file afresh').click();
      await april.getByRole('heading', { name: /This layout is new/ }).waitFor();
      assert.equal(await page.evaluate(() => localStorage.getItem('preempt.mappings')), null);
    });
  });

  test('a delimiter chosen by hand is remembered for the header as it was detected', async () => {
    const odd = contacts.replaceAll(',', '^');
    await onPage(async (page) => {
      await drop(page, { name: 'one.csv', text: odd });
      const file = card(page, 'one.csv');
      await file.getByRole('button', { name: 'Remove' }).waitFor();
      await page.waitForFunction(() => !document.querySelector('progress'));
      await openHowRead(file);
      await file.getByLabel('Columns separated by').selectOption('^');
      await file.getByText('3 rows read').waitFor();
      await drop(page, { name: 'two.csv', text: odd.replaceAll('c1', 'c7') });
      await card(page, 'two.csv').getByText('3 rows read').waitFor();
    });
  });

  test('are saved to a file and loaded from it, by the button or dropped, with the files of the page read anew', async () => {
    let saved;
    await onPage(async (page) => {
      await drop(page, { name: 'march.csv', text: own });
      await mapOwn(page, 'march.csv');
      saved = await downloaded(page, () => button(page, 'Save these mappings').click());
    });
    assert.equal(saved.name, 'preempt-mappings.json');
    const { preempt, version, mappings } = JSON.parse(saved.text);
    assert.deepEqual(
      [preempt, version, mappings.length, mappings[0].mapping.kind],
      ['mappings', 1, 1, 'contacts'],
    );

    await onPage(async (page) => {
      await drop(page, { name: 'march.csv', text: own });
      await card(page, 'march.csv')
        .getByRole('heading', { name: /This layout is new/ })
        .waitFor();
      await page.getByLabel('Load mappings').setInputFiles({
        name: 'preempt-mappings.json',
        mimeType: 'application/json',
        buffer: Buffer.from(saved.text),
      });
      await card(page, 'march.csv').getByText('3 rows read').waitFor();
      await page.getByText('1 mapping loaded; 1 file on this page read with them.').first().waitFor();
      await isFine(page);
    });
    await onPage(async (page) => {
      await drop(page, { name: 'preempt-mappings.json', text: saved.text }, { name: 'may.csv', text: own });
      await card(page, 'may.csv').getByText('3 rows read').waitFor();
    });
  });

  test('a file of mappings that cannot be used says why', async () => {
    const good = (more) =>
      JSON.stringify({ preempt: 'mappings', version: 1, mappings: [{ fingerprints: ['a'], mapping: more }] });
    await onPage(async (page) => {
      await drop(page, { name: 'contacts.csv', text: contacts });
      await card(page, 'contacts.csv').getByText('3 rows read').waitFor();
      for (const [text, wanted] of [
        ['{"preempt', /not JSON/],
        ['{"a":1}', /no file of mappings/],
        ['{"preempt":"mappings","version":9}', /version 9/],
        ['{"preempt":"mappings","version":1,"mappings":[]}', /no mappings/],
        ['{"preempt":"mappings","version":1,"mappings":[{}]}', /Mapping 1/],
        [good({ zone: 'Mars/Olympus' }), /“zone”/],
        [good({ roles: 'all' }), /“roles”/],
      ]) {
        await page
          .getByLabel('Load mappings')
          .setInputFiles({ name: 'm.json', mimeType: 'application/json', buffer: Buffer.from(text) });
        await page.locator('.mappings [role=alert]').filter({ hasText: wanted }).waitFor();
      }
      await isFine(page);
    });
  });

  test('in the single file from a disk too', async () => {
    await onPage(
      async (page) => {
        await drop(page, { name: 'march.csv', text: own });
        await mapOwn(page, 'march.csv');
        await drop(page, { name: 'april.csv', text: own });
        await card(page, 'april.csv').getByText('3 rows read').waitFor();
      },
      {},
      singleFile,
    );
  });

  test('where the browser has no storage, they last as long as the page', async () => {
    await onPage(async (page) => {
      await page.addInitScript(() =>
        Object.defineProperty(globalThis, 'localStorage', {
          get: () => {
            throw new DOMException('no storage');
          },
        }),
      );
      await page.reload();
      await drop(page, { name: 'march.csv', text: own });
      await mapOwn(page, 'march.csv');
      await card(page, 'march.csv')
        .getByText(/until this page is closed/)
        .waitFor();
      await drop(page, { name: 'april.csv', text: own });
      await card(page, 'april.csv').getByText('3 rows read').waitFor();
    });
  });
});

describe('containers', () => {
  test('a ZIP: a card for each table, with the archive it came from and what was left inside', async () => {
    const events = ['receipt', 'open', 'click', 'reply'].map((event) => `${event}_20260320-101500.csv`);
    const files = {};
    for (const name of events)
      files[`export/${name}`] = new Uint8Array(await readFile(exported(`intercom_outbound/${name}`)));
    files['export/logo.png'] = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1]);
    await onPage(async (page) => {
      await drop(page, { name: 'intercom.zip', bytes: zipSync(files) });
      for (const name of events)
        await card(page, name)
          .getByText(/rows read/)
          .waitFor();
      assert.equal(await page.getByRole('article').count(), 4);
      const first = await textOf(card(page, events[0]));
      assert.match(first, /From intercom\.zip\. Left inside: export\/logo\.png \(no table\)/);
      assert.match(first, /Recognised as .*Intercom/);
      await isFine(page);
    });
  });

  test('a workbook: its first sheet is read, another one is added with a click', async () => {
    const cell = (text) => `<Cell><Data ss:Type="String">${text}</Data></Cell>`;
    const sheet = (name, csv) =>
      `<Worksheet ss:Name="${name}"><Table>${csv
        .trim()
        .split('\n')
        .map((line) => `<Row>${line.split(',').map(cell).join('')}</Row>`)
        .join('')}</Table></Worksheet>`;
    const book = `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">${sheet('Tickets', contacts)}${sheet('Messages', outreaches)}</Workbook>`;
    await onPage(async (page) => {
      await drop(page, { name: 'book.xls', text: book });
      const first = card(page, 'book.xls (Tickets)');
      await first.getByText('3 rows read').waitFor();
      await isFine(page);
      await button(first, 'Add Messages').click();
      await card(page, 'book.xls (Messages)').getByText('2 rows read').waitFor();
      assert.equal(await button(first, 'Add Messages').count(), 0);
    });
  });

  test('a broken archive says so on its card; the others are read', async () => {
    const bytes = zipSync({ 'contacts.csv': strToU8(contacts) });
    await onPage(async (page) => {
      await drop(
        page,
        { name: 'cut.zip', bytes: bytes.subarray(0, 60) },
        { name: 'fine.csv', text: contacts },
      );
      await card(page, 'cut.zip')
        .getByRole('alert')
        .getByText(/cut off/)
        .waitFor();
      await card(page, 'fine.csv').getByText('3 rows read').waitFor();
      await isFine(page);
    });
  });
});

describe('the ledger', () => {
  test('read = used + set aside; the rows with their cells; all of them as a file, formulas made harmless', async () => {
    const rows = Array.from(
      { length: 120 },
      (_, i) => `t${i},c${i % 9},2026-03-0${1 + (i % 9)}T10:00:00Z,login`,
    );
    for (let i = 0; i < 60; i++) rows.push(`x${i},c1,,=cmd${i}`);
    const table = `contact_id,customer_id,created_at,topic\n${rows.join('\n')}\n`;
    await onPage(async (page) => {
      await drop(page, { name: 'outreaches.csv', text: outreaches }, { name: 'contacts.csv', text: table });
      await card(page, 'contacts.csv').getByText('180 rows read').waitFor();
      await seeResults(page);
      const row = page.locator('[data-ledger="contacts.csv"]');
      await row.waitFor();
      assert.match(await textOf(row), /180 .*120 .*60 /);
      const details = page.locator('[data-section=ledger] details').filter({ hasText: 'contacts.csv' });
      await details.locator('summary').click();
      assert.equal(await details.locator('tbody tr').count(), 50);
      assert.match(await textOf(details.locator('tbody tr').first()), /^122 .* x0 c1 .*=cmd0/);
      await settled(page);
      await isFine(page);
      const file = await downloaded(page, () => button(details, 'Download all 60 set-aside rows').click());
      assert.equal(file.name, 'contacts.csv-set-aside.csv');
      const lines = file.text.trim().split(/\r?\n/);
      assert.equal(lines.length, 61);
      assert.match(lines[0], /^file,line,reason,contact_id,customer_id,created_at,topic$/);
      assert.match(lines[60], /^contacts\.csv,181,.*x59,c1,,.*'=cmd59/);
    });
  });
});

describe('a large file', () => {
  const folder = join(root, 'build/large');
  const path = join(folder, 'large.csv');
  const kBytes = 200_000_000;

  before(async () => {
    await mkdir(folder, { recursive: true });
    const out = createWriteStream(path);
    out.write('contact_id,customer_id,created_at,topic,subject\n');
    for (let i = 0, size = 0; size < kBytes;) {
      const rows = [];
      for (let n = 0; n < 10_000; n++, i++)
        rows.push(
          `t${i},c${i % 50_000},2026-0${1 + (i % 9)}-1${i % 9}T10:00:00Z,topic ${i % 40},"What I wrote, number ${i}"\n`,
        );
      const piece = rows.join('');
      size += piece.length;
      if (!out.write(piece)) await new Promise((done) => out.once('drain', done));
    }
    await new Promise((done) => out.end(done));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test('shows how far it is; Stop ends its reading, and the files read before are still there', async () => {
    await onPage(async (page) => {
      await drop(
        page,
        { name: 'outreaches.csv', text: outreaches },
        { name: 'contacts.csv', text: contacts },
      );
      await card(page, 'contacts.csv').getByText('3 rows read').waitFor();
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        button(page, 'Add files').first().click(),
      ]);
      await chooser.setFiles(path);
      // Pressed in the page itself, as soon as it says how far it is: a fast machine has read the file before a
      // test's click arrives.
      await page.evaluate(
        () =>
          new Promise((pressed) => {
            const look = () => {
              const stop = document.querySelector('[aria-label="Stop reading large.csv"]');
              if (!stop || !/[1-9]\d?% read, [\d,]+ rows so far/.test(document.body.innerText))
                return requestAnimationFrame(look);
              stop.click();
              pressed();
            };
            look();
          }),
      );
      await card(page, 'large.csv').getByText('You stopped its reading').waitFor();
      await isFine(page);
      await button(page, 'See the results').click();
      await page.locator('[data-verdict]').waitFor();
      assert.equal(await page.locator('[data-ledger]').count(), 2);
    });
  });

  test('is read to its end: what it is can be seen before, its rows after', async () => {
    await onPage(async (page) => {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        button(page, 'Choose files').first().click(),
      ]);
      await chooser.setFiles(path);
      const file = card(page, 'large.csv');
      await file.locator('progress').waitFor();
      await page.waitForFunction(() => document.querySelector('article select')?.value === 'contacts');
      assert.equal(await file.locator('progress').count(), 1, 'still being read');
      await isFine(page);
      await file.getByText(/[\d,]{7,} rows read/).waitFor();
    });
  });
});

test('the mapping of the golden fixture survives a save, and names no cell of it', async () => {
  const golden = data('generic/golden_contacts.csv');
  await onPage(async (page) => {
    await drop(page, golden);
    const file = card(page, 'golden_contacts.csv');
    await file.getByText('7 rows read').waitFor();
    await file.locator('details.columns summary').click();
    await file.getByLabel('Read the column direction as', { exact: true }).selectOption('');
    await file.getByText(/Columns: 5 of 6 used/).waitFor();
    const saved = await downloaded(page, () => button(page, 'Save these mappings').click());
    const cells = (await readFile(golden, 'utf8'))
      .split('\n')
      .slice(1)
      .flatMap((line) => line.split(','));
    for (const cell of cells.filter((one) => one.length > 3))
      assert.ok(!saved.text.includes(cell) || /^(inbound|outbound)$/.test(cell), cell);
  });
});
