#include "core/stats/cuped.hpp"

#include <algorithm>
#include <cmath>

#include "core/stats/arm.hpp"
#include "core/stats/distribution.hpp"

namespace preempt::stats {

namespace {

using detail::kNaN;
using detail::kNoInterval;
using detail::square;

CupedSums together(const CupedSums& a, const CupedSums& b) {
    return {{a.outcome.units + b.outcome.units, a.outcome.sum_y + b.outcome.sum_y,
             a.outcome.sum_m + b.outcome.sum_m, a.outcome.sum_yy + b.outcome.sum_yy,
             a.outcome.sum_ym + b.outcome.sum_ym, a.outcome.sum_mm + b.outcome.sum_mm},
            a.sum_x + b.sum_x,
            a.sum_xx + b.sum_xx,
            a.sum_xy + b.sum_xy,
            a.sum_xm + b.sum_xm};
}

// Sample variance of x, and covariance of x with the linearised ratio.
struct Moments {
    double variance;
    double covariance;
};
Moments moments(const CupedSums& s) {
    const double k = s.outcome.units;
    const double r = s.outcome.sum_y / s.outcome.sum_m;
    const double mean_m = s.outcome.sum_m / k;
    const double variance = std::max(0.0, s.sum_xx - square(s.sum_x) / k) / (k - 1);
    return {variance, (s.sum_xy - r * s.sum_xm) / (k - 1) / mean_m}; // sum of y - r m is 0
}

} // namespace

CupedDifference cuped_difference(const CupedSums& holdout, const CupedSums& contacted, double level) {
    const ClusterRate h = cluster_rate(holdout.outcome);
    const ClusterRate t = cluster_rate(contacted.outcome);
    const double plain = h.variance + t.variance;
    if (std::isnan(plain)) return {kNaN, kNaN, kNoInterval, kNaN, kNaN};
    const Moments pooled = moments(together(holdout, contacted));
    const double theta = pooled.variance > 0 ? pooled.covariance / pooled.variance : 0;
    const Moments mh = moments(holdout);
    const Moments mt = moments(contacted);
    const double kh = holdout.outcome.units;
    const double kt = contacted.outcome.units;
    const double estimate = h.rate - t.rate - theta * (holdout.sum_x / kh - contacted.sum_x / kt);
    const double adjusted = plain + (square(theta) * mh.variance - 2 * theta * mh.covariance) / kh +
                            (square(theta) * mt.variance - 2 * theta * mt.covariance) / kt;
    const double se = std::sqrt(std::max(0.0, adjusted));
    const double half = critical_value(level) * se;
    return {estimate, se, {estimate - half, estimate + half}, theta, 1 - adjusted / plain};
}

} // namespace preempt::stats
