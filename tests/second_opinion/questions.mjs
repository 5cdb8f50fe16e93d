// What is asked of each data set. In: a data set. Out: questions as the options of preempt_cells.
const DAY = 86_400_000;

const plain = { unit: 'person', strata: 'experiment' };
const many = [
  plain,
  { ...plain, scope: 'same_topic', by: 'topic', strata: 'trigger' },
  { unit: 'account', strata: 'trigger_segment', by: 'plan', zone: 'America/New_York' },
  { ...plain, window: DAY, strata: 'segment', by: 'trigger', zone: 'Europe/Berlin' },
  { ...plain, window: 28 * DAY, scope: 'same_topic', zone: 'Asia/Kolkata', until: Date.UTC(2026, 3, 1) },
  {
    unit: 'account',
    strata: 'trigger',
    scope: 'same_topic',
    window: 3.5 * DAY,
    by: 'segment',
    zone: 'America/New_York',
  },
];

export function questionsOf(set, smoke) {
  if (set.seeded && smoke) return many.slice(0, 3);
  return many;
}
