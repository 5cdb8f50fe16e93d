// How closely two series move together. In: two columns of equal length. Out: Pearson's correlation with an
// interval that knows that neighbouring weeks resemble each other. It says nothing of causes.
#pragma once

#include "core/stats/did.hpp"
#include <span>

namespace preempt::stats {

struct Correlation {
    double r = 0; ///< NaN when a column does not vary, or with fewer than two points
    Interval interval{};
    double effective = 0; ///< points that the interval rests on, at most the number of points
};

/// Pearson's r. Interval by Fisher's z (1921, Metron 1:3-32): tanh(atanh r -/+ z / sqrt(m - 3)), m = the
/// effective number of independent points of two series that drift, n (1 - a b) / (1 + a b) with a and b
/// their correlations with themselves one step later (Bartlett 1935, J R Stat Soc 98:536-543; Bretherton et
/// al. 1999, J Climate 12:1990-2009), at most n. NaN interval when m is 3 or less.
Correlation correlation(std::span<const double> x, std::span<const double> y, double level = 0.95);

} // namespace preempt::stats
