// Words of what may be behind the numbers and of what to do about it: causes, levers, guards, verified changes. In: codes of the
// core. Out: sentences in the words of a support team.
import { inWords, plural, sentenceCase } from '../format';
import type { Table } from './names';

/** A cause, and what of it was seen; a rule with several ways has one for each. */
const causes: Record<string, { name: string; seen: string; ways?: Table }> = {
  D01: {
    name: 'Messages come at the wrong time, or to the wrong people',
    seen: 'Fewer react or more unsubscribe, and fewer stay quiet.',
  },
  D02: {
    name: 'Problems are noticed too late or not at all',
    seen: 'More come back with the same thing or fail to help themselves, and few contacts had a signal before them.',
  },
  D03: {
    name: 'A message or an article does not help',
    seen: 'It arrives, and is left alone.',
    ways: {
      not_clicked: 'It arrives as often as the others, and is clicked less than all of them together.',
      not_viewed: 'More messages lead to articles, and the articles are not read more.',
    },
  },
  D04: {
    name: 'Several teams write to the same customers',
    seen: 'Contacts do not fall, no effect can be seen, and messages overlap.',
  },
  D05: {
    name: 'The team is short of time',
    seen: 'Messages follow their signals later, and sending or answering became uneven.',
  },
  D06: {
    name: 'The right signals reach the wrong people',
    seen: 'Contacts are foreseen, but many outreaches go to people without an active signal or at low risk.',
  },
  D07: {
    name: 'The right people get a message that does not help',
    seen: 'Signals and targeting are good.',
    ways: {
      clicks: 'Signals and targeting are good, but few click.',
      replies: 'Signals and targeting are good, but replies outnumber what is prevented.',
    },
  },
  D08: {
    name: 'The effect fell',
    seen: 'Less is prevented than in the period before.',
    ways: {
      mix: 'Mostly because other outreaches were sent than before, not because the same ones work less.',
      within: 'Mostly because the same outreaches work less than before.',
    },
  },
  D09: {
    name: 'More outreaches for each contact: fits an effect, and shows none',
    seen: 'The ratio rose.',
    ways: {
      fewer_contacts:
        'The ratio rose mostly because fewer contacts came in. That fits an effect; without a holdout it is no evidence of one.',
      more_outreach: 'The ratio rose mostly because more was sent, which says nothing about effect.',
    },
  },
  D10: {
    name: 'Customers help themselves more',
    seen: 'The effect fell while more people read articles and contacts did not rise: nothing is wrong.',
  },
  D11: {
    name: 'Contacts crowd out the answers',
    seen: 'More contacts come in and each gets a shorter conversation, while the effect inside the groups is steady.',
  },
  D12: {
    name: 'The programme runs by hand',
    seen: 'Few messages are sent by automation, or fewer than before.',
  },
  D13: {
    name: 'Help is hidden, or comes at the wrong moment',
    seen: 'Not more people use the help before they write.',
    ways: {
      falling: 'Fewer people use the help before they write than used to.',
      flat: 'Not more people use the help before they write than used to.',
    },
  },
  D14: {
    name: 'The outreach creates contacts',
    seen: 'It brings more contacts than it prevents.',
    ways: {
      causes: 'The messaged contact you more often than those not messaged.',
      replies: 'Replies to the messages outnumber what they prevent.',
    },
  },
  D15: {
    name: 'Customers are tired of messages',
    seen: 'Each further message works less, and those who get the most get more of them than before.',
  },
  D16: {
    name: 'Messages come too late',
    seen: 'Those who contact you do it mostly within a day of the trigger: the problem is felt already.',
  },
  D17: {
    name: 'Some of the silence is leaving',
    seen: 'Customers who stayed quiet leave more often than those who wrote.',
  },
  D18: {
    name: 'Messages look like marketing',
    seen: 'Many messages sell something, and more people unsubscribe.',
  },
  D19: {
    name: 'Proactive help is liked less',
    seen: 'Answers after proactive help are less satisfied than after a contact.',
  },
  D20: {
    name: 'It was a quiet period',
    seen: 'Contacts fell alike among the messaged and those held out: claim nothing for it.',
  },
  D21: {
    name: 'The random split is broken',
    seen: 'The groups are not alike.',
    ways: {
      before: 'The groups differed already before anybody was messaged.',
      sizes: 'The groups are not as large as the design says.',
    },
  },
  D22: {
    name: 'The effect is elsewhere than the risk',
    seen: 'Customers at the highest risk show no effect, those in the middle do.',
  },
};

const levers: Record<string, { name: string; how: string }> = {
  L01: { name: 'Segment by behaviour', how: 'Send by what customers do, not to everybody alike.' },
  L02: {
    name: 'Test the timing',
    how: 'Send the same message sooner, later or at another hour, to random halves.',
  },
  L03: {
    name: 'Send by signal, automatically',
    how: 'Let behaviour trigger the message, without waiting for a person.',
  },
  L04: { name: 'Link and simplify the help', how: 'Lead to one short article, where the problem is.' },
  L05: {
    name: 'Ask at each touchpoint, and act on it',
    how: 'Collect feedback after each message and answer it.',
  },
  L06: { name: 'Sharpen the signals', how: 'Drop what foresees no contact; look for what does.' },
  L07: {
    name: 'Target more tightly',
    how: 'Leave out customers at low risk; write to the person who has the problem.',
  },
  L08: { name: 'Make the message useful', how: 'Name what happened, one next step, and when it is done.' },
  L09: { name: 'Hold a random group out', how: 'It is the only way to learn what the programme does.' },
  L10: {
    name: 'Keep one calendar of sending',
    how: 'Support and customer success agree on who writes to whom, and when.',
  },
  L11: { name: 'Give it time', how: 'Staff the answering, so that signals are acted on at once.' },
  L12: { name: 'Cap the frequency', how: 'No customer gets more than a set number of messages in 30 days.' },
  L13: {
    name: 'Watch silent accounts',
    how: 'Silence before leaving is no success: look after those who went quiet.',
  },
  L14: { name: 'Target by effect, not by risk', how: 'Send where messages work, not where risk is highest.' },
  L15: {
    name: 'Stop what causes contacts',
    how: 'Leave that message off; those who get it write more, not less.',
  },
};

/** What each guard did. In: how many, of what stands beside it; the value where there is one. */
type Act = (n: string, value: string) => string;
const guards: Record<string, { mistake: string; act: Act }> = {
  G01: {
    mistake: 'Reactive outreach counted as proactive',
    act: (n) => `Outreaches left out because the customer had already written: ${n}.`,
  },
  G02: {
    mistake: 'A claim taken for an effect',
    act: (n) => `Claimed successes kept on a rung of their own: ${n}.`,
  },
  G03: {
    mistake: 'One window as if it were the only one',
    act: (n, value) =>
      `Other lengths of the window with another verdict than ${value} days: ${n}. The curve shows them.`,
  },
  G04: {
    mistake: 'No comparison',
    act: (n) => `Outreaches with nobody held out: ${n}. The answer is labelled by what it rests on.`,
  },
  G05: {
    mistake: 'Broadcasts among the outreaches',
    act: (n) => `Broadcasts kept in a row of their own: ${n}.`,
  },
  G06: { mistake: 'Volume called effect', act: (n) => `Messages called activity, nothing more: ${n}.` },
  G07: {
    mistake: 'Fatigue overlooked',
    act: (_n, value) =>
      `The effect shrinks with further messages; the most that somebody got in 30 days is ${value}.`,
  },
  G08: {
    mistake: 'Marketing in disguise',
    act: (n) => `Messages that sell something, counted apart: ${n}.`,
  },
  G09: {
    mistake: 'All survey answers in one pot',
    act: (n) => `Answers after proactive help, kept apart from the others: ${n}.`,
  },
  G10: {
    mistake: 'Silence by leaving counted as success',
    act: (n) => `Customers who went quiet and left, shown beside the silence: ${n}.`,
  },
  G11: {
    mistake: 'Those who react compared with those who do not',
    act: (n) => `Who reacted and could have been taken for successes: ${n}. That comparison is not offered.`,
  },
  G12: { mistake: 'Windows that are still open', act: (n) => `Open windows left out: ${n}.` },
  G13: {
    mistake: 'Credit given twice',
    act: (n) => `Messages that joined an outreach already running, and are not credited again: ${n}.`,
  },
  G14: {
    mistake: 'A published range of another figure',
    act: (n) => `Published ranges without a verdict, since your data do not give their figure: ${n}.`,
  },
  G15: { mistake: 'Small groups ranked', act: (n) => `Groups called neither better nor worse: ${n}.` },
  G16: {
    mistake: 'Looking until it pleases',
    act: (n) => `The interval allows for repeated looks; customers so far: ${n}.`,
  },
  G17: {
    mistake: 'People lost between files',
    act: (n) => `Contacts of unknown people, counted apart: ${n}. The share found stands under Doubts.`,
  },
  G18: {
    mistake: 'Tickets that the team began counted as demand',
    act: (n) => `Contacts begun by the team, left out: ${n}.`,
  },
  G19: {
    mistake: 'Opens taken for reactions',
    act: (n) => `Opens ignored, since machines open messages too: ${n}.`,
  },
  G20: {
    mistake: 'Holdout rows counted as messages',
    act: (n) => `Rows of the held-out that are no messages: ${n}.`,
  },
  G21: {
    mistake: 'Totals of unequal groups subtracted',
    act: (_n, value) =>
      `Only rates are compared: subtracting totals would have claimed ${value} contacts prevented.`,
  },
  G22: { mistake: 'Small counts shared', act: (n) => `Groups under 5, masked in what is shared: ${n}.` },
};

export const why = {
  causes: {
    title: (found: number, checked: number) =>
      found === 0
        ? `None of the ${inWords(checked)} known causes that could be checked fits these numbers`
        : sentenceCase(`${inWords(found)} known ${plural(found, 'cause fits', 'causes fit')} these numbers`),
    titleNone: 'No known cause could be checked with these data',
    lede: 'Symptoms that published sources ascribe to a cause, checked one by one. A fit is no proof.',
    list: causes,
    of: (name: string, label: string) => `${name}: “${label}”`,
    confidence: { low: 'weakly supported', medium: 'fairly supported', high: 'well supported' } as Table,
    confidenceWhy:
      'One point if no number behind it can be chance alone, two if the effect rests on a random holdout, one if on similar customers. Three: well supported, two: fairly.',
    seen: 'Seen',
    settles: 'What would settle it',
    settle: {
      timing_test: 'A test of the timing: random halves, one sent later.',
      signals: 'The signals that fired, also those nobody acted on.',
      variant_test: 'Two versions of the message to random halves.',
      senders: 'Who sent each message, and through which channel.',
      staffing: 'Hours worked beside the contacts, by week.',
      holdout_by_trigger: 'A random holdout for each trigger.',
      holdout: 'A random holdout.',
      self_service: 'Views of the help centre with the people who read.',
      initiated_by: 'Who began each message: automation or a person.',
      engagement: 'Views, clicks and completions with their times.',
      induced_reason: 'Why those wrote who answered a message.',
      frequency_test: 'A cap on messages for a random half.',
      signal_times: 'The moment of each signal beside that of its message.',
      churn_by_arm: 'Who left, among the messaged and the held out.',
      promotional: 'Which messages sell something.',
      surveys: 'Survey answers with what they are about.',
      later_periods: 'The next periods.',
      assignment: 'The list of the random split, as it was drawn.',
      holdout_by_risk: 'A random holdout at each level of risk.',
    } as Table,
    against: {
      before: (value: string) => `before: ${value}`,
      half: () => 'against one half',
      zero: () => '',
      rest: (value: string) => `all others: ${value}`,
      most_of_three_before: (value: string) => `at most ${value} in the three months before`,
      contacting: (value: string) => `those who wrote: ${value}`,
      reactive: (value: string) => `after a contact: ${value}`,
      design: (value: string) => `by design: ${value}`,
      effect: (value: string) => `the effect: ${value}`,
    } as Record<string, (value: string) => string>,
    difference: (text: string) => `difference ${text}`,
    quantities: {
      weekly_sends_dispersion: 'Unevenness of sending by week',
      'M01.sent': 'Messages sent',
      several_senders: 'Customers with messages of several senders',
      on_messaged_topic: 'Contacts on a topic already messaged',
      more_outreach: 'By more outreach',
      fewer_contacts: 'By fewer contacts',
      mix: 'By another mix',
      within: 'Inside the groups',
      volume: 'By the number of outreaches',
      detection: 'By what the signals foresee',
      reach: 'By how many were messaged',
      precision: 'By whom you messaged',
      message: 'By how well messages worked',
      conversation_length: 'Messages in a conversation',
      effect_per_index: 'Change of the effect with each further message',
      'M26.p90': 'Messages to the most messaged tenth',
      first_day_share: 'Contacts within a day of the trigger',
      'M17.quiet': 'Left after staying quiet',
      'M15.proactive': 'Satisfied after proactive help',
      contact_rate: 'Made contact',
      placebo: 'Difference before any message',
      holdout_share: 'Share held out',
      effect_high_risk: 'Effect at the highest risk',
      effect_mid_risk: 'Effect at middling risk',
      sample_ratio: 'Size of the groups',
      fatigue: 'Repeated messages to the same customers',
      strata: 'Groups by risk',
    } as Table,
    who: { messaged: 'messaged', held_out: 'held out' } as Table,
    levers: 'What to do',
    notFound: (n: number) => `${sentenceCase(inWords(n))} ${plural(n, 'cause does', 'causes do')} not fit`,
    notChecked: (n: number) =>
      `${sentenceCase(inWords(n))} ${plural(n, 'cause', 'causes')} could not be checked`,
    lacking: (figures: string) => `lacks ${figures}`,
    lack: {
      too_few_periods: 'too few whole periods yet',
      not_in_data: 'not in the data',
      one_campaign: 'only one campaign to compare',
      no_views_from_messages: 'no view of an article that a message led to',
      no_split_scores: 'no answers on both proactive help and contacts',
      no_churn: 'nobody is known to have left',
      no_repeated_triggers: 'nobody was held out at a repeated trigger',
      no_design_share: 'the designed size of the holdout is not stated',
      too_few_strata: 'fewer than three groups with a comparison',
      no_comparison: 'no comparison',
      all_pending: 'every window is still open',
    } as Table,
    head: {
      cause: 'Cause',
      seen: 'What was seen',
      numbers: 'Numbers',
      confidence: 'Support',
      settles: 'What would settle it',
      levers: 'What to do',
    },
  },

  levers: {
    title: (what: string, contacts: string) =>
      `Worth most: ${what.charAt(0).toLowerCase()}${what.slice(1)} (${contacts})`,
    titleStop: (trigger: string, contacts: string) => `First: stop “${trigger}” (${contacts})`,
    titleNoPrize: (n: number) =>
      `${sentenceCase(inWords(n))} ${plural(n, 'thing', 'things')} to do; what ${plural(n, 'it is', 'they are')} worth cannot be told yet`,
    titleNone: 'Nothing to do follows from these numbers yet',
    none: 'No cause fits, so nothing is suggested. More periods and more kinds of files let more causes be checked.',
    lede: 'What published sources suggest for the causes that fit: first what to stop, then the largest prize. The prize is what better groups of your own reach already.',
    list: levers,
    prize: (contacts: string) => `worth ${contacts}`,
    prizeOf: (group: string, better: string, volume: string) =>
      `if “${group}” (${volume} outreaches) did as well as “${better}”`,
    prizeOfStopping: (group: string, volume: string) => `if “${group}” (${volume} outreaches) were left off`,
    becauseHarm: 'Because: it is shown to cause contacts',
    noPrize: {
      no_groups: 'What it is worth cannot be told: the data hold no groups to compare.',
      no_better_group: 'What it is worth cannot be told: no group can be shown to do better.',
      not_a_group: 'What it is worth cannot be told: it is no choice between groups of yours.',
    } as Table,
    because: (causes: string) => `Because: ${causes}`,
    noHoldout: 'Because nobody is held out',
    owner: (name: string) => `Whose: ${name}`,
    nobody: 'Whose: nobody is named; add a file of owners',
    expect: (metric: string, up: number) =>
      `Should move: ${metric}${up > 0 ? ', up' : up < 0 ? ', down' : ''}`,
    recheck: (days: string) => `Look again ${days} after the change`,
    copy: 'Copy as a task',
    write: 'Write to the owner',
    subject: (what: string) => `Proactive support: ${what.charAt(0).toLowerCase()}${what.slice(1)}`,
    remind: 'Save a reminder',
    reminder: (what: string) => `Did it help? ${what}`,
    copied: 'Task',
    head: {
      lever: 'What to do',
      how: 'How',
      prize: 'Contacts it is worth',
      of: 'Where',
      because: 'Because',
      expect: 'Should move',
      recheck: 'Look again after, days',
    },
  },

  guards: {
    title: (acting: number, all: number) =>
      `${sentenceCase(inWords(acting))} of ${inWords(all)} guards against known mistakes acted on these data`,
    ok: (list: string) => `Nothing to do for: ${list}.`,
    list: guards,
    states: { acting: 'acted', ok: 'nothing to do', not_applicable: 'does not apply' } as Table,
    head: { guard: 'Mistake', state: 'Guard', act: 'What it did', count: 'How many' },
  },

  impacts: {
    title: (moved: number, all: number) =>
      all === 1
        ? moved === 1
          ? 'The one change that was written down moved its figure as expected'
          : 'The one change that was written down did not measurably help'
        : moved === 0
          ? `None of ${inWords(all)} changes has measurably helped yet`
          : `${sentenceCase(inWords(moved))} of ${inWords(all)} changes moved ${plural(moved, 'its figure', 'their figures')} as expected`,
    titleNone: 'Whether changes helped is not known',
    none: 'Add a file of changes: what was changed, on which day, for which trigger or message. Each is then measured before against after, beyond what happened elsewhere at the same time.',
    lede: 'The 28 days before each change against 28 days after it, beyond what happened elsewhere at the same time. The first window after a change is skipped.',
    head: {
      change: 'Change',
      day: 'Made on',
      measured: 'Measured',
      before: 'Before',
      after: 'After',
      effect: 'Moved by',
      reading: 'Reading',
      unmet: 'What keeps it from being verified',
    },
    verdicts: {
      moved_as_expected: 'moved as expected',
      moved_other_way: 'moved the other way',
      no_measurable_move: 'no measurable move',
      too_early: 'too early',
      not_measurable: 'cannot be measured',
    } as Table,
    verified: 'verified',
    until: (day: string) => `windows open until ${day}`,
    expected: (metric: string, up: number) => `expected: ${metric} ${up < 0 ? 'down' : 'up'}`,
    instead: (metric: string) => `measured by: ${metric}`,
    unmet: {
      no_holdout: 'no random holdout at the time',
      no_design_share: 'the designed size of the holdout is not stated',
      sample_ratio: 'the groups are not as large as the design says',
      placebo: 'a figure moved that the change cannot have moved',
      no_placebo: 'nothing shows that it is not chance: no figure that it cannot have moved',
      no_rest: 'nothing else to set it against',
      watched: 'looked at more than once',
    } as Table,
  },
};
