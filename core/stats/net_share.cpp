#include "core/stats/net_share.hpp"

#include <algorithm>
#include <cmath>

#include "core/stats/arm.hpp"

namespace preempt::stats {

Estimate net_share(double plus, double minus, double total, double level) {
    if (!detail::has_data({plus, total}) || !(minus >= 0) || plus + minus > total)
        return {detail::kNaN, detail::kNoInterval};
    const double p1 = plus / total, p2 = minus / total;
    const auto first = wilson(plus, total, level), second = wilson(minus, total, level);
    const double others = (1 - p1) * (1 - p2);
    const double r = p1 * p2 == 0 ? 0 : -std::min(1.0, std::sqrt(p1 * p2 / others));
    const auto distance = [r](double a, double b) { return std::sqrt(a * a + b * b - 2 * r * a * b); };
    const double d = p1 - p2;
    return {d,
            {std::max(-1.0, d - distance(p1 - first.low, second.high - p2)),
             std::min(1.0, d + distance(first.high - p1, p2 - second.low))}};
}

} // namespace preempt::stats
