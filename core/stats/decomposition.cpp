#include "core/stats/decomposition.hpp"

#include <algorithm>
#include <bit>

#include "core/stats/arm.hpp"

namespace preempt::stats {

std::vector<double> shapley(std::size_t factors, const std::function<double(std::uint32_t)>& value) {
    if (factors == 0 || factors > kMostFactors) return {};
    const std::uint32_t sets = std::uint32_t{1} << factors;
    std::vector<double> values(sets);
    for (std::uint32_t set = 0; set < sets; ++set)
        values[set] = value(set);

    // Weight of a set of size s that a factor joins: s! (k-1-s)! / k! = 1 / (k C(k-1, s)).
    std::vector<double> weight(factors);
    double choose = 1;
    for (std::size_t s = 0; s < factors; ++s) {
        weight[s] = 1 / (static_cast<double>(factors) * choose);
        choose *= static_cast<double>(factors - 1 - s) / static_cast<double>(s + 1);
    }
    std::vector<double> result(factors, 0.0);
    for (std::size_t f = 0; f < factors; ++f) {
        const std::uint32_t bit = std::uint32_t{1} << f;
        for (std::uint32_t set = 0; set < sets; ++set)
            if (!(set & bit))
                result[f] +=
                    weight[static_cast<std::size_t>(std::popcount(set))] * (values[set | bit] - values[set]);
    }
    return result;
}

std::vector<double> shapley_of_product(std::span<const double> from, std::span<const double> to) {
    if (from.size() != to.size()) return {};
    return shapley(from.size(), [&](std::uint32_t changed) {
        double product = 1;
        for (std::size_t f = 0; f < from.size(); ++f)
            product *= (changed >> f & 1 ? to : from)[f];
        return product;
    });
}

std::vector<double> shapley_of_product_sum(std::span<const Factor> factors) {
    std::size_t groups = 1;
    for (const Factor& f : factors)
        groups = std::max({groups, f.from.size(), f.to.size()});
    for (const Factor& f : factors)
        if (f.from.size() != f.to.size() || (f.from.size() != 1 && f.from.size() != groups)) return {};
    return shapley(factors.size(), [&](std::uint32_t changed) {
        double sum = 0;
        for (std::size_t g = 0; g < groups; ++g) {
            double product = 1;
            for (std::size_t f = 0; f < factors.size(); ++f) {
                const std::vector<double>& values = changed >> f & 1 ? factors[f].to : factors[f].from;
                product *= values[values.size() == 1 ? 0 : g];
            }
            sum += product;
        }
        return sum;
    });
}

MixAndWithin mix_and_within(std::span<const double> share_from, std::span<const double> rate_from,
                            std::span<const double> share_to, std::span<const double> rate_to) {
    const std::size_t groups = share_from.size();
    if (groups == 0 || rate_from.size() != groups || share_to.size() != groups || rate_to.size() != groups)
        return {detail::kNaN, detail::kNaN, {}, {}};
    MixAndWithin result{};
    for (std::size_t g = 0; g < groups; ++g) {
        const double mix = (share_to[g] - share_from[g]) * (rate_from[g] + rate_to[g]) / 2;
        const double within = (share_from[g] + share_to[g]) / 2 * (rate_to[g] - rate_from[g]);
        result.mix += mix;
        result.within += within;
        result.mix_by_group.push_back(mix);
        result.within_by_group.push_back(within);
    }
    return result;
}

} // namespace preempt::stats
