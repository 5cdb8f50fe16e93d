#include "core/evidence/earlier.hpp"

#include <algorithm>

namespace preempt::evidence {

using history::Arm;

namespace {

/// As long as the comparison at the same time looks back. It ends a window before the start: nobody who
/// contacted in that window is counted (5.5.4).
constexpr std::int64_t kEarlier = 90 * kMillisecondsPerDay;

void add(stats::CupedSums& into, const stats::CupedSums& from) {
    auto& o = into.outcome;
    o.units += from.outcome.units;
    o.sum_y += from.outcome.sum_y;
    o.sum_m += from.outcome.sum_m;
    o.sum_yy += from.outcome.sum_yy;
    o.sum_ym += from.outcome.sum_ym;
    o.sum_mm += from.outcome.sum_mm;
    into.sum_x += from.sum_x;
    into.sum_xx += from.sum_xx;
    into.sum_xy += from.sum_xy;
    into.sum_xm += from.sum_xm;
}

} // namespace

stats::CupedSums& EarlierWalk::sums_of(std::uint32_t stratum, Arm arm) {
    const auto place = std::size_t{stratum} * 2 + (arm == Arm::holdout ? 1 : 0);
    if (place >= all_.size()) all_.resize(place / 2 * 2 + 2, stats::CupedSums{});
    return all_[place];
}

void EarlierWalk::unit(const Setup& setup, const episodes::Walker& walker,
                       const std::vector<episodes::Episode>& episodes) {
    open_.clear();
    for (const auto& episode : episodes) {
        if (episode.state != episodes::State::counted) continue;
        const auto stratum = setup.strata.of_row[episode.source];
        auto open = std::find_if(open_.begin(), open_.end(), [&](const Open& one) {
            return one.stratum == stratum && one.arm == episode.arm;
        });
        if (open == open_.end())
            open = open_.insert(open_.end(), {stratum, episode.arm, episode.start, 0, 0});
        open->m += 1;
        open->y += episode.contacts > 0 ? 1 : 0;
    }
    for (const auto& [stratum, arm, start, y, m] : open_) {
        const auto until = start - setup.rules.window;
        const double x = walker.contacts_in(until - kEarlier, until);
        add(sums_of(stratum, arm), {{1, y, m, y * y, y * m, m * m}, x, x * x, x * y, x * m});
    }
}

void EarlierWalk::absorb(const EarlierWalk& other) {
    if (all_.size() < other.all_.size()) all_.resize(other.all_.size(), stats::CupedSums{});
    for (std::size_t i = 0; i < other.all_.size(); ++i)
        add(all_[i], other.all_[i]);
}

std::vector<EarlierContacts> EarlierWalk::sums() const {
    std::vector<EarlierContacts> result;
    for (std::uint32_t i = 0; i < all_.size(); ++i)
        if (all_[i].outcome.units > 0)
            result.push_back({i / 2, i % 2 == 1 ? Arm::holdout : Arm::treated, all_[i]});
    return result;
}

} // namespace preempt::evidence
