// Episodes: the unit of every effect. A clock starts, a window of W runs, the unit did or did not contact.
// In: a History, a window and what of it is asked for. Out: the episodes of one unit after another, in small
// buffers that are used again: nothing here grows with the number of rows. Rules: metrics.md 5.5.1 to 5.5.8.
#pragma once

#include "core/history/history.hpp"
#include <cstdint>
#include <span>
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

struct Episode {
    Instant start = 0;
    std::int64_t first_delay = -1;      ///< ms from start to the first contact in the window; -1 = none
    std::int64_t first_escalation = -1; ///< the same of escalated contacts
    std::uint32_t unit = 0;
    std::uint32_t source = 0; ///< first row of the population's log inside (Outreaches or Assignments)
    std::uint32_t last = 0;   ///< last row of that log inside
    std::uint32_t signal = history::kNobody;  ///< row of Assignments that set the clock of a message
    std::uint32_t message = history::kNobody; ///< of an assignment: the first targeted message in the window
    std::uint32_t contacts = 0;               ///< in the window, after attribution
    std::uint32_t escalated = 0;              ///< of these, escalated
    std::uint32_t dose = 1;                   ///< rows of the log inside
    std::uint32_t topic = 0;                  ///< 0 = all topics are in scope
    history::Arm arm = history::Arm::treated;
    State state = State::counted;
    bool lookback_truncated = false; ///< the contacts begin less than W before the start
    bool induced = false;   ///< a reply to the message, or a same-topic contact within 24 h of a send (M08)
    bool confirmed = false; ///< silent, and the person replied or completed (5.5.12)
    bool delivered = false; ///< a targeted message reached the unit in the window
};

struct Tally {
    std::int64_t late_replies = 0; ///< contacts that answer a message whose window is over: not an outcome
    std::int64_t same_day_pairs =
        0; ///< contact on the day of the outreach, order unknown: counted against prevention
    /// Counted episodes whose window was over when the contacts begin: silent, since nothing can be seen of
    /// them. 5.5.4 keeps them (lookback_truncated); where contacts are rare the first one is no sure
    /// beginning.
    std::int64_t before_contacts = 0;
};

/// What went into the episodes that a walker made, for whoever wants to see it.
struct Trace {
    struct Link {
        Instant start;
        history::Arm arm;
        std::uint32_t source; ///< these three name the episode of a unit
        std::uint32_t row;
    };
    std::vector<Link> joined;   ///< rows of the population's log besides the first
    std::vector<Link> credited; ///< rows of Contacts that count for an episode
};

/// What is asked for. Windows see every contact of their unit, whatever is selected.
struct Selection {
    std::vector<std::uint8_t> outreach, assignment; ///< per row; empty = all
    std::vector<std::uint8_t> unit;             ///< per unit, for what is counted of contacts; empty = all
    Instant from = kNoInstant, to = kNoInstant; ///< of starts and creation times, `to` exclusive

    bool holds(Instant at) const {
        return (from == kNoInstant || at >= from) && (to == kNoInstant || at < to);
    }
    bool has_outreach(std::uint32_t row) const { return outreach.empty() || outreach[row] != 0; }
    bool has_assignment(std::uint32_t row) const { return assignment.empty() || assignment[row] != 0; }
    bool has_unit(std::uint32_t u) const { return unit.empty() || unit[u] != 0; }
};

/// A contact that answers a message to another unit (a colleague's): it belongs to that message's episode.
struct ForeignReply {
    std::uint32_t unit = 0; ///< of the message
    std::uint32_t contact = 0;
};
/// Sorted by (unit, contact).
std::vector<ForeignReply> foreign_replies(const history::History& history);

/// A unit's clock: the moment itself, or its local day for units of whole days (5.5.3).
inline Instant unit_clock(const history::History& history, std::uint32_t unit, Instant at) {
    const unsigned by_day = history.day_precision.empty() ? 0U : history.day_precision[unit];
    return by_day == 0 || at == kNoInstant ? at : local_day_start(at, history.day_zones[by_day - 1U]);
}

enum class Take : std::uint8_t {
    joined, ///< targeted messages: one joins while sent before start + W; at the end exactly it opens anew
    single, ///< one episode a targeted message (the "per message" reading of A02)
    broadcasts, ///< each with its own window; they never open or join a targeted episode
};

/// Makes the episodes of one unit at a time. All references must outlive it.
class Walker {
  public:
    Walker(const history::History& history, const Rules& rules, const Selection& selection,
           std::span<const ForeignReply> foreign);

    /// Turns to a unit. What follows speaks of it.
    void turn_to(std::uint32_t unit);
    /// From now on also notes what goes into an episode, behind what stands there; null = not.
    void note_in(Trace* trace) { trace_ = trace; }

    /// Messages as episodes, with the M04 rules; contacts that name their message go to it (5.5.6).
    void messages(Take take, std::vector<Episode>& out, Tally* tally);
    /// Assignments to an arm. A later assignment of the same experiment inside a running window joins it, in
    /// both arms alike, so that no contact counts twice. Intention to treat: delivered or not. All topics,
    /// whatever the scope: unbiased for total demand, and the held-out rarely state a topic (5.5.7).
    void assignments(std::vector<Episode>& out);
    /// Treated: message episodes with the clock of the signal that they answered, where one is known
    /// (`signal`). Untreated (arm holdout): signals and eligible moments without arm that nobody acted on
    /// within W (5.5.8).
    void matched(std::vector<Episode>& out);
    /// Targeted messages joined whatever their topic, all contacts in the window: the treated side of the
    /// comparison with customers at the same time.
    void calendar(std::vector<Episode>& out);

    /// An episode from any moment on, judged, over all topics.
    Episode from_moment(Instant start, history::Arm arm, std::uint32_t source);
    /// The unit's clock (unit_clock).
    Instant clock(Instant at) const;
    bool whole_days() const { return whole_days_; }
    /// A targeted message to the unit in [from, to), by the unit's clock.
    bool is_messaged(Instant from, Instant to) const;
    /// Contacts in [from, to), all topics.
    std::uint32_t contacts_in(Instant from, Instant to) const;
    /// The first contact at or after `from` that may count for a topic (0 = all); one later than any if none.
    Instant first_contact(Instant from, std::uint32_t topic) const;
    /// The unit's contacts by its clock, ascending; the first is row contacts.first[unit].
    std::span<const Instant> contact_times() const { return at_; }
    /// May a contact count for an episode of this topic?
    bool in_scope(std::uint32_t contact, std::uint32_t topic) const;
    /// The last signal without arm before `at`, not more than `within` before, that the message answers: the
    /// one that names it, else the last one of its trigger that names no other. kNobody.
    std::uint32_t signal_of(std::uint32_t outreach, Instant at, std::int64_t within) const;

  private:
    void judge(Episode& episode) const;
    void count_window(Episode& episode) const;
    void add_contact(Episode& episode, std::uint32_t contact, Instant at) const;
    void join(Episode& episode, std::uint32_t row) const;
    void credit_contacts(Take take, std::vector<Episode>& out, Tally* tally);
    void credit_reply(std::vector<Episode>& out, std::uint32_t outreach, std::uint32_t contact, Instant at,
                      Tally* tally);
    void note_reactions(std::vector<Episode>& out);
    void note_votes(std::vector<Episode>& out) const;
    void leave_outside(std::vector<Episode>& out) const;
    std::uint32_t topic_of(std::uint32_t outreach) const;
    bool is_targeted(std::uint32_t outreach) const;

    const history::History& history_;
    const Rules& rules_;
    const Selection& selection_;
    std::span<const ForeignReply> foreign_;
    Trace* trace_ = nullptr;
    std::uint32_t unit_ = 0;
    bool whole_days_ = false;
    std::uint32_t first_contact_ = 0;
    std::span<const Instant> at_;     ///< of the unit's contacts, by its clock
    std::vector<Instant> own_at_;     ///< where the clock changes them
    std::vector<Instant> open_until_; ///< of each contact and all before it: the last moment of an open one
    std::vector<std::uint32_t> running_;                       ///< episodes that may still be joined
    std::vector<std::uint32_t> episode_of_;                    ///< of each message of the unit, kNobody
    std::vector<std::pair<std::uint32_t, std::uint8_t>> arms_; ///< of each experiment of the unit: which arms
};

} // namespace preempt::episodes
