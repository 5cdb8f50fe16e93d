// Rules for input that is no export: each kind of file is named, and the message says what to do.
#include "intake_helpers.hpp"

using namespace intake_test;
using namespace std::string_literals;

namespace {

Status problem_of(const std::string& name, const std::string& bytes) {
    return recognise(name, bytes, true).problem;
}

} // namespace

TEST_CASE("files that are no text tables are named, with what to do") {
    struct Case {
        const char* name;
        std::string bytes;
        const char* what;
        const char* advice;
    };
    const std::vector<Case> cases = {
        {"book.xlsx", "PK\x03\x04\x14\0\x06\0[Content_Types].xml and xl/workbook.xml"s,
         "an Excel workbook (.xlsx)", "CSV UTF-8"},
        {"book.ods", "PK\x03\x04\x14\0\0\0mimetypeapplication/vnd.oasis.opendocument.spreadsheet"s,
         "OpenDocument", "as CSV"},
        {"old.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0"s, "an old Excel workbook", "CSV UTF-8"},
        {"fresh.xls",
         "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
         "SpreadsheetML", "Choose CSV"},
        {"export.zip", "PK\x03\x04\x14\0\x08\0receipt_20260320.csv"s, "a ZIP archive", "Unpack it"},
        {"export.csv.gz", "\x1F\x8B\x08\0"s, "gzip", "Unpack it"},
        {"shot.png", "\x89PNG\r\n\x1A\n"s, "an image", "CSV export"},
        {"shot.jpg", "\xFF\xD8\xFF\xE0"s, "an image", "CSV export"},
        {"shot.gif", "GIF89a"s, "an image", "CSV export"},
        {"report.pdf", "%PDF-1.7\n", "a PDF", "export CSV"},
        {"data.json", "[\n  {\"id\": 1}\n]", "JSON", "CSV"},
        {"data.jsonl", "{\"id\": 1}\n{\"id\": 2}\n", "JSON", "CSV"},
        {"export.csv", "<!DOCTYPE html><html><head><title>Sign in</title>", "a web page", "sign in"},
        {"export2.csv", "\xEF\xBB\xBF<html>", "a web page", "export again"},
        {"feed.xml", "<?xml version=\"1.0\"?><tickets/>", "an XML document", "CSV"},
        {"table.parquet", "PAR1\x15\0"s, "not text", "CSV"},
    };
    for (const auto& one : cases) {
        INFO(one.name);
        const Status status = problem_of(one.name, one.bytes);
        CHECK(status.code == StatusCode::not_supported);
        CHECK(status.message.find(one.name) != std::string::npos);
        CHECK(status.message.find(one.what) != std::string::npos);
        CHECK(status.message.find(one.advice) != std::string::npos);
    }
}

TEST_CASE("an empty file and one of blank lines are empty") {
    for (const std::string& bytes : {""s, "\n\r\n  \n"s, "\xEF\xBB\xBF"s}) {
        const Status status = problem_of("nothing.csv", bytes);
        CHECK(status.code == StatusCode::bad_input);
        CHECK(status.message.find("\"nothing.csv\" is empty") != std::string::npos);
    }
}

TEST_CASE("a header without rows is told, before and while reading") {
    const std::string bytes = "contact_id,email,created_at\n";
    const Recognition recognition = recognise("tickets.csv", bytes, true);
    CHECK(recognition.problem.message.find("has a header but no rows") != std::string::npos);
    const Recognition unsure =
        recognise("tickets.csv", bytes, false); // more may follow, as far as the head tells
    CHECK(unsure.problem.ok());
    FileReader reader("tickets.csv", unsure, proposed_mapping(unsure));
    reader.append(bytes);
    const auto result = reader.finish();
    CHECK(result.status().message.find("\"tickets.csv\" has a header but no rows") != std::string::npos);
}

TEST_CASE("when no row has a readable time the error names line, column and value") {
    const auto result =
        read_all("contact_id,email,created_at\nc1,a@example.com,yesterday\nc2,b@example.com,soon\n");
    REQUIRE_FALSE(result.ok());
    CHECK(result.status().code == StatusCode::bad_input);
    CHECK(result.status().message.find("Line 2: Column \"created_at\": \"yesterday\"") != std::string::npos);
}

TEST_CASE("a spreadsheet's day numbers are refused in words") {
    const std::string bytes =
        "contact_id,email,created_at\nc1,a@example.com,46083.627\nc2,b@example.com,46084.5\n";
    CHECK(mentions(recognise("t.csv", bytes, true).notices, "a spreadsheet's day numbers"));
    const auto result = read_all(bytes);
    REQUIRE_FALSE(result.ok());
    CHECK(result.status().message.find("a spreadsheet's day number") != std::string::npos);
}

TEST_CASE("reading with a mapping that cannot work gives the same message as checking it") {
    const std::string bytes = "contact_id,email,created_at\nc1,a@example.com,2026-03-01T10:00:00Z\n";
    const Recognition recognition = recognise("t.csv", bytes, true);
    Mapping mapping = proposed_mapping(recognition);
    mapping.roles[2] = Role::none;
    const auto result = read_with(bytes, recognition, mapping);
    REQUIRE_FALSE(result.ok());
    CHECK(result.status().message == check_mapping(recognition, mapping).message);
}

TEST_CASE("no beginning of any sample, and no bytes at all, make recognition fail") {
    const std::string sample = load("exports/freshdesk_tickets_excel_semicolon_bom.csv");
    for (std::size_t end = 0; end < 700; ++end) {
        const Recognition recognition = recognise("cut.csv", sample.substr(0, end), end % 2 == 0);
        CHECK((recognition.problem.ok() || !recognition.problem.message.empty()));
    }
    std::uint32_t state = 1;
    for (int round = 0; round < 300; ++round) {
        std::string bytes;
        for (int i = 0; i < 200; ++i) {
            state = state * 1664525U + 1013904223U;
            const auto random = static_cast<std::size_t>(state >> 24);
            bytes.push_back(round % 2 == 0 ? static_cast<char>(random) : " ,;\"\n\tA1@/-:"[random % 13]);
        }
        const Recognition recognition = recognise("noise.csv", bytes, true);
        Mapping mapping = proposed_mapping(recognition);
        if (mapping.kind == TableKind::unknown) mapping.kind = TableKind::customers;
        const auto result = read_with(bytes, recognition, mapping, 13);
        CHECK((result.ok() || !result.status().message.empty()));
    }
}
