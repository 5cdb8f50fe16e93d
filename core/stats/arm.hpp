// What counts as data, and the answer where there is none. Private to core/stats.
#pragma once

#include <cmath>
#include <limits>

#include "core/stats/proportion.hpp"

namespace preempt::stats::detail {

inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
inline constexpr Interval kNoInterval{kNaN, kNaN};

/// A finite, positive total with 0 <= events <= total. Comparisons with NaN are false, so NaN is no data.
inline bool has_data(Arm arm) {
    return arm.total > 0 && arm.events >= 0 && arm.events <= arm.total && arm.total < kInfinity;
}

inline double square(double x) {
    return x * x;
}

/// N/(N-1), held at its value for N = 2 below that: effective counts of two tiny arms can sum to 1 or less,
/// where the factor would be infinite or negative.
inline double small_sample_factor(double total) {
    return total >= 2 ? total / (total - 1) : 2;
}

} // namespace preempt::stats::detail
