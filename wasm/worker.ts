// The worker: one calculator behind Comlink. Started by the page from a Blob, so that the page's policy holds for it too.
// It starts another worker from the same Blob, which does half of the reading of large files.
import * as Comlink from 'comlink';
import { type Calculator, createCalculator, serveBlocks } from './api';

const READER = 'preempt reader';

/** At once: the page forgets the Blob's address when it first hears from this worker. */
function startReader(): Worker | undefined {
  try {
    return new Worker(self.location.href, { name: READER });
  } catch {
    return undefined; // a browser in which workers start no workers
  }
}

function serveCalculator(): void {
  const reader = startReader();
  let made: Promise<Calculator> | undefined;
  const calculator = (): Promise<Calculator> => (made ??= createCalculator(reader));

  /** The API object that the page wraps: Calculator's calls, made when the wasm is ready. */
  const exposed: Calculator = {
    add: async (source, progress, options) => (await calculator()).add(source, progress, options),
    addAll: async (source, progress, options) => (await calculator()).addAll(source, progress, options),
    expand: async (source, progress, token) => (await calculator()).expand(source, progress, token),
    remap: async (id, mapping, progress, token) => (await calculator()).remap(id, mapping, progress, token),
    cancel: async (token) => (await calculator()).cancel(token),
    remove: async (id) => (await calculator()).remove(id),
    files: async () => (await calculator()).files(),
    setAside: async (id) => (await calculator()).setAside(id),
    vocabulary: async () => (await calculator()).vocabulary(),
    evaluate: async (request) => (await calculator()).evaluate(request),
    audit: async (query) => (await calculator()).audit(query),
    auditCsv: async (query) => (await calculator()).auditCsv(query),
    evaluateTyped: async (request) => (await calculator()).evaluateTyped(request),
  };
  Comlink.expose(exposed);
}

if (self.name === READER) serveBlocks();
else serveCalculator();
