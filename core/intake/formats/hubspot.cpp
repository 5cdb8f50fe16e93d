// HubSpot tickets (formats.md 4.3).
#include "core/intake/formats/formats.hpp"

namespace preempt::intake::formats {

namespace {

constexpr std::array<HeaderNames, 3> kMust = {"ticket id|record id", "ticket name", "create date"};
constexpr std::array<HeaderNames, 4> kHelps = {"ticket status", "pipeline", "ticket owner",
                                               "associated contact"};
constexpr std::array<ColumnRule, 15> kColumns = {{
    {"ticket id|record id", Role::record_id, ""},
    {"create date", Role::occurred_at, ""},
    {"associated contact email|contact email|email", Role::email, ""},
    {"associated contact", Role::email, "the address stands in brackets after the name",
     ColumnRule::Values::emails},
    {"associated contact ids|associated contact id", Role::customer_id, "HubSpot's own id of the contact"},
    {"associated company ids|associated company id", Role::account_id, ""},
    {"associated company|company name", Role::account_id, ""},
    {"close date", Role::closed_at, ""},
    {"last modified date|last activity date", Role::updated_at, ""},
    {"ticket status", Role::status, ""},
    {"priority", Role::priority, ""},
    {"source", Role::source, ""},
    {"category", Role::topic, ""},
    {"pipeline", Role::segment, ""},
    {"ticket owner", Role::owner_id, ""},
}};

} // namespace

constexpr Format kHubspotTickets = {
    .id = "hubspot_tickets",
    .label = "HubSpot ticket export",
    .kind = TableKind::contacts,
    .must = kMust,
    .helps = kHelps,
    .columns = kColumns,
    .zone_notice = "HubSpot does not state the time zone of its times. Choose the zone of the account.",
    .person_notice =
        "No column tells who asked. Add \"Associated Contact\" to the view and export it again."};

} // namespace preempt::intake::formats
