// An effect with its interval against a share. In: points in words and numbers. Out: a drawing: the share across, the effect up,
// a rule at zero, names beside the dots, moved apart where they would touch.
import type { Estimate } from '../../../wasm/api';
import type { Tone } from '../findings';
import * as format from '../format';
import {
  intervalShapes,
  lineShape,
  textShape,
  toneColour,
  type Drawing,
  type Shape,
  type Spot,
} from './marks';
import { roundScale, widthOf } from './scale';

export interface ScatterPoint {
  name: string;
  /** A share of 0 to 1. */
  across: number;
  effect: Estimate;
  tone: Tone;
  lines: string[];
}

const kHeight = 320;
const kAbove = 28;
const kBelow = 52;
const kNarrow = 560;
const kLine = 18;

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A place that is pointed at reaches so far. */
const kReach = 18;

export function drawScatter(points: ScatterPoint[], across: string): Drawing {
  return (width, palette) => {
    const left = width < kNarrow ? 40 : 48;
    const right = width - 16;
    const bottom = kHeight - kBelow;
    const ends = points.flatMap(({ effect: { value, low, high } }) => [
      low ?? value ?? 0,
      high ?? value ?? 0,
    ]);
    const y = roundScale(Math.min(0, ...ends), Math.max(0, ...ends), bottom, kAbove, 5);
    const pieces = width < kNarrow ? 4 : 8;
    const x = roundScale(0, Math.max(0.01, ...points.map((point) => point.across)), left, right, pieces);
    const font = `13px ${palette.sans}`;

    const shapes: Shape[] = [
      ...y.ticks.flatMap((tick) => [
        lineShape(left, y(tick), right, y(tick), tick === 0 ? palette.mark : palette.line),
        textShape(format.plain(tick * 100), left - 8, y(tick), palette.soft, palette, { right: true }),
      ]),
      ...x.ticks.map((tick, index) =>
        textShape(format.roundPercent(tick), x(tick), bottom + 18, palette.soft, palette, {
          ...(index === x.ticks.length - 1 ? { right: true } : { centre: true }),
        }),
      ),
      textShape(across, right, bottom + 38, palette.soft, palette, { right: true }),
    ];
    const lines = points.map(({ across: share, effect: { value, low, high } }): Box => ({
      left: x(share) - 3,
      right: x(share) + 3,
      top: y(high ?? value ?? 0) - 4,
      bottom: y(low ?? value ?? 0) + 4,
    }));
    const names: Box[] = [];
    const spots = points.map((point, index): Spot => {
      const { value, low, high } = point.effect;
      const at = { x: x(point.across), y: y(value ?? 0) };
      const colour = toneColour(palette, point.tone);
      const end = (to: number | null) => ({ x: at.x, y: y(to ?? value ?? 0) });
      shapes.push(...intervalShapes(end(low), end(high), at, colour, palette.paper));
      const others = lines.filter((_, other) => other !== index);
      const long = widthOf(point.name, font);
      const name = placeName(long, at, lines[index]!, [...others, ...names], { left, right });
      names.push(name);
      shapes.push(textShape(point.name, name.left, name.top + kLine / 2, palette.ink, palette));
      return {
        x: at.x - kReach,
        y: at.y - kReach,
        width: 2 * kReach,
        height: 2 * kReach,
        at,
        lines: point.lines,
      };
    });
    return { height: kHeight, shapes, spots };
  };
}

/** Right of its dot, left of it, above its interval or below: the first place where it touches nothing. */
function placeName(
  long: number,
  at: { x: number; y: number },
  line: Box,
  taken: Box[],
  edge: { left: number; right: number },
): Box {
  const box = (left: number, middle: number): Box => ({
    left,
    right: left + long,
    top: middle - kLine / 2,
    bottom: middle + kLine / 2,
  });
  const centred = Math.max(edge.left, Math.min(at.x - long / 2, edge.right - long));
  const places = [
    box(at.x + 12, at.y),
    box(at.x - 12 - long, at.y),
    box(centred, line.top - kLine / 2),
    box(centred, line.bottom + kLine / 2),
  ];
  const touches = (a: Box, b: Box) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const free = (place: Box) =>
    place.left >= edge.left && place.right <= edge.right && !taken.some((other) => touches(place, other));
  return places.find(free) ?? places[2]!;
}
