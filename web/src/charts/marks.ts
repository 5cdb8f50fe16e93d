// The four marks, the same in every chart and table: interval = line with a dot, published range = pale band with
// edges, ceiling = dashed line, zero = thin rule; and what every chart is made of. In: pixels and colours. Out: shapes for an
// ECharts custom series.
import type { CustomSeriesRenderItemReturn } from 'echarts';
import type { Tone } from '../findings';

export type Shape = Exclude<CustomSeriesRenderItemReturn, null | undefined | void>;

export interface Palette {
  paper: string;
  ink: string;
  soft: string;
  line: string;
  mark: string;
  good: string;
  bad: string;
  band: string;
  card: string;
  sans: string;
  serif: string;
}

/** Colours as the style sheet has them now: the charts follow the theme without a list of their own. */
export function readPalette(host: Element): Palette {
  const style = getComputedStyle(host);
  // Single quotes: ECharts writes font names into attributes as they are.
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim().replaceAll('"', "'");
  return {
    paper: token('paper'),
    ink: token('ink'),
    soft: token('soft'),
    line: token('line'),
    mark: token('mark'),
    good: token('accent'),
    bad: token('bad'),
    band: token('band'),
    card: token('card'),
    sans: token('sans'),
    serif: token('serif'),
  };
}

export function toneColour(palette: Palette, tone: Tone): string {
  return { good: palette.good, bad: palette.bad, grey: palette.mark, plain: palette.soft }[tone];
}

interface Place {
  x: number;
  y: number;
}

/** An interval between two points, with a dot at its value; `ring` separates the dot from what lies beneath. */
export function intervalShapes(
  from: Place,
  to: Place,
  at: Place,
  colour: string,
  ring: string,
  hollow = false,
  radius = 4.5,
): Shape[] {
  return [
    {
      type: 'line',
      shape: { x1: from.x, y1: from.y, x2: to.x, y2: to.y },
      style: { stroke: colour, lineWidth: 2.5, lineCap: 'round', fill: 'none' },
    },
    {
      type: 'circle',
      shape: { cx: at.x, cy: at.y, r: radius + 2 },
      style: { fill: ring },
    },
    {
      type: 'circle',
      shape: { cx: at.x, cy: at.y, r: radius },
      style: hollow
        ? { fill: ring, stroke: colour, lineWidth: 2 }
        : { fill: colour, stroke: colour, lineWidth: 0 },
    },
  ];
}

/** A published range; an open one has no right edge. */
export function bandShapes(
  left: number,
  right: number,
  top: number,
  height: number,
  open: boolean,
  palette: Palette,
): Shape[] {
  const edge = (x: number): Shape => ({
    type: 'line',
    shape: { x1: x, y1: top, x2: x, y2: top + height },
    style: { stroke: palette.mark, lineWidth: 1, fill: 'none' },
  });
  return [
    {
      type: 'rect',
      shape: { x: left, y: top, width: Math.max(right - left, 1), height },
      style: { fill: palette.band },
    },
    edge(left),
    ...(open ? [] : [edge(right)]),
  ];
}

export function ceilingShape(x: number, top: number, bottom: number, palette: Palette): Shape {
  return {
    type: 'line',
    shape: { x1: x, y1: top, x2: x, y2: bottom },
    style: { stroke: palette.soft, lineWidth: 1.5, lineDash: [4, 3], fill: 'none' },
  };
}

/** Diagonal lines over a stretch that is not complete. */
export function hatchShape(
  left: number,
  top: number,
  width: number,
  height: number,
  palette: Palette,
): Shape {
  const gap = 8;
  const lines: Shape[] = [];
  for (let x = -height; x < width; x += gap) {
    lines.push({
      type: 'line',
      shape: { x1: left + x, y1: top + height, x2: left + x + height, y2: top },
      style: { stroke: palette.line, lineWidth: 1.5, fill: 'none' },
    });
  }
  return {
    type: 'group',
    children: lines,
    clipPath: { type: 'rect', shape: { x: left, y: top, width, height } },
  };
}

/** A text beside the marks, its middle at `y`; where it has a room, it is cut off there, or goes on below. */
export function textShape(
  text: string,
  x: number,
  y: number,
  fill: string,
  palette: Palette,
  {
    size = 13,
    right = false,
    centre = false,
    room,
    lines = 1,
  }: { size?: number; right?: boolean; centre?: boolean; room?: number | undefined; lines?: number } = {},
): Shape {
  return {
    type: 'text',
    style: {
      text,
      x,
      y,
      fill,
      font: `400 ${size}px ${palette.sans}`,
      align: right ? 'right' : centre ? 'center' : 'left',
      verticalAlign: 'middle',
      ...(room === undefined
        ? {}
        : {
            width: room,
            overflow: lines > 1 ? ('break' as const) : ('truncate' as const),
            lineHeight: size + 4,
          }),
    },
  };
}

export function lineShape(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  stroke: string,
  lineWidth = 1,
): Shape {
  return { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke, lineWidth, fill: 'none' } };
}

/** A place that has something to say when it is pointed at, and where it says it. */
export interface Spot {
  x: number;
  y: number;
  width: number;
  height: number;
  at: { x: number; y: number };
  lines: string[];
}

export interface Picture {
  height: number;
  shapes: Shape[];
  /** In the order of the data: arrow keys go from one to the next. */
  spots: Spot[];
}

/** A chart: how it is drawn at a width. */
export type Drawing = (width: number, palette: Palette) => Picture;
