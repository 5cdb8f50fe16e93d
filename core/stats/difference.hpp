// The difference between two rates: holdout - contacted, so that a positive difference means contacts
// PREVENTED. In: the counts of the two arms. Out: intervals and the test that agrees with them.
#pragma once

#include "core/stats/proportion.hpp"

namespace preempt::stats {

/// Interval of Miettinen & Nurminen (1985), Stat Med 4:213-226: all theta with
///   |d - theta| <= z sqrt(V(theta)),  V = [p1(1-p1)/n1 + p2(1-p2)/n2] N/(N-1),
/// p1 = p2 + theta the maximum-likelihood rates under the constraint. Works with 0 or all events in an arm,
/// and keeps nine digits at totals of 1e9. An arm without data -> NaN interval. With effective counts N can
/// come near 1: N/(N-1) is held at its value for N = 2, the smallest real pair of arms.
Interval miettinen_nurminen(Arm holdout, Arm contacted, double level = 0.95);

/// The same without the factor N/(N-1): Mee (1984), Biometrics 40:1175-1176. For comparison with other
/// software.
Interval mee(Arm holdout, Arm contacted, double level = 0.95);

/// Hybrid score interval, method 10 of Newcombe (1998b), Stat Med 17:873-890: a closed form from two Wilson
/// intervals. A cross-check; it does not extend to strata and has no test that always agrees with it.
Interval newcombe(Arm holdout, Arm contacted, double level = 0.95);

/// Two-sided p-value of the "N-1" chi-square test (E. Pearson; Campbell 2007, Stat Med 26:3661-3675):
/// chi2 = d^2 / (pooled variance x N/(N-1)). It is the test dual to miettinen_nurminen(): p < 1 - level
/// exactly when the interval excludes 0. No event at all, or nothing but events, in both arms -> 1. No data
/// -> NaN.
double n_minus_one_chi_square_p(Arm holdout, Arm contacted);

/// The chi-square value of that test (1 degree of freedom).
double n_minus_one_chi_square(Arm holdout, Arm contacted);

namespace detail {

/// Rates of maximum likelihood under p_holdout - p_contacted = theta, theta in [-1, 1]: the root in range of
/// the cubic of Miettinen & Nurminen's appendix (also Farrington & Manning 1990, Stat Med 9:1447-1454), found
/// on the score function itself because the trigonometric form of the cubic loses its digits for rates near
/// 0.
struct RestrictedRates {
    double holdout;
    double contacted;
};
RestrictedRates restricted_rates_difference(Arm holdout, Arm contacted, double theta);

/// V(theta) above, with or without N/(N-1).
double restricted_variance_difference(Arm holdout, Arm contacted, double theta,
                                      bool small_sample_factor = true);

} // namespace detail

} // namespace preempt::stats
