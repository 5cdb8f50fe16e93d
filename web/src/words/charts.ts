// Words of the charts about time, repetition, timing and versions of a message.
import { attributePlurals, attributes, wordFor, type Table } from './names';

export const charts = {
  window: {
    titles: {
      prevented: (judged: string) => `Prevented, not only delayed: the gap is still there after ${judged}`,
      delayed: (judged: string, peak: string) =>
        `Delayed rather than prevented: the gap is largest after ${peak} and gone after ${judged}`,
      partly_delayed: (judged: string, peak: string) =>
        `Partly delayed: of the gap after ${peak}, a good part is left after ${judged}`,
      caused: (judged: string) => `More contacts among the messaged, also after ${judged}`,
      cannot_tell: (judged: string) =>
        `Whether contacts are prevented or only delayed cannot be told within ${judged}`,
    } as Record<string, (judged: string, peak: string) => string>,
    titleNone: 'Prevented, or only delayed?',
    none: 'This needs people who were not messaged: add the file that says who was held out, or the signals that nobody acted on.',
    hangs: '; the reading depends on the window',
    lede: 'Prevented per 100 outreaches if the window were 1 to 28 days long. Filled dots: clearly more or less than zero; hollow: cannot be told. The large mark is your window. Each customer counts once, so it can differ a little from the answer above.',
    reading: (peak: string, atPeak: string, judged: string, atJudged: string) =>
      peak === judged
        ? `The gap is largest after ${peak}: ${atPeak} per 100.`
        : `The gap is largest after ${peak}, ${atPeak} per 100; after ${judged} it is ${atJudged}.`,
    point: (days: string) => `Window of ${days}`,
    effectLine: (value: string, range: string) => `Prevented per 100: ${value}${range ? ` (${range})` : ''}`,
    axis: 'length of the window in days',
    alone: {
      title: 'How soon messaged customers make contact',
      none: 'Nobody is known who was not messaged, so this shows no effect. A file that says who was held out would show it.',
    },
    armsTitle: 'Who had made contact, by days since the trigger',
    armsLede:
      'Share with at least one contact, with its interval. Windows that are still open count for as long as they were seen.',
    gained: (value: string, range: string, days: string) =>
      `Over ${days}, a messaged customer stays without contact ${value} days longer${range ? ` (${range})` : ''}.`,
    lost: (value: string, range: string, days: string) =>
      `Over ${days}, a messaged customer makes contact ${value} days sooner${range ? ` (${range})` : ''}.`,
    armsAxis: 'days since the trigger',
    armsAt: (days: string, shares: string) => `After ${days}: ${shares}.`,
    share: (group: string, share: string) => `${group} ${share}`,
    baselines: { holdout: 'held out' } as Table,
    baselineOther: 'not messaged',
    messaged: 'messaged',
    head: {
      days: 'Window, days',
      prevented: 'Prevented per 100',
      reading: 'Reading',
      since: 'Days since the trigger',
      messaged: 'Messaged',
      gained: 'Days gained without contact',
    },
  },

  /** Rows with an interval each: parts, repetition, timing, versions. */
  parts: {
    expected: 'Luck taken out',
    more: (n: string) => `Show the ${n} rows between`,
    show: 'Show',
    pair: (first: string, second: string) => `${first} and ${second}`,
    one: (attribute: string, second: string) =>
      second
        ? `pair of ${wordFor(attributes, attribute)} and ${wordFor(attributes, second)}`
        : wordFor(attributes, attribute),
    many: (attribute: string, second: string) =>
      second
        ? `pairs of ${wordFor(attributes, attribute)} and ${wordFor(attributes, second)}`
        : wordFor(attributePlurals, attribute),
    unsure: '; whether they differ cannot be told',
    differ: (many: string, share: string, p: string) =>
      `The ${many} differ by more than luck${share ? `: about ${share} of the spread between them is real` : ''} (such a spread by luck alone has a probability of ${p}).`,
    sameForAllWeKnow: (many: string, p: string) =>
      `Whether the ${many} differ at all cannot be told: luck alone spreads so far with a probability of ${p}. Do not rank them by their order here.`,
    sorted: (mean: string) =>
      `Sorted by the value with luck taken out: each effect is drawn towards the mean of all (${mean}), the more the less is known about it. The short upright mark shows it.`,
    adjusted: {
      benjamini_hochberg: (n: string) =>
        `So many at once (${n}) let some look clear by luck: only what stands after allowing for that is called (Benjamini–Hochberg, 10%).`,
      holm: (n: string) =>
        `${n} are judged at once, so each has to be clear enough to stand among all of them (Holm).`,
    } as Record<string, (n: string) => string>,
    alone: (n: string) => `clear alone, not among ${n}`,
    few: 'it takes 30 in each group and 5 contacts',
    descriptive:
      'Hollow: not drawn by lot at this point, so a difference between these rows need not come from the messages.',

    coverage: {
      label: 'Show effect against coverage',
      title: (name: string, share: string) =>
        `Of what prevents, ${name} comes before the most contacts: ${share} of them`,
      titleNone: 'No trigger with a warning signal is shown to prevent contacts yet',
      lede: (days: string) =>
        `Across: share of all contacts that had this warning signal in the ${days} before them. Up: prevented per 100 outreaches, with its interval. Upper right is where it works and reaches much.`,
      without: (names: string) => `Not drawn, for no warning signal is recorded: ${names}.`,
      across: 'share of contacts with the signal before them',
      head: ['Trigger', 'Contacts with the signal before them', 'Prevented per 100', 'Reading'],
    },
  },
};
