// Words of what stands behind the answer: trend, parts, what was left out, doubts, rows, method.
import { counted, inWords, plural, sentenceCase } from '../format';
import { cautions, leftOut, trustLevels, trustNames, type Table } from './names';

export const details = {
  trend: {
    metrics: {
      effect: 'Prevented',
      no_contact: 'Stayed quiet',
      contacts: 'Contacts',
    } as Table,
    metricLabel: 'Show',
    periodLabel: 'By',
    periods: { week: 'Week', month: 'Month', quarter: 'Quarter', year: 'Year' } as Table,
    ledes: {
      effect: (level: string, period: string) =>
        `Prevented per 100 outreaches with its ${level} interval, by the ${period} of sending. Grey cannot be told apart from zero.`,
      no_contact: (level: string, period: string) =>
        `Share of outreaches followed by silence with its ${level} interval, by the ${period} of sending: an upper bound.`,
      contacts: (level: string, period: string) =>
        `Contacts received, by ${period}, with a ${level} interval.`,
    } as Record<string, (level: string, period: string) => string>,
    incomplete: 'Hatched: not complete, the value can still change.',
    titles: {
      up: {
        effect: (last: string, first: string) => `More is prevented in ${last} than in ${first}`,
        no_contact: (last: string, first: string) => `More stayed quiet in ${last} than in ${first}`,
        contacts: (last: string, first: string) => `More contacts came in ${last} than in ${first}`,
      },
      down: {
        effect: (last: string, first: string) => `Less is prevented in ${last} than in ${first}`,
        no_contact: (last: string, first: string) => `Fewer stayed quiet in ${last} than in ${first}`,
        contacts: (last: string, first: string) => `Fewer contacts came in ${last} than in ${first}`,
      },
      flat: {
        effect: (n: string) => `No clear change of the effect over ${n}`,
        no_contact: (n: string) => `No clear change in how many stayed quiet over ${n}`,
        contacts: (n: string) => `No clear change of contacts over ${n}`,
      },
      short: 'Too short a time for a trend',
    },
    spans: {
      week: (n: number) => counted(n, 'week', 'weeks'),
      month: (n: number) => counted(n, 'month', 'months'),
      quarter: (n: number) => counted(n, 'quarter', 'quarters'),
      year: (n: number) => counted(n, 'year', 'years'),
    },
    sentence: (metric: string, n: number, first: string, last: string) =>
      `${metric}, ${counted(n, 'point', 'points')}: ${first}; ${last}.`,
    at: (period: string, value: string, range: string) => `${period} ${value}${range ? ` (${range})` : ''}`,
    noneYet: 'No period holds enough to draw.',
    pending: (n: string) => `${n} pending`,
    incompleteWord: 'not complete',
    table: {
      effect: ['Period', 'Prevented per 100', 'Messaged', 'made contact', 'Held out', 'made contact', 'Note'],
      no_contact: ['Period', 'Stayed quiet', 'Outreaches judged', 'made contact', 'Pending', 'Note'],
      contacts: ['Period', 'Contacts', 'Outreaches sent', 'Note'],
    } as Record<string, string[]>,
    empty: 'no value',
  },

  breakdown: {
    title: 'Where it works',
    by: 'By',
    and: 'and by',
    noSecond: 'nothing else',
    noneChosen: 'Choose',
    unnamed: '(not stated)',
    ledeEffect: (attribute: string) =>
      `Prevented per 100 outreaches by ${attribute}. Grey cannot yet be told apart from zero.`,
    ledeRate: (attribute: string) => `Share that stayed quiet, by ${attribute}: an upper bound, no effect.`,
    ledeOneArm: (attribute: string) =>
      `Held-out customers have no ${attribute}, so there is no effect for each; only the share that stayed quiet, an upper bound.`,
    titleEffect: (works: number, harms: number, unclear: number, one: string, many: string) => {
      const noun = (n: number) => (n === 1 ? one : many);
      const parts: string[] = [];
      if (works > 0) {
        parts.push(`${inWords(works)} ${noun(works)} ${works === 1 ? 'does' : 'do'} the work`);
      }
      if (harms > 0) {
        parts.push(
          `${inWords(harms)} ${works > 0 ? '' : `${noun(harms)} `}${harms === 1 ? 'makes' : 'make'} things worse`,
        );
      }
      if (parts.length === 0) return `None of the ${many} can be told apart from no effect yet`;
      if (parts.length === 1 && unclear > 0) {
        parts.push(`${inWords(unclear)} cannot be told yet`);
      }
      return sentenceCase(parts.join('; '));
    },
    titleRate: (low: string, high: string, one: string) =>
      `Between ${low} and ${high} stayed quiet, depending on the ${one}`,
    titleRateOne: (share: string, one: string) => `Only one ${one} so far: ${share} stayed quiet`,
    titleRateNone: (one: string) => `No ${one} has a finished window yet`,
    titleNone: 'Nothing to break the result down by',
    none: 'The data name no trigger, type, channel, segment, plan or owner. Add such a column to the outreaches, or a file of customers.',
    head: {
      outreaches: 'Outreaches',
      heldOut: 'Held out',
      prevented: 'Prevented per 100',
      prevents: 'Contacts prevented',
      reading: 'Reading',
      contacted: 'Made contact',
      quiet: 'Stayed quiet',
    },
    plot: 'Interval',
    verdicts: {
      prevents: 'prevents contacts',
      causes: 'causes contacts',
      cannot_tell: 'cannot tell yet',
      not_covered: 'nobody held out',
      withheld: 'withheld',
      too_few: 'too few to say',
    } as Table,
    detectable: (drop: string) => `a drop of ${drop} or more would show`,
    small: (outreaches: string, held: string) => `${outreaches} outreaches, ${held} held out`,
    smallRate: (outreaches: string) => `${outreaches} outreaches`,
  },

  leftOut: {
    title: (parts: string) => `Not counted: ${parts}`,
    part: (n: string, short: string) => `${n} ${short}`,
    titleNothing: 'Nothing was left out',
    lede: 'By reason, one for each. An outreach can be left out of the upper bound and of the comparison with the held-out: both are counted.',
    words: leftOut,
    of: {
      episodes: ['outreach', 'outreaches'],
      outreaches: ['message', 'messages'],
      contacts: ['contact', 'contacts'],
      assignments: ['in the comparison', 'in the comparison'],
    } as Record<string, [string, string]>,
    completes: (when: string) => `the last is complete on ${when}`,
    none: 'Every outreach and every contact is in the result.',
    head: { reason: 'Reason', of: 'Of', count: 'How many', why: 'Why' },
    headings: ['Reason', 'How many'],
  },

  trust: {
    titleGood: 'Nothing speaks against these numbers',
    titleLook: (n: number) =>
      `${sentenceCase(inWords(n))} ${plural(n, 'thing', 'things')} to look at before you rely on this`,
    titleBad: (n: number) =>
      `${sentenceCase(inWords(n))} ${plural(n, 'thing makes', 'things make')} these numbers doubtful`,
    lede: 'Checks on the data, not on the programme.',
    head: { check: 'Check', level: 'State', text: 'What was found', count: 'Count', of: 'of' },
    names: trustNames,
    levels: trustLevels,
    texts: {
      match_rate: (share: string, n: string, of: string) =>
        `${share} of the contacts (${n} of ${of}) come from customers that the other files know.`,
      zone: (_share: string, n: string, of: string, text: string) =>
        `${of} times state no zone and are read as those of ${text}${n === '0' ? '.' : `; ${n} of them fall into the hour of a clock change.`}`,
      direction: (_share: string, n: string, of: string) =>
        n === '0'
          ? `All ${of} contacts were started by customers, as far as the files say.`
          : `${n} of ${of} contacts do not say who started them; they count as started by the customer.`,
      day_only: (_share: string, n: string) =>
        `${n} times are dates only. A contact on the day of an outreach then counts against it.`,
      shared_keys: (_share: string, _n: string, _of: string, text: string) =>
        `“${text}” stands beside many different ids, so it was not used to join people.`,
      coverage: (_share: string, _n: string, _of: string, text: string) => text,
      pending: (share: string, n: string, of: string) =>
        `${share} of the outreaches (${n} of ${of}) have a window that is still open.`,
      topic_coded: (_share: string, n: string, of: string) => `${n} of ${of} contacts carry a topic.`,
      holdout: (share: string, n: string, of: string) =>
        of === '0'
          ? 'Nobody was held out at random, so nothing here proves an effect.'
          : `${share} of the customers (${n} of ${of}) are held out.`,
    } as Record<string, (share: string, n: string, of: string, text: string) => string>,
    generic: (share: string, n: string, of: string, text: string) =>
      [share && of !== '0' ? `${share} (${n} of ${of})` : share, text].filter(Boolean).join('; '),
    coverageAssumed: (from: string, to: string) =>
      `Contacts are known from ${from} to ${to}. The end is assumed from the last row; confirm it under Check.`,
    coverageStated: (from: string, to: string) =>
      `Contacts are known from ${from} to ${to}, as you confirmed.`,
    warnings: 'Also noticed',
    cautions,
    sampleRatio: (observed: string, expected: string, assumed: boolean, p: string) =>
      `${observed} held out where ${expected} were ${assumed ? 'assumed' : 'planned'} (chance ${p}).`,
    mixed: (n: string) => `${n} customers are in both groups and were taken out of both.`,
    contaminated: (n: string) =>
      `${n} held-out customers were messaged inside the window all the same; they count as held out.`,
  },

  ledger: {
    title: 'Every row is accounted for',
    titleAside: (n: number) =>
      `Every row is accounted for; ${n === 1 ? 'one file has' : `${inWords(n)} files have`} rows set aside`,
    details: (name: string, rows: number, all: number, warnings: number) =>
      `${name}: ${[rows > 0 ? (rows === 1 && all === 1 ? 'the set-aside row' : `the ${rows < all ? 'first ' : ''}${counted(rows, 'set-aside row', 'set-aside rows')}`) : '', warnings > 0 ? counted(warnings, 'warning', 'warnings') : ''].filter(Boolean).join(', ')}`,
    rowsOf: (name: string) => `Set-aside rows of ${name}`,
    lede: 'Rows read = rows used + rows set aside, each for one reason.',
    head: ['File', 'Rows read', 'Used', 'Set aside'],
    reason: 'Reason',
    download: (n: string) => `Download all ${n} set-aside rows`,
    downloadOne: 'Download the set-aside row',
    downloading: 'Preparing …',
    downloadFailed: 'The rows could not be written; drop the file again and try once more.',
    column: (n: number) => `Column ${n}`,
    line: 'Line',
    why: 'Reason',
    content: 'Row',
    more: (shown: string, all: string) => `The first ${shown} of ${all}.`,
    warnings: 'Warnings',
  },

  method: {
    title: 'How it was worked out',
    lede: 'Definitions, counts and settings of everything above.',
    settingsTitle: 'Settings',
    settings: {
      window: 'Attribution window',
      windowText: (days: string) =>
        `${days} from the moment of sending (or of assignment): the first moment counts, the last does not.`,
      unit: 'Counted by',
      zone: 'Days and zone-less times',
      level: 'Certainty of every interval',
      coverage: 'Contacts known',
      coverageText: (from: string, to: string, assumed: boolean) =>
        `${from} to ${to}${assumed ? ', the end assumed from the last row' : ''}`,
      scope: 'Contacts that count',
      strata: 'Compared within',
      version: 'Version',
    },
    holdoutTitle: 'The comparison in full',
    holdout: {
      head: ['', 'Held out', 'Messaged'],
      headMatched: ['', 'Not acted on', 'Messaged'],
      units: 'Customers',
      episodes: 'Outreaches or assignments judged',
      contacted: 'with at least one contact',
      contacts: 'Contacts in the windows',
      rate: 'Contact rate',
      reactive: 'Left out: had already made contact',
      pending: 'Left out: window still open',
      censored: 'Left out: left inside the window',
      difference: 'Difference',
      relative: 'Share of would-be contacts prevented',
      prevented: 'Contacts prevented',
      p: 'Probability of a difference at least this large by chance',
      designEffect: 'Widening for customers counted several times',
      detectable: 'Smallest drop that would show (80 in 100 times)',
      notReachable: 'none at this size',
      strataHead: ['Stratum', 'Held out', 'made contact', 'Messaged', 'made contact'],
    },
    metricsTitle: 'Definitions',
    head: {
      id: 'Id',
      name: 'Metric',
      unit: 'Unit',
      value: 'Value',
      numerator: 'Numerator',
      denominator: 'Denominator',
      of: 'which is',
      definition: 'Definition',
    },
    of: (numerator: string, numeratorOf: string, denominator: string, denominatorOf: string) =>
      `${numerator} ${numeratorOf} of ${denominator} ${denominatorOf}`,
    against: (numerator: string, numeratorOf: string, denominator: string, denominatorOf: string) =>
      `${numerator} ${numeratorOf}, ${denominator} ${denominatorOf}`,
    excluded: 'Left out',
    parts: 'In detail',
    sources: 'Described by',
    formula: 'Formula',
    intervalBy: 'Interval',
    whyDefault: 'Why so',
    sourceNames: {
      S0: 'Count',
      S1: 'KPI Tree',
      S2: 'Supportman',
      S3: 'kpi.zone',
      S4: 'FeedPulse',
    } as Table,
    noValue: 'No value',
    minutes: 'minutes',
    ifAllMatched: (value: string, range: string) =>
      `If the senders that no file knows had written as often as the others: ${value}${range ? ` (${range})` : ''}`,
    refuses: 'What this page does not do',
    refusals: [
      'No blended score: six quantities that share a name stay six.',
      'No verdict against a published range of another metric.',
      'No comparison of those who reacted with those who did not as if it showed an effect.',
      'No default price of a contact.',
    ],
  },

  typedLimits: {
    title: 'What typed numbers cannot show',
    lede: 'They are taken as they are. With files, this page would also show:',
    items: [
      'the trend by week, month and quarter, since typed numbers have no dates',
      'which trigger, channel or segment does the work',
      'what has to be left out: reactive outreaches, windows still open, broadcasts',
      'whether customers match, whether the groups are whole, what to check first',
    ],
  },

  results: {
    none: 'Nothing to show yet.',
    working: 'Working it out …',
    toCheck: 'Go to Check',
    details: 'Details',
    contents: 'In these results',
    openAll: 'Open all',
    foldAll: 'Fold all',
    groups: {
      answer: 'Answer',
      evidence: 'Evidence',
      ranges: 'Published ranges',
      time: 'Over time',
      parts: 'Where it works',
      service: 'Other outcomes',
      why: 'Why, and what to do',
      doubts: 'Doubts',
      method: 'Method',
    } as Table & { answer: string },
  },
};
