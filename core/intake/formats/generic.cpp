// Our own layouts (metrics.md 5.1) with the usual other names for their columns: outreaches, contacts,
// customers, exposure (also an audience with a holdout), signals, reactions. Any tool's table with such
// headers is read through these rows.
#include "core/intake/formats/formats.hpp"
#include "core/intake/formats/names.hpp"

namespace preempt::intake::formats {

namespace {

using Values = ColumnRule::Values;

constexpr HeaderNames kPerson =
    PREEMPT_EMAIL_NAMES "|" PREEMPT_CUSTOMER_NAMES "|" PREEMPT_EXTERNAL_NAMES "|" PREEMPT_ACCOUNT_NAMES;

// --- outreaches
// --------------------------------------------------------------------------------------------------------------

constexpr HeaderNames kSentNames =
    "sent at|sent|sent time|send time|sent date|send date|date sent|time sent|sent on|outreach at|"
    "message sent at|send at|sent timestamp|triggered on|contacted at";
constexpr std::array<HeaderNames, 2> kOutreachMust = {kSentNames, kPerson};
constexpr std::array<HeaderNames, 8> kOutreachHelps = {"outreach id|message id|send id|delivery id",
                                                       "outreach type",
                                                       "trigger",
                                                       "campaign|campaign name",
                                                       "channel",
                                                       "topic",
                                                       "arm",
                                                       "outcome"};
constexpr std::array<ColumnRule, 44> kOutreachColumns = {{
    {"outreach id|message id|send id|delivery id|receipt id|id", Role::record_id, ""},
    {kSentNames, Role::occurred_at, "the clock starts at the send"},
    {PREEMPT_EMAIL_NAMES, Role::email, ""},
    {PREEMPT_EXTERNAL_NAMES, Role::external_id, ""},
    {PREEMPT_CUSTOMER_NAMES, Role::customer_id, ""},
    {PREEMPT_ACCOUNT_NAMES, Role::account_id, ""},
    {"outreach type|type of outreach|message type|type", Role::outreach_type, ""},
    {"trigger|trigger name|trigger type|signal type|signal|reason", Role::trigger, ""},
    {"trigger class", Role::trigger_class, ""},
    {"topic|issue|category|issue type", Role::topic, ""},
    {"product area|feature|area|product", Role::product_area, ""},
    {"channel|medium|content type", Role::channel, ""},
    {"content id|template id|template", Role::content_id, ""},
    {"template name|message name|content|subject", Role::content_id, "", Values::recurring},
    {PREEMPT_ARM_NAMES, Role::arm, "its values name a held-out arm", Values::arms},
    {"arm|is holdout|holdout|in control group|control group|experiment arm|experiment group", Role::arm, ""},
    {"variant|version|variation", Role::variant, "", Values::not_arms},
    {"campaign|campaign name|campaign id|series|series title", Role::campaign, ""},
    {"experiment id|experiment|experiment name|test id", Role::experiment_id, ""},
    {"event|event type|event name", Role::event, "one row per event"},
    {"delivered at|delivered", Role::delivered_at, ""},
    {"bounced at|bounced|hard bounce at", Role::bounced_at, ""},
    {"opened at|first open|opened|open time", Role::opened_at, ""},
    {"clicked at|first click|clicked|click time", Role::clicked_at, ""},
    {"replied at|first reply|replied|reply time", Role::replied_at, ""},
    {"completed at|first completion|completed", Role::completed_at, ""},
    {"dismissed at|first dismissal|dismissed", Role::dismissed_at, ""},
    {"unsubscribed at|first unsubscribe|unsubscribed", Role::unsubscribed_at, ""},
    {"outcome|result|response outcome", Role::outcome, ""},
    {"usage before", Role::usage_before, ""},
    {"usage after", Role::usage_after, ""},
    {"initiated by|created via|sent by type", Role::initiated_by, ""},
    {"owner id|owner|csm|agent|sender|sent by", Role::owner_id, ""},
    {"conversation id|thread id", Role::conversation_id, ""},
    {"updated at|last updated|modified at", Role::updated_at, ""},
    {"segment|customer segment|audience", Role::segment, ""},
    {"plan|plan name|subscription plan", Role::plan, ""},
    {"tier|customer tier", Role::tier, ""},
    {"industry", Role::industry, ""},
    {"region|country", Role::region, ""},
    {"language|locale", Role::language, ""},
    {"is test|test", Role::is_test, ""},
    {"cost|message cost|send cost|cost per message", Role::cost, ""},
    {"is promotional|promotional|is marketing", Role::is_promotional, ""},
}};

// --- contacts
// ----------------------------------------------------------------------------------------------------------------

constexpr HeaderNames kContactIds =
    "contact id|ticket id|ticket number|ticket|case id|case number|case|conversation id|issue id|"
    "issue key|request id|interaction id|record id";
constexpr HeaderNames kContactTimes =
    "created at|created time|create date|creation date|created date|created|creation time|"
    "date created|opened at|opened date|date/time opened|ticket created at|contacted at|"
    "conversation started at|conversation created at|received at|message date|started at";
constexpr std::array<HeaderNames, 3> kContactMust = {kContactIds, kContactTimes, kPerson};
constexpr std::array<HeaderNames, 8> kContactHelps = {"closed at|solved at|resolved at",
                                                      "direction",
                                                      "topic|category|reason",
                                                      "channel|source|via",
                                                      "status",
                                                      "priority",
                                                      "tags",
                                                      "subject|title"};
constexpr std::array<ColumnRule, 45> kContactColumns = {{
    {"contact id", Role::email, "the cells are e-mail addresses", Values::emails},
    {"ticket id|ticket number|ticket|case id|case number|case|conversation id|issue key|issue id|request "
     "id|interaction id|"
     "contact id|record id|id",
     Role::record_id, ""},
    {kContactTimes, Role::occurred_at, "the time at which the customer made contact"},
    {PREEMPT_EMAIL_NAMES, Role::email, ""},
    {"reporter|requester|contact handle|from|customer|contact", Role::email, "the cells are e-mail addresses",
     Values::emails},
    {PREEMPT_EXTERNAL_NAMES, Role::external_id, ""},
    {"customer id|user id|person id|member id|requester id|client id|visitor id|customer|user",
     Role::customer_id, ""},
    {PREEMPT_ACCOUNT_NAMES, Role::account_id, ""},
    {"direction|message direction|delivered as|source delivered as|source.delivered_as", Role::direction, ""},
    {"started by|initiated by|created by|created by an agent", Role::started_by, ""},
    {"submitter", Role::submitter, ""},
    {"requester|requester name", Role::requester, ""},
    {"closed at|solved at|resolved at|closed time|resolved time|closed date|close date|date/time "
     "closed|resolved|solved|closed",
     Role::closed_at, ""},
    {"first response at|first reply at|first responded at", Role::first_response_at, ""},
    {"reopened at", Role::reopened_at, ""},
    {"reopen count|reopens|times reopened", Role::reopen_count, ""},
    {"first response time|first response minutes|first response time (minutes)|first response time (seconds)",
     Role::first_response_time, ""},
    {"updated at|last updated|last update time|last modified date|modified at|updated", Role::updated_at, ""},
    {"topic|category|reason|contact reason|issue type|ticket type|case reason|type|topics", Role::topic, ""},
    {"product area|product|feature|area|component", Role::product_area, ""},
    {"channel|via|initial channel|medium|case origin|origin", Role::channel, ""},
    {"source|ticket source", Role::source, ""},
    {"priority", Role::priority, ""},
    {"escalated|is escalated", Role::escalated, ""},
    {"status|state|ticket status", Role::status, ""},
    {"tags|tag|labels|conversation tag", Role::tags, ""},
    {"in reply to|outreach id|reply to", Role::in_reply_to, ""},
    {"thread id", Role::conversation_id, ""},
    {"induced reason", Role::induced_reason, ""},
    {"merged into|merged into id|merged", Role::merged_into, ""},
    {"is spam|spam", Role::is_spam, ""},
    {"is test|test", Role::is_test, ""},
    {"is internal|internal", Role::is_internal, ""},
    {"agent id|agent|assignee|owner|owner id|assignee name", Role::owner_id, ""},
    {"segment|customer segment|group", Role::segment, ""},
    {"plan|plan name", Role::plan, ""},
    {"tier|customer tier", Role::tier, ""},
    {"support tier", Role::support_tier, ""},
    {"industry", Role::industry, ""},
    {"region|country", Role::region, ""},
    {"language|locale", Role::language, ""},
    {PREEMPT_SCORE_NAMES, Role::score, ""},
    {"handle minutes|handle time (minutes)|handling time (minutes)|handle time (seconds)|handling time "
     "(seconds)|handle time|handling time|agent work time",
     Role::handle_minutes, ""},
    {"messages|message count|number of messages|number of customer messages|customer interactions|exchanges",
     Role::messages, ""},
    {"number of agent messages|agent interactions|agent messages|agent replies", Role::agent_messages, ""},
}};

// --- exposure: who was eligible, in which arm
// --------------------------------------------------------------------------------

constexpr HeaderNames kAssignedNames =
    "assigned at|assigned on|assignment date|assigned date|assigned|enrolled at|enrolled on|"
    "entered at|exposed at|exposure at|assignment time|randomized at|randomised at";
constexpr HeaderNames kEligibleNames = "eligible at|eligible from|eligible since|eligible on|qualified at";
constexpr std::array<HeaderNames, 2> kExposureMust = {
    "assigned at|assigned on|assignment date|assigned date|assigned|enrolled at|enrolled on|entered "
    "at|exposed at|exposure at|"
    "assignment time|randomized at|randomised at|eligible at|eligible from|eligible since|eligible "
    "on|qualified at",
    kPerson};
constexpr std::array<HeaderNames, 3> kExposureHelps = {PREEMPT_ARM_NAMES, "experiment id|experiment",
                                                       "trigger"};
constexpr std::array<ColumnRule, 23> kExposureColumns = {{
    {kAssignedNames, Role::occurred_at, "the clock starts at the assignment, in both arms"},
    {kEligibleNames, Role::occurred_at, "the clock starts when the customer became eligible"},
    {kEligibleNames, Role::eligible_at, ""},
    {PREEMPT_EMAIL_NAMES, Role::email, ""},
    {PREEMPT_EXTERNAL_NAMES, Role::external_id, ""},
    {PREEMPT_CUSTOMER_NAMES, Role::customer_id, ""},
    {PREEMPT_ACCOUNT_NAMES, Role::account_id, ""},
    {"id", Role::customer_id, "the only id of the row"},
    {PREEMPT_ARM_NAMES, Role::arm, "treated or held out", Values::arms},
    {PREEMPT_ARM_NAMES, Role::arm, ""},
    {"trigger|trigger name|signal type", Role::trigger, ""},
    {"trigger class", Role::trigger_class, ""},
    {"topic", Role::topic, ""},
    {"experiment id|experiment|experiment name|test id", Role::experiment_id, ""},
    {"expected share|share|split", Role::expected_share, ""},
    {"campaign|campaign name|campaign id", Role::campaign, ""},
    {"segment|customer segment", Role::segment, ""},
    {"plan|plan name", Role::plan, ""},
    {"tier", Role::tier, ""},
    {"industry", Role::industry, ""},
    {"region|country", Role::region, ""},
    {"language|locale", Role::language, ""},
    {"suppressed reason|suppression reason|skip reason|skipped reason", Role::suppressed_reason,
     "a holdout counts as held out"},
}};

// --- signals
// -----------------------------------------------------------------------------------------------------------------

constexpr HeaderNames kFiredNames =
    "fired at|signal at|triggered at|detected at|alerted at|raised at|signal time";
constexpr std::array<HeaderNames, 2> kSignalMust = {kFiredNames, kPerson};
constexpr std::array<HeaderNames, 3> kSignalHelps = {"signal id|alert id", "signal type|signal|trigger",
                                                     "severity"};
constexpr std::array<ColumnRule, 15> kSignalColumns = {{
    {"signal id|alert id|event id|id", Role::record_id, ""},
    {kFiredNames, Role::occurred_at, "the time at which the signal fired"},
    {PREEMPT_EMAIL_NAMES, Role::email, ""},
    {PREEMPT_EXTERNAL_NAMES, Role::external_id, ""},
    {PREEMPT_CUSTOMER_NAMES, Role::customer_id, ""},
    {PREEMPT_ACCOUNT_NAMES, Role::account_id, ""},
    {"signal type|signal|trigger|trigger name|alert type|type", Role::trigger, ""},
    {"trigger class|signal class", Role::trigger_class, ""},
    {"topic|category", Role::topic, ""},
    {"product area|feature", Role::product_area, ""},
    {"outreach id", Role::outreach_id, ""},
    {"resolved at|closed at", Role::closed_at, ""},
    {"severity|priority|level", Role::severity, ""},
    {"segment", Role::segment, ""},
    {"updated at", Role::updated_at, ""},
}};

// --- reactions to outreaches
// -------------------------------------------------------------------------------------------------

constexpr std::array<HeaderNames, 2> kEngagementMust = {
    "outreach id|receipt id|message id|delivery id",
    "opened at|clicked at|replied at|completed at|dismissed at|unsubscribed at|delivered at|bounced at"};
constexpr std::array<ColumnRule, 9> kEngagementColumns = {{
    {"outreach id|receipt id|message id|delivery id", Role::outreach_id, "joins the outreach"},
    {"opened at", Role::opened_at, ""},
    {"clicked at", Role::clicked_at, ""},
    {"replied at", Role::replied_at, ""},
    {"completed at", Role::completed_at, ""},
    {"dismissed at", Role::dismissed_at, ""},
    {"unsubscribed at", Role::unsubscribed_at, ""},
    {"delivered at", Role::delivered_at, ""},
    {"bounced at", Role::bounced_at, ""},
}};

// --- customers
// ---------------------------------------------------------------------------------------------------------------

constexpr std::array<HeaderNames, 2> kCustomerMust = {
    kPerson, "plan|plan name|tier|customer tier|support tier|segment|customer "
             "segment|industry|stage|business model|contract type|"
             "lifecycle stage|churned at|signup at|sign up date|health score|arr|mrr"};
constexpr std::array<HeaderNames, 6> kCustomerHelps = {"plan",     "tier",           "segment",
                                                       "industry", "region|country", "churned at|signup at"};
constexpr std::array<ColumnRule, 27> kCustomerColumns = {{
    {PREEMPT_EMAIL_NAMES, Role::email, ""},
    {PREEMPT_EXTERNAL_NAMES, Role::external_id, ""},
    {PREEMPT_CUSTOMER_NAMES, Role::customer_id, ""},
    {PREEMPT_ACCOUNT_NAMES, Role::account_id, ""},
    {"id", Role::customer_id, "the only id of the row"},
    {"segment|customer segment", Role::segment, ""},
    {"plan|plan name|subscription plan", Role::plan, ""},
    {"tier|customer tier", Role::tier, ""},
    {"support tier", Role::support_tier, ""},
    {"industry|vertical", Role::industry, ""},
    {"stage|company stage", Role::stage, ""},
    {"business model", Role::business_model, ""},
    {"contract type|contract", Role::contract_type, ""},
    {"region|country", Role::region, ""},
    {"language|locale", Role::language, ""},
    {"lifecycle stage", Role::lifecycle_stage, ""},
    {"owner id|owner|csm|account manager", Role::owner_id, ""},
    {"churned at|churn date|cancelled at|canceled at", Role::churned_at, ""},
    {"is internal|internal", Role::is_internal, ""},
    {"updated at", Role::updated_at, ""},
    {"signup at|signed up at|sign up date|signup date|created at|customer since", Role::signup_at, ""},
    {"active from|active since|contract start|subscription start", Role::active_from, ""},
    {"active to|active until|contract end|subscription end", Role::active_to, ""},
    {"activated at|activation date|activated on", Role::activated_at, ""},
    {"arr|annual recurring revenue|annual value|acv|annual contract value", Role::annual_value, ""},
    {"health score|health|customer health", Role::health_score, ""},
    {"health at|health score at|health date|health updated at", Role::health_at, ""},
}};

// --- surveys
// -------------------------------------------------------------------------------------------------------------------

constexpr HeaderNames kScoreNames = PREEMPT_SCORE_NAMES "|score|rating|nps|nps score|ces|ces score";
constexpr HeaderNames kAnsweredNames = "responded at|answered at|rated at|response date|response time|survey "
                                       "replied date|responded on|answered on|"
                                       "date of response|survey responded at|submitted at|response at";
constexpr std::array<HeaderNames, 2> kSurveyMust = {kScoreNames, kAnsweredNames};
constexpr std::array<HeaderNames, 6> kSurveyHelps = {
    "response id|survey response id",       "scale max",
    "kind|survey kind|survey type",         "survey sent at",
    "contact id|ticket id|conversation id", "comment|feedback|remark"};
constexpr std::array<ColumnRule, 16> kSurveyColumns = {{
    {kScoreNames, Role::score, ""},
    {kAnsweredNames, Role::occurred_at, "the time of the answer"},
    {"created at|date|timestamp|updated at|end date", Role::occurred_at, "the time of the answer"},
    {"contact id|ticket id|ticket number|conversation id|case number|case id|issue key", Role::contact_id,
     "the contact that was rated"},
    {"response id|survey response id|id", Role::record_id, ""},
    {"scale min|lowest score", Role::scale_min, ""},
    {"scale max|highest score", Role::scale_max, ""},
    {"agent rated type|rated type|rated|agent type", Role::rated, "ratings of bots are kept apart"},
    {PREEMPT_EMAIL_NAMES, Role::email, ""},
    {PREEMPT_EXTERNAL_NAMES, Role::external_id, ""},
    {"customer id|user id|person id|member id|requester id|customer|user", Role::customer_id, ""},
    {PREEMPT_ACCOUNT_NAMES, Role::account_id, ""},
    {"comment|feedback|remark", Role::none, ""},
    {"kind|survey kind|survey type|type of survey", Role::survey_kind, "csat, ces or nps"},
    {"survey sent at|sent at|asked at|survey sent|invited at", Role::survey_sent_at, "who was asked"},
    {"outreach id|message id", Role::outreach_id, "the message that was rated"},
}};

} // namespace

constexpr Format kGenericOutreaches = {.id = "outreaches",
                                       .label = "Outreaches",
                                       .kind = TableKind::outreaches,
                                       .must = kOutreachMust,
                                       .helps = kOutreachHelps,
                                       .columns = kOutreachColumns,
                                       .tier = Format::Tier::layout};
constexpr Format kGenericContacts = {.id = "contacts",
                                     .label = "Contacts (tickets, conversations)",
                                     .kind = TableKind::contacts,
                                     .must = kContactMust,
                                     .helps = kContactHelps,
                                     .columns = kContactColumns,
                                     .tier = Format::Tier::layout};
constexpr Format kGenericExposure = {.id = "exposure",
                                     .label = "Audience with assignment (treated and held out)",
                                     .kind = TableKind::exposure,
                                     .must = kExposureMust,
                                     .helps = kExposureHelps,
                                     .columns = kExposureColumns,
                                     .tier = Format::Tier::layout};
constexpr Format kGenericSignals = {.id = "signals",
                                    .label = "Signals",
                                    .kind = TableKind::signals,
                                    .must = kSignalMust,
                                    .helps = kSignalHelps,
                                    .columns = kSignalColumns,
                                    .tier = Format::Tier::layout};
constexpr Format kGenericEngagement = {.id = "engagement",
                                       .label = "Reactions to outreaches",
                                       .kind = TableKind::engagement,
                                       .must = kEngagementMust,
                                       .columns = kEngagementColumns,
                                       .tier = Format::Tier::layout};
constexpr Format kGenericCustomers = {.id = "customers",
                                      .label = "Customers",
                                      .kind = TableKind::customers,
                                      .must = kCustomerMust,
                                      .helps = kCustomerHelps,
                                      .columns = kCustomerColumns,
                                      .tier = Format::Tier::layout};

constexpr Format kGenericSurveys = {.id = "surveys",
                                    .label = "Survey answers",
                                    .kind = TableKind::surveys,
                                    .must = kSurveyMust,
                                    .helps = kSurveyHelps,
                                    .columns = kSurveyColumns,
                                    .tier = Format::Tier::layout};

} // namespace preempt::intake::formats
