// The steps of the evidence in SQL, one function a stage. In: an SqlText whose values are set (sql.cpp).
// Out: steps, appended in the order in which they must run.
#pragma once

#include "core/evidence/sql_text.hpp"
#include <vector>

namespace preempt::evidence {

/// A temporary table and the query that makes it.
struct SqlTable {
    std::string_view name, query;
};

/// Queries of counts, each beginning with UNION. Rows of `queries`: table_name, group_label, stratum_label,
/// arm, part, whole. Of `dated`: table_name, stratum_label, d (local day), is_total (1 = also counted over
/// all), part, whole; summed by period. `days`: the days that occur. `by_period`: tables that need pp_days
/// (d, kind of period, label).
struct SqlCounts {
    std::string queries, dated, days;
    std::vector<SqlTable> by_period;
};

/// Plain tables to cleaned ones (5.2): pp_zone, pp_outreaches, pp_tickets, pp_customers, pp_exposure,
/// pp_signals; then who is whose (pp_account_of_person).
void append_cleaning(const SqlText& sql, const Zone& zone, std::vector<SqlStep>& steps);
/// Cleaned tables to what happened to whom: pp_sent, pp_contacts, pp_assignments, pp_signals_of_units,
/// pp_units, pp_facts.
void append_history(const SqlText& sql, std::vector<SqlStep>& steps);
/// The beginning and the end of the series of periods: pp_edges.
void append_edges(const SqlText& sql, std::vector<SqlStep>& steps);
/// Customers without a message, with a clock borrowed from those who got one: pp_untreated. Their strata,
/// after the labelled episodes: pp_calendar_labelled.
void append_untreated(const SqlText& sql, std::vector<SqlStep>& steps);
void append_calendar_strata(const SqlText& sql, std::vector<SqlStep>& steps);
/// The messages that views of articles name: pp_view_sources.
void append_view_sources(const SqlText& sql, std::vector<SqlStep>& steps);
/// Episodes of every population with their states and outcomes (5.5.1 to 5.5.8): pp_judged.
void append_episodes(const SqlText& sql, std::vector<SqlStep>& steps);
/// Groups, strata and periods; the query of the cells. by_attribute: the question has a breakdown.
void append_cells(const SqlText& sql, bool by_attribute, std::vector<SqlStep>& steps);

/// Scores of units: pp_health; and, after the labelled episodes, pp_at_risk, pp_account_arms, pp_by_account.
void append_health(const SqlText& sql, std::vector<SqlStep>& steps);
void append_unit_cells(const SqlText& sql, std::vector<SqlStep>& steps);

/// Counts beside the cells: pp_counts. After append_cells' tables of periods, before its query.
void append_counts(const SqlText& sql, std::vector<SqlStep>& steps);
// Its parts, as the core's companion_*.cpp.
void append_message_counts(const SqlText& sql, SqlCounts& counts, std::vector<SqlStep>& steps);
void append_signal_counts(const SqlText& sql, SqlCounts& counts, std::vector<SqlStep>& steps);
void append_unit_counts(const SqlText& sql, SqlCounts& counts, std::vector<SqlStep>& steps);
void append_survey_counts(const SqlText& sql, SqlCounts& counts, std::vector<SqlStep>& steps);
void append_service_counts(const SqlText& sql, SqlCounts& counts, std::vector<SqlStep>& steps);

} // namespace preempt::evidence
