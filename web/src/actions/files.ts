// Files in, corrected, out. In: events of the views. Out: a changed state, calls of the worker.
import { generateSample } from '../../../scripts/sample-data.mjs';
import type { Contents, FileInfo, MappingRequest, Source } from '../../../wasm/api';
import { firstRecords } from '../csv';
import { save } from '../downloads';
import * as mappings from '../mappings';
import { isEvidence } from '../share/documents';
import { missingRoles, roleFor, type Need } from '../roles';
import { change, isRead, state, type OpenFile, type ReadingProgress } from '../state';
import { words } from '../words';
import * as worker from '../worker';
import { zip } from '../zip';
import { evaluateSoon, messageOf } from './evaluation';
import { announce, goTo } from './navigate';
import { record } from './past';
import { openEvidence } from './share';

let nextKey = 1;

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

const waiting: ReadingProgress = { done: 0, total: 0, rows: 0, since: 0, unpacking: false };

function emptyFile(source: Source, size: number, sample: boolean): OpenFile {
  return {
    key: nextKey++,
    name: source.name,
    size,
    source,
    info: null,
    progress: { ...waiting, total: size },
    problem: '',
    stopped: false,
    guided: false,
    fingerprints: [],
    remembered: '',
    container: '',
    ignored: [],
    offered: [],
    mapping: {},
    zoneAnswered: false,
    completeUntil: '',
    sample,
  };
}

/** Reads files into the session, one after the other. Archives and workbooks are opened, and their tables taken. */
export async function addFiles(given: Iterable<File>): Promise<void> {
  const listed = [...given];
  const tables = [];
  for (const file of listed) if (!(await isOurs(file))) tables.push(file);
  if (tables.length === 0) return;
  record(words.undo.steps.added(tables.length));
  if (state.value.files.some((file) => file.sample)) await dropAll();
  goTo('check');
  await read(
    tables.map((file) => ({ source: file, size: file.size })),
    false,
  );
}

const kOurBytes = 64_000_000;

/** A file of mappings, or of evidence, may be dropped like a table. */
async function isOurs(file: File): Promise<boolean> {
  if (!/\.json$/i.test(file.name) || file.size > kOurBytes) return false;
  const beginning = await file.slice(0, 200).text();
  if (!/^\s*\{\s*"preempt"/.test(beginning)) return false;
  if (isEvidence(beginning))
    await openEvidence(file, state.value.origin === 'files' && state.value.report !== null);
  else await loadMappings(file);
  return true;
}

async function read(sources: { source: Source; size: number }[], sample: boolean): Promise<void> {
  const added = sources.map(({ source, size }) => emptyFile(source, size, sample));
  const { opened, earlier } = state.value;
  change({
    files: [...state.value.files, ...added],
    origin: 'files',
    // A report that was opened stays, to be compared with what these files say.
    opened: null,
    earlier: opened?.from === 'file' ? opened : earlier,
    ...(opened && { report: null }),
    openProblem: '',
    stale: true,
    problem: '',
  });
  void loadVocabulary();
  const keys = (await Promise.all(added.map(openAndRead))).flat();
  const readable = keys.filter((key) => {
    const file = findFile(key);
    return file !== undefined && isRead(file);
  });
  announce(words.announce.filesRead(keys.length, readable.length));
}

const sizeOf = (source: Source): number => {
  const data = source instanceof Blob ? source : source.data;
  return data instanceof Blob ? data.size : data.length;
};

/** Opens a file, puts the tables that it holds in its place, and reads them. Returns the keys of what became of it. */
async function openAndRead(file: OpenFile): Promise<number[]> {
  let contents: Contents;
  try {
    contents = await worker.expandFile(file.key, file.source, progressOf(file.key, true));
  } catch (error) {
    failed(file.key, error);
    return [file.key];
  }
  if (!findFile(file.key)) return []; // removed in the meantime
  const { tables, ignored, offered } = contents;
  const [first, ...others] = tables.map((source, index) => ({
    ...(index === 0 ? file : emptyFile(source, 0, false)),
    name: source.name,
    source,
    size: sizeOf(source),
    progress: { ...waiting, total: sizeOf(source) },
    container: source.name === file.name ? '' : file.name,
  }));
  if (!first) return [];
  const opened = [{ ...first, ignored, offered }, ...others];
  change({ files: state.value.files.flatMap((one) => (one.key === file.key ? opened : [one])) });
  await Promise.all(opened.map(({ key }) => readAgain(key)));
  return opened.map(({ key }) => key);
}

/** Adds a sheet that a workbook offers. */
export async function addSheet(key: number, sheet: string): Promise<void> {
  const file = findFile(key);
  const offer = file?.offered.find((one) => one.sheet === sheet);
  if (!file || !offer) return;
  record(words.undo.steps.added(1));
  patchFile(key, { offered: file.offered.filter((one) => one !== offer) });
  await read([{ source: offer.source, size: sizeOf(offer.source) }], false);
}

/** The core's words, on the first occasion. */
export async function loadVocabulary(): Promise<void> {
  if (state.value.vocabulary) return;
  try {
    change({ vocabulary: await worker.vocabulary() });
  } catch {
    // Without it the columns can be seen, but not corrected; the next file asks again.
  }
}

/** A file from here on may take long enough that what it was recognised as is shown before its end. */
const kPeekBytes = 16_000_000;

function progressOf(key: number, unpacking = false) {
  let since = 0;
  return (done: number, total: number, rows: number) => {
    if (!findFile(key)?.progress) return;
    if (since === 0) {
      since = performance.now();
      if (!unpacking && total > kPeekBytes) void showEarly(key);
    }
    patchFile(key, { progress: { done, total, rows, since, unpacking } });
  };
}

async function showEarly(key: number): Promise<void> {
  const info = await worker.peek(key).catch(() => undefined);
  if (info && findFile(key)?.progress) patchFile(key, { info });
}

/** Reads a file with all its corrections; the first time, with what is remembered for its header. */
async function readAgain(key: number): Promise<void> {
  const file = findFile(key);
  if (!file) return;
  const first = file.fingerprints.length === 0 && Object.keys(file.mapping).length === 0 && !file.sample;
  const remembered = first ? mappings.byFingerprint() : {};
  const { mapping, source } = file;
  patchFile(key, { progress: { ...waiting, total: file.size }, stopped: false });
  try {
    const info = await worker.readFile(key, source, { mapping, remembered }, progressOf(key));
    const now = findFile(key);
    if (!now) return;
    const known = first ? remembered[info.fingerprint] : undefined;
    const seen = info.fingerprint === '' || info.header_rows === 0 ? [] : [info.fingerprint];
    patchFile(key, {
      info,
      progress: null,
      problem: '',
      fingerprints: [...new Set([...now.fingerprints, ...seen])],
      guided: info.kind === 'unknown' || lacksRoles(info) || (now.guided && saysWhatItIs(now.mapping)),
      ...(known && { mapping: known, zoneAnswered: Boolean(known.zone), remembered: 'earlier' as const }),
    });
  } catch (error) {
    failed(key, error);
  }
  filesChanged();
  if (state.value.step === 'results') evaluateSoon();
}

const saysWhatItIs = ({ kind, roles }: Partial<MappingRequest>) => kind !== undefined || roles !== undefined;

function lacksRoles(info: FileInfo): boolean {
  return info.state === 'needs_answer' && missingRoles(info, state.value.vocabulary).length > 0;
}

/** What came of a reading that did not end. One that was replaced by another is of no interest any more. */
function failed(key: number, error: unknown): void {
  const stopped = error instanceof worker.Cancelled;
  if (stopped && !findFile(key)?.stopped) return;
  const problem = stopped ? words.errors.cancelled : messageOf(error, words.errors.readingFailed);
  patchFile(key, { progress: null, problem, info: null });
}

/** Another kind of table has other roles, and other separators make other columns: these are proposed anew. */
const kNewColumns = ['kind', 'delimiter', 'quote', 'skip_lines', 'header_rows'] as const;

/** What is known of a file, with an answer that is on its way to the calculator: it is shown, and the next one builds on it. */
function answered(info: FileInfo, { roles, kind, ...patch }: Partial<MappingRequest>): FileInfo {
  const given = Object.entries(patch).filter(([name, value]) => name in info && value !== null);
  return {
    ...info,
    ...Object.fromEntries(given.map(([name, value]) => [name, value === 'none' ? '' : value])),
    ...(kind !== undefined && { kind }),
    ...(roles && { columns: info.columns.map((column, i) => ({ ...column, role: roles[i] ?? '' })) }),
  };
}

/** A correction of the mapping: the file is read again at once, and the correction kept for the next one of its kind. */
export async function correct(key: number, patch: Partial<MappingRequest>): Promise<void> {
  const file = findFile(key);
  if (!file) return;
  record(words.undo.steps.corrected(file.name));
  if (patch.zone) patchFile(key, { zoneAnswered: true });
  const mapping = { ...file.mapping, ...patch };
  if (kNewColumns.some((name) => patch[name] !== undefined)) delete mapping.roles;
  patchFile(key, { mapping, info: file.info && answered(file.info, patch) });
  await readAgain(key);
  const now = findFile(key);
  if (now?.info?.state !== 'read' || now.progress) return;
  announce(words.announce.readAgain(file.name, now.info.rows_read));
  if (now.sample || now.fingerprints.length === 0) return;
  mappings.remember(now.fingerprints, now.mapping);
  patchFile(key, { remembered: 'now' });
}

/** Forgets what is remembered for the header of a file; one that was read with it is read afresh. */
export async function forgetMapping(key: number): Promise<void> {
  const file = findFile(key);
  if (!file) return;
  record(words.undo.steps.forgotten(file.name));
  mappings.forget(file.fingerprints);
  const afresh = file.remembered === 'earlier';
  patchFile(key, { remembered: '' });
  announce(words.mappings.forgotten);
  if (!afresh) return;
  const fresh = { mapping: {}, zoneAnswered: false, fingerprints: [], guided: false };
  patchFile(key, { ...fresh, progress: { ...waiting, total: file.size } });
  await worker.closeFile(key);
  await readAgain(key);
}

export const correctedFiles = (files: OpenFile[]) =>
  files.filter(
    ({ fingerprints, mapping, sample }) =>
      !sample && fingerprints.length > 0 && Object.keys(mapping).length > 0,
  );

/** The corrections of the files on the page as a file for colleagues. */
export function saveMappings(): void {
  const entries = correctedFiles(state.value.files).map(({ fingerprints, mapping }) => ({
    fingerprints,
    mapping,
  }));
  const data = new Blob([mappings.fileText(entries)], { type: 'application/json' });
  save('preempt-mappings.json', data);
}

/** Takes over a colleague's mappings, also for the files on the page that have these headers. */
export async function loadMappings(file: File): Promise<void> {
  const note = (text: string, bad: boolean) => change({ mappingsNote: { text, bad }, announcement: text });
  try {
    const loaded = mappings.loadText(await file.text());
    const fitting = state.value.files.filter(
      (open) => !open.sample && open.fingerprints.some((one) => mappings.mappingFor(one)),
    );
    if (fitting.length > 0) record(words.undo.steps.mappings);
    note(words.mappings.loaded(loaded, fitting.length), false);
    await Promise.all(
      fitting.map(async ({ key, fingerprints }) => {
        const mapping = fingerprints.map(mappings.mappingFor).find(Boolean) ?? {};
        patchFile(key, { mapping, zoneAnswered: Boolean(mapping.zone), remembered: 'earlier' });
        await readAgain(key);
      }),
    );
  } catch (error) {
    note(error instanceof mappings.MappingsError ? error.message : words.mappings.errors.notJson, true);
  }
}

export async function setRole(key: number, column: number, role: string): Promise<void> {
  const columns = findFile(key)?.info?.columns ?? [];
  const roles = columns.map((entry, index) =>
    index === column ? role : role !== '' && entry.role === role ? '' : entry.role,
  );
  await correct(key, { roles });
}

/** Says which column answers a need; the column that answered it before is free again. */
export async function chooseColumn(key: number, column: number, need: Need): Promise<void> {
  const columns = findFile(key)?.info?.columns ?? [];
  const roles = columns.map((entry, index) => {
    if (index === column) return roleFor(entry, need);
    return need.options.some(({ role }) => role === entry.role) ? '' : entry.role;
  });
  await correct(key, { roles });
}

export async function answerZone(key: number, zone: string): Promise<void> {
  await correct(key, { zone });
}

export function setCompleteUntil(key: number, completeUntil: string): void {
  const file = findFile(key);
  if (!file || file.completeUntil === completeUntil) return;
  record(words.undo.steps.completed(file.name), `complete ${key}`);
  patchFile(key, { completeUntil });
  filesChanged();
}

export async function remove(key: number): Promise<void> {
  const file = findFile(key);
  if (!file) return;
  record(words.undo.steps.removed(file.name));
  const rest = state.value.files.filter((other) => other.key !== key);
  change({ files: rest, announcement: words.announce.removed(file.name) });
  filesChanged();
  if (rest.length === 0 && state.value.origin === 'files') change({ report: null, problem: '' });
  await worker.closeFile(key).catch(() => undefined);
}

export async function removeAll(): Promise<void> {
  record(words.undo.steps.removedAll);
  await dropAll();
}

async function dropAll(): Promise<void> {
  const keys = state.value.files.map((file) => file.key);
  change({ files: [] });
  filesChanged();
  if (state.value.origin === 'files') change({ report: null, problem: '' });
  await Promise.all(keys.map((key) => worker.closeFile(key).catch(() => undefined)));
}

/** Stops the reading of a file; it stays on the page, to be read again or removed. */
export function stopReading(key: number): void {
  patchFile(key, { stopped: true });
  worker.withdraw(key);
}

export async function resumeReading(key: number): Promise<void> {
  const file = findFile(key);
  if (!file) return;
  patchFile(key, { problem: '', stopped: false, progress: { ...waiting, total: file.size } });
  if (file.fingerprints.length > 0 || file.container !== '') await readAgain(key);
  else await openAndRead(file);
}

/** What a person decided about a file; the rest follows from it and from the file. */
const decisionsOf = ({ mapping, zoneAnswered, guided, remembered, fingerprints, offered }: OpenFile) => ({
  mapping,
  zoneAnswered,
  guided,
  remembered,
  fingerprints,
  offered,
});

/** Brings back the files of an earlier or a later moment: those that are gone are read again, as they were mapped. */
export async function restoreFiles(wanted: OpenFile[]): Promise<void> {
  const now = new Map(state.value.files.map((file) => [file.key, file]));
  const again: OpenFile[] = [];
  const files = wanted.map((file) => {
    const current = now.get(file.key);
    now.delete(file.key);
    const same = current && JSON.stringify(current.mapping) === JSON.stringify(file.mapping);
    if (same) return { ...current, ...decisionsOf(file), completeUntil: file.completeUntil };
    const fresh = { ...(current ?? file), ...decisionsOf(file), completeUntil: file.completeUntil };
    const reading = { ...fresh, problem: '', stopped: false, progress: { ...waiting, total: file.size } };
    again.push(reading);
    return reading;
  });
  change({ files });
  filesChanged();
  if (files.length === 0 && state.value.origin === 'files') change({ report: null, problem: '' });
  await Promise.all([...now.keys()].map((key) => worker.closeFile(key).catch(() => undefined)));
  await Promise.all(
    again.map(async (file) => {
      const { key, mapping, fingerprints, sample } = file;
      if (!sample && fingerprints.length > 0) {
        if (Object.keys(mapping).length > 0) mappings.remember(fingerprints, mapping);
        else mappings.forget(fingerprints);
      }
      // What is left out of a mapping keeps what is in use: so the file is read as if it were new.
      await worker.closeFile(key).catch(() => undefined);
      if (fingerprints.length > 0 || file.container !== '') await readAgain(key);
      else await openAndRead(file);
    }),
  );
}

/** The cells of the first rows set aside, by their line in the file. */
export async function setAsideCells(key: number, most: number): Promise<Map<number, string[]>> {
  const [, ...rows] = firstRecords(await worker.setAside(key), most + 1);
  return new Map(rows.map(([, line, , ...cells]) => [Number(line), cells]));
}

/** The rows set aside of a file, as a CSV file. */
export async function downloadSetAside(key: number, name: string): Promise<void> {
  const csv = await worker.setAside(key);
  save(`${name}-set-aside.csv`, new Blob([csv], { type: 'text/csv' }));
}

// --- sample data --------------------------------------------------------------------------------------------------------------

export async function trySample(): Promise<void> {
  record(words.undo.steps.sample);
  if (state.value.files.length > 0) await dropAll();
  const sample = generateSample().files;
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
  save('preempt-templates.zip', await zip(generateSample().files));
}
