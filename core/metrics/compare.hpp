// Comparing contacted with not contacted: from cells of two arms to a signed effect, its interval and its
// verdict. In: cells (arm holdout = not contacted, arm treated = contacted), by stratum. Out: a Comparison.
// Methods: statistics.md 0 and 2.2 to 2.4; verdicts and minimum sizes: metrics.md 5.5.7, A38.
#pragma once

#include "core/evidence/evidence.hpp"
#include "core/metrics/results.hpp"
#include "core/stats/stratified.hpp"
#include <span>

namespace preempt::metrics {

/// A verdict needs at least this many episodes in each arm, and this many contacted episodes in both together
/// (A38).
inline constexpr std::int64_t kLeastEpisodes = 30;
inline constexpr std::int64_t kLeastEvents = 5;

/// Null where the interval is not a number.
Estimate estimate(double value, stats::Interval interval);
/// Wilson interval of part / whole; all null when the whole is 0.
Estimate proportion(std::int64_t part, std::int64_t whole, double level);
/// The same for episodes of units with several: effective counts.
Estimate cell_rate(const evidence::Cell& cell, double level);

/// Strata, arms, effect, interval, prevented contacts, detectable drop and verdict. `totals` counts units
/// once (cells without strata); pass the same cells when there is but one stratum.
Comparison compare(std::span<const evidence::Cell> cells, std::span<const evidence::Cell> totals,
                   std::span<const std::string> strata, double level);

/// The holdout comparison (rung 5), with its health checks: mixed units, sample ratio, contamination, age.
Comparison compare_holdout(const evidence::Evidence& evidence, double level);
/// The matched comparison without a holdout (rung 4); withheld when strata with a baseline cover less than
/// 60%.
Comparison compare_matched(const evidence::Evidence& evidence, double level);

} // namespace preempt::metrics
