// The cells table as CSV (see cells_table.hpp).
#include "core/evidence/cells_table.hpp"

#include "core/base/sort_list.hpp"
#include "core/csv/writer.hpp"
#include "core/evidence/counts_table.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace preempt::evidence {
namespace {

struct Count {
    std::string_view name;
    std::int64_t Cell::*member;
};
constexpr std::array<Count, 12> kCounts{{{"episodes", &Cell::episodes},
                                         {"contacted", &Cell::contacted},
                                         {"contacts", &Cell::contacts},
                                         {"messages", &Cell::messages},
                                         {"induced", &Cell::induced},
                                         {"confirmed", &Cell::confirmed},
                                         {"truncated", &Cell::truncated},
                                         {"delivered", &Cell::delivered},
                                         {"reactive", &Cell::reactive},
                                         {"pending", &Cell::pending},
                                         {"censored", &Cell::censored},
                                         {"dropped", &Cell::dropped}}};
struct Sum {
    std::string_view name;
    double stats::ClusterSums::*member;
};
constexpr std::array<Sum, 6> kSums{{{"units", &stats::ClusterSums::units},
                                    {"sum_y", &stats::ClusterSums::sum_y},
                                    {"sum_m", &stats::ClusterSums::sum_m},
                                    {"sum_yy", &stats::ClusterSums::sum_yy},
                                    {"sum_ym", &stats::ClusterSums::sum_ym},
                                    {"sum_mm", &stats::ClusterSums::sum_mm}}};
struct Time {
    std::string_view name;
    Instant Cell::*member;
};
constexpr std::array<Time, 3> kTimes{{{"pending_until", &Cell::pending_until},
                                      {"first_start", &Cell::first_start},
                                      {"last_start", &Cell::last_start}}};

struct Row {
    std::string population;
    std::string group, stratum;
    const Cell* cell;
};

/// How the codes of groups or strata become texts.
struct Labels {
    const std::vector<std::string>* names = nullptr; ///< nullptr = none
    bool number = false;                             ///< the code itself
    std::string operator()(std::uint32_t code) const {
        if (number) return std::to_string(code);
        return names != nullptr && code < names->size() ? (*names)[code] : std::string();
    }
};

std::vector<std::string> starts(const Series& series, const Zone& zone) {
    std::vector<std::string> labels;
    for (const auto& period : series.periods)
        labels.push_back(local_date(period.start, zone));
    return labels;
}

std::vector<Row> rows_of(const Evidence& e) {
    std::vector<Row> rows;
    const auto add = [&](const std::string& name, const std::vector<Cell>& cells, Labels group,
                         Labels stratum) {
        for (const auto& cell : cells)
            rows.push_back({name, group(cell.group), stratum(cell.stratum), &cell});
    };
    const Labels none, number{nullptr, true}, arms{&e.strata}, matched{&e.matched.groups};
    const auto table = [&](const char* name, const Table& t, Labels stratum) {
        add(name, t.cells, {&t.groups}, stratum);
    };
    const auto coded = [&](const char* name, const Table& t, Labels stratum) {
        add(name, t.cells, number, stratum);
    };
    table("messages", e.messages, none);
    table("messages_by_type", e.messages_by_type, none);
    table("messages_by", e.messages_by, none);
    table("messages_by_trigger", e.messages_by_trigger, none);
    table("messages_by_dose", e.messages_by_dose, none);
    coded("messages_by_weekday", e.messages_by_weekday, none);
    coded("messages_by_hour", e.messages_by_hour, none);
    coded("messages_by_slot", e.messages_by_slot, none);
    coded("messages_by_lag", e.messages_by_lag, none);
    table("messages_by_variant", e.messages_by_variant, none);
    table("messages_escalated", e.messages_escalated, none);
    table("single_messages", e.single_messages, none);
    table("broadcasts", e.broadcasts, none);
    table("assignments", e.assignments, arms);
    table("assignment_totals", e.assignment_totals, none);
    table("assignments_by_type", e.assignments_by_type, arms);
    table("assignments_by", e.assignments_by, arms);
    table("assignments_by_trigger", e.assignments_by_trigger, arms);
    table("assignments_by_index", e.assignments_by_index, arms);
    coded("assignments_by_weekday", e.assignments_by_weekday, arms);
    coded("assignments_by_hour", e.assignments_by_hour, arms);
    coded("assignments_by_slot", e.assignments_by_slot, arms);
    table("assignments_by_variant", e.assignments_by_variant, arms);
    table("assignments_escalated", e.assignments_escalated, arms);
    table("assignments_placebo", e.assignments_placebo, arms);
    add("matched", e.matched.cells, none, matched);
    table("matched_totals", e.matched_totals, none);
    table("matched_by_type", e.matched_by_type, matched);
    table("matched_by", e.matched_by, matched);
    table("matched_by_trigger", e.matched_by_trigger, matched);
    coded("matched_by_lag", e.matched_by_lag, matched);
    table("matched_placebo", e.matched_placebo, matched);

    struct Named {
        const Series& series;
        const char *messages, *assignments, *matched, *calendar;
    };
    if (e.has_arms)
        table("at_risk", e.at_risk, arms);
    else
        table("at_risk", e.at_risk, none);
    table("assignments_by_account", e.assignments_by_account, arms);
    table("messages_by_health", e.messages_by_health, none);
    table("assignments_by_health", e.assignments_by_health, arms);
    const Labels calendar{&e.calendar.groups};
    add("calendar", e.calendar.cells, none, calendar);
    table("calendar_totals", e.calendar_totals, none);
    add("calendar_placebo", e.calendar_placebo.cells, none, calendar);
    const std::array<Named, 4> all{
        {{e.week, "week_messages", "week_assignments", "week_matched", "week_calendar"},
         {e.month, "month_messages", "month_assignments", "month_matched", "month_calendar"},
         {e.quarter, "quarter_messages", "quarter_assignments", "quarter_matched", "quarter_calendar"},
         {e.year, "year_messages", "year_assignments", "year_matched", "year_calendar"}}};
    for (const auto& named : all) {
        const auto labels = starts(named.series, *e.question.zone);
        add(named.messages, named.series.messages, {&labels}, none);
        add(named.assignments, named.series.assignments, {&labels}, arms);
        add(named.matched, named.series.matched, {&labels}, matched);
        add(named.calendar, named.series.calendar, {&labels}, calendar);
    }
    const auto by_period = [&](const std::string& kind, const Series& series) {
        std::vector<std::string> labels;
        for (const auto& period : starts(series, *e.question.zone))
            for (const auto& group : e.change_groups)
                labels.push_back(period + " · " + group);
        for (const auto& group : e.change_groups) // outside the series
            labels.push_back(" · " + group);
        add(kind + "_assignments_by", series.assignments_by, {&labels}, arms);
        add(kind + "_matched_by", series.matched_by, {&labels}, matched);
    };
    by_period("month", e.month);
    by_period("quarter", e.quarter);
    const auto months = starts(e.month, *e.question.zone);
    add("month_by_type", e.month_by_type.cells, {&months}, {&e.messages_by_type.groups});
    sort_list(rows, [](const Row& a, const Row& b) {
        const auto key = [](const Row& row) {
            return std::tie(row.population, row.group, row.stratum, row.cell->arm);
        };
        return key(a) < key(b);
    });
    return rows;
}

std::string_view arm_text(history::Arm arm) {
    return arm == history::Arm::treated ? "treated" : arm == history::Arm::holdout ? "holdout" : "";
}

} // namespace

std::string write_cells(const Evidence& evidence) {
    std::vector<std::string> record{"population", "group_label", "stratum_label", "arm"};
    for (const auto& count : kCounts)
        record.emplace_back(count.name);
    for (const auto& sum : kSums)
        record.emplace_back(sum.name);
    for (const auto& time : kTimes)
        record.emplace_back(time.name);
    for (std::size_t day = 0; day < kDelayDays; ++day)
        record.push_back("day_" + std::to_string(day));
    const csv::Dialect dialect;
    const csv::WriteOptions options{"\n"};
    std::string out;
    csv::write_record(record, dialect, options, out);
    for (const auto& row : rows_of(evidence)) {
        const auto& cell = *row.cell;
        record = {row.population, row.group, row.stratum, std::string(arm_text(cell.arm))};
        for (const auto& count : kCounts)
            record.push_back(std::to_string(cell.*count.member));
        for (const auto& sum : kSums)
            record.push_back(std::to_string(static_cast<std::int64_t>(cell.sums.*sum.member)));
        for (const auto& time : kTimes)
            record.push_back(cell.*time.member == kNoInstant ? "" : std::to_string(cell.*time.member));
        for (const auto count : cell.first_contact_day)
            record.push_back(std::to_string(count));
        csv::write_record(record, dialect, options, out);
    }
    for (const auto& row : count_rows_of(evidence)) {
        record.assign(4 + kCounts.size() + kSums.size() + kTimes.size() + kDelayDays, "0");
        record[0] = row.population;
        record[1] = row.group;
        record[2] = row.stratum;
        record[3] = arm_text(row.arm);
        record[4] = std::to_string(row.whole);
        record[5] = std::to_string(row.part);
        for (std::size_t t = 0; t < kTimes.size(); ++t)
            record[4 + kCounts.size() + kSums.size() + t].clear();
        csv::write_record(record, dialect, options, out);
    }
    return out;
}

} // namespace preempt::evidence
