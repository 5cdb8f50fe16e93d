#include "core/stats/correlation.hpp"

#include <algorithm>
#include <cmath>

#include "core/stats/arm.hpp"
#include "core/stats/distribution.hpp"

namespace preempt::stats {
namespace {

double pearson(std::span<const double> x, std::span<const double> y) {
    const auto n = static_cast<double>(x.size());
    double mean_x = 0, mean_y = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        mean_x += x[i] / n;
        mean_y += y[i] / n;
    }
    double xx = 0, yy = 0, xy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const double a = x[i] - mean_x, b = y[i] - mean_y;
        xx += a * a;
        yy += b * b;
        xy += a * b;
    }
    if (!(xx > 0) || !(yy > 0)) return detail::kNaN;
    return std::clamp(xy / std::sqrt(xx * yy), -1.0, 1.0);
}

/// With itself one step later; 0 where it cannot be told.
double with_itself(std::span<const double> x) {
    const double r = pearson(x.first(x.size() - 1), x.subspan(1));
    return std::isnan(r) ? 0 : r;
}

} // namespace

Correlation correlation(std::span<const double> x, std::span<const double> y, double level) {
    if (x.size() != y.size() || x.size() < 2) return {detail::kNaN, detail::kNoInterval, 0};
    Correlation result;
    result.r = pearson(x, y);
    result.interval = detail::kNoInterval;
    if (std::isnan(result.r)) return result;
    const auto n = static_cast<double>(x.size());
    const double drift = with_itself(x) * with_itself(y);
    result.effective = std::min(n, n * (1 - drift) / (1 + drift));
    if (!(result.effective > 3)) return result;
    if (std::fabs(result.r) == 1) {
        result.interval = {result.r, result.r};
        return result;
    }
    const double half = critical_value(level) / std::sqrt(result.effective - 3);
    const double z = std::atanh(result.r);
    result.interval = {std::tanh(z - half), std::tanh(z + half)};
    return result;
}

} // namespace preempt::stats
