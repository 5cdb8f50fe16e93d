// A figure over time as a small line: its course, not its size. Complete periods only, since the others still change; by month
// where there are four, else by week. In: a series of the report. Out: a line on its own scale, with its ends in words.
import type { CompanionPoint, CompanionSeries } from '../../../wasm/api';
import * as format from '../format';
import { words } from '../words';

const kWide = 120;
const kHigh = 24;
const kEdge = 3;
const kLeast = 4;

const known = (points: CompanionPoint[]) =>
  points.filter((point) => point.complete && point.estimate.value !== null);

/** Months, else weeks. */
function courseOf(series: CompanionSeries) {
  const months = known(series.month);
  const length: 'month' | 'week' = months.length >= kLeast ? 'month' : 'week';
  return { length, points: length === 'month' ? months : known(series.week) };
}

/** Long enough to be drawn. */
export const hasCourse = (series: CompanionSeries | undefined): boolean =>
  series !== undefined && courseOf(series).points.length >= kLeast;

export function Spark({ series }: { series: CompanionSeries }) {
  const { length, points } = courseOf(series);
  const [first, last] = [points[0], points.at(-1)];
  if (points.length < kLeast || !first || !last) return null;
  const values = points.map((point) => point.estimate.value!);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (index: number) => kEdge + (index / (points.length - 1)) * (kWide - 2 * kEdge);
  const y = (value: number) =>
    high === low ? kHigh / 2 : kHigh - kEdge - ((value - low) / (high - low)) * (kHigh - 2 * kEdge);
  const say = (point: CompanionPoint) =>
    words.trend.at(
      format.period(point.start, length),
      format.figure(point.estimate, series.unit, point.denominator || undefined)[0],
      '',
    );
  const line = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  return (
    <svg
      class="spark"
      role="img"
      viewBox={`0 0 ${kWide} ${kHigh}`}
      aria-label={`${say(first)}; ${say(last)}`}
    >
      <title>{`${say(first)}; ${say(last)}`}</title>
      <polyline points={line} />
      <circle cx={x(points.length - 1)} cy={y(values.at(-1)!)} r="2.5" />
    </svg>
  );
}
