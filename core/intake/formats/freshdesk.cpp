// Freshdesk and Freshservice tickets (formats.md 4.2).
#include "core/intake/formats/formats.hpp"

namespace preempt::intake::formats {

namespace {

using Values = ColumnRule::Values;
using Test = RowRule::Test;

constexpr std::array<HeaderNames, 3> kMust = {"ticket id", "created time", "first response time (in hrs)"};
constexpr std::array<HeaderNames, 5> kHelps = {"agent interactions", "survey results", "contact id",
                                               "resolution status", "initial response time"};
constexpr std::array<HeaderNames, 4> kServiceMust = {"ticket id", "created time", "requester name",
                                                     "resolution time (in hrs)"};
constexpr std::array<HeaderNames, 4> kServiceHelps = {"item", "category", "sub category", "requester email"};

constexpr std::array<ColumnRule, 27> kColumns = {{
    {"ticket id", Role::record_id, ""},
    {"created time", Role::occurred_at, ""},
    {"contact id", Role::email, "Freshdesk writes the e-mail address into Contact ID", Values::emails},
    {"email|requester email|contact email", Role::email, ""},
    {"contact id", Role::customer_id, ""},
    {"requester id", Role::customer_id, ""},
    {"company id", Role::account_id, ""},
    {"company name|company|department name|department", Role::account_id, ""},
    {"resolved time", Role::closed_at, ""},
    {"closed time", Role::closed_at, ""},
    {"initial response time", Role::first_response_at, "a time, whatever its name says"},
    {"last update time|last updated time", Role::updated_at, ""},
    {"source", Role::source, "Outbound Email marks tickets that an agent opened"},
    {"status", Role::status, ""},
    {"priority", Role::priority, ""},
    {"type|category", Role::topic, ""},
    {"product|item", Role::product_area, ""},
    {"group", Role::segment, ""},
    {"tags", Role::tags, ""},
    {"agent", Role::owner_id, ""},
    {"requester location|location", Role::region, ""},
    {"first response time (in hrs)", Role::first_response_time,
     "a duration (HH:MM:SS), whatever its name says"},
    {"resolution time (in hrs)", Role::none, "a duration (HH:MM:SS), whatever its name says"},
    {"survey results", Role::score, ""},
    {"time tracked", Role::handle_minutes, "hours and minutes"},
    {"customer interactions", Role::messages, ""},
    {"agent interactions", Role::agent_messages, ""},
}};
constexpr std::array<RowRule, 1> kRows = {{
    {Role::source, Test::is_one_of, "outbound email|10", Reason::outbound,
     "opened by an agent (Outbound Email)"},
}};

} // namespace

constexpr Format kFreshdeskTickets = {
    .id = "freshdesk_tickets",
    .label = "Freshdesk ticket export",
    .kind = TableKind::contacts,
    .must = kMust,
    .helps = kHelps,
    .columns = kColumns,
    .rows = kRows,
    .zone_notice = "Freshdesk does not state the time zone of its times. Choose the account's zone.",
    .person_notice =
        "No column tells who asked. Export the tickets again with the contact's e-mail (Contact ID).",
    .score_scale = ScoreScale::five_words};

constexpr Format kFreshserviceTickets = {
    .id = "freshservice_tickets",
    .label = "Freshservice ticket export",
    .kind = TableKind::contacts,
    .must = kServiceMust,
    .helps = kServiceHelps,
    .columns = kColumns,
    .rows = kRows,
    .zone_notice = "Freshservice does not state the time zone of its times. Choose the account's zone.",
    .person_notice =
        "This export names the requester only by name. Export it again with the requester's e-mail.",
    .score_scale = ScoreScale::five_words};

} // namespace preempt::intake::formats
