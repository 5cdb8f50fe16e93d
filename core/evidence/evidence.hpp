// Evidence: all that a report rests on, as cells and counts, with no row and no person in it. In: a History
// and a question (window, scope, strata, breakdown). Out: the cells of each population, grouped as the report
// needs them.
#pragma once

#include "core/evidence/cells.hpp"
#include "core/evidence/companions.hpp"
#include "core/stats/cuped.hpp"
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace preempt::evidence {

enum class Strata : std::uint8_t { automatic, experiment, trigger, segment, trigger_segment };

/// Keeps (or leaves out) what states one of `values` of an attribute: the row's own, else its customer's.
/// Applies to messages, assignments and signals; to contacts, surveys and views by their customer's value
/// where customers state the attribute, else not at all.
struct Filter {
    int attribute = -1;              ///< index in history::attributes()
    std::vector<std::string> values; ///< "" = not stated
    bool exclude = false;
};

struct Question {
    std::int64_t window = 7 * kMillisecondsPerDay;
    bool same_topic = false;
    const Zone* zone = nullptr;
    Strata strata = Strata::automatic;
    int breakdown = -1;          ///< index in history::attributes(), -1 = none
    int second_breakdown = -1;   ///< with `breakdown`: groups are pairs, labels joined by " · "
    std::vector<Filter> filters; ///< all must hold
    /// Only episodes that start, and contacts that are created, in [from, to); kNoInstant = open.
    Instant from = kNoInstant, to = kNoInstant;
    std::int64_t lookback =
        7 * kMillisecondsPerDay; ///< H: how long a signal counts as the cause of a contact
    std::int64_t repeat_window = 7 * kMillisecondsPerDay; ///< R (A16)
    std::optional<double> at_risk_below;                  ///< health scores below this are at risk (M30)
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
    PeriodCounts counts; ///< companions
};

struct Series {
    std::vector<PeriodSpan> periods;
    std::vector<Cell> messages, assignments;
    std::vector<Cell> matched, calendar; ///< strata as Evidence::matched and Evidence::calendar
    /// Month and quarter only: the same by group too, for the change of the tree over groups (M33). The
    /// groups are those of Evidence::change_groups; a cell's group is period index * their number + group.
    std::vector<Cell> assignments_by, matched_by;
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
    std::optional<double> expected_holdout_share = std::nullopt;
    std::string name = {}; ///< of the experiment, "" = not stated
};

struct Design {
    std::map<std::uint32_t, ArmSizes> experiments;     ///< by code
    std::int64_t holdout_units = 0, treated_units = 0; ///< over experiments; a unit of two counts in each
    std::int64_t mixed_units = 0, contaminated = 0, accounts = 0, mixed_accounts = 0;
    Instant first_assigned = kNoInstant, last_assigned = kNoInstant;
    bool first_assignments_only = false; ///< one arm was listed more often: later assignments are left out
};

/// Sums over the units of an arm of a stratum: outcome as in the cells, x = contacts in the 90 days that end
/// W before the unit's first counted assignment there.
struct EarlierContacts {
    std::uint32_t stratum = 0;
    history::Arm arm = history::Arm::none;
    stats::CupedSums sums{};
};

struct Evidence {
    Question question;
    bool has_outreaches = false, has_contacts = false, has_arms = false, has_signals = false,
         has_outcomes = false, has_engagement = false, treated_from_outreaches = false;
    Instant coverage_start = kNoInstant, coverage_end = kNoInstant;

    Table messages, single_messages, broadcasts; ///< one group each
    Table messages_by, assignments_by;           ///< by the attribute asked for
    Table messages_by_type, assignments_by_type; ///< by outreach type, for the published ranges
    Table messages_by_trigger, assignments_by_trigger, matched_by_trigger; ///< for the playbook
    Table assignments, matched;                                            ///< one group, by stratum
    Table assignment_totals;         ///< one group, one stratum: units are counted once here
    std::vector<std::string> strata; ///< names of the assignments' strata
    Strata strata_used = Strata::experiment;
    Series week, month, quarter, year;
    /// Groups over which a change is split into mix and within: those of the breakdown where one is asked
    /// for, else the outreach types. Names as in messages_by.groups or messages_by_type.groups.
    std::vector<std::string> change_groups;
    Table month_by_type; ///< messages by month (group, as in `month.periods`) and outreach type (stratum)

    // Rung 4, second source: customers of the customers file who got no message at the same time, with a
    // clock borrowed from the messages of that week, by segment and pre-period contacts (metrics.md 5.5.8,
    // statistics.md 2.14). `matched` is the first source: signals that nobody acted on.
    Table calendar;
    /// One group and one stratum each: units are counted once here.
    Table matched_totals, calendar_totals;
    Table matched_by, matched_by_type; ///< as assignments_by; strata as `matched`
    /// Negative controls: contacted = a contact in [start - 2W, start - W), which no message can have caused.
    Table assignments_placebo, matched_placebo, calendar_placebo;
    /// Assignments as in `assignments`, with the sums over accounts instead of people (unit = person).
    Table assignments_by_account;
    std::vector<EarlierContacts> earlier; ///< strata as `assignments`

    // Fatigue, timing, variants. Groups of `index`: 1st, 2nd, 3rd, 4th and later assignment of a unit; of
    // `dose`: as many messages in an episode.
    Table messages_by_dose, assignments_by_index;
    Table messages_by_weekday, assignments_by_weekday; ///< 0 = Monday, in the display zone
    Table messages_by_hour, assignments_by_hour;
    Table messages_by_slot, assignments_by_slot; ///< weekday * 24 + hour
    /// Signal to message: under 1 h, 1-24 h, 1-3 d, 3-7 d, later; of `matched_by_lag` group 5 are the
    /// untreated. Episodes without a known signal in the 28 days before are left out.
    Table messages_by_lag, matched_by_lag;
    Table messages_by_variant; ///< by content and variant
    /// Contacted by variant (group), held-out in group 0; strata as `assignments`.
    Table assignments_by_variant;

    /// M34, by the health score that a file supplies: units that state one in four parts of nearly equal
    /// number, lowest first ("1" to "4"; equal scores stay together), and "" = not stated. Empty when no file
    /// has one.
    Table messages_by_health, assignments_by_health;

    // Other outcomes in the place of a contact: an escalated contact (M29); leaving within 90 days, of units
    // at risk (M30).
    Table messages_escalated, assignments_escalated, at_risk;

    Delays message_delays, assignment_delays, matched_delays, calendar_delays;
    /// assignment_delays by number of the stratum (the stratum of the unit's first episode): the held-out are
    /// weighted to the strata of the messaged, else uneven holdouts would bend the curve.
    std::vector<Delays> assignment_delays_by_stratum;
    Companions companions;

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
