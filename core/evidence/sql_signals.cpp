// Signals and what came of them, in SQL: M07, M19, M21 to M23, U of the metric tree, the playbook, D04. In:
// signals, messages and contacts that the question's filters keep. Out: steps, and the queries of their
// counts. These count by the rows' own times; windows of whole days are for episodes (5.5.3).
#include "core/evidence/sql_steps.hpp"

#include <array>

namespace preempt::evidence {
namespace {

constexpr std::array<SqlTable, 7> kSteps{{
    // Contacts of known units in the span.
    {"pp_identified", R"(
SELECT x.c, x.unit_id, x.person, x.created_ms, x.topic, {day:x.created_ms + z.offset_ms} AS d, {unit_label} AS by_value,
    CASE WHEN x.closed_ms > x.created_ms THEN x.closed_ms ELSE x.created_ms END AS anchor_ms, x.reopened_ms,
    {number:x.handle_minutes} AS handle_minutes, x.induced_reason, CASE WHEN r.o IS NULL THEN 0 ELSE 1 END AS is_answer
FROM pp_contacts x
JOIN pp_units u ON u.unit_id = x.unit_id
JOIN pp_zone z ON x.created_ms >= z.from_utc AND x.created_ms < z.until_utc
LEFT JOIN pp_replies r ON r.c = x.c
WHERE {keeps_contact} AND {in_span:x.created_ms})"},

    // The message that answers a signal: the one that it names, else the first targeted one in [fired, fired
    // + W).
    {"pp_fired", R"(
SELECT x.a, x.unit_id, x.at_ms, x.trigger_name, x.signal_topic, x.mature, x.d, x.answered_ms,
    CASE WHEN x.resolved_ms < x.at_ms + {window} AND (x.answered_ms IS NULL OR x.resolved_ms < x.answered_ms)
         THEN x.resolved_ms ELSE x.answered_ms END AS helped_ms
FROM (
    SELECT s.a, s.unit_id, s.at_ms, s.trigger_name, s.signal_topic, s.resolved_ms, {day:s.at_ms + z.offset_ms} AS d,
        CASE WHEN s.at_ms + {window} <= f.coverage_end THEN 1 ELSE 0 END AS mature,
        CASE WHEN n.sent_ms >= s.at_ms THEN n.sent_ms ELSE t.sent_ms END AS answered_ms
    FROM pp_signalled s
    CROSS JOIN pp_facts f
    JOIN pp_zone z ON s.at_ms >= z.from_utc AND s.at_ms < z.until_utc
    LEFT JOIN pp_messages n ON n.o = s.names_o
    LEFT JOIN (
        SELECT k.a, MIN(m.sent_ms) AS sent_ms
        FROM pp_signalled k
        JOIN pp_chosen m ON m.unit_id = k.unit_id AND m.is_broadcast = 0 AND m.sent_ms >= k.at_ms AND m.sent_ms < k.at_ms + {window}
        GROUP BY k.a
    ) t ON t.a = s.a
    WHERE {in_span:s.at_ms}
) x)"},

    {"pp_after_signals", R"(
SELECT s.a, MIN(c.created_ms) AS first_ms,
    MIN(CASE WHEN s.signal_topic IS NULL OR c.topic IS NULL OR s.signal_topic = c.topic THEN c.created_ms END) AS on_topic_ms
FROM pp_fired s
JOIN pp_contacts c ON c.unit_id = s.unit_id AND c.created_ms >= s.at_ms AND c.created_ms < s.at_ms + {window}
WHERE s.mature = 1
GROUP BY s.a)"},

    // Of each contact: had a signal fired in the H before, and had anybody acted on it?
    {"pp_foretold", R"(
SELECT x.c, MAX(CASE WHEN m.o IS NULL THEN 0 ELSE 1 END) AS acted
FROM pp_identified x
JOIN pp_signalled s ON s.unit_id = x.unit_id AND s.at_ms < x.created_ms AND s.at_ms >= x.created_ms - {lookback}
LEFT JOIN pp_chosen m ON m.unit_id = x.unit_id AND m.is_broadcast = 0 AND m.sent_ms >= s.at_ms AND m.sent_ms <= x.created_ms
GROUP BY x.c)"},

    {"pp_foreseen", R"(
SELECT x.c, x.d, x.by_value, CASE WHEN s.c IS NULL THEN 0 ELSE 1 END AS signalled,
    CASE WHEN s.acted = 0 THEN 1 ELSE 0 END AS unacted, CASE WHEN t.c IS NULL THEN 0 ELSE 1 END AS messaged
FROM pp_identified x
LEFT JOIN pp_foretold s ON s.c = x.c
LEFT JOIN (
    SELECT k.c FROM pp_identified k
    JOIN pp_chosen m ON m.unit_id = k.unit_id AND m.is_broadcast = 0 AND m.topic = k.topic AND m.sent_ms <= k.created_ms
        AND m.sent_ms > k.created_ms - {window}
    GROUP BY k.c
) t ON t.c = x.c)"},

    // M23. Where signals are known at all.
    {"pp_by_time", R"(
SELECT p.unit_id, p.id, p.n, p.next_n, r.clock_ms AS start_ms
FROM pp_openers p
JOIN pp_rows r ON r.population = 'by_time' AND r.id = p.id
CROSS JOIN (SELECT COUNT(*) AS signals FROM pp_assignments WHERE arm IS NULL) q
WHERE p.population = 'by_time' AND q.signals > 0 AND {in_span:r.clock_ms})"},

    // The person whose contact came first, of an account's episode.
    {"pp_first_person", R"(
SELECT id, MAX(was_messaged) AS was_messaged
FROM (
    SELECT e.id, CASE WHEN m.person = e.person THEN 1 ELSE 0 END AS was_messaged
    FROM (
        SELECT b.id, b.unit_id, b.n, b.next_n, c.person, ROW_NUMBER() OVER (PARTITION BY b.id ORDER BY c.c) AS place
        FROM pp_by_time b
        JOIN pp_contacts c ON c.unit_id = b.unit_id AND c.created_ms >= b.start_ms AND c.created_ms < b.start_ms + {window} AND c.person IS NOT NULL
        WHERE {is_account} = 1
    ) e
    JOIN pp_sequence s ON s.population = 'by_time' AND s.unit_id = e.unit_id AND s.n >= e.n AND s.n < e.next_n
    JOIN pp_chosen m ON m.o = s.id
    WHERE e.place = 1
) x
GROUP BY id)"},
}};

/// The trigger's most frequent owner and content; of equals the first by text.
constexpr SqlTable kPlays{"pp_plays", R"(
SELECT name, trigger_name, label FROM (
    SELECT k.name, k.trigger_name, k.label, ROW_NUMBER() OVER (PARTITION BY k.name, k.trigger_name ORDER BY k.n DESC, k.label{bytes}) AS place
    FROM (
        SELECT 'play_owner' AS name, trigger_name, owner_id AS label, COUNT(*) AS n FROM pp_load
        WHERE is_broadcast = 0 AND trigger_name IS NOT NULL AND owner_id IS NOT NULL GROUP BY trigger_name, owner_id
        UNION ALL
        SELECT 'play_content', trigger_name, content_id, COUNT(*) FROM pp_load
        WHERE is_broadcast = 0 AND trigger_name IS NOT NULL AND content_id IS NOT NULL GROUP BY trigger_name, content_id
    ) k
) x
WHERE place = 1)"};

constexpr std::string_view kCounts = R"(
UNION ALL SELECT 'm07_helped_first', '', '', '', COALESCE(SUM(CASE WHEN s.helped_ms < s.at_ms + {window}
        AND (k.on_topic_ms IS NULL OR k.on_topic_ms > s.helped_ms) THEN 1 ELSE 0 END), 0), COUNT(*)
    FROM pp_fired s LEFT JOIN pp_after_signals k ON k.a = s.a WHERE s.mature = 1
UNION ALL SELECT 'm07_acted', '', '', '', COUNT(answered_ms), COUNT(*) FROM pp_fired
UNION ALL SELECT 'm07_pending', '', '', '', 0, COUNT(*) FROM pp_fired WHERE mature = 0
UNION ALL SELECT 'm21_minutes', '', CAST({minute:k.first_ms - s.at_ms} AS {text}), '', 0, COUNT(*)
    FROM pp_fired s JOIN pp_after_signals k ON k.a = s.a WHERE s.answered_ms IS NULL GROUP BY CAST({minute:k.first_ms - s.at_ms} AS {text})
UNION ALL SELECT 'm22_in_a_day', '', '', '', COALESCE(SUM(CASE WHEN answered_ms - at_ms < 86400000 THEN 1 ELSE 0 END), 0), COUNT(*)
    FROM pp_fired WHERE answered_ms IS NOT NULL
UNION ALL SELECT 'm23_signal', '', '', '', COALESCE(SUM(CASE WHEN s.id IS NULL THEN 0 ELSE 1 END), 0), COUNT(*)
    FROM pp_by_time b LEFT JOIN (
        SELECT e.id FROM pp_by_time e
        JOIN pp_signalled k ON k.unit_id = e.unit_id AND k.at_ms <= e.start_ms AND k.at_ms >= e.start_ms - {lookback}
        GROUP BY e.id
    ) s ON s.id = b.id
UNION ALL SELECT 'm23_person', '', '', '', COALESCE(SUM(was_messaged), 0), COUNT(*) FROM pp_first_person
UNION ALL SELECT 'm19_coverage', '', '', '', COALESCE(SUM(signalled), 0), COUNT(*)
    FROM pp_foreseen CROSS JOIN (SELECT COUNT(*) AS signals FROM pp_assignments WHERE arm IS NULL) q WHERE q.signals > 0
UNION ALL SELECT 'tree_unacted', '', '', '', COALESCE(SUM(unacted), 0), COUNT(*)
    FROM pp_foreseen CROSS JOIN (SELECT COUNT(*) AS signals FROM pp_assignments WHERE arm IS NULL) q WHERE q.signals > 0
UNION ALL SELECT 'play_fired', trigger_name, '', '', COUNT(answered_ms), COUNT(*) FROM pp_fired WHERE trigger_name IS NOT NULL GROUP BY trigger_name
UNION ALL SELECT 'play_messages', trigger_name, '', '', 0, COUNT(*) FROM pp_load
    WHERE is_broadcast = 0 AND trigger_name IS NOT NULL GROUP BY trigger_name
UNION ALL SELECT name, trigger_name, label, '', 0, 1 FROM pp_plays
UNION ALL SELECT 'play_covered', t.trigger_name, '', '', COALESCE(MAX(k.n), 0), MAX(q.n)
    FROM (
        SELECT trigger_name FROM pp_fired WHERE trigger_name IS NOT NULL
        UNION SELECT trigger_name FROM pp_load WHERE is_broadcast = 0 AND trigger_name IS NOT NULL
    ) t
    CROSS JOIN (SELECT COUNT(*) AS n FROM pp_identified) q
    LEFT JOIN (
        SELECT s.trigger_name AS of_trigger, COUNT(DISTINCT x.c) AS n
        FROM pp_identified x
        JOIN pp_signalled s ON s.unit_id = x.unit_id AND s.at_ms < x.created_ms AND s.at_ms >= x.created_ms - {lookback}
        GROUP BY s.trigger_name
    ) k ON k.of_trigger = t.trigger_name
    GROUP BY t.trigger_name
UNION ALL SELECT 'tree_by', by_value, '', '', SUM(unacted), COUNT(*) FROM pp_foreseen WHERE by_value IS NOT NULL GROUP BY by_value
UNION ALL SELECT p.kind || '_tree_by', p.label, x.by_value, '', SUM(x.unacted), COUNT(*)
    FROM pp_foreseen x JOIN pp_days p ON p.d = x.d
    WHERE x.by_value IS NOT NULL AND p.kind IN ('month', 'quarter') GROUP BY p.kind, p.label, x.by_value)";

constexpr std::string_view kDated = R"(
UNION ALL SELECT 'm22_minutes', CAST({minute:answered_ms - at_ms} AS {text}), d, 1, 0, COUNT(*)
    FROM pp_fired WHERE answered_ms IS NOT NULL GROUP BY CAST({minute:answered_ms - at_ms} AS {text}), d
UNION ALL SELECT 'tree_signalled', '', d, 0, SUM(signalled), COUNT(*) FROM pp_foreseen GROUP BY d
UNION ALL SELECT 'tree_unacted', '', d, 0, SUM(unacted), COUNT(*) FROM pp_foreseen GROUP BY d
UNION ALL SELECT 'd04_on_topic', '', d, 0, SUM(messaged), COUNT(*) FROM pp_foreseen GROUP BY d)";

} // namespace

void append_signal_counts(const SqlText& sql, SqlCounts& counts, std::vector<SqlStep>& steps) {
    for (const auto& step : kSteps)
        steps.push_back(sql.table(step.name, step.query));
    steps.push_back(sql.table(kPlays.name, kPlays.query));
    counts.queries += kCounts;
    counts.dated += kDated;
    counts.days += "\nUNION SELECT d FROM pp_identified\nUNION SELECT d FROM pp_fired";
}

} // namespace preempt::evidence
