// Curves over a number: the effect by window, a share by days since the trigger. In: one or more curves of estimates, what
// stands under and beside the axes. Out: a drawing: each curve a line in its band, dots filled where the interval excludes zero,
// the mark of the chosen point, a rule at zero.
import type { Estimate } from '../../../wasm/api';
import type { Tone } from '../findings';
import {
  intervalShapes,
  lineShape,
  textShape,
  toneColour,
  type Drawing,
  type Shape,
  type Spot,
} from './marks';
import { everyLabel, roundScale, widthOf } from './scale';

export interface CurvePoint {
  /** Under the axis. */
  x: number;
  label: string;
  estimate: Estimate;
  /** Its own reading, as a dot: filled where it is one, hollow where it cannot be told. Without it the line alone is drawn. */
  tone?: Tone;
}

export interface Curve {
  /** At its end; empty where there is only one. */
  name: string;
  tone: Tone;
  points: CurvePoint[];
}

export interface CurveStyle {
  zero: boolean;
  tick: (value: number) => string;
  /** What is counted under the axis: "days". */
  axis: string;
  /** Where a mark stands: the setting in use. */
  chosen?: number;
  /** What each place under the axis has to say, by its position in the first curve. */
  lines: (index: number) => string[];
}

const kNarrow = 560;
const kHeight = 280;
const kAbove = 16;
const kBelow = 52;
/** Names at the ends of curves are at least so far apart. */
const kLine = 17;

const spoken = ({ value, low, high }: Estimate): number[] =>
  value === null ? [] : [value, low ?? value, high ?? value];

export function drawCurves(curves: Curve[], style: CurveStyle): Drawing {
  return (width, palette) => {
    const narrow = width < kNarrow;
    const font = `13px ${palette.sans}`;
    const names = Math.max(0, ...curves.map(({ name }) => widthOf(name, font)));
    const left = narrow ? 40 : 48;
    const right = width - 12 - (names > 0 ? names + 8 : 0);
    const bottom = kHeight - kBelow;
    const known = curves.flatMap(({ points }) => points.flatMap(({ estimate }) => spoken(estimate)));
    const y = roundScale(Math.min(0, ...known), Math.max(0, ...known), bottom, kAbove, 4);
    const first = curves[0]?.points ?? [];
    const xs = first.map((point) => point.x);
    const [low, high] = [Math.min(...xs), Math.max(...xs)];
    const x = (value: number) => left + ((value - low) / (high - low || 1)) * (right - left);
    const step = (right - left) / Math.max(1, first.length - 1);

    const shapes: Shape[] = y.ticks.flatMap((tick) => [
      lineShape(left, y(tick), right, y(tick), style.zero && tick === 0 ? palette.mark : palette.line),
      textShape(style.tick(tick), left - 8, y(tick), palette.soft, palette, { right: true }),
    ]);
    const every = everyLabel(
      first.map(({ label }) => widthOf(label, font)),
      step,
    );
    first.forEach((point, index) => {
      if (index % every !== 0) return;
      const at = { centre: true };
      shapes.push(textShape(point.label, x(point.x), bottom + 18, palette.soft, palette, at));
    });
    const under = { right: true };
    shapes.push(textShape(style.axis, right, bottom + 38, palette.soft, palette, under));
    const ends = namePlaces(curves, y);
    curves.forEach((curve, which) => {
      const colour = toneColour(palette, curve.tone);
      const drawn = curve.points.filter(({ estimate }) => estimate.value !== null);
      const edge = (end: 'low' | 'high') =>
        drawn.map(({ x: at, estimate }) => [x(at), y(estimate[end] ?? estimate.value!)]);
      shapes.push(
        {
          type: 'polygon',
          shape: { points: [...edge('high'), ...edge('low').reverse()] },
          style: { fill: colour, opacity: 0.14 },
        },
        {
          type: 'polyline',
          shape: { points: drawn.map(({ x: at, estimate }) => [x(at), y(estimate.value!)]) },
          style: { stroke: colour, lineWidth: 2, fill: 'none' },
        },
      );
      for (const { x: at, estimate, tone } of drawn) {
        if (!tone) continue;
        const filled = tone === 'good' || tone === 'bad';
        const own = toneColour(palette, tone);
        shapes.push({
          type: 'circle',
          shape: { cx: x(at), cy: y(estimate.value!), r: narrow ? 2.5 : 3.5 },
          style: { fill: filled ? own : palette.paper, stroke: own, lineWidth: 1.5 },
        });
      }
      const chosen = drawn.find(({ x: at }) => at === style.chosen);
      if (chosen) {
        const { value, low: from, high: to } = chosen.estimate;
        const place = (at: number) => ({ x: x(chosen.x), y: y(at) });
        const marks = [place(from ?? value!), place(to ?? value!), place(value!)] as const;
        const tone = chosen.tone ? toneColour(palette, chosen.tone) : colour;
        shapes.push(...intervalShapes(...marks, tone, palette.paper, chosen.tone === 'grey'));
      }
      const last = drawn.at(-1);
      if (curve.name && last) {
        shapes.push(textShape(curve.name, x(last.x) + 8, ends[which]!, colour, palette));
      }
    });
    const spots = first.map((point, index): Spot => ({
      x: x(point.x) - step / 2,
      y: 0,
      width: step,
      height: kHeight,
      at: { x: x(point.x), y: y(point.estimate.value ?? 0) },
      lines: style.lines(index),
    }));
    return { height: kHeight, shapes, spots };
  };
}

/** Where the curves' names stand: at their ends, moved apart where they would touch. */
function namePlaces(curves: Curve[], y: (value: number) => number): number[] {
  const places = curves.map(({ points }) => {
    const last = points.filter(({ estimate }) => estimate.value !== null).at(-1);
    return last ? y(last.estimate.value!) : 0;
  });
  const order = places.map((_, index) => index).sort((a, b) => places[a]! - places[b]!);
  order.forEach((at, index) => {
    const above = order[index - 1];
    if (above !== undefined) places[at] = Math.max(places[at]!, places[above]! + kLine);
  });
  return places;
}
