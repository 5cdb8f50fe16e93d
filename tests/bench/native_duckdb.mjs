// One run of native DuckDB, in a process of its own: node native_duckdb.mjs OUTREACHES CONTACTS. Prints JSON.
import { DuckDBInstance } from '@duckdb/node-api';
import { counted, ruleQuery, simpleQuery } from './queries.mjs';

const [outreaches, contacts] = process.argv.slice(2);
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const rows = async (query) =>
  (await connection.runAndReadAll(query)).getRowObjects().map((row) => ({ ...row }));
const begin = performance.now();
const simple = await rows(simpleQuery(outreaches, contacts));
const ms = performance.now() - begin;
const peak = process.resourceUsage().maxRSS / 1024;
const rule = await rows(ruleQuery(outreaches, contacts));
console.log(JSON.stringify({ ms, peak, followed: counted(simple), rule: counted(rule) }));
