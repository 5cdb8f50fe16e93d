#include "core/metrics/slices.hpp"

#include <algorithm>

namespace preempt::metrics {

using evidence::Cell;
using evidence::Evidence;
using evidence::Series;

std::span<const Cell> of_group(const std::vector<Cell>& cells, std::uint32_t group) {
    const auto by_group = [](const Cell& cell, std::uint32_t g) { return cell.group < g; };
    const auto first = std::lower_bound(cells.begin(), cells.end(), group, by_group);
    const auto last = std::lower_bound(first, cells.end(), group + 1, by_group);
    return {cells.data() + (first - cells.begin()), static_cast<std::size_t>(last - first)};
}

Cell sum_of(std::span<const Cell> cells) {
    Cell sum;
    for (const auto& cell : cells)
        evidence::merge(sum, cell);
    return sum;
}

Source source_of(const Evidence& e, const std::string& basis) {
    if (basis == "holdout" || basis == "typed")
        return {&e.assignments,       &e.assignments_by,       &e.assignments_by_trigger,
                &Series::assignments, &Series::assignments_by, &e.strata};
    if (basis == "signals_not_acted_on")
        return {&e.matched,       &e.matched_by,       &e.matched_by_trigger,
                &Series::matched, &Series::matched_by, &e.matched.groups};
    return {&e.calendar, nullptr, nullptr, &Series::calendar, nullptr, &e.calendar.groups};
}

std::vector<bool> complete_periods(const Evidence& evidence, const Series& series,
                                   const std::vector<Cell>& cells) {
    std::vector<bool> complete(series.periods.size());
    // The first contact of a day stands for the whole day: nobody exports from the minute of a ticket on.
    const auto known_from = evidence.coverage_start == kNoInstant || evidence.question.zone == nullptr
                                ? evidence.coverage_start
                                : local_day_start(evidence.coverage_start, *evidence.question.zone);
    for (std::uint32_t p = 0; p < series.periods.size(); ++p) {
        const auto& period = series.periods[p];
        complete[p] = (known_from == kNoInstant || period.start >= known_from) &&
                      (evidence.coverage_end == kNoInstant || period.end <= evidence.coverage_end) &&
                      sum_of(of_group(cells, p)).pending == 0;
    }
    return complete;
}

} // namespace preempt::metrics
