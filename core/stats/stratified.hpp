// The difference over strata (segment x trigger): how much was prevented among those contacted.
// In: the two arms of each stratum. Out: the contacted-weighted difference with its interval and prevented
// count, and the common-effect companions (Mantel-Haenszel) that answer "is there any effect at all?".
#pragma once

#include <cstddef>
#include <span>

#include "core/stats/proportion.hpp"

namespace preempt::stats {

struct Stratum {
    Arm holdout;
    Arm contacted;
};

/// Difference holdout - contacted (a share of 1) averaged over the contacted, and the count it stands for.
struct StratifiedDifference {
    double estimate;   ///< sum w_h d_h, w_h = contacted_h / sum contacted; NaN when no stratum is usable
    Interval interval; ///< of `estimate`
    double contacted_covered;    ///< contacted in strata that have a holdout: what the estimate speaks of
    double contacted_uncovered;  ///< contacted in strata without a holdout: nothing can be said of them
    double prevented;            ///< contacted_covered x estimate; negative = contacts caused
    Interval prevented_interval; ///< contacted_covered x interval
    std::size_t strata_used;     ///< strata with data in both arms
};

/// Stratified Miettinen-Nurminen interval with contacted weights (Miettinen & Nurminen 1985, Stat Med
/// 4:213-226, the section on stratification; pattern of Laud 2017, Pharm Stat 16:334-348): all theta with
///   |sum w_h (d_h - theta)| <= z sqrt(sum w_h^2 V_h(theta)).
/// One stratum gives miettinen_nurminen(). The estimand is the average effect on those contacted, so that
/// multiplying it by their number is a count of prevented contacts; Mantel-Haenszel weights would answer
/// another question. `deff` >= 1 (cluster.hpp) divides events and totals of every arm; weights and counts
/// keep the real totals. Over strata of extremely unlike size and effect (20 held out speaking for millions
/// of contacted) the statistic can cross z more than once; the limits are then those near the strata's own
/// uncertainties, so that what a nearly empty holdout cannot exclude stays inside. Strata without holdout are
/// left out and counted in contacted_uncovered; strata without contacted weigh nothing.
StratifiedDifference contacted_weighted_difference(std::span<const Stratum> strata, double level = 0.95,
                                                   double deff = 1.0);

/// Two-sided p-value dual to that interval: |sum w_h d_h| / sqrt(sum w_h^2 V_h(0)) against the normal. One
/// stratum gives n_minus_one_chi_square_p(). 1 when every arm has no event or nothing but events alike; NaN
/// when no stratum is usable.
double contacted_weighted_p(std::span<const Stratum> strata, double deff = 1.0);

/// Variance of that estimate with the add-one variance of each arm (sequential.hpp), times deff: what
/// watching and shrinkage rest on. NaN when no stratum is usable.
double contacted_weighted_add_one_variance(std::span<const Stratum> strata, double deff = 1.0);

/// The same interval with any weights >= 0 (one a stratum, scaled to sum 1); strata without data in both
/// arms, or of weight 0, are skipped. Used by contacted_weighted_difference() and for other weightings.
struct WeightedDifference {
    double estimate;
    Interval interval;
};
WeightedDifference weighted_score_difference(std::span<const Stratum> strata, std::span<const double> weights,
                                             double level = 0.95);

/// Common risk difference of Mantel & Haenszel, weights n1 n2 / N, with the variance of Sato (1989),
/// Biometrics 45:1323-1324, and the interval of Klingenberg (2014), Stat Med 33:2968-2983. Valid for many
/// small strata; NOT to be multiplied by a number of outreaches. sum_p, sum_q, sum_weight: the sums of those
/// papers.
struct MantelHaenszel {
    double estimate;
    double standard_error; ///< square root of Sato's variance
    Interval sato;         ///< estimate -/+ z standard_error
    Interval klingenberg;  ///< mid -/+ sqrt(mid^2 - estimate^2 + z^2 Q/W^2), mid = estimate + z^2 P/(2 W^2)
    double sum_weight;
    double sum_p;
    double sum_q;
};
MantelHaenszel mantel_haenszel_difference(std::span<const Stratum> strata, double level = 0.95);

/// Cochran-Mantel-Haenszel chi-square (1 degree of freedom, no continuity correction) and its two-sided
/// p-value. NaN when no stratum has both arms and both outcomes.
struct ChiSquareTest {
    double chi_square;
    double p;
};
ChiSquareTest cochran_mantel_haenszel(std::span<const Stratum> strata);

} // namespace preempt::stats
