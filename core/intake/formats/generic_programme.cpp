// Our own layouts for what stands beside messages and contacts (metrics.md 5.1, T6 and T8 to T10): articles
// read, one by one or counted by article; figures by period; changes; owners.
#include "core/intake/formats/formats.hpp"
#include "core/intake/formats/names.hpp"

namespace preempt::intake::formats {

namespace {

// --- articles of the help centre

constexpr HeaderNames kViewedNames =
    "viewed at|view time|read at|visited at|article viewed at|page viewed at";
constexpr HeaderNames kArticleNames =
    "article id|article|article title|article name|article url|page|page title|page url";
constexpr HeaderNames kViewCounts = "views|article views|view count|page views|pageviews|unique views";

constexpr std::array<HeaderNames, 2> kReadingMust = {kViewedNames, kArticleNames};
constexpr std::array<HeaderNames, 4> kReadingHelps = {"helpful|vote", "session id", "source", "event id"};
constexpr std::array<ColumnRule, 11> kReadingColumns = {{
    {"event id|view id|id", Role::record_id, ""},
    {kViewedNames, Role::occurred_at, "the time at which the article was viewed"},
    {PREEMPT_EMAIL_NAMES, Role::email, ""},
    {PREEMPT_EXTERNAL_NAMES, Role::external_id, ""},
    {PREEMPT_CUSTOMER_NAMES, Role::customer_id, "empty: a reader nobody knows"},
    {PREEMPT_ACCOUNT_NAMES, Role::account_id, ""},
    {kArticleNames, Role::article_id, ""},
    {"topic|category|section", Role::topic, ""},
    {"helpful|vote|was this helpful|rating", Role::helpful, ""},
    {"source|outreach id|utm campaign|campaign|referrer", Role::source, "the message that led there"},
    {"session id|session|visit id", Role::session_id, ""},
}};

constexpr std::array<HeaderNames, 2> kArticleMust = {kArticleNames, kViewCounts};
constexpr std::array<HeaderNames, 3> kArticleHelps = {"period start|month|week|date", "helpful yes|upvotes",
                                                      "conversations started"};
constexpr std::array<ColumnRule, 7> kArticleColumns = {{
    {kArticleNames, Role::article_id, ""},
    {"topic|category|section", Role::topic, ""},
    {"period start|period|month|week|date|day", Role::period_start, ""},
    {kViewCounts, Role::views, ""},
    {"conversations started|conversations|tickets created|contacts started", Role::conversations_started, ""},
    {"helpful yes|upvotes|positive votes|votes up|yes votes|happy reactions", Role::helpful_yes, ""},
    {"helpful no|downvotes|negative votes|votes down|no votes|sad reactions", Role::helpful_no, ""},
}};

// --- figures by period

constexpr HeaderNames kPeriodNames = "period start|period|period begin|month start|week start|month|week";
constexpr HeaderNames kActiveNames =
    "active customers|active users|monthly active users|mau|customers|number of customers";
constexpr HeaderNames kActiveAccounts = "active accounts|active companies|accounts|companies";
constexpr std::array<HeaderNames, 2> kPeriodMust = {
    kPeriodNames,
    "active customers|active users|monthly active users|mau|customers|number of customers|active "
    "accounts|active companies|accounts|companies|support cost|outreach cost"};
constexpr std::array<HeaderNames, 3> kPeriodHelps = {"active accounts", "support cost", "outreach cost"};
constexpr std::array<ColumnRule, 5> kPeriodColumns = {{
    {kPeriodNames, Role::period_start, "the first day of the period"},
    {kActiveNames, Role::active_customers, ""},
    {kActiveAccounts, Role::active_accounts, ""},
    {"support cost|cost of support|support spend", Role::support_cost, ""},
    {"outreach cost|cost of outreach|messaging cost", Role::outreach_cost, ""},
}};

// --- changes that somebody made

constexpr HeaderNames kMadeNames = "made at|changed at|change date|released at|shipped at|live at";
constexpr std::array<HeaderNames, 2> kChangeMust = {kMadeNames,
                                                    "change id|branch|expected metric|expected direction"};
constexpr std::array<HeaderNames, 4> kChangeHelps = {"branch", "expected metric", "owner id|owner", "note"};
constexpr std::array<ColumnRule, 10> kChangeColumns = {{
    {"change id|id", Role::record_id, ""},
    {kMadeNames, Role::occurred_at, "the time of the change"},
    {"branch", Role::branch, ""},
    {"trigger|affected trigger|trigger name", Role::trigger, "what it touches"},
    {"content id|content|affected content|template id", Role::content_id, "what it touches"},
    {"owner id|owner", Role::owner_id, ""},
    {"expected metric|metric", Role::expected_metric, ""},
    {"expected direction|direction", Role::expected_direction, ""},
    {"kind|type|change kind|change type|category", Role::change_kind, "tells incidents from changes"},
    {"note|notes|description|what|title", Role::note, ""},
}};

// --- owners

constexpr std::array<HeaderNames, 2> kOwnerMust = {"owner id|owner", "branch|raci"};
constexpr std::array<HeaderNames, 4> kOwnerHelps = {"name|owner name", "team", "raci", "handle|email"};
constexpr std::array<ColumnRule, 6> kOwnerColumns = {{
    {"owner id|owner|id", Role::owner_id, ""},
    {"name|owner name|full name", Role::name, ""},
    {"team|group|department", Role::team, ""},
    {"branch|area", Role::branch, "the part of the metric tree"},
    {"raci|role|part", Role::raci, ""},
    {"handle|contact handle|contact|email|e-mail|slack|slack handle", Role::handle, ""},
}};

} // namespace

constexpr Format kGenericSelfService = {.id = "selfservice",
                                        .label = "Help articles read, one row a view",
                                        .kind = TableKind::self_service,
                                        .must = kReadingMust,
                                        .helps = kReadingHelps,
                                        .columns = kReadingColumns,
                                        .tier = Format::Tier::layout};
constexpr Format kGenericArticles = {.id = "articles",
                                     .label = "Help articles, views counted",
                                     .kind = TableKind::self_service,
                                     .must = kArticleMust,
                                     .helps = kArticleHelps,
                                     .columns = kArticleColumns,
                                     .tier = Format::Tier::layout};
constexpr Format kGenericPeriods = {.id = "periods",
                                    .label = "Figures by period",
                                    .kind = TableKind::periods,
                                    .must = kPeriodMust,
                                    .helps = kPeriodHelps,
                                    .columns = kPeriodColumns,
                                    .tier = Format::Tier::layout};
constexpr Format kGenericChanges = {.id = "changes",
                                    .label = "Changes that were made",
                                    .kind = TableKind::changes,
                                    .must = kChangeMust,
                                    .helps = kChangeHelps,
                                    .columns = kChangeColumns,
                                    .tier = Format::Tier::layout};
constexpr Format kGenericOwners = {.id = "owners",
                                   .label = "Owners of the branches",
                                   .kind = TableKind::owners,
                                   .must = kOwnerMust,
                                   .helps = kOwnerHelps,
                                   .columns = kOwnerColumns,
                                   .tier = Format::Tier::layout};

} // namespace preempt::intake::formats
