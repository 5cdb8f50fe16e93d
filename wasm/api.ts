// The calculator as a typed object over the WebAssembly module: the one API that the page's worker, other pages and
// Node use. In: files (as File, Blob or bytes), mappings, requests. Out: plain documents, typed from the core's structs.
// Arguments are checked here, since the binding does not; a refused call throws a CalculatorError with a message for people.
import { instantiate } from 'virtual:preempt-wasm';
import { turn } from './archives';
import { type BlockMaker, BlockSource, BrokenSource, type Line, serve } from './blocks';
import { expand } from './containers';
import { type Bytes, bytesInMemory, bytesOfBlob, eachPiece } from './pieces';
import type {
  AuditPage,
  AuditRequest,
  EvaluateRequest,
  FileInfo,
  MappingRequest,
  Report,
  TypedRequest,
  Vocabulary,
} from '../build/generated/report';

export type * from '../build/generated/report';

/** A file to read: a browser's File, or a name with bytes or text. `sheet` names a sheet of a workbook. */
export type Source = File | { name: string; data: Blob | Uint8Array | string; sheet?: string };

/** What a file holds: itself when it is a table, else the tables of an archive or a workbook. */
export interface Contents {
  tables: Source[];
  /** Sheets of a workbook besides the one taken: sources of their own, to be added if wanted. */
  offered: { name: string; sheet: string; source: Source }[];
  /** What was left in the archive: a picture, a text that is no table; what a Mac or Windows puts in; an empty file; an
   *  archive in an archive in an archive. */
  ignored: { name: string; why: 'not_a_table' | 'housekeeping' | 'empty' | 'too_deep' }[];
}

/** Called now and then while a file is read: bytes so far and in all, rows so far. */
export type Progress = (done: number, total: number, rows: number) => void;

/** How a file is read: what is answered from the start, and a name by which to cancel. */
export interface ReadOptions {
  mapping?: Partial<MappingRequest>;
  /** Mappings by the fingerprint of a header (FileInfo.fingerprint): used when the file has one of these headers and
   *  `mapping` is not given. */
  remembered?: Record<string, Partial<MappingRequest>>;
  /** Any text; `cancel` with the same text stops the reading. */
  token?: string;
}

/** Which episodes are meant; what is left out stands open. */
export type AuditQuery = Partial<Omit<AuditRequest, 'question'>> & { question?: Partial<EvaluateRequest> };

/** A call that the core refused; `message` says what is wrong and what to do. */
export class CalculatorError extends Error {
  constructor(
    readonly code: 'bad_input' | 'not_supported' | 'missing' | 'misuse' | 'cancelled',
    message: string,
  ) {
    super(message);
    this.name = 'CalculatorError';
  }
}

/** All calls are independent of the order in which files were added; results are the same in every browser. */
export interface Calculator {
  /** Recognises a file and reads it with the mapping it proposes. A file that cannot be read comes back with
   *  state "failed" or "needs_answer" and a message; it stays in the list until removed. An archive or a workbook is
   *  opened when it holds exactly one table (the first sheet is taken); else the call is refused. */
  add(source: Source, progress?: Progress, options?: ReadOptions): Promise<FileInfo>;
  /** Reads every table that a file holds: a ZIP of several, one workbook, one CSV. Throws CalculatorError, with nothing added,
   *  for an archive that is damaged, protected by a password or without a table. */
  addAll(source: Source, progress?: Progress, options?: ReadOptions): Promise<FileInfo[]>;
  /** Opens a file without reading its tables: ZIP, gzip, tar, .xlsx, SpreadsheetML. Each table can then be added. */
  expand(source: Source, progress?: Progress, token?: string): Promise<Contents>;
  /** Reads a file again with a corrected mapping. Empty fields keep what is in use. */
  remap(id: number, mapping: Partial<MappingRequest>, progress?: Progress, token?: string): Promise<FileInfo>;
  /** Stops the reading that was begun with this token, after the piece in hand (4 MiB). Its call is refused with code
   *  "cancelled" and its file is gone; the other files stay as they are. */
  cancel(token: string): Promise<void>;
  remove(id: number): Promise<void>;
  files(): Promise<FileInfo[]>;
  /** The rows set aside of a file as CSV: file, line, reason, original cells; formulas neutralised. */
  setAside(id: number): Promise<string>;
  /** Kinds of tables, their roles, and the attributes for a breakdown. */
  vocabulary(): Promise<Vocabulary>;
  /** Throws CalculatorError when nothing can be said at all (no outreaches, no contacts, no overlap ...). */
  evaluate(request?: Partial<EvaluateRequest>): Promise<Report>;
  /** The episodes behind a number of the report of `query.question`: a page of them, each with its rows and contacts. */
  audit(query: AuditQuery): Promise<AuditPage>;
  /** All of them as CSV, formulas neutralised; `offset` and `limit` are not looked at. */
  auditCsv(query: AuditQuery): Promise<string>;
  /** The same report from typed counts; needs no file. */
  evaluateTyped(request: Partial<TypedRequest>): Promise<Report>;
}

/** The first bytes from which a file is recognised. */
const HEAD_BYTES = 256 * 1024;

/** A file of this size is read by two workers where there are two. */
const WORTH_TWO_WORKERS = 16 * 1024 * 1024;

/** What wasm/bindings.cpp exports. Every text answer is an envelope {status, message, value}. */
interface Binding {
  reserve(bytes: number): number;
  setZone(name: string, changes: string): string;
  open(name: string, bytes: number): number;
  recognise(id: number, length: number, whole: boolean, answer: string): string;
  append(id: number, length: number): string;
  suitsBlocks(id: number): boolean;
  answers(id: number): string;
  beginBlocks(id: number): string;
  makeBlock(length: number): string;
  blockAddress(): number;
  blockSize(): number;
  takeBlock(id: number, length: number, stretch: () => number): string;
  reserveStretch(bytes: number): number;
  rows(id: number): number;
  close(id: number): string;
  remove(id: number): string;
  beginSetAside(id: number): string;
  appendSetAside(id: number, length: number): string;
  takeSetAside(id: number): string;
  files(): string;
  vocabulary(): string;
  evaluate(request: string): string;
  audit(request: string): string;
  auditCsv(request: string): string;
  evaluateTyped(request: string): string;
}

interface Module {
  Calculator: new () => Binding;
  HEAPU8: Uint8Array;
}

interface Envelope {
  status: 'ok' | CalculatorError['code'];
  message: string;
  value: unknown;
}

function open<T>(answer: string): T {
  const envelope = JSON.parse(answer) as Envelope;
  if (envelope.status !== 'ok') throw new CalculatorError(envelope.status, envelope.message);
  return envelope.value as T;
}

/**
 * The offset changes of an IANA zone between 1990 and 2040, as [instant, offset] in milliseconds; the first entry's
 * instant is the beginning. From the platform's own zone rules. Throws CalculatorError for a name it does not know.
 */
export function zoneChanges(name: string): [number, number][] {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw new CalculatorError(
      'bad_input',
      `The time zone "${name}" is not known. Use an IANA name such as Europe/Berlin.`,
    );
  }
  const offsetAt = (at: number): number => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - at;
  };
  const step = 7 * 86_400_000; // no zone has changed twice within a week in these years
  const from = Date.UTC(1990, 0, 1);
  const changes: [number, number][] = [[from, offsetAt(from)]];
  let offset = changes[0]![1];
  for (let at = from; at < Date.UTC(2040, 0, 1); at += step) {
    const next = offsetAt(at + step);
    if (next === offset) continue;
    let [low, high] = [at, at + step]; // the change lies in (low, high]
    while (high - low > 1000) {
      const middle = low + Math.floor((high - low) / 2000) * 1000;
      if (offsetAt(middle) === offset) low = middle;
      else high = middle;
    }
    changes.push([high, next]);
    offset = next;
  }
  return changes;
}

/** Copies bytes into the core's buffer; the heap may have grown, so its view is taken afresh. */
function hand(module: Module, core: Binding, bytes: Uint8Array): number {
  const address = core.reserve(bytes.length);
  if (address === 0 && bytes.length > 0)
    throw new CalculatorError('not_supported', 'The browser gives no more memory to this page.');
  module.HEAPU8.set(bytes, address);
  return bytes.length;
}

function bytesOf(source: Source): Bytes {
  const data = source instanceof Blob ? source : source.data;
  if (data instanceof Blob) return bytesOfBlob(source.name, data);
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  if (!(bytes instanceof Uint8Array))
    throw new CalculatorError('misuse', 'A source is a File, or a name with a Blob, bytes or text.');
  return bytesInMemory(source.name, bytes);
}

class WasmCalculator implements Calculator {
  private readonly sources = new Map<number, Bytes>();
  private readonly zones = new Set<string>(['UTC']);
  private readonly reading = new Set<string>();
  private readonly cancelled = new Set<string>();

  constructor(
    private readonly module: Module,
    private readonly core: Binding,
    private readonly blocks: BlockSource | undefined,
  ) {}

  async add(source: Source, progress?: Progress, options: ReadOptions = {}): Promise<FileInfo> {
    let tables: Source[];
    try {
      ({ tables } = await this.expand(source, progress, options.token));
    } catch (error) {
      if (!(error instanceof CalculatorError) || error.code !== 'bad_input') throw error;
      // The core refuses such a file too, and keeps it in its list; the reason is known better here.
      const info = await this.addTable(source, progress, options);
      return info.state === 'read' ? info : { ...info, message: error.message };
    }
    if (tables.length > 1) {
      const names = tables.map(({ name }) => name).join(', ');
      throw new CalculatorError('misuse', `"${source.name}" holds several tables (${names}): use addAll.`);
    }
    return this.addTable(tables[0]!, progress, options);
  }

  async addAll(source: Source, progress?: Progress, options: ReadOptions = {}): Promise<FileInfo[]> {
    const { tables } = await this.expand(source, progress, options.token);
    const infos: FileInfo[] = [];
    try {
      for (const table of tables) infos.push(await this.addTable(table, progress, options));
    } catch (error) {
      for (const { id } of infos) await this.remove(id);
      throw error;
    }
    return infos;
  }

  async expand(source: Source, progress?: Progress, token = ''): Promise<Contents> {
    const { size } = bytesOf(source);
    return this.stoppable(token, () =>
      expand(source, (readTo) => {
        this.check(token, source.name);
        progress?.(readTo, size, 0);
      }),
    );
  }

  private async addTable(
    source: Source,
    progress: Progress | undefined,
    { mapping = {}, remembered = {}, token = '' }: ReadOptions,
  ): Promise<FileInfo> {
    const bytes = bytesOf(source);
    const id = this.core.open(bytes.name, bytes.size);
    this.sources.set(id, bytes);
    try {
      return await this.read(id, bytes, mapping, progress, token, remembered);
    } catch (error) {
      if (this.sources.has(id)) await this.remove(id);
      throw error;
    }
  }

  async remap(
    id: number,
    mapping: Partial<MappingRequest>,
    progress?: Progress,
    token = '',
  ): Promise<FileInfo> {
    return this.read(id, this.source(id), mapping, progress, token);
  }

  async cancel(token: string): Promise<void> {
    if (this.reading.has(token)) this.cancelled.add(token);
  }

  async remove(id: number): Promise<void> {
    this.source(id);
    this.sources.delete(id);
    open(this.core.remove(id));
  }

  async files(): Promise<FileInfo[]> {
    return open(this.core.files());
  }

  async setAside(id: number): Promise<string> {
    open(this.core.beginSetAside(id));
    await this.pieces(this.source(id), '', (length) => {
      open(this.core.appendSetAside(id, length));
    });
    return open(this.core.takeSetAside(id));
  }

  async vocabulary(): Promise<Vocabulary> {
    return open(this.core.vocabulary());
  }

  async evaluate(request: Partial<EvaluateRequest> = {}): Promise<Report> {
    if (request.zone) this.learnZone(request.zone);
    return open(this.core.evaluate(JSON.stringify(request)));
  }

  async audit(query: AuditQuery): Promise<AuditPage> {
    if (query.question?.zone) this.learnZone(query.question.zone);
    return open(this.core.audit(JSON.stringify(query)));
  }

  async auditCsv(query: AuditQuery): Promise<string> {
    if (query.question?.zone) this.learnZone(query.question.zone);
    return open(this.core.auditCsv(JSON.stringify(query)));
  }

  async evaluateTyped(request: Partial<TypedRequest>): Promise<Report> {
    return open(this.core.evaluateTyped(JSON.stringify(request)));
  }

  private source(id: number): Bytes {
    const bytes = this.sources.get(id);
    if (!bytes) throw new CalculatorError('misuse', `There is no file ${id}.`);
    return bytes;
  }

  private learnZone(name: string): void {
    if (this.zones.has(name)) return;
    open(this.core.setZone(name, JSON.stringify(zoneChanges(name))));
    this.zones.add(name);
  }

  private hand(bytes: Uint8Array): number {
    return hand(this.module, this.core, bytes);
  }

  private async read(
    id: number,
    bytes: Bytes,
    mapping: Partial<MappingRequest>,
    progress: Progress | undefined,
    token: string,
    remembered: Record<string, Partial<MappingRequest>> = {},
    again = false,
  ): Promise<FileInfo> {
    const head = await bytes.slice(0, Math.min(bytes.size, HEAD_BYTES));
    const recognise = (answer: Partial<MappingRequest>): FileInfo => {
      if (answer.zone) this.learnZone(answer.zone);
      const whole = head.length >= bytes.size;
      return open<FileInfo>(this.core.recognise(id, this.hand(head), whole, JSON.stringify(answer)));
    };
    let info = recognise(mapping);
    const known = Object.keys(mapping).length === 0 ? remembered[info.fingerprint] : undefined;
    if (known) info = recognise(known);
    if (info.state !== 'reading') return info;
    if (info.zone) this.learnZone(info.zone);
    try {
      const tell = (done: number): void => progress?.(done, bytes.size, this.core.rows(id));
      await this.stoppable(token, async () => {
        if (await this.takeBlocks(id, bytes, token, tell, () => recognise({}))) return;
        await this.pieces(bytes, token, (length, done) => {
          open(this.core.append(id, length));
          tell(done);
        });
      });
    } catch (error) {
      await this.remove(id);
      throw error;
    }
    const read = open<FileInfo>(this.core.close(id));
    // Letters far down the file spoke against UTF-8: once more, in the encoding that the core has noted for it.
    if (read.reread_as !== '' && !again) return this.read(id, bytes, {}, progress, token, {}, true);
    return read;
  }

  /** Reads together with the worker that makes blocks. False: there is none or it is not worth while, or it broke and all
   *  begins `anew`. */
  private async takeBlocks(
    id: number,
    { name, size, blob }: Bytes,
    token: string,
    tell: (done: number) => void,
    anew: () => void,
  ): Promise<boolean> {
    if (!blob || size < WORTH_TWO_WORKERS || !this.blocks || !this.core.suitsBlocks(id)) return false;
    if (!(await this.blocks.isReady())) return false;
    const answers = JSON.stringify(open(this.core.answers(id)));
    try {
      await this.blocks.eachBlock({ name, blob, head: HEAD_BYTES, answers }, ({ block, stretch, done }) => {
        this.check(token, name);
        const bytesOfStretch = (): number => {
          const address = this.core.reserveStretch(stretch.length);
          this.module.HEAPU8.set(stretch, address);
          return stretch.length;
        };
        open(this.core.takeBlock(id, this.hand(block), bytesOfStretch));
        tell(done);
      });
      return true;
    } catch (error) {
      if (!(error instanceof BrokenSource)) throw error;
      anew();
      return false;
    }
  }

  /** While `work` goes on, `cancel` with this token is heard. */
  private async stoppable<T>(token: string, work: () => Promise<T>): Promise<T> {
    this.reading.add(token);
    try {
      return await work();
    } finally {
      this.reading.delete(token);
      this.cancelled.delete(token);
    }
  }

  private check(token: string, name: string): void {
    if (this.cancelled.has(token)) throw new CalculatorError('cancelled', `Reading ${name} was cancelled.`);
  }

  /** Hands all bytes to the core, piece by piece, and stops when the token is cancelled. */
  private async pieces(
    bytes: Bytes,
    token: string,
    take: (length: number, done: number) => void,
  ): Promise<void> {
    this.check(token, bytes.name);
    await eachPiece(
      bytes,
      (piece, done) => take(this.hand(piece), done),
      async () => {
        await turn();
        this.check(token, bytes.name);
      },
    );
  }
}

/** The core as a maker of blocks. */
function blockMaker(module: Module): BlockMaker {
  const core = new module.Calculator();
  let id = 0;
  return {
    begin({ name, blob, answers }, head) {
      id = core.open(name, blob.size);
      open(core.recognise(id, hand(module, core, head), head.length >= blob.size, answers));
      open(core.beginBlocks(id));
    },
    make(stretch) {
      open(core.makeBlock(hand(module, core, stretch)));
      const address = core.blockAddress();
      return new Uint8Array(module.HEAPU8.subarray(address, address + core.blockSize()));
    },
    end() {
      open(core.remove(id));
    },
  };
}

/** To be called in a worker that is given to `createCalculator` in another one: does half of the reading of large files. */
export function serveBlocks(): void {
  serve(self as unknown as Line, () => instantiate<Module>().then(blockMaker)); // in a worker it is no Window
}

/** A calculator of its own, with its own memory. `reader`: a worker of its own in which `serveBlocks` was called. */
export async function createCalculator(reader?: Worker): Promise<Calculator> {
  const blocks = reader && new BlockSource(reader);
  const module = await instantiate<Module>();
  return new WasmCalculator(module, new module.Calculator(), blocks);
}
