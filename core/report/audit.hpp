// The episodes behind a number: what is asked, and a page of the answer. Plain described structs; the
// TypeScript types are generated from them. In: nothing. Out: the structs, the words of their codes, and
// which episodes a metric of the catalogue counts.
#pragma once

#include "core/evidence/audit_walk.hpp"
#include "core/report/report.hpp"
#include "core/report/session.hpp"
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace preempt::report {

struct AuditCondition {
    /// "breakdown", "outreach_type", "trigger", "variant", "health", "dose", "weekday", "hour", "slot",
    /// "lag", "stratum" (of a comparison), "week", "month", "quarter" or "year".
    std::string by;
    std::string value; ///< the group's name; of a period its first day, YYYY-MM-DD; of an hour its number
};
BOOST_DESCRIBE_STRUCT(AuditCondition, (), (by, value))

struct AuditRequest {
    EvaluateRequest question; ///< of the evaluation whose number it is
    /// "messages", "assignments", "matched" (signals), "calendar" (customers at the same time),
    /// "single_messages" or "broadcasts"; also the basis of a comparison, as in Comparison::basis. "" = that
    /// of `metric`, else messages.
    std::string population;
    std::string metric; ///< id in the catalogue, "" = none
    std::string arm;    ///< "treated", "holdout", "" = both
    std::vector<AuditCondition> where;
    /// "silent", "contacted", "reactive", "pending", "censored", "dropped", "counted" (silent or contacted),
    /// "induced", "confirmed", "escalated", "earlier" (contacted in the negative control before), "numerator"
    /// (what the metric counts above the line), "" = any.
    std::string outcome;
    std::string search; ///< part of an id of the customer or of one of their rows, in any case
    std::int64_t offset = 0, limit = 50;
};
BOOST_DESCRIBE_STRUCT(AuditRequest, (),
                      (question, population, metric, arm, where, outcome, search, offset, limit))

/// A row of a file.
struct AuditSource {
    std::string what; ///< "message", "assignment", "signal", "customer"
    std::string id;   ///< the row's own, "" = it has none
    std::string file;
    std::int64_t line = 0; ///< from 1, as an editor counts
};
BOOST_DESCRIBE_STRUCT(AuditSource, (), (what, id, file, line))

struct AuditContact {
    std::string at;                 ///< UTC
    std::string local;              ///< in the display zone, without offset
    std::int64_t delay_minutes = 0; ///< from the start of the episode, below 0 = before
    std::string topic, id, file;
    std::int64_t line = 0;
    bool counted = false; ///< in the number: credited to the episode, and the episode is counted
    std::string reason;   ///< code
    std::string words;    ///< the same for a person
};
BOOST_DESCRIBE_STRUCT(AuditContact, (),
                      (at, local, delay_minutes, topic, id, file, line, counted, reason, words))

struct AuditEpisode {
    std::string unit; ///< id of the customer as its file has it
    std::string arm;  ///< "treated" or "holdout"
    std::string trigger, outreach_type;
    std::string group;              ///< of the breakdown, "" = none, or not stated
    std::string start, start_local; ///< the first in UTC
    bool day_only = false;          ///< times without a time of day: compared by days
    std::string state;              ///< "silent", "contacted", "reactive", "pending", "censored", "dropped"
    std::string reason, words;      ///< code, and the same for a person
    std::int64_t dose = 0;          ///< messages, or assignments, in one window
    std::int64_t contacts = 0;      ///< credited
    bool induced = false, confirmed = false, escalated = false, lookback_truncated = false;
    std::vector<AuditSource> sources;
    std::vector<AuditContact> seen; ///< all that bear on the episode, counted or not, by time
};
BOOST_DESCRIBE_STRUCT(AuditEpisode, (),
                      (unit, arm, trigger, outreach_type, group, start, start_local, day_only, state, reason,
                       words, dose, contacts, induced, confirmed, escalated, lookback_truncated, sources,
                       seen))

struct AuditPage {
    std::string population, arm; ///< as used
    std::string numerator;       ///< outcome that the metric counts, "" = it counts none by episode
    std::int64_t total = 0;      ///< episodes that fit
    std::vector<Count> outcomes; ///< of all that fit but for the outcome; only those that occur
    double window_days = 0;
    std::string zone;
    std::vector<AuditEpisode> rows; ///< by start, then by id
};
BOOST_DESCRIBE_STRUCT(AuditPage, (), (population, arm, numerator, total, outcomes, window_days, zone, rows))

/// Code and words for a person.
struct Said {
    std::string_view code, words;
};
Said said_of(evidence::Mark mark);
Said said_of(evidence::Bearing bearing);
/// Why the episode stands as it does. `detail` knows the contacts before it.
Said reason_of(const evidence::Detail& detail);

/// count_ for a code that is none.
evidence::Mark mark_of(std::string_view code);
std::optional<evidence::Population> population_of(std::string_view code);
std::string_view name_of(evidence::Population population);

/// Which episodes a metric counts. `leading`: of the comparison without a holdout (Comparison::basis).
struct MetricEpisodes {
    evidence::Population population = evidence::Population::messages;
    history::Arm arm = history::Arm::none;
    evidence::Mark numerator = evidence::Mark::count_; ///< count_ = it is estimated, not counted
};
/// Does the metric count episodes at all?
bool has_episodes(std::string_view metric);

/// A page as CSV records: one for each contact, one for an episode without any; formulas neutralised.
void append_csv_header(std::string& out);
void append_csv(const AuditPage& page, std::string& out);

} // namespace preempt::report
