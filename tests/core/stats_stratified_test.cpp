// Strata: the contacted-weighted difference, Mantel-Haenszel with Sato and Klingenberg, the CMH test
// (stratified_risk_difference.json).
#include "core/stats/stratified.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "core/stats/cluster.hpp"
#include "core/stats/difference.hpp"
#include "core/stats/relative.hpp"
#include "stats_cases.hpp"

using namespace preempt::stats;
using namespace stats_cases;

namespace {

std::vector<Stratum> strata_of(const json::value& c) {
    std::vector<Stratum> result;
    for (const json::value& s : c.at("strata").as_array())
        result.push_back({{number(s.at(0)), number(s.at(1))}, {number(s.at(2)), number(s.at(3))}});
    return result;
}

// "computed: abs 1e-10"; counts are differences times contacted accounts, so the tolerance is too.
constexpr double kAbsolute = 1e-10;

std::vector<double> mantel_haenszel_weights(const std::vector<Stratum>& strata) {
    std::vector<double> result;
    for (const Stratum& s : strata)
        result.push_back(s.holdout.total * s.contacted.total / (s.holdout.total + s.contacted.total));
    return result;
}

} // namespace

TEST_CASE("the contacted-weighted score interval and its prevented count agree with 45-digit arithmetic",
          "[stats]") {
    const json::value family = load("stratified_risk_difference");
    std::size_t checked = 0;
    for (const json::value& c : family.at("cases").as_array()) {
        const std::vector<Stratum> strata = strata_of(c);
        const double level = number(c, "level");
        INFO(text(c));
        const StratifiedDifference d = contacted_weighted_difference(strata, level);
        CAPTURE(d.estimate, show(d.interval));
        const json::value& expected = c.at("mn_stratified_arm2_weights");
        CHECK(close(d.estimate, number(expected, "est"), 0, kAbsolute));
        CHECK(close(d.interval, expected.at("ci"), 0, kAbsolute));
        const json::value& count = c.at("prevented_count_arm2");
        CHECK(d.contacted_covered == number(count, "n_arm2_covered"));
        CHECK(d.contacted_uncovered == number(count, "n_arm2_not_covered"));
        CHECK(close(d.prevented, number(count, "prevented"), 1e-12, kAbsolute * d.contacted_covered));
        CHECK(close(d.prevented_interval, count.at("ci_from_mn_stratified_arm2"), 1e-12,
                    kAbsolute * d.contacted_covered));
        ++checked;
    }
    CHECK(checked == 11);
}

TEST_CASE("Mantel-Haenszel, Sato, Klingenberg and the CMH test agree with 45-digit arithmetic", "[stats]") {
    const json::value family = load("stratified_risk_difference");
    for (const json::value& c : family.at("cases").as_array()) {
        const std::vector<Stratum> strata = strata_of(c);
        const double level = number(c, "level");
        INFO(text(c));
        const MantelHaenszel mh = mantel_haenszel_difference(strata, level);
        CHECK(close(mh.estimate, number(c, "rd_mh"), 1e-11, 1e-14));
        CHECK(close(mh.sum_weight, number(c, "sum_w"), 1e-12));
        CHECK(close(mh.sum_p, number(c, "sum_P"), 1e-9, kAbsolute));
        CHECK(close(mh.sum_q, number(c, "sum_Q"), 1e-11, kAbsolute));
        CHECK(close(mh.standard_error, number(c, "se_sato"), 1e-10));
        CHECK(close(mh.sato, c.at("ci_sato"), 0, kAbsolute));
        CHECK(close(mh.klingenberg, c.at("ci_klingenberg"), 0, kAbsolute));
        if (has(c, "cmh_no_cc")) {
            const ChiSquareTest test = cochran_mantel_haenszel(strata);
            CHECK(close(test.chi_square, number(c.at("cmh_no_cc"), "chi2"), 1e-10));
            CHECK(close(test.p, number(c.at("cmh_no_cc"), "p"), 1e-10));
        }
        if (has(c, "mn_stratified_mh_weights")) {
            const WeightedDifference d =
                weighted_score_difference(strata, mantel_haenszel_weights(strata), level);
            CHECK(close(d.estimate, number(c.at("mn_stratified_mh_weights"), "est"), 0, kAbsolute));
            CHECK(close(d.interval, c.at("mn_stratified_mh_weights").at("ci"), 0, kAbsolute));
        }
    }
}

TEST_CASE("the printed stratified results of SAS, tern and others are reproduced", "[stats]") {
    const json::value family = load("stratified_risk_difference");
    std::size_t checked = 0;
    for (const json::value& c : family.at("cases").as_array()) {
        if (!has(c, "published")) continue;
        INFO(text(c));
        const json::value& printed = c.at("published");
        const MantelHaenszel mh = mantel_haenszel_difference(strata_of(c), number(c, "level"));
        const double absolute = has(printed, "digits") ? half_unit(number(printed, "digits")) : half_unit(7);
        if (has(printed, "rd_mh")) CHECK(close(mh.estimate, number(printed, "rd_mh"), 0, absolute));
        if (has(printed, "se_sato")) CHECK(close(mh.standard_error, number(printed, "se_sato"), 0, absolute));
        if (has(printed, "ci_sato"))
            CHECK(close(mh.sato, printed.at("ci_sato"), 0, std::max(absolute, half_unit(7.7))));
        ++checked;
    }
    CHECK(checked >= 2);
}

TEST_CASE("one stratum gives the unstratified interval, and splitting a stratum in two equal halves only its "
          "arithmetic",
          "[stats]") {
    const Stratum whole{{22, 100}, {48, 400}};
    const StratifiedDifference one = contacted_weighted_difference(std::span(&whole, 1));
    const Interval mn = miettinen_nurminen(whole.holdout, whole.contacted);
    CHECK(one.interval.low == mn.low);
    CHECK(one.interval.high == mn.high);
    CHECK(one.estimate == Approx(0.10));
    CHECK(one.prevented == Approx(40));
    CHECK(close(one.prevented_interval.low, 8.6, 0, half_unit(1)));
    CHECK(close(one.prevented_interval.high, 78.2, 0, half_unit(1)));

    const std::vector<Stratum> halves(2, Stratum{{11, 50}, {24, 200}});
    const StratifiedDifference two = contacted_weighted_difference(halves);
    CHECK(two.estimate == Approx(one.estimate));
    CHECK(two.interval.low ==
          Approx(one.interval.low).margin(2e-3)); // N/(N-1) of the halves differs a little
    CHECK(two.strata_used == 2);
}

TEST_CASE("a stratum without holdout is not covered, one without contacted weighs nothing", "[stats]") {
    const std::vector<Stratum> covered{{{22, 100}, {48, 400}}, {{3, 20}, {10, 200}}};
    std::vector<Stratum> more = covered;
    more.push_back({{0, 0}, {70, 500}}); // nobody held out
    more.push_back({{4, 40}, {0, 0}});   // nobody contacted
    const StratifiedDifference a = contacted_weighted_difference(covered);
    const StratifiedDifference b = contacted_weighted_difference(more);
    CHECK(b.estimate == a.estimate);
    CHECK(b.interval.low == a.interval.low);
    CHECK(b.interval.high == a.interval.high);
    CHECK(b.contacted_covered == 600);
    CHECK(b.contacted_uncovered == 500);
    CHECK(b.strata_used == 2);

    const StratifiedDifference none = contacted_weighted_difference(std::span(more).subspan(2, 1));
    CHECK(std::isnan(none.estimate));
    CHECK(std::isnan(none.interval.low));
    CHECK(std::isnan(none.prevented));
    CHECK(none.contacted_uncovered == 500);
    CHECK(none.strata_used == 0);
    CHECK(std::isnan(contacted_weighted_difference({}).estimate));
}

TEST_CASE("a design effect widens the interval as fewer accounts would, and leaves estimate and counts alone",
          "[stats]") {
    const std::vector<Stratum> strata{{{22, 100}, {48, 400}}, {{3, 20}, {10, 200}}};
    std::vector<Stratum> fewer = strata;
    for (Stratum& s : fewer)
        s = {effective(s.holdout, 1.6), effective(s.contacted, 1.6)};
    const StratifiedDifference plain = contacted_weighted_difference(strata);
    const StratifiedDifference clustered = contacted_weighted_difference(strata, 0.95, 1.6);
    const StratifiedDifference reference = contacted_weighted_difference(fewer);
    CHECK(clustered.estimate == Approx(plain.estimate).epsilon(1e-13));
    CHECK(clustered.interval.low == Approx(reference.interval.low).epsilon(1e-12));
    CHECK(clustered.interval.high == Approx(reference.interval.high).epsilon(1e-12));
    CHECK(clustered.interval.low < plain.interval.low);
    CHECK(clustered.contacted_covered == 600); // the count of prevented contacts is of real episodes
    CHECK(clustered.prevented == Approx(plain.prevented));
}

TEST_CASE("the order of the strata does not matter", "[stats]") {
    std::vector<Stratum> strata{
        {{22, 100}, {48, 400}}, {{3, 20}, {10, 200}}, {{0, 7}, {30, 61}}, {{5, 5}, {9, 10}}};
    const StratifiedDifference a = contacted_weighted_difference(strata);
    std::reverse(strata.begin(), strata.end());
    const StratifiedDifference b = contacted_weighted_difference(strata);
    CHECK(a.estimate == Approx(b.estimate).epsilon(1e-14));
    CHECK(a.interval.low == Approx(b.interval.low).epsilon(1e-12));
    CHECK(a.interval.high == Approx(b.interval.high).epsilon(1e-12));
}
