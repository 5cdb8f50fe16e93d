// Counts over time, medians, and the adjustment by earlier contacts.

#include "core/stats/cuped.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/stats/distribution.hpp"
#include "core/stats/order.hpp"
#include "core/stats/poisson.hpp"
#include "stats_cases.hpp"

using namespace preempt::stats;
using namespace stats_cases;

TEST_CASE("the exact Poisson interval gives Garwood's table", "[stats]") {
    // Garwood 1936 / Ulm 1990, 95%, as reproduced in textbooks: 0: 0-3.689, 1: 0.025-5.572, 5: 1.623-11.668,
    // 10: 4.795-18.390, 100: 81.364-121.627.
    struct Row {
        double count, low, high;
    };
    for (const Row& r : {Row{0, 0, 3.689}, Row{1, 0.025, 5.572}, Row{5, 1.623, 11.668},
                         Row{10, 4.795, 18.390}, Row{100, 81.364, 121.627}}) {
        const Interval i = poisson_exact(r.count);
        CAPTURE(r.count, show(i));
        CHECK(close(i.low, r.low, 0, half_unit(3)));
        CHECK(close(i.high, r.high, 0, half_unit(3)));
    }
    CHECK(poisson_exact(0).high == Approx(-std::log(0.025)).epsilon(1e-13)); // exp(-high) = .025
    CHECK(poisson_exact(5, 10).high == Approx(poisson_exact(5).high / 10).epsilon(1e-14));
    CHECK(std::isnan(poisson_exact(-1).low));
    CHECK(std::isnan(poisson_exact(1, 0).low));
    CHECK(std::isnan(poisson_exact(1, 1, 1).low));
    CHECK(std::isnan(poisson_exact(kNaN).low));
}

TEST_CASE("ranks around the median are those of the sign-test tables", "[stats]") {
    // 95%: n = 6: 1 and 6 (96.9%); n = 10: 2 and 9 (97.9%); n = 20: 6 and 15 (95.9%); n = 100: 40 and 61
    // (96.5%).
    struct Row {
        std::size_t n, low, high;
        double coverage;
    };
    for (const Row& r :
         {Row{6, 1, 6, 0.969}, Row{10, 2, 9, 0.979}, Row{20, 6, 15, 0.959}, Row{100, 40, 61, 0.965}}) {
        const QuantileRanks ranks = quantile_ranks(r.n, 0.5);
        CAPTURE(r.n);
        CHECK(ranks.low == r.low);
        CHECK(ranks.high == r.high);
        CHECK(close(ranks.coverage, r.coverage, 0, half_unit(3)));
    }
    const QuantileRanks few = quantile_ranks(5, 0.5); // 5 values cannot give 95%
    CHECK(few.low == 0);
    CHECK(few.high == 6);
    CHECK(few.coverage == 1);
}

TEST_CASE("each tail of the ranks keeps to its half, and one step inwards would not", "[stats]") {
    for (const double q : {0.1, 0.5, 0.9})
        for (const std::size_t n : {1u, 2u, 17u, 50u, 333u, 5000u}) {
            const QuantileRanks r = quantile_ranks(n, q, 0.9);
            const double size = static_cast<double>(n);
            CAPTURE(n, q, r.low, r.high);
            CHECK(r.coverage >= 0.9 - 1e-12);
            if (r.low > 0) CHECK(binomial_at_most(double(r.low) - 1, size, q) <= 0.05);
            CHECK(binomial_at_most(double(r.low), size, q) > 0.05); // rank low + 1 would err too often
            if (r.high <= n) CHECK(binomial_at_least(double(r.high), size, q) <= 0.05);
            CHECK(binomial_at_least(double(r.high) - 1, size, q) > 0.05);
        }
}

TEST_CASE("quantiles and their intervals on values", "[stats]") {
    std::vector<double> v;
    for (int i = 1; i <= 20; ++i)
        v.push_back(10.0 * i);
    CHECK(quantile(v, 0.5) == 105);
    CHECK(quantile(v, 0) == 10);
    CHECK(quantile(v, 1) == 200);
    CHECK(quantile(v, 0.9) == Approx(181)); // R: quantile(10 * 1:20, .9)
    CHECK(quantile_interval(v, 0.5).low == 60);
    CHECK(quantile_interval(v, 0.5).high == 150);
    CHECK(quantile_interval(v, 0.99).high == kInfinity);
    CHECK(std::isnan(quantile({}, 0.5)));
    CHECK(std::isnan(quantile_interval({}, 0.5).low));
    CHECK(std::isnan(quantile_interval(v, 1.5).low));
}

TEST_CASE("the adjustment by earlier contacts agrees with the reference", "[stats]") {
    const json::value family = load("cluster_ratio");
    for (const json::value& c : family.at("cases").as_array()) {
        CupedSums arms[2]{};
        for (const json::value& a : c.at("accounts").as_array()) {
            CupedSums& s = arms[text(a, "arm") == "holdout" ? 0 : 1];
            const double y = number(a, "contacts"), m = number(a, "outreaches"), x = number(a, "pre_tickets");
            ClusterSums& o = s.outcome;
            o = {o.units + 1, o.sum_y + y, o.sum_m + m, o.sum_yy + y * y, o.sum_ym + y * m, o.sum_mm + m * m};
            s = {o, s.sum_x + x, s.sum_xx + x * x, s.sum_xy + x * y, s.sum_xm + x * m};
        }
        const CupedDifference d = cuped_difference(arms[0], arms[1]);
        const json::value& expected = c.at("cuped_ratio");
        INFO(text(c, "id") << json::serialize(expected));
        CAPTURE(d.theta, d.estimate, d.standard_error);
        CHECK(close(d.theta, number(expected, "theta"), 1e-10));
        CHECK(close(d.estimate, number(expected, "diff"), 1e-10, 1e-12));
        CHECK(close(d.standard_error, number(expected, "se"), 1e-10));
    }
}

TEST_CASE("earlier contacts that do not vary change nothing", "[stats]") {
    const ClusterSums h{10, 4, 12, 4, 5, 16}, t{40, 8, 50, 8, 11, 70};
    const CupedDifference d = cuped_difference({h, 20, 40, 8, 24}, {t, 80, 160, 16, 100}); // x = 2 everywhere
    CHECK(d.theta == 0);
    CHECK(d.estimate == Approx(4.0 / 12 - 8.0 / 50).epsilon(1e-13));
    CHECK(d.variance_reduction == Approx(0).margin(1e-15));
    CHECK(std::isnan(cuped_difference({}, {t, 80, 160, 16, 100}).estimate));
}

TEST_CASE("distributions never throw: out of domain is NaN, far tails are tails", "[stats]") {
    for (const double bad : {-0.1, 1.1, kNaN}) {
        CHECK(std::isnan(normal_quantile(bad)));
        CHECK(std::isnan(beta_quantile(bad, 1, 1)));
        CHECK(std::isnan(gamma_quantile(bad, 1)));
        CHECK(std::isnan(binomial_at_most(1, 3, bad)));
    }
    CHECK(normal_quantile(0) == -kInfinity);
    CHECK(normal_quantile(1) == kInfinity);
    CHECK(normal_upper_tail(10) == Approx(7.61985302416e-24).epsilon(1e-11));
    CHECK(normal_upper_tail(kInfinity) == 0);
    CHECK(std::isnan(normal_cdf(kNaN)));
    CHECK(critical_value(0.95) == Approx(1.959963984540054).epsilon(1e-14));
    CHECK(std::isnan(critical_value(1)));
    CHECK(chi_square_upper_tail(-1, 1) == 1);
    CHECK(chi_square_upper_tail(kInfinity, 1) == 0);
    CHECK(std::isnan(chi_square_upper_tail(1, 0)));
    // 2 degrees of freedom: exp(-x/2), so log10 p = -x / (2 ln 10) also where p underflows
    for (const double x : {1e-9, 0.5, 3.0, 700.0, 1e4, 1e9})
        CHECK(log10_chi_square_upper_tail(x, 2) == Approx(-x / 2 / std::log(10.0)).epsilon(1e-12));
    CHECK(student_t_critical_value(0.95, 4) == Approx(2.776445105).epsilon(1e-9));
    CHECK(student_t_two_sided_p(2.776445105, 4) == Approx(0.05).epsilon(1e-8));
    CHECK(student_t_two_sided_p(kInfinity, 4) == 0);
    CHECK(std::isnan(student_t_critical_value(0.95, 0)));
    CHECK(std::isnan(log_gamma(-1)));
    CHECK(binomial_at_least(0, 5, 0.2) == 1);
    CHECK(binomial_at_most(5, 5, 0.2) == 1);
    CHECK(binomial_at_most(2, 4, 0.5) + binomial_at_least(3, 4, 0.5) == Approx(1).epsilon(1e-15));
}
