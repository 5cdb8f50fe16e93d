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
    if (keys < kMostDense) place_.assign(keys * kArms, 0);
}

CellTable::Slot& CellTable::slot(std::uint32_t group, std::uint32_t stratum, history::Arm arm) {
    const auto key = (group * strata_ + stratum) * kArms + static_cast<std::uint64_t>(arm);
    auto& place = place_.empty() ? sparse_place_[key] : place_[key];
    if (place == 0) {
        slots_.emplace_back();
        slots_.back().group = group;
        slots_.back().stratum = stratum;
        slots_.back().arm = arm;
        place = static_cast<std::uint32_t>(slots_.size());
    }
    return slots_[place - 1];
}

void CellTable::add(std::uint32_t group, std::uint32_t stratum, const Outcome& outcome) {
    auto& cell = slot(group, stratum, outcome.arm);
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
        return;
    }
    ++cell.episodes;
    cell.messages += outcome.dose;
    cell.truncated += outcome.truncated ? 1 : 0;
    cell.delivered += outcome.delivered ? 1 : 0;
    if (cell.open_m++ == 0) touched_.push_back(static_cast<std::uint32_t>(&cell - slots_.data()));
    if (outcome.induced) ++cell.induced;
    if (outcome.confirmed) ++cell.confirmed;
    if (outcome.contacts == 0) return;
    ++cell.contacted;
    ++cell.open_y;
    cell.contacts += outcome.contacts;
    const auto day = static_cast<std::size_t>(outcome.first_delay / kMillisecondsPerDay);
    ++cell.day[std::min(day, kDelayDays - 1)];
}

void CellTable::end_unit() {
    for (const auto place : touched_) {
        auto& cell = slots_[place];
        const std::uint64_t y = cell.open_y, m = cell.open_m;
        ++cell.units;
        cell.mm += m * m;
        if (y > 0) {
            cell.yy += y * y;
            cell.ym += y * m;
        }
        cell.open_y = cell.open_m = 0;
    }
    touched_.clear();
}

void CellTable::absorb(const CellTable& other) {
    for (const auto& from : other.slots_) {
        auto& into = slot(from.group, from.stratum, from.arm);
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
