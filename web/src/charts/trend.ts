// The trend as a chart: one mark a period, grey where it cannot be told from no effect, hatched where it is not complete.
// In: the points of a series and what to draw of them. Out: a drawing.
import type { Estimate, Point } from '../../../wasm/api';
import { pointEstimate, toneOfEffect } from '../findings';
import * as format from '../format';
import type { Period } from '../format';
import type { TrendMetric } from '../state';
import { words } from '../words';
import {
  hatchShape,
  intervalShapes,
  lineShape,
  textShape,
  toneColour,
  type Drawing,
  type Palette,
  type Shape,
  type Spot,
} from './marks';
import { everyLabel, roundScale, widthOf } from './scale';

const kNarrow = 560;
const kManyPoints = 26;
const kHeight = 280;
const kAbove = 16;
const kBelow = 44;

export function trendUnit(metric: TrendMetric): format.NumberKind {
  return { effect: 'points', no_contact: 'share', contacts: 'count' }[metric] as format.NumberKind;
}

/** "January 2026: 9.8 (6.8 to 12.9)" and what stands behind it, in lines. */
export function trendPointText(point: Point, metric: TrendMetric, length: Period): string[] {
  const estimate = pointEstimate(point, metric);
  const unit = trendUnit(metric);
  const lines = [format.sentenceCase(format.period(point.start, length))];
  if (estimate.value === null) {
    lines.push(words.trend.empty);
  } else {
    const range = format.interval(estimate, unit);
    lines.push(
      `${words.trend.metrics[metric]}: ${format.value(estimate.value, unit)}${range ? ` (${range})` : ''}`,
    );
  }
  if (!point.complete) lines.push(words.trend.incompleteWord);
  return lines;
}

export function drawTrend(points: Point[], metric: TrendMetric, length: Period): Drawing {
  return (width, palette) => {
    const narrow = width < kNarrow;
    const unit = trendUnit(metric);
    const left = narrow ? 34 : 44;
    const right = width - (narrow ? 4 : 12);
    const bottom = kHeight - kBelow;
    const step = (right - left) / Math.max(points.length, 1);
    const estimates = points.map((point) => pointEstimate(point, metric));
    const known = estimates.flatMap(({ value, low, high }) =>
      value === null ? [] : [value, low ?? value, high ?? value],
    );
    // Zero is in sight except for silence, whose changes happen far from it.
    const base = metric === 'no_contact' ? [] : [0];
    const y = roundScale(Math.min(...base, ...known), Math.max(...base, ...known), bottom, kAbove, 4);
    const centre = (index: number) => left + (index + 0.5) * step;

    const shapes: Shape[] = [];
    points.forEach(({ complete }, index) => {
      if (!complete) shapes.push(hatchShape(left + index * step, kAbove, step, bottom - kAbove, palette));
    });
    for (const tick of y.ticks) {
      const zero = tick === 0 && metric === 'effect';
      shapes.push(lineShape(left, y(tick), right, y(tick), zero ? palette.mark : palette.line));
      shapes.push(textShape(tickText(tick, unit), left - 8, y(tick), palette.soft, palette, { right: true }));
    }
    shapes.push(...periodLabels(points, length, centre, step, bottom, palette));
    shapes.push(joined(estimates, (index, value) => [centre(index), y(value)], palette));
    const radius = points.length > kManyPoints || narrow ? 3 : 4.5;
    const spots = points.map((point, index): Spot => {
      const { value, low, high } = estimates[index]!;
      const x = centre(index);
      if (value !== null) {
        const tone = metric === 'effect' ? toneOfEffect(estimates[index]!) : 'plain';
        const ends = [low ?? value, high ?? value, value].map((at) => ({ x, y: y(at) }));
        const colour = toneColour(palette, tone);
        shapes.push(
          ...intervalShapes(ends[0]!, ends[1]!, ends[2]!, colour, palette.paper, !point.complete, radius),
        );
      }
      return {
        x: x - step / 2,
        y: 0,
        width: step,
        height: kHeight,
        at: { x, y: y(value ?? y.domain[0]) },
        lines: trendPointText(point, metric, length),
      };
    });
    return { height: kHeight, shapes, spots };
  };
}

function tickText(tick: number, unit: format.NumberKind): string {
  if (unit === 'share') return format.roundPercent(tick);
  return unit === 'points' ? format.plain(tick * 100) : format.count(tick);
}

/** The periods under the axis, as many as have room; the year on the first and at its change. */
function periodLabels(
  points: Point[],
  length: Period,
  centre: (index: number) => number,
  step: number,
  bottom: number,
  palette: Palette,
): Shape[] {
  const font = `13px ${palette.sans}`;
  const names = points.map(({ start }) => format.shortPeriod(start, length));
  const every = everyLabel(
    names.map((name) => widthOf(name, font)),
    step,
  );
  let year = '';
  return points.flatMap(({ start }, index) => {
    if (index % every !== 0) return [];
    const label = (text: string, y: number) =>
      textShape(text, centre(index), y, palette.soft, palette, { centre: true });
    const shapes = [label(names[index]!, bottom + 14)];
    if (start.slice(0, 4) !== year) {
      year = start.slice(0, 4);
      shapes.push(label(year, bottom + 31));
    }
    return shapes;
  });
}

/** The values joined by a thin line, broken where there is none. */
function joined(
  estimates: Estimate[],
  place: (index: number, value: number) => number[],
  palette: Palette,
): Shape {
  const stretches: number[][][] = [[]];
  estimates.forEach(({ value }, index) => {
    if (value === null) stretches.push([]);
    else stretches.at(-1)!.push(place(index, value));
  });
  return {
    type: 'group',
    children: stretches
      .filter((points) => points.length > 1)
      .map((points) => ({
        type: 'polyline',
        shape: { points },
        style: { stroke: palette.mark, lineWidth: 1, opacity: 0.6, fill: 'none' },
      })),
  };
}
