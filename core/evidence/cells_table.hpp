// The cells table: all cells of an Evidence as one delimited table, in the form in which the SQL gives them.
// In: an Evidence. Out: CSV text with a header and one row a cell.
//
// Columns: population (the table of Evidence), group_label and stratum_label (texts; "" = all, or not
// stated), arm (treated, holdout), the counts of Cell by name, units and sum_y to sum_mm (ClusterSums),
// pending_until, first_start and last_start (milliseconds since 1970 UTC, empty = none), day_0 to day_28
// (first contact by day). Periods are the first local day as YYYY-MM-DD.
#pragma once

#include "core/evidence/evidence.hpp"
#include <string>

namespace preempt::evidence {

/// Rows sorted by population, group, stratum, arm (bytes of the texts).
std::string write_cells(const Evidence& evidence);

} // namespace preempt::evidence
