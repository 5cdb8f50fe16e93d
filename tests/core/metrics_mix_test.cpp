// Mix and within (M33), companions over time, own indicators (M35).
#include "core/metrics/companion_series.hpp"
#include "core/metrics/indicators.hpp"
#include "core/metrics/mix.hpp"
#include "core/stats/poisson.hpp"
#include "evidence_helpers.hpp"

#include <cmath>

using Catch::Matchers::WithinAbs;
using namespace preempt;

namespace {

const metrics::Comparison kNone{};
const metrics::Plan kNoPlan{};

metrics::Basis basis(const evidence::Evidence& e) {
    return {e, kNone, kNone, 0.95, kNoPlan};
}

/// May and June 2026; types signal (1) and lifecycle (3).
evidence::Evidence two_months() {
    auto e = test::evidence();
    e.messages_by_type.groups = {"", "signal", "segment", "lifecycle", "broadcast"};
    const auto add = [&](std::uint32_t month, std::uint32_t type, std::int64_t contacted,
                         std::int64_t episodes) {
        e.month_by_type.cells.push_back(test::cell(test::Arm::none, contacted, episodes, month, type));
    };
    add(4, 1, 30, 100); // silent 70%
    add(4, 3, 10, 100); // silent 90%
    add(5, 1, 60, 200); // silent 70%
    add(5, 3, 15, 50);  // silent 70%
    return e;
}

evidence::Series weeks(std::size_t n) {
    evidence::Series series;
    for (std::size_t w = 0; w < n; ++w) {
        evidence::PeriodSpan span;
        span.start =
            test::date(2026, 1, 5) + static_cast<std::int64_t>(w) * 7 * kMillisecondsPerDay; // Mondays
        span.end = span.start + 7 * kMillisecondsPerDay;
        series.periods.push_back(span);
    }
    return series;
}

metrics::Series shown(const evidence::Evidence& e) {
    metrics::Series series;
    const auto points = [&](const evidence::Series& from, std::vector<metrics::Point>& into) {
        for (const auto& span : from.periods) {
            metrics::Point point;
            point.start = local_date(span.start, test::utc());
            point.end = local_date(span.end, test::utc());
            const auto n = static_cast<double>(span.contacts);
            point.contacts_estimate = metrics::estimate(n, stats::poisson_exact(n));
            into.push_back(point);
        }
    };
    points(e.week, series.week);
    points(e.month, series.month);
    return series;
}

const metrics::CompanionSeries& of(const std::vector<metrics::CompanionSeries>& all, const std::string& id) {
    for (const auto& s : all)
        if (s.id == id) return s;
    FAIL("no series " << id);
    return all.front();
}

} // namespace

TEST_CASE("mix and within sum to the change exactly, and each type's part is worked out by hand") {
    const auto change = metrics::mix_change(basis(two_months()));
    CHECK(change.missing.empty());
    CHECK(change.from == "2026-05-01");
    CHECK(change.to == "2026-06-01");
    // Before: 160 of 200 silent, 80%; now 175 of 250, 70%. Shares 0.5 to 0.8 and 0.5 to 0.2.
    CHECK_THAT(change.total.value.value(), WithinAbs(-0.10, 1e-12));
    // Mix: 0.3 x 0.70 - 0.3 x 0.80 = -0.03. Within: 0.65 x 0 + 0.35 x -0.20 = -0.07.
    CHECK_THAT(change.mix.value.value(), WithinAbs(-0.03, 1e-12));
    CHECK_THAT(change.within.value.value(), WithinAbs(-0.07, 1e-12));
    REQUIRE(change.groups.size() == 2);
    CHECK(change.groups[1].label == "lifecycle");
    CHECK_THAT(change.groups[1].mix, WithinAbs(-0.24, 1e-12));
    CHECK_THAT(change.groups[1].within.value.value(), WithinAbs(-0.07, 1e-12));
    CHECK(change.groups[1].within.high.value() < 0);
    double mix = 0, within = 0;
    for (const auto& g : change.groups) {
        mix += g.mix;
        within += *g.within.value;
    }
    CHECK_THAT(mix, WithinAbs(*change.mix.value, 1e-12));
    CHECK_THAT(within, WithinAbs(*change.within.value, 1e-12));
}

TEST_CASE("a kind of outreach that is new, or gone, changes the mix alone") {
    auto e = two_months();
    e.month_by_type.cells.push_back(test::cell(test::Arm::none, 0, 100, 5, 2)); // segment, June only
    const auto change = metrics::mix_change(basis(e));
    CHECK_THAT(*change.mix.value + *change.within.value, WithinAbs(*change.total.value, 1e-12));
    REQUIRE(change.groups.size() == 3);
    CHECK(change.groups[1].label == "segment");
    CHECK(change.groups[1].within.value == 0.0);
}

TEST_CASE("a month with an open window, or outside the data, is not one of the two") {
    auto e = two_months();
    e.month_by_type.cells[3].pending = 2;
    CHECK(metrics::mix_change(basis(e)).missing == "too_few_periods"); // May and June only; April has nothing
    e = two_months();
    e.coverage_end = test::date(2026, 6, 20);
    CHECK(metrics::mix_change(basis(e)).missing == "too_few_periods");
}

TEST_CASE("companions over time: one point a period, incomplete while what it waits for is not over") {
    auto e = test::evidence();
    for (auto& month : e.month.periods) {
        month.contacts = 100;
        month.outreaches = 100;
        month.counts.repeat = {10, 80};
        month.counts.first_response = {{5, 1}, {10, 1}, {15, 1}};
    }
    const auto all = metrics::companion_series(basis(e), shown(e));
    const auto& volume = of(all, "M01.sent");
    REQUIRE(volume.month.size() == 6);
    CHECK(volume.month[5].complete); // June ends with the data
    const auto& repeat = of(all, "M12");
    CHECK_THAT(repeat.month[0].estimate.value.value(), WithinAbs(0.125, 1e-12));
    CHECK(repeat.month[4].complete);
    CHECK_FALSE(repeat.month[5].complete); // seven days after June are not over
    CHECK(of(all, "M16").month[0].estimate.value == 10.0);
    for (const auto& s : all) // what no file says has no series
        CHECK((s.id != "M13" && s.id != "M25.clicked" && s.id != "M19"));
    CHECK(metrics::trend(volume).direction == "steady");
}

TEST_CASE("contacts for each active customer and induced contacts have points of their own") {
    auto e = test::evidence();
    const double nan = std::nan("");
    for (std::uint32_t m = 0; m < 6; ++m) {
        e.month.periods[m].contacts = 62;
        e.companions.periods.push_back({e.month.periods[m].start, m == 2 ? nan : 600, nan, nan, nan, {}});
        auto cell = test::cell(test::Arm::none, 20, 100, m);
        cell.induced = 5;
        e.month.messages.push_back(cell);
    }
    const auto all = metrics::companion_series(basis(e), shown(e));
    const auto& rate = of(all, "M10").month;
    CHECK_THAT(rate[0].estimate.value.value(),
               WithinAbs(62.0 / (600 * 31.0 / 30), 1e-12)); // January: 31 days
    CHECK_FALSE(rate[2].estimate.value.has_value());
    const auto& induced = of(all, "M08").month;
    CHECK_THAT(induced[3].estimate.value.value(), WithinAbs(0.05, 1e-12));
    CHECK(induced[4].complete);
    CHECK_FALSE(induced[5].complete); // windows that begin on 30 June are open
}

TEST_CASE("reactions have a series only where a file states them, of those delivered") {
    auto e = test::evidence();
    e.companions.reactions_known = history::kClicked | history::kDelivered;
    for (auto& month : e.month.periods)
        month.counts.funnel = {"", 100, 90, 0, 0, 9, 5, 0, 0, 0};
    const auto all = metrics::companion_series(basis(e), shown(e));
    CHECK_THAT(of(all, "M25.clicked").month[0].estimate.value.value(), WithinAbs(0.1, 1e-12));
    for (const auto& s : all)
        CHECK(s.id != "M25.replied");
}

TEST_CASE("the periods file is laid on months or weeks by where its rows begin") {
    auto e = test::evidence();
    e.week = weeks(20);
    const double nan = std::nan("");
    const auto rows = [&](std::initializer_list<Instant> starts) {
        e.companions.periods.clear();
        for (const auto start : starts)
            e.companions.periods.push_back({start, nan, nan, nan, nan, {1}});
    };
    rows({test::date(2026, 1, 1), test::date(2026, 2, 1), test::date(2026, 3, 1)});
    CHECK(metrics::align(e).period == std::string("month"));
    CHECK(metrics::align(e).pairs.size() == 3);
    rows({test::date(2025, 12, 29), test::date(2026, 1, 5),
          test::date(2026, 1, 12)}); // the first lies before the data
    CHECK(metrics::align(e).period == std::string("week"));
    CHECK(metrics::align(e).pairs.size() == 2);
    rows({test::date(2026, 1, 6), test::date(2026, 1, 13)}); // Tuesdays
    CHECK(metrics::align(e).pairs.empty());
}

TEST_CASE("a figure that contacts follow two weeks later correlates at lag two, and not with twelve points "
          "missing") {
    auto e = test::evidence();
    e.week = weeks(20);
    e.companions.extra_figures = {"error_rate"};
    const double nan = std::nan("");
    const double errors[20] = {3, 9, 1, 7, 2, 8, 5, 1, 9, 4, 2, 6, 8, 3, 1, 9, 5, 7, 2, 4};
    for (std::size_t w = 0; w < 20; ++w) {
        e.companions.periods.push_back({e.week.periods[w].start, nan, nan, nan, nan, {errors[w]}});
        e.week.periods[w].contacts = w < 2 ? 50 : static_cast<std::int64_t>(10 * errors[w - 2]);
    }
    const auto companions = metrics::companion_series(basis(e), shown(e));
    const auto found = metrics::indicators(basis(e), companions);
    CHECK(found.figures_period == "week");
    REQUIRE(found.figures.size() == 1);
    CHECK(found.figures[0].points.size() == 20);
    const metrics::IndicatorPair* pair = nullptr;
    for (const auto& p : found.pairs)
        if (p.indicator == "error_rate" && p.outcome == "M09") pair = &p;
    REQUIRE(pair != nullptr);
    REQUIRE(pair->lags.size() == 5); // lags 0 to 4 (A39)
    CHECK(pair->lags[2].n == 18);
    CHECK_THAT(pair->lags[2].r.value.value(), WithinAbs(1, 1e-12));
    CHECK(std::fabs(pair->lags[0].r.value.value()) < 0.7);

    e.week.periods.resize(11);
    e.companions.periods.resize(11);
    const auto few = metrics::indicators(basis(e), metrics::companion_series(basis(e), shown(e)));
    CHECK(few.pairs.empty());
    CHECK(few.missing == "too_few_periods");
}

TEST_CASE("a supplied figure is leading or lagging as kpi.zone classes it, by its name (S3-23 to S3-32)") {
    auto e = test::evidence();
    const double nan = std::nan("");
    e.companions.extra_figures = {"Activation_Rate", "churn risk score", "engagement-score", "rainfall"};
    e.companions.periods.push_back({test::date(2026, 1, 1), nan, nan, nan, nan, {1, 2, 3, 4}});
    const auto found = metrics::indicators(basis(e), {});
    REQUIRE(found.figures.size() == 4);
    CHECK(found.figures[0].indicator == "leading");
    CHECK(found.figures[1].indicator == "lagging");
    CHECK(found.figures[2].indicator == "lagging");
    CHECK(found.figures[3].indicator.empty());
}
