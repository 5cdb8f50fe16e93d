#include "core/stats/distribution.hpp"

#include <cmath>
#include <limits>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>

namespace preempt::stats {

namespace {

namespace bm = boost::math;

// Errors become NaN, infinity or 0; double stays double, so that native and wasm take the same path.
using Quiet = bm::policies::policy<bm::policies::domain_error<bm::policies::ignore_error>,
                                   bm::policies::pole_error<bm::policies::ignore_error>,
                                   bm::policies::overflow_error<bm::policies::ignore_error>,
                                   bm::policies::underflow_error<bm::policies::ignore_error>,
                                   bm::policies::denorm_error<bm::policies::ignore_error>,
                                   bm::policies::evaluation_error<bm::policies::ignore_error>,
                                   bm::policies::rounding_error<bm::policies::ignore_error>,
                                   bm::policies::indeterminate_result_error<bm::policies::ignore_error>,
                                   bm::policies::promote_float<false>, bm::policies::promote_double<false>>;

using Normal = bm::normal_distribution<double, Quiet>;
using StudentT = bm::students_t_distribution<double, Quiet>;
using Beta = bm::beta_distribution<double, Quiet>;
using Binomial = bm::binomial_distribution<double, Quiet>;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kLn10 = 2.302585092994045684;

// ln Q(a, x) far in the tail by the continued fraction of the incomplete gamma function (Lentz's method):
// Q(a, x) = x^a e^-x / Gamma(a) / (x + 1 - a - 1(1-a)/(x + 3 - a - ...)).
double log_gamma_q_tail(double a, double x) {
    constexpr double kTiny = 1e-300;
    double b = x + 1 - a;
    double c = 1 / kTiny;
    double d = 1 / b;
    double h = d;
    for (int i = 1; i < 1000; ++i) {
        const double an = -i * (i - a);
        b += 2;
        d = an * d + b;
        if (std::abs(d) < kTiny) d = kTiny;
        c = b + an / c;
        if (std::abs(c) < kTiny) c = kTiny;
        d = 1 / d;
        const double step = d * c;
        h *= step;
        if (std::abs(step - 1) < 1e-16) break;
    }
    return a * std::log(x) - x - log_gamma(a) + std::log(h);
}

} // namespace

double normal_cdf(double x) {
    if (std::isnan(x)) return kNaN;
    return bm::cdf(Normal(), x);
}

double normal_upper_tail(double x) {
    if (std::isnan(x)) return kNaN;
    return bm::cdf(bm::complement(Normal(), x));
}

double normal_quantile(double p) {
    if (!(p >= 0 && p <= 1)) return kNaN;
    if (p == 0) return -kInfinity;
    if (p == 1) return kInfinity;
    return bm::quantile(Normal(), p);
}

double critical_value(double level) {
    if (!(level > 0 && level < 1)) return kNaN;
    return -normal_quantile((1 - level) / 2);
}

double chi_square_upper_tail(double x, double df) {
    if (std::isnan(x) || !(df > 0)) return kNaN;
    if (x <= 0) return 1;
    if (std::isinf(x)) return 0;
    return bm::gamma_q(df / 2, x / 2, Quiet());
}

double log10_chi_square_upper_tail(double x, double df) {
    if (std::isnan(x) || !(df > 0)) return kNaN;
    if (x <= 0) return 0;
    if (std::isinf(x)) return -kInfinity;
    const double upper = bm::gamma_q(df / 2, x / 2, Quiet());
    if (upper > 0.5) return std::log1p(-bm::gamma_p(df / 2, x / 2, Quiet())) / kLn10;
    if (upper > 1e-290) return std::log(upper) / kLn10;
    return log_gamma_q_tail(df / 2, x / 2) / kLn10;
}

double student_t_critical_value(double level, double df) {
    if (!(level > 0 && level < 1) || !(df > 0)) return kNaN;
    return -bm::quantile(StudentT(df), (1 - level) / 2);
}

double student_t_two_sided_p(double t, double df) {
    if (std::isnan(t) || !(df > 0)) return kNaN;
    if (std::isinf(t)) return 0;
    return 2 * bm::cdf(StudentT(df), -std::abs(t));
}

double beta_quantile(double p, double a, double b) {
    if (!(p >= 0 && p <= 1) || !(a > 0) || !(b > 0)) return kNaN;
    return bm::quantile(Beta(a, b), p);
}

double gamma_quantile(double p, double shape) {
    if (!(p >= 0 && p <= 1) || !(shape > 0)) return kNaN;
    return bm::gamma_p_inv(shape, p, Quiet());
}

double gamma_upper_quantile(double p, double shape) {
    if (!(p >= 0 && p <= 1) || !(shape > 0)) return kNaN;
    return bm::gamma_q_inv(shape, p, Quiet());
}

double binomial_point(double k, double n, double share) {
    if (!(share >= 0 && share <= 1) || !(k >= 0 && k <= n)) return kNaN;
    return bm::pdf(Binomial(n, share), k);
}

double binomial_at_most(double k, double n, double share) {
    if (!(share >= 0 && share <= 1) || !(n >= 0) || std::isnan(k)) return kNaN;
    if (k < 0) return 0;
    if (k >= n) return 1;
    return bm::cdf(Binomial(n, share), k);
}

double binomial_at_least(double k, double n, double share) {
    if (!(share >= 0 && share <= 1) || !(n >= 0) || std::isnan(k)) return kNaN;
    if (k <= 0) return 1;
    if (k > n) return 0;
    return bm::cdf(bm::complement(Binomial(n, share), k - 1));
}

double log_binomial_point(double k, double n, double share) {
    const double point = binomial_point(k, n, share);
    if (!(point < 1e-290)) return std::log(point);
    double result = log_gamma(n + 1) - log_gamma(k + 1) - log_gamma(n - k + 1);
    if (k > 0) result += k * std::log(share);
    if (k < n) result += (n - k) * std::log1p(-share);
    return result;
}

double log_gamma(double x) {
    if (!(x > 0)) return kNaN;
    return bm::lgamma(x, Quiet());
}

} // namespace preempt::stats
