// A report as it may leave this computer. In: a report of the core, and the table of its fields (fields.ts). Out: the same
// document with its rows, names and ids blank and its small cells masked, of the same shape, so that the page draws it like any other.
import type { Report } from '../../../wasm/api';
import { changeTold } from '../brief';
import { kMasked } from '../format';
import { fields, onlyInFile, type Treatment } from './fields';

/** A count from 1 to 4 could point at a person (metrics.md G22). */
const kSmallest = 5;
/** Attributes that name a person at work: their values are numbered. */
const kPersons = ['owner', 'owner_id'];

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
type Fields = Record<string, Json>;

export interface Shared {
  report: Report;
  /** How many counts were masked, and labels hidden. */
  masked: number;
  hidden: number;
}

const kPersonal =
  /@|\b(?:\d[ -]?){7,}\b|\b[0-9a-f]{8}-[0-9a-f]{4}-|\b[0-9a-f]{16,}\b|\bhttps?:|\b\d{1,3}(\.\d{1,3}){3}\b/i;

/** Looks like the id, the address or the number of somebody rather than like the name of a group. */
export function looksPersonal(label: string): boolean {
  return kPersonal.test(label) || label.length > 80;
}

const isSmall = (value: Json | undefined): boolean =>
  typeof value === 'number' && value > 0 && value < kSmallest;
const isObject = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function blank(value: Json): Json {
  if (typeof value === 'string') return '';
  if (Array.isArray(value)) return [];
  return null;
}

/** A figure that is not told. */
const nothing = (value: Json): Json => (isObject(value) ? { value: null, low: null, high: null } : null);

/** Where a value stands: in a part of the whole, beside a masked count, in a list of people at work. */
interface Place {
  cell: boolean;
  /** Inside of what is left out of a link. */
  long: boolean;
  gone: boolean;
  persons: boolean;
}

function treatmentOf(parent: string, name: string): Treatment {
  return fields[`${parent}.${name}`] ?? fields[name] ?? 'gone';
}

class Masking {
  masked = 0;
  hidden = 0;
  private readonly labels = new Map<string, string>();

  constructor(private readonly short: boolean) {}

  fields(source: Fields, parent: string, at: Place): Fields {
    const names = Object.keys(source);
    const small = names.some((name) => treatmentOf(parent, name) === 'count' && isSmall(source[name]));
    const inside: Place = {
      cell: at.cell,
      long: at.long,
      gone: at.gone || (at.cell && small),
      persons: at.persons || (typeof source.attribute === 'string' && kPersons.includes(source.attribute)),
    };
    return Object.fromEntries(
      names.map((name) => [name, this.value(source[name]!, name, treatmentOf(parent, name), inside)]),
    );
  }

  private value(value: Json, name: string, treatment: Treatment, at: Place): Json {
    if (Array.isArray(value)) {
      if (treatment === 'gone' || (this.short && (at.long || onlyInFile.includes(name)))) return [];
      if (treatment === 'cells') return this.cells(value, name, at);
      return value.map((entry) => this.value(entry, name, treatment, at));
    }
    switch (treatment) {
      case 'gone':
        return blank(value);
      case 'label':
        return typeof value === 'string' ? this.label(value, at.persons) : blank(value);
      case 'count':
      case 'aside':
        if (!isSmall(value)) return value;
        this.masked += 1;
        return kMasked;
      case 'follows':
        return at.gone ? nothing(value) : value;
      case 'verdict':
        return at.gone ? 'masked' : value;
      case 'part':
      case 'cells':
        return isObject(value)
          ? this.fields(value, name, { ...at, long: at.long || onlyInFile.includes(name) })
          : value;
      default:
        return value;
    }
  }

  /** Parts of one whole: when only one of them is masked, the whole would give it away, so the next smallest goes too. */
  private cells(source: Json[], name: string, at: Place): Json[] {
    const entries = source.map((entry) =>
      isObject(entry) ? this.fields(entry, name, { ...at, cell: true }) : entry,
    );
    const counted = (entry: Json) =>
      isObject(entry) ? Object.keys(entry).filter((field) => treatmentOf(name, field) === 'count') : [];
    const lone = entries.filter(
      (entry) => isObject(entry) && counted(entry).some((f) => entry[f] === kMasked),
    );
    const [only] = lone;
    if (lone.length !== 1 || !isObject(only)) return entries;
    const names = counted(only).filter((field) => only[field] === kMasked);
    const size = (entry: Json) =>
      isObject(entry) ? Math.max(...names.map((field) => Number(entry[field]))) : 0;
    const others = entries.filter((entry) => entry !== only && size(entry) > 0);
    const next = others.sort((a, b) => size(a) - size(b))[0];
    if (!isObject(next)) return entries;
    for (const field of Object.keys(next)) {
      const treatment = treatmentOf(name, field);
      const value = next[field]!;
      if (names.includes(field) && value !== 0) {
        next[field] = kMasked;
        this.masked += 1;
      } else if (treatment === 'follows') {
        next[field] = nothing(value);
      } else if (treatment === 'verdict') {
        next[field] = 'masked';
      }
    }
    return entries;
  }

  /** Hidden labels keep apart: "group 1", "group 2". */
  private label(label: string, persons: boolean): string {
    if (label === '' || !(persons || looksPersonal(label))) return label;
    const known = this.labels.get(label);
    if (known) return known;
    this.hidden += 1;
    const made = `group ${this.hidden}`;
    this.labels.set(label, made);
    return made;
  }
}

/** Of the changes only those that the page tells, without their groups. */
function fewerChanges(report: Report): Report {
  const told = changeTold(report);
  const changes = report.tree.changes
    .filter(({ period }) => period === told?.period)
    .map((change) => ({ ...change, groups: [] }));
  return { ...report, tree: { ...report.tree, changes } };
}

/** `short`: for a link, without the weeks and the names of files. */
export function shared(report: Report, short: boolean): Shared {
  const masking = new Masking(short);
  const source = short ? fewerChanges(report) : report;
  const whole = masking.fields(source as unknown as Fields, '', {
    cell: false,
    long: false,
    gone: false,
    persons: false,
  }) as unknown as Report;
  const { breakdown, files } = whole;
  const result: Report = {
    ...whole,
    breakdown: { ...breakdown, available: breakdown.attribute ? [breakdown.attribute] : [] },
    files: short ? files.map((file) => ({ ...file, name: '' })) : files,
  };
  return { report: result, masked: masking.masked, hidden: masking.hidden };
}
