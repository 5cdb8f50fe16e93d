// The table of dialects, and the expansion of templates (see sql_text.hpp).
#include "core/evidence/sql_text.hpp"

#include <array>
#include <vector>

namespace preempt::evidence {
namespace {

constexpr std::array<SqlWords, 5> kWords{{
    {"duckdb", "BIGINT", "VARCHAR", "DOUBLE", "\"", "\"", false, "CREATE OR REPLACE TEMP TABLE # AS\n", "",
     "epoch_ms(CAST(# AS TIMESTAMPTZ))", "epoch_ms(CAST(# AS TIMESTAMP))",
     "CAST(DATE '1970-01-01' + CAST(# AS INTEGER) AS VARCHAR)", "", "TRY_CAST(# AS DOUBLE)", "HUGEINT",
     "xor(#, ~)", "unicode(#)"},
    {"postgres", "BIGINT", "TEXT", "DOUBLE PRECISION", "\"", "\"", false,
     "DROP TABLE IF EXISTS pg_temp.#;\nCREATE TEMP TABLE # AS\n", "ANALYZE #;\n",
     "CAST(FLOOR(EXTRACT(EPOCH FROM CAST(# AS TIMESTAMPTZ)) * 1000) AS BIGINT)",
     "CAST(FLOOR(EXTRACT(EPOCH FROM CAST(# AS TIMESTAMP)) * 1000) AS BIGINT)",
     "CAST(DATE '1970-01-01' + CAST(# AS INTEGER) AS TEXT)", " COLLATE \"C\"", "CAST(# AS DOUBLE PRECISION)",
     "NUMERIC", "(# @ ~)", "ascii(#)"},
    {"bigquery", "INT64", "STRING", "FLOAT64", "`", "`", false, "CREATE OR REPLACE TEMP TABLE # AS\n", "",
     "UNIX_MILLIS(TIMESTAMP(#))", "UNIX_MILLIS(TIMESTAMP(#))", "CAST(DATE_FROM_UNIX_DATE(#) AS STRING)", "",
     "SAFE_CAST(# AS FLOAT64)", "BIGNUMERIC", "(# ^ ~)", "UNICODE(#)"},
    {"snowflake", "BIGINT", "VARCHAR", "DOUBLE", "\"", "\"", true, "CREATE OR REPLACE TEMPORARY TABLE # AS\n",
     "", "DATE_PART(EPOCH_MILLISECOND, TO_TIMESTAMP_TZ(#))",
     "DATE_PART(EPOCH_MILLISECOND, TO_TIMESTAMP_NTZ(#))",
     "TO_CHAR(DATEADD(DAY, (#), DATE '1970-01-01'), 'YYYY-MM-DD')", "", "TRY_CAST(# AS DOUBLE)",
     "NUMBER(38, 0)", "(# + ~ - 2 * BITAND(#, ~))", "UNICODE(#)"},
    {"spark", "BIGINT", "STRING", "DOUBLE", "`", "`", false, "DROP VIEW IF EXISTS #;\nCACHE TABLE # AS\n", "",
     "unix_millis(CAST(# AS TIMESTAMP))", "unix_millis(CAST(# || 'Z' AS TIMESTAMP))",
     "date_format(date_from_unix_date(CAST(# AS INT)), 'yyyy-MM-dd')", "", "TRY_CAST(# AS DOUBLE)",
     "DECIMAL(38, 0)", "(# ^ ~)", "ascii(#)"},
}};

std::string fill(std::string_view form, std::string_view argument) {
    std::string out;
    for (const char letter : form) {
        if (letter == '#')
            out += argument;
        else
            out += letter;
    }
    return out;
}

/// Arguments of a function, separated by commas outside parentheses.
std::vector<std::string> parts_of(const std::string& argument) {
    std::vector<std::string> parts{""};
    int depth = 0;
    for (const char letter : argument) {
        depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
        if (letter == ',' && depth == 0)
            parts.emplace_back();
        else if (letter != ' ' || !parts.back().empty())
            parts.back() += letter;
    }
    return parts;
}

} // namespace

std::string_view dialect_name(SqlDialect dialect) {
    return words_of(dialect).name;
}

std::optional<SqlDialect> dialect_from_name(std::string_view name) {
    for (std::size_t i = 0; i < kWords.size(); ++i)
        if (kWords[i].name == name) return static_cast<SqlDialect>(i);
    return std::nullopt;
}

const SqlWords& words_of(SqlDialect dialect) {
    return kWords[static_cast<std::size_t>(dialect)];
}

std::string sql_literal(std::string_view text) {
    std::string out = "'";
    for (const char letter : text) {
        if (letter == '\'') out += '\'';
        out += letter;
    }
    return out + '\'';
}

SqlText::SqlText(SqlDialect dialect) : words_(words_of(dialect)) {
    set("int", std::string(words_.integer));
    set("text", std::string(words_.text));
    set("real", std::string(words_.real));
    set("wide", std::string(words_.wide));
    set("bytes", std::string(words_.bytewise));
}

void SqlText::set(std::string_view name, std::string value) {
    values_.insert_or_assign(std::string(name), std::move(value));
}

std::string SqlText::expand(std::string_view pattern) const {
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '{') {
            out += pattern[i];
            continue;
        }
        std::size_t end = i + 1;
        for (int depth = 1; end < pattern.size(); ++end) {
            if (pattern[end] == '{') ++depth;
            if (pattern[end] == '}' && --depth == 0) break;
        }
        const auto inside = pattern.substr(i + 1, end - i - 1);
        const auto colon = inside.find(':');
        if (colon == std::string_view::npos) {
            const auto found = values_.find(inside);
            if (found != values_.end()) out += expand(found->second);
        } else {
            out += call(inside.substr(0, colon), expand(inside.substr(colon + 1)));
        }
        i = end;
    }
    return out;
}

/// Functions of several arguments.
std::string SqlText::call_wide(std::string_view function, const std::string& argument) const {
    const auto parts = parts_of(argument);
    const auto& x = parts[0];
    const auto y = parts.size() > 1 ? parts[1] : "";
    const std::string half = "4294967296";
    const auto low = [&](const std::string& a) { return "MOD(" + a + ", " + half + ")"; };
    const auto high = [&](const std::string& a) { return "(" + a + " - " + low(a) + ") / " + half; };
    const auto cast = [&](const std::string& a, const char* type) {
        return "CAST(" + a + " AS " + expand(type) + ")";
    };
    if (function == "whole") return cast("(" + x + " - MOD(" + x + ", " + y + ")) / " + y, "{int}");
    if (function == "whole64") return cast("(" + x + " - MOD(" + x + ", " + y + ")) / " + y, "{wide}");
    if (function == "xor") {
        std::string out;
        for (const char letter : words_.exclusive_or)
            out += letter == '#'   ? x
                   : letter == '~' ? y
                   : letter == '@' ? std::string("#")
                                   : std::string(1, letter);
        return out;
    }
    if (function == "xor64") {
        const auto of = [&](const std::string& a, const std::string& b) {
            return cast(call_wide("xor", cast(a, "{int}") + ", " + cast(b, "{int}")), "{wide}");
        };
        return "(" + of(high(x), high(y)) + " * " + half + " + " + of(low(x), low(y)) + ")";
    }
    // times64: the upper product matters only modulo 2^32.
    const auto h = cast(y, "{wide}"), l = cast(parts.size() > 2 ? parts[2] : "0", "{wide}");
    return cast("MOD(" + low(x) + " * " + l + " + MOD(" + cast(high(x), "{wide}") + " * " + l + " + " +
                    low(x) + " * " + h + ", " + half + ") * " + half +
                    ", CAST('18446744073709551616' AS {wide}))",
                "{wide}");
}

std::string SqlText::call(std::string_view function, const std::string& argument) const {
    const auto nested = [&](std::string_view pattern) { return expand(fill(pattern, argument)); };
    if (function == "day") return nested("CAST(FLOOR(CAST(# AS {real}) / 86400000) AS {int})");
    if (function == "hour") return nested("CAST(FLOOR(CAST(# AS {real}) / 3600000) AS {int})");
    if (function == "minute") return nested("CAST(FLOOR(CAST(# AS {real}) / 60000) AS {int})");
    if (function == "in_span") return fill(values_.find("span")->second, argument);
    if (function == "date") return fill(words_.date_text, argument);
    if (function == "ms") return fill(words_.zoned_ms, argument);
    if (function == "local") return fill(words_.local_ms, argument);
    if (function == "number") return fill(words_.number, argument);
    if (function == "earliest") {
        const auto comma = argument.find(", ");
        const auto a = argument.substr(0, comma), b = argument.substr(comma + 2);
        return "CASE WHEN " + a + " IS NULL OR " + b + " < " + a + " THEN COALESCE(" + b + ", " + a +
               ") ELSE " + a + " END";
    }
    if (function == "code") return fill(words_.code_point, argument);
    for (const auto wide : {"whole", "whole64", "xor", "xor64", "times64"})
        if (function == wide) return expand(call_wide(function, argument));
    if (function == "change_of") return nested("# || ' · ' || {change_group}");
    if (function == "of_customer")
        return nested("COALESCE(MIN(CASE WHEN r.fall_back = 0 THEN r.# END{bytes}), MIN(CASE WHEN "
                      "r.fall_back = 1 THEN r.# END{bytes}))");
    if (function == "fold") return nested("REPLACE(REPLACE(REPLACE(LOWER(#), ' ', ''), '_', ''), '-', '')");
    if (function == "col") {
        std::string name = argument;
        if (words_.upper_case_names)
            for (char& letter : name)
                if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
        return std::string(words_.open_quote) + name + std::string(words_.close_quote);
    }
    if (function == "word")
        return nested("CASE WHEN LOWER(TRIM(CAST({col:#} AS {text}))) IN ('', '-', 'na', 'n/a', 'null', "
                      "'none') THEN NULL ELSE TRIM(CAST({col:#} AS {text})) END");
    if (function == "id")
        return nested("CASE WHEN CAST({col:#} AS {text}) LIKE '%@%' THEN LOWER({word:#}) ELSE {word:#} END");
    if (function == "yes")
        return nested("CASE WHEN LOWER(TRIM(CAST({col:#} AS {text}))) IN ('1', 'true', 'yes', 'y', 'x', 't', "
                      "'on') THEN 1 ELSE 0 END");
    return argument;
}

SqlStep SqlText::table(std::string_view name, std::string_view pattern) const {
    SqlStep step;
    step.name = std::string(name);
    step.sql = fill(words_.create, name) + expand(pattern) + ";\n" + fill(words_.analyse, name);
    return step;
}

} // namespace preempt::evidence
