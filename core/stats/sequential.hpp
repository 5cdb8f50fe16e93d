// Looking at a running programme as often as one likes: intervals that hold at every look at once.
// In: an estimate with its standard error, the units so far, the units planned at the decision. Out: the
// interval of an asymptotic confidence sequence and the always-valid p-value.
#pragma once

#include <span>

#include "core/stats/proportion.hpp"
#include "core/stats/stratified.hpp"

namespace preempt::stats {

/// p(1-p)/n with p = (events + 1)/(total + 2). The plug-in p(1-p)/n is 0 when the first looks hold no event,
/// and a sequence built on it stops at once and wrongly; this one never is. NaN without data.
double add_one_variance(Arm arm);

/// Sum of the two arms' add-one variances, times the design effect: the variance of p_holdout - p_contacted.
double add_one_variance(Arm holdout, Arm contacted, double deff = 1.0);

/// rho^2 = (-2 ln a + ln(-2 ln a + 1)) / planned, a = 1 - level: the mixture that is tightest when `planned`
/// units are in. Choose `planned` (units over both arms) once, before the first look.
double mixture_rho_squared(double planned, double level = 0.95);

/// Half-width, in standard errors, of the asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha,
/// Kennedy & Ramdas (2024), Annals of Statistics 52:2613-2640, after `units` units (accounts over both arms):
///   sqrt(units) sqrt(2 (N rho^2 + 1) / (N^2 rho^2) ln(sqrt(N rho^2 + 1) / a)), N = units.
/// About 1.5 times the fixed-sample value at the planned size, wider before and after it.
double sequential_critical_value(double units, double planned, double level = 0.95);

/// estimate -/+ sequential_critical_value x standard_error.
Interval confidence_sequence(double estimate, double standard_error, double units, double planned,
                             double level = 0.95);

/// Log e-value against "no effect": g z^2 / (2 (g + 1)) - ln(g + 1)/2 with z = estimate/standard_error and g
/// the variance of the mixture over that of the estimate (N rho^2 here; tau^2/V in the mixture SPRT of
/// Johari, Koomen, Pekelis & Walsh 2022, Oper Res 70:1806). Its always-valid p-value is min(1, exp(-largest
/// so far)).
double mixture_log_e_value(double estimate, double standard_error, double g);
double sequential_log_e_value(double estimate, double standard_error, double units, double planned,
                              double level = 0.95);

/// Difference holdout - contacted that may be watched: interval by the add-one variance times deff, cut to
/// [-1, 1].
Interval sequential_difference(Arm holdout, Arm contacted, double units, double planned, double level = 0.95,
                               double deff = 1.0);

/// The same for contacted_weighted_difference(): same estimate, weights and counts, with variance
/// deff x sum w_h^2 (add-one variances of the stratum).
StratifiedDifference sequential_contacted_weighted_difference(std::span<const Stratum> strata, double units,
                                                              double planned, double level = 0.95,
                                                              double deff = 1.0);

} // namespace preempt::stats
