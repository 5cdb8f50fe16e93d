// Words of the playbook (which trigger to keep, mend or stop) and of the metric tree (detect, target, message, measure).
import { inWords, plural, sentenceCase } from '../format';
import type { Table } from './names';

const verbs: Table = { keep: 'keep', improve: 'improve', stop: 'stop' };

export const tree = {
  playbook: {
    title: (counts: { verdict: string; n: number }[], open: number) => {
      const told = counts.map(({ verdict, n }, at) =>
        [verbs[verdict], inWords(n), at === 0 ? plural(n, 'trigger', 'triggers') : '']
          .filter(Boolean)
          .join(' '),
      );
      if (told.length === 0) return 'What to keep and what to stop cannot be told yet for any trigger';
      return sentenceCase(`${told.join(', ')}${open > 0 ? `; ${inWords(open)} cannot be told yet` : ''}`);
    },
    titleNone: 'No playbook: the messages name no trigger',
    lede: 'For each trigger: what is sent, by whom, how much it foresees, how many would have written without it, and what it prevents. Grey cannot yet be told apart from zero.',
    ledeNone:
      'For each trigger: what is sent, by whom, and how much it foresees. Without a comparison no effect is known.',
    head: {
      trigger: 'Trigger',
      action: 'Message',
      owner: 'Owner',
      outreaches: 'Outreaches',
      acted: 'Signals acted on',
      coverage: 'Coverage',
      precision: 'Would write',
      effect: 'Prevented per 100',
      prevented: 'Contacts prevented',
      induced: 'Replies within a day',
      reading: 'Reading',
    },
    coverageWhy: 'Of all contacts, the share that had this signal before them',
    precisionWhy: 'Of those not messaged, the share that wrote within the window',
    sends: (content: string, owner: string) =>
      [content && `sends “${content}”`, owner].filter(Boolean).join('; '),
    noSignals: 'no signals',
    verdicts: { keep: 'keep', improve: 'improve', stop: 'stop', cannot_tell: 'cannot tell yet' } as Table,
    signs: { keep: '✓', improve: '↗', stop: '✕', cannot_tell: '?' } as Table,
    why: {
      causes: 'it causes contacts',
      replies_outnumber: 'replies outnumber what it prevents',
      prevents: 'it prevents contacts',
      below_programme: 'it does less than the programme as a whole',
      too_few: 'too few cases',
      no_comparison: 'nobody to compare with',
      one_of_many: 'one of many: chance finds such an effect among so many triggers',
      interval_holds_zero: 'it may do nothing',
    } as Table,
    small: (coverage: string, precision: string) =>
      [coverage && `coverage ${coverage}`, precision && `would write ${precision}`]
        .filter(Boolean)
        .join(', '),
    lowRisk: (share: string) =>
      `${share} of the outreaches go to groups at low risk in which no effect is seen: candidates to leave alone`,
  },

  tree: {
    title: (prevented: string, foreseen: string, messaged: string, worked: string) =>
      `Of 100 contacts that would have come, ${prevented} were prevented: ${foreseen} foreseen, ${messaged} of these messaged, ${worked} of these prevented`,
    titleOpen: (foreseen: string, messaged: string) =>
      `Of the contacts that would have come, ${foreseen} were foreseen and ${messaged} of these messaged; what that prevented cannot be told yet`,
    titlePlain: 'What is prevented, part by part',
    titleNone: 'No metric tree yet',
    lede: 'What is prevented is a product: notice it, write to the right people, say something that helps. Each part has its owner.',
    cautions: {
      no_signals: 'No signals are in the data, so “foreseen” counts only what was acted on.',
      withheld: 'The comparison is too small for a verdict; read the intervals only.',
      not_covered: 'Outreaches without a comparison are left out.',
    } as Table,
    outcome: 'What is prevented',
    branches: {
      detection: { name: 'Detect', question: 'Do we notice before they write?' },
      targeting: { name: 'Target', question: 'Do we write to those who would have written?' },
      message: { name: 'Message', question: 'Does the message keep them from writing?' },
      measurement: { name: 'Measure', question: 'Could we know?' },
    } as Record<string, { name: string; question: string }>,
    nodes: {
      prevented: { name: 'Contacts prevented', what: 'in all' },
      per_outreach: {
        name: 'Prevented per 100 outreaches',
        what: 'would write, times how well the message works',
      },
      share_of_demand: {
        name: 'Share of would-be contacts prevented',
        what: 'foreseen, times messaged, times prevented',
      },
      detection: {
        name: 'Foreseen',
        what: 'of the contacts that would have come, those with a signal before them',
      },
      reach: { name: 'Messaged', what: 'of those foreseen, those somebody wrote to' },
      precision: { name: 'Would write', what: 'of those messaged, who would have written without it' },
      message: { name: 'Prevented', what: 'of those who would have written, who did not' },
      volume: { name: 'Outreaches', what: 'with somebody to compare with' },
      mix: { name: 'Mix', what: 'which outreaches were sent' },
      within: { name: 'Inside the groups', what: 'whom you messaged and how well it worked' },
      holdout_share: { name: 'Held out', what: 'of all in the comparison' },
      matured_share: { name: 'Windows that are over', what: 'of all outreaches' },
      match_rate: { name: 'Contacts matched', what: 'to customers that other files know' },
      rung: { name: 'Kind of evidence', what: 'the highest rung reached' },
    } as Record<string, { name: string; what: string }>,
    owner: (name: string, role: string) => `${name}, ${role}`,
    raci: { A: 'accountable', R: 'responsible', C: 'consulted', I: 'informed' } as Table,
    nobody: 'no owner named',
    span: (earlier: string, later: string) => `${earlier} to ${later}`,
    went: (from: string, to: string) => `${from} → ${to}`,
    moved: (outcome: string, by: string) => (outcome ? `moved ${outcome} by ${by}` : `change ${by}`),
    outcomes: {
      per_outreach: 'what is prevented',
      prevented: 'contacts prevented',
      share_of_demand: 'the share of would-be contacts',
    } as Table,
    clear: 'more than chance',
    unclear: 'may be chance',
    open: (attribute: string, period: string) =>
      attribute ? `By ${attribute} and ${period}` : `By ${period}`,
    to: (attribute: string) => `See the breakdown by ${attribute}`,
    periods: { week: 'week', month: 'month', quarter: 'quarter' } as Table,
    incomplete: 'not complete',
    head: {
      branch: 'Branch',
      part: 'Part',
      of: 'Of',
      value: 'Value',
      from: 'From',
      moved: 'Part in the change',
      owner: 'Owner',
    },
  },
};
