// The two databases that count: DuckDB in this process, PostgreSQL as a server of our own in a temporary folder.
// In: CSV files and statements. Out: rows as arrays of texts, null as ''. close() leaves nothing behind.
import { DuckDBInstance } from '@duckdb/node-api';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCsv } from './csv.mjs';

const quoted = (name) => `"${name.replaceAll('"', '""')}"`;
const literal = (text) => `'${text.replaceAll("'", "''")}'`;

export async function openDuckdb() {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run('SET threads = 2');
  return {
    dialect: 'duckdb',
    name: `DuckDB ${(await connection.runAndReadAll('SELECT version()')).getRows()[0][0]}`,
    run: (sql) => connection.run(sql),
    async rows(sql) {
      const result = await connection.runAndReadAll(sql);
      const rows = result.getRows().map((row) => row.map((cell) => (cell === null ? '' : String(cell))));
      return { header: result.columnNames(), rows };
    },
    /** The file's columns that `columns` names, appended to the table. */
    async load(table, columns, path, header) {
      const common = header.filter((name) => columns.includes(name)).map(quoted);
      await connection.run(
        `INSERT INTO ${table} (${common}) SELECT ${common} FROM read_csv(${literal(path)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`,
      );
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/**
 * A dialect that no database here speaks: somebody else's parser of the dialect translates every statement for DuckDB.
 * What is checked: that it is the dialect's grammar, and that it means what it should.
 */
export async function openTranslated(dialect) {
  const { transpile } = await import('@polyglot-sql/sdk');
  const duckdb = await openDuckdb();
  await duckdb.run('CREATE MACRO unix_millis(x) AS epoch_ms(x)');
  await duckdb.run('CREATE MACRO to_timestamp_tz(x) AS CAST(x AS TIMESTAMPTZ)');
  await duckdb.run('CREATE MACRO to_timestamp_ntz(x) AS CAST(x AS TIMESTAMP)');
  await duckdb.run("CREATE MACRO date_from_unix_date(x) AS DATE '1970-01-01' + CAST(x AS INTEGER)");
  await duckdb.run('CREATE MACRO bits_and(a, b) AS (a & b)');
  const translated = (sql) => {
    // Statements of Spark that have no counterpart: a cached view is as good as a table.
    const asTables = sql
      .replace(/^DROP VIEW .*;\n/m, '')
      .replace('CACHE TABLE', 'CREATE OR REPLACE TEMPORARY TABLE')
      .replaceAll('BITAND(', 'BITS_AND('); // else it loses its parentheses on the way;
    const result = transpile(asTables, dialect, 'duckdb', { unsupportedLevel: 'raise' });
    if (!result.success) throw new Error(`not translated: ${result.error}`);
    // What the translation leaves as it was, or writes without the parentheses that DuckDB needs.
    return result.sql
      .join(';\n')
      .replaceAll("'YYYY-MM-DD'", "'%Y-%m-%d'")
      .replace(/BIGNUMERIC|DECIMAL\(38, ?0\)/g, 'HUGEINT') // DuckDB's own exact type of that size
      .replace(/INTERVAL (TRY_CAST\(.*? AS INT\)) DAY/g, 'INTERVAL ($1) DAY');
  };
  return {
    ...duckdb,
    dialect,
    translated: true,
    name: `${dialect}, translated for ${duckdb.name}`,
    run: (sql) => duckdb.run(translated(sql)),
    rows: (sql) => duckdb.rows(translated(sql)),
  };
}

/** A server cannot run as root: then it runs as the user that its package made, else as nobody. */
function serverUser() {
  if (process.getuid() !== 0) return null;
  const known = (user) => spawnSync('id', ['-u', user]).status === 0;
  return ['postgres', 'nobody'].find(known) ?? null;
}

export function openPostgres(base) {
  const versions = existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql').sort((a, b) => b - a)
    : [];
  const bin = versions.length > 0 ? `/usr/lib/postgresql/${versions[0]}/bin/` : '';
  const user = serverUser();
  const asUser = (command, args, options = {}) =>
    user
      ? execFileSync('runuser', ['-u', user, '--', command, ...args], options)
      : execFileSync(command, args, options);
  const reaches = (folder) => {
    try {
      asUser('test', ['-x', folder]);
      return true;
    } catch {
      return false;
    }
  };
  // The path of a socket must be short, and the server's user must get there.
  mkdirSync(base, { recursive: true });
  const home = mkdtempSync(join(reaches(base) && base.length < 60 ? base : tmpdir(), 'pg-'));
  if (user) execFileSync('chown', [user, home]);
  chmodSync(home, 0o700);
  const data = join(home, 'data');
  const quiet = { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/' };
  asUser(
    `${bin}initdb`,
    ['-D', data, '-U', 'preempt', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    quiet,
  );
  const settings = `-c listen_addresses= -c unix_socket_directories=${home} -c fsync=off -c timezone=UTC -c jit=off -c work_mem=64MB -c temp_buffers=64MB`;
  asUser(`${bin}pg_ctl`, ['-D', data, '-w', '-l', join(home, 'log'), '-o', settings, 'start'], {
    ...quiet,
    stdio: 'ignore',
  });
  const psql = (input, extra = []) => {
    const result = spawnSync(
      `${bin}psql`,
      ['-X', '-q', '-h', home, '-U', 'preempt', '-d', 'postgres', '-v', 'ON_ERROR_STOP=1', '--csv', ...extra],
      { input, encoding: 'utf8', maxBuffer: 1 << 28 },
    );
    if (result.status !== 0) throw new Error(result.stderr.slice(0, 4000));
    return result.stdout;
  };
  return {
    dialect: 'postgres',
    name: `PostgreSQL ${psql('SHOW server_version').split('\n')[1].split(' ')[0]}`,
    run: (sql) => void psql(sql),
    /** A script in one session, so that its temporary tables live until its last query. */
    rows(sql) {
      const [header, ...rows] = parseCsv(psql(sql));
      return { header, rows };
    },
    load(table, columns, path, header) {
      const common = header.filter((name) => columns.includes(name)).map(quoted);
      const all = header.map((name) => `${quoted(name)} text`);
      psql(
        `CREATE TEMP TABLE incoming (${all});\n\\copy incoming FROM ${literal(path)} WITH (FORMAT csv, HEADER)\n` +
          `INSERT INTO ${table} (${common}) SELECT ${common} FROM incoming;\n`,
      );
    },
    close() {
      asUser(`${bin}pg_ctl`, ['-D', data, '-w', '-m', 'immediate', 'stop'], { ...quiet, stdio: 'ignore' });
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Writes a script for a person to look into when it failed. */
export function keep(folder, name, text) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), text);
}
