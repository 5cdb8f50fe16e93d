// A session's bookkeeping: answers that add up, changed dialects, files removed and added, the set-aside rows
// as a file.
#include "session.hpp"

using namespace preempt;

namespace {

report::FileInfo answer(Calculator& calculator, std::int32_t id, const std::string& text,
                        const report::MappingRequest& request) {
    auto info = calculator.recognise(id, text, true, request);
    REQUIRE(info.ok());
    if (info.value().state != "reading") return info.value();
    REQUIRE(calculator.append(id, text).ok());
    return calculator.close(id).value();
}

const std::string kTickets = "contact_id,customer_id,created_at,direction,subject\r\n"
                             "c1,U1,2026-03-02 10:00:00,inbound,\"=1+1\"\r\n"
                             "c2,U1,2026-03-02 11:00:00,outbound,\"two\nlines\"\r\n"
                             "c3,U1,,inbound,@home\r\n"
                             "c4,U2,2026-03-03 10:00:00,inbound,fine\r\n";

} // namespace

TEST_CASE("answers add up: a zone answered later keeps the roles answered before") {
    Calculator calculator;
    test::add_new_york(calculator);
    const auto id = calculator.open("tickets.csv");
    report::MappingRequest roles;
    roles.kind = "contacts";
    roles.roles = {"record_id", "customer_id", "occurred_at", "", "topic"};
    CHECK(answer(calculator, id, kTickets, roles).columns[4].role == "topic");
    report::MappingRequest zone;
    zone.zone = "America/New_York";
    const auto info = answer(calculator, id, kTickets, zone);
    CHECK(info.columns[4].role == "topic");
    CHECK(info.columns[3].role.empty());
    CHECK(info.zone == "America/New_York");
}

TEST_CASE("a changed delimiter reads other columns and proposes their roles anew") {
    Calculator calculator;
    const std::string text =
        "contact_id;customer_id;created_at\nc1;U1;2026-03-02T10:00:00Z\nc2;U2;2026-03-02T10:00:00Z\n";
    const auto id = calculator.open("tickets.csv");
    CHECK(answer(calculator, id, text, {}).delimiter == ";");
    report::MappingRequest comma;
    comma.delimiter = ",";
    const auto one_column = answer(calculator, id, text, comma);
    CHECK(one_column.columns.size() == 1);
    CHECK(one_column.state != "read");
    REQUIRE(one_column.preview.size() == 3);
    CHECK(one_column.preview[1].size() == 1);
    report::MappingRequest back;
    back.delimiter = ";";
    const auto again = answer(calculator, id, text, back);
    CHECK(again.state == "read");
    CHECK(again.preview[1] == std::vector<std::string>{"c1", "U1", "2026-03-02T10:00:00Z"});
}

TEST_CASE("lines above the header can be left out by hand") {
    Calculator calculator;
    const std::string text =
        "Tickets of March\ncontact_id,customer_id,created_at\nc1,U1,2026-03-02T10:00:00Z\n";
    const auto id = calculator.open("tickets.csv");
    report::MappingRequest request;
    request.skip_lines = 1;
    const auto info = answer(calculator, id, text, request);
    CHECK(info.state == "read");
    CHECK(info.skip_lines == 1);
    CHECK(info.columns.size() == 3);
    CHECK(info.rows_read == 1);
}

TEST_CASE("exports of one layout have one fingerprint, whatever their zone; another layout has another") {
    Calculator calculator;
    const auto of = [&](const std::string& header) {
        return test::add(calculator, "x.csv",
                         header + "\n1,U1,2026-03-02 10:00:00\n2,U2,2026-03-02 10:00:00\n")
            .fingerprint;
    };
    const auto berlin = of("Conversation ID,User ID,Conversation started at (Europe/Berlin)");
    CHECK(berlin.size() == 16);
    CHECK(of("conversation id,user_id,Conversation started at (America/Lima)") == berlin);
    CHECK(of("Conversation ID,Conversation started at (Europe/Berlin),User ID") != berlin);
}

TEST_CASE("the set-aside rows come out with line, reason and their own cells, and no formula runs in a "
          "spreadsheet") {
    Calculator calculator;
    const auto info = test::add(calculator, "tickets.csv", kTickets);
    REQUIRE(info.state == "read");
    CHECK(info.rows_read == 4);
    CHECK(info.rows_set_aside == 2);
    REQUIRE(calculator.begin_set_aside(info.id).ok());
    for (const char letter : kTickets)
        REQUIRE(calculator.append_set_aside(info.id, std::string_view(&letter, 1)).ok());
    const auto text = calculator.take_set_aside(info.id);
    REQUIRE(text.ok());
    CHECK_THAT(text.value(),
               ContainsSubstring("file,line,reason,contact_id,customer_id,created_at,direction,subject\r\n"));
    CHECK_THAT(text.value(), ContainsSubstring("tickets.csv,3,"));
    CHECK_THAT(text.value(), ContainsSubstring("c2,U1,2026-03-02 11:00:00,outbound,\"two\nlines\"\r\n"));
    CHECK_THAT(text.value(), ContainsSubstring("tickets.csv,5,"));
    CHECK_THAT(text.value(), ContainsSubstring("'@home"));
    CHECK(text.value().find("c1,") == std::string::npos);
    CHECK(text.value().find("c4,") == std::string::npos);
}

TEST_CASE("the set-aside rows include those that only an evaluation sets aside") {
    Calculator calculator;
    const std::string outreaches =
        "outreach_id,customer_id,sent_at\no1,U2,2026-03-01T10:00:00Z\no2,U1,2026-03-01T10:00:00Z\n";
    test::add(calculator, "outreaches.csv", outreaches);
    const auto info = test::add(calculator, "tickets.csv", kTickets);
    report::EvaluateRequest request;
    request.coverage_end = "2026-03-02";
    request.window_days = 1;
    REQUIRE(calculator.evaluate(request).ok());
    REQUIRE(calculator.begin_set_aside(info.id).ok());
    REQUIRE(calculator.append_set_aside(info.id, kTickets).ok());
    CHECK_THAT(calculator.take_set_aside(info.id).value(), ContainsSubstring("c4,U2"));
}

TEST_CASE("a wrong file can be removed and another dropped; ids are never reused") {
    Calculator calculator;
    const auto wrong = test::add(calculator, "picture.csv", "\x89PNG\r\n\x1a\n");
    CHECK(wrong.state == "failed");
    CHECK_FALSE(wrong.message.empty());
    REQUIRE(calculator.remove(wrong.id).ok());
    CHECK_FALSE(calculator.remove(wrong.id).ok());
    CHECK(calculator.files().empty());
    const auto right = test::add(calculator, "tickets.csv", kTickets);
    CHECK(right.id != wrong.id);
    CHECK(right.state == "read");
}

TEST_CASE("an evaluation without messages, without contacts or without files says what to add") {
    Calculator calculator;
    CHECK_THAT(calculator.evaluate({}).status().message, ContainsSubstring("no file"));
    test::add(calculator, "tickets.csv", kTickets);
    CHECK_THAT(calculator.evaluate({}).status().message, ContainsSubstring("no messages sent"));
    Calculator other;
    test::add(other, "outreaches.csv", "outreach_id,customer_id,sent_at\no1,U2,2026-03-01T10:00:00Z\n");
    CHECK_THAT(other.evaluate({}).status().message, ContainsSubstring("no tickets"));
}
