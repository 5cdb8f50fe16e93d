#include "core/stats/order.hpp"

#include <algorithm>
#include <cmath>

#include "core/stats/arm.hpp"
#include "core/stats/distribution.hpp"

namespace preempt::stats {

namespace {

// Largest k in [0, n + 1] with holds(k), where holds is true up to some k and false from there on; holds(0)
// is true.
template <class Predicate>
std::size_t last_true(std::size_t n, Predicate holds) {
    std::size_t yes = 0, no = n + 2;
    while (no - yes > 1) {
        const std::size_t middle = yes + (no - yes) / 2;
        (holds(middle) ? yes : no) = middle;
    }
    return yes;
}

} // namespace

QuantileRanks quantile_ranks(std::size_t n, double q, double level) {
    if (!(q > 0 && q < 1) || !(level > 0 && level < 1)) return {0, n + 1, detail::kNaN};
    const double size = static_cast<double>(n);
    const double tail = (1 - level) / 2;
    // The quantile lies below the l-th smallest value when fewer than l values are below it.
    const std::size_t low = last_true(n, [&](std::size_t l) {
        return l == 0 || (l <= n && binomial_at_most(double(l) - 1, size, q) <= tail);
    });
    // It lies above the u-th smallest when at least u are.
    const std::size_t high =
        last_true(n,
                  [&](std::size_t u) {
                      return u <= n && (u == 0 || binomial_at_least(double(u), size, q) > tail);
                  }) +
        1;
    const double missed_low = low == 0 ? 0 : binomial_at_most(double(low) - 1, size, q);
    const double missed_high = high == n + 1 ? 0 : binomial_at_least(double(high), size, q);
    return {low, high, 1 - missed_low - missed_high};
}

double quantile(std::span<const double> ascending, double q) {
    if (ascending.empty() || !(q >= 0 && q <= 1)) return detail::kNaN;
    const double place = q * static_cast<double>(ascending.size() - 1);
    const std::size_t below = std::min(static_cast<std::size_t>(place), ascending.size() - 1);
    const std::size_t above = std::min(below + 1, ascending.size() - 1);
    const double share = place - static_cast<double>(below);
    return ascending[below] + share * (ascending[above] - ascending[below]);
}

Interval quantile_interval(std::span<const double> ascending, double q, double level) {
    if (ascending.empty()) return detail::kNoInterval;
    const QuantileRanks ranks = quantile_ranks(ascending.size(), q, level);
    if (std::isnan(ranks.coverage)) return detail::kNoInterval;
    return {ranks.low == 0 ? -detail::kInfinity : ascending[ranks.low - 1],
            ranks.high > ascending.size() ? detail::kInfinity : ascending[ranks.high - 1]};
}

} // namespace preempt::stats
