// The modules that the build makes, as Vite plugins.
// virtual:preempt-wasm   the core: Emscripten's glue, and the wasm's bytes packed into the script that carries them
// virtual:preempt-worker the text of the calculator's worker, one classic script with virtual:preempt-wasm inside
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { pack } from './pack.mjs';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const glue = `${root}build/wasm/preempt_wasm.js`;
const bytes = `${root}build/wasm/preempt_wasm.wasm`;
const workerEntry = `${root}wasm/worker.ts`;
const unpacker = `${root}web/build/unpack.mjs`;

/** @returns {import("vite").Plugin} */
export function preemptWasm() {
  const name = 'virtual:preempt-wasm';
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    async load(id) {
      if (id !== `\0${name}`) return undefined;
      this.addWatchFile(bytes);
      // The glue asks for the file's place even when it is given the bytes; `locateFile` answers, and nothing is fetched.
      return `import create from ${JSON.stringify(glue)};
                import { unpack } from ${JSON.stringify(unpacker)};
                const packed = ${JSON.stringify(pack(await readFile(bytes)))};
                let unpacked;
                export const wasmBytes = () => (unpacked ??= unpack(packed));
                export const instantiate = async () =>
                    create({ wasmBinary: await wasmBytes(), locateFile: (name) => name });`;
    },
  };
}

/** The worker's script. @returns {Promise<string>} */
export async function workerText() {
  const result = await build({
    configFile: false,
    root: `${root}web`,
    logLevel: 'warn',
    plugins: [preemptWasm()],
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input: workerEntry, output: { format: 'iife' } },
    },
  });
  const { output } = Array.isArray(result) ? result[0] : result;
  const chunks = output.filter((file) => file.type === 'chunk');
  if (chunks.length !== 1) throw new Error(`the worker must be one script, not ${chunks.length}`);
  return chunks[0].code;
}

/** @returns {import("vite").Plugin} */
export function preemptWorker() {
  const name = 'virtual:preempt-worker';
  return {
    name,
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    async load(id) {
      if (id !== `\0${name}`) return undefined;
      this.addWatchFile(bytes);
      this.addWatchFile(workerEntry);
      return `export default ${JSON.stringify(await workerText())};`;
    },
  };
}
