#include "core/evidence/cells.hpp"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>

namespace preempt::evidence {
namespace {

using episodes::State;

/// What the unit in hand has in a cell so far; added to the cell's sums when the next unit begins.
struct Open {
    std::uint32_t unit = history::kNobody;
    double y = 0, m = 0;
};

void close(Open& open, Cell& cell) {
    if (open.m == 0) return;
    auto& sums = cell.sums;
    sums.units += 1;
    sums.sum_y += open.y;
    sums.sum_m += open.m;
    sums.sum_yy += open.y * open.y;
    sums.sum_ym += open.y * open.m;
    sums.sum_mm += open.m * open.m;
    open = {};
}

} // namespace

void merge(Cell& into, const Cell& from) {
    into.episodes += from.episodes;
    into.contacted += from.contacted;
    into.contacts += from.contacts;
    into.messages += from.messages;
    into.induced += from.induced;
    into.confirmed += from.confirmed;
    into.truncated += from.truncated;
    into.delivered += from.delivered;
    into.reactive += from.reactive;
    into.pending += from.pending;
    into.censored += from.censored;
    into.dropped += from.dropped;
    into.sums.units += from.sums.units;
    into.sums.sum_y += from.sums.sum_y;
    into.sums.sum_m += from.sums.sum_m;
    into.sums.sum_yy += from.sums.sum_yy;
    into.sums.sum_ym += from.sums.sum_ym;
    into.sums.sum_mm += from.sums.sum_mm;
    for (std::size_t day = 0; day < kDelayDays; ++day)
        into.first_contact_day[day] += from.first_contact_day[day];
    into.pending_until = std::max(into.pending_until, from.pending_until);
    into.last_start = std::max(into.last_start, from.last_start);
    if (into.first_start == kNoInstant ||
        (from.first_start != kNoInstant && from.first_start < into.first_start))
        into.first_start = from.first_start;
}

std::vector<Cell> collect(const episodes::Episodes& episodes, std::span<const std::uint32_t> group,
                          std::span<const std::uint32_t> stratum, std::int64_t window) {
    std::vector<Cell> cells;
    std::vector<Open> open;
    // A key packs group, stratum and arm; groups and strata are far fewer than 2^31.
    boost::unordered_flat_map<std::uint64_t, std::uint32_t> index;
    std::uint64_t last_key = ~std::uint64_t{0};
    std::uint32_t last_cell = 0;
    for (std::size_t e = 0; e < episodes.size(); ++e) {
        const std::uint64_t g = group.empty() ? 0 : group[e];
        const std::uint64_t s = stratum.empty() ? 0 : stratum[e];
        const auto key = (g << 33) | (s << 2) | static_cast<std::uint64_t>(episodes.arm[e]);
        if (key != last_key) {
            const auto [place, added] = index.try_emplace(key, static_cast<std::uint32_t>(cells.size()));
            if (added) {
                cells.emplace_back();
                cells.back().group = static_cast<std::uint32_t>(g);
                cells.back().stratum = static_cast<std::uint32_t>(s);
                cells.back().arm = episodes.arm[e];
                open.emplace_back();
            }
            last_key = key;
            last_cell = place->second;
        }
        auto& cell = cells[last_cell];
        const auto start = episodes.start[e];
        if (cell.first_start == kNoInstant || start < cell.first_start) cell.first_start = start;
        cell.last_start = std::max(cell.last_start, start);
        switch (episodes.state[e]) {
        case State::reactive:
            ++cell.reactive;
            continue;
        case State::pending:
            ++cell.pending;
            cell.pending_until = std::max(cell.pending_until, start + window);
            continue;
        case State::censored:
            ++cell.censored;
            continue;
        case State::dropped:
            ++cell.dropped;
            continue;
        case State::counted:
            break;
        }
        const bool contacted = episodes.contacts[e] > 0;
        ++cell.episodes;
        cell.contacted += contacted ? 1 : 0;
        cell.contacts += episodes.contacts[e];
        cell.messages += episodes.dose[e];
        cell.induced += episodes.induced[e];
        cell.confirmed += episodes.confirmed[e];
        cell.truncated += episodes.lookback_truncated[e];
        if (contacted) {
            const auto day = static_cast<std::size_t>(episodes.first_delay[e] / kMillisecondsPerDay);
            ++cell.first_contact_day[std::min(day, kDelayDays - 1)];
        }
        auto& mine = open[last_cell];
        if (mine.unit != episodes.unit[e]) {
            close(mine, cell);
            mine.unit = episodes.unit[e];
        }
        mine.y += contacted ? 1 : 0;
        mine.m += 1;
    }
    for (std::size_t i = 0; i < cells.size(); ++i)
        close(open[i], cells[i]);
    std::sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) {
        if (a.group != b.group) return a.group < b.group;
        return a.stratum != b.stratum ? a.stratum < b.stratum : a.arm < b.arm;
    });
    return cells;
}

} // namespace preempt::evidence
