// The companions over time: one row of a table a figure, by week, month, quarter and year. In: the counts of
// the periods (evidence::PeriodCounts) and the report's own series. Out: points with intervals, incomplete
// periods flagged.
#pragma once

#include "core/metrics/catalogue.hpp"
#include "core/metrics/trend.hpp"

namespace preempt::metrics {

/// Contacts are known from the period's first moment to its last (5.5.13). The first contact of a day stands
/// for the whole day: nobody exports from the minute of a ticket on.
bool covered(const evidence::Evidence& evidence, Instant start, Instant end);

/// Figures that the data hold, in the order of the catalogue. A point is complete when its period is covered
/// and what the figure waits for is over (7 days for a repeat, 30 for engagement, a window for an episode).
/// `series`: the report's series of outreach, effect and volume, index by index with the evidence's periods.
std::vector<CompanionSeries> companion_series(const Basis& basis, const Series& series);

} // namespace preempt::metrics
