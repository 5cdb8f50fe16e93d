// The golden fixture of metrics.md 5.10 and the worked examples of the published sources, through the whole
// calculator.
#include "session.hpp"

using Catch::Matchers::WithinAbs;
using namespace preempt;

namespace {

const char* const kOutreaches = R"(outreach_id,account_id,sent_at,outreach_type,topic
o1,A1,2026-03-01T10:00:00Z,signal,usage
o2,A1,2026-03-05T10:00:00Z,signal,usage
o3,A1,2026-03-08T10:00:00Z,signal,usage
o4,A2,2026-03-02T09:00:00Z,signal,issue
o5,A3,2026-03-02T09:00:00Z,signal,issue
o6,A4,2026-03-03T12:00:00Z,signal,issue
o7,A5,2026-03-28T12:00:00Z,signal,usage
o8,A6,2026-03-04T00:00:00Z,broadcast,news
o9,A7,2026-03-06T15:00:00Z,segment,onboarding
o10,A8,2026-03-10T08:00:00Z,segment,onboarding
o11,A9,2026-03-24T00:00:00Z,signal,usage
o12,A10,2026-03-12T09:00:00Z,lifecycle,billing
)";

const char* const kContacts = R"(contact_id,account_id,created_at,closed_at,direction,topic
c1,A1,2026-03-10T11:00:00Z,,inbound,usage
c2,A2,2026-03-09T09:00:00Z,,inbound,issue
c3,A3,2026-03-09T08:59:59Z,,inbound,issue
c4,A4,2026-03-02T08:00:00Z,2026-03-04T10:00:00Z,inbound,issue
c5,A7,2026-03-06T15:00:00Z,,inbound,onboarding
c6,A8,2026-03-11T09:00:00Z,,outbound,onboarding
c7,A10,2026-03-13T09:00:00Z,,inbound,login
)";

report::Report golden(const std::string& scope = "all_topics",
                      const std::string& breakdown = "outreach_type") {
    Calculator calculator;
    REQUIRE(test::add(calculator, "outreaches.csv", kOutreaches).state == "read");
    REQUIRE(test::add(calculator, "contacts.csv", kContacts).state == "read");
    report::EvaluateRequest request;
    request.coverage_end = "2026-03-31T00:00:00Z";
    request.breakdown = breakdown;
    request.scope = scope;
    auto result = calculator.evaluate(request);
    INFO(result.status().message);
    REQUIRE(result.ok());
    return result.value();
}

report::Report typed(const report::TypedRequest& request) {
    auto result = Calculator::evaluate_typed(request);
    INFO(result.status().message);
    REQUIRE(result.ok());
    return result.value();
}

} // namespace

TEST_CASE("golden fixture: half of the eight mature, pre-emptive episodes stay without a contact (5.10)") {
    const auto report = golden();
    const auto& m04 = test::metric(report, "M04");
    CHECK(m04.numerator == 4);
    CHECK(m04.denominator == 8);
    CHECK_THAT(m04.estimate.value.value(), WithinAbs(0.5, 1e-12));
    CHECK(test::count(m04.excluded, "reactive") == 1);  // o6: its account had a ticket open
    CHECK(test::count(m04.excluded, "pending") == 1);   // o7: its window ends on 4 April
    CHECK(test::count(m04.excluded, "broadcast") == 1); // o8
    CHECK(test::count(m04.parts, "per_message") == 9);
    CHECK(test::count(m04.parts, "per_message_silent") == 4);
    CHECK(test::count(m04.parts, "broadcast_episodes") == 1);
    CHECK(test::count(m04.parts, "broadcast_silent") == 1);
    CHECK(report.headline_rung == 3);
}

TEST_CASE("golden fixture: with the topic in scope the login ticket does not count against the billing "
          "message (5.10)") {
    const auto report = golden("same_topic");
    CHECK(test::metric(report, "M04").numerator == 5);
    CHECK(test::metric(report, "M04").denominator == 8);
}

TEST_CASE("golden fixture: signal 3/5, segment 1/2, lifecycle 0/1 (5.10)") {
    const auto report = golden();
    REQUIRE(report.breakdown.rows.size() == 3);
    const auto& rows = report.breakdown.rows;
    CHECK((rows[0].label == "signal" && rows[0].episodes == 5 && rows[0].contacted == 2));
    CHECK((rows[1].label == "segment" && rows[1].episodes == 2 && rows[1].contacted == 1));
    CHECK((rows[2].label == "lifecycle" && rows[2].episodes == 1 && rows[2].contacted == 1));
}

TEST_CASE("golden fixture: proactive contact ratio is 11 messages for 6 inbound contacts (5.10)") {
    const auto report = golden();
    const auto& m01 = test::metric(report, "M01");
    CHECK(m01.numerator == 11);
    CHECK(m01.denominator == 6);
    CHECK_THAT(m01.estimate.value.value(), WithinAbs(11.0 / 6.0, 1e-12));
}

TEST_CASE("golden fixture: every row is used or set aside with a reason") {
    const auto report = golden();
    for (const auto& file : report.files) {
        std::int64_t aside = 0;
        for (const auto& reason : file.set_aside)
            aside += reason.count;
        CHECK(file.rows_read == file.used + aside);
    }
    REQUIRE(report.files.size() == 2);
    CHECK(test::count(report.files[1].set_aside, "outbound") == 1); // c6
}

TEST_CASE("published examples: 225 of 250, 150 of 500, 850 of 2,500, 420 of 1,200 and 20 per 100 with their "
          "intervals (5.10)") {
    report::TypedRequest request;
    request.claimed_attempts = 250;
    request.claimed_successes = 225;
    request.outreaches = 500;
    request.prevented = 150;
    request.eligible = 2500;
    request.engaged = 850;
    request.proactive_outreaches = 20;
    request.reactive_contacts = 100;
    const auto report = typed(request);
    const auto check = [&](const char* id, double value, double low, double high) {
        const auto& e = test::metric(report, id).estimate;
        CHECK_THAT(e.value.value(), WithinAbs(value, 1e-12));
        CHECK_THAT(e.low.value(), WithinAbs(low, 0.0005));
        CHECK_THAT(e.high.value(), WithinAbs(high, 0.0005));
    };
    check("M03", 0.900, 0.857, 0.931);
    check("M03P", 0.300, 0.261, 0.342);
    check("M02", 0.340, 0.322, 0.359);
    CHECK_THAT(test::metric(report, "M01").estimate.value.value(), WithinAbs(0.2, 1e-12));
    CHECK(report.headline_rung == 2); // claims only: nothing here compares with anybody

    report::TypedRequest march;
    march.eligible = 1200;
    march.engaged = 420;
    const auto m02 = test::metric(typed(march), "M02").estimate; // a copy: the report is a temporary
    CHECK_THAT(m02.value.value(), WithinAbs(0.35, 1e-12));
    CHECK_THAT(m02.low.value(), WithinAbs(0.324, 0.0005));
    CHECK_THAT(m02.high.value(), WithinAbs(0.377, 0.0005));
}

TEST_CASE("holdout example: 22 of 100 held out against 48 of 400 contacted prevents 10.0 points (5.5.7)") {
    report::TypedRequest request;
    request.holdout = 100;
    request.holdout_contacted = 22;
    request.treated = 400;
    request.treated_contacted = 48;
    const auto report = typed(request);
    const auto& c = report.holdout;
    CHECK(report.headline_rung == 5);
    CHECK(c.verdict == "prevents");
    CHECK_THAT(c.difference.value.value(), WithinAbs(0.10, 1e-12));
    CHECK_THAT(c.difference.low.value(), WithinAbs(0.021408, 5e-7));
    CHECK_THAT(c.difference.high.value(), WithinAbs(0.195451, 5e-7));
    CHECK_THAT(c.relative_reduction.value.value(), WithinAbs(0.4545, 1e-4));
    CHECK_THAT(c.relative_reduction.low.value(), WithinAbs(0.14, 0.005));
    CHECK_THAT(c.relative_reduction.high.value(), WithinAbs(0.65, 0.005));
    CHECK_THAT(c.prevented.value.value(), WithinAbs(40, 1e-9));
    CHECK_THAT(c.prevented.low.value(), WithinAbs(8.6, 0.05));
    CHECK_THAT(c.prevented.high.value(), WithinAbs(78.2, 0.05));
    CHECK_THAT(c.outreaches_per_prevented.value(), WithinAbs(10, 1e-9));
    CHECK_THAT(test::metric(report, "M04").estimate.value.value(),
               WithinAbs(0.88, 1e-12)); // the same data as an upper bound
}

TEST_CASE("harm example: 64 of 1,000 held out against 100 of 1,000 contacted causes contacts; the effect is "
          "not clamped (5.5.7)") {
    report::TypedRequest request;
    request.holdout = 1000;
    request.holdout_contacted = 64;
    request.treated = 1000;
    request.treated_contacted = 100;
    const auto c = typed(request).holdout;
    CHECK(c.verdict == "causes");
    CHECK_THAT(c.difference.value.value(), WithinAbs(-0.036, 1e-12));
    CHECK_THAT(c.difference.low.value(), WithinAbs(-0.060429, 5e-7));
    CHECK_THAT(c.difference.high.value(), WithinAbs(-0.012060, 5e-7));
    CHECK(c.prevented.value.value() < 0);
}

TEST_CASE(
    "a difference that may be nothing says so, with the smallest drop that could have been seen (5.5.7)") {
    report::TypedRequest request;
    request.holdout = 100;
    request.holdout_contacted = 20;
    request.treated = 400;
    request.treated_contacted = 72;
    const auto c = typed(request).holdout;
    CHECK(c.verdict == "cannot_tell");
    REQUIRE(c.detectable_drop.has_value());
    CHECK(*c.detectable_drop > 0.05);
    CHECK_FALSE(c.outreaches_per_prevented.has_value());
}

TEST_CASE("arms of fewer than thirty get their numbers but no verdict (A38)") {
    report::TypedRequest request;
    request.holdout = 17;
    request.holdout_contacted = 8;
    request.treated = 39;
    request.treated_contacted = 3;
    const auto report = typed(request);
    CHECK(report.holdout.verdict == "withheld");
    CHECK(report.holdout.withheld_why == "too_few");
    CHECK(report.headline_rung == 5);
}

TEST_CASE("a split of 430 to 70 where 80 to 20 was designed withholds the verdict (H5)") {
    report::TypedRequest request;
    request.treated = 430;
    request.treated_contacted = 40;
    request.holdout = 70;
    request.holdout_contacted = 20;
    request.expected_holdout_share = 0.2;
    const auto report = typed(request);
    CHECK(report.holdout.sample_ratio.flagged);
    CHECK(report.holdout.verdict == "withheld");
    CHECK(report.holdout.withheld_why == "sample_ratio");
    CHECK(report.headline_rung < 5);
}

TEST_CASE("typed numbers that cannot be are refused in words") {
    report::TypedRequest request;
    request.treated = 10;
    request.treated_contacted = 11;
    CHECK_FALSE(Calculator::evaluate_typed(request).ok());
    request.treated_contacted.reset();
    CHECK_FALSE(Calculator::evaluate_typed(request).ok());
    CHECK_FALSE(Calculator::evaluate_typed({}).ok());
}
