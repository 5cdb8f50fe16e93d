// Effects by group on hand-made tables: homogeneity first, adjusted tests, shrunken values, ranks, and the
// programme's chapters (fatigue, timing, variants).
#include "cells.hpp"
#include "core/metrics/compare.hpp"
#include "core/metrics/effects/matched.hpp"
#include "core/metrics/effects/programme.hpp"
#include "core/stats/multiplicity.hpp"

#include <array>

using namespace preempt;
using Catch::Matchers::WithinAbs;
using history::Arm;
using metrics::Cut;
using test::arm_cell;

namespace {

struct Group {
    const char* label;
    std::int64_t held_x, held_n, sent_x, sent_n;
};

evidence::Table table_of(const std::vector<Group>& groups) {
    evidence::Table t;
    for (const auto& g : groups) {
        const auto number = static_cast<std::uint32_t>(t.groups.size());
        t.groups.emplace_back(g.label);
        if (g.sent_n > 0) t.cells.push_back(arm_cell(Arm::treated, g.sent_x, g.sent_n, 0, number));
        if (g.held_n > 0) t.cells.push_back(arm_cell(Arm::holdout, g.held_x, g.held_n, 0, number));
    }
    return t;
}

metrics::Breakdown broken(const evidence::Table& table, Cut::Adjust adjust = Cut::Adjust::automatic) {
    Cut cut;
    cut.compared = &table;
    cut.basis = "holdout";
    cut.adjust = adjust;
    return metrics::break_down(cut, 0.95);
}

const metrics::BreakdownRow& row(const metrics::Breakdown& b, const std::string& label) {
    for (const auto& r : b.rows)
        if (r.label == label) return r;
    FAIL("no row " << label);
    return b.rows.front();
}

/// A holdout that can be believed, with these assignments by some group.
evidence::Evidence with_holdout() {
    auto e = test::holdout(220, 1000, 480, 4000);
    return e;
}

} // namespace

TEST_CASE("groups that do not differ by more than chance are not ranked: it cannot be told (2.9)") {
    const auto b =
        broken(table_of({{"a", 20, 100, 50, 400}, {"b", 24, 100, 52, 400}, {"c", 19, 100, 46, 400}}));
    CHECK(b.homogeneity.verdict == "cannot_be_told");
    CHECK(b.homogeneity.p.value() > 0.5);
    CHECK(b.homogeneity.groups == 3);
    for (const auto& r : b.rows)
        CHECK(r.rank == std::nullopt);
}

TEST_CASE("groups that differ are ranked by the shrunken value, never by the raw one (2.9, naive 14)") {
    const auto b = broken(table_of({{"small", 7, 20, 2, 40},         // 30 points, of 20 held out
                                    {"large", 390, 1000, 400, 4000}, // 29 points
                                    {"harm", 100, 1000, 800, 4000},
                                    {"tiny", 8, 19, 0, 40}})); // too few to be ranked
    CHECK(b.homogeneity.verdict == "differ");
    CHECK(row(b, "small").effect.value.value() > row(b, "large").effect.value.value());
    CHECK(row(b, "small").shrunken.value.value() < row(b, "small").effect.value.value());
    CHECK(row(b, "large").rank == 1);
    CHECK(row(b, "harm").rank == 3);
    CHECK(row(b, "tiny").rank == std::nullopt); // fewer than 20 held out
    CHECK(row(b, "tiny").verdict == "too_few");
    CHECK(row(b, "harm").verdict == "causes");
}

TEST_CASE("up to ten tests stand as they are; with eleven Benjamini-Hochberg decides at 10% (M31)") {
    std::vector<Group> groups(10, {"", 20, 100, 80, 400});
    const char* names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"};
    for (std::size_t g = 0; g < groups.size(); ++g)
        groups[g].label = names[g];
    groups[0] = {"a", 30, 100, 80, 400}; // p = 0.03
    auto b = broken(table_of(groups));
    CHECK(b.adjustment.empty());
    CHECK(row(b, "a").p.value() < 0.05);
    CHECK(row(b, "a").verdict == "prevents");
    CHECK(row(b, "a").p_adjusted == std::nullopt);
    groups.push_back({"k", 20, 100, 80, 400});
    b = broken(table_of(groups));
    CHECK(b.adjustment == "benjamini_hochberg");
    CHECK(row(b, "a").p_adjusted.value() > 0.10);
    CHECK(row(b, "a").verdict == "cannot_tell");
    CHECK(row(b, "a").effect.low.value() > 0); // the interval itself is not touched
}

TEST_CASE("every group that cannot be told from no effect shows what it could have seen (2.8)") {
    const auto b = broken(table_of({{"a", 20, 100, 80, 400}, {"b", 2, 10, 8, 40}}));
    CHECK(row(b, "a").verdict == "cannot_tell");
    CHECK(row(b, "a").detectable_drop.value() == Approx(0.11).margin(0.02));
    CHECK(row(b, "b").verdict == "too_few");
}

TEST_CASE("a group without anybody held out is not covered") {
    const auto b = broken(table_of({{"a", 20, 100, 80, 400}, {"b", 0, 0, 80, 400}}));
    CHECK(row(b, "b").verdict == "not_covered");
    CHECK_FALSE(row(b, "b").effect.value.has_value());
    CHECK(b.homogeneity.verdict == "not_tested");
}

TEST_CASE("the order of the groups' codes changes nothing (promise 4)") {
    const std::vector<Group> groups{{"a", 20, 100, 30, 401}, {"b", 21, 90, 52, 400}, {"c", 19, 77, 46, 333}};
    const std::vector<Group> turned(groups.rbegin(), groups.rend());
    const auto x = broken(table_of(groups)), y = broken(table_of(turned));
    REQUIRE(x.rows.size() == y.rows.size());
    CHECK(x.homogeneity.q == y.homogeneity.q);
    for (std::size_t r = 0; r < x.rows.size(); ++r) {
        CHECK(x.rows[r].label == y.rows[r].label);
        CHECK(x.rows[r].shrunken.value == y.rows[r].shrunken.value);
    }
}

TEST_CASE(
    "variants are compared with one holdout and ranked by prevention with Holm, never by clicks (G19)") {
    auto e = with_holdout();
    e.assignments_by_variant.groups = {"", "offer · a", "offer · b", "offer · c"};
    e.assignments_by_variant.cells = {
        arm_cell(Arm::holdout, 200, 1000, 0, 0), arm_cell(Arm::treated, 190, 1000, 0, 1),
        arm_cell(Arm::treated, 100, 1000, 0, 2), arm_cell(Arm::treated, 160, 1000, 0, 3)};
    e.companions.reactions_known = history::kClicked;
    e.companions.by_content.resize(2);
    e.companions.by_content[0].label = "offer · a";
    e.companions.by_content[0].sent = 1000;
    e.companions.by_content[0].clicked = 500;
    e.companions.by_content[1].label = "offer";
    e.companions.by_content[1].sent = 3000;
    const auto holdout = metrics::compare_holdout(e, 0.95);
    const auto v = metrics::examine_programme(e, holdout, {}, 0.95).variants;
    CHECK(v.rows.adjustment == "holm");
    CHECK(row(v.rows, "offer · b").rank == 1);
    CHECK(row(v.rows, "offer · c").rank == 2);
    CHECK(row(v.rows, "offer · a").rank == 3); // clicked most
    for (const auto& r : v.rows.rows)
        CHECK((r.label.empty() || r.holdout_episodes == 1000));
    const std::array p{*row(v.rows, "offer · a").p, *row(v.rows, "offer · b").p, *row(v.rows, "offer · c").p};
    CHECK_THAT(row(v.rows, "offer · c").p_adjusted.value(), WithinAbs(stats::holm(p)[2], 1e-15));
    REQUIRE(v.reactions.size() == 3);
    CHECK(v.reactions[0].opened.value == std::nullopt); // nobody states opens
    for (const auto& r : v.reactions)
        CHECK(r.clicked.value.value() == (r.label == "offer · a" ? 0.5 : 0.0));
}

TEST_CASE("fatigue: the effect of the 1st, 2nd, 3rd trigger against those held out at the same one (2.11)") {
    auto e = with_holdout();
    e.assignments_by_index =
        table_of({{"1", 300, 1000, 400, 4000}, {"2", 300, 1000, 800, 4000}, {"3", 300, 1000, 1200, 4000}});
    e.messages_by_dose.groups = {"1", "2"};
    e.messages_by_dose.cells = {arm_cell(Arm::treated, 9, 90, 0, 0), arm_cell(Arm::treated, 4, 10, 0, 1)};
    e.messages_by_dose.cells[1].messages = 20;
    e.companions.frequency.messages_per_unit = {{1, 80}, {2, 15}, {9, 5}};
    const auto holdout = metrics::compare_holdout(e, 0.95);
    const auto f = metrics::examine_programme(e, holdout, {}, 0.95).fatigue;
    REQUIRE(f.by_index.rows.size() == 3);
    CHECK_FALSE(f.by_index.rows[0].descriptive);
    CHECK(f.by_index.rows[1].descriptive);
    CHECK(f.by_index.rows[2].descriptive);
    CHECK_THAT(f.change_per_index.value.value(), WithinAbs(-0.10, 0.005));
    CHECK(f.verdict == "shrinks");
    REQUIRE(f.doses.size() == 2);
    CHECK(f.doses[1].messages == 20);
    CHECK(f.frequency.units == 100);
    CHECK(f.frequency.p50 == 1.0);
    CHECK(f.frequency.p90 == 2.0);
    CHECK(f.frequency.most == 9.0);
    CHECK_THAT(f.frequency.mean.value(), WithinAbs(1.55, 1e-12));
    REQUIRE(f.frequency.histogram.size() == 9); // those that nobody got too
    CHECK(f.frequency.histogram[1].units == 15);
    CHECK(f.frequency.histogram[5].units == 0);
    CHECK(f.frequency.histogram[8].least == 9);
    CHECK(f.frequency.histogram[8].units == 5);
}

TEST_CASE("messages a customer: at most 20 rows, in equal steps, that hold every customer") {
    auto e = with_holdout();
    e.companions.frequency.messages_per_unit = {{1, 80}, {20, 3}, {21, 4}, {45, 1}};
    const auto loads = metrics::examine_programme(e, metrics::compare_holdout(e, 0.95), {}, 0.95)
                           .fatigue.frequency.histogram;
    REQUIRE(loads.size() == 15); // three numbers each
    CHECK(loads[6].least == 19);
    CHECK(loads[6].most == 21);
    CHECK(loads[6].units == 7);
    CHECK(loads[14].most == 45);
    std::int64_t units = 0;
    for (const auto& load : loads)
        units += load.units;
    CHECK(units == 88);
}

TEST_CASE("timing: effects by weekday, and by lag against the signals nobody acted on") {
    auto e = with_holdout();
    e.has_signals = true;
    e.assignments_by_weekday = table_of({{"0", 30, 100, 40, 400}, {"1", 30, 100, 120, 400}});
    e.messages_by_slot.cells = {arm_cell(Arm::treated, 5, 50, 0, 30)};
    e.assignments_by_slot = e.messages_by_slot;
    e.assignments_by_slot.cells = {arm_cell(Arm::treated, 5, 50, 0, 30),
                                   arm_cell(Arm::holdout, 8, 19, 0, 30)};
    e.matched.groups = {""};
    e.matched.cells = {arm_cell(Arm::treated, 40, 400), arm_cell(Arm::holdout, 40, 200)};
    e.matched_by_lag.cells = {arm_cell(Arm::treated, 10, 200, 0, 0), arm_cell(Arm::treated, 30, 200, 0, 1),
                              arm_cell(Arm::holdout, 40, 200, 0, 5)};
    const auto holdout = metrics::compare_holdout(e, 0.95);
    const auto matched = metrics::compare_matched(e, 0.95);
    const auto t = metrics::examine_programme(e, holdout, matched.leading, 0.95).timing;
    REQUIRE(t.weekday.rows.size() == 2);
    CHECK(t.weekday.rows[0].verdict == "prevents");
    CHECK(t.weekday.rows[1].verdict == "cannot_tell");
    CHECK(t.weekday.homogeneity.verdict == "differ");
    REQUIRE(t.slots.size() == 1);
    CHECK(t.slots[0].weekday == 1);
    CHECK(t.slots[0].hour == 6);
    CHECK_FALSE(t.slots[0].effect.value.has_value()); // 19 held out
    REQUIRE(t.lag.rows.size() == 2);
    CHECK_THAT(t.lag.rows[0].effect.value.value(), WithinAbs(0.15, 1e-12));
    CHECK_THAT(t.lag.rows[1].effect.value.value(), WithinAbs(0.05, 1e-12));
    CHECK(t.lag.rows[0].descriptive);
}

TEST_CASE("a holdout whose split broke gives no effects by group either") {
    auto e = with_holdout();
    e.assignments_by_weekday = table_of({{"0", 30, 100, 40, 400}});
    e.design.experiments[0].expected_holdout_share = 0.5;
    const auto holdout = metrics::compare_holdout(e, 0.95);
    REQUIRE(holdout.verdict == "withheld");
    CHECK(metrics::examine_programme(e, holdout, {}, 0.95).timing.weekday.rows.empty());
}
