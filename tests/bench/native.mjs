// The native half: the core (build/native/preempt_bench), DuckDB through its Node binding on all cores, and `wc -l`
// for scale. Each run is a process of its own.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const program = fileURLToPath(new URL('../../build/native/preempt_bench', import.meta.url));
const run = (command, given) =>
  execFileSync(command, given, {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** One run of each: times in milliseconds, memory in MB, counts. */
export function nativeRun({ paths }) {
  const both = [paths.outreaches, paths.contacts];
  const whole = JSON.parse(run(program, ['whole', ...both]));
  const rooms = JSON.parse(run(program, ['rooms', ...both]));
  const begin = performance.now();
  run('wc', ['-l', ...both]);
  const wc = performance.now() - begin;
  const duckdb = JSON.parse(run(process.execPath, [`${here}native_duckdb.mjs`, ...both]));
  return { whole, rooms, wc, duckdb };
}
