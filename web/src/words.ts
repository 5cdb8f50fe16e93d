// All words of the page, in English. In: numbers already made readable by format.ts, and the core's codes. Out: sentences in
// the words of a support team. Two stars mark what is emphasised: **308 contacts**. Another language is another file of
// this shape. A code without words of its own is shown as it is, readable, rather than not at all.
import { counted, inWords, plural, sentenceCase } from './format';

type Table = Record<string, string>;

/** The words for a code, or the code itself made readable. */
export function wordFor(table: Table, code: string): string {
  return table[code] ?? code.replaceAll('_', ' ');
}

const kinds: Table = {
  outreaches: 'Messages sent',
  contacts: 'Tickets or conversations',
  customers: 'Customers',
  exposure: 'Holdout or audience',
  signals: 'Warning signals',
  engagement: 'Opens, clicks, replies',
  surveys: 'Survey answers',
  unknown: 'Not recognised',
};

const attributes: Table = {
  trigger: 'trigger',
  outreach_type: 'outreach type',
  channel: 'channel',
  segment: 'segment',
  plan: 'plan',
  owner: 'owner',
  owner_id: 'owner',
  campaign: 'campaign',
  variant: 'variant',
  topic: 'topic',
  trigger_class: 'class of trigger',
  product_area: 'product area',
  content_id: 'content',
  experiment_id: 'experiment',
  initiated_by: 'sender',
  support_tier: 'support tier',
  business_model: 'business model',
  contract_type: 'contract type',
  lifecycle_stage: 'lifecycle stage',
  stage: 'company stage',
};

const attributePlurals: Table = {
  trigger: 'triggers',
  outreach_type: 'outreach types',
  channel: 'channels',
  segment: 'segments',
  plan: 'plans',
  owner: 'owners',
  owner_id: 'owners',
  campaign: 'campaigns',
  variant: 'variants',
  topic: 'topics',
  trigger_class: 'classes of trigger',
  product_area: 'product areas',
  content_id: 'pieces of content',
  experiment_id: 'experiments',
  initiated_by: 'senders',
  tier: 'tiers',
  support_tier: 'support tiers',
  industry: 'industries',
  stage: 'company stages',
  business_model: 'business models',
  contract_type: 'contract types',
  region: 'regions',
  language: 'languages',
  lifecycle_stage: 'lifecycle stages',
};

const missing: Table = {
  no_outreaches: 'Add a file of messages sent: to whom, and when.',
  no_contacts: 'Add a file of contacts (tickets, conversations): who wrote, and when.',
  no_contacts_in_scope: 'No contact is left: every one was started by you, merged, spam or a test.',
  no_outcome: 'Add an outcome column to the messages: positive, resolved, no effect …',
  no_engagement: 'Add clicks, replies or completions to the messages, or a file of reactions.',
  no_scores: 'Add survey answers: a column of scores, or the export of your survey tool.',
  no_first_response: 'Add the time of the first response to the contacts.',
  no_signals: 'Add the signals that fired, also those that nobody acted on.',
  no_holdout: 'Hold a random group out and add the file that says who was held out.',
  no_common_stratum:
    'Held-out and messaged customers share no trigger or segment: nobody is alike enough to compare.',
  no_baseline: 'Nobody is known who was not messaged.',
  all_pending: 'Every window is still open: export contacts up to a later day.',
  no_customers: 'Add the customers file, also those whom nobody messaged.',
  no_escalations: 'Add to the contacts which of them were escalated.',
  no_at_risk: 'Add health scores to the customers, and who left when.',
  not_typed: 'Type these numbers in to see it.',
};

/** The same code where it means something else on a rung. */
const rungMissing: Table = {
  '1 all_pending': 'The 30 days that engagement is given are not over for anybody yet.',
  '4 not_typed': 'It needs files: the signals that fired, also those that nobody acted on.',
};

/** Why a comparison that was made is not believed. */
const withheld: Table = {
  mixed_units:
    'more than 1 in 100 customers is in both groups, messaged and held out. Ask whoever split the groups for a clean list.',
  sample_ratio:
    'the groups are not as large as the design says, so somebody was lost on the way. Find out who is missing before reading the difference.',
  too_few: 'at least 30 outreaches in each group and 5 contacts are needed. Keep the holdout running.',
  unbalanced_before:
    'the two groups differed already before anybody was messaged, more than chance does once in a thousand times. The split was not random; draw a new one.',
  placebo:
    'the two groups differed already before anybody was messaged, so a difference afterwards says nothing about the messages.',
  coverage: 'fewer than 60 in 100 outreaches have comparable customers whom nobody messaged.',
};

const cautions: Table = {
  contaminated:
    'Some held-out customers were messaged all the same. They count as held out, so the effect is understated.',
  mixed_accounts: 'Some accounts have people in both groups; colleagues talk to each other.',
  few_events: 'Fewer than five contacts in one of the groups: read the interval, not the value.',
  small_strata: 'Some triggers or segments have very few held-out customers; their own figures are rough.',
  not_covered:
    'Some messaged customers have nobody held out to be compared with; they are not in the headline.',
  old_holdout: 'The holdout is older than 90 days: habits drift, start a new one.',
  mixed_units: 'Customers in both groups were taken out of both.',
  repeated_outreach: 'Some customers count several times; the interval is widened for it.',
  no_design_share:
    'Nobody said how large the holdout was meant to be, so it cannot be checked whether anyone was lost. State it under “More” in the settings.',
  first_assignments_only:
    'One group is listed more often than the other; only the first time of each customer is compared.',
  treated_from_outreaches:
    'The list names the held-out only; those messaged stand in for the other group, each from the first message on.',
  common_effect_differs:
    'A single effect for all triggers and segments would give another figure: they do not respond alike. The headline weighs them as they were messaged.',
  unbalanced_before:
    'The groups differed a little already before anybody was messaged; that happens to one good split in twenty.',
  looked_at_before:
    'You have looked at this programme before. The verdict rests on the wider interval, which holds however often one looks.',
  interim: 'The planned number of customers is not reached: this is an interim result.',
  no_placebo:
    'Nothing is known of these groups from before the messages, so a difference between them cannot be ruled out.',
  weak_placebo:
    'Before the messages the groups looked alike, but too few are known to rule out a difference as large as the effect.',
  sources_disagree: 'The two ways of finding comparable customers contradict each other.',
  clock_at_send:
    'For some messages the signal is unknown: their clock starts at sending, which flatters, since they had to be quiet until then.',
};

const leftOut: Record<string, { name: string; short: string; why: string }> = {
  reactive: {
    name: 'Reactive',
    short: 'reactive',
    why: 'the customer had already contacted you, so there was nothing left to prevent',
  },
  pending: {
    name: 'Window still open',
    short: 'with an open window',
    why: 'the days after the outreach have not all passed yet, and silence so far would flatter',
  },
  broadcast: {
    name: 'Broadcasts',
    short: 'broadcast',
    why: 'sent to everybody; kept out of the headline, in a row of their own',
  },
  censored_churn: {
    name: 'Customer left inside the window',
    short: 'who left',
    why: 'silence by leaving is not prevention',
  },
  unmatched_contacts: {
    name: 'Contacts of unknown people',
    short: 'from unknown people',
    why: 'their sender appears in no other file, so they cannot be set against an outreach',
  },
  holdout_rows: {
    name: 'Holdout rows',
    short: 'holdout rows',
    why: 'rows of the held-out group are no outreaches: nothing was sent',
  },
  mixed_arms: {
    name: 'In both groups',
    short: 'in both groups',
    why: 'messaged and held out at once, so taken out of both',
  },
  not_covered: {
    name: 'Nobody held out to compare with',
    short: 'without a comparison',
    why: 'their trigger or segment has no holdout',
  },
  late_replies: {
    name: 'Late replies',
    short: 'late replies',
    why: 'they answer a message whose window was over',
  },
  undelivered: {
    name: 'Not delivered',
    short: 'not delivered',
    why: 'bounced; still counted in the comparison, since the held-out could not bounce',
  },
};

const trustNames: Table = {
  match_rate: 'Customers found in both files',
  zone: 'Time zone',
  direction: 'Who started each contact',
  coverage: 'Days covered',
  day_only: 'Dates without a time of day',
  pending: 'Windows still open',
  topic_coded: 'Topics',
  holdout: 'Holdout',
  shared_keys: 'Shared addresses',
};

const trustLevels: Table = { good: 'fine', look: 'look at this', bad: 'fix this first' };

const axes: Table = {
  industry: 'industry',
  company_stage: 'company stage',
  business_model: 'business model',
  contract_type: 'contract',
  outreach_type: 'outreach type',
  programme_maturity: 'maturity of the programme',
};

interface RungWords {
  name: string;
  question: string;
  /** What it proves. */
  can: string;
  /** What it does not. */
  cannot: string;
}

const rungs: RungWords[] = [
  {
    name: 'Activity',
    question: 'Are we doing any?',
    can: 'Says how much you send, next to what comes in.',
    cannot: 'Says nothing about whether it helps.',
  },
  {
    name: 'Engagement',
    question: 'Did people touch it first?',
    can: 'Says who reacted before any contact.',
    cannot: 'Those who react differ from those who do not.',
  },
  {
    name: 'Claimed',
    question: 'Do we say it worked?',
    can: 'Counts what your team noted as a success.',
    cannot: 'Nobody checked what would have happened anyway.',
  },
  {
    name: 'Upper bound',
    question: 'Did they stay quiet?',
    can: 'No programme can have prevented more than this.',
    cannot: 'Most would have stayed quiet anyway: never a success rate.',
  },
  {
    name: 'Estimated',
    question: 'Quieter than similar, uncontacted?',
    can: 'Compares with like customers whom nobody messaged.',
    cannot: 'They were not chosen at random, so a difference may have other causes.',
  },
  {
    name: 'Proven',
    question: 'Quieter because of us?',
    can: 'The groups differ by chance only: the difference is your doing.',
    cannot: 'Holds for these customers, this window, these days.',
  },
];

const rungUnits: Table = { share: '%', points: 'per 100', ratio: 'per 100', count: '' };

export const words = {
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
  kinds,
  attributes,
  axes,

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

  errors: {
    workerDied: 'The calculation stopped unexpectedly.',
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

  files: {
    title: 'Did our proactive support **prevent contacts**, or did we only send messages?',
    lede: 'Drop the exports that your helpdesk and your messaging tool give you. This page reads them on your own computer and says how many contacts your outreach prevented, and how sure one can be.',
    dropTitle: 'Drop CSV, ZIP or Excel files anywhere on this page',
    dropHint:
      'Several at once, also ZIP, gzip and Excel files. The exports of many tools are recognised; any other table is matched by its headers.',
    choose: 'Choose files',
    overlay: 'Drop the files to read them',
    overlayHint: 'They stay on this computer.',
    sampleTitle: 'No file at hand?',
    sample: 'Try it with sample data',
    sampleLoading: 'Making the sample …',
    sampleHint: 'A year of an invented company: 4,000 customers, a fifth of them held out.',
    templates: 'Download these files as templates',
    type: 'Type in numbers instead',
    needTitle: 'What to export',
    needs: [
      ['Outreaches', 'who was messaged, and when', 'needed'],
      ['Contacts', 'tickets or conversations: who wrote, and when', 'needed'],
      ['Holdout', 'who was held out at random, and when', 'turns a guess into proof'],
      ['Customers', 'plan, segment, who has left', 'for comparisons'],
    ] as [string, string, string][],
    needHead: ['Table', 'What it says', 'What for'] as [string, string, string],
    already: (count: number) => `${counted(count, 'file is', 'files are')} open already.`,
    toCheck: 'Check them',
  },

  typed: {
    title: 'Type in numbers',
    lede: 'Fill in what you know and leave the rest empty. The same rules apply as for files: every figure gets its interval, and none is called more than it is.',
    back: 'Use files instead',
    submit: 'Work it out',
    clear: 'Clear the form',
    invalid: 'Please type a whole number, such as 250.',
    whole: 'Please type a whole number, such as 250.',
    empty: 'Type in at least one pair of numbers.',
    groups: [
      {
        title: 'Holdout',
        hint: 'The only pair of groups that proves anything: drawn at random, one messaged, one not.',
        fields: [
          ['treated', 'Customers messaged'],
          ['treatedContacted', 'of these, made contact'],
          ['holdout', 'Customers held out'],
          ['holdoutContacted', 'of these, made contact'],
        ],
      },
      {
        title: 'Claimed success',
        hint: 'What your team noted: it helped, or it did not.',
        fields: [
          ['claimedAttempts', 'Outreaches'],
          ['claimedSuccesses', 'noted as a success'],
        ],
      },
      {
        title: 'Prevented, as counted by you',
        hint: 'Contacts that your team believes it prevented.',
        fields: [
          ['outreaches', 'Outreaches'],
          ['prevented', 'contacts believed prevented'],
        ],
      },
      {
        title: 'Engagement',
        hint: 'Who clicked, replied or finished before any ticket.',
        fields: [
          ['eligible', 'Customers eligible'],
          ['engaged', 'engaged before any contact'],
        ],
      },
      {
        title: 'Proactive ratio',
        hint: 'How much goes out, next to how much comes in.',
        fields: [
          ['proactiveOutreaches', 'Outreaches sent'],
          ['reactiveContacts', 'Contacts received'],
        ],
      },
    ] as { title: string; hint: string; fields: [string, string][] }[],
  },

  check: {
    title: 'Is this how your files should be read?',
    lede: 'Each file with what it was taken for. Correct what is wrong; the file is read again at once.',
    none: 'No files yet. Drop some here, or go back to Files.',
    add: 'Add files',
    removeAll: 'Remove all',
    toResults: 'See the results',
    waiting: 'Reading …',
    questions: (open: number, zone: boolean) =>
      `${sentenceCase(inWords(open))} ${plural(open, 'question is', 'questions are')} still open.${zone ? ' Until answered, times without a zone count as UTC.' : ''}`,
    blocked: (files: number) =>
      `${sentenceCase(inWords(files))} ${plural(files, 'file', 'files')} cannot be used yet.`,
    recognised: (label: string) => `Recognised as ${label}`,
    confidence: (share: number) =>
      share >= 0.9 ? 'certain' : share >= 0.6 ? 'likely' : 'a guess: please look at it',
    why: 'Why',
    queued: 'Waiting for its turn …',
    unpacking: (percent: string) => `Opening it: ${percent}`,
    reading: (percent: string, rows: string) => `${percent} read, ${rows} rows so far`,
    timeLeft: {
      soon: 'a few seconds left',
      seconds: (n: number) => `about ${n} seconds left`,
      minutes: (n: number) => `about ${counted(n, 'minute', 'minutes')} left`,
    },
    stop: 'Stop',
    stopOf: (name: string) => `Stop reading ${name}`,
    stopped: 'You stopped its reading',
    resume: 'Read it again',
    rows: (read: string, used: string, aside: string) =>
      `${read} rows read: ${used} usable, ${aside} set aside`,
    span: (first: string, last: string) => `From ${first} to ${last}`,
    failed: 'This file cannot be used',
    needsAnswer: 'One more answer is needed',
    remove: (name: string) => `Remove ${name}`,
    removeShort: 'Remove',
    kind: 'This table holds',
    zoneQuestion: 'In which time zone are its times?',
    zoneWhy:
      'The file does not say. Tools export in the zone of the workspace, which is often that of the head office.',
    zoneUse: (zone: string) => `Use ${zone}`,
    zoneAnswered: (zone: string) => `Times without an offset are read as ${zone}.`,
    zoneInHeader: (zone: string) => `The file itself says: ${zone}.`,
    zoneUntil: 'Until you answer, UTC.',
    dateQuestion: (sample: string) => `What does ${sample} mean?`,
    dateQuestionPlain: 'Does the day or the month come first in its dates?',
    dateWhy: 'No date in the file settles it.',
    dayFirst: 'Day first',
    monthFirst: 'Month first',
    complete: 'This export is complete until the end of',
    completeAssumed: (when: string) =>
      `Assumed from the last row (${when}). Windows that reach beyond count as not finished.`,
    completeConfirm: 'That is right',
    completeConfirmed: 'Confirmed. Windows that reach beyond count as not finished.',
    columnsTitle: (used: number, all: number) => `Columns: ${used} of ${all} used`,
    column: 'Column',
    samples: 'Samples',
    role: 'Read as',
    roleOf: (column: string) => `Read the column ${column} as`,
    notUsed: 'not used',
    needed: 'Needed',
    neededGroup: 'One of these is needed',
    optional: 'Optional',
    showUnused: (count: number) => `Show the ${counted(count, 'column', 'columns')} not used`,
    hideUnused: 'Hide the columns not used',
    noHeader: (index: number) => `column ${index}`,
    moreNotes: (n: number) => `Show ${counted(n, 'more note', 'more notes')}`,
    from: (container: string) => `From ${container}.`,
    ignored: (names: string) => `Left inside: ${names}.`,
    ignoredWhy: {
      not_a_table: 'no table',
      housekeeping: 'put there by the computer',
      empty: 'empty',
      too_deep: 'packed too deep',
    } as Table,
    ignoredMore: (n: number) => `${n} more`,
    otherSheets: (n: number) => `The workbook has ${counted(n, 'other sheet', 'other sheets')}:`,
    addSheet: (sheet: string) => `Add ${sheet}`,
    serialQuestion: (sample: string) => `Is ${sample} a date?`,
    serialQuestionPlain: 'Are the numbers in its time columns dates?',
    serialWhy: 'Spreadsheets count days since 1900; a number like this can be such a day.',
    serialYes: 'Yes, a day of a spreadsheet',
    serialNo: 'No',
    scoreQuestion: 'On which scale are its scores?',
    scoreWhy: 'Until you answer, they are not counted.',
    scoreChoose: 'Choose the scale',
  },

  howRead: {
    title: (encoding: string, delimiter: string, header: string) =>
      `How it was read: ${encoding}, ${delimiter}, ${header}`,
    headers: ['no header', 'one header row', 'two header rows'],
    encoding: 'Encoding',
    delimiter: 'Columns separated by',
    quote: 'Quotes',
    skip: 'Lines above the header',
    header: 'Header rows',
    encodings: {
      'utf-8': 'UTF-8',
      'utf-16le': 'UTF-16 (little-endian)',
      'utf-16be': 'UTF-16 (big-endian)',
      'utf-32le': 'UTF-32 (little-endian)',
      'utf-32be': 'UTF-32 (big-endian)',
      'windows-1252': 'Western European (Windows-1252)',
      'windows-1250': 'Central European (Windows-1250)',
      'windows-1251': 'Cyrillic (Windows-1251)',
      'windows-1253': 'Greek (Windows-1253)',
      'windows-1254': 'Turkish (Windows-1254)',
      'windows-1257': 'Baltic (Windows-1257)',
      'iso-8859-2': 'Central European (ISO-8859-2)',
      'iso-8859-15': 'Western European (ISO-8859-15)',
      macintosh: 'Western European (Mac)',
      gb18030: 'Chinese (GB18030)',
      shift_jis: 'Japanese (Shift-JIS)',
    } as Table,
    delimiters: {
      ',': 'comma',
      ';': 'semicolon',
      '\t': 'tab',
      '|': 'pipe',
      ':': 'colon',
      '^': 'caret',
      none: 'nothing: one column',
    } as Table,
    quotes: { '"': 'double quotes', "'": 'single quotes', none: 'none' } as Table,
    consistent: (rows: number) =>
      rows > 1 ? 'All of its first rows have the same number of columns.' : 'It has one row so far.',
    inconsistent: (share: string) =>
      `${share} of its first rows have the usual number of columns; the others are shorter or longer.`,
    preview: 'Its first rows, as read',
    previewOf: (name: string) => `First rows of ${name}, as read`,
    moreColumns: (n: number) => `The first columns; ${counted(n, 'column more', 'columns more')}.`,
    question: 'Are these words spelt right?',
    yes: (encoding: string) => `Yes, it is ${encoding}`,
    other: 'No, read it as …',
    questionWhy: 'The first lines of the file do not settle how its letters are written.',
  },

  guided: {
    title: 'This layout is new: say what is what',
    lede: 'Two or three answers are enough. They are kept for the next file with the same header.',
    done: 'That is all that is needed. More columns can be named below.',
    kindFirst: 'First, what the table holds.',
    choose: 'Choose …',
    who: 'Which column says who the customer is?',
    role: (label: string) => `Which column is the ${label}?`,
    as: (label: string) => `as ${label}`,
    noValues: 'no values in the first rows',
    other: 'Another column',
    otherFor: (question: string) => `${question} Another column`,
    noneFits: 'No column looks like it.',
  },

  mappings: {
    earlier: 'Read with the mapping that you made for this header before.',
    now: 'Your answers are kept on this computer for the next file with this header (settings only, nothing from its rows).',
    nowBriefly: 'Your answers are kept for the next file with this header until this page is closed.',
    forget: 'Forget them',
    forgetEarlier: 'Forget it and read the file afresh',
    forgotten: 'The mapping is forgotten.',
    title: 'Mappings',
    save: 'Save these mappings',
    load: 'Load mappings',
    hint: 'A small file for colleagues with the same exports: what each column is, zones and formats, no data.',
    loaded: (n: number, used: number) =>
      `${sentenceCase(counted(n, 'mapping', 'mappings'))} loaded${used > 0 ? `; ${counted(used, 'file', 'files')} on this page read with them` : '; used when a file with such a header is dropped'}.`,
    errors: {
      notJson:
        'This file of mappings cannot be read: it is not JSON, or it is cut off. Save it again on this page.',
      notMappings: 'This is no file of mappings. Load one that was made with “Save these mappings”.',
      version: (version: string) =>
        `This file of mappings is of version ${version}; this page reads version 1. Use a newer page, or save the mappings again.`,
      none: 'This file holds no mappings.',
      entry: (n: number) =>
        `Mapping ${n} of the file is not whole: its fingerprints or its settings are missing.`,
      field: (n: number, name: string) =>
        `Mapping ${n} of the file has a value that cannot be used for “${name}”.`,
    },
  },

  settings: {
    label: 'Settings',
    summary: 'Change how it is counted',
    window: 'Window',
    windowHint: 'Days after an outreach in which a contact counts against it',
    windowOther: 'Other',
    windowTyped: 'Days, up to 90',
    unit: 'Counted by',
    units: { auto: 'Automatic', person: 'Person', account: 'Account' } as Table,
    unitAuto: (unit: string) => `Auto: ${unit}`,
    unitUsed: (unit: string) => ({ person: 'people', account: 'accounts' })[unit] ?? unit,
    unitWhy: {
      chosen: 'as you chose',
      accounts_in_both: 'both files name accounts',
      accounts_only: 'the messages name accounts only',
      no_accounts: 'no account column in both files',
      assigned_by_person: 'the groups were drawn by person',
      accounts_do_not_match: 'the accounts of the files do not match',
      typed: 'as typed in',
    } as Table,
    scope: 'Contacts',
    scopes: { all_topics: 'About anything', same_topic: 'On the same topic' } as Table,
    zone: 'Days in',
    more: 'More',
    strata: 'Compared within',
    stratas: {
      auto: 'Automatic',
      experiment: 'Experiment',
      trigger: 'Trigger',
      segment: 'Segment',
      trigger_segment: 'Trigger and segment',
    } as Table,
    level: 'Certainty',
    holdout: 'Held out by design, %',
    holdoutHint: 'such as 20',
    typedAgain: 'Change the numbers',
    sampleNote: 'Sample data: an invented company',
  },

  verdict: {
    tags: {
      proven: 'Proven · random holdout',
      open: 'Random holdout · not settled yet',
      estimated: 'Estimated · not a random holdout',
      bound: 'Upper bound · no comparison',
      claimed: 'Claimed · nobody checked',
      engagement: 'Engagement · no effect known',
      activity: 'Activity only',
      nothing: 'No answer yet',
      withheld: 'Holdout · verdict withheld',
    },
    prevents: (n: string, low: string, high: string) =>
      `Your proactive support prevented about **${n}**, between ${low} and ${high}.`,
    preventsEstimated: (n: string, low: string, high: string) =>
      `Your proactive support prevented **an estimated ${n}**, between ${low} and ${high}.`,
    preventsLede: (per100: string, range: string, share: string, shareRange: string) =>
      `That is **${per100} prevented per 100 outreaches** (${range})${share ? `, or **${share} of the contacts that would have come**${shareRange ? ` (${shareRange})` : ''}` : ''}.`,
    causes: (n: string, low: string, high: string) =>
      `Your proactive support **caused about ${n}**, between ${low} and ${high}.`,
    causesLede: (per100: string, range: string) =>
      `That is **${per100} more contacts per 100 outreaches** (${range}): those whom you messaged contacted you more often than those held out.`,
    causesLedeEstimated: (per100: string, range: string) =>
      `That is **${per100} more contacts per 100 outreaches** (${range}): those whom you messaged contacted you more often than similar customers whom nobody messaged.`,
    cannotTell: 'Nobody can tell yet whether your proactive support **prevents contacts**.',
    cannotTellLede: (low: string, high: string) =>
      `Per 100 outreaches, the data fit everything from **${low}** to **${high}**.`,
    extra: (n: string) => `${n} more contacts`,
    fewer: (n: string) => `${n} prevented`,
    zero: 'no effect',
    detectable: (drop: string, held: string) =>
      `With ${held} held out, only a drop of **${drop} per 100** or more would show.`,
    notDetectable: (held: string) => `With ${held} held out, no drop that is possible here would show.`,
    keepGoing: 'Hold more customers out, or wait: the question can be settled.',
    tooFew: 'There is a holdout, but **it is too small to answer yet**.',
    withheld: 'There is a holdout, but **its answer cannot be trusted yet**.',
    withheldEstimated: 'There is a comparison, but **its answer cannot be trusted yet**.',
    withheldLede: (why: string) => `Withheld, because ${why}`,
    bound: (share: string, low: string, high: string, window: string) =>
      `**${share} stayed quiet** for ${window} after an outreach, between ${low} and ${high}: an upper bound.`,
    boundLede:
      'Without a comparison **nobody can say how many would have stayed quiet anyway**. Where one customer in ten would have contacted you, a programme without any effect also reaches 90%.',
    boundNext: 'To learn the effect, hold a random group out, or add the signals that nobody acted on.',
    claimed: (share: string, low: string, high: string) =>
      `Your team says that **${share} of its outreaches worked**, between ${low} and ${high}.`,
    claimedLede: (successes: string, attempts: string) =>
      `**${successes} of ${attempts}** were noted as a success. Nobody compared with what would have happened anyway.`,
    counted: (share: string, low: string, high: string) =>
      `Your team counts **a contact prevented for ${share} of its outreaches**, between ${low} and ${high}.`,
    countedLede: (prevented: string, outreaches: string) =>
      `**${prevented} of ${outreaches}**, by its own count. Without a comparison that is a claim: nobody saw what would have happened anyway.`,
    remains: (share: string, window: string) =>
      `What remains is an upper bound: ${share} stayed quiet for ${window}.`,
    engagement: (share: string, low: string, high: string) =>
      `**${share} reacted** before they contacted you, between ${low} and ${high}.`,
    engagementLede: (engaged: string, eligible: string) =>
      `**${engaged} of ${eligible}**. Reacting is no proof of help: the interested would perhaps have managed anyway.`,
    activity: (ratio: string) => `You send **${ratio} outreaches for every 100 contacts** that come in.`,
    activityLede: (outreaches: string, contacts: string) =>
      `**${outreaches} outreaches**, ${contacts} contacts. That says how much you do, not whether it helps.`,
    nothing: 'These numbers **cannot say anything yet**.',
    nothingLede: 'The ladder below says what is missing for each step.',
    holdoutOf: (held: string, treated: string) =>
      `Measured by a random holdout: ${held} held out, ${treated} messaged.`,
    matchedOf: (held: string, treated: string) =>
      `Compared with ${held} similar signals that nobody acted on; ${treated} were messaged. Not random, so other causes remain possible.`,
    typedOf: 'From the numbers you typed in.',
    between: (from: string, to: string) => `Contacts known from ${from} to ${to}.`,
    contacts: (n: string, value: number) => `${n} ${Math.abs(value) === 1 ? 'contact' : 'contacts'}`,
  },

  facts: {
    label: 'The figures behind it',
    episodes: (window: string) => `outreaches judged, window ${window}`,
    typedEpisodes: 'messaged, as typed in',
    outreachesTyped: 'outreaches, as typed in',
    baseline: 'would have contacted you (held out)',
    baselineMatched: 'would have contacted you (nobody acted)',
    treated: 'did, after being messaged',
    perPrevented: 'outreaches for each contact prevented',
    perCaused: 'outreaches for each contact caused',
    heldOut: 'held out',
    detectable: 'per 100: the smallest drop that would show',
    contacted: 'contacted you all the same',
    noContact: 'stayed quiet',
    pending: 'have an open window',
    attempts: 'outreaches with a noted outcome',
    successes: 'noted as a success',
    counted: 'contacts prevented, as counted',
    eligible: 'could have been reached',
    engaged: 'reacted first',
    outreaches: 'outreaches',
    contacts: 'contacts',
  },

  ladder: {
    title: (best: string) => `Six numbers go by the name “effectiveness”; yours is ${best}`,
    best: ['activity only', 'engagement', 'a claim', 'an upper bound', 'an estimate', 'proven'],
    open: 'measured, but not settled',
    titleNone: 'Six numbers go by the name “effectiveness”',
    lede: 'The same data under each published definition, strongest evidence first.',
    rungs,
    units: rungUnits,
    headline: 'headline',
    missing: (code: string, rung = -1) =>
      rungMissing[`${rung} ${code}`] ??
      (withheld[code] ? `Not believed: ${withheld[code]}` : wordFor(missing, code)),
    notReached: 'not reached',
    base: {
      0: (n: string, other: string) => `${n} outreaches against ${other} contacts`,
      1: (n: string) => `${n} who could have reacted`,
      2: (n: string) => `${n} outreaches`,
      3: (n: string) => `${n} outreaches judged`,
      4: (n: string, other: string) => `${n} messaged against ${other} not acted on`,
      5: (n: string, other: string) => `${n} messaged against ${other} held out`,
    } as Record<number, (n: string, other: string) => string>,
    definitionOf: (name: string) => `${name}: definition`,
  },

  benchmarks: {
    lede: 'Published ranges, each drawn by itself, against your value of the same metric. None states a sample, a date or a method: treat them as opinions.',
    provenance: 'no sample, no date',
    groups: {
      prevented_contact_rate: {
        title: 'Prevented per 100 outreaches',
        lede: 'Ranges by outreach type, each against your outreaches of that type.',
        ledeAll:
          'Ranges by outreach type. Your data name no types, so all your outreaches stand in for each.',
        ledeCounted:
          'Ranges by outreach type, against the prevented contacts as counted by your team: a claim, not a measurement.',
        none: 'No value to compare: it takes a holdout, or signals that nobody acted on.',
      },
      claimed_success: {
        title: 'Claimed success',
        lede: 'Ranges by industry, stage, model and contract. They do not agree with each other, so none is chosen for you.',
        none: 'No value to compare: it takes an outcome column in the outreaches.',
      },
      proactive_contact_ratio: {
        title: 'Outreaches per 100 contacts',
        lede: 'How much you do. It says nothing about effect.',
        none: 'No value to compare: it takes outreaches and contacts.',
      },
    } as Record<
      string,
      { title: string; lede: string; ledeAll?: string; ledeCounted?: string; none: string }
    >,
    groupOther: 'Other ranges',
    ceiling: (rate: string) => `ceiling ${rate}`,
    ceilingNotes:
      'The dashed line is the ceiling: at most this many would have contacted you, so no programme can prevent more.',
    ceilingNote: (rate: string) =>
      `The dashed line is the ceiling: at most ${rate} would have contacted you, so no programme can prevent more.`,
    verdicts: {
      below: 'below',
      inside: 'inside',
      above: 'above',
      cannot_tell: 'cannot tell: too few data',
      out_of_reach: 'out of reach at your contact rate',
      no_value: 'no value of yours',
    } as Table,
    /** The same where there is little room. */
    shortVerdicts: {
      cannot_tell: 'cannot tell',
      out_of_reach: 'out of reach',
      no_value: 'no value',
    } as Table,
    range: (low: string, high: string | null, lowInclusive: boolean) =>
      high === null ? `${lowInclusive ? 'from' : 'over'} ${low}` : `${low} to ${high}`,
    under: (high: string) => `under ${high}`,
    titles: {
      none: 'There is nothing yet to set against published ranges',
      outOfReach: 'The published ranges are out of reach at your contact rate',
      one: (verdict: string, label: string) => `Against published ranges, you are ${verdict} “${label}”`,
      counts: (metric: string, parts: string, open: number) =>
        `${sentenceCase(metric)}: ${parts} of the published ranges${open > 0 ? `; ${inWords(open)} cannot be told` : ''}`,
      cannotTell: 'Too few data to place you against the published ranges',
      unclear: (outOfReach: number, cannotTell: number) =>
        sentenceCase(
          [
            outOfReach > 0
              ? `${inWords(outOfReach)} published ${plural(outOfReach, 'range is', 'ranges are')} out of reach`
              : '',
            cannotTell > 0
              ? `for ${inWords(cannotTell)}${outOfReach > 0 ? '' : ' published ranges'} there are too few data to tell`
              : '',
          ]
            .filter(Boolean)
            .join('; '),
        ),
      part: (verdict: string, n: number) =>
        ({
          below: `below ${inWords(n)}`,
          inside: `inside ${inWords(n)}`,
          above: `above ${inWords(n)}`,
        })[verdict] ?? '',
    },
    table: ['Range', 'Source', 'Published', 'Yours', 'Interval', 'Cases', 'Reading'],
    sentence: (label: string, range: string, own: string, verdict: string) =>
      `${label}: published ${range}, yours ${own}: ${verdict}.`,
    chart: (group: string) => `Chart of ${group.toLowerCase()} against published ranges.`,
  },

  trend: {
    metrics: {
      effect: 'Prevented',
      no_contact: 'Stayed quiet',
      contacts: 'Contacts',
    } as Table,
    metricLabel: 'Show',
    periodLabel: 'By',
    periods: { week: 'Week', month: 'Month', quarter: 'Quarter' } as Table,
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
        no_contact: (n: string) => `No clear change of silence over ${n}`,
        contacts: (n: string) => `No clear change of contacts over ${n}`,
      },
      short: 'Too short a time for a trend',
    },
    spans: {
      week: (n: number) => counted(n, 'week', 'weeks'),
      month: (n: number) => counted(n, 'month', 'months'),
      quarter: (n: number) => counted(n, 'quarter', 'quarters'),
    },
    sentence: (metric: string, n: number, first: string, last: string) =>
      `${metric}, ${counted(n, 'point', 'points')}: ${first}; ${last}.`,
    at: (period: string, value: string, range: string) => `${period} ${value}${range ? ` (${range})` : ''}`,
    noneYet: 'No period holds enough to draw.',
    pending: (n: string) => `${n} pending`,
    incompleteWord: 'not complete',
    table: {
      effect: [
        'Period',
        'Prevented per 100',
        'Interval',
        'Messaged',
        'made contact',
        'Held out',
        'made contact',
        'Note',
      ],
      no_contact: [
        'Period',
        'Stayed quiet',
        'Interval',
        'Outreaches judged',
        'made contact',
        'Pending',
        'Note',
      ],
      contacts: ['Period', 'Contacts', 'Interval', 'Outreaches sent', 'Note'],
    } as Record<string, string[]>,
    empty: 'no value',
  },

  breakdown: {
    title: 'Where it works',
    by: 'By',
    noneChosen: 'Choose',
    unnamed: '(not stated)',
    ledeEffect: (attribute: string) =>
      `Prevented per 100 outreaches by ${attribute}. Grey cannot yet be told apart from zero.`,
    ledeRate: (attribute: string) => `Share that stayed quiet, by ${attribute}: an upper bound, no effect.`,
    ledeOneArm: (attribute: string) =>
      `Held-out customers have no ${attribute}, so there is no effect for each; only the share that stayed quiet, an upper bound.`,
    titleEffect: (works: number, harms: number, unclear: number, attribute: string) => {
      const nouns = wordFor(attributePlurals, attribute);
      const noun = (n: number) => (n === 1 ? wordFor(attributes, attribute) : nouns);
      const parts: string[] = [];
      if (works > 0) {
        parts.push(`${inWords(works)} ${noun(works)} ${works === 1 ? 'does' : 'do'} the work`);
      }
      if (harms > 0) {
        parts.push(
          `${inWords(harms)} ${works > 0 ? '' : `${noun(harms)} `}${harms === 1 ? 'makes' : 'make'} things worse`,
        );
      }
      if (parts.length === 0) return `None of the ${nouns} can be told apart from no effect yet`;
      if (parts.length === 1 && unclear > 0) {
        parts.push(`${inWords(unclear)} cannot be told yet`);
      }
      return sentenceCase(parts.join('; '));
    },
    titleRate: (low: string, high: string, attribute: string) =>
      `Silence runs from ${low} to ${high}, depending on the ${wordFor(attributes, attribute)}`,
    titleRateOne: (attribute: string) => `Silence by ${wordFor(attributes, attribute)}`,
    titleNone: 'Nothing to break the result down by',
    none: 'The data name no trigger, type, channel, segment, plan or owner. Add such a column to the outreaches, or a file of customers.',
    headEffect: ['Outreaches', 'Held out', 'Prevented', 'Interval', 'Reading'],
    headRate: ['Outreaches', 'Made contact', 'Stayed quiet', 'Interval'],
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
    head: ['Reason', 'How many'],
  },

  trust: {
    titleGood: 'Nothing speaks against these numbers',
    titleLook: (n: number) =>
      `${sentenceCase(inWords(n))} ${plural(n, 'thing', 'things')} to look at before you rely on this`,
    titleBad: (n: number) =>
      `${sentenceCase(inWords(n))} ${plural(n, 'thing makes', 'things make')} these numbers doubtful`,
    lede: 'Checks on the data, not on the programme.',
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
    details: (name: string, rows: number, warnings: number) =>
      `${name}: ${[rows > 0 ? (rows === 1 ? 'the set-aside row' : `the first ${counted(rows, 'set-aside row', 'set-aside rows')}`) : '', warnings > 0 ? counted(warnings, 'warning', 'warnings') : ''].filter(Boolean).join(', ')}`,
    rowsOf: (name: string) => `Set-aside rows of ${name}`,
    lede: 'Rows read = rows used + rows set aside, each for one reason.',
    head: ['File', 'Rows read', 'Used', 'Set aside'],
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
      strata: 'By stratum',
      strataHead: ['Stratum', 'Held out', 'made contact', 'Messaged', 'made contact'],
      notCovered: (n: string) => `${n} messaged, not covered: nobody of their kind was held out.`,
    },
    metricsTitle: 'Definitions',
    of: (numerator: string, numeratorOf: string, denominator: string, denominatorOf: string) =>
      `${numerator} ${numeratorOf} of ${denominator} ${denominatorOf}`,
    against: (numerator: string, numeratorOf: string, denominator: string, denominatorOf: string) =>
      `${numerator} ${numeratorOf}, ${denominator} ${denominatorOf}`,
    excluded: 'Left out',
    parts: 'In detail',
    sources: 'Described by',
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

  chart: {
    showNumbers: 'Show the numbers',
    hideNumbers: 'Hide the numbers',
    numbersOf: (title: string) => `The numbers: ${title}`,
    keys: 'Left and right arrow keys read the points one by one.',
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
  },

  withheld: (code: string) => wordFor(withheld, code),

  footer:
    'Preempt works on your computer. It sends nothing anywhere, keeps nothing of your files, and needs no account.',
};
