// Published ranges: the table is the published one, and a verdict needs the whole interval.
#include "cells.hpp"
#include "core/metrics/benchmarks.hpp"
#include "core/metrics/effects/matched.hpp"
#include "session.hpp"

#include <boost/json.hpp>

using namespace preempt;

namespace {

metrics::Range band(double low, std::optional<double> high, bool low_inclusive = true,
                    bool high_inclusive = true) {
    return {"x", "", "", low, high, low_inclusive, high_inclusive, "", "", ""};
}

const metrics::Benchmark& row(const report::Report& report, const std::string& id) {
    for (const auto& b : report.benchmarks)
        if (b.id == id) return b;
    FAIL("no range " << id);
    return report.benchmarks.front();
}

} // namespace

TEST_CASE("the ranges are those published, row by row") {
    const auto document = boost::json::parse(test::read_data("benchmarks.json"));
    const auto& published = document.as_object().at("ranges").as_array();
    const auto ours = metrics::published_ranges();
    REQUIRE(ours.size() == published.size());
    for (std::size_t i = 0; i < ours.size(); ++i) {
        const auto& p = published[i].as_object();
        INFO(ours[i].id);
        CHECK(p.at("id").as_string() == ours[i].id);
        CHECK(p.at("label").as_string() == ours[i].label);
        CHECK(p.at("low").to_number<double>() == Approx(ours[i].low * 100));
        if (p.at("high").is_null())
            CHECK_FALSE(ours[i].high.has_value());
        else
            CHECK(p.at("high").to_number<double>() == Approx(ours[i].high.value() * 100));
        CHECK(p.at("low_inclusive").as_bool() == ours[i].low_inclusive);
        CHECK(p.at("high_inclusive").as_bool() == ours[i].high_inclusive);
        CHECK(p.at("metric").as_string() == ours[i].metric);
        CHECK(p.at("source").as_string() == ours[i].source);
    }
}

TEST_CASE("a verdict needs the whole interval on one side or inside (benchmark verdicts)") {
    const auto range = band(0.15, 0.30);
    CHECK(metrics::band_verdict(range, {0.10, 0.05, 0.149}) == "below");
    CHECK(metrics::band_verdict(range, {0.10, 0.05, 0.15}) == "cannot_tell");
    CHECK(metrics::band_verdict(range, {0.20, 0.15, 0.30}) == "inside");
    CHECK(metrics::band_verdict(range, {0.20, 0.14, 0.30}) == "cannot_tell");
    CHECK(metrics::band_verdict(range, {0.35, 0.301, 0.40}) == "above");
    CHECK(metrics::band_verdict(range, {0.35, std::nullopt, std::nullopt}) == "no_value");
}

TEST_CASE(
    "a shared edge of the maturity bands belongs to the upper band, and Advanced starts above 25 (A24)") {
    const auto emerging = band(0.05, 0.10, true, false), established = band(0.10, 0.25);
    const auto advanced = band(0.25, std::nullopt, false, false);
    const metrics::Estimate ten{0.10, 0.10, 0.10}, quarter{0.25, 0.25, 0.25};
    CHECK(metrics::band_verdict(emerging, ten) == "above");
    CHECK(metrics::band_verdict(established, ten) == "inside");
    CHECK(metrics::band_verdict(established, quarter) == "inside");
    CHECK(metrics::band_verdict(advanced, quarter) == "below");
    CHECK(metrics::band_verdict(advanced, {0.3, 0.26, 0.4}) == "inside");
}

TEST_CASE("a band above the baseline's upper end is out of reach, whatever the effect (F4)") {
    report::TypedRequest request;
    request.holdout = 1000;
    request.holdout_contacted = 120;
    request.treated = 4000;
    request.treated_contacted = 160;
    const auto report = Calculator::evaluate_typed(request).value();
    const auto& signal = row(report, "B-13");
    REQUIRE(signal.ceiling.has_value());
    CHECK(*signal.ceiling < 0.15);
    CHECK(signal.verdict == "out_of_reach");
    CHECK(row(report, "B-16").verdict == "above");
}

TEST_CASE("a band is never set against a value of another metric (G14)") {
    report::TypedRequest request;
    request.claimed_attempts = 250;
    request.claimed_successes = 225;
    const auto report = Calculator::evaluate_typed(request).value();
    for (const auto& b : report.benchmarks) {
        INFO(b.id);
        CHECK(b.estimate.value.has_value() == (b.metric == "claimed_success"));
        CHECK((b.verdict == "no_value") == (b.metric != "claimed_success"));
    }
    CHECK(row(report, "B-01").verdict ==
          "above"); // Count's own example lies above every range that Count prints (F5)
}

TEST_CASE("without a holdout each outreach type has its own value, from the signals nobody acted on") {
    evidence::Evidence e;
    e.has_outreaches = e.has_contacts = e.has_signals = true;
    using history::Arm;
    e.matched.groups = {""};
    e.matched.cells = {test::cell(Arm::treated, 140, 1000), test::cell(Arm::holdout, 300, 1000)};
    e.matched_by_type.groups = {"", "signal", "lifecycle"};
    e.matched_by_type.cells = {
        test::cell(Arm::treated, 40, 600, 0, 1), test::cell(Arm::holdout, 280, 600, 0, 1),
        test::cell(Arm::treated, 100, 400, 0, 2), test::cell(Arm::holdout, 100, 400, 0, 2)};
    const auto matched = metrics::compare_matched(e, 0.95).leading;
    const metrics::Comparison none;
    const metrics::Plan plan;
    const auto rows = metrics::judge({e, none, matched, 0.95, plan}, {});
    const auto find = [&](const std::string& id) {
        for (const auto& r : rows)
            if (r.id == id) return r;
        return metrics::Benchmark{};
    };
    CHECK(find("B-13").metric_id == "M05");
    CHECK(find("B-13").own_group);
    CHECK(find("B-13").estimate.value.value() == Approx(0.40));
    CHECK(find("B-13").verdict == "inside");
    CHECK(find("B-15").estimate.value.value() == Approx(0));
    CHECK(find("B-14").verdict == "no_value"); // nothing of that type
    CHECK(find("B-13").grade == "estimate");
}

TEST_CASE("own ranges and targets stand below the published ones, each with its grade (A37, F9)") {
    report::TypedRequest request;
    request.holdout = 100;
    request.holdout_contacted = 22;
    request.treated = 400;
    request.treated_contacted = 48;
    request.custom_ranges = {{"Our goal", "M06", 0.05, std::nullopt, "", ""},
                             {"A peer", "M06", 0.01, 0.30, "their talk of 2025", ""},
                             {"Out of reach", "M06", 0.35, 0.50, "", ""}};
    const auto report = Calculator::evaluate_typed(request).value();
    CHECK(row(report, "own-1").grade == "target");
    CHECK(row(report, "own-1").axis == "own_target");
    CHECK(row(report, "own-1").verdict == "cannot_tell"); // 2.1 to 19.5 points
    CHECK(row(report, "own-2").grade == "stated");
    CHECK(row(report, "own-2").source == "their talk of 2025");
    CHECK(row(report, "own-2").verdict == "inside");
    CHECK(row(report, "own-3").verdict == "out_of_reach");
}

TEST_CASE("an own range of an unknown metric, upside down, nameless or for silence alone is refused (G14)") {
    report::TypedRequest request;
    request.claimed_attempts = 250;
    request.claimed_successes = 225;
    const auto refused = [&](metrics::CustomRange range) {
        request.custom_ranges = {range};
        return !Calculator::evaluate_typed(request).ok();
    };
    CHECK_FALSE(refused({"Fine", "M03", 0.5, 0.9, "", ""}));
    CHECK(refused({"Unknown", "M99", 0.5, 0.9, "", ""}));
    CHECK(refused({"Upside down", "M03", 0.9, 0.5, "", ""}));
    CHECK(refused({" ", "M03", 0.5, 0.9, "", ""}));
    CHECK(refused({"Silence", "M04", 0.5, 0.9, "", ""}));
}
