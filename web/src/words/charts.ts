// Words of the charts about time, repetition, timing and versions of a message.
import { counted, inWords, sentenceCase } from '../format';
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
      not_judged: () => 'Too few yet to tell whether contacts are prevented or only delayed',
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
    alone:
      'Nobody is known who was not messaged, so this shows no effect. A file that says who was held out would show it.',
    armsTitle: (days: string, messaged: string, others: string, who: string) =>
      `After ${days}, ${messaged} of the messaged${others ? ` and ${others} of those ${who}` : ''} had made contact`,
    armsLede:
      'Share with at least one contact by days since the trigger, with its interval. Windows that are still open count for as long as they were seen.',
    gained: (value: string, range: string, days: string) =>
      `Over ${days}, a messaged customer stays without contact ${value} days longer${range ? ` (${range})` : ''}.`,
    lost: (value: string, range: string, days: string) =>
      `Over ${days}, a messaged customer makes contact ${value} days sooner${range ? ` (${range})` : ''}.`,
    armsAxis: 'days since the trigger',
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
        `Of the triggers that work, “${name}” reaches the most: ${share} of all contacts`,
      titleNone: 'No trigger with a warning signal is shown to prevent contacts yet',
      lede: (days: string) =>
        `Across: share of all contacts that had this warning signal in the ${days} before them. Up: prevented per 100 outreaches, with its interval. Upper right is where it works and reaches much.`,
      without: (names: string) => `Not drawn, for no warning signal is recorded: ${names}.`,
      across: 'share of contacts with the signal before them',
      head: ['Trigger', 'Contacts with the signal before them', 'Prevented per 100', 'Reading'],
    },
  },

  fatigue: {
    titles: {
      shrinks: (change: string) =>
        `Repetition wears off: each further trigger prevents ${change} per 100 less than the one before`,
      grows: (change: string) => `Later triggers prevent more: ${change} per 100 with each`,
    } as Record<string, (change: string) => string>,
    titleOpen: (low: string, high: string) =>
      `Whether repetition wears off cannot be told: each further trigger may prevent from ${low} to ${high} per 100`,
    less: (n: string) => `${n} less`,
    more: (n: string) => `${n} more`,
    titleNone: 'How often the same customers are messaged',
    none: 'No customer was messaged in the last 30 days before a later message; nothing can be said about repetition.',
    noEffect:
      'Whether repetition wears off would show with customers held out: add the file that says who was.',
    noSecond: 'No customer had a second trigger yet, so nothing can have worn off.',
    lede: 'Prevented per 100 outreaches, by whether it was the first, second or a later trigger of the same customer.',
    first: 'Trigger of the customer',
    which: ['1st', '2nd', '3rd', '4th and later'],
    frequency: (p90: string, most: string) =>
      p90 === most
        ? `Nobody gets more than ${most} in 30 days`
        : `Nine in ten customers get at most ${p90} in 30 days; the most is ${most}`,
    message: ['message', 'messages'] as [string, string],
    headFrequency: 'Messages to one customer in 30 days',
    headMessages: 'Messages',
    facts: {
      mean: 'messages on average',
      p50: 'or fewer for half of them',
      p90: 'or fewer for nine in ten',
      most: 'the most that anybody got',
    } as Table,
    frequencyLede: (customers: string) =>
      `Messages to one customer in the 30 days up to each message; ${customers} customers, broadcasts included.`,
    loads: 'Customers by how many messages they get in 30 days',
    showLoads: 'Show how many customers get how many messages',
    load: (least: number, most: number) =>
      least === most ? counted(least, 'message', 'messages') : `${least} to ${most} messages`,
    headLoads: { messages: 'Messages in 30 days', customers: 'Customers' },
    single: (n: string) =>
      `All ${n} outreaches judged were a single message: no second one inside the window.`,
    doses: 'Messages inside one outreach',
    dosesLede:
      'A message that follows inside the window belongs to the same outreach. No rates: customers with many messages are those in trouble, so success against their number says nothing.',
    fromDose: (n: string) => `${n} or more messages`,
    dose: (n: number) => counted(n, 'message', 'messages'),
    head: { dose: 'Messages', outreaches: 'Outreaches', messages: 'Messages in all' },
    show: 'Show how many messages an outreach holds',
  },

  timing: {
    best: (what: string) => `The time of sending matters: ${what} prevents most`,
    differs: 'The time of sending matters',
    same: 'No day and no hour of sending is shown to work better than another',
    rates: 'Which time of sending prevents most cannot be told without a holdout',
    titleNone: 'When messages are sent',
    none: 'The times of sending are not in these data.',
    notInLink: 'Left out of a link to keep it short; it is in the evidence file.',
    lede: 'Prevented per 100 outreaches, by weekday and hour of sending. The stronger, the larger the effect with luck taken out; coloured and framed where it is clearly not zero. Empty: fewer than 20 messaged or 20 held out in that hour.',
    ledeVolume:
      'Outreaches judged, by weekday and hour of sending; the darker, the more. No hour of the week has 20 messaged and 20 held out yet, so no single hour is judged.',
    ledeRates: 'Outreaches judged, by weekday and hour of sending; the darker, the more.',
    oneSlot: (day: string, hour: string) =>
      `All outreaches went out on a ${day} at ${hour}: there is no other time to compare`,
    zone: (zone: string) => `Times in ${zone}.`,
    at: (day: string, hour: string) => `${day}, ${hour}`,
    outreaches: (n: number) => counted(n, 'outreach', 'outreaches'),
    size: (treated: string, held: string) => `${treated} messaged, ${held} held out`,
    few: 'too few to judge',
    sentence: (judged: string, all: string) =>
      `Of ${all} hours of the week with messages, ${judged} can be judged.`,
    head: {
      day: 'Weekday',
      hour: 'Hour',
      outreaches: 'Outreaches',
      messaged: 'Messaged',
      heldOut: 'Held out',
      prevented: 'Prevented per 100',
      expected: 'Luck taken out',
    },
    weekday: {
      title: (best: string) => `${best} prevents most`,
      same: 'By weekday: no difference that luck alone would not make',
      open: 'By weekday',
      show: 'Show by weekday',
      many: 'weekdays',
      first: 'Weekday',
    },
    hour: {
      title: (best: string) => `Sent at ${best}, it prevents most`,
      same: 'By hour: no difference that luck alone would not make',
      open: 'By hour of the day',
      show: 'Show by hour of the day',
      many: 'hours',
      first: 'Hour of sending',
    },
    lag: {
      title: (best: string) => `Sent ${best} after the signal, it prevents most`,
      same: 'By delay after the signal: no difference that luck alone would not make',
      open: (low: string, high: string) =>
        low === high
          ? 'By delay after the warning signal'
          : `Between ${low} and ${high} stayed quiet, depending on the delay after the signal`,
      show: 'Show by delay after the warning signal',
      many: 'delays',
      first: 'After the signal',
      lede: 'Against signals that nobody acted on. Who is answered quickly is not drawn by lot.',
      ledeRates: 'Share that stayed quiet: an upper bound, no effect.',
    },
    lags: ['under 1 hour', '1 to 24 hours', '1 to 3 days', '3 to 7 days', 'more than 7 days'],
  },

  variants: {
    proven: (n: number, all: number, best: string) =>
      sentenceCase(
        `${inWords(n)} of ${inWords(all)} versions ${n === 1 ? 'is' : 'are'} shown to prevent contacts${best ? `; ${best} most` : ''}`,
      ),
    harms: (n: number) => `; ${inWords(n)} ${n === 1 ? 'causes' : 'cause'} them`,
    cannot: (all: number) =>
      all === 1
        ? 'The one version is not shown to prevent contacts yet'
        : `None of ${inWords(all)} versions is shown to prevent contacts yet`,
    rates: 'Which version prevents most cannot be told without a holdout',
    titleNone: 'The messages name no versions',
    none: 'Add to the messages which content and which version each was: columns such as content_id and variant.',
    lede: 'Prevented per 100 outreaches of each version, each against the same held-out customers. Ranked by what it prevents, never by opens.',
    ledeRates: 'Share that stayed quiet, by version: an upper bound, no ranking.',
    many: 'versions',
    first: 'Version',
    reactions: 'Opens and clicks say nothing about what prevents',
    reactionsLede:
      'A version can be opened more and prevent less. Of each sent; a reply may be a contact that the message caused.',
    show: 'Show opens, clicks and replies',
    head: { version: 'Version', sent: 'Sent', opened: 'Opened', clicked: 'Clicked', replied: 'Replied' },
  },

  /** Companions in the trend: any figure that the report has over time. */
  trendOf: {
    select: 'or a companion',
    none: 'none',
    lede: (name: string, unit: string, level: string, period: string) =>
      `${name}${unit ? `, ${unit}` : ''}, by ${period}, with a ${level} interval. It goes along with the programme and shows no effect of it.`,
    units: { points: 'per 100', ratio: 'per 100', minutes: 'in minutes' } as Table,
    up: (name: string, last: string, first: string) => `${name}: higher in ${last} than in ${first}`,
    down: (name: string, last: string, first: string) => `${name}: lower in ${last} than in ${first}`,
    flat: (name: string, span: string) => `${name}: no clear change over ${span}`,
    empty: (name: string, period: string) =>
      `${name} has no value by ${period} yet. Choose another length, or another figure.`,
    table: ['Period', 'Of', 'Note'],
    all: (period: string) => `Companions by ${period}`,
    head: ['Figure', 'Unit', 'Period', 'Value', 'Counted', 'Of', 'Note'],
  },

  trendChanges: {
    title: 'Changes on the way',
    titleBoth: 'Changes and incidents on the way',
    titleIncidents: 'Incidents on the way',
    short: (n: number, name: string) => `change ${n}: ${name}`,
    shortIncident: (n: number, name: string) => `incident ${n}: ${name}`,
    incident: 'incident',
    column: 'Changes and incidents',
    more: 'Did they help?',
  },
};
