// Small ways to read tables of cells. In: cells sorted by (group, stratum, arm). Out: those of one group,
// their sums, and what part of a series is complete.
#pragma once

#include "core/evidence/evidence.hpp"
#include <span>
#include <string>
#include <vector>

namespace preempt::metrics {

/// The cells of one group.
std::span<const evidence::Cell> of_group(const std::vector<evidence::Cell>& cells, std::uint32_t group);
evidence::Cell sum_of(std::span<const evidence::Cell> cells);

/// What an effect was measured against: one population of the evidence under the tables that hold it. Tables
/// that the population lacks are null.
struct Source {
    const evidence::Table* all = nullptr;
    const evidence::Table* by = nullptr;
    const evidence::Table* by_trigger = nullptr;
    const std::vector<evidence::Cell> evidence::Series::*series = nullptr;
    const std::vector<evidence::Cell> evidence::Series::*series_by = nullptr;
    const std::vector<std::string>* strata = nullptr;
};
/// `basis` as in Comparison::basis.
Source source_of(const evidence::Evidence& evidence, const std::string& basis);

/// Periods that coverage holds whole and in which no window of `cells` is pending.
std::vector<bool> complete_periods(const evidence::Evidence& evidence, const evidence::Series& series,
                                   const std::vector<evidence::Cell>& cells);

} // namespace preempt::metrics
