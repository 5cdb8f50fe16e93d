// Episodes: the unit of every effect. A clock starts, a window of W runs, the unit did or did not contact.
// In: a History and a window. Out: columns of episodes with their state and outcome. Rules: metrics.md 5.5.1
// to 5.5.6.
#pragma once

#include "core/history/history.hpp"
#include <cstdint>
#include <vector>

namespace preempt::episodes {

enum class State : std::uint8_t {
    counted,
    reactive, ///< the unit had contacted shortly before, or had a ticket open: not pre-emptive (5.5.4)
    pending,  ///< the window ends after the contacts are known (5.5.5)
    censored, ///< the unit churned inside the window: silence by leaving is no prevention
    dropped,  ///< in both arms of one experiment: left out of both (5.5.7)
};

struct Rules {
    std::int64_t window = 7 * kMillisecondsPerDay; ///< ms; windows are [start, start + window)
    bool same_topic = false;                       ///< only contacts on the episode's topic count
    const Zone* zone = nullptr;                    ///< for times without a time of day (5.5.3)
};

/// The episodes of one population, sorted by (unit, start).
struct Episodes {
    std::vector<std::uint32_t> unit;
    std::vector<Instant> start;
    std::vector<history::Arm> arm;
    std::vector<State> state;
    std::vector<std::uint32_t> contacts;   ///< in the window, after attribution
    std::vector<std::int64_t> first_delay; ///< ms from start to the first of them; -1 = none
    std::vector<std::uint32_t> source;     ///< first row of the population's log (Outreaches or Assignments)
    std::vector<std::uint32_t> dose;       ///< rows of the log inside
    std::vector<std::uint8_t> lookback_truncated; ///< the contacts begin less than W before the start
    std::vector<std::uint8_t>
        induced; ///< a reply to the message, or a same-topic contact within 24 h of a send (M08)
    std::vector<std::uint8_t> confirmed; ///< silent, and the person replied or completed (5.5.12)
    std::size_t size() const { return unit.size(); }
};

struct Tally {
    std::int64_t late_replies = 0; ///< contacts that answer a message whose window is over: not an outcome
    std::int64_t same_day_pairs =
        0; ///< contact on the day of the outreach, order unknown: counted against prevention
};

/// Targeted messages as episodes: a message joins while sent before start + W; at the end exactly it opens a
/// new one. Holds the M04 rules. `tally` may be null.
Episodes message_episodes(const history::History& history, const Rules& rules, Tally* tally = nullptr);
/// One episode a message (the "per message" reading of A02).
Episodes single_messages(const history::History& history, const Rules& rules);
/// Broadcasts, each with its own window; they never open or join a targeted episode.
Episodes broadcast_episodes(const history::History& history, const Rules& rules);
/// Assignments to an arm. A unit's later assignment of the same experiment inside a running window joins it,
/// in both arms alike, so that no contact counts twice. Intention to treat: delivered or not.
Episodes assignment_episodes(const history::History& history, const Rules& rules);

/// Treated: message episodes with the clock of the signal that they answered, where one is known. Untreated
/// (arm holdout): signals and eligible moments without arm that nobody acted on within W (5.5.8).
struct Matched {
    Episodes episodes;
    std::int64_t treated_without_signal = 0; ///< clock is the send: they had to stay quiet until then
};
Matched matched_episodes(const history::History& history, const Rules& rules);

} // namespace preempt::episodes
