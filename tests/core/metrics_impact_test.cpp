// Verified impact of changes (metrics.md 5.5.14, statistics.md 2.13).
#include "core/metrics/impact.hpp"
#include "core/stats/did.hpp"
#include "evidence_helpers.hpp"

#include <algorithm>

using namespace preempt;
using namespace preempt::metrics;
using test::add_pair;
using test::cell;

namespace {

struct Case {
    evidence::Evidence evidence = test::evidence();
    Comparison holdout, matched;
    Plan plan;
    VerifiedImpact judge() {
        const Basis basis{evidence, holdout, matched, 0.95, plan};
        const auto rows = verified_impacts(basis);
        REQUIRE(rows.size() == 1);
        return rows.front();
    }
};

/// A rewrite on 1 March: 10 points prevented before, 20 after; half held out as designed.
Case rewrite() {
    Case c;
    evidence::Impact impact;
    impact.change = {"c1", test::date(2026, 3, 1), "message", "limit", "", "o1", "prevented contacts", "", 1};
    impact.before = test::date(2026, 2, 1);
    impact.after = test::date(2026, 3, 8);
    impact.until = test::date(2026, 4, 5);
    impact.complete_at = test::date(2026, 4, 12);
    impact.complete = impact.from_assignments = true;
    add_pair(impact.affected_before, 300, 1000, 200, 1000);
    add_pair(impact.affected_after, 300, 1000, 100, 1000);
    add_pair(impact.placebo_before, 100, 1000, 100, 1000);
    add_pair(impact.placebo_after, 102, 1000, 99, 1000);
    c.evidence.companions.impacts = {impact};
    c.evidence.design.experiments[0] = {1000, 1000, 0.5};
    return c;
}
evidence::Impact& impact(Case& c) {
    return c.evidence.companions.impacts.front();
}
bool has(const VerifiedImpact& row, const char* code) {
    return std::find(row.unmet.begin(), row.unmet.end(), code) != row.unmet.end();
}

/// The same without a holdout: silence of what the change touched against the rest.
Case without_holdout() {
    auto c = rewrite();
    auto& i = impact(c);
    i.from_assignments = false;
    i.affected_before = {cell(test::Arm::treated, 300, 1000)};
    i.affected_after = {cell(test::Arm::treated, 200, 1000)};
    i.others_before = {cell(test::Arm::treated, 150, 1000)};
    i.others_after = {cell(test::Arm::treated, 148, 1000)};
    return c;
}

} // namespace

TEST_CASE("a change moved prevention as expected, and is verified when every condition holds") {
    auto c = rewrite();
    const auto row = c.judge();
    CHECK(row.verdict == "moved_as_expected");
    CHECK(row.verified);
    CHECK(row.unmet.empty());
    CHECK(row.measured == "M06");
    CHECK(row.as_named);
    CHECK(*row.effect.value == Approx(0.10));
    CHECK(row.made_on == "2026-03-01");
    CHECK(row.after_start == "2026-03-08");
    // MOVER of the two Miettinen-Nurminen intervals.
    const auto part = [](const Estimate& e) { return stats::Estimate{*e.value, {*e.low, *e.high}}; };
    const auto mover = stats::mover_difference(part(row.affected_after), part(row.affected_before));
    CHECK(*row.effect.low == mover.interval.low);
    CHECK(*row.effect.high == mover.interval.high);
}

TEST_CASE("the direction that was expected decides what a move means") {
    auto c = rewrite();
    std::swap(impact(c).affected_before, impact(c).affected_after);
    CHECK(c.judge().verdict == "moved_other_way");
    impact(c).change.expected_direction = -1;
    CHECK(c.judge().verdict == "moved_as_expected");
    impact(c).change.expected_metric = "Contact rate"; // fewer contacts are more prevention
    CHECK(c.judge().verdict == "moved_other_way");
    impact(c).change.expected_metric.clear();
    impact(c).change.expected_direction = 0; // not stated: better is expected
    CHECK(c.judge().verdict == "moved_other_way");
}

TEST_CASE("an interval that holds 0 is no measurable move") {
    auto c = rewrite();
    impact(c).affected_after = {};
    add_pair(impact(c).affected_after, 300, 1000, 190, 1000);
    const auto row = c.judge();
    CHECK(row.verdict == "no_measurable_move");
    CHECK_FALSE(row.verified);
}

TEST_CASE("a change is too early while its windows run, with the day on which they are over") {
    auto c = rewrite();
    impact(c).complete = false;
    auto row = c.judge();
    CHECK(row.verdict == "too_early");
    CHECK(row.complete_on == "2026-04-12");
    CHECK_FALSE(row.effect.value.has_value());
    impact(c).complete = true;
    impact(c).affected_after[0].pending = 300; // of 2,300 in that arm and time: more than 5% over all
    CHECK(c.judge().verdict == "too_early");
    impact(c).affected_after[0].pending = 100;
    CHECK(c.judge().verdict == "moved_as_expected");
}

TEST_CASE("a change is not verified with a broken split, a placebo that moved, or after many looks") {
    auto split = rewrite();
    split.evidence.design.experiments[0].expected_holdout_share = 0.4;
    CHECK(has(split.judge(), "sample_ratio"));
    CHECK_FALSE(split.judge().verified);
    split.evidence.design.experiments[0].expected_holdout_share.reset();
    CHECK(has(split.judge(), "no_design_share"));

    auto placebo = rewrite();
    impact(placebo).placebo_after = {};
    add_pair(impact(placebo).placebo_after, 160, 1000, 60, 1000);
    CHECK(has(placebo.judge(), "placebo"));
    impact(placebo).placebo_after.clear();
    CHECK(has(placebo.judge(), "no_placebo"));

    auto watched = rewrite();
    watched.plan.snapshots = 5;
    watched.plan.planned_units = 4000;
    CHECK(watched.judge().verified); // 10 points are beyond the sequential interval too
    impact(watched).affected_after = {};
    add_pair(impact(watched).affected_after, 300, 1000, 139, 1000);
    CHECK(watched.judge().verdict == "moved_as_expected");
    CHECK(has(watched.judge(), "watched"));
    watched.plan.snapshots = 1;
    CHECK_FALSE(has(watched.judge(), "watched"));
}

TEST_CASE("without a holdout the change is set against the rest, and is never verified") {
    auto c = without_holdout();
    const auto row = c.judge();
    CHECK(row.measured == "M04");
    CHECK(row.controlled);
    CHECK(*row.effect.value == Approx((0.8 - 0.7) - (0.852 - 0.85)));
    CHECK(row.verdict == "moved_as_expected");
    CHECK(has(row, "no_holdout"));
    CHECK_FALSE(row.verified);
    // All others moved alike: nothing of it is the change's.
    impact(c).others_after = {cell(test::Arm::treated, 50, 1000)};
    CHECK(c.judge().verdict == "no_measurable_move");
    impact(c).others_before.clear();
    const auto alone = c.judge();
    CHECK_FALSE(alone.controlled);
    CHECK(has(alone, "no_rest"));
    CHECK(*alone.effect.value == Approx(0.1));
}

TEST_CASE("induced contacts are measured where they are named, and fewer of them are better") {
    auto c = without_holdout();
    impact(c).change.expected_metric = "Induced contacts";
    impact(c).change.expected_direction = -1;
    impact(c).affected_before[0].induced = 100;
    impact(c).affected_after[0].induced = 40;
    impact(c).others_before[0].induced = impact(c).others_after[0].induced = 80;
    const auto row = c.judge();
    CHECK(row.measured == "M08");
    CHECK(*row.effect.value == Approx(-0.06));
    CHECK(row.verdict == "moved_as_expected");
    impact(c).change.expected_metric = "repeat contact rate"; // cells hold nothing of it
    CHECK(c.judge().measured == "M04");
    CHECK_FALSE(c.judge().as_named);
}

TEST_CASE("changes come with the latest first") {
    auto c = rewrite();
    auto second = impact(c);
    second.change.id = "c2";
    second.change.at = test::date(2026, 4, 1);
    c.evidence.companions.impacts.push_back(second);
    const Basis basis{c.evidence, c.holdout, c.matched, 0.95, c.plan};
    CHECK(verified_impacts(basis)[0].change == "c2");
}

TEST_CASE("incidents are told by their day, apart from changes") {
    auto c = rewrite();
    history::Change outage;
    outage.id = "i1";
    outage.at = test::date(2026, 3, 10);
    outage.note = "Sign-in was down";
    outage.incident = true;
    c.evidence.companions.incidents = {outage};
    const Basis basis{c.evidence, c.holdout, c.matched, 0.95, c.plan};
    const auto rows = incidents(basis);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].day == "2026-03-10");
    CHECK(rows[0].note == "Sign-in was down");
}
