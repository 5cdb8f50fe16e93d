// Taking results along and opening them again. In: presses of the share dialog, links, evidence files. Out: copied texts, saved
// files, a report on the page that was made elsewhere or earlier. Nothing is sent: a link carries its content after the "#".
import { batch } from '@preact/signals';
import { save, saveText } from '../downloads';
import * as documents from '../share/documents';
import { sha256 } from '../share/sha256';
import { shared } from '../share/mask';
import { change, isRead, state, type Opened, type PrintMode } from '../state';
import { csvOf, type DataTable } from '../tables';
import { words } from '../words';
import * as worker from '../worker';
import { zip } from '../zip';
import { evaluateRequest, evaluateSoon, messageOf } from './evaluation';
import { loadVocabulary } from './files';
import { announce, focusHeading, goTo } from './navigate';
import { record } from './past';

const now = () => new Date().toISOString();
const today = () => now().slice(0, 10);

export function share(open: boolean): void {
  change({ sharing: open });
}

// --- copying ------------------------------------------------------------------------------------------------------------------

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not on every page may a script write there; the older way may.
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'only-read';
    (document.querySelector('dialog[open]') ?? document.body).append(field);
    field.select();
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const copied = document.execCommand('copy');
    field.remove();
    return copied;
  }
}

export async function copyText(text: string, what: string): Promise<void> {
  announce((await copy(text)) ? words.share.copied(what) : words.share.notCopied);
}

/** The whole address of the report on the page, and what is in it. */
export async function makeLink() {
  const { report, choices, folds, opened } = state.value;
  if (!report) return null;
  const { hash, content } = await documents.linkOf(
    report,
    await blankReport(),
    { choices, folds },
    opened?.saved ?? now(),
  );
  return { address: `${location.href.replace(/#.*$/, '')}#${hash}`, ...content };
}

// --- files --------------------------------------------------------------------------------------------------------------------

/** Every table as CSV, and the report as text, in one archive. */
export async function saveTables(tables: DataTable[], text: string): Promise<void> {
  const name = `preempt-${today()}`;
  const files = tables.map((table) => ({ name: `${name}/${table.id}.csv`, text: csvOf(table) }));
  save(`${name}.zip`, await zip([{ name: `${name}/report.md`, text }, ...files]));
  announce(words.chart.saved(`${name}.zip`));
}

async function inputsOf(): Promise<documents.Input[]> {
  const inputs: documents.Input[] = [];
  for (const { source, name, size, info, mapping } of state.value.files.filter(isRead)) {
    const data = source instanceof Blob ? source : source.data;
    const blob = data instanceof Blob ? data : new Blob([data as BlobPart]);
    inputs.push({ name, bytes: size, sha256: await sha256(blob), kind: info?.kind ?? '', mapping });
  }
  return inputs;
}

export async function saveEvidence(): Promise<void> {
  const { report, choices, folds, origin, opened } = state.value;
  if (!report) return;
  const ofFiles = origin === 'files';
  const inputs = ofFiles ? await inputsOf() : (opened?.inputs ?? []);
  const request = ofFiles ? evaluateRequest(report.settings.breakdown) : (opened?.request ?? {});
  const saved = opened?.saved ?? now();
  const evidence = documents.evidenceOf(report, { choices, folds }, saved, request, inputs);
  const name = `preempt-${saved.slice(0, 10)}.preempt.json`;
  saveText(name, `${JSON.stringify(evidence, null, 1)}\n`, 'application/json');
  announce(words.chart.saved(name));
}

// --- opening ------------------------------------------------------------------------------------------------------------------

/** Any report of this page: what is opened is brought into its shape. */
const blankReport = () => worker.evaluateTyped({ claimed_attempts: 1, claimed_successes: 1 });

function problemOf(error: unknown): string {
  if (error instanceof documents.DocumentError) return words.opened.problems[error.problem];
  return messageOf(error, words.opened.problems.damaged);
}

function showOpened(opened: Opened): void {
  void loadVocabulary();
  const { choices } = state.value;
  const { currency, costSource, folds, ...view } = opened.view;
  batch(() => {
    record(words.undo.steps.opened);
    change({
      origin: 'opened',
      opened,
      report: opened.report,
      reportKeys: [],
      choices: { ...choices, ...view, settings: { ...choices.settings, currency, costSource } },
      folds,
      stale: false,
      evaluating: false,
      problem: '',
      openProblem: '',
      announcement: words.opened.announce,
    });
  });
}

export async function openLink(hash: string): Promise<void> {
  try {
    showOpened(await documents.openLink(hash, await blankReport()));
    change({ step: 'results' });
  } catch (error) {
    const openProblem = problemOf(error);
    change({ step: 'files', openProblem, announcement: openProblem });
  }
}

/** An evidence file: shown as the report, or set beside the one on the page. */
export async function openEvidence(file: File, beside: boolean): Promise<void> {
  try {
    const opened = documents.openEvidence(await file.text(), file.name, await blankReport());
    if (beside && state.value.report) {
      record(words.undo.steps.compared);
      change({ earlier: opened, verified: null, openProblem: '', announcement: words.opened.besideAnnounce });
      return;
    }
    showOpened(opened);
    goTo('results');
  } catch (error) {
    const openProblem = problemOf(error);
    change({ openProblem, announcement: openProblem });
  }
}

export function stopComparing(): void {
  record(words.undo.steps.compared);
  change({ earlier: null, verified: null });
}

/** Back from a report that was opened to the person's own files, or to the beginning. */
export function closeOpened(): void {
  const hasFiles = state.value.files.length > 0;
  record(words.undo.steps.closed);
  change({ origin: 'files', opened: null, report: null, stale: true, openProblem: '' });
  goTo(hasFiles ? 'results' : 'files');
  if (hasFiles) evaluateSoon(0);
}

/** Works the earlier report out again from the files on the page, with its own settings, and says whether it is the same. */
export async function verifyEarlier(): Promise<void> {
  const { earlier } = state.value;
  if (!earlier) return;
  change({ verified: { state: 'working', same: [], other: [], differ: [], figures: 0 } });
  try {
    const inputs = await inputsOf();
    const has = (hash: string) => inputs.some((input) => input.sha256 === hash);
    const same = earlier.inputs.filter((input) => has(input.sha256)).map(({ name }) => name);
    const other = earlier.inputs.filter((input) => !has(input.sha256)).map(({ name }) => name);
    const again = shared(await worker.evaluate(earlier.request), false).report;
    const differ = documents.differences(earlier.report, again);
    const figures = documents.figures(earlier.report);
    change({ verified: { state: 'done', same, other, differ, figures } });
    announce(words.opened.verified(differ.length, figures));
  } catch (error) {
    const problem = messageOf(error, words.errors.evaluationFailed);
    change({ verified: { state: 'failed', same: [], other: [], differ: [problem], figures: 0 } });
  }
}

// --- printing -----------------------------------------------------------------------------------------------------------------

/** The slide is a view of its own, from which it is printed. */
export function showSlide(): void {
  change({ printing: 'slide', sharing: false });
  window.scrollTo({ top: 0 });
  focusHeading();
}

export function closeSlide(): void {
  change({ printing: 'all' });
  focusHeading();
}

export function printAs(printing: PrintMode): void {
  change({ printing, sharing: false });
  // The dialog is closed and the page drawn before the browser takes its picture.
  requestAnimationFrame(() => requestAnimationFrame(() => window.print()));
}
