// Segments and shrinkage (shrinkage.json, from metafor).
#include "core/stats/shrinkage.hpp"

#include <cmath>
#include <vector>

#include "core/stats/sequential.hpp"
#include "stats_cases.hpp"

using namespace preempt::stats;
using namespace stats_cases;

namespace {

void check(const RandomEffects& r, const json::value& expected, double relative, double tau_squared) {
    CHECK(close(r.mean, number(expected, "est"), relative));
    CHECK(close(r.standard_error, number(expected, "se"), relative));
    CHECK(close(r.interval, expected.at("ci"), relative));
    CHECK(close(r.tau_squared, number(expected, "tau2"), 0, tau_squared));
    CHECK(close(r.q, number(expected, "Q"), 1e-10));
    CHECK(close(r.q_p, number(expected, "Qp"), 1e-9));
    if (!has(expected, "blup")) return;
    const std::vector<double> blup = numbers(expected, "blup"), se = numbers(expected, "blup_se");
    REQUIRE(r.shrunken.size() == blup.size());
    for (std::size_t i = 0; i < blup.size(); ++i) {
        CHECK(close(r.shrunken[i], blup[i], relative, 5 * tau_squared)); // one lies near 0
        CHECK(close(r.shrunken_standard_error[i], se[i], relative));
    }
}

} // namespace

TEST_CASE("common effect, DerSimonian-Laird, Paule-Mandel, Knapp-Hartung and BLUPs agree with metafor",
          "[stats]") {
    const json::value family = load("shrinkage");
    std::size_t checked = 0;
    for (const json::value& c : family.at("cases").as_array()) {
        INFO(text(c, "id"));
        const std::vector<double> y = numbers(c, "yi"), v = numbers(c, "vi");
        check(common_effect(y, v), c.at("FE"), 1e-10, 0);
        check(dersimonian_laird(y, v), c.at("DL"), 1e-10, 1e-10);
        // I^2 by Q, the same whatever the estimate of tau^2; the reference has its Paule-Mandel row by tau^2
        CHECK(close(100 * dersimonian_laird(y, v).i_squared, number(c.at("DL"), "I2"), 1e-10));
        // The reference stops its search for tau^2 1e-5 short (put into the equation, its value gives 11.9976
        // where 12 is asked); everything that follows from tau^2 is compared to what that allows. The next
        // test is exact.
        const RandomEffects pm = paule_mandel(y, v);
        check(pm, c.at("PM"), 3e-4, 1e-5);
        CHECK(close(pm.knapp_hartung_standard_error, number(c.at("PM_knha"), "se"), 3e-4));
        CHECK(close(pm.knapp_hartung_interval, c.at("PM_knha").at("ci"), 3e-4));
        ++checked;
    }
    CHECK(checked == 2);
}

TEST_CASE("Paule-Mandel solves its equation, to 40-digit bisection", "[stats]") {
    const json::value family = load("shrinkage");
    const json::value& c = family.at("cases").at(0);
    const std::vector<double> y = numbers(c, "yi"), v = numbers(c, "vi");
    const RandomEffects r = paule_mandel(y, v);
    double q = 0;
    for (std::size_t i = 0; i < y.size(); ++i)
        q += (y[i] - r.mean) * (y[i] - r.mean) / (v[i] + r.tau_squared);
    CHECK(q == Approx(static_cast<double>(y.size()) - 1).epsilon(1e-10));
    CHECK(close(r.tau_squared, 0.03647855522897023, 1e-9)); // the data of the case have 15 digits
    CHECK(close(r.mean, 0.33800627031443124, 1e-9));
    CHECK(close(r.standard_error, 0.06214755804153245, 1e-9));
}

TEST_CASE("a segment without variance or estimate is left out and keeps its place", "[stats]") {
    const std::vector<double> y{0.1, kNaN, 0.3, 0.2, 0.05}, v{0.01, 0.01, 0, 0.02, 0.005};
    const RandomEffects r = paule_mandel(y, v);
    CHECK(r.segments == 3);
    CHECK(std::isnan(r.shrunken[1]));
    CHECK(std::isnan(r.shrunken[2]));
    CHECK_FALSE(std::isnan(r.shrunken[3]));
    const std::vector<double> y1{0.1}, v1{0.01};
    const RandomEffects one = paule_mandel(y1, v1);
    CHECK(one.tau_squared == 0);
    CHECK(one.mean == Approx(0.1));
    CHECK(std::isnan(one.q_p));
    CHECK(std::isnan(paule_mandel({}, {}).mean));
}
