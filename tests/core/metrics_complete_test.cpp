// The catalogue over a session with all input tables T1 to T10 (tests/data/complete).
#include "session.hpp"

#include <algorithm>

using Catch::Matchers::WithinAbs;
using namespace preempt;

namespace {

report::Report complete(const report::EvaluateRequest& request) {
    Calculator calculator;
    for (const char* name :
         {"outreaches.csv", "contacts.csv", "customers.csv", "exposure.csv", "signals.csv", "surveys.csv",
          "selfservice.csv", "articles.csv", "owners.csv", "periods.csv", "changes.csv"}) {
        const auto info = test::add(calculator, name, test::read_data(std::string("complete/") + name));
        INFO(name << " " << info.kind << " " << info.state << " " << info.message);
        REQUIRE(info.state == "read");
    }
    auto result = calculator.evaluate(request);
    INFO(result.status().message);
    REQUIRE(result.ok());
    return result.value();
}

report::EvaluateRequest everything() {
    report::EvaluateRequest request;
    request.coverage_end = "2026-04-30";
    request.breakdown = "plan";
    request.cost_per_contact = 8;
    request.cost_per_outreach = 0.1;
    request.minutes_per_contact = 20;
    request.at_risk_below = 40;
    return request;
}

} // namespace

TEST_CASE("with all tables, a metric has a value with its interval or says what is missing, never both") {
    const auto report = complete(everything());
    CHECK(report.metrics.size() == 36);
    for (const auto& m : report.metrics) {
        INFO(m.id << " " << m.missing);
        CHECK(m.estimate.value.has_value() == m.missing.empty());
        if (m.estimate.value && m.estimate.low && m.estimate.high) {
            CHECK(*m.estimate.low <= *m.estimate.value);
            CHECK(*m.estimate.value <= *m.estimate.high);
        }
        if (m.unit == "share" && m.id != "M32" && m.denominator > 0 && m.estimate.value)
            CHECK_THAT(
                *m.estimate.value,
                WithinAbs(static_cast<double>(m.numerator) / static_cast<double>(m.denominator), 1e-12));
        for (const auto& v : m.variants) {
            INFO(v.id << " " << v.name);
            CHECK_FALSE(v.name.empty());
            if (v.estimate.low && v.estimate.high) {
                CHECK(*v.estimate.low <= v.estimate.value.value());
                CHECK(v.estimate.value.value() <= *v.estimate.high);
            }
        }
    }
}

TEST_CASE("money, mix and the published definitions agree with the metrics that they belong to") {
    const auto report = complete(everything());
    const auto& m06 = test::metric(report, "M06");
    CHECK(report.money.prevented.value == report.holdout.prevented.value);
    CHECK_THAT(report.money.gross.value.value(), WithinAbs(8 * *report.holdout.prevented.value, 1e-9));
    CHECK(test::metric(report, "M18").estimate.value == report.money.net.value);
    CHECK_THAT(report.money.hours.value.value(), WithinAbs(*report.holdout.prevented.value / 3, 1e-9));
    CHECK_THAT(*report.mix.mix.value + *report.mix.within.value, WithinAbs(*report.mix.total.value, 1e-12));
    for (const auto& row : report.reconciliation.rows) {
        INFO(row.id);
        CHECK(row.estimate.value.has_value() == row.missing.empty());
        if (row.headline) CHECK(row.estimate.value == m06.estimate.value);
        if (row.headline) CHECK(row.gap == 0.0);
    }
    CHECK(report.reconciliation.chain.front() == "count");
    CHECK(report.reconciliation.chain.back() == "kpitree_outreach");
}

TEST_CASE("companions of all periods of a session add up to the whole") {
    const auto report = complete(everything());
    for (const auto& s : report.companions) {
        INFO(s.id);
        CHECK((s.week.empty() || s.week.size() == report.series.week.size()));
        CHECK((s.month.empty() || s.month.size() == report.series.month.size()));
        if (s.unit != "count" || s.id == "M14.viewers") continue;
        std::int64_t weeks = 0, months = 0;
        for (const auto& p : s.week)
            weeks += p.numerator;
        for (const auto& p : s.month)
            months += p.numerator;
        CHECK(weeks == months);
        if (s.id == "M09") CHECK(months == test::metric(report, "M09").numerator);
        if (s.id == "M01.sent") CHECK(months == test::metric(report, "M01").numerator);
    }
}
