// Messaging tools of which names are known from their APIs and warehouses (formats.md 5.3 to 5.6, 3.5):
// further Iterable events, Braze profiles, control groups through Segment, Customer.io deliveries,
// Gainsight's e-mail log, Intercom's articles. Their CSV headers may differ, so each is marked by names that
// only it has.
#include "core/intake/formats/formats.hpp"

namespace preempt::intake::formats {

namespace {

using Test = RowRule::Test;

// --- Iterable: one file per kind of event, which the file itself does not name

constexpr std::array<HeaderNames, 5> kClickMust = {"createdAt", "campaignId", "messageId", "email",
                                                   "hrefIndex|url"};
constexpr std::array<HeaderNames, 1> kReactionHelps = {"templateId"};
constexpr std::array<ColumnRule, 4> kClickColumns = {{
    {"messageId", Role::outreach_id, "joins the send"},
    {"createdAt", Role::clicked_at, "only clicks have a link"},
    {"email", Role::email, ""},
    {"userId", Role::external_id, ""},
}};
constexpr std::array<HeaderNames, 5> kOpenMust = {"createdAt", "campaignId", "messageId", "email",
                                                  "proxySource|userAgentDevice"};
constexpr std::array<ColumnRule, 4> kOpenColumns = {{
    {"messageId", Role::outreach_id, "joins the send"},
    {"createdAt", Role::opened_at, "openings name the device and no link"},
    {"email", Role::email, ""},
    {"userId", Role::external_id, ""},
}};

constexpr std::array<HeaderNames, 4> kSkipMust = {"createdAt", "campaignId", "email", "reason"};
constexpr std::array<HeaderNames, 3> kSkipHelps = {"messageId", "eventName|eventType", "templateId"};
constexpr std::array<ColumnRule, 5> kSkipColumns = {{
    {"createdAt", Role::occurred_at, "the clock starts when the message would have been sent"},
    {"email", Role::email, ""},
    {"userId", Role::external_id, ""},
    {"campaignId", Role::campaign, ""},
    {"reason", Role::suppressed_reason, "ExperimentHoldOut marks the held-out"},
}};
constexpr std::array<RowRule, 1> kSkipRows = {{
    {Role::suppressed_reason, Test::is_none_of, "ExperimentHoldOut|Experiment Hold Out|experiment_hold_out",
     Reason::no_arm, "skipped for another reason than a holdout"},
}};
constexpr std::array<std::string_view, 1> kSkipNotices = {
    "These are sends that Iterable skipped. Those skipped for an experiment's holdout are read as held out; "
    "the "
    "contacted are the people of the sends."};

// --- Braze: the people of a segment

constexpr std::array<HeaderNames, 1> kBrazeMust = {"braze id|appboy id"};
constexpr std::array<HeaderNames, 4> kBrazeHelps = {"user id", "first session", "last session", "devices"};
constexpr std::array<ColumnRule, 6> kBrazeColumns = {{
    {"user id|external id", Role::external_id, "your own id of the person"},
    {"braze id|appboy id", Role::customer_id, "Braze's own id of the person"},
    {"email|email address", Role::email, ""},
    {"country", Role::region, ""},
    {"language", Role::language, ""},
    {"created at", Role::signup_at, ""},
}};
constexpr std::array<std::string_view, 1> kBrazeNotices = {
    "Braze's segment file lists people, not messages. Its control group comes as a list of today's members, "
    "without history: note the day of the export."};

// --- Segment: the only record, person by person, of Braze's control groups

constexpr std::array<HeaderNames, 4> kTracksMust = {"anonymous id", "event", "received at", "user id"};
constexpr std::array<HeaderNames, 2> kTracksHelps = {"event text", "sent at"};
constexpr std::array<ColumnRule, 5> kTracksColumns = {{
    {"user id", Role::external_id, "your own id of the person"},
    {"timestamp|original timestamp", Role::occurred_at, "the time of the event"},
    {"received at", Role::occurred_at, "the time of the event"},
    {"event|event text", Role::suppressed_reason, "Campaign Control Group Entered marks the held-out"},
    {"context campaign name|campaign name", Role::campaign, ""},
}};
constexpr std::array<RowRule, 1> kTracksRows = {{
    {Role::suppressed_reason, Test::is_none_of,
     "Campaign Control Group Entered|campaign_control_group_entered", Reason::no_arm,
     "an event that says nothing of a control group"},
}};

// --- Customer.io: deliveries

constexpr std::array<HeaderNames, 2> kDeliveryMust = {"delivery id",
                                                      "internal customer id|customer id|cio id"};
constexpr std::array<HeaderNames, 4> kDeliveryHelps = {"workspace id", "subject id", "campaign id", "metric"};
constexpr std::array<ColumnRule, 6> kDeliveryColumns = {{
    {"delivery id", Role::record_id, ""},
    {"created|created at|delivery created at", Role::occurred_at, "the time of the delivery's record"},
    {"internal customer id|cio id", Role::customer_id, "Customer.io's own id of the person"},
    {"subject id", Role::external_id, "your own id of the person"},
    {"delivery type|type", Role::channel, ""},
    {"metric", Role::event, "sent and delivered are the send; the others are reactions to it"},
}};
constexpr std::array<std::string_view, 1> kDeliveryNotices = {
    "Customer.io stamps deliveries when they are made, not when they are sent, and makes them for people in "
    "a "
    "holdout too. Those whose variant or arm names a holdout are read as held out."};

// --- Gainsight: a report on the e-mail log

constexpr std::array<HeaderNames, 2> kGainsightMust = {"triggered on", "template name"};
constexpr std::array<HeaderNames, 4> kGainsightHelps = {"batch name", "use case", "associated value",
                                                        "open count"};
constexpr std::array<ColumnRule, 6> kGainsightColumns = {{
    {"triggered on", Role::occurred_at, "the time of sending"},
    {"associated value", Role::email, "the cells are e-mail addresses", ColumnRule::Values::emails},
    {"associated value", Role::customer_id, ""},
    {"template name", Role::content_id, ""},
    {"variant name", Role::variant, ""},
    {"use case|batch name", Role::campaign, ""},
}};

// --- Intercom: articles

constexpr std::array<HeaderNames, 2> kArticleMust = {"statistics views", "statistics conversations"};
constexpr std::array<HeaderNames, 2> kArticleHelps = {"statistics reactions", "title"};
constexpr std::array<ColumnRule, 4> kArticleColumns = {{
    {"title|name", Role::article_id, "articles are known by their titles"},
    {"id|article id", Role::article_id, ""},
    {"statistics views", Role::views, ""},
    {"statistics conversations", Role::conversations_started, ""},
}};
constexpr std::array<std::string_view, 1> kArticleNotices = {
    "These are totals since each article was written, not of a period. Reactions come as shares and are not "
    "read."};

} // namespace

constexpr Format kIterableClicks = {.id = "iterable_clicks",
                                    .label = "Iterable clicks",
                                    .kind = TableKind::engagement,
                                    .must = kClickMust,
                                    .helps = kReactionHelps,
                                    .columns = kClickColumns};
constexpr Format kIterableOpens = {.id = "iterable_opens",
                                   .label = "Iterable openings",
                                   .kind = TableKind::engagement,
                                   .must = kOpenMust,
                                   .helps = kReactionHelps,
                                   .columns = kOpenColumns};
constexpr Format kIterableSkips = {.id = "iterable_skips",
                                   .label = "Iterable skipped sends",
                                   .kind = TableKind::exposure,
                                   .must = kSkipMust,
                                   .helps = kSkipHelps,
                                   .columns = kSkipColumns,
                                   .rows = kSkipRows,
                                   .notices = kSkipNotices};
constexpr Format kBrazeProfiles = {.id = "braze_profiles",
                                   .label = "Braze segment (people)",
                                   .kind = TableKind::customers,
                                   .must = kBrazeMust,
                                   .helps = kBrazeHelps,
                                   .columns = kBrazeColumns,
                                   .notices = kBrazeNotices};
constexpr Format kSegmentTracks = {.id = "segment_tracks",
                                   .label = "Segment events (control groups)",
                                   .kind = TableKind::exposure,
                                   .must = kTracksMust,
                                   .helps = kTracksHelps,
                                   .columns = kTracksColumns,
                                   .rows = kTracksRows};
constexpr Format kCustomerioDeliveries = {.id = "customerio_deliveries",
                                          .label = "Customer.io deliveries",
                                          .kind = TableKind::outreaches,
                                          .must = kDeliveryMust,
                                          .helps = kDeliveryHelps,
                                          .columns = kDeliveryColumns,
                                          .notices = kDeliveryNotices,
                                          .tier = Format::Tier::report};
constexpr Format kGainsightEmails = {.id = "gainsight_emails",
                                     .label = "Gainsight e-mail log",
                                     .kind = TableKind::outreaches,
                                     .must = kGainsightMust,
                                     .helps = kGainsightHelps,
                                     .columns = kGainsightColumns,
                                     .tier = Format::Tier::report};
constexpr Format kIntercomArticles = {.id = "intercom_articles",
                                      .label = "Intercom articles (totals)",
                                      .kind = TableKind::self_service,
                                      .must = kArticleMust,
                                      .helps = kArticleHelps,
                                      .columns = kArticleColumns,
                                      .notices = kArticleNotices};

} // namespace preempt::intake::formats
