// Episodes in SQL (metrics.md 5.5.1 to 5.5.8). Rows of a log join an episode while they start before its
// window ends; which row opens the next one is a chain from opener to opener, walked by a recursive query.
#include "core/evidence/sql_steps.hpp"

#include <array>

namespace preempt::evidence {
namespace {

constexpr std::array<SqlTable, 11> kSteps{{
    // Every log that makes episodes, as rows of one shape. part: rows join only inside it. by_time: messages
    // joined whatever their topic and by their own times, for M23.
    {"pp_rows", R"(
SELECT 'messages' AS population, unit_id, {topic_part} AS part, o AS id, clock_ms, 'treated' AS arm, topic, trigger_name, type_of, {v}, variant_of
FROM pp_chosen WHERE is_broadcast = 0
UNION ALL
SELECT 'single_messages', unit_id, {topic_part}, o, clock_ms, 'treated', topic, trigger_name, type_of, {v}, variant_of
FROM pp_chosen WHERE is_broadcast = 0
UNION ALL
SELECT 'broadcasts', unit_id, {topic_part}, o, clock_ms, 'treated', topic, trigger_name, type_of, {v}, variant_of
FROM pp_chosen WHERE is_broadcast = 1
UNION ALL
SELECT 'by_time', unit_id, '', o, sent_ms, 'treated', NULL, trigger_name, type_of, {v}, variant_of
FROM pp_chosen WHERE is_broadcast = 0
UNION ALL
SELECT 'calendar', unit_id, '', o, clock_ms, 'treated', NULL, trigger_name, type_of, {v}, variant_of
FROM pp_chosen CROSS JOIN (SELECT COUNT(*) AS listed FROM pp_customer_rows) q WHERE is_broadcast = 0 AND q.listed > 0
UNION ALL
SELECT 'assignments', unit_id, experiment, a, clock_ms, arm, NULL, trigger_name, type_of, {v}, variant_of
FROM pp_placed
WHERE arm IS NOT NULL)"},

    // next_n: the first row that lies at or behind the end of a window that this row would open.
    {"pp_sequence", R"(
SELECT population, unit_id, part, id, clock_ms, n,
    CASE WHEN population IN ('single_messages', 'broadcasts') THEN n + 1 ELSE within + 1 END AS next_n
FROM (
    SELECT r.*, ROW_NUMBER() OVER (PARTITION BY population, unit_id, part ORDER BY id) AS n,
        COUNT(*) OVER (PARTITION BY population, unit_id, part ORDER BY clock_ms
            RANGE BETWEEN UNBOUNDED PRECEDING AND {window} - 1 FOLLOWING) AS within
    FROM pp_rows r
) x)"},

    {"pp_openers", R"(
WITH RECURSIVE opener AS (
    SELECT population, unit_id, part, id, n, next_n FROM pp_sequence WHERE n = 1
    UNION ALL
    SELECT s.population, s.unit_id, s.part, s.id, s.n, s.next_n
    FROM opener p
    JOIN pp_sequence s ON s.population = p.population AND s.unit_id = p.unit_id AND s.part = p.part AND s.n = p.next_n
)
SELECT * FROM opener)"},

    // Signals and eligible moments without an arm; names_o is the message that a signal names (T7).
    {"pp_signalled", R"(
SELECT a.a, a.unit_id, a.at_ms, a.clock_ms, a.trigger_name, a.topic AS signal_topic, a.resolved_ms, n.o AS names_o, a.type_of, {v_of_a}
FROM pp_placed a
LEFT JOIN pp_signal_names n ON n.a = a.a
WHERE a.arm IS NULL)"},

    // Treated: messages with the clock and the trigger of their signal. Untreated: signals with no message of
    // any kind to the unit in the window.
    {"pp_matched_rows", R"(
SELECT 'treated' AS arm, x.*, ROW_NUMBER() OVER (PARTITION BY unit_id ORDER BY id) AS n
FROM (
    SELECT m.o AS id, m.unit_id, COALESCE(s.clock_ms, m.clock_ms) AS clock_ms,
        CASE WHEN s.o IS NULL THEN m.trigger_name ELSE s.trigger_name END AS trigger_name, m.type_of, {v_of_m},
        m.sent_ms - s.at_ms AS lag_ms
    FROM pp_chosen m
    CROSS JOIN (SELECT COUNT(*) AS signals FROM pp_assignments WHERE arm IS NULL) q
    LEFT JOIN pp_answers s ON s.o = m.o
    WHERE m.is_broadcast = 0 AND q.signals > 0
) x
UNION ALL
SELECT 'holdout', y.*, ROW_NUMBER() OVER (PARTITION BY unit_id ORDER BY id)
FROM (
    SELECT s.a AS id, s.unit_id, s.clock_ms, s.trigger_name, s.type_of, {v_of_s}, CAST(NULL AS {int}) AS lag_ms
    FROM pp_signalled s
    LEFT JOIN (
        SELECT k.a FROM pp_signalled k
        JOIN pp_chosen m ON m.unit_id = k.unit_id AND m.is_broadcast = 0 AND m.clock_ms >= k.clock_ms AND m.clock_ms < k.clock_ms + {window}
        GROUP BY k.a
    ) t ON t.a = s.a
    WHERE t.a IS NULL
) y)"},

    // Starts need not ascend here: the next opener is the first row, in the order of the log, behind the
    // window.
    {"pp_matched", R"(
WITH RECURSIVE chain AS (
    SELECT r.arm, r.unit_id, r.id, r.n, COALESCE(MIN(l.n), MAX(e.past_n)) AS next_n
    FROM pp_matched_rows r
    JOIN (SELECT arm, unit_id, MAX(n) + 1 AS past_n FROM pp_matched_rows GROUP BY arm, unit_id) e ON e.arm = r.arm AND e.unit_id = r.unit_id
    LEFT JOIN pp_matched_rows l ON l.arm = r.arm AND l.unit_id = r.unit_id AND l.n > r.n AND l.clock_ms >= r.clock_ms + {window}
    GROUP BY r.arm, r.unit_id, r.id, r.n
), opener AS (
    SELECT arm, unit_id, id, n, next_n FROM chain WHERE n = 1
    UNION ALL
    SELECT s.arm, s.unit_id, s.id, s.n, s.next_n
    FROM opener p
    JOIN chain s ON s.arm = p.arm AND s.unit_id = p.unit_id AND s.n = p.next_n
)
SELECT * FROM opener)"},

    // topic: the scope of the episode, null = all. The arms are compared over all topics (A08).
    {"pp_episodes", R"(
SELECT p.population, p.unit_id, p.part, p.id, p.n, p.next_n, p.next_n - p.n AS dose, r.clock_ms AS start_ms, r.arm,
    CASE WHEN p.population = 'assignments' OR p.part = '' THEN NULL ELSE p.part END AS topic, r.trigger_name, r.type_of, {v_of_r},
    r.variant_of, CASE WHEN p.population = 'messages' THEN r.clock_ms - l.clock_ms END AS lag_ms
FROM pp_openers p
JOIN pp_rows r ON r.population = p.population AND r.id = p.id
LEFT JOIN pp_late_answers l ON p.population = 'messages' AND l.o = p.id
WHERE p.population <> 'by_time'
UNION ALL
SELECT 'matched', p.unit_id, '', CASE WHEN p.arm = 'treated' THEN p.id ELSE -p.id END, p.n, p.next_n,
    CASE WHEN p.arm = 'treated' THEN p.next_n - p.n ELSE 1 END, r.clock_ms, p.arm, NULL, r.trigger_name, r.type_of, {v_of_r}, NULL, r.lag_ms
FROM pp_matched p
JOIN pp_matched_rows r ON r.arm = p.arm AND r.id = p.id
UNION ALL
SELECT 'calendar', unit_id, '', -id, n, next_n, 1, start_ms, 'holdout', NULL, NULL, NULL, {v_null}, NULL, NULL
FROM pp_untreated)"},

    // Not pre-emptive: a contact in scope shortly before, or one still open (5.5.4).
    {"pp_reactive", R"(
SELECT e.population, e.id
FROM pp_episodes e
JOIN pp_asked c ON c.unit_id = e.unit_id
WHERE c.clock_ms < e.start_ms
    AND (e.topic IS NULL OR c.topic IS NULL OR c.topic = e.topic)
    AND (c.clock_ms >= e.start_ms - {window} OR CASE WHEN c.closed_ms IS NULL THEN c.is_open WHEN c.closed_ms > e.start_ms THEN 1 ELSE 0 END = 1)
GROUP BY e.population, e.id)"},

    // Which message stands in which episode.
    {"pp_members", R"(
SELECT s.population, s.id AS o, e.id
FROM pp_sequence s
JOIN pp_episodes e ON e.population = s.population AND e.unit_id = s.unit_id AND e.part = s.part AND s.n >= e.n AND s.n < e.next_n
WHERE s.population IN ('messages', 'single_messages', 'broadcasts'))"},

    // Contacts in windows. One that names the message it answers belongs to that message's episode; any other
    // to the unit's episode whose window holds it, once: of overlapping ones (topic scope) that of its topic,
    // else the latest, else the smaller outreach id (5.5.6). Single messages and broadcasts each count what
    // followed them; arms count every contact of the unit.
    {"pp_outcomes", R"(
SELECT population, id, COUNT(*) AS contacts, MIN(delay_ms) AS first_delay, SUM(escalated) AS escalated,
    MIN(CASE WHEN escalated = 1 THEN delay_ms END) AS first_escalation
FROM (
    SELECT b.population, b.id, c.created_x - e.start_ms AS delay_ms, c.escalated
    FROM (
        SELECT k.c, k.reply_o, k.escalated, CASE WHEN u.whole_days = 1 THEN k.created_day_ms ELSE k.created_ms END AS created_x
        FROM pp_asked k
        JOIN pp_chosen m ON m.o = k.reply_o
        JOIN pp_units u ON u.unit_id = m.unit_id
    ) c
    JOIN pp_members b ON b.o = c.reply_o
    JOIN pp_episodes e ON e.population = b.population AND e.id = b.id
    WHERE c.created_x >= e.start_ms AND c.created_x < e.start_ms + {window}
    UNION ALL
    SELECT population, id, delay_ms, escalated
    FROM (
        SELECT e.population, e.id, c.clock_ms - e.start_ms AS delay_ms, c.escalated,
            ROW_NUMBER() OVER (PARTITION BY e.population, c.c
                ORDER BY CASE WHEN e.topic = c.topic THEN 0 ELSE 1 END, e.start_ms DESC, e.id) AS place
        FROM pp_episodes e
        JOIN pp_asked c ON c.unit_id = e.unit_id AND c.clock_ms >= e.start_ms AND c.clock_ms < e.start_ms + {window}
        WHERE (e.topic IS NULL OR c.topic IS NULL OR c.topic = e.topic)
            AND (c.reply_o IS NULL OR e.population IN ('assignments', 'matched', 'calendar'))
    ) w
    WHERE place = 1 OR population <> 'messages'
) x
GROUP BY population, id)"},

    // Induced (M08): an answer to a message of the episode, or a contact on a message's topic within 24 h.
    // Noted (5.5.12): a good outcome, or a reply or completion inside the window.
    {"pp_notes", R"(
SELECT population, id, MAX(induced) AS induced, MAX(noted) AS noted
FROM (
    SELECT b.population, b.id, 1 AS induced, 0 AS noted
    FROM pp_asked c
    JOIN pp_members b ON b.o = c.reply_o
    UNION ALL
    SELECT b.population, b.id, 1, 0
    FROM pp_members b
    JOIN pp_chosen m ON m.o = b.o
    JOIN pp_asked c ON c.unit_id = m.unit_id AND c.topic = m.topic AND c.clock_ms >= m.clock_ms AND c.clock_ms < m.clock_ms + 86400000
    UNION ALL
    SELECT b.population, b.id, 0, 1
    FROM pp_members b
    JOIN pp_chosen m ON m.o = b.o
    JOIN pp_episodes e ON e.population = b.population AND e.id = b.id
    WHERE {fold:m.outcome} IN ('positive', 'resolved')
        OR (m.confirmed_ms >= e.start_ms AND m.confirmed_ms < e.start_ms + {window} AND COALESCE({fold:m.outcome}, '') <> 'negative')
    UNION ALL
    SELECT e.population, e.id, 0, 1
    FROM pp_episodes e
    JOIN pp_units u ON u.unit_id = e.unit_id
    JOIN (
        SELECT r.unit_id, r.viewed_ms, {day:r.viewed_ms + z.offset_ms} * 86400000 - y.offset_ms AS viewed_day_ms
        FROM pp_view_rows r
        JOIN pp_zone z ON r.viewed_ms >= z.from_utc AND r.viewed_ms < z.until_utc
        JOIN pp_zone y ON {day:r.viewed_ms + z.offset_ms} * 86400000 >= y.from_local AND {day:r.viewed_ms + z.offset_ms} * 86400000 < y.until_local
        WHERE r.vote = 1
    ) v ON v.unit_id = e.unit_id
    WHERE e.population IN ('messages', 'single_messages', 'broadcasts')
        AND CASE WHEN u.whole_days = 1 THEN v.viewed_day_ms ELSE v.viewed_ms END >= e.start_ms
        AND CASE WHEN u.whole_days = 1 THEN v.viewed_day_ms ELSE v.viewed_ms END < e.start_ms + {window}
) x
GROUP BY population, id)"},
}};

constexpr SqlTable kJudged{"pp_judged", R"(
SELECT e.population, e.id, e.topic, e.unit_id, e.part, e.start_ms, e.arm, e.dose, COALESCE(e.trigger_name, '') AS trigger_name,
    COALESCE(e.type_of, '') AS type_of, {by_label} AS by_value, COALESCE(u.segment, '') AS segment,
    CASE WHEN x.arms > 1 THEN 'dropped'
         WHEN r.id IS NOT NULL THEN 'reactive'
         WHEN u.churned_ms < e.start_ms + {window} THEN 'censored'
         WHEN f.coverage_end IS NULL OR e.start_ms + {window} > f.coverage_end THEN 'pending'
         ELSE 'counted' END AS state,
    CASE WHEN e.start_ms - {window} < f.coverage_start THEN 1 ELSE 0 END AS truncated,
    CASE WHEN e.start_ms - 2 * {window} < f.coverage_start THEN 1 ELSE 0 END AS placebo_truncated,
    COALESCE(o.contacts, 0) AS contacts, o.first_delay, COALESCE(o.escalated, 0) AS escalated, o.first_escalation,
    COALESCE(n.induced, 0) AS induced, CASE WHEN o.contacts IS NULL THEN COALESCE(n.noted, 0) ELSE 0 END AS confirmed,
    COALESCE(d.delivered, 0) AS delivered, COALESCE(b.contacts, 0) AS placebo, e.lag_ms,
    CASE WHEN e.arm = 'treated' THEN COALESCE(e.variant_of, d.variant_of) END AS variant_of,
    ROW_NUMBER() OVER (PARTITION BY e.population, e.unit_id ORDER BY e.id) AS place, u.whole_days,
    {day:e.start_ms + z.offset_ms} AS start_day, e.start_ms + z.offset_ms AS local_ms
FROM pp_episodes e
JOIN pp_units u ON u.unit_id = e.unit_id
JOIN pp_zone z ON e.start_ms >= z.from_utc AND e.start_ms < z.until_utc
CROSS JOIN pp_facts f
LEFT JOIN pp_reactive r ON r.population = e.population AND r.id = e.id
LEFT JOIN pp_outcomes o ON o.population = e.population AND o.id = e.id
LEFT JOIN pp_notes n ON n.population = e.population AND n.id = e.id
LEFT JOIN pp_reached d ON d.population = e.population AND d.id = e.id
LEFT JOIN pp_placebo b ON b.population = e.population AND b.id = e.id
LEFT JOIN (
    SELECT unit_id, experiment, COUNT(DISTINCT arm) AS arms FROM pp_placed WHERE arm IS NOT NULL GROUP BY unit_id, experiment
) x ON e.population = 'assignments' AND x.unit_id = e.unit_id AND x.experiment = e.part
WHERE {in_span:e.start_ms})"};

/// Negative control: contacts in [start - 2W, start - W), which no message can have caused.
constexpr SqlTable kPlacebo{"pp_placebo", R"(
SELECT e.population, e.id, COUNT(*) AS contacts
FROM pp_episodes e
JOIN pp_asked c ON c.unit_id = e.unit_id AND c.clock_ms >= e.start_ms - 2 * {window} AND c.clock_ms < e.start_ms - {window}
WHERE e.population IN ('assignments', 'matched', 'calendar')
GROUP BY e.population, e.id)"};

/// Episodes in which a message reached the unit: one of the episode's own, of an assignment any targeted one
/// in its window; of the first such message also the variant.
constexpr SqlTable kReached{"pp_reached", R"(
SELECT population, id, MAX(delivered) AS delivered, MAX(CASE WHEN place = 1 THEN variant_of END) AS variant_of
FROM (
    SELECT e.population, e.id, CASE WHEN m.bounced_ms IS NULL THEN 1 ELSE 0 END AS delivered, m.variant_of,
        ROW_NUMBER() OVER (PARTITION BY e.population, e.id ORDER BY m.o) AS place
    FROM pp_episodes e
    JOIN pp_chosen m ON m.unit_id = e.unit_id AND m.clock_ms >= e.start_ms AND m.clock_ms < e.start_ms + {window}
    WHERE e.population = 'assignments' AND m.is_broadcast = 0
    UNION ALL
    SELECT b.population, b.id, CASE WHEN m.bounced_ms IS NULL THEN 1 ELSE 0 END, NULL, 0
    FROM pp_members b
    JOIN pp_chosen m ON m.o = b.o
) x
GROUP BY population, id)"};

/// The signal that a message answers, at most `within` before it: the last that names it, else the last of
/// its trigger that names none.
SqlStep answers(const SqlText& sql, std::string_view name, std::string_view within) {
    return sql.table(name, R"(
SELECT o, a, at_ms, clock_ms, trigger_name FROM (
    SELECT m.o, s.a, s.at_ms, s.clock_ms, s.trigger_name, ROW_NUMBER() OVER (PARTITION BY m.o
        ORDER BY CASE WHEN s.names_o = m.o THEN 0 ELSE 1 END, s.a DESC) AS place
    FROM pp_chosen m
    JOIN pp_signalled s ON s.unit_id = m.unit_id
    WHERE m.is_broadcast = 0 AND s.clock_ms <= m.clock_ms AND m.clock_ms < s.clock_ms + )" +
                               std::string(within) + R"(
        AND (s.names_o = m.o OR (s.names_o IS NULL
            AND (s.trigger_name IS NULL OR m.trigger_name IS NULL OR s.trigger_name = m.trigger_name)))
) x
WHERE place = 1)");
}

} // namespace

void append_episodes(const SqlText& sql, std::vector<SqlStep>& steps) {
    for (const auto& step : kSteps) {
        steps.push_back(sql.table(step.name, step.query));
        if (step.name != "pp_signalled") continue;
        steps.push_back(answers(sql, "pp_answers", "{window}"));
        steps.push_back(answers(sql, "pp_late_answers", "2419200000")); // 28 days
    }
    for (const auto& step : {kPlacebo, kReached, kJudged})
        steps.push_back(sql.table(step.name, step.query));
}

} // namespace preempt::evidence
