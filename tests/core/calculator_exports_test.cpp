// The sample exports of tests/data/exports: one story told by several tools. Expected figures are those of
// their README.
#include "session.hpp"

using namespace preempt;

namespace {

struct Helpdesk {
    const char* file;
    const char* zone; ///< the answer to "in which zone are these times?", "" = the file says
};

report::FileInfo add_export(Calculator& calculator, const std::string& file, const std::string& zone = "") {
    report::MappingRequest answer;
    answer.zone = zone;
    const auto slash = file.rfind('/');
    const auto info = test::add(calculator, slash == std::string::npos ? file : file.substr(slash + 1),
                                test::read_data("exports/" + file), answer);
    INFO(file << ": " << info.message);
    REQUIRE(info.state == "read");
    return info;
}

} // namespace

TEST_CASE(
    "3 of 39 contacted and 8 of 17 held-out people made a contact, whichever helpdesk exported the tickets") {
    const auto desk =
        GENERATE(Helpdesk{"zendesk_full_export_america_new_york.csv", "America/New_York"},
                 Helpdesk{"freshdesk_tickets_export.csv", "UTC"},
                 Helpdesk{"freshdesk_tickets_excel_semicolon_bom.csv", "UTC"},
                 Helpdesk{"intercom_conversations_new_york.csv", ""}, Helpdesk{"gorgias_tickets.csv", "UTC"});
    INFO(desk.file);
    Calculator calculator;
    test::add_new_york(calculator);
    CHECK(add_export(calculator, "audience_with_holdout.csv").kind == "exposure");
    CHECK(add_export(calculator, "intercom_outbound/receipt_20260320-101500.csv").kind == "outreaches");
    CHECK(add_export(calculator, "intercom_outbound/click_20260320-101500.csv").kind == "engagement");
    CHECK(add_export(calculator, "intercom_outbound/reply_20260320-101500.csv").kind == "engagement");
    const auto contacts = add_export(calculator, desk.file, desk.zone);
    CHECK(contacts.kind == "contacts");
    CHECK(contacts.rows_read == 25);

    report::EvaluateRequest request;
    request.unit = "person";
    request.coverage_end = "2026-03-20";
    auto result = calculator.evaluate(request);
    INFO(result.status().message);
    REQUIRE(result.ok());
    const auto& c = result.value().holdout;
    CHECK(c.treated.episodes == 39);
    CHECK(c.treated.contacted == 3);
    CHECK(c.baseline.episodes == 17);
    CHECK(c.baseline.contacted == 8);
    CHECK(c.difference.value.value() == Approx(0.3937).margin(0.00005));
    CHECK(c.treated.reactive == 1);  // contact 33
    CHECK(c.baseline.reactive == 3); // contacts 45, 52, 58
    CHECK(result.value().headline_rung == 5);
}

TEST_CASE("the zone question matters: Zendesk's times read as UTC move tickets into the day before") {
    const auto first_ticket = [](const std::string& zone) {
        Calculator calculator;
        test::add_new_york(calculator);
        add_export(calculator, "intercom_outbound/receipt_20260320-101500.csv");
        add_export(calculator, "zendesk_full_export_america_new_york.csv", zone);
        report::EvaluateRequest request;
        request.unit = "person";
        return calculator.evaluate(request).value().settings.coverage_start;
    };
    CHECK(first_ticket("America/New_York") == "2026-02-20T09:05:00Z");
    CHECK(first_ticket("UTC") == "2026-02-20T04:05:00Z");
}

TEST_CASE("durations mean what their tool means: the first responses of one story agree, whoever measured "
          "them (M16)") {
    // Zendesk counts minutes, Intercom and Gorgias seconds, Freshdesk writes HH:MM:SS in a column named "(in
    // hrs)".
    const auto desk =
        GENERATE(Helpdesk{"zendesk_full_export_america_new_york.csv", "America/New_York"},
                 Helpdesk{"freshdesk_tickets_export.csv", "UTC"},
                 Helpdesk{"intercom_conversations_new_york.csv", ""}, Helpdesk{"gorgias_tickets.csv", "UTC"});
    INFO(desk.file);
    Calculator calculator;
    test::add_new_york(calculator);
    add_export(calculator, "audience_with_holdout.csv");
    add_export(calculator, desk.file, desk.zone);
    report::EvaluateRequest request;
    request.unit = "person";
    request.coverage_end = "2026-03-20";
    const auto report = calculator.evaluate(request).value();
    const auto& m16 = test::metric(report, "M16");
    CHECK(m16.denominator == 25);
    CHECK(m16.estimate.value.value() == 53);
    CHECK(m16.estimate.low.value() < 53);
    CHECK(m16.estimate.high.value() > 53);
}
