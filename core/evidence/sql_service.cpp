// Service and customers, in SQL: repeat contacts (M12), first responses (M16), who was a customer (M10, M17),
// time spent (M18), why people contacted after a message (M08). In: contacts and customers. Out: steps, and
// the queries of their counts.
#include "core/evidence/sql_steps.hpp"

#include <array>

namespace preempt::evidence {
namespace {

constexpr std::array<SqlTable, 2> kSteps{{
    // 5.5.10. What follows: contacts of the unit in its order, on the same topic where both are coded; the
    // first
    // behind the anchor repeats, those until then run in parallel.
    {"pp_followed", R"(
SELECT x.c, x.unit_id, x.d, CASE WHEN x.anchor_ms + {repeat_window} <= f.coverage_end THEN 1 ELSE 0 END AS mature,
    CASE WHEN x.reopened_ms > x.anchor_ms AND x.reopened_ms <= x.anchor_ms + {repeat_window} THEN 1 ELSE 0 END AS reopened,
    MIN(CASE WHEN n.created_ms > x.anchor_ms THEN n.c END) AS next_c,
    COUNT(CASE WHEN n.created_ms <= x.anchor_ms AND n.created_ms > x.created_ms THEN 1 END) AS parallel
FROM pp_identified x
CROSS JOIN pp_facts f
LEFT JOIN pp_contacts n ON n.unit_id = x.unit_id AND n.c > x.c AND n.created_ms <= x.anchor_ms + {repeat_window}
    AND (x.topic IS NULL OR n.topic IS NULL OR x.topic = n.topic)
GROUP BY x.c, x.unit_id, x.d, x.anchor_ms, x.reopened_ms, f.coverage_end)"},

    {"pp_repeats", R"(
SELECT x.c, x.unit_id, x.d, x.mature, x.reopened, x.parallel, ROW_NUMBER() OVER (PARTITION BY x.unit_id ORDER BY x.c) AS place,
    CASE WHEN x.mature = 1 AND (x.reopened = 1 OR x.next_c IS NOT NULL) THEN 1 ELSE 0 END AS repeated,
    CASE WHEN x.reopened = 0 AND x.next_c IS NOT NULL AND (a.topic IS NULL OR n.topic IS NULL) THEN 1 ELSE 0 END AS unknown
FROM pp_followed x
JOIN pp_contacts a ON a.c = x.c
LEFT JOIN pp_contacts n ON n.c = x.next_c)"},
}};

/// Units whose first contact of the period is mature.
constexpr SqlTable kRepeatsOfPeriods{"pp_repeats_of_periods", R"(
SELECT kind, label, unit_id, MAX(repeated) AS repeated, MAX(CASE WHEN place = 1 THEN mature ELSE 0 END) AS mature
FROM (
    SELECT p.kind, p.label, x.unit_id, x.repeated, x.mature, ROW_NUMBER() OVER (PARTITION BY p.kind, p.label, x.unit_id ORDER BY x.c) AS place
    FROM pp_repeats x
    JOIN pp_days p ON p.d = x.d
) y
GROUP BY kind, label, unit_id)"};

/// A customer without a beginning or an end has been there always.
constexpr SqlTable kActive{"pp_active", R"(
SELECT k.unit_id, CASE WHEN k.begun_ms > s.start_ms OR COALESCE(k.ended_ms, k.churned_ms) <= s.start_ms THEN 0 ELSE 1 END AS at_start,
    CASE WHEN k.begun_ms >= s.end_ms OR COALESCE(k.ended_ms, k.churned_ms) <= s.start_ms THEN 0 ELSE 1 END AS at_all,
    CASE WHEN COALESCE(k.ended_ms, k.churned_ms) < s.end_ms THEN 0 ELSE 1 END AS at_end
FROM pp_customer_units k
JOIN pp_units u ON u.unit_id = k.unit_id
CROSS JOIN (SELECT COALESCE({from}, coverage_start) AS start_ms, COALESCE({to}, coverage_end) AS end_ms, coverage_end FROM pp_facts) s
WHERE s.coverage_end IS NOT NULL AND {keeps_contact})"};

constexpr std::string_view kReason = R"(CASE
        WHEN {fold:induced_reason} IN ('askedto', 'wasasked', 'wewereasked', 'requested', 'calltoaction', 'invited') THEN 'asked_to'
        WHEN {fold:induced_reason} IN ('confirm', 'confirmation', 'wantedconfirmation', 'verify', 'confirmdetails') THEN 'confirm'
        WHEN {fold:induced_reason} IN ('howto', 'unclear', 'help', 'question', 'instructions', 'confused') THEN 'how_to'
        WHEN {fold:induced_reason} IN ('isthisreal', 'scam', 'phishing', 'fraud', 'fearedascam', 'spam') THEN 'is_this_real'
        WHEN induced_reason IS NOT NULL THEN 'other' ELSE '' END)";

constexpr std::string_view kCounts = R"(
UNION ALL SELECT 'm12_tickets', '', '', '', COALESCE(SUM(repeated), 0), COUNT(*) FROM pp_repeats WHERE mature = 1
UNION ALL SELECT 'm12_units', '', '', '', COALESCE(SUM(repeated), 0), COUNT(*) FROM (
    SELECT unit_id, MAX(repeated) AS repeated, MAX(CASE WHEN place = 1 THEN mature ELSE 0 END) AS mature FROM pp_repeats GROUP BY unit_id) k
    WHERE mature = 1
UNION ALL SELECT kind || '_m12_units', label, '', '', SUM(repeated), COUNT(*) FROM pp_repeats_of_periods WHERE mature = 1 GROUP BY kind, label
UNION ALL SELECT 'm12_pending', '', '', '', 0, COUNT(*) FROM pp_repeats WHERE mature = 0
UNION ALL SELECT 'm12_parallel', '', '', '', 0, COALESCE(SUM(parallel), 0) FROM pp_repeats WHERE mature = 1
UNION ALL SELECT 'm12_reopened', '', '', '', 0, COALESCE(SUM(reopened), 0) FROM pp_repeats WHERE mature = 1
UNION ALL SELECT 'm12_topic_unknown', '', '', '', 0, COALESCE(SUM(unknown), 0) FROM pp_repeats WHERE mature = 1
UNION ALL SELECT 'm10_active', '', '', '', 0, COALESCE(SUM(at_all), 0) FROM pp_active
UNION ALL SELECT 'm17_stayed', '', '', '', COALESCE(SUM(at_end), 0), COUNT(*) FROM pp_active WHERE at_start = 1
UNION ALL SELECT 'm18_minutes', '', '', '', CAST(FLOOR(SUM(handle_minutes) * 100 + 0.5) AS {int}), COUNT(handle_minutes) FROM pp_identified)";

} // namespace

void append_service_counts(const SqlText& sql, SqlCounts& counts, std::vector<SqlStep>& steps) {
    for (const auto& step : kSteps)
        steps.push_back(sql.table(step.name, step.query));
    steps.push_back(sql.table(kActive.name, kActive.query));
    counts.by_period.push_back(kRepeatsOfPeriods);
    counts.queries += kCounts;
    const std::string reason(kReason);
    counts.queries +=
        "\nUNION ALL SELECT 'm08_reasons', reason, '', '', 0, COUNT(*) FROM (SELECT " + reason +
        " AS reason FROM pp_identified CROSS JOIN (SELECT COUNT(induced_reason) AS stated FROM "
        "pp_contacts) s WHERE s.stated > 0 AND (is_answer = 1 OR induced_reason IS NOT NULL)) k "
        "GROUP BY reason";
    counts.dated += R"(
UNION ALL SELECT 'm16_response', CAST({minute:first_response_ms - created_ms} AS {text}), d, 1, 0, COUNT(*)
    FROM pp_responses GROUP BY CAST({minute:first_response_ms - created_ms} AS {text}), d)";
    counts.days += "\nUNION SELECT d FROM pp_responses";
}

} // namespace preempt::evidence
