// The way back from web/build/pack.mjs, in browsers, workers and Node: "properties:size:base64" of a raw LZMA stream. Written
// from the description of the format (Igor Pavlov's LZMA specification, public domain); no browser brings a decoder of it.

/**
 * The bytes of a raw LZMA stream. The stream is our own and whole: nothing is checked here that its length does not prove.
 * @param {Uint8Array} input @param {number} size of the result
 * @param {number} lc literal context bits @param {number} lp literal position bits @param {number} pb position bits
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function decompress(input, size, lc, lp, pb) {
  const output = new Uint8Array(size);
  // All probabilities in one array, each starting at one half of 2048; where each kind begins:
  const isMatch = 0;
  const isRep = isMatch + 192;
  const isRep0Long = isRep + 48; // four arrays of 12: rep, rep 0, rep 1, rep 2
  const slots = isRep0Long + 192;
  const distances = slots + 256;
  const align = distances + 115;
  const lengths = align + 16;
  const repLengths = lengths + 514; // two choices, low and middle for 16 positions each, high
  const literals = repLengths + 514;
  const odds = new Uint16Array(literals + (0x300 << (lc + lp))).fill(1024);

  let at = 5; // the first byte is 0, the next four are the code
  let range = 0xffffffff;
  let code = ((input[1] << 24) | (input[2] << 16) | (input[3] << 8) | input[4]) >>> 0;

  const more = () => {
    range = (range << 8) >>> 0;
    code = ((code << 8) | input[at++]) >>> 0;
  };
  const bit = (index) => {
    const odd = odds[index];
    const bound = (range >>> 11) * odd;
    let result = 0;
    if (code < bound) {
      range = bound;
      odds[index] = odd + ((2048 - odd) >>> 5);
    } else {
      range -= bound;
      code -= bound;
      odds[index] = odd - (odd >>> 5);
      result = 1;
    }
    if (range < 0x1000000) more();
    return result;
  };
  const tree = (base, bits) => {
    let node = 1;
    for (let i = 0; i < bits; i++) node = (node << 1) | bit(base + node);
    return node - (1 << bits);
  };
  const reverse = (base, bits) => {
    let [node, value] = [1, 0];
    for (let i = 0; i < bits; i++) {
      const one = bit(base + node);
      node = (node << 1) | one;
      value |= one << i;
    }
    return value;
  };
  const direct = (bits) => {
    let value = 0;
    for (let i = 0; i < bits; i++) {
      range >>>= 1;
      const one = code >= range ? 1 : 0;
      if (one) code -= range;
      value = (value << 1) | one;
      if (range < 0x1000000) more();
    }
    return value;
  };
  const length = (base, place) => {
    if (bit(base) === 0) return 2 + tree(base + 2 + place * 8, 3);
    if (bit(base + 1) === 0) return 10 + tree(base + 130 + place * 8, 3);
    return 18 + tree(base + 258, 8);
  };
  const distance = (run) => {
    const slot = tree(slots + Math.min(run - 2, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) << bits;
    if (slot < 14) return base + reverse(distances + base - slot, bits);
    return base + direct(bits - 4) * 16 + reverse(align, 4);
  };

  let [state, done] = [0, 0];
  let [rep0, rep1, rep2, rep3] = [0, 0, 0, 0];
  while (done < size) {
    const place = done & ((1 << pb) - 1);
    if (bit(isMatch + state * 16 + place) === 0) {
      const before = done > 0 ? output[done - 1] : 0;
      const base = literals + 0x300 * (((done & ((1 << lp) - 1)) << lc) + (before >> (8 - lc)));
      let symbol = 1;
      if (state >= 7) {
        // After a match: the byte that the match would have gone on with tells which odds are used, until it is wrong.
        let match = output[done - rep0 - 1];
        do {
          const expected = (match >> 7) & 1;
          match <<= 1;
          const one = bit(base + ((1 + expected) << 8) + symbol);
          symbol = (symbol << 1) | one;
          if (one !== expected) break;
        } while (symbol < 0x100);
      }
      while (symbol < 0x100) symbol = (symbol << 1) | bit(base + symbol);
      output[done++] = symbol & 0xff;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let run;
    if (bit(isRep + state) === 0) {
      [rep3, rep2, rep1] = [rep2, rep1, rep0];
      run = length(lengths, place);
      rep0 = distance(run);
      state = state < 7 ? 7 : 10;
    } else {
      if (bit(isRep + 12 + state) === 0) {
        if (bit(isRep0Long + state * 16 + place) === 0) {
          state = state < 7 ? 9 : 11;
          output[done] = output[done - rep0 - 1];
          done += 1;
          continue;
        }
      } else if (bit(isRep + 24 + state) === 0) {
        [rep1, rep0] = [rep0, rep1];
      } else if (bit(isRep + 36 + state) === 0) {
        [rep2, rep1, rep0] = [rep1, rep0, rep2];
      } else {
        [rep3, rep2, rep1, rep0] = [rep2, rep1, rep0, rep3];
      }
      run = length(repLengths, place);
      state = state < 7 ? 8 : 11;
    }
    for (let from = done - rep0 - 1; run > 0; run--) output[done++] = output[from++];
  }
  return output;
}

/** @param {string} packed @returns {Promise<Uint8Array<ArrayBuffer>>} */
export async function unpack(packed) {
  const [properties, size, base64] = packed.split(':');
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const code = Number(properties); // (pb * 5 + lp) * 9 + lc
  return decompress(bytes, Number(size), code % 9, Math.floor(code / 9) % 5, Math.floor(code / 45));
}
