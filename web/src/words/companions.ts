// Words of what stands beside the effect: companions, leading and lagging figures, money, mix.
import { counted, inWords, plural, sentenceCase } from '../format';
import type { Table } from './names';

export const companions = {
  companions: {
    titles: {
      quietLeave: 'Those who stayed quiet leave more often than those who made contact',
      lessSatisfied: 'Messaged customers are less satisfied than those held out',
      ratedWorse: 'Outreach is rated worse than your answers to customers’ own contacts',
      moreSatisfied: 'Messaged customers are more satisfied than those held out',
      figures: { M12: '{} came back', M15: '{} were satisfied', M17: '{} stayed' } as Table,
      plain: (figures: string) => `Beside the effect: ${figures}`,
      only: 'What happened beside the effect',
      none: 'Nothing is known of what happened beside the effect',
    },
    none: 'Contacts with their topics and first responses, survey answers, views of help articles, customers with their dates: each brings its own figures.',
    lede: 'None of these is an effect; they say what else happened. The lines show complete periods, each on a scale of its own.',
    spans: (now: string, before: string) => `${now} in the last weeks, ${before} in as many before`,
    open: 'Cannot be told apart from none',
    groups: {
      support: 'Support',
      customers: 'Customers',
      self_service: 'Helping themselves',
      signals: 'Signals',
      messages: 'Messages',
    } as Table,
    heading: (name: string, figures: string[]) =>
      figures.length === 0 ? `${name}: nothing known` : `${name}: ${figures.join(' · ')}`,
    absent: (name: string, missing: string) => `${name}: ${missing}`,
    topics: 'Articles viewed per 100 contacts, by topic',
    topic: 'Topic',
  },

  indicators: {
    title: (n: number, names: string) =>
      n === 0
        ? 'No figure runs ahead of contacts as far as can be told'
        : `${names || sentenceCase(`${inWords(n)} figures`)} ${plural(n, 'moves', 'move')} with what happens in later weeks`,
    titleNone: 'What runs ahead of contacts cannot be told',
    titleOwn: 'Your own figures',
    lede: 'Moving together is not causing: both may follow a third thing, such as growth. And of so many pairs, some move together by chance. Correlation from −1 to 1; strong print: its interval holds no zero.',
    against: (outcome: string, period: string) => `With ${outcome.toLowerCase()}, by ${period}`,
    summary: (title: string, ahead: number, pairs: number) =>
      `${title}: ${ahead === 0 ? 'none' : inWords(ahead)} of ${pairs} ${plural(ahead, 'runs', 'run')} ahead`,
    lag: (lag: number, period: string) =>
      lag === 0 ? `Same ${period}` : `${counted(lag, period, `${period}s`)} later`,
    range: (low: string, high: string) => `${low} to ${high}`,
    own: (n: number) =>
      `${sentenceCase(inWords(n))} ${plural(n, 'figure', 'figures')} of your own, by period`,
    classes: { leading: 'said to lead', lagging: 'said to lag', '': '' } as Table,
    head: {
      indicator: 'Figure',
      outcome: 'With',
      period: 'By',
      lag: 'Periods later',
      r: 'Correlation',
      n: 'Pairs of periods',
    },
  },
  worth: {
    titles: {
      least: (money: string, net: boolean) =>
        `Worth at least ${money}${net ? ' after the cost of the outreach' : ' of your team’s time'}`,
      leastEstimated: (money: string, net: boolean) =>
        `Worth an estimated ${money} at least${net ? ' after the cost of the outreach' : ' of your team’s time'}; not proven`,
      either: (cost: string, worth: string) =>
        `It could have cost ${cost} or saved ${worth}: the data fit both`,
      costs: (cost: string) => `It costs money: at least ${cost}`,
      hours: (hours: string) => `At least ${hours} hours of work; no cost is stated`,
      noCost: 'What it is worth in money is not said: no cost is stated',
      none: 'What it is worth cannot be said',
    },
    lede: 'Capacity is time that the team had for other work: no invoice shrinks by it. The cost of outreach is cash. The cautious end comes first.',
    prompt: 'No cost is ever assumed: published ones differ more than fivefold.',
    ask: 'Type what a contact costs you',
    proven: 'proven by the holdout',
    estimated: 'estimated, not proven',
    price: (cost: string, from: string) => `at ${cost} each${from ? `, ${from}` : ''}`,
    from: {
      typed: 'as typed in',
      periods: 'from the costs in your file of periods',
      messages: 'as the messages state',
      contacts: 'as the contacts state',
    } as Table,
    net: 'value of the contacts, less the cash spent',
    apart: (cost: string) =>
      `contacts that answer a message, ${cost}, are in the comparison already; here they are charged a second time`,
    minutes: (minutes: string, from: string) => `at ${minutes} minutes each, ${from}`,
    perWeek: 'over the weeks covered',
    lines: {
      prevented: 'Contacts prevented',
      gross: 'Their value (capacity)',
      outreach: 'Cost of the outreach (cash)',
      net: 'Net',
      apart: 'Net, contacts that messages caused charged twice',
      hours: 'Hours of handling (capacity)',
      hours_per_week: 'Hours a week',
    } as Table,
    head: { low: 'At least', value: 'Most likely', high: 'At most' },
  },

  mix: {
    titles: {
      none: (from: string, to: string) => `No clear change in how many stayed quiet from ${from} to ${to}`,
      more: (from: string, to: string) => `More stayed quiet in ${to} than in ${from}`,
      less: (from: string, to: string) => `Fewer stayed quiet in ${to} than in ${from}`,
      byMix: ', mostly because other kinds of outreach were sent',
      byWithin: ', mostly because the same kinds did differently',
    },
    titleNone: 'Why more or fewer stay quiet from month to month cannot be told',
    lede: 'Per 100 outreaches, the last two complete months. The two parts make up the whole: sending other kinds of outreach, and the same kinds doing differently.',
    part: 'Change',
    parts: {
      total: 'In all',
      mix: 'Other kinds of outreach (mix)',
      within: 'The same kinds, doing differently (within)',
    } as Table,
    readings: { good: 'more stayed quiet', bad: 'fewer stayed quiet', grey: 'cannot tell' } as Table,
    kinds: (n: number) => `${sentenceCase(inWords(n))} ${plural(n, 'kind', 'kinds')} of outreach`,
    head: { kind: 'Kind', quiet: 'quiet', mix: 'By mix', within: 'By doing differently' },
  },
};
