// Is a figure rising or falling? One rule for the diagnosis and the page (metrics.md 5.6): the last complete
// period against the mean of the three before it, and only when the interval of that difference excludes 0.
// In: a figure by period, each with its interval. Out: a direction with the numbers behind it.
#pragma once

#include "core/metrics/results.hpp"
#include <span>
#include <string>
#include <vector>

namespace preempt::metrics {

/// A companion in one period. Totals (unit "count") are compared as totals a day, since months differ in
/// length.
struct CompanionPoint {
    std::string start, end; ///< local days, end exclusive
    bool complete = true;   ///< false: coverage begins or ends inside
    std::int64_t numerator = 0, denominator = 0;
    Estimate estimate;
};
// `end` is left out of the document: it is the next point's start, and there are thousands of points.
BOOST_DESCRIBE_STRUCT(CompanionPoint, (), (start, complete, numerator, denominator, estimate))

/// One figure over time. `id` is that of the catalogue, with a part behind a dot where a metric has several
/// ("M25.clicked").
struct CompanionSeries {
    std::string id, name, unit; ///< unit as Metric::unit
    std::vector<CompanionPoint> week, month, quarter, year;
};
BOOST_DESCRIBE_STRUCT(CompanionSeries, (), (id, name, unit, week, month, quarter, year))

struct Trend {
    std::string direction;  ///< "rising", "falling", "steady" (the interval holds 0), "" = too few periods
    std::string start, end; ///< the last complete period
    Estimate last;
    std::optional<double> before; ///< mean of the three before
    Estimate change;              ///< last - before, at the level of the points
};
BOOST_DESCRIBE_STRUCT(Trend, (), (direction, start, end, last, before, change))

/// The rule. `before` are the three nearest earlier complete periods that have a value; without three of
/// them, or without a value and interval in the last complete period, the direction is "". The interval of
/// the change is MOVER's (statistics.md 2.13; Zou & Donner 2008, Stat Med 27:1693): the periods are taken as
/// independent.
Trend trend(std::span<const CompanionPoint> points, bool per_day = false);

/// The same for a whole series: months where there are four complete ones, else weeks.
Trend trend(const CompanionSeries& series);

} // namespace preempt::metrics
