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
        : `${names || sentenceCase(`${inWords(n)} figures`)} ${plural(n, 'moves', 'move')} with contacts or silence of later weeks`,
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
};
