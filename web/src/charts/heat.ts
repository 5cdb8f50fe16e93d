// A week by the hour as a heat map. In: a value for each weekday and hour, in words too. Out: a drawing: hours across and weekdays
// down; on a narrow page the other way round. The number stands in its cell where there is room; a frame marks what is clear.
import type { Tone } from '../findings';
import * as format from '../format';
import { textShape, toneColour, type Drawing, type Palette, type Shape, type Spot } from './marks';
import { widthOf } from './scale';

export interface HeatCell {
  /** 0 = Monday. */
  weekday: number;
  hour: number;
  /** How strong its colour is, from 0 to 1; null = nothing to show. */
  strength: number | null;
  tone: Tone;
  /** Its interval does not hold zero. */
  clear: boolean;
  figure: string;
  lines: string[];
}

const kNarrow = 720;
const kDays = 7;
const kHours = 24;
const kGap = 2;
const kCellWide = 34;
const kCellNarrow = 24;
const kAbove = 22;

export function drawHeat(cells: HeatCell[]): Drawing {
  return (width, palette) => {
    const tall = width < kNarrow; // weekdays across
    const left = tall ? 48 : 44;
    const [across, down] = tall ? [kDays, kHours] : [kHours, kDays];
    const step = { x: (width - left) / across, y: tall ? kCellNarrow : kCellWide };
    const height = kAbove + down * step.y + 4;
    const boxOf = (column: number, row: number): Box => ({
      x: left + column * step.x,
      y: kAbove + row * step.y,
      width: step.x - kGap,
      height: step.y - kGap,
    });
    const shapes: Shape[] = labels(tall, left, step, palette);
    for (let at = 0; at < across * down; at += 1) {
      shapes.push({
        type: 'rect',
        shape: { ...boxOf(at % across, Math.floor(at / across)), r: 2 },
        style: { fill: palette.line, opacity: 0.45 },
      });
    }
    const spots = cells.map((cell): Spot => {
      const box = tall ? boxOf(cell.weekday, cell.hour) : boxOf(cell.hour, cell.weekday);
      shapes.push(...cellShapes(cell, box, palette));
      const at = { x: box.x + box.width / 2, y: box.y + box.height };
      return { ...box, at, lines: cell.lines };
    });
    return { height, shapes, spots };
  };
}

function labels(tall: boolean, left: number, step: { x: number; y: number }, palette: Palette): Shape[] {
  const days = Array.from({ length: kDays }, (_, day) => format.weekday(day, 'short'));
  const hours = Array.from({ length: kHours }, (_, hour) => format.hour(hour));
  const top = tall ? days : hours.map((name, hour) => (hour % 3 === 0 ? name : ''));
  const side = tall ? hours : days;
  const write = (name: string, x: number, y: number, right: boolean) =>
    textShape(name, x, y, palette.soft, palette, right ? { right: true } : { centre: true });
  return [
    ...top.map((name, at) => write(name, left + (at + 0.5) * step.x - kGap / 2, kAbove / 2 - 2, false)),
    ...side.map((name, at) => write(name, left - 8, kAbove + (at + 0.5) * step.y - kGap / 2, true)),
  ].filter((shape) => shape.type === 'text' && shape.style?.text !== '');
}

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

function cellShapes(cell: HeatCell, box: Box, palette: Palette): Shape[] {
  if (cell.strength === null) return [];
  const colour = toneColour(palette, cell.tone);
  const shapes: Shape[] = [
    { type: 'rect', shape: { ...box, r: 2 }, style: { fill: palette.paper } },
    {
      type: 'rect',
      shape: { ...box, r: 2 },
      // Never so strong that the ink of the figure could not be read on it.
      style: { fill: colour, opacity: 0.06 + 0.34 * cell.strength },
    },
  ];
  if (cell.clear) {
    shapes.push({
      type: 'rect',
      shape: { x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2, r: 2 },
      style: { fill: 'none', stroke: colour, lineWidth: 2 },
    });
  }
  const room = widthOf(cell.figure, `400 13px ${palette.sans}`) + 4 <= box.width;
  if (room && cell.figure) {
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    shapes.push(textShape(cell.figure, middle.x, middle.y, palette.ink, palette, { centre: true }));
  }
  return shapes;
}
