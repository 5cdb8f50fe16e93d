// Cells in SQL: episodes by group, stratum and arm, first summed by unit (the squares that a cluster-robust
// variance needs), then over units. Groups are texts: the attribute's value, or a period's first local day.
#include "core/evidence/sql_steps.hpp"

#include <array>

namespace preempt::evidence {
namespace {

constexpr std::array<SqlTable, 2> kEdges{{
    {"pp_moments", R"(
SELECT x.created_ms AS at_ms FROM pp_contacts x LEFT JOIN pp_units u ON u.unit_id = x.unit_id WHERE {keeps_contact} AND {in_span:x.created_ms}
UNION ALL SELECT sent_ms FROM pp_chosen WHERE {in_span:sent_ms}
UNION ALL SELECT at_ms FROM pp_placed WHERE arm IS NOT NULL AND {in_span:at_ms})"},

    // The series begins with the period of the first event and ends with that of the last, at most a quarter
    // behind the known contacts.
    {"pp_edges", R"(
SELECT u.edge, {periods}
FROM (
    SELECT v.edge, d - MOD(d + 3, 7) AS week_day, {date:d} AS day_text
    FROM (
        SELECT x.edge, {day:x.at_ms + z.offset_ms} AS d
        FROM (
            SELECT 'last' AS edge, CASE WHEN y.last_ms > w.known_ms + 7948800000 THEN w.known_ms + 7948800000 ELSE y.last_ms END AS at_ms
            FROM (SELECT MAX(at_ms) AS last_ms FROM pp_moments) y
            CROSS JOIN (SELECT MAX(at_ms) AS known_ms FROM (
                SELECT coverage_end AS at_ms FROM pp_facts UNION ALL SELECT created_ms FROM pp_contacts WHERE unit_id IS NOT NULL) k) w
            UNION ALL
            SELECT 'first', MIN(at_ms) FROM pp_moments
        ) x
        JOIN pp_zone z ON x.at_ms >= z.from_utc AND x.at_ms < z.until_utc
    ) v
) u)"},
}};

constexpr std::array<SqlTable, 3> kSteps{{
    {"pp_experiments", R"(
SELECT CASE WHEN COUNT(DISTINCT experiment) > 1 THEN 1 ELSE 0 END AS several FROM pp_assignments WHERE arm IS NOT NULL)"},

    {"pp_dated", R"(
SELECT j.*, {periods}
FROM (SELECT e.*, e.start_day - MOD(e.start_day + 3, 7) AS week_day, {date:e.start_day} AS day_text FROM pp_judged e) j)"},

    // The labels of every grouping; what lies outside the series has no period.
    {"pp_labelled", R"(
SELECT k.*, CASE WHEN population = 'matched' THEN trigger_name || ' · ' || segment || ' · ' || month_of
        WHEN s0 <> '' AND s2 <> '' THEN s0 || ' · ' || s2 ELSE s0 || s2 END AS stratum
FROM (
    SELECT m.*, CASE WHEN e0 <> '' AND s1 <> '' THEN e0 || ' · ' || s1 ELSE e0 || s1 END AS s0
    FROM (
        SELECT d.population, d.id, d.topic, d.unit_id, d.arm, d.state, d.contacts, d.first_delay, d.escalated, d.first_escalation, d.placebo,
            d.placebo_truncated, d.dose, d.truncated, d.induced, d.confirmed, d.delivered, d.start_ms, d.type_of, d.by_value, d.trigger_name, d.segment, d.month_of,
            CASE WHEN d.population = 'assignments' AND x.several = 1 THEN d.part ELSE '' END AS e0,
            {stratum_trigger} AS s1, {stratum_segment} AS s2,
            CASE WHEN d.week_of >= f.week_of AND d.week_of <= z.week_of THEN d.week_of ELSE '' END AS in_week,
            CASE WHEN d.month_of >= f.month_of AND d.month_of <= z.month_of THEN d.month_of ELSE '' END AS in_month,
            CASE WHEN d.quarter_of >= f.quarter_of AND d.quarter_of <= z.quarter_of THEN d.quarter_of ELSE '' END AS in_quarter,
            CASE WHEN d.year_of >= f.year_of AND d.year_of <= z.year_of THEN d.year_of ELSE '' END AS in_year,
            CAST(CASE WHEN d.population = 'messages' THEN CASE WHEN d.dose > 4 THEN 4 ELSE d.dose END
                      WHEN d.place > 4 THEN 4 ELSE d.place END AS {text}) AS order_of,
            CAST(MOD(d.start_day + 3, 7) AS {text}) AS weekday_of,
            CASE WHEN d.whole_days = 0 THEN CAST({hour:d.local_ms} - 24 * d.start_day AS {text}) END AS hour_of,
            CASE WHEN d.whole_days = 0 THEN CAST(MOD(d.start_day + 3, 7) * 24 + {hour:d.local_ms} - 24 * d.start_day AS {text}) END AS slot_of,
            CASE WHEN d.population = 'matched' AND d.arm = 'holdout' THEN '5' WHEN d.lag_ms IS NULL THEN NULL
                 WHEN d.lag_ms < 3600000 THEN '0' WHEN d.lag_ms < 86400000 THEN '1' WHEN d.lag_ms < 259200000 THEN '2'
                 WHEN d.lag_ms < 604800000 THEN '3' ELSE '4' END AS lag_of,
            CASE WHEN t.stated > 0 THEN d.trigger_name END AS trigger_of,
            CASE WHEN y.stated > 0 THEN '' END AS escalation_of,
            CASE WHEN g.stated > 0 THEN COALESCE(h.quarter_of_health, '') END AS health_of,
            CASE WHEN v.stated = 0 THEN NULL WHEN d.population = 'messages' OR d.arm = 'holdout' THEN COALESCE(d.variant_of, '')
                 ELSE d.variant_of END AS variant_of
        FROM pp_dated d
        CROSS JOIN pp_experiments x
        LEFT JOIN pp_health h ON h.unit_id = d.unit_id
        CROSS JOIN (SELECT COUNT(*) AS stated FROM pp_health) g
        CROSS JOIN (SELECT COUNT(escalated) AS stated FROM pp_contacts WHERE unit_id IS NOT NULL) y
        CROSS JOIN (SELECT COUNT(variant_of) AS stated FROM pp_messages) v
        CROSS JOIN (SELECT COUNT(trigger_name) AS stated FROM (
            SELECT trigger_name FROM pp_messages UNION ALL SELECT trigger_name FROM pp_assignments) w) t
        CROSS JOIN (SELECT * FROM pp_edges WHERE edge = 'first') f
        CROSS JOIN (SELECT * FROM pp_edges WHERE edge = 'last') z
    ) m
) k)"},
}};
/// What stands for "contacted" in a table's cells.
enum class What : std::uint8_t { contact, escalation, placebo };

/// A table of cells: which episodes it takes, and what their group and stratum are. An episode whose group is
/// null is left out.
struct Grouping {
    std::string_view name, population, group, stratum;
    What what = What::contact;
};
constexpr Grouping kGroupings[] = {
    {"messages", "messages", "''", "''"},
    {"messages_by_type", "messages", "type_of", "''"},
    {"messages_by", "messages", "by_value", "''"},
    {"messages_by_trigger", "messages", "trigger_of", "''"},
    {"messages_by_dose", "messages", "order_of", "''"},
    {"messages_by_weekday", "messages", "weekday_of", "''"},
    {"messages_by_hour", "messages", "hour_of", "''"},
    {"messages_by_slot", "messages", "slot_of", "''"},
    {"messages_by_lag", "messages", "lag_of", "''"},
    {"messages_by_variant", "messages", "variant_of", "''"},
    {"messages_by_health", "messages", "health_of", "''"},
    {"messages_escalated", "messages", "escalation_of", "''", What::escalation},
    {"week_messages", "messages", "in_week", "''"},
    {"month_messages", "messages", "in_month", "''"},
    {"quarter_messages", "messages", "in_quarter", "''"},
    {"year_messages", "messages", "in_year", "''"},
    {"month_by_type", "messages", "in_month", "type_of"},
    {"single_messages", "single_messages", "''", "''"},
    {"broadcasts", "broadcasts", "''", "''"},
    {"assignments", "assignments", "''", "stratum"},
    {"assignment_totals", "assignments", "''", "''"},
    {"assignments_by_type", "assignments", "type_of", "stratum"},
    {"assignments_by", "assignments", "by_value", "stratum"},
    {"assignments_by_trigger", "assignments", "trigger_of", "stratum"},
    {"assignments_by_index", "assignments", "order_of", "stratum"},
    {"assignments_by_weekday", "assignments", "weekday_of", "stratum"},
    {"assignments_by_hour", "assignments", "hour_of", "stratum"},
    {"assignments_by_slot", "assignments", "slot_of", "stratum"},
    {"assignments_by_variant", "assignments", "variant_of", "stratum"},
    {"assignments_by_health", "assignments", "health_of", "stratum"},
    {"month_assignments_by", "assignments", "{change_of:in_month}", "stratum"},
    {"quarter_assignments_by", "assignments", "{change_of:in_quarter}", "stratum"},
    {"month_matched_by", "matched", "{change_of:in_month}", "stratum"},
    {"quarter_matched_by", "matched", "{change_of:in_quarter}", "stratum"},
    {"assignments_escalated", "assignments", "escalation_of", "stratum", What::escalation},
    {"assignments_placebo", "assignments", "''", "stratum", What::placebo},
    {"week_assignments", "assignments", "in_week", "stratum"},
    {"month_assignments", "assignments", "in_month", "stratum"},
    {"quarter_assignments", "assignments", "in_quarter", "stratum"},
    {"year_assignments", "assignments", "in_year", "stratum"},
    {"matched", "matched", "''", "stratum"},
    {"matched_totals", "matched", "''", "''"},
    {"matched_by_type", "matched", "type_of", "stratum"},
    {"matched_by", "matched", "by_value", "stratum"},
    {"matched_by_trigger", "matched", "trigger_of", "stratum"},
    {"matched_by_lag", "matched", "lag_of", "stratum"},
    {"matched_placebo", "matched", "''", "stratum", What::placebo},
    {"calendar", "calendar", "''", "calendar_stratum"},
    {"calendar_totals", "calendar", "''", "''"},
    {"calendar_placebo", "calendar", "''", "calendar_stratum", What::placebo},
    {"week_calendar", "calendar", "in_week", "calendar_stratum"},
    {"month_calendar", "calendar", "in_month", "calendar_stratum"},
    {"quarter_calendar", "calendar", "in_quarter", "calendar_stratum"},
    {"year_calendar", "calendar", "in_year", "calendar_stratum"},
    {"week_matched", "matched", "in_week", "stratum"},
    {"month_matched", "matched", "in_month", "stratum"},
    {"quarter_matched", "matched", "in_quarter", "stratum"},
    {"year_matched", "matched", "in_year", "stratum"},
};

/// The outcome of an episode, by What: contacts, first_delay, induced, confirmed, delivered, state.
constexpr std::array<std::string_view, 3> kOutcomes{
    "contacts, first_delay, induced, confirmed, delivered, state",
    "escalated, first_escalation, induced, confirmed, delivered, state",
    "placebo, 0, 0, 0, 0, CASE WHEN state = 'counted' AND placebo_truncated = 1 THEN 'censored' ELSE state "
    "END"};

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
    {"pending_until", "MAX(CASE WHEN state = 'pending' THEN until_ms END)", "MAX(#)"},
    {"first_start", "MIN(start_ms)", "MIN(#)"},
    {"last_start", "MAX(start_ms)", "MAX(#)"},
}};

bool is_time(const Measure& measure) {
    return measure.over_units != "SUM(#)" && measure.over_units.substr(0, 3) != "SUM";
}

std::string put(std::string_view form, std::string_view name) {
    std::string out(form);
    for (auto at = out.find('#'); at != std::string::npos; at = out.find('#'))
        out.replace(at, 1, name);
    return out;
}

/// Also units at risk, and assignments with their accounts in the place of people.
std::string keyed(bool by_attribute) {
    std::string all =
        R"(SELECT 'at_risk' AS table_name, '' AS group_label, CASE WHEN w.held_out > 0 THEN stratum ELSE '' END AS stratum_label,
    arm, unit_id, dose, 0 AS truncated, start_ms, start_ms + 7776000000 AS until_ms, has_left AS contacts, delay AS first_delay,
    0 AS induced, 0 AS confirmed, delivered, state
FROM pp_at_risk CROSS JOIN (SELECT COUNT(*) AS held_out FROM pp_assignments WHERE arm = 'holdout') w
UNION ALL
SELECT 'assignments_by_account', '', e.stratum, e.arm, a.cluster_id, e.dose, e.truncated, e.start_ms, e.start_ms + {window},
    e.contacts, e.first_delay, e.induced, e.confirmed, e.delivered, e.state
FROM pp_labelled e JOIN pp_by_account a ON a.id = e.id
WHERE e.population = 'assignments')";
    for (const auto& grouping : kGroupings) {
        if (grouping.group == "by_value" && !by_attribute) continue;
        const std::string group(grouping.group);
        all += "\nUNION ALL\nSELECT '" + std::string(grouping.name) + "' AS table_name, " + group +
               " AS group_label, " + std::string(grouping.stratum) +
               " AS stratum_label, arm, unit_id, dose, truncated, start_ms, start_ms + {window}, " +
               std::string(kOutcomes[static_cast<std::size_t>(grouping.what)]) +
               (grouping.population == "calendar" ? "\nFROM pp_calendar_labelled" : "\nFROM pp_labelled") +
               " WHERE population = '" + std::string(grouping.population) + "'" +
               (grouping.group == "''" ? "" : " AND " + group + " IS NOT NULL");
    }
    return "SELECT x.*, CASE WHEN state = 'counted' THEN 1 ELSE 0 END AS k FROM (\n" + all + "\n) x";
}

} // namespace

void append_edges(const SqlText& sql, std::vector<SqlStep>& steps) {
    for (const auto& step : kEdges)
        steps.push_back(sql.table(step.name, step.query));
}

void append_cells(const SqlText& sql, bool by_attribute, std::vector<SqlStep>& steps) {
    append_health(sql, steps);
    for (const auto& step : kSteps)
        steps.push_back(sql.table(step.name, step.query));
    append_unit_cells(sql, steps);
    append_calendar_strata(sql, steps);
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

    append_counts(sql, steps);
    cells = "SELECT table_name AS population, group_label, stratum_label, arm";
    for (const auto& measure : kMeasures)
        cells += ",\n    CAST(" + put(measure.over_units, measure.name) + " AS {int}) AS " +
                 std::string(measure.name);
    cells += days + "\nFROM pp_by_unit\nGROUP BY table_name, group_label, stratum_label, arm\nUNION ALL\n"
                    "SELECT table_name, group_label, stratum_label, arm";
    for (const auto& measure : kMeasures)
        cells += measure.name == "episodes"    ? ", CAST(whole AS {int})"
                 : measure.name == "contacted" ? ", CAST(part AS {int})"
                 : is_time(measure)            ? ", NULL"
                                               : ", 0";
    for (std::size_t day = 0; day < kDelayDays; ++day)
        cells += ", 0";
    cells += "\nFROM pp_counts\nWHERE whole > 0\nORDER BY 1, 2, 3, 4";
    steps.push_back({"", sql.expand(cells) + ";\n"});
}

} // namespace preempt::evidence
