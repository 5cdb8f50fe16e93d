// Cleaning in SQL (metrics.md 5.2): null words, ids, times and their zone, flags. Each plain table becomes a
// temporary one with texts cleaned and times as milliseconds (<name>_ms), <name>_date_only = 1 where the
// cell has no time of day.
#include "core/evidence/sql_steps.hpp"

#include <array>

namespace preempt::evidence {
namespace {

constexpr std::array<std::string_view, 33> kOutreachColumns{
    "outreach_id",   "customer_id", "account_id",    "sent_at",      "outreach_type",   "trigger",
    "trigger_class", "topic",       "product_area",  "channel",      "content_id",      "variant",
    "campaign",      "arm",         "experiment_id", "delivered_at", "bounced_at",      "opened_at",
    "clicked_at",    "replied_at",  "completed_at",  "dismissed_at", "unsubscribed_at", "outcome",
    "usage_before",  "usage_after", "initiated_by",  "owner_id",     "is_promotional",  "conversation_id",
    "updated_at",    "is_test",     "cost"};
constexpr std::array<std::string_view, 22> kContactColumns{
    "contact_id",        "customer_id",    "account_id",  "created_at",    "direction", "closed_at",
    "first_response_at", "reopened_at",    "updated_at",  "topic",         "status",    "escalated",
    "in_reply_to",       "induced_reason", "merged_into", "is_spam",       "is_test",   "is_internal",
    "channel",           "priority",       "agent_id",    "handle_minutes"};
constexpr std::array<std::string_view, 20> kCustomerColumns{
    "customer_id",  "account_id", "segment",         "plan",           "tier",
    "support_tier", "industry",   "stage",           "business_model", "contract_type",
    "region",       "language",   "lifecycle_stage", "signup_at",      "active_from",
    "active_to",    "churned_at", "is_internal",     "health_score",   "health_at"};
constexpr std::array<std::string_view, 8> kExposureColumns{
    "customer_id", "account_id", "eligible_at", "assigned_at", "trigger", "topic", "arm", "experiment_id"};
constexpr std::array<std::string_view, 10> kSignalColumns{
    "signal_id", "customer_id", "account_id",  "fired_at",    "signal_type",
    "severity",  "topic",       "outreach_id", "resolved_at", "updated_at"};
constexpr std::array<std::string_view, 9> kReadingColumns{"event_id",  "customer_id", "account_id",
                                                          "viewed_at", "article_id",  "topic",
                                                          "helpful",   "source",      "session_id"};
constexpr std::array<std::string_view, 11> kAnswerColumns{
    "response_id", "customer_id", "account_id", "contact_id", "outreach_id",   "responded_at",
    "score",       "scale_min",   "scale_max",  "kind",       "survey_sent_at"};
constexpr std::array<StagingTable, 7> kTables{{{"outreaches", kOutreachColumns},
                                               {"contacts", kContactColumns},
                                               {"customers", kCustomerColumns},
                                               {"exposure", kExposureColumns},
                                               {"signals", kSignalColumns},
                                               {"selfservice", kReadingColumns},
                                               {"csat", kAnswerColumns}}};

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// Names that are words of the language get another one in our own tables.
std::string_view own_name(std::string_view column) {
    if (column == "customer_id") return "person";
    if (column == "account_id") return "account";
    if (column == "trigger" || column == "signal_type") return "trigger_name";
    return column;
}

/// Whether a message is promotional may also not be stated (M36).
bool is_flag(std::string_view column) {
    return column.substr(0, 3) == "is_" && column != "is_promotional";
}

/// sent_at is the time "sent".
std::string time_name(std::string_view column) {
    return std::string(ends_with(column, "_at") ? column.substr(0, column.size() - 3) : column);
}

bool is_time(std::string_view column) {
    return ends_with(column, "_at") || column == "active_from" || column == "active_to";
}

/// A time with an offset is an instant; one without is read in the zone; a date alone is its beginning.
SqlStep clean(const SqlText& sql, std::string_view name, const StagingTable& table) {
    std::string texts, times, instants, joins;
    int zones = 0;
    for (const auto column : table.columns) {
        const std::string in(column), out(own_name(column));
        const bool flag = is_flag(column);
        const bool id = column == "customer_id";
        texts += (texts.empty() ? "" : ",\n            ") + ((flag ? "{yes:"
                                                              : id ? "{id:"
                                                                   : "{word:") +
                                                             in + "} AS " + out);
        if (!is_time(column)) continue;
        const auto time = time_name(column);
        const auto zoned = "(LENGTH(" + in + ") > 10 AND (UPPER(" + in + ") LIKE '%Z' OR SUBSTR(" + in +
                           ", 11) LIKE '%+%' OR SUBSTR(" + in + ", 11) LIKE '%-%'))";
        times += ",\n        CASE WHEN " + zoned + " THEN {ms:" + in + "} END AS " + time +
                 "_utc,\n        CASE WHEN " + in + " IS NULL OR " + zoned + " THEN NULL WHEN LENGTH(" + in +
                 ") = 10 THEN {local:" + in + " || ' 00:00:00'} ELSE {local:" + in + "} END AS " + time +
                 "_local,\n        CASE WHEN LENGTH(" + in + ") = 10 THEN 1 ELSE 0 END AS " + time +
                 "_date_only";
        const auto zone = "z" + std::to_string(++zones);
        instants += ",\n    COALESCE(r." + time + "_utc, r." + time + "_local - " + zone + ".offset_ms) AS " +
                    time + "_ms";
        joins += "\nJOIN pp_zone " + zone + " ON COALESCE(r." + time + "_local, 0) >= " + zone +
                 ".from_local AND COALESCE(r." + time + "_local, 0) < " + zone + ".until_local";
    }
    return sql.table(name, "SELECT r.*" + instants + "\nFROM (\n    SELECT t.*" + times +
                               "\n    FROM (\n        SELECT " + texts + "\n        FROM {prefix}" +
                               std::string(table.name) + "\n    ) t\n) r" + joins);
}

/// The zone's offsets: an instant x has offset_ms where from_utc <= x < until_utc; a local time where
/// from_local <= x < until_local, so that an ambiguous time takes the earlier offset and one that does not
/// exist is shifted forward (5.2-5).
SqlStep zone_table(const SqlText& sql, const Zone& zone) {
    constexpr std::int64_t kFar = 100'000'000'000'000; // the year 5138
    constexpr std::int64_t kFrom = 946'684'800'000;    // offsets since 2000: nothing here is older
    std::string rows;
    std::int64_t from_utc = -kFar, from_local = -kFar, offset = zone.offset_at(kFrom);
    const auto add = [&](std::int64_t until_utc, std::int64_t until_local) {
        rows += (rows.empty() ? "SELECT " : " UNION ALL\nSELECT ");
        const auto column = [&](std::int64_t value, std::string_view name, bool last = false) {
            rows +=
                "CAST(" + std::to_string(value) + " AS {int}) AS " + std::string(name) + (last ? "" : ", ");
        };
        column(from_utc, "from_utc");
        column(until_utc, "until_utc");
        column(from_local, "from_local");
        column(until_local, "until_local");
        column(offset, "offset_ms", true);
    };
    for (const auto& change : zone.changes()) {
        if (change.from <= kFrom || change.offset == offset) continue;
        const auto border = change.from + std::max<std::int64_t>(offset, change.offset);
        add(change.from, border);
        from_utc = change.from;
        from_local = border;
        offset = change.offset;
    }
    add(kFar, kFar);
    return sql.table("pp_zone", rows);
}

} // namespace

std::span<const StagingTable> staging_tables() {
    return kTables;
}

std::string staging_sql(SqlDialect dialect) {
    const SqlText sql(dialect);
    std::string out;
    for (const auto& table : kTables) {
        out += "CREATE TABLE " + std::string(table.name) + " (\n";
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            out += sql.expand("    {col:" + std::string(table.columns[c]) + "} {text}") +
                   (c + 1 < table.columns.size() ? ",\n" : "\n");
        out += ");\n";
    }
    return out;
}

void append_cleaning(const SqlText& sql, const Zone& zone, std::vector<SqlStep>& steps) {
    steps.push_back(zone_table(sql, zone));
    constexpr std::array<std::string_view, 7> kNames{"pp_outreaches", "pp_tickets", "pp_customers",
                                                     "pp_exposure",   "pp_signals", "pp_reading",
                                                     "pp_scores"};
    for (std::size_t t = 0; t < kTables.size(); ++t)
        steps.push_back(clean(sql, kNames[t], kTables[t]));
    // A person's account: as the customers table says, else as any row says; of several the first by text.
    steps.push_back(sql.table("pp_account_of_person", R"(
SELECT person, CASE WHEN MIN(by_customers{bytes}) IS NOT NULL THEN MIN(by_customers{bytes}) ELSE MIN(account{bytes}) END AS account
FROM (
    SELECT person, account, account AS by_customers FROM pp_customers
    UNION ALL SELECT person, account, NULL FROM pp_outreaches
    UNION ALL SELECT person, account, NULL FROM pp_tickets
    UNION ALL SELECT person, account, NULL FROM pp_exposure
    UNION ALL SELECT person, account, NULL FROM pp_signals
    UNION ALL SELECT person, account, NULL FROM pp_reading
    UNION ALL SELECT person, account, NULL FROM pp_scores
) rows_with_both
WHERE person IS NOT NULL AND account IS NOT NULL
GROUP BY person)"));
}

} // namespace preempt::evidence
