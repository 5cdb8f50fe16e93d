#include "core/stats/proportion.hpp"

#include <cmath>
#include <limits>

#include "core/stats/arm.hpp"
#include "core/stats/distribution.hpp"

namespace preempt::stats {

double rate(Arm arm) {
    return detail::has_data(arm) ? arm.events / arm.total : detail::kNaN;
}

Interval wilson(double events, double total, double level) {
    const double z = critical_value(level);
    if (!detail::has_data({events, total}) || std::isnan(z)) return detail::kNoInterval;
    const double z2 = z * z;
    const double misses = total - events;
    const double centre = 2 * events + z2;
    const double root = z * std::sqrt(z2 + 4 * events * (misses / total));
    const double scale = 2 * (total + z2);
    // (centre - root) / scale loses digits for few events among very many; the same with (centre + root)
    // multiplied above and below does not, since centre^2 - root^2 = 4 x^2 (n + z^2) / n.
    const double low = events == 0 ? 0 : 2 * events * (events / total) / (centre + root);
    const double high = misses == 0 ? 1 : (centre + root) / scale;
    return {low, high};
}

Interval clopper_pearson(double events, double total, double level) {
    if (!detail::has_data({events, total}) || !(level > 0 && level < 1)) return detail::kNoInterval;
    const double tail = (1 - level) / 2;
    const double low = events == 0 ? 0 : beta_quantile(tail, events, total - events + 1);
    const double high = events == total ? 1 : 1 - beta_quantile(tail, total - events, events + 1);
    return {low, high};
}

} // namespace preempt::stats
