// Repeated outreach to the same account (cluster_ratio.json).
#include "core/stats/cluster.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "core/stats/difference.hpp"
#include "stats_cases.hpp"

using namespace preempt::stats;
using namespace stats_cases;

namespace {

ClusterSums sums_of(const json::value& c, const char* arm) {
    ClusterSums s{};
    for (const json::value& a : c.at("accounts").as_array()) {
        if (text(a, "arm") != arm) continue;
        const double y = number(a, "contacts"), m = number(a, "outreaches");
        s.units += 1;
        s.sum_y += y;
        s.sum_m += m;
        s.sum_yy += y * y;
        s.sum_ym += y * m;
        s.sum_mm += m * m;
    }
    return s;
}

} // namespace

TEST_CASE("delta variance, Welch degrees of freedom and intervals by account agree with R", "[stats]") {
    const json::value family = load("cluster_ratio");
    for (const json::value& c : family.at("cases").as_array()) {
        INFO(text(c, "id"));
        const ClusterSums holdout = sums_of(c, "holdout"), contacted = sums_of(c, "contacted");
        for (const auto& [name, sums] : {std::pair{"holdout", holdout}, std::pair{"contacted", contacted}}) {
            const json::value& expected = c.at(name);
            CAPTURE(name);
            CHECK(sums.units == number(expected, "clusters"));
            CHECK(close(cluster_rate(sums).rate, number(expected, "rate"), 1e-10));
            CHECK(close(std::sqrt(cluster_rate(sums).variance), number(expected, "se_delta"), 1e-10));
            CHECK(close(arm_design_effect(sums), number(expected, "deff"), 1e-10));
        }
        const ClusterDifference d = cluster_difference(holdout, contacted);
        CHECK(close(d.estimate, number(c, "diff"), 1e-10, 1e-12));
        CHECK(close(d.standard_error, number(c, "se_delta"), 1e-10));
        CHECK(close(d.degrees_of_freedom, number(c, "df_welch"), 1e-10));
        CHECK(close(d.interval, c.at("ci_t"), 1e-10, 1e-10));
        CHECK(close(d.normal_interval, c.at("ci_z"), 1e-10, 1e-10));
        // CR0 of the sandwich = delta with divisor k instead of k - 1 in each arm
        const double cr0 =
            std::sqrt(cluster_rate(holdout).variance * (holdout.units - 1) / holdout.units +
                      cluster_rate(contacted).variance * (contacted.units - 1) / contacted.units);
        CHECK(close(cr0, number(c.at("cluster_sandwich"), "CR0"), 1e-10));
        // the count that the difference stands for
        CHECK(close(d.estimate * contacted.sum_m, number(c.at("prevented"), "estimate"), 1e-10, 1e-10));
        CHECK(
            close(d.normal_interval.low * contacted.sum_m, number(c.at("prevented").at("ci_z").at(0)), 1e-9));
    }
}

TEST_CASE("effective counts inside Miettinen-Nurminen agree with the reference", "[stats]") {
    const json::value family = load("cluster_ratio");
    const json::value& cases = family.at("effective_sample_size").at("cases");
    std::size_t checked = 0;
    for (const json::value& c : cases.as_array()) {
        INFO(text(c));
        const std::vector<double> e = numbers(c, "effective");
        const std::vector<double> deff = numbers(c, "deff_used");
        // the arms before deflation, through effective()
        const Arm holdout = effective({e[0] * deff[0], e[1] * deff[0]}, deff[0]);
        const Arm contacted = effective({e[2] * deff[1], e[3] * deff[1]}, deff[1]);
        CHECK(close(miettinen_nurminen(holdout, contacted), c.at("mn_effective_ci"), 0, 1e-10));
        CHECK(close(miettinen_nurminen({e[0] * deff[0], e[1] * deff[0]}, {e[2] * deff[1], e[3] * deff[1]}),
                    c.at("mn_ignoring_clusters_ci"), 0, 1e-10));
        for (const json::value& base : family.at("cases").as_array()) {
            if (text(base, "id") != text(c, "id")) continue;
            CHECK(close(arm_design_effect(sums_of(base, "holdout")), number(c, "deff_holdout"), 1e-10));
            CHECK(close(arm_design_effect(sums_of(base, "contacted")), number(c, "deff_contacted"), 1e-10));
        }
        ++checked;
    }
    CHECK(checked == 4);
}

TEST_CASE("a clustered Wilson interval is Wilson on effective counts (Liang 1992)", "[stats]") {
    const json::value family = load("cluster_ratio");
    const json::value& c = family.at("effective_sample_size").as_object().contains("published")
                               ? family.at("effective_sample_size").at("published")
                               : family.at("published");
    double x = 0, n = 0;
    for (const double v : numbers(c, "x_per_cluster"))
        x += v;
    for (const double v : numbers(c, "n_per_cluster"))
        n += v;
    const Arm e = effective({x, n}, number(c.at("recomputed"), "xihat"));
    CHECK(close(wilson(e.events, e.total), c.at("recomputed").at("wilson"), 1e-9));
    const Arm printed = effective({x, n}, number(c, "xihat"));
    CHECK(close(wilson(printed.events, printed.total), c.at("wilson_clustered"), 0, half_unit(3)));
}

TEST_CASE("the pooled design effect is the arms' effects weighted by n r (1 - r), never below 1", "[stats]") {
    const json::value family = load("cluster_ratio");
    for (const json::value& c : family.at("cases").as_array()) {
        const ClusterSums arms[] = {sums_of(c, "holdout"), sums_of(c, "contacted")};
        INFO(text(c, "id"));
        double weighted = 0, weights = 0;
        for (const ClusterSums& a : arms) {
            const double r = a.sum_y / a.sum_m, w = a.sum_m * r * (1 - r);
            weighted += w * arm_design_effect(a);
            weights += w;
        }
        const bool single = arms[0].sum_mm == arms[0].units && arms[1].sum_mm == arms[1].units;
        const double expected = single ? 1.0 : std::max(1.0, weighted / weights);
        CHECK(close(design_effect(arms), expected, 1e-12));
    }
}

TEST_CASE("the design effect is 1 when every account has one episode", "[stats]") {
    const ClusterSums one_each{50, 20, 50, 20, 20, 50};
    CHECK(design_effect(std::span(&one_each, 1)) == 1);
    CHECK(arm_design_effect(one_each) > 1); // k/(k-1): what the definition sets aside
}

TEST_CASE("accounts that always or never make contact, two episodes each, are worth half their episodes",
          "[stats]") {
    // 40 accounts, 2 episodes each; 10 contact both times, 30 never: deff = 2 k/(k-1).
    const ClusterSums s{40, 20, 80, 40, 40, 160};
    CHECK(arm_design_effect(s) == Approx(2.0 * 40 / 39).epsilon(1e-12));
    CHECK(design_effect(std::span(&s, 1)) == Approx(2.0 * 40 / 39).epsilon(1e-12));
    // An arm with no contacts, or a single account, has nothing to say and takes the others' effect.
    const ClusterSums arms[] = {s, {12, 0, 25, 0, 0, 61}, {1, 2, 3, 4, 6, 9}, {0, 0, 0, 0, 0, 0}};
    CHECK(design_effect(arms) == Approx(2.0 * 40 / 39).epsilon(1e-12));
    CHECK(design_effect({}) == 1);
    CHECK(std::isnan(arm_design_effect(arms[1])));
    CHECK(std::isnan(arm_design_effect(arms[2])));
    CHECK(std::isnan(cluster_difference(arms[0], arms[2]).standard_error));
    CHECK(std::isnan(cluster_difference(arms[0], arms[3]).estimate));
}

TEST_CASE("a design effect below 1 or unknown does not inflate the counts", "[stats]") {
    CHECK(effective({3, 10}, 0.5).total == 10);
    CHECK(effective({3, 10}, kNaN).total == 10);
    CHECK(effective({3, 10}, 2).total == 5);
    CHECK(effective({3, 10}, 2).events == 1.5);
}
