// Counts beside the cells, in SQL: volume (M01, M09), engagement (M02), claims (M03), first responses (M16),
// leaving (M17), the design of the experiments, the span of the known contacts. One row a count: part of
// whole, by label and second label, in the columns of the cells table (cells_table.hpp).
#include "core/evidence/sql_steps.hpp"

#include <array>

namespace preempt::evidence {
namespace {

constexpr std::array<SqlTable, 5> kSteps{{
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
    LEFT JOIN (
        SELECT unit_id, engaged_ms FROM pp_chosen
        UNION ALL SELECT r.unit_id, r.viewed_ms FROM pp_view_rows r LEFT JOIN pp_view_sources s ON s.v = r.v WHERE s.o IS NOT NULL OR r.vote = 1
    ) m ON m.unit_id = x.unit_id AND m.engaged_ms >= x.eligible_ms AND m.engaged_ms < x.eligible_ms + 2592000000
    WHERE {in_span:x.eligible_ms}
    GROUP BY x.unit_id, x.eligible_ms
) e
LEFT JOIN pp_contacts c ON c.unit_id = e.unit_id AND c.created_ms >= e.eligible_ms
GROUP BY e.unit_id)"},

    {"pp_responses", R"(
SELECT x.c, x.created_ms, x.first_response_ms, {day:x.created_ms + z.offset_ms} AS d
FROM pp_contacts x
JOIN pp_zone z ON x.created_ms >= z.from_utc AND x.created_ms < z.until_utc
WHERE x.first_response_ms >= x.created_ms AND {in_span:x.created_ms})"},

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
    CROSS JOIN (SELECT COUNT(churned_ms) AS stated FROM pp_customer_units) s
    WHERE s.stated > 0 AND (population = 'messages' OR (population = 'assignments' AND arm = 'holdout')) AND state IN ('counted', 'censored')
        AND start_ms + 7776000000 <= f.coverage_end AND (u.churned_ms IS NULL OR u.churned_ms >= start_ms)
    GROUP BY CASE WHEN population = 'assignments' THEN 'holdout' WHEN contacts > 0 THEN 'contacting' ELSE 'quiet' END
UNION ALL SELECT 'design', experiment, '', arm, 0, COUNT(*) FROM pp_arms WHERE arms = 1 GROUP BY experiment, arm
UNION ALL SELECT 'design_mixed', '', '', '', 0, COUNT(DISTINCT unit_id) FROM pp_arms WHERE arms > 1
UNION ALL SELECT 'design_contaminated', '', '', '', 0, COUNT(DISTINCT h.unit_id)
    FROM (SELECT unit_id, MIN(held_from) AS held_from, MAX(held_until) AS held_until FROM pp_arms
          GROUP BY unit_id HAVING MAX(arms) = 1 AND COUNT(held_from) > 0) h
    JOIN pp_chosen x ON x.unit_id = h.unit_id AND x.is_broadcast = 0 AND x.sent_ms >= h.held_from AND x.sent_ms < h.held_until)";

constexpr SqlTable kClaims{"pp_claims", R"(
SELECT o, is_broadcast, is_positive, CASE WHEN is_positive = 0 AND improves = 1 THEN 1 ELSE 0 END AS is_improved,
    CASE WHEN outcome_word IS NULL AND usage_improved = 0 THEN 1 ELSE 0 END AS is_blank
FROM (
    SELECT o, is_broadcast, usage_improved, {fold:outcome} AS outcome_word,
        CASE WHEN {fold:outcome} IN ('positive', 'resolved') THEN 1 ELSE 0 END AS is_positive,
        CASE WHEN {fold:outcome} = 'usageimproved' OR usage_improved = 1 THEN 1 ELSE 0 END AS improves
    FROM pp_chosen
    WHERE {in_span:sent_ms}
) x)"};

/// Series and the label that each gives a day.
constexpr std::array<std::string_view, 4> kPeriods{"week", "month", "quarter", "year"};

/// Days, each by the period of every series in which it lies; what lies outside a series is in none.
void append_days(const SqlText& sql, const std::string& days, std::vector<SqlStep>& steps) {
    steps.push_back(sql.table("pp_day_labels", R"(
SELECT w.*, {periods}
FROM (
    SELECT v.d, v.d - MOD(v.d + 3, 7) AS week_day, {date:v.d} AS day_text
    FROM (SELECT d FROM pp_volume)" + days + R"() v
) w)"));
    std::string all;
    for (const auto period : kPeriods) {
        const std::string kind(period), label = kind + "_of";
        all += (all.empty() ? "SELECT x.d, '" : "\nUNION ALL SELECT x.d, '") + kind + "' AS kind, x." +
               label +
               " AS label FROM pp_day_labels x CROSS JOIN pp_edges f CROSS JOIN pp_edges z WHERE f.edge = "
               "'first' AND "
               "z.edge = 'last' AND x." +
               label + " >= f." + label + " AND x." + label + " <= z." + label;
    }
    steps.push_back(sql.table("pp_days", all));
}

} // namespace

void append_counts(const SqlText& sql, std::vector<SqlStep>& steps) {
    for (const auto& step : kSteps)
        steps.push_back(sql.table(step.name, step.query));
    steps.push_back(sql.table(kClaims.name, kClaims.query));
    steps.push_back(
        sql.table("pp_claim_kinds", "SELECT 'all' AS name, 1 AS most UNION ALL SELECT 'targeted', 0"));
    SqlCounts counts;
    append_message_counts(sql, counts, steps);
    append_signal_counts(sql, counts, steps);
    append_service_counts(sql, counts, steps);
    append_unit_counts(sql, counts, steps);
    append_survey_counts(sql, counts, steps);
    append_days(sql, counts.days, steps);
    for (const auto& table : counts.by_period)
        steps.push_back(sql.table(table.name, table.query));
    steps.push_back(sql.table("pp_dated_counts", R"(
SELECT 'contacts' AS table_name, '' AS stratum_label, d, 0 AS is_total, 0 AS part, COUNT(*) AS whole FROM pp_volume GROUP BY d
UNION ALL SELECT 'outreaches', '', d, 0, 0, COUNT(*) FROM pp_load WHERE is_broadcast = 0 GROUP BY d)" +
                                                     counts.dated));
    steps.push_back(sql.table("pp_counts", std::string(kCounts) + counts.queries + R"(
UNION ALL SELECT table_name, '', stratum_label, '', SUM(part), SUM(whole) FROM pp_dated_counts WHERE is_total = 1 GROUP BY table_name, stratum_label
UNION ALL SELECT p.kind || '_' || x.table_name, p.label, x.stratum_label, '', SUM(x.part), SUM(x.whole)
    FROM pp_dated_counts x JOIN pp_days p ON p.d = x.d GROUP BY p.kind, x.table_name, p.label, x.stratum_label)"));
}

} // namespace preempt::evidence
