#include "core/stats/did.hpp"

#include <array>
#include <cmath>

#include "core/stats/arm.hpp"

namespace preempt::stats {

Estimate mover_sum(std::span<const double> coefficients, std::span<const Estimate> parts) {
    if (coefficients.size() != parts.size() || parts.empty()) return {detail::kNaN, detail::kNoInterval};
    double value = 0, down = 0, up = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const double c = coefficients[i];
        const Estimate& x = parts[i];
        value += c * x.value;
        const double to_low = detail::square(c * (x.value - x.interval.low));
        const double to_high = detail::square(c * (x.interval.high - x.value));
        down += c > 0 ? to_low : to_high;
        up += c > 0 ? to_high : to_low;
    }
    if (std::isnan(value + down + up)) return {value, detail::kNoInterval};
    return {value, {value - std::sqrt(down), value + std::sqrt(up)}};
}

Estimate mover_difference(const Estimate& a, const Estimate& b) {
    return mover_sum(std::array{1.0, -1.0}, std::array{a, b});
}

Estimate difference_in_differences(const Estimate& changed_before, const Estimate& changed_after,
                                   const Estimate& control_before, const Estimate& control_after) {
    return mover_sum(std::array{-1.0, 1.0, 1.0, -1.0},
                     std::array{changed_before, changed_after, control_before, control_after});
}

} // namespace preempt::stats
