// Counts beside the cells, in SQL: volume (M01, M09), engagement (M02), claims (M03), first responses (M16),
// leaving (M17), the design of the experiments, the span of the known contacts. One row a count: part of
// whole, by label and second label, in the columns of the cells table (cells_table.hpp).
#include "core/evidence/sql_steps.hpp"

#include <array>

namespace preempt::evidence {
namespace {

struct Step {
    std::string_view name, query;
};

constexpr std::array<Step, 4> kSteps{{
    // Contacts in scope, of known people and of others; with a filter on customers of those who pass.
    {"pp_volume", R"(
SELECT x.c, x.unit_id, x.created_ms, x.first_response_ms, {day:x.created_ms + z.offset_ms} AS d
FROM pp_contacts x
JOIN pp_zone z ON x.created_ms >= z.from_utc AND x.created_ms < z.until_utc
LEFT JOIN pp_units u ON u.unit_id = x.unit_id
WHERE {keeps_contact} AND {in_span:x.created_ms})"},

    // 5.5.9. Eligible: listed as such or assigned to be contacted; without such a list, whoever was messaged.
    {"pp_eligible", R"(
SELECT x.unit_id, x.eligible_ms
FROM (
    SELECT unit_id, COALESCE(eligible_ms, at_ms) AS eligible_ms, ROW_NUMBER() OVER (PARTITION BY unit_id ORDER BY a) AS place
    FROM pp_placed
    WHERE is_signal = 0 AND COALESCE(arm, '') <> 'holdout'
) x
CROSS JOIN (SELECT COUNT(*) AS listed FROM pp_exposure) l
CROSS JOIN pp_balance b
WHERE x.place = 1 AND l.listed > 0 AND b.adds_treated = 0
UNION ALL
SELECT y.unit_id, MIN(y.sent_ms)
FROM pp_chosen y
CROSS JOIN (SELECT COUNT(*) AS listed FROM pp_exposure) l
CROSS JOIN pp_balance b
WHERE y.is_broadcast = 0 AND (l.listed = 0 OR b.adds_treated = 1)
GROUP BY y.unit_id)"},

    // Engaged: the first click, reply or completion in 30 days; a contact by then came first.
    {"pp_engaged", R"(
SELECT e.unit_id, MAX(e.is_mature) AS is_mature, MAX(e.engaged_ms) AS engaged_ms,
    MAX(CASE WHEN c.created_ms <= e.engaged_ms THEN 1 ELSE 0 END) AS contacted_first
FROM (
    SELECT x.unit_id, x.eligible_ms, MAX(CASE WHEN x.eligible_ms + 2592000000 <= f.coverage_end THEN 1 ELSE 0 END) AS is_mature,
        MIN(m.engaged_ms) AS engaged_ms
    FROM pp_eligible x
    CROSS JOIN pp_facts f
    LEFT JOIN pp_chosen m ON m.unit_id = x.unit_id AND m.engaged_ms >= x.eligible_ms AND m.engaged_ms < x.eligible_ms + 2592000000
    WHERE {in_span:x.eligible_ms}
    GROUP BY x.unit_id, x.eligible_ms
) e
LEFT JOIN pp_contacts c ON c.unit_id = e.unit_id AND c.created_ms >= e.eligible_ms
GROUP BY e.unit_id)"},

    // Arms of units by experiment; with the span in which a held-out one should have heard nothing.
    {"pp_arms", R"(
SELECT unit_id, experiment, COUNT(DISTINCT arm) AS arms, MAX(arm) AS arm,
    MIN(CASE WHEN arm = 'holdout' THEN at_ms END) AS held_from, MAX(CASE WHEN arm = 'holdout' THEN at_ms END) + {window} AS held_until
FROM pp_placed
WHERE arm IS NOT NULL AND {in_span:at_ms}
GROUP BY unit_id, experiment)"},
}};

/// Columns: table_name, group_label, stratum_label, arm, part, whole.
constexpr std::string_view kCounts = R"(
SELECT 'known_from' AS table_name, '' AS group_label, '' AS stratum_label, '' AS arm, 0 AS part, coverage_start AS whole FROM pp_facts
UNION ALL SELECT 'known_until', '', '', '', 0, coverage_end FROM pp_facts
UNION ALL SELECT 'm01_contacts', '', '', '', 0, COUNT(*) FROM pp_volume
UNION ALL SELECT 'm01_outreaches', '', '', '', 0, COUNT(*) FROM pp_chosen x CROSS JOIN pp_facts f
    WHERE x.is_broadcast = 0 AND {in_span:x.sent_ms} AND (f.stated_end IS NULL OR x.sent_ms < f.stated_end)
UNION ALL SELECT 'm01_broadcasts', '', '', '', 0, COUNT(*) FROM pp_chosen x WHERE x.is_broadcast = 1 AND {in_span:x.sent_ms}
UNION ALL SELECT 'm01_units', '', '', '', 0, COUNT(DISTINCT x.unit_id) FROM pp_chosen x WHERE {in_span:x.sent_ms}
UNION ALL SELECT 'm02_engaged', '', '', '', COALESCE(SUM(CASE WHEN engaged_ms IS NOT NULL AND contacted_first = 0 THEN 1 ELSE 0 END), 0), COUNT(*)
    FROM pp_engaged WHERE is_mature = 1 AND {has_engagement}
UNION ALL SELECT 'm02_after_ticket', '', '', '', COALESCE(SUM(CASE WHEN engaged_ms IS NOT NULL THEN contacted_first ELSE 0 END), 0), COUNT(*)
    FROM pp_engaged WHERE is_mature = 1 AND {has_engagement}
UNION ALL SELECT 'm02_pending', '', '', '', 0, COUNT(*) FROM pp_engaged WHERE is_mature = 0 AND {has_engagement}
UNION ALL SELECT 'm03_positive', k.name, '', '', COALESCE(SUM(x.is_positive), 0), COUNT(x.o) FROM pp_claim_kinds k CROSS JOIN pp_claims x WHERE x.is_broadcast <= k.most GROUP BY k.name
UNION ALL SELECT 'm03_improved', k.name, '', '', COALESCE(SUM(x.is_improved), 0), COUNT(x.o) FROM pp_claim_kinds k CROSS JOIN pp_claims x WHERE x.is_broadcast <= k.most GROUP BY k.name
UNION ALL SELECT 'm03_blank', k.name, '', '', COALESCE(SUM(x.is_blank), 0), COUNT(x.o) FROM pp_claim_kinds k CROSS JOIN pp_claims x WHERE x.is_broadcast <= k.most GROUP BY k.name
UNION ALL SELECT 'm16_minutes', CAST({minute:first_response_ms - created_ms} AS {text}), '', '', 0, COUNT(*) FROM pp_contacts
    WHERE first_response_ms >= created_ms GROUP BY CAST({minute:first_response_ms - created_ms} AS {text})
UNION ALL SELECT 'm17_left', CASE WHEN population = 'assignments' THEN 'holdout' WHEN contacts > 0 THEN 'contacting' ELSE 'quiet' END, '', '',
        SUM(CASE WHEN u.churned_ms < start_ms + 7776000000 THEN 1 ELSE 0 END), COUNT(*)
    FROM pp_judged j JOIN pp_units u ON u.unit_id = j.unit_id CROSS JOIN pp_facts f
    CROSS JOIN (SELECT COUNT(churned_ms) AS stated FROM pp_customers) s
    WHERE s.stated > 0 AND (population = 'messages' OR (population = 'assignments' AND arm = 'holdout')) AND state IN ('counted', 'censored')
        AND start_ms + 7776000000 <= f.coverage_end AND (u.churned_ms IS NULL OR u.churned_ms >= start_ms)
    GROUP BY CASE WHEN population = 'assignments' THEN 'holdout' WHEN contacts > 0 THEN 'contacting' ELSE 'quiet' END
UNION ALL SELECT 'design', experiment, '', arm, 0, COUNT(*) FROM pp_arms WHERE arms = 1 GROUP BY experiment, arm
UNION ALL SELECT 'design_mixed', '', '', '', 0, COUNT(DISTINCT unit_id) FROM pp_arms WHERE arms > 1
UNION ALL SELECT 'design_contaminated', '', '', '', 0, COUNT(DISTINCT h.unit_id)
    FROM (SELECT unit_id, MIN(held_from) AS held_from, MAX(held_until) AS held_until FROM pp_arms
          GROUP BY unit_id HAVING MAX(arms) = 1 AND COUNT(held_from) > 0) h
    JOIN pp_chosen x ON x.unit_id = h.unit_id AND x.is_broadcast = 0 AND x.sent_ms >= h.held_from AND x.sent_ms < h.held_until)";

constexpr Step kClaims{"pp_claims", R"(
SELECT o, is_broadcast, is_positive, CASE WHEN is_positive = 0 AND improves = 1 THEN 1 ELSE 0 END AS is_improved,
    CASE WHEN outcome_word IS NULL AND usage_improved = 0 THEN 1 ELSE 0 END AS is_blank
FROM (
    SELECT o, is_broadcast, usage_improved, {fold:outcome} AS outcome_word,
        CASE WHEN {fold:outcome} IN ('positive', 'resolved') THEN 1 ELSE 0 END AS is_positive,
        CASE WHEN {fold:outcome} = 'usageimproved' OR usage_improved = 1 THEN 1 ELSE 0 END AS improves
    FROM pp_chosen
    WHERE {in_span:sent_ms}
) x)"};

/// One row a period: contacts, and messages that are no broadcasts, with the same labels as the cells.
constexpr std::array<std::string_view, 4> kPeriods{"week", "month", "quarter", "year"};

} // namespace

void append_counts(const SqlText& sql, std::vector<SqlStep>& steps) {
    for (const auto& step : kSteps)
        steps.push_back(sql.table(step.name, step.query));
    steps.push_back(sql.table(kClaims.name, kClaims.query));
    steps.push_back(
        sql.table("pp_claim_kinds", "SELECT 'all' AS name, 1 AS most UNION ALL SELECT 'targeted', 0"));
    steps.push_back(sql.table("pp_volume_days", R"(
SELECT w.*, {periods}
FROM (
    SELECT v.table_name, v.d, v.d - MOD(v.d + 3, 7) AS week_day, {date:v.d} AS day_text
    FROM (
        SELECT 'contacts' AS table_name, d FROM pp_volume
        UNION ALL
        SELECT 'outreaches', {day:x.sent_ms + z.offset_ms} FROM pp_chosen x
        JOIN pp_zone z ON x.sent_ms >= z.from_utc AND x.sent_ms < z.until_utc
        WHERE x.is_broadcast = 0 AND {in_span:x.sent_ms}
    ) v
) w)"));
    std::string counts(kCounts);
    for (const auto period : kPeriods) {
        const std::string label = std::string(period) + "_of", p(period);
        counts += "\nUNION ALL SELECT '" + p + "_' || x.table_name, x." + label +
                  ", '', '', 0, COUNT(*) FROM pp_volume_days x" +
                  " CROSS JOIN (SELECT * FROM pp_edges WHERE edge = 'last') z WHERE x." + label + " <= z." +
                  label + " GROUP BY x.table_name, x." + label;
    }
    steps.push_back(sql.table("pp_counts", counts));
}

} // namespace preempt::evidence
