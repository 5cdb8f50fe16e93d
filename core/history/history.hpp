// History: what happened, to whom, when. In: the files' typed tables and the session's settings that touch
// rows (unit, zones, coverage end). Out: outreaches, contacts and assignments as columns, by unit and in time
// order, with every row of every file accounted for. Nothing here knows a window.
#pragma once

#include "core/base/status.hpp"
#include "core/history/identity.hpp"
#include "core/history/logs.hpp"
#include "core/history/rare.hpp"
#include "core/intake/intake.hpp"
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace preempt::history {

enum class Unit : std::uint8_t { automatic, person, account };
enum class OutreachType : std::uint8_t { unclassified, signal, segment, lifecycle, broadcast };
enum class Outcome : std::uint8_t { none, positive, resolved, usage_improved, no_effect, negative };
/// none = eligible or signalled, but not randomised.
enum class Arm : std::uint8_t { none, treated, holdout };

/// What can be broken down by: the word roles that describe an outreach, a trigger or a customer.
std::span<const intake::Role> attributes();
/// Index in attributes(), -1 if the role is none of them. "owner" is understood as owner_id.
int attribute_index(std::string_view name);
inline constexpr std::size_t kAttributes = 23;
/// Places in attributes() of those that rules refer to by name.
inline constexpr std::size_t kTriggerAttribute = 0, kOutreachTypeAttribute = 1, kSegmentAttribute = 3,
                             kTopicAttribute = 6;
/// Codes per row, empty when no file has the attribute. Code 0 = not stated.
using AttributeCodes = std::array<table::Codes, kAttributes>;

/// Messages, sorted by (unit, at, outreach id). Rows of one unit are [first[unit], first[unit + 1]).
struct Outreaches {
    std::vector<std::uint32_t> unit;
    RareColumn<std::uint32_t, kNobody> person; ///< where units are accounts, else nobody
    std::vector<Instant> at;                   ///< sent
    std::vector<OutreachType> type;
    RareColumn<Outcome, Outcome::none> outcome;
    RareColumn<std::uint8_t, 0>
        usage_improved; ///< 5.5.11: both figures stated, after >= 1.10 x before, after > 0
    RareColumn<std::uint8_t, 0> undelivered;
    /// Earliest click, reply, completion or view of an article that it led to (opens do not count);
    /// kNoInstant.
    RareColumn<Instant, kNoInstant> engaged_at;
    RareColumn<Instant, kNoInstant> confirmed_at; ///< earliest reply, completion, or vote for such an article
    std::vector<std::uint16_t> reactions;         ///< bits of Reaction; empty when no file states any
    std::uint16_t reactions_known = 0;            ///< the bits for which some file has a column or an event
    std::vector<Stated> promotional;              ///< M36; empty when nothing says
    std::vector<Stated> by_automation; ///< M27: yes = automation, no = a person; empty when nothing says
    std::vector<double> cost;          ///< in the currency of the files, NaN = not stated; empty when none
    std::vector<std::uint32_t> origin; ///< row over all files, see History::file_start
    AttributeCodes attribute;
    std::vector<std::uint32_t> first;
    std::size_t size() const { return unit.size(); }
};

/// Inbound tickets and conversations in scope, sorted by (unit, at, id). Contacts without a unit stand in
/// none of these rows; they are counted in `unmatched_at`.
struct Contacts {
    std::vector<std::uint32_t> unit;
    RareColumn<std::uint32_t, kNobody> person; ///< where units are accounts; kNobody = not known
    std::vector<Instant> at;
    RareColumn<Instant, kNoInstant> closed_at; ///< kNoInstant = not stated
    RareColumn<std::uint8_t, 0> open;          ///< status says open or pending
    std::vector<std::uint32_t> topic;          ///< code in the topic attribute's dictionary
    RareColumn<std::uint32_t, kNobody>
        reply_to; ///< row in Outreaches, kNobody = not a reply to a known outreach
    // The following are empty when no file states them.
    std::vector<std::uint8_t> escalated;
    std::vector<Instant> reopened_at;
    std::vector<std::uint16_t> reopen_count;
    std::vector<InducedReason> induced_reason;
    std::vector<float> handle_minutes;   ///< NaN = not stated
    std::vector<std::uint32_t> messages; ///< exchanged in the conversation (D11), 0 = not stated
    std::vector<std::uint32_t> origin;   ///< row over all files, see History::file_start
    std::vector<std::uint32_t> first;
    std::size_t size() const { return unit.size(); }
};

/// Moments at which a unit was assigned to an arm, or became eligible or was signalled, sorted by (unit, at).
struct Assignments {
    std::vector<std::uint32_t> unit;
    RareColumn<std::uint32_t, kNobody> account; ///< as the row states it
    std::vector<Instant> at;
    std::vector<Arm> arm;
    RareColumn<std::uint32_t, 0> experiment; ///< code in `experiments`
    std::vector<Moment> moment;              ///< how it came about; an arm none is `eligible` or `signal`
    std::vector<std::uint32_t>
        outreach; ///< row in Outreaches that a signal names (T7), kNobody; empty when none
    std::vector<Instant> resolved_at; ///< of a signal (T7); empty when none
    /// When the unit became eligible (T4), also beside a later `at` of assignment: the clock of M02.
    /// kNoInstant = not stated; empty when no row states it.
    std::vector<Instant> eligible_at;
    std::vector<std::uint32_t> origin; ///< row over all files, see History::file_start
    AttributeCodes attribute;
    std::vector<std::uint32_t> first;
    std::size_t size() const { return unit.size(); }
};

struct Options {
    Unit unit = Unit::automatic;
    const Zone* zone = nullptr;                         ///< the session's, for files that name none
    const std::map<std::string, Zone>* zones = nullptr; ///< by IANA name
    Instant coverage_end = kNoInstant; ///< of contacts, exclusive; kNoInstant = assume from the data
};

/// Figures about the data itself, for the trust panel.
struct Health {
    std::int64_t contacts_in_scope = 0, contacts_matched = 0;
    std::int64_t outreaches_with_topic = 0, contacts_with_topic = 0;
    std::int64_t ambiguous_times = 0, nonexistent_times = 0;
    std::int64_t local_times = 0;       ///< rows whose time needed a zone
    std::int64_t day_only = 0;          ///< rows with a date but no time of day
    std::int64_t direction_assumed = 0; ///< contacts taken for inbound because their file does not say
    std::int64_t broadcasts = 0, holdout_rows = 0, undelivered = 0;
    std::vector<std::string> shared_keys;
    std::vector<std::string> zones; ///< names of the zones in which local times were read, sorted
};

/// Survey answers (M15): each contact's last one, those about people and about bots apart.
struct Ratings {
    std::int64_t answers = 0, satisfied = 0, no_answer = 0; ///< about people
    std::int64_t bot_answers = 0, bot_satisfied = 0;
    std::int64_t not_asked = 0;
    std::int64_t replaced = 0; ///< answers that a later one about the same contact stands for
    bool has_scores = false;   ///< some file has a column of scores
};

struct History {
    Unit unit = Unit::person;
    std::string unit_why; ///< code, see report::Settings
    std::uint32_t units = 0;
    Outreaches outreaches;
    Contacts contacts;
    std::vector<Instant>
        unmatched_at; ///< sorted instants of contacts that belong to nobody who was messaged or listed
    Assignments assignments;
    bool first_assignments_only =
        false; ///< one arm was listed clearly more often than the other: later assignments are left out
    bool has_exposure_list = false; ///< somebody says who was eligible
    bool treated_from_outreaches =
        false; ///< a list of held-out people only: the contacted are those messaged
    bool has_arms = false;
    AttributeCodes customer_attribute; ///< per unit
    std::vector<Instant> churned_at;   ///< per unit, empty when no file says
    // Per unit, empty when no file says (T3).
    std::vector<std::uint8_t> in_customers; ///< the unit stands in a customers file
    /// A number made of the texts by which customers files name the unit: the same for any order of rows.
    std::vector<std::uint64_t> customer_hash;
    std::vector<std::uint32_t> customer_origin;  ///< a row about the unit, see file_start; kNobody
    std::vector<Instant> active_from, active_to; ///< signup or active_from; active_to or churned
    std::vector<Instant> activated_at;
    std::vector<double> health_score, annual_value; ///< NaN = not stated

    ArticleViews views;
    AnonymousViews anonymous_views;
    std::vector<ArticlePeriod> article_periods;
    table::Dictionary articles;
    Surveys surveys;
    std::vector<Owner> owners;
    std::vector<PeriodFigures> periods; ///< by start
    std::vector<std::string> extra_figures;
    std::vector<Change> changes; ///< by time
    FirstResponses first_responses;
    /// Row numbers over all files: row r of file f is file_start[f] + r (the files as given to
    /// build_history).
    std::vector<std::uint32_t> file_start;
    std::array<table::Dictionary, kAttributes> dictionary;
    table::Dictionary experiments;
    std::vector<double> expected_share; ///< designed holdout share by experiment code, NaN = not stated
    /// Per unit, empty when none: some of its times have no time of day, so its times are compared by days
    /// (5.5.3), those of the zone day_zones[day_precision - 1], in which such a time was written; 0 = none.
    std::vector<std::uint8_t> day_precision;
    std::vector<Zone> day_zones;
    Instant coverage_start = kNoInstant, coverage_end = kNoInstant;
    bool coverage_end_assumed = true;
    bool has_outreaches = false, has_contacts = false, has_outcomes = false, has_engagement = false,
         has_signals = false;
    std::vector<std::uint32_t> account_of_unit_person; ///< unit = person: its account, kNobody; else empty
    Health health;
    Ratings ratings;
    /// First responses to contacts in scope: minutes (whole, rounded down) and how many took that long (M16).
    std::map<std::int64_t, std::int64_t> first_response_minutes;
    /// per file, per row: intake's reason, and ours where intake had none
    std::vector<std::vector<intake::Reason>> reason;
};

/// Fails with a message for people when a zone is unknown, or when the people of the contacts appear in no
/// other file.
Result<History> build_history(std::span<const intake::FileTable> files, const Options& options);

} // namespace preempt::history
