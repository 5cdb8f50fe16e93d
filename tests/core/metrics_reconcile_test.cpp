// The same data under each published definition (issue 5, item 3; F2: a programme without effect scores 90%
// on the naive reading).
#include "core/metrics/reconcile.hpp"
#include "session.hpp"

#include "core/metrics/compare.hpp"

using Catch::Matchers::WithinAbs;
using namespace preempt;

namespace {

const metrics::ReconciliationRow& row(const metrics::Reconciliation& all, const std::string& id) {
    for (const auto& r : all.rows)
        if (r.id == id) return r;
    FAIL("no row " << id);
    return all.rows.front();
}

} // namespace

TEST_CASE("claimed 90% -> no contact 88% -> prevented 10%: one set of numbers, three readings") {
    report::TypedRequest request;
    request.claimed_attempts = 250;
    request.claimed_successes = 225;
    request.holdout = 100;
    request.holdout_contacted = 22;
    request.treated = 400;
    request.treated_contacted = 48;
    const auto report = Calculator::evaluate_typed(request).value();
    const auto& all = report.reconciliation;
    CHECK(all.chain == std::vector<std::string>{"count", "no_contact", "kpitree_outreach"});
    CHECK_THAT(row(all, "count").estimate.value.value(), WithinAbs(0.90, 1e-12));
    CHECK_THAT(row(all, "no_contact").estimate.value.value(), WithinAbs(0.88, 1e-12));
    const auto& proven = row(all, "kpitree_outreach");
    CHECK_THAT(proven.estimate.value.value(), WithinAbs(0.10, 1e-12));
    CHECK(proven.headline);
    CHECK(proven.why.empty());
    // F3: the formula of KPI Tree and its text are two quantities.
    CHECK_THAT(row(all, "kpitree_share").estimate.value.value(), WithinAbs(0.4545, 1e-4));
    // Why the bound is so much larger: 78 of the 100 held out were quiet without any message.
    const auto& bound = row(all, "no_contact");
    CHECK_THAT(bound.gap.value(), WithinAbs(0.78, 1e-12));
    CHECK(test::count(bound.why, "quiet_anyway") == 78);
    CHECK(row(all, "supportman").missing == "not_typed");
}

TEST_CASE("a dashboard counts open windows and broadcasts as quiet, and each message of an episode") {
    Calculator calculator;
    test::add(calculator, "outreaches.csv",
              "outreach_id,customer_id,sent_at,outreach_type\n"
              "o1,a,2026-03-01T10:00:00Z,signal\n"    // contacted
              "o2,b,2026-03-01T10:00:00Z,signal\n"    // quiet
              "o3,b,2026-03-03T10:00:00Z,signal\n"    // the same episode
              "o4,c,2026-03-28T10:00:00Z,signal\n"    // open
              "o5,d,2026-03-02T10:00:00Z,broadcast\n" // quiet
              "o6,e,2026-03-02T10:00:00Z,broadcast\n");
    test::add(calculator, "contacts.csv",
              "contact_id,customer_id,created_at\nc1,a,2026-03-02T10:00:00Z\nc2,z,2026-03-30T10:00:00Z\n");
    report::EvaluateRequest request;
    request.coverage_end = "2026-03-31T00:00:00Z";
    const auto report = calculator.evaluate(request).value();
    const auto& all = report.reconciliation;
    const auto& dashboard = row(all, "dashboard");
    CHECK(dashboard.numerator == 5);
    CHECK(dashboard.denominator == 6);
    const auto& ours = row(all, "no_contact");
    CHECK(ours.numerator == 1);
    CHECK(ours.denominator == 2);
    CHECK(ours.headline);
    CHECK_THAT(dashboard.gap.value(), WithinAbs(5.0 / 6 - 0.5, 1e-12));
    CHECK(test::count(dashboard.why, "immature") == 1);
    CHECK(test::count(dashboard.why, "broadcasts") == 2);
    CHECK(test::count(dashboard.why, "repeated") == 1);
    CHECK(test::count(dashboard.why, "unknown_senders") == 1);
    CHECK(test::count(dashboard.why, "quiet_anyway") == 0); // nobody to compare with
    CHECK(row(all, "kpitree_outreach").missing == "no_holdout");
    CHECK(all.chain == std::vector<std::string>{"dashboard", "no_contact"});
    CHECK_FALSE(row(all, "supportman").gap.has_value()); // messages for each contact: not a share
    CHECK_THAT(row(all, "supportman").estimate.value.value(),
               WithinAbs(2.0, 1e-12)); // 4 messages, 2 contacts
}

TEST_CASE("a comparison that a health check withheld is nobody's figure") {
    report::TypedRequest request;
    request.treated = 430;
    request.treated_contacted = 40;
    request.holdout = 70;
    request.holdout_contacted = 20;
    request.expected_holdout_share = 0.2;
    const auto report = Calculator::evaluate_typed(request).value();
    const auto& proven = row(report.reconciliation, "kpitree_outreach");
    CHECK_FALSE(proven.estimate.value.has_value());
    CHECK(proven.missing == "sample_ratio");
    CHECK_FALSE(row(report.reconciliation, "kpitree_share").estimate.value.has_value());
}
