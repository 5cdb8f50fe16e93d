// Contacts BEFORE the assignment, used to take chance out of the comparison after it. A sensitivity row, not
// the headline: for accounts with few contacts it shrinks the interval by a few per cent only.
#pragma once

#include "core/stats/cluster.hpp"

namespace preempt::stats {

/// ClusterSums and those of x, a quantity of the unit known before the assignment (its earlier contacts).
/// Never one measured afterwards: outreach could have changed it.
struct CupedSums {
    ClusterSums outcome;
    double sum_x;
    double sum_xx;
    double sum_xy;
    double sum_xm;
};

/// Difference of the two ratios, adjusted: d - theta (mean x_holdout - mean x_contacted), theta = cov(L,
/// x)/var(x) over the units of both arms together with L = (y - r m)/mbar the linearised ratio (Deng, Xu,
/// Kohavi & Walker 2013, WSDM; ratio form with the delta method). NaN with fewer than 2 units in an arm.
struct CupedDifference {
    double estimate;
    double standard_error;
    Interval interval; ///< z
    double theta;      ///< 0 when x does not vary
    double
        variance_reduction; ///< 1 - adjusted variance / plain variance; may be negative when x says nothing
};
CupedDifference cuped_difference(const CupedSums& holdout, const CupedSums& contacted, double level = 0.95);

} // namespace preempt::stats
