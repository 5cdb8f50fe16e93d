// The cells table as CSV (see cells_table.hpp).
#include "core/evidence/cells_table.hpp"

#include "core/csv/writer.hpp"

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
    std::string_view population;
    std::string group, stratum;
    const Cell* cell;
};

std::string label(const std::vector<std::string>& labels, std::uint32_t index) {
    return index < labels.size() ? labels[index] : std::string();
}

std::vector<Row> rows_of(const Evidence& e) {
    std::vector<Row> rows;
    const std::vector<std::string> none;
    const auto add = [&](std::string_view name, const std::vector<Cell>& cells,
                         const std::vector<std::string>& groups, const std::vector<std::string>& strata) {
        for (const auto& cell : cells)
            rows.push_back({name, label(groups, cell.group), label(strata, cell.stratum), &cell});
    };
    add("messages", e.messages.cells, none, none);
    add("single_messages", e.single_messages.cells, none, none);
    add("broadcasts", e.broadcasts.cells, none, none);
    add("assignments", e.assignments.cells, none, e.strata);
    add("assignment_totals", e.assignment_totals.cells, none, none);
    add("matched", e.matched.cells, none, e.matched.groups);
    add("messages_by", e.messages_by.cells, e.messages_by.groups, none);
    add("assignments_by", e.assignments_by.cells, e.assignments_by.groups, e.strata);
    add("messages_by_type", e.messages_by_type.cells, e.messages_by_type.groups, none);
    add("assignments_by_type", e.assignments_by_type.cells, e.assignments_by_type.groups, e.strata);

    struct Named {
        const Series& series;
        std::string_view messages, assignments;
    };
    const std::array<Named, 4> all{{{e.week, "week_messages", "week_assignments"},
                                    {e.month, "month_messages", "month_assignments"},
                                    {e.quarter, "quarter_messages", "quarter_assignments"},
                                    {e.year, "year_messages", "year_assignments"}}};
    const auto starts = [&](const Series& series) {
        std::vector<std::string> labels;
        for (const auto& period : series.periods)
            labels.push_back(local_date(period.start, *e.question.zone));
        return labels;
    };
    for (const auto& [series, messages, assignments] : all) {
        add(messages, series.messages, starts(series), none);
        add(assignments, series.assignments, starts(series), e.strata);
    }
    add("month_by_type", e.month_by_type.cells, starts(e.month), e.messages_by_type.groups);
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
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
        record = {std::string(row.population), row.group, row.stratum, std::string(arm_text(cell.arm))};
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
    return out;
}

} // namespace preempt::evidence
