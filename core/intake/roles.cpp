// The table of roles and the table of kinds (see roles.hpp). In: nothing. Out: rows of data.
#include "core/intake/roles.hpp"

#include <algorithm>
#include <array>

namespace preempt::intake {

namespace {

constexpr std::size_t kRoles = static_cast<std::size_t>(Role::count_);
using enum RoleType;

/// In the order of the enumeration, so that a role is its own index (asserted below).
constexpr std::array<RoleInfo, kRoles> kInfos = {{
    {Role::none, "none", none, "not used"},
    {Role::record_id, "record_id", key, "id of the row (outreach, ticket, signal)"},
    {Role::outreach_id, "outreach_id", key, "id of the outreach that the row belongs to"},
    {Role::customer_id, "customer_id", key, "customer id"},
    {Role::email, "email", key, "e-mail address of the customer"},
    {Role::external_id, "external_id", key, "your own id of the customer"},
    {Role::account_id, "account_id", key, "account or company"},
    {Role::contact_id, "contact_id", key, "id of the contact (ticket, conversation) that was rated"},
    {Role::article_id, "article_id", key, "article of the help centre"},
    {Role::session_id, "session_id", key, "session (one visit to the help centre)"},
    {Role::occurred_at, "occurred_at", instant, "time (sent, created, assigned, fired)"},
    {Role::eligible_at, "eligible_at", instant, "time from which the customer was eligible"},
    {Role::closed_at, "closed_at", instant, "time closed or solved"},
    {Role::first_response_at, "first_response_at", instant, "time of the first response"},
    {Role::reopened_at, "reopened_at", instant, "time reopened"},
    {Role::updated_at, "updated_at", instant, "time of the last change to the row"},
    {Role::delivered_at, "delivered_at", instant, "time delivered"},
    {Role::bounced_at, "bounced_at", instant, "time bounced (not delivered)"},
    {Role::opened_at, "opened_at", instant, "time opened"},
    {Role::clicked_at, "clicked_at", instant, "time clicked"},
    {Role::replied_at, "replied_at", instant, "time replied"},
    {Role::completed_at, "completed_at", instant, "time completed"},
    {Role::dismissed_at, "dismissed_at", instant, "time dismissed"},
    {Role::unsubscribed_at, "unsubscribed_at", instant, "time unsubscribed"},
    {Role::churned_at, "churned_at", instant, "time the customer left"},
    {Role::period_start, "period_start", instant, "first day of the period"},
    {Role::survey_sent_at, "survey_sent_at", instant, "time the survey was sent"},
    {Role::signup_at, "signup_at", instant, "time the customer signed up"},
    {Role::active_from, "active_from", instant, "customer from"},
    {Role::active_to, "active_to", instant, "customer until"},
    {Role::health_at, "health_at", instant, "time of the health score"},
    {Role::activated_at, "activated_at", instant, "time the customer was activated"},
    {Role::outreach_type, "outreach_type", word, "type of outreach (signal, segment, lifecycle, broadcast)"},
    {Role::trigger, "trigger", word, "trigger (what the outreach reacts to)"},
    {Role::trigger_class, "trigger_class", word, "class of trigger (problem, lifecycle, risk)"},
    {Role::topic, "topic", word, "topic"},
    {Role::product_area, "product_area", word, "product area"},
    {Role::channel, "channel", word, "channel"},
    {Role::content_id, "content_id", word, "content"},
    {Role::variant, "variant", word, "variant of the content"},
    {Role::campaign, "campaign", word, "campaign"},
    {Role::arm, "arm", word, "treated or held out"},
    {Role::experiment_id, "experiment_id", word, "experiment"},
    {Role::outcome, "outcome", word, "outcome as the team recorded it"},
    {Role::initiated_by, "initiated_by", word, "sent by automation or by a person"},
    {Role::owner_id, "owner_id", word, "owner"},
    {Role::conversation_id, "conversation_id", word, "conversation"},
    {Role::in_reply_to, "in_reply_to", word, "outreach or conversation that the contact replies to"},
    {Role::induced_reason, "induced_reason", word, "reason for a contact that the outreach caused"},
    {Role::direction, "direction", word, "direction (inbound, outbound)"},
    {Role::started_by, "started_by", word, "who began it"},
    {Role::source, "source", word, "source"},
    {Role::submitter, "submitter", word, "who filed it"},
    {Role::requester, "requester", word, "for whom it was filed"},
    {Role::status, "status", word, "status"},
    {Role::priority, "priority", word, "priority"},
    {Role::tags, "tags", word, "tags"},
    {Role::merged_into, "merged_into", word, "merged into"},
    {Role::is_spam, "is_spam", word, "spam (yes or no)"},
    {Role::is_test, "is_test", word, "test (yes or no)"},
    {Role::is_internal, "is_internal", word, "internal (yes or no)"},
    {Role::escalated, "escalated", word, "escalated (yes or no)"},
    {Role::event, "event", word, "kind of event (sent, opened, clicked ...)"},
    {Role::segment, "segment", word, "segment"},
    {Role::plan, "plan", word, "plan"},
    {Role::tier, "tier", word, "tier"},
    {Role::support_tier, "support_tier", word, "support tier"},
    {Role::industry, "industry", word, "industry"},
    {Role::stage, "stage", word, "company stage"},
    {Role::business_model, "business_model", word, "business model"},
    {Role::contract_type, "contract_type", word, "contract type"},
    {Role::region, "region", word, "region"},
    {Role::language, "language", word, "language"},
    {Role::lifecycle_stage, "lifecycle_stage", word, "lifecycle stage"},
    {Role::score, "score", word, "satisfaction score"},
    {Role::bot_score, "bot_score", word, "satisfaction score of a bot or AI agent"},
    {Role::rated, "rated", word, "who was rated (a person or a bot)"},
    {Role::survey_kind, "survey_kind", word, "kind of survey (csat, ces, nps)"},
    {Role::severity, "severity", word, "severity"},
    {Role::suppressed_reason, "suppressed_reason", word, "why no message was sent"},
    {Role::is_promotional, "is_promotional", word, "promotional (yes or no)"},
    {Role::helpful, "helpful", word, "vote: was the article helpful (yes or no)"},
    {Role::name, "name", word, "name of the owner"},
    {Role::team, "team", word, "team"},
    {Role::branch, "branch", word, "branch (detection, targeting, message, measurement)"},
    {Role::raci, "raci", word, "part (responsible, accountable, consulted, informed)"},
    {Role::handle, "handle", word, "how the owner is reached"},
    {Role::expected_metric, "expected_metric", word, "metric that is expected to move"},
    {Role::expected_direction, "expected_direction", word, "expected direction (up or down)"},
    {Role::change_kind, "change_kind", word, "kind of change (incident, message, ...)"},
    {Role::note, "note", word, "note"},
    {Role::usage_before, "usage_before", number, "usage before the outreach"},
    {Role::usage_after, "usage_after", number, "usage after the outreach"},
    {Role::reopen_count, "reopen_count", number, "number of times reopened"},
    {Role::first_response_time, "first_response_time", number, "time until the first response"},
    {Role::expected_share, "expected_share", number, "intended share of the arm"},
    {Role::scale_min, "scale_min", number, "lowest score of the scale"},
    {Role::scale_max, "scale_max", number, "highest score of the scale"},
    {Role::cost, "cost", number, "cost"},
    {Role::annual_value, "annual_value", number, "value of the customer a year (ARR)"},
    {Role::health_score, "health_score", number, "health score"},
    {Role::handle_minutes, "handle_minutes", number, "time spent on the contact"},
    {Role::messages, "messages", number, "messages in the conversation"},
    {Role::agent_messages, "agent_messages", number, "messages of the team in the conversation"},
    {Role::active_customers, "active_customers", number, "active customers"},
    {Role::active_accounts, "active_accounts", number, "active accounts"},
    {Role::support_cost, "support_cost", number, "cost of support"},
    {Role::outreach_cost, "outreach_cost", number, "cost of outreach"},
    {Role::views, "views", number, "article views"},
    {Role::conversations_started, "conversations_started", number, "conversations started from the article"},
    {Role::helpful_yes, "helpful_yes", number, "votes for helpful"},
    {Role::helpful_no, "helpful_no", number, "votes for not helpful"},
    {Role::extra_figure, "extra_figure", number, "another figure, shown as it is"},
}};

constexpr bool is_in_order() {
    for (std::size_t i = 0; i < kRoles; ++i) {
        if (static_cast<std::size_t>(kInfos[i].role) != i || kInfos[i].name.empty()) return false;
    }
    return true;
}
static_assert(is_in_order(), "every role needs its row, in the order of the enumeration");

constexpr std::array kOutreachRoles = {
    Role::occurred_at,   Role::customer_id,     Role::email,         Role::external_id,
    Role::account_id,    Role::record_id,       Role::outreach_type, Role::trigger,
    Role::trigger_class, Role::topic,           Role::product_area,  Role::channel,
    Role::content_id,    Role::variant,         Role::campaign,      Role::arm,
    Role::experiment_id, Role::event,           Role::delivered_at,  Role::bounced_at,
    Role::opened_at,     Role::clicked_at,      Role::replied_at,    Role::completed_at,
    Role::dismissed_at,  Role::unsubscribed_at, Role::outcome,       Role::usage_before,
    Role::usage_after,   Role::initiated_by,    Role::owner_id,      Role::conversation_id,
    Role::updated_at,    Role::segment,         Role::plan,          Role::tier,
    Role::industry,      Role::region,          Role::language,      Role::is_test,
    Role::cost,          Role::is_promotional};
constexpr std::array kContactRoles = {Role::occurred_at,
                                      Role::customer_id,
                                      Role::email,
                                      Role::external_id,
                                      Role::account_id,
                                      Role::record_id,
                                      Role::direction,
                                      Role::started_by,
                                      Role::source,
                                      Role::submitter,
                                      Role::requester,
                                      Role::closed_at,
                                      Role::first_response_at,
                                      Role::reopened_at,
                                      Role::reopen_count,
                                      Role::first_response_time,
                                      Role::updated_at,
                                      Role::topic,
                                      Role::product_area,
                                      Role::channel,
                                      Role::priority,
                                      Role::escalated,
                                      Role::status,
                                      Role::tags,
                                      Role::in_reply_to,
                                      Role::conversation_id,
                                      Role::induced_reason,
                                      Role::merged_into,
                                      Role::is_spam,
                                      Role::is_test,
                                      Role::is_internal,
                                      Role::owner_id,
                                      Role::score,
                                      Role::bot_score,
                                      Role::segment,
                                      Role::plan,
                                      Role::tier,
                                      Role::support_tier,
                                      Role::industry,
                                      Role::region,
                                      Role::language,
                                      Role::handle_minutes,
                                      Role::messages,
                                      Role::agent_messages};
constexpr std::array kCustomerRoles = {
    Role::customer_id,    Role::email,         Role::external_id,  Role::account_id,   Role::segment,
    Role::plan,           Role::tier,          Role::support_tier, Role::industry,     Role::stage,
    Role::business_model, Role::contract_type, Role::region,       Role::language,     Role::lifecycle_stage,
    Role::owner_id,       Role::churned_at,    Role::is_internal,  Role::updated_at,   Role::signup_at,
    Role::active_from,    Role::active_to,     Role::activated_at, Role::annual_value, Role::health_score,
    Role::health_at};
constexpr std::array kExposureRoles = {Role::occurred_at, Role::customer_id,   Role::email,
                                       Role::external_id, Role::account_id,    Role::arm,
                                       Role::eligible_at, Role::trigger,       Role::trigger_class,
                                       Role::topic,       Role::experiment_id, Role::expected_share,
                                       Role::campaign,    Role::segment,       Role::plan,
                                       Role::tier,        Role::industry,      Role::region,
                                       Role::language,    Role::updated_at,    Role::suppressed_reason};
constexpr std::array kSignalRoles = {
    Role::occurred_at, Role::customer_id, Role::email,         Role::external_id, Role::account_id,
    Role::record_id,   Role::trigger,     Role::trigger_class, Role::topic,       Role::product_area,
    Role::outreach_id, Role::closed_at,   Role::severity,      Role::segment,     Role::updated_at};
constexpr std::array kEngagementRoles = {
    Role::outreach_id,  Role::opened_at,       Role::clicked_at,   Role::replied_at,  Role::completed_at,
    Role::dismissed_at, Role::unsubscribed_at, Role::delivered_at, Role::bounced_at,  Role::occurred_at,
    Role::event,        Role::customer_id,     Role::email,        Role::external_id, Role::account_id};
constexpr std::array kSurveyRoles = {
    Role::score,       Role::contact_id,  Role::occurred_at,    Role::rated,
    Role::bot_score,   Role::scale_min,   Role::scale_max,      Role::record_id,
    Role::customer_id, Role::email,       Role::external_id,    Role::account_id,
    Role::updated_at,  Role::survey_kind, Role::survey_sent_at, Role::outreach_id};
constexpr std::array kSelfServiceRoles = {Role::occurred_at,  Role::views,
                                          Role::article_id,   Role::topic,
                                          Role::customer_id,  Role::email,
                                          Role::external_id,  Role::account_id,
                                          Role::session_id,   Role::helpful,
                                          Role::source,       Role::record_id,
                                          Role::period_start, Role::conversations_started,
                                          Role::helpful_yes,  Role::helpful_no};
constexpr std::array kOwnerRoles = {Role::owner_id, Role::name, Role::team,
                                    Role::branch,   Role::raci, Role::handle};
constexpr std::array kPeriodRoles = {Role::period_start, Role::active_customers, Role::active_accounts,
                                     Role::support_cost, Role::outreach_cost,    Role::extra_figure};
constexpr std::array kChangeRoles = {
    Role::occurred_at, Role::record_id, Role::branch,          Role::trigger,
    Role::content_id,  Role::owner_id,  Role::expected_metric, Role::expected_direction,
    Role::change_kind, Role::note};

constexpr std::array kWho = {Role::customer_id, Role::email, Role::external_id, Role::account_id};
constexpr std::array kClock = {Role::occurred_at};
constexpr std::array kExposureClock = {Role::occurred_at, Role::eligible_at};
constexpr std::array kReaction = {Role::outreach_id};
constexpr std::array kReactionTimes = {Role::opened_at,    Role::clicked_at,   Role::replied_at,
                                       Role::completed_at, Role::dismissed_at, Role::unsubscribed_at,
                                       Role::delivered_at, Role::bounced_at,   Role::occurred_at};
constexpr std::array kScores = {Role::score, Role::bot_score};
constexpr std::array kReading = {Role::occurred_at, Role::views};
constexpr std::array kOwner = {Role::owner_id};
constexpr std::array kPeriod = {Role::period_start};
constexpr std::array kFigures = {Role::active_customers, Role::active_accounts, Role::support_cost,
                                 Role::outreach_cost, Role::extra_figure};

constexpr Need kNeedsWho{"who", kWho,
                         "No column says who the customer is. Choose the one with the e-mail address, the "
                         "customer's id or the account."};
#define PREEMPT_NO_CLOCK(what)                                                                               \
    "No column says " what ". Choose it in the list of columns; if the file has none, export it again with " \
    "that time."
constexpr std::array<Need, 2> kOutreachNeeds = {
    {{"", kClock, PREEMPT_NO_CLOCK("when each outreach was sent")}, kNeedsWho}};
constexpr std::array<Need, 2> kContactNeeds = {
    {{"", kClock, PREEMPT_NO_CLOCK("when each contact was made")}, kNeedsWho}};
constexpr std::array<Need, 1> kCustomerNeeds = {{kNeedsWho}};
constexpr std::array<Need, 2> kExposureNeeds = {
    {{"when", kExposureClock, PREEMPT_NO_CLOCK("when each customer was assigned or became eligible")},
     kNeedsWho}};
constexpr std::array<Need, 2> kSignalNeeds = {
    {{"", kClock, PREEMPT_NO_CLOCK("when each signal fired")}, kNeedsWho}};
constexpr std::array<Need, 2> kEngagementNeeds = {
    {{"", kReaction,
      "Choose the column that names the outreach to which each reaction belongs (a receipt id or message "
      "id)."},
     {"reaction", kReactionTimes,
      "Choose the column with the time of the reaction (opened, clicked, replied ...)."}}};
constexpr std::array<Need, 1> kSurveyNeeds = {
    {{"answer", kScores,
      "Choose the column that holds the answers: the score or rating that customers gave."}}};
constexpr std::array<Need, 1> kSelfServiceNeeds = {
    {{"reading", kReading,
      "Choose the time at which each article was viewed or, where the file counts views by article, the "
      "number of views."}}};
constexpr std::array<Need, 1> kOwnerNeeds = {
    {{"", kOwner, "Choose the column with the owners' ids, as the other files name them."}}};
constexpr std::array<Need, 2> kPeriodNeeds = {
    {{"", kPeriod, "Choose the column with the first day of each period (2026-03-01)."},
     {"figure", kFigures,
      "Choose at least one column with a figure: active customers, costs, or any other number."}}};
constexpr std::array<Need, 1> kChangeNeeds = {{{"", kClock, PREEMPT_NO_CLOCK("when each change was made")}}};
#undef PREEMPT_NO_CLOCK

struct KindInfo {
    TableKind kind;
    std::string_view name, label;
    std::span<const Role> roles;
    std::span<const Need> needs;
};
constexpr std::array<KindInfo, 12> kKinds = {{
    {TableKind::unknown, "unknown", "Not recognised", {}, {}},
    {TableKind::outreaches, "outreaches", "Messages sent", kOutreachRoles, kOutreachNeeds},
    {TableKind::contacts, "contacts", "Tickets or conversations", kContactRoles, kContactNeeds},
    {TableKind::customers, "customers", "Customers", kCustomerRoles, kCustomerNeeds},
    {TableKind::exposure, "exposure", "Holdout or audience", kExposureRoles, kExposureNeeds},
    {TableKind::signals, "signals", "Warning signals", kSignalRoles, kSignalNeeds},
    {TableKind::engagement, "engagement", "Opens, clicks, replies", kEngagementRoles, kEngagementNeeds},
    {TableKind::surveys, "surveys", "Survey answers", kSurveyRoles, kSurveyNeeds},
    {TableKind::self_service, "self_service", "Help articles read", kSelfServiceRoles, kSelfServiceNeeds},
    {TableKind::owners, "owners", "Who owns what", kOwnerRoles, kOwnerNeeds},
    {TableKind::periods, "periods", "Figures by month or week", kPeriodRoles, kPeriodNeeds},
    {TableKind::changes, "changes", "Changes that were made", kChangeRoles, kChangeNeeds},
}};

} // namespace

std::span<const RoleInfo> all_roles() {
    return kInfos;
}

const RoleInfo& role_info(Role role) {
    const auto index = static_cast<std::size_t>(role);
    return kInfos[index < kRoles ? index : 0];
}

Role role_from_name(std::string_view name) {
    const auto found =
        std::find_if(kInfos.begin(), kInfos.end(), [&](const RoleInfo& info) { return info.name == name; });
    return found == kInfos.end() ? Role::none : found->role;
}

std::string_view kind_name(TableKind kind) {
    const auto index = static_cast<std::size_t>(kind);
    return kKinds[index < kKinds.size() ? index : 0].name;
}

TableKind kind_from_name(std::string_view name) {
    const auto found =
        std::find_if(kKinds.begin(), kKinds.end(), [&](const KindInfo& info) { return info.name == name; });
    return found == kKinds.end() ? TableKind::unknown : found->kind;
}

std::span<const Role> roles_of(TableKind kind) {
    const auto index = static_cast<std::size_t>(kind);
    return kKinds[index < kKinds.size() ? index : 0].roles;
}

std::string_view kind_label(TableKind kind) {
    const auto index = static_cast<std::size_t>(kind);
    return kKinds[index < kKinds.size() ? index : 0].label;
}

std::span<const Need> needs_of(TableKind kind) {
    const auto index = static_cast<std::size_t>(kind);
    return kKinds[index < kKinds.size() ? index : 0].needs;
}

} // namespace preempt::intake
