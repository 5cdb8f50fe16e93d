// Intercom (formats.md section 3): conversations, outbound receipts and their event files, CSAT, message
// totals.
#include "core/intake/formats/formats.hpp"

namespace preempt::intake::formats {

namespace {

using Values = ColumnRule::Values;
using Test = RowRule::Test;

// --- conversations: the dataset export, and the reporting API's file with the same names in lower case
// ------------------------

constexpr std::array<HeaderNames, 2> kConversationMust = {"conversation id", "conversation started at"};
constexpr std::array<HeaderNames, 7> kConversationHelps = {
    "teammate currently assigned|currently assigned teammate id",
    "fin ai agent involved|fin ai agent participated",
    "started by|conversation started by",
    "current conversation state",
    "channel",
    "user email",
    "conversation first closed at"};
constexpr std::array<ColumnRule, 33> kConversationColumns = {{
    {"conversation id", Role::record_id, ""},
    {"conversation started at", Role::occurred_at, "the first message of the conversation"},
    {"conversation created at", Role::occurred_at, "the conversation began about then"},
    {"user email", Role::email, ""},
    {"user participant emails", Role::email, "the participants' addresses; the first one counts"},
    {"user id", Role::customer_id, "24 hexadecimal digits: Intercom's own id of the person", Values::hex_ids},
    {"user id", Role::external_id, "your own id of the person"},
    {"user participant ids", Role::external_id, "the participants' ids"},
    {"company id|company external id", Role::account_id, ""},
    {"company name", Role::account_id, ""},
    {"started by|conversation started by", Role::started_by,
     "who began it tells contacts from your own messages"},
    {"conversation source", Role::source, "tells contacts from your own messages"},
    {"conversation first closed at|conversation last closed at", Role::closed_at, ""},
    {"conversation first replied at|conversation first teammate reply at", Role::first_response_at, ""},
    {"first response time (seconds)|conversation first response time", Role::first_response_time, ""},
    {"conversation updated at", Role::updated_at, ""},
    {"channel", Role::channel, ""},
    {"current conversation state", Role::status, ""},
    {"ai topic", Role::topic, ""},
    {"topics", Role::topic, ""},
    {"ai subtopic", Role::product_area, ""},
    {"conversation tag", Role::tags, ""},
    {"conversation priority", Role::priority, ""},
    {"country", Role::region, ""},
    {"continent", Role::region, ""},
    {"company plan", Role::plan, ""},
    {"teammate currently assigned", Role::owner_id, ""},
    {"last teammate rating", Role::score, "the rating of a person"},
    {"fin ai agent rating", Role::bot_score, "the rating of a machine, kept apart"},
    {"last chatbot rating", Role::bot_score, "the rating of a machine, kept apart"},
    {"handling time (seconds)", Role::handle_minutes, ""},
    {"cx score rating|cx score", Role::none, "made by a model, not an answer of a customer"},
    {"cx score explanation", Role::none, "made by a model, not an answer of a customer"},
}};
constexpr std::array<RowRule, 2> kConversationRows = {{
    {Role::started_by, Test::is_none_of, "customer|user|lead|contact|visitor", Reason::outbound,
     "started by somebody other than the customer"},
    {Role::source, Test::is_none_of, "inbound message|customer initiated|inbound", Reason::outbound,
     "begun by a message of your own"},
}};

// --- outbound messages: receipts
// ---------------------------------------------------------------------------------------------

constexpr std::array<HeaderNames, 3> kReceiptMust = {"receipt id", "received at", "ruleset id"};
constexpr std::array<HeaderNames, 5> kReceiptHelps = {"first open", "first click", "first goal success",
                                                      "content title", "user external id"};
constexpr std::array<ColumnRule, 22> kReceiptColumns = {{
    {"receipt id", Role::record_id, "one receipt is one person and one delivery"},
    {"received at", Role::occurred_at, "the time of the delivery"},
    {"user id", Role::customer_id, "Intercom's own id of the person"},
    {"user external id", Role::external_id, "your own id of the person"},
    {"email", Role::email, ""},
    {"company external id", Role::account_id, "your own id of the company"},
    {"company id", Role::account_id, ""},
    {"content type", Role::channel, ""},
    {"content id", Role::content_id, ""},
    {"content title", Role::campaign, "the message's title"},
    {"series title", Role::campaign, ""},
    {"ruleset version id", Role::variant, ""},
    {"conversation id", Role::conversation_id, "the conversation that a reply opened"},
    {"first open", Role::opened_at, ""},
    {"first click", Role::clicked_at, ""},
    {"first reply", Role::replied_at, ""},
    {"first completion", Role::completed_at, ""},
    {"first dismissal|first dismisall", Role::dismissed_at, ""},
    {"first unsubscribe", Role::unsubscribed_at, ""},
    {"first hard bounce", Role::bounced_at, "not delivered"},
    {"created via", Role::initiated_by, ""},
    {"ruleset id", Role::campaign, "the message's id"},
}};
constexpr std::array<HeaderNames, 2> kMinusOne = {"company id|company external id", "series id"};
constexpr std::array<std::string_view, 2> kReceiptNotices = {
    "Intercom lists only the people who received a message. If part of the audience was held back, add a "
    "file with the "
    "held-out people.",
    "An export through Intercom's API counts openings, clicks and replies only inside the exported dates; "
    "later ones are "
    "missing from it."};

// --- outbound messages: one file per kind of event, joined by receipt_id
// ------------------------------------------------------

constexpr std::string_view kReceiptKey = "joins the message's receipt";
constexpr std::array<HeaderNames, 2> kOpenMust = {"receipt id", "opened at"};
constexpr std::array<ColumnRule, 2> kOpenColumns = {
    {{"receipt id", Role::outreach_id, kReceiptKey}, {"opened at", Role::opened_at, ""}}};
constexpr std::array<HeaderNames, 2> kClickMust = {"receipt id", "clicked at"};
constexpr std::array<HeaderNames, 2> kClickHelps = {"link type", "url"};
constexpr std::array<ColumnRule, 2> kClickColumns = {
    {{"receipt id", Role::outreach_id, kReceiptKey}, {"clicked at", Role::clicked_at, ""}}};
constexpr std::array<HeaderNames, 2> kReplyMust = {"receipt id", "replied at"};
constexpr std::array<ColumnRule, 2> kReplyColumns = {
    {{"receipt id", Role::outreach_id, kReceiptKey}, {"replied at", Role::replied_at, ""}}};
constexpr std::array<HeaderNames, 2> kCompletionMust = {"receipt id", "completed at"};
constexpr std::array<ColumnRule, 2> kCompletionColumns = {
    {{"receipt id", Role::outreach_id, kReceiptKey}, {"completed at", Role::completed_at, ""}}};
constexpr std::array<HeaderNames, 2> kDismissalMust = {"receipt id", "dismissed at"};
constexpr std::array<ColumnRule, 2> kDismissalColumns = {
    {{"receipt id", Role::outreach_id, kReceiptKey}, {"dismissed at", Role::dismissed_at, ""}}};
constexpr std::array<HeaderNames, 3> kViewMust = {"receipt id", "viewed at", "step id"};
constexpr std::array<ColumnRule, 2> kViewColumns = {
    {{"receipt id", Role::outreach_id, kReceiptKey},
     {"viewed at", Role::opened_at, "a step of a tour was seen"}}};
constexpr std::array<HeaderNames, 2> kAnswerMust = {"receipt id", "answered at"};
constexpr std::array<HeaderNames, 2> kAnswerHelps = {"question id", "response"};
constexpr std::array<ColumnRule, 2> kAnswerColumns = {
    {{"receipt id", Role::outreach_id, kReceiptKey},
     {"answered at", Role::completed_at, "a survey's question was answered"}}};

// --- surveys and totals
// ------------------------------------------------------------------------------------------------------

constexpr std::array<HeaderNames, 3> kSurveyMust = {"conversation id", "updated at", "conversation rating"};
constexpr std::array<HeaderNames, 3> kSurveyHelps = {"agent rated type|teammate rated|fin ai agent involved",
                                                     "last survey sent", "conversation rating remark"};
constexpr std::array<ColumnRule, 6> kSurveyColumns = {{
    {"conversation id", Role::contact_id, "the only key of this file"},
    {"updated at", Role::occurred_at, "the time of the rating"},
    {"conversation rating", Role::score, ""},
    {"agent rated type", Role::rated, "ratings of Fin and of chatbots are kept apart"},
    {"fin ai agent involved", Role::rated, "where Fin was involved the rating is kept apart"},
    {"company name", Role::account_id, ""},
}};

constexpr std::array<HeaderNames, 3> kOverviewMust = {"ruleset id", "receipt total", "open rate"};

} // namespace

constexpr Format kIntercomConversations = {
    .id = "intercom_conversations",
    .label = "Intercom conversations",
    .kind = TableKind::contacts,
    .must = kConversationMust,
    .helps = kConversationHelps,
    .columns = kConversationColumns,
    .rows = kConversationRows,
    .minus_one_is_null = kMinusOne,
    .zone_notice =
        "Intercom writes conversation times in the workspace's time zone; this file does not name it.",
    .person_notice = "This export has only conversation ids. Export the conversations again with the columns "
                     "\"User email\", "
                     "\"User ID\" and \"Company ID\" ticked.",
    .score_scale = ScoreScale::one_to_five};

constexpr Format kIntercomReceipts = {.id = "intercom_receipts",
                                      .label = "Intercom outbound messages (receipts)",
                                      .kind = TableKind::outreaches,
                                      .must = kReceiptMust,
                                      .helps = kReceiptHelps,
                                      .columns = kReceiptColumns,
                                      .minus_one_is_null = kMinusOne,
                                      .notices = kReceiptNotices};

constexpr Format kIntercomOpens = {.id = "intercom_opens",
                                   .label = "Intercom outbound messages (openings)",
                                   .kind = TableKind::engagement,
                                   .must = kOpenMust,
                                   .columns = kOpenColumns};
constexpr Format kIntercomClicks = {.id = "intercom_clicks",
                                    .label = "Intercom outbound messages (clicks)",
                                    .kind = TableKind::engagement,
                                    .must = kClickMust,
                                    .helps = kClickHelps,
                                    .columns = kClickColumns};
constexpr Format kIntercomReplies = {.id = "intercom_replies",
                                     .label = "Intercom outbound messages (replies)",
                                     .kind = TableKind::engagement,
                                     .must = kReplyMust,
                                     .columns = kReplyColumns};
constexpr Format kIntercomCompletions = {.id = "intercom_completions",
                                         .label = "Intercom outbound messages (completions)",
                                         .kind = TableKind::engagement,
                                         .must = kCompletionMust,
                                         .columns = kCompletionColumns};
constexpr Format kIntercomDismissals = {.id = "intercom_dismissals",
                                        .label = "Intercom outbound messages (dismissals)",
                                        .kind = TableKind::engagement,
                                        .must = kDismissalMust,
                                        .columns = kDismissalColumns};
constexpr Format kIntercomViews = {.id = "intercom_views",
                                   .label = "Intercom outbound messages (tour steps seen)",
                                   .kind = TableKind::engagement,
                                   .must = kViewMust,
                                   .columns = kViewColumns};
constexpr Format kIntercomAnswers = {.id = "intercom_answers",
                                     .label = "Intercom outbound messages (survey answers)",
                                     .kind = TableKind::engagement,
                                     .must = kAnswerMust,
                                     .helps = kAnswerHelps,
                                     .columns = kAnswerColumns};

constexpr Format kIntercomSurveys = {.id = "intercom_csat",
                                     .label = "Intercom conversation ratings (CSAT)",
                                     .kind = TableKind::surveys,
                                     .must = kSurveyMust,
                                     .helps = kSurveyHelps,
                                     .columns = kSurveyColumns,
                                     .score_scale = ScoreScale::one_to_five};

constexpr Format kIntercomOverview = {.id = "intercom_overview",
                                      .label = "Intercom message totals (overview)",
                                      .must = kOverviewMust,
                                      .refusal = "This Intercom file holds totals per message and no "
                                                 "persons, so nobody can be followed up. Use the file whose "
                                                 "name begins with \"receipt\" from the same export."};

} // namespace preempt::intake::formats
