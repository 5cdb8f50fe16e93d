// scripts/bench: the whole benchmark. Makes the data, runs ours and every peer in turn, checks that all give the same
// counts, prints a table and writes build/bench/result.json.
// --rows N     outreaches (2,000,000), half as many contacts      --runs N   of each (5)
// --only A,B   engines of the browser, or native, page            --smoke    small data, one run: only the answers count
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { root } from '../browser/support.mjs';
import { browserRun, pageRun, pageSizes } from './browser.mjs';
import { makeData } from './data.mjs';
import { lighthouseScores } from './lighthouse.mjs';
import { nativeRun } from './native.mjs';
import { reported } from './queries.mjs';

const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    runs: { type: 'string' },
    only: { type: 'string' },
    smoke: { type: 'boolean' },
  },
});
const rows = Number(values.rows ?? (values.smoke ? 20_000 : 2_000_000));
const runs = Number(values.runs ?? (values.smoke ? 1 : 5));
const engines = ['preempt', 'duckdb', 'udsv', 'papaparse', 'arquero', 'floor'];
const wanted = values.only?.split(',') ?? ['native', ...engines, 'page'];
const data = makeData(`${root}build/bench/data-${rows}`, rows);

const median = (list) => {
  const sorted = [...list].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};
const figure = (list) => ({ median: median(list), least: Math.min(...list), most: Math.max(...list) });
const of = (list, name) => figure(list.map((one) => one[name]));

/** Everyone's counts, held against the first of their kind. */
const first = {};
let disagreements = 0;
function agree(name, kind, counts) {
  const text = JSON.stringify(counts);
  first[kind] ??= { name, text };
  if (first[kind].text === text) return;
  disagreements += 1;
  console.error(`${name} and ${first[kind].name} differ (${kind}):\n  ${text}\n  ${first[kind].text}`);
}

const result = {
  date: new Date().toISOString().slice(0, 10),
  machine: { processor: cpus()[0].model, cores: cpus().length, memory_gb: Math.round(totalmem() / 2 ** 30) },
  data: { outreaches: rows, contacts: Math.floor(rows / 2), bytes: data.bytes },
  runs,
  browser: {},
};

// In turn, so that a busy minute of the machine falls on all alike.
const native = [];
const browser = Object.fromEntries(engines.filter((name) => wanted.includes(name)).map((name) => [name, []]));
for (let run = 0; run < runs; run += 1) {
  if (wanted.includes('native')) native.push(nativeRun(data));
  for (const [name, list] of Object.entries(browser)) list.push(await browserRun(name, data));
}

if (native.length > 0) {
  for (const { whole, duckdb } of native) {
    agree('native core', 'rule', reported(whole.report));
    agree('native DuckDB', 'rule', duckdb.rule);
    agree('native DuckDB', 'plain', duckdb.followed);
  }
  const [whole, rooms, duckdb] = ['whole', 'rooms', 'duckdb'].map((name) => native.map((one) => one[name]));
  result.native = {
    preempt: {
      whole_ms: of(whole, 'whole_ms'),
      read_ms: of(rooms, 'read_ms'),
      history_ms: of(rooms, 'history_ms'),
      again_ms: of(whole, 'again_ms'),
      scan_gb_per_s: of(rooms, 'scan_gb_per_s'),
      peak_mb: of(whole, 'peak_mb'),
    },
    duckdb: { whole_ms: of(duckdb, 'ms'), peak_mb: of(duckdb, 'peak') },
    wc_ms: of(native, 'wc'),
  };
}
for (const [name, list] of Object.entries(browser)) {
  for (const { followed, rule } of list) {
    if (followed) agree(name, 'plain', followed);
    if (rule) agree(name, 'rule', rule);
  }
  result.chromium = list[0].version;
  result.browser[name] = { whole_ms: of(list, 'ms'), peak_mb: of(list, 'peak') };
  for (const part of ['read', 'again', 'scanning'])
    if (list[0][part] !== undefined) result.browser[name][`${part}_ms`] = of(list, part);
}
if (wanted.includes('page')) {
  const page = await pageRun(data);
  result.page = { ...page, sizes: pageSizes() };
  if (!values.smoke) result.page.lighthouse = await lighthouseScores();
}

const milliseconds = ({ median: m, least, most }) =>
  `${Math.round(m)} ms (${Math.round(least)} to ${Math.round(most)})`.padEnd(28);
const megabytes = data.bytes / 1e6;
const line = (name, { whole_ms: whole, peak_mb: peak }, base) =>
  console.log(
    `${name.padEnd(34)}${milliseconds(whole)}${String(Math.round((megabytes / whole.median) * 1000)).padStart(6)} MB/s` +
      `${String(Math.round(peak.median)).padStart(8)} MB` +
      (base ? `   ${(whole.median / base.whole_ms.median).toFixed(1)} x ours` : ''),
  );
console.log(
  `${rows} outreaches, ${Math.floor(rows / 2)} contacts, ${Math.round(megabytes)} MB, ${runs} runs: median (least to most)`,
);
const labels = {
  preempt: 'Preempt, files to report',
  duckdb: 'DuckDB-WASM, SEMI JOIN',
  udsv: 'uDSV and a hash join',
  papaparse: 'PapaParse and a hash join',
  arquero: 'arquero and a hash join',
  floor: 'bytes into the heap, and a scan',
};
const ours = result.browser.preempt;
for (const name of Object.keys(browser))
  line(labels[name], result.browser[name], name === 'preempt' ? undefined : ours);
if (result.native) {
  line('Native: Preempt, files to report', result.native.preempt);
  line('Native: DuckDB, SEMI JOIN', result.native.duckdb, result.native.preempt);
  console.log(
    `Native: reading ${milliseconds(result.native.preempt.read_ms).trim()}, scan alone ${result.native.preempt.scan_gb_per_s.median.toFixed(2)} GB/s, wc -l ${milliseconds(result.native.wc_ms).trim()}`,
  );
}
if (ours) console.log(`Another window: ${milliseconds(ours.again_ms).trim()}`);
if (result.page)
  console.log(
    `Page: ${Math.round(result.page.sizes.gzip / 1000)} kB gzipped, takes a drop after ${Math.round(result.page.ready)} ms (processor slowed 4 times), ` +
      `report ${Math.round(result.page.report)} ms after the files, longest task ${Math.round(result.page.longest)} ms (${result.page.long} over 50 ms)`,
  );
for (const [device, scores] of Object.entries(result.page?.lighthouse ?? {}))
  console.log(
    `Lighthouse, ${device}: ${Object.entries(scores)
      .map(([name, score]) => `${name} ${score}`)
      .join(', ')}`,
  );
mkdirSync(`${root}build/bench`, { recursive: true });
writeFileSync(
  `${root}build/bench/${values.smoke ? 'smoke' : 'result'}.json`,
  `${JSON.stringify(result, undefined, 2)}\n`,
);
console.log(disagreements === 0 ? 'All give the same counts.' : `${disagreements} answers differ.`);
process.exit(disagreements === 0 ? 0 : 1);
