// Planning: how many units does a holdout need, what could this one have seen?
// Two-sided test at 1 - level; rates are shares of 1; deff = design effect of repeated outreach (>= 1).
// Formulas: Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, ch. 4, pooled null
// variance, unequal allocation, without continuity correction. Normal approximations: with fewer than about 5
// contacts expected in the holdout they say "roughly".
#pragma once

#include <optional>

namespace preempt::stats {

/// Sizes as real numbers (round up for people). Infinite when the two rates are equal; NaN for rates outside
/// [0,1].
struct SampleSize {
    double holdout;
    double contacted;
    double total() const { return holdout + contacted; }
};

/// n_T = (z_a sqrt(pb qb (1+1/k)) + z_b sqrt(p_H q_H / k + p_T q_T))^2 / (p_H - p_T)^2, n_H = k n_T, both
/// times deff; k = `holdout_per_contacted` (a 10% holdout: 1/9), pb = (k p_H + p_T)/(k + 1).
SampleSize sample_size(double holdout_rate, double contacted_rate, double holdout_per_contacted,
                       double level = 0.95, double power = 0.80, double deff = 1.0);

/// Chance that the test finds the difference, both tails: Phi((d - z s0)/s1) + Phi((-d - z s0)/s1).
double power(double holdout_rate, double contacted_rate, double holdout_total, double contacted_total,
             double level = 0.95, double deff = 1.0);

/// The smallest drop p_H - p_T > 0 that would be found with the wanted power. Empty = not reachable: even no
/// contact at all among the contacted would not be seen with that power (also when an arm is empty).
std::optional<double> minimum_detectable_drop(double holdout_rate, double holdout_total,
                                              double contacted_total, double level = 0.95,
                                              double power = 0.80, double deff = 1.0);

} // namespace preempt::stats
