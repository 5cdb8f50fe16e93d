// Words of the answer: settings, verdict, its figures, the ladder, the published ranges.
import { counted, inWords, plural, sentenceCase } from '../format';
import { missing, rungMissing, rungs, rungUnits, withheld, wordFor, type Table } from './names';

export const answer = {
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
    which: 'Which part of the data',
    how: 'How it is counted',
    experiment: 'The experiment',
    experimentHint:
      'Who stops when the result pleases finds effects that are not there. Say how large it was meant to be and how often you have looked, and the intervals take it into account.',
    from: 'From',
    to: 'Until the end of',
    fields: {
      holdoutPercent: { label: 'Held out by design, %', hint: 'such as 20' },
      plannedUnits: { label: 'Customers planned', hint: 'not stated' },
      snapshots: { label: 'Looks so far', hint: '1' },
      costPerContact: { label: 'Cost of a contact', hint: 'not stated' },
      costPerOutreach: { label: 'Cost of an outreach', hint: 'not stated' },
      minutesPerContact: { label: 'Minutes for a contact', hint: 'not stated' },
      lookbackDays: { label: 'A signal counts for, days', hint: '7' },
      repeatDays: { label: 'A repeat comes within, days', hint: '7' },
      atRiskBelow: { label: 'At risk: health score below', hint: 'not stated' },
    },
    money: 'Money',
    moneyHint:
      'Left empty, nothing is said about money. Published costs differ more than fivefold; your own figure is the better one.',
    currency: 'Currency',
    preset: 'Take a published figure',
    presetNone: 'Choose …',
    presetOption: (cost: string, what: string, source: string) => `${cost}: ${what} (${source})`,
    presetSource: (what: string, source: string, grade: string) => `${what}; ${source}; grade ${grade}`,
    costSource: 'Where the cost comes from',
    costSourceHint: 'such as finance, 2026 budget',
    filter: {
      add: 'Only a part, by',
      choose: 'Choose …',
      only: 'only these',
      exclude: 'all but these',
      modeOf: (name: string) => `${name}: keep or leave out`,
      remove: 'Remove',
      removeOf: (name: string) => `Remove the filter: ${name}`,
      looking: 'Looking …',
      more: (n: number) => `${n} more, too small to list`,
      chip: (attribute: string, values: string) => `${attribute}: ${values}`,
      chipNot: (attribute: string, values: string) => `${attribute}: not ${values}`,
      days: (from: string, to: string) =>
        from && to ? `${from} to ${to}` : from ? `from ${from}` : `until ${to}`,
      active: 'Filters',
    },
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
    within: (difference: string) =>
      `Like is compared with like, group by group: the two rates need not lie exactly ${difference} apart.`,
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
    savedNet: 'saved at least, after the cost of the outreach',
    savedGross: 'saved at least, in capacity',
    couldCost: 'at worst: it could be a net cost',
    hours: 'hours of work at least',
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
    head: {
      rung: 'Rung',
      question: 'Question',
      figure: 'Value',
      unit: 'Unit',
      n: 'Cases',
      baseline: 'Compared with',
    },
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
    ownTarget: 'your own target',
    /** How much stands behind a range. */
    grades: {
      estimate: 'an opinion: no sample, date or method',
      stated: 'stated by you, with its source',
      target: 'a goal of yours',
    } as Table,
    own: {
      title: 'Add a range or a target of your own',
      hint: 'Per 100. With a source it is a range, without one a target. It stands beside the published ones and travels with the report.',
      list: 'Your ranges and targets',
      fields: {
        label: 'Name',
        metric: 'Of which metric',
        type: 'Of which outreach',
        low: 'From',
        high: 'To (empty: open)',
        source: 'Source',
      },
      types: {
        '': 'All of it',
        signal: 'Signal-triggered',
        segment: 'By segment',
        lifecycle: 'Lifecycle or milestone',
        broadcast: 'Broadcast',
      } as Table,
      add: 'Add it',
      remove: (name: string) => `Remove ${name}`,
      paste: 'Or paste several, one on a line: name; from; to; source',
      pasteHint: 'Peer group; 6; 11; user group survey 2026, n = 40',
      addPasted: (n: number) => (n === 0 ? 'Add them' : `Add ${counted(n, 'line', 'lines')}`),
    },
    profile: {
      title: 'Show only what fits your company',
      hint: 'Nothing is chosen for you: the ranges of one publisher contradict each other.',
      all: 'All',
      none: 'None of them',
    },
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
    head: {
      range: 'Range',
      source: 'Source',
      grade: 'What stands behind it',
      published: 'Published',
      own: 'Yours',
      cases: 'Cases',
      reading: 'Reading',
    },
    sentence: (label: string, range: string, own: string, verdict: string) =>
      `${label}: published ${range}, yours ${own}: ${verdict}.`,
    chart: (group: string) => `Chart of ${group.toLowerCase()} against published ranges.`,
  },
};
