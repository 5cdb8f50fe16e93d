// Containers: what is inside of ZIP, gzip, tar, SpreadsheetML and Excel workbooks is read as the same table in CSV would be;
// what cannot be opened is named, file and entry; nothing is left out without saying so.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { gzipSync as nodeGzip } from 'node:zlib';
import { createCalculator } from '../../dist/preempt.js';
import { exported, root } from './support.mjs';

const { strToU8, zipSync } = createRequire(`${root}web/package.json`)('fflate');

const contacts =
  'contact_id,customer_id,created_at,topic\nt1,c1,2026-03-03T10:00:00Z,login\nt2,c2,2026-02-20T10:00:00Z,"a, b"\nt3,c2,2026-03-20T10:00:00Z,login\n';
const outreaches =
  'outreach_id,customer_id,sent_at\no1,c1,2026-03-01T10:00:00Z\no2,c2,2026-03-02T10:00:00Z\n';

const textOf = async ({ data }) =>
  typeof data === 'string'
    ? data
    : new TextDecoder().decode(data instanceof Blob ? await data.arrayBuffer() : data);

async function expand(name, data, more) {
  const calculator = await createCalculator();
  return calculator.expand({ name, data, ...more });
}

async function refusal(name, data) {
  const calculator = await createCalculator();
  let error;
  await assert.rejects(calculator.addAll({ name, data }), (thrown) => {
    error = thrown;
    return true;
  });
  assert.equal(error.name, 'CalculatorError', error.stack);
  assert.ok(error.message.includes(name), error.message);
  assert.deepEqual(await calculator.files(), [], 'nothing was added');
  return error.message;
}

const zipOf = (files, options) =>
  zipSync(
    Object.fromEntries(
      Object.entries(files).map(([path, data]) => [path, typeof data === 'string' ? strToU8(data) : data]),
    ),
    options,
  );

/** One entry of a tar: header with its sum, data, padding. */
function tarEntry(path, data, type = '0') {
  const header = Buffer.alloc(512);
  header.write(path, 0, 100);
  header.write('0000644\0', 100);
  header.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, Buffer.from(data), Buffer.alloc((512 - (data.length % 512)) % 512)]);
}
const tarOf = (...entries) => Buffer.concat([...entries, Buffer.alloc(1024)]);

describe('ZIP', () => {
  test('two CSVs in folders: both are read; pictures, texts, empty files and what a Mac adds are left, and said', async () => {
    const bytes = zipOf({
      'export/contacts.csv': contacts,
      'export/outreaches.csv': outreaches,
      'export/logo.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]),
      'export/README.txt': 'Exported by the tool\n',
      'export/nothing.csv': '',
      '__MACOSX/export/._contacts.csv': 'x',
    });
    const calculator = await createCalculator();
    const infos = await calculator.addAll({ name: 'export.zip', data: bytes });
    assert.deepEqual(
      infos.map(({ name, kind, state, rows_read }) => [name, kind, state, rows_read]),
      [
        ['contacts.csv', 'contacts', 'read', 3],
        ['outreaches.csv', 'outreaches', 'read', 2],
      ],
    );
    const { ignored } = await calculator.expand({ name: 'export.zip', data: bytes });
    assert.deepEqual(
      ignored.map(({ name, why }) => [name, why]),
      [
        ['export/logo.png', 'not_a_table'],
        ['export/README.txt', 'not_a_table'],
        ['export/nothing.csv', 'empty'],
        ['__MACOSX/export/._contacts.csv', 'housekeeping'],
      ],
    );
  });

  test('the Intercom files as the tool delivers them: names kept, rows as in the files alone', async () => {
    const names = ['receipt', 'open', 'click', 'reply'].map((event) => `${event}_20260320-101500.csv`);
    const files = await Promise.all(names.map((name) => readFile(exported(`intercom_outbound/${name}`))));
    const calculator = await createCalculator();
    const bytes = zipOf(Object.fromEntries(names.map((name, i) => [name, new Uint8Array(files[i])])));
    const infos = await calculator.addAll({ name: 'intercom.zip', data: new Blob([bytes]) });
    for (const [i, info] of infos.entries()) {
      const alone = await (await createCalculator()).add({ name: names[i], data: files[i] });
      assert.deepEqual({ ...info, id: 0 }, { ...alone, id: 0 });
    }
  });

  test('gzip and ZIP inside of a ZIP; stored entries; the same name in two folders keeps its way', async () => {
    const bytes = zipOf(
      {
        'a/contacts.csv': contacts,
        'b/contacts.csv': contacts.replaceAll('t1', 't9'),
        'outreaches.csv.gz': new Uint8Array(nodeGzip(outreaches)),
        'inner.zip': zipOf({ 'customers.csv': 'customer_id,plan\nc1,pro\n' }),
      },
      { level: 0 },
    );
    const { tables } = await expand('all.zip', bytes);
    assert.deepEqual(
      tables.map(({ name }) => name),
      ['a/contacts.csv', 'b/contacts.csv', 'outreaches.csv', 'customers.csv'],
    );
    assert.equal(await textOf(tables[1]), contacts.replaceAll('t1', 't9'));
    assert.equal(await textOf(tables[2]), outreaches);
  });

  test('judged by its bytes: a ZIP that is called .csv is opened, a CSV that is called .zip is read', async () => {
    const calculator = await createCalculator();
    const zipped = await calculator.add({ name: 'contacts.csv', data: zipOf({ 'contacts.csv': contacts }) });
    assert.equal(zipped.state, 'read', zipped.message);
    assert.equal((await calculator.add({ name: 'contacts.zip', data: contacts })).state, 'read');
  });

  test('add takes a ZIP of one table, and points to addAll when there are more', async () => {
    const calculator = await createCalculator();
    const one = await calculator.add({ name: 'one.zip', data: zipOf({ 'x/contacts.csv': contacts }) });
    assert.deepEqual([one.name, one.rows_read], ['contacts.csv', 3]);
    await assert.rejects(
      calculator.add({ name: 'two.zip', data: zipOf({ 'a.csv': contacts, 'b.csv': outreaches }) }),
      (error) =>
        error.code === 'misuse' && /a\.csv, b\.csv/.test(error.message) && /addAll/.test(error.message),
    );
  });

  test('large entries in pieces: 40 MB, the same bytes', async () => {
    const rows = Array.from(
      { length: 900_000 },
      (_, i) => `t${i},c${i % 4000},2026-03-03T10:00:00Z,topic ${i % 7}`,
    );
    const text = `contact_id,customer_id,created_at,topic\n${rows.join('\n')}\n`;
    const { tables } = await expand('large.zip', zipOf({ 'contacts.csv': text }, { level: 1 }));
    assert.ok((await textOf(tables[0])) === text);
  });

  const whole = zipOf({ 'docs/contacts.csv': contacts.repeat(50), 'outreaches.csv': outreaches });
  const changed = (change) => {
    const copy = Uint8Array.from(whole);
    change(copy, new DataView(copy.buffer));
    return copy;
  };
  const central = Buffer.from(whole).indexOf('PK\x01\x02', 0, 'latin1');

  test('cut off: said, with the way out', async () => {
    for (const length of [whole.length - 30, 200, 30])
      assert.match(await refusal('cut.zip', whole.subarray(0, length)), /cut off.*(again|unpack)/);
  });
  test('a flipped byte in an entry: the entry is named, nothing is read', async () => {
    const message = await refusal(
      'flipped.zip',
      changed((bytes) => (bytes[75] ^= 255)),
    );
    assert.match(message, /"docs\/contacts\.csv".* damaged/);
  });
  test('a password: the entry is named', async () => {
    const message = await refusal(
      'secret.zip',
      changed((_, view) => view.setUint16(central + 8, 1, true)),
    );
    assert.match(message, /"docs\/contacts\.csv".*password/);
  });
  test('a compression nobody knows', async () => {
    const message = await refusal(
      'odd.zip',
      changed((_, view) => view.setUint16(central + 10, 14, true)),
    );
    assert.match(message, /"docs\/contacts\.csv".*compressed/);
  });
  test('an entry that claims terabytes is refused before it is unpacked', async () => {
    const message = await refusal(
      'bomb.zip',
      changed((_, view) => view.setUint32(central + 24, 0xfffffffe, true)),
    );
    assert.match(message, /more than [\d.]+ GB|damaged/);
  });
  test('an entry that unpacks to more than it says is stopped', async () => {
    const lie = changed((_, view) => view.setUint32(central + 24, 10, true));
    assert.match(await refusal('lie.zip', lie), /"docs\/contacts\.csv".*damaged/);
  });
  test('no table inside: what is inside is named', async () => {
    assert.match(await refusal('photos.zip', zipOf({ 'one.json': '{"a":1}' })), /no table.*one\.json.*CSV/);
    assert.match(await refusal('empty.zip', zipOf({})), /no table/);
  });
});

describe('gzip and tar', () => {
  test('a gzipped table, also of several members', async () => {
    const calculator = await createCalculator();
    const info = await calculator.add({ name: 'contacts.csv.gz', data: new Uint8Array(nodeGzip(contacts)) });
    assert.deepEqual([info.name, info.state, info.rows_read], ['contacts.csv', 'read', 3]);
    const half = contacts.indexOf('t2');
    const parts = Buffer.concat([nodeGzip(contacts.slice(0, half)), nodeGzip(contacts.slice(half))]);
    const { tables } = await expand('parts.csv.gz', parts);
    assert.equal(await textOf(tables[0]), contacts);
  });

  test('.tgz and .tar: folders skipped, long names of GNU and pax read', async () => {
    const long = `${'deep/'.repeat(30)}contacts.csv`;
    const pax = `${`27 path=pax/outreaches.csv\n`}`;
    const tar = tarOf(
      tarEntry('export/', '', '5'),
      tarEntry('././@LongLink', `${long}\0`, 'L'),
      tarEntry(long.slice(0, 99), contacts),
      tarEntry('PaxHeader', pax, 'x'),
      tarEntry('short', outreaches),
    );
    for (const [name, bytes] of [
      ['export.tgz', nodeGzip(tar)],
      ['export.tar', tar],
    ]) {
      const { tables } = await expand(name, bytes);
      assert.deepEqual(
        tables.map((table) => table.name),
        ['contacts.csv', 'outreaches.csv'],
      );
      assert.deepEqual(await Promise.all(tables.map(textOf)), [contacts, outreaches]);
    }
  });

  test('cut off or damaged: said', async () => {
    const bytes = new Uint8Array(nodeGzip(contacts.repeat(100)));
    assert.match(await refusal('cut.csv.gz', bytes.subarray(0, bytes.length - 20)), /cut off|damaged/);
    const flipped = Uint8Array.from(bytes);
    flipped[flipped.length - 5] ^= 1; // the checksum itself
    assert.match(await refusal('sum.csv.gz', flipped), /checksum/);
    const tar = nodeGzip(tarEntry('contacts.csv', contacts).subarray(0, 600));
    assert.match(await refusal('cut.tgz', tar), /cut off/);
    assert.match(await refusal('picture.png.gz', nodeGzip(Buffer.from([0x89, 0x50, 0, 0, 1]))), /no table/);
  });
});

describe('SpreadsheetML 2003, the .xls of Freshdesk', () => {
  const sheet = (name, rows, options = '') =>
    `<Worksheet ss:Name="${name}"><Table>${rows}</Table>${options}</Worksheet>`;
  const workbook = (...sheets) =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="day"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="money"><NumberFormat ss:Format="Standard"/></Style></Styles>${sheets.join('')}</Workbook>`;
  const cell = (value, type = 'String', more = '') =>
    `<Cell${more}><Data ss:Type="${type}">${value}</Data></Cell>`;
  const row = (...cells) => `<Row>${cells.join('')}</Row>`;

  test('types, skipped and merged cells, comments, entities: as a person would copy them', async () => {
    const rows = [
      row(cell('Ticket ID'), cell('Subject'), cell('Created'), cell('Due'), cell('Score'), cell('Spam')),
      row(
        cell('10300000000001', 'Number'),
        `<Cell><Data ss:Type="String">a &lt;b&gt; &#128512; "q", c</Data><Comment><ss:Data>not this</ss:Data></Comment></Cell>`,
        cell('2026-03-01T09:15:00.000', 'DateTime'),
        cell('2026-03-02T00:00:00.000', 'DateTime', ' ss:StyleID="day"'),
        cell('0.30000000000000004', 'Number', ' ss:StyleID="money"'),
        cell('0', 'Boolean'),
      ),
      row(cell('2', 'Number'), cell('late', 'String', ' ss:Index="6"')),
      `<Row ss:Index="5">${cell('wide', 'String', ' ss:MergeAcross="1"')}${cell('third')}</Row>`,
    ];
    const { tables, offered } = await expand('tickets.xls', workbook(sheet('Tickets', rows.join(''))));
    assert.equal(
      await textOf(tables[0]),
      [
        '"Ticket ID","Subject","Created","Due","Score","Spam"',
        '10300000000001,"a <b> 😀 ""q"", c",2026-03-01T09:15:00,2026-03-02,0.3,FALSE',
        '2,,,,,"late"',
        '',
        '"wide",,"third",,,',
        '',
      ].join('\n'),
    );
    assert.deepEqual(offered, []);
    assert.equal(tables[0].name, 'tickets.xls');
  });

  test('the first sheet with cells is taken, hidden ones are not; the others are offered by name and can be added', async () => {
    const hidden = '<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>';
    const book = workbook(
      sheet('Notes', ''),
      sheet('Secret', row(cell('x')), hidden),
      sheet(
        'Contacts',
        contacts
          .trim()
          .split('\n')
          .map((line) => row(...line.split(',').map((one) => cell(one))))
          .join(''),
      ),
      sheet('Agents', row(cell('agent'), cell('team')) + row(cell('Ann'), cell('1'))),
    );
    const { tables, offered } = await expand('book.xls', book);
    assert.equal(tables[0].name, 'book.xls (Contacts)');
    assert.deepEqual(
      offered.map(({ sheet: name }) => name),
      ['Notes', 'Agents'],
    );
    const calculator = await createCalculator();
    const agents = await calculator.expand(offered[1].source);
    assert.equal(await textOf(agents.tables[0]), '"agent","team"\n"Ann","1"\n');
    const info = await calculator.add({ name: 'book.xls', data: book, sheet: 'Contacts' });
    assert.equal(info.kind, 'contacts');
  });

  test('UTF-16, and cut off', async () => {
    const book = workbook(sheet('S', row(cell('id'), cell('é'))));
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(book, 'utf16le')]);
    assert.equal(await textOf((await expand('wide.xls', wide)).tables[0]), '"id","é"\n');
    assert.match(await refusal('cut.xls', book.slice(0, -60)), /cut off/);
    assert.match(await refusal('bare.xls', workbook(sheet('S', ''))), /no sheet with cells/);
  });
});

describe('.xlsx', () => {
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const book = ({ sheets, strings = [], formats = [], date1904 = false, level = 6 }) =>
    zipOf(
      {
        '[Content_Types].xml': '<Types/>',
        'xl/workbook.xml': `<workbook ${main} xmlns:r="${office}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${sheets
          .map(
            ({ name, state = 'visible' }, i) =>
              `<sheet name="${name}" sheetId="${i + 1}" state="${state}" r:id="rId${i + 1}"/>`,
          )
          .join('')}</sheets></workbook>`,
        'xl/_rels/workbook.xml.rels': `<Relationships>${sheets
          .map(
            (_, i) =>
              `<Relationship Id="rId${i + 1}" Type="${office}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
          )
          .join(
            '',
          )}<Relationship Id="s" Type="${office}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="t" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
        'xl/sharedStrings.xml': `<sst ${main}>${strings.map((one) => `<si>${one}</si>`).join('')}</sst>`,
        'xl/styles.xml': `<styleSheet ${main}><numFmts>${formats
          .map((code, i) =>
            typeof code === 'string' ? `<numFmt numFmtId="${164 + i}" formatCode="${code}"/>` : '',
          )
          .join(
            '',
          )}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats
          .map((code, i) => `<xf numFmtId="${typeof code === 'string' ? 164 + i : code}"/>`)
          .join('')}</cellXfs></styleSheet>`,
        ...Object.fromEntries(
          sheets.map(({ rows }, i) => [
            `xl/worksheets/sheet${i + 1}.xml`,
            `<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`,
          ]),
        ),
      },
      { level },
    );
  const csvOf = async (parts, name = 'book.xlsx') => textOf((await expand(name, book(parts))).tables[0]);
  const value = (style, text, type = '') => `<c s="${style}"${type}><v>${text}</v></c>`;

  test('shared, rich and inline texts; formulas, booleans, errors; gaps in rows and columns', async () => {
    const rows = `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>
      <row r="3"><c r="A3" t="inlineStr"><is><t>in &amp; line</t></is></c><c r="B3" t="b"><v>1</v></c><c r="C3" t="str"><f>A1&amp;"x"</f><v>made</v></c><c r="D3" t="e"><v>#N/A</v></c></row>
      <row r="4"><c r="A4" t="s"><v>2</v></c></row><row r="5"><c r="B5" s="1"/></row>`;
    const strings = [
      '<t>contact_id</t>',
      '<r><t>rich</t></r><r><t xml:space="preserve"> text</t></r><rPh sb="0" eb="1"><t>read so</t></rPh>',
      '<t>line_x000D_&#10;break</t>',
    ];
    assert.equal(
      await csvOf({ sheets: [{ name: 'S', rows }], strings, formats: [14] }),
      '"contact_id",,"rich text",\n\n"in & line",TRUE,"made",#N/A\n"line\r\nbreak",,,\n',
    );
  });

  test('dates by the format of the cell as ISO text: days, times, lengths; built in and custom; 1900 and 1904', async () => {
    const formats = [
      14,
      22,
      'dd/mm/yyyy hh:mm:ss',
      '[h]:mm',
      'h:mm AM/PM',
      '"day" 0',
      '[Red]#,##0.00',
      'mmm yy',
      '00000000',
    ];
    const cells = [
      value(1, '46082'), // 1 March 2026
      value(2, '46082.385416666664'),
      value(3, '46082.385428240741'),
      value(4, '1.5'),
      value(5, '0.75'),
      value(6, '12'),
      value(7, '1234.5'),
      value(8, '46082'),
      value(9, '1234'),
      value(1, '59'), // 28 February 1900: before the leap day that Excel invented
      value(1, '61'),
    ];
    const sheets = [{ name: 'S', rows: `<row>${cells.join('')}</row>` }];
    assert.equal(
      await csvOf({ sheets, formats }),
      '2026-03-01,2026-03-01T09:15:00,2026-03-01T09:15:01,36:00:00,18:00:00,12,1234.5,2026-03-01,00001234,1900-02-28,1900-03-01\n',
    );
    const mac = [{ name: 'S', rows: `<row>${value(1, '44620')}</row>` }];
    assert.equal(await csvOf({ sheets: mac, formats, date1904: true }), '2026-03-01\n');
  });

  test('long ids keep all digits; what Excel has rounded keeps its exponent, so that it is refused as a key', async () => {
    const ids = [
      '10300000000001',
      '1.0300000000001E+13',
      '123456789012345678',
      '1.2345678901234568E+17',
      '0.1',
      '0.30000000000000004',
      '1E-7',
    ];
    const sheets = [{ name: 'S', rows: `<row>${ids.map((id) => value(0, id)).join('')}</row>` }];
    assert.equal(
      await csvOf({ sheets }),
      '10300000000001,10300000000001,123456789012345678,1.2345678901234568E+17,0.1,0.3,1e-7\n',
    );
  });

  test('a workbook of contacts is read like its CSV; other sheets are offered; hidden and empty ones are not taken', async () => {
    const lines = contacts.replaceAll('"a, b"', 'a').trim().split('\n');
    const rowsOf = (list) =>
      list
        .map(
          (line) =>
            `<row>${line
              .split(',')
              .map((one) => `<c t="inlineStr"><is><t>${one}</t></is></c>`)
              .join('')}</row>`,
        )
        .join('');
    const bytes = book({
      sheets: [
        { name: 'Cover', rows: '' },
        { name: 'Old', state: 'hidden', rows: rowsOf(['a,b']) },
        { name: 'Contacts &amp; more', rows: rowsOf(lines) },
        { name: 'Agents', rows: rowsOf(['agent,team', 'Ann,1']) },
      ],
    });
    const calculator = await createCalculator();
    const info = await calculator.add({ name: 'export.xlsx', data: new Blob([bytes]) });
    assert.deepEqual(
      [info.name, info.kind, info.rows_read],
      ['export.xlsx (Contacts & more)', 'contacts', 3],
    );
    const { offered } = await calculator.expand({ name: 'export.xlsx', data: bytes });
    assert.deepEqual(
      offered.map(({ sheet }) => sheet),
      ['Cover', 'Agents'],
    );
    const { tables } = await calculator.expand(offered[1].source);
    assert.deepEqual(
      [tables[0].name, await textOf(tables[0])],
      ['export.xlsx (Agents)', '"agent","team"\n"Ann","1"\n'],
    );
    // Inside a ZIP too.
    const zipped = await calculator.addAll({ name: 'export.zip', data: zipOf({ 'in/export.xlsx': bytes }) });
    assert.equal(zipped[0].rows_read, 3);
  });

  test('100,000 rows', async () => {
    const rows = Array.from(
      { length: 100_000 },
      (_, i) =>
        `<row r="${i + 1}"><c r="A${i + 1}"><v>${i}</v></c><c r="B${i + 1}" t="inlineStr"><is><t>c${i}</t></is></c></row>`,
    );
    const text = await csvOf({ sheets: [{ name: 'S', rows: rows.join('') }], level: 1 });
    assert.equal(text.split('\n').length, 100_001);
    assert.ok(text.endsWith('99999,"c99999"\n'));
  });

  test('a password, another Office document, a binary workbook, a cut file: each named, with the way out', async () => {
    const old = Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(600),
      Buffer.from('EncryptedPackage', 'utf16le'),
      Buffer.alloc(99),
    ]);
    assert.match(await refusal('secret.xlsx', old), /password.*CSV/);
    assert.match(
      await refusal('letter.docx', zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' })),
      /Office document.*CSV/,
    );
    assert.match(
      await refusal('binary.xlsb', zipOf({ '[Content_Types].xml': '<Types/>', 'xl/workbook.bin': 'x' })),
      /xlsb.*CSV/,
    );
    assert.match(
      await refusal(
        'sheet.ods',
        zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<o/>' }),
      ),
      /OpenDocument.*CSV/,
    );
    const bytes = book({ sheets: [{ name: 'S', rows: `<row>${value(0, '1')}</row>` }] });
    assert.match(await refusal('cut.xlsx', bytes.subarray(0, bytes.length - 40)), /workbook.*cut off.*CSV/);
    assert.match(
      await refusal('torn.xlsx', book({ sheets: [{ name: 'S', rows: '<row><c><v>1</v></row>' }] })),
      /damaged/,
    );
  });
});

test('cancel stops the unpacking, and the session goes on', async () => {
  const calculator = await createCalculator();
  await calculator.add({ name: 'outreaches.csv', data: outreaches });
  const large = new Blob([zipOf({ 'contacts.csv': `a,b\n${'x,y\n'.repeat(3_000_000)}` }, { level: 0 })]);
  const reading = calculator.expand(
    { name: 'large.zip', data: large },
    () => void calculator.cancel('stop'),
    'stop',
  );
  await assert.rejects(reading, (error) => error.code === 'cancelled');
  assert.equal((await calculator.files()).length, 1);
});

test('cancel is heard from outside too, while a table is read or unpacked, from bytes or a Blob', async () => {
  const text = `contact_id,customer_id,created_at\n${'t,c,2026-03-01T10:00:00Z\n'.repeat(2_000_000)}`;
  const bytes = new TextEncoder().encode(text);
  const zipped = zipOf({ 'contacts.csv': bytes }, { level: 0 });
  for (const data of [text, bytes, new Blob([bytes]), new Blob([zipped])]) {
    const calculator = await createCalculator();
    const reading = calculator.add({ name: 'contacts', data }, undefined, { token: 'stop' });
    const stopping = setInterval(() => void calculator.cancel('stop'), 5);
    await assert.rejects(reading, (error) => error.code === 'cancelled');
    clearInterval(stopping);
    assert.deepEqual(await calculator.files(), []);
  }
});
