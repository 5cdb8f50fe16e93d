// The window curve on hand-made delays: censoring, the chosen window, delayed against prevented, strata.
#include "cells.hpp"
#include "core/metrics/compare.hpp"
#include "core/metrics/effects/window.hpp"
#include "core/stats/difference.hpp"

#include <cmath>

using namespace preempt;
using Catch::Matchers::WithinAbs;
using evidence::DelayCounts;
using history::Arm;

namespace {

/// `daily[d]` first contacts on day d, the rest of `units` seen for all 28 days.
DelayCounts delays(std::int64_t units, const std::vector<std::int64_t>& daily) {
    DelayCounts counts;
    counts.complete = units;
    for (std::size_t d = 0; d < daily.size(); ++d) {
        counts.contacted[d] = daily[d];
        counts.complete -= daily[d];
    }
    return counts;
}

evidence::Evidence with_delays(DelayCounts held, DelayCounts sent, std::int64_t window_days = 7) {
    auto e = test::holdout(100, 1000, 200, 4000);
    e.question.window = window_days * kMillisecondsPerDay;
    e.assignment_delays = {sent, held};
    return e;
}

metrics::WindowCurve curve_of(const evidence::Evidence& e) {
    return metrics::window_curve(e, metrics::compare_holdout(e, 0.95), {}, 0.95);
}

} // namespace

TEST_CASE("without censoring the curve is the plain rate at every window, with the same interval (2.10)") {
    const auto c = curve_of(
        with_delays(delays(1000, {20, 10, 10, 10, 10, 10, 30}), delays(4000, {40, 20, 20, 0, 0, 20, 100})));
    CHECK(c.basis == "holdout");
    REQUIRE(c.points.size() == 28);
    const auto& week = c.points[6];
    CHECK(week.days == 7);
    CHECK(week.chosen);
    CHECK_FALSE(c.points[7].chosen);
    CHECK_THAT(week.baseline.value.value(), WithinAbs(0.10, 1e-12));
    CHECK_THAT(week.difference.value.value(), WithinAbs(0.05, 1e-12));
    const auto expected = stats::miettinen_nurminen({100, 1000}, {200, 4000});
    CHECK_THAT(week.difference.low.value(), WithinAbs(expected.low, 1e-9));
    CHECK_THAT(week.difference.high.value(), WithinAbs(expected.high, 1e-9));
    CHECK_THAT(c.points[0].baseline.value.value(), WithinAbs(0.02, 1e-12)); // day 0 only
    CHECK(c.verdict == "prevented");
}

TEST_CASE("the first contact on day W - 1 is inside a window of W days, on day W outside (A07)") {
    const auto c = curve_of(with_delays(delays(1000, {0, 0, 100}), delays(4000, {0, 0, 100})));
    CHECK(c.points[1].baseline.value.value() == 0);
    CHECK_THAT(c.points[2].baseline.value.value(), WithinAbs(0.10, 1e-12));
}

TEST_CASE(
    "units whose window is not over count for as long as they were seen, never as silent (naive 6, F7)") {
    // 10,000 units, 5% of those at risk contact every day, 100 are last seen every day: counted as silence, the
    // rate is too low.
    DelayCounts held;
    double left = 10000;
    for (std::size_t d = 0; d < 28; ++d) {
        held.contacted[d] = std::llround((left - 50) * 0.05); // half of the 100 are at risk
        held.censored[d] = 100;
        left -= static_cast<double>(held.contacted[d]) + 100;
    }
    held.complete = std::llround(left);
    const auto c = curve_of(with_delays(held, held));
    const double truth = 1 - std::pow(0.95, 14);
    CHECK_THAT(c.points[13].baseline.value.value(), WithinAbs(truth, 0.002));
    std::int64_t contacted = 0, all = held.complete;
    for (std::size_t d = 0; d < 28; ++d) {
        if (d < 14) contacted += held.contacted[d];
        all += held.contacted[d] + held.censored[d];
    }
    CHECK(static_cast<double>(contacted) / static_cast<double>(all) < truth - 0.02);
}

TEST_CASE("a gap that peaks and closes again: delayed, not prevented (2.10)") {
    // Held out: 100 in the first week. Messaged: as many of each 1,000, but two weeks later.
    const auto c = curve_of(
        with_delays(delays(1000, {100}), delays(4000, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 400})));
    CHECK(c.verdict == "delayed");
    CHECK(c.peak_days == 1);
    CHECK(c.judged_days == 28);
    CHECK_THAT(c.peak.value.value(), WithinAbs(0.10, 1e-12));
    CHECK_THAT(c.last.value.value(), WithinAbs(0, 1e-12));
    CHECK_THAT(c.fallen.value.value(), WithinAbs(0.10, 1e-12));
    CHECK(c.depends_on_window);
    // 14.5 days later for one in ten: 1.4 days an outreach.
    CHECK_THAT(c.gained_days.value.value(), WithinAbs(1.4, 1e-9));
    CHECK(c.points[6].verdict == "prevents");
    CHECK(c.points[27].verdict == "cannot_tell");
}

TEST_CASE("half or more of the gap is left: partly delayed") {
    const auto c =
        curve_of(with_delays(delays(2000, {400}), delays(8000, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 640})));
    CHECK(c.verdict == "partly_delayed");
    CHECK_THAT(c.last.value.value(), WithinAbs(0.12, 1e-12));
}

TEST_CASE("a gap that wobbles by chance is not called delayed") {
    // 60 against 30 of 1,000 by day 7, then 5 and 25: the fall of 0.25 points is within chance.
    const auto c = curve_of(with_delays(delays(1000, {60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5}),
                                        delays(4000, {120, 0, 0, 0, 0, 0, 0, 0, 0, 0, 30})));
    CHECK(c.verdict == "prevented");
    CHECK(c.fallen.value.value() > 0);
    CHECK(c.fallen.low.value() < 0);
}

TEST_CASE("more contacts among the messaged at every window: caused") {
    const auto c = curve_of(with_delays(delays(1000, {20}), delays(4000, {200})));
    CHECK(c.verdict == "caused");
    CHECK(c.points[6].verdict == "causes");
}

TEST_CASE("a window that an arm was not seen through has no difference, and is not judged") {
    auto held = delays(100, {10});
    held.censored[9] = held.complete; // nobody held out was seen beyond day 9
    held.complete = 0;
    const auto c = curve_of(with_delays(held, delays(400, {20})));
    CHECK(c.points[8].difference.value.has_value());
    CHECK_FALSE(c.points[10].difference.value.has_value());
    CHECK(c.points[10].treated.value.has_value());
    CHECK(c.judged_days.value() <= 10);
}

TEST_CASE(
    "uneven holdouts do not bend the curve: held-out are weighted to the strata of the messaged (naive 3)") {
    // Stratum 0: half held out, 40% contact. Stratum 1: 5% held out, 5% contact. No effect in either.
    auto e = with_delays({}, {});
    evidence::Delays first{delays(1000, {400}), delays(1000, {400})};
    evidence::Delays second{delays(19000, {950}), delays(1000, {50})};
    e.assignment_delays_by_stratum = {first, second};
    e.assignment_delays = {delays(20000, {1350}), delays(2000, {450})};
    const auto c = curve_of(e);
    CHECK(c.strata_weighted);
    CHECK_THAT(c.points[0].difference.value.value(), WithinAbs(0, 1e-9));
    CHECK(c.verdict == "cannot_tell");
    e.assignment_delays_by_stratum.clear();
    const auto bent = curve_of(e);
    CHECK_FALSE(bent.strata_weighted);
    CHECK(bent.verdict == "prevented"); // what pooling makes of no effect at all
}

TEST_CASE("without a holdout the curve is that of the messaged alone, and measures nothing") {
    evidence::Evidence e;
    e.question.window = 7 * kMillisecondsPerDay;
    e.message_delays.treated = delays(1000, {50, 20, 10});
    const auto c = metrics::window_curve(e, {}, {}, 0.95);
    CHECK(c.basis == "messages");
    CHECK_THAT(c.points[1].treated.value.value(), WithinAbs(0.07, 1e-12));
    CHECK_FALSE(c.points[1].difference.value.has_value());
    CHECK(c.verdict == "not_measured");
    CHECK(metrics::window_curve({}, {}, {}, 0.95).basis.empty());
}

TEST_CASE("a matched baseline gives the curve where there is no holdout") {
    evidence::Evidence e;
    e.calendar_delays = {delays(1000, {50}), delays(1000, {100})};
    metrics::Comparison matched;
    matched.available = true;
    matched.basis = "same_time_customers";
    matched.verdict = "prevents";
    CHECK(metrics::window_curve(e, {}, matched, 0.95).basis == "same_time_customers");
    matched.verdict = "withheld";
    matched.withheld_why = "placebo";
    CHECK(metrics::window_curve(e, {}, matched, 0.95).basis.empty());
}
