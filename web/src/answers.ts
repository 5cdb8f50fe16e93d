// Answers in words to the questions that people put to a report. In: report.insight.answers (verdicts as codes, numbers). Out: for
// each a question, its answer and where on the page more of it stands. Nothing is computed here.
import type { Answer, Estimate, Quantity, Report } from '../../wasm/api';
import { verdictOf } from './findings';
import * as format from './format';
import { cite, cited, figure, named, withRange } from './said';
import { words, wordFor } from './words';

/** Where an answer leads: a section, by its anchor, or an act of the page. */
export interface Place {
  id: string;
  /** The breakdown that is chosen on the way. */
  breakdown?: string;
}

export interface Said {
  id: string;
  question: string;
  text: string;
  places: Place[];
}

/** Those asked most first; the core's own order for the rest. */
const kFirst = ['stop_trigger', 'causing_tickets', 'quiet_month', 'over_messaged', 'rewrite', 'saved'];
export const kShown = kFirst.length;

type Say = (report: Report, answer: Answer, currency: string) => string;

const number = (answer: Answer, id: string, label?: string): Quantity | undefined =>
  answer.numbers.find((one) => one.id === id && (label === undefined || one.label === label));

/** The effect of an answer, against whichever comparison leads. */
function effectOf(answer: Answer, currency: string): string {
  const found = number(answer, 'M06') ?? number(answer, 'M05');
  return found ? cited(found, currency) : '';
}

const end = (value: number | null, unit: string, metric: string, currency: string): string =>
  value === null ? '' : cite(metric, figure(value, unit, currency));

function quietMonth(_report: Report, answer: Answer, currency: string): string {
  const w = words.questions;
  const others = number(answer, 'M06') ? w.others.holdout : w.others.matched;
  return w.quiet[answer.verdict]?.(effectOf(answer, currency), others) ?? '';
}

function stopTrigger(_report: Report, answer: Answer, currency: string): string {
  const w = words.questions;
  if (answer.verdict !== 'stop') return answer.verdict === 'none' ? w.stopNone : w.stopCannot;
  const effects = answer.items.flatMap((trigger) =>
    answer.numbers
      .filter(({ id, label }) => id !== 'M08' && label === trigger)
      .map((effect) => cited(effect, currency)),
  );
  const names = answer.items.map((trigger) => w.stopOne(named(trigger)));
  return w.stop(format.list(names), format.list(effects), names.length > 1);
}

function causingTickets(_report: Report, answer: Answer, currency: string): string {
  const w = words.questions;
  const replies = number(answer, 'M08');
  const reasons = answer.numbers
    .filter(({ id }) => id === 'induced_reason')
    .sort((a, b) => (b.estimate.value ?? 0) - (a.estimate.value ?? 0))
    .map(({ label, estimate }) => `${format.count(estimate.value ?? 0)} ${wordFor(w.reason, label)}`);
  const say = w.causing[answer.verdict];
  return [
    say?.(replies ? cited(replies, currency) : '', effectOf(answer, currency)) ?? '',
    reasons.length > 0 ? w.reasons(format.list(reasons)) : '',
  ].join(' ');
}

function saved(report: Report, answer: Answer, currency: string): string {
  const w = words.questions;
  const metric = report.holdout.available ? 'M06' : 'M05';
  const { value, low, high } = number(answer, 'prevented')?.estimate ?? {
    value: null,
    low: null,
    high: null,
  };
  const say = (n: number | null) => end(n, 'count', metric, currency);
  if (answer.verdict === 'saved') return w.saved(say(low), say(value), say(high));
  const size = (n: number | null) => say(n === null ? null : Math.abs(n));
  return answer.verdict === 'caused'
    ? w.savedCaused(size(value), size(high), size(low))
    : w.savedNone(say(low), say(high));
}

function money(report: Report, answer: Answer, currency: string): string {
  const w = words.questions;
  const { verdict, withheld_why: why } = report.money.proven ? report.holdout : report.matched;
  if (verdict === 'withheld') return words.insight.lack(why);
  const net = number(answer, 'net');
  const worth: Estimate | undefined = (net ?? number(answer, 'gross'))?.estimate;
  if (!worth) return '';
  const say = (n: number | null) => end(n, 'money', 'M18', currency);
  if (answer.verdict === 'could_cost') return w.couldCost(say(worth.low), say(worth.high));
  const hours = number(answer, 'hours')?.estimate.low ?? null;
  return w.pays(say(worth.low), say(worth.value), net !== undefined, end(hours, 'hours', 'M18', currency));
}

function compareOthers(report: Report, answer: Answer): string {
  const w = words.questions;
  if (answer.verdict !== 'compared') return w.nothingAlike;
  const verdicts = answer.items.map((id) => report.benchmarks.find((row) => row.id === id)?.verdict);
  const parts = Object.keys(w.placed)
    .map((verdict) => [verdict, verdicts.filter((one) => one === verdict).length] as const)
    .filter(([, n]) => n > 0)
    .map(([verdict, n]) => w.placed[verdict]!(format.inWords(n)));
  return w.compared(format.inWords(answer.items.length), format.list(parts));
}

function noHoldout(_report: Report, answer: Answer, currency: string): string {
  const say = (id: string) => {
    const found = number(answer, id);
    return found ? cited(found, currency) : '';
  };
  return words.questions.without[answer.verdict]?.(say('M05'), say('M04')) ?? '';
}

function holdoutSize(_report: Report, answer: Answer, currency: string): string {
  const w = words.questions;
  const rows = answer.numbers.filter(({ id }) => id === 'units_needed');
  const list = (drop: string) =>
    format.list(
      rows
        .filter(({ label }) => label.endsWith(` ${drop}`))
        .map(({ label, estimate }) => w.size(format.count(estimate.value ?? 0), label.split(' ')[0]!)),
    );
  const detectable = number(answer, 'detectable_drop');
  const baseline = number(answer, 'M11');
  return [
    w.sizes(
      baseline ? cited(baseline, currency) : '',
      `${w.sizesHalf(list('50'))}; ${w.sizesQuarter(list('25'))}`,
    ),
    detectable ? w.detectable(withRange(detectable.estimate, detectable.unit, currency)) : '',
  ].join(' ');
}

function overMessaged(_report: Report, answer: Answer, currency: string): string {
  const w = words.questions;
  const say = (label: string) =>
    end(number(answer, 'M26', label)?.estimate.value ?? null, 'count', 'M26', currency);
  const change = number(answer, 'effect_per_index');
  return [
    w.doseVerdicts[answer.verdict]?.(
      change ? cite('M06', withRange(change.estimate, change.unit, currency)) : '',
    ) ?? '',
    say('p50') === say('most') ? w.doseFlat(say('most')) : w.dose(say('p50'), say('p90'), say('most')),
  ].join(' ');
}

function rewrite(report: Report, answer: Answer, currency: string): string {
  const w = words.questions;
  const impact = report.insight.impacts.find(({ change }) => change === answer.items[0]);
  if (!impact) return '';
  const [effect] = answer.numbers;
  return (
    w.rewrite[answer.verdict]?.(
      w.change(impact.note || named(impact.change), format.date(impact.made_on)),
      effect ? cited(effect, currency) : '',
      impact.complete_on ? format.date(impact.complete_on) : '',
    ) ?? ''
  );
}

function bossNumber(_report: Report, answer: Answer, currency: string): string {
  const w = words.questions;
  if (answer.verdict !== 'several') return w.bossOne;
  const list = answer.numbers.map((one) => {
    const { value } = one.estimate;
    return w.bossName(end(value, one.unit, one.id, currency), wordFor(w.definitions, one.label));
  });
  const last = answer.items.at(-1) ?? '';
  return (['matched', 'kpitree_outreach'].includes(last) ? w.boss : w.bossBound)(format.list(list));
}

function qbr(report: Report, answer: Answer, currency: string): string {
  const [headline] = answer.numbers;
  const tag = verdictOf(report, currency).tag.toLowerCase();
  return words.questions.qbr(tag, headline ? cited(headline, currency) : '');
}

const rules: Record<string, { say: Say; places: string[] }> = {
  stop_trigger: { say: stopTrigger, places: ['playbook', 'breakdown'] },
  causing_tickets: { say: causingTickets, places: ['ladder'] },
  quiet_month: { say: quietMonth, places: ['trend'] },
  over_messaged: { say: overMessaged, places: ['fatigue'] },
  rewrite: { say: rewrite, places: ['impacts'] },
  saved: { say: saved, places: ['ladder'] },
  money: { say: money, places: ['worth'] },
  compare_others: { say: compareOthers, places: ['benchmarks'] },
  no_holdout: { say: noHoldout, places: ['ladder'] },
  holdout_size: { say: holdoutSize, places: ['trust'] },
  boss_number: { say: bossNumber, places: ['definitions'] },
  qbr: { say: qbr, places: ['slide', 'method'] },
  columns: { say: () => words.questions.columns, places: ['help'] },
  privacy: { say: () => words.questions.privacy, places: [] },
};

const placesOf = (id: string): Place[] =>
  (rules[id]?.places ?? []).map((place) =>
    place === 'breakdown' ? { id: place, breakdown: 'trigger' } : { id: place },
  );

export function answersOf(report: Report, currency: string): Said[] {
  const rank = ({ id }: Answer) => (kFirst.includes(id) ? kFirst.indexOf(id) : kShown);
  return [...report.insight.answers]
    .sort((a, b) => rank(a) - rank(b))
    .map((answer) => {
      const { id } = answer;
      const lacking = [
        id === 'quiet_month' ? words.questions.quietMissing : '',
        words.insight.lack(answer.missing),
      ];
      const text = answer.missing
        ? lacking.join(' ').trim()
        : (rules[id]?.say(report, answer, currency) ?? '');
      return { id, question: words.questions.asked[id] ?? '', text, places: placesOf(id) };
    })
    .filter(({ question, text }) => question !== '' && text !== '');
}
