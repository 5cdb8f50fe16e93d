// Other outcomes by the same holdout: escalations that did not happen, customers at risk who stayed. In: the report's comparisons.
// Out: each with its interval and reading; what is missing is said.
import type { Comparison, Report } from '../../../wasm/api';
import { metricOf, toneOfEffect, type Tone } from '../findings';
import { episodesOfOutcome } from '../episodes';
import * as format from '../format';
import type { DataTable } from '../tables';
import { wordFor, words } from '../words';
import { figureDrawing, Figures, figureTable, type FigureRow } from './Figures';
import { Missing, Section } from './Section';
import { Tools } from './Tools';

const kOutcomes = [
  { id: 'escalations', metric: 'M29' },
  { id: 'at_risk', metric: 'M30' },
] as const;

function reading(id: string, comparison: Comparison): string {
  const w = words.outcomes;
  if (!comparison.available) return words.ladder.missing(comparison.missing);
  return w.readings[`${id} ${comparison.verdict}`] ?? wordFor(words.breakdown.verdicts, comparison.verdict);
}

function rowsOf(report: Report): FigureRow[] {
  const w = words.outcomes;
  return kOutcomes.map(({ id, metric: code }) => {
    const comparison = report[id];
    const metric = metricOf(report, code);
    const { baseline, treated } = comparison;
    const share = ({ rate, episodes }: Comparison['treated']) =>
      rate.value === null ? '' : format.percent(rate.value, episodes);
    const bounds = (metric?.variants ?? [])
      .filter(({ estimate }) => estimate.value !== null)
      .map((one) => `${one.name} ${format.percent(one.estimate.value!, one.denominator)}`);
    const tone: Tone = comparison.verdict === 'withheld' ? 'grey' : toneOfEffect(comparison.difference);
    const held =
      comparison.verdict === 'withheld' ? { value: null, low: null, high: null } : comparison.difference;
    return {
      id,
      name: wordFor(w.names, id),
      metric,
      note: comparison.available
        ? w.note(
            share(treated),
            share(baseline),
            format.count(treated.episodes),
            format.count(baseline.episodes),
          )
        : bounds.join('; '),
      episodes: comparison.available ? (episodesOfOutcome(id, wordFor(w.names, id)) ?? undefined) : undefined,
      estimate: held,
      unit: 'points',
      tone,
      reading: reading(id, comparison),
    };
  });
}

function titleOf(report: Report): string {
  const told = kOutcomes.filter(({ id }) => report[id].available);
  return told.map(({ id }) => words.outcomes.title(id, reading(id, report[id]))).join('; ');
}

export function Outcomes({ report }: { report: Report }) {
  const w = words.outcomes;
  const rows = rowsOf(report);
  if (!kOutcomes.some(({ id }) => report[id].available)) {
    const text = [...new Set(rows.map((row) => row.reading ?? ''))].join(' ');
    return <Missing id="outcomes" title={w.titleNone} text={text} />;
  }
  const title = titleOf(report);
  return (
    <Section id="outcomes" title={title} lede={w.lede}>
      <Figures rows={rows} title={title} draw="interval" head={w.outcome} />
      <Tools
        title={title}
        lede={w.lede}
        drawing={figureDrawing(rows)}
        table={figureTable('outcomes', title, rows)}
      />
    </Section>
  );
}

export const outcomesTables = (report: Report): DataTable[] => [
  figureTable('outcomes', titleOf(report), rowsOf(report)),
];
