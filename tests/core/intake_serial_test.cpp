// Times that a spreadsheet turned into day numbers: recognised, asked about, and read only when a person has
// said so.
#include "session.hpp"

using namespace preempt;

namespace {

const std::string kTickets = "Ticket ID,Email,Created at,Closed at\n"
                             "1,a@example.com,46083.6270833333,46084\n"
                             "2,b@example.com,46083.5,\n"
                             "3,c@example.com,46084.25,46085.75\n";

} // namespace

TEST_CASE("day numbers in a time column are asked about, with the column and what they would mean") {
    Calculator calculator;
    const auto info = test::add(calculator, "tickets.csv", kTickets);
    CHECK(info.state == "needs_answer");
    CHECK(info.ask_serials);
    CHECK(info.zone_matters); // day numbers carry no zone
    CHECK(info.message.find("\"Created at\"") != std::string::npos);
    CHECK(info.message.find("46083.6270833333 would be 2026-03-02 15:03:00") != std::string::npos);
    CHECK(info.message.find("YYYY-MM-DD HH:MM") != std::string::npos);
}

TEST_CASE("confirmed day numbers are local times to the second") {
    Calculator calculator;
    report::MappingRequest answer;
    answer.accept_serials = true;
    const auto info = test::add(calculator, "tickets.csv", kTickets, answer);
    INFO(info.message);
    REQUIRE(info.state == "read");
    CHECK(info.rows_set_aside == 0);
    CHECK(info.first_time == "2026-03-02T12:00:00");
    CHECK(info.last_time == "2026-03-03T06:00:00");
}

TEST_CASE("an answer to another question keeps the confirmation") {
    Calculator calculator;
    const auto id = calculator.open("tickets.csv");
    report::MappingRequest confirm, zone;
    confirm.accept_serials = true;
    zone.zone = "UTC";
    REQUIRE(calculator.recognise(id, kTickets, true, confirm).value().state == "reading");
    CHECK(calculator.recognise(id, kTickets, true, zone).value().state == "reading");
}

TEST_CASE("refused day numbers are no times, and the rows say why") {
    Calculator calculator;
    report::MappingRequest answer;
    answer.accept_serials = false;
    const auto info = test::add(calculator, "tickets.csv", kTickets, answer);
    CHECK(info.state == "failed");
    CHECK(info.message.find("a spreadsheet's day number") != std::string::npos);
}

TEST_CASE("day numbers behind the first rows are set aside with their reason, and still asked about") {
    std::string text = "Ticket ID,Email,Created at\n";
    for (int i = 0; i < 250; ++i)
        text += std::to_string(i) + ",a@example.com,2026-03-02 15:01:00\n";
    text += "900,a@example.com,46083.5\n";
    Calculator calculator;
    const auto info = test::add(calculator, "tickets.csv", text);
    CHECK(info.state == "read");
    CHECK(info.rows_read == 251);
    CHECK(info.rows_set_aside == 1);
    CHECK(info.ask_serials);
    report::MappingRequest answer;
    answer.accept_serials = true;
    const auto again = test::add(calculator, "tickets.csv", text, answer);
    CHECK(again.rows_set_aside == 0);
}

TEST_CASE("epoch seconds and milliseconds are never taken for day numbers") {
    for (const char* digits : {"1772463660", "1772463660000"}) {
        Calculator calculator;
        const auto info = test::add(
            calculator, "t.csv", "Ticket ID,Email,Created at\n1,a@example.com," + std::string(digits) + "\n");
        CHECK(info.state == "read");
        CHECK_FALSE(info.ask_serials);
        CHECK(info.first_time == "2026-03-02T15:01:00Z");
    }
}

TEST_CASE("numbers of the same size in a column that is no time ask nothing") {
    Calculator calculator;
    const auto info = test::add(calculator, "t.csv",
                                "Ticket ID,Email,Created at\n46083,a@example.com,2026-03-02T15:01:00Z\n"
                                "46084,b@example.com,2026-03-02T15:02:00Z\n");
    CHECK(info.state == "read");
    CHECK_FALSE(info.ask_serials);
}

TEST_CASE("a file whose first byte that is no UTF-8 comes late says in which encoding to read it again") {
    std::string text = "Ticket ID,Email,Created at,Topic\n";
    const std::size_t head = 4096;
    while (text.size() < head + 100)
        text += std::to_string(text.size()) + ",a@example.com,2026-03-02T15:01:00Z,invoice\n";
    text += "1,a@example.com,2026-03-02T15:01:00Z,Gr\xF6\xDF"
            "e\n";
    const auto read = [&](Calculator& calculator, std::int32_t id, const report::MappingRequest& answer) {
        REQUIRE(
            calculator.recognise(id, std::string_view(text).substr(0, head), false, answer).value().state ==
            "reading");
        REQUIRE(calculator.append(id, text).ok());
        return calculator.close(id).value();
    };
    Calculator calculator;
    const auto id = calculator.open("t.csv");
    CHECK(read(calculator, id, {}).reread_as == "windows-1252");
    report::MappingRequest answer;
    answer.encoding = "windows-1252";
    const auto again = read(calculator, id, answer);
    CHECK(again.reread_as.empty());
    CHECK(again.encoding == "windows-1252");
    CHECK(again.encoding_why.find("no UTF-8") != std::string::npos);
    for (const auto& warning : again.warnings)
        CHECK(warning.find("could not be read as") == std::string::npos);

    // UTF-8 with one damaged letter stays UTF-8.
    text.insert(text.find("invoice", head), "\xC3\xA9\xC3\xA8\xC3\xA9");
    CHECK(read(calculator, calculator.open("u.csv"), {}).reread_as.empty());
}
