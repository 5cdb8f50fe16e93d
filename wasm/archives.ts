// ZIP, gzip and tar over a Blob, unpacked piece by piece. In: a Blob. Out: what is inside, as chunks of bytes, proven by the
// archive's own sizes and checksums. Nothing is held whole, so an archive may be larger than the memory.
import { Gunzip, Inflate } from 'fflate';

/** The archive breaks its own rules; the message ends a sentence that names it: `... is cut off.` */
export class Damaged extends Error {}

/** Called with how far the archive has been read, in bytes; throws to stop. */
export type Watch = (readTo: number) => void;

export type Chunks = AsyncGenerator<Uint8Array<ArrayBuffer>>;

/** Bytes read from a Blob at a time, and handed at a time to the decompressor: 64 KiB inflate to 64 MiB at most. */
const kRead = 1 << 20;
const kPush = 1 << 16;
/** A part of a Blob that is being gathered; a browser may move parts to the disk. */
const kPart = 8 << 20;

export async function bytesOf(blob: Blob, from = 0, to = blob.size): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.slice(from, to).arrayBuffer());
}

/** Lets others have a turn, so that a call to cancel is heard also where reading bytes waits for nothing. */
export function turn(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
}

export async function* chunksOf(blob: Blob, watch: Watch, from = 0, to = blob.size): Chunks {
  for (let at = from; at < to; at += kRead) {
    await turn();
    watch(at);
    yield bytesOf(blob, at, Math.min(to, at + kRead));
  }
}

/** All chunks as one Blob. More than `limit` bytes are refused before they fill the memory. */
export async function gather(chunks: AsyncIterable<Uint8Array<ArrayBuffer>>, limit: number): Promise<Blob> {
  const parts: Blob[] = [];
  let open: Uint8Array<ArrayBuffer>[] = [];
  let waiting = 0;
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > limit) throw new TooLarge();
    open.push(chunk);
    waiting += chunk.length;
    if (waiting < kPart) continue;
    parts.push(new Blob(open));
    [open, waiting] = [[], 0];
  }
  return new Blob([...parts, ...open]);
}

/** What is inside is larger than this page can hold. */
export class TooLarge extends Error {}

// --- checksums ------------------------------------------------------------------------------------------------------------

const crcTable = Uint32Array.from({ length: 256 }, (_, start) => {
  let value = start;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 of ZIP and gzip (reflected 0x04C11DB7), continued from `crc`; begin with 0. */
export function crc32(crc: number, bytes: Uint8Array): number {
  let value = ~crc;
  for (const byte of bytes) value = crcTable[(value ^ byte) & 255]! ^ (value >>> 8);
  return ~value >>> 0;
}

// --- decompression ---------------------------------------------------------------------------------------------------------

/** Runs packed chunks through fflate; its errors become ours. `sum` sees each chunk at once, before anything else is unpacked. */
async function* through(
  packed: Chunks,
  stream: Inflate | Gunzip,
  sum: (chunk: Uint8Array) => void = () => undefined,
): Chunks {
  let ready: Uint8Array<ArrayBuffer>[] = [];
  stream.ondata = (chunk) => {
    sum(chunk);
    ready.push(chunk);
  };
  const push = (bytes: Uint8Array, last: boolean) => {
    try {
      stream.push(bytes, last);
    } catch (error) {
      const cut = error instanceof Error && error.message.includes('EOF');
      throw new Damaged(cut ? 'is cut off' : 'is damaged');
    }
  };
  for await (const bytes of packed) {
    for (let at = 0; at < bytes.length; at += kPush) {
      push(bytes.subarray(at, at + kPush), false);
      yield* ready;
      ready = [];
    }
  }
  push(new Uint8Array(0), true);
  yield* ready;
}

/** A gzip file, also one of several members written one after the other. */
export async function* gunzip(blob: Blob, watch: Watch): Chunks {
  const stream = new Gunzip();
  const ends: { at: number; crc: number; length: number }[] = [];
  let crc = 0;
  let length = 0;
  const endOfMember = (at: number) => {
    ends.push({ at, crc, length: length % 2 ** 32 });
    [crc, length] = [0, 0];
  };
  stream.onmember = endOfMember;
  yield* through(chunksOf(blob, watch), stream, (chunk) => {
    crc = crc32(crc, chunk);
    length += chunk.length;
  });
  endOfMember(blob.size);
  for (const end of ends) {
    if (end.at < 18 || end.at > blob.size) throw new Damaged('is damaged or cut off');
    const trailer = new DataView((await bytesOf(blob, end.at - 8, end.at)).buffer);
    if (trailer.getUint32(0, true) !== end.crc || trailer.getUint32(4, true) !== end.length)
      throw new Damaged('is damaged or cut off (its checksum does not fit)');
  }
}

// --- ZIP (APPNOTE 6.3) ---------------------------------------------------------------------------------------------------------

export interface ZipEntry {
  path: string;
  /** 0 = stored, 8 = deflated. */
  method: number;
  encrypted: boolean;
  crc: number;
  packed: number;
  size: number;
  /** Where its local header begins. */
  at: number;
}

const kEnd = 0x06054b50;
const kEnd64 = 0x06064b50;
const kEnd64Locator = 0x07064b50;
const kCentral = 0x02014b50;
const kLocal = 0x04034b50;
const kDirectoryLimit = 64 << 20;

const sixtyFour = (view: DataView, at: number) => Number(view.getBigUint64(at, true));

function pathOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The entries of a ZIP's central directory, folders included, in its order. */
export async function zipEntries(blob: Blob): Promise<ZipEntry[]> {
  const tailAt = Math.max(0, blob.size - 65_557 - 20);
  const tail = new DataView((await bytesOf(blob, tailAt)).buffer);
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== kEnd) end -= 1;
  if (end < 0) throw new Damaged('is cut off: its list of contents is missing');
  let length = tail.getUint32(end + 12, true);
  let start = tail.getUint32(end + 16, true);
  let endAt = tailAt + end;
  if (end >= 20 && tail.getUint32(end - 20, true) === kEnd64Locator) {
    endAt = sixtyFour(tail, end - 12);
    const record = new DataView((await bytesOf(blob, endAt, endAt + 56)).buffer);
    if (record.byteLength < 56 || record.getUint32(0, true) !== kEnd64) throw new Damaged('is damaged');
    length = sixtyFour(record, 40);
    start = sixtyFour(record, 48);
  }
  // Bytes in front of the archive (a program that unpacks itself) shift every offset by the same length.
  const shift = endAt - length - start;
  if (shift < 0 || length > kDirectoryLimit) throw new Damaged('is damaged');
  const bytes = await bytesOf(blob, start + shift, start + shift + length);
  const view = new DataView(bytes.buffer);
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 46 <= bytes.length;) {
    if (view.getUint32(at, true) !== kCentral) throw new Damaged('is damaged');
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    if (extraEnd > bytes.length) throw new Damaged('is damaged');
    const entry: ZipEntry = {
      path: pathOf(bytes.subarray(at + 46, nameEnd)).replaceAll('\\', '/'),
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) !== 0,
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    };
    readLargeSizes(entry, new DataView(bytes.buffer, nameEnd, extraEnd - nameEnd));
    entry.at += shift;
    entries.push(entry);
    at = extraEnd + view.getUint16(at + 32, true);
  }
  return entries;
}

/** What does not fit 32 bits stands in the extra field 1, in this order. */
function readLargeSizes(entry: ZipEntry, extra: DataView): void {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== 1) continue;
    let field = at + 4;
    for (const name of ['size', 'packed', 'at'] as const) {
      if (entry[name] !== 0xffffffff || field + 8 > extra.byteLength) continue;
      entry[name] = sixtyFour(extra, field);
      field += 8;
    }
  }
}

/** The bytes of an entry; at the end its length and checksum are compared with the directory's. */
export async function* unzip(blob: Blob, entry: ZipEntry, watch: Watch): Chunks {
  const header = new DataView((await bytesOf(blob, entry.at, entry.at + 30)).buffer);
  if (header.byteLength < 30 || header.getUint32(0, true) !== kLocal) throw new Damaged('is damaged');
  const from = entry.at + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  if (from + entry.packed > blob.size) throw new Damaged('is cut off');
  const packed = chunksOf(blob, watch, from, from + entry.packed);
  let crc = 0;
  let length = 0;
  for await (const chunk of entry.method === 0 ? packed : through(packed, new Inflate())) {
    crc = crc32(crc, chunk);
    length += chunk.length;
    if (length > entry.size) break;
    yield chunk;
  }
  if (length !== entry.size || crc !== entry.crc)
    throw new Damaged('is damaged (its length or checksum does not fit)');
}

// --- tar (POSIX ustar and pax, GNU long names) ---------------------------------------------------------------------------------

export interface TarEntry {
  path: string;
  data: Blob;
}

const kBlock = 512;
const kPaxLimit = 1 << 20;

const text = (bytes: Uint8Array) => pathOf(bytes).replace(/\0[^]*$/, '');

/** Octal digits, or a binary number where the first bit is set. */
function number(bytes: Uint8Array): number {
  if (bytes[0]! < 128) return Number.parseInt(text(bytes).trim() || '0', 8);
  return bytes.subarray(1).reduce((value, byte) => value * 256 + byte, 0);
}

/** Whether the first 512 bytes are a tar header: the sum of its bytes, with blanks in place of the sum itself. */
export function isTar(head: Uint8Array): boolean {
  if (head.length < kBlock || head[0] === 0) return false;
  let sum = 8 * 32;
  for (let i = 0; i < kBlock; i++) if (i < 148 || i >= 156) sum += head[i]!;
  return number(head.subarray(148, 156)) === sum;
}

/** The regular files of a tar, in its order. */
export async function* tarEntries(blob: Blob): AsyncGenerator<TarEntry> {
  let named = '';
  let sized = -1;
  for (let at = 0; at + kBlock <= blob.size;) {
    const header = await bytesOf(blob, at, at + kBlock);
    if (header.every((byte) => byte === 0)) return;
    if (!isTar(header)) throw new Damaged('is damaged');
    const type = String.fromCharCode(header[156]!);
    const size = sized >= 0 && type === '0' ? sized : number(header.subarray(124, 136));
    const data = blob.slice(at + kBlock, at + kBlock + size);
    if (!(size >= 0) || data.size < size) throw new Damaged('is cut off');
    at += kBlock + Math.ceil(size / kBlock) * kBlock;
    if ((type === 'L' || type === 'x') && size <= kPaxLimit) {
      const said = text(await bytesOf(data));
      if (type === 'L') named = said;
      named = /^\d+ path=(.*)$/m.exec(said)?.[1] ?? named;
      sized = Number(/^\d+ size=(\d+)$/m.exec(said)?.[1] ?? -1);
    } else if (type === '0' || type === '\0') {
      const prefix = text(header.subarray(257, 262)) === 'ustar' ? text(header.subarray(345, 500)) : '';
      yield { path: named || (prefix && `${prefix}/`) + text(header.subarray(0, 100)), data };
      [named, sized] = ['', -1];
    } else if (type !== 'g') {
      [named, sized] = ['', -1]; // a folder, a link
    }
  }
}
