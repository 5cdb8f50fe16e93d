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

std::string name_of(int attribute) {
    return attribute < 0
               ? std::string()
               : std::string(
                     intake::role_info(history::attributes()[static_cast<std::size_t>(attribute)]).name);
}

/// Attributes that the question asks for, carried from the plain tables to the episodes: v0, v1 ... as a row
/// states them, c0, c1 ... as its customer does. The first two are those of the breakdown.
std::vector<std::string> asked_attributes(const Question& question) {
    std::vector<std::string> names{name_of(question.breakdown), name_of(question.second_breakdown)};
    for (const auto& filter : question.filters)
        names.push_back(name_of(filter.attribute));
    return names;
}

void set_attributes(SqlText& sql, const std::vector<std::string>& names) {
    std::map<std::string, std::string> lists;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto number = std::to_string(i);
        const bool is_type = names[i] == "outreach_type";
        const auto add = [&](const std::string& list, const std::string& expression, char prefix) {
            auto& text = lists[list];
            text += (text.empty() ? "" : ", ") + (expression.empty() ? "CAST(NULL AS {text})" : expression) +
                    " AS " + prefix + number;
        };
        add("v_outreach", is_type ? "type_of" : column_of("outreaches", names[i]), 'v');
        add("v_exposure", column_of("exposure", names[i]), 'v');
        add("v_signal", column_of("signals", names[i]), 'v');
        // Held-out rows take the type of their trigger's messages (sql_history.cpp).
        add("v_assignment", is_type ? "COALESCE(a.type_of, t.type_of)" : "a.v" + number, 'v');
        add("v_null", "", 'v');
        for (const auto table : {"", "a", "m", "p", "r", "s"}) {
            const std::string of(table);
            add(of.empty() ? "v" : "v_of_" + of, (of.empty() ? "v" : of + ".v") + number, 'v');
        }
        const auto customer = column_of("customers", names[i]);
        add("c_customers", customer.empty() ? "" : "{of_customer:" + customer + "}", 'c');
        add("c_units", "MAX(k.c" + number + "{bytes})", 'c');
    }
    for (const auto& [name, list] : lists)
        sql.set(name, list);
}

/// The filters as conditions on a row x of a unit u; and on contacts, whose own rows state nothing: by their
/// customer, where customers can state the attribute at all.
void set_filters(SqlText& sql, const std::vector<Filter>& filters, const std::vector<std::string>& names) {
    std::string rows = "1 = 1", contacts = "1 = 1";
    for (std::size_t f = 0; f < filters.size(); ++f) {
        const auto number = std::to_string(f + 2);
        std::string values;
        for (const auto& value : filters[f].values)
            values += (values.empty() ? "" : ", ") + sql_literal(value);
        const auto list = std::string(filters[f].exclude ? " NOT IN (" : " IN (") + values + ")";
        rows += " AND COALESCE(x.v" + number + ", u.c" + number + ", '')" + list;
        if (!column_of("customers", names[f + 2]).empty())
            contacts += " AND u.unit_id IS NOT NULL AND COALESCE(u.c" + number + ", '')" + list;
    }
    sql.set("keeps_x", rows);
    sql.set("keeps_contact", contacts);
    sql.set("keeps_stranger", contacts == "1 = 1" ? "1 = 1" : "1 = 0"); // nobody knows whether they pass
}

std::string sql_time(Instant at) {
    return at == kNoInstant ? "CAST(NULL AS {int})" : "CAST(" + std::to_string(at) + " AS {int})";
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
    sql.set("lookback", std::to_string(question.lookback));
    sql.set("repeat_window", std::to_string(question.repeat_window));
    sql.set("is_account", account ? "1" : "0");
    sql.set("coverage_end", sql_time(options.coverage_end));
    sql.set("topic_part", question.same_topic ? "COALESCE(topic, '')" : "''");
    sql.set("stratum_trigger", by_trigger ? "d.trigger_name" : "''");
    sql.set("stratum_segment", by_segment ? "d.segment" : "''");
    const auto names = asked_attributes(question);
    set_attributes(sql, names);
    set_filters(sql, question.filters, names);
    const std::string first = "COALESCE(e.v0, u.c0, '')", second = "COALESCE(e.v1, u.c1, '')";
    sql.set("by_label", question.second_breakdown < 0
                            ? first
                            : "CASE WHEN " + first + " <> '' AND " + second + " <> '' THEN " + first +
                                  " || ' · ' || " + second + " ELSE " + first + " || " + second + " END");
    // What customers state of the attribute asked for; null where they cannot state it.
    const auto of_unit = [&](std::size_t i) {
        return names[i].empty() ? std::string("''")
               : column_of("customers", names[i]).empty()
                   ? std::string()
                   : "CASE WHEN (SELECT COUNT(" + column_of("customers", names[i]) +
                         ") FROM pp_customers) > 0 THEN COALESCE(u.c" + std::to_string(i) + ", '') END";
    };
    const std::string unit_first = of_unit(0), unit_second = of_unit(1);
    sql.set("unit_label",
            names[0].empty() || unit_first.empty() || unit_second.empty() ? "CAST(NULL AS {text})"
            : names[1].empty()
                ? unit_first
                : "CASE WHEN " + unit_first + " <> '' AND " + unit_second + " <> '' THEN " + unit_first +
                      " || ' · ' || " + unit_second + " ELSE " + unit_first + " || " + unit_second + " END");
    sql.set("change_group", question.breakdown >= 0 ? "by_value" : "type_of");
    sql.set("at_risk_below", question.at_risk_below ? std::to_string(*question.at_risk_below)
                                                    : std::string("CAST(NULL AS {real})"));
    // The first local day of the week (Monday), month, quarter and year of a day; needs day_text and
    // week_day.
    sql.set(
        "periods",
        "{date:week_day} AS week_of, SUBSTR(day_text, 1, 7) || '-01' AS month_of, SUBSTR(day_text, 1, 5) || "
        "CASE WHEN SUBSTR(day_text, 6, 2) IN ('01', '02', '03') THEN '01-01' WHEN SUBSTR(day_text, 6, 2) IN "
        "('04', '05', '06') THEN '04-01' WHEN SUBSTR(day_text, 6, 2) IN ('07', '08', '09') THEN '07-01' ELSE "
        "'10-01' END AS quarter_of, SUBSTR(day_text, 1, 4) || '-01-01' AS year_of");
    sql.set("has_engagement",
            "(EXISTS (SELECT 1 FROM pp_messages WHERE own_engaged_ms IS NOT NULL) OR EXISTS (SELECT 1 FROM "
            "pp_view_sources))");
    std::string span = "1 = 1";
    if (question.from != kNoInstant) span += " AND # >= " + std::to_string(question.from);
    if (question.to != kNoInstant) span += " AND # < " + std::to_string(question.to);
    sql.set("span", span);
    sql.set("from", sql_time(question.from));
    sql.set("to", sql_time(question.to));
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
    append_edges(sql, steps);
    append_untreated(sql, steps);
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
