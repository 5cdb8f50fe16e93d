// One rate: how many of `total` had the event, and how sure one can be.
// In: a count of events and a count of trials (both may be non-integer: effective counts, see cluster.hpp).
// Out: a two-sided interval for the rate, as a share of 1.
#pragma once

namespace preempt::stats {

/// A closed interval. Both ends NaN = "no data" (a total of 0, or an argument out of range); an end may be
/// infinite for a ratio whose denominator may be 0.
struct Interval {
    double low;
    double high;
};

/// One group of an experiment: `events` of `total`. Doubles, because effective counts (count / design effect)
/// go through the same formulas. Valid: total > 0 and 0 <= events <= total; anything else gives NaN results.
struct Arm {
    double events;
    double total;
};

/// events / total; NaN when there is no data.
double rate(Arm arm);

/// Score interval of Wilson (1927), method 3 of Newcombe (1998a), Stat Med 17:857-872:
/// (2x + z^2 -/+ z sqrt(z^2 + 4x(n-x)/n)) / (2(n + z^2)). The low end is exactly 0 at x = 0 and the high end
/// exactly 1 at x = n. `level` in (0,1) is the confidence level. No data -> NaN interval.
Interval wilson(double events, double total, double level = 0.95);

/// "Exact" interval of Clopper & Pearson (1934), Biometrika 26:404-413, by quantiles of the beta
/// distribution. Never covers less than `level`, and is wider than it needs to be; shown beside Wilson where
/// somebody asks for "exact".
Interval clopper_pearson(double events, double total, double level = 0.95);

} // namespace preempt::stats
