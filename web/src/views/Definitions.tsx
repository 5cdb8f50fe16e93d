// The definition reconciler: the same data under each published definition, and why it differs from the headline. For whoever is
// asked why another dashboard says 90%. In: the report's reconciliation. Out: the chain from the largest claim to the best
// supported figure, then the other definitions.
import type { Estimate, ReconciliationRow, Report } from '../../../wasm/api';
import { metricOf, toneOfEffect, type Tone } from '../findings';
import * as format from '../format';
import { count, estimate, text, type DataTable } from '../tables';
import { wordFor, words } from '../words';
import { Defined } from './Defined';
import { figureDrawing, figureText, type FigureRow } from './Figures';
import { Interval, type Domain } from './Interval';
import { Section } from './Section';
import { Tools } from './Tools';

interface Sorted {
  chain: ReconciliationRow[];
  others: ReconciliationRow[];
  absent: ReconciliationRow[];
}

function sortedRows({ reconciliation: { rows, chain } }: Report): Sorted {
  const valued = rows.filter((row) => row.estimate.value !== null);
  return {
    chain: chain.flatMap((id) => valued.filter((row) => row.id === id)),
    others: valued.filter((row) => !chain.includes(row.id)),
    absent: rows.filter((row) => row.estimate.value === null),
  };
}

function toneOf(row: ReconciliationRow, report: Report): Tone {
  if (row.unit !== 'points') return 'plain';
  const comparison = row.rung === 4 ? report.matched : report.holdout;
  return comparison.verdict === 'withheld' ? 'grey' : toneOfEffect(row.estimate);
}

const figureRow = (row: ReconciliationRow, report: Report): FigureRow => ({
  id: row.id,
  name: row.who,
  estimate: row.estimate,
  unit: row.unit,
  n: row.denominator || null,
  tone: toneOf(row, report),
  reading: row.headline ? words.ladder.headline : '',
});

const told = (row: ReconciliationRow, report: Report) => figureText(figureRow(row, report));

/** The largest claim against the headline. */
function titleOf(report: Report): string {
  const w = words.definitions;
  const { chain } = sortedRows(report);
  const headline = report.reconciliation.rows.find((row) => row.headline && row.estimate.value !== null);
  const largest = [...chain].sort((a, b) => b.estimate.value! - a.estimate.value!)[0];
  if (!largest) return w.titleNone;
  const [most, ours] = [told(largest, report), headline ? told(headline, report) : ''];
  return ours === '' || ours === most ? w.titleOne(most) : w.title(most, ours);
}

const differs = ({ why }: ReconciliationRow) =>
  why.map(({ count: n, label }) => words.definitions.reason(label, format.count(n))).join('; ');

export function Definitions({ report }: { report: Report }) {
  const w = words.definitions;
  const { chain, others, absent } = sortedRows(report);
  const all = [...chain, ...others];
  if (all.length < 2) return null;
  const lowest = Math.min(0, ...all.map((row) => row.estimate.low ?? 0));
  const domain: Domain = { low: lowest, high: 1 };
  const title = titleOf(report);
  const drawing = figureDrawing(all.map((row) => figureRow(row, report)));
  const list = (rows: ReconciliationRow[], label: string) => (
    <ol class="ladder definitions" aria-label={label}>
      {rows.map((row) => (
        <Row key={row.id} row={row} report={report} domain={domain} />
      ))}
    </ol>
  );
  return (
    <Section id="definitions" title={title} lede={w.lede}>
      {list(chain, w.chain)}
      {(others.length > 0 || absent.length > 0) && (
        <details class="full">
          <summary>{w.others(others.length)}</summary>
          {others.length > 0 && list(others, w.others(others.length))}
          {absent.length > 0 && (
            <ul class="plain-list">
              {absent.map((row) => (
                <li key={row.id}>{w.absent(row.who, words.ladder.missing(row.missing, row.rung))}</li>
              ))}
            </ul>
          )}
        </details>
      )}
      <Tools title={title} lede={w.lede} drawing={drawing} table={definitionsTable(report)} />
    </Section>
  );
}

function Row({ row, report, domain }: { row: ReconciliationRow; report: Report; domain: Domain }) {
  const w = words.definitions;
  const { unit, numerator, denominator } = row;
  const cases = denominator || undefined;
  const tone = toneOf(row, report);
  const [value, range] = format.figure(row.estimate, unit, cases);
  const of =
    unit === 'share' && denominator > 0 ? w.of(format.count(numerator), format.count(denominator)) : '';
  const why = differs(row);
  return (
    <li class={row.headline ? `rung first ${tone}` : 'rung'} data-definition={row.id}>
      <div class="what">
        <h3>
          {row.who}
          {row.headline && ' '}
          {row.headline && <span class="badge">{words.ladder.headline}</span>}
        </h3>
        <span>{row.definition}</span>
      </div>
      <div class="axis">
        {unit !== 'ratio' && <Interval estimate={row.estimate} domain={domain} tone={tone} zero />}
      </div>
      <div class="val">
        <b>
          <Defined metric={metricOf(report, row.metric)}>{value.replace('%', '')}</Defined>
        </b>{' '}
        <small>{wordFor(words.ladder.units, unit)}</small>
        <span>{range}</span>
      </div>
      <p>
        {why && <span class="base">{w.why(why)}. </span>}
        {w.formula(row.formula)}
        {of && `: ${of}`}.
      </p>
    </li>
  );
}

function definitionsTable(report: Report): DataTable {
  const w = words.definitions.head;
  const { chain, others } = sortedRows(report);
  const cell = ({ estimate: { value, low, high } }: ReconciliationRow): Estimate => ({ value, low, high });
  return {
    id: 'definitions',
    title: titleOf(report),
    columns: [
      text(w.who),
      text(w.definition),
      text(w.formula),
      text(words.figures.unit),
      estimate(words.figures.value, 'number'),
      count(w.numerator),
      count(w.denominator),
      text(w.why),
    ],
    rows: [...chain, ...others].map((row) => [
      row.who,
      row.definition,
      row.formula,
      wordFor(words.figures.units, row.unit),
      cell(row),
      row.numerator,
      row.denominator || null,
      row.headline ? words.ladder.headline : differs(row),
    ]),
  };
}

export const definitionsTables = (report: Report): DataTable[] => [definitionsTable(report)];
