// Cells of two arms paired up by stratum. In: cells (arm holdout = not contacted, arm treated = contacted).
// Out: what the functions of core/stats take. Private to core/metrics.
#pragma once

#include "core/evidence/cells.hpp"
#include "core/stats/cluster.hpp"
#include "core/stats/stratified.hpp"
#include <span>
#include <vector>

namespace preempt::metrics {

struct Pair {
    std::uint32_t stratum = 0;
    evidence::Cell holdout, treated;
};

/// One pair a stratum in which any arm has counted episodes, by number of the stratum. Cells of several
/// groups in one stratum and arm are added up.
std::vector<Pair> pair_up(std::span<const evidence::Cell> cells);

/// Contacted of counted, by stratum.
std::vector<stats::Stratum> arms_of(std::span<const Pair> pairs);

/// One design effect over all cells (statistics.md 2.4).
double design_effect_of(std::span<const evidence::Cell> cells);

/// Cells of one group of a table sorted by group.
std::span<const evidence::Cell> cells_of_group(std::span<const evidence::Cell> cells, std::uint32_t group);

} // namespace preempt::metrics
