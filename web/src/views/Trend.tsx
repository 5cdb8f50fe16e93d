// The result over time: by week, month or quarter; incomplete periods hatched.
import { useMemo } from 'preact/hooks';
import type { Point, Report } from '../../../wasm/api';
import { changeView } from '../actions';
import { choices, type Auditing, type TrendMetric } from '../state';
import { drawTrend, trendPointText, trendUnit } from '../charts/trend';
import { pointEstimate, trendMetrics, trendTitle } from '../findings';
import { episodesOfPoint } from '../episodes';
import * as format from '../format';
import type { Period } from '../format';
import { words } from '../words';
import { count, estimate, text, type Cell, type DataTable } from '../tables';
import { ChartCard } from './ChartCard';
import { Choice } from './Choice';
import { Missing, Section } from './Section';

const periods: Period[] = ['week', 'month', 'quarter'];

export function Trend({ report }: { report: Report }) {
  const { period, trendMetric } = choices.value;
  const points = report.series[period];
  const metrics = useMemo(() => trendMetrics(points), [points]);
  const metric = trendMetric && metrics.includes(trendMetric) ? trendMetric : metrics[0];
  const drawing = useMemo(() => drawTrend(points, metric ?? 'contacts', period), [points, metric, period]);
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
              onChange={(name) => changeView({ trendMetric: name as TrendMetric })}
            />
          )}
          <Choice
            label={words.trend.periodLabel}
            value={period}
            options={periods.map((name) => [name, words.trend.periods[name]!])}
            onChange={(name) => changeView({ period: name as Period })}
          />
        </>
      }
    >
      <ChartCard
        name="trend"
        sentence={`${title}. ${words.trend.sentence(words.trend.metrics[metric]!, known.length, spoken(known[0]), spoken(known.at(-1)))}`}
        title={title}
        lede={lede}
        drawing={drawing}
        table={trendTable(points, metric, period, title)}
      />
    </Section>
  );
}

function trendTable(points: Point[], metric: TrendMetric, period: Period, title: string): DataTable {
  const [first, value, ...rest] = words.trend.table[metric]!;
  const note = rest.pop()!;
  const counts = (point: Point): number[] => {
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
  const rows = points.map((point) => [
    format.sentenceCase(format.period(point.start, period)),
    pointEstimate(point, metric),
    ...counts(point),
    point.complete ? '' : words.trend.incompleteWord,
  ]);
  const episodes = points.flatMap((point, index): [Cell[], Auditing][] => {
    const behind = episodesOfPoint(point, metric, period);
    return behind ? [[rows[index]!, behind]] : [];
  });
  return {
    id: `trend-${metric.replace('_', '-')}-by-${period}`,
    title,
    columns: [text(first!), estimate(value!, trendUnit(metric)), ...rest.map(count), text(note)],
    rows,
    ...(episodes.length > 0 ? { episodes: new Map(episodes) } : {}),
  };
}

/** Every trend, by every length of period: for the files that are taken along. */
export function trendTables(report: Report): DataTable[] {
  return periods.flatMap((period) => {
    const points = report.series[period];
    return trendMetrics(points).map((metric) =>
      trendTable(points, metric, period, trendTitle(points, metric, period)),
    );
  });
}
