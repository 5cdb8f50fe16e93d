// What is asked of each data set. In: a data set. Out: questions as the options of preempt_cells.
const DAY = 86_400_000;

const plain = { unit: 'person', strata: 'experiment' };
const general = [
  plain,
  { ...plain, scope: 'same_topic', by: 'topic', strata: 'trigger' },
  { unit: 'account', strata: 'trigger_segment', by: 'plan', zone: 'America/New_York' },
  { ...plain, window: DAY, strata: 'segment', by: 'trigger', zone: 'Europe/Berlin', atRisk: 30 },
  { ...plain, window: 28 * DAY, scope: 'same_topic', zone: 'Asia/Kolkata', until: Date.UTC(2026, 3, 1) },
  {
    unit: 'account',
    strata: 'trigger',
    scope: 'same_topic',
    window: 3.5 * DAY,
    by: 'segment',
    zone: 'America/New_York',
  },
  { ...plain, by: 'trigger', by2: 'plan', filters: ['segment=small|', 'trigger!=renewal'] },
  {
    unit: 'account',
    strata: 'trigger',
    scope: 'same_topic',
    filters: ['topic=usage|bug'],
    from: Date.UTC(2026, 2, 5),
    to: Date.UTC(2026, 2, 25),
    zone: 'Europe/Berlin',
  },
  {
    ...plain,
    strata: 'segment',
    by: 'outreach_type',
    filters: ['outreach_type=signal|lifecycle'],
    to: Date.UTC(2026, 2, 12),
  },
];
const alike = (more) => general.map((question) => ({ ...question, ...more }));

/** Hand-made sets have one kind of unit; those of days are read in zones whose clocks change inside the data. */
const special = {
  golden: alike({ unit: 'account' }),
  companions: [
    ...alike({ unit: 'person' }),
    { ...plain, lookback: 2 * DAY, repeat: 14 * DAY, by: 'segment' },
  ],
  leaving: [...alike({ unit: 'person', atRisk: 50 }), { unit: 'account', strata: 'trigger', atRisk: 50 }],
  leaving_messages: [
    ...alike({ unit: 'person', atRisk: 50 }),
    { unit: 'account', strata: 'trigger', atRisk: 45 },
  ],
  calendar: alike({ unit: 'person' }),
  reading: alike({ unit: 'person' }),
  edges: [...alike({ unit: 'person' }), { ...plain, until: Date.UTC(2026, 2, 31) }],
  days: [
    'UTC',
    'America/New_York',
    'Europe/Berlin',
    'Australia/Lord_Howe',
    'America/Sao_Paulo',
    'Asia/Kathmandu',
  ].flatMap((zone) => [
    { ...plain, zone, strata: 'trigger' },
    { ...plain, zone, scope: 'same_topic', by: 'topic', window: 3 * DAY, until: Date.UTC(2026, 11, 31, 23) },
  ]),
  arms: alike({ unit: 'person' }),
  arms_in_messages: alike({ unit: 'person' }),
  held_out_list: alike({ unit: 'person' }),
  accounts: [...alike({ unit: 'account' }), { ...plain, by: 'segment' }],
};

export function questionsOf(set, smoke) {
  const all = (!set.seeded && special[set.name]) || general;
  if (!smoke) return all;
  return set.seeded ? all.slice(1, 3) : all.filter((_, i) => i % 3 === 1);
}
