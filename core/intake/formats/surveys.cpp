// Survey tools (formats.md section 6): SurveyMonkey. And the practice file that is often mistaken for an
// export.
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

constexpr Format kTrainingTickets = {
    .id = "training_tickets",
    .label = "Practice data (customer support tickets)",
    .must = kTrainingMust,
    .helps = kTrainingHelps,
    .refusal = "This looks like the practice file \"customer support tickets\". It does not say when a "
               "ticket was created, so "
               "nothing can be measured with it. Use an export of your own helpdesk."};

} // namespace preempt::intake::formats
