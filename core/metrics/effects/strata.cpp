#include "core/metrics/effects/strata.hpp"

#include <algorithm>
#include <map>

namespace preempt::metrics {

using evidence::Cell;

std::vector<Pair> pair_up(std::span<const Cell> cells) {
    std::map<std::uint32_t, Pair> by_stratum;
    for (const auto& cell : cells) {
        if (cell.episodes == 0) continue;
        auto& pair = by_stratum[cell.stratum];
        pair.stratum = cell.stratum;
        evidence::merge(cell.arm == history::Arm::holdout ? pair.holdout : pair.treated, cell);
    }
    std::vector<Pair> pairs;
    pairs.reserve(by_stratum.size());
    for (const auto& [number, pair] : by_stratum)
        pairs.push_back(pair);
    return pairs;
}

std::vector<stats::Stratum> arms_of(std::span<const Pair> pairs) {
    const auto arm = [](const Cell& cell) {
        return stats::Arm{static_cast<double>(cell.contacted), static_cast<double>(cell.episodes)};
    };
    std::vector<stats::Stratum> arms;
    arms.reserve(pairs.size());
    for (const auto& pair : pairs)
        arms.push_back({arm(pair.holdout), arm(pair.treated)});
    return arms;
}

double design_effect_of(std::span<const Cell> cells) {
    std::vector<stats::ClusterSums> sums;
    for (const auto& cell : cells)
        if (cell.episodes > 0) sums.push_back(cell.sums);
    return stats::design_effect(sums);
}

std::span<const Cell> cells_of_group(std::span<const Cell> cells, std::uint32_t group) {
    const auto before = [](const Cell& cell, std::uint32_t g) { return cell.group < g; };
    const auto first = std::lower_bound(cells.begin(), cells.end(), group, before);
    const auto last = std::lower_bound(first, cells.end(), group + 1, before);
    return cells.subspan(static_cast<std::size_t>(first - cells.begin()),
                         static_cast<std::size_t>(last - first));
}

} // namespace preempt::metrics
