#include "core/evidence/cells.hpp"

#include "core/base/sort_list.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace preempt::evidence {

using episodes::State;

namespace {

/// Keys of more than this many are looked up in a hash map.
constexpr std::uint64_t kMostDense = std::uint64_t{1} << 20;
constexpr std::uint64_t kArms = 3;

constexpr std::pair<Addend::Count, std::int64_t Cell::*> kMembers[] = {
    {Addend::episodes, &Cell::episodes},   {Addend::contacted, &Cell::contacted},
    {Addend::contacts, &Cell::contacts},   {Addend::messages, &Cell::messages},
    {Addend::induced, &Cell::induced},     {Addend::confirmed, &Cell::confirmed},
    {Addend::truncated, &Cell::truncated}, {Addend::delivered, &Cell::delivered},
    {Addend::reactive, &Cell::reactive},   {Addend::pending, &Cell::pending},
    {Addend::censored, &Cell::censored},   {Addend::dropped, &Cell::dropped}};
static_assert(std::size(kMembers) == Addend::count_);

} // namespace

void merge(Cell& into, const Cell& from) {
    for (const auto& [count, member] : kMembers)
        into.*member += from.*member;
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
    sort_list(cells, [](const Cell& a, const Cell& b) {
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

Addend::Addend(const Outcome& outcome) : start(outcome.start), dose(outcome.dose), arm(outcome.arm) {
    switch (outcome.state) {
    case State::counted:
        break;
    case State::reactive:
        tally[reactive] = 1;
        return;
    case State::pending:
        tally[pending] = 1;
        pending_start = start;
        return;
    case State::censored:
        tally[censored] = 1;
        return;
    case State::dropped:
        tally[dropped] = 1;
        return;
    }
    const auto one_if = [](bool is) { return is ? 1U : 0U; };
    // Four at a time, as they are read again.
    put(episodes, Four{1U, one_if(outcome.contacts > 0), outcome.contacts, outcome.dose});
    put(induced, Four{one_if(outcome.induced), one_if(outcome.confirmed), one_if(outcome.truncated),
                      one_if(outcome.delivered)});
    if (outcome.contacts > 0)
        day = static_cast<std::uint32_t>(
            std::min<std::int64_t>(outcome.first_delay / kMillisecondsPerDay, kDelayDays - 1));
}

void Counts::add(const Counts& other) {
    for (std::size_t c = 0; c < tally.size(); ++c)
        tally[c] += other.tally[c];
    first_start = std::min(first_start, other.first_start);
    last_start = std::max(last_start, other.last_start);
    last_pending = std::max(last_pending, other.last_pending);
    for (std::size_t d = 0; d < day.size(); ++d)
        day[d] += other.day[d];
}

void UnitPairs::add(const UnitPairs& other) {
    again += other.again;
    count += other.count;
    both += other.both;
    either += other.either;
}

UnitPairs UnitPairs::of_unit(std::uint64_t m, std::uint64_t y) {
    if (m == 0) return {};
    return {m - 1, m * (m - 1) / 2, y == 0 ? 0 : y * (y - 1) / 2, y * (m - 1)};
}

void CellTable::add_unit(const std::uint32_t* groups, const std::uint32_t* strata, std::size_t stride,
                         const Addend* addends, std::size_t count) {
    open_.clear();
    for (std::size_t i = 0; i < count; ++i) {
        const auto group = groups[i * stride], stratum = strata[i * stride];
        if (group == kLeftOut || stratum == kLeftOut) continue;
        const auto place = place_of(group, stratum, addends[i].arm);
        slots_[place].counts.add(addends[i]);
        if (!addends[i].is_counted() || count == 1) continue;
        const auto y = addends[i].y();
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
        if (open.m > 1) slots_[open.place].pairs.add(UnitPairs::of_unit(open.m, open.y));
}

void CellTable::add_unit(const Addend* addends, std::size_t count) {
    constexpr std::uint32_t kNone = 0;
    add_unit(&kNone, &kNone, 0, addends, count);
}

void CellTable::add(std::uint32_t group, std::uint32_t stratum, history::Arm arm, const Counts& counts) {
    slots_[place_of(group, stratum, arm)].counts.add(counts);
}

void CellTable::add(std::uint32_t group, std::uint32_t stratum, history::Arm arm, const UnitPairs& pairs) {
    slots_[place_of(group, stratum, arm)].pairs.add(pairs);
}

void CellTable::absorb(const CellTable& other) {
    for (const auto& from : other.slots_) {
        auto& into = slots_[place_of(from.group, from.stratum, from.arm)];
        into.counts.add(from.counts);
        into.pairs.add(from.pairs);
    }
}

std::vector<Cell> CellTable::cells(std::int64_t window) const {
    std::vector<Cell> all;
    all.reserve(slots_.size());
    for (const auto& slot : slots_) {
        const auto& from = slot.counts;
        const auto& pairs = slot.pairs;
        Cell cell;
        cell.group = slot.group;
        cell.stratum = slot.stratum;
        cell.arm = slot.arm;
        for (const auto& [count, member] : kMembers)
            cell.*member = from.tally[count];
        const auto episodes = from.tally[Addend::episodes], contacted = from.tally[Addend::contacted];
        cell.sums = {static_cast<double>(episodes - pairs.again),
                     static_cast<double>(contacted),
                     static_cast<double>(episodes),
                     static_cast<double>(contacted + 2 * pairs.both),
                     static_cast<double>(contacted + pairs.either),
                     static_cast<double>(episodes + 2 * pairs.count)};
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
