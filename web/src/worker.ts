// The worker that calculates, and the files that it holds. In: files, mappings, requests of the page. Out: promises of
// the core's documents. The worker starts from a Blob (a worker loaded by its address would not obey the page's policy).
// A reading is stopped by its token; after an error of its own, or when it does not answer, the worker is void: the next call
// starts a new one and reads the files again, so nobody has to know.
import * as Comlink from 'comlink';
import type {
  AuditPage,
  AuditQuery,
  Calculator,
  Contents,
  EvaluateRequest,
  FileInfo,
  MappingRequest,
  Progress,
  Report,
  Source,
  TypedRequest,
  Vocabulary,
} from '../../wasm/api';
import { words } from './words';

/** Milliseconds after the worker's first word for which its script can still be fetched. */
const FORGET_AFTER = 20_000;

/** The call was given up because the worker was stopped on purpose. */
export class Cancelled extends Error {}

interface Held {
  source: Source;
  mapping: Partial<MappingRequest>;
  /** The calculator's number for the file, in the worker of this generation. */
  id: number;
  generation: number;
}

interface Running {
  worker: Worker;
  remote: Comlink.Remote<Calculator>;
  /** Rejects when the worker dies; never resolves. */
  death: Promise<never>;
  die: (reason: Error) => void;
}

/** How long a reading may take to stop by itself before the worker is stopped with it. */
const kStopMilliseconds = 1000;

let running: Running | null = null;
let generation = 0;
const held = new Map<number, Held>();
let queue: Promise<unknown> = Promise.resolve();
/** The reading that goes on. */
let current: { key: number; token: string; stopping: boolean } | null = null;
/** The last reading asked for of each file: an earlier one that still waits for its turn is given up. */
const wanted = new Map<number, string>();
let readings = 0;

let script: Promise<string> | null = null;

/** Fetches the worker's script, two thirds of the page, once the page is drawn: the page asks its host for nothing later. */
export function prepare(): Promise<string> {
  script ??= import('virtual:preempt-worker').then(
    (module) => module.default,
    () => {
      script = null; // the next call tries again
      throw new Error(words.errors.notLoaded);
    },
  );
  return script;
}

async function start(): Promise<Running> {
  const workerSource = await prepare();
  const address = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  const worker = new Worker(address, { name: 'preempt' });
  // Not at once: the worker starts another one from the same address, and browsers fetch it in their own time.
  worker.addEventListener('message', () => setTimeout(() => URL.revokeObjectURL(address), FORGET_AFTER), {
    once: true,
  });
  let die: (reason: Error) => void = () => undefined;
  const death = new Promise<never>((_, reject) => {
    die = reject;
  });
  death.catch(() => undefined);
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    discard(new Error(event.message || words.errors.workerDied));
  });
  generation += 1;
  return { worker, remote: Comlink.wrap<Calculator>(worker), death, die };
}

function discard(reason: Error): void {
  const dead = running;
  running = null;
  dead?.worker.terminate();
  dead?.die(reason);
}

/** A refusal is an answer; anything else leaves the worker in an unknown state. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'CalculatorError';
}

async function call<T>(work: (calculator: Comlink.Remote<Calculator>) => Promise<T>): Promise<T> {
  const mine = running ?? (await start());
  running = mine;
  try {
    return await Promise.race([work(mine.remote), mine.death]);
  } catch (error) {
    const refused = isRefusal(error) || error instanceof Cancelled;
    if (!refused && isRunning(mine)) discard(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

function isRunning(candidate: Running): boolean {
  return running === candidate;
}

/** One call after the other: the calculator has one session, and a file is read to its end before the next begins. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = queue.then(work, work);
  queue = turn.catch(() => undefined);
  return turn;
}

/** Gives a new worker the files of the old one, as they were mapped. */
async function reopen(): Promise<void> {
  running ??= await start();
  for (const file of held.values()) {
    if (file.generation === generation) continue;
    const { source, mapping } = file;
    const info = await call((calculator) => calculator.add(source, undefined, { mapping }));
    file.id = info.id;
    file.generation = generation;
  }
}

function proxied(progress?: Progress): Progress | undefined {
  return progress && Comlink.proxy(progress);
}

/** Runs a reading in its turn, under a token by which it can be stopped. */
function reading<T>(key: number, work: (token: string) => Promise<T>): Promise<T> {
  const token = `reading ${(readings += 1)}`;
  stop(key);
  wanted.set(key, token);
  return inTurn(async () => {
    if (wanted.get(key) !== token) throw new Cancelled();
    await reopen();
    const mine = { key, token, stopping: false };
    current = mine;
    try {
      return await work(token);
    } catch (error) {
      if (mine.stopping && isRefusal(error)) throw new Cancelled();
      throw error;
    } finally {
      current = null;
    }
  });
}

/** The tables that a file holds: itself, or those of an archive or a workbook. */
export function expandFile(key: number, source: Source, progress?: Progress): Promise<Contents> {
  return reading(key, (token) => call((calculator) => calculator.expand(source, proxied(progress), token)));
}

export interface ReadAnswers {
  /** All corrections of the person, not only the last. */
  mapping: Partial<MappingRequest>;
  /** By fingerprint: used when there is no correction. */
  remembered?: Record<string, Partial<MappingRequest>>;
}

/** Reads a file, or reads it again with other answers, and keeps it under the page's own number. */
export function readFile(
  key: number,
  source: Source,
  { mapping, remembered = {} }: ReadAnswers,
  progress?: Progress,
): Promise<FileInfo> {
  return reading(key, async (token) => {
    const file = held.get(key);
    held.delete(key); // a reading that is stopped takes the file out of the session
    const report = proxied(progress);
    const info = await (file
      ? call((calculator) => calculator.remap(file.id, mapping, report, token)).catch(
          async (error: unknown) => {
            if (isRefusal(error))
              await call((calculator) => calculator.remove(file.id)).catch(() => undefined);
            throw error;
          },
        )
      : call((calculator) => calculator.add(source, report, { mapping, remembered, token })));
    const used = Object.keys(mapping).length > 0 ? mapping : (remembered[info.fingerprint] ?? {});
    held.set(key, { source, mapping: used, id: info.id, generation });
    return info;
  });
}

/** What is known of the file that is being read, while it is being read. */
export async function peek(key: number): Promise<FileInfo | undefined> {
  const mine = running;
  const isIt = () => current?.key === key;
  if (!mine || !isIt()) return undefined;
  const infos = await Promise.race([mine.remote.files(), mine.death]);
  return isIt() ? infos.find(({ state }) => state === 'reading') : undefined;
}

export function closeFile(key: number): Promise<void> {
  withdraw(key);
  return inTurn(async () => {
    const file = held.get(key);
    held.delete(key);
    if (file && running && file.generation === generation) {
      await call((calculator) => calculator.remove(file.id));
    }
  });
}

/** The rows set aside of a file as CSV. */
export function setAside(key: number): Promise<string> {
  return inTurn(async () => {
    await reopen();
    const file = held.get(key);
    if (!file) throw new Cancelled();
    return call((calculator) => calculator.setAside(file.id));
  });
}

/** The files in the order in which the calculator lists them. */
export function keysInOrder(): number[] {
  return [...held.entries()].sort(([, a], [, b]) => a.id - b.id).map(([key]) => key);
}

export function evaluate(request: Partial<EvaluateRequest>): Promise<Report> {
  return inTurn(async () => {
    await reopen();
    return call((calculator) => calculator.evaluate(request));
  });
}

/** The episodes behind a number: a page of them. */
export function audit(query: AuditQuery): Promise<AuditPage> {
  return inTurn(async () => {
    await reopen();
    return call((calculator) => calculator.audit(query));
  });
}

/** All of them as CSV. */
export function auditCsv(query: AuditQuery): Promise<string> {
  return inTurn(async () => {
    await reopen();
    return call((calculator) => calculator.auditCsv(query));
  });
}

export function evaluateTyped(request: Partial<TypedRequest>): Promise<Report> {
  return inTurn(() => call((calculator) => calculator.evaluateTyped(request)));
}

export function vocabulary(): Promise<Vocabulary> {
  return inTurn(() => call((calculator) => calculator.vocabulary()));
}

/** Gives up the reading of a file, whether it goes on or waits for its turn. The others stay as they are. */
export function withdraw(key: number): void {
  wanted.delete(key);
  stop(key);
}

/** Asks the reading that goes on to stop; a worker that does not answer within a second is stopped, and begun anew later. */
function stop(key: number): void {
  const mine = current;
  if (mine?.key !== key || mine.stopping || !running) return;
  mine.stopping = true;
  void running.remote.cancel(mine.token).catch(() => undefined);
  setTimeout(() => {
    if (current === mine) discard(new Cancelled());
  }, kStopMilliseconds);
}
