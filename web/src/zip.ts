// Files as one ZIP. In: names and texts. Out: a Blob. The platform compresses; here is only the archive's frame (APPNOTE 6.3).
import { crc32 } from '../../wasm/archives';

const kUtf8Names = 1 << 11;
const kDeflated = 8;
const kFirstDay = 0x21; // 1 January 1980, the earliest that a ZIP can say: the same bytes every time

/** Fields of two or four bytes, little-endian; [value, bytes]. */
function fields(...list: [number, 2 | 4][]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(list.reduce((sum, [, size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, size] of list) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

export async function zip(files: { name: string; text: string }[]): Promise<Blob> {
  const parts: BlobPart[] = [];
  const directory: BlobPart[] = [];
  let [at, directorySize] = [0, 0];
  for (const { name, text } of files) {
    const path = new TextEncoder().encode(name);
    const bytes = new TextEncoder().encode(text);
    const deflating = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const packed = await new Response(deflating).blob();
    const about: [number, 2 | 4][] = [
      [20, 2],
      [kUtf8Names, 2],
      [kDeflated, 2],
      [0, 2],
      [kFirstDay, 2],
      [crc32(0, bytes), 4],
      [packed.size, 4],
      [bytes.length, 4],
      [path.length, 2],
      [0, 2],
    ];
    const header = fields([0x04034b50, 4], ...about);
    const noComment: [number, 2 | 4][] = [
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 4],
      [at, 4],
    ];
    const entry = fields([0x02014b50, 4], [20, 2], ...about, ...noComment);
    parts.push(header, path, packed);
    directory.push(entry, path);
    at += header.length + path.length + packed.size;
    directorySize += entry.length + path.length;
  }
  const n = files.length;
  const end = fields([0x06054b50, 4], [0, 4], [n, 2], [n, 2], [directorySize, 4], [at, 4], [0, 2]);
  return new Blob([...parts, ...directory, end], { type: 'application/zip' });
}
