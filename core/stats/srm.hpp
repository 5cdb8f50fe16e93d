// Sample-ratio mismatch: do the arms have the sizes that the design promised? A small p says that units were
// lost or added on one side, and that no estimate from this experiment can be believed.
#pragma once

#include <cstddef>
#include <span>

namespace preempt::stats {

/// p below this raises the alarm (Fabijan et al. 2019, KDD).
inline constexpr double kSampleRatioAlarm = 0.001;

/// Test of observed counts against DESIGNED shares (any positive weights; they are scaled to sum 1).
struct SampleRatioTest {
    double p; ///< the one to use: exact binomial if two arms and an expected count below 5, else chi-square
    double log10_p;    ///< of `p`; finite where p itself underflows to 0
    bool exact;        ///< `p` is the exact binomial
    double chi_square; ///< sum (o - e)^2 / e
    std::size_t degrees_of_freedom;
    double chi_square_p; ///< upper tail
    double chi_square_log10_p;
};

/// NaN fields when the spans differ in length, have fewer than 2 arms, hold a negative count or a weight that
/// is not positive, or nothing was observed.
SampleRatioTest sample_ratio(std::span<const double> observed, std::span<const double> weights);

/// Two-sided exact binomial p-value, the sum of all outcomes not more likely than the observed (the
/// convention of R's binom.test, with its relative tolerance of 1e-7). `successes` of `trials`, whole
/// numbers; share in (0,1).
double exact_binomial_p(double successes, double trials, double share);

/// Log Bayes factor of the multinomial test of Lindon & Malek (2022), NeurIPS: "shares differ from the
/// design" against "as designed", with a Dirichlet(concentration x share) prior. May be looked at after every
/// unit: the always-valid p-value is 1 / the largest Bayes factor so far.
double sequential_log_bayes_factor(std::span<const double> observed, std::span<const double> weights,
                                   double concentration = 1.0);

/// min(1, exp(-log_bayes_factor)); pass the largest log Bayes factor of the looks so far.
double always_valid_p(double log_bayes_factor);

} // namespace preempt::stats
