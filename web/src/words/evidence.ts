// Words of the evidence in full: the published definitions side by side, the holdout, the matched comparison, other outcomes.
import { inWords, sentenceCase } from '../format';
import type { Table } from './names';

export const evidence = {
  figures: {
    name: 'Figure',
    value: 'Value',
    unit: 'Unit',
    n: 'Cases',
    reading: 'Reading',
    overTime: 'Over time',
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
    titleOne: (value: string) => `Of the published definitions, yours comes to ${value}`,
    titleNone: 'The published definitions side by side',
    lede: '“Why does my boss’s dashboard say 90%?” From what is claimed to what is best supported, all of it from these data. Beneath each: what it counts otherwise than the headline.',
    chain: 'From what is claimed to what is best supported',
    others: (n: number) =>
      n === 0
        ? 'What cannot be worked out'
        : sentenceCase(`${inWords(n)} more ${n === 1 ? 'definition' : 'definitions'}`),
    absent: (who: string, missing: string) => `${who}: ${missing}`,
    why: (parts: string) => `Why it differs: ${parts}`,
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
};
