// Watching a running programme (sequential.json).
#include "core/stats/sequential.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "core/stats/distribution.hpp"
#include "core/stats/group_sequential.hpp"
#include "stats_cases.hpp"

using namespace preempt::stats;
using namespace stats_cases;

TEST_CASE("the asymptotic confidence sequence agrees with the reference grid", "[stats]") {
    const json::value family = load("sequential");
    std::size_t checked = 0;
    for (const json::value& c : family.at("asymptotic_cs").as_array()) {
        const double est = number(c, "est"), se = number(c, "se"), n = number(c, "n_total");
        const double level = 1 - number(c, "alpha"), planned = number(c, "n_star");
        INFO(text(c));
        CHECK(close(mixture_rho_squared(planned, level), number(c, "rho2"), 1e-10));
        CHECK(close(sequential_critical_value(n, planned, level) * se, number(c, "halfwidth"), 1e-10));
        CHECK(close(confidence_sequence(est, se, n, planned, level), c.at("ci"), 1e-10, 1e-12));
        const double log_e = sequential_log_e_value(est, se, n, planned, level);
        CHECK(close(log_e, number(c, "log_evalue"), 1e-10, 1e-12));
        CHECK(close(std::min(1.0, std::exp(-log_e)), number(c, "p_always_valid"), 1e-9));
        if (has(c, "ratio_to_fixed"))
            CHECK(close(sequential_critical_value(n, planned, level) / critical_value(level),
                        number(c, "ratio_to_fixed"), 1e-10));
        ++checked;
    }
    CHECK(checked >= 90);
}

TEST_CASE("the e-value is that of the mixture SPRT with the same mixture", "[stats]") {
    const json::value family = load("sequential");
    for (const json::value& c : family.at("msprt").as_array()) {
        const double v = number(c, "var_of_delta");
        const double log_e = mixture_log_e_value(number(c, "delta"), std::sqrt(v), number(c, "tau2") / v);
        INFO(text(c));
        CHECK(close(std::exp(log_e), number(c, "lambda_"), 1e-10));
        CHECK(close(std::min(1.0, std::exp(-log_e)), number(c, "p"), 1e-10));
    }
}

TEST_CASE("the two-sided normal mixture gives the values of the confseq library", "[stats]") {
    // There: v = intrinsic time, rho = 1 / ours, s = sum. One-sided, stitched and Bernoulli boundaries are
    // other methods.
    const json::value family = load("sequential");
    std::size_t checked = 0;
    for (const json::value& c : family.at("confseq_reference").at("cases").as_array()) {
        const std::string fn = text(c, "fn");
        INFO(text(c));
        if (fn == "two_sided_normal_mixture.best_rho") {
            CHECK(close(1 / mixture_rho_squared(number(c, "v_opt"), 1 - number(c, "alpha_opt")),
                        number(c, "value"), 1e-5));
            ++checked;
        } else if (fn == "two_sided_normal_log_mixture") {
            const double v = number(c, "v"), s = number(c, "s");
            const double log_e = sequential_log_e_value(s / v, 1 / std::sqrt(v), v, number(c, "v_opt"),
                                                        1 - number(c, "alpha_opt"));
            CHECK(close(log_e, number(c, "value"), 1e-5));
            ++checked;
        } else if (fn == "two_sided_normal_mixture_bound") {
            const double v = number(c, "v");
            const double bound =
                std::sqrt(v) * sequential_critical_value(v, number(c, "v_opt"), 1 - number(c, "alpha"));
            CHECK(close(bound, number(c, "value"), 1e-5));
            ++checked;
        }
    }
    CHECK(checked == 3);
}

TEST_CASE("the sequence excludes no effect exactly when its e-value exceeds 1 / alpha", "[stats]") {
    for (const double est : {0.0, 0.01, 0.02, 0.031, 0.033, 0.05}) {
        const Interval i = confidence_sequence(est, 0.01, 4000, 5000);
        CHECK((i.low > 0) == (sequential_log_e_value(est, 0.01, 4000, 5000) > std::log(1 / 0.05)));
    }
}

TEST_CASE("the add-one variance is never 0 where the plug-in is", "[stats]") {
    CHECK(add_one_variance({0, 10}) == Approx(1.0 / 12 * 11 / 12 / 10).epsilon(1e-14));
    CHECK(add_one_variance({10, 10}) == Approx(1.0 / 12 * 11 / 12 / 10).epsilon(1e-14));
    CHECK(add_one_variance({0, 10}, {1, 20}, 2) ==
          Approx(2 * (1.0 / 12 * 11 / 12 / 10 + 2.0 / 22 * 20 / 22 / 20)).epsilon(1e-14));
    CHECK(std::isnan(add_one_variance({0, 0})));
    CHECK(std::isnan(add_one_variance({0, 0}, {1, 20})));
}

TEST_CASE("the stratified sequence has the estimate and counts of the fixed interval and is wider",
          "[stats]") {
    const std::vector<Stratum> strata{{{22, 100}, {48, 400}}, {{3, 20}, {10, 200}}, {{0, 0}, {70, 500}}};
    const StratifiedDifference fixed = contacted_weighted_difference(strata);
    const StratifiedDifference watched = sequential_contacted_weighted_difference(strata, 720, 2000);
    CHECK(watched.estimate == Approx(fixed.estimate).epsilon(1e-13));
    CHECK(watched.prevented == Approx(fixed.prevented).epsilon(1e-13));
    CHECK(watched.contacted_covered == fixed.contacted_covered);
    CHECK(watched.contacted_uncovered == fixed.contacted_uncovered);
    CHECK(watched.strata_used == fixed.strata_used);
    CHECK(watched.interval.low < fixed.interval.low);
    CHECK(watched.interval.high > fixed.interval.high);
    CHECK(watched.prevented_interval.high == Approx(600 * watched.interval.high));

    const Stratum one{{22, 100}, {48, 400}};
    const Interval a =
        sequential_contacted_weighted_difference(std::span(&one, 1), 500, 2000, 0.9, 1.3).interval;
    const Interval b = sequential_difference(one.holdout, one.contacted, 500, 2000, 0.9, 1.3);
    CHECK(a.low == Approx(b.low).epsilon(1e-12));
    CHECK(a.high == Approx(b.high).epsilon(1e-12));
    CHECK(std::isnan(sequential_contacted_weighted_difference({}, 500, 2000).interval.low));
    CHECK(std::isnan(sequential_difference({1, 10}, {1, 10}, 20, 0).low));
    CHECK(sequential_difference({1, 2}, {1, 2}, 4, 1e6).low == -1); // a difference cannot be below -1
}

TEST_CASE("repeating the 5% test at equal steps errs as often as Armitage, McPherson and Rowe say",
          "[stats]") {
    const json::value family = load("sequential");
    const json::value& peeking = family.at("peeking_type1_of_naive_95pct");
    for (const json::value& c : peeking.at("computed").as_array()) {
        const std::size_t looks = static_cast<std::size_t>(number(c, "looks"));
        std::vector<double> information, bounds(looks, number(c, "z"));
        for (std::size_t i = 1; i <= looks; ++i)
            information.push_back(static_cast<double>(i));
        const double type1 = crossing_probability(information, bounds);
        CAPTURE(looks, type1);
        CHECK(close(type1, number(c, "type1"), 0, 1e-5));
        const std::string key = std::to_string(looks);
        if (const json::value* printed = peeking.at("published").at("values").as_object().if_contains(key))
            CHECK(close(type1, number(*printed), 0, 0.0006)); // printed to three decimals
    }
}

TEST_CASE("alpha-spending bounds agree with the reference and spend exactly alpha", "[stats]") {
    const json::value family = load("sequential");
    const auto spending_of = [](const std::string& name) {
        return name == "obf"      ? Spending::obrien_fleming
               : name == "pocock" ? Spending::pocock
                                  : Spending::quadratic;
    };
    std::size_t checked = 0;
    for (const json::value& c : family.at("lan_demets").at("computed").as_array()) {
        const std::vector<double> t = numbers(c, "t"), z = numbers(c, "z"), p = numbers(c, "nominal_p");
        const double level = 1 - number(c, "alpha");
        const std::vector<double> bounds = spending_bounds(spending_of(text(c, "spending")), t, level);
        INFO(text(c));
        REQUIRE(bounds.size() == z.size());
        for (std::size_t i = 0; i < z.size(); ++i) {
            CHECK(close(bounds[i], z[i], 0, 1e-4));
            CHECK(close(2 * normal_upper_tail(bounds[i]), p[i], 1e-3, 1e-9));
        }
        CHECK(close(crossing_probability(t, bounds), 1 - level, 1e-8));
        ++checked;
    }
    CHECK(checked == 5);
    const json::value& obf = family.at("lan_demets").at("published").at(0);
    const std::vector<double> bounds = spending_bounds(Spending::obrien_fleming, numbers(obf, "t"));
    for (std::size_t i = 0; i < bounds.size(); ++i)
        CHECK(close(bounds[i], number(obf.at("z").at(i)), 0,
                    1.5e-4)); // its second bound is 1.1e-4 off the reference
    CHECK(spending_bounds(Spending::pocock, std::array{0.5, 0.4}).empty());
    CHECK(spending_bounds(Spending::pocock, std::array{0.5, 1.4}).empty());
    CHECK(std::isnan(crossing_probability(std::array{1.0}, std::array{1.0, 2.0})));
}
