// What naive tools get wrong, where it is decided by which rows are compared (the formulas' own errors stand
// in stats_naive_test.cpp, same numbers). Each test states what the naive figure would be. Also: a whole
// session fills every chapter of the effects.
#include "cells.hpp"
#include "core/metrics/compare.hpp"
#include "core/metrics/effects/breakdown.hpp"
#include "core/stats/difference.hpp"
#include "core/stats/distribution.hpp"
#include "session.hpp"

#include <cmath>
#include <cstdio>

using namespace preempt;
using Catch::Matchers::WithinAbs;
using history::Arm;
using test::arm_cell;

namespace {

/// splitmix64: the same numbers on every platform.
struct Generator {
    std::uint64_t state;
    std::uint64_t next() {
        std::uint64_t z = (state += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    bool chance(double p) { return static_cast<double>(next() >> 11) * 0x1p-53 < p; }
    std::int64_t events(std::int64_t n, double p) {
        std::int64_t x = 0;
        for (std::int64_t i = 0; i < n; ++i)
            x += chance(p);
        return x;
    }
};

std::string day(int d, int hour = 10) {
    char text[64];
    std::snprintf(text, sizeof text, "2026-03-%02dT%02d:00:00Z", d, hour);
    return text;
}

/// People assigned on days 2 to 13 of March: every fourth is held out. Of those held out every second
/// contacts two days later, of those messaged every tenth.
struct Programme {
    std::string outreaches = "outreach_id,customer_id,sent_at,outreach_type,content_id\n";
    std::string contacts = "contact_id,customer_id,created_at,direction\n";
    std::string exposure = "customer_id,assigned_at,arm,experiment_id\n";
    std::string customers = "customer_id,plan\n";

    explicit Programme(int people = 480) {
        for (int i = 0; i < people; ++i) {
            const auto id = "U" + std::to_string(i);
            const int at = 2 + i % 12;
            const bool held = i % 4 == 0;
            exposure += id + "," + day(at) + (held ? ",holdout" : ",treated") + ",e1\n";
            customers += id + (i % 3 ? ",pro\n" : ",free\n");
            if (!held)
                outreaches += "o" + std::to_string(i) + "," + id + "," + day(at) + ",signal," +
                              (i % 2 ? "a" : "b") + "\n";
            if (held ? i % 8 == 0 : i % 10 == 1) contact(id, day(at + 2));
        }
    }
    void contact(const std::string& who, const std::string& at) {
        contacts += "c" + std::to_string(number++) + "," + who + "," + at + ",inbound\n";
    }
    report::Report evaluate(const std::string& until, const std::string& breakdown = "") const {
        Calculator calculator;
        for (const auto& [name, text] : {std::pair{"outreaches.csv", outreaches},
                                         {"contacts.csv", contacts},
                                         {"exposure.csv", exposure},
                                         {"customers.csv", customers}}) {
            const auto info = test::add(calculator, name, text);
            INFO(name << ": " << info.message);
            REQUIRE(info.state == "read");
        }
        report::EvaluateRequest request;
        request.coverage_end = until;
        request.breakdown = breakdown;
        auto result = calculator.evaluate(request);
        INFO(result.status().message);
        REQUIRE(result.ok());
        return result.value();
    }
    int number = 0;
};

} // namespace

TEST_CASE("naive 6: windows that are not over are no prevented contacts, and both arms' clocks start alike") {
    const Programme programme;
    // Contacts are known until the end of 12 March: whoever was assigned after the 6th is pending.
    const auto early = programme.evaluate("2026-03-12");
    const auto& h = early.holdout;
    CHECK(h.treated.pending + h.baseline.pending > 200);
    CHECK(h.treated.episodes + h.treated.pending == 360);
    CHECK(h.baseline.episodes + h.baseline.pending == 120);
    CHECK(test::metric(early, "M04").denominator == h.treated.episodes);
    // Counted as silence, pending windows would say: fewer contacts than there are.
    const double naive = static_cast<double>(h.treated.contacted) / 360;
    CHECK(naive < 0.7 * *h.treated.rate.value);
    // The held-out's clock starts at the assignment: a contact of the day before is before it, for both arms.
    Programme before;
    before.contact("U0", day(1)); // held out, assigned on the 2nd: reactive, not a contact of the holdout
    const auto moved = before.evaluate("2026-03-31"), still = programme.evaluate("2026-03-31");
    CHECK(moved.holdout.baseline.reactive == still.holdout.baseline.reactive + 1);
    CHECK(moved.holdout.baseline.contacted ==
          still.holdout.baseline.contacted - 1); // U0 contacted afterwards, too
}

TEST_CASE("naive 7: the messaged are compared with those held out, not with everybody else") {
    const Programme programme;
    Programme crowd;
    for (int i = 0; i < 1000; ++i) { // customers that no trigger ever fired for, and who contact often
        const auto id = "V" + std::to_string(i);
        crowd.customers += id + ",pro\n";
        if (i % 2) crowd.contact(id, day(5));
    }
    const auto a = programme.evaluate("2026-03-31").holdout, b = crowd.evaluate("2026-03-31").holdout;
    CHECK(b.baseline.episodes == 120);
    CHECK(a.difference.value == b.difference.value);
    CHECK(a.difference.low == b.difference.low);
    CHECK(a.prevented.value == b.prevented.value);
}

TEST_CASE("naive 8: 92% without a contact, and yet contacts were caused: the holdout is the headline") {
    report::TypedRequest request;
    request.treated = 1000;
    request.treated_contacted = 80;
    request.holdout = 1000;
    request.holdout_contacted = 30;
    const auto report = Calculator::evaluate_typed(request).value();
    CHECK_THAT(test::metric(report, "M04").estimate.value.value(), WithinAbs(0.92, 1e-12));
    CHECK(report.headline_rung == 5);
    CHECK(report.holdout.verdict == "causes");
    CHECK(report.holdout.prevented.high.value() < 0);
}

TEST_CASE("naive 9: rates are compared, never totals of unequal arms (G21)") {
    const auto c = metrics::compare_holdout(test::holdout(22, 100, 48, 400), 0.95);
    CHECK(c.baseline.contacted - c.treated.contacted == -26); // "26 contacts caused"
    CHECK_THAT(c.prevented.value.value(), WithinAbs(40, 1e-9));
}

TEST_CASE("naive 14: the sum of the segments that look significant is no total") {
    // 40 segments without any effect, 50 held out and 200 contacted each, 100 times.
    Generator random{14};
    double naive = 0, ours = 0;
    int still_standing = 0;
    for (int run = 0; run < 100; ++run) {
        evidence::Table table;
        for (std::uint32_t g = 0; g < 40; ++g) {
            table.groups.push_back(std::to_string(g));
            table.cells.push_back(arm_cell(Arm::treated, random.events(200, 0.2), 200, g, g));
            table.cells.push_back(arm_cell(Arm::holdout, random.events(50, 0.2), 50, g, g));
        }
        metrics::Cut cut;
        cut.compared = &table;
        for (const auto& row : metrics::break_down(cut, 0.95).rows) {
            if (*row.effect.low > 0) naive += *row.prevented.value;
            still_standing += row.verdict == "prevents";
        }
        ours += *metrics::compare(table.cells, table.cells, {}, 0.95).prevented.value;
    }
    CAPTURE(naive / 100, ours / 100, still_standing);
    CHECK(naive / 100 > 25);                   // 8,000 outreaches without effect, "25 prevented" and more
    CHECK(std::abs(ours / 100) < naive / 400); // the whole, weighted, has no such bias
    CHECK(still_standing <= 15);               // 100 runs of 40 tests: Benjamini-Hochberg leaves hardly any
}

TEST_CASE("naive 15: nothing that happens after the outreach sorts people into strata") {
    Programme busy;
    for (int i = 0; i < 480; i += 3) // contacts inside the windows, in both arms
        busy.contact("U" + std::to_string(i), day(2 + i % 12 + 3));
    const auto before = Programme().evaluate("2026-03-31").holdout,
               after = busy.evaluate("2026-03-31").holdout;
    CHECK(before.difference.value != after.difference.value);
    REQUIRE(before.strata.size() == after.strata.size());
    for (std::size_t s = 0; s < before.strata.size(); ++s) {
        CHECK(before.strata[s].label == after.strata[s].label);
        CHECK(before.strata[s].holdout_episodes == after.strata[s].holdout_episodes);
        CHECK(before.strata[s].treated_episodes == after.strata[s].treated_episodes);
    }
}

TEST_CASE("naive 16: a holdout too small to see anything says what it could have seen, not \"no effect\"") {
    const auto c = metrics::compare_holdout(test::holdout(21, 60, 170, 540), 0.95);
    CHECK(c.verdict == "cannot_tell");
    CHECK_THAT(c.detectable_drop.value(), WithinAbs(0.16, 0.005)); // 16 points of 35
}

TEST_CASE("naive 17: every contacted episode is used, however few are held out") {
    const auto all = metrics::compare_holdout(test::holdout(20, 100, 540, 4500), 0.95);
    const auto equal = metrics::compare_holdout(test::holdout(20, 100, 12, 100), 0.95);
    CHECK(all.treated.episodes == 4500);
    CHECK(all.verdict == "prevents");
    CHECK(equal.verdict == "cannot_tell");
}

TEST_CASE("naive 18: the spread of the segments' effects over n is no standard error") {
    // causalml's se = std(CATE)/n: with 10 segments of 1,000 contacted it is a few hundredths of a point.
    Generator random{18};
    int naive_covers = 0, covers = 0;
    for (int run = 0; run < 20; ++run) {
        std::vector<evidence::Cell> cells;
        double sum = 0, squares = 0;
        for (std::uint32_t s = 0; s < 10; ++s) {
            const auto held = random.events(100, 0.2), sent = random.events(1000, 0.12);
            cells.push_back(arm_cell(Arm::treated, sent, 1000, s));
            cells.push_back(arm_cell(Arm::holdout, held, 100, s));
            const double d = static_cast<double>(held) / 100 - static_cast<double>(sent) / 1000;
            sum += d;
            squares += d * d;
        }
        const double mean = sum / 10, sd = std::sqrt(squares / 10 - mean * mean);
        naive_covers += std::abs(mean - 0.08) <= 1.96 * sd / 11000;
        const auto c = metrics::compare(cells, cells, {}, 0.95);
        covers += *c.difference.low <= 0.08 && 0.08 <= *c.difference.high;
    }
    CHECK(naive_covers == 0);
    CHECK(covers >= 17);
}

TEST_CASE("a whole session fills holdout, delivery, window, weekday, index and variants") {
    const auto report = Programme().evaluate("2026-05-15", "plan");
    const auto& h = report.holdout;
    CHECK(h.verdict == "prevents");
    CHECK(h.delivery.missing.empty());
    CHECK_THAT(h.delivery.treated_share, WithinAbs(1, 1e-12));
    CHECK(h.delivery.baseline_share == 0);
    CHECK_FALSE(h.sequential.applies); // nothing pending, one export, no plan
    CHECK(report.window.basis == "holdout");
    REQUIRE(report.window.points.size() == 28);
    CHECK_THAT(report.window.points[6].difference.value.value(), WithinAbs(*h.difference.value, 1e-9));
    CHECK(report.window.points[6].chosen);
    CHECK_THAT(report.window.points[1].baseline.value.value(), WithinAbs(0, 1e-12)); // all contact on day 2
    CHECK(report.window.verdict == "prevented");
    const auto& weekday = report.programme.timing.weekday.rows;
    REQUIRE(weekday.size() == 7);
    std::int64_t episodes = 0;
    for (const auto& row : weekday)
        episodes += row.treated_episodes;
    CHECK(episodes == 360);
    REQUIRE(report.programme.fatigue.by_index.rows.size() == 1); // everybody was assigned once
    CHECK(report.programme.fatigue.by_index.rows[0].label == "1");
    REQUIRE(report.programme.variants.rows.rows.size() == 2);
    for (const auto& row : report.programme.variants.rows.rows)
        CHECK(row.holdout_episodes == 120);
    CHECK(report.programme.timing.slots.size() == 7); // always at ten
    CHECK(report.breakdown.basis == "holdout");
    CHECK(report.breakdown.rows.size() == 2);
    CHECK(report.breakdown.homogeneity.verdict != "not_tested");
}
