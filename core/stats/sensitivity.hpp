// Without a random holdout: how strong would a hidden difference between the groups have to be to explain the
// result?
#pragma once

#include "core/stats/proportion.hpp"

namespace preempt::stats {

/// E-value of a risk ratio (VanderWeele & Ding 2017, Ann Intern Med 167:268-274): RR + sqrt(RR (RR - 1)),
/// ratios below 1 turned round. An unmeasured attribute would need this risk ratio both with being contacted
/// and with making contact. 1 = anything could explain it. `null_ratio`: explain the distance to this ratio
/// instead of to 1. NaN for a ratio that is negative or NaN; infinite at 0 and infinity.
double e_value(double risk_ratio, double null_ratio = 1.0);

/// E-value of the end of the interval that is nearer to `null_ratio`; 1 when the interval holds it.
double e_value_of_limit(Interval risk_ratio, double null_ratio = 1.0);

/// Largest factor by which confounding of strengths rr_exposure (with being contacted) and rr_outcome (with
/// making contact), both >= 1, can move a risk ratio: product / (sum - 1) (Ding & VanderWeele 2016,
/// Epidemiology 27:368-377).
double bias_factor(double rr_exposure, double rr_outcome);

} // namespace preempt::stats
