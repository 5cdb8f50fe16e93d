// Rung 4 on hand-made cells: which source leads, what withholds it, and all that stands beside the estimate.
#include "cells.hpp"
#include "core/metrics/effects/matched.hpp"
#include "core/stats/sensitivity.hpp"

#include <cmath>

using namespace preempt;
using Catch::Matchers::WithinAbs;
using history::Arm;
using test::arm_cell;
using test::has;

namespace {

evidence::Table table_of(std::vector<evidence::Cell> cells) {
    return {{"a", "b", "c"}, std::move(cells)};
}

/// Signals: 20% of 200 unacted contact, 10% of 400 acted on; placebo alike in both groups.
evidence::Evidence sound() {
    evidence::Evidence e;
    e.has_outreaches = e.has_contacts = e.has_signals = true;
    e.matched = table_of({arm_cell(Arm::treated, 40, 400), arm_cell(Arm::holdout, 40, 200)});
    e.matched_placebo = table_of({arm_cell(Arm::treated, 60, 400), arm_cell(Arm::holdout, 29, 200)});
    return e;
}

} // namespace

TEST_CASE("signals nobody acted on: estimate, E-values, bias and a placebo that passed (5.5.8, 2.14)") {
    const auto m = metrics::compare_matched(sound(), 0.95);
    const auto& c = m.leading;
    CHECK(c.basis == "signals_not_acted_on");
    CHECK(c.verdict == "prevents");
    CHECK_THAT(c.difference.value.value(), WithinAbs(0.10, 1e-12));
    CHECK(c.placebo.state == "passed");
    REQUIRE(m.matching.sources.size() == 2);
    const auto& s = m.matching.sources[0];
    CHECK(s.leads);
    CHECK(s.coverage == 1.0);
    // Risk ratio 0.5: E-value 2 + sqrt(2) (VanderWeele & Ding 2017).
    CHECK_THAT(s.e_value.value(), WithinAbs(2 + std::sqrt(2.0), 1e-9));
    CHECK(s.e_value_limit.value() > 1);
    CHECK(s.e_value_limit.value() < s.e_value.value());
    CHECK(s.bias == std::vector<std::string>{"worst_first", "skipped_when_busy"});
    CHECK(m.matching.sources[1].missing == "no_customers");
    CHECK(m.matching.methods.size() == 1); // one source, one stratum
    CHECK(m.matching.one_sign);
}

TEST_CASE("a failed placebo withholds the estimate, not only the verdict (2.14)") {
    auto e = sound();
    e.matched_placebo =
        table_of({arm_cell(Arm::treated, 40, 400), arm_cell(Arm::holdout, 40, 200)}); // the same gap before
    const auto m = metrics::compare_matched(e, 0.95);
    CHECK(m.leading.verdict == "withheld");
    CHECK(m.leading.withheld_why == "placebo");
    CHECK_FALSE(m.leading.difference.value.has_value());
    CHECK_FALSE(m.leading.prevented.value.has_value());
    CHECK_FALSE(m.matching.sources[0].e_value.has_value());
    CHECK(m.matching.methods.empty());
    CHECK_THAT(m.leading.placebo.difference.value.value(), WithinAbs(0.10, 1e-12));
}

TEST_CASE("a placebo that cannot rule out a gap as large as the effect is too small, and is said to be") {
    auto e = sound();
    e.matched_placebo = table_of({arm_cell(Arm::treated, 6, 40), arm_cell(Arm::holdout, 6, 40)});
    const auto m = metrics::compare_matched(e, 0.95);
    CHECK(m.leading.placebo.state == "too_small");
    CHECK(has(m.leading.cautions, "weak_placebo"));
    CHECK(m.leading.verdict == "prevents");
    e.matched_placebo.cells.clear();
    CHECK(has(metrics::compare_matched(e, 0.95).leading.cautions, "no_placebo"));
}

TEST_CASE("fewer than 60% of the contacted in strata with a baseline withholds rung 4 (5.5.8)") {
    auto e = sound();
    e.matched.cells.push_back(arm_cell(Arm::treated, 30, 266, 1)); // 400 of 666 covered
    CHECK(metrics::compare_matched(e, 0.95).leading.verdict == "prevents");
    e.matched.cells.back() = arm_cell(Arm::treated, 30, 267, 1);
    const auto m = metrics::compare_matched(e, 0.95);
    CHECK(m.leading.withheld_why == "coverage");
    // The estimate too, not only the verdict: it would speak of a minority of the messages.
    CHECK(m.leading.missing == "coverage");
    CHECK_FALSE(m.leading.difference.value.has_value());
    CHECK_FALSE(m.leading.prevented.value.has_value());
    CHECK_FALSE(m.leading.p.has_value());
    for (const auto& stratum : m.leading.strata)
        CHECK_FALSE(stratum.difference.value.has_value());
    CHECK_FALSE(m.matching.sources[0].difference.value.has_value());
    CHECK_FALSE(m.matching.sources[0].e_value.has_value());
    CHECK(m.matching.methods.empty());
    CHECK_FALSE(m.matching.low.has_value());
}

TEST_CASE("the source with coverage and a passed placebo leads, signals first") {
    auto e = sound();
    e.calendar = table_of({arm_cell(Arm::treated, 60, 600), arm_cell(Arm::holdout, 150, 1000)});
    e.calendar_placebo = table_of({arm_cell(Arm::treated, 90, 600), arm_cell(Arm::holdout, 148, 1000)});
    CHECK(metrics::compare_matched(e, 0.95).leading.basis == "signals_not_acted_on");
    e.matched_placebo = table_of({arm_cell(Arm::treated, 40, 400), arm_cell(Arm::holdout, 40, 200)});
    auto m = metrics::compare_matched(e, 0.95);
    CHECK(m.leading.basis == "same_time_customers");
    CHECK(m.matching.sources[1].leads);
    CHECK_FALSE(m.matching.sources[0].leads);
    CHECK_THAT(m.leading.difference.value.value(), WithinAbs(0.05, 1e-12));
    // Neither is sound: the signals stand, withheld.
    e.calendar_placebo = table_of({arm_cell(Arm::treated, 60, 600), arm_cell(Arm::holdout, 200, 1000)});
    m = metrics::compare_matched(e, 0.95);
    CHECK(m.leading.basis == "signals_not_acted_on");
    CHECK(m.leading.verdict == "withheld");
}

TEST_CASE("two sound sources that contradict each other leave it open (2.14, range over methods)") {
    auto e = sound();
    e.calendar = table_of({arm_cell(Arm::treated, 200, 1000), arm_cell(Arm::holdout, 100, 1000)});
    e.calendar_placebo = table_of({arm_cell(Arm::treated, 100, 1000), arm_cell(Arm::holdout, 102, 1000)});
    const auto m = metrics::compare_matched(e, 0.95);
    CHECK(m.leading.verdict == "cannot_tell");
    CHECK(has(m.leading.cautions, "sources_disagree"));
    CHECK_THAT(m.matching.low.value(), WithinAbs(-0.10, 1e-12));
    CHECK_THAT(m.matching.high.value(), WithinAbs(0.10, 1e-12));
    CHECK_FALSE(m.matching.one_sign);
}

TEST_CASE("the range is over weights as well: contacted, Mantel-Haenszel, and no strata at all") {
    auto e = sound();
    e.matched = table_of({arm_cell(Arm::treated, 30, 300, 0), arm_cell(Arm::holdout, 20, 100, 0),
                          arm_cell(Arm::treated, 40, 100, 1), arm_cell(Arm::holdout, 150, 300, 1)});
    e.matched_placebo.cells.clear();
    const auto m = metrics::compare_matched(e, 0.95);
    REQUIRE(m.matching.methods.size() == 3);
    CHECK(m.matching.methods[0].method == "stratified");
    CHECK_THAT(m.matching.methods[0].difference.value.value(), WithinAbs(0.10, 1e-12));
    CHECK(m.matching.methods[1].method == "mantel_haenszel");
    CHECK(m.matching.methods[2].method == "unstratified");
    // Simpson: the unacted signals are those of the stratum that contacts more.
    CHECK_THAT(m.matching.methods[2].difference.value.value(), WithinAbs(170.0 / 400 - 70.0 / 400, 1e-12));
    CHECK_THAT(m.matching.high.value(), WithinAbs(0.25, 1e-12));
}

TEST_CASE("a clock that starts at sending is named, with how many and which way it errs (5.5.8)") {
    auto e = sound();
    e.treated_without_signal = 12;
    const auto m = metrics::compare_matched(e, 0.95);
    CHECK(m.matching.clock_at_send == 12);
    CHECK(has(m.leading.cautions, "clock_at_send"));
    CHECK(has(m.matching.sources[0].bias, "quiet_until_sent"));
}

TEST_CASE("rung 4 is watched as well: after several exports the sequential interval decides (2.6)") {
    metrics::Plan plan;
    plan.snapshots = 2;
    auto e = sound();
    e.matched = table_of({arm_cell(Arm::treated, 46, 400), arm_cell(Arm::holdout, 36, 200)});
    const auto once = metrics::compare_matched(e, 0.95).leading;
    const auto again = metrics::compare_matched(e, 0.95, plan).leading;
    CHECK(once.verdict == "prevents");
    CHECK(again.verdict == "cannot_tell");
    CHECK(again.sequential.units == 600);
    CHECK(has(again.cautions, "looked_at_before"));
    e.matched = table_of({arm_cell(Arm::treated, 40, 400), arm_cell(Arm::holdout, 60, 200)});
    CHECK(metrics::compare_matched(e, 0.95, plan).leading.verdict == "prevents"); // 20 points hold
}
