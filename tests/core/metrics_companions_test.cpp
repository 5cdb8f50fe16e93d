// The companions of the catalogue (metrics.md 5.4), each on evidence made by hand with its figure worked out
// beside it. Wilson ends come from core/stats, which is tested on its own.
#include "core/metrics/catalogue.hpp"
#include "evidence_helpers.hpp"

#include "core/stats/difference.hpp"
#include "core/stats/poisson.hpp"

using Catch::Matchers::WithinAbs;
using namespace preempt;
using metrics::Metric;

namespace {

std::vector<Metric> computed(const evidence::Evidence& e, const metrics::Plan& plan = {}) {
    const auto holdout = metrics::compare_holdout(e, 0.95);
    const auto matched = metrics::compare(e.matched.cells, e.matched.cells, e.matched.groups, 0.95);
    return metrics::compute_all({e, holdout, matched, 0.95, plan});
}

Metric only(const evidence::Evidence& e, const std::string& id) {
    for (auto& m : computed(e))
        if (m.id == id) return m;
    FAIL("no metric " << id);
    return {};
}

const metrics::Variant& variant(const Metric& metric, const std::string& id) {
    for (const auto& v : metric.variants)
        if (v.id == id) return v;
    FAIL("no variant " << id << " of " << metric.id);
    return metric.variants.front();
}

bool has(const Metric& metric, const std::string& id) {
    for (const auto& v : metric.variants)
        if (v.id == id) return true;
    return false;
}

std::int64_t part(const Metric& metric, const std::string& id) {
    for (const auto& c : metric.parts)
        if (c.id == id) return c.count;
    return -1;
}

void check_share(const Metric& m, std::int64_t numerator, std::int64_t denominator) {
    INFO(m.id);
    CHECK(m.numerator == numerator);
    CHECK(m.denominator == denominator);
    const auto expected = metrics::proportion(numerator, denominator, 0.95);
    CHECK(m.estimate.value == expected.value);
    CHECK(m.estimate.low == expected.low);
    CHECK(m.estimate.high == expected.high);
    CHECK(m.missing.empty());
}

} // namespace

TEST_CASE("M07: signals that somebody answered before the customer came, of those whose window is over") {
    auto e = test::evidence();
    CHECK(only(e, "M07").missing == "no_signals");
    e.has_signals = true;
    e.companions.signals.fired = 50;
    e.companions.signals.mature = 40;
    e.companions.signals.pending = 10;
    e.companions.signals.acted = 30;
    e.companions.signals.acted_first = 25;
    const auto m = only(e, "M07");
    check_share(m, 25, 40);
    REQUIRE(m.excluded.size() == 1);
    CHECK(m.excluded[0].count == 10);
}

TEST_CASE("M08: with a holdout, what the first day adds is signed and has its own interval") {
    auto e = test::evidence();
    e.has_arms = true;
    auto cell = test::cell(test::Arm::treated, 60, 400);
    cell.first_contact_day[0] = 30;
    e.assignments.cells.push_back(cell);
    cell = test::cell(test::Arm::holdout, 20, 100);
    cell.first_contact_day[0] = 2;
    e.assignments.cells.push_back(cell);
    e.assignment_totals = e.assignments;
    auto messages = test::cell(test::Arm::none, 60, 400);
    messages.induced = 24;
    e.messages.cells = {messages};
    const auto m = only(e, "M08");
    check_share(m, 24, 400);
    const auto& excess = variant(m, "first_day_excess");
    CHECK_THAT(excess.estimate.value.value(), WithinAbs(30.0 / 400 - 2.0 / 100, 1e-12));
    const auto expected = stats::miettinen_nurminen({2, 100}, {30, 400});
    CHECK_THAT(excess.estimate.low.value(), WithinAbs(-expected.high, 1e-9));
    CHECK_THAT(excess.estimate.high.value(), WithinAbs(-expected.low, 1e-9));
    CHECK(excess.numerator == 22); // 0.055 of 400
}

TEST_CASE(
    "M08: reasons of contacts that answer a message are split, and repeated outreach widens the interval") {
    auto e = test::evidence();
    auto messages = test::cell(test::Arm::none, 60, 400);
    messages.induced = 24;
    // Ten units of forty episodes, and all contacts with two of them.
    messages.sums = {10, 60, 400, 2 * 30 * 30, 2 * 30 * 40, 10 * 40 * 40};
    e.messages.cells = {messages};
    e.companions.induced_reasons = {1, 2, 3, 4, 5, 6};
    const auto m = only(e, "M08");
    CHECK(part(m, "is_this_real") == 5);
    CHECK(part(m, "reason_not_stated") == 1);
    CHECK(m.estimate.high.value() > metrics::proportion(24, 400, 0.95).high.value() + 0.01);
}

TEST_CASE(
    "M10: contacts for each active customer and 30 days, from the periods file, else from the customers") {
    auto e = test::evidence(); // 181 days: 2026-01-01 to 2026-07-01
    e.contacts = 362;
    CHECK(only(e, "M10").missing == "no_active_customers");
    e.companions.active_units = 500;
    const auto from_customers = only(e, "M10");
    CHECK_THAT(from_customers.estimate.value.value(), WithinAbs(362.0 / (500 * 181.0 / 30), 1e-12));
    CHECK(from_customers.denominator == 500);

    history::PeriodFigures january, march, ahead, before;
    const double nan = std::nan("");
    before = {test::date(2025, 11, 1), 90'000, nan, nan, nan, {}};
    january = {test::date(2026, 1, 1), 1000, 100, nan, nan, {}};
    march = {test::date(2026, 3, 1), 1400, 140, nan, nan, {}};
    ahead = {test::date(2026, 8, 1), 50'000, nan, nan, nan, {}};
    e.companions.periods = {before, january, march, ahead}; // only January and March lie in the covered span
    const auto m = only(e, "M10");
    const double exposure = 1200 * 181.0 / 30;
    CHECK_THAT(m.estimate.value.value(), WithinAbs(362 / exposure, 1e-12));
    CHECK_THAT(m.estimate.low.value(), WithinAbs(stats::poisson_exact(362, exposure).low, 1e-12));
    CHECK_THAT(variant(m, "per_account").estimate.value.value(), WithinAbs(362 / (120 * 181.0 / 30), 1e-12));

    // Filtered contacts are not set against everybody's customers.
    e.question.filters.push_back({0, {"x"}, false});
    CHECK(only(e, "M10").denominator == 500);
}

TEST_CASE("M12: units that came back, tickets beside them; parallel and too recent ones apart") {
    auto e = test::evidence();
    e.companions.repeat = {{12, 100}, {20, 150}, 3, 4, 7, 1};
    const auto m = only(e, "M12");
    check_share(m, 12, 100);
    CHECK(variant(m, "tickets").denominator == 150);
    CHECK(part(m, "parallel") == 3);
    CHECK(part(m, "reopened") == 4);
    REQUIRE(m.excluded.size() == 1);
    CHECK(m.excluded[0].count == 7);
}

TEST_CASE("M13: sessions of known people that nobody had to follow with a contact; anonymous ones are none") {
    auto e = test::evidence();
    CHECK(only(e, "M13").missing == "no_views");
    auto& s = e.companions.self_service;
    s.sessions = 80;
    s.potential = 60;
    s.confirmed = 20;
    s.anonymous_sessions = 100;
    s.pending = 5;
    e.contacts = 20;
    const auto m = only(e, "M13");
    check_share(m, 60, 80);
    CHECK(variant(m, "confirmed").numerator == 20);
    CHECK(variant(m, "of_all_interactions").denominator == 200); // 80 + 100 sessions, 20 contacts
    CHECK(part(m, "anonymous") == 100);
}

TEST_CASE("M14: views of everybody; by topic against contacts; conversations begun from an article") {
    auto e = test::evidence();
    auto& s = e.companions.self_service;
    s.views = 300;
    s.anonymous_views = 100;
    s.aggregate_views = 1000;
    s.aggregate_conversations = 40;
    s.viewers = 90;
    s.topics = {{"billing", 30, 60}, {"login", 200, 100}};
    const auto m = only(e, "M14");
    CHECK(m.numerator == 1400);
    CHECK_THAT(variant(m, "anonymous").estimate.value.value(), WithinAbs(0.25, 1e-12));
    CHECK_THAT(variant(m, "conversations_per_view").estimate.value.value(), WithinAbs(0.04, 1e-12));
    CHECK(variant(m, "topic").name == "login"); // the largest first
    CHECK_THAT(variant(m, "topic").estimate.value.value(), WithinAbs(2, 1e-12));
}

TEST_CASE("M15: answers split into proactive, reactive and neither; effort and NPS by their own rules; who "
          "answered") {
    auto e = test::evidence();
    using history::Arm;
    using history::SurveyKind;
    // kind, about, arm, asked, answered, satisfied, promoters, detractors
    e.companions.surveys = {{SurveyKind::csat, 0, Arm::treated, 100, 40, 30, 0, 0},
                            {SurveyKind::csat, 1, Arm::treated, 200, 60, 54, 0, 0},
                            {SurveyKind::csat, 1, Arm::holdout, 50, 20, 16, 0, 0},
                            {SurveyKind::csat, 2, Arm::none, 0, 10, 9, 0, 0},
                            {SurveyKind::ces, 1, Arm::none, 30, 30, 20, 0, 0},
                            {SurveyKind::nps, 0, Arm::none, 0, 20, 0, 10, 4},
                            {SurveyKind::nps, 2, Arm::none, 0, 80, 0, 40, 16}};
    const auto m = only(e, "M15");
    check_share(m, 109, 130);
    CHECK_THAT(variant(m, "csat_proactive").estimate.value.value(), WithinAbs(0.75, 1e-12));
    CHECK_THAT(variant(m, "csat_reactive").estimate.value.value(), WithinAbs(70.0 / 80, 1e-12));
    const auto& less = variant(m, "csat_difference");
    CHECK_THAT(less.estimate.value.value(), WithinAbs(0.75 - 70.0 / 80, 1e-12));
    const auto expected = stats::miettinen_nurminen({30, 40}, {70, 80});
    CHECK_THAT(less.estimate.low.value(), WithinAbs(expected.low, 1e-12));
    CHECK(variant(m, "csat_messaged").denominator == 100);
    CHECK(variant(m, "csat_held_out").denominator == 20);
    CHECK_THAT(variant(m, "csat_effect").estimate.value.value(), WithinAbs(0.84 - 0.80, 1e-12));
    CHECK(variant(m, "ces").numerator == 20);
    CHECK(variant(m, "ces_reactive").numerator == 20);
    CHECK(std::none_of(m.variants.begin(), m.variants.end(),
                       [](const auto& one) { return one.id == "ces_proactive"; })); // nobody answered
    CHECK_THAT(variant(m, "nps").estimate.value.value(), WithinAbs(0.30, 1e-12));   // (50 - 20) / 100
    CHECK_THAT(variant(m, "nps").estimate.low.value(), WithinAbs(0.30 - 0.16027, 2e-5));
    CHECK_THAT(variant(m, "nps_proactive").estimate.value.value(), WithinAbs(0.30, 1e-12));
    // Asked where it is stated, at least as many as answered: 100 + 200 + 50 of csat and 30 of ces; 10 and
    // 100 answers come from lists of answers only.
    const auto& response = variant(m, "response_rate");
    CHECK(response.numerator == 260);
    CHECK(response.denominator == 350 + 30 + 100);
}

TEST_CASE("M16: median between order statistics, mean and 90th percentile beside it (A21)") {
    auto e = test::evidence();
    CHECK(only(e, "M16").missing == "no_first_response");
    for (int minutes = 1; minutes <= 100; ++minutes)
        e.companions.first_response[minutes] = 1;
    e.companions.first_response[10'000] = 1; // one waited a week
    const auto m = only(e, "M16");
    CHECK(m.denominator == 101);
    CHECK(m.estimate.value == 51.0);
    CHECK(m.estimate.low == 41.0); // ranks 41 and 61 of 101, binomial
    CHECK(m.estimate.high == 61.0);
    CHECK_THAT(variant(m, "mean").estimate.value.value(), WithinAbs((5050 + 10'000) / 101.0, 1e-9));
    CHECK_FALSE(variant(m, "mean").estimate.low.has_value());
    CHECK(variant(m, "p90").estimate.value == 91.0);
}

TEST_CASE("M17: who stayed; the quiet who left beside those who contacted and those held out (G10)") {
    auto e = test::evidence();
    CHECK(only(e, "M17").missing == "no_customers");
    e.companions.retention = {200, 170, {30, 150}, {5, 50}, {4, 40}};
    const auto m = only(e, "M17");
    check_share(m, 170, 200);
    CHECK_THAT(variant(m, "silent_churn").estimate.value.value(), WithinAbs(0.2, 1e-12));
    CHECK_THAT(variant(m, "contacting_churn").estimate.value.value(), WithinAbs(0.1, 1e-12));
    CHECK_THAT(variant(m, "holdout_churn").estimate.value.value(), WithinAbs(0.1, 1e-12));
    CHECK_THAT(variant(m, "quiet_less_contacting").estimate.value.value(), WithinAbs(0.1, 1e-12));
}

TEST_CASE("M19 to M23: coverage, precision of signals nobody acted on, lead time, latency, targeting") {
    auto e = test::evidence();
    e.has_signals = true;
    auto& s = e.companions.signals;
    s.coverage = {30, 120};
    s.unacted_contacts = 8;
    s.acted = 20;
    s.acted_in_a_day = 15;
    s.lead_minutes = {{60, 3}, {600, 2}};
    s.latency_minutes = {{30, 15}, {3000, 5}};
    s.with_active_signal = {70, 100};
    s.right_person = {6, 10};
    test::add_pair(e.matched.cells, 9, 45, 10, 100);
    e.matched.groups = {""};
    check_share(only(e, "M19"), 30, 120);
    CHECK(part(only(e, "M19"), "unacted") == 8);
    check_share(only(e, "M20"), 9, 45);
    CHECK(only(e, "M21").estimate.value == 60.0);
    CHECK(only(e, "M22").estimate.value == 30.0);
    CHECK_THAT(variant(only(e, "M22"), "in_a_day").estimate.value.value(), WithinAbs(0.75, 1e-12));
    check_share(only(e, "M23"), 70, 100);
    CHECK(variant(only(e, "M23"), "right_person").denominator == 10);
}

TEST_CASE("M20: where every signal was acted on, the held-out stand in and it is said") {
    auto e = test::evidence();
    e.has_arms = e.has_signals = true;
    test::add_pair(e.assignments.cells, 22, 100, 48, 400);
    e.assignment_totals = e.assignments;
    const auto m = only(e, "M20");
    check_share(m, 22, 100);
    CHECK(part(m, "held_out") == 100);
}

TEST_CASE("M24: cells below the median risk in which no effect is seen are candidates to leave alone") {
    auto e = test::evidence();
    e.has_arms = true;
    e.strata = {"low risk", "works though low", "high risk", "too small"};
    test::add_pair(e.assignments.cells, 2, 100, 4, 200, 0, 0);     // 2%, no effect
    test::add_pair(e.assignments.cells, 40, 1000, 4, 1000, 0, 1);  // 4%, clearly prevented
    test::add_pair(e.assignments.cells, 60, 200, 700, 3000, 0, 2); // 30%: in it the middle episode stands
    test::add_pair(e.assignments.cells, 0, 10, 0, 500, 0, 3);
    e.assignment_totals = e.assignments;
    const auto m = only(e, "M24");
    check_share(m, 200, 4200);
    REQUIRE(m.parts.size() == 1);
    CHECK(m.parts[0].label == "low risk");
    REQUIRE(m.excluded.size() == 1);
    CHECK(m.excluded[0].count == 500);
    CHECK_THAT(metrics::low_risk(e, 0.95).median, WithinAbs(0.3, 1e-12));
}

TEST_CASE(
    "M25: of those delivered where that is known, else of those that did not bounce, else of those sent") {
    auto e = test::evidence();
    auto& c = e.companions;
    c.funnel.sent = 1000;
    c.funnel.delivered = 900;
    c.funnel.bounced = 50;
    c.funnel.clicked = 90;
    c.funnel.unsubscribed = 9;
    CHECK(only(e, "M25").missing == "no_reactions");
    c.reactions_known = history::kClicked;
    check_share(only(e, "M25"), 90, 1000);
    c.reactions_known |= history::kBounced;
    check_share(only(e, "M25"), 90, 950);
    c.reactions_known |= history::kDelivered | history::kUnsubscribed;
    const auto m = only(e, "M25");
    check_share(m, 90, 900);
    CHECK_THAT(variant(m, "unsubscribed").estimate.value.value(), WithinAbs(0.01, 1e-12));
    CHECK_THAT(variant(m, "delivered").estimate.value.value(), WithinAbs(0.9, 1e-12));
    CHECK_FALSE(has(m, "replied")); // no file says: unknown, not none
}

TEST_CASE("M26: half of the customers got no more than this; the most is said") {
    auto e = test::evidence();
    e.companions.frequency.messages_per_unit = {{1, 60}, {2, 30}, {9, 10}};
    const auto m = only(e, "M26");
    CHECK(m.estimate.value == 1.0);
    CHECK(m.numerator == 60 + 60 + 90);
    CHECK(variant(m, "p90").estimate.value == 2.0);
    CHECK(part(m, "most") == 9);
}

TEST_CASE("M27 and M36: shares of the messages that say so") {
    auto e = test::evidence();
    CHECK(only(e, "M27").missing == "no_initiator");
    CHECK(only(e, "M36").missing == "no_promotional");
    e.companions.by_automation = {80, 100};
    e.companions.promotional = {5, 50};
    check_share(only(e, "M27"), 80, 100);
    check_share(only(e, "M36"), 5, 50);
}

TEST_CASE("M29: escalations in the place of contacts; without a holdout only an upper bound") {
    auto e = test::evidence();
    e.messages_escalated.cells = {test::cell(test::Arm::none, 3, 100)};
    auto m = only(e, "M29");
    CHECK_FALSE(m.missing.empty());
    CHECK_THAT(variant(m, "no_escalation").estimate.value.value(), WithinAbs(0.97, 1e-12));
    e.has_arms = true;
    test::add_pair(e.assignments.cells, 22, 100, 48, 400);
    e.assignment_totals = e.assignments;
    test::add_pair(e.assignments_escalated.cells, 8, 100, 12, 400);
    m = only(e, "M29");
    CHECK_THAT(m.estimate.value.value(), WithinAbs(0.05, 1e-12));
    CHECK(m.numerator == 20);
}

TEST_CASE("M30: the share of customers at risk kept thanks to outreach, and who is still there in each arm") {
    auto e = test::evidence();
    e.has_arms = true;
    test::add_pair(e.assignments.cells, 22, 100, 48, 400);
    e.assignment_totals = e.assignments;
    test::add_pair(e.at_risk.cells, 20, 100, 10, 100);
    const auto m = only(e, "M30");
    CHECK_THAT(m.estimate.value.value(), WithinAbs(0.10, 1e-12));
    CHECK_THAT(variant(m, "kept_messaged").estimate.value.value(), WithinAbs(0.90, 1e-12));
    CHECK_THAT(variant(m, "kept_held_out").estimate.value.value(), WithinAbs(0.80, 1e-12));
}

TEST_CASE("M31: groups of the breakdown, and those large enough to rank (A38)") {
    auto e = test::evidence();
    e.attributes = {"plan"};
    CHECK(only(e, "M31").missing == "no_breakdown");
    e.question.breakdown = 4;
    e.messages_by.groups = {"", "free", "pro"};
    e.messages_by.cells = {test::cell(test::Arm::none, 1, 19, 1), test::cell(test::Arm::none, 1, 20, 2)};
    const auto m = only(e, "M31");
    CHECK(m.numerator == 1);
    CHECK(m.denominator == 2);
    CHECK(m.shown_in == "breakdown");
}

TEST_CASE("M32: the last four complete weeks against the four before, incomplete ones left out") {
    auto e = test::evidence();
    const auto monday = test::date(2026, 5, 4); // a Monday
    for (int w = 0; w < 9; ++w) {
        evidence::PeriodSpan week;
        week.start = monday + w * 7 * kMillisecondsPerDay;
        week.end = week.start + 7 * kMillisecondsPerDay;
        week.contacts = w < 4 ? 50 : 40;
        e.week.periods.push_back(week);
    }
    e.week.periods.back().contacts = 1; // ends on 6 July, after the data
    const auto m = only(e, "M32");
    CHECK(m.numerator == 160);
    CHECK(m.denominator == 200);
    CHECK_THAT(m.estimate.value.value(), WithinAbs(-0.2, 1e-12));
    const auto ratio = stats::poisson_ratio(160, 200);
    CHECK_THAT(m.estimate.low.value(), WithinAbs(ratio.interval.low - 1, 1e-12));
    CHECK(part(m, "weeks") == 4);
    e.week.periods.resize(1);
    CHECK(only(e, "M32").missing == "too_few_periods");
}

TEST_CASE("M34: the effect within quarters of the supplied score, the lowest first") {
    auto e = test::evidence();
    CHECK(only(e, "M34").missing == "no_health_score");
    e.messages_by_health.groups = {"", "1", "2", "3", "4"};
    e.messages_by_health.cells = {test::cell(test::Arm::none, 30, 100, 1),
                                  test::cell(test::Arm::none, 5, 100, 4)};
    CHECK(only(e, "M34").missing == "no_holdout");
    CHECK_THAT(variant(only(e, "M34"), "silent_1").estimate.value.value(), WithinAbs(0.7, 1e-12));
    e.has_arms = true;
    e.assignments_by_health.groups = {"", "1", "2", "3", "4"};
    test::add_pair(e.assignments_by_health.cells, 30, 100, 20, 100, 1);
    test::add_pair(e.assignments_by_health.cells, 5, 100, 6, 100, 4);
    test::add_pair(e.assignments.cells, 35, 200, 26, 200);
    e.assignment_totals = e.assignments;
    const auto m = only(e, "M34");
    CHECK_THAT(m.estimate.value.value(), WithinAbs(0.10, 1e-12));
    CHECK_THAT(variant(m, "quarter_4").estimate.value.value(), WithinAbs(-0.01, 1e-12));
}
