// Zendesk (formats.md 4.1): the account's CSV export of tickets, and trimmed or Explore reports with fewer
// columns.
#include "core/intake/formats/formats.hpp"

namespace preempt::intake::formats {

namespace {

using Values = ColumnRule::Values;
using Test = RowRule::Test;

constexpr std::array<HeaderNames, 3> kMust = {"summation column", "requester id", "satisfaction score"};
constexpr std::array<HeaderNames, 5> kHelps = {"first reply time in minutes", "group stations", "submitter",
                                               "via", "requester external id"};
constexpr std::array<HeaderNames, 3> kExploreMust = {
    "id|ticket id|zendesk ticket id", "requester|requester email|requester name|requester id",
    "created at|ticket created - date|ticket created|ticket created at"};
constexpr std::array<HeaderNames, 5> kExploreHelps = {
    "satisfaction score|satisfaction|ticket satisfaction rating", "submitter", "via|ticket channel",
    "solved at|ticket solved - date", "assignee|assignee name"};

constexpr std::array<ColumnRule, 26> kColumns = {{
    {"id|ticket id|zendesk ticket id", Role::record_id, "the ticket's number"},
    {"created at|ticket created at|ticket created - timestamp|ticket created - date|ticket created",
     Role::occurred_at, ""},
    {"requester email", Role::email, ""},
    {"requester id", Role::customer_id, "Zendesk's own id of the person"},
    {"requester external id", Role::external_id, "your own id of the person"},
    {"requester|requester name", Role::requester, "compared with the submitter"},
    {"submitter|submitter name", Role::submitter,
     "differs from the requester where somebody else filed the ticket"},
    {"organization|ticket organization name|requester organization name|organization name", Role::account_id,
     ""},
    {"requester domain", Role::account_id, "a weak key: everybody at a mail provider shares it"},
    {"solved at|ticket solved at|ticket solved - date", Role::closed_at, ""},
    {"updated at|ticket updated at", Role::updated_at, ""},
    {"status|ticket status", Role::status, ""},
    {"priority|ticket priority", Role::priority, ""},
    {"via|ticket channel|channel", Role::channel, ""},
    {"tags|ticket tags", Role::tags, "holds closed_by_merge on merged tickets"},
    {"contact reason|reason|category|topic|issue type|about", Role::topic, ""},
    {"", Role::topic, "the first field of your own that is a list", Values::list_suffix},
    {"ticket type|type", Role::product_area, ""},
    {"reopens", Role::reopen_count, ""},
    {"replies", Role::agent_messages, ""},
    {"group|ticket group", Role::segment, ""},
    {"assignee|assignee name", Role::owner_id, ""},
    {"satisfaction score|satisfaction|ticket satisfaction rating", Role::score, ""},
    {"first reply time in minutes|first reply time (in minutes)|first reply time (min)|first reply time",
     Role::first_response_time, ""},
    {"initially assigned at", Role::none, ""},
    {"assigned at", Role::none, ""},
}};
constexpr std::array<RowRule, 1> kRows = {{
    {Role::tags, Test::has_tag, "closed_by_merge", Reason::merged,
     "tagged closed_by_merge: another ticket goes on instead"},
}};
constexpr std::string_view kZoneNotice =
    "Zendesk writes ticket times in the account's time zone, not in UTC, and does not say so in the file. "
    "Choose the zone "
    "that the account had when the file was exported (Admin Center, Account, Appearance, Localization).";

} // namespace

constexpr Format kZendeskTickets = {.id = "zendesk_tickets",
                                    .label = "Zendesk ticket export",
                                    .kind = TableKind::contacts,
                                    .must = kMust,
                                    .helps = kHelps,
                                    .columns = kColumns,
                                    .rows = kRows,
                                    .zone_notice = kZoneNotice,
                                    .score_scale = ScoreScale::good_bad};

constexpr Format kZendeskExplore = {
    .id = "zendesk_report",
    .label = "Zendesk report (trimmed or from Explore)",
    .kind = TableKind::contacts,
    .must = kExploreMust,
    .helps = kExploreHelps,
    .columns = kColumns,
    .rows = kRows,
    .zone_notice = "Zendesk Explore writes times in the zone of the person who exported, the account's own "
                   "export in the "
                   "account's zone; neither says so in the file. Choose the zone.",
    .person_notice =
        "This report names the requester only by name. Export it again with the requester's e-mail or id.",
    .tier = Format::Tier::report,
    .score_scale = ScoreScale::good_bad};

} // namespace preempt::intake::formats
