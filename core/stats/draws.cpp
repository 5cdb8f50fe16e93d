#include "core/stats/draws.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/stats/distribution.hpp"

namespace preempt::stats {

std::uint64_t Generator::next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    auto z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

std::uint64_t Generator::below(std::uint64_t bound) {
    // Values at the end of the range that would favour small numbers are drawn again.
    const auto limit = ~std::uint64_t{0} - (~std::uint64_t{0} % bound + 1) % bound;
    auto value = next();
    while (value > limit)
        value = next();
    return value % bound;
}

std::vector<double> Draws::column() {
    static const auto kQuantiles = [] {
        std::vector<double> quantiles;
        for (std::size_t i = 0; i < kDraws; ++i)
            quantiles.push_back(normal_quantile((static_cast<double>(i) + 0.5) / kDraws));
        return quantiles;
    }();
    auto values = kQuantiles;
    for (std::size_t i = values.size(); i > 1; --i)
        std::swap(values[i - 1], values[static_cast<std::size_t>(generator_.below(i))]);
    return values;
}

double gamma_from_normal(double shape, double z) {
    const double c = 1 / (9 * shape);
    const double root = std::max(0.0, 1 - c + z * std::sqrt(c));
    return shape * root * root * root;
}

std::vector<double> drawn_rate(double events, double total, Draws& draws) {
    auto rates = draws.column();
    const auto other = draws.column();
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const double yes = gamma_from_normal(events + 1, rates[i]);
        const double no = gamma_from_normal(total - events + 1, other[i]);
        rates[i] = yes + no > 0 ? yes / (yes + no) : 0;
    }
    return rates;
}

std::vector<double> drawn_count(double count, Draws& draws) {
    auto counts = draws.column();
    for (auto& value : counts)
        value = gamma_from_normal(count + 0.5, value);
    return counts;
}

} // namespace preempt::stats
