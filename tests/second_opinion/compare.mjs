// The second opinion: every cell of the evidence counted twice, by the core and by SQL in two databases. See
// scripts/second-opinion. In: preempt_cells' path, options. Out: a table of what was compared; every difference; exit
// status 1 when there is one.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parseCsv } from './csv.mjs';
import { keep, openDuckdb, openPostgres, openTranslated } from './databases.mjs';
import { generate } from './generate.mjs';
import { mutations } from './mutations.mjs';
import { questionsOf } from './questions.mjs';
import { zoneChanges } from './zones.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values: options } = parseArgs({
  options: {
    program: { type: 'string', default: join(root, 'build/native/preempt_cells') },
    smoke: { type: 'boolean', default: false },
    'self-check': { type: 'boolean', default: false },
    seeds: { type: 'string', default: '1,2,3,4,5' },
    customers: { type: 'string', default: '1200' },
    only: { type: 'string' }, // a data set's name
    database: { type: 'string' }, // duckdb, postgres, or a dialect that is translated
    verbose: { type: 'boolean', default: false },
  },
});
const workspace = join(root, 'build/second-opinion');

const program = (args) =>
  execFileSync(options.program, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** The core's records, counted once for all databases. */
const counted = new Map();
function coreCells(args, files) {
  const key = [...args, ...files].join(' ');
  if (!counted.has(key)) counted.set(key, parseCsv(program([...args, ...files])));
  return counted.get(key);
}

/** kind of table (the staging table's name) by the file's name: contacts.csv, contacts_2.csv. */
const kindOf = (path) => basename(path, '.csv').replace(/_\d+$/, '');

function dataSets() {
  const hand = join(root, 'tests/second_opinion/data');
  const sets = readdirSync(hand)
    .sort()
    .map((name) => ({ name, folder: join(hand, name) }));
  const seeds = options.smoke ? [1] : options.seeds.split(',').map(Number);
  for (const seed of seeds) {
    const folder = join(workspace, `seed-${seed}`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const customers = options.smoke ? 250 : Number(options.customers);
    for (const [name, text] of Object.entries(generate({ seed, customers })))
      writeFileSync(join(folder, `${name}.csv`), text);
    sets.push({ name: `seed-${seed}`, folder, seeded: true });
  }
  return sets
    .filter(({ name }) => !options.only || name === options.only)
    .map((set) => ({
      ...set,
      files: readdirSync(set.folder)
        .filter((name) => name.endsWith('.csv'))
        .sort()
        .map((name) => join(set.folder, name)),
    }));
}

function argumentsOf(question) {
  const args = [];
  for (const name of [
    'window',
    'lookback',
    'repeat',
    'scope',
    'unit',
    'strata',
    'by',
    'by2',
    'from',
    'to',
    'until',
  ])
    if (question[name] !== undefined) args.push(`--${name}`, String(question[name]));
  if (question.atRisk !== undefined) args.push('--at-risk', String(question.atRisk));
  for (const filter of question.filters ?? []) args.push('--filter', filter);
  const changes = zoneChanges(question.zone ?? 'UTC');
  args.push('--zone', question.zone ?? 'UTC', changes.map(([at, offset]) => `${at}:${offset}`).join(','));
  return args;
}

const keyColumns = ['population', 'group_label', 'stratum_label', 'arm'];

/** Rows as a map from key to column to text. */
function indexed({ header, rows }) {
  const result = new Map();
  for (const row of rows) {
    const cell = Object.fromEntries(header.map((name, i) => [name, row[i] ?? '']));
    const key = keyColumns.map((name) => cell[name]).join(' | ');
    if (result.has(key)) throw new Error(`the cell ${key} stands twice`);
    result.set(key, cell);
  }
  return result;
}

/** Differences between the core's cells and a database's; counts what was compared. */
function compare(core, sql, tally) {
  const differences = [];
  for (const key of new Set([...core.keys(), ...sql.keys()])) {
    const [a, b] = [core.get(key), sql.get(key)];
    if (!a || !b) {
      const there = a ?? b;
      differences.push(`${key}: only in ${a ? 'the core' : 'SQL'} (episodes ${there.episodes})`);
      continue;
    }
    tally.cells++;
    tally.populations.add(a.population);
    for (const [column, value] of Object.entries(a)) {
      if (keyColumns.includes(column)) continue;
      tally.counts++;
      if (value !== b[column])
        differences.push(`${key}: ${column} is ${value} in the core, ${b[column]} in SQL`);
    }
  }
  return differences;
}

/** Makes the plain tables and fills them from the set's files. */
async function load(database, set) {
  const staging = program(['--staging', database.dialect]);
  const columns = new Map();
  for (const [, name, body] of staging.matchAll(/CREATE TABLE (\w+) \(([^)]*)\)/g)) {
    columns.set(
      name,
      [...body.matchAll(/["`](\w+)["`]/g)].map((match) => match[1].toLowerCase()),
    );
    await database.run(`DROP TABLE IF EXISTS ${name}`);
  }
  await database.run(staging);
  for (const path of set.files) {
    const header = parseCsv(readFileSync(path, 'utf8'))[0];
    if (columns.has(kindOf(path))) await database.load(kindOf(path), columns.get(kindOf(path)), path, header);
  }
}

/** The rows that a script gives. PostgreSQL runs it in one session, DuckDB step by step. */
async function answer(database, script) {
  if (database.dialect === 'postgres') return database.rows(script);
  const steps = script.split(/^-- step .*\n/m).slice(1);
  for (const step of steps.slice(0, -1)) await database.run(step);
  return database.rows(steps.at(-1));
}

async function differencesOf(database, set, question, tally, bend = (script) => script) {
  const args = argumentsOf(question);
  const [header, ...rows] = coreCells(args, set.files);
  const script = bend(program([...args, '--sql', database.dialect]), question);
  try {
    const result = await answer(database, script);
    return { script, differences: compare(indexed({ header, rows }), indexed(result), tally) };
  } catch (error) {
    return { script, differences: [`the SQL failed: ${error.message}`] };
  }
}

async function compareAll(databases) {
  let failures = 0;
  const total = { cells: 0, counts: 0, populations: new Set() };
  console.log(
    `${'data'.padEnd(16)}${'questions'.padStart(10)}${'cells'.padStart(9)}${'counts'.padStart(11)}  database`,
  );
  for (const set of dataSets())
    for (const database of databases) {
      if (database.translated && (set.seeded || (options.smoke && set.name !== 'edges'))) continue;
      await load(database, set);
      const tally = { cells: 0, counts: 0, populations: total.populations };
      const questions = questionsOf(set, options.smoke);
      for (const [number, question] of questions.entries()) {
        const { script, differences } = await differencesOf(database, set, question, tally);
        if (options.verbose) console.log(`  ${JSON.stringify(question)}: ${differences.length} differences`);
        if (differences.length === 0) continue;
        failures++;
        const name = `${set.name}-${number}-${database.dialect}.sql`;
        keep(workspace, name, script);
        console.log(
          `DIFFERENT  ${set.name}, ${database.name}, ${JSON.stringify(question)}  (build/second-opinion/${name})`,
        );
        for (const line of differences.slice(0, options.verbose ? 1000 : 20)) console.log(`    ${line}`);
        if (differences.length > 20) console.log(`    and ${differences.length - 20} more`);
      }
      console.log(
        `${set.name.padEnd(16)}${String(questions.length).padStart(10)}${String(tally.cells).padStart(9)}${String(tally.counts).padStart(11)}  ${database.name}`,
      );
      total.cells += tally.cells;
      total.counts += tally.counts;
    }
  console.log(`populations: ${[...total.populations].sort().join(', ')}`);
  console.log(
    `${total.cells} cells, ${total.counts} counts compared; ${failures} questions with a difference`,
  );
  return failures === 0 && total.cells > 0;
}

/** Every bent rule must show on the hand-made data: else these data say nothing about it. */
async function selfCheck(database) {
  const unnoticed = new Set(mutations);
  const tally = { cells: 0, counts: 0, populations: new Set() };
  for (const set of dataSets().filter(({ seeded }) => !seeded)) {
    await load(database, set);
    for (const question of questionsOf(set).slice(0, set.name === 'days' ? 4 : 2))
      for (const mutation of [...unnoticed]) {
        const [sql, bent] = [mutation.sql, mutation.bent].map((text) =>
          text.replaceAll('WINDOW', String(question.window ?? 604_800_000)),
        );
        const { differences } = await differencesOf(database, set, question, tally, (script) =>
          script.replaceAll(sql, bent),
        );
        if (differences.length === 0) continue;
        unnoticed.delete(mutation);
        console.log(`noticed  ${mutation.rule}  (${set.name}, ${differences.length})`);
        if (differences[0].startsWith('the SQL failed')) console.log(`         ${differences[0]}`);
      }
  }
  for (const { rule } of unnoticed) console.log(`NOT NOTICED  ${rule}`);
  console.log(`${mutations.length - unnoticed.size} of ${mutations.length} bent rules noticed`);
  return unnoticed.size === 0;
}

async function main() {
  const databases = [];
  // Stopped from outside, the server must not outlive us.
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => {
      for (const database of databases) database.close();
      process.exit(1);
    });
  const wants = (name) =>
    options['self-check'] ? name === 'duckdb' : !options.database || options.database === name;
  try {
    if (wants('duckdb')) databases.push(await openDuckdb());
    if (wants('postgres')) databases.push(openPostgres(workspace));
    for (const dialect of ['bigquery', 'snowflake', 'spark'])
      if (wants(dialect)) databases.push(await openTranslated(dialect));
    const good = options['self-check'] ? await selfCheck(databases[0]) : await compareAll(databases);
    process.exitCode = good ? 0 : 1;
  } finally {
    for (const database of databases) database.close();
  }
}

await main();
