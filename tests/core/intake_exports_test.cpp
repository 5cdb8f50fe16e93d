// The sample exports (tests/data/exports, figures in its README): each one recognised, mapped, read, and
// counted.
#include "intake_helpers.hpp"

using namespace intake_test;

namespace {

struct Expected {
    const char* file;
    const char* format;
    TableKind kind;
    const char* zone;
    bool zone_matters;
    std::size_t rows, used;
    const char* first_time;
    std::map<std::string, Role> roles;
};

} // namespace

TEST_CASE("every sample export is recognised with its roles, its zone and its rows") {
    const std::vector<Expected> all = {
        {"exports/intercom_conversations_new_york.csv",
         "intercom_conversations",
         TableKind::contacts,
         "America/New_York",
         false,
         25,
         25,
         "2026-02-20T04:05:00",
         {{"Conversation ID", Role::record_id},
          {"Conversation started at (America/New_York)", Role::occurred_at},
          {"User email", Role::email},
          {"User ID", Role::external_id},
          {"Company ID", Role::account_id},
          {"Started by", Role::started_by},
          {"Conversation first closed at (America/New_York)", Role::closed_at},
          {"AI Topic", Role::topic}}},
        {"exports/intercom_outbound/receipt_20260320-101500.csv",
         "intercom_receipts",
         TableKind::outreaches,
         "",
         false,
         40,
         40,
         "2026-03-02T15:01:00Z",
         {{"receipt_id", Role::record_id},
          {"received_at", Role::occurred_at},
          {"user_id", Role::customer_id},
          {"user_external_id", Role::external_id},
          {"company_external_id", Role::account_id},
          {"company_id", Role::none},
          {"email", Role::email},
          {"content_title", Role::campaign},
          {"first_open", Role::opened_at},
          {"first_hard_bounce", Role::bounced_at}}},
        {"exports/intercom_outbound/open_20260320-101500.csv",
         "intercom_opens",
         TableKind::engagement,
         "",
         false,
         26,
         26,
         nullptr,
         {{"receipt_id", Role::outreach_id}, {"opened_at", Role::opened_at}}},
        {"exports/intercom_outbound/click_20260320-101500.csv",
         "intercom_clicks",
         TableKind::engagement,
         "",
         false,
         12,
         12,
         nullptr,
         {{"receipt_id", Role::outreach_id}, {"clicked_at", Role::clicked_at}}},
        {"exports/intercom_outbound/reply_20260320-101500.csv",
         "intercom_replies",
         TableKind::engagement,
         "",
         false,
         3,
         3,
         nullptr,
         {{"receipt_id", Role::outreach_id}, {"replied_at", Role::replied_at}}},
        {"exports/intercom_csat_new_york.csv",
         "intercom_csat",
         TableKind::surveys,
         "America/New_York",
         false,
         19,
         19,
         "2026-02-20T09:05:00",
         {{"Conversation ID", Role::contact_id},
          {"Conversation rating", Role::score},
          {"Agent rated type", Role::rated}}},
        {"exports/zendesk_full_export_america_new_york.csv",
         "zendesk_tickets",
         TableKind::contacts,
         "",
         true,
         25,
         25,
         "2026-02-20T04:05:00",
         {{"Id", Role::record_id},
          {"Created at", Role::occurred_at},
          {"Requester id", Role::customer_id},
          {"Requester external id", Role::external_id},
          {"Requester email", Role::email},
          {"Organization", Role::account_id},
          {"Solved at", Role::closed_at},
          {"Tags", Role::tags},
          {"Contact reason [list]", Role::topic}}},
        {"exports/freshdesk_tickets_export.csv",
         "freshdesk_tickets",
         TableKind::contacts,
         "",
         true,
         25,
         25,
         "2026-02-20T09:05:00",
         {{"Ticket ID", Role::record_id},
          {"Created time", Role::occurred_at},
          {"Contact ID", Role::email},
          {"Company Name", Role::account_id},
          {"Resolved time", Role::closed_at},
          {"Source", Role::source},
          {"First response time (in hrs)", Role::first_response_time}}},
        {"exports/freshdesk_tickets_excel_semicolon_bom.csv",
         "freshdesk_tickets",
         TableKind::contacts,
         "",
         true,
         25,
         25,
         "2026-02-20T09:05:00",
         {{"Contact ID", Role::email}, {"Created time", Role::occurred_at}}},
        {"exports/gorgias_tickets.csv",
         "gorgias_tickets",
         TableKind::contacts,
         "",
         true,
         25,
         25,
         "2026-02-20T09:05:00",
         {{"Creation date", Role::occurred_at},
          {"Customer email", Role::email},
          {"Created by an agent", Role::started_by}}},
        {"exports/hubspot-crm-exports-all-tickets-2026-03-20.csv",
         "hubspot_tickets",
         TableKind::contacts,
         "",
         true,
         25,
         25,
         "2026-02-20T04:05:00",
         {{"Create date", Role::occurred_at}, {"Associated Contact", Role::email}}},
        {"exports/salesforce_case_report_footer_latin1.csv",
         "salesforce_cases",
         TableKind::contacts,
         "",
         true,
         30,
         25,
         "2026-02-20T04:05:00",
         {{"Case Number", Role::record_id},
          {"Date/Time Opened", Role::occurred_at},
          {"Contact Email", Role::email}}},
        {"exports/sendgrid_email_activity.csv",
         "sendgrid_activity",
         TableKind::outreaches,
         "",
         false,
         118,
         40,
         "2026-03-02T15:01:00Z",
         {{"message_id", Role::record_id},
          {"processed", Role::occurred_at},
          {"event", Role::event},
          {"subject", Role::campaign}}},
        {"exports/audience_with_holdout.csv",
         "exposure",
         TableKind::exposure,
         "",
         false,
         60,
         60,
         "2026-03-02T15:00:00Z",
         {{"group", Role::arm}, {"assigned_at", Role::occurred_at}, {"external_id", Role::external_id}}},
    };
    for (const auto& expected : all) {
        INFO(expected.file);
        const std::string bytes = load(expected.file);
        const Recognition recognition = recognise(expected.file, bytes, true);
        INFO(recognition.problem.message);
        CHECK(recognition.problem.ok());
        CHECK(recognition.format == expected.format);
        CHECK(recognition.kind == expected.kind);
        CHECK(recognition.zone == expected.zone);
        CHECK(recognition.zone_matters == expected.zone_matters);
        CHECK_FALSE(recognition.ask_date_order);
        CHECK(recognition.confidence > 0.6);
        CHECK_FALSE(recognition.reasons.empty());
        for (const auto& [header, role] : expected.roles) {
            INFO(header);
            CHECK(role_of(recognition, header) == role);
        }
        const Mapping mapping = proposed_mapping(recognition);
        CHECK(check_mapping(recognition, mapping).ok());
        const FileTable table = table_of(bytes);
        CHECK(table.rows == expected.rows);
        CHECK(count(table, Reason::used) == expected.used);
        CHECK(table.bytes == bytes.size());
        CHECK(table.reason.size() == expected.rows);
        CHECK(table.line.size() == expected.rows);
        if (expected.first_time != nullptr) CHECK(time(table, Role::occurred_at, 0) == expected.first_time);
    }
}

TEST_CASE("the Intercom receipts count 26 opened, 12 clicked, 3 replied, 1 unsubscribed, 1 bounced") {
    const FileTable table = table_of(load("exports/intercom_outbound/receipt_20260320-101500.csv"));
    CHECK(filled(table, Role::opened_at) == 26);
    CHECK(filled(table, Role::clicked_at) == 12);
    CHECK(filled(table, Role::replied_at) == 3);
    CHECK(filled(table, Role::unsubscribed_at) == 1);
    CHECK(filled(table, Role::bounced_at) == 1);
}

TEST_CASE(
    "the SendGrid log becomes 40 outreaches with the same reactions, every other event is accounted for") {
    const FileTable table = table_of(load("exports/sendgrid_email_activity.csv"));
    CHECK(count(table, Reason::used) == 40);
    CHECK(count(table, Reason::folded_event) == 78);
    CHECK(filled(table, Role::delivered_at) == 39);
    CHECK(filled(table, Role::bounced_at) == 1);
    CHECK(filled(table, Role::opened_at) == 26);
    CHECK(filled(table, Role::clicked_at) == 12);
    CHECK(time(table, Role::delivered_at, 0) == "2026-03-02T15:01:04Z");
}

TEST_CASE("the two Freshdesk files, one of them saved again by a spreadsheet, give the same tickets") {
    const FileTable plain = table_of(load("exports/freshdesk_tickets_export.csv"));
    const FileTable saved = table_of(load("exports/freshdesk_tickets_excel_semicolon_bom.csv"));
    for (std::size_t row = 0; row < 25; ++row) {
        CHECK(text(plain, Role::record_id, row) == text(saved, Role::record_id, row));
        CHECK(text(plain, Role::email, row) == text(saved, Role::email, row));
        CHECK(time(plain, Role::occurred_at, row) == time(saved, Role::occurred_at, row));
        CHECK(time(plain, Role::closed_at, row) == time(saved, Role::closed_at, row));
    }
}

TEST_CASE(
    "the Salesforce report's five lines below the data are a footer, its case numbers keep their zeros") {
    const FileTable table = table_of(load("exports/salesforce_case_report_footer_latin1.csv"));
    CHECK(count(table, Reason::footer) == 5);
    CHECK(table.set_aside_samples.size() == 5);
    CHECK(table.set_aside_samples.front().reason == Reason::footer);
    CHECK(table.warnings.empty()); // short footer lines are no ragged rows
    CHECK(text(table, Role::record_id, 0) == "00297700");
    CHECK(time(table, Role::occurred_at, 1) == "2026-02-22T13:40:00"); // 1:40 PM
}

TEST_CASE("the audience has 40 treated and 20 held out") {
    const FileTable table = table_of(load("exports/audience_with_holdout.csv"));
    std::size_t treated = 0, held_out = 0;
    for (std::size_t row = 0; row < table.rows; ++row) {
        treated += text(table, Role::arm, row) == "treated" ? 1 : 0;
        held_out += text(table, Role::arm, row) == "holdout" ? 1 : 0;
    }
    CHECK(treated == 40);
    CHECK(held_out == 20);
}

TEST_CASE("the HubSpot contact's address is taken out of the brackets") {
    const FileTable table = table_of(load("exports/hubspot-crm-exports-all-tickets-2026-03-20.csv"));
    CHECK(text(table, Role::email, 0) == "user003@acct03.example.com");
}

TEST_CASE("the same file in pieces of any size gives the same table") {
    for (const char* file :
         {"exports/zendesk_full_export_america_new_york.csv",
          "exports/salesforce_case_report_footer_latin1.csv", "exports/sendgrid_email_activity.csv",
          "exports/freshdesk_tickets_excel_semicolon_bom.csv", "generic/outreaches_with_arm.csv",
          "generic/exposure.csv"}) {
        INFO(file);
        const std::string bytes = load(file);
        const Recognition recognition = recognise(file, bytes, true);
        const Mapping mapping = proposed_mapping(recognition);
        const auto whole = read_with(bytes, recognition, mapping);
        REQUIRE(whole.ok());
        for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{4096}}) {
            INFO(piece);
            const auto cut = read_with(bytes, recognition, mapping, piece);
            REQUIRE(cut.ok());
            const FileTable &a = whole.value(), &b = cut.value();
            CHECK(a.reason == b.reason);
            CHECK(a.line == b.line);
            CHECK(a.warnings == b.warnings);
            REQUIRE(a.set_aside_samples.size() == b.set_aside_samples.size());
            for (std::size_t i = 0; i < a.set_aside_samples.size(); ++i) {
                CHECK(a.set_aside_samples[i].detail == b.set_aside_samples[i].detail);
                CHECK(a.set_aside_samples[i].cells == b.set_aside_samples[i].cells);
            }
            for (const auto& info : all_roles()) {
                if (const auto* times = a.instants_of(info.role))
                    CHECK(times->value == b.instants_of(info.role)->value);
                if (const auto* words = a.text_of(info.role))
                    CHECK(words->code == b.text_of(info.role)->code);
            }
        }
    }
}
