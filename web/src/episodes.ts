// Which episodes stand behind a number of the report. In: the report, and where on the page the number stands. Out: what it is
// called there, and how the core is asked for its list. Null where a number counts no episodes.
import type { AuditQuery, Breakdown, Comparison, LeftOut, Metric, Play, Point, Report } from '../../wasm/api';
import { metricOf } from './findings';
import * as format from './format';
import type { Period } from './format';
import type { Auditing, TrendMetric } from './state';
import type { Cell, DataTable } from './tables';
import { words } from './words';

export function episodesOfMetric(metric: Metric | undefined, name: string): Auditing | null {
  return metric?.has_episodes ? { of: name, query: { metric: metric.id } } : null;
}

/** Escalated contacts are those of the same episodes; leaving is another matter. */
export function episodesOfOutcome(id: string, name: string): Auditing | null {
  return id === 'escalations' ? { of: name, query: { metric: 'M29', outcome: 'escalated' } } : null;
}

/** Of a comparison: its basis is the name of what is counted. */
export const episodesOfArm = (
  { basis }: Comparison,
  arm: 'treated' | 'holdout',
  outcome: string,
  where: AuditQuery['where'] = [],
): AuditQuery => ({ population: basis, arm, outcome, where });

/** A group of a breakdown: by what, and its name in the core. `shared`: all groups are compared with the same customers. */
export interface Part {
  by: string;
  value: string;
  shared?: boolean;
}

/** Of a part, for its two counts: both arms of the comparison, or the messages judged and those followed by a contact. */
export function episodesOfPart(
  { basis, known_in_both_arms: effects }: Breakdown,
  { by, value, shared = false }: Part,
  name: string,
): Auditing[] {
  const w = words.breakdown.head;
  const where = [{ by, value }];
  const one = (what: string, query: AuditQuery) => ({ of: `${name}, ${what}`, query });
  return effects
    ? [
        one(w.outreaches, { population: basis, arm: 'treated', outcome: 'counted', where }),
        one(w.heldOut, { population: basis, arm: 'holdout', outcome: 'counted', where: shared ? [] : where }),
      ]
    : [
        one(w.outreaches, { population: 'messages', outcome: 'counted', where }),
        one(w.contacted, { population: 'messages', outcome: 'contacted', where }),
      ];
}

const withStrata = ['holdout', 'signals_not_acted_on', 'same_time_customers'];

/** Of each stratum; typed numbers have no rows. */
export function episodesOfStrata(comparison: Comparison, rows: Cell[][]): Pick<DataTable, 'episodes'> {
  if (!withStrata.includes(comparison.basis)) return {};
  const of = comparison.strata.map(({ label }, index): [Cell[], Auditing] => {
    const where = [{ by: 'stratum', value: label }];
    const query = { population: comparison.basis, outcome: 'counted', where };
    return [rows[index]!, { of: label.replaceAll('_', ' ') || words.breakdown.unnamed, query }];
  });
  return { episodes: new Map(of) };
}

const populations: Record<string, string> = { episodes: 'messages', assignments: 'assignments' };
const outcomes: Record<string, string> = {
  reactive: 'reactive',
  pending: 'pending',
  censored_churn: 'censored',
  mixed_arms: 'dropped',
};

export function episodesLeftOut({ id, of }: LeftOut): AuditQuery | null {
  const [population, outcome] = [populations[of], outcomes[id]];
  if (of === 'outreaches' && id === 'broadcast') return { population: 'broadcasts' };
  return population && outcome ? { population, outcome } : null;
}

export function episodesOfPoint(point: Point, metric: TrendMetric, period: Period): Auditing | null {
  if (metric === 'contacts') return null;
  return {
    of: `${words.trend.metrics[metric]}, ${format.period(point.start, period)}`,
    query: {
      population: metric === 'effect' ? 'assignments' : 'messages',
      outcome: 'counted',
      where: [{ by: period, value: point.start }],
    },
  };
}

export function episodesOfRung(report: Report, rung: number, name: string): Auditing | null {
  const id = report.ladder.find((one) => one.rung === rung)?.metric;
  return episodesOfMetric(metricOf(report, id ?? ''), name);
}

/** Whose contacts before anything was sent tell whether the groups of a comparison were alike. */
export function episodesBefore(
  population: string,
  { placebo }: Pick<Comparison, 'placebo'>,
  name: string,
): Auditing | null {
  const any = placebo.baseline_contacted + placebo.treated_contacted > 0;
  return any ? { of: name, query: { population, outcome: 'earlier' } } : null;
}

/** Of a trigger in the playbook: its messages; what its effect compares; who of those not messaged wrote. */
export function episodesOfPlay(
  { trigger }: Play,
  basis: string,
  what: 'messages' | 'effect' | 'unmessaged',
): AuditQuery {
  const where = [{ by: 'trigger', value: trigger }];
  if (what === 'messages') return { population: 'messages', outcome: 'counted', where };
  if (what === 'effect') return { population: basis, outcome: 'counted', where };
  return { population: basis, arm: 'holdout', outcome: 'counted', where };
}
