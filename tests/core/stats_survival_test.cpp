// Time to first contact (survival.json, from R's survival and survRM2, and SAS).
#include "core/stats/survival.hpp"

#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "core/stats/difference.hpp"
#include "core/stats/distribution.hpp"
#include "stats_cases.hpp"

using namespace preempt::stats;
using namespace stats_cases;

namespace {

std::vector<FollowUp> follow_up(const json::value& c, const char* arm_field, int arm) {
    const std::vector<double> time = numbers(c, "time"), status = numbers(c, "status"),
                              arms = numbers(c, arm_field);
    std::map<double, FollowUp> steps;
    for (std::size_t i = 0; i < time.size(); ++i) {
        if (static_cast<int>(arms[i]) != arm) continue;
        FollowUp& f = steps[time[i]];
        f.time = time[i];
        (status[i] != 0 ? f.events : f.censored) += 1;
    }
    std::vector<FollowUp> result;
    for (const auto& [at, f] : steps)
        result.push_back(f);
    return result;
}

std::vector<SurvivalPoint> curve(const json::value& c, const char* arm_field, int arm) {
    return kaplan_meier(follow_up(c, arm_field, arm));
}

} // namespace

TEST_CASE("Kaplan-Meier with Greenwood and log-log intervals agrees with R on the leukaemia data",
          "[stats]") {
    const json::value family = load("survival");
    const json::value& gehan = family.at("cases").at("gehan");
    for (const auto& [name, arm] : {std::pair{"km_6mp_loglog", 1}, std::pair{"km_control_loglog", 0}}) {
        const json::value& expected = gehan.at(name);
        const std::vector<SurvivalPoint> points = curve(gehan, "arm", arm);
        REQUIRE(points.size() == expected.at("time").as_array().size());
        for (std::size_t i = 0; i < points.size(); ++i) {
            const SurvivalPoint& p = points[i];
            CAPTURE(name, p.time);
            CHECK(p.time == number(expected.at("time").at(i)));
            CHECK(p.at_risk == number(expected.at("n_risk").at(i)));
            CHECK(p.events == number(expected.at("n_event").at(i)));
            CHECK(p.censored == number(expected.at("n_censor").at(i)));
            CHECK(close(p.survival, number(expected.at("surv").at(i)), 1e-9));
            CHECK(close(p.standard_error, number(expected.at("std_err_surv").at(i)), 1e-9));
            CHECK(close(p.interval.low, number(expected.at("lower").at(i)), 1e-9));
            CHECK(close(p.interval.high, number(expected.at("upper").at(i)), 1e-9));
        }
        CHECK(median_time(points) == number(expected, "median"));
    }
    // printed in the literature, three digits and four
    const json::value& printed = gehan.at("published").at("km_6mp");
    const std::vector<SurvivalPoint> points = curve(gehan, "arm", 1);
    for (std::size_t i = 0; i < printed.at("time").as_array().size(); ++i)
        for (const SurvivalPoint& p : points)
            if (p.time == number(printed.at("time").at(i))) {
                CHECK(close(p.survival, number(printed.at("surv").at(i)), 0, half_unit(3)));
                CHECK(close(p.standard_error, number(printed.at("se").at(i)), 0, half_unit(4)));
            }
}

TEST_CASE("the log-rank test agrees with R", "[stats]") {
    const json::value family = load("survival");
    for (const char* name : {"gehan", "camis_lung"}) {
        const json::value& c = family.at("cases").at(name);
        const LogRank test = log_rank(curve(c, "arm", 1), curve(c, "arm", 0));
        CAPTURE(name);
        CHECK(close(test.chi_square, number(c.at("logrank"), "chi2"), 1e-9));
        CHECK(close(test.p, chi_square_upper_tail(test.chi_square, 1), 1e-15));
        if (has(c.at("logrank"), "obs")) {
            CHECK(test.observed_holdout == number(c.at("logrank").at("obs").at(0)));
            CHECK(close(test.expected_holdout, number(c.at("logrank").at("exp").at(0)), 1e-9));
            CHECK(close(test.variance, number(c.at("logrank"), "var"), 1e-9));
        }
    }
    const json::value& gehan = family.at("cases").at("gehan");
    CHECK(close(log_rank(curve(gehan, "arm", 1), curve(gehan, "arm", 0)).chi_square,
                number(gehan.at("published"), "logrank_chi2"), 0, half_unit(2)));
    // Either arm may be named first.
    CHECK(log_rank(curve(gehan, "arm", 0), curve(gehan, "arm", 1)).chi_square ==
          Approx(log_rank(curve(gehan, "arm", 1), curve(gehan, "arm", 0)).chi_square).epsilon(1e-12));
}

TEST_CASE("mean contact-free time agrees with survRM2 and SAS", "[stats]") {
    const json::value family = load("survival");
    std::size_t checked = 0;
    for (const char* name : {"gehan", "camis_lung", "survRM2_pbc"}) {
        const json::value& c = family.at("cases").at(name);
        const json::value& expected = c.at("rmst");
        const double tau = number(expected, "tau");
        const std::vector<SurvivalPoint> one = curve(c, "arm", 1), zero = curve(c, "arm", 0);
        const RestrictedMean a = restricted_mean(one, tau), b = restricted_mean(zero, tau);
        CAPTURE(name);
        CHECK(close(a.mean, number(expected.at("rmst1").at(0)), 1e-9));
        CHECK(close(std::sqrt(a.variance), number(expected.at("rmst1").at(1)), 1e-9));
        CHECK(close(b.mean, number(expected.at("rmst0").at(0)), 1e-9));
        CHECK(close(std::sqrt(b.variance), number(expected.at("rmst0").at(1)), 1e-9));
        const RestrictedMeanDifference d = restricted_mean_gain(zero, one, tau); // arm 1 as the contacted
        CHECK(close(d.estimate, number(expected.at("diff").at(0)), 1e-9));
        CHECK(close(d.interval.low, number(expected.at("diff").at(1)), 1e-9));
        CHECK(close(d.interval.high, number(expected.at("diff").at(2)), 1e-9));
        CHECK(close(d.p, number(expected.at("diff").at(3)), 1e-9));
        // the ratios of the means and of the times lost, from the same means and variances
        const auto ratio = [&](double x, double y, const json::value& r) {
            const double se = std::sqrt(a.variance / (x * x) + b.variance / (y * y)),
                         z = critical_value(0.95);
            CHECK(close(x / y, number(r.at(0)), 1e-9));
            CHECK(close(x / y * std::exp(-z * se), number(r.at(1)), 1e-9));
            CHECK(close(x / y * std::exp(z * se), number(r.at(2)), 1e-9));
            CHECK(close(2 * normal_upper_tail(std::abs(std::log(x / y)) / se), number(r.at(3)), 1e-8));
        };
        ratio(a.mean, b.mean, expected.at("ratio"));
        ratio(tau - a.mean, tau - b.mean, expected.at("rmtl_ratio"));
        if (has(c, "published_sas")) {
            const json::value& sas = c.at("published_sas");
            CHECK(close(a.mean, number(sas, "rmst_arm1"), 0, half_unit(4)));
            CHECK(close(b.mean, number(sas, "rmst_arm0"), 0, half_unit(4)));
            CHECK(close(d.estimate, number(sas, "diff"), 0, half_unit(4)));
            CHECK(close(d.standard_error, number(sas, "se_diff"), 0, half_unit(4)));
            CHECK(close(d.p, number(sas, "p"), 0, half_unit(4)));
        }
        ++checked;
    }
    CHECK(checked == 3);
}

TEST_CASE("contact probability within a window counts unfinished windows for as long as they were seen",
          "[stats]") {
    const json::value family = load("survival");
    const json::value& c = family.at("cases").at("attribution_window");
    const std::vector<SurvivalPoint> contacted = curve(c, "holdout", 0), holdout = curve(c, "holdout", 1);
    const std::vector<double> windows = numbers(c, "windows");
    const json::value& expected = c.at("km_contact_prob");
    for (std::size_t i = 0; i < windows.size(); ++i) {
        CAPTURE(windows[i]);
        const WindowProbability t = event_probability(contacted, windows[i]),
                                h = event_probability(holdout, windows[i]);
        CHECK(close(t.probability, number(expected.at("contacted").at(i)), 1e-9));
        CHECK(close(t.standard_error, number(expected.at("se_contacted").at(i)), 1e-9));
        CHECK(close(h.probability, number(expected.at("holdout").at(i)), 1e-9));
        CHECK(close(h.standard_error, number(expected.at("se_holdout").at(i)), 1e-9));
        CHECK(t.complete);
        CHECK(h.complete);
    }
    const std::vector<WindowDifference> d = difference_over_windows(holdout, contacted, windows);
    REQUIRE(d.size() == 3);
    for (std::size_t i = 0; i < d.size(); ++i) {
        CHECK(d[i].window == windows[i]);
        CHECK(d[i].estimate == Approx(d[i].holdout - d[i].contacted));
        CHECK(d[i].interval.low < d[i].estimate);
        CHECK(d[i].interval.high > d[i].estimate);
        // close to the normal interval by Greenwood, with this many accounts
        const double se =
            std::hypot(number(expected.at("se_contacted").at(i)), number(expected.at("se_holdout").at(i)));
        CHECK((d[i].interval.high - d[i].interval.low) / (2 * 1.96 * se) == Approx(1).margin(0.1));
    }
}

TEST_CASE("with all windows complete, the curve over windows is the fixed-window result at every window",
          "[stats]") {
    // 100 held out, 400 contacted, all seen for 28 days; events on days 3, 9 and 20.
    const std::vector<FollowUp> h{{3, 10, 0}, {9, 12, 0}, {20, 4, 0}, {28, 0, 74}};
    const std::vector<FollowUp> t{{3, 20, 0}, {9, 28, 0}, {20, 30, 0}, {28, 0, 322}};
    const std::vector<double> windows{7, 14, 28};
    const std::vector<WindowDifference> d =
        difference_over_windows(kaplan_meier(h), kaplan_meier(t), windows);
    const std::pair<Arm, Arm> fixed[] = {
        {{10, 100}, {20, 400}}, {{22, 100}, {48, 400}}, {{26, 100}, {78, 400}}};
    for (std::size_t i = 0; i < 3; ++i) {
        const Interval mn = miettinen_nurminen(fixed[i].first, fixed[i].second);
        CHECK(close(d[i].interval.low, mn.low, 1e-9));
        CHECK(close(d[i].interval.high, mn.high, 1e-9));
    }
    const std::vector<WindowDifference> clustered =
        difference_over_windows(kaplan_meier(h), kaplan_meier(t), windows, 0.95, 2.0);
    CHECK(clustered[0].interval.low < d[0].interval.low);
}

TEST_CASE("the window's end is outside, as everywhere", "[stats]") {
    const std::vector<FollowUp> f{{7, 1, 0}, {10, 0, 9}};
    CHECK(event_probability(kaplan_meier(f), 7).probability == 0);
    CHECK(event_probability(kaplan_meier(f), 7.5).probability == Approx(0.1));
}

TEST_CASE("windows longer than anyone was seen, curves without events, and curves that end at 0", "[stats]") {
    const std::vector<SurvivalPoint> quiet = kaplan_meier(std::vector<FollowUp>{{5, 0, 3}, {10, 0, 17}});
    CHECK(quiet.back().survival == 1);
    CHECK(quiet.back().interval.high == 1);
    CHECK(quiet.back().interval.low < 0.9); // 0 of 17 is not "certainly none"
    const WindowProbability p = event_probability(quiet, 8);
    CHECK(p.probability == 0);
    CHECK(p.effective.total == 17);
    CHECK(p.effective.events == 0);
    CHECK(p.complete);
    CHECK_FALSE(event_probability(quiet, 11).complete);
    CHECK(std::isnan(restricted_mean(quiet, 11).mean));
    CHECK(restricted_mean(quiet, 10).mean == 10);
    CHECK(restricted_mean(quiet, 10).variance == 0);

    const std::vector<SurvivalPoint> all = kaplan_meier(std::vector<FollowUp>{{1, 2, 0}, {2, 2, 0}});
    CHECK(all.back().survival == 0);
    CHECK(event_probability(all, 5).probability == 1);
    CHECK(event_probability(all, 5).complete);
    CHECK(event_probability(all, 5).effective.total == 2);
    CHECK(restricted_mean(all, 5).mean == Approx(1.5));

    CHECK(kaplan_meier({}).empty());
    CHECK(kaplan_meier(std::vector<FollowUp>{{2, 1, 0}, {1, 1, 0}}).empty());
    CHECK(kaplan_meier(std::vector<FollowUp>{{2, -1, 0}}).empty());
    CHECK(std::isnan(event_probability({}, 7).probability));
    CHECK(std::isnan(median_time(quiet)));
    CHECK(std::isnan(log_rank(quiet, quiet).chi_square));
    const std::vector<double> eleven{11};
    CHECK(std::isnan(difference_over_windows(quiet, all, eleven)[0].estimate));
}
