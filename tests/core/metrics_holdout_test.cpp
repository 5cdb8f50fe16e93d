// The holdout comparison on hand-made cells: effect, companions, health. Worked numbers: metrics.md 5.5.7.
#include "cells.hpp"
#include "core/metrics/compare.hpp"
#include "core/stats/difference.hpp"
#include "core/stats/sequential.hpp"
#include "core/stats/stratified.hpp"

#include <array>
#include <cmath>

using namespace preempt;
using Catch::Matchers::WithinAbs;
using history::Arm;
using test::cell;
using test::has;

namespace {

metrics::Comparison compared(const evidence::Evidence& e, const metrics::Plan& plan = {}) {
    return metrics::compare_holdout(e, 0.95, plan);
}

/// A small generator (splitmix64) for properties.
struct Generator {
    std::uint64_t state;
    std::uint64_t next() {
        std::uint64_t z = (state += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    std::int64_t below(std::int64_t n) {
        return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(n));
    }
};

} // namespace

TEST_CASE("22 of 100 held out against 48 of 400: 10 points, 40 prevented, one in ten outreaches (5.5.7)") {
    const auto c = compared(test::holdout(22, 100, 48, 400));
    CHECK(c.verdict == "prevents");
    CHECK_THAT(c.difference.value.value(), WithinAbs(0.10, 1e-12));
    CHECK_THAT(c.difference.low.value(), WithinAbs(0.021408, 1e-6));
    CHECK_THAT(c.difference.high.value(), WithinAbs(0.195451, 1e-6));
    CHECK_THAT(c.relative_reduction.value.value(), WithinAbs(0.4545454545, 1e-9));
    CHECK_THAT(c.prevented.value.value(), WithinAbs(40, 1e-9));
    CHECK_THAT(c.outreaches_per_prevented.value(), WithinAbs(10, 1e-9));
    CHECK_THAT(c.p.value(), WithinAbs(stats::n_minus_one_chi_square_p({22, 100}, {48, 400}), 1e-12));
    CHECK_FALSE(c.common.available); // one stratum
    CHECK_FALSE(c.sequential.applies);
}

TEST_CASE("harm is a verdict of its own: 64 of 1,000 held out, 100 of 1,000 messaged (F6)") {
    const auto c = compared(test::holdout(64, 1000, 100, 1000));
    CHECK(c.verdict == "causes");
    CHECK_THAT(c.difference.low.value(), WithinAbs(-0.060429, 1e-6));
    CHECK_THAT(c.difference.high.value(), WithinAbs(-0.012060, 1e-6));
    CHECK(c.outreaches_per_prevented == std::nullopt);
}

TEST_CASE("test and interval never contradict each other, over any strata (statistics.md 3, 11)") {
    Generator random{5};
    for (int run = 0; run < 400; ++run) {
        std::vector<evidence::Cell> cells;
        const auto strata = 1 + random.below(6);
        for (std::uint32_t s = 0; s < strata; ++s) {
            const auto held = 1 + random.below(run % 2 ? 40 : 400), sent = 1 + random.below(4000);
            cells.push_back(cell(Arm::holdout, random.below(held + 1) / (1 + random.below(8)), held, s));
            cells.push_back(cell(Arm::treated, random.below(sent + 1) / (1 + random.below(8)), sent, s));
        }
        const auto c = metrics::compare(cells, cells, {}, 0.95);
        INFO("run " << run);
        REQUIRE(c.p.has_value());
        const bool excludes = *c.difference.low > 0 || *c.difference.high < 0;
        CHECK((*c.p < 0.05) == excludes);
    }
}

TEST_CASE("the p over strata is that of the score interval: at its own level a limit is 0 (2.3)") {
    const std::array strata{stats::Stratum{{12, 60}, {30, 300}}, stats::Stratum{{9, 40}, {25, 160}}};
    const double p = stats::contacted_weighted_p(strata);
    const auto interval = stats::contacted_weighted_difference(strata, 1 - p).interval;
    CHECK_THAT(interval.low, WithinAbs(0, 1e-9));
}

TEST_CASE("a common effect over strata stands beside the headline, and says when it differs (2.3)") {
    // Uneven holdouts and unequal effects: Mantel-Haenszel weights follow the holdout, the headline the
    // messaged.
    std::vector<evidence::Cell> cells{cell(Arm::holdout, 200, 500, 0), cell(Arm::treated, 190, 500, 0),
                                      cell(Arm::holdout, 20, 50, 1), cell(Arm::treated, 500, 5000, 1)};
    const auto c = metrics::compare(cells, cells, {}, 0.95);
    CHECK_THAT(c.difference.value.value(), WithinAbs((500 * 0.02 + 5000 * 0.3) / 5500, 1e-12));
    REQUIRE(c.common.available);
    CHECK(c.common.difference.value.value() < 0.10);
    CHECK(c.common.differs);
    CHECK(has(c.cautions, "common_effect_differs"));
    // Same effect everywhere: the two agree.
    cells = {cell(Arm::holdout, 100, 500, 0), cell(Arm::treated, 50, 500, 0), cell(Arm::holdout, 100, 500, 1),
             cell(Arm::treated, 50, 500, 1)};
    CHECK_FALSE(metrics::compare(cells, cells, {}, 0.95).common.differs);
}

TEST_CASE("strata without a holdout are not covered and not in the headline (0)") {
    auto e = test::holdout(22, 100, 48, 400);
    e.strata = {"a", "b"};
    e.assignments.cells.push_back(cell(Arm::treated, 90, 100, 1));
    const auto c = compared(e);
    CHECK(c.covered == 400);
    CHECK(c.not_covered == 100);
    CHECK_THAT(c.prevented.value.value(), WithinAbs(40, 1e-9));
    CHECK(has(c.cautions, "not_covered"));
}

TEST_CASE("with windows pending the interval that may be watched stands beside the ordinary one (2.6)") {
    auto e = test::holdout(22, 100, 48, 400);
    e.assignments.cells[0].pending = 7;
    const auto c = compared(e);
    REQUIRE(c.sequential.applies);
    CHECK(c.sequential.why == "pending");
    CHECK_FALSE(c.sequential.decides);
    CHECK(c.sequential.planned == metrics::kAssumedPlan);
    CHECK(c.sequential.planned_assumed);
    const auto expected = stats::sequential_difference({22, 100}, {48, 400}, 500, 1000);
    CHECK_THAT(c.sequential.difference.low.value(), WithinAbs(expected.low, 1e-12));
    CHECK_THAT(c.sequential.difference.high.value(), WithinAbs(expected.high, 1e-12));
    CHECK(*c.sequential.difference.low < *c.difference.low);
    CHECK(c.verdict == "prevents"); // one look: the ordinary interval decides
}

TEST_CASE("once several exports were looked at, the sequential interval decides (2.6, G16)") {
    metrics::Plan plan;
    plan.snapshots = 3;
    plan.planned_units = 500;
    const auto c = compared(test::holdout(22, 100, 48, 400), plan);
    REQUIRE(c.sequential.decides);
    CHECK(*c.difference.low > 0);
    CHECK(*c.sequential.difference.low < 0);
    CHECK(c.verdict == "cannot_tell");
    CHECK(c.sequential.p.value() > 0.05);
    // A large effect holds at every look.
    CHECK(compared(test::holdout(50, 100, 48, 400), plan).verdict == "prevents");
}

TEST_CASE("a plan that is not reached makes the verdict interim (G16)") {
    metrics::Plan plan;
    plan.planned_units = 2000;
    auto c = compared(test::holdout(22, 100, 48, 400), plan);
    CHECK(c.sequential.interim);
    CHECK(c.sequential.why == "before_plan");
    CHECK(has(c.cautions, "interim"));
    plan.planned_units = 500;
    c = compared(test::holdout(22, 100, 48, 400), plan);
    CHECK_FALSE(c.sequential.interim);
}

TEST_CASE("the delivery-adjusted effect divides by the difference of the delivered shares (2.14)") {
    auto e = test::holdout(22, 100, 48, 400);
    e.assignments.cells[0].delivered = 320; // 80% of the messaged
    e.assignments.cells[1].delivered = 5;   // 5% of the held out got one all the same
    const auto c = compared(e);
    CHECK(c.delivery.missing.empty());
    CHECK_THAT(c.delivery.delivered_share.value.value(), WithinAbs(0.75, 1e-12));
    CHECK_THAT(c.delivery.difference.value.value(), WithinAbs(0.10 / 0.75, 1e-12));
    CHECK(*c.delivery.difference.low > 0); // as the headline's
    CHECK(*c.delivery.difference.low < *c.difference.low / 0.75);
    CHECK(*c.delivery.difference.high > *c.difference.high / 0.75);
    // As many held out as contacted got one: nothing to divide by.
    e.assignments.cells[1].delivered = 80;
    CHECK(compared(e).delivery.missing == "delivery_alike");
}

TEST_CASE(
    "arms that differed before anybody was messaged: a caution, and at one in a thousand no verdict (D21)") {
    auto e = test::holdout(22, 100, 48, 400);
    e.assignments_placebo = e.assignments;
    e.assignments_placebo.cells = {cell(Arm::treated, 60, 400), cell(Arm::holdout, 14, 100)};
    auto c = compared(e);
    CHECK(c.placebo.state == "passed");
    CHECK(c.verdict == "prevents");
    e.assignments_placebo.cells = {cell(Arm::treated, 60, 400), cell(Arm::holdout, 25, 100)};
    c = compared(e);
    CHECK(c.placebo.state == "failed");
    CHECK(has(c.cautions, "unbalanced_before"));
    CHECK(c.verdict == "prevents"); // one sound split in twenty looks like this
    e.assignments_placebo.cells = {cell(Arm::treated, 60, 400), cell(Arm::holdout, 45, 100)};
    c = compared(e);
    CHECK(c.placebo.p.value() < 0.001);
    CHECK(c.verdict == "withheld");
    CHECK(c.withheld_why == "unbalanced_before");
}

TEST_CASE("a placebo of too few episodes is too small to say anything") {
    auto e = test::holdout(22, 100, 48, 400);
    e.assignments_placebo.cells = {cell(Arm::treated, 2, 20), cell(Arm::holdout, 1, 10)};
    CHECK(compared(e).placebo.state == "too_small");
    e.assignments_placebo.cells.clear();
    CHECK(compared(e).placebo.state == "not_known");
}

TEST_CASE("more than one account in 20 with people in both arms: accounts are the clusters (5.5.7)") {
    auto e = test::holdout(22, 100, 48, 400);
    // Colleagues contact together, four to an account.
    e.assignments_by_account.cells = {test::repeated(Arm::treated, 12, 88, 4),
                                      test::repeated(Arm::holdout, 5, 20, 4)};
    e.design.accounts = 120;
    e.design.mixed_accounts = 6; // exactly one in 20
    auto c = compared(e);
    REQUIRE(c.by_account.available);
    CHECK_FALSE(c.by_account.decides);
    CHECK(c.verdict == "prevents");
    CHECK(c.by_account.design_effect == Approx(4).epsilon(0.05));
    CHECK(c.by_account.accounts == 125);
    CHECK_THAT(c.by_account.difference.value.value(), WithinAbs(0.10, 1e-12));
    CHECK(*c.by_account.difference.low < 0);
    e.design.mixed_accounts = 7;
    c = compared(e);
    CHECK(c.by_account.decides);
    CHECK(has(c.cautions, "mixed_accounts"));
    CHECK(c.verdict == "cannot_tell");
    CHECK(c.outreaches_per_prevented == std::nullopt);
}

TEST_CASE("fewer than 30 in an arm or 5 contacted in both give no verdict (A38)") {
    CHECK(compared(test::holdout(9, 29, 10, 400)).withheld_why == "too_few");
    CHECK(compared(test::holdout(2, 100, 2, 400)).withheld_why == "too_few");
    CHECK(compared(test::holdout(3, 30, 2, 400)).verdict != "withheld");
}

TEST_CASE("escalations and at-risk customers are compared in the same way, and share the holdout's faults "
          "(M29, M30)") {
    auto e = test::holdout(22, 100, 48, 400);
    e.assignments_escalated.cells = {cell(Arm::treated, 4, 400), cell(Arm::holdout, 6, 100)};
    auto holdout = compared(e);
    auto escalated = metrics::compare_escalations(e, holdout, 0.95);
    CHECK_THAT(escalated.difference.value.value(), WithinAbs(0.05, 1e-12));
    CHECK(escalated.verdict == "prevents");
    CHECK(metrics::compare_at_risk(e, holdout, 0.95).missing == "no_at_risk");
    e.design.experiments[0].expected_holdout_share = 0.5; // 100 against 400 is no half
    holdout = compared(e);
    CHECK(holdout.withheld_why == "sample_ratio");
    escalated = metrics::compare_escalations(e, holdout, 0.95);
    CHECK(escalated.verdict == "withheld");
    CHECK(escalated.withheld_why == "sample_ratio");
}
