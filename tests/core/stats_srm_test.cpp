// Sample-ratio mismatch (srm.json).
#include "core/stats/srm.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "stats_cases.hpp"

using namespace preempt::stats;
using namespace stats_cases;

TEST_CASE("the chi-square test of arm sizes agrees with R, with log p where p underflows", "[stats]") {
    const json::value family = load("srm");
    std::size_t checked = 0, exact = 0;
    for (const json::value& c : family.at("cases").as_array()) {
        const std::vector<double> observed = numbers(c, "observed"), weights = numbers(c, "weights");
        INFO(text(c));
        const SampleRatioTest t = sample_ratio(observed, weights);
        CAPTURE(t.chi_square, t.chi_square_p, t.chi_square_log10_p);
        CHECK(close(t.chi_square, number(c, "chi2"), 1e-12));
        CHECK(t.degrees_of_freedom == static_cast<std::size_t>(number(c, "df")));
        CHECK(close(t.chi_square_log10_p, number(c, "log10_p"), 1e-12));
        // log p is exact to 1e-12, so p itself to 1e-12 |ln p|
        if (has(c, "p"))
            CHECK(close(t.chi_square_p, number(c, "p"),
                        1e-12 * std::max(1.0, std::abs(number(c, "log10_p")) * 2.3), 1e-300));
        if (has(c, "exact_binom_p")) {
            CHECK(close(exact_binomial_p(observed[0], observed[0] + observed[1], weights[0]),
                        number(c, "exact_binom_p"), 1e-9, 1e-300));
            ++exact;
        }
        ++checked;
    }
    CHECK(checked >= 7);
    CHECK(exact >= 2);
}

TEST_CASE("the sequential multinomial test agrees with the reference", "[stats]") {
    const json::value family = load("srm");
    std::size_t checked = 0;
    for (const json::value& c : family.at("sequential_srm").at("cases").as_array()) {
        INFO(text(c));
        const double log_bf = sequential_log_bayes_factor(numbers(c, "observed"), numbers(c, "weights"),
                                                          number(c, "concentration"));
        CAPTURE(log_bf);
        CHECK(close(log_bf, number(c, "log_bayes_factor"), 1e-10));
        CHECK(close(always_valid_p(log_bf), number(c, "p_always_valid_at_this_look"), 1e-8));
        ++checked;
    }
    CHECK(checked == 42);
}

TEST_CASE("the specification's example: 430 and 70 against 80 to 20 is flagged", "[stats]") {
    const SampleRatioTest t = sample_ratio(std::array{430.0, 70.0}, std::array{80.0, 20.0});
    CHECK(t.chi_square == Approx(11.25).epsilon(1e-12));
    CHECK(t.p < kSampleRatioAlarm);
    CHECK_FALSE(t.exact);
}

TEST_CASE("a small expected count is judged by the exact binomial", "[stats]") {
    // 12 units at a 10% holdout: 1.2 expected. Binomial(12, .1): P(X >= 4) = 0.02563750, all outcomes below
    // are likelier.
    const SampleRatioTest t = sample_ratio(std::array{4.0, 8.0}, std::array{0.1, 0.9});
    CHECK(t.exact);
    CHECK(t.p == Approx(0.0256374737).epsilon(1e-6));
    CHECK(t.p > t.chi_square_p); // chi-square cries wolf here: 0.0070
    // Both sides: Binomial(10, .5), 1 or 9 of 10 -> 22/1024
    CHECK(exact_binomial_p(1, 10, 0.5) == Approx(22.0 / 1024).epsilon(1e-12));
    CHECK(exact_binomial_p(9, 10, 0.5) == Approx(22.0 / 1024).epsilon(1e-12));
    CHECK(exact_binomial_p(5, 10, 0.5) == 1);
    CHECK(exact_binomial_p(0, 10, 0.05) == 1); // the likeliest outcome
}

TEST_CASE("a hopeless mismatch at a tiny expected count still has a logarithm", "[stats]") {
    // 2,000 of a million where one was designed. ln P from Stirling with exact corrections: ln C(n,k) + k ln
    // s + ...
    const SampleRatioTest t = sample_ratio(std::array{2000.0, 998000.0}, std::array{1e-6, 1 - 1e-6});
    CHECK(t.exact);
    CHECK(t.p == 0);
    const double n = 1e6, k = 2000, s = 1e-6;
    const double log_point = std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) +
                             k * std::log(s) + (n - k) * std::log1p(-s);
    CHECK(t.log10_p == Approx(log_point / std::log(10.0)).epsilon(1e-6));
    CHECK(t.log10_p < -5000);
}

TEST_CASE("senseless arms give NaN", "[stats]") {
    CHECK(std::isnan(sample_ratio(std::array{1.0}, std::array{1.0}).p));
    CHECK(std::isnan(sample_ratio(std::array{1.0, 2.0}, std::array{1.0}).p));
    CHECK(std::isnan(sample_ratio(std::array{0.0, 0.0}, std::array{1.0, 1.0}).p));
    CHECK(std::isnan(sample_ratio(std::array{-1.0, 2.0}, std::array{1.0, 1.0}).p));
    CHECK(std::isnan(sample_ratio(std::array{1.0, 2.0}, std::array{0.0, 1.0}).p));
    CHECK(std::isnan(sequential_log_bayes_factor(std::array{1.0, 2.0}, std::array{0.0, 1.0})));
}
