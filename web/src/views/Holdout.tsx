// The holdout in full: the same comparison worked out in other ways, how sound the split is, and each stratum. In: the report's
// comparison by holdout. Out: whether the answer hangs on the way, the checks, the strata. Without a holdout the ladder says it.
import { useMemo } from 'preact/hooks';
import type { Comparison, Estimate, Report } from '../../../wasm/api';
import { metricOf, toneOfEffect, type Tone } from '../findings';
import * as format from '../format';
import { episodesBefore, episodesOfStrata } from '../episodes';
import { count, estimate, text, type Cell, type DataTable } from '../tables';
import { wordFor, words } from '../words';
import { Checks, checksTitle, type Check } from './Checks';
import { figureDrawing, Figures, figureTable, type FigureRow } from './Figures';
import { Numbers } from './Numbers';
import { Section } from './Section';
import { Tools } from './Tools';

/** A split that is not believed, or too small, shows no figures: none of them is a verdict. */
const isWithheld = ({ verdict }: Comparison) => verdict === 'withheld';

export const readingOf = (tone: Tone): string =>
  words.breakdown.verdicts[{ good: 'prevents', bad: 'causes', grey: 'cannot_tell', plain: '' }[tone]] ?? '';

function waysOf(report: Report): FigureRow[] {
  const { holdout } = report;
  const { sequential, delivery, by_account: accounts, common } = holdout;
  const w = words.holdout;
  const row = (id: string, difference: Estimate, note: string, n: number | null = null): FigureRow[] => {
    const tone = toneOfEffect(difference);
    const { value } = difference;
    if (value === null) return [];
    const name = wordFor(w.ways, id);
    return [{ id, name, note, n, estimate: difference, unit: 'points', tone, reading: readingOf(tone) }];
  };
  const metric = metricOf(report, 'M06');
  const rows = row('assigned', holdout.difference, w.assigned).map((first) => ({ ...first, metric }));
  if (sequential.applies) {
    const planned = sequential.planned_assumed ? '' : format.count(sequential.planned);
    const why = wordFor(w.sequentialWhy, sequential.why);
    const note = w.sequential(why, format.count(sequential.units), planned, sequential.decides);
    rows.push(...row('sequential', sequential.difference, note).map((one) => ({ ...one, metric })));
  }
  if (!delivery.missing) {
    const [reached, held] = [delivery.treated_share, delivery.baseline_share].map((n) => format.percent(n));
    rows.push(
      ...row('delivery', delivery.difference, w.delivery(reached!, held!)).map((one) => ({ ...one, metric })),
    );
  }
  if (accounts.available) {
    const note = w.byAccount(format.count(accounts.accounts), accounts.decides);
    rows.push(...row('by_account', accounts.difference, note).map((one) => ({ ...one, metric })));
  }
  if (common.available) {
    rows.push(...row('common', common.difference, w.common).map((one) => ({ ...one, metric })));
  }
  return rows;
}

function titleOf(report: Report): string {
  const w = words.holdout.titles;
  const { holdout } = report;
  if (isWithheld(holdout)) return holdout.withheld_why === 'too_few' ? w.small : w.withheld;
  const tones = [...new Set(waysOf(report).map(({ tone }) => tone))];
  return tones.length === 1 ? wordFor(w.same, tones[0]!) : w.differ;
}

function checksOf({ holdout, settings: { zone } }: Report): Check[] {
  const { sample_ratio: ratio, placebo, withheld_why: why } = holdout;
  const w = words.checks;
  const share = (part: number) => format.percent(part);
  const sizes = ratio.expected_holdout_share;
  const covered = holdout.covered + holdout.not_covered;
  const before = format.per100(placebo.difference.value ?? 0);
  const checks: (Check | false)[] = [
    sizes === null
      ? { id: 'sizes', level: 'look', text: words.trust.cautions.no_design_share! }
      : {
          id: 'sizes',
          level: ratio.flagged ? 'bad' : 'good',
          text: (ratio.flagged ? w.sizesOff : w.sizes)(share(ratio.observed_holdout_share), share(sizes)),
        },
    {
      id: 'balance',
      level: why === 'unbalanced_before' ? 'bad' : placebo.state === 'passed' ? 'good' : 'look',
      text: (w.balance[placebo.state] ?? w.balance.not_known!)(
        before,
        format.interval(placebo.difference, 'points'),
      ),
      episodes: episodesBefore(holdout.basis, holdout, w.names.balance!),
    },
    {
      id: 'contamination',
      level: holdout.contaminated === 0 ? 'good' : 'look',
      text:
        holdout.contaminated === 0 ? w.clean : words.trust.contaminated(format.count(holdout.contaminated)),
    },
    {
      id: 'both',
      level: why === 'mixed_units' ? 'bad' : holdout.mixed_units === 0 ? 'good' : 'look',
      text: holdout.mixed_units === 0 ? w.apart : words.trust.mixed(format.count(holdout.mixed_units)),
    },
    holdout.accounts > 0 && {
      id: 'accounts',
      level: holdout.cautions.includes('mixed_accounts') ? 'look' : 'good',
      text: w.accounts(format.count(holdout.mixed_accounts), format.count(holdout.accounts)),
    },
    holdout.holdout_age_days !== null && {
      id: 'age',
      level: holdout.cautions.includes('old_holdout') ? 'look' : 'good',
      text: w.age(
        format.days(Math.round(holdout.holdout_age_days)),
        words.checks.drawn(
          format.date(holdout.first_assigned, zone),
          format.date(holdout.last_assigned, zone),
        ),
        holdout.cautions.includes('old_holdout'),
      ),
    },
    covered > 0 && {
      id: 'covered',
      level: holdout.not_covered === 0 ? 'good' : 'look',
      text:
        holdout.not_covered === 0
          ? w.covered(format.count(covered))
          : w.notCovered(format.count(holdout.not_covered), format.count(covered)),
    },
    {
      id: 'sensitivity',
      level: holdout.detectable_drop === null ? 'look' : 'good',
      text:
        holdout.detectable_drop === null
          ? w.blind
          : w.sensitivity(format.per100(holdout.detectable_drop, holdout.baseline.episodes)),
    },
  ];
  return checks.filter((check) => check !== false);
}

/** A stratum in a row each: with the smallest drop that could have been seen there. */
export function strataTable(comparison: Comparison, id: string): DataTable {
  const w = words.strata;
  const [strata, held, contacted, treated, contactedToo] = words.method.holdout.strataHead;
  const told = comparison.verdict !== 'withheld';
  const rows = comparison.strata.map((stratum): Cell[] => [
    `${stratum.label.replaceAll('_', ' ') || words.breakdown.unnamed}${stratum.covered ? '' : ` (${w.notCovered})`}`,
    told ? stratum.difference : null,
    told ? stratum.detectable_drop : null,
    stratum.holdout_episodes,
    stratum.holdout_contacted,
    stratum.treated_episodes,
    stratum.treated_contacted,
  ]);
  return {
    id,
    title: strataTitle(comparison),
    columns: [
      text(strata!),
      estimate(words.breakdown.head.prevented, 'points'),
      { name: w.detectable, kind: 'points' },
      count(held!),
      count(contacted!),
      count(treated!),
      count(contactedToo!),
    ],
    rows,
    ...episodesOfStrata(comparison, rows),
  };
}

function strataTitle({ strata, verdict }: Comparison): string {
  const tones = strata.map(({ difference }) => toneOfEffect(difference));
  const at = (tone: Tone) => tones.filter((one) => one === tone).length;
  return verdict === 'withheld'
    ? words.strata.plain(strata.length)
    : words.strata.title(strata.length, at('good'), at('bad'));
}

function Strata({ comparison }: { comparison: Comparison }) {
  const table = useMemo(() => strataTable(comparison, 'strata'), [comparison]);
  if (comparison.strata.length < 2) return null;
  return (
    <details class="full">
      <summary>{table.title}</summary>
      <div class="wide-table" role="region" tabIndex={0} aria-label={table.title}>
        <Numbers table={table} />
      </div>
      <Tools title={table.title} lede="" table={table} />
    </details>
  );
}

export function Holdout({ report }: { report: Report }) {
  const { holdout } = report;
  const w = words.holdout;
  if (!holdout.available || holdout.basis !== 'holdout') return null;
  const withheld = isWithheld(holdout);
  const title = titleOf(report);
  const ways = withheld ? [] : waysOf(report);
  const checks = checksOf(report);
  const lede = withheld ? words.verdict.withheldLede(words.withheld(holdout.withheld_why)) : w.lede;
  return (
    <Section id="holdout" title={title} lede={lede}>
      {ways.length > 0 && (
        <>
          <Figures rows={ways} title={title} draw="interval" head={w.way} />
          <Tools
            title={title}
            lede={w.lede}
            drawing={figureDrawing(ways)}
            table={figureTable('holdout', title, ways)}
          />
        </>
      )}
      <details class="full" open={withheld}>
        <summary>{checksTitle(checks)}</summary>
        <Checks checks={checks} />
      </details>
      <Strata comparison={holdout} />
    </Section>
  );
}

export function holdoutTables(report: Report): DataTable[] {
  const { holdout } = report;
  if (!holdout.available || holdout.basis !== 'holdout') return [];
  const ways = isWithheld(holdout) ? [] : waysOf(report);
  return [figureTable('holdout', titleOf(report), ways), strataTable(holdout, 'strata')];
}
