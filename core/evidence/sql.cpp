// The façade of the SQL generator: sets what depends on the question, and runs the stages (sql_steps.hpp).
#include "core/evidence/sql.hpp"

#include "core/evidence/sql_steps.hpp"
#include "core/intake/roles.hpp"

#include <algorithm>

namespace preempt::evidence {
namespace {

/// The column of an attribute in a plain table, in our own tables' words; "" if the table lacks it.
std::string column_of(std::string_view table, std::string_view attribute) {
    for (const auto& known : staging_tables()) {
        if (known.name != table) continue;
        if (table == "signals" && attribute == "trigger") return "trigger_name";
        if (std::find(known.columns.begin(), known.columns.end(), attribute) == known.columns.end())
            return "";
        return attribute == "trigger" ? "trigger_name" : std::string(attribute);
    }
    return "";
}

void set_breakdown(SqlText& sql, int breakdown) {
    const auto attribute =
        breakdown < 0 ? std::string_view{}
                      : intake::role_info(history::attributes()[static_cast<std::size_t>(breakdown)]).name;
    const auto value = [&](std::string_view table) {
        const auto column = column_of(table, attribute);
        return column.empty() ? std::string("CAST(NULL AS {text})") : column;
    };
    const bool is_type = attribute == "outreach_type";
    sql.set("by_outreach", is_type ? "type_of" : value("outreaches"));
    sql.set("by_exposure", value("exposure"));
    sql.set("by_signal", value("signals"));
    // Held-out rows take the type of their trigger's messages (sql_history.cpp).
    sql.set("by_assignment", is_type ? "COALESCE(a.type_of, t.type_of)" : "a.by_value");
    const auto customer = column_of("customers", attribute);
    sql.set("by_customer", customer.empty() ? "CAST(NULL AS {text})" : "MIN(r." + customer + "{bytes})");
}

} // namespace

std::vector<SqlStep> cells_sql(const Question& question, const SqlOptions& options) {
    SqlText sql(options.dialect);
    const bool account = options.unit == history::Unit::account;
    const bool by_trigger = question.strata != Strata::experiment && question.strata != Strata::segment;
    const bool by_segment = question.strata != Strata::experiment && question.strata != Strata::trigger;
    sql.set("prefix", options.prefix);
    sql.set("unit_of", account ? "COALESCE(r.account, w.account)" : "r.person");
    sql.set("unit_join", account ? " LEFT JOIN pp_account_of_person w ON w.person = r.person" : "");
    // The company's own people; a customers row that names only an account marks all of the account.
    sql.set("internal_join",
            "\n    LEFT JOIN (SELECT person AS internal_person FROM pp_customers WHERE is_internal = 1 AND "
            "person IS "
            "NOT NULL GROUP BY person) i\n        ON i.internal_person = r.person"
            "\n    LEFT JOIN pp_account_of_person z ON z.person = r.person"
            "\n    LEFT JOIN (SELECT account AS internal_account FROM pp_customers WHERE is_internal = 1 AND "
            "person IS "
            "NULL GROUP BY account) j\n        ON j.internal_account = COALESCE(r.account, z.account)");
    sql.set("not_internal", "i.internal_person IS NULL AND j.internal_account IS NULL");
    sql.set("window", std::to_string(question.window));
    sql.set("coverage_end", options.coverage_end == kNoInstant
                                ? "CAST(NULL AS {int})"
                                : "CAST(" + std::to_string(options.coverage_end) + " AS {int})");
    sql.set("topic_part", question.same_topic ? "COALESCE(topic, '')" : "''");
    sql.set("stratum_trigger", by_trigger ? "d.trigger_name" : "''");
    sql.set("stratum_segment", by_segment ? "d.segment" : "''");
    set_breakdown(sql, question.breakdown);
    // Assignments of one moment stand in the order of what they say, attribute by attribute as in
    // history::attributes().
    std::string tie;
    for (const auto column : {"trigger_name", "type_of", "channel", "owner_id", "topic", "campaign",
                              "content_id", "variant", "trigger_class", "product_area", "initiated_by"})
        tie += std::string(tie.empty() ? "" : " || '\t' || ") + "COALESCE(" + column + ", '')";
    sql.set("tie_text", tie);
    sql.set("variant", "CASE WHEN content_id IS NULL THEN variant WHEN variant IS NULL THEN content_id ELSE "
                       "content_id || ' · ' || variant END");

    std::vector<SqlStep> steps;
    append_cleaning(sql, *question.zone, steps);
    append_history(sql, steps);
    append_episodes(sql, steps);
    append_cells(sql, question.breakdown >= 0, steps);
    return steps;
}

std::string cells_script(const Question& question, const SqlOptions& options) {
    std::string out = "-- Evidence cells of the outreach, for ";
    out += dialect_name(options.dialect);
    out += ". Reads the plain tables (see their columns in the first steps), writes temporary\n"
           "-- tables pp_..., and ends with one query. Save its result as a CSV file with a header.\n"
           "-- It holds counts only: no row and no person.\n\n";
    for (const auto& step : cells_sql(question, options))
        out += step.sql + "\n";
    return out;
}

} // namespace preempt::evidence
