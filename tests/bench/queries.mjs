// The question of the benchmark in SQL. Plain: outreaches followed by a contact of the same customer within 7 days,
// per arm and segment; this is what is timed. By the rules of this project: only outreaches without a contact in the 7
// days before, and whose window ends before the last contact that is known; this is checked against our report.

const window = 'INTERVAL 7 DAY';

// As plain timestamps: without its extension for time zones, which it would fetch, DuckDB-WASM cannot add days to others.
const sent = (file) => `read_csv('${file}', types = {'sent_at': 'TIMESTAMP'})`;
const created = (file) => `read_csv('${file}', types = {'created_at': 'TIMESTAMP'})`;

export const simpleQuery = (outreaches, contacts) => `
  SELECT o.segment, o.arm, count(*) AS followed
  FROM ${sent(outreaches)} o SEMI JOIN ${created(contacts)} c
    ON o.customer_id = c.customer_id AND c.created_at >= o.sent_at AND c.created_at < o.sent_at + ${window}
  GROUP BY ALL`;

export const ruleQuery = (outreaches, contacts) => `
  WITH c AS (SELECT customer_id, created_at FROM ${created(contacts)}),
       o AS (SELECT outreach_id, customer_id, sent_at, segment, arm FROM ${sent(outreaches)}
             WHERE sent_at + ${window} <= (SELECT max(created_at) FROM c)),
       near AS (SELECT outreach_id, any_value(segment) AS segment, any_value(arm) AS arm,
                  coalesce(bool_or(c.created_at < o.sent_at), false) AS before,
                  coalesce(bool_or(c.created_at >= o.sent_at), false) AS after
                FROM o LEFT JOIN c ON o.customer_id = c.customer_id
                  AND c.created_at >= o.sent_at - ${window} AND c.created_at < o.sent_at + ${window}
                GROUP BY outreach_id)
  SELECT segment, arm, count(*) AS episodes, count(*) FILTER (after) AS contacted
  FROM near WHERE NOT before GROUP BY ALL`;

/** Rows of a query as { "segment arm": [figures] }, in one order, so that two can be compared as text. */
export const counted = (rows) =>
  Object.fromEntries(
    rows
      .map(({ segment, arm, ...figures }) => [`${segment} ${arm}`, Object.values(figures).map(Number)])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** The same figures out of our report. */
export const reported = (report) =>
  counted(
    report.breakdown.rows.flatMap((row) => [
      {
        segment: row.label,
        arm: 'holdout',
        episodes: row.holdout_episodes,
        contacted: row.holdout_contacted,
      },
      {
        segment: row.label,
        arm: 'treated',
        episodes: row.treated_episodes,
        contacted: row.treated_contacted,
      },
    ]),
  );
