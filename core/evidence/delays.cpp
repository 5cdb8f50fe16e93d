#include "core/evidence/delays.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace preempt::evidence {

using episodes::State;
using history::Arm;

void note_delays(const Setup& setup, const episodes::Walker& walker,
                 const std::vector<episodes::Episode>& episodes, Delays& delays,
                 std::vector<Delays>* by_stratum) {
    const auto& history = setup.history;
    if (history.coverage_end == kNoInstant) return;
    constexpr auto kSpan =
        static_cast<std::int64_t>(std::tuple_size_v<decltype(DelayCounts::contacted)>) * kMillisecondsPerDay;
    bool done[3] = {};
    for (const auto& episode : episodes) {
        if (episode.state == State::reactive || episode.state == State::dropped) continue;
        if (std::exchange(done[static_cast<std::size_t>(episode.arm)], true)) continue;
        auto seen_until = history.coverage_end;
        if (!history.churned_at.empty() && history.churned_at[episode.unit] != kNoInstant)
            seen_until = std::min(seen_until, history.churned_at[episode.unit]);
        if (seen_until <= episode.start) continue;
        const auto delay = walker.first_contact(episode.start, episode.topic) - episode.start;
        const auto seen = seen_until - episode.start;
        const auto note = [&](Delays& into) {
            auto& counts = episode.arm == Arm::holdout ? into.holdout : into.treated;
            if (delay < std::min(seen, kSpan))
                ++counts.contacted[static_cast<std::size_t>(delay / kMillisecondsPerDay)];
            else if (seen >= kSpan)
                ++counts.complete;
            else
                ++counts.censored[static_cast<std::size_t>(seen / kMillisecondsPerDay)];
        };
        note(delays);
        if (by_stratum != nullptr && !by_stratum->empty())
            note((*by_stratum)[setup.strata.of_row[episode.source]]);
    }
}

void add(Delays& into, const Delays& from) {
    for (auto arm : {&Delays::treated, &Delays::holdout}) {
        auto& counts = into.*arm;
        const auto& other = from.*arm;
        for (std::size_t day = 0; day < counts.contacted.size(); ++day) {
            counts.contacted[day] += other.contacted[day];
            counts.censored[day] += other.censored[day];
        }
        counts.complete += other.complete;
    }
}

Outcome placebo_of(const Setup& setup, const episodes::Walker& walker, const episodes::Episode& episode) {
    auto outcome = outcome_of(episode);
    const auto window = setup.rules.window;
    const auto from = episode.start - 2 * window;
    outcome.contacts = walker.contacts_in(from, episode.start - window);
    outcome.first_delay = 0;
    outcome.induced = outcome.confirmed = outcome.delivered = false;
    const auto known_from = setup.history.coverage_start;
    if (outcome.state == State::counted && known_from != kNoInstant && from < known_from)
        outcome.state = State::censored;
    return outcome;
}

} // namespace preempt::evidence
