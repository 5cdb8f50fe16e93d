// The result over time, or any companion: by week, month, quarter or year; incomplete periods hatched, changes annotated.
import { useMemo } from 'preact/hooks';
import type { CompanionSeries, Point, Report } from '../../../wasm/api';
import { changeView } from '../actions';
import { drawTrend, trendPointText } from '../charts/trend';
import { episodesOfPoint } from '../episodes';
import * as format from '../format';
import type { Period } from '../format';
import { choices, type Auditing, type TrendMetric } from '../state';
import { count, estimate, text, type Cell, type DataTable, type Kind } from '../tables';
import {
  changesIn,
  changesOf,
  changeText,
  chosenLine,
  companionLine,
  companionsOf,
  isOwn,
  ownLine,
  placeOf,
  trendMetrics,
  trendTitle,
  type TrendChange,
  type TrendLine,
} from '../trend';
import { words, wordFor } from '../words';
import { ChartCard } from './ChartCard';
import { Choice } from './Choice';
import { Missing, Section } from './Section';

const periods: Period[] = ['week', 'month', 'quarter', 'year'];

export function Trend({ report }: { report: Report }) {
  const { period, trendMetric } = choices.value;
  const line = useMemo(() => chosenLine(report, trendMetric, period), [report, trendMetric, period]);
  const changes = useMemo(() => {
    const points = line?.points ?? [];
    return changesOf(report).filter(({ day }) => placeOf(day, points) !== null);
  }, [report, line]);
  const drawing = useMemo(() => line && drawTrend(line, period, changes), [line, period, changes]);
  if (!line || !drawing) {
    return <Missing id="trend" title={words.trend.titles.short} text={words.trend.noneYet} />;
  }
  const title = trendTitle(line, period);
  const known = line.points.filter((point) => point.estimate.value !== null);
  const spoken = (at: number) => {
    const point = known.at(at);
    return point ? trendPointText(point, line, period).join(', ') : '';
  };
  const sentence = words.trend.sentence(line.name, known.length, spoken(0), spoken(-1));
  const lede = ledeOf(report, line, period);
  return (
    <Section id="trend" title={title} lede={lede} controls={<Controls report={report} line={line} />}>
      {known.length === 0 ? (
        <p class="hint">{words.trendOf.empty(line.name, words.trend.periods[period]!.toLowerCase())}</p>
      ) : (
        <ChartCard
          name="trend"
          sentence={`${title}. ${sentence}`}
          title={title}
          lede={lede}
          drawing={drawing}
          table={tableOf(report, line, period, changes)}
        />
      )}
      {known.length > 0 && changes.length > 0 && <Changes changes={changes} />}
    </Section>
  );
}

function Controls({ report, line }: { report: Report; line: TrendLine }) {
  const { period } = choices.value;
  const metrics = trendMetrics(report.series[period]);
  const companions = companionsOf(report);
  const w = words.trendOf;
  return (
    <>
      {metrics.length > 1 && (
        <Choice
          label={words.trend.metricLabel}
          value={line.id}
          options={metrics.map((name) => [name, words.trend.metrics[name]!])}
          onChange={(trendMetric) => changeView({ trendMetric })}
        />
      )}
      <Choice
        label={words.trend.periodLabel}
        value={period}
        options={periods.map((name) => [name, words.trend.periods[name]!])}
        onChange={(name) => changeView({ period: name as Period })}
      />
      {companions.length > 0 && (
        <label class="field inline companions">
          <span>{w.select}</span>
          <select
            value={isOwn(line.id) ? '' : line.id}
            onChange={(event) => changeView({ trendMetric: event.currentTarget.value || null })}
          >
            <option value="">{w.none}</option>
            {companions.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  );
}

function Changes({ changes }: { changes: TrendChange[] }) {
  const w = words.trendChanges;
  const incidents = changes.filter(({ incident }) => incident).length;
  const any = incidents < changes.length;
  return (
    <div class="changes-made">
      <h3>
        {incidents === 0 ? w.title : any ? w.titleBoth : w.titleIncidents}{' '}
        {any && <a href="#impacts">{w.more}</a>}
      </h3>
      <ol>
        {changes.map(({ number, day, name, about, incident }) => (
          <li key={number} class={incident ? 'incident' : undefined}>
            <span aria-hidden="true">{number}</span>
            <span>
              {format.date(day)}: {name} <small>{about}</small>
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function ledeOf(report: Report, line: TrendLine, period: Period): string {
  const level = format.roundPercent(report.settings.level);
  const w = words.trendOf;
  const own = isOwn(line.id) ? words.trend.ledes[line.id]!(level, period) : '';
  const said = own || w.lede(line.name, w.units[line.unit] ?? '', level, period);
  const open = line.points.some((point) => !point.complete);
  return [said, open ? words.trend.incomplete : ''].filter(Boolean).join(' ');
}

// --- tables -------------------------------------------------------------------------------------------------------------------

/** With what was changed and what happened in each period, where there is anything. */
function tableOf(report: Report, line: TrendLine, period: Period, changes: TrendChange[]): DataTable {
  const table = bareTable(report, line, period);
  if (changes.length === 0) return table;
  const of = new Map(
    table.rows.map((row, index) => [
      row,
      [...row, changesIn(changes, line.points, index).map(changeText).join('; ')],
    ]),
  );
  return {
    ...table,
    columns: [...table.columns, text(words.trendChanges.column)],
    rows: [...of.values()],
    ...(table.episodes && {
      episodes: new Map([...table.episodes].map(([row, behind]) => [of.get(row)!, behind])),
    }),
  };
}

function bareTable(report: Report, line: TrendLine, period: Period): DataTable {
  const series = companionsOf(report).find(({ id }) => id === line.id);
  if (series) return companionTable(series, period);
  return isOwn(line.id)
    ? trendTable(report.series[period], line.id, period)
    : { id: '', title: '', columns: [], rows: [] };
}

function trendTable(points: Point[], metric: TrendMetric, period: Period): DataTable {
  const line = ownLine(points, metric);
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
  const rows = points.map((point, at) => [
    format.sentenceCase(format.period(point.start, period)),
    line.points[at]!.estimate,
    ...counts(point),
    point.complete ? '' : words.trend.incompleteWord,
  ]);
  const episodes = points.flatMap((point, index): [Cell[], Auditing][] => {
    const behind = episodesOfPoint(point, metric, period);
    return behind ? [[rows[index]!, behind]] : [];
  });
  return {
    id: `trend-${metric.replace('_', '-')}-by-${period}`,
    title: trendTitle(line, period),
    columns: [text(first!), estimate(value!, line.unit as Kind), ...rest.map(count), text(note)],
    rows,
    ...(episodes.length > 0 ? { episodes: new Map(episodes) } : {}),
  };
}

const kKinds: Kind[] = ['share', 'points', 'ratio', 'count'];
const kindOf = (unit: string): Kind => kKinds.find((kind) => kind === unit) ?? 'amount';

function companionTable(series: CompanionSeries, period: Period): DataTable {
  const line = companionLine(series, period);
  const [first, of, note] = words.trendOf.table;
  return {
    id: `trend-${series.id.replace('.', '-').toLowerCase()}-by-${period}`,
    title: trendTitle(line, period),
    columns: [text(first!), estimate(series.name, kindOf(series.unit)), count(of!), text(note!)],
    rows: series[period].map((point) => [
      format.sentenceCase(format.period(point.start, period)),
      point.estimate,
      point.denominator,
      point.complete ? '' : words.trend.incompleteWord,
    ]),
  };
}

/** All companions in one table: one row a figure and period. */
function companionsTable(report: Report, period: Period): DataTable {
  const [figure, unit, when, value, counted, of, note] = words.trendOf.head;
  return {
    id: `companions-by-${period}`,
    title: words.trendOf.all(period),
    columns: [
      text(figure!),
      text(unit!),
      text(when!),
      estimate(value!, 'number'),
      count(counted!),
      count(of!),
      text(note!),
    ],
    rows: companionsOf(report).flatMap((series) =>
      series[period].map((point) => [
        series.name,
        wordFor({}, series.unit),
        format.sentenceCase(format.period(point.start, period)),
        point.estimate,
        point.numerator,
        point.denominator,
        point.complete ? '' : words.trend.incompleteWord,
      ]),
    ),
  };
}

/** Every trend, by every length of period: for the files that are taken along. */
export function trendTables(report: Report): DataTable[] {
  const changes = changesOf(report);
  return periods.flatMap((period) => [
    ...trendMetrics(report.series[period]).map((metric) =>
      tableOf(report, ownLine(report.series[period], metric), period, changes),
    ),
    companionsTable(report, period),
  ]);
}
