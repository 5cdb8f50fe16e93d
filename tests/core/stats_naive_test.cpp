// What common tools get wrong about this question, each shown on numbers beside what core/stats says.
// The list and its evidence: issue trackers, documentation and source of experiment platforms and statistics
// packages.

#include "core/stats/cluster.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/stats/difference.hpp"
#include "core/stats/distribution.hpp"
#include "core/stats/group_sequential.hpp"
#include "core/stats/power.hpp"
#include "core/stats/relative.hpp"
#include "core/stats/sequential.hpp"
#include "core/stats/shrinkage.hpp"
#include "core/stats/srm.hpp"
#include "core/stats/stratified.hpp"
#include "core/stats/survival.hpp"
#include "stats_cases.hpp"

using namespace preempt::stats;
using namespace stats_cases;

namespace {

// The plug-in ("Wald") interval for a difference.
double plug_in_variance(Arm a, Arm b) {
    const double p = rate(a), q = rate(b);
    return p * (1 - p) / a.total + q * (1 - q) / b.total;
}
Interval wald(Arm a, Arm b, double level = 0.95) {
    const double d = rate(a) - rate(b), half = critical_value(level) * std::sqrt(plug_in_variance(a, b));
    return {d - half, d + half};
}

// splitmix64: the same numbers on every platform.
struct Generator {
    std::uint64_t state;
    double uniform() {
        std::uint64_t z = (state += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
    }
};

} // namespace

TEST_CASE("naive: the comparison methods of this file are the ones that others use", "[stats][naive]") {
    const json::value family = load("two_proportion_difference");
    for (const json::value& c : family.at("computed").as_array()) {
        const Arm a{number(c, "x1"), number(c, "n1")}, b{number(c, "x2"), number(c, "n2")};
        CHECK(close(wald(a, b, number(c, "level")), c.at("wald_untruncated"), 1e-9, 1e-12));
    }
    const json::value strata = load("stratified_risk_difference");
    for (const json::value& c : strata.at("cases").as_array()) {
        const json::value& expected = c.at("standardised_wald_arm2_weights");
        double contacted = 0, variance = 0;
        for (const json::value& s : c.at("strata").as_array())
            if (number(s.at(1)) > 0) contacted += number(s.at(3));
        for (const json::value& s : c.at("strata").as_array()) {
            const Arm a{number(s.at(0)), number(s.at(1))}, b{number(s.at(2)), number(s.at(3))};
            if (a.total > 0 && b.total > 0)
                variance += (b.total / contacted) * (b.total / contacted) * plug_in_variance(a, b);
        }
        INFO(text(c, "id"));
        CHECK(close(std::sqrt(variance), number(expected, "se"), 1e-9, 1e-12));
    }
}

TEST_CASE("naive 1: a wrong restricted maximum likelihood (0.344 for 0.338; a division by zero at 0 events)",
          "[stats][naive]") {
    const json::value family = load("two_proportion_difference");
    for (const json::value& c : family.at("do_not_use_as_oracle").at("evidence").as_array()) {
        const Arm a{number(c, "x1"), number(c, "n1")}, b{number(c, "x2"), number(c, "n2")};
        const Interval i = miettinen_nurminen(a, b);
        INFO(text(c));
        CHECK(close(i, c.at("correct_mn"), 0, 1e-12));
        if (has(c, "statsmodels_0.13.5_score_corrected"))
            CHECK_FALSE(close(i, c.at("statsmodels_0.13.5_score_corrected"), 0, 0.005));
    }
}

TEST_CASE("naive 2: no contact in the holdout gives an interval, not (0, 0) and not nothing",
          "[stats][naive]") {
    const Interval plug_in = wald({0, 10}, {0, 20});
    CHECK(plug_in.low == 0);
    CHECK(plug_in.high == 0);
    const Interval i = miettinen_nurminen({0, 10}, {0, 20});
    CHECK(close(i.low, -0.166, 0, half_unit(3)));
    CHECK(close(i.high, 0.284, 0, half_unit(3)));
}

TEST_CASE("naive 3: pooled segments with different holdout shares reverse the sign", "[stats][naive]") {
    // Risky segment: nearly everybody contacted; calm segment: half. Outreach prevents in both.
    const std::vector<Stratum> strata{{{60, 100}, {450, 900}}, {{50, 500}, {40, 500}}};
    const Arm holdout{110, 600}, contacted{490, 1400};
    CHECK(miettinen_nurminen(holdout, contacted).high < 0); // "outreach causes contacts"
    const StratifiedDifference d = contacted_weighted_difference(strata);
    CHECK(d.prevented == Approx(900 * 0.10 + 500 * 0.02));
    CHECK(d.estimate > 0);

    const json::value family = load("stratified_risk_difference");
    for (const json::value& c : family.at("cases").as_array()) {
        if (text(c, "id") != "simpson") continue;
        std::vector<Stratum> simpson;
        for (const json::value& s : c.at("strata").as_array())
            simpson.push_back({{number(s.at(0)), number(s.at(1))}, {number(s.at(2)), number(s.at(3))}});
        CHECK(contacted_weighted_difference(simpson).prevented == Approx(51));
    }
}

TEST_CASE("naive 3b: a common effect times all outreaches is not the number prevented", "[stats][naive]") {
    // Large effect where nearly everybody is contacted, none where half are: Mantel-Haenszel weighs the
    // second most.
    const std::vector<Stratum> strata{{{20, 50}, {190, 950}}, {{100, 500}, {100, 500}}};
    const StratifiedDifference d = contacted_weighted_difference(strata);
    CHECK(d.prevented == Approx(190)); // 950 x (.4 - .2)
    const double common = mantel_haenszel_difference(strata).estimate * 1450;
    CHECK(common < 0.4 * d.prevented);
}

TEST_CASE("naive 4: repeated outreaches to the same accounts are not independent", "[stats][naive]") {
    // 30 held-out and 120 contacted accounts with 4 episodes each, accounts either contact every time or
    // never.
    const ClusterSums holdout{30, 9 * 4, 120, 9 * 16, 9 * 16, 30 * 16},
        contacted{120, 18 * 4, 480, 18 * 16, 18 * 16, 120 * 16};
    const double deff = design_effect(std::array{holdout, contacted});
    CHECK(deff == Approx(4).epsilon(0.02));
    const Arm h{36, 120}, t{72, 480};
    const Interval ignoring = miettinen_nurminen(h, t);
    const Interval honest = miettinen_nurminen(effective(h, deff), effective(t, deff));
    CHECK(ignoring.low > 0); // "proven"
    CHECK(honest.low < 0.0); // 30 against 120 accounts do not show it
    CHECK(miettinen_nurminen({9, 30}, {18, 120}).low ==
          Approx(honest.low).margin(0.01)); // accounts, each once
}

TEST_CASE("naive 5: a 95% interval looked at 50 times is wrong in a third of programmes without effect",
          "[stats][naive]") {
    std::vector<double> information, bounds(50, critical_value(0.95)), sequence;
    for (int i = 1; i <= 50; ++i) {
        information.push_back(i);
        sequence.push_back(sequential_critical_value(100.0 * i, 5000));
    }
    CHECK(crossing_probability(information, bounds) == Approx(0.320).margin(0.001));
    CHECK(crossing_probability(information, sequence) < 0.05);
}

TEST_CASE("naive 5b: with a small holdout the sequence needs the add-one variance", "[stats][naive]") {
    // 5% holdout, 5% contact rate in both arms, looked at after every 100 of 5,000 accounts: the share of
    // programmes in which the sequence is ever wrong. With the plug-in variance no contact in a small holdout
    // looks like certainty.
    int plug_in_wrong = 0, add_one_wrong = 0;
    const int programmes = 400;
    Generator random{20240229};
    for (int programme = 0; programme < programmes; ++programme) {
        Arm holdout{0, 0}, contacted{0, 0};
        bool plug_in = false, add_one = false;
        for (int n = 1; n <= 5000; ++n) {
            Arm& arm = random.uniform() < 0.05 ? holdout : contacted;
            arm.total += 1;
            arm.events += random.uniform() < 0.05;
            if (n % 100 || holdout.total == 0 || contacted.total == 0) continue;
            const double d = rate(holdout) - rate(contacted);
            const double half =
                sequential_critical_value(n, 5000) * std::sqrt(plug_in_variance(holdout, contacted));
            plug_in = plug_in || std::abs(d) > half;
            const Interval i = sequential_difference(holdout, contacted, n, 5000);
            add_one = add_one || i.low > 0 || i.high < 0;
        }
        plug_in_wrong += plug_in;
        add_one_wrong += add_one;
    }
    CAPTURE(plug_in_wrong, add_one_wrong);
    CHECK(plug_in_wrong > programmes * 30 / 100);
    CHECK(add_one_wrong < programmes * 9 / 100);
}

TEST_CASE("naive 6: unfinished windows counted as \"no contact\" make both arms look calm",
          "[stats][naive]") {
    const json::value family = load("survival");
    const json::value& c = family.at("cases").at("attribution_window");
    const std::vector<double> time = numbers(c, "time"), status = numbers(c, "status"),
                              arm = numbers(c, "holdout");
    const std::vector<double> windows = numbers(c, "windows");
    for (std::size_t w = 0; w < windows.size(); ++w)
        for (const int held_out : {0, 1}) {
            double events = 0, total = 0;
            std::vector<std::pair<double, bool>> seen;
            for (std::size_t i = 0; i < time.size(); ++i) {
                if (static_cast<int>(arm[i]) != held_out) continue;
                total += 1;
                events += status[i] != 0 && time[i] < windows[w];
                seen.emplace_back(time[i], status[i] != 0);
            }
            std::sort(seen.begin(), seen.end());
            std::vector<FollowUp> follow_up;
            for (const auto& [at, event] : seen) {
                if (follow_up.empty() || follow_up.back().time != at) follow_up.push_back({at, 0, 0});
                (event ? follow_up.back().events : follow_up.back().censored) += 1;
            }
            const double honest = event_probability(kaplan_meier(follow_up), windows[w]).probability;
            CAPTURE(windows[w], held_out, events / total, honest);
            CHECK(close(events / total,
                        number(c.at("naive_ignoring_censoring").at(w).at(static_cast<std::size_t>(held_out))),
                        1e-9));
            CHECK(honest > events / total);
        }
}

TEST_CASE("naive 8: 92% \"success\" can be harm", "[stats][naive]") {
    const Arm holdout{30, 1000}, contacted{80, 1000}; // 97% of the held-out stayed quiet too
    CHECK(1 - rate(contacted) == Approx(0.92));
    const Interval i = miettinen_nurminen(holdout, contacted);
    CHECK(i.high < 0);
}

TEST_CASE("naive 9: subtracting counts of unequal arms", "[stats][naive]") {
    const Stratum s{{22, 100}, {48, 400}};
    CHECK(s.holdout.events - s.contacted.events < 0); // "26 contacts caused"
    CHECK(contacted_weighted_difference(std::span(&s, 1)).prevented == Approx(40));
}

TEST_CASE("naive 10: a relative interval that divides by the control's rate as if it were known",
          "[stats][naive]") {
    const Arm holdout{4, 20}, contacted{60, 2000};
    const Interval absolute = miettinen_nurminen(holdout, contacted);
    CHECK(absolute.high / rate(holdout) > 1.5); // "up to 170% of contacts prevented"
    const RelativeReduction r = relative_reduction(holdout, contacted);
    CHECK(r.interval.high < 1);
    CHECK(r.interval.low > 0); // and both agree that there is an effect
    CHECK(absolute.low > 0);
}

TEST_CASE("naive 11: a test and an interval that contradict each other", "[stats][naive]") {
    // Pooled chi-square (without N - 1) and the plug-in interval disagree on some table; ours never
    // (stats_difference_test).
    int contradictions = 0;
    for (int x = 0; x <= 20; ++x)
        for (int y = 0; y <= 60; ++y) {
            const Arm a{double(x), 20}, b{double(y), 60};
            const double pooled = (x + y) / 80.0;
            if (pooled == 0 || pooled == 1) continue;
            const double z = (x / 20.0 - y / 60.0) / std::sqrt(pooled * (1 - pooled) * (1 / 20.0 + 1 / 60.0));
            const Interval i = wald(a, b);
            contradictions += (2 * normal_upper_tail(std::abs(z)) < 0.05) != (i.low > 0 || i.high < 0);
        }
    CHECK(contradictions > 0);
}

TEST_CASE("naive 12: 1 - cdf is 0 where the tail is not", "[stats][naive]") {
    const SampleRatioTest t = sample_ratio(std::array{2023.0, 1977.0}, std::array{2.0, 1.0});
    CHECK(1 - normal_cdf(std::sqrt(t.chi_square)) == 0);
    CHECK(t.p == Approx(2.26728199861718e-103).epsilon(1e-9));
    const SampleRatioTest worse = sample_ratio(std::array{20230.0, 19770.0}, std::array{2.0, 1.0});
    CHECK(worse.p == 0); // below the smallest double
    CHECK(worse.log10_p < -1000);
    CHECK(std::isfinite(worse.log10_p));
}

TEST_CASE("naive 13: sample ratio against 50 to 50, and at every look", "[stats][naive]") {
    const std::array observed{100.0, 900.0};
    CHECK(sample_ratio(observed, std::array{1.0, 1.0}).p < kSampleRatioAlarm); // a 10% holdout is not a fault
    CHECK(sample_ratio(observed, std::array{0.1, 0.9}).p == Approx(1));
    // Checked after every 50 of 5,000 units without any fault: chi-square at .05 alarms in a third or more,
    // the sequential test in at most 5%.
    int fixed_alarms = 0, sequential_alarms = 0;
    Generator random{7};
    for (int run = 0; run < 400; ++run) {
        std::array counts{0.0, 0.0};
        bool fixed = false, sequential = false;
        for (int n = 1; n <= 5000; ++n) {
            counts[random.uniform() < 0.1 ? 0 : 1] += 1;
            if (n % 50) continue;
            fixed = fixed || sample_ratio(counts, std::array{0.1, 0.9}).p < 0.05;
            sequential =
                sequential ||
                always_valid_p(sequential_log_bayes_factor(counts, std::array{0.1, 0.9}, 100)) < 0.05;
        }
        fixed_alarms += fixed;
        sequential_alarms += sequential;
    }
    CAPTURE(fixed_alarms, sequential_alarms);
    CHECK(fixed_alarms > 400 * 25 / 100);
    CHECK(sequential_alarms <= 400 * 7 / 100);
}

TEST_CASE("naive 14: the best segment, taken at its word", "[stats][naive]") {
    // 20 segments of 40 held out and 160 contacted with the same true effect of 5 points: the best one shows
    // far more.
    Generator random{11};
    std::vector<double> raw, variance;
    for (int s = 0; s < 20; ++s) {
        Arm holdout{0, 40}, contacted{0, 160};
        for (int i = 0; i < 40; ++i)
            holdout.events += random.uniform() < 0.20;
        for (int i = 0; i < 160; ++i)
            contacted.events += random.uniform() < 0.15;
        raw.push_back(rate(holdout) - rate(contacted));
        variance.push_back(add_one_variance(holdout, contacted));
    }
    const RandomEffects r = paule_mandel(raw, variance);
    const std::size_t best = static_cast<std::size_t>(std::max_element(raw.begin(), raw.end()) - raw.begin());
    CAPTURE(raw[best], r.shrunken[best], r.tau_squared);
    CHECK(raw[best] > 0.10);
    CHECK(std::abs(r.shrunken[best] - 0.05) < 0.5 * (raw[best] - 0.05));
    CHECK(r.q_p > 0.05); // and the segments are not told apart
}

TEST_CASE("naive 16: a holdout too small to see anything is not \"no effect\"", "[stats][naive]") {
    const std::optional<double> drop = minimum_detectable_drop(0.35, 60, 540);
    REQUIRE(drop);
    CHECK(*drop == Approx(0.16).margin(0.005)); // 16 points
    CHECK(power(0.35, 0.28, 60, 540) < 0.25);   // a drop of a fifth would be missed four times in five
    CHECK_FALSE(minimum_detectable_drop(0.05, 20, 400));
}

TEST_CASE("naive 17: contacted accounts thrown away to get groups of the same size", "[stats][naive]") {
    const Interval all = miettinen_nurminen({20, 100}, {540, 4500});
    const Interval equal = miettinen_nurminen({20, 100}, {12, 100});
    CHECK((all.high - all.low) < 0.85 * (equal.high - equal.low));
    CHECK(all.low > 0);   // the effect is there
    CHECK(equal.low < 0); // and was thrown away
}
