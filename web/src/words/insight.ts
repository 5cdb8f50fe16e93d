// Words of the answers: questions that people put to the report, what changed and what is worth most, what is not enough yet.
import { counted } from '../format';
import { missing, withheld, wordFor, type Table } from './names';

/** Codes of what an answer lacks that mean nothing elsewhere. */
const lacks: Table = {
  no_triggers: 'Add to the messages which trigger or campaign each belongs to.',
  no_changes: 'Add a file of changes: what was changed, on which day, for which trigger or message.',
  no_comparison_in_period: 'Too few to compare in these periods.',
  no_contacts_by_group: 'Contacts are not known by group.',
  no_baseline_contacts: 'Nobody would have contacted you.',
  no_comparison: 'Hold a random group out, or add the signals that nobody acted on.',
};

export const insight = {
  insight: {
    units: {
      points: 'per 100',
      ratio: 'per 100',
      count_per_day: 'a day',
      hours: 'hours',
      log_ratio: 'on the log scale',
    } as Record<string, string | undefined>,
    noValue: 'no value',
    range: (low: string, high: string) => `${low} to ${high}`,
    lack: (code: string) =>
      lacks[code] ??
      missing[code] ??
      (withheld[code]
        ? `There is a comparison, but it is not believed: ${withheld[code]}`
        : wordFor({}, code)),
  },

  questions: {
    title: 'Ask these numbers',
    lede: 'Each answer is put together from the numbers by fixed rules.',
    more: 'More questions',
    fewer: 'Fewer questions',
    head: { question: 'Question', answer: 'Answer' },
    show: (where: string) => `See it: ${where}`,
    asked: {
      stop_trigger: 'Which trigger should I stop?',
      causing_tickets: 'Are our messages causing tickets?',
      quiet_month: 'Was it just a quiet month?',
      over_messaged: 'Who is over-messaged?',
      rewrite: 'Did last month’s rewrite help?',
      saved: 'How many contacts did we save?',
      money: 'What is that in money and hours?',
      compare_others: 'How do we compare with others?',
      no_holdout: 'What could I say without a holdout?',
      holdout_size: 'How many must I hold out?',
      boss_number: 'Why does my boss’s dashboard say another number?',
      qbr: 'How do I defend this in a review?',
      columns: 'Which columns must I export?',
      privacy: 'Does anything leave this computer?',
    } as Table,
    places: {
      trend: 'the trend',
      playbook: 'the playbook',
      breakdown: 'the breakdown by trigger',
      ladder: 'the ladder',
      verdict: 'the answer',
      worth: 'what it is worth',
      benchmarks: 'the published ranges',
      fatigue: 'fatigue',
      impacts: 'the changes',
      definitions: 'the definitions side by side',
      method: 'the definitions',
      slide: 'open it as a slide',
      help: 'open the help',
      trust: 'the checks',
    } as Table,

    others: { holdout: 'those held out', matched: 'similar customers whom nobody messaged' },
    quiet: {
      works: (effect: string, others: string) =>
        `**No.** Over the same days, the messaged contacted you less than ${others}, by ${effect}. A quiet month would have quietened both.`,
      harms: (effect: string, others: string) =>
        `**No, and it is worse:** the messaged contacted you more than ${others}, by ${effect}.`,
      quiet: (effect: string, others: string) =>
        `**It may well have been.** Contacts fell alike among the messaged and ${others}; no effect shows: ${effect}. Claim nothing.`,
      cannot_tell: (effect: string) => `**Nobody can tell yet.** The effect is ${effect}: it can be either.`,
    } as Record<string, (effect: string, others: string) => string>,
    quietMissing: '**Nobody can tell** without a comparison over the same days.',
    stop: (triggers: string, effects: string, many: boolean) =>
      `**Stop ${triggers}.** ${many ? 'They cause' : 'It causes'} more contacts than ${many ? 'they prevent' : 'it prevents'}: ${effects}.`,
    stopOne: (name: string) => `“${name}”`,
    stopNone: '**None.** Of the triggers that can be told, none causes contacts.',
    stopCannot:
      '**Nobody can tell yet.** No trigger can be told apart from no effect; stop none on these numbers.',
    causing: {
      more_than_they_prevent: (replies: string, effect: string) =>
        `**Yes, more than they prevent:** ${replies} of the outreaches were answered by a contact about the message${effect ? `, against an effect of ${effect}` : ''}.`,
      some: (replies: string, effect: string) =>
        `**Some:** ${replies} of the outreaches were answered by a contact about the message.${effect ? ` The effect, ${effect}, has them taken off already.` : ''}`,
      none: () => '**None found:** no contact answers a message, as far as the files say.',
    } as Record<string, (replies: string, effect: string) => string>,
    reasons: (list: string) => `Why, where it was noted: ${list}.`,
    reason: {
      asked_to: 'were asked to write',
      confirm: 'wanted to confirm',
      how_to: 'asked how to do it',
      is_this_real: 'asked whether it is real',
      other: 'something else',
    } as Table,
    saved: (low: string, value: string, high: string) =>
      `**At least ${low}**, most likely about ${value}, at most ${high}.`,
    savedCaused: (value: string, low: string, high: string) =>
      `**None: they caused about ${value}**, between ${low} and ${high}.`,
    savedNone: (low: string, high: string) => `**Perhaps none:** everything from ${low} to ${high} fits.`,
    pays: (low: string, value: string, net: boolean, hours: string) =>
      `**At least ${low}**, most likely about ${value}${net ? ', after what the outreach cost' : ', before what the outreach cost'}${hours ? `; at least ${hours} of work` : ''}.`,
    couldCost: (low: string, high: string) =>
      `**It could be a net cost:** everything from ${low} to ${high} fits.`,
    compared: (n: string, parts: string) =>
      `Of ${n} published ranges of figures that your data give, you are ${parts}. None of them states a sample, a date or a method.`,
    placed: {
      above: (n: string) => `above ${n}`,
      inside: (n: string) => `inside ${n}`,
      below: (n: string) => `below ${n}`,
      out_of_reach: (n: string) => `unable to reach ${n} at your contact rate`,
    } as Record<string, (n: string) => string>,
    nothingAlike: '**Not really:** no published range is of a figure that your data give.',
    without: {
      have_one: (matched: string, bound: string) =>
        `You have one. Without it, ${matched ? `you could state an estimate against similar customers, ${matched}, and ` : 'you could state '}an upper bound: ${bound} stayed quiet.`,
      estimate: (matched: string) =>
        `**An estimate**, no proof: ${matched}, against similar customers whom nobody messaged.`,
      upper_bound: (_matched: string, bound: string) =>
        `**Only an upper bound:** ${bound} stayed quiet, and nobody knows how many would have anyway.`,
      activity: () => '**Only how much you do**, not whether it helps.',
    } as Record<string, (matched: string, bound: string) => string>,
    sizes: (baseline: string, rows: string) =>
      `Where ${baseline} would contact you, it takes so many customers in all to notice: ${rows}.`,
    sizesHalf: (list: string) => `contacts halved: ${list}`,
    sizesQuarter: (list: string) => `a quarter fewer: ${list}`,
    size: (n: string, share: string) => `**${n}** with ${share} in 100 held out`,
    detectable: (drop: string) => `Your holdout would show a drop of ${drop} or more.`,
    doseFlat: (top: string) => `In 30 days, nobody got more than ${top}.`,
    dose: (half: string, most: string, top: string) =>
      `In 30 days, half of the customers messaged got ${half} or fewer, nine in ten ${most} or fewer, and nobody more than ${top}.`,
    doseVerdicts: {
      fatigue: (change: string) =>
        `**Those who get the most:** each further message changes the effect by ${change}, and they get more of them than before.`,
      effect_shrinks: (change: string) =>
        `**Each further message works less:** it changes the effect by ${change}.`,
      no_sign: (change: string) =>
        `**No sign of it:** ${change ? `each further message changes the effect by ${change}, which includes none.` : 'the effect does not shrink with further messages.'}`,
      not_measured: () =>
        '**Not measured:** nobody was held out at a repeated trigger, so it is not known whether further messages work less.',
    } as Record<string, (change: string) => string>,
    rewrite: {
      moved_as_expected: (change: string, effect: string) =>
        `**Yes.** ${change}: the figure moved by ${effect}.`,
      moved_other_way: (change: string, effect: string) =>
        `**No, it moved the other way.** ${change}: by ${effect}.`,
      no_measurable_move: (change: string, effect: string) =>
        `**Not measurably.** ${change}: the figure moved by ${effect}, which may be nothing.`,
      too_early: (change: string, _effect: string, day: string) =>
        `**Too early.** ${change}: the windows after it are open${day ? ` until ${day}` : ''}.`,
      not_measurable: (change: string) =>
        `**It cannot be measured.** ${change}: before or after it there is nothing to compare.`,
    } as Record<string, (change: string, effect: string, day: string) => string>,
    change: (note: string, day: string) => `“${note}”, ${day}`,
    boss: (list: string) =>
      `Because several figures go by one name. The same data say: ${list}. Only the last takes off what would have happened anyway.`,
    bossBound: (list: string) =>
      `Because several figures go by one name. The same data say: ${list}. None takes off what would have happened anyway.`,
    bossOne: 'Your data give one of the published figures only, so the other one comes from other data.',
    bossName: (figure: string, name: string) => `${figure} (${name})`,
    definitions: {
      count: 'successes that the team noted',
      counted: 'contacts that the team counts as prevented',
      dashboard: 'silence after any message',
      no_contact: 'silence for the whole window',
      matched: 'prevented, against similar customers',
      kpitree_outreach: 'prevented, against a random holdout',
    } as Table,
    qbr: (tag: string, figure: string) =>
      `Say the answer with its interval and its kind of evidence (${tag})${figure ? `: ${figure}` : ''}. The slide and the page on paper carry both, and Method holds every definition.`,
    privacy:
      '**No.** Everything is worked out in this page, which may not open any connection. Links and files that you make hold figures, never rows.',
    columns:
      'Of messages: to whom and when. Of contacts: from whom and when. Everything else adds to it; the help names the columns for each tool.',
  },

  brief: {
    label: 'In short',
    changed: 'What changed',
    worth: 'Worth most',
    first: 'First',
    todo: 'To do',
    next: 'Then',
    saves: 'It saves',
    could: 'Money',
    from: (later: string, earlier: string) => `${later} against ${earlier}`,
    noMove: (span: string, before: string, after: string, change: string) =>
      `${span}: no clear change of what is prevented (${before}, then ${after}; the change may be ${change}).`,
    moved: (
      span: string,
      up: boolean,
      change: string,
      part: string,
      by: string,
      where: string,
      who: string,
    ) =>
      `${span}: ${up ? 'more' : 'less'} was prevented (${change}), most of it by ${part} (${by})${where ? `, above all in “${where}”` : ''}.${who ? ` ${who} owns that.` : ''}`,
    movedAlone: (span: string, up: boolean, change: string) =>
      `${span}: ${up ? 'more' : 'less'} was prevented (${change}); which part of it did that cannot be told.`,
    parts: {
      volume: 'the number of outreaches',
      mix: 'another mix of outreaches',
      detection: 'what the signals foresee',
      reach: 'how many of the foreseen were messaged',
      precision: 'whom you messaged',
      message: 'how well the messages worked',
      within: 'what happened inside the groups',
    } as Table,
    prize: (what: string, contacts: string, group: string, better: string) =>
      `${what}: ${contacts}, if “${group}” did as well as “${better}”.`,
    stop: (trigger: string, contacts: string) =>
      `Stop “${trigger}”: it causes contacts. Left off, ${contacts} fewer.`,
    noPrize: (what: string) => `${what}. How much that is worth cannot be told from these data.`,
    about: (value: string, low: string, high: string) => `about ${value} contacts (${low} to ${high})`,
    money: (low: string, value: string, net: boolean, hours: string) =>
      `At least ${low}, most likely about ${value}${net ? ', after what the outreach cost' : ''}${hours ? `; at least ${hours} of work` : ''}.`,
    moneyCould: (low: string, value: string) =>
      `At worst ${low}: it could be a net cost. Most likely about ${value}.`,
  },

  fix: {
    label: 'What helps',
    check: 'Go to Check',
    hints: {
      match_rate:
        'Export the same id, or the e-mail address, in both files; or add a file of customers that holds both.',
      coverage: 'If the export reaches further than its last row, more windows are over.',
      direction: 'Say under Check which column tells who started a contact, or export one.',
      zone: 'Choose the zone under Check.',
      day_only: 'Export times with hours and minutes.',
      pending: 'Export the contacts again when the windows are over.',
      topic_coded:
        'Give messages and contacts a topic each; only then can contacts on another topic be told apart.',
      shared_keys: 'Use the customers’ own ids instead of an address that several share.',
      holdout: 'What was noticed about it stands beneath.',
    } as Table,
    holdoutNone: 'Hold a random group out; one of the questions above says how many it takes.',
    closes: (day: string) => `The last closes on ${day}.`,
  },

  enough: {
    title: 'Not enough data yet',
    planned: (n: string, of: string) => `${n} of ${of} customers that the experiment was planned for`,
    needed: (n: string, of: string, share: string, drop: string) =>
      `${n} of ${of} customers that it takes to notice ${drop}, with ${share} in 100 held out`,
    drops: { '50': 'contacts halved', '25': 'a quarter fewer contacts' } as Table,
    least: (n: string, of: string, what: string) => `${what}: ${n} of the ${of} needed`,
    reached: (n: string, of: string, what: string) => `${what}: ${n}, enough (${of} needed)`,
    what: {
      held: 'Held out, judged',
      messaged: 'Messaged, judged',
      contacts: 'Contacts in both groups',
    },
    pending: (n: number, day: string) =>
      `${counted(n, 'window is', 'windows are')} still open; the last closes on ${day}. Export the contacts again after that.`,
  },
};
