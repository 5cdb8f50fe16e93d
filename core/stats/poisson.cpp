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

} // namespace preempt::stats
