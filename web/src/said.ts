// Sentences whose numbers lead to their definitions. In: texts of words/ and formatted numbers. Out: a text with marks, which
// Said.tsx draws, and the same without them, for tables and for screen readers: **strong**, [[M06|5.2]].
import type { Estimate, Quantity } from '../../wasm/api';
import * as format from './format';
import { words } from './words';

const kMarks = /(\[\[\w+\|[^\]]*\]\]|\*\*)/;
const kCite = /^\[\[(\w+)\|(.*)\]\]$/;

/** A number that opens the definition of a metric; '' = of none. */
export const cite = (metric: string, text: string): string =>
  /^M\d/.test(metric) && text !== '' ? `[[${metric.slice(0, 3)}|${text}]]` : text;

export interface Piece {
  text: string;
  /** Of the number, '' = none. */
  metric: string;
  strong: boolean;
}

export function pieces(said: string): Piece[] {
  let strong = false;
  return said.split(kMarks).flatMap((part) => {
    if (part === '**') strong = !strong;
    if (part === '**' || part === '') return [];
    const [, metric = '', text = part] = kCite.exec(part) ?? [];
    return [{ text, metric, strong }];
  });
}

export const unmarked = (said: string): string =>
  pieces(said)
    .map(({ text }) => text)
    .join('');

/** A name as the files state it, readable. */
export const named = (label: string): string => label.replaceAll('_', ' ') || words.breakdown.unnamed;

/** "52 minutes", "2.4 days": a length of time in the largest unit that leaves it above one. */
function duration(minutes: number): string {
  const size = Math.abs(minutes);
  if (size >= 2 * 1440) return format.days(minutes / 1440);
  return size >= 120
    ? `${format.plain(minutes / 60)} ${words.insight.units.hours}`
    : `${format.plain(minutes, 0)} ${words.method.minutes}`;
}

/** A number by the unit that the report gives it. */
export function figure(value: number, unit: string, currency: string, like = value): string {
  if (unit === 'money') return format.money(value, currency);
  if (unit === 'minutes') return duration(value);
  if (unit === 'days') return format.days(value);
  if (unit === 'log_ratio') return format.plain(value, 2);
  if (unit === 'number') return format.plain(value);
  const kind = unit === 'count_per_day' || unit === 'hours' ? 'count' : unit;
  const text = format.value(value, kind, undefined, like);
  const after = words.insight.units[unit];
  return after ? `${text} ${after}` : text;
}

/** "5.2 per 100 (2.7 to 7.9)": a number with its interval, the unit said once. */
export function withRange(estimate: Estimate, unit: string, currency: string): string {
  const { value, low, high } = estimate;
  if (value === null) return words.insight.noValue;
  const like = format.sizeOf(estimate);
  const text = figure(value, unit, currency, like);
  if (low === null || high === null) return text;
  const bare = (end: number) => {
    const whole = figure(end, unit, currency, like);
    const after = words.insight.units[unit];
    return after ? whole.replace(` ${after}`, '') : whole.replace('%', '');
  };
  return `${text} (${words.insight.range(bare(low), bare(high))})`;
}

/** The same, leading to the definition of the number. */
export const cited = ({ id, unit, estimate }: Quantity, currency: string): string =>
  cite(id, withRange(estimate, unit, currency));
