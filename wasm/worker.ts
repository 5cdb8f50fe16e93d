// The worker: one calculator behind Comlink. Started by the page from a Blob, so that the page's policy holds for it too.
import * as Comlink from 'comlink';
import { type Calculator, createCalculator } from './api';

let made: Promise<Calculator> | undefined;
const calculator = (): Promise<Calculator> => (made ??= createCalculator());

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
