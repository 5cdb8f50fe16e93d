// Rules of reading: cleaning, one reason per row, duplicates, event logs, dates that settle late, warnings
// with lines.
#include "intake_helpers.hpp"

#include <cmath>

using namespace intake_test;

namespace {

constexpr const char* kContactHeader = "contact_id,email,created_at,";

std::string contacts(const std::string& further, const std::string& rows) {
    return kContactHeader + further + "\n" + rows;
}

} // namespace

TEST_CASE("ids are trimmed text, e-mail addresses are folded, null words are missing") {
    const FileTable table = table_of("contact_id,customer_id,email,created_at,topic\n"
                                     " 007 ,N/A, Ann@Example.COM ,2026-03-01T10:00:00Z,-\n"
                                     "8,C-9,null,2026-03-01T11:00:00Z,None\n");
    CHECK(text(table, Role::record_id, 0) == "007");
    CHECK(text(table, Role::customer_id, 0).empty());
    CHECK(text(table, Role::email, 0) == "ann@example.com");
    CHECK(text(table, Role::topic, 0).empty());
    CHECK(text(table, Role::customer_id, 1) == "C-9");
    CHECK(text(table, Role::email, 1).empty());
}

TEST_CASE("one id in two Unicode spellings is one id") {
    const FileTable table = table_of("contact_id,customer_id,created_at\n1,Ren\xC3\xA9,2026-03-01T10:00:"
                                     "00Z\n2,Rene\xCC\x81,2026-03-02T10:00:00Z\n");
    CHECK(table.text_of(Role::customer_id)->code[0] == table.text_of(Role::customer_id)->code[1]);
}

TEST_CASE("-1 means none in Intercom's company and series columns, elsewhere it is a value") {
    const FileTable table = table_of("receipt_id,received_at,ruleset_id,user_id,company_id,content_id\n"
                                     "1,1772463660,9001,u1,-1,-1\n");
    CHECK(text(table, Role::account_id, 0).empty());
    CHECK(text(table, Role::content_id, 0) == "-1");
}

TEST_CASE("NA is North America in a region column") {
    const FileTable table = table_of(load("generic/customers.csv"));
    CHECK(text(table, Role::region, 0) == "NA");
    CHECK(table.rows == 4);
    CHECK(text(table, Role::is_internal, 3) == "yes");
}

TEST_CASE("a row without a readable time, or without a customer, is set aside with column and value") {
    const FileTable table = table_of(load("generic/outreaches_with_arm.csv"));
    CHECK(count(table, Reason::used) == 4);
    CHECK(count(table, Reason::unreadable_time) == 1);
    CHECK(count(table, Reason::missing_customer) == 1);
    CHECK(count(table, Reason::duplicate) == 1);
    REQUIRE(table.set_aside_samples.size() == 3);
    CHECK(table.set_aside_samples[0].detail == "The same id is on line 4; the first row is kept.");
    CHECK(table.set_aside_samples[1].line == 6);
    CHECK(table.set_aside_samples[1].detail == "No customer: \"customer_id\" is empty.");
    CHECK(table.set_aside_samples[2].detail.find("Column \"sent_at\": \"soon\" cannot be read as a time") ==
          0);
    CHECK(table.set_aside_samples[2].cells.size() == 9);
    CHECK(table.set_aside_samples[2].cells[1] == "P5");
}

TEST_CASE("types and outcomes are normalised; unknown words are told, never guessed") {
    const FileTable table = table_of(load("generic/outreaches_with_arm.csv"));
    CHECK(text(table, Role::outreach_type, 0) == "signal");
    CHECK(text(table, Role::outreach_type, 1) == "broadcast");
    CHECK(text(table, Role::outreach_type, 6) == "unclassified");
    CHECK(text(table, Role::outcome, 2) == "usage_improved");
    CHECK(text(table, Role::outcome, 6).empty());
    CHECK(mentions(table.warnings, "\"surprise\""));
    CHECK(mentions(table.warnings, "\"great\""));
}

TEST_CASE("a held-out row of an outreach file stays a row, with its arm") {
    const FileTable table = table_of(load("generic/outreaches_with_arm.csv"));
    CHECK(table.reason[1] == Reason::used);
    CHECK(text(table, Role::arm, 1) == "holdout");
    CHECK(text(table, Role::arm, 2) == "treated");
}

TEST_CASE("numbers in a file with semicolons have decimal commas") {
    const FileTable table = table_of(load("generic/outreaches_with_arm.csv"));
    const auto* before = table.numbers_of(Role::usage_before);
    REQUIRE(before != nullptr);
    CHECK(before->value[0] == 10.5);
    CHECK(before->value[2] == 1200.5);
    CHECK(std::isnan(before->value[1]));
    CHECK(table.numbers_of(Role::usage_after)->value[2] == 1500.0);
}

TEST_CASE("an exposure row whose arm has no meaning is set aside, one without an arm too") {
    const FileTable table = table_of(load("generic/exposure.csv"));
    CHECK(count(table, Reason::no_arm) == 2);
    CHECK(table.set_aside_samples[0].detail.find("names no arm") != std::string::npos);
    CHECK(table.numbers_of(Role::expected_share)->value[0] == 0.8);
}

TEST_CASE("yes and no are arms under a header that asks") {
    const FileTable table = table_of("email,assigned_at,is_holdout\na@example.com,2026-03-01T10:00:00Z,"
                                     "true\nb@example.com,2026-03-01T10:00:00Z,0\n");
    CHECK(text(table, Role::arm, 0) == "holdout");
    CHECK(text(table, Role::arm, 1) == "treated");
}

TEST_CASE("times in one column may carry an offset, a Z, or be Unix seconds") {
    const FileTable table = table_of(load("generic/signals.csv"));
    CHECK(time(table, Role::occurred_at, 0) == "2026-02-28T22:10:00Z");
    CHECK(time(table, Role::occurred_at, 1) == "2026-03-02T08:00:00Z");
    CHECK(time(table, Role::occurred_at, 2) == "2026-03-01T21:20:00Z");
}

// --- direction, merged, spam, test, internal
// ---------------------------------------------------------------------------------

TEST_CASE("Intercom: only conversations that the customer began are contacts") {
    const FileTable table =
        table_of("Conversation ID,Conversation started at (UTC),User email,Started by,Conversation source\n"
                 "1,2026-03-01 10:00:00,a@example.com,Customer,Inbound message\n"
                 "2,2026-03-01 10:00:00,b@example.com,Admin,Manual message\n"
                 "3,2026-03-01 10:00:00,c@example.com,Reply to Workflow/Message,Auto message\n"
                 "4,2026-03-01 10:00:00,d@example.com,,Bot auto message\n"
                 "5,2026-03-01 10:00:00,e@example.com,,\n");
    CHECK(table.reason == std::vector<Reason>{Reason::used, Reason::outbound, Reason::outbound,
                                              Reason::outbound, Reason::used});
    CHECK(table.set_aside_samples[0].detail ==
          "Column \"Started by\": \"Admin\", started by somebody other than the customer.");
}

TEST_CASE("Freshdesk: Outbound Email is the agents' own") {
    const FileTable table = table_of("Ticket ID,Created time,First response time (in hrs),Contact ID,Source\n"
                                     "1,2025-01-08 15:00:06,00:39:33,a@example.com,Email\n"
                                     "2,2025-01-08 15:00:06,00:39:33,b@example.com,Outbound Email\n"
                                     "3,2025-01-08 15:00:06,00:39:33,c@example.com,10\n");
    CHECK(table.reason == std::vector<Reason>{Reason::used, Reason::outbound, Reason::outbound});
}

TEST_CASE("Gorgias: tickets created by an agent are not contacts") {
    const FileTable table =
        table_of("Ticket id,Initial channel,Survey score,Created by an agent,Creation date,Customer email\n"
                 "1,email,,False,2026-04-14 10:00:00,a@example.com\n2,email,,True,2026-04-14 "
                 "10:00:00,b@example.com\n");
    CHECK(table.reason == std::vector<Reason>{Reason::used, Reason::outbound});
}

TEST_CASE("Zendesk: merged tickets are dropped, tickets filed by somebody else are kept and told") {
    const FileTable table =
        table_of("Summation column,Id,Requester,Requester id,Requester email,Submitter,Tags,Satisfaction "
                 "Score,Created at\n"
                 "1,1,Ann,7,a@example.com,Ann,billing,Good,2026-02-20 04:05\n"
                 "1,2,Ben,8,b@example.com,Ben,billing closed_by_merge,Good,2026-02-20 04:05\n"
                 "1,3,Cleo,9,c@example.com,Agent One,phone,Good,2026-02-20 04:05\n");
    CHECK(table.reason == std::vector<Reason>{Reason::used, Reason::merged, Reason::used});
    CHECK(mentions(table.warnings, "1 ticket was filed by somebody other than the requester (line 4)"));
}

TEST_CASE(
    "generic contacts: outbound, merged, spam, test and internal rows are dropped, each with its reason") {
    const FileTable table = table_of(contacts("direction,merged_into,is_spam,is_test,is_internal,status",
                                              "1,a@example.com,2026-03-01T10:00:00Z,outbound,,,,,open\n"
                                              "2,a@example.com,2026-03-01T11:00:00Z,inbound,7,,,,open\n"
                                              "3,a@example.com,2026-03-01T12:00:00Z,,,yes,,,open\n"
                                              "4,a@example.com,2026-03-01T13:00:00Z,,,,true,,open\n"
                                              "5,a@example.com,2026-03-01T14:00:00Z,,,,,1,open\n"
                                              "6,a@example.com,2026-03-01T15:00:00Z,,,,,,Spam\n"
                                              "7,a@example.com,2026-03-01T16:00:00Z,,no,no,no,no,open\n"));
    CHECK(table.reason == std::vector<Reason>{Reason::outbound, Reason::merged, Reason::spam, Reason::test,
                                              Reason::internal, Reason::spam, Reason::used});
}

TEST_CASE("Front: the earliest message of a conversation decides, whatever the order of the rows") {
    const FileTable table =
        table_of("Message ID,Segment ID,Conversation ID,Direction,Message date,Contact handle\n"
                 "m3,s1,cnv1,Inbound,2026-03-03 10:00:00,a@example.com\n"
                 "m1,s1,cnv1,Inbound,2026-03-01 10:00:00,a@example.com\n"
                 "m5,s2,cnv2,Inbound,2026-03-05 10:00:00,b@example.com\n"
                 "m4,s2,cnv2,Outbound,2026-03-04 10:00:00,b@example.com\n");
    CHECK(table.reason ==
          std::vector<Reason>{Reason::duplicate, Reason::used, Reason::duplicate, Reason::outbound});
}

// --- duplicates
// --------------------------------------------------------------------------------------------------------------

TEST_CASE("the same id twice: the first row is kept, or the one with the latest change") {
    const FileTable first = table_of(contacts(
        "topic", "1,a@example.com,2026-03-01T10:00:00Z,old\n1,a@example.com,2026-03-01T10:00:00Z,new\n"));
    CHECK(first.reason == std::vector<Reason>{Reason::used, Reason::duplicate});
    const FileTable latest = table_of(
        contacts("topic,updated_at", "1,a@example.com,2026-03-01T10:00:00Z,old,2026-03-02T10:00:00Z\n"
                                     "1,a@example.com,2026-03-01T10:00:00Z,new,2026-03-05T10:00:00Z\n"
                                     "1,a@example.com,2026-03-01T10:00:00Z,mid,2026-03-04T10:00:00Z\n"));
    CHECK(latest.reason == std::vector<Reason>{Reason::duplicate, Reason::used, Reason::duplicate});
    REQUIRE(latest.set_aside_samples.size() == 2);
    CHECK(latest.set_aside_samples[0].line == 2);
    CHECK(latest.set_aside_samples[0].cells[0] == "1");
}

TEST_CASE("when the latest version of a ticket is merged, no version of it counts") {
    const FileTable table = table_of(
        contacts("merged_into,updated_at", "1,a@example.com,2026-03-01T10:00:00Z,,2026-03-02T10:00:00Z\n"
                                           "1,a@example.com,2026-03-01T10:00:00Z,9,2026-03-05T10:00:00Z\n"));
    CHECK(table.reason == std::vector<Reason>{Reason::duplicate, Reason::merged});
}

TEST_CASE("an outreach id shared by several customers is a message's id, not a duplicate") {
    const FileTable table =
        table_of("outreach_id,email,sent_at\nm1,a@example.com,2026-03-01T10:00:00Z\nm1,b@example.com,2026-03-"
                 "01T10:00:00Z\n"
                 "m1,b@example.com,2026-03-01T10:00:00Z\nm1,a@example.com,2026-03-01T10:00:00Z\n");
    CHECK(table.reason ==
          std::vector<Reason>{Reason::used, Reason::used, Reason::duplicate, Reason::duplicate});
}

TEST_CASE("without ids, rows that are the same cell for cell are one; the same time and topic with another "
          "text are two") {
    const FileTable table = table_of("email,sent_at,topic,subject\na@example.com,2026-03-01T10:00:00Z,x,"
                                     "hello\na@example.com,2026-03-01T10:00:00Z,x,hello\n"
                                     "a@example.com,2026-03-01T10:00:00Z,x,hello again\n");
    CHECK(table.reason == std::vector<Reason>{Reason::used, Reason::duplicate, Reason::used});
    CHECK(mentions(table.warnings, "No column holds the rows' own ids"));
}

TEST_CASE("a set-aside row does not make a good row with the same id a duplicate") {
    const FileTable table = table_of(contacts(
        "topic", "1,,2026-03-01T10:00:00Z,\n1,a@example.com,2026-03-01T10:00:00Z,\n1,a@example.com,,\n"));
    CHECK(table.reason == std::vector<Reason>{Reason::missing_customer, Reason::used, Reason::missing_time});
}

// --- event logs
// --------------------------------------------------------------------------------------------------------------

TEST_CASE("an event log: a send without processed is its delivery; reactions without a send, and other "
          "events, are told") {
    const FileTable table = table_of("processed,message_id,event,email\n"
                                     "2026-03-01T10:00:09Z,m1,open,a@example.com\n"
                                     "2026-03-01T10:00:05Z,m1,delivered,a@example.com\n"
                                     "2026-03-01T10:00:07Z,m1,open,a@example.com\n"
                                     "2026-03-01T11:00:00Z,m2,click,b@example.com\n"
                                     "2026-03-01T12:00:00Z,m3,processed,c@example.com\n"
                                     "2026-03-01T12:00:01Z,m3,deferred,c@example.com\n");
    CHECK(table.reason == std::vector<Reason>{Reason::folded_event, Reason::used, Reason::folded_event,
                                              Reason::unknown_outreach, Reason::used,
                                              Reason::not_an_outreach});
    CHECK(time(table, Role::delivered_at, 1) == "2026-03-01T10:00:05Z");
    CHECK(time(table, Role::opened_at, 1) == "2026-03-01T10:00:07Z"); // the first opening
    CHECK(time(table, Role::delivered_at, 4).empty());
}

// --- day and month
// -----------------------------------------------------------------------------------------------------------

TEST_CASE("rows read before the order of day and month is settled are put right afterwards") {
    std::string bytes =
        contacts("topic", "1,a@example.com,03/04/2026 10:00,\n2,b@example.com,05/06/2026 11:00,\n");
    bytes += "3,c@example.com,2026-07-08T09:00:00Z,\n4,d@example.com,03/24/2026 "
             "12:00,\n5,e@example.com,06/07/2026 13:00,\n";
    const Recognition recognition = recognise("test.csv", bytes, true);
    Mapping mapping = proposed_mapping(recognition);
    mapping.date_order = DateOrder::undecided; // as if the deciding row lay beyond the first rows
    const auto table = read_with(bytes, recognition, mapping);
    REQUIRE(table.ok());
    CHECK(time(table.value(), Role::occurred_at, 0) == "2026-03-04T10:00:00");
    CHECK(time(table.value(), Role::occurred_at, 1) == "2026-05-06T11:00:00");
    CHECK(time(table.value(), Role::occurred_at, 2) == "2026-07-08T09:00:00Z"); // ISO is never exchanged
    CHECK(time(table.value(), Role::occurred_at, 3) == "2026-03-24T12:00:00");
    CHECK(time(table.value(), Role::occurred_at, 4) == "2026-06-07T13:00:00");
    for (const auto flags : table.value().instants_of(Role::occurred_at)->flags)
        CHECK((flags & table::InstantColumn::kOrderOpen) == 0);
}

TEST_CASE("an offset in the cell is applied after day and month are put right") {
    const std::string bytes = contacts(
        "topic", "1,a@example.com,03/04/2026 01:00 +02:00,\n2,b@example.com,03/24/2026 12:00 +02:00,\n");
    const Recognition recognition = recognise("test.csv", bytes, true);
    Mapping mapping = proposed_mapping(recognition);
    mapping.date_order = DateOrder::undecided;
    const auto table = read_with(bytes, recognition, mapping);
    REQUIRE(table.ok());
    CHECK(time(table.value(), Role::occurred_at, 0) == "2026-03-03T23:00:00Z");
}

TEST_CASE("a column that no value settles follows the file's other dates, or the answer, or is an error") {
    const std::string rows = "1,a@example.com,03/04/2026,25/04/2026\n2,b@example.com,05/06/2026,26/06/2026\n";
    const std::string bytes = contacts("closed_at", rows);
    const Recognition recognition = recognise("test.csv", bytes, true);
    Mapping mapping = proposed_mapping(recognition);
    mapping.date_order = DateOrder::undecided;
    const auto followed = read_with(bytes, recognition, mapping);
    REQUIRE(followed.ok());
    CHECK(time(followed.value(), Role::occurred_at, 0) == "2026-04-03T00:00:00");
    CHECK(mentions(followed.value().warnings, "\"created_at\" was read day first"));

    const std::string open = contacts("topic", "1,a@example.com,03/04/2026,\n2,b@example.com,05/06/2026,\n");
    const Recognition asks = recognise("test.csv", open, true);
    CHECK(asks.ask_date_order);
    Mapping answer = proposed_mapping(asks);
    const auto unanswered = read_with(open, asks, answer);
    REQUIRE_FALSE(unanswered.ok());
    CHECK(unanswered.status().code == StatusCode::missing);
    CHECK(unanswered.status().message.find("column \"created_at\": \"03/04/2026\" on line 2") !=
          std::string::npos);
    answer.date_order = DateOrder::month_first;
    const auto answered = read_with(open, asks, answer);
    REQUIRE(answered.ok());
    CHECK(time(answered.value(), Role::occurred_at, 0) == "2026-03-04T00:00:00");
}

TEST_CASE("a column of both orders is an error that names both lines") {
    const auto result =
        read_all(contacts("topic", "1,a@example.com,24/03/2026,\n2,b@example.com,03/25/2026,\n"));
    REQUIRE_FALSE(result.ok());
    CHECK(result.status().message.find("\"24/03/2026\" on line 2") != std::string::npos);
    CHECK(result.status().message.find("\"03/25/2026\" on line 3") != std::string::npos);
}

TEST_CASE("a date without a time of day is marked as such") {
    const FileTable table =
        table_of(contacts("topic", "1,a@example.com,2026-03-01,\n2,a@example.com,2026-03-01 10:00,\n"));
    CHECK((table.instants_of(Role::occurred_at)->flags[0] & table::InstantColumn::kDayOnly) != 0);
    CHECK((table.instants_of(Role::occurred_at)->flags[1] & table::InstantColumn::kDayOnly) == 0);
}

// --- ids damaged later, ragged rows, footers, many rows
// ----------------------------------------------------------------------

TEST_CASE("a damaged id further down sets its row aside only if nothing else names the customer") {
    std::string bytes = "contact_id,customer_id,email,created_at\n";
    for (int i = 0; i < 300; ++i)
        bytes += std::to_string(i) + ",C" + std::to_string(i) + ",,2026-03-01T10:00:00Z\n";
    bytes += "300,1.03E+13,,2026-03-01T10:00:00Z\n301,1.03E+13,a@example.com,2026-03-01T10:00:00Z\n";
    const FileTable table = table_of(bytes);
    CHECK(table.reason[300] == Reason::damaged_id);
    CHECK(table.reason[301] == Reason::used);
    CHECK(text(table, Role::customer_id, 301).empty());
    CHECK(mentions(table.warnings,
                   "2 ids were rounded by a spreadsheet (1.03E+13) and cannot be used (lines 302 and 303)"));
}

TEST_CASE("rows with more or fewer cells than the header are read and told with their lines") {
    const FileTable table = table_of(
        contacts("topic", "1,a@example.com,2026-03-01T10:00:00Z\n2,b@example.com,2026-03-01T10:00:00Z,x\n"
                          "3,c@example.com,2026-03-01T10:00:00Z,x,surplus\n"));
    CHECK(table.rows == 3);
    CHECK(count(table, Reason::used) == 3);
    CHECK(text(table, Role::topic, 0).empty());
    CHECK(mentions(table.warnings, "1 row has fewer cells than the header"));
    CHECK(mentions(table.warnings, "(line 2)"));
    CHECK(mentions(table.warnings, "1 row has more cells than the header"));
    CHECK(mentions(table.warnings, "(line 4)"));
}

TEST_CASE("a total below the data is a footer; an empty time in the middle is not") {
    const FileTable table = table_of(contacts(
        "topic", "1,a@example.com,,\n2,b@example.com,2026-03-01T10:00:00Z,x\nGrand Totals (2 records),,,\n"
                 "\"Copyright (c) 2026\"\n"));
    CHECK(table.reason ==
          std::vector<Reason>{Reason::missing_time, Reason::used, Reason::footer, Reason::footer});
}

TEST_CASE("the first fifty set-aside rows are kept with their cells, all of them are counted") {
    std::string bytes = contacts("direction", "");
    for (int i = 0; i < 200; ++i) {
        bytes += std::to_string(i) + ",a@example.com,2026-03-01T10:00:00Z," +
                 (i % 2 == 0 ? "outbound" : "inbound") + "\n";
    }
    const FileTable table = table_of(bytes);
    CHECK(count(table, Reason::outbound) == 100);
    REQUIRE(table.set_aside_samples.size() == 50);
    CHECK(table.set_aside_samples.front().line == 2);
    CHECK(table.set_aside_samples.back().line == 100);
    CHECK(table.set_aside_samples.back().cells[3] == "outbound");
}

TEST_CASE("bytes that the encoding does not explain are counted and placed") {
    const std::string bytes = contacts("topic", "1,a@example.com,2026-03-01T10:00:00Z,caf\xE9\n");
    Recognition recognition = recognise("test.csv", bytes, true);
    CHECK(recognition.encoding == csv::Encoding::windows_1252);
    Mapping mapping = proposed_mapping(recognition);
    CHECK(text(read_with(bytes, recognition, mapping).value(), Role::topic, 0) == "caf\xC3\xA9");
    mapping.encoding = csv::Encoding::utf8;
    const auto table = read_with(bytes, recognition, mapping);
    REQUIRE(table.ok());
    CHECK(mentions(table.value().warnings, "1 place could not be read as"));
}

TEST_CASE("reactions are joined by outreach id; one without it is set aside") {
    const FileTable table = table_of("receipt_id,clicked_at,link_type,url\n1,1772465640,link,x\n,1772465640,"
                                     "link,x\n2,,link,x\n1,1772465640,link,x\n");
    CHECK(table.kind == TableKind::engagement);
    CHECK(table.reason == std::vector<Reason>{Reason::used, Reason::unknown_outreach, Reason::missing_time,
                                              Reason::duplicate});
}

TEST_CASE("rows are counted while they are read") {
    const std::string bytes = load("exports/zendesk_full_export_america_new_york.csv");
    const Recognition recognition = recognise("z.csv", bytes, true);
    FileReader reader("z.csv", recognition, proposed_mapping(recognition));
    CHECK(reader.rows_so_far() == 0);
    reader.append(bytes);
    CHECK(reader.rows_so_far() >= 24);
    REQUIRE(reader.finish().ok());
    CHECK(reader.finish().status().code == StatusCode::misuse);
}
