// Cells of sufficient statistics: everything that any later figure needs of a group of episodes, as counts
// and sums. In: episodes and the group and stratum of each. Out: one cell for every (group, stratum, arm)
// that occurs. What comes after sees cells only, so a dropped file, a saved evidence file and a warehouse's
// result take the same road.
#pragma once

#include "core/episodes/episodes.hpp"
#include "core/stats/cluster.hpp"
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace preempt::evidence {

/// Days 0 to 27 of a window, and one for later.
inline constexpr std::size_t kDelayDays = 29;

struct Cell {
    std::uint32_t group = 0;
    std::uint32_t stratum = 0;
    history::Arm arm = history::Arm::none;
    std::int64_t episodes = 0;  ///< counted: mature, pre-emptive, not churned
    std::int64_t contacted = 0; ///< of these, with at least one contact in the window
    std::int64_t contacts = 0;
    std::int64_t messages = 0; ///< rows of the log inside the counted episodes (dose)
    std::int64_t induced = 0, confirmed = 0, truncated = 0;
    /// Counted episodes in whose window a targeted message reached the unit: delivery in the contacted arm,
    /// contamination in the held-out one.
    std::int64_t delivered = 0;
    std::int64_t reactive = 0, pending = 0, censored = 0, dropped = 0;
    /// Over units: y = contacted episodes, m = counted episodes of the unit in this cell
    /// (stats::ClusterSums).
    stats::ClusterSums sums{};
    /// Counted episodes by day of their first contact.
    std::array<std::int64_t, kDelayDays> first_contact_day{};
    Instant pending_until = kNoInstant; ///< when the last pending window ends
    Instant first_start = kNoInstant, last_start = kNoInstant;
};

/// Adds the counts of `from` to `into`. Sums over units add up only when no unit stands in both cells.
void merge(Cell& into, const Cell& from);

/// `group` and `stratum`: one code an episode, or empty for "all alike". Episodes must be sorted by unit.
/// Cells come out sorted by (group, stratum, arm).
std::vector<Cell> collect(const episodes::Episodes& episodes, std::span<const std::uint32_t> group,
                          std::span<const std::uint32_t> stratum, std::int64_t window);

} // namespace preempt::evidence
