// The difference of two rates against 60-digit arithmetic and published tables
// (two_proportion_difference.json).
#include "core/stats/difference.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/stats/distribution.hpp"
#include "stats_cases.hpp"

using namespace preempt::stats;
using namespace stats_cases;

namespace {

struct Pair {
    Arm first, second;
    double level;
};

Pair arms(const json::value& c) {
    return {{number(c, "x1"), number(c, "n1")}, {number(c, "x2"), number(c, "n2")}, number(c, "level")};
}

// "abs 1e-12 (n <= 1e7), rel 1e-9 of the half-width for n = 1e9", and not less than a double near 1 can hold
double tolerance(const json::value& c, const json::value& expected) {
    const double width = number(expected.at(1)) - number(expected.at(0));
    return std::max(number(c, "n1"), number(c, "n2")) <= 1e7
               ? 1e-12
               : 1e-9 * width / 2 + 4e-16 * std::abs(number(c, "diff"));
}

} // namespace

TEST_CASE("Miettinen-Nurminen, Mee and Newcombe agree with 60-digit arithmetic, from 1 in 1 to a billion",
          "[stats]") {
    const json::value family = load("two_proportion_difference");
    std::size_t checked = 0, tests = 0;
    for (const json::value& c : family.at("computed").as_array()) {
        const auto [first, second, level] = arms(c);
        INFO(text(c));
        CAPTURE(show(miettinen_nurminen(first, second, level)), show(mee(first, second, level)),
                show(newcombe(first, second, level)));
        CHECK(close(miettinen_nurminen(first, second, level), c.at("mn"), 0, tolerance(c, c.at("mn"))));
        CHECK(close(mee(first, second, level), c.at("mee"), 0, tolerance(c, c.at("mee"))));
        CHECK(close(newcombe(first, second, level), c.at("newcombe"), 0, tolerance(c, c.at("newcombe"))));
        if (has(c, "tests") && has(c.at("tests"), "nminus1_p")) {
            CHECK(close(n_minus_one_chi_square(first, second), number(c.at("tests"), "nminus1_chi2"), 1e-11));
            CHECK(close(n_minus_one_chi_square_p(first, second), number(c.at("tests"), "nminus1_p"), 1e-11));
            ++tests;
        }
        ++checked;
    }
    CHECK(checked >= 69);
    CHECK(tests >= 18);
}

TEST_CASE("the printed digits of SAS, Newcombe 1998 and other software are reproduced", "[stats]") {
    std::size_t checked = 0;
    const json::value family = load("two_proportion_difference");
    for (const json::value& c : family.at("published").as_array()) {
        const auto [first, second, level] = arms(c);
        INFO(text(c));
        const double absolute = has(c, "digits") ? half_unit(number(c, "digits")) : half_unit(7);
        const auto check = [&](const Interval& actual, const char* method, double tolerance) {
            if (!has(c, method)) return;
            CAPTURE(method, show(actual));
            CHECK(close(actual, c.at(method), 0, tolerance));
            ++checked;
        };
        check(miettinen_nurminen(first, second, level), "mn", absolute);
        check(mee(first, second, level), "mee", absolute);
        check(mee(first, second, level), "mn_as_printed_is_mee", absolute); // the case's own note says why
        check(newcombe(first, second, level), "newcombe", absolute);
    }
    CHECK(checked >= 12);
}

TEST_CASE("the worked holdout of the specification: 22 of 100 held out, 48 of 400 contacted", "[stats]") {
    const Interval i = miettinen_nurminen({22, 100}, {48, 400});
    CHECK(close(i.low, 0.021408, 0, half_unit(6)));
    CHECK(close(i.high, 0.195451, 0, half_unit(6)));
}

TEST_CASE("the worked harm of the specification: outreach that causes contacts has a negative interval",
          "[stats]") {
    const Interval i = miettinen_nurminen({64, 1000}, {100, 1000});
    CHECK(close(i.low, -0.060429, 0, half_unit(6)));
    CHECK(close(i.high, -0.012060, 0, half_unit(6)));
}

TEST_CASE("the Newcombe oracles of the specification", "[stats]") {
    CHECK(close(newcombe({56, 70}, {48, 80}).low, 0.05243, 0, half_unit(5)));
    CHECK(close(newcombe({56, 70}, {48, 80}).high, 0.33387, 0, half_unit(5)));
    CHECK(close(newcombe({9, 10}, {3, 10}).low, 0.17052, 0, half_unit(5)));
    CHECK(close(newcombe({9, 10}, {3, 10}).high, 0.80902, 0, half_unit(5)));
}

TEST_CASE("the N-1 test and the Miettinen-Nurminen interval never contradict each other", "[stats]") {
    // p < .05 exactly when the 95% interval excludes 0: every table of 23 held out and 31 contacted.
    for (int x = 0; x <= 23; ++x)
        for (int y = 0; y <= 31; ++y) {
            const Arm holdout{double(x), 23}, contacted{double(y), 31};
            const Interval i = miettinen_nurminen(holdout, contacted);
            CAPTURE(x, y, show(i));
            CHECK((n_minus_one_chi_square_p(holdout, contacted) < 0.05) == (i.low > 0 || i.high < 0));
        }
}

TEST_CASE("each limit solves its equation: the restricted deviation there is z", "[stats]") {
    for (const auto& [x, n, y, m] : {std::array{0.0, 12.0, 3.0, 400.0}, std::array{5.5, 40.2, 11.0, 90.0},
                                     std::array{12.0, 12.0, 390.0, 400.0}, std::array{3.0, 1e9, 1.0, 1e4}}) {
        const Arm a{x, n}, b{y, m};
        const double d = x / n - y / m;
        const Interval i = miettinen_nurminen(a, b, 0.9);
        const double z = critical_value(0.9);
        for (const double theta : {i.low, i.high}) {
            if (std::abs(theta) >= 1) continue;
            const double v = detail::restricted_variance_difference(a, b, theta);
            CAPTURE(x, n, y, m, theta);
            CHECK(std::abs(d - theta) / std::sqrt(v) == Approx(z).epsilon(1e-7));
            const detail::RestrictedRates p = detail::restricted_rates_difference(a, b, theta);
            CHECK(p.holdout - p.contacted == Approx(theta).epsilon(1e-12));
        }
    }
}

TEST_CASE("swapping the arms mirrors the interval, and counting misses instead of events does too",
          "[stats]") {
    for (const auto& [x, n, y, m] : {std::array{0.0, 10.0, 0.0, 20.0}, std::array{10.0, 10.0, 0.0, 20.0},
                                     std::array{22.0, 100.0, 48.0, 400.0}, std::array{1.0, 1e9, 0.0, 30.0},
                                     std::array{2.4, 7.7, 3.1, 55.5}}) {
        const Interval i = miettinen_nurminen({x, n}, {y, m});
        const Interval swapped = miettinen_nurminen({y, m}, {x, n});
        const Interval misses = miettinen_nurminen({m - y, m}, {n - x, n});
        CAPTURE(x, n, y, m);
        CHECK(close(i.low, -swapped.high, 1e-12));
        CHECK(close(i.high, -swapped.low, 1e-12));
        CHECK(close(i.low, misses.low, 1e-7, 1e-12)); // m - y loses digits at a billion, not the method
        CHECK(close(i.high, misses.high, 1e-7, 1e-12));
    }
}

TEST_CASE("a pair of arms without data has no difference", "[stats]") {
    for (const Arm bad : {Arm{0, 0}, Arm{-1, 10}, Arm{11, 10}, Arm{kNaN, 10}, Arm{1, kInfinity}}) {
        CHECK(std::isnan(miettinen_nurminen(bad, {1, 10}).low));
        CHECK(std::isnan(miettinen_nurminen({1, 10}, bad).high));
        CHECK(std::isnan(newcombe(bad, {1, 10}).low));
        CHECK(std::isnan(n_minus_one_chi_square_p(bad, {1, 10})));
    }
    CHECK(std::isnan(miettinen_nurminen({1, 10}, {1, 10}, 1.0).low));
    CHECK(n_minus_one_chi_square_p({0, 10}, {0, 20}) == 1);
    CHECK(n_minus_one_chi_square_p({10, 10}, {20, 20}) == 1);
}

TEST_CASE("tiny effective counts keep a finite, ordered interval", "[stats]") {
    for (const double deff : {1.0, 2.5, 10.0, 1000.0}) {
        const Interval i = miettinen_nurminen({1 / deff, 1 / deff}, {0, 1 / deff});
        CAPTURE(deff, show(i));
        CHECK(i.low >= -1);
        CHECK(i.high <= 1);
        CHECK(i.low < i.high);
    }
}
