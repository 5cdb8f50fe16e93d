// Articles read and survey answers, in SQL: M13, M14, M15 (metrics.md 5.1 T5 and T6). In: their cleaned
// tables, messages and contacts. Out: steps, and the queries of their counts.
#include "core/evidence/sql_steps.hpp"

#include <array>

namespace preempt::evidence {
namespace {

/// A view names the message that led to it by its id, else by campaign, content or trigger: then the unit's
/// own last one before.
constexpr SqlTable kSources{"pp_view_sources", R"(
SELECT v, o FROM (
    SELECT k.v, k.o, ROW_NUMBER() OVER (PARTITION BY k.v ORDER BY k.way, k.own_unit DESC, k.sent_before DESC,
        CASE WHEN k.sent_before = 1 THEN -k.sent_ms ELSE k.sent_ms END, CASE WHEN k.way = 1 THEN k.o ELSE -k.o END) AS place
    FROM (
        SELECT x.v, m.o, m.way, m.sent_ms, CASE WHEN m.unit_id = x.unit_id THEN 1 ELSE 0 END AS own_unit,
            CASE WHEN m.sent_ms <= x.viewed_ms THEN 1 ELSE 0 END AS sent_before
        FROM pp_view_rows x
        JOIN (
            SELECT o, unit_id, sent_ms, 1 AS way, outreach_id AS named FROM pp_messages
            UNION ALL SELECT o, unit_id, sent_ms, 2, campaign FROM pp_messages
            UNION ALL SELECT o, unit_id, sent_ms, 3, content_id FROM pp_messages
            UNION ALL SELECT o, unit_id, sent_ms, 4, trigger_name FROM pp_messages
        ) m ON m.named = x.source AND (m.way = 1 OR (m.unit_id = x.unit_id AND m.sent_ms <= x.viewed_ms))
        WHERE x.unit_id IS NOT NULL
    ) k
) p
WHERE place = 1)"};

constexpr std::array<SqlTable, 5> kSteps{{
    {"pp_visits", R"(
SELECT x.v, x.unit_id, x.viewed_ms, x.topic, x.session_id, x.vote, {day:x.viewed_ms + z.offset_ms} AS d,
    CASE WHEN s.o IS NULL THEN 0 ELSE 1 END AS was_led, 0 AS is_strange
FROM pp_view_rows x
JOIN pp_units u ON u.unit_id = x.unit_id
JOIN pp_zone z ON x.viewed_ms >= z.from_utc AND x.viewed_ms < z.until_utc
LEFT JOIN pp_view_sources s ON s.v = x.v
WHERE {keeps_contact} AND {in_span:x.viewed_ms}
UNION ALL
SELECT x.v, x.unit_id, x.viewed_ms, x.topic, x.session_id, x.vote, {day:x.viewed_ms + z.offset_ms}, 0, 1
FROM pp_view_rows x
JOIN pp_zone z ON x.viewed_ms >= z.from_utc AND x.viewed_ms < z.until_utc
WHERE x.unit_id IS NULL AND {keeps_stranger} AND {in_span:x.viewed_ms})"},

    // By the id of the session; without one by a gap of 30 minutes. The last event speaks for a session.
    {"pp_sessions", R"(
SELECT unit_id, viewed_ms AS last_ms, vote, d
FROM (
    SELECT y.*, ROW_NUMBER() OVER (PARTITION BY unit_id, session_id, part ORDER BY v DESC) AS place
    FROM (
        SELECT x.*, CASE WHEN session_id IS NULL THEN SUM(is_new) OVER (PARTITION BY unit_id, session_id ORDER BY v) ELSE 0 END AS part
        FROM (
            SELECT w.*, CASE WHEN viewed_ms - LAG(viewed_ms) OVER (PARTITION BY unit_id, session_id ORDER BY v) > 1800000 THEN 1 ELSE 0 END AS is_new
            FROM pp_visits w
            WHERE is_strange = 0
        ) x
    ) y
) k
WHERE place = 1)"},

    {"pp_ended_sessions", R"(
SELECT s.d, s.is_mature, CASE WHEN s.contacts = 0 THEN 1 ELSE 0 END AS is_quiet, CASE WHEN s.contacts = 0 AND s.vote = 1 THEN 1 ELSE 0 END AS is_confirmed
FROM (
    SELECT x.unit_id, x.last_ms, x.vote, x.d, CASE WHEN x.last_ms + 86400000 <= f.coverage_end THEN 1 ELSE 0 END AS is_mature, COUNT(c.c) AS contacts
    FROM pp_sessions x
    CROSS JOIN pp_facts f
    LEFT JOIN pp_contacts c ON c.unit_id = x.unit_id AND c.created_ms >= x.last_ms AND c.created_ms < x.last_ms + 86400000
    GROUP BY x.unit_id, x.last_ms, x.vote, x.d, f.coverage_end
) s)"},

    // An answer leaves with its contact; the contact's and the message's unit stand in for an unknown one.
    {"pp_answers", R"(
SELECT y.*, COALESCE(y.own_unit, y.contact_unit, m.unit_id) AS unit_id, CASE WHEN y.o IS NOT NULL OR y.is_reply = 1 THEN 0 WHEN y.c IS NOT NULL THEN 1 ELSE 2 END AS about
FROM (
    SELECT k.*, ROW_NUMBER() OVER (PARTITION BY k.r ORDER BY CASE WHEN k.m_unit = k.own_unit THEN 0 ELSE 1 END,
        CASE WHEN k.m_sent <= k.at_ms THEN 0 ELSE 1 END, CASE WHEN k.m_sent <= k.at_ms THEN -k.m_sent ELSE k.m_sent END, k.o) AS place
    FROM (
        SELECT x.r, x.unit_id AS own_unit, x.kind_of, x.normalised, x.sent_ms AS asked_ms, CASE WHEN x.normalised IS NOT NULL THEN x.responded_ms END AS at_ms,
            x.contact_id, c.c, c.unit_id AS contact_unit, CASE WHEN p.o IS NULL THEN 0 ELSE 1 END AS is_reply, m.o, m.unit_id AS m_unit, m.sent_ms AS m_sent
        FROM pp_answer_rows x
        CROSS JOIN pp_facts f
        LEFT JOIN pp_contacts c ON c.contact_id = x.contact_id AND c.unit_id IS NOT NULL
        LEFT JOIN pp_replies p ON p.c = c.c
        LEFT JOIN (SELECT contact_id AS ticket, MAX(created_ms) AS ticket_ms FROM pp_tickets GROUP BY contact_id) t ON t.ticket = x.contact_id
        LEFT JOIN pp_messages m ON m.outreach_id = x.outreach_id
        WHERE (t.ticket IS NULL OR c.c IS NOT NULL OR t.ticket_ms >= f.stated_end) AND (x.normalised IS NOT NULL OR x.sent_ms IS NOT NULL)
    ) k
) y
LEFT JOIN pp_messages m ON m.o = y.o
WHERE y.place = 1)"},

    // Of two answers about one contact the later; who has answered was not only asked.
    {"pp_ratings", R"(
SELECT x.kind_of, x.about, COALESCE(a.arm, '') AS arm, CASE WHEN x.normalised IS NULL THEN 0 ELSE 1 END AS is_answer,
    CASE WHEN x.normalised >= 0.75 THEN 1 ELSE 0 END AS is_satisfied, x.normalised, CASE WHEN x.asked_ms IS NOT NULL OR x.normalised IS NULL THEN 1 ELSE 0 END AS was_asked,
    {day:COALESCE(x.at_ms, x.asked_ms) + z.offset_ms} AS d
FROM (
    SELECT y.*, ROW_NUMBER() OVER (PARTITION BY y.kind_of, y.contact_id, CASE WHEN y.normalised IS NULL THEN 0 ELSE 1 END ORDER BY y.at_ms DESC, y.r DESC) AS turn,
        COUNT(y.normalised) OVER (PARTITION BY y.kind_of, y.contact_id) AS answers
    FROM pp_answers y
) x
JOIN pp_zone z ON COALESCE(x.at_ms, x.asked_ms) >= z.from_utc AND COALESCE(x.at_ms, x.asked_ms) < z.until_utc
LEFT JOIN pp_units u ON u.unit_id = x.unit_id
LEFT JOIN (SELECT unit_id AS of_unit, arm, ROW_NUMBER() OVER (PARTITION BY unit_id ORDER BY a) AS place FROM pp_assignments WHERE arm IS NOT NULL) a
    ON a.of_unit = x.unit_id AND a.place = 1
WHERE (x.kind_of <> 'csat' OR x.contact_id IS NULL OR (x.normalised IS NOT NULL AND x.turn = 1) OR (x.normalised IS NULL AND x.answers = 0))
    AND ((x.unit_id IS NULL AND {keeps_stranger}) OR (x.unit_id IS NOT NULL AND {keeps_contact})) AND {in_span:COALESCE(x.at_ms, x.asked_ms)})"},
}};

constexpr SqlTable kViewers{
    "pp_viewers",
    "SELECT p.kind, p.label, COUNT(DISTINCT x.unit_id) AS n FROM pp_visits x JOIN pp_days p ON p.d = x.d "
    "WHERE x.is_strange = 0 GROUP BY p.kind, p.label"};

constexpr std::string_view kCounts = R"(
UNION ALL SELECT 'm13_pending', '', '', '', 0, COUNT(*) FROM pp_ended_sessions WHERE is_mature = 0
UNION ALL SELECT 'm13_anonymous', '', '', '', 0, COUNT(DISTINCT session_id) + SUM(CASE WHEN session_id IS NULL THEN 1 ELSE 0 END) FROM pp_visits WHERE is_strange = 1
UNION ALL SELECT 'm14_anonymous', '', '', '', SUM(is_strange), COUNT(*) FROM pp_visits
UNION ALL SELECT 'm14_helpful', '', '', '', SUM(vote), COUNT(vote) FROM pp_visits
UNION ALL SELECT 'm14_led', '', '', '', 0, SUM(was_led) FROM pp_visits
UNION ALL SELECT 'm14_viewers', '', '', '', 0, COUNT(DISTINCT unit_id) FROM pp_visits WHERE is_strange = 0
UNION ALL SELECT kind || '_m14_viewers', label, '', '', 0, n FROM pp_viewers
UNION ALL SELECT 'm14_topic', v.topic, '', '', COALESCE(MAX(k.n), 0), COUNT(*)
    FROM pp_visits v LEFT JOIN (SELECT topic AS t, COUNT(*) AS n FROM pp_identified WHERE topic IS NOT NULL GROUP BY topic) k ON k.t = v.topic
    WHERE v.topic IS NOT NULL GROUP BY v.topic
UNION ALL SELECT 'm15_asked', kind_of, CAST(about AS {text}), arm, 0, SUM(was_asked) FROM pp_ratings GROUP BY kind_of, about, arm
UNION ALL SELECT 'm15_answers', kind_of, CAST(about AS {text}), arm, SUM(is_satisfied), SUM(is_answer) FROM pp_ratings GROUP BY kind_of, about, arm
UNION ALL SELECT 'm15_promoters', kind_of, CAST(about AS {text}), arm, SUM(CASE WHEN normalised >= 0.8999 THEN 1 ELSE 0 END), SUM(is_answer)
    FROM pp_ratings WHERE kind_of = 'nps' GROUP BY kind_of, about, arm
UNION ALL SELECT 'm15_detractors', kind_of, CAST(about AS {text}), arm, SUM(CASE WHEN normalised <= 0.6001 THEN 1 ELSE 0 END), SUM(is_answer)
    FROM pp_ratings WHERE kind_of = 'nps' GROUP BY kind_of, about, arm)";

constexpr std::string_view kDated = R"(
UNION ALL SELECT 'm13_potential', '', d, 1, SUM(is_quiet), COUNT(*) FROM pp_ended_sessions WHERE is_mature = 1 GROUP BY d
UNION ALL SELECT 'm13_confirmed', '', d, 1, SUM(is_confirmed), COUNT(*) FROM pp_ended_sessions WHERE is_mature = 1 GROUP BY d
UNION ALL SELECT 'm14_views', '', d, 0, 0, COUNT(*) FROM pp_visits GROUP BY d
UNION ALL SELECT 'm15_satisfied', CAST(about AS {text}), d, 0, SUM(is_satisfied), COUNT(*) FROM pp_ratings
    WHERE kind_of = 'csat' AND is_answer = 1 GROUP BY CAST(about AS {text}), d)";

} // namespace

void append_view_sources(const SqlText& sql, std::vector<SqlStep>& steps) {
    steps.push_back(sql.table(kSources.name, kSources.query));
}

void append_survey_counts(const SqlText& sql, SqlCounts& counts, std::vector<SqlStep>& steps) {
    for (const auto& step : kSteps)
        steps.push_back(sql.table(step.name, step.query));
    counts.by_period.push_back(kViewers);
    counts.queries += kCounts;
    counts.dated += kDated;
    counts.days += "\nUNION SELECT d FROM pp_visits\nUNION SELECT d FROM pp_ended_sessions\nUNION SELECT d "
                   "FROM pp_ratings";
}

} // namespace preempt::evidence
