// The way back from web/build/pack.mjs, in browsers, workers and Node: base64, then zlib by the platform's own decompressor.

/** @param {string} packed @returns {Promise<Uint8Array<ArrayBuffer>>} */
export async function unpack(packed) {
  const text = atob(packed);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
