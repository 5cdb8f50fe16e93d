// Rules about who is who and which rows count, each through a whole session over small files.
#include "core/report/json.hpp"
#include "session.hpp"

#include <algorithm>

using namespace preempt;

namespace {

report::Report evaluate(Calculator& calculator, const report::EvaluateRequest& request = {}) {
    auto result = calculator.evaluate(request);
    INFO(result.status().message);
    REQUIRE(result.ok());
    return result.value();
}

void add(Calculator& calculator, const std::string& name, const std::string& text) {
    const auto info = test::add(calculator, name, text);
    INFO(info.message);
    REQUIRE(info.state == "read");
}

std::string lines(std::string header, std::vector<std::string> rows) {
    for (const auto& row : rows)
        header += "\n" + row;
    return header + "\n";
}

const std::string kOutreachHeader = "outreach_id,customer_id,sent_at,outreach_type";
const std::string kContactHeader = "contact_id,customer_id,created_at,direction";

report::EvaluateRequest until(const std::string& day) {
    report::EvaluateRequest request;
    request.coverage_end = day;
    return request;
}

} // namespace

TEST_CASE("a customers file joins a helpdesk that knows e-mails to messages that know ids") {
    Calculator calculator;
    add(calculator, "outreaches.csv",
        lines(kOutreachHeader, {"o1,U1,2026-03-01T10:00:00Z,signal", "o2,U2,2026-03-01T10:00:00Z,signal"}));
    add(calculator, "contacts.csv",
        lines("contact_id,email,created_at,direction", {"c1,Ann@Example.com,2026-03-02T10:00:00Z,inbound"}));
    add(calculator, "customers.csv",
        lines("customer_id,email,plan", {"U1,ann@example.com,pro", "U2,bob@example.com,free"}));
    const auto report = evaluate(calculator, until("2026-03-31"));
    CHECK(test::metric(report, "M04").denominator == 2);
    CHECK(test::metric(report, "M04").numerator == 1); // Ann wrote, under her e-mail address
    CHECK(test::metric(report, "M28").numerator == 1);
}

TEST_CASE("no overlap between the people of two files is an error that shows what the ids look like") {
    Calculator calculator;
    add(calculator, "outreaches.csv", lines(kOutreachHeader, {"o1,U1,2026-03-01T10:00:00Z,signal"}));
    add(calculator, "contacts.csv",
        lines(kContactHeader, {"c1,ann@example.com,2026-03-02T10:00:00Z,inbound"}));
    const auto result = calculator.evaluate({});
    REQUIRE_FALSE(result.ok());
    CHECK_THAT(result.status().message, ContainsSubstring("ann@example.com") && ContainsSubstring("U1") &&
                                            ContainsSubstring("contacts.csv"));
}

TEST_CASE("when every window is still running the message says when the first is complete") {
    Calculator calculator;
    add(calculator, "outreaches.csv", lines(kOutreachHeader, {"o1,U1,2026-03-29T10:00:00Z,signal"}));
    add(calculator, "contacts.csv", lines(kContactHeader, {"c1,U1,2026-03-30T10:00:00Z,inbound"}));
    const auto result = calculator.evaluate(until("2026-03-31"));
    REQUIRE_FALSE(result.ok());
    CHECK_THAT(result.status().message, ContainsSubstring("2026-04-05"));
    auto shorter = until("2026-03-31");
    shorter.window_days = 1;
    CHECK(test::metric(evaluate(calculator, shorter), "M04").denominator == 1);
}

TEST_CASE("internal people are no demand: their contacts are set aside (5.2-7)") {
    Calculator calculator;
    add(calculator, "outreaches.csv",
        lines(kOutreachHeader, {"o1,U1,2026-03-01T10:00:00Z,signal", "o2,U2,2026-03-01T10:00:00Z,signal"}));
    add(calculator, "contacts.csv",
        lines(kContactHeader, {"c1,U1,2026-03-02T10:00:00Z,inbound", "c2,U2,2026-03-02T10:00:00Z,inbound"}));
    add(calculator, "customers.csv", lines("customer_id,plan,is_internal", {"U1,pro,yes", "U2,pro,no"}));
    const auto report = evaluate(calculator, until("2026-03-31"));
    CHECK(test::metric(report, "M09").numerator == 1);
    CHECK(test::count(report.files[1].set_aside, "internal") == 1);
}

TEST_CASE("the same record in two parts of an export counts once, the later version of it (5.2-8)") {
    Calculator calculator;
    add(calculator, "outreaches.csv", lines(kOutreachHeader, {"o1,U1,2026-03-01T10:00:00Z,signal"}));
    const std::string header = "contact_id,customer_id,created_at,direction,updated_at";
    add(calculator, "part-1.csv", lines(header, {"c1,U1,2026-03-02T10:00:00Z,inbound,2026-03-02T10:00:00Z"}));
    add(calculator, "part-2.csv",
        lines(header, {"c1,U1,2026-03-02T10:00:00Z,inbound,2026-03-09T10:00:00Z",
                       "c2,U1,2026-03-20T10:00:00Z,inbound,2026-03-20T10:00:00Z"}));
    const auto report = evaluate(calculator, until("2026-03-31"));
    CHECK(test::metric(report, "M09").numerator == 2);
    CHECK(test::count(report.files[1].set_aside, "duplicate") == 1);
}

TEST_CASE("a contact after the day until which the contacts are complete is set aside, not counted") {
    Calculator calculator;
    add(calculator, "outreaches.csv", lines(kOutreachHeader, {"o1,U1,2026-03-01T10:00:00Z,signal"}));
    add(calculator, "contacts.csv",
        lines(kContactHeader, {"c1,U1,2026-03-10T23:00:00Z,inbound", "c2,U1,2026-03-11T00:00:00Z,inbound"}));
    const auto report = evaluate(calculator, until("2026-03-10")); // the whole of the day counts
    CHECK(test::metric(report, "M09").numerator == 1);
    CHECK(test::count(report.files[1].set_aside, "after_coverage_end") == 1);
}

TEST_CASE(
    "a customer who left inside the window is censored: silence by leaving is no prevention (5.5.5, A26)") {
    Calculator calculator;
    add(calculator, "outreaches.csv",
        lines(kOutreachHeader, {"o1,U1,2026-03-01T10:00:00Z,signal", "o2,U2,2026-03-01T10:00:00Z,signal"}));
    add(calculator, "contacts.csv", lines(kContactHeader, {"c1,U2,2026-02-01T10:00:00Z,inbound"}));
    add(calculator, "customers.csv", lines("customer_id,churned_at", {"U1,2026-03-04T00:00:00Z", "U2,"}));
    const auto report = evaluate(calculator, until("2026-03-31"));
    CHECK(test::metric(report, "M04").denominator == 1);
    CHECK(test::count(test::metric(report, "M04").excluded, "censored_churn") == 1);
}

TEST_CASE(
    "what was sent before the contacts begin is kept and flagged, and M04 is shown without it (5.5.4)") {
    Calculator calculator;
    add(calculator, "outreaches.csv",
        lines(kOutreachHeader, {"o1,U1,2026-02-22T10:00:00Z,signal",     // over when the contacts begin
                                "o2,U2,2026-02-22T10:00:00.001Z,signal", // reaches into them
                                "o3,U3,2026-03-05T10:00:00Z,signal", "o4,U4,2026-03-05T10:00:00Z,signal"}));
    add(calculator, "contacts.csv",
        lines(kContactHeader, {"c1,U9,2026-03-01T10:00:00Z,inbound", "c2,U3,2026-03-06T10:00:00Z,inbound"}));
    const auto report = evaluate(calculator, until("2026-03-31"));
    const auto& m04 = test::metric(report, "M04");
    CHECK(m04.numerator == 3);
    CHECK(m04.denominator == 4);
    CHECK(test::count(m04.parts, "lookback_truncated") == 4);
    CHECK(test::count(m04.parts, "before_contacts") == 1);
    const auto known = std::find_if(m04.variants.begin(), m04.variants.end(),
                                    [](const auto& v) { return v.id == "contacts_known"; });
    REQUIRE(known != m04.variants.end());
    CHECK(known->numerator == 2);
    CHECK(known->denominator == 3);
}

TEST_CASE("no column of escalations measures nothing; one in which nobody escalated measures none (M29)") {
    const std::string sent = lines(kOutreachHeader, {"o1,U1,2026-03-05T10:00:00Z,signal"});
    Calculator without;
    add(without, "outreaches.csv", sent);
    add(without, "contacts.csv", lines(kContactHeader, {"c1,U1,2026-03-01T10:00:00Z,inbound"}));
    auto settings = until("2026-03-31");
    settings.window_days = 3;
    const auto unknown = test::metric(evaluate(without, settings), "M29");
    CHECK(unknown.missing == "no_escalations");
    CHECK(unknown.variants.empty());
    Calculator with_column;
    add(with_column, "outreaches.csv", sent);
    add(with_column, "contacts.csv",
        lines(std::string(kContactHeader) + ",escalated", {"c1,U1,2026-03-01T10:00:00Z,inbound,no"}));
    const auto none = test::metric(evaluate(with_column, settings), "M29");
    CHECK(none.missing != "no_escalations");
    REQUIRE(none.variants.size() == 1);
    CHECK(none.variants[0].id == "no_escalation");
    CHECK(none.variants[0].numerator == 1);
    CHECK(none.variants[0].denominator == 1);
}

TEST_CASE("a contact on the day of a dated message counts against prevention (5.5.3)") {
    Calculator calculator;
    add(calculator, "outreaches.csv",
        lines(kOutreachHeader, {"o1,U1,2026-03-02,signal", "o2,U2,2026-03-02,signal"}));
    add(calculator, "contacts.csv",
        lines(kContactHeader, {"c1,U1,2026-03-02T00:30:00Z,inbound", "c2,U2,2026-03-09T15:00:00Z,inbound"}));
    const auto report = evaluate(calculator, until("2026-03-31"));
    const auto& m04 = test::metric(report, "M04");
    CHECK(m04.denominator == 2);
    CHECK(m04.numerator == 1); // U2's is on the eighth day, outside
    CHECK(test::count(m04.parts, "same_day_pairs") == 1);
}

TEST_CASE("a contact that answers an older message is no outcome of the newer one (5.5.6)") {
    Calculator calculator;
    add(calculator, "outreaches.csv",
        lines(kOutreachHeader, {"o1,U1,2026-03-01T10:00:00Z,signal", "o2,U1,2026-03-12T10:00:00Z,signal"}));
    add(calculator, "contacts.csv",
        lines("contact_id,customer_id,created_at,direction,in_reply_to",
              {"c1,U1,2026-03-13T10:00:00Z,inbound,o1"}));
    const auto report = evaluate(calculator, until("2026-03-31"));
    CHECK(test::metric(report, "M04").numerator == 2); // both silent: the answer to o1 came after its window
    CHECK(test::metric(report, "M08").numerator == 1);
    CHECK(std::any_of(report.left_out.begin(), report.left_out.end(),
                      [](const auto& l) { return l.id == "late_replies" && l.count == 1; }));
}

TEST_CASE(
    "a reply that becomes a ticket is an induced contact; a contact on the topic within a day is too (M08)") {
    Calculator calculator;
    add(calculator, "outreaches.csv",
        lines("outreach_id,customer_id,sent_at,outreach_type,topic",
              {"o1,U1,2026-03-01T10:00:00Z,signal,billing", "o2,U2,2026-03-01T10:00:00Z,signal,billing",
               "o3,U3,2026-03-01T10:00:00Z,signal,billing"}));
    add(calculator, "contacts.csv",
        lines("contact_id,customer_id,created_at,direction,topic,in_reply_to",
              {"c1,U1,2026-03-04T10:00:00Z,inbound,login,o1", "c2,U2,2026-03-02T09:59:59Z,inbound,billing,",
               "c3,U3,2026-03-02T10:00:00Z,inbound,billing,"}));
    const auto report = evaluate(calculator, until("2026-03-31"));
    CHECK(test::metric(report, "M08").numerator == 2); // c3 is a day later to the second
    CHECK(test::metric(report, "M08").denominator == 3);
}

TEST_CASE(
    "held-out people in a list of their own are compared with those messaged, each from the message on") {
    Calculator calculator;
    add(calculator, "outreaches.csv",
        lines(kOutreachHeader, {"o1,U1,2026-03-01T10:00:00Z,signal", "o2,U2,2026-03-02T10:00:00Z,signal",
                                "o3,U9,2026-03-02T10:00:00Z,broadcast"}));
    add(calculator, "holdout.csv",
        lines("customer_id,arm,assigned_at",
              {"U3,holdout,2026-03-01T00:00:00Z", "U4,holdout,2026-03-01T00:00:00Z"}));
    add(calculator, "contacts.csv",
        lines(kContactHeader, {"c1,U2,2026-03-05T10:00:00Z,inbound", "c2,U3,2026-03-05T10:00:00Z,inbound"}));
    const auto c = evaluate(calculator, until("2026-03-31")).holdout;
    CHECK(c.treated.episodes == 2);
    CHECK(c.treated.contacted == 1);
    CHECK(c.baseline.episodes == 2);
    CHECK(c.baseline.contacted == 1);
    CHECK(std::find(c.cautions.begin(), c.cautions.end(), "treated_from_outreaches") != c.cautions.end());
}

TEST_CASE("a delivery row of somebody held out is an assignment, not a message (H2, G20)") {
    Calculator calculator;
    add(calculator, "outreaches.csv",
        lines("outreach_id,customer_id,sent_at,outreach_type,arm",
              {"o1,U1,2026-03-01T10:00:00Z,signal,treated", "o2,U2,2026-03-01T10:00:00Z,signal,holdout",
               "o3,U3,2026-03-01T10:00:00Z,signal,treated"}));
    add(calculator, "contacts.csv", lines(kContactHeader, {"c1,U2,2026-03-05T10:00:00Z,inbound"}));
    const auto report = evaluate(calculator, until("2026-03-31"));
    CHECK(test::metric(report, "M01").numerator == 2);
    CHECK(report.holdout.baseline.contacted == 1);
    CHECK(report.holdout.baseline.episodes == 1);
    CHECK(report.holdout.treated.episodes == 2);
}

TEST_CASE("a unit in both arms is dropped from both, and more than one in a hundred withholds the verdict "
          "(5.5.7)") {
    Calculator calculator;
    std::vector<std::string> rows{"U1,treated,2026-03-01T00:00:00Z,x", "U1,holdout,2026-03-02T00:00:00Z,x"};
    std::vector<std::string> contacts;
    for (int i = 2; i < 80; ++i)
        rows.push_back("U" + std::to_string(i) + (i % 2 == 0 ? ",treated" : ",holdout") +
                       ",2026-03-01T00:00:00Z,x");
    for (int i = 3; i < 80; i += 2)
        contacts.push_back("c" + std::to_string(i) + ",U" + std::to_string(i) +
                           ",2026-03-03T00:00:00Z,inbound");
    add(calculator, "exposure.csv", lines("customer_id,arm,assigned_at,experiment_id", rows));
    add(calculator, "contacts.csv", lines(kContactHeader, contacts));
    const auto c = evaluate(calculator, until("2026-03-31")).holdout;
    CHECK(c.mixed_units == 1);
    CHECK(c.treated.episodes + c.baseline.episodes == 78);
    CHECK(c.verdict == "withheld");
    CHECK(c.withheld_why == "mixed_units");
}

TEST_CASE(
    "repeated triggers of a unit inside a running window are one episode in both arms (statistics.md 2.4)") {
    Calculator calculator;
    add(calculator, "exposure.csv",
        lines("customer_id,arm,assigned_at,experiment_id",
              {"U1,treated,2026-03-01T00:00:00Z,x", "U1,treated,2026-03-05T00:00:00Z,x",
               "U1,treated,2026-03-08T00:00:00Z,x", "U2,holdout,2026-03-01T00:00:00Z,x",
               "U2,holdout,2026-03-07T23:59:59Z,x"}));
    add(calculator, "contacts.csv", lines(kContactHeader, {"c1,U2,2026-03-03T00:00:00Z,inbound"}));
    const auto c = evaluate(calculator, until("2026-03-31")).holdout;
    CHECK(c.treated.episodes == 2);
    CHECK(c.treated.units == 1);
    CHECK(c.baseline.episodes == 1);
}

TEST_CASE("the account is the unit only when both tables state it and name it alike (A01)") {
    Calculator calculator;
    add(calculator, "outreaches.csv",
        lines("outreach_id,customer_id,account_id,sent_at",
              {"o1,U1,A1,2026-03-01T10:00:00Z", "o2,U2,A2,2026-03-01T10:00:00Z"}));
    add(calculator, "contacts.csv",
        lines("contact_id,customer_id,account_id,created_at,direction",
              {"c1,U9,A1,2026-03-03T10:00:00Z,inbound", "c2,U2,A2,2026-03-20T10:00:00Z,inbound"}));
    auto report = evaluate(calculator, until("2026-03-31"));
    CHECK(report.settings.unit == "account");
    CHECK(test::metric(report, "M04").numerator == 1); // a colleague of U1 raised the ticket

    auto request = until("2026-03-31");
    request.unit = "person";
    report = evaluate(calculator, request);
    CHECK(report.settings.unit_why == "chosen");
    CHECK(test::metric(report, "M04").numerator == 2);

    Calculator other;
    add(other, "outreaches.csv",
        lines("outreach_id,customer_id,account_id,sent_at", {"o1,U1,A1,2026-03-01T10:00:00Z"}));
    add(other, "contacts.csv",
        lines("contact_id,customer_id,account_id,created_at,direction",
              {"c1,U1,Sample Company,2026-03-03T10:00:00Z,inbound"}));
    CHECK(evaluate(other, until("2026-03-31")).settings.unit_why == "accounts_do_not_match");
}

TEST_CASE("signals that nobody acted on are the baseline of rung 4 (5.5.8)") {
    Calculator calculator;
    std::vector<std::string> signals, outreaches, contacts;
    for (int i = 0; i < 40;
         ++i) { // forty signals acted on, forty not; half of the untouched contact, a quarter of the others
        signals.push_back("s" + std::to_string(i) + ",U" + std::to_string(i) + ",2026-03-02T10:00:00Z,limit");
        signals.push_back("t" + std::to_string(i) + ",V" + std::to_string(i) + ",2026-03-02T10:00:00Z,limit");
        outreaches.push_back("o" + std::to_string(i) + ",U" + std::to_string(i) +
                             ",2026-03-02T12:00:00Z,limit");
        if (i % 4 == 0)
            contacts.push_back("c" + std::to_string(i) + ",U" + std::to_string(i) +
                               ",2026-03-04T10:00:00Z,inbound");
        if (i % 2 == 0)
            contacts.push_back("d" + std::to_string(i) + ",V" + std::to_string(i) +
                               ",2026-03-04T10:00:00Z,inbound");
    }
    add(calculator, "signals.csv", lines("signal_id,customer_id,fired_at,signal_type", signals));
    add(calculator, "outreaches.csv", lines("outreach_id,customer_id,sent_at,trigger", outreaches));
    add(calculator, "contacts.csv", lines(kContactHeader, contacts));
    const auto report = evaluate(calculator, until("2026-03-31"));
    CHECK(report.headline_rung == 4);
    CHECK(report.matched.baseline.episodes == 40);
    CHECK(report.matched.baseline.contacted == 20);
    CHECK(report.matched.treated.episodes == 40);
    CHECK(report.matched.treated.contacted == 10);
    CHECK(report.matched.difference.value.value() == Approx(0.25));
    CHECK(report.holdout.missing == "no_holdout");
}

TEST_CASE("neither the order of the rows nor that of the files changes a figure (promise 4)") {
    const auto outreaches =
        std::vector<std::string>{"o1,U1,2026-03-01T10:00:00Z,signal", "o2,U2,2026-03-02T10:00:00Z,segment",
                                 "o3,U1,2026-03-04T10:00:00Z,signal", "o4,U3,2026-03-05T10:00:00Z,signal",
                                 "o5,U4,2026-03-12T10:00:00Z,lifecycle"};
    const auto contacts =
        std::vector<std::string>{"c1,U1,2026-03-02T10:00:00Z,inbound", "c2,U2,2026-03-09T09:00:00Z,inbound",
                                 "c3,U4,2026-03-01T09:00:00Z,inbound"};
    const auto exposure = std::vector<std::string>{
        "U1,treated,2026-03-01T09:00:00Z,limit", "U2,treated,2026-03-01T09:00:00Z,news",
        "U5,holdout,2026-03-01T09:00:00Z,limit", "U6,holdout,2026-03-02T09:00:00Z,news"};
    const auto run = [&](bool reversed) {
        auto o = outreaches, c = contacts, e = exposure;
        Calculator calculator;
        if (reversed) {
            std::reverse(o.begin(), o.end());
            std::reverse(c.begin(), c.end());
            std::reverse(e.begin(), e.end());
            add(calculator, "exposure.csv", lines("customer_id,arm,assigned_at,trigger", e));
            add(calculator, "contacts.csv", lines(kContactHeader, c));
        }
        add(calculator, "outreaches.csv", lines(kOutreachHeader, o));
        if (!reversed) {
            add(calculator, "contacts.csv", lines(kContactHeader, c));
            add(calculator, "exposure.csv", lines("customer_id,arm,assigned_at,trigger", e));
        }
        auto request = until("2026-03-31");
        request.breakdown = "outreach_type";
        auto report = evaluate(calculator, request);
        report.files.clear();
        return report::to_json(report);
    };
    CHECK(run(false) == run(true));
}

TEST_CASE("contacts of unknown people flatter: the sensitivity divides contact rates by the match rate "
          "(5.2-10, G17)") {
    Calculator calculator;
    add(calculator, "outreaches.csv",
        lines(kOutreachHeader, {"o1,U1,2026-03-01T10:00:00Z,signal", "o2,U2,2026-03-01T10:00:00Z,signal",
                                "o3,U3,2026-03-01T10:00:00Z,signal", "o4,U4,2026-03-01T10:00:00Z,signal"}));
    add(calculator, "contacts.csv",
        lines(kContactHeader,
              {"c1,U1,2026-03-02T10:00:00Z,inbound", "c2,someone,2026-03-02T10:00:00Z,inbound"}));
    const auto report = evaluate(calculator, until("2026-03-31"));
    const auto& m04 = test::metric(report, "M04");
    CHECK(m04.estimate.value.value() == Approx(0.75));
    CHECK(m04.if_all_matched.value.value() == Approx(0.50)); // one contact in four, half of the senders known
    CHECK(std::any_of(report.warnings.begin(), report.warnings.end(),
                      [](const auto& w) { return w.id == "match_rate"; }));
}

TEST_CASE("a list of held-out people gives each contacted person one window too, however often they were "
          "messaged (A1)") {
    Calculator calculator;
    std::vector<std::string> holdout, outreaches, contacts;
    for (int i = 0; i < 50; ++i) {
        holdout.push_back("H" + std::to_string(i) + ",holdout,2026-03-01T00:00:00Z");
        for (int day = 1; day <= 28; day += 9)
            outreaches.push_back("o" + std::to_string(i) + "-" + std::to_string(day) + ",T" +
                                 std::to_string(i) + ",2026-03-" + (day < 10 ? "0" : "") +
                                 std::to_string(day) + "T00:00:00Z,signal");
        if (i % 2 == 0) {
            contacts.push_back("h" + std::to_string(i) + ",H" + std::to_string(i) +
                               ",2026-03-03T00:00:00Z,inbound");
            contacts.push_back("t" + std::to_string(i) + ",T" + std::to_string(i) +
                               ",2026-03-03T00:00:00Z,inbound");
        }
    }
    add(calculator, "holdout.csv", lines("customer_id,arm,assigned_at", holdout));
    add(calculator, "outreaches.csv", lines(kOutreachHeader, outreaches));
    add(calculator, "contacts.csv", lines(kContactHeader, contacts));
    const auto c = evaluate(calculator, until("2026-05-31")).holdout;
    CHECK(c.treated.episodes == 50);
    CHECK(c.treated.contacted == 25);
    CHECK(c.baseline.contacted == 25);
    CHECK(c.verdict == "cannot_tell");
}

TEST_CASE("each experiment's split is tested against its own design (A2)") {
    Calculator calculator;
    std::vector<std::string> rows, contacts{"c1,U1,2026-03-02T00:00:00Z,inbound"};
    for (int i = 0; i < 400; ++i) {
        const auto row = [&](const char* experiment, bool held) {
            rows.push_back("U" + std::to_string(i) + (held ? ",holdout" : ",treated") +
                           ",2026-03-01T00:00:00Z," + experiment + ",0.2");
        };
        row("E1", i % 5 == 0);
        row("E2", i % 5 == 1);
    }
    add(calculator, "exposure.csv", lines("customer_id,arm,assigned_at,experiment_id,expected_share", rows));
    add(calculator, "contacts.csv", lines(kContactHeader, contacts));
    const auto c = evaluate(calculator, until("2026-03-31")).holdout;
    REQUIRE(c.sample_ratio.p.has_value());
    CHECK(*c.sample_ratio.p > 0.5);
    CHECK_FALSE(c.sample_ratio.flagged);
    CHECK(c.sample_ratio.observed_holdout_share == Approx(0.2));
}

TEST_CASE("a list of the contacted alone leaves the held-out rows of the messages standing (A10)") {
    Calculator calculator;
    add(calculator, "exposure.csv",
        lines("customer_id,arm,assigned_at", {"U1,treated,2026-03-01T00:00:00Z"}));
    add(calculator, "outreaches.csv",
        lines("outreach_id,customer_id,sent_at,arm",
              {"o1,U1,2026-03-01T00:00:00Z,treated", "o2,U2,2026-03-01T00:00:00Z,holdout"}));
    add(calculator, "contacts.csv", lines(kContactHeader, {"c1,U2,2026-03-02T00:00:00Z,inbound"}));
    const auto c = evaluate(calculator, until("2026-03-31")).holdout;
    CHECK(c.treated.episodes == 1);
    CHECK(c.baseline.episodes == 1);
}

TEST_CASE("the scope of topics never reaches the holdout comparison: both arms count all contacts (A4)") {
    Calculator calculator;
    add(calculator, "holdout.csv", lines("customer_id,arm,assigned_at", {"U2,holdout,2026-03-01T00:00:00Z"}));
    add(calculator, "outreaches.csv",
        lines("outreach_id,customer_id,sent_at,topic", {"o1,U1,2026-03-01T00:00:00Z,billing"}));
    add(calculator, "contacts.csv",
        lines("contact_id,customer_id,created_at,direction,topic",
              {"c1,U1,2026-03-02T00:00:00Z,inbound,login", "c2,U2,2026-03-02T00:00:00Z,inbound,login"}));
    auto request = until("2026-03-31");
    request.scope = "same_topic";
    const auto report = evaluate(calculator, request);
    CHECK(report.holdout.treated.contacted == 1);
    CHECK(report.holdout.baseline.contacted == 1);
    CHECK(test::metric(report, "M04").numerator == 1); // the upper bound is of the topic
}

TEST_CASE("a ticket closed long after does not stretch the days that the contacts cover (A5, F7)") {
    Calculator calculator;
    add(calculator, "outreaches.csv",
        lines(kOutreachHeader, {"o1,U1,2026-01-10T00:00:00Z,signal", "o2,U2,2026-02-10T00:00:00Z,signal"}));
    add(calculator, "contacts.csv",
        lines("contact_id,customer_id,created_at,closed_at,direction",
              {"c1,U1,2026-01-07T00:00:00Z,2026-01-08T00:00:00Z,inbound",
               "c2,U3,2026-01-31T00:00:00Z,2026-03-01T00:00:00Z,inbound"}));
    const auto report = evaluate(calculator);
    CHECK(report.settings.coverage_end == "2026-01-31T00:00:00Z");
    CHECK(test::count(test::metric(report, "M04").excluded, "pending") == 1);
}

TEST_CASE("an id that names a message to many people credits each reply to its own sender's copy (A6)") {
    Calculator calculator;
    add(calculator, "outreaches.csv",
        lines(kOutreachHeader, {"m1,U1,2026-03-01T00:00:00Z,signal", "m1,U2,2026-03-01T00:00:00Z,signal",
                                "m1,U3,2026-03-01T00:00:00Z,signal"}));
    add(calculator, "contacts.csv",
        lines("contact_id,customer_id,created_at,direction,in_reply_to",
              {"c1,U2,2026-03-02T00:00:00Z,inbound,m1", "c2,U3,2026-03-02T00:00:00Z,inbound,m1"}));
    const auto report = evaluate(calculator, until("2026-03-31"));
    CHECK(test::metric(report, "M04").numerator == 1);
    CHECK(test::metric(report, "M04").denominator == 3);
    CHECK(test::metric(report, "M08").numerator == 2);
}

TEST_CASE("messages that know accounts only are counted by account (A7, A9)") {
    Calculator calculator;
    add(calculator, "first.csv", lines("outreach_id,account_id,sent_at", {"m1,A1,2026-03-01T00:00:00Z"}));
    add(calculator, "second.csv",
        lines("outreach_id,account_id,sent_at",
              {"m1,A2,2026-03-01T00:00:00Z", "m1,A3,2026-03-01T00:00:00Z"}));
    add(calculator, "contacts.csv",
        lines("contact_id,customer_id,account_id,created_at,direction",
              {"c1,U1,A1,2026-03-02T00:00:00Z,inbound", "c2,U2,,2026-03-02T00:00:00Z,inbound"}));
    const auto report = evaluate(calculator, until("2026-03-31"));
    CHECK(report.settings.unit == "account");
    CHECK(test::metric(report, "M04").denominator == 3);
    CHECK(test::metric(report, "M04").numerator == 2);
}

TEST_CASE("usage improved by exactly a tenth counts (5.5.11); an empty outcome column claims nothing") {
    Calculator calculator;
    add(calculator, "outreaches.csv",
        lines("outreach_id,customer_id,sent_at,usage_before,usage_after,outcome",
              {"o1,U1,2026-03-01T00:00:00Z,100,110,", "o2,U2,2026-03-01T00:00:00Z,10,11,",
               "o3,U3,2026-03-01T00:00:00Z,100,109,"}));
    add(calculator, "contacts.csv", lines(kContactHeader, {"c1,U1,2026-03-02T00:00:00Z,inbound"}));
    CHECK(test::metric(evaluate(calculator, until("2026-03-31")), "M03").numerator == 2);
    Calculator empty;
    add(empty, "outreaches.csv",
        lines("outreach_id,customer_id,sent_at,outcome", {"o1,U1,2026-03-01T00:00:00Z,"}));
    add(empty, "contacts.csv", lines(kContactHeader, {"c1,U1,2026-03-02T00:00:00Z,inbound"}));
    CHECK(test::metric(evaluate(empty, until("2026-03-31")), "M03").missing == "no_outcome");
}

TEST_CASE("one date in the far future leaves the series of the real months alone") {
    Calculator calculator;
    add(calculator, "outreaches.csv",
        lines(kOutreachHeader, {"o1,U1,2026-03-01T00:00:00Z,signal", "o2,U2,2199-03-01T00:00:00Z,signal"}));
    add(calculator, "contacts.csv", lines(kContactHeader, {"c1,U1,2026-04-02T00:00:00Z,inbound"}));
    const auto report = evaluate(calculator, until("2026-04-30"));
    REQUIRE_FALSE(report.series.month.empty());
    CHECK(report.series.month.front().start == "2026-03-01");
    CHECK(report.series.month.front().outreaches == 1);
    CHECK(report.series.month.size() < 8);
}
