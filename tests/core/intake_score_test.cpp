// Survey scores: one explicit rule per scale (metrics.md 5.9 A20), and the metric M15 that is made of them.
#include "core/intake/score.hpp"
#include "session.hpp"

using namespace preempt;
using namespace preempt::intake;

namespace {

double share(ScoreScale scale, const char* text) {
    const Score score = read_score(scale, text);
    return score.state == ScoreState::satisfied || score.state == ScoreState::other_answer ? score.normalised
                                                                                           : -1;
}
bool is_satisfied(ScoreScale scale, const char* text) {
    return read_score(scale, text).state == ScoreState::satisfied;
}
ScoreScale inferred(std::vector<std::string_view> values, const char* header = "rating") {
    return choose_scale(ScoreScale::unknown, values, header);
}
report::FileInfo sample(const std::string& name) {
    Calculator calculator;
    const auto info = test::add(calculator, name, test::read_data("exports/" + name));
    INFO(info.message);
    REQUIRE(info.state == "read");
    return info;
}

} // namespace

TEST_CASE("A20: satisfied is 0.75 of the scale or more, in each tool's own words") {
    CHECK(is_satisfied(ScoreScale::good_bad, "Good"));
    CHECK(is_satisfied(ScoreScale::good_bad, "Good, I'm satisfied"));
    CHECK(is_satisfied(ScoreScale::good_bad, "Good, I\xE2\x80\x99m satisfied"));
    CHECK(share(ScoreScale::good_bad, "Bad") == 0);
    CHECK(share(ScoreScale::good_bad, "Bad, I'm not satisfied") == 0);
    CHECK(read_score(ScoreScale::good_bad, "Offered").state == ScoreState::no_answer);
    CHECK(read_score(ScoreScale::good_bad, "Not Offered").state == ScoreState::not_asked);
    CHECK(share(ScoreScale::one_to_five, "4") == 0.75);
    CHECK(is_satisfied(ScoreScale::one_to_five, "4"));
    CHECK(is_satisfied(ScoreScale::one_to_five, "5.0"));
    CHECK_FALSE(is_satisfied(ScoreScale::one_to_five, "3"));
    CHECK(read_score(ScoreScale::one_to_five, "6").state == ScoreState::off_scale);
    CHECK(read_score(ScoreScale::one_to_five, "0").state == ScoreState::off_scale);
    CHECK(read_score(ScoreScale::one_to_five, "great").state == ScoreState::off_scale);
    CHECK(share(ScoreScale::five_words, "Slightly satisfied") == 0.75);
    CHECK(share(ScoreScale::five_words, "Neutral") == 0.5);
    CHECK(share(ScoreScale::five_words, "extremely dissatisfied") == 0);
    CHECK_FALSE(is_satisfied(ScoreScale::seven_words, "Slightly satisfied"));
    CHECK(is_satisfied(ScoreScale::seven_words, "Very satisfied"));
    CHECK(share(ScoreScale::seven_words, "Neutral") == 0.5);
    CHECK(share(ScoreScale::zero_to_ten, "8") == 0.8);
    CHECK(is_satisfied(ScoreScale::zero_to_ten, "8"));
    CHECK_FALSE(is_satisfied(ScoreScale::zero_to_ten, "7"));
    CHECK(is_satisfied(ScoreScale::one_to_ten, "8"));
    CHECK(is_satisfied(ScoreScale::one_to_three, "3"));
    CHECK_FALSE(is_satisfied(ScoreScale::one_to_three, "2"));
    CHECK(is_satisfied(ScoreScale::one_to_two, "2"));
    CHECK(read_score_between("3", 0, 4).state == ScoreState::satisfied);
    CHECK(read_score_between("3", 4, 0).state == ScoreState::off_scale);
    CHECK(read_score(ScoreScale::unknown, "5").state == ScoreState::off_scale);
}

TEST_CASE("a scale is inferred only where no other known one would do") {
    CHECK(inferred({"Good", "Offered"}) == ScoreScale::good_bad);
    CHECK(inferred({"Extremely satisfied", "Neutral"}) == ScoreScale::five_words);
    CHECK(inferred({"Extremely satisfied", "Very dissatisfied"}) == ScoreScale::seven_words);
    CHECK(inferred({"1", "3", "5"}) == ScoreScale::one_to_five);
    CHECK(inferred({"0", "7", "10"}) == ScoreScale::zero_to_ten);
    CHECK(inferred({"6", "9"}, "NPS score") == ScoreScale::zero_to_ten);
    CHECK(inferred({"1", "2", "3"}) == ScoreScale::unknown); // of 3, or of 5
    CHECK(inferred({"1", "4"}) == ScoreScale::unknown);
    CHECK(inferred({"6", "10"}) == ScoreScale::unknown); // from 0 or from 1
    CHECK(inferred({"0", "1"}) == ScoreScale::unknown);
    CHECK(inferred({"40", "90"}) == ScoreScale::unknown);
    CHECK(inferred({"5", "great"}) == ScoreScale::unknown);
    CHECK(inferred({}) == ScoreScale::unknown);
    // The tool's own scale goes first, unless the values are plainly of another one.
    const std::vector<std::string_view> low = {"1", "2"}, numbers = {"1", "5"};
    CHECK(choose_scale(ScoreScale::one_to_five, low, "rating") == ScoreScale::one_to_five);
    CHECK(choose_scale(ScoreScale::good_bad, numbers, "Satisfaction Score") == ScoreScale::one_to_five);
}

TEST_CASE("the sample exports have the scores that their README lists") {
    const auto zendesk = sample("zendesk_full_export_america_new_york.csv");
    CHECK(zendesk.score_rule.scale == "good_bad");
    CHECK(zendesk.score_rule.words.find("Offered: asked, no answer") != std::string::npos);
    CHECK(zendesk.score_counts.answers == 17);
    CHECK(zendesk.score_counts.satisfied == 13);
    CHECK(zendesk.score_counts.no_answer == 2);
    CHECK(zendesk.score_counts.not_asked == 6);
    for (const auto* name : {"gorgias_tickets.csv", "intercom_conversations_new_york.csv"}) {
        const auto info = sample(name);
        INFO(name);
        CHECK(info.score_rule.scale == "one_to_five");
        CHECK(info.score_rule.min == 1);
        CHECK(info.score_rule.max == 5);
        CHECK(info.score_counts.answers == 19);
        CHECK(info.score_counts.satisfied == 13); // 5 fours and 8 fives
        CHECK(info.score_counts.bot_answers == 0);
    }
    const auto intercom = sample("intercom_csat_new_york.csv");
    CHECK(intercom.score_counts.answers == 19);
    CHECK(intercom.score_counts.satisfied == 13);
    const auto freshdesk = sample("freshdesk_tickets_export.csv");
    CHECK(freshdesk.score_rule.scale == "five_words");
    CHECK(freshdesk.score_counts.answers == 17); // its two neutral answers are empty cells
    CHECK(freshdesk.score_counts.satisfied == 13);
}

TEST_CASE("ratings of Fin and of chatbots are kept apart, and a model's score is none") {
    Calculator calculator;
    const auto csat = test::add(calculator, "csat.csv",
                                "Conversation ID,Updated at (UTC),Conversation rating,Agent rated type\n"
                                "1,2026-03-02 10:00:00,5,Teammate\n2,2026-03-02 10:00:00,5,Fin AI Agent\n"
                                "3,2026-03-02 10:00:00,1,Chatbot\n4,2026-03-02 10:00:00,2,Teammate\n");
    CHECK(csat.score_counts.answers == 2);
    CHECK(csat.score_counts.satisfied == 1);
    CHECK(csat.score_counts.bot_answers == 2);
    CHECK(csat.score_counts.bot_satisfied == 1);
    const auto conversations =
        test::add(calculator, "conversations.csv",
                  "Conversation ID,Conversation started at (UTC),Started by,User email,CX Score rating,"
                  "Last teammate rating,Fin AI Agent rating\n"
                  "1,2026-03-02 09:00:00,Customer,a@example.com,1,5,\n2,2026-03-02 09:00:00,Customer,"
                  "b@example.com,1,,4\n");
    CHECK(conversations.score_counts.answers == 1);
    CHECK(conversations.score_counts.bot_answers == 1);
    CHECK(conversations.columns[4].role.empty());
    CHECK(conversations.columns[4].why.find("model") != std::string::npos);
}

TEST_CASE("a scale that is not known is asked for and nothing is normalised; an answer settles it") {
    const std::string text = "response_id,responded_at,rating\n1,2026-03-02T10:00:00Z,3\n"
                             "2,2026-03-02T11:00:00Z,2\n3,2026-03-02T12:00:00Z,3\n";
    Calculator calculator;
    const auto info = test::add(calculator, "survey.csv", text);
    CHECK(info.kind == "surveys");
    CHECK(info.state == "read");
    CHECK(info.ask_score_scale);
    CHECK(info.score_rule.scale == "unknown");
    CHECK(info.score_counts.answers == 0);
    CHECK(info.score_counts.off_scale == 3);
    report::MappingRequest answer;
    answer.score_scale = "one_to_three";
    const auto again = test::add(calculator, "survey.csv", text, answer);
    CHECK_FALSE(again.ask_score_scale);
    CHECK(again.score_rule.chosen);
    CHECK(again.score_counts.answers == 3);
    CHECK(again.score_counts.satisfied == 2);
}

TEST_CASE("T5: a file that states its scales is read by them, row by row") {
    Calculator calculator;
    const auto info = test::add(calculator, "survey.csv",
                                "response_id,responded_at,score,scale_min,scale_max\n"
                                "1,2026-03-02T10:00:00Z,4,1,5\n2,2026-03-02T11:00:00Z,7,0,10\n"
                                "3,2026-03-02T12:00:00Z,3,1,3\n4,2026-03-02T13:00:00Z,9,1,5\n"
                                "5,2026-03-02T13:00:00Z,3,,\n");
    CHECK(info.score_rule.scale == "stated");
    CHECK(info.score_counts.answers == 3);
    CHECK(info.score_counts.satisfied == 2);
    CHECK(info.score_counts.off_scale == 2);
    REQUIRE(info.warnings.size() == 1);
    CHECK(info.warnings[0].find("lines 5 and 6") != std::string::npos);
}

TEST_CASE("a survey file without a column of answers asks for it") {
    Calculator calculator;
    const auto info = test::add(calculator, "monkey.csv",
                                "Respondent ID,Collector ID,Start Date,End Date,How did we do?\n"
                                "1,7,2026-03-02 10:00:00,2026-03-02 10:01:00,5\n");
    CHECK(info.state == "needs_answer");
    CHECK(info.message.find("the score or rating") != std::string::npos);
}

namespace {

const std::string kOutreaches = "outreach_id,email,sent_at\n1,a@example.com,2026-03-01T10:00:00Z\n"
                                "2,b@example.com,2026-03-01T10:00:00Z\n";
const std::string kConversations =
    "Conversation ID,Conversation started at (UTC),Started by,User email,Last teammate rating\n"
    "11,2026-03-02 09:00:00,Customer,a@example.com,5\n"
    "12,2026-03-02 09:00:00,Customer,b@example.com,2\n"
    "13,2026-03-02 09:00:00,Admin,a@example.com,5\n"
    "14,2026-03-20 09:00:00,Customer,c@example.com,4\n";

report::Report evaluated(Calculator& calculator) {
    report::EvaluateRequest request;
    auto result = calculator.evaluate(request);
    INFO(result.status().message);
    REQUIRE(result.ok());
    return result.value();
}

} // namespace

TEST_CASE("M15: the last rating of a contact counts, once, whichever files it stands in") {
    Calculator calculator;
    test::add(calculator, "outreaches.csv", kOutreaches);
    test::add(calculator, "conversations.csv", kConversations);
    {
        const auto report = evaluated(calculator);
        const auto& m15 = test::metric(report, "M15");
        CHECK(m15.denominator == 3); // 13 was begun by the team: no contact
        CHECK(m15.numerator == 2);
        CHECK(m15.missing.empty());
        CHECK(m15.rung == -1);
        // Wilson's interval for 2 of 3 at 95%.
        CHECK(m15.estimate.low.value() == Approx(0.2077).margin(0.0001));
        CHECK(m15.estimate.high.value() == Approx(0.9385).margin(0.0001));
    }
    const auto csat = test::add(calculator, "csat.csv",
                                "Conversation ID,Updated at (UTC),Conversation rating,Agent rated type\n"
                                "11,2026-03-03 10:00:00,5,Teammate\n" // the same answer as in the other file
                                "12,2026-03-04 10:00:00,4,Teammate\n" // the last one, though it stands first
                                "12,2026-03-03 10:00:00,1,Teammate\n"
                                "12,2026-03-03 10:00:00,5,Fin AI Agent\n"
                                "13,2026-03-03 10:00:00,1,Teammate\n"
                                "99,2026-03-03 10:00:00,1,Teammate\n"); // of a contact in no file
    CHECK(csat.rows_read == 6);
    const auto report = evaluated(calculator);
    const auto& m15 = test::metric(report, "M15");
    CHECK(m15.denominator == 4); // 11, 12, 14, 99
    CHECK(m15.numerator == 3);
    CHECK(test::count(m15.parts, "bot_answers") == 1);
    CHECK(test::count(m15.parts, "bot_satisfied") == 1);
    CHECK(test::count(m15.excluded, "duplicate") == 1);
    for (const auto& file : report.files) {
        std::int64_t aside = 0;
        for (const auto& reason : file.set_aside)
            aside += reason.count;
        CHECK(file.rows_read == file.used + aside);
        if (file.name != "csat.csv") continue;
        CHECK(test::count(file.set_aside, "duplicate") == 1);
        CHECK(test::count(file.set_aside, "outbound") == 1);
    }
}

TEST_CASE("M15 without any score says what is missing, and shows who was asked") {
    Calculator calculator;
    test::add(calculator, "outreaches.csv", kOutreaches);
    test::add(calculator, "t.csv",
              "Summation column,Id,Requester id,Requester email,Created at,Satisfaction Score\n"
              "1,1,10,a@example.com,2026-03-02 10:00:00,Offered\n"
              "1,2,11,b@example.com,2026-03-20 10:00:00,Not Offered\n");
    const auto report = evaluated(calculator);
    const auto& m15 = test::metric(report, "M15");
    CHECK(m15.missing == "no_scores");
    CHECK_FALSE(m15.estimate.value.has_value());
    CHECK(test::count(m15.parts, "no_answer") == 1);
    CHECK(test::count(m15.parts, "not_asked") == 1);
}
