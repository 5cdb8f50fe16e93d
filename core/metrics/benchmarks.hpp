// Published ranges and where the user's value lies against them. The rows are data with their provenance;
// none states a sample, a date or a method, and none is ever blended with another. Rules: metrics.md
// "Benchmark verdicts", F4, F5, A13, A24, G14.
#pragma once

#include "core/metrics/catalogue.hpp"
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace preempt::metrics {

struct Range {
    const char* id;
    const char* axis;
    const char* label;
    double low;                 ///< share
    std::optional<double> high; ///< absent = open
    bool low_inclusive, high_inclusive;
    const char* metric; ///< the published metric's name
    const char* note;
    const char* source;
};

std::span<const Range> published_ranges();

/// "below", "above", "inside" when the whole interval lies there, else "cannot_tell"; "no_value" without an
/// interval.
std::string band_verdict(const Range& range, const Estimate& value);

/// Every published range, then the person's own, with the user's value of the same metric, its verdict, and
/// for prevented contacts the ceiling: where even the upper end of the baseline contact rate is below the
/// range, no programme can reach it ("out_of_reach"). A row of an outreach type takes the value of that type
/// (holdout, else signals nobody acted on); where no type is known the whole programme stands in, own_group
/// false.
std::vector<Benchmark> judge(const Basis& basis, const std::vector<Metric>& metrics);

} // namespace preempt::metrics
