// The evidence cells as SQL, for a history that lives in a warehouse. In: a Question, how times and units are
// read, and a dialect. Out: statements that make the same cells from plain tables, the last of which gives
// the rows of the cells table (cells_table.hpp). The rules are those of core/history and core/episodes
// (metrics.md 5.2 and 5.5), written a second time and independently: tests/second_opinion compares the two.
#pragma once

#include "core/evidence/evidence.hpp"
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace preempt::evidence {

/// Snowflake, BigQuery and Spark (4.1, or Databricks 17) need recursive queries, as all of them have today.
enum class SqlDialect : std::uint8_t { duckdb, postgres, bigquery, snowflake, spark };
std::string_view dialect_name(SqlDialect dialect); ///< "duckdb" ...
std::optional<SqlDialect> dialect_from_name(std::string_view name);

/// A plain table that the SQL reads, with its columns as in metrics.md 5.1. All columns must exist; what is
/// not known is null. Times may be text in ISO form, dates or timestamps: without an offset they are local
/// times of the question's zone, without a time of day they have day precision (5.5.3).
struct StagingTable {
    std::string_view name;
    std::span<const std::string_view> columns;
};
std::span<const StagingTable> staging_tables();
/// CREATE TABLE statements for the plain tables, all columns as text.
std::string staging_sql(SqlDialect dialect);

struct SqlOptions {
    SqlDialect dialect = SqlDialect::duckdb;
    history::Unit unit = history::Unit::person; ///< person = customer_id, account = account_id
    Instant coverage_end = kNoInstant;          ///< of contacts, exclusive; kNoInstant = the last contact
    std::string prefix;                         ///< before the names of the plain tables: "project.dataset."
};

struct SqlStep {
    std::string name; ///< of the temporary table that it makes; "" for the last step, which is the query
    std::string sql;  ///< one statement or several, each ended by a semicolon
};

/// Question.zone must be set; Strata::automatic stands for the finest level, trigger and segment.
std::vector<SqlStep> cells_sql(const Question& question, const SqlOptions& options);
/// The steps as one script, with a comment that says what it is and what to do with the result.
std::string cells_script(const Question& question, const SqlOptions& options);

} // namespace preempt::evidence
