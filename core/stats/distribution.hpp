// Probability distributions, as the rest of core/stats needs them: thin names over Boost.Math, which only the
// .cpp sees. No function throws: an argument outside its domain gives NaN, an overflow gives infinity, an
// underflow 0. Tails are computed as tails (never 1 - cdf), so that a p-value of 1e-200 is not 0.
#pragma once

namespace preempt::stats {

/// Phi(x) and 1 - Phi(x) of the standard normal.
double normal_cdf(double x);
double normal_upper_tail(double x);

/// Phi^-1(p), p in [0,1]; -/+ infinity at the ends.
double normal_quantile(double p);

/// z = Phi^-1(1 - alpha/2) of a two-sided interval of confidence `level` = 1 - alpha in (0,1); else NaN.
double critical_value(double level);

/// P(X > x) of chi-square with df > 0 degrees of freedom; its base-10 logarithm, which is finite also where P
/// is 0.
double chi_square_upper_tail(double x, double df);
double log10_chi_square_upper_tail(double x, double df);

/// Student's t, df > 0 (may be fractional): the two-sided critical value at `level`, and the two-sided
/// p-value.
double student_t_critical_value(double level, double df);
double student_t_two_sided_p(double t, double df);

/// Quantile of the beta distribution (a, b > 0) and of the gamma distribution with unit scale (shape > 0).
double beta_quantile(double p, double a, double b);
double gamma_quantile(double p, double shape);
/// The x that is exceeded with chance p.
double gamma_upper_quantile(double p, double shape);

/// Binomial(n, share): P(X = k), P(X <= k), P(X >= k) for whole k in [0, n]; ln P(X = k) also where it
/// underflows.
double binomial_point(double k, double n, double share);
double binomial_at_most(double k, double n, double share);
double binomial_at_least(double k, double n, double share);
double log_binomial_point(double k, double n, double share);

/// ln Gamma(x), x > 0.
double log_gamma(double x);

} // namespace preempt::stats
