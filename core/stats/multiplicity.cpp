#include "core/stats/multiplicity.hpp"

#include "core/base/sort_list.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace preempt::stats {

namespace {

// Places of the p-values that are there, smallest first.
std::vector<std::size_t> ascending(std::span<const double> p) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < p.size(); ++i)
        if (!std::isnan(p[i])) order.push_back(i);
    sort_list(order, [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    return order;
}

// factor(rank, m): what the p-value of that rank (1 = smallest) is multiplied with.
template <class Factor>
std::vector<double> step_up(std::span<const double> p, Factor factor) {
    std::vector<double> result(p.begin(), p.end());
    const std::vector<std::size_t> order = ascending(p);
    const double m = static_cast<double>(order.size());
    double least = 1;
    for (std::size_t k = order.size(); k-- > 0;) {
        least = std::min(least, factor(static_cast<double>(k + 1), m) * p[order[k]]);
        result[order[k]] = least;
    }
    return result;
}

} // namespace

std::vector<double> bonferroni(std::span<const double> p) {
    std::vector<double> result(p.begin(), p.end());
    const double m = static_cast<double>(ascending(p).size());
    for (double& x : result)
        if (!std::isnan(x)) x = std::min(1.0, m * x);
    return result;
}

std::vector<double> holm(std::span<const double> p) {
    std::vector<double> result(p.begin(), p.end());
    const std::vector<std::size_t> order = ascending(p);
    double largest = 0;
    for (std::size_t k = 0; k < order.size(); ++k) {
        largest = std::max(largest, std::min(1.0, static_cast<double>(order.size() - k) * p[order[k]]));
        result[order[k]] = largest;
    }
    return result;
}

std::vector<double> hochberg(std::span<const double> p) {
    return step_up(p, [](double rank, double m) { return m - rank + 1; });
}

std::vector<double> benjamini_hochberg(std::span<const double> p) {
    return step_up(p, [](double rank, double m) { return m / rank; });
}

std::vector<double> benjamini_yekutieli(std::span<const double> p) {
    double harmonic = 0;
    for (std::size_t k = 1; k <= ascending(p).size(); ++k)
        harmonic += 1 / static_cast<double>(k);
    return step_up(p, [harmonic](double rank, double m) { return harmonic * m / rank; });
}

} // namespace preempt::stats
