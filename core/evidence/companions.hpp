// Counts beside the cells: signals, repeat contacts, self-service, surveys, retention, reactions, frequency,
// money, owners (metrics.md 5.4, M07 to M36). In: a History and a Question. Out: counts without rows or
// people. Everything is 0 or empty where no file says anything.
#pragma once

#include "core/evidence/cells.hpp"
#include "core/history/history.hpp"
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace preempt::evidence {

struct Part {
    std::int64_t part = 0, whole = 0;
};

/// Value (minutes, messages ...) to how often.
using Histogram = std::map<std::int64_t, std::int64_t>;

/// What came of messages (M25). `known` tells which of the reactions any file states.
struct Funnel {
    std::string label; ///< "" = all; else the campaign, content or trigger
    std::int64_t sent = 0, delivered = 0, bounced = 0, opened = 0, clicked = 0, replied = 0, completed = 0,
                 dismissed = 0, unsubscribed = 0;
};

/// Days 0 to 27: units whose first contact came that day after the start, and units that were last seen that
/// day without one (coverage ended, or they left). `complete`: seen for all 28 days without a contact. One
/// episode a unit (the first), so that units are independent; states other than pending and censored as in
/// the cells.
struct DelayCounts {
    std::array<std::int64_t, 28> contacted{}, censored{};
    std::int64_t complete = 0;
};
struct Delays {
    DelayCounts treated, holdout; ///< messages: `treated` only
};

/// Companions of one period of the series: of messages sent, contacts created, ... in it.
struct PeriodCounts {
    Funnel funnel;
    std::int64_t broadcasts = 0;
    std::int64_t identified_contacts = 0; ///< contacts of known units: the whole of the next three
    std::int64_t signalled = 0;           ///< M19: with a signal of the unit in the H before
    std::int64_t unacted = 0;             ///< U of the tree: of those, nobody had acted on the signal
    std::int64_t on_messaged_topic = 0; ///< D04: on a topic that the unit was messaged about in the W before
    Part repeat;                        ///< M12, units whose first contact of the period is mature
    Part session_potential, session_confirmed; ///< M13
    std::int64_t views = 0, viewers = 0;       ///< M14; viewers: identified, each once in the period
    Part conversation_messages;                ///< D11: messages / contacts that state them
    Histogram first_response, latency;         ///< minutes (M16, M22)
    std::array<Part, 3> satisfied;             ///< M15: proactive, reactive, neither
    Histogram messages_per_unit;               ///< M26
    Part promotional, by_automation;           ///< M36, M27
    Part engaged;                              ///< M02, units that became eligible in it
    Part claimed; ///< M03, attempts sent in it, broadcasts too: noted as success / all
    /// Tree by group: as Companions::contacts_by_group, of contacts created in the period. Month and quarter
    /// only.
    std::vector<Part> contacts_by_group;
    Part several_senders; ///< D04: units with messages of two or more owners or channels / units messaged
};

/// M07, M19 to M23. Pending: the window is not over.
struct SignalCounts {
    std::int64_t fired = 0, mature = 0, pending = 0;
    std::int64_t acted = 0;       ///< a targeted message to the unit in [fired, fired + W)
    std::int64_t acted_first = 0; ///< M07: message or resolution before any in-scope contact on the topic
    std::int64_t acted_in_a_day = 0;
    Part coverage;                     ///< M19 over everything
    std::int64_t unacted_contacts = 0; ///< U over everything
    Histogram lead_minutes;            ///< M21: contact - signal, signals nobody acted on, first contact in W
    Histogram latency_minutes;         ///< M22: sent - fired
    Part with_active_signal;           ///< M23: targeted episodes with a signal of the unit in the H before
    Part right_person; ///< M23: of episodes of accounts followed by a contact, that person was messaged
};

/// One line of the trigger playbook: a signal and what is done about it.
struct TriggerCounts {
    std::string trigger, owner, content; ///< the most frequent owner and content
    std::int64_t fired = 0, acted = 0, messages = 0;
    Part coverage; ///< contacts with this signal before them / identified contacts
};

/// M12.
struct RepeatCounts {
    Part units, tickets;
    std::int64_t parallel = 0, reopened = 0, pending = 0, other_topic_unknown = 0;
};

/// M13, M14.
struct SelfServiceCounts {
    /// `sessions`: of known units, a day after their last event is over (the denominator of potential and
    /// confirmed); those not over yet are `pending`.
    std::int64_t sessions = 0, pending = 0, potential = 0, confirmed = 0, anonymous_sessions = 0;
    std::int64_t views = 0, anonymous_views = 0, viewers = 0, helpful_yes = 0, helpful_no = 0;
    std::int64_t aggregate_views = 0, aggregate_conversations = 0;
    struct Topic {
        std::string topic;
        std::int64_t views = 0, contacts = 0;
    };
    std::vector<Topic> topics;      ///< by name
    std::int64_t from_outreach = 0; ///< views that a message led to
};

/// Answers of one kind about people (M15): proactive = about an outreach or a contact that answers one,
/// reactive = about another contact, neither = no link.
struct SurveyCounts {
    history::SurveyKind kind = history::SurveyKind::csat;
    int about = 2;                         ///< 0 proactive, 1 reactive, 2 neither
    history::Arm arm = history::Arm::none; ///< of the unit
    std::int64_t asked = 0, answered = 0, satisfied = 0, promoters = 0, detractors = 0;
};

/// M17: silent churn. Left = churned in [start, start + 90 d), of message episodes seen that long, those who
/// left inside the window among them.
struct RetentionCounts {
    std::int64_t active_at_start = 0, still_active = 0; ///< over the whole covered span, new units left out
    Part quiet_left, contacting_left, holdout_left;
};

/// M26. Messages (broadcasts too: they are load) to a unit in the 30 days before coverage ends, or before its
/// last message where that is earlier.
struct FrequencyCounts {
    Histogram messages_per_unit;
};

/// Verified impact (5.5.14): the effect's cells before and after a change, for what it touched and for the
/// rest. Strata as Evidence::assignments; message episodes where there is no holdout.
struct Impact {
    history::Change change;
    Instant before = 0, after = 0, until = 0; ///< [before, made at) against [after, until)
    Instant complete_at = kNoInstant;         ///< when the second span's windows are over
    bool complete = false, from_assignments = false;
    std::vector<Cell> affected_before, affected_after, others_before, others_after;
    /// Negative control of what the change touched: contacted = a contact in [start - 2W, start - W).
    std::vector<Cell> placebo_before, placebo_after;
};

/// M10, M18, M27, M36 and T9 over the whole covered span.
struct Companions {
    std::uint16_t reactions_known = 0; ///< bits of history::Reaction
    Funnel funnel;
    std::vector<Funnel> by_content, by_trigger;
    SignalCounts signals;
    std::vector<TriggerCounts> triggers;
    RepeatCounts repeat;
    SelfServiceCounts self_service;
    std::vector<SurveyCounts> surveys;
    RetentionCounts retention;
    FrequencyCounts frequency;
    Part promotional, by_automation;
    std::array<std::int64_t, 6>
        induced_reasons{};     ///< by history::InducedReason, of contacts that answer a message
    Histogram first_response;  ///< minutes
    double handle_minutes = 0; ///< sum over the contacts that state it
    std::int64_t handle_minutes_stated = 0;
    double message_cost = 0; ///< sum over the messages that state it
    std::int64_t message_cost_stated = 0;
    std::int64_t active_units =
        0; ///< units with an active interval that overlaps the covered span; M10 without T9
    std::vector<history::PeriodFigures> periods;
    std::vector<history::Change> incidents; ///< of the changes (T10), by time
    std::vector<std::string> extra_figures;
    std::vector<history::Owner> owners;
    /// Contacts and contacts after an unacted signal, by the groups of the breakdown (tree by segment); only
    /// where customers state the attribute.
    std::vector<Part> contacts_by_group; ///< part = unacted, whole = contacts

    std::vector<Impact> impacts;
};

} // namespace preempt::evidence
