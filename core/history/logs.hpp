// Logs beside outreaches, contacts and assignments: article views, survey answers, owners, periods and
// changes (metrics.md 5.1, T5 to T10). In: the files' rows, cleaned. Out: plain columns and rows. Times are
// milliseconds since 1970 UTC; a log that no file has is empty.
#pragma once

#include "core/base/instant.hpp"
#include <cstdint>
#include <string>
#include <vector>

namespace preempt::history {

/// Bits of Outreaches::reactions. The bit is set when the time is stated in the row or in a reactions file.
enum Reaction : std::uint16_t {
    kDelivered = 1,
    kBounced = 2,
    kOpened = 4,
    kClicked = 8,
    kReplied = 16,
    kCompleted = 32,
    kDismissed = 64,
    kUnsubscribed = 128,
};

/// Yes, no, or nothing said.
enum class Stated : std::uint8_t { nothing, no, yes };

/// Why somebody contacted after a message (S0, Gartner's four reasons).
enum class InducedReason : std::uint8_t { none, asked_to, confirm, how_to, is_this_real, other };

/// How a moment of Assignments came about.
enum class Moment : std::uint8_t { assigned, eligible, signal };

/// T6, one row an event of an identified person, sorted by (unit, at). Rows of one unit are
/// [first[unit], first[unit + 1]).
struct ArticleViews {
    std::vector<std::uint32_t> unit;
    std::vector<Instant> at;
    std::vector<std::uint32_t> article; ///< code in History::articles, 0 = not stated
    std::vector<std::uint32_t> topic;   ///< code in the topic attribute's dictionary
    std::vector<std::uint32_t>
        session; ///< code of the session id, 0 = not stated: sessions by 30 minutes' gap
    std::vector<Stated> helpful;
    std::vector<std::uint32_t> source; ///< row in Outreaches that led there, kNobody = none or not known
    std::vector<std::uint32_t> first;
    std::size_t size() const { return unit.size(); }
};

/// T6, events of nobody known, in time order.
struct AnonymousViews {
    std::vector<Instant> at;
    std::vector<std::uint32_t> article, topic, session;
    std::vector<Stated> helpful;
    std::size_t size() const { return at.size(); }
};

/// T6, aggregate form: one row an article and period, without people.
struct ArticlePeriod {
    std::uint32_t article = 0;
    std::uint32_t topic = 0;           ///< code in the topic attribute's dictionary, 0 = not stated
    Instant period_start = kNoInstant; ///< kNoInstant = totals of all time
    std::int64_t views = 0, conversations_started = 0, helpful_yes = 0, helpful_no = 0;
};

enum class SurveyKind : std::uint8_t { csat, ces, nps };

/// T5 and the ratings that stand in tickets: one row an answer (or a question that nobody answered), in time
/// order. Answers about machines are marked and never mixed with those about people.
struct Surveys {
    std::vector<std::uint32_t> unit; ///< kNobody = not known
    std::vector<Instant> at;         ///< answered; kNoInstant = not stated
    std::vector<Instant> asked_at;
    std::vector<SurveyKind> kind;
    std::vector<std::uint8_t> answered, satisfied, about_machine;
    std::vector<float> normalised;       ///< (score - min) / (max - min), NaN = no answer
    std::vector<std::uint32_t> contact;  ///< row in Contacts, kNobody
    std::vector<std::uint32_t> outreach; ///< row in Outreaches, kNobody
    std::size_t size() const { return at.size(); }
};

/// T8. `branch` is "detection", "targeting", "message" or "measurement"; raci "R", "A", "C" or "I".
struct Owner {
    std::string id, name, team, branch, raci, handle;
};

/// T9. NaN = not stated.
struct PeriodFigures {
    Instant start = kNoInstant;
    double active_customers = 0, active_accounts = 0, support_cost = 0, outreach_cost = 0;
    std::vector<double> extra; ///< in the order of History::extra_figures
};

/// T10. What somebody changed, and what they expect of it; or an incident on the way.
struct Change {
    std::string id;
    Instant at = kNoInstant;
    std::string branch, trigger, content, owner, expected_metric, note;
    int expected_direction = 0; ///< +1 up, -1 down, 0 not stated
    bool incident = false;      ///< it happened to the team (an outage): nobody expects anything of it
};

/// Times to a first response (M16), of all contacts in scope, in time order.
struct FirstResponses {
    std::vector<Instant> at;           ///< created
    std::vector<std::int32_t> minutes; ///< whole, rounded down
};

} // namespace preempt::history
