// Packs the wasm's bytes into text: zlib at its highest level, then base64 (web/build/unpack.mjs is the way back).
// Measured against base64 alone and against denser alphabets: see scripts/sizes --packings.
import { constants, deflateSync } from 'node:zlib';

/** @param {Uint8Array} bytes */
export function pack(bytes) {
  return deflateSync(bytes, { level: 9, memLevel: 9, strategy: constants.Z_DEFAULT_STRATEGY }).toString(
    'base64',
  );
}
