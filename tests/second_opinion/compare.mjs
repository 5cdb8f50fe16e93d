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
import { questionsOf } from './questions.mjs';
import { zoneChanges } from './zones.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { values: options } = parseArgs({
  options: {
    program: { type: 'string', default: join(root, 'build/native/preempt_cells') },
    smoke: { type: 'boolean', default: false },
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
  for (const name of ['window', 'scope', 'unit', 'strata', 'by', 'until'])
    if (question[name] !== undefined) args.push(`--${name}`, String(question[name]));
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

async function main() {
  const databases = [];
  const wants = (name) => !options.database || options.database === name;
  if (wants('duckdb')) databases.push(await openDuckdb());
  if (wants('postgres')) databases.push(openPostgres(workspace));
  for (const dialect of ['bigquery', 'snowflake', 'spark'])
    if (wants(dialect)) databases.push(await openTranslated(dialect));
  let failures = 0;
  const total = { cells: 0, counts: 0, populations: new Set() };
  console.log(
    `${'data'.padEnd(16)}${'questions'.padStart(10)}${'cells'.padStart(9)}${'counts'.padStart(11)}  database`,
  );
  try {
    for (const set of dataSets()) {
      const headers = new Map(set.files.map((path) => [path, parseCsv(readFileSync(path, 'utf8'))[0]]));
      for (const database of databases) {
        if (database.translated && (set.seeded || (options.smoke && set.name !== 'edges'))) continue;
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
        for (const path of set.files)
          if (columns.has(kindOf(path)))
            await database.load(kindOf(path), columns.get(kindOf(path)), path, headers.get(path));
        const tally = { cells: 0, counts: 0, populations: new Set() };
        const questions = questionsOf(set, options.smoke);
        for (const [number, question] of questions.entries()) {
          const args = argumentsOf(question);
          const [header, ...rows] = coreCells(args, set.files);
          const script = program([...args, '--sql', database.dialect]);
          let differences;
          try {
            const result =
              database.dialect === 'postgres'
                ? database.rows(script)
                : await (async () => {
                    const steps = script.split(/^-- step .*\n/m).slice(1);
                    for (const step of steps.slice(0, -1)) await database.run(step);
                    return database.rows(steps.at(-1));
                  })();
            differences = compare(indexed({ header, rows }), indexed(result), tally);
          } catch (error) {
            differences = [`the SQL failed: ${error.message}`];
          }
          if (options.verbose)
            console.log(`  ${JSON.stringify(question)}: ${differences.length} differences`);
          if (differences.length === 0) continue;
          failures++;
          const name = `${set.name}-${number}-${database.dialect}.sql`;
          keep(workspace, name, script);
          console.log(
            `DIFFERENT  ${set.name}, ${database.name}, ${JSON.stringify(question)}  (build/second-opinion/${name})`,
          );
          for (const line of differences.slice(0, 20)) console.log(`    ${line}`);
          if (differences.length > 20) console.log(`    and ${differences.length - 20} more`);
        }
        console.log(
          `${set.name.padEnd(16)}${String(questions.length).padStart(10)}${String(tally.cells).padStart(9)}${String(tally.counts).padStart(11)}  ${database.name}`,
        );
        total.cells += tally.cells;
        total.counts += tally.counts;
        for (const population of tally.populations) total.populations.add(population);
      }
    }
  } finally {
    for (const database of databases) database.close();
  }
  console.log(`populations: ${[...total.populations].sort().join(', ')}`);
  console.log(
    `${total.cells} cells, ${total.counts} counts compared; ${failures} questions with a difference`,
  );
  process.exitCode = failures > 0 || total.cells === 0 ? 1 : 0;
}

await main();
