// Front messages and activities (formats.md 4.4): one row per message, so contacts are counted per
// conversation.
#include "core/intake/formats/formats.hpp"

namespace preempt::intake::formats {

namespace {

constexpr std::array<HeaderNames, 4> kMust = {"message id", "segment id", "conversation id", "direction"};
constexpr std::array<HeaderNames, 3> kHelps = {"contact handle", "message date", "survey rating"};
constexpr std::array<ColumnRule, 11> kColumns = {{
    {"conversation id", Role::record_id, "one contact is one conversation, not one message"},
    {"message date", Role::occurred_at, ""},
    {"contact handle", Role::email, ""},
    {"account names|account name", Role::account_id, ""},
    {"direction", Role::direction, "outbound messages are your own"},
    {"segment closed", Role::closed_at, ""},
    {"status", Role::status, ""},
    {"tags", Role::tags, ""},
    {"inbox", Role::channel, ""},
    {"assignee", Role::owner_id, ""},
    {"survey rating", Role::score, ""},
}};
constexpr std::array<std::string_view, 1> kNotices = {
    "This file has one row per message. The earliest message of each conversation stands for it: inbound, it "
    "is a contact; "
    "outbound, it is not. The later ones are set aside as the same record."};

} // namespace

constexpr Format kFrontMessages = {
    .id = "front_messages",
    .label = "Front message export",
    .kind = TableKind::contacts,
    .must = kMust,
    .helps = kHelps,
    .columns = kColumns,
    .notices = kNotices,
    .zone_notice = "Front writes times in the zone that was chosen for the export (UTC unless "
                   "somebody chose another).",
    .earliest_of_record = true};

} // namespace preempt::intake::formats
