// From the rows of each table to its log: which field comes from which cell, and where a row came from.
#include "history_helpers.hpp"

using namespace history_test;
using history::InducedReason;
using history::Moment;
using history::Stated;

TEST_CASE("each row of a log says from which row of which file it came") {
    const auto built = build(
        {{"outreaches.csv", lines("outreach_id,customer_id,sent_at",
                                  {"o2,B,2026-03-02T10:00:00Z", "o1,A,2026-03-01T10:00:00Z"})},
         {"contacts.csv", lines("contact_id,customer_id,created_at,direction",
                                {"c1,B,2026-03-02T12:00:00Z,outbound", "c2,A,2026-03-02T12:00:00Z,inbound"})},
         {"signals.csv", lines("signal_id,customer_id,fired_at", {"s1,A,2026-03-01T09:00:00Z"})}});
    const auto& h = built.history;
    CHECK(h.file_start == std::vector<std::uint32_t>{0, 2, 4});
    REQUIRE(h.outreaches.size() == 2);
    for (std::size_t o = 0; o < 2; ++o) {
        const auto row = h.outreaches.origin[o] - h.file_start[0];
        CHECK(h.outreaches.at[o] == built.files[0].instants_of(intake::Role::occurred_at)->value[row]);
    }
    CHECK(h.contacts.origin == std::vector<std::uint32_t>{3});
    CHECK(h.assignments.origin == std::vector<std::uint32_t>{4});
}

TEST_CASE("reactions stand in the messages as bits, from their own columns and from files of reactions") {
    const auto built = build(
        {{"outreaches.csv", lines("outreach_id,customer_id,sent_at,delivered_at,opened_at,bounced_at",
                                  {"o1,A,2026-03-01T10:00:00Z,2026-03-01T10:01:00Z,2026-03-01T11:00:00Z,",
                                   "o2,B,2026-03-01T10:00:00Z,,,2026-03-01T10:01:00Z"})},
         {"clicks.csv",
          lines("outreach_id,clicked_at", {"o1,2026-03-01T11:05:00Z", "o9,2026-03-01T11:05:00Z"})},
         {"unsubscribes.csv", lines("outreach_id,unsubscribed_at", {"o1,2026-03-01T11:06:00Z"})},
         {"contacts.csv", lines("contact_id,customer_id,created_at", {"c1,A,2026-03-05T10:00:00Z"})}});
    const auto& sent = built.history.outreaches;
    using namespace preempt::history;
    CHECK(sent.reactions_known == (kDelivered | kOpened | kBounced | kClicked | kUnsubscribed));
    REQUIRE(sent.reactions.size() == 2);
    CHECK(sent.reactions[0] == (kDelivered | kOpened | kClicked | kUnsubscribed));
    CHECK(sent.reactions[1] == kBounced);
    CHECK(built.set_aside(1, Reason::unknown_outreach) == 1);
}

TEST_CASE("who began a message is read from the words of the tools (M27)") {
    const auto built = build(
        {{"outreaches.csv", lines("outreach_id,customer_id,sent_at,initiated_by",
                                  {"o1,A,2026-03-01T10:00:00Z,Workflow", "o2,A,2026-03-02T10:00:00Z,agent",
                                   "o3,A,2026-03-03T10:00:00Z,somehow"})},
         {"contacts.csv", lines("contact_id,customer_id,created_at", {"c1,A,2026-03-05T10:00:00Z"})}});
    CHECK(built.history.outreaches.by_automation ==
          std::vector<Stated>{Stated::yes, Stated::no, Stated::nothing});
}

TEST_CASE("a contact keeps its person, escalation, reopenings and the reason that it gives") {
    const auto built = build(
        {{"outreaches.csv", lines("outreach_id,customer_id,sent_at", {"o1,A,2026-03-01T10:00:00Z"})},
         {"contacts.csv",
          lines("contact_id,customer_id,account_id,created_at,escalated,reopened_at,reopen_count,in_reply_to,"
                "induced_reason",
                {"c1,A,X,2026-03-02T10:00:00Z,yes,2026-03-04T10:00:00Z,2,o1,is_this_real",
                 "c2,,X,2026-03-03T10:00:00Z,no,,0,,", "c3,A,X,2026-03-04T10:00:00Z,,,,,never heard"})}},
        [] {
            history::Options options;
            options.unit = history::Unit::account;
            return options;
        }());
    const auto& c = built.history.contacts;
    REQUIRE(c.size() == 3);
    CHECK(c.person[0] != kNobody);
    CHECK(c.person[1] == kNobody);
    CHECK(c.escalated == std::vector<std::uint8_t>{1, 0, 0});
    CHECK(c.reopened_at == std::vector<Instant>{instant("2026-03-04T10:00:00Z"), kNoInstant, kNoInstant});
    CHECK(c.reopen_count == std::vector<std::uint16_t>{2, 0, 0});
    CHECK(c.reply_to[0] == 0);
    CHECK(c.reply_to[1] == kNobody);
    CHECK(c.reply_to[2] == kNobody);
    CHECK(c.induced_reason ==
          std::vector<InducedReason>{InducedReason::is_this_real, InducedReason::none, InducedReason::other});
}

TEST_CASE("assignments say how they came about; a signal names its message and its end") {
    const auto built = build(
        {{"outreaches.csv", lines("outreach_id,customer_id,sent_at",
                                  {"o1,B,2026-03-01T10:00:00Z", "o2,A,2026-03-01T10:00:00Z"})},
         {"exposure.csv",
          lines("customer_id,assigned_at,eligible_at,arm",
                {"A,2026-03-01T09:00:00Z,2026-02-27T09:00:00Z,treated", "B,2026-03-01T09:00:00Z,,holdout"})},
         {"eligible.csv", lines("customer_id,eligible_at", {"C,2026-03-01T08:00:00Z"})},
         {"signals.csv",
          lines("signal_id,customer_id,fired_at,outreach_id,resolved_at",
                {"s1,A,2026-03-01T09:30:00Z,o2,2026-03-03T00:00:00Z", "s2,B,2026-03-01T09:30:00Z,,"})},
         {"contacts.csv", lines("contact_id,customer_id,created_at", {"c1,A,2026-03-05T10:00:00Z"})}});
    const auto& h = built.history;
    const auto& a = h.assignments;
    REQUIRE(a.size() == 5);
    std::map<Moment, int> moments;
    for (std::size_t i = 0; i < a.size(); ++i) {
        ++moments[a.moment[i]];
        const bool is_named = a.outreach[i] != kNobody;
        CHECK(is_named == (a.origin[i] == h.file_start[3]));
        if (is_named) {
            CHECK(h.outreaches.origin[a.outreach[i]] == 1); // o2, whatever its place after sorting
            CHECK(a.resolved_at[i] == instant("2026-03-03T00:00:00Z"));
        }
        if (a.origin[i] == h.file_start[1]) {
            CHECK(a.at[i] == instant("2026-03-01T09:00:00Z"));
            CHECK(a.eligible_at[i] == instant("2026-02-27T09:00:00Z"));
        }
    }
    CHECK(moments ==
          std::map<Moment, int>{{Moment::assigned, 2}, {Moment::eligible, 1}, {Moment::signal, 2}});
}
