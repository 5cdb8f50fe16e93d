// DuckDB-WASM: the bundle with exceptions in WebAssembly, files by handle, so that it reads what it needs itself.
import { counted, ruleQuery, simpleQuery } from '../queries.mjs';

export async function duckdbPeer() {
  const at = '/tests/bench/node_modules/@duckdb/duckdb-wasm/dist';
  const duckdb = await import(`${at}/duckdb-browser.mjs`);
  const worker = new Worker(`${at}/duckdb-browser-eh.worker.js`);
  const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await database.instantiate(`${at}/duckdb-eh.wasm`);
  const connection = await database.connect();
  const rows = async (query) => counted((await connection.query(query)).toArray().map((row) => row.toJSON()));
  return async (files) => {
    const handle = duckdb.DuckDBDataProtocol.BROWSER_FILEREADER;
    await database.registerFileHandle('outreaches.csv', files.outreaches, handle, true);
    await database.registerFileHandle('contacts.csv', files.contacts, handle, true);
    const begin = performance.now();
    const followed = await rows(simpleQuery('outreaches.csv', 'contacts.csv'));
    const ms = performance.now() - begin;
    const then = performance.now();
    await rows(simpleQuery('outreaches.csv', 'contacts.csv').replaceAll('7 DAY', '14 DAY'));
    const again = performance.now() - then;
    return { ms, again, followed, rule: await rows(ruleQuery('outreaches.csv', 'contacts.csv')) };
  };
}
