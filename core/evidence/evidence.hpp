// Evidence: all that a report rests on, as cells and counts, with no row and no person in it. In: a History
// and a question (window, scope, strata, breakdown). Out: the cells of each population, grouped as the report
// needs them.
#pragma once

#include "core/evidence/cells.hpp"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace preempt::evidence {

enum class Strata : std::uint8_t { automatic, experiment, trigger, segment, trigger_segment };

struct Question {
    std::int64_t window = 7 * kMillisecondsPerDay;
    bool same_topic = false;
    const Zone* zone = nullptr;
    Strata strata = Strata::automatic;
    int breakdown = -1; ///< index in history::attributes(), -1 = none
};

/// Cells with the names of their groups and strata.
struct Table {
    std::vector<std::string> groups;
    std::vector<Cell> cells;
};

/// One period of a series; its cells are those with its index as group.
struct PeriodSpan {
    Instant start = 0, end = 0;
    std::int64_t contacts = 0, outreaches = 0;
};

struct Series {
    std::vector<PeriodSpan> periods;
    std::vector<Cell> messages, assignments;
};

/// M03: outcomes of attempts, all or targeted only.
struct Claims {
    std::int64_t attempts = 0, positive = 0, usage_improved = 0, blank = 0;
};

/// KPI Tree's numbers as a team typed them in: prevented contacts by its own count.
struct CountedPrevention {
    std::int64_t outreaches = 0, prevented = 0;
};

/// M02: units, by what came first.
struct Engagement {
    std::int64_t eligible = 0, engaged = 0, after_ticket = 0, pending = 0;
    bool of_contacted = false; ///< no list of eligible people: those messaged stand in, which overstates
};

/// Units of one experiment by arm, those in both left out, and the share that was meant to be held out.
struct ArmSizes {
    std::int64_t holdout = 0, treated = 0;
    std::optional<double> expected_holdout_share;
};

struct Design {
    std::map<std::uint32_t, ArmSizes> experiments;     ///< by code
    std::int64_t holdout_units = 0, treated_units = 0; ///< over experiments; a unit of two counts in each
    std::int64_t mixed_units = 0, contaminated = 0, accounts = 0, mixed_accounts = 0;
    Instant first_assigned = kNoInstant, last_assigned = kNoInstant;
    bool first_assignments_only = false; ///< one arm was listed more often: later assignments are left out
};

struct Evidence {
    Question question;
    bool has_outreaches = false, has_contacts = false, has_arms = false, has_signals = false,
         has_outcomes = false, has_engagement = false, treated_from_outreaches = false;
    Instant coverage_start = kNoInstant, coverage_end = kNoInstant;

    Table messages, single_messages, broadcasts; ///< one group each
    Table messages_by, assignments_by;           ///< by the attribute asked for
    Table messages_by_type, assignments_by_type; ///< by outreach type, for the published ranges
    Table assignments, matched;                  ///< one group, by stratum
    Table assignment_totals;                     ///< one group, one stratum: units are counted once here
    std::vector<std::string> strata;             ///< names of the assignments' strata
    Strata strata_used = Strata::experiment;
    Series week, month, quarter;

    std::int64_t outreaches = 0; ///< messages, broadcasts left out
    std::int64_t broadcast_messages = 0, units_messaged = 0;
    std::int64_t contacts = 0; ///< in scope, whoever they came from
    std::int64_t treated_without_signal = 0;
    Claims claims, targeted_claims;
    Engagement engagement;
    Design design;
    episodes::Tally tally;
    history::Health health;
    history::Ratings ratings;
    std::map<std::int64_t, std::int64_t> first_response_minutes; ///< minutes to count
    std::optional<CountedPrevention> counted_prevention;         ///< typed numbers only
    bool typed = false;                                          ///< from typed numbers, not from files
    std::vector<std::string> attributes;                         ///< those that the data has
    double attribute_known_in_holdout = 0; ///< share of holdout episodes that state the attribute asked for
};

/// Typed counts as the evidence that files would have given. Every count must be a whole number, 0 or more,
/// and a part no larger than its whole (the caller checks). A missing pair is left out.
struct TypedCounts {
    std::optional<std::pair<std::int64_t, std::int64_t>> treated, holdout; ///< (total, contacted)
    std::optional<std::pair<std::int64_t, std::int64_t>> claimed;          ///< (attempts, successes)
    std::optional<std::pair<std::int64_t, std::int64_t>> counted;          ///< (outreaches, prevented)
    std::optional<std::pair<std::int64_t, std::int64_t>> engaged;          ///< (eligible, engaged)
    std::optional<std::pair<std::int64_t, std::int64_t>> ratio; ///< (reactive contacts, proactive outreaches)
    std::optional<double> expected_holdout_share;
};
Evidence from_typed(const TypedCounts& counts, const Question& question);

Evidence gather(const history::History& history, const Question& question);

} // namespace preempt::evidence
