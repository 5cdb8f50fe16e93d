// Rows with an interval each, on one axis: published ranges, parts of a breakdown, variants, triggers. In: rows in words and
// numbers. Out: a drawing. Wide, the row's name stands on the left and its reading on the right; narrow, both stand in
// the row, above the marks.
import type { Estimate } from '../../../wasm/api';
import type { Tone } from '../findings';
import * as format from '../format';
import {
  bandShapes,
  ceilingShape,
  intervalShapes,
  lineShape,
  textShape,
  toneColour,
  type Drawing,
  type Palette,
  type Shape,
  type Spot,
} from './marks';
import { roundScale, widthOf, type Scale } from './scale';

export interface ChartRow {
  label: string;
  /** Under the name, smaller. */
  note: string;
  estimate: Estimate;
  tone: Tone;
  /** No cause may be read from it. */
  hollow?: boolean;
  /** A published range; without an upper end it is open. */
  band?: { low: number; high: number | null };
  /** The most that can be reached. */
  ceiling?: number | null;
  /** A figure beside the marks, such as the published range. */
  figure: string;
  reading: string;
  /** The reading where there is little room, if it is another. */
  shortReading?: string;
  /** What the row's tooltip says, and what arrow keys read: lines. */
  lines?: string[];
}

export interface RowsStyle {
  /** A rule at zero: effects have a sign. */
  zero: boolean;
  /** Where the axis ends at least. */
  to?: number;
}

const kNarrow = 720;
const kRowWide = 56;
const kRowNarrow = 78;
const kAxis = 40;
const kLeft = 330;
const kRight = 240;
/** How far an open range is drawn at least. */
const kOpenRoom = 0.1;

export function drawRows(rows: ChartRow[], style: RowsStyle): Drawing {
  return (width, palette) => {
    const narrow = width < kNarrow;
    const rowHeight = narrow ? kRowNarrow : kRowWide;
    const bottom = rows.length * rowHeight;
    const left = narrow ? 16 : kLeft;
    const right = narrow ? width - 16 : width - kRight;
    const ends = rows.flatMap(({ band, estimate, ceiling }) => [
      band?.low ?? 0,
      band ? (band.high ?? band.low + kOpenRoom) : 0,
      estimate.low ?? 0,
      estimate.high ?? 0,
      ceiling ?? 0,
    ]);
    const pieces = narrow ? 4 : 6;
    const x = roundScale(Math.min(0, ...ends), Math.max(style.to ?? 0, ...ends), left, right, pieces);

    const shapes: Shape[] = x.ticks.map((tick) =>
      textShape(format.plain(tick * 100, 1), x(tick), bottom + kAxis / 2, palette.soft, palette, {
        centre: true,
      }),
    );
    if (!narrow) shapes.push(...x.ticks.map((tick) => lineShape(x(tick), 0, x(tick), bottom, palette.line)));
    const spots: Spot[] = [];
    rows.forEach((row, index) => {
      const top = index * rowHeight;
      const place = { top, rowHeight, narrow, width, left, right };
      shapes.push(...rowShapes(row, style, x, place, palette));
      const { value } = row.estimate;
      const middle = narrow ? top + 57 : top + rowHeight / 2;
      spots.push({
        x: 0,
        y: top,
        width,
        height: rowHeight,
        at: { x: x(value ?? row.band?.low ?? 0), y: middle },
        lines: row.lines ?? [],
      });
    });
    return { height: bottom + kAxis, shapes, spots };
  };
}

interface Place {
  top: number;
  rowHeight: number;
  narrow: boolean;
  width: number;
  left: number;
  right: number;
}

function rowShapes(row: ChartRow, style: RowsStyle, x: Scale, place: Place, palette: Palette): Shape[] {
  const { top, rowHeight, narrow, width, right } = place;
  const middle = top + rowHeight / 2;
  const markTop = narrow ? top + 48 : top + 14;
  const markHeight = narrow ? 18 : rowHeight - 28;
  const markMiddle = markTop + markHeight / 2;
  const shapes: Shape[] = [lineShape(0, top + rowHeight, width, top + rowHeight, palette.line)];
  if (row.band) {
    const { low, high } = row.band;
    const end = high === null ? right : x(high);
    shapes.push(...bandShapes(x(low), end, markTop, markHeight, high === null, palette));
  }
  if (style.zero) {
    shapes.push(lineShape(x(0), narrow ? markTop - 4 : top, x(0), top + rowHeight, palette.mark));
  }
  if (row.ceiling != null && x(row.ceiling) <= right) {
    shapes.push(ceilingShape(x(row.ceiling), markTop - 6, markTop + markHeight + 6, palette));
  }
  const { value, low, high } = row.estimate;
  if (value !== null) {
    shapes.push(
      ...intervalShapes(
        { x: x(low ?? value), y: markMiddle },
        { x: x(high ?? value), y: markMiddle },
        { x: x(value), y: markMiddle },
        toneColour(palette, row.tone),
        palette.paper,
        row.hollow,
      ),
    );
  }
  const say = (content: string, at: number, y: number, side = false, room?: number, small = false) => {
    if (!content) return;
    const colour = small ? palette.soft : palette.ink;
    const lines = content === row.reading ? 2 : 1;
    shapes.push(
      textShape(content, at, y, colour, palette, { size: small ? 13 : 15, right: side, room, lines }),
    );
  };
  if (narrow) {
    say(row.label, 0, top + 14, false, width - 70);
    say(row.figure, width, top + 14, true);
    const reading = row.shortReading ?? row.reading;
    const beside = widthOf(reading, `13px ${palette.sans}`) + 16;
    say(row.note, 0, top + 34, false, width - beside, true);
    say(reading, width, top + 34, true, undefined, true);
  } else {
    say(row.label, 0, row.note ? middle - 9 : middle, false, kLeft - 12);
    say(row.note, 0, middle + 10, false, kLeft - 12, true);
    say(row.figure, right + 82, middle, true);
    say(row.reading, right + 100, middle, false, kRight - 100, true);
  }
  return shapes;
}
