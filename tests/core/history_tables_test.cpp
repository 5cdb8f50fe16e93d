// From each further table to its log (T3, T5 to T10): joins across files, what is set aside, damaged values.
#include "history_helpers.hpp"

#include <cmath>

using namespace history_test;
using history::Arm;
using history::Stated;
using history::SurveyKind;
using history::Unit;

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

const std::string kSent = lines("outreach_id,customer_id,sent_at,campaign",
                                {"o1,A,2026-03-01T10:00:00Z,spring", "o2,B,2026-03-01T10:00:00Z,spring",
                                 "o3,A,2026-03-08T10:00:00Z,summer"});
const std::string kTickets =
    lines("contact_id,customer_id,created_at,direction,in_reply_to",
          {"c1,A,2026-03-02T10:00:00Z,inbound,o1", "c2,B,2026-03-04T10:00:00Z,inbound,",
           "c3,B,2026-03-05T10:00:00Z,outbound,"});

/// Messages, tickets and one more file, which is the third.
Built with(const std::string& name, const std::string& text, history::Options options = {}) {
    return build({{"1_outreaches.csv", kSent}, {"2_contacts.csv", kTickets}, {name, text}}, options);
}

history::Options by_account() {
    history::Options options;
    options.unit = Unit::account;
    return options;
}

history::Options by_person() {
    history::Options options;
    options.unit = Unit::person;
    return options;
}

/// The unit of the first message with this id.
std::uint32_t unit_of_message(const Built& built, std::size_t row) {
    const auto& sent = built.history.outreaches;
    for (std::size_t o = 0; o < sent.size(); ++o)
        if (sent.origin[o] == row) return sent.unit[o];
    FAIL("no such message");
    return kNobody;
}

} // namespace

// ------------------------------------------------------------------------------------------- messages,
// tickets

TEST_CASE("cost and promotion of a message are read, currency and all; a word that is neither says nothing") {
    const auto built = build({{"outreaches.csv", lines("outreach_id,customer_id,sent_at,cost,is_promotional",
                                                       {"o1,A,2026-03-01T10:00:00Z,\"$1,200.50\",yes",
                                                        "o2,A,2026-03-02T10:00:00Z,0.02,no",
                                                        "o3,A,2026-03-03T10:00:00Z,cheap,maybe"})},
                              {"contacts.csv", kTickets}});
    const auto& sent = built.history.outreaches;
    REQUIRE(sent.cost.size() == 3);
    CHECK(sent.cost[0] == 1200.5);
    CHECK(sent.cost[1] == 0.02);
    CHECK(std::isnan(sent.cost[2]));
    CHECK(sent.promotional == std::vector<Stated>{Stated::yes, Stated::no, Stated::nothing});
}

TEST_CASE("handle time is kept in minutes in the unit of its header; messages of both sides add up") {
    const auto built = build(
        {{"outreaches.csv", kSent},
         {"contacts.csv", lines("contact_id,customer_id,created_at,handle time (seconds),number of customer "
                                "messages,number of agent messages",
                                {"c1,A,2026-03-02T10:00:00Z,90,3,2", "c2,A,2026-03-03T10:00:00Z,,1,"})}});
    const auto& c = built.history.contacts;
    REQUIRE(c.handle_minutes.size() == 2);
    CHECK(c.handle_minutes[0] == 1.5F);
    CHECK(std::isnan(c.handle_minutes[1]));
    CHECK(c.messages == std::vector<std::uint32_t>{5, 1});
}

TEST_CASE("first responses stand in time order, whole minutes rounded down, also of people nobody knows") {
    const auto built = build({{"outreaches.csv", kSent},
                              {"contacts.csv", lines("contact_id,customer_id,created_at,first_response_at",
                                                     {"c1,A,2026-03-05T10:00:00Z,2026-03-05T10:02:59Z",
                                                      "c2,zzz,2026-03-02T10:00:00Z,2026-03-02T11:00:00Z",
                                                      "c3,A,2026-03-03T10:00:00Z,"})}});
    const auto& first = built.history.first_responses;
    CHECK(first.at == std::vector<Instant>{instant("2026-03-02T10:00:00Z"), instant("2026-03-05T10:00:00Z")});
    CHECK(first.minutes == std::vector<std::int32_t>{60, 2});
}

TEST_CASE("a log of events may come in parts: reactions find their send in another part, sends count once") {
    const std::string header = "processed,message_id,event,api_key_id,recv_message_id,email";
    const auto built = build(
        {{"part1.csv", lines(header, {"2026-03-01T10:00:00Z,m1,processed,,,a@example.com",
                                      "2026-03-01T10:00:00Z,m2,processed,,,b@example.com"})},
         {"part2.csv", lines(header, {"2026-03-01T10:01:00Z,m1,delivered,,,a@example.com",
                                      "2026-03-01T12:00:00Z,m1,click,,,a@example.com",
                                      "2026-03-01T12:00:00Z,m2,open,,,b@example.com",
                                      "2026-03-01T12:00:00Z,m9,open,,,b@example.com"})},
         {"contacts.csv", lines("contact_id,email,created_at", {"c1,a@example.com,2026-03-05T10:00:00Z"})}});
    const auto& sent = built.history.outreaches;
    REQUIRE(sent.size() == 2);
    const std::size_t a = sent.origin[0] == 0 ? 0 : 1;
    CHECK(sent.at[a] == instant("2026-03-01T10:00:00Z")); // processed stands for the send, not delivered
    CHECK(sent.reactions[a] == (history::kDelivered | history::kClicked));
    CHECK(sent.engaged_at[a] == instant("2026-03-01T12:00:00Z"));
    CHECK(sent.reactions[1 - a] == history::kOpened);
    CHECK(built.used(1) == 0);
    CHECK(built.set_aside(1, Reason::folded_event) == 3);
    CHECK(built.set_aside(1, Reason::unknown_outreach) == 1);
}

// ----------------------------------------------------------------------------------------------------
// exposure

TEST_CASE("an exposure row with a time of eligibility and none of assignment is kept (T4)") {
    const auto built = with("exposure.csv", lines("customer_id,eligible_at,assigned_at,arm",
                                                  {"A,2026-03-01T08:00:00Z,2026-03-01T09:00:00Z,treated",
                                                   "B,2026-03-01T08:00:00Z,,", "C,,2026-03-01T09:00:00Z,",
                                                   "D,,,treated", "E,2026-03-01T08:00:00Z,,half"}));
    CHECK(built.used(2) == 2);
    CHECK(built.set_aside(2, Reason::no_arm) == 2);       // C: assigned, to no arm; E: a word that is none
    CHECK(built.set_aside(2, Reason::missing_time) == 1); // D
    const auto& a = built.history.assignments;
    REQUIRE(a.size() == 2);
    CHECK(std::count(a.arm.begin(), a.arm.end(), Arm::none) == 1);
    CHECK(a.eligible_at == std::vector<Instant>(2, instant("2026-03-01T08:00:00Z")));
}

TEST_CASE("a message held back for an experiment makes its reader held out (H1)") {
    const auto built =
        with("exposure.csv", lines("customer_id,eligible_at,suppressed_reason",
                                   {"A,2026-03-01T08:00:00Z,", "B,2026-03-01T08:00:00Z,ExperimentHoldOut",
                                    "C,2026-03-01T08:00:00Z,frequency cap"}));
    const auto& a = built.history.assignments;
    CHECK(std::count(a.arm.begin(), a.arm.end(), Arm::holdout) == 1);
    CHECK(built.history.has_arms);
}

// ---------------------------------------------------------------------------------------------------
// customers

TEST_CASE("customers: beginning, end, value and health of a unit; the latest health counts (T3)") {
    const auto built =
        with("customers.csv",
             lines("customer_id,plan,arr,signup_at,active_to,churned_at,health_score,health_at,activated_at",
                   {"A,pro,\"12,000\",2025-01-01,,,70,2026-01-01,2025-02-01", "A,pro,,,,,40,2026-02-01,",
                    "B,free,,2025-05-01,2026-04-01,2026-03-20,,,"}));
    const auto& h = built.history;
    const auto a = unit_of_message(built, 0), b = unit_of_message(built, 1);
    CHECK(h.in_customers[a] == 1);
    CHECK(h.annual_value[a] == 12000);
    CHECK(std::isnan(h.annual_value[b]));
    CHECK(h.health_score[a] == 40);
    CHECK(h.active_from[a] == instant("2025-01-01"));
    CHECK(h.active_to[b] == instant("2026-03-20")); // left before the contract's end
    CHECK(h.churned_at[b] == instant("2026-03-20"));
    CHECK(h.churned_at[a] == kNoInstant);
    CHECK(h.activated_at[a] == instant("2025-02-01"));
}

TEST_CASE("an account has left only when all of its people who are listed have, or its own row says so") {
    const std::string sent = lines("outreach_id,customer_id,account_id,sent_at",
                                   {"o1,A1,X,2026-03-01T10:00:00Z", "o2,B1,Y,2026-03-01T10:00:00Z",
                                    "o3,C1,Z,2026-03-01T10:00:00Z", "o4,D1,W,2026-03-01T10:00:00Z"});
    const auto built = build(
        {{"1.csv", sent},
         {"2.csv", lines("contact_id,customer_id,account_id,created_at", {"c1,A1,X,2026-03-05T10:00:00Z"})},
         {"3.csv", lines("customer_id,account_id,plan,churned_at",
                         {"A1,X,pro,2026-03-10", "A2,X,pro,", "B1,Y,pro,2026-03-10", "B2,Y,pro,2026-03-12",
                          "C1,Z,pro,", ",Z,pro,2026-03-15", "D1,W,pro,2026-03-10"})}},
        by_account());
    const auto& churned = built.history.churned_at;
    REQUIRE(churned.size() == built.history.units);
    CHECK(churned[unit_of_message(built, 0)] == kNoInstant);
    CHECK(churned[unit_of_message(built, 1)] == instant("2026-03-12"));
    CHECK(churned[unit_of_message(built, 2)] == instant("2026-03-15"));
    CHECK(churned[unit_of_message(built, 3)] == instant("2026-03-10"));
}

TEST_CASE("what an account's row says holds for its people where their own rows are silent") {
    const auto built = with("customers.csv", lines("customer_id,account_id,segment,plan",
                                                   {"A,X,,pro", "B,X,big,", ",X,small,free"}));
    const auto& h = built.history;
    CHECK(built.used(2) == 3);
    const auto text = [&](std::size_t attribute, std::uint32_t unit) {
        return std::string(h.dictionary[attribute].text(h.customer_attribute[attribute][unit]));
    };
    const auto plan = static_cast<std::size_t>(history::attribute_index("plan"));
    const auto a = unit_of_message(built, 0), b = unit_of_message(built, 1);
    CHECK(text(history::kSegmentAttribute, a) == "small");
    CHECK(text(history::kSegmentAttribute, b) == "big");
    CHECK(text(plan, a) == "pro");
    CHECK(text(plan, b) == "free");
}

TEST_CASE("several rows of one account say the same of its people in any order") {
    const std::string rows[] = {",X,small,free,2026-02-01,2026-03-10", ",X,big,,2026-01-01,2026-03-20"};
    for (const bool turned : {false, true}) {
        const auto built =
            build({{"1.csv", lines("outreach_id,customer_id,account_id,sent_at",
                                   {"o1,A,X,2026-03-01T10:00:00Z", "o2,B,X,2026-03-01T10:00:00Z"})},
                   {"2.csv",
                    lines("contact_id,customer_id,account_id,created_at", {"c1,A,X,2026-03-05T10:00:00Z"})},
                   {"3.csv", lines("customer_id,account_id,segment,plan,signup_at,churned_at",
                                   {"B,X,,pro,,", rows[turned ? 1 : 0], rows[turned ? 0 : 1]})}},
                  by_person());
        const auto& h = built.history;
        const auto a = unit_of_message(built, 0), b = unit_of_message(built, 1);
        const auto text = [&](std::size_t attribute, std::uint32_t unit) {
            return std::string(h.dictionary[attribute].text(h.customer_attribute[attribute][unit]));
        };
        const auto plan = static_cast<std::size_t>(history::attribute_index("plan"));
        CHECK(text(history::kSegmentAttribute, a) == "big"); // of two the first by text
        CHECK(text(history::kSegmentAttribute, b) == "big");
        CHECK(text(plan, a) == "free");
        CHECK(text(plan, b) == "pro");
        CHECK(h.active_from[a] == instant("2026-01-01"));
        CHECK(h.churned_at[a] == instant("2026-03-20"));
        CHECK(h.churned_at[b] == kNoInstant); // has a row of their own
    }
}

TEST_CASE("an account's row does not bring back one of the company's own people (5.2-7)") {
    const auto built = build(
        {{"1.csv", lines("outreach_id,customer_id,account_id,sent_at",
                         {"o1,A,X,2026-03-01T10:00:00Z", "o2,S,X,2026-03-01T10:00:00Z"})},
         {"2.csv", lines("contact_id,customer_id,account_id,created_at", {"c1,A,X,2026-03-05T10:00:00Z"})},
         {"3.csv", lines("customer_id,account_id,plan,is_internal", {"S,,pro,yes", ",X,free,no"})}},
        by_person());
    const auto& h = built.history;
    CHECK(std::count(h.in_customers.begin(), h.in_customers.end(), 1) == 1);
}

TEST_CASE("the company's own people leave with their messages, signals, views and answers (5.2-7)") {
    const Files files = {
        {"1.csv", lines("outreach_id,customer_id,account_id,sent_at",
                        {"o1,A,X,2026-03-01T10:00:00Z", "o2,S,OWN,2026-03-01T10:00:00Z",
                         "o3,T,OWN2,2026-03-01T10:00:00Z"})},
        {"2.csv", lines("contact_id,customer_id,account_id,created_at",
                        {"c1,A,X,2026-03-05T10:00:00Z", "c2,S,OWN,2026-03-05T10:00:00Z",
                         "c3,,OWN2,2026-03-05T10:00:00Z"})},
        {"3.csv", lines("signal_id,customer_id,fired_at", {"s1,S,2026-03-01T09:00:00Z"})},
        {"4.csv", lines("event_id,customer_id,viewed_at,article_id", {"v1,T,2026-03-01T09:00:00Z,a1"})},
        {"5.csv", lines("response_id,customer_id,responded_at,score", {"r1,S,2026-03-01T09:00:00Z,5"})},
        {"6.csv", lines("customer_id,assigned_at,arm", {"T,2026-03-01T09:00:00Z,holdout"})},
        {"7.csv", lines("customer_id,account_id,plan,is_internal",
                        {"S,OWN,pro,yes", ",OWN2,pro,true", "A,X,pro,no"})}};
    for (const auto unit : {Unit::person, Unit::account}) {
        history::Options options;
        options.unit = unit;
        const auto built = build(files, options);
        CHECK(built.set_aside(0, Reason::internal) == 2);
        CHECK(built.set_aside(1, Reason::internal) == 2);
        for (const std::size_t f : {2U, 3U, 4U, 5U}) {
            INFO(built.files[f].name);
            CHECK(built.set_aside(f, Reason::internal) == 1);
        }
        CHECK(built.history.outreaches.size() == 1);
        CHECK(built.history.assignments.size() == 0);
        CHECK(built.history.views.size() + built.history.anonymous_views.size() == 0);
        CHECK(built.history.surveys.size() == 0);
        CHECK(std::count(built.history.in_customers.begin(), built.history.in_customers.end(), 1) == 1);
    }
}

// -------------------------------------------------------------------------------------------------- whole
// days

TEST_CASE("times of a unit with whole days are compared in the zone in which its days were written") {
    constexpr std::int32_t kHour = 3'600'000;
    const std::map<std::string, Zone> zones{{"Asia/Tokyo", Zone("Asia/Tokyo", {{0, 9 * kHour}})}};
    std::vector<intake::FileTable> files;
    files.push_back(
        table_of("1.csv", lines("outreach_id,customer_id,sent_at", {"o1,A,2026-03-01T20:00:00Z"})));
    files.push_back(
        table_of("2.csv", lines("contact_id,customer_id,created_at", {"c1,A,2026-03-02"}), "Asia/Tokyo"));
    const Zone utc = Zone::utc();
    history::Options options;
    options.zone = &utc;
    options.zones = &zones;
    const auto result = history::build_history(files, options);
    REQUIRE(result.ok());
    const auto& h = result.value();
    REQUIRE(h.day_precision.size() == 1);
    REQUIRE(h.day_precision[0] == 1);
    CHECK(h.day_zones[0].name() == "Asia/Tokyo");
    // Both are of 2 March in Tokyo: the contact is of the message's day, not of the day before it.
    CHECK(local_day_start(h.outreaches.at[0], h.day_zones[0]) ==
          local_day_start(h.contacts.at[0], h.day_zones[0]));
}

// ----------------------------------------------------------------------------------------------------
// articles

TEST_CASE("article views: of known people in time order, of nobody apart; source, session and vote (T6)") {
    const auto built =
        with("views.csv",
             lines("event_id,customer_id,viewed_at,article_id,topic,helpful,source,session_id",
                   {"v1,A,2026-03-09T10:00:00Z,a1,bug,y,o3,s1",
                    "v2,A,2026-03-02T10:00:00Z,a2,bug,no,spring,s1", "v3,,2026-03-02T10:00:00Z,a1,bug,,,s2",
                    "v4,B,2026-03-02T10:00:00Z,a1,,helpful,o9,", "v5,zzz,2026-03-02T10:00:00Z,a1,,,,",
                    "v6,A,not a time,a1,,,,", "v3,,2026-03-02T10:00:00Z,a1,bug,,,s2"}));
    const auto& h = built.history;
    CHECK(built.set_aside(2, Reason::unreadable_time) == 1);
    CHECK(built.set_aside(2, Reason::duplicate) == 1);
    REQUIRE(h.views.size() == 4); // zzz is somebody, if not a customer
    const auto a = unit_of_message(built, 0), b = unit_of_message(built, 1);
    const auto first = h.views.first[a];
    REQUIRE(h.views.first[a + 1] - first == 2);
    CHECK(h.views.at[first] == instant("2026-03-02T10:00:00Z"));
    CHECK(h.articles.text(h.views.article[first]) == "a2");
    CHECK(h.views.helpful[first] == Stated::no);
    CHECK(h.outreaches.origin[h.views.source[first]] == 0);     // the spring message of A
    CHECK(h.outreaches.origin[h.views.source[first + 1]] == 2); // o3 by its id
    CHECK(h.views.session[first] == h.views.session[first + 1]);
    CHECK(h.views.helpful[h.views.first[b]] == Stated::yes);
    CHECK(h.views.source[h.views.first[b]] == kNobody); // no such message
    // To read what a message led to is to engage with it, and a vote for it confirms it (5.5.9, 5.5.12).
    CHECK(h.outreaches.engaged_at[h.views.source[first]] == instant("2026-03-02T10:00:00Z"));
    CHECK(h.outreaches.confirmed_at[h.views.source[first]] == kNoInstant);
    CHECK(h.outreaches.confirmed_at[h.views.source[first + 1]] == instant("2026-03-09T10:00:00Z"));
    REQUIRE(h.anonymous_views.size() == 1);
    CHECK(h.anonymous_views.session[0] != 0);
}

TEST_CASE(
    "article views counted by article: totals without a period are kept, rows without a number are not") {
    const auto built =
        with("articles.csv",
             lines("article_id,topic,period_start,views,conversations_started,helpful_yes,helpful_no",
                   {"a1,bug,2026-03-01,120,4,9,2", "a1,bug,2026-02-01,80,3,,", "a2,,2026-03-01,many,1,,",
                    ",bug,2026-03-01,5,,,"}));
    const auto& periods = built.history.article_periods;
    REQUIRE(periods.size() == 2);
    CHECK(periods[0].period_start == instant("2026-02-01"));
    CHECK(periods[0].helpful_yes == 0);
    CHECK(periods[1].views == 120);
    CHECK(periods[1].conversations_started == 4);
    CHECK(built.history.dictionary[history::kTopicAttribute].text(periods[1].topic) == "bug");
    CHECK(built.set_aside(2, Reason::missing_number) == 1);
    CHECK(built.set_aside(2, Reason::missing_id) == 1);

    const auto totals =
        with("totals.csv", lines("id,title,statistics_views,statistics_conversations", {"1,Begin,12,1"}));
    REQUIRE(totals.history.article_periods.size() == 1);
    CHECK(totals.history.article_periods[0].period_start == kNoInstant);
    CHECK(totals.history.articles.text(totals.history.article_periods[0].article) == "Begin");
}

// -----------------------------------------------------------------------------------------------------
// surveys

TEST_CASE("surveys: kind, scale, contact, message and customer of each answer, in time order (T5)") {
    const auto built =
        with("surveys.csv",
             lines("response_id,customer_id,contact_id,outreach_id,kind,survey_sent_at,responded_at,score,"
                   "scale_min,scale_max",
                   {"r1,B,c2,,csat,2026-03-05T10:00:00Z,2026-03-05T12:00:00Z,5,1,5",
                    "r2,,c1,,ces,2026-03-03T10:00:00Z,2026-03-03T12:00:00Z,7,1,7",
                    "r3,,,o3,csat,2026-03-09T10:00:00Z,,,1,5", "r4,A,,,nps,,2026-03-01T12:00:00Z,6,0,10",
                    "r5,,c3,,csat,,2026-03-06T12:00:00Z,5,1,5", "r6,A,,,csat,,2026-03-06T12:00:00Z,9,1,5"}));
    const auto& s = built.history.surveys;
    CHECK(built.set_aside(2, Reason::outbound) == 1); // about a ticket that is no contact
    REQUIRE(s.size() == 4);                           // r6 is off its scale
    CHECK(s.kind ==
          std::vector<SurveyKind>{SurveyKind::nps, SurveyKind::ces, SurveyKind::csat, SurveyKind::csat});
    CHECK(s.normalised[0] == 0.6F);
    CHECK(s.normalised[1] == 1.0F);
    CHECK(std::isnan(s.normalised[3]));
    CHECK(s.answered == std::vector<std::uint8_t>{1, 1, 1, 0});
    CHECK(s.satisfied == std::vector<std::uint8_t>{0, 1, 1, 0});
    const auto a = unit_of_message(built, 0), b = unit_of_message(built, 1);
    CHECK(s.unit == std::vector<std::uint32_t>{a, a, b, a}); // by itself, its contact, itself, its message
    const auto& h = built.history;
    REQUIRE(s.contact[1] != kNobody);
    CHECK(h.contacts.origin[s.contact[1]] == h.file_start[1]);
    REQUIRE(s.outreach[3] != kNobody);
    CHECK(h.outreaches.origin[s.outreach[3]] == 2);
    CHECK(s.asked_at[3] == instant("2026-03-09T10:00:00Z"));
    CHECK(s.at[3] == kNoInstant);
    CHECK(h.ratings.answers == 1); // satisfaction only
    CHECK(h.ratings.no_answer == 1);
}

TEST_CASE("surveys of several kinds without stated scales have a scale each; the header may name the kind") {
    std::vector<std::string> rows;
    for (int i = 0; i <= 10; ++i)
        rows.push_back("r" + std::to_string(i) + ",A,nps,2026-03-02T10:00:00Z," + std::to_string(i));
    for (int i = 1; i <= 5; ++i)
        rows.push_back("s" + std::to_string(i) + ",A,csat,2026-03-02T10:00:00Z," + std::to_string(i));
    const auto mixed = with("surveys.csv", lines("response_id,customer_id,kind,responded_at,score", rows));
    CHECK(mixed.history.surveys.size() == 16);
    CHECK(mixed.history.ratings.answers == 5);
    CHECK(mixed.history.ratings.satisfied == 2);

    const auto named =
        with("nps.csv", lines("response_id,customer_id,responded_at,nps_score",
                              {"r1,A,2026-03-02T10:00:00Z,9", "r2,B,2026-03-02T10:00:00Z,10"}));
    REQUIRE(named.history.surveys.size() == 2);
    CHECK(named.history.surveys.kind[0] == SurveyKind::nps);
    CHECK(named.history.surveys.normalised[0] == 0.9F);
    CHECK(named.history.ratings.answers == 0);
}

TEST_CASE(
    "a rating in a ticket is an answer about that contact; a survey's answer about it stands for both") {
    const auto built = build(
        {{"1.csv", kSent},
         {"2.csv", lines("contact_id,customer_id,created_at,csat",
                         {"c1,A,2026-03-02T10:00:00Z,2", "c2,B,2026-03-04T10:00:00Z,5",
                          "c3,zzz,2026-03-04T10:00:00Z,1"})},
         {"3.csv", lines("response_id,contact_id,responded_at,score", {"r1,c1,2026-03-03T10:00:00Z,5"})}});
    const auto& s = built.history.surveys;
    REQUIRE(s.size() == 3);
    CHECK(std::count(s.satisfied.begin(), s.satisfied.end(), 1) == 2); // r1 stands for c1's 2
    CHECK(std::count(s.contact.begin(), s.contact.end(), kNobody) == 0);
    CHECK(built.history.ratings.answers == 3);
}

// --------------------------------------------------------------------------------- owners, periods and
// changes

TEST_CASE("owners: branch and part in one word each, whatever the file calls them (T8)") {
    const auto built =
        with("owners.csv", lines("owner_id,name,team,branch,raci,handle",
                                 {"ada,Ada,Data,Detect,Accountable,#data", "ben,Ben,,messaging,r,",
                                  ",Nobody,,message,A,", "cho,Cho,,plumbing,boss,"}));
    const auto& owners = built.history.owners;
    REQUIRE(owners.size() == 3);
    CHECK(owners[0].branch == "detection");
    CHECK(owners[0].raci == "A");
    CHECK(owners[0].handle == "#data");
    CHECK(owners[1].branch == "message");
    CHECK(owners[1].raci == "R");
    CHECK(owners[2].branch.empty());
    CHECK(owners[2].raci.empty());
    CHECK(built.set_aside(2, Reason::missing_id) == 1);
}

TEST_CASE("periods: any number of figures under their own names, from several files, by start (T9)") {
    const auto built =
        build({{"1.csv", kSent},
               {"2.csv", kTickets},
               {"3.csv",
                lines("period_start,active_customers,activation rate,Score (0-100)",
                      {"2026-03-01,120,41%,61", "2026-02-01,110,0.4,", "2026-03-01,999,,", "2026-01-01,,,"})},
               {"4.csv", lines("month,support_cost,activation rate", {"2026-02-01,\"\xE2\x82\xAC"
                                                                      "18,000\",0.9",
                                                                      "2026-04-01,17500,0.5"})}});
    const auto& h = built.history;
    CHECK(h.extra_figures == std::vector<std::string>{"activation rate", "Score (0-100)"});
    REQUIRE(h.periods.size() == 3);
    CHECK(h.periods[0].start == instant("2026-02-01"));
    CHECK(h.periods[0].active_customers == 110);
    CHECK(h.periods[0].support_cost == 18000);
    CHECK(h.periods[0].extra[0] == 0.4); // the first file's word stands
    CHECK(std::isnan(h.periods[0].extra[1]));
    CHECK(h.periods[1].extra[0] == Approx(0.41));
    CHECK(h.periods[1].extra[1] == 61);
    CHECK(std::isnan(h.periods[2].active_customers));
    CHECK(built.set_aside(2, Reason::duplicate) == 1);
    CHECK(built.set_aside(2, Reason::missing_number) == 1);
}

TEST_CASE("changes: what was changed when, and what is expected of it, by time (T10)") {
    const auto built = with(
        "changes.csv",
        lines("change_id,made_at,branch,trigger,content_id,owner_id,expected_metric,expected_direction,note",
              {"k2,2026-03-05T09:00:00Z,message,usage_drop,v2,ada,M06,up,\"new, shorter\"",
               "k1,2026-03-01T09:00:00Z,targeting,,,,M08,decrease,", "k3,,message,,,,,,"}));
    const auto& changes = built.history.changes;
    REQUIRE(changes.size() == 2);
    CHECK(changes[0].id == "k1");
    CHECK(changes[0].expected_direction == -1);
    CHECK(changes[1].trigger == "usage_drop");
    CHECK(changes[1].content == "v2");
    CHECK(changes[1].owner == "ada");
    CHECK(changes[1].expected_metric == "M06");
    CHECK(changes[1].expected_direction == 1);
    CHECK(changes[1].note == "new, shorter");
    CHECK(built.set_aside(2, Reason::missing_time) == 1);
}

TEST_CASE("changes: a kind in any usual word tells incidents from changes (T10, M09)") {
    const auto built = with(
        "changes.csv", lines("change_id,made_at,type,branch,note",
                             {"k1,2026-03-01T09:00:00Z,Outage,,Login was down",
                              "k2,2026-03-02T09:00:00Z,message,message,Shorter",
                              "k3,2026-03-03T09:00:00Z,major incident,,", "k4,2026-03-04T09:00:00Z,,,"}));
    const auto& changes = built.history.changes;
    REQUIRE(changes.size() == 4);
    CHECK(changes[0].incident);
    CHECK_FALSE(changes[1].incident);
    CHECK(changes[2].incident);
    CHECK_FALSE(changes[3].incident);
}

// ------------------------------------------------------------------------------------------------- all of
// them

TEST_CASE("one programme in all tables: every log is filled, and the order of the files changes nothing") {
    Files files;
    for (const char* name : {"outreaches", "contacts", "customers", "exposure", "surveys", "selfservice",
                             "articles", "signals", "owners", "periods", "changes"})
        files.emplace_back(std::string(name) + ".csv",
                           test::read_data("complete/" + std::string(name) + ".csv"));
    const auto built = build(files);
    const auto& h = built.history;
    CHECK(h.unit == Unit::person);
    CHECK(h.outreaches.reactions_known == 255);
    for (const std::size_t size : {h.outreaches.reactions.size(), h.outreaches.promotional.size(),
                                   h.outreaches.by_automation.size(), h.outreaches.cost.size()})
        CHECK(size == h.outreaches.size());
    for (const std::size_t size :
         {h.contacts.escalated.size(), h.contacts.reopened_at.size(), h.contacts.reopen_count.size(),
          h.contacts.induced_reason.size(), h.contacts.handle_minutes.size(), h.contacts.messages.size()})
        CHECK(size == h.contacts.size());
    CHECK(h.assignments.eligible_at.size() == h.assignments.size());
    CHECK(h.assignments.outreach.size() == h.assignments.size());
    CHECK(h.views.size() > 200);
    CHECK(h.anonymous_views.size() == 140);
    CHECK(h.article_periods.size() == 35);
    CHECK(h.owners.size() == 8);
    CHECK(h.periods.size() == 5);
    CHECK(h.extra_figures.size() == 2);
    CHECK(h.changes.size() == 4);
    CHECK(std::count(h.in_customers.begin(), h.in_customers.end(), 1) == 120);
    CHECK(built.set_aside(0, Reason::internal) == 1);
    CHECK(built.set_aside(1, Reason::internal) == 1);
    CHECK(built.set_aside(7, Reason::internal) == 1);
    std::size_t named = 0;
    for (const auto contact : h.surveys.contact)
        named += contact != kNobody ? 1 : 0;
    CHECK(named > 100);

    std::reverse(files.begin(), files.end());
    const auto other = build(files);
    // Units are numbered by appearance, so their order differs and nothing else.
    const auto same = [](const auto& a, const auto& b) {
        const auto sorted = [](const auto& column) {
            std::vector<Instant> all;
            for (std::size_t row = 0; row < column.size(); ++row)
                all.push_back(column[row]);
            std::sort(all.begin(), all.end());
            return all;
        };
        return sorted(a) == sorted(b);
    };
    CHECK(same(other.history.outreaches.at, h.outreaches.at));
    CHECK(same(other.history.outreaches.engaged_at, h.outreaches.engaged_at));
    CHECK(same(other.history.contacts.at, h.contacts.at));
    CHECK(same(other.history.surveys.at, h.surveys.at));
    CHECK(same(other.history.assignments.at, h.assignments.at));
    CHECK(same(other.history.views.at, h.views.at));
    for (std::size_t f = 0; f < files.size(); ++f)
        CHECK(other.used(files.size() - 1 - f) == built.used(f));
}
