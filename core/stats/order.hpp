// Medians and other quantiles without any assumption on the distribution.
#pragma once

#include <cstddef>
#include <span>

#include "core/stats/proportion.hpp"

namespace preempt::stats {

/// Ranks (1 = smallest) of the order statistics that enclose the quantile `q` in (0,1) of a population of
/// which n values were seen: the number of values below it is Binomial(n, q), and each tail keeps at most (1
/// - level)/2 (Thompson 1936, Ann Math Stat 7:122-128; David & Nagaraja, Order Statistics, 7.1). low = 0: no
/// lower bound at this n; high = n + 1: no upper bound. `coverage` = P(low <= number below < high) >= level,
/// for a continuous distribution (more with ties).
struct QuantileRanks {
    std::size_t low;
    std::size_t high;
    double coverage;
};
QuantileRanks quantile_ranks(std::size_t n, double q, double level = 0.95);

/// Sample quantile of ascending values, linear between the order statistics at (n - 1) q (type 7 of Hyndman &
/// Fan 1996, Am Stat 50:361-365). NaN for an empty span.
double quantile(std::span<const double> ascending, double q);

/// The values at quantile_ranks(); -/+ infinity where there is no bound, NaN for an empty span.
Interval quantile_interval(std::span<const double> ascending, double q, double level = 0.95);

} // namespace preempt::stats
