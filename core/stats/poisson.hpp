// A count of events over time: contacts in a week, escalations in a month.
#pragma once

#include "core/stats/did.hpp"

namespace preempt::stats {

/// Exact interval of Garwood (1936), Biometrika 28:437-442, for the expected count behind an observed `count`
/// >= 0: quantiles of the gamma distribution with shapes count and count + 1, divided by `exposure` > 0
/// (customers, days; 1 = the count itself). 0 observed gives 0 to 3.69 at 95%. NaN for a negative count or no
/// exposure.
Interval poisson_exact(double count, double exposure = 1.0, double level = 0.95);

/// Ratio a / b of two counts over equal exposure. Given their sum, a is binomial when both are Poisson, so
/// the ratio has the interval of the odds of a / (a + b) (Przyborowski & Wilenski 1940, Biometrika 31:313),
/// with Wilson's ends. b = 0: infinite value and high end; both 0: NaN.
Estimate poisson_ratio(double a, double b, double level = 0.95);

} // namespace preempt::stats
