// The sample's arms counted from its CSV text alone, by the rules of metrics.md 5.2 and 5.5, without the core: what the core
// has to arrive at by its own way.
import assert from 'node:assert/strict';

const WEEK = 7 * 86_400_000;

/** The rows of one generated table as objects; its cells hold neither quotes nor line breaks. */
export function rowsOf(sample, name) {
  const [header, ...lines] = sample.files
    .find((file) => file.name === name)
    .text.trimEnd()
    .split('\n');
  const columns = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    assert.equal(cells.length, columns.length, `a ragged row in ${name}: ${line}`);
    return Object.fromEntries(columns.map((column, i) => [column, cells[i]]));
  });
}

/** Contacted and judged trigger events, by trigger ("all" for all) and arm: [contacted, judged]. Window 7 days. */
export function countArms(sample) {
  const internal = new Set(
    rowsOf(sample, 'customers.csv')
      .filter((row) => row.is_internal === 'true')
      .map((row) => row.customer_id),
  );
  const contacts = new Map();
  const seen = new Set();
  let end = 0;
  for (const row of rowsOf(sample, 'contacts.csv')) {
    const who = row.customer_id.toLowerCase();
    const inScope = row.created_at && row.direction === 'inbound' && !row.merged_into && !row.is_test;
    if (!inScope || internal.has(who) || seen.has(row.contact_id)) continue;
    seen.add(row.contact_id);
    const at = Date.parse(row.created_at);
    const closed = row.closed_at ? Date.parse(row.closed_at) : Infinity;
    end = Math.max(end, at);
    contacts.set(who, [...(contacts.get(who) ?? []), { at, closed }]);
  }
  const result = {};
  for (const { customer_id, eligible_at, trigger, arm } of rowsOf(sample, 'exposure.csv')) {
    if (internal.has(customer_id)) continue;
    const start = Date.parse(eligible_at);
    const own = contacts.get(customer_id) ?? [];
    if (start + WEEK > end) continue;
    if (own.some(({ at, closed }) => at < start && (at >= start - WEEK || closed > start))) continue;
    const contacted = own.some(({ at }) => at >= start && at < start + WEEK);
    for (const key of ['all', trigger]) {
      const cell = (result[key] ??= { treated: [0, 0], holdout: [0, 0] })[arm];
      cell[0] += contacted ? 1 : 0;
      cell[1] += 1;
    }
  }
  return result;
}
