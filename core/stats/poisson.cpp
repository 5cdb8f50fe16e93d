#include "core/stats/poisson.hpp"

#include "core/stats/arm.hpp"
#include "core/stats/distribution.hpp"

namespace preempt::stats {

Interval poisson_exact(double count, double exposure, double level) {
    if (!(count >= 0 && count < detail::kInfinity) || !(exposure > 0) || !(level > 0 && level < 1))
        return detail::kNoInterval;
    const double tail = (1 - level) / 2;
    const double low = count == 0 ? 0 : gamma_quantile(tail, count);
    return {low / exposure, gamma_upper_quantile(tail, count + 1) / exposure};
}

Estimate poisson_ratio(double a, double b, double level) {
    const auto share = wilson(a, a + b, level);
    const auto odds = [](double p) { return p < 1 ? p / (1 - p) : detail::kInfinity; };
    if (!(a >= 0) || !(b >= 0) || !(a + b > 0)) return {detail::kNaN, detail::kNoInterval};
    return {a / b, {odds(share.low), odds(share.high)}};
}

} // namespace preempt::stats
