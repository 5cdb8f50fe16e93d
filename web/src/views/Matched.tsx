// Rung 4 in full: contacted against similar customers whom nobody messaged, from two sources, each with what speaks for and against
// it. In: the report's matching. Out: the sources, their doubts in words, the range over methods; withheld ones say why.
import type { MatchedSource, Report } from '../../../wasm/api';
import { episodesBefore } from '../episodes';
import { metricOf, toneOfEffect, type Tone } from '../findings';
import * as format from '../format';
import type { Auditing } from '../state';
import type { DataTable } from '../tables';
import { wordFor, words } from '../words';
import { Episodes } from './Audit';
import { figureDrawing, Figures, figureTable, type FigureRow } from './Figures';
import { readingOf, strataTable } from './Holdout';
import { Missing, Section } from './Section';
import { Tools } from './Tools';

const kNone = { value: null, low: null, high: null };

const withheld = ({ verdict }: MatchedSource) => verdict === 'withheld';

function sourceRows(report: Report): FigureRow[] {
  const w = words.matched;
  return report.matching.sources.map((source) => {
    const held = withheld(source);
    const tone: Tone = held ? 'grey' : toneOfEffect(source.difference);
    const code = held ? source.withheld_why : source.missing;
    return {
      id: source.id,
      name: wordFor(w.sources, source.id),
      metric: metricOf(report, 'M05'),
      note: source.available
        ? w.base(format.count(source.treated.episodes), format.count(source.baseline.episodes))
        : '',
      episodes: source.available
        ? { of: wordFor(w.sources, source.id), query: { population: source.id } }
        : undefined,
      estimate: source.withheld_why === 'too_few' ? kNone : source.difference,
      unit: 'points',
      tone,
      reading: !source.available
        ? words.ladder.missing(source.missing, 4)
        : held
          ? w.held(wordFor(w.heldShort, code))
          : `${readingOf(tone)}${source.leads ? w.leads : ''}`,
    };
  });
}

/** One for each way: stratified, pooled, as it comes. */
function methodRows({ matching }: Report): FigureRow[] {
  const w = words.matched;
  return matching.methods.map(({ source, method, difference }) => {
    const from = matching.sources.find(({ id }) => id === source);
    const tone: Tone = from && withheld(from) ? 'grey' : toneOfEffect(difference);
    return {
      id: `${source}-${method}`,
      name: wordFor(w.methods, method),
      note: wordFor(w.sources, source),
      estimate: difference,
      unit: 'points',
      tone,
    };
  });
}

function titleOf({ matched }: Report): string {
  const w = words.matched.titles;
  const { value, low, high } = matched.difference;
  const size = value === null ? '' : format.per100(Math.abs(value));
  if (matched.verdict === 'withheld')
    return w.withheld(wordFor(words.matched.heldShort, matched.withheld_why));
  if (value === null || low === null || high === null) return w.none;
  return matched.verdict === 'prevents'
    ? w.prevents(size)
    : matched.verdict === 'causes'
      ? w.causes(size)
      : w.open;
}

interface Doubt {
  name: string;
  said: string;
  episodes?: Auditing | null;
}

function doubtsOf(source: MatchedSource): Doubt[] {
  const w = words.matched;
  const { placebo, coverage, e_value: e, e_value_limit: limit } = source;
  const say = words.checks.balance[placebo.state] ?? words.checks.balance.not_known!;
  const doubts: Doubt[] = [
    {
      name: w.placebo,
      said: say(format.per100(placebo.difference.value ?? 0), format.interval(placebo.difference, 'points')),
      episodes: episodesBefore(source.id, source, w.placebo),
    },
  ];
  if (coverage !== null) {
    const all = source.covered + source.not_covered;
    doubts.unshift({
      name: w.coverage,
      said: w.coverageText(format.percent(coverage), format.count(source.covered), format.count(all)),
    });
  }
  if (e !== null) {
    const near = limit !== null && limit > 1 ? format.plain(limit) : '';
    doubts.push({ name: w.eValue, said: w.eValueText(format.plain(e), near) });
  }
  if (source.bias.length > 0) {
    doubts.push({ name: w.bias, said: source.bias.map((code) => wordFor(w.biases, code)).join(' ') });
  }
  return doubts;
}

export function Matched({ report }: { report: Report }) {
  const { matched, matching } = report;
  const w = words.matched;
  const known = matching.sources.filter(({ available }) => available);
  if (known.length === 0) {
    return <Missing id="matched" title={w.titles.none} text={words.ladder.missing(matched.missing, 4)} />;
  }
  const title = titleOf(report);
  const sources = sourceRows(report);
  const methods = methodRows(report);
  const range =
    matching.low !== null && matching.high !== null
      ? w.range(format.per100(matching.low), format.per100(matching.high), matching.one_sign)
      : '';
  return (
    <Section id="matched" title={title} lede={report.holdout.available ? w.ledeBeside : w.lede}>
      <Figures rows={sources} title={title} draw="interval" head={w.source} />
      <Tools title={title} lede={w.lede} drawing={figureDrawing(sources)} table={matchedTable(report)} />
      <details class="full">
        <summary>{w.doubts}</summary>
        {known.map((source) => (
          <div key={source.id} data-source={source.id}>
            <h3>{wordFor(w.sources, source.id)}</h3>
            <dl class="pairs">
              {doubtsOf(source).map(({ name, said, episodes }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>
                    {said} {episodes && <Episodes {...episodes} />}
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        ))}
        {matching.clock_at_send > 0 && <p class="hint">{w.clock(format.count(matching.clock_at_send))}</p>}
      </details>
      {methods.length > 1 && (
        <details class="full">
          <summary>{range || w.methodsTitle}</summary>
          <Figures rows={methods} title={w.methodsTitle} draw="interval" head={w.method} />
        </details>
      )}
    </Section>
  );
}

const matchedTable = (report: Report): DataTable => {
  const methods = methodRows(report).map((row) => ({ ...row, reading: row.note ?? '' }));
  return figureTable('matched', titleOf(report), [...sourceRows(report), ...methods]);
};

export const matchedTables = (report: Report): DataTable[] => [
  matchedTable(report),
  strataTable(report.matched, 'matched-strata'),
];
