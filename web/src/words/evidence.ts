// Words of the evidence in full: the published definitions side by side, the holdout, the matched comparison, other outcomes.
import { counted, inWords, plural, sentenceCase } from '../format';
import type { Table } from './names';

export const evidence = {
  figures: {
    name: 'Figure',
    value: 'Value',
    unit: 'Unit',
    n: 'Cases',
    reading: 'Reading',
    overTime: 'Over time',
    place: {
      said: (interval: string, place: string) => `${interval}, ${place}`,
      above: 'above zero',
      below: 'below zero',
      across: 'on both sides of zero',
    },
    of: (n: string) => `${n} cases`,
    units: {
      share: 'share, 0 to 1',
      points: 'difference of shares',
      ratio: 'ratio',
      minutes: 'minutes',
      count: 'count',
      number: 'number',
      money: 'money',
    } as Table,
  },

  definitions: {
    title: (most: string, headline: string) =>
      `Depending on the definition, the same data say ${most} or ${headline}`,
    titleOne: (value: string) => `The published definitions come to ${value} here`,
    titleNone: 'The published definitions side by side',
    lede: '“Why does my boss’s dashboard say 90%?” From what is claimed to what is best supported, all of it from these data. Beneath each: what it counts otherwise than the headline.',
    chain: 'From what is claimed to what is best supported',
    others: (n: number) =>
      n === 0
        ? 'What cannot be worked out'
        : sentenceCase(`${inWords(n)} more ${n === 1 ? 'definition' : 'definitions'}`),
    absent: (who: string, missing: string) => `${who}: ${missing}`,
    why: (parts: string) => `Why it differs: ${parts}`,
    reason: (what: string, n: string) => `${what} (${n})`,
    formula: (formula: string) => sentenceCase(formula),
    of: (numerator: string, denominator: string) => `${numerator} of ${denominator}`,
    head: {
      who: 'Whose',
      definition: 'Definition',
      formula: 'Formula',
      numerator: 'Numerator',
      denominator: 'Denominator',
      why: 'Why it differs',
    },
  },
  checks: {
    titleGood: 'How sound the split is: nothing speaks against it',
    titleLook: (n: number) =>
      `How sound the split is: ${inWords(n)} ${plural(n, 'thing', 'things')} to look at`,
    titleBad: (n: number) =>
      `How sound the split is: ${inWords(n)} ${plural(n, 'fault', 'faults')} that make it doubtful`,
    names: {
      sizes: 'Size of the groups',
      balance: 'Alike before the messages',
      contamination: 'Held-out customers messaged all the same',
      both: 'Customers in both groups',
      accounts: 'Accounts with people in both groups',
      age: 'Age of the holdout',
      covered: 'Everybody has somebody to be compared with',
      sensitivity: 'What it could have seen',
    } as Table,
    sizes: (observed: string, planned: string) =>
      `${observed} held out where ${planned} were planned: a gap that chance makes by itself.`,
    sizesOff: (observed: string, planned: string) =>
      `${observed} held out where ${planned} were planned: chance does not make such a gap.`,
    balance: {
      passed: (value: string, range: string) =>
        `Contacts before anybody was messaged, a negative control: ${value} per 100 apart (${range}), so they were alike.`,
      failed: (value: string, range: string) =>
        `Contacts before anybody was messaged: ${value} per 100 apart already (${range}). A difference afterwards may be the same one.`,
      too_small: (value: string, range: string) =>
        `Contacts before anybody was messaged: ${value} per 100 apart (${range}), too few to rule out a difference that matters.`,
      not_known: () => 'Nothing is known of them from before the messages.',
    } as Record<string, (value: string, range: string) => string>,
    clean: 'None inside the window.',
    apart: 'None.',
    accounts: (mixed: string, accounts: string) => `${mixed} of ${accounts}; colleagues talk to each other.`,
    age: (days: string, when: string, old: boolean) =>
      `${days}; drawn ${when}.${old ? ' Habits drift after 90 days: start a new one.' : ''}`,
    drawn: (first: string, last: string) => (first === last ? `on ${first}` : `from ${first} to ${last}`),
    covered: (n: string) => `For all ${n} messaged outreaches somebody of their kind was held out.`,
    notCovered: (n: string, all: string) =>
      `For ${n} of ${all} messaged outreaches nobody of their kind was held out: they are not in the headline.`,
    sensitivity: (drop: string) =>
      `A drop of ${drop} per 100 or more would be seen in eight of ten such experiments.`,
    blind: 'Too small to see any drop that is possible here.',
  },

  holdout: {
    titles: {
      same: {
        good: 'However it is worked out, contacts are prevented',
        bad: 'However it is worked out, contacts are caused',
        grey: 'However it is worked out, nobody can tell yet',
      } as Table,
      differ: 'The answer hangs on how it is worked out',
      small: 'The holdout is too small to answer yet',
      withheld: 'What speaks against the holdout',
    },
    lede: 'Prevented per 100 outreaches. The first line is the headline; the others ask the same question with other assumptions.',
    way: 'Worked out',
    ways: {
      assigned: 'As the groups were drawn',
      sequential: 'Valid however often one looks',
      delivery: 'Per message that arrived',
      by_account: 'With colleagues counted together',
      common: 'One effect for all strata',
    } as Table,
    assigned: 'Everybody counts in the group they were drawn into, reached or not',
    sequentialWhy: {
      snapshots: 'this programme was looked at before',
      before_plan: 'the planned size is not reached',
      pending: 'some windows are still open',
    } as Table,
    sequential: (why: string, units: string, planned: string, decides: boolean) =>
      `${sentenceCase(why)}: ${units} customers${planned ? ` of ${planned} planned` : ''}${decides ? '; the verdict rests on this line' : ''}`,
    delivery: (reached: string, held: string) =>
      `A message reached ${reached} of those to be messaged and ${held} of the held-out`,
    byAccount: (accounts: string, decides: boolean) =>
      `${accounts} accounts${decides ? '; the verdict rests on this line' : ''}`,
    common: 'Strata weighed by what they tell, not by how many were messaged',
  },

  strata: {
    title: (n: number, good: number, bad: number) =>
      [
        `${counted(n, 'stratum', 'strata')}: ${good + bad > 0 ? 'contacts ' : ''}`,
        [
          good > 0 ? `prevented in ${inWords(good)}` : '',
          bad > 0 ? `caused in ${inWords(bad)}` : '',
          good + bad < n ? `cannot tell in ${inWords(n - good - bad)}` : '',
        ]
          .filter(Boolean)
          .join(', '),
      ].join(''),
    plain: (n: number) => counted(n, 'stratum', 'strata'),
    detectable: 'Would show, per 100',
    notCovered: 'nobody to compare with',
  },

  matched: {
    titles: {
      prevents: (n: string) => `Against similar customers, an estimated ${n} per 100 are prevented`,
      causes: (n: string) => `Against similar customers, an estimated ${n} more per 100 make contact`,
      open: 'Against similar customers, nobody can tell yet',
      withheld: (why: string) => `The comparison with similar customers is withheld: ${why}`,
      none: 'There are no similar customers to compare with',
    },
    lede: 'Nobody was drawn at random here: contacted customers against others who resemble them. Prevented per 100 outreaches, an estimate.',
    ledeBeside:
      'A second opinion without a random draw: contacted customers against others who resemble them, prevented per 100 outreaches. Where there is a holdout, the holdout decides.',
    source: 'Compared with',
    sources: {
      signals_not_acted_on: 'Signals that nobody acted on',
      same_time_customers: 'Other customers at the same time',
    } as Table,
    base: (treated: string, baseline: string) => `${treated} messaged against ${baseline}`,
    leads: '; this source leads',
    held: (why: string) => `withheld: ${why}`,
    heldShort: {
      coverage: 'too few have somebody to compare with',
      placebo: 'the groups differed already before anybody was messaged',
      too_few: 'too few to say',
    } as Table,
    doubts: 'How far each can be trusted',
    coverage: 'Coverage',
    coverageText: (share: string, n: string, all: string) =>
      `${share} of the messaged outreaches (${n} of ${all}) have somebody to compare with; 60% are needed.`,
    placebo: 'Alike before the messages',
    eValue: 'What could explain it away',
    eValueText: (e: string, near: string) =>
      near
        ? `Something unseen that makes both being messaged and making contact ${e} times as likely; ${near} times would bring the near end of the interval to nothing.`
        : `Its interval holds no effect, so anything unseen could. The value itself would take something that makes both being messaged and making contact ${e} times as likely.`,
    bias: 'Which way it errs',
    biases: {
      worst_first: 'Teams act on the worst signals first, so those left alone were calmer: rather too low.',
      skipped_when_busy: 'Signals are skipped when it is busy: either way.',
      messaged_for_a_reason: 'Whoever is messaged was more likely to make contact: rather too low.',
      quiet_until_sent:
        'Where the signal is unknown the clock starts at sending, and they were quiet until then: rather too high.',
    } as Table,
    clock: (n: string) => `For ${n} messages the signal is unknown: their clock starts at sending.`,
    method: 'Method',
    methodsTitle: 'Other ways of working it out',
    methods: {
      stratified: 'Within strata, weighed by those messaged',
      mantel_haenszel: 'One effect for all strata',
      unstratified: 'Without strata',
    } as Table,
    range: (low: string, high: string, oneSign: boolean) =>
      `Over all methods: ${low} to ${high} per 100${oneSign ? ', all on one side of no effect' : '; they contradict each other'}`,
  },

  outcomes: {
    title: (id: string, reading: string) =>
      `${id === 'at_risk' ? 'Customers at risk' : 'Escalations'}: ${reading}`,
    titleNone: 'Escalations and customers at risk cannot be compared',
    lede: 'The same holdout, another outcome: prevented, or kept, per 100 outreaches.',
    outcome: 'Outcome',
    names: { escalations: 'Escalations prevented', at_risk: 'Customers at risk who stayed' } as Table,
    readings: {
      'escalations prevents': 'fewer after a message',
      'escalations causes': 'more after a message',
      'at_risk prevents': 'more of the messaged stay',
      'at_risk causes': 'more of the messaged leave',
    } as Table,
    note: (treated: string, baseline: string, n: string, held: string) =>
      `${treated} of ${n} messaged, ${baseline} of ${held} held out`,
  },
};
