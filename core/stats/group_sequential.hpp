// A fixed schedule of looks, agreed before the start: how wrong the ordinary test becomes when it is
// repeated, and the bounds that keep its error. Tighter than a confidence sequence (sequential.hpp), but only
// at the looks planned.
#pragma once

#include <span>
#include <vector>

namespace preempt::stats {

/// Chance, with no effect at all, that |z| exceeds its bound at one of the looks. `information` = the share
/// of the data in at each look, increasing and above 0 (only ratios matter); `bounds` > 0, one a look. By the
/// recursion of Armitage, McPherson & Rowe (1969), JRSS A 132:235-244. NaN when the spans do not fit.
double crossing_probability(std::span<const double> information, std::span<const double> bounds);

/// Alpha-spending functions of Lan & DeMets (1983), Biometrika 70:659-663, at t in [0,1].
enum class Spending {
    obrien_fleming, ///< 4 - 4 Phi(z_{alpha/4} / sqrt(t)), alpha/2 on either side: almost nothing early
    pocock,         ///< alpha ln(1 + (e - 1) t)
    quadratic,      ///< alpha t^2
};
double spent_alpha(Spending spending, double t, double level = 0.95);

/// Two-sided bounds for |z| at looks at shares `t` of the planned data (increasing, in (0,1]), which together
/// spend 1 - level. Empty when t is not such a schedule.
std::vector<double> spending_bounds(Spending spending, std::span<const double> t, double level = 0.95);

} // namespace preempt::stats
