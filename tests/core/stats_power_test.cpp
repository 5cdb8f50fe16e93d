// Planning a holdout (power.json and the table of metrics 3.3).
#include "core/stats/power.hpp"

#include <cmath>

#include "stats_cases.hpp"

using namespace preempt::stats;
using namespace stats_cases;

TEST_CASE("sample size, power and minimum detectable effect agree with R and G*Power", "[stats]") {
    const json::value family = load("power");
    std::size_t checked = 0;
    for (const json::value& c : family.at("cases").as_array()) {
        INFO(text(c));
        const std::string id = text(c, "id");
        if (id == "equal_n") {
            const double level = 1 - number(c, "alpha");
            const SampleSize n = sample_size(number(c, "p1"), number(c, "p2"), 1, level, number(c, "power"));
            // power.prop.test solves for one tail; so does Fleiss
            CHECK(close(n.holdout, number(c, "n_per_arm"), 1e-8));
            // "strict" counts both tails, as power() does
            CHECK(close(power(number(c, "p1"), number(c, "p2"), number(c, "n_per_arm_strict"),
                              number(c, "n_per_arm_strict"), level),
                        number(c, "power"), 1e-8));
            ++checked;
        } else if (id == "unequal") {
            const SampleSize n = sample_size(number(c, "p_holdout"), number(c, "p_contacted"),
                                             number(c, "ratio_holdout_to_contacted"), 1 - number(c, "alpha"),
                                             number(c, "power"));
            const json::value& expected = c.at("fleiss_pooled_null");
            CHECK(close(n.holdout, number(expected, "n_holdout"), 1e-8));
            CHECK(close(n.contacted, number(expected, "n_contacted"), 1e-8));
            ++checked;
        } else if (id == "mde_reduction") {
            const double p = number(c, "p_holdout"), nh = number(c, "n_holdout"),
                         nt = number(c, "n_contacted");
            const double level = 1 - number(c, "alpha");
            const auto drop = minimum_detectable_drop(p, nh, nt, level, number(c, "power"));
            REQUIRE(drop.has_value() == has(c, "mde"));
            if (drop) CHECK(close(*drop, number(c, "mde"), 1e-8));
            if (has(c, "power_at_20pct_relative"))
                CHECK(close(power(p, 0.8 * p, nh, nt, level), number(c, "power_at_20pct_relative"), 1e-8));
            ++checked;
        } else if (id == "gpower_binomial_small" || id == "gpower_alpha14_p67") {
            const double p = number(c, "baseline");
            const SampleSize n =
                sample_size(p, p + number(c, "mde"), 1, 1 - number(c, "alpha"), number(c, "power"));
            CHECK(close(n.total(), number(c, "n_total"), number(c, "rtol")));
            ++checked;
        } else if (id == "gpower_achieved_binomial") {
            const double variance = number(c, "variance");
            const double p = (1 - std::sqrt(1 - 4 * variance)) / 2; // p (1 - p) = variance
            const double achieved =
                power(p, p + number(c, "mde"), number(c, "n1"), number(c, "n2"), 1 - number(c, "alpha"));
            CHECK(close(achieved, number(c, "power"), number(c, "rtol")));
            ++checked;
        } else if (id == "cluster_deff") {
            // A design effect multiplies the size needed and, to first order, the detectable drop by its
            // root.
            const double deff = number(c, "deff");
            CHECK(1 + (number(c, "m") - 1) * number(c, "icc") == Approx(deff).epsilon(1e-12));
            const SampleSize plain = sample_size(0.2, 0.17, 0.25);
            const SampleSize clustered = sample_size(0.2, 0.17, 0.25, 0.95, 0.8, deff);
            CHECK(close(clustered.holdout, plain.holdout * deff, 1e-12));
            const double small = *minimum_detectable_drop(0.2, 5e6, 5e7);
            const double wide = *minimum_detectable_drop(0.2, 5e6, 5e7, 0.95, 0.8, deff);
            CHECK(close(wide, small * std::sqrt(deff), 1e-3));
            ++checked;
        }
    }
    CHECK(checked == family.at("cases").as_array().size());
}

TEST_CASE("the customers needed, as the specification prints them", "[stats]") {
    struct Row {
        double baseline, drop, half, fifth, tenth;
    };
    for (const Row& r :
         {Row{.03, .50, 3067, 4376, 7498}, Row{.03, .25, 14264, 21510, 37751},
          Row{.05, .50, 1811, 2587, 4434}, Row{.05, .25, 8404, 12681, 22259}, Row{.10, .50, 869, 1245, 2136},
          Row{.10, .25, 4008, 6058, 10640}, Row{.20, .50, 398, 574, 987}, Row{.20, .25, 1811, 2747, 4831},
          Row{.40, .50, 162, 238, 412}, Row{.40, .25, 712, 1091, 1925}}) {
        const double p = r.baseline, q = r.baseline * (1 - r.drop);
        CAPTURE(p, q);
        CHECK(close(sample_size(p, q, 1).total(), r.half, 0.005, 2));
        CHECK(close(sample_size(p, q, 0.25).total(), r.fifth, 0.005, 2));
        CHECK(close(sample_size(p, q, 1.0 / 9).total(), r.tenth, 0.005, 2));
    }
}

TEST_CASE("a holdout of 60 at a 35% contact rate can see nothing smaller than 16 points", "[stats]") {
    const auto drop = minimum_detectable_drop(0.35, 60, 540);
    REQUIRE(drop);
    CHECK(*drop == Approx(0.161).margin(0.001));
    CHECK(power(0.35, 0.35 - *drop, 60, 540) == Approx(0.8).epsilon(1e-10));
}

TEST_CASE("a drop that even silence would not show is not reachable", "[stats]") {
    CHECK_FALSE(minimum_detectable_drop(0.05, 20, 180));
    CHECK_FALSE(minimum_detectable_drop(0.0, 2000, 18000));
    CHECK_FALSE(minimum_detectable_drop(0.2, 0, 100));
    CHECK_FALSE(minimum_detectable_drop(kNaN, 100, 100));
    CHECK(minimum_detectable_drop(0.05, 2000, 18000));
}

TEST_CASE("sizes and power outside their domain", "[stats]") {
    CHECK(std::isinf(sample_size(0.2, 0.2, 1).total()));
    CHECK(std::isnan(sample_size(1.2, 0.2, 1).total()));
    CHECK(std::isnan(sample_size(0.3, 0.2, 0).total()));
    CHECK(std::isnan(sample_size(0.3, 0.2, 1, 0.95, 1.0).total()));
    CHECK(std::isnan(power(0.2, 0.1, 0, 100)));
    CHECK(power(0.2, 0.2, 100, 100) ==
          Approx(0.05).epsilon(1e-10)); // no difference: the test's own error rate
    CHECK(power(1, 0, 100, 100) == 1);
}
