// The result over time: by week, month or quarter; incomplete periods hatched.
import { useCallback, useMemo } from 'preact/hooks';
import type { Point, Report } from '../../../wasm/api';
import { choose, choices, type TrendMetric } from '../state';
import type { Palette } from '../charts/marks';
import { trendOption, trendPointText, trendUnit } from '../charts/trend';
import { pointEstimate, trendMetrics, trendTitle } from '../findings';
import * as format from '../format';
import type { Period } from '../format';
import { words } from '../words';
import { ChartFigure, type NumbersTable } from './ChartFigure';
import { Choice } from './Choice';
import { Missing, Section } from './Section';

const periods: Period[] = ['week', 'month', 'quarter'];
const kHeight = 280;
/** The transparent line that carries the values; the tooltip follows it. */
const kTooltipSeries = 2;

export function Trend({ report }: { report: Report }) {
  const { period, trendMetric } = choices.value;
  const points = report.series[period];
  const metrics = useMemo(() => trendMetrics(points), [points]);
  const metric = trendMetric && metrics.includes(trendMetric) ? trendMetric : metrics[0];
  const option = useCallback(
    (width: number, palette: Palette) => trendOption(points, metric ?? 'contacts', period, width, palette),
    [points, metric, period],
  );
  const height = useCallback(() => kHeight, []);
  if (!metric) return <Missing id="trend" title={words.trend.titles.short} text={words.trend.noneYet} />;

  const title = trendTitle(points, metric, period);
  const level = format.roundPercent(report.settings.level);
  const lede = [
    words.trend.ledes[metric]!(level, period),
    points.some((point) => !point.complete) ? words.trend.incomplete : '',
  ].join(' ');
  const known = points.filter((point) => pointEstimate(point, metric).value !== null);
  const spoken = (point: Point | undefined) =>
    point ? trendPointText(point, metric, period).join(', ') : '';
  return (
    <Section
      id="trend"
      title={title}
      lede={lede}
      controls={
        <>
          {metrics.length > 1 && (
            <Choice
              label={words.trend.metricLabel}
              value={metric}
              options={metrics.map((name) => [name, words.trend.metrics[name]!])}
              onChange={(name) => choose({ trendMetric: name as TrendMetric })}
            />
          )}
          <Choice
            label={words.trend.periodLabel}
            value={period}
            options={periods.map((name) => [name, words.trend.periods[name]!])}
            onChange={(name) => choose({ period: name as Period })}
          />
        </>
      }
    >
      <ChartFigure
        name="trend"
        sentence={`${title}. ${words.trend.sentence(words.trend.metrics[metric]!, known.length, spoken(known[0]), spoken(known.at(-1)))}`}
        option={option}
        height={height}
        points={points.map(spoken)}
        tooltipSeries={kTooltipSeries}
        caption={title}
        table={trendTable(points, metric, period)}
      />
    </Section>
  );
}

function trendTable(points: Point[], metric: TrendMetric, period: Period): NumbersTable {
  const unit = trendUnit(metric);
  const head = words.trend.table[metric]!;
  const cells = (point: Point): number[] => {
    if (metric === 'effect') {
      return [
        point.treated_episodes,
        point.treated_contacted,
        point.holdout_episodes,
        point.holdout_contacted,
      ];
    }
    return metric === 'no_contact' ? [point.episodes, point.contacted, point.pending] : [point.outreaches];
  };
  return {
    head,
    numeric: head.map((_, column) => column).filter((column) => column > 0 && column < head.length - 1),
    rows: points.map((point) => {
      const estimate = pointEstimate(point, metric);
      return [
        format.sentenceCase(format.period(point.start, period)),
        estimate.value === null ? words.trend.empty : format.value(estimate.value, unit),
        format.interval(estimate, unit),
        ...cells(point).map(format.count),
        point.complete ? '' : words.trend.incompleteWord,
      ];
    }),
  };
}
