// The ladder of evidence: the same data under each published definition, strongest first.
import type { Report, Rung } from '../../../wasm/api';
import { ladderOrder, ladderTitle, metricOf, toneOfEffect, type Tone } from '../findings';
import * as format from '../format';
import { count, text, type DataTable } from '../tables';
import { wordFor, words } from '../words';
import { episodesOfRung } from '../episodes';
import { Episodes } from './Audit';
import { Defined } from './Defined';
import { Interval, type Domain } from './Interval';
import { Section } from './Section';
import { Tools } from './Tools';

export function Ladder({ report }: { report: Report }) {
  const effects = report.ladder.filter((rung) => rung.unit === 'points');
  const lowest = Math.min(0, ...effects.map((rung) => rung.estimate.low ?? 0));
  const domain: Domain = { low: lowest, high: 1 };
  return (
    <Section id="ladder" title={ladderTitle(report)} lede={words.ladder.lede}>
      <ol class="ladder" reversed start={5}>
        {ladderOrder(report).map((rung) => (
          <RungRow key={rung.rung} rung={rung} report={report} domain={domain} />
        ))}
      </ol>
      <Tools title={ladderTitle(report)} lede={words.ladder.lede} table={ladderTable(report)} />
    </Section>
  );
}

/** An effect without a verdict stays grey, whatever its interval. */
function toneOf(rung: Rung, report: Report): Tone {
  if (rung.unit !== 'points') return 'plain';
  const comparison = rung.rung === 5 ? report.holdout : report.matched;
  return comparison.verdict === 'withheld' ? 'grey' : toneOfEffect(rung.estimate);
}

function RungRow({ rung, report, domain }: { rung: Rung; report: Report; domain: Domain }) {
  const text = words.ladder.rungs[rung.rung];
  if (!text) return null;
  const { estimate, unit } = rung;
  const known = rung.supported && estimate.value !== null;
  const base = words.ladder.base[rung.rung];
  const metric = metricOf(report, rung.metric);
  const episodes = episodesOfRung(report, rung.rung, text.name);
  // Activity is a ratio of two counts; the others rest on n cases.
  const [n, other] =
    rung.rung === 0 && metric ? [metric.numerator, metric.denominator] : [rung.n, rung.baseline_n];
  const classes = ['rung', rung.headline ? `first ${toneOf(rung, report)}` : '', known ? '' : 'off']
    .filter(Boolean)
    .join(' ');
  return (
    <li class={classes} data-rung={rung.rung}>
      <span class="no" aria-hidden="true">
        {rung.rung}
      </span>
      <div class="what">
        <h3>
          {text.name}
          {rung.headline && ' '}
          {rung.headline && <span class="badge">{words.ladder.headline}</span>}
        </h3>
        <span>{text.question}</span>
      </div>
      {known ? (
        <>
          <div class="axis">
            {unit !== 'ratio' && (
              <Interval estimate={estimate} domain={domain} tone={toneOf(rung, report)} zero />
            )}
          </div>
          <div class="val">
            <b>
              <Defined metric={metric}>
                {format.value(estimate.value!, unit, rung.n).replace('%', '')}
              </Defined>
            </b>{' '}
            <small>{wordFor(words.ladder.units, unit)}</small>
            <span>{format.interval(estimate, unit, rung.n)}</span>
          </div>
          <p>
            {base && <span class="base">{base(format.count(n), format.count(other))}. </span>}
            {text.can} {text.cannot} {episodes && <Episodes {...episodes} />}
          </p>
        </>
      ) : (
        <>
          <div class="axis" />
          <div class="val">
            <span>{words.ladder.notReached}</span>
          </div>
          <p>{words.ladder.missing(rung.missing, rung.rung)}</p>
        </>
      )}
    </li>
  );
}

/** Each rung with its figure as text, since their units differ. */
export function ladderTable(report: Report): DataTable {
  const w = words.ladder;
  const { head } = w;
  return {
    id: 'ladder',
    title: ladderTitle(report),
    columns: [
      text(head.rung),
      text(head.question),
      text(head.figure),
      text(words.table.interval),
      text(head.unit),
      count(head.n),
      count(head.baseline),
    ],
    rows: ladderOrder(report).map((rung) => {
      const known = rung.supported && rung.estimate.value !== null;
      const value = known ? format.value(rung.estimate.value!, rung.unit, rung.n).replace('%', '') : '';
      return [
        `${rung.rung} ${w.rungs[rung.rung]?.name ?? ''}`,
        w.rungs[rung.rung]?.question ?? '',
        known ? value : w.missing(rung.missing, rung.rung),
        known ? format.interval(rung.estimate, rung.unit, rung.n) : '',
        known ? wordFor(w.units, rung.unit) : '',
        known ? rung.n : null,
        rung.baseline_n || null,
      ];
    }),
  };
}
