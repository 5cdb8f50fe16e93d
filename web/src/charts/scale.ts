// From numbers to pixels: scales, round ticks, which labels have room. In: domains and lengths. Out: functions and places.
export interface Scale {
  (value: number): number;
  domain: [number, number];
  ticks: number[];
}

const kSteps = [1, 2, 2.5, 5, 10];

/** The round step that cuts a span into about so many pieces. */
export function roundStep(span: number, pieces: number): number {
  const rough = span / Math.max(pieces, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  return (kSteps.find((step) => step * power >= rough * 0.999) ?? 10) * power;
}

/** A scale whose ends are round numbers at or beyond those given; ticks at every step. */
export function roundScale(low: number, high: number, from: number, to: number, pieces: number): Scale {
  const step = roundStep(high - low || 1, pieces);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, at) =>
    Number(((first + at) * step).toPrecision(12)),
  );
  const domain: [number, number] = [ticks[0]!, ticks.at(-1)!];
  const scale = (value: number) => from + ((value - domain[0]) / (domain[1] - domain[0])) * (to - from);
  return Object.assign(scale, { domain, ticks });
}

let ruler: CanvasRenderingContext2D | null = null;

/** How wide a text is, in pixels. */
export function widthOf(text: string, font: string): number {
  ruler ??= document.createElement('canvas').getContext('2d');
  if (!ruler) return text.length * 7;
  ruler.font = font;
  return ruler.measureText(text).width;
}

/** Every how many labels one is written so that none touches the next. */
export function everyLabel(widths: number[], step: number, gap = 8): number {
  const widest = Math.max(0, ...widths) + gap;
  return Math.max(1, Math.ceil(widest / step));
}
