// The ratio of two rates and the relative reduction (relative_risk.json: arm 1 = contacted, arm 2 = holdout).
#include "core/stats/relative.hpp"

#include <cmath>
#include <span>
#include <vector>

#include "core/stats/cluster.hpp"
#include "core/stats/distribution.hpp"
#include "stats_cases.hpp"

using namespace preempt::stats;
using namespace stats_cases;

TEST_CASE("the score intervals of the risk ratio agree with ratesci, with no events in an arm too",
          "[stats]") {
    const json::value family = load("relative_risk");
    std::size_t checked = 0;
    for (const json::value& c : family.at("computed").as_array()) {
        const Arm contacted{number(c, "x1"), number(c, "n1")}, holdout{number(c, "x2"), number(c, "n2")};
        const double level = number(c, "level");
        INFO(text(c));
        CAPTURE(show(risk_ratio_score(holdout, contacted, level)),
                show(risk_ratio_koopman(holdout, contacted, level)));
        // "1e-6 relative"; at rates of 1e-6 the reference itself stops short (see the 50-digit values below)
        const double relative = holdout.total >= 1e6 ? 3e-6 : 1e-6;
        CHECK(close(risk_ratio_score(holdout, contacted, level), c.at("mn_score"), relative));
        CHECK(close(risk_ratio_koopman(holdout, contacted, level), c.at("koopman"), relative));
        const double ratio = 1 - relative_reduction(holdout, contacted, level).estimate;
        if (has(c, "rr")) CHECK(close(ratio, number(c, "rr"), 1e-12));
        ++checked;
    }
    CHECK(checked == 9);
}

TEST_CASE("the printed risk ratios of SAS and the literature are reproduced", "[stats]") {
    const json::value family = load("relative_risk");
    std::size_t checked = 0;
    for (const json::value& c : family.at("published").as_array()) {
        const Arm contacted{number(c, "x1"), number(c, "n1")}, holdout{number(c, "x2"), number(c, "n2")};
        const double absolute = half_unit(number(c, "digits"));
        INFO(text(c));
        if (has(c, "mn_score"))
            CHECK((++checked, close(risk_ratio_score(holdout, contacted), c.at("mn_score"), 0, absolute)));
        if (has(c, "koopman"))
            CHECK((++checked, close(risk_ratio_koopman(holdout, contacted), c.at("koopman"), 0, absolute)));
    }
    CHECK(checked == 4);
}

TEST_CASE("the score intervals of the ratio agree with 50-digit bisection where rates are a few in a million",
          "[stats]") {
    // Bisection of the score equation with the textbook quadratic in 50-digit decimals.
    const Interval score = risk_ratio_score({9, 1e6}, {3, 1e6});
    CHECK(close(score.low, 0.09762472158286136, 1e-12));
    CHECK(close(score.high, 1.1381435731295101, 1e-12));
    const Interval koopman = risk_ratio_koopman({9, 1e6}, {3, 1e6});
    CHECK(close(koopman.low, 0.09762474828035586, 1e-12));
    CHECK(close(koopman.high, 1.1381432618813777, 1e-12));
}

TEST_CASE("the worked holdout of the specification: 45% of would-be contacts prevented", "[stats]") {
    // 22 of 100 held out, 48 of 400 contacted: 14 to 65 in metrics.md 5.5.7.
    const RelativeReduction r = relative_reduction({22, 100}, {48, 400});
    CHECK(r.estimate == Approx(5.0 / 11).epsilon(1e-12));
    CHECK(std::lround(100 * r.interval.low) == 14);
    CHECK(std::lround(100 * r.interval.high) == 65);
    const Interval koopman = risk_ratio_koopman({22, 100}, {48, 400});
    CHECK(r.interval.low == Approx(1 - koopman.high).epsilon(1e-12));
    CHECK(r.interval.high == Approx(1 - koopman.low).epsilon(1e-12));
    // With Miettinen & Nurminen's factor; limits by 50-digit bisection.
    const Interval factor = risk_ratio_score({22, 100}, {48, 400});
    CHECK(close(1 - factor.high, 0.13472089199158900, 1e-12));
    CHECK(close(1 - factor.low, 0.64896594099689284, 1e-12));
}

TEST_CASE("each limit of the ratio solves its equation, written out here with the quadratic's textbook form",
          "[stats]") {
    const double xt = 48, nt = 400, xh = 22, nh = 100, n = nt + nh;
    const Interval i = risk_ratio_score({xh, nh}, {xt, nt}, 0.9);
    for (const double phi : {i.low, i.high}) {
        const double a = n * phi, b = -(nt * phi + xt + nh + xh * phi), c = xt + xh;
        const double ph = (-b - std::sqrt(b * b - 4 * a * c)) / (2 * a), pt = phi * ph;
        const double v = (pt * (1 - pt) / nt + phi * phi * ph * (1 - ph) / nh) * n / (n - 1);
        CHECK(std::abs(xt / nt - phi * xh / nh) / std::sqrt(v) == Approx(critical_value(0.9)).epsilon(1e-10));
    }
}

TEST_CASE(
    "the stratified reduction is prevented over expected, and one stratum gives the unstratified interval",
    "[stats]") {
    const Stratum one{{22, 100}, {48, 400}};
    const RelativeReduction a = contacted_weighted_reduction(std::span(&one, 1));
    const RelativeReduction b = relative_reduction(one.holdout, one.contacted);
    CHECK(a.estimate == Approx(b.estimate).epsilon(1e-14));
    CHECK(a.interval.low == Approx(b.interval.low).epsilon(1e-12));
    CHECK(a.interval.high == Approx(b.interval.high).epsilon(1e-12));

    const std::vector<Stratum> strata{one, {{3, 20}, {10, 200}}, {{0, 0}, {70, 500}}};
    const RelativeReduction r = contacted_weighted_reduction(strata);
    const StratifiedDifference d = contacted_weighted_difference(strata);
    const double expected = 400 * 0.22 + 200 * 0.15;
    CHECK(r.estimate == Approx(d.prevented / expected).epsilon(1e-12));
    CHECK(r.interval.low < r.estimate);
    CHECK(r.estimate < r.interval.high);
    // Fewer effective episodes, wider interval, same estimate.
    const RelativeReduction clustered = contacted_weighted_reduction(strata, 0.95, 2.0);
    CHECK(clustered.estimate == Approx(r.estimate));
    CHECK(clustered.interval.low < r.interval.low);
    CHECK(clustered.interval.high > r.interval.high);
}

TEST_CASE("the stratified reduction and the stratified difference agree on whether there is an effect, but "
          "for N/(N-1)",
          "[stats]") {
    // At phi = 1 and theta = 0 both restricted models are "no effect in any stratum"; without the factor
    // N/(N-1) the ratio is the less careful of the two by a hair, so it may exclude "no effect" first, never
    // last.
    int excluded = 0, apart = 0;
    for (int x = 0; x <= 24; ++x)
        for (int y = 0; y <= 40; y += 2) {
            const std::vector<Stratum> strata{{{double(x), 24}, {double(y), 80}}, {{6, 30}, {9, 120}}};
            const Interval d = contacted_weighted_difference(strata).interval;
            const Interval r = contacted_weighted_reduction(strata).interval;
            CAPTURE(x, y, show(d), show(r));
            if (d.low > 0) CHECK(r.low > 0);
            if (d.high < 0) CHECK(r.high < 0);
            excluded += d.low > 0 || d.high < 0;
            apart += (d.low > 0) != (r.low > 0) || (d.high < 0) != (r.high < 0);
        }
    CHECK(excluded > 50);
    CHECK(apart * 20 < excluded);
}

TEST_CASE("edges of the ratio: no events and no data", "[stats]") {
    const RelativeReduction nothing_held_out = relative_reduction({0, 40}, {220, 4000});
    CHECK(nothing_held_out.estimate == -kInfinity);
    CHECK(nothing_held_out.interval.low == -kInfinity);
    CHECK(nothing_held_out.interval.high < 1);
    const RelativeReduction all_prevented = relative_reduction({10, 40}, {0, 4000});
    CHECK(all_prevented.estimate == 1);
    CHECK(all_prevented.interval.high == 1);
    CHECK(all_prevented.interval.low > 0.9);
    const RelativeReduction nothing = relative_reduction({0, 20}, {0, 20});
    CHECK(std::isnan(nothing.estimate));
    CHECK(nothing.interval.high == 1);
    const RelativeReduction everybody = relative_reduction({20, 20}, {30, 30});
    CHECK(everybody.estimate == 0);
    CHECK(everybody.interval.low < 0);
    CHECK(everybody.interval.high > 0);
    CHECK(everybody.interval.high < 0.5);
    for (const Arm bad : {Arm{0, 0}, Arm{3, 2}, Arm{kNaN, 2}}) {
        CHECK(std::isnan(relative_reduction(bad, {1, 10}).interval.low));
        CHECK(std::isnan(risk_ratio_score({1, 10}, bad).high));
    }
    CHECK(std::isnan(contacted_weighted_reduction({}).estimate));
}
