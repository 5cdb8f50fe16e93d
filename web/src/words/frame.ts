// Words around every step: header, announcements, errors, footer.
import { counted, inWords } from '../format';
import type { Table } from './names';

export const frame = {
  name: 'Preempt',

  steps: { files: 'Files', check: 'Check', results: 'Results' } as Table,

  stepsLabel: 'Steps',

  skip: 'Skip to the content',

  private: 'Nothing leaves this computer',

  theme: {
    label: 'Colours',
    system: 'As the system',
    light: 'Light',
    dark: 'Dark',
  },

  announce: {
    filesRead: (given: number, read: number) =>
      given === read
        ? `${counted(read, 'file', 'files')} read.`
        : `${inWords(read)} of ${counted(given, 'file', 'files')} read; the others need an answer.`,
    readAgain: (name: string, rows: number) => `${name} read again, ${counted(rows, 'row', 'rows')}.`,
    removed: (name: string) => `${name} removed.`,
    evaluated: 'Results are up to date.',
    evaluating: 'Working it out …',
  },

  undo: {
    undo: 'Undo',
    redo: 'Redo',
    undoStep: (name: string) => `Undo: ${name}`,
    redoStep: (name: string) => `Redo: ${name}`,
    undone: (name: string) => `Taken back: ${name}.`,
    redone: (name: string) => `Done again: ${name}.`,
    steps: {
      added: (files: number) => `${counted(files, 'file', 'files')} added`,
      sample: 'sample data',
      removed: (name: string) => `${name} removed`,
      removedAll: 'all files removed',
      corrected: (name: string) => `how ${name} is read`,
      completed: (name: string) => `last day of ${name}`,
      forgotten: (name: string) => `mapping of ${name} forgotten`,
      mappings: 'mappings loaded',
      view: 'what the trend shows',
      typed: 'a number typed in',
      cleared: 'numbers cleared',
      opened: 'report opened',
      closed: 'report closed',
      compared: 'comparison',
    },
    settings: {
      windowDays: 'window',
      unit: 'counted by',
      zone: 'time zone',
      scope: 'contacts that count',
      strata: 'compared within',
      level: 'certainty',
      holdoutPercent: 'share held out',
      breakdown: 'breakdown',
      secondBreakdown: 'second breakdown',
      filters: 'filter',
      from: 'first day',
      to: 'last day',
      costPerContact: 'cost of a contact',
      costPerOutreach: 'cost of an outreach',
      minutesPerContact: 'minutes for a contact',
      currency: 'currency',
      costSource: 'source of the cost',
      plannedUnits: 'planned size',
      snapshots: 'looks so far',
      lookbackDays: 'how long a signal counts',
      repeatDays: 'how soon a repeat comes',
      atRiskBelow: 'who is at risk',
      ownRanges: 'own ranges',
      profile: 'published ranges shown',
    } as Table,
  },

  errors: {
    workerDied: 'The calculation stopped unexpectedly.',
    notLoaded:
      'The part that calculates could not be loaded from where this page comes from. Check the connection and try again.',
    cancelled: 'Nothing of it is used. The other files are as they were.',
    readingFailed:
      'The calculation stopped while this file was read; it may be too large for this browser’s memory. Remove it, close other tabs, or drop a shorter export.',
    evaluationFailed:
      'The calculation stopped unexpectedly. Nothing is lost: change a setting or press “Try again”. If it happens once more, remove the file that was added last.',
    retry: 'Try again',
    title: 'No result yet',
    staleTitle: 'These results are from before your last change',
    boundary:
      'Something on this page went wrong. Your files are still here: go back to Check, or reload the page to start afresh.',
  },

  chart: {
    showNumbers: 'Show the numbers',
    hideNumbers: 'Hide the numbers',
    numbersOf: (title: string) => `The numbers: ${title}`,
    keys: 'Left and right arrow keys read the points one by one.',
    save: (kind: string, title: string) => `${kind}: ${title}`,
    saved: (name: string) => `Saved as ${name}.`,
    source: (parts: string[]) => `Preempt · ${parts.join(' · ')}`,
    window: (days: string) => `window ${days}`,
    until: (day: string) => `contacts to ${day}`,
  },

  table: {
    interval: 'Interval',
    asShare: (name: string) => `${name} (as a share)`,
    low: (name: string) => `${name}, low`,
    high: (name: string) => `${name}, high`,
    sort: (name: string) => `Sort by ${name}`,
  },

  /** A count so small that it could point at a person. */
  masked: 'under 5',

  footer:
    'Preempt works on your computer. It sends nothing anywhere, keeps nothing of your files, and needs no account.',
};
