// Cells of sufficient statistics: everything that any later figure needs of a group of episodes, as counts
// and sums. In: episodes and the group and stratum of each. Out: one cell for every (group, stratum, arm)
// that occurs. What comes after sees cells only, so a dropped file, a saved evidence file and a warehouse's
// result take the same road.
#pragma once

#include "core/episodes/episodes.hpp"
#include "core/stats/cluster.hpp"
#include <algorithm>
#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <cstring>
#include <limits>
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

/// By (group, stratum, arm).
void sort_cells(std::vector<Cell>& cells);

/// What an episode brings to a cell.
struct Outcome {
    Instant start = 0;
    std::int64_t first_delay = -1; ///< ms, -1 = none
    std::uint32_t contacts = 0;    ///< more than 0 = contacted
    std::uint32_t dose = 1;
    history::Arm arm = history::Arm::none;
    episodes::State state = episodes::State::counted;
    bool induced = false, confirmed = false, truncated = false, delivered = false;
};
Outcome outcome_of(const episodes::Episode& episode);

/// What an outcome adds to a cell, made once and added to every table without a branch.
struct Addend {
    enum Count : std::uint8_t {
        episodes,
        contacted,
        contacts,
        messages,
        induced,
        confirmed,
        truncated,
        delivered,
        reactive,
        pending,
        censored,
        dropped,
        count_,
    };
    using Tally = std::array<std::uint32_t, count_>; ///< by Count, as in Cell
    /// Every compiler that builds this has it, and every machine that runs it.
    using Four [[gnu::vector_size(16)]] = std::uint32_t;
    static_assert(count_ % 4 == 0);

    Addend() = default;
    explicit Addend(const Outcome& outcome);
    bool is_counted() const { return tally[episodes] != 0; }
    std::uint32_t y() const { return tally[contacted]; } ///< 0 or 1
    void put(Count first, Four counts) { std::memcpy(&tally[first], &counts, sizeof counts); }

    Tally tally{};
    Instant start = 0, pending_start = kNoInstant;
    std::uint32_t day = kDelayDays; ///< of the first contact; kDelayDays = none
    std::uint32_t dose = 1;         ///< also of what is not counted
    history::Arm arm = history::Arm::none;
};

/// The counts of a cell under construction. What most episodes touch is one line of the cache.
struct alignas(64) Counts {
    Addend::Tally tally{};
    Instant first_start = std::numeric_limits<Instant>::max(), last_start = kNoInstant;
    Instant last_pending = kNoInstant;
    std::array<std::uint32_t, kDelayDays> day{};

    void add(const Addend& one);
    void add(const Counts& other);
};

inline void Counts::add(const Addend& one) {
    for (std::size_t c = 0; c < Addend::count_; c += 4) {
        Addend::Four sum, more;
        std::memcpy(&sum, &tally[c], sizeof sum);
        std::memcpy(&more, &one.tally[c], sizeof more);
        sum += more;
        std::memcpy(&tally[c], &sum, sizeof sum);
    }
    first_start = std::min(first_start, one.start);
    last_start = std::max(last_start, one.start);
    if (one.pending_start > last_pending) last_pending = one.pending_start;
    if (one.day < kDelayDays) ++day[one.day];
}

/// What units add to the sums that have several counted episodes in a cell. Over pairs of episodes of one
/// unit: how many pairs, in how many both were contacted, and contacted episodes summed. With these
/// sum_mm = episodes + 2 count, sum_yy = contacted + 2 both, sum_ym = contacted + either.
struct UnitPairs {
    std::uint64_t again = 0; ///< episodes that are not the first of their unit
    std::uint64_t count = 0, both = 0, either = 0;

    void add(const UnitPairs& other);
    /// A unit with m counted episodes, y of them contacted.
    static UnitPairs of_unit(std::uint64_t m, std::uint64_t y);
};

/// Code of an episode that a table leaves out.
inline constexpr std::uint32_t kLeftOut = 0xFFFF'FFFF;

/// Cells under construction, filled unit by unit: what a unit has in a cell is known when the unit ends. All
/// counts are whole numbers, so tables made of parts of the units and merged are those of the whole.
class CellTable {
  public:
    /// Groups and strata are below these.
    CellTable(std::uint64_t groups, std::uint64_t strata);
    /// All episodes of one unit: group, stratum and addend of episode i stand at groups[i * stride],
    /// strata[i * stride] and addends[i]. What has kLeftOut is left out.
    void add_unit(const std::uint32_t* groups, const std::uint32_t* strata, std::size_t stride,
                  const Addend* addends, std::size_t count);
    /// All of them in group 0 and stratum 0.
    void add_unit(const Addend* addends, std::size_t count);
    /// Adds counts and pairs of any episodes to a cell; the pairs may come later than the counts.
    void add(std::uint32_t group, std::uint32_t stratum, history::Arm arm, const Counts& counts);
    void add(std::uint32_t group, std::uint32_t stratum, history::Arm arm, const UnitPairs& pairs);
    /// Adds a table of other units, of the same size.
    void absorb(const CellTable& other);
    /// Sorted by (group, stratum, arm). `window`: of the episodes, for Cell::pending_until.
    std::vector<Cell> cells(std::int64_t window) const;

  private:
    struct Slot {
        Counts counts;
        UnitPairs pairs;
        std::uint32_t group = 0, stratum = 0;
        history::Arm arm = history::Arm::none;
    };
    std::uint32_t place_of(std::uint32_t group, std::uint32_t stratum, history::Arm arm);

    std::uint64_t strata_;
    std::vector<std::uint32_t> place_; ///< of a key's slot, + 1; empty when there are too many keys
    boost::unordered_flat_map<std::uint64_t, std::uint32_t> sparse_place_;
    std::vector<Slot> slots_;
    struct Open {
        std::uint32_t place, y, m;
    };
    std::vector<Open> open_; ///< cells in which the unit in hand has counted episodes
};

} // namespace preempt::evidence
