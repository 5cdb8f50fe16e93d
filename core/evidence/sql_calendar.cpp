// Customers at the same time, in SQL (metrics.md 5.5.8, calendar_walk.hpp): to whom nobody wrote, with a
// clock borrowed from the messages of the week. In: customers and messages. Out: the untreated episodes,
// before all episodes are judged; and the strata of both arms, once they are labelled.
#include "core/evidence/sql_steps.hpp"

#include <array>

namespace preempt::evidence {
namespace {

/// Whole numbers below 2^64 as the dialect's wide type. FNV-1a over the bytes of a text; the mixing function
/// of the core (splitmix64), one product a step.
constexpr std::array<SqlTable, 7> kHashes{{
    {"pp_keys", R"(
SELECT k.key_text, LENGTH(k.key_text) AS letters
FROM (
    SELECT person AS key_text FROM pp_customer_rows WHERE person IS NOT NULL
    UNION SELECT account FROM pp_customer_rows WHERE account IS NOT NULL
) k)"},

    // The bytes of a letter: UTF-8 of its code point.
    {"pp_letters", R"(
WITH RECURSIVE letter AS (
    SELECT key_text, letters, 1 AS place FROM pp_keys
    UNION ALL
    SELECT key_text, letters, place + 1 FROM letter WHERE place < letters
)
SELECT x.key_text, ROW_NUMBER() OVER (PARTITION BY x.key_text ORDER BY x.place, b.n) AS place,
    CASE WHEN x.code < 128 THEN x.code
         WHEN x.code < 2048 THEN CASE b.n WHEN 0 THEN 192 + {whole:x.code, 64} ELSE 128 + MOD(x.code, 64) END
         WHEN x.code < 65536 THEN CASE b.n WHEN 0 THEN 224 + {whole:x.code, 4096} WHEN 1 THEN 128 + MOD({whole:x.code, 64}, 64)
              ELSE 128 + MOD(x.code, 64) END
         ELSE CASE b.n WHEN 0 THEN 240 + {whole:x.code, 262144} WHEN 1 THEN 128 + MOD({whole:x.code, 4096}, 64)
              WHEN 2 THEN 128 + MOD({whole:x.code, 64}, 64) ELSE 128 + MOD(x.code, 64) END END AS byte
FROM (SELECT key_text, place, CAST({code:SUBSTR(key_text, place, 1)} AS {int}) AS code FROM letter) x
JOIN (SELECT 0 AS n UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) b
    ON b.n = 0 OR (b.n = 1 AND x.code >= 128) OR (b.n = 2 AND x.code >= 2048) OR (b.n = 3 AND x.code >= 65536))"},

    {"pp_hashes", R"(
WITH RECURSIVE step AS (
    SELECT key_text, CAST(0 AS {int}) AS place, CAST('14695981039346656037' AS {wide}) AS hash FROM pp_keys
    UNION ALL
    SELECT s.key_text, s.place + 1, CAST(MOD((s.hash - MOD(s.hash, 256) + {xor:CAST(MOD(s.hash, 256) AS {int}), CAST(l.byte AS {int})})
        * CAST('1099511628211' AS {wide}), CAST('18446744073709551616' AS {wide})) AS {wide})
    FROM step s
    JOIN pp_letters l ON l.key_text = s.key_text AND l.place = s.place + 1
)
SELECT s.key_text, s.hash FROM step s
JOIN (SELECT key_text, MAX(place) AS bytes FROM pp_letters GROUP BY key_text) b ON b.key_text = s.key_text AND b.bytes = s.place)"},

    // The least of any key: a unit's own rows, else those of its account.
    {"pp_hash_of_units", R"(
SELECT unit_id, COALESCE(MIN(CASE WHEN fall_back = 0 THEN hash END), MIN(CASE WHEN fall_back = 1 THEN hash END)) AS hash
FROM (
    SELECT r.unit_id, r.fall_back, h.hash FROM pp_customer_rows r JOIN pp_hashes h ON h.key_text = r.person WHERE r.fall_back = 0
    UNION ALL
    SELECT r.unit_id, r.fall_back, h.hash FROM pp_customer_rows r JOIN pp_hashes h ON h.key_text = r.account
) x
WHERE unit_id IS NOT NULL
GROUP BY unit_id)"},

    // Weeks of the series with messages: where each begins, and its messages in order.
    {"pp_sends", R"(
SELECT x.sent_ms, x.week_day, x.week_day * 86400000 - v.offset_ms AS week_ms,
    ROW_NUMBER() OVER (PARTITION BY x.week_day ORDER BY x.sent_ms) - 1 AS place, COUNT(*) OVER (PARTITION BY x.week_day) AS sends
FROM (
    SELECT y.sent_ms, y.d - MOD(y.d + 3, 7) AS week_day
    FROM (
        SELECT m.sent_ms, {day:m.sent_ms + z.offset_ms} AS d
        FROM pp_chosen m JOIN pp_zone z ON m.sent_ms >= z.from_utc AND m.sent_ms < z.until_utc
        WHERE m.is_broadcast = 0 AND {in_span:m.sent_ms}
    ) y
) x
JOIN pp_zone v ON x.week_day * 86400000 >= v.from_local AND x.week_day * 86400000 < v.until_local
CROSS JOIN (SELECT week_of FROM pp_edges WHERE edge = 'first') f
CROSS JOIN (SELECT week_of FROM pp_edges WHERE edge = 'last') l
WHERE {date:x.week_day} >= f.week_of AND {date:x.week_day} <= l.week_of)"},

    {"pp_draws_1", R"(
SELECT x.unit_id, w.week_day, w.sends, {xor64:x.hash, CAST(MOD(CAST('11400714819323198485' AS {wide}) + w.week_ms, CAST('18446744073709551616' AS {wide})) AS {wide})} AS z
FROM pp_hash_of_units x
CROSS JOIN (SELECT week_day, week_ms, sends FROM pp_sends GROUP BY week_day, week_ms, sends) w)"},

    {"pp_draws_2", R"(
SELECT unit_id, week_day, sends, {times64:y, 3210233709, 484763065} AS z
FROM (SELECT d.*, {xor64:d.z, {whole64:d.z, 1073741824}} AS y FROM pp_draws_1 d) x)"},
}};

constexpr std::array<SqlTable, 6> kUntreated{{
    {"pp_draws_3", R"(
SELECT unit_id, week_day, sends, {times64:y, 2496678331, 321982955} AS z
FROM (SELECT d.*, {xor64:d.z, {whole64:d.z, 134217728}} AS y FROM pp_draws_2 d) x)"},

    {"pp_draws", R"(
SELECT x.unit_id, x.week_day, CAST(MOD(x.drawn, x.sends) AS {int}) AS place, x.drawn
FROM (SELECT d.*, {xor64:d.z, {whole64:d.z, 2147483648}} AS drawn FROM pp_draws_3 d) x)"},

    // The moment that each draw borrows; the beginning of its day where the customer's times are dates.
    {"pp_clocked", R"(
SELECT d.unit_id, d.week_day, d.drawn, CASE WHEN u.whole_days = 1 THEN {day:s.sent_ms + z.offset_ms} * 86400000 - v.offset_ms ELSE s.sent_ms END AS start_ms
FROM pp_draws d
JOIN pp_sends s ON s.week_day = d.week_day AND s.place = d.place
JOIN pp_units u ON u.unit_id = d.unit_id
JOIN pp_zone z ON s.sent_ms >= z.from_utc AND s.sent_ms < z.until_utc
JOIN pp_zone v ON {day:s.sent_ms + z.offset_ms} * 86400000 >= v.from_local AND {day:s.sent_ms + z.offset_ms} * 86400000 < v.until_local)"},

    // Who is a customer then and gets no message in the window. Of more than half a million customers and
    // weeks a part stands for all.
    {"pp_free", R"(
SELECT x.unit_id, x.start_ms, ROW_NUMBER() OVER (PARTITION BY x.unit_id ORDER BY x.week_day) AS n,
    ROW_NUMBER() OVER (ORDER BY x.unit_id{bytes}, x.week_day) AS id
FROM (
    SELECT d.unit_id, d.week_day, d.start_ms
    FROM pp_clocked d
    JOIN pp_units u ON u.unit_id = d.unit_id
    CROSS JOIN (SELECT 1 + {whole:a.units * b.weeks, 500000} AS thinning
        FROM (SELECT COUNT(*) AS units FROM pp_hash_of_units) a CROSS JOIN (SELECT COUNT(DISTINCT week_day) AS weeks FROM pp_sends) b) t
    WHERE {keeps_contact} AND MOD({whole64:d.drawn, 4294967296}, t.thinning) = 0
) x
JOIN pp_customer_units k ON k.unit_id = x.unit_id
LEFT JOIN (
    SELECT y.unit_id AS u, y.week_day AS w
    FROM pp_clocked y
    JOIN pp_chosen m ON m.unit_id = y.unit_id AND m.is_broadcast = 0 AND m.clock_ms >= y.start_ms AND m.clock_ms < y.start_ms + {window}
    GROUP BY y.unit_id, y.week_day
) b ON b.u = x.unit_id AND b.w = x.week_day
WHERE b.u IS NULL AND (k.begun_ms IS NULL OR k.begun_ms <= x.start_ms) AND (k.ended_ms IS NULL OR k.ended_ms > x.start_ms))"},

    {"pp_free_sequence", R"(
SELECT f.*, COUNT(*) OVER (PARTITION BY unit_id ORDER BY start_ms RANGE BETWEEN UNBOUNDED PRECEDING AND {window} - 1 FOLLOWING) + 1 AS next_n
FROM pp_free f)"},

    // Windows of a customer do not overlap.
    {"pp_untreated", R"(
WITH RECURSIVE opener AS (
    SELECT unit_id, id, start_ms, n, next_n FROM pp_free_sequence WHERE n = 1
    UNION ALL
    SELECT s.unit_id, s.id, s.start_ms, s.n, s.next_n
    FROM opener p
    JOIN pp_free_sequence s ON s.unit_id = p.unit_id AND s.n = p.next_n
)
SELECT * FROM opener)"},
}};

/// Strata: segment of the customer, contacts in the 90 days that end at start - 2W, week; months where most
/// of the messaged have nobody in their week.
constexpr std::array<SqlTable, 2> kStrata{{
    {"pp_calendar_bins", R"(
SELECT x.id, x.arm, x.state, x.segment || ' · ' || CASE WHEN x.n < 3 THEN CAST(x.n AS {text}) WHEN x.n < 6 THEN '3-5' ELSE '6+' END || ' · ' AS part,
    x.in_week, x.in_month
FROM (
    SELECT e.id, e.arm, e.state, COALESCE(u.segment, '') AS segment, e.in_week, e.in_month, COUNT(c.c) AS n
    FROM pp_labelled e
    JOIN pp_units u ON u.unit_id = e.unit_id
    LEFT JOIN pp_asked c ON c.unit_id = e.unit_id AND c.clock_ms < e.start_ms - 2 * {window} AND c.clock_ms >= e.start_ms - 2 * {window} - 7776000000
    WHERE e.population = 'calendar'
    GROUP BY e.id, e.arm, e.state, COALESCE(u.segment, ''), e.in_week, e.in_month
) x)"},

    {"pp_calendar_labelled", R"(
SELECT l.*, b.part || CASE WHEN w.covered * 2 >= w.messaged THEN b.in_week ELSE b.in_month END AS calendar_stratum
FROM pp_labelled l
JOIN pp_calendar_bins b ON b.id = l.id
CROSS JOIN (
    SELECT COALESCE(SUM(treated), 0) AS messaged, COALESCE(SUM(CASE WHEN untreated > 0 THEN treated ELSE 0 END), 0) AS covered
    FROM (
        SELECT SUM(CASE WHEN arm = 'treated' THEN 1 ELSE 0 END) AS treated, SUM(CASE WHEN arm = 'holdout' THEN 1 ELSE 0 END) AS untreated
        FROM pp_calendar_bins WHERE state = 'counted' GROUP BY part, in_week
    ) k
) w
WHERE l.population = 'calendar')"},
}};

} // namespace

void append_untreated(const SqlText& sql, std::vector<SqlStep>& steps) {
    for (const auto& step : kHashes)
        steps.push_back(sql.table(step.name, step.query));
    for (const auto& step : kUntreated)
        steps.push_back(sql.table(step.name, step.query));
}

void append_calendar_strata(const SqlText& sql, std::vector<SqlStep>& steps) {
    for (const auto& step : kStrata)
        steps.push_back(sql.table(step.name, step.query));
}

} // namespace preempt::evidence
