// In short: what changed since the last period and why, what is worth most, what it saves; and how much is missing where the data
// are not enough yet. In: a report. Out: sentences, each with the section that says more. Nothing is computed here.
import type { Change, Report } from '../../wasm/api';
import { leverName, ownerText, prizeText } from './causes';
import * as format from './format';
import type { Period } from './format';
import { cite, figure, named, withRange } from './said';
import { words, wordFor } from './words';

export interface Line {
  id: string;
  label: string;
  /** Anchor of the section. */
  to: string;
  text: string;
}

const kPeriods = ['month', 'quarter', 'week'];
const kUnits: Record<string, string> = {
  per_outreach: 'points',
  prevented: 'count',
  share_of_demand: 'points',
};

/** The change that is told: that of the mover, else of what is prevented per outreach, in the longest familiar period. */
export function changeTold({ tree }: Report): Change | undefined {
  const { mover, changes } = tree;
  const told = changes.filter(({ missing }) => missing === '');
  if (mover.found) {
    return told.find(({ period, outcome }) => period === mover.period && outcome === mover.outcome);
  }
  return kPeriods
    .map((length) => told.find((one) => one.period === length && one.outcome === 'per_outreach'))
    .find((one) => one !== undefined);
}

function changed(report: Report, currency: string): Line[] {
  const w = words.brief;
  const { mover } = report.tree;
  const told = changeTold(report);
  if ((!told && !mover.found) || report.tree.cautions.includes('withheld')) return [];
  const metric = report.holdout.available ? 'M06' : 'M05';
  const { period, from_start: from, to_start: to, outcome } = mover.found ? mover : told!;
  const unit = kUnits[outcome] ?? 'points';
  const name = (start: string) => format.period(start, period as Period);
  const span = w.from(format.sentenceCase(name(to)), name(from));
  const line = { id: 'changed', label: w.changed, to: 'tree' };
  if (mover.found) {
    const { change, contribution, group } = mover;
    const up = (change.value ?? 0) > 0;
    const say = (of: typeof change) => cite(metric, withRange(of, unit, currency));
    const who = ownerText(mover);
    const part = wordFor(w.parts, contribution.id);
    const where = group ? named(group) : '';
    return [{ ...line, text: w.moved(span, up, say(change), part, say(contribution.estimate), where, who) }];
  }
  const { change, clear } = told!;
  if (clear) {
    const all = cite(metric, withRange(change, unit, currency));
    return [{ ...line, text: w.movedAlone(span, (change.value ?? 0) > 0, all) }];
  }
  const say = (value: number | null) => (value === null ? '' : cite(metric, figure(value, unit, currency)));
  const text = w.noMove(
    span,
    say(told!.from.value),
    say(told!.to.value),
    format.interval(change, unit === 'count' ? 'count' : 'points'),
  );
  return [{ ...line, text }];
}

const kMostLevers = 2;

function worth(report: Report): Line[] {
  const w = words.brief;
  return report.insight.levers.slice(0, kMostLevers).map(({ id, prize }, at) => ({
    id: `lever-${at + 1}`,
    label: at > 0 ? w.next : prize?.better === '' ? w.first : prize ? w.worth : w.todo,
    to: id,
    text: !prize
      ? w.noPrize(leverName(id))
      : prize.better === ''
        ? w.stop(named(prize.group), prizeText(report, prize.contacts))
        : w.prize(leverName(id), prizeText(report, prize.contacts), named(prize.group), named(prize.better)),
  }));
}

function saves(report: Report, currency: string): Line[] {
  const w = words.brief;
  const { net, gross, hours, could_cost: could, missing, proven } = report.money;
  if ((proven ? report.holdout : report.matched).verdict === 'withheld') return [];
  const { low, value } = net.value === null ? gross : net;
  if (missing !== '' || low === null || value === null) return [];
  const say = (n: number, unit: string) => cite('M18', figure(n, unit, currency));
  const text = could
    ? w.moneyCould(say(low, 'money'), say(value, 'money'))
    : w.money(
        say(low, 'money'),
        say(value, 'money'),
        net.value !== null,
        hours.low !== null && hours.low > 0 ? say(hours.low, 'hours') : '',
      );
  return [{ id: 'saves', label: could ? w.could : w.saves, to: 'worth', text }];
}

export const briefOf = (report: Report, currency: string): Line[] =>
  report.files.length === 0
    ? []
    : [...changed(report, currency), ...worth(report), ...saves(report, currency)];

// --- not enough yet -----------------------------------------------------------------------------------------------------------

export interface Counter {
  text: string;
  /** From 0 to 1. */
  reached: number;
}

/** As in core/metrics/compare.hpp: fewer give no verdict. */
const kLeastEpisodes = 30;
const kLeastContacts = 5;

/** How far the data are from an answer; [] where there is one, or where more of the same would not bring one. */
export function countersOf(report: Report): Counter[] {
  const w = words.enough;
  const { holdout } = report;
  const of = (n: number, needed: number, say: (n: string, of: string) => string): Counter => ({
    text: say(format.count(n), format.count(needed)),
    reached: Math.min(1, n / needed),
  });
  if (!holdout.available || report.files.length === 0) return [];
  const { baseline, treated, sequential } = holdout;
  if (holdout.verdict === 'withheld' && holdout.withheld_why === 'too_few') {
    const least = (n: number, needed: number, what: string) =>
      of(n, needed, (is, should) => (n < needed ? w.least : w.reached)(is, should, what));
    return [
      least(baseline.episodes, kLeastEpisodes, w.what.held),
      least(treated.episodes, kLeastEpisodes, w.what.messaged),
      least(baseline.contacted + treated.contacted, kLeastContacts, w.what.contacts),
    ];
  }
  if (holdout.verdict !== 'cannot_tell') return [];
  if (sequential.applies && !sequential.planned_assumed && sequential.planned > 0) {
    return [of(sequential.units, sequential.planned, w.planned)];
  }
  const share = holdout.sample_ratio.observed_holdout_share * 100;
  const sizes = report.insight.answers.find(({ id }) => id === 'holdout_size')?.numbers ?? [];
  const plans = sizes
    .filter(({ id, estimate }) => id === 'units_needed' && estimate.value !== null)
    .map(({ label, estimate }) => ({ label: label.split(' '), needed: estimate.value! }));
  const nearest = Math.min(...plans.map(({ label }) => Math.abs(Number(label[0]) - share)));
  return plans
    .filter(({ label }) => Math.abs(Number(label[0]) - share) === nearest)
    .map(({ label: [held = '', drop = ''], needed }) =>
      of(baseline.units + treated.units, needed, (n, all) => w.needed(n, all, held, wordFor(w.drops, drop))),
    );
}

/** The day on which the last open window of the comparison, or of the outreaches, closes. */
export function pendingText(report: Report): string {
  const of = report.holdout.available ? 'assignments' : 'episodes';
  const entry = report.left_out.find((one) => one.id === 'pending' && one.of === of);
  if (!entry || entry.count <= 0 || !entry.completes_on) return '';
  return words.enough.pending(entry.count, format.date(entry.completes_on, report.settings.zone));
}
