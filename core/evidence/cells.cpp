#include "core/evidence/cells.hpp"

#include <algorithm>

namespace preempt::evidence {

using episodes::State;

namespace {

/// Keys of more than this many are looked up in a hash map.
constexpr std::uint64_t kMostDense = std::uint64_t{1} << 20;
constexpr std::uint64_t kArms = 3;

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

void sort_cells(std::vector<Cell>& cells) {
    std::sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) {
        if (a.group != b.group) return a.group < b.group;
        return a.stratum != b.stratum ? a.stratum < b.stratum : a.arm < b.arm;
    });
}

Outcome outcome_of(const episodes::Episode& episode) {
    return {episode.start,    episode.first_delay, episode.contacts,
            episode.dose,     episode.arm,         episode.state,
            episode.induced,  episode.confirmed,   episode.lookback_truncated,
            episode.delivered};
}

CellTable::CellTable(std::uint64_t groups, std::uint64_t strata)
    : strata_(std::max<std::uint64_t>(strata, 1)) {
    const auto keys = std::max<std::uint64_t>(groups, 1) * strata_;
    if (keys < kMostDense) place_.assign(static_cast<std::size_t>(keys * kArms), 0);
}

/// Place of a slot, made if it is new.
std::uint32_t CellTable::place_of(std::uint32_t group, std::uint32_t stratum, history::Arm arm) {
    const auto key = (group * strata_ + stratum) * kArms + static_cast<std::uint64_t>(arm);
    auto& place = place_.empty() ? sparse_place_[key] : place_[static_cast<std::size_t>(key)];
    if (place == 0) {
        slots_.emplace_back();
        slots_.back().group = group;
        slots_.back().stratum = stratum;
        slots_.back().arm = arm;
        place = static_cast<std::uint32_t>(slots_.size());
    }
    return place - 1;
}

/// Is the episode one of those counted?
inline bool CellTable::count(Slot& cell, const Outcome& outcome) {
    if (cell.first_start == kNoInstant || outcome.start < cell.first_start) cell.first_start = outcome.start;
    cell.last_start = std::max(cell.last_start, outcome.start);
    if (outcome.state != State::counted) {
        switch (outcome.state) {
        case State::reactive:
            ++cell.reactive;
            break;
        case State::pending:
            ++cell.pending;
            cell.last_pending = std::max(cell.last_pending, outcome.start);
            break;
        case State::censored:
            ++cell.censored;
            break;
        default:
            ++cell.dropped;
        }
        return false;
    }
    ++cell.episodes;
    cell.messages += outcome.dose;
    cell.truncated += outcome.truncated ? 1 : 0;
    cell.delivered += outcome.delivered ? 1 : 0;
    if (outcome.induced) ++cell.induced;
    if (outcome.confirmed) ++cell.confirmed;
    if (outcome.contacts == 0) return true;
    ++cell.contacted;
    cell.contacts += outcome.contacts;
    const auto day = static_cast<std::size_t>(outcome.first_delay / kMillisecondsPerDay);
    ++cell.day[std::min(day, kDelayDays - 1)];
    return true;
}

inline void CellTable::close(Slot& cell, std::uint64_t y, std::uint64_t m) {
    ++cell.units;
    cell.mm += m * m;
    if (y == 0) return;
    cell.yy += y * y;
    cell.ym += y * m;
}

void CellTable::add_unit(const std::uint32_t* groups, const std::uint32_t* strata, std::size_t stride,
                         const Outcome* outcomes, std::size_t count_of) {
    open_.clear();
    for (std::size_t i = 0; i < count_of; ++i) {
        const auto group = groups[i * stride], stratum = strata[i * stride];
        if (group == kLeftOut || stratum == kLeftOut) continue;
        const auto place = place_of(group, stratum, outcomes[i].arm);
        if (!count(slots_[place], outcomes[i])) continue;
        const std::uint32_t y = outcomes[i].contacts > 0 ? 1 : 0;
        auto same = open_.size(); // the last ones first: episodes come in time order
        while (same > 0 && open_[same - 1].place != place)
            --same;
        if (same == 0) {
            open_.push_back({place, y, 1});
        } else {
            open_[same - 1].y += y;
            ++open_[same - 1].m;
        }
    }
    for (const auto& open : open_)
        close(slots_[open.place], open.y, open.m);
}

void CellTable::add_unit(const Outcome* outcomes, std::size_t count_of) {
    constexpr std::uint32_t kNone = 0;
    add_unit(&kNone, &kNone, 0, outcomes, count_of);
}

void CellTable::absorb(const CellTable& other) {
    for (const auto& from : other.slots_) {
        auto& into = slots_[place_of(from.group, from.stratum, from.arm)];
        into.episodes += from.episodes;
        into.contacted += from.contacted;
        if (into.first_start == kNoInstant || from.first_start < into.first_start)
            into.first_start = from.first_start;
        into.last_start = std::max(into.last_start, from.last_start);
        into.messages += from.messages;
        into.truncated += from.truncated;
        into.delivered += from.delivered;
        into.units += from.units;
        into.mm += from.mm;
        into.yy += from.yy;
        into.ym += from.ym;
        into.last_pending = std::max(into.last_pending, from.last_pending);
        into.contacts += from.contacts;
        into.induced += from.induced;
        into.confirmed += from.confirmed;
        into.reactive += from.reactive;
        into.pending += from.pending;
        into.censored += from.censored;
        into.dropped += from.dropped;
        for (std::size_t day = 0; day < kDelayDays; ++day)
            into.day[day] += from.day[day];
    }
}

std::vector<Cell> CellTable::cells(std::int64_t window) const {
    std::vector<Cell> all;
    all.reserve(slots_.size());
    for (const auto& from : slots_) {
        Cell cell;
        cell.group = from.group;
        cell.stratum = from.stratum;
        cell.arm = from.arm;
        cell.episodes = from.episodes;
        cell.contacted = from.contacted;
        cell.contacts = from.contacts;
        cell.messages = from.messages;
        cell.induced = from.induced;
        cell.confirmed = from.confirmed;
        cell.truncated = from.truncated;
        cell.delivered = from.delivered;
        cell.reactive = from.reactive;
        cell.pending = from.pending;
        cell.censored = from.censored;
        cell.dropped = from.dropped;
        cell.sums = {static_cast<double>(from.units),    static_cast<double>(from.contacted),
                     static_cast<double>(from.episodes), static_cast<double>(from.yy),
                     static_cast<double>(from.ym),       static_cast<double>(from.mm)};
        for (std::size_t day = 0; day < kDelayDays; ++day)
            cell.first_contact_day[day] = from.day[day];
        if (from.last_pending != kNoInstant) cell.pending_until = from.last_pending + window;
        cell.first_start = from.first_start;
        cell.last_start = from.last_start;
        all.push_back(cell);
    }
    sort_cells(all);
    return all;
}

} // namespace preempt::evidence
