// What episodes say of their units, in SQL: health (M34), leaving of units at risk (M30), accounts as
// clusters (5.5.7), days until the first contact (statistics.md 2.10). In: customers and labelled episodes.
// Out: tables that the cells take up, and the queries of counts.
#include "core/evidence/sql_steps.hpp"

#include <array>

namespace preempt::evidence {
namespace {

/// The latest score of a unit, of two at one time the worse; then the quarter in which it lies, equal scores
/// together.
constexpr SqlTable kHealth{"pp_health", R"(
SELECT unit_id, score, CAST(CAST(FLOOR(CAST(4 * (RANK() OVER (ORDER BY score) - 1) AS {real}) / COUNT(*) OVER ()) AS {int}) + 1 AS {text}) AS quarter_of_health
FROM (
    SELECT r.unit_id, r.score, ROW_NUMBER() OVER (PARTITION BY r.unit_id ORDER BY r.is_own DESC, COALESCE(r.health_ms, -9000000000000000) DESC, r.score) AS place
    FROM (SELECT x.*, {number:x.health_score} AS score FROM pp_customer_counted x WHERE x.is_own = 1 OR x.counts = 1) r
    WHERE r.score IS NOT NULL AND r.unit_id IS NOT NULL
) y
WHERE place = 1)"};

constexpr std::array<SqlTable, 3> kTables{{
    // Each unit once, by its first episode at risk: of assignments where somebody is held out, else of
    // messages.
    {"pp_at_risk", R"(
SELECT unit_id, stratum, arm, dose, delivered, start_ms, CASE WHEN until_ms <= coverage_end THEN 'counted' ELSE 'pending' END AS state,
    CASE WHEN churned_ms < until_ms THEN 1 ELSE 0 END AS has_left, churned_ms - start_ms AS delay
FROM (
    SELECT e.unit_id, e.stratum, e.arm, e.dose, e.delivered, e.start_ms, e.start_ms + 7776000000 AS until_ms, u.churned_ms, f.coverage_end,
        ROW_NUMBER() OVER (PARTITION BY e.unit_id ORDER BY e.id) AS place
    FROM pp_labelled e
    JOIN pp_units u ON u.unit_id = e.unit_id
    CROSS JOIN pp_facts f
    CROSS JOIN (SELECT CASE WHEN COUNT(*) > 0 THEN 'assignments' ELSE 'messages' END AS population FROM pp_assignments WHERE arm = 'holdout') w
    CROSS JOIN (SELECT COUNT(churned_ms) AS stated FROM pp_customer_units) s
    LEFT JOIN pp_health h ON h.unit_id = e.unit_id
    LEFT JOIN pp_messages m ON m.o = e.id AND e.population = 'messages'
    LEFT JOIN pp_placed a ON a.a = e.id AND e.population = 'assignments'
    WHERE e.population = w.population AND s.stated > 0 AND e.state <> 'dropped' AND (u.churned_ms IS NULL OR u.churned_ms >= e.start_ms)
        AND (h.score < {at_risk_below} OR m.trigger_class = 'risk' OR a.trigger_class = 'risk')
) x
WHERE place = 1)"},

    {"pp_account_arms", R"(
SELECT account, COUNT(DISTINCT arm) AS arms
FROM (
    SELECT COALESCE(x.account, w.account) AS account, x.arm
    FROM pp_placed x
    LEFT JOIN pp_account_of_person w ON w.person = x.unit_id
    WHERE {is_account} = 0 AND x.arm IS NOT NULL AND {in_span:x.at_ms}
) y
WHERE account IS NOT NULL
GROUP BY account)"},

    // The account of an assignment; without one its person stands alone. Where one account in twenty is
    // mixed.
    {"pp_by_account", R"(
SELECT e.id, CASE WHEN COALESCE(x.account, w.account) IS NULL THEN 'person ' || x.unit_id ELSE 'account ' || COALESCE(x.account, w.account) END AS cluster_id
FROM pp_labelled e
JOIN pp_placed x ON x.a = e.id
CROSS JOIN (SELECT COUNT(*) AS accounts, COALESCE(SUM(arms - 1), 0) AS mixed FROM pp_account_arms) q
LEFT JOIN pp_account_of_person w ON w.person = x.unit_id
WHERE e.population = 'assignments' AND q.mixed * 20 > q.accounts)"},
}};

/// Contacts in the 90 days that end W before a unit's first counted assignment in an arm of a stratum.
constexpr SqlTable kEarlier{"pp_earlier", R"(
SELECT e.stratum, e.arm, e.y, e.m, COUNT(c.c) AS x
FROM (
    SELECT unit_id, stratum, arm, COUNT(*) AS m, SUM(CASE WHEN contacts > 0 THEN 1 ELSE 0 END) AS y, MIN(start_ms) AS first_ms
    FROM pp_labelled
    WHERE population = 'assignments' AND state = 'counted'
    GROUP BY unit_id, stratum, arm
) e
LEFT JOIN pp_asked c ON c.unit_id = e.unit_id AND c.clock_ms < e.first_ms - {window} AND c.clock_ms >= e.first_ms - {window} - 7776000000
GROUP BY e.unit_id, e.stratum, e.arm, e.y, e.m)"};

/// The first episode of each arm that nothing speaks against, followed for 28 days or as long as the unit was
/// seen.
constexpr SqlTable kDelays{"pp_delays", R"(
SELECT population, stratum, arm, CASE WHEN delay < seen AND delay < 2419200000 THEN 'contacted' WHEN seen >= 2419200000 THEN 'complete' ELSE 'censored' END AS what,
    CASE WHEN delay < seen AND delay < 2419200000 THEN {day:delay} WHEN seen >= 2419200000 THEN 0 ELSE {day:seen} END AS days
FROM (
    SELECT e.population, e.stratum, e.arm, e.unit_id, MIN(e.seen) AS seen, MIN(c.clock_ms - e.start_ms) AS delay
    FROM (
        SELECT x.*, {earliest:f.coverage_end, u.churned_ms} - x.start_ms AS seen
        FROM (
            SELECT population, CASE WHEN population = 'assignments' THEN stratum ELSE '' END AS stratum, arm, unit_id, start_ms, topic,
                ROW_NUMBER() OVER (PARTITION BY population, unit_id, arm ORDER BY ABS(id)) AS place
            FROM pp_labelled
            WHERE population IN ('messages', 'assignments', 'matched', 'calendar') AND state NOT IN ('reactive', 'dropped')
        ) x
        JOIN pp_units u ON u.unit_id = x.unit_id
        CROSS JOIN pp_facts f
        WHERE x.place = 1 AND f.coverage_end IS NOT NULL
    ) e
    LEFT JOIN pp_asked c ON c.unit_id = e.unit_id AND c.clock_ms >= e.start_ms AND (e.topic IS NULL OR c.topic IS NULL OR c.topic = e.topic)
    WHERE e.seen > 0
    GROUP BY e.population, e.stratum, e.arm, e.unit_id
) y)"};

} // namespace

void append_health(const SqlText& sql, std::vector<SqlStep>& steps) {
    steps.push_back(sql.table(kHealth.name, kHealth.query));
}

void append_unit_cells(const SqlText& sql, std::vector<SqlStep>& steps) {
    for (const auto& step : kTables)
        steps.push_back(sql.table(step.name, step.query));
}

void append_unit_counts(const SqlText& sql, SqlCounts& counts, std::vector<SqlStep>& steps) {
    steps.push_back(sql.table(kDelays.name, kDelays.query));
    steps.push_back(sql.table(kEarlier.name, kEarlier.query));
    counts.queries += R"(
UNION ALL SELECT 'delay_' || population || '_' || what, CAST(days AS {text}), stratum, arm, 0, COUNT(*)
    FROM pp_delays GROUP BY population, what, CAST(days AS {text}), stratum, arm
UNION ALL SELECT 'earlier_contacts', '', stratum, arm, SUM(x), COUNT(*) FROM pp_earlier GROUP BY stratum, arm
UNION ALL SELECT 'earlier_squares', '', stratum, arm, SUM(x * x), COUNT(*) FROM pp_earlier GROUP BY stratum, arm
UNION ALL SELECT 'earlier_with_outcome', '', stratum, arm, SUM(x * y), COUNT(*) FROM pp_earlier GROUP BY stratum, arm
UNION ALL SELECT 'earlier_with_episodes', '', stratum, arm, SUM(x * m), COUNT(*) FROM pp_earlier GROUP BY stratum, arm
UNION ALL SELECT 'm04_before_contacts', '', '', '', 0, COUNT(*) FROM pp_labelled CROSS JOIN pp_facts f
    WHERE population = 'messages' AND state = 'counted' AND start_ms + {window} <= f.coverage_start
UNION ALL SELECT 'design_accounts', '', '', '', COALESCE(SUM(arms - 1), 0), COUNT(*) FROM pp_account_arms)";
}

} // namespace preempt::evidence
