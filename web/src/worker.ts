// The worker that calculates, and the files that it holds. In: files, mappings, requests of the page. Out: promises of
// the core's documents. The worker starts from a Blob (a worker loaded by its address would not obey the page's policy).
// Cancel = stop the worker; after an error of its own the worker is void. Either way the next call starts a new one
// and reads the files again, so nobody has to know.
import * as Comlink from 'comlink';
import workerSource from 'virtual:preempt-worker';
import type {
  Calculator,
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

/** The call was given up because the worker was stopped on purpose. */
export class Cancelled extends Error {}

interface Held {
  source: Source;
  mapping: Partial<MappingRequest> | null;
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

let running: Running | null = null;
let generation = 0;
const held = new Map<number, Held>();
let queue: Promise<unknown> = Promise.resolve();
/** The file whose reading is going on, and those that were given up before their turn came. */
let current: number | null = null;
const withdrawn = new Set<number>();

function start(): Running {
  const address = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  const worker = new Worker(address, { name: 'preempt' });
  // Not at once: some browsers fetch the script only after this turn.
  worker.addEventListener('message', () => URL.revokeObjectURL(address), { once: true });
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
  const mine = running ?? start();
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
  running ??= start();
  for (const file of held.values()) {
    if (file.generation === generation) continue;
    const info = await call((calculator) => calculator.add(file.source));
    if (file.mapping) {
      const { mapping } = file;
      await call((calculator) => calculator.remap(info.id, mapping));
    }
    file.id = info.id;
    file.generation = generation;
  }
}

function proxied(progress?: Progress): Progress | undefined {
  return progress && Comlink.proxy(progress);
}

/** Reads a file and keeps it under the page's own number. */
export function openFile(key: number, source: Source, progress?: Progress): Promise<FileInfo> {
  return inTurn(() =>
    reading(key, async () => {
      await reopen();
      const info = await call((calculator) => calculator.add(source, proxied(progress)));
      held.set(key, { source, mapping: null, id: info.id, generation });
      return info;
    }),
  );
}

async function reading(key: number, work: () => Promise<FileInfo>): Promise<FileInfo> {
  if (withdrawn.delete(key)) throw new Cancelled();
  current = key;
  try {
    return await work();
  } finally {
    current = null;
  }
}

/** Reads it again with the person's corrections; `mapping` holds all of them, not only the last. */
export function correctFile(
  key: number,
  mapping: Partial<MappingRequest>,
  progress?: Progress,
): Promise<FileInfo> {
  return inTurn(() =>
    reading(key, async () => {
      await reopen();
      const file = held.get(key);
      if (!file) throw new Cancelled();
      const info = await call((calculator) => calculator.remap(file.id, mapping, proxied(progress)));
      file.mapping = mapping;
      return info;
    }),
  );
}

export function closeFile(key: number): Promise<void> {
  return inTurn(async () => {
    const file = held.get(key);
    held.delete(key);
    withdrawn.delete(key);
    if (file && running && file.generation === generation) {
      await call((calculator) => calculator.remove(file.id));
    }
  });
}

export function evaluate(request: Partial<EvaluateRequest>): Promise<Report> {
  return inTurn(async () => {
    await reopen();
    return call((calculator) => calculator.evaluate(request));
  });
}

export function evaluateTyped(request: Partial<TypedRequest>): Promise<Report> {
  return inTurn(() => call((calculator) => calculator.evaluateTyped(request)));
}

export function vocabulary(): Promise<Vocabulary> {
  return inTurn(() => call((calculator) => calculator.vocabulary()));
}

/**
 * Gives up the reading of a file, whether it goes on or waits for its turn. The worker is stopped if it is busy with it;
 * what was read before is read again with the next call.
 */
export function withdraw(key: number): void {
  if (current === key) discard(new Cancelled());
  else withdrawn.add(key);
}
