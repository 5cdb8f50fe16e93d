#include "core/evidence/kept.hpp"

#include <algorithm>

namespace preempt::evidence {

void KeptEpisodes::clear() {
    all_.clear();
    large_.clear();
    unit_begins_ = true;
}

void KeptEpisodes::add(const episodes::Episode& episode) {
    unsigned bits = static_cast<unsigned>(episode.state);
    if (episode.induced) bits |= kInduced;
    if (episode.confirmed) bits |= kConfirmed;
    if (episode.lookback_truncated) bits |= kTruncated;
    if (episode.delivered) bits |= kDelivered;
    if (std::exchange(unit_begins_, false)) bits |= kBegins;
    const auto day = episode.contacts == 0
                         ? std::int64_t{kDelayDays}
                         : std::min<std::int64_t>(episode.first_delay / kMillisecondsPerDay, kDelayDays - 1);
    One one{episode.source, 0, kLarge, static_cast<std::uint8_t>(day), static_cast<std::uint8_t>(bits)};
    if (episode.contacts < kLarge && episode.dose < kLarge) {
        one.contacts = static_cast<std::uint16_t>(episode.contacts);
        one.dose = static_cast<std::uint16_t>(episode.dose);
    } else {
        one.contacts = episode.contacts > 0 ? 1 : 0;
        large_.push_back({episode.contacts, episode.dose});
    }
    all_.push_back(one);
}

} // namespace preempt::evidence
