// Salesforce case report, details only (formats.md 4.8). Its footer lines are recognised as such while
// reading.
#include "core/intake/formats/formats.hpp"

namespace preempt::intake::formats {

namespace {

constexpr std::array<HeaderNames, 2> kMust = {"case number", "date/time opened|opened date|created date"};
constexpr std::array<HeaderNames, 5> kHelps = {"case owner|case owner: full name|case owner alias",
                                               "account name", "case origin|origin", "date/time closed",
                                               "contact email|current contact email"};
constexpr std::array<ColumnRule, 16> kColumns = {{
    {"case number", Role::record_id, "kept as text: its leading zeros count"},
    {"date/time opened|opened date", Role::occurred_at, ""},
    {"created date", Role::occurred_at, ""},
    {"contact email|current contact email|web email|email", Role::email, ""},
    {"contact id|contact: id", Role::customer_id, ""},
    {"account id|account: id", Role::account_id, ""},
    {"account name|account name: account name", Role::account_id, ""},
    {"date/time closed|closed date", Role::closed_at, ""},
    {"last modified date", Role::updated_at, ""},
    {"status", Role::status, ""},
    {"priority", Role::priority, ""},
    {"case origin|origin", Role::source,
     "its words are your own: check whether one of them means your own messages"},
    {"case reason|reason|type", Role::topic, ""},
    {"product", Role::product_area, ""},
    {"case owner|case owner: full name|case owner alias", Role::owner_id, ""},
    {"escalated", Role::escalated, ""},
}};

} // namespace

constexpr Format kSalesforceCases = {
    .id = "salesforce_cases",
    .label = "Salesforce case report",
    .kind = TableKind::contacts,
    .must = kMust,
    .helps = kHelps,
    .columns = kColumns,
    .zone_notice =
        "Salesforce reports show times in the zone of the person who ran the report. Choose that zone.",
    .person_notice =
        "This report names the contact only by name. Run it again with the contact's e-mail as a column."};

} // namespace preempt::intake::formats
