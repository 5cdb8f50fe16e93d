#include "core/stats/power.hpp"

#include <algorithm>
#include <cmath>

#include "core/stats/arm.hpp"
#include "core/stats/distribution.hpp"
#include "core/stats/root.hpp"

namespace preempt::stats {

namespace {

using detail::kInfinity;
using detail::kNaN;
using detail::square;

bool is_rate(double p) {
    return p >= 0 && p <= 1;
}

double at_least_one(double deff) {
    return deff > 1 ? deff : 1;
}

} // namespace

SampleSize sample_size(double holdout_rate, double contacted_rate, double holdout_per_contacted, double level,
                       double power, double deff) {
    const double k = holdout_per_contacted;
    const double z_alpha = critical_value(level);
    if (!is_rate(holdout_rate) || !is_rate(contacted_rate) || !(k > 0 && k < kInfinity) ||
        std::isnan(z_alpha) || !(power > 0 && power < 1))
        return {kNaN, kNaN};
    if (holdout_rate == contacted_rate) return {kInfinity, kInfinity};
    const double z_power = normal_quantile(power);
    const double pooled = (k * holdout_rate + contacted_rate) / (k + 1);
    const double null_part = z_alpha * std::sqrt(pooled * (1 - pooled) * (1 + 1 / k));
    const double true_part =
        z_power * std::sqrt(holdout_rate * (1 - holdout_rate) / k + contacted_rate * (1 - contacted_rate));
    const double contacted =
        square((null_part + true_part) / (holdout_rate - contacted_rate)) * at_least_one(deff);
    return {k * contacted, contacted};
}

double power(double holdout_rate, double contacted_rate, double holdout_total, double contacted_total,
             double level, double deff) {
    const double z = critical_value(level);
    if (!is_rate(holdout_rate) || !is_rate(contacted_rate) || !(holdout_total > 0) ||
        !(contacted_total > 0) || std::isnan(z))
        return kNaN;
    const double nh = holdout_total / at_least_one(deff);
    const double nt = contacted_total / at_least_one(deff);
    const double d = std::abs(holdout_rate - contacted_rate);
    const double pooled = (holdout_rate * nh + contacted_rate * nt) / (nh + nt);
    const double s0 = std::sqrt(pooled * (1 - pooled) * (1 / nh + 1 / nt));
    const double s1 =
        std::sqrt(holdout_rate * (1 - holdout_rate) / nh + contacted_rate * (1 - contacted_rate) / nt);
    if (s1 == 0) return d > z * s0 ? 1 : 0; // rates of 0 and 1: every sample looks the same
    return normal_cdf((d - z * s0) / s1) + normal_cdf((-d - z * s0) / s1);
}

std::optional<double> minimum_detectable_drop(double holdout_rate, double holdout_total,
                                              double contacted_total, double level, double wanted,
                                              double deff) {
    if (!(holdout_rate > 0) || !(wanted > 0 && wanted < 1)) return {};
    const auto shortfall = [&](double drop) {
        const double contacted_rate = std::max(0.0, holdout_rate - drop);
        return power(holdout_rate, contacted_rate, holdout_total, contacted_total, level, deff) - wanted;
    };
    const double at_all = shortfall(holdout_rate);
    if (!(at_all >= 0)) return {};
    const double at_none = shortfall(0);
    if (at_none >= 0) return 0.0; // wanted less power than the test's own error rate
    return detail::bracketed_root(shortfall, 0, at_none, holdout_rate, at_all);
}

} // namespace preempt::stats
