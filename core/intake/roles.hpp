// Column roles and table kinds: the vocabulary between a tool's export and our own tables (metrics.md 5.1).
// One table of rows: adding a role is adding a row.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace preempt::intake {

/// T1 outreaches, T2 contacts, T3 customers, T4 exposure, T5 surveys, T6 self_service (article views one by
/// one, or counted by article), T7 signals, T8 owners, T9 periods, T10 changes; engagement = reactions that
/// join by outreach id.
enum class TableKind : std::uint8_t {
    unknown,
    outreaches,
    contacts,
    customers,
    exposure,
    signals,
    engagement,
    surveys,
    self_service,
    owners,
    periods,
    changes
};

enum class Role : std::uint8_t {
    none = 0,
    // keys
    record_id,   ///< outreach_id, contact_id, signal_id: the row's own id
    outreach_id, ///< in other tables: the outreach that the row belongs to
    customer_id, ///< the tool's or your own customer id
    email,
    external_id, ///< your own id as the tool stores it
    account_id,
    contact_id, ///< in surveys: the contact that was rated
    article_id,
    session_id, ///< of a visit to the help centre
    // times
    occurred_at, ///< sent_at, created_at, assigned_at, fired_at: the row's clock
    eligible_at,
    closed_at,
    first_response_at,
    reopened_at,
    updated_at,
    delivered_at,
    bounced_at,
    opened_at,
    clicked_at,
    replied_at,
    completed_at,
    dismissed_at,
    unsubscribed_at,
    churned_at,
    period_start,
    survey_sent_at,
    signup_at,
    active_from,
    active_to,
    health_at, ///< when the health score was worked out
    activated_at,
    // words
    outreach_type,
    trigger,
    trigger_class,
    topic,
    product_area,
    channel,
    content_id,
    variant,
    campaign,
    arm,
    experiment_id,
    outcome,
    initiated_by,
    owner_id,
    conversation_id,
    in_reply_to,
    induced_reason,
    direction,
    started_by,
    source,
    submitter,
    requester,
    status,
    priority,
    tags,
    merged_into,
    is_spam,
    is_test,
    is_internal,
    escalated,
    event,
    segment,
    plan,
    tier,
    support_tier,
    industry,
    stage,
    business_model,
    contract_type,
    region,
    language,
    lifecycle_stage,
    score,     ///< an answer to a satisfaction survey, as the tool writes it; about people
    bot_score, ///< the same, about a machine that answered
    rated,     ///< who was rated: a person or a machine
    survey_kind,
    severity,
    suppressed_reason, ///< why an eligible customer got no message
    is_promotional,
    helpful, ///< a vote about an article
    name,    ///< of an owner
    team,
    branch, ///< of the metric tree
    raci,
    handle, ///< how an owner is reached
    expected_metric,
    expected_direction,
    change_kind, ///< of a row of changes: what was changed, or an incident
    note,
    // numbers
    usage_before,
    usage_after,
    reopen_count,
    first_response_time, ///< a duration; kept in minutes
    expected_share,
    scale_min,
    scale_max,
    cost,
    annual_value, ///< recurring revenue a year (ARR)
    health_score,
    handle_minutes, ///< a duration; kept in minutes
    messages,       ///< exchanged in a conversation; where agent_messages is there too, those of the customer
    agent_messages,
    active_customers,
    active_accounts,
    support_cost,
    outreach_cost,
    views,
    conversations_started,
    helpful_yes,
    helpful_no,
    extra_figure, ///< T9: any further number, passed through under its header; as many columns as there are
    count_
};

enum class RoleType : std::uint8_t { none, key, instant, word, number };

struct RoleInfo {
    Role role;
    std::string_view name; ///< as in JSON and in the generic layout's header
    RoleType type;
    std::string_view label; ///< for a person
};

std::span<const RoleInfo> all_roles();
const RoleInfo& role_info(Role role);
Role role_from_name(std::string_view name); ///< Role::none if unknown
std::string_view kind_name(TableKind kind);
TableKind kind_from_name(std::string_view name);
std::string_view kind_label(TableKind kind); ///< for a person
/// Roles that a table of this kind can have, required ones first.
std::span<const Role> roles_of(TableKind kind);
/// Several columns of a file may have this role.
constexpr bool is_repeatable(Role role) {
    return role == Role::extra_figure;
}

/// What a table cannot do without: one of these roles.
struct Need {
    std::string_view name; ///< of the group when there are several roles: "who"
    std::span<const Role> one_of;
    std::string_view message; ///< to a person, when none of them has a column
};
std::span<const Need> needs_of(TableKind kind);

} // namespace preempt::intake
