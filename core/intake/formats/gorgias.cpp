// Gorgias tickets (formats.md 4.5).
#include "core/intake/formats/formats.hpp"

namespace preempt::intake::formats {

namespace {

using Test = RowRule::Test;

constexpr std::array<HeaderNames, 3> kMust = {"ticket id", "initial channel", "survey score"};
constexpr std::array<HeaderNames, 5> kHelps = {"created by an agent", "first response time (s)",
                                               "last used integration name", "number of customer messages",
                                               "customer email"};
constexpr std::array<ColumnRule, 15> kColumns = {{
    {"ticket id", Role::record_id, ""},
    {"creation date", Role::occurred_at, ""},
    {"customer email", Role::email, ""},
    {"created by an agent", Role::started_by, "True marks tickets that an agent opened"},
    {"closed date", Role::closed_at, ""},
    {"initial channel", Role::channel, ""},
    {"priority", Role::priority, ""},
    {"tags", Role::tags, ""},
    {"ticket field: contact reason|ticket field: ai intent|ticket field: reason", Role::topic, ""},
    {"ticket field: product|ticket field: brand", Role::product_area, ""},
    {"assignee email|assignee name", Role::owner_id, ""},
    {"survey score", Role::score, ""},
    {"first response time (s)", Role::first_response_time, ""},
    {"number of customer messages", Role::messages, ""},
    {"number of agent messages", Role::agent_messages, ""},
}};
constexpr std::array<RowRule, 1> kRows = {{
    {Role::started_by, Test::is_yes, "", Reason::outbound, "created by an agent"},
}};

} // namespace

constexpr Format kGorgiasTickets = {
    .id = "gorgias_tickets",
    .label = "Gorgias ticket export",
    .kind = TableKind::contacts,
    .must = kMust,
    .helps = kHelps,
    .columns = kColumns,
    .rows = kRows,
    .zone_notice = "Gorgias does not state the time zone of its times. Choose the zone of the account.",
    .score_scale = ScoreScale::one_to_five};

} // namespace preempt::intake::formats
