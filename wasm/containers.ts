// What support tools wrap their tables in, opened: ZIP, gzip, .tgz, Excel workbooks, SpreadsheetML. In: a file as it was
// given. Out: the tables inside, each a source of its own; the sheets that could be added; what was left where it is.
// Judged by the first bytes, never by a name.
import { CalculatorError, type Contents, type Source } from './api';
import {
  Damaged,
  TooLarge,
  type Chunks,
  type Watch,
  type ZipEntry,
  bytesOf,
  chunksOf,
  gather,
  gunzip,
  isTar,
  tarEntries,
  unzip,
  zipEntries,
} from './archives';
import { ExcelWorkbook, type Sheet, decoderFor, readSpreadsheetMl } from './workbooks';

/** Archives in archives are opened to this depth: a ZIP of gzipped tables is real, anything deeper is a trap. */
const kDepth = 3;
/** All tables of one file, unpacked. */
const kLimit = 4 * 2 ** 30;
const kHead = 4096;

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

/** A file inside a container, or the container itself. */
interface Item {
  name: string;
  /** The way to it, for a message: `export.zip`, `export.zip, entry "a/b.csv"`. */
  place: string;
  data: Blob;
  depth: number;
}

const shortName = (path: string) => path.replace(/\/+$/, '').replace(/^.*\//, '');

function refuse(place: string, problem: string, advice: string): CalculatorError {
  return new CalculatorError('bad_input', `${place} ${problem}. ${advice}`);
}

const again = 'Download or export it again; if that does not help, unpack it and drop the CSV files.';
const asCsv = 'Open it in a spreadsheet program and save the sheet as CSV, or export CSV from the tool.';

// --- by the first bytes -----------------------------------------------------------------------------------------------------

const begins = (head: Uint8Array, ...bytes: number[]) => bytes.every((byte, i) => head[i] === byte);

const kOldOffice = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

type Kind = 'zip' | 'gzip' | 'tar' | 'office' | 'spreadsheetml' | 'other';

function kindOf(head: Uint8Array): Kind {
  if (begins(head, 0x50, 0x4b) && [0x0403, 0x0605, 0x0807].includes((head[3]! << 8) | head[2]!)) return 'zip';
  if (begins(head, 0x1f, 0x8b, 8)) return 'gzip';
  if (begins(head, ...kOldOffice)) return 'office';
  if (isTar(head)) return 'tar';
  const start = decoderFor(head).decode(head);
  const xml = /^\s*<(\?xml|[\w:]*workbook)\b/i.test(start);
  return xml && start.includes('urn:schemas-microsoft-com:office:spreadsheet') ? 'spreadsheetml' : 'other';
}

/** Whether a file inside an archive may be a table: text, with a separator in its first line unless its name says table. */
function mayBeTable(name: string, head: Uint8Array): boolean {
  const wide = begins(head, 0xff, 0xfe) || begins(head, 0xfe, 0xff) || (head[0] === 0) !== (head[1] === 0);
  if (!wide && head.includes(0)) return false;
  const start = new TextDecoder(
    wide ? (head[1] === 0 || head[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8',
  )
    .decode(head)
    .trimStart();
  if (/^(<[!?\w]|\{\s*["}]|\[\s*[{["\]]|%PDF-|\{\\rtf)/.test(start)) return false;
  return (
    /\.(csv|tsv|tab)$/i.test(name) ||
    (/[,;\t|]/.test(start.split(/[\r\n]/)[0]!) && !/\.(md|log)$/i.test(name))
  );
}

// --- opening -------------------------------------------------------------------------------------------------------------------

/** Opens one file and all that it holds. */
class Opening {
  readonly tables: { item: Item; path: string }[] = [];
  readonly contents: Contents = { tables: [], offered: [], ignored: [] };
  private room = kLimit;

  constructor(private readonly watch: Watch) {}

  async open(item: Item, path: string): Promise<void> {
    try {
      await this.openAs(kindOf(await bytesOf(item.data, 0, kHead)), item, path);
    } catch (error) {
      if (error instanceof TooLarge)
        throw refuse(item.place, `holds more than ${gigabytes(kLimit)}`, 'Split the export by date.');
      if (error instanceof Damaged) throw refuse(item.place, error.message, again);
      throw error;
    }
  }

  private async openAs(kind: Kind, item: Item, path: string): Promise<void> {
    const container = kind !== 'other' && !(kind === 'office' && item.depth > 0);
    if (container && item.depth >= kDepth) this.ignore(path, 'too_deep');
    else if (kind === 'zip') await this.openZip(item, path);
    else if (kind === 'gzip') await this.openGzip(item, path);
    else if (kind === 'tar') await this.openTar(item);
    else if (kind === 'spreadsheetml') await this.openSpreadsheetMl(item, path);
    else if (kind === 'office') await this.checkPassword(item, path);
    else if (item.depth === 0 || mayBeTable(item.name, await bytesOf(item.data, 0, kHead)))
      this.tables.push({ item, path });
    else this.ignore(path, 'not_a_table');
  }

  private ignore(name: string, why: Contents['ignored'][number]['why']): void {
    this.contents.ignored.push({ name, why });
  }

  /** Skips what is no file of the person's; true when there is nothing more to do with the entry. */
  private skips(path: string, size: number): boolean {
    if (path.endsWith('/')) return true;
    const system = /(^|\/)(__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i.test(path);
    if (system) this.ignore(path, 'housekeeping');
    else if (size === 0) this.ignore(path, 'empty');
    return system || size === 0;
  }

  private inside(item: Item, path: string, data: Blob): Item {
    return { name: shortName(path), place: `${item.place}, entry "${path}",`, data, depth: item.depth + 1 };
  }

  private async unpacked(chunks: Chunks): Promise<Blob> {
    const blob = await gather(chunks, this.room);
    this.room -= blob.size;
    return blob;
  }

  private async openZip(item: Item, path: string): Promise<void> {
    const entries = await this.entriesOf(item);
    const names = new Map(entries.map((entry) => [entry.path, entry]));
    const root = entries.find((entry) => /(^|\/)xl\/workbook\.xml$/i.test(entry.path))?.path;
    if (root !== undefined)
      return this.openWorkbook(item, path, names, root.slice(0, -'workbook.xml'.length));
    if (names.has('xl/workbook.bin')) throw refuse(item.place, 'is a binary Excel workbook (.xlsb)', asCsv);
    if (names.has('content.xml') && names.has('mimetype'))
      throw refuse(item.place, 'is an OpenDocument file (.ods)', asCsv);
    if (names.has('[Content_Types].xml')) {
      if (item.depth > 0) {
        this.ignore(path, 'not_a_table');
        return;
      }
      throw refuse(item.place, 'is an Office document, not an Excel workbook', asCsv);
    }
    for (const entry of entries) {
      if (this.skips(entry.path, entry.size)) continue;
      const inner = this.inside(item, entry.path, new Blob());
      this.checkEntry(inner.place, entry);
      try {
        inner.data = await this.unpacked(unzip(item.data, entry, this.watch));
      } catch (error) {
        if (error instanceof Damaged) throw refuse(inner.place, error.message, again);
        throw error;
      }
      await this.open(inner, entry.path);
    }
  }

  private async entriesOf(item: Item): Promise<ZipEntry[]> {
    try {
      return await zipEntries(item.data);
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
      const start = new TextDecoder('windows-1252').decode(await bytesOf(item.data, 0, kHead));
      const workbook = start.includes('[Content_Types].xml') || start.includes('xl/');
      const what = workbook ? 'is an Excel workbook that' : 'is a ZIP archive that';
      throw refuse(item.place, `${what} ${error.message}`, workbook ? asCsv : again);
    }
  }

  private checkEntry(place: string, entry: ZipEntry): void {
    if (entry.encrypted)
      throw refuse(
        place,
        'is protected by a password',
        'Unpack it with the password and drop the CSV files.',
      );
    if (entry.method !== 0 && entry.method !== 8)
      throw refuse(
        place,
        'is compressed in a way that this page does not know',
        'Unpack it and drop the CSV files.',
      );
    if (entry.size > this.room) throw new TooLarge();
  }

  private async openWorkbook(
    item: Item,
    path: string,
    names: Map<string, ZipEntry>,
    root: string,
  ): Promise<void> {
    const book = await ExcelWorkbook.open(root, (path) => {
      const entry = names.get(path);
      if (!entry) return null;
      this.checkEntry(item.place, entry);
      return unzip(item.data, entry, this.watch);
    });
    const visible = book.sheets.filter(({ hidden }) => !hidden);
    const wanted = this.wantedSheet(item);
    for (const sheet of wanted === undefined ? visible : book.sheets) {
      if (wanted !== undefined && sheet.name !== wanted) continue;
      const csv = await book.csv(sheet);
      if (csv) {
        this.takeSheet(item, book.sheets, sheet, csv);
        return;
      }
    }
    this.noCells(item, path, wanted);
  }

  private async openSpreadsheetMl(item: Item, path: string): Promise<void> {
    const wanted = this.wantedSheet(item);
    const { sheets, taken, csv } = await readSpreadsheetMl(chunksOf(item.data, this.watch), wanted);
    if (!taken || !csv) this.noCells(item, path, wanted);
    else this.takeSheet(item, sheets, taken, csv);
  }

  /** The sheet asked for; of the file itself only, not of workbooks inside an archive. */
  sheet: string | undefined;
  private wantedSheet(item: Item): string | undefined {
    return item.depth === 0 ? this.sheet : undefined;
  }

  private noCells(item: Item, path: string, wanted: string | undefined): void {
    if (item.depth > 0) {
      this.ignore(path, 'empty');
      return;
    }
    const what = wanted === undefined ? 'holds no sheet with cells' : `holds no cells in a sheet "${wanted}"`;
    throw refuse(item.place, what, 'Export it again, and check that the dates chosen for it hold any rows.');
  }

  private takeSheet(item: Item, sheets: Sheet[], taken: Sheet, csv: Blob): void {
    const others = sheets.filter((sheet) => sheet !== taken && !sheet.hidden);
    const called = (sheet: Sheet) => `${item.name} (${sheet.name})`;
    const single = others.length === 0 && this.wantedSheet(item) === undefined;
    const name = single ? item.name : called(taken);
    this.tables.push({ item: { ...item, name, data: csv }, path: name });
    if (this.wantedSheet(item) !== undefined) return;
    for (const sheet of others)
      this.contents.offered.push({
        name: called(sheet),
        sheet: sheet.name,
        source: { name: item.name, data: item.data, sheet: sheet.name },
      });
  }

  private async openGzip(item: Item, path: string): Promise<void> {
    const name = item.name.replace(/\.tgz$/i, '.tar').replace(/\.(gz|gzip)$/i, '');
    const data = await this.unpacked(gunzip(item.data, this.watch));
    if (data.size === 0) throw refuse(item.place, 'is empty', 'Export it again.');
    // What is inside belongs to the archive, so it is judged as an entry: a gzipped picture is no table.
    const inner = { ...item, name, data, depth: item.depth + 1 };
    await this.open(inner, path.replace(/\.(gz|gzip)$/i, ''));
  }

  private async openTar(item: Item): Promise<void> {
    for await (const { path, data } of tarEntries(item.data)) {
      if (this.skips(path, data.size)) continue;
      await this.open(this.inside(item, path, data), path);
    }
  }

  /** A workbook with a password is stored in the form of the old ones; all else in that form goes on to be refused. */
  private async checkPassword(item: Item, path: string): Promise<void> {
    if (item.depth > 0) {
      this.ignore(path, 'not_a_table');
      return;
    }
    const marker = 'EncryptedPackage'.replace(/./g, '$&\0');
    const ends = [
      await bytesOf(item.data, 0, 1 << 16),
      await bytesOf(item.data, Math.max(0, item.data.size - (1 << 16))),
    ];
    if (ends.some((bytes) => new TextDecoder('windows-1252').decode(bytes).includes(marker)))
      throw refuse(item.place, 'is a workbook protected by a password', `Remove the password. ${asCsv}`);
    this.tables.push({ item, path });
  }
}

/**
 * The tables of a file. A file that is no container comes back as it is, for the core to judge. Throws a CalculatorError that
 * names file and entry for what is damaged, protected by a password, too large, or holds no table at all.
 */
export async function expand(source: Source, watch: Watch = () => undefined): Promise<Contents> {
  const given = source instanceof Blob ? source : source.data;
  const head = given instanceof Blob ? await bytesOf(given, 0, kHead) : headOf(given);
  if (head === null || kindOf(head) === 'other') return { tables: [source], offered: [], ignored: [] };
  const data = given instanceof Blob ? given : new Blob([given as Uint8Array<ArrayBuffer>]);
  const opening = new Opening(watch);
  if (!(source instanceof Blob)) opening.sheet = source.sheet;
  await opening.open({ name: source.name, place: `"${source.name}"`, data, depth: 0 }, source.name);
  const { tables, contents } = opening;
  if (tables.length === 0) {
    const inside = contents.ignored.map(({ name }) => shortName(name)).filter(Boolean);
    const what =
      inside.length > 0 ? `; it holds ${inside.slice(0, 3).join(', ')}${inside.length > 3 ? ' …' : ''}` : '';
    throw refuse(`"${source.name}"`, `holds no table${what}`, 'Drop the CSV files of the export.');
  }
  const names = tables.map(({ item }) => item.name);
  contents.tables = tables.map(({ item, path }) => {
    // A file that the core refuses by itself stays what it was.
    if (item.data === data) return source;
    const twice = names.filter((name) => name === item.name).length > 1;
    return { name: twice ? path : item.name, data: item.data };
  });
  return contents;
}

/** Text is never a container, except for SpreadsheetML. */
function headOf(given: Uint8Array | string): Uint8Array | null {
  if (typeof given === 'string') return new TextEncoder().encode(given.slice(0, kHead));
  return given instanceof Uint8Array ? given.subarray(0, kHead) : null;
}
