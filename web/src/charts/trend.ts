// The trend as a chart: one mark a period, grey where it cannot be told from no effect, hatched where it is not complete.
// In: the points of a series and what to draw of them. Out: an ECharts option.
import type { CustomSeriesRenderItem } from 'echarts';
import type { Point } from '../../../wasm/api';
import { pointEstimate, toneOfEffect } from '../findings';
import * as format from '../format';
import type { Period } from '../format';
import type { TrendMetric } from '../state';
import { words } from '../words';
import type { ChartOption } from './echarts';
import { axisLabel, hatchShape, intervalShapes, toneColour, tooltipStyle, type Palette } from './marks';

const kNarrow = 560;
const kManyPoints = 26;
const kAll = { x: 0, y: [1, 2, 3] };

export function trendUnit(metric: TrendMetric): format.NumberKind {
  return { effect: 'points', no_contact: 'share', contacts: 'count' }[metric] as format.NumberKind;
}

/** "January 2026: 9.8 (6.8 to 12.9)" and what stands behind it, in lines. */
export function trendPointText(point: Point, metric: TrendMetric, length: Period): string[] {
  const estimate = pointEstimate(point, metric);
  const unit = trendUnit(metric);
  const lines = [format.sentenceCase(format.period(point.start, length))];
  if (estimate.value === null) {
    lines.push(words.trend.empty);
  } else {
    const range = format.interval(estimate, unit);
    lines.push(
      `${words.trend.metrics[metric]}: ${format.value(estimate.value, unit)}${range ? ` (${range})` : ''}`,
    );
  }
  if (!point.complete) lines.push(words.trend.incompleteWord);
  return lines;
}

export function trendOption(
  points: Point[],
  metric: TrendMetric,
  length: Period,
  width: number,
  palette: Palette,
): ChartOption {
  const unit = trendUnit(metric);
  const narrow = width < kNarrow;
  const years = points.map(
    (point, index) => index === 0 || point.start.slice(0, 4) !== points[index - 1]?.start.slice(0, 4),
  );
  const estimates = points.map((point) => pointEstimate(point, metric));
  const radius = points.length > kManyPoints || narrow ? 3 : 4.5;

  const hatch: CustomSeriesRenderItem = (params, api) => {
    const index = api.value(0) as number;
    if (points[index]?.complete !== false) return null;
    const [x = 0] = api.coord([index, 0]);
    const step = (api.size?.([1, 0]) as number[])[0] ?? 0;
    const area = params.coordSys as unknown as { x: number; y: number; width: number; height: number };
    const left = Math.max(x - step / 2, area.x);
    const right = Math.min(x + step / 2, area.x + area.width);
    return hatchShape(left, area.y, right - left, area.height, palette);
  };

  const mark: CustomSeriesRenderItem = (_params, api) => {
    const index = api.value(0) as number;
    const estimate = estimates[index];
    if (estimate?.value == null) return null;
    const at = (value: number) => {
      const [x = 0, y = 0] = api.coord([index, value]);
      return { x, y };
    };
    const tone = metric === 'effect' ? toneOfEffect(estimate) : 'plain';
    const hollow = points[index]?.complete === false;
    return {
      type: 'group',
      children: intervalShapes(
        at(estimate.low ?? estimate.value),
        at(estimate.high ?? estimate.value),
        at(estimate.value),
        toneColour(palette, tone),
        palette.paper,
        hollow,
        radius,
      ),
    };
  };

  /** The values joined by a thin line, broken where there is none. */
  const joined: CustomSeriesRenderItem = (params, api) => {
    if (params.dataIndex !== 0) return null;
    const stretches: number[][][] = [[]];
    estimates.forEach(({ value }, index) => {
      if (value === null) stretches.push([]);
      else stretches.at(-1)!.push(api.coord([index, value]));
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
  };

  // Value and ends take part in the scale of the axis.
  const data = estimates.map(({ value, low, high }, index) => [index, value, low ?? value, high ?? value]);
  return {
    animation: false,
    grid: { left: narrow ? 34 : 44, right: narrow ? 4 : 12, top: 16, bottom: 44, containLabel: false },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'line', lineStyle: { color: palette.mark, width: 1, type: 'solid' } },
      ...tooltipStyle(palette),
      formatter: (params: unknown) => {
        const first = (Array.isArray(params) ? params[0] : params) as { dataIndex?: number } | undefined;
        const point = points[first?.dataIndex ?? -1];
        return point ? trendPointText(point, metric, length).join('\n') : '';
      },
    },
    xAxis: {
      type: 'category',
      data: points.map((point) => point.start),
      boundaryGap: true,
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
      axisLabel: {
        ...axisLabel(palette),
        hideOverlap: true,
        lineHeight: 17,
        formatter: (start: string, index: number) => format.shortPeriod(start, length, years[index] ?? false),
      },
    },
    yAxis: {
      type: 'value',
      scale: metric === 'no_contact',
      // Zero is in sight except for silence, whose changes happen far from it.
      splitNumber: 4,
      axisLabel: {
        ...axisLabel(palette),
        formatter: (value: number) =>
          unit === 'share'
            ? format.roundPercent(value)
            : unit === 'points'
              ? format.plain(value * 100)
              : format.count(value),
      },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      {
        type: 'custom',
        silent: true,
        z: 1,
        data: points.map((_, index) => [index, 0]),
        renderItem: hatch,
        encode: { x: 0, y: -1 },
        tooltip: { show: false },
      },
      {
        // The zero rule.
        type: 'custom',
        silent: true,
        z: 2,
        data: [[0, 0]],
        encode: { x: 0, y: 1 },
        tooltip: { show: false },
        renderItem: (params, api) => {
          if (metric !== 'effect') return null;
          const [, y = 0] = api.coord([0, 0]);
          const area = params.coordSys as unknown as { x: number; width: number };
          return {
            type: 'line',
            shape: { x1: area.x, y1: y, x2: area.x + area.width, y2: y },
            style: { stroke: palette.mark, lineWidth: 1 },
          };
        },
      },
      { type: 'custom', z: 3, silent: true, data, encode: kAll, renderItem: joined },
      {
        type: 'custom',
        z: 4,
        silent: true,
        data: points.map((_, index) => [index, 0]),
        encode: { x: 0, y: -1 },
        renderItem: mark,
        tooltip: { show: false },
      },
    ],
  };
}
