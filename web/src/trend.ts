// What can be shown over time: the report's own series and its companions, each as one line; what was changed on the way. In: a
// report. Out: lines, titles by rule, changes with the place where they belong.
import type { CompanionSeries, Estimate, Point, Report } from '../../wasm/api';
import { isWithheld } from './findings';
import * as format from './format';
import type { Period } from './format';
import { named } from './said';
import type { TrendMetric } from './state';
import { words, wordFor } from './words';

export interface TrendPoint {
  /** Local day. */
  start: string;
  complete: boolean;
  estimate: Estimate;
}

export interface TrendLine {
  /** "effect", "M12". */
  id: string;
  name: string;
  unit: string;
  /** A measured effect: it has a sign and a tone. */
  effect: boolean;
  /** An effect that waits for its verdict stays grey. */
  withheld: boolean;
  points: TrendPoint[];
}

const kOwn: TrendMetric[] = ['effect', 'no_contact', 'contacts'];
const kUnits: Record<TrendMetric, string> = { effect: 'points', no_contact: 'share', contacts: 'count' };
/** Companions that are the report's own series under another name. */
const kSame = ['M04', 'M06', 'M09'];

export const isOwn = (id: string): id is TrendMetric => kOwn.some((own) => own === id);

/** The figures of a period that the report's own series hold. */
export function pointEstimate(point: Point, metric: TrendMetric): Estimate {
  if (metric === 'effect') return point.effect;
  return metric === 'no_contact' ? point.no_contact : point.contacts_estimate;
}

const hasValue = ({ estimate }: TrendPoint) => estimate.value !== null;
const periods: Period[] = ['week', 'month', 'quarter', 'year'];

export function trendMetrics(points: Point[]): TrendMetric[] {
  return kOwn.filter((metric) => points.some((point) => pointEstimate(point, metric).value !== null));
}

export function companionsOf(report: Report): CompanionSeries[] {
  const known = (series: CompanionSeries) => periods.some((length) => series[length].some(hasValue));
  return report.companions.filter((series) => !kSame.includes(series.id) && known(series));
}

export function ownLine(points: Point[], metric: TrendMetric, withheld = false): TrendLine {
  return {
    id: metric,
    name: words.trend.metrics[metric]!,
    unit: kUnits[metric],
    effect: metric === 'effect',
    withheld,
    points: points.map((point) => ({ ...point, estimate: pointEstimate(point, metric) })),
  };
}

export const companionLine = (series: CompanionSeries, length: Period): TrendLine => ({
  id: series.id,
  name: series.name,
  unit: series.unit,
  effect: false,
  withheld: false,
  points: series[length],
});

/** The line that was chosen, else the strongest that the data support. */
export function chosenLine(report: Report, chosen: string | null, length: Period): TrendLine | null {
  const companion = companionsOf(report).find(({ id }) => id === chosen);
  if (companion) return companionLine(companion, length);
  const points = report.series[length];
  const metrics = trendMetrics(points);
  const metric = metrics.find((one) => one === chosen) ?? metrics[0];
  return metric ? ownLine(points, metric, isWithheld(report)) : null;
}

/**
 * Up or down only where the intervals of the first and the last complete period do not overlap: a plain reading that never
 * calls noise a trend.
 */
export function trendTitle({ id, name, points }: TrendLine, length: Period): string {
  const whole = points.filter((point) => point.complete && hasValue(point));
  const first = whole[0];
  const last = whole.at(-1);
  if (!first || !last || whole.length < 3) return words.trend.titles.short;
  const [before, after] = [first.estimate, last.estimate];
  const when = (point: TrendPoint) => format.period(point.start, length);
  const span = words.trend.spans[length](whole.length);
  const own = words.trend.titles;
  const of = words.trendOf;
  const rose = after.low !== null && before.high !== null && after.low > before.high;
  const fell = after.high !== null && before.low !== null && after.high < before.low;
  if (!rose && !fell) return isOwn(id) ? own.flat[id](span) : of.flat(name, span);
  const way = rose ? 'up' : 'down';
  return isOwn(id) ? own[way][id](when(last), when(first)) : of[way](name, when(last), when(first));
}

// --- changes ------------------------------------------------------------------------------------------------------------------

export interface TrendChange {
  number: number;
  day: string;
  name: string;
  /** What it touched, and whether it helped. */
  about: string;
  /** It happened to the team: an outage. */
  incident: boolean;
}

/** Changes and incidents by day, numbered together. */
export function changesOf({ insight: { impacts, incidents } }: Report): TrendChange[] {
  const touched = (...what: string[]) => what.filter(Boolean).map(named).join(', ');
  const made = impacts.map((impact) => ({
    day: impact.made_on,
    name: impact.note || named(impact.change),
    about: [touched(impact.trigger, impact.content), wordFor(words.impacts.verdicts, impact.verdict)]
      .filter(Boolean)
      .join(': '),
    incident: false,
  }));
  const happened = incidents.map(({ id, day, trigger, note }) => ({
    day,
    name: note || named(id),
    about: [words.trendChanges.incident, touched(trigger)].filter(Boolean).join(': '),
    incident: true,
  }));
  return [...made, ...happened]
    .sort((a, b) => a.day.localeCompare(b.day))
    .map((change, at) => ({ number: at + 1, ...change }));
}

/** "change 2: Shorter", "incident 3: Sign-in was down". */
export const changeText = ({ number, name, incident }: TrendChange): string =>
  (incident ? words.trendChanges.shortIncident : words.trendChanges.short)(number, name);

/** Those of one period. */
export const changesIn = (changes: TrendChange[], points: TrendPoint[], index: number): TrendChange[] =>
  changes.filter(({ day }) => {
    const at = placeOf(day, points);
    return at !== null && Math.floor(at) === index;
  });

const kNever = '9999-12-31';
const days = (day: string) => Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / 86_400_000;

/** Where a day lies among the periods: 2.5 = in the middle of the third; null = outside. The last one has no known end. */
export function placeOf(day: string, points: TrendPoint[]): number | null {
  const at = points.findIndex(
    ({ start }, index) => start <= day && day < (points[index + 1]?.start ?? kNever),
  );
  if (at < 0) return null;
  const next = points[at + 1];
  if (!next) return at + 0.5;
  const start = days(points[at]!.start);
  return at + (days(day) - start) / (days(next.start) - start);
}
