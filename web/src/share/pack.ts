// A document as part of an address, and back. In: JSON. Out: text of letters, digits, "-" and "_": lists of like objects turned
// into columns, numbers to as many digits as are shown, deflated (RFC 1951) by the platform, base64url (RFC 4648).
type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

const kDigits = 5;
const kDecimals = 2;
const kFewest = 3;
const kColumns = '#';
/** What a link may unpack to: far more than any report. */
const kMostBytes = 8_000_000;

const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As many digits as the page shows, and one or two more; whole numbers whole. */
function short(value: number): number {
  if (Number.isInteger(value)) return value;
  return Number(Math.abs(value) < 1 ? value.toPrecision(kDigits) : value.toFixed(kDecimals));
}

function columns(value: Json): Json {
  if (typeof value === 'number') return short(value);
  if (Array.isArray(value)) {
    const first = value[0];
    const names = first !== undefined && isObject(first) ? Object.keys(first).join() : '';
    const alike =
      value.length >= kFewest &&
      names !== '' &&
      value.every((entry) => isObject(entry) && Object.keys(entry).join() === names);
    if (!alike) return value.map(columns);
    const list = names.split(',');
    return {
      [kColumns]: names,
      c: list.map((name) => columns(value.map((entry) => (entry as Record<string, Json>)[name]!))),
    };
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, columns(entry)]));
}

function objects(value: Json): Json {
  if (Array.isArray(value)) return value.map(objects);
  if (!isObject(value)) return value;
  const names = value[kColumns];
  if (typeof names !== 'string') {
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, objects(entry)]));
  }
  const list = names.split(',');
  const lists = Array.isArray(value.c) ? value.c.map(objects) : [];
  const length = Array.isArray(lists[0]) ? lists[0].length : 0;
  return Array.from({ length }, (_, at) =>
    Object.fromEntries(
      list.map((name, column) => {
        const cells = lists[column];
        return [name, Array.isArray(cells) ? (cells[at] ?? null) : null];
      }),
    ),
  );
}

async function through(bytes: Uint8Array<ArrayBuffer>, stream: GenericTransformStream): Promise<Uint8Array> {
  const reader = (new Blob([bytes]).stream().pipeThrough(stream) as ReadableStream<Uint8Array>).getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    size += next.value.length;
    if (size > kMostBytes) throw new Error('too large');
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export async function pack(document: unknown): Promise<string> {
  const text = JSON.stringify(columns(document as Json));
  const packed = await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw'));
  let binary = '';
  for (const byte of packed) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Throws when the text is damaged: cut off, or no document. */
export async function unpack(text: string): Promise<unknown> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
  const whole = await through(bytes, new DecompressionStream('deflate-raw'));
  return objects(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(whole)) as Json);
}
