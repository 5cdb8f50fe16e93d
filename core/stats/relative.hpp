// The ratio of two rates, contacted / holdout, and its complement, the relative reduction: "which share of
// the contacts that would have come did not come?".
#pragma once

#include <span>

#include "core/stats/proportion.hpp"
#include "core/stats/stratified.hpp"

namespace preempt::stats {

/// Score interval for p_contacted / p_holdout of Miettinen & Nurminen (1985), Stat Med 4:213-226: all phi
/// with
///   |p_T - phi p_H| <= z sqrt(V(phi)),  V = [p_T~(1-p_T~)/n_T + phi^2 p_H~(1-p_H~)/n_H] N/(N-1),
/// p_T~ = phi p_H~ the maximum-likelihood rates under the constraint. Both arms' uncertainty is in it. No
/// event in the holdout -> high = +infinity; none among the contacted -> low = 0; no data -> NaN.
Interval risk_ratio_score(Arm holdout, Arm contacted, double level = 0.95);

/// The same without N/(N-1): Koopman (1984), Biometrics 40:513-517. For comparison with other software.
Interval risk_ratio_koopman(Arm holdout, Arm contacted, double level = 0.95);

/// 1 - p_contacted / p_holdout as a share of 1; negative = contacts caused. No event in the holdout: estimate
/// NaN (or -infinity with events among the contacted) and interval.low = -infinity. The interval is Koopman's
/// score interval, which gives the worked 14 to 65% of metrics.md 5.5.7; Miettinen & Nurminen's N/(N-1) would
/// print 13. It can exclude "no effect" where miettinen_nurminen() does not only when the score lies between
/// z sqrt((N-1)/N) and z; the verdict is always taken from the difference.
struct RelativeReduction {
    double estimate;
    Interval interval;
};
RelativeReduction relative_reduction(Arm holdout, Arm contacted, double level = 0.95);

/// Relative reduction over strata, standardised to the contacted: 1 - (observed among contacted) / (expected
/// from the holdout rates), that is prevented / expected. Interval: all phi with
///   |sum w_h (p_T,h - phi p_H,h)| <= z sqrt(sum w_h^2 V_h(phi)),  w_h = contacted_h / sum contacted,
/// V without N/(N-1); one stratum gives relative_reduction(). `deff` and the strata left out as in
/// contacted_weighted_difference().
RelativeReduction contacted_weighted_reduction(std::span<const Stratum> strata, double level = 0.95,
                                               double deff = 1.0);

} // namespace preempt::stats
