// The words that exports use for the same thing, as tables: types of outreach, outcomes, arms, directions,
// states, events. In: a cell's text in any case. Out: one value of a closed set, or nothing when the word is
// not known.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace preempt::intake {

enum class OutreachType : std::uint8_t { unclassified, signal, segment, lifecycle, broadcast };
std::optional<OutreachType> parse_outreach_type(std::string_view text);
std::string_view
outreach_type_name(OutreachType type); ///< "signal" ...: what the outreach_type column holds after reading

enum class Outcome : std::uint8_t { positive, resolved, usage_improved, no_effect, negative };
std::optional<Outcome> parse_outcome(std::string_view text);
std::string_view outcome_name(Outcome outcome); ///< what the outcome column holds after reading

enum class Direction : std::uint8_t { inbound, outbound };
/// Of words such as inbound, incoming, outbound, sent; also of "who began it" (customer, admin, agent,
/// campaign) and of sources that only ever mean a message from the team (outbound email, auto message).
std::optional<Direction> parse_direction(std::string_view text);

/// True for states of a ticket that is still open (open, new, pending, on hold ...), false for closed ones.
std::optional<bool> parse_status_open(std::string_view text);
/// Statuses that say that the ticket is no contact at all.
enum class StatusMark : std::uint8_t { none, spam, merged };
StatusMark parse_status_mark(std::string_view text);

/// One row of an event log about messages.
enum class MessageEvent : std::uint8_t {
    sent,
    delivered,
    opened,
    clicked,
    replied,
    completed,
    dismissed,
    unsubscribed,
    bounced,
    other
};
std::optional<MessageEvent> parse_message_event(std::string_view text);

/// M27, who began a message: true = automation (workflow, campaign, API ...), false = a person.
std::optional<bool> parse_by_automation(std::string_view text);

/// Why a customer contacted after a message; a word that is not known is `other`.
enum class InducedReason : std::uint8_t { asked_to, confirm, how_to, is_this_real, other };
InducedReason parse_induced_reason(std::string_view text);

enum class SurveyKind : std::uint8_t { csat, ces, nps };
/// Of a cell ("NPS", "csat") or of a header that names one ("nps_score"); nothing where none is named.
std::optional<SurveyKind> parse_survey_kind(std::string_view text);

/// "detection", "targeting", "message" or "measurement" for a branch in other words; empty if it is none.
std::string_view branch_name(std::string_view text);
/// "R", "A", "C" or "I" for the letter or the word; empty if it is none.
std::string_view raci_letter(std::string_view text);
/// Of a row of changes: did it happen to the team (incident, outage, downtime), or is it a change?
bool is_incident(std::string_view text);
/// +1 for up, increase, higher; -1 for down, decrease, lower; 0 for anything else.
int parse_direction_of_change(std::string_view text);

/// A vote about an article: yes, helpful, thumbs up; no, not helpful, thumbs down.
std::optional<bool> parse_helpful(std::string_view text);

/// True if `tags`, separated by blanks, commas, semicolons or bars, hold `tag`.
bool has_tag(std::string_view tags, std::string_view tag);

} // namespace preempt::intake
