// Mappings made by hand, kept for the next file with the same header. In: a header's fingerprints and the corrections made.
// Out: the same for a file that has one of these fingerprints; a text to save and to load. Settings only, never a cell:
// what a column is, the zone, the order of dates, how the bytes are read. On this machine, and only if the browser keeps it.
import type { MappingRequest } from '../../wasm/api';
import { words } from './words';

export type Corrections = Partial<MappingRequest>;

interface SavedMapping {
  fingerprints: string[];
  mapping: Corrections;
}

const kStore = 'preempt.mappings';
const kVersion = 1;
const kMost = 200;

let saved: SavedMapping[] | null = null;

/** Whether the browser keeps it: a page opened from a disk may have no storage. */
export let lasting = true;

function all(): SavedMapping[] {
  if (saved) return saved;
  saved = [];
  try {
    const text = localStorage.getItem(kStore);
    if (text) saved = parse(text);
  } catch {
    lasting = canStore();
  }
  return saved;
}

function canStore(): boolean {
  try {
    localStorage.setItem(`${kStore}.test`, '');
    localStorage.removeItem(`${kStore}.test`);
    return true;
  } catch {
    return false;
  }
}

function keep(list: SavedMapping[]): void {
  saved = list.slice(-kMost);
  try {
    if (saved.length === 0) localStorage.removeItem(kStore);
    else localStorage.setItem(kStore, text(saved));
    lasting = true;
  } catch {
    lasting = false;
  }
}

const shares = (fingerprints: string[]) => (entry: SavedMapping) =>
  entry.fingerprints.some((one) => fingerprints.includes(one));

export function remember(fingerprints: string[], mapping: Corrections): void {
  if (fingerprints.length === 0) return;
  const others = all().filter((entry) => !shares(fingerprints)(entry));
  keep([...others, { fingerprints, mapping }]);
}

export function forget(fingerprints: string[]): void {
  keep(all().filter((entry) => !shares(fingerprints)(entry)));
}

export function mappingFor(fingerprint: string): Corrections | undefined {
  return all().find(shares([fingerprint]))?.mapping;
}

/** All of them by fingerprint, as the calculator takes them. */
export function byFingerprint(): Record<string, Corrections> {
  const entries = all().flatMap(({ fingerprints, mapping }) =>
    fingerprints.map((one) => [one, mapping] as const),
  );
  return Object.fromEntries(entries);
}

// --- as a file for colleagues ------------------------------------------------------------------------------------------------

function text(mappings: SavedMapping[]): string {
  return `${JSON.stringify({ preempt: 'mappings', version: kVersion, mappings }, null, 2)}\n`;
}

export const fileText = text;

/** Why a file of mappings cannot be used; the message is for people. */
export class MappingsError extends Error {}

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string' && value.length <= 200;
const isTexts: Check = (value) => Array.isArray(value) && value.length <= 20_000 && value.every(isText);
const isCount: Check = (value) => Number.isInteger(value) && (value as number) >= 0;

const isZone: Check = (value) => {
  try {
    if (typeof value === 'string') Intl.DateTimeFormat('en', { timeZone: value });
    return typeof value === 'string';
  } catch {
    return false;
  }
};

/** What a mapping may hold, and how it is checked. Anything else in it is left out. */
const fields: Record<keyof MappingRequest, Check> = {
  kind: isText,
  roles: isTexts,
  zone: isZone,
  date_order: isText,
  encoding: isText,
  delimiter: isText,
  quote: isText,
  skip_lines: isCount,
  header_rows: isCount,
  accept_serials: (value) => typeof value === 'boolean',
  score_scale: isText,
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(given: string): SavedMapping[] {
  const w = words.mappings.errors;
  let document: unknown;
  try {
    document = JSON.parse(given);
  } catch {
    throw new MappingsError(w.notJson);
  }
  if (!isObject(document) || document.preempt !== 'mappings') throw new MappingsError(w.notMappings);
  if (document.version !== kVersion) throw new MappingsError(w.version(String(document.version)));
  const { mappings } = document;
  if (!Array.isArray(mappings) || mappings.length === 0) throw new MappingsError(w.none);
  return mappings.map((entry: unknown, index) => {
    if (!isObject(entry) || !isTexts(entry.fingerprints) || !isObject(entry.mapping))
      throw new MappingsError(w.entry(index + 1));
    const mapping: Record<string, unknown> = {};
    for (const [name, check] of Object.entries(fields)) {
      const value = entry.mapping[name];
      if (value === undefined || value === null) continue;
      if (!check(value)) throw new MappingsError(w.field(index + 1, name));
      mapping[name] = value;
    }
    return { fingerprints: entry.fingerprints as string[], mapping };
  });
}

/** Takes the mappings of a colleague's file over; those for the same header replace one's own. Returns how many. */
export function loadText(given: string): number {
  const loaded = parse(given);
  for (const { fingerprints, mapping } of loaded) remember(fingerprints, mapping);
  return loaded.length;
}
