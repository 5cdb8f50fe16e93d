// Published ranges with the team's own value, a row each. In: benchmark rows of one metric. Out: an ECharts option. Wide, the
// row's name stands on the left and the reading on the right; narrow, both stand in the row, above the marks.
import type { CustomSeriesRenderItem } from 'echarts';
import type { Benchmark } from '../../../wasm/api';
import { rangeText, toneOfEffect, type Tone } from '../findings';
import * as format from '../format';
import { wordFor, words } from '../words';
import type { ChartOption } from './echarts';
import {
  bandShapes,
  ceilingShape,
  intervalShapes,
  toneColour,
  tooltipStyle,
  type Palette,
  type Shape,
} from './marks';

const kNarrow = 680;
const kRowWide = 56;
const kRowNarrow = 78;
const kAxis = 40;
const kLeft = 312;
const kRight = 250;
/** How far an open range is drawn at least. */
const kOpenRoom = 0.1;
const kStep = 0.1;

export function benchmarkHeight(rows: number, width: number): number {
  return rows * (width < kNarrow ? kRowNarrow : kRowWide) + kAxis;
}

/** Who published the range, and what they do not say about it. */
export function provenance(row: Benchmark): string {
  const site = row.source.replace(/[/ ].*$/, '').replace(/^www\./, '');
  const from = `${site}, ${words.benchmarks.provenance}`;
  return row.metric === 'claimed_success' ? `${wordFor(words.axes, row.axis)} · ${from}` : from;
}

export function benchmarkValue(row: Benchmark): string {
  return row.estimate.value === null ? '' : format.per100(row.estimate.value, row.n);
}

export function benchmarkReading(row: Benchmark): string {
  return wordFor(words.benchmarks.verdicts, row.verdict);
}

/** Only a measured effect has a tone; what the team counts by itself is a figure like others. */
function toneOf(row: Benchmark): Tone {
  const measured = row.metric === 'prevented_contact_rate' && row.metric_id !== 'M03P';
  return measured ? toneOfEffect(row.estimate) : 'plain';
}

export function benchmarkPointText(row: Benchmark): string[] {
  const lines = [row.label, `${words.benchmarks.table[2]}: ${rangeText(row)}`];
  if (row.estimate.value !== null) {
    const range = format.interval(row.estimate, 'points', row.n);
    lines.push(`${words.benchmarks.table[3]}: ${benchmarkValue(row)}${range ? ` (${range})` : ''}`);
  }
  if (row.ceiling !== null) lines.push(words.benchmarks.ceiling(format.per100(row.ceiling)));
  lines.push(benchmarkReading(row));
  return lines;
}

/** The axis ends at a round number beyond everything that is drawn. */
function roundEnd(share: number, room = kStep / 10): number {
  const step = share > 1 ? 5 * kStep : kStep;
  return Math.ceil((share + room) / step) * step;
}

export function benchmarkOption(rows: Benchmark[], width: number, palette: Palette): ChartOption {
  const narrow = width < kNarrow;
  const ends = rows.flatMap((row) => [
    row.low,
    row.high ?? row.low + kOpenRoom,
    row.estimate.low ?? 0,
    row.estimate.high ?? 0,
    row.ceiling ?? 0,
  ]);
  const left = narrow ? 2 : kLeft;
  const right = narrow ? 10 : kRight;

  const text = (
    content: string,
    x: number,
    y: number,
    colour: string,
    size = 15,
    strong = false,
    align: 'left' | 'right' = 'left',
    room?: number,
  ): Shape => ({
    type: 'text',
    style: {
      text: content,
      x,
      y,
      fill: colour,
      font: `${strong ? 600 : 400} ${size}px ${palette.sans}`,
      align,
      verticalAlign: 'middle',
      ...(room === undefined ? {} : { width: room, overflow: 'break' as const, lineHeight: size + 4 }),
    },
  });

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
    const open = row.high === null;

    const shapes: Shape[] = [
      {
        type: 'line',
        shape: { x1: 0, y1: top + height, x2: width, y2: top + height },
        style: { stroke: palette.line, lineWidth: 1 },
      },
      ...bandShapes(
        x(row.low),
        open ? area.x + area.width : x(row.high ?? 0),
        markTop,
        markHeight,
        open,
        palette,
      ),
    ];
    if (row.ceiling !== null && x(row.ceiling) <= area.x + area.width) {
      shapes.push(ceilingShape(x(row.ceiling), markTop - 6, markTop + markHeight + 6, palette));
    }
    const { value, low, high } = row.estimate;
    if (value !== null) {
      shapes.push(
        ...intervalShapes(
          { x: x(low ?? value), y: markMiddle },
          { x: x(high ?? value), y: markMiddle },
          { x: x(value), y: markMiddle },
          toneColour(palette, toneOf(row)),
          palette.paper,
        ),
      );
    }
    const reading = benchmarkReading(row);
    if (narrow) {
      shapes.push(
        text(row.label, 0, top + 14, palette.ink, 15, false, 'left', width - 70),
        text(rangeText(row), width, top + 14, palette.ink, 15, false, 'right'),
        text(provenance(row), 0, top + 34, palette.soft, 13),
        text(
          words.benchmarks.shortVerdicts[row.verdict] ?? reading,
          width,
          top + 34,
          palette.soft,
          13,
          false,
          'right',
        ),
      );
    } else {
      shapes.push(
        text(row.label, 0, middle - 9, palette.ink, 15),
        text(provenance(row), 0, middle + 10, palette.soft, 13),
        text(rangeText(row), area.x + area.width + 82, middle, palette.ink, 15, false, 'right'),
        text(reading, area.x + area.width + 100, middle, palette.soft, 13, false, 'left', kRight - 100),
      );
    }
    return { type: 'group', children: shapes };
  };

  return {
    animation: false,
    aria: { enabled: false },
    grid: { left, right, top: 0, bottom: kAxis },
    tooltip: {
      trigger: 'item',
      ...tooltipStyle(palette),
      formatter: (params: unknown) => {
        const row = rows[(params as { dataIndex?: number }).dataIndex ?? -1];
        return row ? benchmarkPointText(row).join('\n') : '';
      },
    },
    xAxis: {
      type: 'value',
      min: -roundEnd(-Math.min(0, ...ends), 0),
      max: roundEnd(Math.max(...ends)),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        color: palette.soft,
        fontFamily: palette.sans,
        fontSize: 13,
        hideOverlap: true,
        formatter: (share: number) => format.plain(share * 100, 0),
      },
      splitLine: { show: !narrow, lineStyle: { color: palette.line } },
    },
    yAxis: { type: 'category', inverse: true, show: false, data: rows.map((row) => row.id) },
    series: [
      {
        type: 'custom',
        data: rows.map((row, index) => [index, row.low]),
        encode: { x: 1, y: 0 },
        renderItem: drawRow,
        clip: false,
      },
    ],
  };
}
