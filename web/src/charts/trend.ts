// The trend as a chart: one mark a period, grey where it cannot be told from no effect, hatched where it is not complete; what was
// changed on the way as numbered lines. In: a line over time and the changes. Out: a drawing.
import type { Estimate } from '../../../wasm/api';
import { toneOfEffect } from '../findings';
import * as format from '../format';
import type { Period } from '../format';
import { changesIn, changeText, placeOf, type TrendChange, type TrendLine, type TrendPoint } from '../trend';
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
/** Room for the numbers of changes, and how far they stand apart. */
const kMarks = 24;
const kMark = 8;
const kDiamond = 10.5;

/** "January 2026: 9.8 (6.8 to 12.9)" and what stands behind it, in lines. */
export function trendPointText(
  point: TrendPoint,
  line: TrendLine,
  length: Period,
  changes: TrendChange[] = [],
): string[] {
  const { value } = point.estimate;
  const lines = [format.sentenceCase(format.period(point.start, length))];
  if (value === null) {
    lines.push(words.trend.empty);
  } else {
    const range = format.interval(point.estimate, line.unit);
    lines.push(`${line.name}: ${format.value(value, line.unit)}${range ? ` (${range})` : ''}`);
  }
  if (!point.complete) lines.push(words.trend.incompleteWord);
  lines.push(...changes.map(changeText));
  return lines;
}

export function drawTrend(line: TrendLine, length: Period, changes: TrendChange[] = []): Drawing {
  return (width, palette) => {
    const { points, unit } = line;
    const narrow = width < kNarrow;
    const above = kAbove + (changes.length > 0 ? kMarks : 0);
    const height = kHeight + above - kAbove;
    const bottom = height - kBelow;
    const known = points.flatMap(({ estimate: { value, low, high } }) =>
      value === null ? [] : [value, low ?? value, high ?? value],
    );
    // Zero is in sight except for shares, whose changes happen far from it.
    const base = unit === 'share' ? [] : [0];
    const y = roundScale(Math.min(...base, ...known), Math.max(...base, ...known), bottom, above, 4);
    const ticks = y.ticks.map((tick) => tickText(tick, unit));
    const widest = Math.max(...ticks.map((text) => widthOf(text, `13px ${palette.sans}`)));
    const left = Math.max(narrow ? 34 : 44, widest + 10);
    const right = width - (narrow ? 4 : 12);
    const step = (right - left) / Math.max(points.length, 1);
    const centre = (index: number) => left + (index + 0.5) * step;

    const shapes: Shape[] = [];
    points.forEach(({ complete }, index) => {
      if (!complete) shapes.push(hatchShape(left + index * step, above, step, bottom - above, palette));
    });
    y.ticks.forEach((tick, index) => {
      const zero = tick === 0 && line.effect;
      shapes.push(lineShape(left, y(tick), right, y(tick), zero ? palette.mark : palette.line));
      shapes.push(textShape(ticks[index]!, left - 8, y(tick), palette.soft, palette, { right: true }));
    });
    const placed = changes.flatMap((change) => {
      const at = placeOf(change.day, points);
      return at === null ? [] : [{ change, at }];
    });
    const marks = placed.map(({ change, at }) => ({ change, x: left + at * step }));
    shapes.push(...changeShapes(marks, above, bottom, palette));
    shapes.push(...periodLabels(points, length, centre, step, bottom, palette));
    const estimates = points.map(({ estimate }) => estimate);
    shapes.push(joined(estimates, (index, value) => [centre(index), y(value)], palette));
    const radius = points.length > kManyPoints || narrow ? 3 : 4.5;
    const spots = points.map((point, index): Spot => {
      const { value, low, high } = point.estimate;
      const x = centre(index);
      if (value !== null) {
        const tone = !line.effect ? 'plain' : line.withheld ? 'grey' : toneOfEffect(point.estimate);
        const ends = [low ?? value, high ?? value, value].map((at) => ({ x, y: y(at) }));
        const colour = toneColour(palette, tone);
        shapes.push(
          ...intervalShapes(ends[0]!, ends[1]!, ends[2]!, colour, palette.paper, !point.complete, radius),
        );
      }
      const here = changesIn(changes, points, index);
      return {
        x: x - step / 2,
        y: 0,
        width: step,
        height,
        at: { x, y: y(value ?? y.domain[0]) },
        lines: trendPointText(point, line, length, here),
      };
    });
    return { height, shapes, spots };
  };
}

/**
 * A dashed line on the day of each change, its number above in a circle, of an incident in a diamond; numbers that would touch
 * move apart.
 */
function changeShapes(
  marks: { change: TrendChange; x: number }[],
  top: number,
  bottom: number,
  palette: Palette,
): Shape[] {
  let last = -Infinity;
  return marks.flatMap(({ change: { number, incident }, x }) => {
    const at = Math.max(x, last + 2 * kMark + 2);
    last = at;
    const y = top - kMarks / 2 - 2;
    return [
      {
        type: 'polyline',
        shape: {
          points: [
            [at, y + kMark],
            [x, top],
            [x, bottom],
          ],
        },
        style: { stroke: palette.soft, lineWidth: 1, lineDash: [3, 3], fill: 'none' },
      },
      incident
        ? {
            type: 'polygon',
            shape: {
              points: [
                [at, y - kDiamond],
                [at + kDiamond, y],
                [at, y + kDiamond],
                [at - kDiamond, y],
              ],
            },
            style: { fill: palette.band, stroke: palette.ink, lineWidth: 1 },
          }
        : {
            type: 'circle',
            shape: { cx: at, cy: y, r: kMark },
            style: { fill: palette.paper, stroke: palette.soft, lineWidth: 1 },
          },
      textShape(String(number), at, y + 0.5, palette.ink, palette, { centre: true, size: 12 }),
    ];
  });
}

function tickText(tick: number, unit: string): string {
  if (unit === 'share') return format.roundPercent(tick);
  return format.plain(unit === 'points' || unit === 'ratio' ? tick * 100 : tick, 2);
}

/** The periods under the axis, as many as have room; the year on the first and at its change. */
function periodLabels(
  points: TrendPoint[],
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
