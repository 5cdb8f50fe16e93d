// What people can do on the page, as functions over the one state. In: events of the views. Out: a changed state, calls
// of the worker. An evaluation is asked for a moment after the last change, and only the latest answer is shown.
import { batch } from '@preact/signals';
import type { EvaluateRequest, MappingRequest, Source, TypedRequest } from '../../wasm/api';
import {
  change,
  choose,
  emptyTyped,
  isRead,
  isReading,
  state,
  type OpenFile,
  type Settings,
  type Step,
  type Theme,
  type TypedNumbers,
} from './state';
import { words } from './words';
import * as worker from './worker';

const kSettleMilliseconds = 200;
const kPreferredBreakdown = 'trigger';

let nextKey = 1;
let evaluationTimer: ReturnType<typeof setTimeout> | undefined;
let latestEvaluation = 0;

// --- where one is -------------------------------------------------------------------------------------------------------------

const steps: Step[] = ['files', 'check', 'results'];

export function goTo(step: Step): void {
  if (location.hash !== `#${step}`) history.pushState(null, '', `#${step}`);
  show(step);
}

function show(step: Step): void {
  if (state.value.step === step) return;
  change({ step });
  window.scrollTo({ top: 0 });
  focusHeading();
  if (step === 'results' && (state.value.stale || !state.value.report)) evaluateSoon(0);
}

/** After the view has changed, a keyboard or a screen reader goes on at its heading. */
function focusHeading(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true }));
}

/** Opens what an address names: a step, or a definition on the page. */
export function followHash(): void {
  const name = decodeURIComponent(location.hash.slice(1));
  if (name === '') show('files');
  const step = steps.find((candidate) => candidate === name);
  if (step) {
    show(step);
    return;
  }
  const target = name ? document.getElementById(name) : null;
  if (!target) return;
  for (let parent = target.parentElement; parent; parent = parent.parentElement) {
    if (parent instanceof HTMLDetailsElement) parent.open = true;
  }
  target.scrollIntoView({ block: 'start' });
  target.focus({ preventScroll: true });
}

export function setTheme(theme: Theme): void {
  change({ theme });
  try {
    localStorage.setItem('preempt.theme', theme);
  } catch {
    // A page opened from a disk may have no storage: the choice then lasts as long as the page.
  }
}

export function announce(announcement: string): void {
  change({ announcement });
}

// --- files --------------------------------------------------------------------------------------------------------------------

function patchFile(key: number, patch: Partial<OpenFile>): void {
  change({
    files: state.value.files.map((file) => (file.key === key ? { ...file, ...patch } : file)),
  });
}

/** Results made from files are not those of these files any more; results of typed numbers are untouched. */
function filesChanged(): void {
  if (state.value.origin === 'files') change({ stale: true });
}

function findFile(key: number): OpenFile | undefined {
  return state.value.files.find((file) => file.key === key);
}

function emptyFile(source: Source, size: number, sample: boolean): OpenFile {
  return {
    key: nextKey++,
    name: source.name,
    size,
    source,
    info: null,
    progress: { done: 0, total: size, rows: 0 },
    problem: '',
    mapping: {},
    zoneAnswered: false,
    completeUntil: '',
    sample,
  };
}

/** Reads files into the session, one after the other. ZIPs are opened, and their tables taken. */
export async function addFiles(given: Iterable<File>): Promise<void> {
  const sources: { source: Source; size: number }[] = [];
  const bad: OpenFile[] = [];
  const listed = [...given];
  if (listed.length === 0) return;
  if (state.value.files.some((file) => file.sample)) await removeAll();
  goTo('check');
  for (const file of listed) {
    if (!/\.zip$/i.test(file.name)) {
      sources.push({ source: file, size: file.size });
      continue;
    }
    try {
      const inside = await unzip(file);
      if (inside.length === 0) throw new Error(words.errors.emptyZip);
      sources.push(...inside);
    } catch (error) {
      const failed = emptyFile(file, file.size, false);
      const why = error instanceof Error && error.message === words.errors.emptyZip;
      bad.push({
        ...failed,
        progress: null,
        problem: why ? words.errors.emptyZip : words.errors.brokenZip,
      });
    }
  }
  change({ files: [...state.value.files, ...bad] });
  await read(sources, false);
}

async function unzip(file: File): Promise<{ source: Source; size: number }[]> {
  const { unzipSync } = await import('fflate');
  const entries = unzipSync(new Uint8Array(await file.arrayBuffer()), {
    filter: (entry) => /\.(csv|tsv|txt)$/i.test(entry.name) && !/(^|\/)(__MACOSX|\.)/.test(entry.name),
  });
  return Object.entries(entries).map(([path, data]) => ({
    source: { name: path.replace(/^.*\//, ''), data },
    size: data.byteLength,
  }));
}

async function read(sources: { source: Source; size: number }[], sample: boolean): Promise<void> {
  const added = sources.map(({ source, size }) => emptyFile(source, size, sample));
  change({ files: [...state.value.files, ...added], origin: 'files', stale: true, problem: '' });
  void loadVocabulary();
  await Promise.all(
    added.map((file) => settle(file.key, () => worker.openFile(file.key, file.source, progressOf(file.key)))),
  );
  const readable = added.filter((file) => isRead(findFile(file.key) ?? file)).length;
  announce(words.announce.filesRead(added.length, readable));
}

async function loadVocabulary(): Promise<void> {
  if (state.value.vocabulary) return;
  try {
    change({ vocabulary: await worker.vocabulary() });
  } catch {
    // Without it the columns can be seen, but not corrected; the next file asks again.
  }
}

function progressOf(key: number) {
  return (done: number, total: number, rows: number) => {
    if (findFile(key)?.progress) patchFile(key, { progress: { done, total, rows } });
  };
}

/** Awaits a reading and writes what came of it to the file's card. */
async function settle(key: number, work: () => ReturnType<typeof worker.openFile>): Promise<void> {
  try {
    const info = await work();
    patchFile(key, { info, progress: null, problem: '' });
  } catch (error) {
    if (error instanceof worker.Cancelled) {
      patchFile(key, { progress: null, problem: words.errors.cancelled });
    } else {
      patchFile(key, { progress: null, problem: messageOf(error, words.errors.readingFailed) });
    }
  }
  filesChanged();
  if (state.value.step === 'results') evaluateSoon();
}

export function messageOf(error: unknown, otherwise: string): string {
  return error instanceof Error && error.name === 'CalculatorError' ? error.message : otherwise;
}

/** A correction of the mapping: the file is read again at once. */
export async function correct(key: number, patch: Partial<MappingRequest>): Promise<void> {
  const file = findFile(key);
  if (!file) return;
  const mapping = { ...file.mapping, ...patch };
  // Another kind of table has other roles: the columns are proposed anew.
  if (patch.kind !== undefined) delete mapping.roles;
  patchFile(key, { mapping, progress: { done: 0, total: file.size, rows: 0 } });
  await settle(key, () => worker.correctFile(key, mapping, progressOf(key)));
  const info = findFile(key)?.info;
  if (info?.state === 'read') announce(words.announce.readAgain(file.name, info.rows_read));
}

export async function setRole(key: number, column: number, role: string): Promise<void> {
  const columns = findFile(key)?.info?.columns ?? [];
  const roles = columns.map((entry, index) =>
    index === column ? role : role !== '' && entry.role === role ? '' : entry.role,
  );
  await correct(key, { roles });
}

export async function answerZone(key: number, zone: string): Promise<void> {
  patchFile(key, { zoneAnswered: true });
  await correct(key, { zone });
}

export function setCompleteUntil(key: number, completeUntil: string): void {
  patchFile(key, { completeUntil });
  filesChanged();
}

export async function remove(key: number): Promise<void> {
  const file = findFile(key);
  if (!file) return;
  if (isReading(file)) worker.withdraw(key);
  const rest = state.value.files.filter((other) => other.key !== key);
  change({ files: rest, announcement: words.announce.removed(file.name) });
  filesChanged();
  if (rest.length === 0 && state.value.origin === 'files') change({ report: null, problem: '' });
  await worker.closeFile(key).catch(() => undefined);
}

export async function removeAll(): Promise<void> {
  const keys = state.value.files.map((file) => file.key);
  change({ files: [] });
  filesChanged();
  if (state.value.origin === 'files') change({ report: null, problem: '' });
  await Promise.all(keys.map((key) => worker.closeFile(key).catch(() => undefined)));
}

export function cancelReading(key: number): void {
  worker.withdraw(key);
}

/** The results of the files, also when those of typed numbers were looked at last. */
export function seeFileResults(): void {
  if (state.value.origin !== 'files') change({ origin: 'files', report: null, stale: true, problem: '' });
  goTo('results');
}

// --- sample data --------------------------------------------------------------------------------------------------------------

async function sampleFiles(): Promise<{ name: string; text: string }[]> {
  const { generateSample } = await import('../../scripts/sample-data.mjs');
  return generateSample().files;
}

export async function trySample(): Promise<void> {
  if (state.value.files.length > 0) await removeAll();
  const sample = await sampleFiles();
  goTo('check');
  await read(
    sample.map(({ name, text }) => ({ source: { name, data: text }, size: text.length })),
    true,
  );
  const { step, files } = state.value;
  if (step === 'check' && files.length > 0 && files.every(isRead)) goTo('results');
}

/** The sample files as one ZIP: templates to fill with one's own rows. */
export async function downloadTemplates(): Promise<void> {
  const [{ zipSync, strToU8 }, sample] = await Promise.all([import('fflate'), sampleFiles()]);
  const archive = zipSync(Object.fromEntries(sample.map(({ name, text }) => [name, strToU8(text)])));
  save('preempt-templates.zip', new Blob([archive], { type: 'application/zip' }));
}

function save(name: string, data: Blob): void {
  const address = URL.createObjectURL(data);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// --- evaluation ---------------------------------------------------------------------------------------------------------------

export function changeSettings(patch: Partial<Settings>): void {
  choose({ settings: { ...state.value.choices.settings, ...patch } });
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

function evaluateRequest(breakdown: string): Partial<EvaluateRequest> {
  const { settings } = state.value.choices;
  const holdout = readNumber(settings.holdoutPercent);
  return {
    window_days: settings.windowDays,
    unit: settings.unit,
    zone: settings.zone,
    scope: settings.scope,
    strata: settings.strata,
    level: settings.level,
    breakdown,
    coverage_end: coverageEnd(state.value.files),
    expected_holdout_share: holdout === null || Number.isNaN(holdout) ? null : holdout / 100,
  };
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

export async function evaluateNow(): Promise<void> {
  clearTimeout(evaluationTimer);
  const { origin, files } = state.value;
  if (origin === 'files' && !files.some(isRead)) return;
  const mine = ++latestEvaluation;
  const first = state.value.report === null;
  change({ evaluating: true });
  try {
    const report = await (origin === 'typed' ? worker.evaluateTyped(typedRequest()) : evaluateFiles());
    if (mine !== latestEvaluation) return;
    batch(() => {
      change({ report, problem: '', stale: false, evaluating: false });
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

export function setTyping(typing: boolean): void {
  change({ typing });
}

export function setTyped(patch: Partial<TypedNumbers>): void {
  choose({ typed: { ...state.value.choices.typed, ...patch } });
}

export function clearTyped(): void {
  choose({ typed: emptyTyped });
}

function typedRequest(): Partial<TypedRequest> {
  const { typed, settings } = state.value.choices;
  const given = (text: string) => {
    const number = readNumber(text);
    return number === null || Number.isNaN(number) ? null : number;
  };
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
