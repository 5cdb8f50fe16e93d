// Differences and sums of estimates that have intervals of their own: before and after a change, with and
// without it.
#pragma once

#include <span>

#include "core/stats/proportion.hpp"

namespace preempt::stats {

struct Estimate {
    double value;
    Interval interval;
};

/// sum c_i x_i of independent estimates by MOVER, the "method of variance estimates recovery" (Zou & Donner
/// 2008, Stat Med 27:1693-1702): each end takes the distances to those ends of the parts that push it that
/// way,
///   low = sum c x - sqrt(sum over c > 0 of c^2 (x - low_i)^2 + over c < 0 of c^2 (high_i - x)^2), high
///   likewise.
/// Keeps the asymmetry of the parts. All at one level, which is the level of the result. NaN when the spans
/// differ or a part has no interval.
Estimate mover_sum(std::span<const double> coefficients, std::span<const Estimate> parts);

/// a - b.
Estimate mover_difference(const Estimate& a, const Estimate& b);

/// (changed after - changed before) - (control after - control before): four independent estimates. The
/// effect of a change beyond what happened elsewhere at the same time.
Estimate difference_in_differences(const Estimate& changed_before, const Estimate& changed_after,
                                   const Estimate& control_before, const Estimate& control_after);

} // namespace preempt::stats
