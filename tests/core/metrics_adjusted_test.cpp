// The holdout's difference with what earlier contacts explain taken out (statistics.md 2.5), as a row beside
// M06. Reference: tests/data/stats/cluster_ratio.json.
#include "cells.hpp"
#include "core/metrics/catalogue.hpp"
#include "stats_cases.hpp"

using namespace preempt;
using history::Arm;

namespace {

/// Each account of the case `times` times: difference and theta stay, and the arms are large enough.
evidence::Evidence evidence_of(const boost::json::value& accounts, int times) {
    auto e = test::holdout(30, 100, 40, 200);
    std::array<stats::CupedSums, 2> arms{};
    for (const auto& a : accounts.as_array()) {
        auto& s = arms[stats_cases::text(a, "arm") == "holdout" ? 0 : 1];
        const double y = stats_cases::number(a, "contacts"), m = stats_cases::number(a, "outreaches"),
                     x = stats_cases::number(a, "pre_tickets"), n = times;
        auto& o = s.outcome;
        o = {o.units + n,          o.sum_y + n * y,      o.sum_m + n * m,
             o.sum_yy + n * y * y, o.sum_ym + n * y * m, o.sum_mm + n * m * m};
        s = {o, s.sum_x + n * x, s.sum_xx + n * x * x, s.sum_xy + n * x * y, s.sum_xm + n * x * m};
    }
    e.earlier = {{0, Arm::treated, arms[1]}, {0, Arm::holdout, arms[0]}};
    return e;
}

const metrics::Variant* row(const evidence::Evidence& e, const std::string& id,
                            std::vector<metrics::Metric>& keep) {
    const auto holdout = metrics::compare_holdout(e, 0.95);
    const metrics::Plan plan;
    keep = metrics::compute_all({e, holdout, {}, 0.95, plan});
    for (const auto& metric : keep)
        if (metric.id == "M06")
            for (const auto& variant : metric.variants)
                if (variant.id == id) return &variant;
    return nullptr;
}

} // namespace

TEST_CASE("beside M06 stands the difference adjusted by earlier contacts, as the reference has it (2.5)") {
    std::vector<metrics::Metric> keep;
    const auto family = stats_cases::load("cluster_ratio");
    for (const auto& c : family.at("cases").as_array()) {
        INFO(stats_cases::text(c, "id"));
        const auto* adjusted = row(evidence_of(c.at("accounts"), 10), "earlier_contacts", keep);
        REQUIRE(adjusted != nullptr);
        CHECK(stats_cases::close(*adjusted->estimate.value, stats_cases::number(c.at("cuped_ratio"), "diff"),
                                 1e-10, 1e-12));
        CHECK(*adjusted->estimate.low < *adjusted->estimate.value);
        CHECK(*adjusted->estimate.high > *adjusted->estimate.value);
        REQUIRE(row(evidence_of(c.at("accounts"), 10), "earlier_contacts_explain", keep) != nullptr);
    }
}

TEST_CASE("the adjusted row needs 50 units and 10 contacts in each arm of each stratum (2.5)") {
    std::vector<metrics::Metric> keep;
    const auto family = stats_cases::load("cluster_ratio");
    const auto& accounts = family.at("cases").at(0).at("accounts");
    auto e = evidence_of(accounts, 7); // 8 held-out accounts, 7 times
    CHECK(row(e, "earlier_contacts", keep) != nullptr);
    CHECK(row(evidence_of(accounts, 6), "earlier_contacts", keep) == nullptr);
    for (auto& one : e.earlier)
        if (one.arm == Arm::holdout) one.sums.outcome.sum_y = 9;
    CHECK(row(e, "earlier_contacts", keep) == nullptr);
    // Strata alike add up to the same; one without a holdout speaks of nobody, one too small of none.
    e = evidence_of(accounts, 7);
    const auto alone = row(e, "earlier_contacts", keep)->estimate;
    auto second = e.earlier;
    for (auto& one : second)
        one.stratum = 1;
    e.earlier.insert(e.earlier.end(), second.begin(), second.end());
    auto both = row(e, "earlier_contacts", keep)->estimate;
    CHECK(stats_cases::close(*both.value, *alone.value, 1e-12));
    CHECK(stats_cases::close(*both.high - *both.value, (*alone.high - *alone.value) / std::sqrt(2.0), 1e-12));
    e.earlier.pop_back(); // the second stratum's holdout
    CHECK(stats_cases::close(*row(e, "earlier_contacts", keep)->estimate.value, *alone.value, 1e-12));
    e.earlier.push_back(evidence_of(accounts, 1).earlier.back());
    e.earlier.back().stratum = 1;
    CHECK(row(e, "earlier_contacts", keep) == nullptr);
}
