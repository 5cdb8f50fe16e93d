// Bad input: each gets a message that says what is wrong, where, and what to do; nothing crashes, and the calculator goes
// on working afterwards.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createCalculator } from '../../dist/preempt.js';
import { openTexts } from './support.mjs';

const outreaches =
  'outreach_id,customer_id,sent_at\no1,c1,2026-03-01T10:00:00Z\no2,c2,2026-03-02T10:00:00Z\n';
const contacts =
  'contact_id,customer_id,created_at\nt1,c1,2026-03-03T10:00:00Z\nt2,c2,2026-02-20T10:00:00Z\nt3,c2,2026-03-20T10:00:00Z\n';

const bytesOf = (...parts) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)),
  );

/** name, content, what the message must name: the fault, and the way out. */
const unreadable = [
  ['an empty file', 'empty.csv', '', [/empty/i]],
  ['only blank lines', 'blank.csv', '\n\n\r\n', [/empty|no (row|header|data)/i]],
  [
    'a workbook',
    'tickets.xlsx',
    bytesOf('PK', [3, 4, 20, 0, 6, 0, 8, 0], 'xx[Content_Types].xml', new Array(64).fill(0)),
    [/workbook|Excel|spreadsheet|ZIP/i, /CSV/],
  ],
  [
    'an old workbook',
    'tickets.xls',
    bytesOf([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], new Array(600).fill(0)),
    [/workbook|Excel|spreadsheet/i, /CSV/],
  ],
  [
    'a picture',
    'screenshot.png',
    bytesOf([0x89], 'PNG\r\n', [0x1a, 10, 0, 0, 0, 13], 'IHDR', new Array(64).fill(7)),
    [/image|picture|PNG/i, /CSV/],
  ],
  [
    'a PDF',
    'report.pdf',
    bytesOf('%PDF-1.7\n%', [0xe2, 0xe3, 0xcf, 0xd3], '\n1 0 obj\n<<>>\nendobj\n'),
    [/PDF/, /CSV/],
  ],
  ['a header without rows', 'contacts.csv', 'contact_id,customer_id,created_at\n', [/row/i]],
  [
    'dates that cannot be read',
    'contacts.csv',
    contacts.replaceAll(/2026-\S+/g, 'last Tuesday'),
    [/created_at/, /last Tuesday/],
  ],
  [
    'ids damaged by a spreadsheet',
    'contacts.csv',
    contacts.replaceAll(/,c[12],/g, ',1.03E+13,'),
    [/1\.03E\+13/, /spreadsheet/i],
  ],
];

describe('a file that cannot be used', () => {
  for (const [what, name, content, wanted] of unreadable) {
    test(what, async () => {
      const calculator = await createCalculator();
      const info = await calculator.add({ name, data: content });
      assert.notEqual(info.state, 'read');
      for (const pattern of wanted) assert.match(info.message, pattern);
      assert.ok(info.message.length > 30, `too short to help: ${info.message}`);
      // A wrong file can be removed and another one read.
      await calculator.remove(info.id);
      assert.deepEqual(await calculator.files(), []);
      const next = await calculator.add({ name: 'outreaches.csv', data: outreaches });
      assert.equal(next.state, 'read');
    });
  }

  test('a table of no known kind can be seen, and mapped by hand', async () => {
    const calculator = await createCalculator();
    const text = 'shade,colour,when\n3,red,2026-03-01T10:00:00Z\n4,blue,2026-03-02T10:00:00Z\n';
    const info = await calculator.add({ name: 'paint.csv', data: text });
    assert.equal(info.kind, 'unknown');
    assert.notEqual(info.state, 'read');
    assert.ok(info.message.length > 30, info.message);
    assert.deepEqual(
      info.columns.map((column) => column.header),
      ['shade', 'colour', 'when'],
    );
    const mapped = await calculator.remap(info.id, {
      kind: 'contacts',
      roles: ['record_id', 'customer_id', 'occurred_at'],
    });
    assert.equal(mapped.state, 'read', mapped.message);
    assert.equal(mapped.rows_read, 2);
  });

  test('a missing required role is named', async () => {
    const { infos } = await openTexts({
      'tickets.csv': 'contact_id,created_at,topic\nt1,2026-03-03T10:00:00Z,login\n',
    });
    assert.notEqual(infos[0].state, 'read');
    assert.match(infos[0].message, /customer|person|who/i);
  });
});

describe('files that are fine, and yet cannot be evaluated', () => {
  const refusal = async (tables, request) => {
    const { calculator } = await openTexts(tables);
    let report;
    try {
      report = await calculator.evaluate(request);
    } catch (error) {
      assert.equal(error.name, 'CalculatorError', error.stack);
      return error.message;
    }
    return JSON.stringify([report.warnings, report.ladder, report.left_out]);
  };

  test('nothing at all', async () => {
    assert.match(await refusal({}), /file|outreach/i);
  });

  test('outreaches without contacts', async () => {
    assert.match(await refusal({ 'outreaches.csv': outreaches }), /contact/i);
  });

  test('no customer is in both files', async () => {
    const strangers = contacts.replaceAll(/,c(\d),/g, ',person-$1,');
    const message = await refusal({ 'outreaches.csv': outreaches, 'contacts.csv': strangers });
    assert.match(message, /id|customer/i);
    assert.match(message, /both|overlap|match|common/i);
  });

  test('every window is still open', async () => {
    const early = contacts.replaceAll(/^t[13].*\n/gm, '');
    const message = await refusal({ 'outreaches.csv': outreaches, 'contacts.csv': early });
    assert.match(message, /pending|complete|later|window/i);
  });
});

describe('requests that make no sense', () => {
  const requests = {
    'a window of no days': { window_days: 0 },
    'a window of a year': { window_days: 365 },
    'a zone that does not exist': { zone: 'Mars/Olympus' },
    'an unknown unit': { unit: 'household' },
    'a level above 1': { level: 95 },
    'an unreadable end': { coverage_end: 'soon' },
  };
  for (const [what, request] of Object.entries(requests)) {
    test(what, async () => {
      const { calculator } = await openTexts({ 'outreaches.csv': outreaches, 'contacts.csv': contacts });
      await assert.rejects(calculator.evaluate(request), (error) => {
        assert.equal(error.name, 'CalculatorError', error.stack);
        assert.ok(error.message.length > 20, error.message);
        return true;
      });
      assert.ok((await calculator.evaluate()).metrics.length > 0, 'and it goes on working');
    });
  }
});
