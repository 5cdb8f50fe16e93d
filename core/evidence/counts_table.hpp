// The counts beside the cells as rows of the cells table (cells_table.hpp). In: an Evidence. Out: one row a
// count, named by the metric that it belongs to.
#pragma once

#include "core/evidence/evidence.hpp"
#include <string>
#include <vector>

namespace preempt::evidence {

/// A count that is no cell: part of whole, which stand in the columns contacted and episodes.
struct CountRow {
    std::string population, group, stratum;
    history::Arm arm = history::Arm::none;
    std::int64_t part = 0, whole = 0;
};

/// Rows with a whole of 0 are left out. Populations of a period begin with its kind ("week_"), their group is
/// its first local day, their stratum what else distinguishes them.
std::vector<CountRow> count_rows_of(const Evidence& evidence);

} // namespace preempt::evidence
