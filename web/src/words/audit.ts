// Words of the list of episodes behind a number.
import { counted, days } from '../format';
import type { Table } from './names';

export const audit = {
  audit: {
    see: 'See the episodes',
    seeOf: (what: string) => `See the episodes: ${what}`,
    title: 'The episodes behind it',
    headline: 'what the answer rests on',
    column: 'Episodes',
    press: 'Press, or Enter: the episodes',
    keys: 'Enter opens the episodes of a point.',
    /** What is counted, by the core's names of its populations. */
    populations: {
      messages: (window: string) =>
        `An episode begins with a message and lasts ${window}; further messages to the customer in that time belong to it.`,
      assignments: (window: string) =>
        `An episode begins when a customer is assigned, to be messaged or held out, and lasts ${window}.`,
      matched: (window: string) =>
        `An episode begins with a signal, acted on or not, and lasts ${window}. Where no signal is known it begins with the message.`,
      calendar: (window: string) =>
        `An episode begins with a message, or for customers who got none with one that others got that week, and lasts ${window}.`,
      single_messages: (window: string) => `An episode is one message and the ${window} after it.`,
      broadcasts: (window: string) => `An episode is one broadcast and the ${window} after it.`,
    } as Record<string, (window: string) => string>,
    outcome: 'Outcome',
    anyOutcome: 'all',
    arm: 'Customers',
    bothArms: 'all',
    treated: 'messaged',
    heldOut: 'held out',
    notMessaged: 'not messaged',
    search: 'Id of a customer or a row',
    of: (from: string, to: string, total: string) => `${from} to ${to} of ${total} episodes`,
    none: 'No episode fits. Choose another outcome, or clear the search.',
    earlier: 'Back',
    later: 'On',
    pages: 'Pages of episodes',
    csv: 'Save all as CSV',
    saving: 'Making the file …',
    working: 'Looking for the episodes …',
    failed: 'The episodes could not be listed.',
    noRows: {
      link: 'This report came by a link. A link holds figures and never a row, so the episodes can only be seen where the files are: drop them here.',
      file: 'This report was opened from an evidence file. It holds figures and never a row, so the episodes can only be seen where the files are: drop them here.',
    },
    unnamed: '(no id)',
    head: ['Customer', 'Start', 'Trigger', 'Outcome'],
    states: {
      silent: 'no contact',
      contacted: 'contacted',
      reactive: 'left out: contact before',
      pending: 'still running',
      censored: 'left out: customer left',
      dropped: 'left out: both arms',
    } as Table,
    truncated: 'The contacts begin less than a window before it.',
    dayOnly: 'Its times have no time of day, so whole days are compared.',
    what: {
      message: 'Message',
      assignment: 'Assignment',
      signal: 'Signal',
      customer: 'Customer',
    } as Table,
    contact: 'Contact',
    line: (file: string, line: number) => `${file}, line ${line}`,
    noContacts: 'No contact near the window.',
    counts: 'Counts.',
    countsNot: 'Does not count.',
    after: (minutes: number) => `${lengthOf(minutes)} after`,
    before: (minutes: number) => `${lengthOf(minutes)} before`,
  },
};

const kHour = 60;
const kDay = 24 * kHour;
/** From so many days on, whole ones. */
const kLong = 10;

function lengthOf(minutes: number): string {
  if (minutes < kHour) return counted(minutes, 'minute', 'minutes');
  const length = minutes / kDay;
  return days(length < kLong ? length : Math.round(length));
}
