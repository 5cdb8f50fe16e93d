// Counts as bars, one a row. In: names and counts. Out: a drawing: the name, the bar from zero, the count at its end.
import * as format from '../format';
import { textShape, type Drawing, type Shape, type Spot } from './marks';
import { widthOf } from './scale';

export interface Bar {
  name: string;
  count: number;
}

const kRow = 34;
const kThick = 14;

export function drawBars(bars: Bar[]): Drawing {
  return (width, palette) => {
    const font = `13px ${palette.sans}`;
    const said = ({ count }: Bar) => format.count(count);
    const widest = (texts: string[]) => Math.max(0, ...texts.map((text) => widthOf(text, font)));
    const left = widest(bars.map(({ name }) => name)) + 16;
    const right = width - widest(bars.map(said)) - 16;
    const most = Math.max(1, ...bars.map(({ count }) => count));
    const shapes: Shape[] = [];
    const spots = bars.map((bar, at): Spot => {
      const middle = at * kRow + kRow / 2;
      const end = left + (Math.max(0, bar.count) / most) * (right - left);
      shapes.push(
        textShape(bar.name, left - 12, middle, palette.ink, palette, { right: true }),
        {
          type: 'rect',
          shape: { x: left, y: middle - kThick / 2, width: Math.max(1, end - left), height: kThick, r: 2 },
          style: { fill: palette.soft },
        },
        textShape(said(bar), end + 8, middle, palette.soft, palette),
      );
      return {
        x: 0,
        y: at * kRow,
        width,
        height: kRow,
        at: { x: end, y: middle },
        lines: [bar.name, said(bar)],
      };
    });
    return { height: bars.length * kRow, shapes, spots };
  };
}
