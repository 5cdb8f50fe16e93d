// Messaging tools (formats.md section 5): SendGrid activity, Mailchimp audience, Iterable events. The others
// are in outbound.cpp.
// An event log has one row per event; reading makes one outreach of all events of one message (see
// file_reader.cpp).
#include "core/intake/formats/formats.hpp"

namespace preempt::intake::formats {

namespace {

constexpr std::array<HeaderNames, 4> kSendgridMust = {"processed", "message_id", "event", "email"};
constexpr std::array<HeaderNames, 3> kSendgridHelps = {"api_key_id", "recv_message_id",
                                                       "marketing_campaign_name"};
constexpr std::array<ColumnRule, 8> kSendgridColumns = {{
    {"message_id", Role::record_id, "all events of one message share it"},
    {"processed", Role::occurred_at, "the time of the event"},
    {"event", Role::event, "processed and delivered are the send; the others are reactions to it"},
    {"email", Role::email, ""},
    {"marketing_campaign_name", Role::campaign, ""},
    {"subject", Role::campaign, "the message's subject", ColumnRule::Values::recurring},
    {"template_id", Role::content_id, ""},
    {"marketing_campaign_version", Role::variant, ""},
}};
constexpr std::array<std::string_view, 1> kSendgridNotices = {
    "This file has one row per event. Each message becomes one outreach; its delivery, openings and clicks "
    "are counted with "
    "it. Openings include those that mail programs make by themselves."};

constexpr std::array<HeaderNames, 3> kMailchimpMust = {"email address", "member_rating", "optin_time"};
constexpr std::array<HeaderNames, 2> kMailchimpHelps = {"leid", "euid"};
constexpr std::array<ColumnRule, 6> kMailchimpColumns = {{
    {"email address", Role::email, ""},
    {"euid", Role::customer_id, "Mailchimp's own id of the person"},
    {"region", Role::region, ""},
    {"cc", Role::region, "the country"},
    {"company|company name", Role::account_id, ""},
    {"last_changed", Role::updated_at, ""},
}};

constexpr std::array<HeaderNames, 4> kIterableMust = {"createdAt", "campaignId", "messageId", "email"};
constexpr std::array<HeaderNames, 1> kIterableHelps = {"templateId"};
constexpr std::array<ColumnRule, 8> kIterableColumns = {{
    {"messageId", Role::record_id, ""},
    {"createdAt", Role::occurred_at, ""},
    {"email", Role::email, ""},
    {"userId", Role::external_id, ""},
    {"campaignId", Role::campaign, ""},
    {"templateId", Role::content_id, ""},
    {"eventName|eventType", Role::event, ""},
    {"channelId", Role::channel, ""},
}};
constexpr std::array<std::string_view, 1> kIterableNotices = {
    "Iterable's files do not say which event they hold. This was taken for the sends (emailSend); if it "
    "holds openings or "
    "clicks, change its kind."};

} // namespace

constexpr Format kSendgridActivity = {.id = "sendgrid_activity",
                                      .label = "SendGrid e-mail activity",
                                      .kind = TableKind::outreaches,
                                      .must = kSendgridMust,
                                      .helps = kSendgridHelps,
                                      .columns = kSendgridColumns,
                                      .notices = kSendgridNotices};

constexpr Format kMailchimpAudience = {.id = "mailchimp_audience",
                                       .label = "Mailchimp audience",
                                       .kind = TableKind::customers,
                                       .must = kMailchimpMust,
                                       .helps = kMailchimpHelps,
                                       .columns = kMailchimpColumns};

constexpr Format kIterableEvents = {.id = "iterable_events",
                                    .label = "Iterable event export",
                                    .kind = TableKind::outreaches,
                                    .must = kIterableMust,
                                    .helps = kIterableHelps,
                                    .columns = kIterableColumns,
                                    .notices = kIterableNotices};

} // namespace preempt::intake::formats
