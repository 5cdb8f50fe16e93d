// What the numbers say, as sentences: chosen by rule from the report's verdicts and intervals. In: a report. Out: texts with
// their tone. Rules compare what the core computed; nothing is computed here. Every rule errs on the side of saying less.
import type { Benchmark, Breakdown, Comparison, Estimate, Metric, Report } from '../../wasm/api';
import * as format from './format';
import { words, wordFor } from './words';

/** good = prevents, bad = causes, grey = cannot tell, plain = a figure without a verdict. */
export type Tone = 'good' | 'bad' | 'grey' | 'plain';

export interface Fact {
  value: string;
  label: string;
  /** Id of the definition that it opens, '' = none. */
  metric: string;
}

export interface Verdict {
  kind:
    | 'prevents'
    | 'causes'
    | 'cannot_tell'
    | 'withheld'
    | 'bound'
    | 'claimed'
    | 'engagement'
    | 'activity'
    | 'nothing';
  tone: Tone;
  tag: string;
  sentence: string;
  lede: string[];
  facts: Fact[];
}

export function metricOf(report: Report, id: string): Metric | undefined {
  return report.metrics.find((metric) => metric.id === id);
}

/** The colour of an effect: by its interval, never by its value. */
export function toneOfEffect(estimate: Estimate): Tone {
  if (estimate.low !== null && estimate.low > 0) return 'good';
  if (estimate.high !== null && estimate.high < 0) return 'bad';
  return 'grey';
}

/** A comparison that gives no verdict yet: its effects stay grey, whatever their intervals. */
export const isWithheld = ({ holdout, matched }: Report): boolean =>
  (holdout.available ? holdout : matched).verdict === 'withheld';

/** How many outreaches the shares of a comparison rest on: few give whole per cents. */
export const casesOf = ({ holdout, matched }: Report): number =>
  (holdout.available ? holdout : matched).treated.episodes;

const isTyped = (report: Report) => report.files.length === 0;

// --- the verdict --------------------------------------------------------------------------------------------------------------

function coverageSentence(report: Report): string[] {
  const { coverage_start: from, coverage_end: to, zone } = report.settings;
  if (!from || !to || isTyped(report)) return [];
  return [words.verdict.between(format.date(from, zone), format.date(to, zone))];
}

function comparisonOf(comparison: Comparison, proven: boolean): string {
  if (comparison.basis === 'typed') return words.verdict.typedOf;
  const held = format.count(comparison.baseline.episodes);
  const treated = format.count(comparison.treated.episodes);
  return proven ? words.verdict.holdoutOf(held, treated) : words.verdict.matchedOf(held, treated);
}

function comparisonFacts(report: Report, comparison: Comparison, proven: boolean): Fact[] {
  const { baseline, treated } = comparison;
  const metric = proven ? 'M06' : 'M05';
  const facts: Fact[] = [
    {
      value: format.count(treated.episodes),
      label: isTyped(report)
        ? words.facts.typedEpisodes
        : words.facts.episodes(format.days(report.settings.window_days)),
      metric: isTyped(report) ? metric : 'M04',
    },
  ];
  // Of groups that are not believed, only the sizes are said.
  if (comparison.verdict === 'withheld' && comparison.withheld_why !== 'too_few') {
    facts.push({ value: format.count(baseline.episodes), label: words.facts.heldOut, metric });
    return facts;
  }
  if (baseline.rate.value !== null) {
    facts.push({
      value: format.percent(baseline.rate.value, baseline.episodes),
      label: proven ? words.facts.baseline : words.facts.baselineMatched,
      metric: 'M11',
    });
  }
  if (treated.rate.value !== null) {
    facts.push({
      value: format.percent(treated.rate.value, treated.episodes),
      label: words.facts.treated,
      metric,
    });
  }
  const per = comparison.outreaches_per_prevented;
  if (comparison.verdict === 'withheld') return facts;
  if (per !== null) {
    facts.push({
      value: format.plain(Math.abs(per)),
      label: per > 0 ? words.facts.perPrevented : words.facts.perCaused,
      metric,
    });
  } else if (comparison.detectable_drop !== null && comparison.verdict === 'cannot_tell') {
    facts.push({
      value: format.per100(comparison.detectable_drop),
      label: words.facts.detectable,
      metric,
    });
  }
  return facts;
}

/** Money and hours, the cautious end first; only where somebody stated a cost. */
function moneyFacts(report: Report, currency: string): Fact[] {
  const w = words.facts;
  const { net, gross, hours, could_cost: couldCost } = report.money;
  const facts: Fact[] = [];
  const money = net.low ?? gross.low;
  if (money !== null) {
    const label = couldCost ? w.couldCost : net.low === null ? w.savedGross : w.savedNet;
    facts.push({ value: format.money(money, currency), label, metric: 'M18' });
  }
  if (hours.low !== null && hours.low > 0) {
    facts.push({ value: format.amount(hours.low), label: w.hours, metric: 'M18' });
  }
  return facts;
}

/** A signed end of an interval as words: "3.1 more contacts", "no effect", "7.9 prevented". */
function effectEnd(share: number): string {
  if (share < 0) return words.verdict.extra(format.per100(Math.abs(share)));
  return share > 0 ? words.verdict.fewer(format.per100(share)) : words.verdict.zero;
}

function comparisonVerdict(
  report: Report,
  comparison: Comparison,
  proven: boolean,
  currency: string,
): Verdict {
  const w = words.verdict;
  const open = comparison.verdict === 'cannot_tell';
  const base = {
    tag: !proven ? w.tags.estimated : open ? w.tags.open : w.tags.proven,
    facts: [...comparisonFacts(report, comparison, proven), ...moneyFacts(report, currency)],
  };
  const about = [comparisonOf(comparison, proven), ...coverageSentence(report)];
  const { prevented, difference, relative_reduction: relative } = comparison;
  const size = (n: number) => format.amount(Math.abs(n), format.sizeOf(prevented));
  const heldOut = format.counted(comparison.baseline.episodes, 'customer', 'customers');

  if (comparison.verdict === 'withheld') {
    const code = comparison.withheld_why;
    // A comparison that is not believed at all leaves the rung below as the headline.
    const bound = report.ladder.find((rung) => rung.headline && rung.rung === 3)?.estimate.value;
    const remains =
      bound == null ? [] : [w.remains(format.percent(bound), format.days(report.settings.window_days))];
    return {
      ...base,
      kind: 'withheld',
      tone: 'grey',
      tag: w.tags.withheld,
      sentence: code === 'too_few' ? w.tooFew : proven ? w.withheld : w.withheldEstimated,
      lede: [w.withheldLede(words.withheld(code)), ...remains, ...about],
    };
  }
  const complete =
    prevented.value !== null &&
    prevented.low !== null &&
    prevented.high !== null &&
    difference.value !== null &&
    difference.low !== null &&
    difference.high !== null;
  if (comparison.verdict === 'prevents' && complete) {
    const n = w.contacts(size(prevented.value!), prevented.value!);
    const say = proven ? w.prevents : w.preventsEstimated;
    const share = relative.value === null ? '' : format.percent(relative.value, 1);
    const shareEnds = format.ends(relative, 'share', 1);
    return {
      ...base,
      kind: 'prevents',
      tone: 'good',
      sentence: say(n, size(prevented.low!), size(prevented.high!)),
      lede: [
        w.preventsLede(
          format.per100(difference.value!),
          format.interval(difference, 'points'),
          share,
          shareEnds ? `${shareEnds[0].replace('%', '')} to ${shareEnds[1]}` : '',
        ),
        ...about,
      ],
    };
  }
  if (comparison.verdict === 'causes' && complete) {
    const n = w.contacts(size(prevented.value!), prevented.value!);
    const per100 = (share: number) => format.per100(Math.abs(share));
    return {
      ...base,
      kind: 'causes',
      tone: 'bad',
      sentence: w.causes(n, size(prevented.high!), size(prevented.low!)),
      lede: [
        (proven ? w.causesLede : w.causesLedeEstimated)(
          per100(difference.value!),
          `${per100(difference.high!)} to ${per100(difference.low!)}`,
        ),
        ...about,
      ],
    };
  }
  const lede: string[] = [];
  if (difference.low !== null && difference.high !== null) {
    lede.push(w.cannotTellLede(effectEnd(difference.low), effectEnd(difference.high)));
  }
  lede.push(
    comparison.detectable_drop === null
      ? w.notDetectable(heldOut)
      : w.detectable(format.per100(comparison.detectable_drop), heldOut),
    w.keepGoing,
    ...about,
  );
  return { ...base, kind: 'cannot_tell', tone: 'grey', sentence: w.cannotTell, lede };
}

function boundVerdict(report: Report, metric: Metric): Verdict | null {
  const { value } = metric.estimate;
  const range = format.ends(metric.estimate, 'share', metric.denominator);
  if (value === null || !range) return null;
  const window = format.days(report.settings.window_days);
  const facts: Fact[] = [
    {
      value: format.count(metric.denominator),
      label: isTyped(report) ? words.facts.outreachesTyped : words.facts.episodes(window),
      metric: 'M04',
    },
    { value: format.count(metric.numerator), label: words.facts.noContact, metric: 'M04' },
  ];
  const pending = report.left_out.find((entry) => entry.id === 'pending');
  if (pending && pending.count > 0) {
    facts.push({ value: format.count(pending.count), label: words.facts.pending, metric: 'M04' });
  }
  return {
    kind: 'bound',
    tone: 'plain',
    tag: words.verdict.tags.bound,
    sentence: words.verdict.bound(format.percent(value, metric.denominator), range[0], range[1], window),
    lede: [words.verdict.boundLede, words.verdict.boundNext, ...coverageSentence(report)],
    facts,
  };
}

function shareVerdict(metric: Metric, kind: 'claimed' | 'engagement'): Verdict | null {
  const { value } = metric.estimate;
  const range = format.ends(metric.estimate, 'share', metric.denominator);
  if (value === null || !range) return null;
  const w = words.verdict;
  const claimed = kind === 'claimed';
  /** Prevented contacts as the team counts them, and not outcomes that it noted. */
  const counted = metric.id === 'M03P';
  const say = counted ? w.counted : claimed ? w.claimed : w.engagement;
  const lede = counted ? w.countedLede : claimed ? w.claimedLede : w.engagementLede;
  const numerator = format.count(metric.numerator);
  const denominator = format.count(metric.denominator);
  const f = words.facts;
  return {
    kind,
    tone: 'plain',
    tag: words.verdict.tags[kind],
    sentence: say(format.percent(value, metric.denominator), range[0], range[1]),
    lede: [lede(numerator, denominator)],
    facts: [
      {
        value: denominator,
        label: counted ? f.outreaches : claimed ? f.attempts : f.eligible,
        metric: metric.id,
      },
      { value: numerator, label: counted ? f.counted : claimed ? f.successes : f.engaged, metric: metric.id },
    ],
  };
}

function activityVerdict(metric: Metric): Verdict | null {
  if (metric.estimate.value === null) return null;
  const outreaches = format.count(metric.numerator);
  const contacts = format.count(metric.denominator);
  return {
    kind: 'activity',
    tone: 'plain',
    tag: words.verdict.tags.activity,
    sentence: words.verdict.activity(format.per100(metric.estimate.value)),
    lede: [words.verdict.activityLede(outreaches, contacts)],
    facts: [
      { value: outreaches, label: words.facts.outreaches, metric: metric.id },
      { value: contacts, label: words.facts.contacts, metric: metric.id },
    ],
  };
}

/** The answer: by the highest rung that the core calls the headline; a withheld holdout is said before any lower rung. */
/** `currency`: that of the costs which were stated. */
export function verdictOf(report: Report, currency = 'EUR'): Verdict {
  const nothing: Verdict = {
    kind: 'nothing',
    tone: 'grey',
    tag: words.verdict.tags.nothing,
    sentence: words.verdict.nothing,
    lede: [words.verdict.nothingLede],
    facts: [],
  };
  const headline = report.ladder.find((rung) => rung.headline);
  if (report.holdout.available && (headline?.rung === 5 || report.holdout.verdict === 'withheld')) {
    return comparisonVerdict(report, report.holdout, true, currency);
  }
  if (!headline) return nothing;
  if (headline.rung === 5) return comparisonVerdict(report, report.holdout, true, currency);
  if (headline.rung === 4) {
    return report.matched.available ? comparisonVerdict(report, report.matched, false, currency) : nothing;
  }
  const metric = metricOf(report, headline.metric);
  if (!metric) return nothing;
  const made =
    headline.rung === 3
      ? boundVerdict(report, metric)
      : headline.rung === 2
        ? shareVerdict(metric, 'claimed')
        : headline.rung === 1
          ? shareVerdict(metric, 'engagement')
          : activityVerdict(metric);
  return made ?? nothing;
}

/** Where a picture or a text comes from: the kind of evidence, the window, the last day. */
export function sourceLine(report: Report): string {
  const { window_days: window, coverage_end: to, zone } = report.settings;
  const parts = [verdictOf(report).tag.toLowerCase()];
  if (!isTyped(report)) {
    parts.push(words.chart.window(format.days(window)));
    if (to) parts.push(words.chart.until(format.date(to, zone)));
  }
  return words.chart.source(parts);
}

/** How it was counted, in one sentence; empty for typed numbers. */
export function countedBy(report: Report): string {
  const { window_days: window, unit, zone, level } = report.settings;
  if (isTyped(report)) return '';
  const used = words.settings.unitUsed(unit);
  return words.share.counted(format.days(window), used, zone, format.roundPercent(level));
}

// --- headings -----------------------------------------------------------------------------------------------------------------

export function ladderTitle(report: Report): string {
  const headline = report.ladder.find((rung) => rung.headline);
  const open = headline?.rung === 5 && !['prevents', 'causes'].includes(report.holdout.verdict);
  const best = open ? words.ladder.open : headline && words.ladder.best[headline.rung];
  return best ? words.ladder.title(best) : words.ladder.titleNone;
}

/** Rungs that can be drawn in the ladder's order: strongest first. */
export function ladderOrder(report: Report) {
  return [...report.ladder].sort((a, b) => b.rung - a.rung);
}

export interface BenchmarkGroup {
  id: string;
  title: string;
  lede: string;
  none: string;
  rows: Benchmark[];
  /** Rows of this group have a value to set against the ranges. */
  hasValue: boolean;
  /** Its value is an effect that is shown, not one that waits for its verdict. */
  settled: boolean;
}

/** Own ranges name our metric; they stand in the group of the published ranges of the same metric. */
const groupsByMetric: Record<string, string> = {
  M01: 'proactive_contact_ratio',
  M03: 'claimed_success',
  M05: 'prevented_contact_rate',
  M06: 'prevented_contact_rate',
};
export const groupOf = (row: Benchmark): string => groupsByMetric[row.metric] ?? row.metric;

const isOwn = (row: Benchmark): boolean => row.axis.startsWith('own_');

/** A row is shown unless another one, or none, was chosen for its axis. */
const fits = (row: Benchmark, profile: Record<string, string>): boolean =>
  !profile[row.axis] || profile[row.axis] === row.id;

const benchmarkOrder = ['prevented_contact_rate', 'claimed_success', 'proactive_contact_ratio'];

/** Whose value is drawn: that of the row's own type, of everything, or the team's own count. */
function ledeOf(id: string, rows: Benchmark[]): string {
  const known = words.benchmarks.groups[id];
  const valued = rows.filter((row) => row.estimate.value !== null);
  if (valued.some((row) => row.metric_id === 'M03P')) return known?.ledeCounted ?? '';
  const published = valued.filter((row) => !isOwn(row));
  const all = id === 'prevented_contact_rate' && published.some((row) => !row.own_group);
  return (all ? known?.ledeAll : known?.lede) ?? '';
}

export function benchmarkGroups(report: Report, profile: Record<string, string> = {}): BenchmarkGroup[] {
  const shown = report.benchmarks.filter((row) => fits(row, profile));
  const ids = [...new Set([...benchmarkOrder, ...shown.map(groupOf)])];
  return ids
    .map((id) => {
      const rows = shown.filter((row) => groupOf(row) === id);
      const known = words.benchmarks.groups[id];
      return {
        id,
        title: known?.title ?? metricOf(report, id)?.name ?? words.benchmarks.groupOther,
        lede: ledeOf(id, rows),
        none: known?.none ?? '',
        rows,
        hasValue: rows.some((row) => row.estimate.value !== null),
        settled: !isWithheld(report),
      };
    })
    .filter((group) => group.rows.length > 0);
}

export function benchmarkTitle(groups: BenchmarkGroup[]): string {
  const titles = words.benchmarks.titles;
  const group = groups.find((candidate) => candidate.hasValue);
  if (!group) return titles.none;
  const judged = group.rows.filter((row) => row.verdict !== 'no_value' && !isOwn(row));
  const placed = judged.filter((row) => ['below', 'inside', 'above'].includes(row.verdict));
  if (judged.length > 0 && judged.every((row) => row.verdict === 'out_of_reach')) return titles.outOfReach;
  if (placed.length === 0) {
    const outOfReach = judged.filter((row) => row.verdict === 'out_of_reach').length;
    return outOfReach > 0 ? titles.unclear(outOfReach, judged.length - outOfReach) : titles.cannotTell;
  }
  const [only] = placed;
  if (placed.length === 1 && only) {
    return titles.one(wordFor(words.benchmarks.verdicts, only.verdict), only.label);
  }
  const parts = ['above', 'inside', 'below']
    .map((verdict) => [verdict, placed.filter((row) => row.verdict === verdict).length] as const)
    .filter(([, n]) => n > 0)
    .map(([verdict, n]) => titles.part(verdict, n));
  return titles.counts(group.title.toLowerCase(), format.list(parts), judged.length - placed.length);
}

export function rangeText(row: Benchmark): string {
  const low = format.roundPercent(row.low).replace('%', '');
  if (row.high === null) return words.benchmarks.range(low, null, row.low_inclusive);
  const high = format.roundPercent(row.high).replace('%', '');
  if (row.low === 0) return words.benchmarks.under(high);
  return words.benchmarks.range(low, high, row.low_inclusive);
}

/** `second`: the attribute that it is also broken down by, "" = none. */
export function breakdownTitle(breakdown: Breakdown, second = ''): string {
  const { attribute, rows, known_in_both_arms: effects, homogeneity } = breakdown;
  if (rows.length === 0 || attribute === '') return words.breakdown.titleNone;
  const [one, many] = [words.parts.one(attribute, second), words.parts.many(attribute, second)];
  const judged = (verdict: string) => rows.filter((row) => row.verdict === verdict).length;
  if (effects) {
    const [works, harms] = [judged('prevents'), judged('causes')];
    const title = words.breakdown.titleEffect(works, harms, judged('cannot_tell'), one, many);
    const unsure = homogeneity.verdict === 'cannot_be_told' && works + harms > 0;
    return unsure ? `${title}${words.parts.unsure}` : title;
  }
  const known = rows
    .filter((row) => row.no_contact.value !== null)
    .sort((a, b) => a.no_contact.value! - b.no_contact.value!);
  const lowest = known[0];
  const highest = known.at(-1);
  if (!lowest || !highest) return words.breakdown.titleRateNone(one);
  if (lowest === highest)
    return words.breakdown.titleRateOne(format.percent(lowest.no_contact.value!, lowest.episodes), one);
  return words.breakdown.titleRate(
    format.percent(lowest.no_contact.value!, lowest.episodes),
    format.percent(highest.no_contact.value!, highest.episodes),
    one,
  );
}

const kNamedReasons = 2;

export function leftOutTitle(report: Report): string {
  const first = report.left_out.filter(
    (entry, index, all) => all.findIndex((other) => other.id === entry.id) === index,
  );
  const largest = first
    .filter((entry) => entry.count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, kNamedReasons);
  if (largest.length === 0) return words.leftOut.titleNothing;
  const parts = largest.map(({ id, count }) =>
    words.leftOut.part(format.count(count), words.leftOut.words[id]?.short ?? id.replaceAll('_', ' ')),
  );
  return words.leftOut.title(format.list(parts));
}

export function trustTitle(report: Report): string {
  const bad = report.trust.filter((line) => line.level === 'bad').length;
  const look = report.trust.filter((line) => line.level === 'look').length;
  if (bad > 0) return words.trust.titleBad(bad);
  return look > 0 ? words.trust.titleLook(look) : words.trust.titleGood;
}

export function ledgerTitle(report: Report): string {
  const aside = report.files.filter((file) => file.set_aside.some((reason) => reason.count > 0)).length;
  return aside > 0 ? words.ledger.titleAside(aside) : words.ledger.title;
}
