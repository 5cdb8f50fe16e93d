#include "core/stats/cluster.hpp"

#include <algorithm>
#include <cmath>

#include "core/stats/arm.hpp"
#include "core/stats/distribution.hpp"

namespace preempt::stats {

namespace {

using detail::kNaN;
using detail::kNoInterval;
using detail::square;

// k/(k-1) sum (y_i - r m_i)^2: n^2 Var_delta. The cross terms with the means vanish because sum (y - r m) =
// 0.
double scaled_residual_sum(const ClusterSums& s, double r) {
    const double squares = s.sum_yy - 2 * r * s.sum_ym + r * r * s.sum_mm;
    return std::max(0.0, squares) * s.units / (s.units - 1);
}

bool has_units(const ClusterSums& s) {
    return s.units > 0 && s.sum_m > 0 && s.sum_y >= 0;
}

bool one_episode_each(const ClusterSums& s) {
    return s.sum_m == s.units && s.sum_mm == s.units;
}

} // namespace

ClusterRate cluster_rate(const ClusterSums& arm) {
    if (!has_units(arm)) return {kNaN, kNaN};
    const double r = arm.sum_y / arm.sum_m;
    if (!(arm.units > 1)) return {r, kNaN};
    return {r, scaled_residual_sum(arm, r) / square(arm.sum_m)};
}

double arm_design_effect(const ClusterSums& arm) {
    const ClusterRate estimate = cluster_rate(arm);
    const double independent = estimate.rate * (1 - estimate.rate) / arm.sum_m;
    if (!(independent > 0)) return kNaN;
    return estimate.variance / independent;
}

double design_effect(std::span<const ClusterSums> arms_and_strata) {
    double clustered = 0, independent = 0;
    bool repeated = false;
    for (const ClusterSums& s : arms_and_strata) {
        if (!has_units(s)) continue;
        repeated = repeated || !one_episode_each(s);
        const double r = s.sum_y / s.sum_m;
        if (!(s.units > 1) || !(r > 0 && r < 1)) continue;
        clustered += scaled_residual_sum(s, r);
        independent += s.sum_m * r * (1 - r);
    }
    if (!repeated || !(independent > 0)) return 1;
    return std::max(1.0, clustered / independent);
}

Arm effective(Arm arm, double deff) {
    if (!(deff > 1)) return arm;
    return {arm.events / deff, arm.total / deff};
}

ClusterDifference cluster_difference(const ClusterSums& holdout, const ClusterSums& contacted, double level) {
    const ClusterRate h = cluster_rate(holdout);
    const ClusterRate t = cluster_rate(contacted);
    const double d = h.rate - t.rate;
    const double variance = h.variance + t.variance;
    if (std::isnan(variance) || std::isnan(critical_value(level)))
        return {d, kNaN, kNaN, kNoInterval, kNoInterval};
    const double se = std::sqrt(variance);
    const double df = square(variance) /
                      (square(h.variance) / (holdout.units - 1) + square(t.variance) / (contacted.units - 1));
    const double wide = se > 0 ? student_t_critical_value(level, df) * se : 0;
    const double narrow = critical_value(level) * se;
    return {d, se, df, {d - wide, d + wide}, {d - narrow, d + narrow}};
}

} // namespace preempt::stats
