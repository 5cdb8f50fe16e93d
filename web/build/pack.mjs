// Packs the wasm's bytes into text: raw LZMA (the program xz), then base64; web/build/unpack.mjs is the way back. A quarter
// smaller than zlib, which every browser unpacks by itself: scripts/sizes --packings compares. The unpacking takes the worker
// less time than the difference takes on a line of 10 Mbit/s.
import { spawnSync } from 'node:child_process';
import { decompress } from './unpack.mjs';

const [lc, lp, pb] = [3, 0, 2];

/** @param {Uint8Array} bytes @returns {Buffer} */
export function compress(bytes) {
  const filter = `--lzma1=preset=9e,lc=${lc},lp=${lp},pb=${pb},nice=273,dict=8MiB`;
  const { status, stdout, stderr, error } = spawnSync('xz', ['--format=raw', filter, '--stdout'], {
    input: bytes,
    maxBuffer: 1 << 28,
  });
  if (error || status !== 0)
    throw new Error(`The program xz (package xz-utils) is needed: ${error?.message ?? String(stderr)}`);
  return stdout;
}

/** @param {Uint8Array} bytes */
export function pack(bytes) {
  const packed = compress(bytes);
  if (Buffer.compare(decompress(packed, bytes.length, lc, lp, pb), bytes) !== 0)
    throw new Error('what xz packed does not come back as it was');
  return `${(pb * 5 + lp) * 9 + lc}:${bytes.length}:${packed.toString('base64')}`;
}
