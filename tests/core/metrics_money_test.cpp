// Money (M18): no cost is assumed, only proven prevention is net money, the lower end is the conservative
// figure.
#include "core/metrics/money.hpp"
#include "evidence_helpers.hpp"
#include "session.hpp"

using Catch::Matchers::WithinAbs;
using namespace preempt;

namespace {

/// The worked example of metrics.md 5.5.7: 40 prevented (8.6 to 78.2) of 400.
evidence::Evidence worked_example() {
    auto e = test::evidence();
    e.has_arms = true;
    test::add_pair(e.assignments.cells, 22, 100, 48, 400);
    e.assignment_totals = e.assignments;
    return e;
}

metrics::Money money_of(const evidence::Evidence& e, const metrics::Plan& plan) {
    const auto holdout = metrics::compare_holdout(e, 0.95);
    const auto matched = metrics::compare(e.matched.cells, e.matched.cells, e.matched.groups, 0.95);
    return metrics::money({e, holdout, matched, 0.95, plan});
}

metrics::Metric m18(const evidence::Evidence& e, const metrics::Plan& plan) {
    const auto holdout = metrics::compare_holdout(e, 0.95);
    const auto matched = metrics::compare(e.matched.cells, e.matched.cells, e.matched.groups, 0.95);
    for (auto& m : metrics::compute_all({e, holdout, matched, 0.95, plan}))
        if (m.id == "M18") return m;
    return {};
}

} // namespace

TEST_CASE("no cost is assumed: money stays blank until somebody states one (A36)") {
    const auto m = money_of(worked_example(), {});
    CHECK(m.missing == "no_cost");
    CHECK_FALSE(m.gross.value.has_value());
    CHECK_FALSE(m.net.value.has_value());
    CHECK(m18(worked_example(), {}).missing == "no_cost");
}

TEST_CASE("gross, net and the conservative figure at the lower bound") {
    metrics::Plan plan;
    plan.cost_per_contact = 8;
    auto m = money_of(worked_example(), plan);
    CHECK(m.proven);
    CHECK_THAT(m.gross.value.value(), WithinAbs(320, 1e-9));
    CHECK_THAT(m.gross.low.value(), WithinAbs(8 * 8.5632, 0.01)); // 400 x 0.021408
    CHECK_THAT(m.gross.high.value(), WithinAbs(8 * 78.1804, 0.01));
    CHECK_FALSE(m.net.value.has_value()); // without the cost of a message there is no net
    CHECK(m18(worked_example(), plan).missing == "no_outreach_cost");

    plan.cost_per_outreach = 0.5;
    m = money_of(worked_example(), plan);
    CHECK_THAT(m.outreach_cost.value(), WithinAbs(200, 1e-9));
    CHECK_THAT(m.net.value.value(), WithinAbs(120, 1e-9));
    CHECK_THAT(m.net.low.value(), WithinAbs(8 * 8.5632 - 200, 0.01));
    CHECK(m.could_cost); // at the lower bound it is a net cost, and that is said
    const auto metric = m18(worked_example(), plan);
    CHECK_THAT(metric.estimate.value.value(), WithinAbs(120, 1e-9));
    CHECK(metric.numerator == 40);
    CHECK(metric.unit == "money");
}

TEST_CASE(
    "contacts that a message induced are inside the prevented ones; charged once more they are shown apart") {
    auto e = worked_example();
    auto messages = test::cell(test::Arm::none, 48, 400);
    messages.messages = 600; // one and a half messages an episode
    messages.induced = 10;
    e.messages.cells = {messages};
    metrics::Plan plan;
    plan.cost_per_contact = 8;
    plan.cost_per_outreach = 0.1;
    const auto m = money_of(e, plan);
    CHECK_THAT(m.outreach_cost.value(), WithinAbs(60, 1e-9)); // 400 episodes of 1.5 messages
    CHECK_THAT(m.net.value.value(), WithinAbs(260, 1e-9));
    CHECK_THAT(m.induced_cost.value(), WithinAbs(80, 1e-9));
    CHECK_THAT(m.net_induced_apart.value.value(), WithinAbs(180, 1e-9));
}

TEST_CASE(
    "hours are capacity: prevented contacts times handling minutes, typed or as the tickets state them") {
    auto e = worked_example(); // 181 days
    e.companions.handle_minutes = 3000;
    e.companions.handle_minutes_stated = 200;
    auto m = money_of(e, {});
    CHECK(m.minutes_per_contact_from == "contacts");
    CHECK_THAT(m.hours.value.value(), WithinAbs(10, 1e-9)); // 40 x 15 minutes
    CHECK_THAT(m.hours_per_week.value.value(), WithinAbs(10.0 / (181.0 / 7), 1e-9));
    metrics::Plan plan;
    plan.minutes_per_contact = 30;
    m = money_of(e, plan);
    CHECK(m.minutes_per_contact_from == "typed");
    CHECK_THAT(m.hours.value.value(), WithinAbs(20, 1e-9));
}

TEST_CASE("costs are read from the periods file and the messages where nobody types them") {
    auto e = worked_example();
    const double nan = std::nan("");
    for (int month = 0; month < 6; ++month) {
        e.month.periods[static_cast<std::size_t>(month)].contacts = 100;
        e.companions.periods.push_back({test::date(2026, month + 1, 1), nan, nan, 500, nan, {}});
    }
    e.companions.message_cost = 60;
    e.companions.message_cost_stated = 300;
    const auto m = money_of(e, {});
    CHECK(m.cost_per_contact_from == "periods");
    CHECK_THAT(m.cost_per_contact.value(), WithinAbs(5, 1e-12));
    CHECK(m.cost_per_outreach_from == "messages");
    CHECK_THAT(m.cost_per_outreach.value(), WithinAbs(0.2, 1e-12));
    CHECK_THAT(m.net.value.value(), WithinAbs(40 * 5 - 400 * 0.2, 1e-9));
    metrics::Plan plan;
    plan.cost_per_contact = 9;
    CHECK(money_of(e, plan).cost_per_contact_from == "typed"); // what is typed wins
}

TEST_CASE("without a holdout money is estimated, and M18 stays blank (S2-17)") {
    auto e = test::evidence();
    e.has_signals = true;
    e.matched.groups = {""};
    test::add_pair(e.matched.cells, 22, 100, 48, 400);
    metrics::Plan plan;
    plan.cost_per_contact = 8;
    plan.cost_per_outreach = 0.1;
    const auto m = money_of(e, plan);
    CHECK_FALSE(m.proven);
    CHECK_THAT(m.gross.value.value(), WithinAbs(320, 1e-9));
    CHECK(m18(e, plan).missing == "no_holdout");
    CHECK_FALSE(m18(e, plan).estimate.value.has_value());
}

TEST_CASE("harm is a cost: a programme that causes contacts has a negative gross figure, not zero (F6)") {
    report::TypedRequest request;
    request.holdout = 1000;
    request.holdout_contacted = 64;
    request.treated = 1000;
    request.treated_contacted = 100;
    request.cost_per_contact = 10;
    const auto m = Calculator::evaluate_typed(request).value().money;
    CHECK_THAT(m.gross.value.value(), WithinAbs(-360, 1e-9));
    CHECK(m.could_cost);
}
