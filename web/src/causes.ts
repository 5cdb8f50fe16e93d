// What may be behind the numbers and what to do, as words: findings, levers, guards. In: report.insight. Out: sentences, made by
// rule from the codes and the numbers.
import type { Estimate, Finding, Guard, LeverCard, Quantity, Report } from '../../wasm/api';
import { metricOf } from './findings';
import * as format from './format';
import { cite, figure, named, withRange } from './said';
import { words, wordFor } from './words';

/** What a figure is called: in words of its own, as a companion, as a metric. */
export function quantityName(report: Report, id: string): string {
  const own = words.causes.quantities[id];
  return (
    own ??
    report.companions.find((series) => series.id === id)?.name ??
    metricOf(report, id.slice(0, 3))?.name ??
    format.sentenceCase(named(id))
  );
}

/** "Automation share: 47.0% (43.6 to 50.5), before: 69.1%, difference −22.1 per 100 (−26.2 to −18.0)". */
export function quantityText(report: Report, quantity: Quantity, currency: string): string {
  const w = words.causes;
  const { id, label, unit, estimate, against, against_what: what, difference } = quantity;
  const name = quantityName(report, id);
  const whose = label === '' ? '' : ` (${w.who[label] ?? named(label)})`;
  const beside = against === null ? '' : (w.against[what]?.(figure(against, unit, currency)) ?? '');
  const gap = unit === 'share' ? 'points' : unit;
  const apart = difference.value === null ? '' : w.difference(withRange(difference, gap, currency));
  const value = cite(id, withRange(estimate, unit, currency));
  return [`${name}${whose}: ${value}`, beside, apart].filter(Boolean).join('; ');
}

export const findingName = ({ id, label }: Pick<Finding, 'id' | 'label'>): string => {
  const name = words.causes.list[id]?.name ?? id;
  return label === '' ? name : words.causes.of(name, named(label));
};

export const findingSeen = ({ id, detail }: Finding): string => {
  const cause = words.causes.list[id];
  return cause?.ways?.[detail] ?? cause?.seen ?? '';
};

export const leverName = (id: string): string => words.levers.list[id]?.name ?? id;

/** "about 134 contacts (69 to 200)"; its number leads to the effect that it is made of. */
export function prizeText(report: Report, contacts: Estimate): string {
  const metric = report.holdout.available ? 'M06' : 'M05';
  const { value, low, high } = contacts;
  if (value === null || low === null || high === null) return words.insight.noValue;
  const say = (n: number) => format.amount(n, format.sizeOf(contacts));
  return words.brief.about(cite(metric, say(value)), say(low), say(high));
}

export function ownerText({ owner }: Pick<LeverCard, 'owner'>): string {
  if (!owner.name) return '';
  return owner.team ? `${owner.name} (${owner.team})` : owner.name;
}

export function causesTitle({ insight: { diagnosis } }: Report): string {
  const checked = diagnosis.findings.length + diagnosis.not_found.length;
  return checked === 0 ? words.causes.titleNone : words.causes.title(diagnosis.findings.length, checked);
}

export function leversTitle(report: Report): string {
  const w = words.levers;
  const { levers } = report.insight;
  const best = levers.find(({ prize }) => prize !== null);
  if (levers.length === 0) return w.titleNone;
  if (!best?.prize) return w.titleNoPrize(levers.length);
  const { value } = best.prize.contacts;
  const stops = best.prize.better === '';
  const contacts = words.verdict.contacts(format.amount(value ?? 0), value ?? 0);
  return stops ? w.titleStop(named(best.prize.group), contacts) : w.title(leverName(best.id), contacts);
}

export function guardText({ id, count, value }: Guard): string {
  return words.guards.list[id]?.act(format.count(count), value === null ? '' : format.plain(value)) ?? '';
}

export const acting = (report: Report): Guard[] =>
  report.insight.guards.filter(({ state }) => state === 'acting');

export function guardsTitle(report: Report): string {
  return words.guards.title(acting(report).length, report.insight.guards.length);
}

export const lackText = (report: Report, id: string, code: string): string =>
  `${quantityName(report, id)} (${wordFor(words.causes.lack, code) === code.replaceAll('_', ' ') ? words.insight.lack(code) : words.causes.lack[code]!})`;
