// Rows with an interval each, on one axis: published ranges, parts of a breakdown, variants, triggers. In: rows in words and
// numbers. Out: an ECharts option. Wide, the row's name stands on the left and its reading on the right; narrow, both stand in
// the row, above the marks.
import type { CustomSeriesRenderItem } from 'echarts';
import type { Estimate } from '../../../wasm/api';
import type { Tone } from '../findings';
import * as format from '../format';
import type { ChartOption } from './echarts';
import {
  axisLabel,
  bandShapes,
  ceilingShape,
  intervalShapes,
  textShape,
  toneColour,
  tooltipStyle,
  type Palette,
  type Shape,
} from './marks';

export interface ChartRow {
  label: string;
  /** Under the name, smaller. */
  note: string;
  estimate: Estimate;
  tone: Tone;
  /** A published range; without an upper end it is open. */
  band?: { low: number; high: number | null };
  /** The most that can be reached. */
  ceiling?: number | null;
  /** A figure beside the marks, such as the published range. */
  figure: string;
  reading: string;
  /** The reading where there is little room. */
  shortReading: string;
  /** What the row's tooltip says, and what arrow keys read: lines. */
  lines: string[];
}

export interface RowsStyle {
  /** A rule at zero: effects have a sign. */
  zero: boolean;
  /** Where the axis begins and ends at least. */
  from?: number;
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
const kStep = 0.1;

export function rowsHeight(rows: number, width: number): number {
  return rows * (width < kNarrow ? kRowNarrow : kRowWide) + kAxis;
}

/** The axis ends at a round number beyond everything that is drawn. */
function roundEnd(share: number, room: number): number {
  const step = share > 1 ? 5 * kStep : share > kStep ? kStep : kStep / 5;
  return Math.ceil((share + room) / step) * step;
}

export function rowsOption(rows: ChartRow[], style: RowsStyle, width: number, palette: Palette): ChartOption {
  const narrow = width < kNarrow;
  const ends = rows.flatMap(({ band, estimate, ceiling }) => [
    band?.low ?? 0,
    band ? (band.high ?? band.low + kOpenRoom) : 0,
    estimate.low ?? 0,
    estimate.high ?? 0,
    ceiling ?? 0,
  ]);
  const lowest = Math.min(style.from ?? 0, ...ends);
  const highest = Math.max(style.to ?? 0, ...ends);

  const drawRow: CustomSeriesRenderItem = (params, api) => {
    const row = rows[api.value(0) as number];
    if (!row) return null;
    const area = params.coordSys as unknown as { x: number; y: number; width: number; height: number };
    const [, middle = 0] = api.coord([0, api.value(0)]);
    const height = narrow ? kRowNarrow : kRowWide;
    const top = middle - height / 2;
    const x = (share: number) => api.coord([share, api.value(0)])[0] ?? 0;
    const markTop = narrow ? top + 48 : top + 14;
    const markHeight = narrow ? 18 : height - 28;
    const markMiddle = markTop + markHeight / 2;
    const end = area.x + area.width;

    const shapes: Shape[] = [
      {
        type: 'line',
        shape: { x1: 0, y1: top + height, x2: width, y2: top + height },
        style: { stroke: palette.line, lineWidth: 1 },
      },
    ];
    if (row.band) {
      const { low, high } = row.band;
      const right = high === null ? end : x(high);
      shapes.push(...bandShapes(x(low), right, markTop, markHeight, high === null, palette));
    }
    if (style.zero) {
      shapes.push({
        type: 'line',
        shape: { x1: x(0), y1: narrow ? markTop - 4 : top, x2: x(0), y2: top + height },
        style: { stroke: palette.mark, lineWidth: 1 },
      });
    }
    if (row.ceiling != null && x(row.ceiling) <= end) {
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
        ),
      );
    }
    const say = (content: string, at: number, y: number, right = false, room?: number, small = false) => {
      if (!content) return;
      const colour = small ? palette.soft : palette.ink;
      const style = { size: small ? 13 : 15, right, room, lines: content === row.reading ? 2 : 1 };
      shapes.push(textShape(content, at, y, colour, palette, style));
    };
    if (narrow) {
      say(row.label, 0, top + 14, false, width - 70);
      say(row.figure, width, top + 14, true);
      say(row.note, 0, top + 34, false, width * 0.55, true);
      say(row.shortReading, width, top + 34, true, undefined, true);
    } else {
      say(row.label, 0, row.note ? middle - 9 : middle, false, kLeft - 12);
      say(row.note, 0, middle + 10, false, kLeft - 12, true);
      say(row.figure, end + 82, middle, true);
      say(row.reading, end + 100, middle, false, kRight - 100, true);
    }
    return { type: 'group', children: shapes };
  };

  return {
    animation: false,
    grid: { left: narrow ? 2 : kLeft, right: narrow ? 10 : kRight, top: 0, bottom: kAxis },
    tooltip: {
      trigger: 'item',
      ...tooltipStyle(palette),
      formatter: (params: unknown) =>
        (rows[(params as { dataIndex?: number }).dataIndex ?? -1]?.lines ?? []).join('\n'),
    },
    xAxis: {
      type: 'value',
      min: lowest < 0 ? -roundEnd(-lowest, 0) : 0,
      max: roundEnd(highest, highest > kStep ? kStep / 10 : 0),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        ...axisLabel(palette),
        hideOverlap: true,
        formatter: (share: number) => format.plain(share * 100, 1),
      },
      splitLine: { show: !narrow, lineStyle: { color: palette.line } },
    },
    yAxis: { type: 'category', inverse: true, show: false, data: rows.map((_, index) => String(index)) },
    series: [
      {
        type: 'custom',
        data: rows.map((row, index) => [index, row.band?.low ?? 0]),
        encode: { x: 1, y: 0 },
        renderItem: drawRow,
        clip: false,
      },
    ],
  };
}
