// Survey tools (formats.md section 6): SurveyMonkey, Delighted, Nicereply. And the practice file that is
// often mistaken for an export.
#include "core/intake/formats/formats.hpp"

namespace preempt::intake::formats {

namespace {

constexpr std::array<HeaderNames, 4> kSurveymonkeyMust = {"respondent id", "collector id", "start date",
                                                          "end date"};
constexpr std::array<ColumnRule, 3> kSurveymonkeyColumns = {{
    {"respondent id", Role::record_id, ""},
    {"end date", Role::occurred_at, "the time of the answer"},
    {"email address", Role::email, ""},
}};
constexpr std::array<std::string_view, 1> kSurveyNotices = {
    "SurveyMonkey names its columns after the questions. Choose the one with the rating, and say which scale "
    "it is "
    "if that is asked."};

// Delighted: the names of its API; the header of its CSV was not found, so the marks are those that only it
// has.
constexpr std::array<HeaderNames, 2> kDelightedMust = {
    "score", "delighted source|delighted link name|delighted device type|permalink"};
constexpr std::array<HeaderNames, 3> kDelightedHelps = {"survey type", "comment", "created at"};
constexpr std::array<ColumnRule, 10> kDelightedColumns = {{
    {"id|response id", Role::record_id, ""},
    {"score", Role::score, ""},
    {"created at|response created at|responded at", Role::occurred_at, "the time of the answer"},
    {"updated at", Role::updated_at, ""},
    {"survey type", Role::survey_kind, "csat, ces or nps"},
    {"person email|email|person email address", Role::email, ""},
    {"person", Role::email, "the cells are e-mail addresses", ColumnRule::Values::emails},
    {"person", Role::customer_id, "Delighted's own id of the person"},
    {"ticket id|conversation id|zendesk ticket id", Role::contact_id, "the contact that was rated"},
    {"survey sent at|sent at", Role::survey_sent_at, ""},
}};
constexpr std::array<std::string_view, 1> kDelightedNotices = {
    "Delighted has several surveys, each with its own scale. Say which scale it is if that is asked."};

// Nicereply: of its rating feed only the two score columns are known; the others are read by usual names.
constexpr std::array<HeaderNames, 2> kNicereplyMust = {"score", "legacy score"};
constexpr std::array<ColumnRule, 2> kNicereplyColumns = {{
    {"legacy score", Role::score, "always on a scale of 10, whatever the survey shows"},
    {"score", Role::none, "its scale depends on the survey (3, 2 or 10)"},
}};

constexpr std::array<HeaderNames, 3> kTrainingMust = {"ticket id", "customer email",
                                                      "customer satisfaction rating"};
constexpr std::array<HeaderNames, 2> kTrainingHelps = {"product purchased", "date of purchase"};

} // namespace

constexpr Format kSurveymonkeyResponses = {.id = "surveymonkey_responses",
                                           .label = "SurveyMonkey responses",
                                           .kind = TableKind::surveys,
                                           .must = kSurveymonkeyMust,
                                           .columns = kSurveymonkeyColumns,
                                           .notices = kSurveyNotices};

constexpr Format kDelightedResponses = {.id = "delighted_responses",
                                        .label = "Delighted responses",
                                        .kind = TableKind::surveys,
                                        .must = kDelightedMust,
                                        .helps = kDelightedHelps,
                                        .columns = kDelightedColumns,
                                        .notices = kDelightedNotices};

constexpr Format kNicereplyRatings = {.id = "nicereply_ratings",
                                      .label = "Nicereply ratings",
                                      .kind = TableKind::surveys,
                                      .must = kNicereplyMust,
                                      .columns = kNicereplyColumns,
                                      .tier = Format::Tier::report,
                                      .score_scale = ScoreScale::one_to_ten};

constexpr Format kTrainingTickets = {
    .id = "training_tickets",
    .label = "Practice data (customer support tickets)",
    .must = kTrainingMust,
    .helps = kTrainingHelps,
    .refusal = "This looks like the practice file \"customer support tickets\". It does not say when a "
               "ticket was created, so "
               "nothing can be measured with it. Use an export of your own helpdesk."};

} // namespace preempt::intake::formats
