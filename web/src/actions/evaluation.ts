// From settings and typed numbers to a report. An evaluation is asked for a moment after the last change, and only the latest
// answer is shown.
import { batch, effect } from '@preact/signals';
import type { EvaluateRequest, TypedRequest } from '../../../wasm/api';
import {
  change,
  choose,
  emptyTyped,
  isRead,
  state,
  step,
  type Choices,
  type OpenFile,
  type Settings,
  type TypedNumbers,
} from '../state';
import * as format from '../format';
import { words, wordFor } from '../words';
import * as worker from '../worker';
import { announce, focusHeading, goTo } from './navigate';
import { record } from './past';

const kSettleMilliseconds = 200;
const kPreferredBreakdown = 'trigger';
/** How long a signal counts, and how soon a repeat, unless somebody says otherwise. */
const kDays = 7;

let evaluationTimer: ReturnType<typeof setTimeout> | undefined;
let latestEvaluation = 0;

/** A refusal of the core is in words for people; anything else is not. */
export function messageOf(error: unknown, otherwise: string): string {
  return error instanceof Error && error.name === 'CalculatorError' ? error.message : otherwise;
}

/** `evaluate`: what is counted changes; else only what is shown of it. */
export function changeSettings(patch: Partial<Settings>, evaluate = true): void {
  const names = Object.keys(patch);
  record(format.list(names.map((name) => wordFor(words.undo.settings, name))), names.join());
  choose({ settings: { ...state.value.choices.settings, ...patch } });
  if (!evaluate) return;
  change({ stale: true });
  evaluateSoon();
}

export function evaluateSoon(wait = kSettleMilliseconds): void {
  clearTimeout(evaluationTimer);
  evaluationTimer = setTimeout(() => void evaluateNow(), wait);
}

/**
 * The last moment for which contacts are known. Files of one tool continue each other (January to June, July to December):
 * the latest counts. Two tools stand side by side: the earliest counts. '' = nobody answered, the core assumes.
 */
function coverageEnd(files: OpenFile[]): string {
  const latest = new Map<string, string>();
  for (const { info, completeUntil } of files) {
    if (info?.kind !== 'contacts' || completeUntil === '') continue;
    const known = latest.get(info.format) ?? '';
    if (completeUntil > known) latest.set(info.format, completeUntil);
  }
  return [...latest.values()].sort()[0] ?? '';
}

/** What the core is asked, by the settings as they are. */
export function evaluateRequest(breakdown: string): Partial<EvaluateRequest> {
  const { settings } = state.value.choices;
  const holdout = given(settings.holdoutPercent);
  return {
    window_days: settings.windowDays,
    unit: settings.unit,
    zone: settings.zone,
    scope: settings.scope,
    strata: settings.strata,
    level: settings.level,
    breakdown,
    coverage_end: coverageEnd(state.value.files),
    expected_holdout_share: holdout === null ? null : holdout / 100,
    second_breakdown: settings.secondBreakdown === breakdown ? '' : settings.secondBreakdown,
    filters: settings.filters.filter(({ attribute, values }) => attribute !== '' && values.length > 0),
    from: settings.from,
    to: settings.to,
    lookback_days: given(settings.lookbackDays) ?? kDays,
    repeat_days: given(settings.repeatDays) ?? kDays,
    at_risk_below: given(settings.atRiskBelow),
    custom_ranges: rangesOf(settings),
    ...planOf(settings),
  };
}

const kPercent = 100;

/** Ranges are typed per 100 and asked as shares. */
function rangesOf({ ownRanges }: Settings): EvaluateRequest['custom_ranges'] {
  return ownRanges.flatMap(({ label, metric, low, high, source, outreachType }) => {
    const from = given(low);
    const to = given(high);
    if (from === null) return [];
    const ends = { low: from / kPercent, high: to === null ? null : to / kPercent };
    return [{ label, metric, ...ends, source, outreach_type: outreachType }];
  });
}

/** The values that an attribute has in the data, most frequent first. */
export async function valuesOf(attribute: string): Promise<string[]> {
  try {
    const request = { ...evaluateRequest(attribute), second_breakdown: '', filters: [], from: '', to: '' };
    const { rows } = (await worker.evaluate(request)).breakdown;
    return [...rows].sort((a, b) => b.episodes - a.episodes).map(({ label }) => label);
  } catch {
    return [];
  }
}

async function evaluateFiles() {
  const chosen = state.value.choices.settings.breakdown;
  if (chosen !== null) return worker.evaluate(evaluateRequest(chosen));
  const preferred = await worker.evaluate(evaluateRequest(kPreferredBreakdown));
  const { available } = preferred.breakdown;
  const first = available[0];
  if (first === undefined || available.includes(kPreferredBreakdown)) return preferred;
  return worker.evaluate(evaluateRequest(first));
}

const isReadKey = (key: number) => state.value.files.some((file) => file.key === key && isRead(file));

export async function evaluateNow(): Promise<void> {
  clearTimeout(evaluationTimer);
  const { origin, files } = state.value;
  if (origin === 'opened' || (origin === 'files' && !files.some(isRead))) return;
  const mine = ++latestEvaluation;
  const first = state.value.report === null;
  change({ evaluating: true });
  try {
    const report = await (origin === 'typed' ? worker.evaluateTyped(typedRequest()) : evaluateFiles());
    if (mine !== latestEvaluation) return;
    const reportKeys = origin === 'files' ? worker.keysInOrder().filter((key) => isReadKey(key)) : [];
    batch(() => {
      change({ report, reportKeys, problem: '', stale: false, evaluating: false });
      announce(words.announce.evaluated);
    });
    if (first && state.value.step === 'results') focusHeading();
  } catch (error) {
    if (mine !== latestEvaluation) return;
    const problem = messageOf(error, words.errors.evaluationFailed);
    change({ problem, evaluating: false, announcement: problem });
  }
}

// --- typed numbers ------------------------------------------------------------------------------------------------------------

/** Null for an empty field, NaN for one that holds no number. Accepts 2,500 and 2 500. */
export function readNumber(text: string): number | null {
  const bare = text.trim().replace(/[\s\u00a0\u202f,](?=\d{3}(\D|$))/g, '');
  if (bare === '') return null;
  return /^\d+(\.\d+)?$/.test(bare) ? Number(bare) : Number.NaN;
}

/** A field as typed; null where it is empty or holds no number. */
function given(text: string): number | null {
  const number = readNumber(text);
  return number === null || Number.isNaN(number) ? null : number;
}

const planOf = (settings: Settings) => ({
  cost_per_contact: given(settings.costPerContact),
  cost_per_outreach: given(settings.costPerOutreach),
  minutes_per_contact: given(settings.minutesPerContact),
  planned_units: given(settings.plannedUnits),
  snapshots: given(settings.snapshots) ?? 1,
});

export function setTyping(typing: boolean): void {
  change({ typing });
}

/** What of the report is drawn: nothing is worked out again. */
export function changeView(patch: Pick<Partial<Choices>, 'period' | 'trendMetric'>): void {
  record(words.undo.steps.view);
  choose(patch);
}

export function setTyped(patch: Partial<TypedNumbers>): void {
  record(words.undo.steps.typed, Object.keys(patch).join());
  choose({ typed: { ...state.value.choices.typed, ...patch } });
}

export function clearTyped(): void {
  record(words.undo.steps.cleared);
  choose({ typed: emptyTyped });
}

function typedRequest(): Partial<TypedRequest> {
  const { typed, settings } = state.value.choices;
  return {
    level: settings.level,
    window_days: settings.windowDays,
    claimed_attempts: given(typed.claimedAttempts),
    claimed_successes: given(typed.claimedSuccesses),
    outreaches: given(typed.outreaches),
    prevented: given(typed.prevented),
    treated: given(typed.treated),
    treated_contacted: given(typed.treatedContacted),
    holdout: given(typed.holdout),
    holdout_contacted: given(typed.holdoutContacted),
    eligible: given(typed.eligible),
    engaged: given(typed.engaged),
    proactive_outreaches: given(typed.proactiveOutreaches),
    reactive_contacts: given(typed.reactiveContacts),
    expected_holdout_share: null,
    custom_ranges: rangesOf(settings),
    ...planOf(settings),
  };
}

/** Evaluates the typed numbers; stays with the form, and says why, when they cannot be used. */
export async function submitTyped(): Promise<boolean> {
  change({ origin: 'typed', stale: true, problem: '' });
  await evaluateNow();
  if (state.value.problem !== '') return false;
  goTo('results');
  return true;
}

/** The results of the files, also when those of typed numbers were looked at last. */
export function seeFileResults(): void {
  if (state.value.origin !== 'files') change({ origin: 'files', report: null, stale: true, problem: '' });
  goTo('results');
}

/** Whoever comes to the results sees those of the files and settings as they are now. */
effect(() => {
  if (step.value !== 'results') return;
  const { stale, report } = state.peek();
  if (stale || !report) evaluateSoon(0);
});
