// Without a holdout: E-values (observational_sensitivity.json); differences of estimates by MOVER.
#include "core/stats/sensitivity.hpp"

#include <cmath>
#include <vector>

#include "core/stats/did.hpp"
#include "core/stats/difference.hpp"
#include "stats_cases.hpp"

using namespace preempt::stats;
using namespace stats_cases;

TEST_CASE("E-values agree with the reference and with print", "[stats]") {
    const json::value family = load("observational_sensitivity");
    for (const json::value& c : family.at("computed").as_array())
        CHECK(close(e_value(number(c, "rr")), number(c, "e"), 1e-9));
    for (const json::value& c : family.at("e_value_from_risks").as_array()) {
        CHECK(close(number(c, "p_contacted") / number(c, "p_not"), number(c, "rr"), 1e-12));
        CHECK(close(e_value(number(c, "p_contacted") / number(c, "p_not")), number(c, "e"), 1e-9));
    }
    for (const json::value& c : family.at("nonnull").as_array())
        CHECK(close(e_value(number(c, "est"), number(c, "true")), number(c, "e"), 1e-9));
    for (const json::value& c : family.at("bias_factor").as_array())
        CHECK(close(bias_factor(number(c, "rr_eu"), number(c, "rr_ud")), number(c, "B"), 1e-9));
    for (const json::value& c : family.at("published").as_array()) {
        INFO(text(c));
        const double digits = has(c, "digits") ? number(c, "digits") : 5;
        CHECK(close(e_value(number(c, "rr")), number(c, "e"), 0, half_unit(digits)));
        if (has(c, "lo")) {
            const double high = has(c, "hi") ? number(c, "hi") : 100;
            CHECK(close(e_value_of_limit({number(c, "lo"), high}), number(c, "e_lo"), 0, half_unit(digits)));
        }
    }
}

TEST_CASE("the E-value of an interval is that of the end nearer to no effect, and 1 when it holds no effect",
          "[stats]") {
    CHECK(e_value_of_limit({0.8, 1.2}) == 1);
    CHECK(e_value_of_limit({0.3, 0.8}) == Approx(e_value(0.8)));
    CHECK(e_value_of_limit({0.0, 0.5}) == Approx(3.414213562373095));
    CHECK(std::isnan(e_value_of_limit({kNaN, kNaN})));
    CHECK(std::isnan(e_value(-1)));
    CHECK(e_value(0) == kInfinity);
    CHECK(std::isnan(bias_factor(0.5, 2)));
    // Strong enough, in both directions, is exactly the E-value.
    CHECK(bias_factor(e_value(0.8), e_value(0.8)) == Approx(1 / 0.8).epsilon(1e-12));
}

TEST_CASE("MOVER of two Wilson intervals is Newcombe's interval", "[stats]") {
    const Estimate a{56.0 / 70, wilson(56, 70)}, b{48.0 / 80, wilson(48, 80)};
    const Estimate d = mover_difference(a, b);
    const Interval n = newcombe({56, 70}, {48, 80});
    CHECK(d.value == Approx(0.2));
    CHECK(d.interval.low == Approx(n.low).epsilon(1e-12));
    CHECK(d.interval.high == Approx(n.high).epsilon(1e-12));
}

TEST_CASE("MOVER with contacted weights agrees with the stratified reference", "[stats]") {
    const json::value family = load("stratified_risk_difference");
    std::size_t checked = 0;
    for (const json::value& c : family.at("cases").as_array()) {
        if (!has(c, "mover_wilson_arm2_weights")) continue;
        std::vector<double> coefficients;
        std::vector<Estimate> parts;
        double contacted = 0;
        for (const json::value& s : c.at("strata").as_array())
            if (number(s.at(1)) > 0) contacted += number(s.at(3));
        for (const json::value& s : c.at("strata").as_array()) {
            const double x1 = number(s.at(0)), n1 = number(s.at(1)), x2 = number(s.at(2)),
                         n2 = number(s.at(3));
            if (!(n1 > 0) || !(n2 > 0)) continue;
            coefficients.insert(coefficients.end(), {n2 / contacted, -n2 / contacted});
            parts.push_back({x1 / n1, wilson(x1, n1, number(c, "level"))});
            parts.push_back({x2 / n2, wilson(x2, n2, number(c, "level"))});
        }
        const Estimate m = mover_sum(coefficients, parts);
        INFO(text(c));
        CHECK(close(m.value, number(c.at("mover_wilson_arm2_weights"), "est"), 0, 1e-10));
        CHECK(close(m.interval, c.at("mover_wilson_arm2_weights").at("ci"), 0, 1e-10));
        ++checked;
    }
    CHECK(checked >= 10);
}

TEST_CASE("a difference in differences takes away what happened elsewhere too", "[stats]") {
    const Estimate before{0.06, {0.02, 0.11}}, after{0.10, {0.05, 0.16}};
    const Estimate other_before{0.05, {0.03, 0.08}}, other_after{0.07, {0.04, 0.09}};
    const Estimate d = difference_in_differences(before, after, other_before, other_after);
    CHECK(d.value == Approx(0.02));
    // low: after down .05, before up .05, other_after up .02, other_before down .02; high: .06 .04 .03 .03
    CHECK(d.interval.low ==
          Approx(0.02 - std::sqrt(.05 * .05 + .05 * .05 + .02 * .02 + .02 * .02)).epsilon(1e-12));
    CHECK(d.interval.high ==
          Approx(0.02 + std::sqrt(.06 * .06 + .04 * .04 + .03 * .03 + .03 * .03)).epsilon(1e-12));
    // It is the difference of the two differences.
    const Estimate twice =
        mover_difference(mover_difference(after, before), mover_difference(other_after, other_before));
    CHECK(d.interval.low == Approx(twice.interval.low).epsilon(1e-12));
    CHECK(d.interval.high == Approx(twice.interval.high).epsilon(1e-12));
    CHECK(std::isnan(mover_difference(before, {0.1, {kNaN, kNaN}}).interval.low));
    CHECK(std::isnan(mover_sum({}, {}).value));
}
