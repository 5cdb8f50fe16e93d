// What is shared: a link and an evidence file. In: the report on the page, what was chosen, the files it is made from. Out: a
// document without rows; and back, from a text that anybody may have written, a report that the page can draw.
import type { Period } from '../format';
import type { EvaluateRequest, MappingRequest, Report } from '../../../wasm/api';
import type { Opened, State } from '../state';
import { shared, type Shared } from './mask';
import { pack, unpack } from './pack';

const kLink = 'r1=';
const kEvidence = 'evidence';
const kVersion = 1;

/** Words of a person about money travel along with the figures that they explain. */
type View = Opened['view'];
/** What a person decided, and which sections stand open. */
type Seen = Pick<State, 'choices' | 'folds'>;

interface LinkDocument {
  saved: string;
  view: View;
  report: Report;
}

/** A file that went in: by its hash anybody can tell whether theirs is the same. */
export interface Input {
  name: string;
  bytes: number;
  sha256: string;
  kind: string;
  mapping: Partial<MappingRequest>;
}

export interface Evidence {
  preempt: typeof kEvidence;
  version: number;
  saved: string;
  view: View;
  request: Partial<EvaluateRequest>;
  inputs: Input[];
  report: Report;
}

type Fields = Record<string, unknown>;
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export type Problem = 'damaged' | 'newer' | 'other';
export class DocumentError extends Error {
  constructor(readonly problem: Problem) {
    super(problem);
  }
}

const viewOf = ({ choices: { period, trendMetric, settings }, folds }: Seen): View => ({
  period,
  trendMetric,
  currency: settings.currency,
  costSource: settings.costSource,
  folds,
});

/** Entries that a list of the core always has, by their id: texts of the catalogue, published ranges. */
const byId = (list: unknown[]): Map<unknown, Fields> =>
  new Map(list.filter(isObject).flatMap((entry) => ('id' in entry ? [[entry.id, entry] as const] : [])));

/** What of a document is not in `pattern` as well: `shaped` puts it back. */
function beyond<T>(value: T, pattern: unknown): T {
  if (Array.isArray(value) && Array.isArray(pattern)) {
    const known = byId(pattern);
    return value.map((entry: unknown) =>
      isObject(entry) && known.has(entry.id)
        ? { id: entry.id, ...beyond(entry, known.get(entry.id)) }
        : entry,
    ) as T;
  }
  if (!isObject(value) || !isObject(pattern)) return value;
  const told = Object.entries(value).filter(
    ([name, part]) => JSON.stringify(part) !== JSON.stringify(pattern[name]),
  );
  return Object.fromEntries(told.map(([name, part]) => [name, beyond(part, pattern[name])])) as T;
}

/** The part of an address after its "#", and what is in it. `blank` is any report of this page: it need not be told again. */
export async function linkOf(
  report: Report,
  blank: Report,
  seen: Seen,
  saved: string,
): Promise<{ hash: string; content: Shared }> {
  const content = shared(report, true);
  const told = { ...beyond(content.report, blank), ladder: content.report.ladder };
  const document: LinkDocument = { saved, view: viewOf(seen), report: told };
  return { hash: kLink + (await pack(document)), content };
}

export const isLink = (hash: string): boolean => /^#?r\d+=/.test(hash);

export function evidenceOf(
  report: Report,
  seen: Seen,
  saved: string,
  request: Partial<EvaluateRequest>,
  inputs: Input[],
): Evidence {
  return {
    preempt: kEvidence,
    version: kVersion,
    saved,
    view: viewOf(seen),
    request,
    inputs,
    report: shared(report, false).report,
  };
}

// --- and back -----------------------------------------------------------------------------------------------------------------

/**
 * A document in the shape of `pattern`: what is missing, or of another type, is taken from there. Lists are taken as they are,
 * except that entries with an id are completed by the entry of that id.
 */
function shaped<T>(value: unknown, pattern: T): T {
  if (Array.isArray(pattern)) {
    if (!Array.isArray(value)) return pattern;
    const known = byId(pattern);
    return value.map((entry: unknown) =>
      isObject(entry) && known.has(entry.id) ? shaped(entry, known.get(entry.id)) : entry,
    ) as T;
  }
  if (isObject(pattern)) {
    const source = isObject(value) ? value : {};
    return Object.fromEntries(
      Object.entries(pattern).map(([name, part]) => [name, shaped(source[name], part)]),
    ) as T;
  }
  if (pattern === null) return (typeof value === 'number' ? value : null) as T;
  if (typeof pattern === 'number' && value === null) return value as T;
  return (typeof value === typeof pattern ? value : pattern) as T;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const kPeriods: Period[] = ['week', 'month', 'quarter', 'year'];

function viewFrom(value: unknown): View {
  const view = isObject(value) ? value : {};
  const { period, trendMetric } = view;
  return {
    period: kPeriods.find((one) => one === period) ?? 'month',
    trendMetric: typeof trendMetric === 'string' ? trendMetric : null,
    currency: text(view.currency),
    costSource: text(view.costSource),
    folds: isObject(view.folds)
      ? Object.fromEntries(Object.entries(view.folds).map(([id, open]) => [id, open === true]))
      : {},
  };
}

function opened(document: Fields, from: Opened['from'], name: string, blank: Report): Opened {
  if (!isObject(document.report) || !Array.isArray(document.report.ladder))
    throw new DocumentError('damaged');
  return {
    from,
    name,
    saved: text(document.saved),
    view: viewFrom(document.view),
    request: isObject(document.request) ? document.request : {},
    inputs: (Array.isArray(document.inputs) ? document.inputs : []).filter(isObject).map((input) => ({
      name: text(input.name),
      bytes: Number(input.bytes) || 0,
      sha256: text(input.sha256),
      kind: text(input.kind),
      mapping: isObject(input.mapping) ? input.mapping : {},
    })),
    report: shaped(document.report, blank),
  };
}

/** Throws a DocumentError. `blank` is any report of this page: it gives the shape. */
export async function openLink(hash: string, blank: Report): Promise<Opened> {
  const bare = hash.replace(/^#/, '');
  if (!bare.startsWith(kLink)) throw new DocumentError('newer');
  let document: unknown;
  try {
    document = await unpack(bare.slice(kLink.length));
  } catch {
    throw new DocumentError('damaged');
  }
  if (!isObject(document)) throw new DocumentError('damaged');
  return opened(document, 'link', '', blank);
}

export const isEvidence = (beginning: string): boolean =>
  new RegExp(`^\\s*\\{\\s*"preempt"\\s*:\\s*"${kEvidence}"`).test(beginning);

export function openEvidence(content: string, name: string, blank: Report): Opened {
  let document: unknown;
  try {
    document = JSON.parse(content);
  } catch {
    throw new DocumentError('damaged');
  }
  if (!isObject(document) || document.preempt !== kEvidence) throw new DocumentError('other');
  if (typeof document.version !== 'number' || document.version > kVersion) throw new DocumentError('newer');
  return opened(document, 'file', name, blank);
}

/** Where two documents differ: the paths of their fields. */
export function differences(a: unknown, b: unknown, path = ''): string[] {
  if (Object.is(a, b)) return [];
  if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
    return a.flatMap((entry, at) => differences(entry, b[at], `${path}[${at}]`));
  }
  if (isObject(a) && isObject(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].flatMap((name) => differences(a[name], b[name], path ? `${path}.${name}` : name));
  }
  return [path];
}

/** How many figures a document holds. */
export function figures(value: unknown): number {
  if (typeof value === 'number') return 1;
  if (Array.isArray(value)) return value.reduce<number>((sum, entry) => sum + figures(entry), 0);
  return isObject(value) ? figures(Object.values(value)) : 0;
}
