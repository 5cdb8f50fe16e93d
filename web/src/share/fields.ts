// What of a report may leave this computer, field by field: the one table from which links, evidence files and texts are made.
// A field that does not stand here does not leave; the type at the end makes a field of the core that nobody decided on an
// error. No row, no id, no text of a customer is in any field kept.
import type { Report } from '../../../wasm/api';

export type Treatment =
  /** A figure about the whole, or a yes or no. */
  | 'kept'
  /** A code of the core, a day, words of the core itself. */
  | 'code'
  /** A value of an attribute, as the files state it: kept unless it looks like somebody's id. */
  | 'label'
  /** A count on which figures beside it rest: from 1 to 4 it is masked, and in a part of the whole those figures with it. */
  | 'count'
  /** A count beside the others: from 1 to 4 it is masked. */
  | 'aside'
  /** A figure that follows from the counts of its object: goes when one of them is masked. */
  | 'follows'
  /** The reading of such figures. */
  | 'verdict'
  /** An object or a list of objects, gone through. */
  | 'part'
  /** A list of parts of one whole, gone through; never is one of them masked alone. */
  | 'cells'
  | 'gone';

type Name<T> = T extends readonly (infer Entry)[]
  ? Name<Entry>
  : T extends object
    ? { [Key in keyof T & string]: Key | Name<NonNullable<T[Key]>> }[keyof T & string]
    : never;

// prettier-ignore
const byName = {
  // the document and its settings
  version: 'code', settings: 'part', window_days: 'kept', unit: 'code', unit_why: 'code', zone: 'code',
  level: 'kept', scope: 'code', strata: 'cells', coverage_start: 'code', coverage_end: 'code',
  coverage_end_assumed: 'kept', second_breakdown: 'code', filters: 'part', values: 'label', exclude: 'kept',
  lookback_days: 'kept', repeat_days: 'kept', plan: 'part', cost_per_contact: 'kept',
  cost_per_outreach: 'kept', minutes_per_contact: 'kept', planned_units: 'kept', snapshots: 'kept',
  at_risk_below: 'kept', headline_rung: 'kept',
  // estimates and what names them
  value: 'kept', low: 'kept', high: 'kept', id: 'code', name: 'code', label: 'label', missing: 'code',
  metric: 'code', source: 'code', sources: 'part', text: 'gone', definition: 'code', note: 'code',
  estimate: 'follows', verdict: 'verdict', why: 'code', withheld_why: 'code', attribute: 'code',
  available: 'code', basis: 'code', state: 'code', method: 'code', kind: 'code', format: 'code',
  of: 'code', p: 'follows', p_adjusted: 'follows', rank: 'follows',
  // ladder
  ladder: 'part', rung: 'kept', supported: 'kept', headline: 'kept', n: 'aside', baseline_n: 'aside',
  // comparisons
  holdout: 'part', matched: 'part', escalations: 'part', at_risk: 'part', baseline: 'part',
  treated: 'part', units: 'count', episodes: 'count', contacted: 'count', contacts: 'aside',
  rate: 'follows', reactive: 'aside', pending: 'aside', censored: 'aside', difference: 'follows',
  relative_reduction: 'follows', prevented: 'follows', outreaches_per_prevented: 'follows',
  detectable_drop: 'follows', design_effect: 'kept', common: 'part', differs: 'kept', sequential: 'part',
  applies: 'kept', planned: 'kept', planned_assumed: 'kept', decides: 'kept', interim: 'kept',
  placebo: 'part', baseline_episodes: 'count', baseline_contacted: 'count', treated_episodes: 'count',
  treated_contacted: 'count', treated_units: 'count', delivery: 'part', delivered_share: 'follows',
  treated_share: 'kept', baseline_share: 'kept', by_account: 'part', accounts: 'aside',
  holdout_units: 'count', holdout_episodes: 'count', holdout_contacted: 'count', covered: 'kept',
  not_covered: 'aside', sample_ratio: 'part', expected_holdout_share: 'kept',
  observed_holdout_share: 'kept', log10_p: 'kept', flagged: 'kept', assumed_design: 'kept',
  mixed_units: 'aside', contaminated: 'aside', mixed_accounts: 'aside', holdout_age_days: 'kept',
  first_assigned: 'code', last_assigned: 'code', cautions: 'code', matching: 'part', leads: 'kept',
  coverage: 'kept', e_value: 'follows', e_value_limit: 'follows', bias: 'code', methods: 'part',
  one_sign: 'kept', clock_at_send: 'aside',
  // metrics and published ranges
  metrics: 'part', numerator: 'aside', denominator: 'aside', numerator_of: 'code',
  denominator_of: 'code', parts: 'part', count: 'aside', excluded: 'part', if_all_matched: 'follows',
  has_episodes: 'kept',
  benchmarks: 'part', axis: 'code', low_inclusive: 'kept', high_inclusive: 'kept', metric_id: 'code',
  ceiling: 'kept', own_group: 'kept',
  // periods and parts
  series: 'part', week: 'cells', month: 'cells', quarter: 'cells', start: 'code', end: 'code',
  complete: 'kept', outreaches: 'aside', no_contact: 'follows', effect: 'follows',
  contacts_estimate: 'follows', breakdown: 'part', rows: 'cells', group: 'kept', shrunken: 'follows',
  descriptive: 'kept', adjustment: 'code', known_in_both_arms: 'kept', homogeneity: 'part',
  groups: 'cells', q: 'kept', i_squared: 'kept', tau_squared: 'kept', mean: 'follows',
  // fatigue, timing, variants
  programme: 'part', fatigue: 'part', by_index: 'part', change_per_index: 'follows', doses: 'cells',
  messages: 'aside', frequency: 'part', histogram: 'cells', least: 'kept', p50: 'kept', p90: 'kept', most: 'kept', timing: 'part',
  weekday: 'kept', hour: 'kept', lag: 'part', slots: 'cells', slots_differ: 'code', variants: 'part',
  reactions: 'cells', sent: 'count', opened: 'follows', clicked: 'follows', replied: 'follows',
  // the tree
  tree: 'part', whole: 'part', nodes: 'part', branch: 'code', unacted: 'aside', measurement: 'part',
  owners: 'part', team: 'gone', raci: 'code', handle: 'gone', changes: 'part', period: 'code',
  outcome: 'code', from_start: 'code', from_end: 'code', to_start: 'code', to_end: 'code',
  from: 'follows', to: 'follows', change: 'follows', clear: 'kept', contributions: 'part',
  outreaches_from: 'count', outreaches_to: 'count', mix: 'follows', within: 'follows',
  precision: 'follows', message: 'follows', mover: 'part', found: 'kept', contribution: 'part',
  owner: 'part', recheck_on: 'code',
  // the window curve, companions, money, mix, own figures, the published definitions
  window: 'part', points: 'part', days: 'kept', chosen: 'kept', gained_days: 'follows',
  baseline_seen: 'aside', treated_seen: 'aside', peak_days: 'kept', judged_days: 'kept', peak: 'follows',
  last: 'follows', fallen: 'follows', depends_on_window: 'kept', strata_weighted: 'kept',
  companions: 'part', year: 'cells', money: 'part', proven: 'kept', cost_per_contact_from: 'code',
  cost_per_outreach_from: 'code', minutes_per_contact_from: 'code', gross: 'kept', outreach_cost: 'kept',
  net: 'kept', induced_cost: 'kept', net_induced_apart: 'kept', hours: 'kept', hours_per_week: 'kept',
  could_cost: 'kept', total: 'follows', episodes_from: 'count', episodes_to: 'count',
  silent_from: 'count', silent_to: 'count', indicators: 'part', figures_period: 'code', figures: 'part',
  pairs: 'part', indicator: 'code', indicator_name: 'label', outcome_name: 'label', lags: 'part',
  effective: 'kept', r: 'follows', reconciliation: 'part', who: 'code', formula: 'code', gap: 'kept',
  chain: 'code', grade: 'code', needs: 'code', shown_in: 'code',
  // the playbook, diagnosis, levers, changes, answers
  insight: 'part', playbook: 'part', plays: 'cells', trigger: 'label', content: 'label', fired: 'count',
  acted: 'count', acted_share: 'follows', induced: 'follows', prize: 'part', diagnosis: 'part',
  findings: 'part', confidence: 'code', numbers: 'part', against: 'kept', against_what: 'code',
  levers: 'part', settles: 'code', not_found: 'code', not_checked: 'part', lacks: 'part', code: 'code',
  no_prize: 'code', expected_metric: 'code', expected_direction: 'kept', recheck_days: 'kept',
  guards: 'part', impacts: 'part', incidents: 'part', day: 'code', made_on: 'code', measured: 'code', as_named: 'kept',
  before_start: 'code', before_end: 'code', after_start: 'code', after_end: 'code', complete_on: 'code',
  affected_before: 'follows', affected_after: 'follows', others_before: 'follows',
  others_after: 'follows', controlled: 'kept', verified: 'kept', unmet: 'code',
  sample_ratio_p: 'kept', sample_ratio_p_before: 'kept', sample_ratio_p_after: 'kept', answers: 'part', items: 'label',
  view: 'code', better: 'label', volume: 'kept', low_risk: 'follows', low_risk_cells: 'label',
  // doubts and files
  left_out: 'part', completes_on: 'code', trust: 'part', files: 'part', rows_read: 'kept',
  used: 'kept', set_aside: 'part', samples: 'gone', line: 'gone', reason: 'gone', detail: 'gone',
  cells: 'gone', warnings: 'gone',
} as const satisfies Record<Name<Report>, Treatment>;

/** Where a name means something else than elsewhere: "list.field". */
const inPlace: Record<string, Treatment> = {
  'settings.breakdown': 'code',
  'settings.strata': 'code',
  'settings.from': 'code',
  'settings.to': 'code',
  'metrics.sources': 'code',
  'timing.weekday': 'part',
  'timing.hour': 'part',
  'variants.rows': 'part',
  'homogeneity.groups': 'kept',
  'frequency.mean': 'kept',
  'owners.id': 'gone',
  'owners.name': 'gone',
  'owner.id': 'gone',
  'owner.name': 'gone',
  'mover.group': 'label',
  'prize.group': 'label',
  'prize.better': 'label',
  '.mix': 'part',
  'mix.from': 'code',
  'mix.to': 'code',
  'rows.why': 'part',
  'plays.owner': 'gone',
  'plays.coverage': 'follows',
  'impacts.owner': 'gone',
  'impacts.change': 'label',
  'impacts.note': 'gone',
  'incidents.id': 'label',
  'incidents.note': 'gone',
  'findings.detail': 'label',
  'figures.name': 'label',
};

/** The points of companions: a cell is the count itself. */
const companionPoints = Object.fromEntries(
  ['week', 'month', 'quarter', 'year'].flatMap((length): [string, Treatment][] => [
    [`${length}.numerator`, 'count'],
    [`${length}.denominator`, 'count'],
  ]),
);

export const fields: Partial<Record<string, Treatment>> = { ...byName, ...inPlace, ...companionPoints };

/** Left out of a link, which has to be short: lists of this name, and lists inside. They are in the evidence file. */
export const onlyInFile = ['week', 'slots', 'timing', 'reactions', 'lags', 'figures'];
