#include "core/stats/srm.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/stats/arm.hpp"
#include "core/stats/distribution.hpp"

namespace preempt::stats {

namespace {

using detail::kNaN;

constexpr double kLn10 = 2.302585092994045684;

struct Totals {
    double observed;
    double weights;
};

std::optional<Totals> totals(std::span<const double> observed, std::span<const double> weights) {
    if (observed.size() != weights.size() || observed.size() < 2) return {};
    Totals sum{0, 0};
    for (std::size_t i = 0; i < observed.size(); ++i) {
        if (!(observed[i] >= 0) || !(weights[i] > 0)) return {};
        sum.observed += observed[i];
        sum.weights += weights[i];
    }
    if (!(sum.observed > 0) || !std::isfinite(sum.observed) || !std::isfinite(sum.weights)) return {};
    return sum;
}

// ln of the tail beyond k (inclusive, away from the mean) where it underflows: the point at k times the sum
// of the ratios of its neighbours, which fall geometrically out there.
double log_far_tail(double k, double n, double share, bool upper) {
    const double odds = share / (1 - share);
    double sum = 1, term = 1;
    for (double j = k; term > 1e-17 * sum;) {
        term *= upper ? (n - j) / (j + 1) * odds : j / (n - j + 1) / odds;
        j += upper ? 1 : -1;
        if (j < 0 || j > n) break;
        sum += term;
    }
    return log_binomial_point(k, n, share) + std::log(sum);
}

// The outermost whole number on the other side of the mean whose point is not above `bound`: the far side of
// the test. Points fall monotonically away from the mode, so halving finds it. Empty when every point there
// is above.
std::optional<double> far_side(double n, double share, double mode, double bound, bool upper) {
    double inside = mode;           // point above the bound
    double outside = upper ? n : 0; // the end
    if (binomial_point(outside, n, share) > bound) return {};
    while (std::abs(outside - inside) > 1) {
        const double middle = std::floor((inside + outside) / 2);
        (binomial_point(middle, n, share) > bound ? inside : outside) = middle;
    }
    return outside;
}

// lnGamma(x) - [(x - 1/2) ln x - x + ln(2 pi)/2], the remainder of Stirling's formula.
double stirling_remainder(double x) {
    if (x < 10) return log_gamma(x) - ((x - 0.5) * std::log(x) - x + 0.918938533204672742);
    const double r = 1 / (x * x);
    return (1.0 / 12 -
            r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r * (1.0 / 1188 - r * 691.0 / 360360))))) /
           x;
}

// (1 + u) ln(1 + u) - u >= 0, u >= -1: by its series where the difference would lose digits.
double relative_entropy(double u) {
    if (u <= -1) return 1;
    if (std::abs(u) > 0.05) return (1 + u) * std::log1p(u) - u;
    double sum = 0, power = u * u;
    for (int k = 2; k < 16; ++k) { // u^2/2 - u^3/6 + u^4/12 - ...
        sum += power / (k * (k - 1));
        power *= -u;
    }
    return sum;
}

struct ExactBinomial {
    double p;
    double log10_p;
};

ExactBinomial exact_binomial(double successes, double n, double share) {
    const double k = std::round(successes);
    n = std::round(n);
    if (!(n > 0) || !(k >= 0 && k <= n) || !(share > 0 && share < 1)) return {kNaN, kNaN};
    const double mean = n * share;
    if (k == mean) return {1, 0};
    const bool upper = k > mean;
    const double point = binomial_point(k, n, share);
    const double bound = point * (1 + 1e-7);
    const double mode = std::clamp(std::floor((n + 1) * share), 0.0, n);
    const double near = upper ? binomial_at_least(k, n, share) : binomial_at_most(k, n, share);
    if (near < 1e-290) return {near, log_far_tail(k, n, share, upper) / kLn10};
    double far = 0;
    if (binomial_point(mode, n, share) <= bound) return {1, 0};
    if (const std::optional<double> other = far_side(n, share, mode, bound, !upper))
        far = upper ? binomial_at_most(*other, n, share) : binomial_at_least(*other, n, share);
    const double p = std::min(1.0, near + far);
    return {p, std::log10(p)};
}

} // namespace

SampleRatioTest sample_ratio(std::span<const double> observed, std::span<const double> weights) {
    const std::optional<Totals> sum = totals(observed, weights);
    if (!sum) return {kNaN, kNaN, false, kNaN, 0, kNaN, kNaN};
    double chi_square = 0;
    double least_expected = detail::kInfinity;
    for (std::size_t i = 0; i < observed.size(); ++i) {
        const double expected = sum->observed * (weights[i] / sum->weights);
        chi_square += detail::square(observed[i] - expected) / expected;
        least_expected = std::min(least_expected, expected);
    }
    SampleRatioTest result{};
    result.chi_square = chi_square;
    result.degrees_of_freedom = observed.size() - 1;
    const double df = static_cast<double>(result.degrees_of_freedom);
    result.chi_square_p = chi_square_upper_tail(chi_square, df);
    result.chi_square_log10_p = log10_chi_square_upper_tail(chi_square, df);
    result.p = result.chi_square_p;
    result.log10_p = result.chi_square_log10_p;
    if (observed.size() == 2 && least_expected < 5) {
        const ExactBinomial exact = exact_binomial(observed[0], sum->observed, weights[0] / sum->weights);
        result.exact = true;
        result.p = exact.p;
        result.log10_p = exact.log10_p;
    }
    return result;
}

double exact_binomial_p(double successes, double trials, double share) {
    return exact_binomial(successes, trials, share).p;
}

double sequential_log_bayes_factor(std::span<const double> observed, std::span<const double> weights,
                                   double concentration) {
    const std::optional<Totals> sum = totals(observed, weights);
    if (!sum || !(concentration > 0)) return kNaN;
    // lnG(A) - lnG(A+N) + sum [lnG(a_i+n_i) - lnG(a_i)] - sum n_i ln share_i, a_i = A share_i. As written it
    // is a difference of numbers of size N ln N; with Stirling's formula taken apart, the large parts cancel
    // on paper:
    //   (A+N) sum share_i h(u_i) - [sum ln(1 + n_i/a_i) - ln(1 + N/A)]/2 + remainders,
    // h(u) = (1+u) ln(1+u) - u, u_i = (n_i - N share_i) / ((A+N) share_i).
    const double a = concentration;
    const double n = sum->observed;
    double entropy = 0;
    double half_logs = -std::log1p(n / a);
    double remainders = stirling_remainder(a) - stirling_remainder(a + n);
    for (std::size_t i = 0; i < observed.size(); ++i) {
        const double share = weights[i] / sum->weights;
        const double prior = a * share;
        entropy += share * relative_entropy((observed[i] - n * share) / ((a + n) * share));
        half_logs += std::log1p(observed[i] / prior);
        remainders += stirling_remainder(prior + observed[i]) - stirling_remainder(prior);
    }
    const double result = (a + n) * entropy - half_logs / 2 + remainders;
    return result;
}

double always_valid_p(double log_bayes_factor) {
    return std::min(1.0, std::exp(-log_bayes_factor));
}

} // namespace preempt::stats
