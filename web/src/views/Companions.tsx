// What support and customers go through beside the effect: volume, repeats, satisfaction, leaving, self-service, signals, messages.
// In: the report's metrics and companions over time. Out: one row a figure, in groups; a group's first figures stand in its heading.
import type { ComponentChildren } from 'preact';
import type { CompanionSeries, Metric, Report, Variant } from '../../../wasm/api';
import { isWithheld, metricOf } from '../findings';
import * as format from '../format';
import type { DataTable } from '../tables';
import { wordFor, words } from '../words';
import { Figures, figureTable, figureText, type FigureRow } from './Figures';
import { Missing, Section } from './Section';
import { hasCourse } from './Spark';
import { Tools } from './Tools';

/** Metrics of each group, those that lead first. */
const kGroups: Record<string, string[]> = {
  support: ['M09', 'M12', 'M16', 'M32', 'M10'],
  customers: ['M15', 'M17'],
  self_service: ['M13', 'M14'],
  signals: ['M19', 'M20', 'M22', 'M21', 'M07', 'M23', 'M24', 'M11'],
  messages: ['M25', 'M08', 'M26', 'M27', 'M36'],
};
const kOpen = ['support'];
/** How many figures stand in a group's heading. */
const kNamed = 3;
const kTopic = 'topic';

/** Series whose id is not that of the catalogue. */
const kSeries: Record<string, string> = {
  'M15.csat_proactive': 'M15.proactive',
  'M15.csat_reactive': 'M15.reactive',
  M25: 'M25.clicked',
};

const seriesOf = (report: Report, id: string): CompanionSeries | undefined =>
  report.companions.find((series) => series.id === (kSeries[id] ?? id));

const casesOf = (unit: string, denominator: number) =>
  unit === 'count' || denominator <= 0 ? null : denominator;

/** Means and such rest on the cases of the row above. */
const casesOfPart = (unit: string, denominator: number) =>
  ['minutes', 'number'].includes(unit) ? null : casesOf(unit, denominator);

function variantRow(report: Report, metric: Metric, variant: Variant, at: number): FigureRow {
  const { id, name, unit, estimate, denominator } = variant;
  const { low, high } = estimate;
  const open = unit === 'points' && low !== null && high !== null && low <= 0 && high >= 0;
  return {
    id: `${metric.id}.${id}${id === kTopic ? at : ''}`,
    name: format.sentenceCase(name.replaceAll('_', ' ')),
    note: open && id !== 'nps' ? words.companions.open : '',
    estimate,
    unit,
    n: casesOfPart(unit, denominator),
    part: id !== kTopic,
    series: seriesOf(report, `${metric.id}.${id}`),
  };
}

function rowsOf(report: Report, ids: string[]): FigureRow[] {
  return ids.flatMap((id) => {
    const metric = metricOf(report, id);
    if (metric?.estimate.value == null) return [];
    const { name, unit, estimate, numerator, denominator } = metric;
    const spans = id === 'M32'; // two spans against each other rest on no cases
    const first: FigureRow = {
      id,
      name,
      metric,
      note: spans ? words.companions.spans(format.count(numerator), format.count(denominator)) : '',
      estimate,
      unit,
      n: spans ? null : casesOf(unit, denominator),
      ...(spans && { cases: numerator + denominator }),
      series: seriesOf(report, id),
    };
    const parts = metric.variants.filter((one) => one.id !== kTopic && one.estimate.value !== null);
    return [first, ...parts.map((one, at) => variantRow(report, metric, one, at))];
  });
}

/** Views for each contact, topic by topic. */
function topicRows(report: Report): FigureRow[] {
  const metric = metricOf(report, 'M14');
  const topics =
    metric?.variants.filter(({ id, estimate }) => id === kTopic && estimate.value !== null) ?? [];
  return topics.map((topic, at) => variantRow(report, metric!, topic, at));
}

const variantOf = (report: Report, metric: string, id: string) =>
  metricOf(report, metric)?.variants.find((one) => one.id === id)?.estimate;

/** What speaks against the outreach comes first, then what speaks for it, then plain figures. */
function titleOf(report: Report): string {
  const w = words.companions.titles;
  const above = (low: number | null | undefined) => low != null && low > 0;
  const below = (high: number | null | undefined) => high != null && high < 0;
  if (above(variantOf(report, 'M17', 'quiet_less_contacting')?.low)) return w.quietLeave;
  const effect = isWithheld(report) ? undefined : variantOf(report, 'M15', 'csat_effect');
  if (below(effect?.high)) return w.lessSatisfied;
  if (below(variantOf(report, 'M15', 'csat_difference')?.high)) return w.ratedWorse;
  if (above(effect?.low)) return w.moreSatisfied;
  const told = ['M12', 'M15', 'M17'].flatMap((id) => {
    const [row] = rowsOf(report, [id]);
    return row ? [wordFor(w.figures, id).replace('{}', figureText(row))] : [];
  });
  return told.length > 0 ? w.plain(format.list(told)) : w.only;
}

export function Companions({ report }: { report: Report }) {
  const w = words.companions;
  const groups = Object.entries(kGroups).map(([id, ids]) => ({ id, ids, rows: rowsOf(report, ids) }));
  if (groups.every(({ rows }) => rows.length === 0)) {
    return <Missing id="companions" title={w.titles.none} text={w.none} />;
  }
  const title = titleOf(report);
  const topics = topicRows(report);
  return (
    <Section id="companions" title={title} lede={w.lede}>
      {groups.map(({ id, ids, rows }) => (
        <Group key={id} id={id} ids={ids} rows={rows} report={report}>
          {id === 'self_service' && topics.length > 0 && (
            <details class="full">
              <summary>{w.topics}</summary>
              <Figures rows={topics} title={w.topics} draw="none" head={w.topic} />
            </details>
          )}
        </Group>
      ))}
      <Tools title={title} lede={w.lede} table={companionsTable(report)} />
    </Section>
  );
}

function Group({
  id,
  ids,
  rows,
  report,
  children,
}: {
  id: string;
  ids: string[];
  rows: FigureRow[];
  report: Report;
  children: ComponentChildren;
}) {
  const w = words.companions;
  const name = wordFor(w.groups, id);
  const named = rows.filter(({ part }) => !part).slice(0, kNamed);
  // By what would bring them: one line for all that a file would bring.
  const absent = new Map<string, string[]>();
  for (const one of ids) {
    const metric = metricOf(report, one);
    if (!metric?.missing || metric.estimate.value !== null) continue;
    const text = words.ladder.missing(metric.missing);
    absent.set(text, [...(absent.get(text) ?? []), metric.name]);
  }
  return (
    <details class="full" open={kOpen.includes(id) && rows.length > 0} data-group={id}>
      <summary>
        {w.heading(
          name,
          named.map((row) => `${row.name} ${figureText(row)}`),
        )}
      </summary>
      {rows.length > 0 && (
        <Figures
          rows={rows}
          title={name}
          draw={rows.some(({ series }) => hasCourse(series)) ? 'line' : 'none'}
        />
      )}
      {[...absent].map(([text, names]) => (
        <p key={text} class="hint">
          {w.absent(format.list(names), text)}
        </p>
      ))}
      {children}
    </details>
  );
}

const companionsTable = (report: Report): DataTable =>
  figureTable('companions', titleOf(report), [
    ...rowsOf(report, Object.values(kGroups).flat()),
    ...topicRows(report),
  ]);

export const companionsTables = (report: Report): DataTable[] => [companionsTable(report)];
