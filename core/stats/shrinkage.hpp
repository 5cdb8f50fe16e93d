// Many segments: are they different at all, and what is left of an extreme one when luck is taken out?
// In: an estimate and its variance per segment. Out: the common mean, the spread between segments, shrunken
// values.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/stats/proportion.hpp"

namespace preempt::stats {

/// Normal random-effects model y_i = mu + u_i + e_i, Var u = tau^2, Var e_i = v_i (known). Take v from
/// add_one_variance(): with the plug-in variance a segment without events would get infinite weight.
struct RandomEffects {
    double tau_squared;                  ///< variance between segments, >= 0
    double mean;                         ///< sum y/(v + tau^2) / sum 1/(v + tau^2)
    double standard_error;               ///< of the mean
    Interval interval;                   ///< mean -/+ z standard_error
    double knapp_hartung_standard_error; ///< of the mean, allowing for the uncertainty of tau^2 (Knapp &
                                         ///< Hartung 2003)
    Interval knapp_hartung_interval;     ///< with t on k - 1 degrees of freedom
    double q;                            ///< Cochran's Q = sum (y - mean of tau^2 = 0)^2 / v
    double q_p;       ///< test of homogeneity: upper tail of chi-square with k - 1 degrees of freedom
    double i_squared; ///< share of the variation that is not chance, max(0, (Q - df)/Q) (Higgins & Thompson
                      ///< 2002)
    std::size_t segments;         ///< k: those with an estimate and a variance > 0
    std::vector<double> shrunken; ///< mu + tau^2/(tau^2 + v_i) (y_i - mu); NaN for a segment left out
    std::vector<double> shrunken_standard_error;
};

/// tau^2 of Paule & Mandel (1982), J Res Natl Bur Stand 87:377-385: solves sum (y - mu)^2/(v + tau^2) = k -
/// 1, 0 if the sum is smaller already at 0. With one segment tau^2 = 0 and Q says nothing (NaN); with none
/// everything is NaN.
RandomEffects paule_mandel(std::span<const double> estimates, std::span<const double> variances,
                           double level = 0.95);

/// tau^2 of DerSimonian & Laird (1986), Controlled Clinical Trials 7:177-188, for comparison with other
/// software.
RandomEffects dersimonian_laird(std::span<const double> estimates, std::span<const double> variances,
                                double level = 0.95);

/// tau^2 = 0: one common effect.
RandomEffects common_effect(std::span<const double> estimates, std::span<const double> variances,
                            double level = 0.95);

} // namespace preempt::stats
