// Words of taking results along and of opening them again.
import { count, counted, inWords, plural, sentenceCase } from '../format';

export const sharing = {
  share: {
    button: 'Share',
    title: 'Take it along',
    close: 'Close',
    lede: 'Nothing is sent from here: texts are copied, files are saved, and a link carries its content in itself.',
    paper: 'On paper or as PDF',
    paperHint: 'The browser’s print dialog saves as PDF too. Always in light colours.',
    print: { page: 'One page', all: 'Everything', slide: 'A slide (16:9)' },
    printSlide: 'Print it, or save it as PDF',
    back: 'Back to the results',
    text: 'As text',
    markdown: 'Markdown',
    plain: 'Plain text',
    copyMarkdown: 'Copy as Markdown',
    copyPlain: 'Copy as plain text',
    files: 'As files',
    tables: 'All tables as CSV (ZIP)',
    evidence: 'Evidence file',
    evidenceHint:
      'Settings, mapping, all figures, and the hashes of your files: enough to open the report again, to compare it with a later one and to work it out once more. No rows.',
    hashing: 'Working out the hashes …',
    linkTitle: 'As a link',
    link: 'Link',
    making: 'Making the link …',
    copyLink: 'Copy the link',
    inside: 'What is in it',
    outside: 'What is not',
    insideList: (parts: {
      metrics: number;
      periods: number;
      parts: number;
      files: number;
      window: string;
    }) => [
      `the settings: window ${parts.window}, how it was counted, from when to when`,
      `the answer, its comparison and the ladder; ${counted(parts.metrics, 'metric', 'metrics')} with definition, counts and interval`,
      `the published ranges with your value`,
      ...(parts.periods > 0 ? [`figures of ${counted(parts.periods, 'period', 'periods')}`] : []),
      ...(parts.parts > 0 ? [`${counted(parts.parts, 'part', 'parts')} of the breakdowns, by name`] : []),
      ...(parts.files > 0
        ? [
            `for each of ${counted(parts.files, 'file', 'files')}: what it holds and how many rows were used, not its name`,
          ]
        : []),
    ],
    outsideList: (masked: number, hidden: number) => [
      'no row, no customer, no id, no subject, nothing that anybody wrote',
      masked > 0
        ? `${sentenceCase(counted(masked, 'count', 'counts'))} from 1 to 4 ${plural(masked, 'is', 'are')} masked, and the figures that would give ${plural(masked, 'it', 'them')} away`
        : 'counts from 1 to 4 would be masked; there are none',
      ...(hidden > 0
        ? [
            `${sentenceCase(counted(hidden, 'name', 'names'))} that could be a person’s ${plural(hidden, 'is', 'are')} replaced by a number`,
          ]
        : []),
      'weeks are left out, for the link’s sake; months and quarters are in',
    ],
    length: (signs: number) =>
      signs > 8000
        ? `The link has ${count(signs)} characters. Browsers take it; some chat and mail programs cut links of that length. Then send the evidence file.`
        : `The link has ${count(signs)} characters.`,
    whole: 'See the whole content',
    copied: (what: string) => `${what} copied.`,
    notCopied: 'The browser did not allow copying. Save a file instead.',
    evidenceTitle: 'The evidence',
    doubts: 'What to know before relying on it',
    counted: (window: string, unit: string, zone: string, level: string) =>
      `Counted by ${unit}, window ${window}, days in ${zone}, ${level} intervals.`,
  },

  opened: {
    link: (when: string) =>
      `A report that somebody shared${when ? `, made on ${when}` : ''}. The rows are not in it.`,
    file: (name: string, when: string) =>
      `${name}${when ? `, saved on ${when}` : ''}. The rows are not in it.`,
    own: 'Use my own files',
    ownAgain: 'Back to my files',
    compare: 'Compare with another evidence file',
    announce: 'The shared report is shown.',
    besideAnnounce: 'The earlier report is set beside this one.',
    problems: {
      damaged:
        'This link or file is damaged or cut off, so nothing can be shown. Ask for the evidence file (.preempt.json) instead.',
      newer:
        'This was made with a newer version of the page. Reload the page, or ask for the page that made it.',
      other: 'This is no evidence file. It is made under Share, “Evidence file”.',
    },
    settings: 'How it was counted',
    compareTitle: {
      higher: (when: string) => `More is prevented than in the report of ${when}`,
      lower: (when: string) => `Less is prevented than in the report of ${when}`,
      same: (when: string) => `No clear change since the report of ${when}`,
      none: (when: string) => `The report of ${when} beside this one`,
    },
    compareLede:
      'Higher or lower only where the two intervals do not overlap: a plain reading that never calls noise a change.',
    otherSettings: (names: string) =>
      `The two were counted differently (${names}), so differences may come from that.`,
    head: { metric: 'Metric', earlier: 'Earlier', now: 'Now', reading: 'Reading' },
    readings: {
      higher: 'higher',
      lower: 'lower',
      same: 'no clear change',
      none: 'cannot be compared',
    },
    stop: 'Stop comparing',
    verify: 'Work it out again from my files',
    verifying: 'Working it out …',
    verifyHint: 'Takes the earlier report’s settings and the files on this page, and compares every figure.',
    verified: (differ: number, all: number) =>
      differ === 0
        ? `All ${count(all)} figures are the same.`
        : `${sentenceCase(inWords(differ))} of ${count(all)} ${plural(all, 'figure differs', 'figures differ')}.`,
    sameFiles: (names: string) => `The same files, byte by byte: ${names}.`,
    otherFiles: (names: string) => `Not on this page, or changed: ${names}.`,
    differs: 'Where they differ',
  },
};
