// Sheets of spreadsheets as CSV: Excel workbooks (.xlsx, ECMA-376) and SpreadsheetML 2003 (the XML that Freshdesk calls
// .xls). In: the XML parts as chunks of bytes. Out: a sheet as CSV text with every cell as a person would copy it: dates as
// ISO text by the cell's format, long numbers with all their digits, ids with the zeros that their format shows.
import { Parser } from 'saxen';
import { type Chunks, Damaged } from './archives';

export interface Sheet {
  name: string;
  hidden: boolean;
}

/** The part that an .xlsx has under a path, null when it has none. */
export type Part = (path: string) => Chunks | null;

// --- CSV -----------------------------------------------------------------------------------------------------------------------

/** Rows without cells between two rows that have some: kept, so that line numbers stay those of the sheet, up to this many. */
const kKeptGap = 1000;

/** Gathers a sheet's rows. Text is quoted, numbers and dates are bare; every row gets the width of the widest. */
class CsvSheet {
  private readonly rows: string[] = [];
  private readonly widths: number[] = [];
  private width = 0;
  private last = 0;
  private cells: string[] = [];

  get empty(): boolean {
    return this.rows.length === 0;
  }

  /** A cell of the row in hand, columns from 0. */
  put(column: number, value: string, isText: boolean): void {
    if (value === '' || column > 16_384) return;
    while (this.cells.length < column) this.cells.push('');
    this.cells[column] = isText || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  }

  /** Ends the row in hand; rows from 1. */
  end(row: number): void {
    if (this.cells.length === 0) return;
    const gap = Math.min(row - this.last - 1, kKeptGap);
    for (let i = 0; i < gap; i++) this.add('', 0);
    this.add(this.cells.join(','), this.cells.length);
    this.last = row;
    this.cells = [];
  }

  private add(text: string, width: number): void {
    this.rows.push(text);
    this.widths.push(width);
    this.width = Math.max(this.width, width);
  }

  blob(): Blob {
    const parts: string[] = [];
    for (let from = 0; from < this.rows.length; from += 10_000) {
      const piece = this.rows.slice(from, from + 10_000);
      const line = (text: string, i: number) => {
        const width = this.widths[from + i]!;
        return width === 0 ? '\n' : `${text}${','.repeat(this.width - width)}\n`;
      };
      parts.push(piece.map(line).join(''));
    }
    return new Blob(parts);
  }
}

// --- what a number shows -----------------------------------------------------------------------------------------------------

type Look = 'number' | 'date' | 'time' | 'length' | { digits: number };

/** Formats of Excel that have a number instead of a code (ECMA-376 18.8.30). */
function builtIn(id: number): Look {
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31)) return 'date';
  if ((id >= 34 && id <= 36) || (id >= 50 && id <= 58)) return 'date';
  if ((id >= 18 && id <= 21) || id === 32 || id === 33 || id === 45 || id === 47) return 'time';
  return id === 46 ? 'length' : 'number';
}

/** What a format code makes of a number: "yyyy-mm-dd" a date, "[h]:mm" a length of time, "00000" leading zeros. */
function lookOf(code: string): Look {
  if (/^general$/i.test(code)) return 'number';
  const bare = code.replace(/"[^"]*"|\\.|[_*]./g, '').split(';')[0]!;
  if (/\[(h+|m+|s+)\]/i.test(bare)) return 'length';
  const letters = bare.replace(/\[[^\]]*\]/g, '').replace(/am\/pm|a\/p/gi, '');
  if (/[yd]/i.test(letters) || /^[^hs]*m[^hs]*$/i.test(letters)) return 'date';
  if (/[hs]/i.test(letters)) return 'time';
  return /^0{2,}$/.test(letters) ? { digits: letters.length } : 'number';
}

const kDay = 86_400_000;
const two = (value: number) => String(value).padStart(2, '0');

/** Days since the beginning of 1900 (or of 1904) as ISO text; Excel counts a 29 February 1900 that never was. */
function serialDate(serial: number, from1904: boolean): string {
  const days = from1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial;
  let at = Math.round((days - 25_569) * kDay);
  const beside = ((at % 1000) + 1000) % 1000;
  if (beside <= 1) at -= beside;
  if (beside === 999) at += 1;
  const iso = new Date(at).toISOString();
  if (at % kDay === 0) return iso.slice(0, 10);
  return at % 1000 === 0 ? iso.slice(0, 19) : iso.slice(0, 23);
}

function clock(serial: number): string {
  const seconds = Math.round(serial * 86_400);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/**
 * A number as text. Integers keep all their digits; what Excel has already rounded (beyond 15 digits) keeps its exponent, so
 * that nobody takes it for an id; fractions show the 15 digits that Excel shows.
 */
function numberText(raw: string): string {
  if (/^-?\d+$/.test(raw)) return raw;
  const value = Number(raw);
  if (!Number.isFinite(value) || Math.abs(value) >= 1e15) return raw;
  return String(Number(value.toPrecision(15)));
}

function numberAs(raw: string, look: Look, from1904: boolean): string {
  const value = Number(raw);
  if (raw === '' || !Number.isFinite(value)) return raw;
  if (typeof look === 'object') {
    const digits = numberText(raw);
    return /^\d+$/.test(digits) ? digits.padStart(look.digits, '0') : digits;
  }
  if (look === 'number' || value < 0 || value > 2_958_466) return numberText(raw);
  if (look === 'length' || (look === 'time' && value < 1)) return clock(value);
  return serialDate(value, from1904);
}

// --- XML -----------------------------------------------------------------------------------------------------------------------

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Entities as characters, those beyond the first 65,536 too. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (name) return named[name as string] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex as string, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** The name without its prefix: writers choose prefixes as they like. */
const local = (name: string) => name.slice(name.indexOf(':') + 1);

type Attributes = (name: string) => string;

interface Hooks {
  open(name: string, attribute: Attributes): void;
  close(name: string): void;
  text(text: string): void;
}

/** Runs a document through the parser. A hook may end it early by returning true from `done`. */
async function parse(chunks: Chunks, hooks: Hooks, done?: () => boolean): Promise<void> {
  const parser = new Parser();
  parser.on('error', () => {
    throw new Damaged('is cut off or damaged (its XML does not end as it should)');
  });
  parser.on('openTag', (name, attributes) => {
    let all: Record<string, string> | null = null;
    hooks.open(local(name), (wanted) => {
      all ??= attributes();
      for (const key in all) if (local(key) === wanted) return decoded(all[key]!);
      return '';
    });
  });
  parser.on('closeTag', (name) => hooks.close(local(name)));
  parser.on('text', (text) => hooks.text(decoded(text)));
  parser.on('cdata', (text) => hooks.text(text));
  let decoder: TextDecoder | null = null;
  for await (const chunk of chunks) {
    decoder ??= decoderFor(chunk);
    parser.write(decoder.decode(chunk, { stream: true }));
    if (done?.()) return;
  }
  parser.write(decoder?.decode() ?? '');
  parser.end();
}

/** By the byte order mark, else by what the declaration says, else UTF-8. */
export function decoderFor(head: Uint8Array): TextDecoder {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le');
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be');
  const start = new TextDecoder('windows-1252').decode(head.subarray(0, 200));
  const said = /^[^<]*<\?xml[^>]*\bencoding=["']([\w-]+)["']/.exec(start)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(said.toLowerCase().startsWith('utf-16') ? 'utf-8' : said);
  } catch {
    return new TextDecoder();
  }
}

// --- .xlsx ---------------------------------------------------------------------------------------------------------------------

/** Undoes the escapes for characters that XML cannot hold: _x000D_ is a carriage return. */
function unescaped(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([\da-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** "AB12" to its column, from 0; -1 when it names none. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]+/i.exec(reference)?.[0].toUpperCase() ?? '')
    column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

export class ExcelWorkbook {
  private from1904 = false;
  private readonly paths = new Map<Sheet, string>();
  private strings: string[] | null = null;
  private looks: Look[] = [];
  private stringsPath = '';
  private stylesPath = '';

  private constructor(private readonly part: Part) {}

  get sheets(): Sheet[] {
    return [...this.paths.keys()];
  }

  /** Reads the list of sheets; `root` is the folder of workbook.xml ("xl/"). */
  static async open(root: string, part: Part): Promise<ExcelWorkbook> {
    const book = new ExcelWorkbook(part);
    const targets = new Map<string, { type: string; path: string }>();
    await book.read(`${root}_rels/workbook.xml.rels`, {
      open(name, attribute) {
        if (name !== 'Relationship') return;
        const target = attribute('Target');
        const path = target.startsWith('/') ? target.slice(1) : root + target;
        targets.set(attribute('Id'), { type: attribute('Type').replace(/^.*\//, ''), path });
      },
    });
    const byType = (wanted: string) => [...targets.values()].find(({ type }) => type === wanted)?.path;
    book.stringsPath = byType('sharedStrings') ?? `${root}sharedStrings.xml`;
    book.stylesPath = byType('styles') ?? `${root}styles.xml`;
    await book.read(`${root}workbook.xml`, {
      open(name, attribute) {
        if (name === 'workbookPr') book.from1904 = /^(1|true)$/.test(attribute('date1904'));
        if (name !== 'sheet') return;
        const target = targets.get(attribute('id'));
        if (target?.type !== 'worksheet') return; // a chart has no rows
        const hidden = /hidden/i.test(attribute('state'));
        book.paths.set({ name: unescaped(attribute('name')), hidden }, target.path);
      },
    });
    return book;
  }

  private async read(path: string, hooks: Partial<Hooks>): Promise<boolean> {
    const chunks = this.part(path);
    const nothing = () => undefined;
    if (chunks) await parse(chunks, { open: nothing, close: nothing, text: nothing, ...hooks });
    return chunks !== null;
  }

  /** Texts and formats, which all sheets share. */
  private async readShared(): Promise<string[]> {
    if (this.strings) return this.strings;
    const strings: string[] = [];
    let [text, inText, inReading] = ['', false, false];
    await this.read(this.stringsPath, {
      open(name) {
        if (name === 'si') text = '';
        if (name === 'rPh') inReading = true; // how a Japanese word is pronounced, no part of it
        if (name === 't') inText = !inReading;
      },
      close(name) {
        if (name === 'si') strings.push(unescaped(text));
        if (name === 'rPh') inReading = false;
        if (name === 't') inText = false;
      },
      text(piece) {
        if (inText) text += piece;
      },
    });
    const codes = new Map<number, Look>();
    const looks: Look[] = [];
    let inCells = false;
    await this.read(this.stylesPath, {
      open(name, attribute) {
        if (name === 'numFmt') codes.set(Number(attribute('numFmtId')), lookOf(attribute('formatCode')));
        if (name === 'cellXfs') inCells = true;
        if (name !== 'xf' || !inCells) return;
        const id = Number(attribute('numFmtId'));
        looks.push(codes.get(id) ?? builtIn(id));
      },
      close(name) {
        if (name === 'cellXfs') inCells = false;
      },
    });
    this.looks = looks;
    this.strings = strings;
    return strings;
  }

  /** A sheet as CSV, null when it has no cells. */
  async csv(sheet: Sheet): Promise<Blob | null> {
    const strings = await this.readShared();
    const { looks, from1904 } = this;
    const out = new CsvSheet();
    let [row, column, type, value] = [0, -1, '', ''];
    let look: Look = 'number';
    let [inValue, inReading] = [false, false];
    const put = () => {
      if (type === 's') out.put(column, strings[Number(value)] ?? '', true);
      else if (type === 'str' || type === 'inlineStr') out.put(column, unescaped(value), true);
      else if (type === 'b') out.put(column, value === '1' ? 'TRUE' : 'FALSE', false);
      else if (type === 'd' || type === 'e') out.put(column, value, false);
      else out.put(column, numberAs(value, look, from1904), false);
    };
    const found = await this.read(this.paths.get(sheet) ?? '', {
      open(name, attribute) {
        if (name === 'row') {
          row = Number(attribute('r')) || row + 1;
          column = -1;
        } else if (name === 'c') {
          const said = columnOf(attribute('r'));
          column = said >= 0 ? said : column + 1;
          type = attribute('t');
          look = looks[Number(attribute('s') || 0)] ?? 'number';
          value = '';
        } else if (name === 'rPh') inReading = true;
        else if (name === 'v' || name === 't') inValue = !inReading;
      },
      close(name) {
        if (name === 'c' && value !== '') put();
        else if (name === 'row') out.end(row);
        else if (name === 'rPh') inReading = false;
        else if (name === 'v' || name === 't') inValue = false;
      },
      text(piece) {
        if (inValue) value += piece;
      },
    });
    if (!found) throw new Damaged(`lacks its sheet "${sheet.name}"`);
    return out.empty ? null : out.blob();
  }
}

// --- SpreadsheetML 2003 -----------------------------------------------------------------------------------------------------

/** Names for formats that SpreadsheetML has besides codes; its other names ("Standard", "Percent") are those of numbers. */
const xmlFormats: Record<string, Look> = {
  'General Date': 'date',
  'Short Date': 'date',
  'Medium Date': 'date',
  'Long Date': 'date',
  'Short Time': 'time',
  'Medium Time': 'time',
  'Long Time': 'time',
};

interface XmlLook {
  look: Look;
  /** The cell shows a day without its time. */
  dayOnly: boolean;
}

function xmlLook(format: string): XmlLook {
  const look = xmlFormats[format];
  if (look) return { look, dayOnly: look === 'date' && format !== 'General Date' };
  if (/^[a-z]{3}[a-z/ ]+$/i.test(format) && !/^[dmyhs/ ]+$/i.test(format))
    return { look: 'number', dayOnly: false };
  const coded = lookOf(format);
  return { look: coded, dayOnly: coded === 'date' && !/[hs]/i.test(format) };
}

/** "2026-03-01T00:00:00.000" without what says nothing; a time of day is written as a time on the last day of 1899. */
function xmlTime(value: string, look: Look, dayOnly: boolean): string {
  const [day = '', time = ''] = value.replace(/\.0+$/, '').split('T');
  if (/^18(99-12-31|99-12-30)$/.test(day) && (look === 'time' || look === 'length')) return time;
  return dayOnly && /^00:00:00$/.test(time) ? day : value.replace(/\.0+$/, '');
}

/**
 * The sheets of a SpreadsheetML document, and one of them as CSV: the one named, else the first visible one with cells. The
 * answer's `csv` is null when there is no such sheet.
 */
export async function readSpreadsheetMl(
  chunks: Chunks,
  wanted?: string,
): Promise<{ sheets: Sheet[]; taken: Sheet | null; csv: Blob | null }> {
  const sheets: Sheet[] = [];
  const looks = new Map<string, XmlLook>();
  const plain: XmlLook = { look: 'number', dayOnly: false };
  let taken: { sheet: Sheet; out: CsvSheet } | null = null;
  let out = new CsvSheet();
  let [style, row, column, across, type, value] = ['', 0, -1, 0, '', ''];
  let cellStyle = plain;
  let [inCell, inData, inComment, inOptions] = [false, false, false, false];
  const put = () => {
    const { look, dayOnly } = cellStyle;
    if (type === 'Number') out.put(column, numberAs(value, look, false), false);
    else if (type === 'DateTime') out.put(column, xmlTime(value, look, dayOnly), false);
    else if (type === 'Boolean') out.put(column, value === '1' ? 'TRUE' : 'FALSE', false);
    else out.put(column, value, type !== 'Error');
  };
  await parse(chunks, {
    open(name, attribute) {
      if (name === 'Style') style = attribute('ID');
      else if (name === 'NumberFormat') {
        looks.set(style, xmlLook(attribute('Format')));
      } else if (name === 'Worksheet') {
        sheets.push({ name: attribute('Name'), hidden: false });
        [out, row] = [new CsvSheet(), 0];
      } else if (name === 'Row') {
        row = Number(attribute('Index')) || row + 1;
        [column, across] = [-1, 0];
      } else if (name === 'Cell') {
        // A merged cell covers its neighbours, which are not written.
        column = (Number(attribute('Index')) || column + 2 + across) - 1;
        across = Number(attribute('MergeAcross')) || 0;
        cellStyle = looks.get(attribute('StyleID')) ?? plain;
        [inCell, value, type] = [true, '', ''];
      } else if (name === 'Comment') inComment = true;
      else if (name === 'WorksheetOptions') inOptions = true;
      else if (name === 'Data' && inCell && !inComment) {
        inData = true;
        type = attribute('Type');
      }
    },
    close(name) {
      if (name === 'Data') inData = false;
      else if (name === 'Comment') inComment = false;
      else if (name === 'WorksheetOptions') inOptions = false;
      else if (name === 'Cell') {
        put();
        inCell = false;
      } else if (name === 'Row') out.end(row);
      else if (name === 'Worksheet') {
        const sheet = sheets.at(-1)!;
        const right = wanted === undefined ? !sheet.hidden : sheet.name === wanted;
        if (!taken && right && !out.empty) taken = { sheet, out };
        out = new CsvSheet();
      }
    },
    text(piece) {
      if (inData) value += piece;
      else if (inOptions && /^Sheet(Very)?Hidden$/.test(piece.trim())) sheets.at(-1)!.hidden = true;
    },
  });
  const found = taken as { sheet: Sheet; out: CsvSheet } | null; // set in a hook, which the compiler does not follow
  return { sheets, taken: found?.sheet ?? null, csv: found?.out.blob() ?? null };
}
