// The names of what the core speaks of in codes: kinds of tables, attributes, reasons, rungs. A code without a name of its own
// is shown as it is, readable, rather than not at all.

export type Table = Record<string, string>;

/** The words for a code, or the code itself made readable. */
export function wordFor(table: Table, code: string): string {
  return table[code] ?? code.replaceAll('_', ' ');
}

export const kinds: Table = {
  outreaches: 'Messages sent',
  contacts: 'Tickets or conversations',
  customers: 'Customers',
  exposure: 'Holdout or audience',
  signals: 'Warning signals',
  engagement: 'Opens, clicks, replies',
  surveys: 'Survey answers',
  self_service: 'Help articles read',
  periods: 'Figures by month or week',
  changes: 'Changes that were made',
  owners: 'Who owns what',
  unknown: 'Not recognised',
};

export const attributes: Table = {
  trigger: 'trigger',
  outreach_type: 'outreach type',
  channel: 'channel',
  segment: 'segment',
  plan: 'plan',
  owner: 'owner',
  owner_id: 'owner',
  campaign: 'campaign',
  variant: 'variant',
  topic: 'topic',
  trigger_class: 'class of trigger',
  product_area: 'product area',
  content_id: 'content',
  experiment_id: 'experiment',
  initiated_by: 'sender',
  support_tier: 'support tier',
  business_model: 'business model',
  contract_type: 'contract type',
  lifecycle_stage: 'lifecycle stage',
  stage: 'company stage',
};

export const attributePlurals: Table = {
  trigger: 'triggers',
  outreach_type: 'outreach types',
  channel: 'channels',
  segment: 'segments',
  plan: 'plans',
  owner: 'owners',
  owner_id: 'owners',
  campaign: 'campaigns',
  variant: 'variants',
  topic: 'topics',
  trigger_class: 'classes of trigger',
  product_area: 'product areas',
  content_id: 'pieces of content',
  experiment_id: 'experiments',
  initiated_by: 'senders',
  tier: 'tiers',
  support_tier: 'support tiers',
  industry: 'industries',
  stage: 'company stages',
  business_model: 'business models',
  contract_type: 'contract types',
  region: 'regions',
  language: 'languages',
  lifecycle_stage: 'lifecycle stages',
};

export const missing: Table = {
  no_outreaches: 'Add a file of messages sent: to whom, and when.',
  no_contacts: 'Add a file of contacts (tickets, conversations): who wrote, and when.',
  no_contacts_in_scope: 'No contact is left: every one was started by you, merged, spam or a test.',
  no_outcome: 'Add an outcome column to the messages: positive, resolved, no effect …',
  no_engagement: 'Add clicks, replies or completions to the messages, or a file of reactions.',
  no_scores: 'Add survey answers: a column of scores, or the export of your survey tool.',
  no_first_response: 'Add the time of the first response to the contacts.',
  no_signals: 'Add the signals that fired, also those that nobody acted on.',
  no_holdout: 'Hold a random group out and add the file that says who was held out.',
  no_common_stratum:
    'Held-out and messaged customers share no trigger or segment: nobody is alike enough to compare.',
  no_baseline: 'Nobody is known who was not messaged.',
  all_pending: 'Every window is still open: export contacts up to a later day.',
  no_customers: 'Add the customers file, also those whom nobody messaged.',
  no_escalations: 'Add to the contacts which of them were escalated.',
  placebo:
    'The groups differed already before anybody was messaged; find a fairer comparison, best a random holdout.',
  coverage:
    'Fewer than 60 in 100 outreaches have comparable customers whom nobody messaged; find more, best a random holdout.',
  no_at_risk:
    'Give, under “More”, the health score below which a customer is at risk. It takes scores, and who left when, in the customers file.',
  no_views: 'Add the views of your help centre: who read which article, and when.',
  no_active_customers:
    'Add how many customers were active: a file of periods, or the customers with their dates.',
  no_unacted_signals: 'Every signal was acted on: add those that nobody acted on.',
  no_acted_signals: 'No message followed a signal: add which signal each message answers.',
  one_stratum: 'It needs at least two triggers or segments with 20 outreaches in each group.',
  no_reactions: 'Add clicks to the messages, or a file of reactions.',
  no_initiator: 'Add to the messages who began them: automation or a person.',
  no_promotional: 'Add to the messages which of them sell something.',
  no_attributes: 'Add a file with plans, channels, triggers or other attributes.',
  no_breakdown: 'Choose what to break the result down by.',
  no_health_score: 'Add health scores to the customers.',
  no_periods: 'Add a file of periods with your own figures.',
  too_few_periods: 'Too few whole periods yet: two months for a change, twelve weeks for a correlation.',
  no_cost: 'Type what one contact costs you; none is assumed.',
  no_outreach_cost: 'Type what one message costs you, or add a cost to the messages.',
  not_typed: 'Type these numbers in to see it.',
};

/** The same code where it means something else on a rung. */
export const rungMissing: Table = {
  '1 all_pending': 'The 30 days that engagement is given are not over for anybody yet.',
  '4 not_typed': 'It needs files: the signals that fired, also those that nobody acted on.',
};

/** Why a comparison that was made is not believed. */
export const withheld: Table = {
  mixed_units:
    'more than 1 in 100 customers is in both groups, messaged and held out. Ask whoever split the groups for a clean list.',
  sample_ratio:
    'the groups are not as large as the design says, so somebody was lost on the way. Find out who is missing before reading the difference.',
  too_few: 'at least 30 outreaches in each group and 5 contacts are needed. Keep the holdout running.',
  unbalanced_before:
    'the two groups differed already before anybody was messaged, more than chance does once in a thousand times. The split was not random; draw a new one.',
  placebo:
    'the two groups differed already before anybody was messaged, so a difference afterwards says nothing about the messages.',
  coverage: 'fewer than 60 in 100 outreaches have comparable customers whom nobody messaged.',
};

export const cautions: Table = {
  contaminated:
    'Some held-out customers were messaged all the same. They count as held out, so the effect is understated.',
  mixed_accounts: 'Some accounts have people in both groups; colleagues talk to each other.',
  few_events: 'Fewer than five contacts in one of the groups: read the interval, not the value.',
  small_strata: 'Some triggers or segments have very few held-out customers; their own figures are rough.',
  not_covered:
    'Some messaged customers have nobody held out to be compared with; they are not in the headline.',
  old_holdout: 'The holdout is older than 90 days: habits drift, start a new one.',
  mixed_units: 'Customers in both groups were taken out of both.',
  repeated_outreach: 'Some customers count several times; the interval is widened for it.',
  no_design_share:
    'Nobody said how large the holdout was meant to be, so it cannot be checked whether anyone was lost. State it under “More” in the settings.',
  first_assignments_only:
    'One group is listed more often than the other; only the first time of each customer is compared.',
  treated_from_outreaches:
    'The list names the held-out only; those messaged stand in for the other group, each from the first message on.',
  common_effect_differs:
    'A single effect for all triggers and segments would give another figure: they do not respond alike. The headline weighs them as they were messaged.',
  unbalanced_before:
    'The groups differed a little already before anybody was messaged; that happens to one good split in twenty.',
  sample_ratio_stratum:
    'In one of the triggers or segments the groups are not as large as the design says; its own figure cannot be trusted.',
  looked_at_before:
    'You have looked at this programme before. The verdict rests on the wider interval, which holds however often one looks.',
  interim: 'The planned number of customers is not reached: this is an interim result.',
  no_placebo:
    'Nothing is known of these groups from before the messages, so a difference between them cannot be ruled out.',
  weak_placebo:
    'Before the messages the groups looked alike, but too few are known to rule out a difference as large as the effect.',
  sources_disagree: 'The two ways of finding comparable customers contradict each other.',
  clock_at_send:
    'For some messages the signal is unknown: their clock starts at sending, which flatters, since they had to be quiet until then.',
};

export const leftOut: Record<string, { name: string; short: string; why: string }> = {
  reactive: {
    name: 'Reactive',
    short: 'sent after a contact',
    why: 'the customer had already contacted you, so there was nothing left to prevent',
  },
  pending: {
    name: 'Window still open',
    short: 'with an open window',
    why: 'the days after the outreach have not all passed yet, and silence so far would flatter',
  },
  broadcast: {
    name: 'Broadcasts',
    short: 'sent to everybody',
    why: 'sent to everybody; kept out of the headline, in a row of their own',
  },
  censored_churn: {
    name: 'Customer left inside the window',
    short: 'who left',
    why: 'silence by leaving is not prevention',
  },
  unmatched_contacts: {
    name: 'Contacts of unknown people',
    short: 'from unknown people',
    why: 'their sender appears in no other file, so they cannot be set against an outreach',
  },
  holdout_rows: {
    name: 'Holdout rows',
    short: 'rows of the held-out',
    why: 'rows of the held-out group are no outreaches: nothing was sent',
  },
  mixed_arms: {
    name: 'In both groups',
    short: 'in both groups',
    why: 'messaged and held out at once, so taken out of both',
  },
  not_covered: {
    name: 'Nobody held out to compare with',
    short: 'without a comparison',
    why: 'their trigger or segment has no holdout',
  },
  late_replies: {
    name: 'Late replies',
    short: 'late replies',
    why: 'they answer a message whose window was over',
  },
  undelivered: {
    name: 'Not delivered',
    short: 'not delivered',
    why: 'bounced; still counted in the comparison, since the held-out could not bounce',
  },
};

export const trustNames: Table = {
  match_rate: 'Customers found in both files',
  zone: 'Time zone',
  direction: 'Who started each contact',
  coverage: 'Days covered',
  day_only: 'Dates without a time of day',
  pending: 'Windows still open',
  topic_coded: 'Topics',
  holdout: 'Holdout',
  shared_keys: 'Shared addresses',
};

export const trustLevels: Table = { good: 'fine', look: 'look at this', bad: 'fix this first' };

export const axes: Table = {
  industry: 'industry',
  company_stage: 'company stage',
  business_model: 'business model',
  contract_type: 'contract',
  outreach_type: 'outreach type',
  programme_maturity: 'maturity of the programme',
  own_target: 'own target',
  own_range: 'own range',
};

export interface RungWords {
  name: string;
  question: string;
  /** What it proves. */
  can: string;
  /** What it does not. */
  cannot: string;
}

export const rungs: RungWords[] = [
  {
    name: 'Activity',
    question: 'Are we doing any?',
    can: 'Says how much you send, next to what comes in.',
    cannot: 'Says nothing about whether it helps.',
  },
  {
    name: 'Engagement',
    question: 'Did people touch it first?',
    can: 'Says who reacted before any contact.',
    cannot: 'Those who react differ from those who do not.',
  },
  {
    name: 'Claimed',
    question: 'Do we say it worked?',
    can: 'Counts what your team noted as a success.',
    cannot: 'Nobody checked what would have happened anyway.',
  },
  {
    name: 'Upper bound',
    question: 'Did they stay quiet?',
    can: 'No programme can have prevented more than this.',
    cannot: 'Most would have stayed quiet anyway: never a success rate.',
  },
  {
    name: 'Estimated',
    question: 'Quieter than similar, uncontacted?',
    can: 'Compares with like customers whom nobody messaged.',
    cannot: 'They were not chosen at random, so a difference may have other causes.',
  },
  {
    name: 'Proven',
    question: 'Quieter because of us?',
    can: 'The groups differ by chance only: the difference is your doing.',
    cannot: 'Holds for these customers, this window, these days.',
  },
];

export const rungUnits: Table = { share: '%', points: 'per 100', ratio: 'per 100', count: '' };
