// What runs ahead of contacts: figures of one week against contacts and silence of the same week and of later ones. In: the report's
// lagged correlations and the team's own figures. Out: one table for each outcome. Moving together is not causing: said first.
import type { CompanionSeries, Estimate, IndicatorPair, Report } from '../../../wasm/api';
import * as format from '../format';
import { estimate, text, type DataTable } from '../tables';
import { wordFor, words } from '../words';
import { Figures, type FigureRow } from './Figures';
import { Missing, Section } from './Section';
import { Tools } from './Tools';

const clear = ({ low, high }: Estimate) => low !== null && high !== null && (low > 0 || high < 0);
const readable = (name: string) => format.sentenceCase(name.replaceAll('_', ' '));

/** Indicators that a later outcome moves with, best first by how late. */
const ahead = (pairs: IndicatorPair[]) =>
  pairs.filter(({ lags }) => lags.some(({ lag, r }) => lag > 0 && clear(r)));

/** A link leaves the correlations out: what is left of a pair then says nothing. */
const pairsOf = ({ indicators }: Report) => indicators.pairs.filter(({ lags }) => lags.length > 0);

function titleOf(report: Report): string {
  const names = [...new Set(ahead(pairsOf(report)).map((pair) => readable(pair.indicator_name)))];
  return words.indicators.title(names.length, names.length <= 2 ? format.list(names) : '');
}

/** The team's own figures as rows: their last value and their course. */
function ownRows({ indicators: { figures, figures_period: period } }: Report): FigureRow[] {
  return figures.map(({ name, indicator, points }) => {
    const course = points.map(({ start, value }) => ({
      start,
      complete: true,
      numerator: 0,
      denominator: 0,
      estimate: { value, low: null, high: null },
    }));
    const series: CompanionSeries = {
      id: name,
      name,
      unit: 'number',
      week: [],
      month: [],
      quarter: [],
      year: [],
    };
    if (period === 'week') series.week = course;
    if (period === 'month') series.month = course;
    const last = [...points].reverse().find(({ value }) => value !== null);
    return {
      id: name,
      name: readable(name),
      note: last ? format.date(last.start) : '',
      estimate: { value: last?.value ?? null, low: null, high: null },
      unit: 'number',
      series,
      reading: wordFor(words.indicators.classes, indicator),
    };
  });
}

export function Indicators({ report }: { report: Report }) {
  const { missing } = report.indicators;
  const pairs = pairsOf(report);
  const w = words.indicators;
  const own = ownRows(report);
  const outcomes = [...new Map(pairs.map((pair) => [`${pair.period} ${pair.outcome}`, pair])).values()];
  if (pairs.length === 0 && own.length === 0) {
    return missing === '' ? null : (
      <Missing id="indicators" title={w.titleNone} text={words.ladder.missing(missing)} />
    );
  }
  const title = pairs.length > 0 ? titleOf(report) : w.titleOwn;
  return (
    <Section id="indicators" title={title} lede={pairs.length > 0 ? w.lede : ''}>
      {outcomes.map(({ period, outcome, outcome_name: name }) => (
        <Lags
          key={period + outcome}
          title={w.against(name, period)}
          pairs={pairs.filter((pair) => pair.period === period && pair.outcome === outcome)}
        />
      ))}
      {own.length > 0 && (
        <details class="full">
          <summary>{w.own(own.length)}</summary>
          <Figures rows={own} title={w.own(own.length)} draw="line" />
        </details>
      )}
      {pairs.length > 0 && <Tools title={title} lede={w.lede} table={indicatorTable(report)} />}
    </Section>
  );
}

function Lags({ title, pairs }: { title: string; pairs: IndicatorPair[] }) {
  const w = words.indicators;
  const lags = [...new Set(pairs.flatMap((pair) => pair.lags.map(({ lag }) => lag)))].sort((a, b) => a - b);
  const period = pairs[0]?.period ?? 'week';
  const summary = w.summary(title, ahead(pairs).length, pairs.length);
  return (
    <details class="full">
      <summary>{summary}</summary>
      <div class="wide-table" role="region" tabIndex={0} aria-label={title}>
        <table class="lags">
          <caption class="only-read">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{words.figures.name}</th>
              {lags.map((lag) => (
                <th key={lag} scope="col" class="num">
                  {w.lag(lag, period)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pairs.map((pair) => (
              <tr key={pair.indicator} data-pair={`${pair.indicator} ${pair.outcome}`}>
                <th scope="row">{readable(pair.indicator_name)}</th>
                {lags.map((lag) => {
                  const found = pair.lags.find((one) => one.lag === lag);
                  if (found?.r.value == null) return <td key={lag} />;
                  const { value, low, high } = found.r;
                  const sure = clear(found.r);
                  return (
                    <td key={lag} class={sure ? 'num strong' : 'num soft'}>
                      {format.correlation(value)}
                      <small>
                        {low === null || high === null
                          ? ''
                          : w.range(format.correlation(low), format.correlation(high))}
                      </small>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function indicatorTable(report: Report): DataTable {
  const w = words.indicators.head;
  return {
    id: 'indicators',
    title: titleOf(report),
    columns: [
      text(w.indicator),
      text(w.outcome),
      text(w.period),
      { name: w.lag, kind: 'count' },
      estimate(w.r, 'number'),
      { name: w.n, kind: 'count' },
    ],
    rows: pairsOf(report).flatMap((pair) =>
      pair.lags.map(({ lag, n, r }) => [
        readable(pair.indicator_name),
        readable(pair.outcome_name),
        pair.period,
        lag,
        r,
        n,
      ]),
    ),
  };
}

export const indicatorTables = (report: Report): DataTable[] => [indicatorTable(report)];
