// Numbers and dates as people read them, all through Intl. In: what the report says (shares, differences, counts, ISO
// times). Out: text. Rules of precision (metrics.md A40): one decimal, whole per cents below 100 cases, the sign
// of an effect always shown by the minus sign, never a digit that the data do not carry.
import type { Estimate } from '../../wasm/api';

const locale = 'en-GB';
const kFewCases = 100;
const kMinus = '\u2212';

const cache = new Map<string, Intl.NumberFormat>();

function format(value: number, options: Intl.NumberFormatOptions): string {
  const key = JSON.stringify(options);
  let formatter = cache.get(key);
  if (!formatter) {
    formatter = new Intl.NumberFormat(locale, { signDisplay: 'negative', ...options });
    cache.set(key, formatter);
  }
  return formatter.format(value).replace('-', kMinus);
}

/** Stands for a count between 1 and 4 that was taken out of a shared report. */
export const kMasked = -1;
/** Says so; set once by the words. */
let masked = '';
export const setMaskedWord = (word: string): void => {
  masked = word;
};

/** 3,148 */
export function count(value: number): string {
  if (value === kMasked) return masked;
  return format(value, { maximumFractionDigits: 0 });
}

/** An estimated number of things: whole, with one decimal where it, or the end of its interval, is small (8.6). */
export function amount(value: number, like = value): string {
  return format(value, { maximumFractionDigits: Math.abs(like) < 10 ? 1 : 0 });
}

/** The size that decides how an estimate and both of its ends are written. */
export const sizeOf = ({ value, low, high }: Estimate): number =>
  Math.max(...[value, low, high].map((one) => Math.abs(one ?? 0)));

/** A share as per cent: 87.9%; 88% where fewer than 100 cases stand behind it. Never "100%" for 99.97%. */
export function percent(share: number, cases = kFewCases): string {
  const digits = cases < kFewCases ? 0 : 1;
  return format(share, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** How far something is: 34%. */
export function wholePercent(share: number): string {
  return format(Math.floor(share * 100) / 100, { style: 'percent', maximumFractionDigits: 0 });
}

/** A round share (a published range, a level): 95%, 8.5%. */
export function roundPercent(share: number): string {
  return format(share, { style: 'percent', maximumFractionDigits: 1 });
}

/** A share or difference as "per 100": 9.8. */
export function per100(share: number, cases = kFewCases): string {
  const digits = cases < kFewCases ? 0 : 1;
  return format(share * 100, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** A number as it is, with at most `digits` decimals. */
export function plain(value: number, digits = 1): string {
  return format(value, { maximumFractionDigits: digits });
}

/** A correlation: −0.48, 0.10. */
export function correlation(value: number): string {
  return format(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** An amount of money: "€1,710", "€8.01"; the currency by its code. */
export function money(value: number, currency: string): string {
  const digits = Math.abs(value) < 100 && value % 1 !== 0 ? 2 : 0;
  try {
    return format(value, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  } catch {
    return `${plain(value, digits)} ${currency}`; // no currency that the platform knows
  }
}

/** A probability: 0.032; "less than 0.001" where it is smaller. */
export function probability(value: number): string {
  return value < 0.001 ? 'less than 0.001' : format(value, { maximumSignificantDigits: 2 });
}

export type NumberKind = 'share' | 'points' | 'count' | 'ratio';

/** A report's number by the unit that the report gives it. */
export function value(number: number, unit: string, cases = kFewCases, like = number): string {
  if (unit === 'share') return percent(number, cases);
  if (unit === 'points' || unit === 'ratio') return per100(number, cases);
  return amount(number, like);
}

/** "6.8 to 12.9", "86.7 to 89.0" (the unit said once, elsewhere); empty when there is no interval. */
export function interval(estimate: Estimate, unit: string, cases = kFewCases): string {
  if (estimate.low === null || estimate.high === null) return '';
  const bare = (number: number) => value(number, unit, cases, sizeOf(estimate)).replace('%', '');
  return `${bare(estimate.low)} to ${bare(estimate.high)}`;
}

/** A length of time given in minutes, in the unit that suits `like`: "147 min", "4.2 hrs", "2.4 days". */
function duration(minutes: number, like: number, bare: boolean): string {
  const [per, unit] = like < 180 ? [1, 'minute'] : like < 2880 ? [60, 'hour'] : [1440, 'day'];
  const digits = { maximumFractionDigits: per === 1 ? 0 : 1 };
  return format(
    minutes / per,
    bare ? digits : { style: 'unit', unit, unitDisplay: unit === 'minute' ? 'short' : 'long', ...digits },
  );
}

/** A figure of the catalogue as [value, interval], by the unit that the report gives it. */
export function figure(estimate: Estimate, unit: string, cases = kFewCases): [string, string] {
  const { value: of, low, high } = estimate;
  if (of === null) return ['', ''];
  if (unit === 'minutes') {
    const range =
      low === null || high === null ? '' : `${duration(low, of, true)} to ${duration(high, of, true)}`;
    return [duration(of, of, false), range];
  }
  if (unit === 'number') {
    const bare = (number: number) => plain(number, Math.abs(of) < 1 ? 2 : 1);
    return [bare(of), low === null || high === null ? '' : `${bare(low)} to ${bare(high)}`];
  }
  return [value(of, unit, cases, sizeOf(estimate)), interval(estimate, unit, cases)];
}

/** The two ends with their unit, for a sentence: ["86.7%", "89.0%"]. */
export function ends(estimate: Estimate, unit: string, cases = kFewCases): [string, string] | null {
  if (estimate.low === null || estimate.high === null) return null;
  return [value(estimate.low, unit, cases), value(estimate.high, unit, cases)];
}

/** "2 March 2026", "20 February 2026 to 18 March 2026". */
export function span(first: string, last: string, zone = 'UTC'): string {
  const [from, to] = [date(first, zone), date(last, zone)];
  return from === to ? from : `${from} to ${to}`;
}

/** "one", "other": the form that the number asks for. */
export function plural(number: number, one: string, other: string): string {
  return new Intl.PluralRules(locale).select(number) === 'one' ? one : other;
}

/** "2 files", "1 file". */
export function counted(number: number, one: string, other: string): string {
  return `${count(number)} ${plural(number, one, other)}`;
}

const smallNumbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** Small numbers as words, for headings: "two triggers". */
export function inWords(number: number): string {
  return smallNumbers[number] ?? count(number);
}

/** First letter large, as at the start of a sentence. */
export function sentenceCase(text: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

/** "a, b and c" */
export function list(items: string[]): string {
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);
}

/** A length of time in days: "7 days", "1 day", "12 hours". */
export function days(length: number): string {
  if (length < 1) {
    return format(length * 24, {
      style: 'unit',
      unit: 'hour',
      unitDisplay: 'long',
      maximumFractionDigits: 1,
    });
  }
  return format(length, { style: 'unit', unit: 'day', unitDisplay: 'long', maximumFractionDigits: 1 });
}

export const compareTexts = (a: string, b: string): number =>
  a.localeCompare(b, locale, { numeric: true, sensitivity: 'base' });

function dateText(date: Date, zone: string, options: Intl.DateTimeFormatOptions): string {
  if (Number.isNaN(date.getTime())) return '';
  try {
    return new Intl.DateTimeFormat(locale, { timeZone: zone, ...options }).format(date);
  } catch {
    return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options }).format(date);
  }
}

/** A date whose day and month stay on one line. */
function dayText(when: Date, zone: string): string {
  return dateText(when, zone, { day: 'numeric', month: 'long', year: 'numeric' }).replace(' ', '\u00a0');
}

/** Local days (YYYY-MM-DD) and local times without a zone are read as they stand; instants in the zone given. */
function parse(text: string, zone: string): [Date, string] {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const stated = /(Z|[+-]\d{2}:?\d{2})$/i.test(text) && !day;
  return [
    new Date(stated ? text : day ? `${text}T00:00:00Z` : `${text.replace(' ', 'T')}Z`),
    stated ? zone : 'UTC',
  ];
}

/** "7 January 2026" */
export function date(text: string, zone = 'UTC'): string {
  const [when, where] = parse(text, zone);
  return dayText(when, where) || text;
}

/** "7 Jan" */
export function shortDate(text: string, zone = 'UTC'): string {
  const [when, where] = parse(text, zone);
  return dateText(when, where, { day: 'numeric', month: 'short' }) || text;
}

/** "7 January 2026, 14:02" */
export function dateTime(text: string, zone = 'UTC'): string {
  const [when, where] = parse(text, zone);
  const day = dayText(when, where);
  if (!day) return text;
  return `${day}, ${dateText(when, where, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}`;
}

/** A weekday by its number, 0 = Monday: "Monday", "Mon". */
export function weekday(number: number, length: 'long' | 'short' = 'long'): string {
  return dateText(new Date(Date.UTC(2024, 0, 1 + number)), 'UTC', { weekday: length });
}

/** An hour of the day: "14:00". */
export function hour(number: number): string {
  const when = new Date(Date.UTC(2024, 0, 1, number));
  return dateText(when, 'UTC', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

export type Period = 'week' | 'month' | 'quarter' | 'year';

/** The name of a period by its first local day: "January 2026", "week of 5 January 2026", "Q1 2026". */
export function period(start: string, length: Period): string {
  const [when] = parse(start, 'UTC');
  if (length === 'month') return dateText(when, 'UTC', { month: 'long', year: 'numeric' });
  if (length === 'quarter') return `Q${quarterOf(start)} ${start.slice(0, 4)}`;
  if (length === 'year') return start.slice(0, 4);
  return `week of ${date(start)}`;
}

/** The same for an axis: "Jan", "5 Jan", "Q1". */
export function shortPeriod(start: string, length: Period): string {
  const [when] = parse(start, 'UTC');
  if (length === 'month') return dateText(when, 'UTC', { month: 'short' });
  if (length === 'year') return start.slice(0, 4);
  return length === 'quarter' ? `Q${quarterOf(start)}` : shortDate(start);
}

function quarterOf(start: string): string {
  return { '01': '1', '04': '2', '07': '3', '10': '4' }[start.slice(5, 7)] ?? '';
}

/** A file's size: "1.2 MB". */
export function bytes(size: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  let rest = size;
  let step = 0;
  while (rest >= 1000 && step < units.length - 1) {
    rest /= 1000;
    step += 1;
  }
  return format(rest, {
    style: 'unit',
    unit: units[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  });
}

/** The calendar day of a time as the file states it, for a date field: "2026-03-18"; empty when it has none. */
export function dayOf(text: string): string {
  return /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0] ?? '';
}
