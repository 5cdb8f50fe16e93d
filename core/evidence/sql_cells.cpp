// Cells in SQL: episodes by group, stratum and arm, first summed by unit (the squares that a cluster-robust
// variance needs), then over units. Groups are texts: the attribute's value, or a period's first local day.
#include "core/evidence/sql_steps.hpp"

#include <array>

namespace preempt::evidence {
namespace {

struct Step {
    std::string_view name, query;
};

/// The first local day of the week (Monday), month, quarter and year of a day, as text; needs day_text and
/// week_day.
#define PREEMPT_PERIODS                                                                                      \
    "{date:week_day} AS week_of, SUBSTR(day_text, 1, 7) || '-01' AS month_of, SUBSTR(day_text, 1, 5) || "    \
    "CASE WHEN SUBSTR(day_text, 6, 2) IN ('01', '02', '03') THEN '01-01' WHEN SUBSTR(day_text, 6, 2) IN "    \
    "('04', '05', '06') THEN '04-01' WHEN SUBSTR(day_text, 6, 2) IN ('07', '08', '09') THEN '07-01' ELSE "   \
    "'10-01' END AS quarter_of, SUBSTR(day_text, 1, 4) || '-01-01' AS year_of"

constexpr std::array<Step, 3> kSteps{{
    {"pp_experiments", R"(
SELECT CASE WHEN COUNT(DISTINCT part) > 1 THEN 1 ELSE 0 END AS several FROM pp_judged WHERE population = 'assignments')"},

    {"pp_labelled", R"(
SELECT j.*, CASE WHEN s0 <> '' AND s2 <> '' THEN s0 || ' · ' || s2 ELSE s0 || s2 END AS stratum,
    )" PREEMPT_PERIODS R"(
FROM (
    SELECT k.*, CASE WHEN e0 <> '' AND s1 <> '' THEN e0 || ' · ' || s1 ELSE e0 || s1 END AS s0
    FROM (
        SELECT e.*, CASE WHEN e.population = 'assignments' AND x.several = 1 THEN e.part ELSE '' END AS e0,
            {stratum_trigger} AS s1, {stratum_segment} AS s2, e.start_day - MOD(e.start_day + 3, 7) AS week_day,
            {date:e.start_day} AS day_text
        FROM pp_judged e CROSS JOIN pp_experiments x
    ) k
) j)"},

    // The last period of the series is that of the last event, at most a quarter behind the known contacts.
    {"pp_last", R"(
SELECT )" PREEMPT_PERIODS R"(
FROM (
    SELECT d - MOD(d + 3, 7) AS week_day, {date:d} AS day_text
    FROM (
        SELECT {day:x.last_ms + z.offset_ms} AS d
        FROM (
            SELECT CASE WHEN y.last_ms > w.known_ms + 7948800000 THEN w.known_ms + 7948800000 ELSE y.last_ms END AS last_ms
            FROM (SELECT MAX(at_ms) AS last_ms FROM (
                SELECT created_ms AS at_ms FROM pp_contacts UNION ALL SELECT sent_ms FROM pp_messages
                UNION ALL SELECT start_ms FROM pp_judged WHERE population = 'assignments') e) y
            CROSS JOIN (SELECT MAX(at_ms) AS known_ms FROM (
                SELECT coverage_end AS at_ms FROM pp_facts UNION ALL SELECT created_ms FROM pp_contacts WHERE unit_id IS NOT NULL) k) w
        ) x
        JOIN pp_zone z ON x.last_ms >= z.from_utc AND x.last_ms < z.until_utc
    ) v
) u)"},
}};
#undef PREEMPT_PERIODS

/// A table of cells: which episodes it takes, and what their group and stratum are.
struct Grouping {
    std::string_view name, population, group, stratum, period = "";
};
constexpr std::array<Grouping, 19> kGroupings{{
    {"messages", "messages", "''", "''"},
    {"single_messages", "single_messages", "''", "''"},
    {"broadcasts", "broadcasts", "''", "''"},
    {"assignments", "assignments", "''", "stratum"},
    {"assignment_totals", "assignments", "''", "''"},
    {"matched", "matched", "''", "trigger_name || ' · ' || segment || ' · ' || month_of"},
    {"messages_by_type", "messages", "type_of", "''"},
    {"assignments_by_type", "assignments", "type_of", "stratum"},
    {"messages_by", "messages", "by_value", "''"},
    {"assignments_by", "assignments", "by_value", "stratum"},
    {"week_messages", "messages", "week_of", "''", "week"},
    {"week_assignments", "assignments", "week_of", "stratum", "week"},
    {"month_messages", "messages", "month_of", "''", "month"},
    {"month_assignments", "assignments", "month_of", "stratum", "month"},
    {"quarter_messages", "messages", "quarter_of", "''", "quarter"},
    {"quarter_assignments", "assignments", "quarter_of", "stratum", "quarter"},
    {"year_messages", "messages", "year_of", "''", "year"},
    {"year_assignments", "assignments", "year_of", "stratum", "year"},
    {"month_by_type", "messages", "month_of", "type_of", "month"},
}};

/// The column of the cells table, and the sum or extreme over units that it is. Counts are of counted
/// episodes unless another state is named.
struct Measure {
    std::string_view name, by_unit, over_units;
};
constexpr std::array<Measure, 21> kMeasures{{
    {"episodes", "SUM(k)", "SUM(#)"},
    {"contacted", "SUM(CASE WHEN contacts > 0 THEN k ELSE 0 END)", "SUM(#)"},
    {"contacts", "SUM(k * contacts)", "SUM(#)"},
    {"messages", "SUM(k * dose)", "SUM(#)"},
    {"induced", "SUM(k * induced)", "SUM(#)"},
    {"confirmed", "SUM(k * confirmed)", "SUM(#)"},
    {"truncated", "SUM(k * truncated)", "SUM(#)"},
    {"delivered", "SUM(k * delivered)", "SUM(#)"},
    {"reactive", "SUM(CASE WHEN state = 'reactive' THEN 1 ELSE 0 END)", "SUM(#)"},
    {"pending", "SUM(CASE WHEN state = 'pending' THEN 1 ELSE 0 END)", "SUM(#)"},
    {"censored", "SUM(CASE WHEN state = 'censored' THEN 1 ELSE 0 END)", "SUM(#)"},
    {"dropped", "SUM(CASE WHEN state = 'dropped' THEN 1 ELSE 0 END)", "SUM(#)"},
    {"units", "", "SUM(CASE WHEN episodes > 0 THEN 1 ELSE 0 END)"},
    {"sum_y", "", "SUM(contacted)"},
    {"sum_m", "", "SUM(episodes)"},
    {"sum_yy", "", "SUM(contacted * contacted)"},
    {"sum_ym", "", "SUM(contacted * episodes)"},
    {"sum_mm", "", "SUM(episodes * episodes)"},
    {"pending_until", "MAX(CASE WHEN state = 'pending' THEN start_ms + {window} END)", "MAX(#)"},
    {"first_start", "MIN(start_ms)", "MIN(#)"},
    {"last_start", "MAX(start_ms)", "MAX(#)"},
}};

std::string put(std::string_view form, std::string_view name) {
    std::string out(form);
    for (auto at = out.find('#'); at != std::string::npos; at = out.find('#'))
        out.replace(at, 1, name);
    return out;
}

std::string keyed(bool by_attribute) {
    std::string all;
    for (const auto& grouping : kGroupings) {
        if (grouping.group == "by_value" && !by_attribute) continue;
        const std::string group(grouping.group), name(grouping.name);
        all += (all.empty() ? "" : "\nUNION ALL\n") + std::string("SELECT '") + name + "' AS table_name, " +
               (grouping.period.empty() ? group
                                        : "CASE WHEN l." + group + " <= z." + std::string(grouping.period) +
                                              "_of THEN l." + group + " ELSE '' END") +
               " AS group_label, " + std::string(grouping.stratum) +
               " AS stratum_label, arm, unit_id, state, contacts, first_delay, dose, truncated, induced, "
               "confirmed, delivered, start_ms, CASE WHEN state = 'counted' THEN 1 ELSE 0 END AS k\n"
               "FROM pp_labelled l" +
               (grouping.period.empty() ? "" : " CROSS JOIN pp_last z") + " WHERE population = '" +
               std::string(grouping.population) + "'";
    }
    return all;
}

} // namespace

void append_cells(const SqlText& sql, bool by_attribute, std::vector<SqlStep>& steps) {
    for (const auto& step : kSteps)
        steps.push_back(sql.table(step.name, step.query));
    steps.push_back(sql.table("pp_keyed", keyed(by_attribute)));

    std::string by_unit = "SELECT table_name, group_label, stratum_label, arm, unit_id", days, cells;
    for (const auto& measure : kMeasures)
        if (!measure.by_unit.empty())
            by_unit += ",\n    " + std::string(measure.by_unit) + " AS " + std::string(measure.name);
    for (std::size_t day = 0; day < kDelayDays; ++day) {
        const auto ms = static_cast<std::int64_t>(day) * kMillisecondsPerDay;
        const auto from = std::to_string(ms), until = std::to_string(ms + kMillisecondsPerDay);
        const auto name = "day_" + std::to_string(day);
        by_unit += ",\n    SUM(CASE WHEN contacts > 0 AND first_delay >= " + from +
                   (day + 1 < kDelayDays ? " AND first_delay < " + until : std::string()) +
                   " THEN k ELSE 0 END) AS " + name;
        days += ",\n    CAST(SUM(" + name + ") AS {int}) AS " + name;
    }
    by_unit += "\nFROM pp_keyed\nGROUP BY table_name, group_label, stratum_label, arm, unit_id";
    steps.push_back(sql.table("pp_by_unit", by_unit));

    cells = "SELECT table_name AS population, group_label, stratum_label, arm";
    for (const auto& measure : kMeasures)
        cells += ",\n    CAST(" + put(measure.over_units, measure.name) + " AS {int}) AS " +
                 std::string(measure.name);
    cells += days + "\nFROM pp_by_unit\nGROUP BY table_name, group_label, stratum_label, arm\n"
                    "ORDER BY table_name, group_label, stratum_label, arm";
    steps.push_back({"", sql.expand(cells) + ";\n"});
}

} // namespace preempt::evidence
