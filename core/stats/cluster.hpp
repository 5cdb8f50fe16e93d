// Repeated outreach to the same unit: episodes of one unit resemble each other, so they are worth less than
// as many units. In: per arm (and stratum) the sums over units. Out: the variance that respects units, the
// design effect, and effective counts for the score intervals.
#pragma once

#include <span>

#include "core/stats/proportion.hpp"

namespace preempt::stats {

/// Sums over the units of one arm (of one stratum): y = episodes of the unit with the event, m = its
/// episodes.
struct ClusterSums {
    double units;
    double sum_y;
    double sum_m;
    double sum_yy;
    double sum_ym;
    double sum_mm;
};

/// Rate r = sum_y / sum_m, and its variance by the delta method over units,
///   [s_yy - 2 r s_ym + r^2 s_mm] / (k mbar^2), sample moments with k - 1
/// (Cochran 1977, ch. 6; Deng, Knoblich & Lu 2018, KDD). NaN variance with fewer than 2 units.
struct ClusterRate {
    double rate;
    double variance;
};
ClusterRate cluster_rate(const ClusterSums& arm);

/// Var_delta / (r(1-r)/n) of one arm, not floored: below 1 when units vary less than chance. NaN when it
/// cannot be estimated (fewer than 2 units, or a rate of 0 or 1).
double arm_design_effect(const ClusterSums& arm);

/// One design effect for everything, as used in the score intervals (Rao & Scott 1992, Biometrics
/// 48:577-585):
///   max(1, sum_a n_a^2 Var_delta,a / sum_a n_a r_a (1 - r_a))
/// over arms and strata in which it can be estimated, that is the mean of the arms' effects weighted by n r
/// (1-r). Exactly 1 when every unit has one episode, and when it can be estimated nowhere.
double design_effect(std::span<const ClusterSums> arms_and_strata);

/// events / deff of total / deff. A deff below 1 (or NaN) counts as 1.
Arm effective(Arm arm, double deff);

/// Difference of the cluster rates holdout - contacted with a t interval on Welch's degrees of freedom (Welch
/// 1947, over units). The large-sample companion of the score intervals: not for a handful of units, where it
/// errs on one side. NaN with fewer than 2 units in an arm.
struct ClusterDifference {
    double estimate;
    double standard_error;
    double degrees_of_freedom;
    Interval interval;        ///< t
    Interval normal_interval; ///< z, for comparison
};
ClusterDifference cluster_difference(const ClusterSums& holdout, const ClusterSums& contacted,
                                     double level = 0.95);

} // namespace preempt::stats
