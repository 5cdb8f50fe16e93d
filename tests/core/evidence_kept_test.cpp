// What is kept of an episode adds to a cell what the episode itself adds.
#include "catch.hpp"
#include "core/evidence/kept.hpp"

using namespace preempt;
using evidence::Addend;
using evidence::KeptEpisodes;

namespace {

/// Episodes of one unit of each state, with and without contacts, and with more contacts and messages than
/// most could have.
std::vector<episodes::Episode> made() {
    std::vector<episodes::Episode> all;
    for (const auto state : {episodes::State::counted, episodes::State::reactive, episodes::State::pending,
                             episodes::State::censored, episodes::State::dropped})
        for (const std::uint32_t contacts : {0U, 1U, 70'000U, 65'535U, 65'534U})
            for (const std::uint32_t dose : {1U, 100'000U}) {
                episodes::Episode episode;
                episode.state = state;
                episode.contacts = contacts;
                episode.first_delay =
                    contacts == 0 ? -1 : static_cast<std::int64_t>(all.size()) * kMillisecondsPerDay + 5;
                episode.dose = dose;
                episode.arm = history::Arm::none;
                episode.induced = contacts == 1;
                episode.confirmed = contacts == 0;
                episode.lookback_truncated = dose == 1;
                episode.delivered = dose != 1;
                episode.source = static_cast<std::uint32_t>(all.size());
                episode.start = 1000 + episode.source;
                all.push_back(episode);
            }
    return all;
}

} // namespace

TEST_CASE("what is kept of an episode adds to a cell what the episode adds", "[evidence]") {
    const auto all = made();
    history::History history;
    KeptEpisodes kept;
    for (std::size_t e = 0; e < all.size(); ++e) {
        if (e % 3 == 0) kept.begin_unit();
        kept.add(all[e]);
        history.outreaches.at.push_back(all[e].start);
    }
    std::size_t seen = 0;
    kept.each(history, history.outreaches, [&](std::uint32_t row, const Addend& addend, std::uint32_t nth) {
        INFO("episode " << row);
        REQUIRE(row == seen);
        CHECK(nth == seen % 3);
        const Addend expected(evidence::outcome_of(all[row]));
        CHECK(addend.tally == expected.tally);
        CHECK(addend.start == expected.start);
        CHECK(addend.pending_start == expected.pending_start);
        CHECK(addend.day == expected.day);
        CHECK(addend.dose == expected.dose);
        ++seen;
    });
    CHECK(seen == all.size());
}
