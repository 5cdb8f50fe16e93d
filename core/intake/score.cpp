// The table of scales and the reading of answers (see score.hpp).
#include "core/intake/score.hpp"

#include "core/base/text.hpp"
#include "core/intake/vocabulary.hpp"
#include <algorithm>
#include <array>
#include <string>

namespace preempt::intake {

namespace {

/// In the order of the enumeration, so that a scale is its own index (asserted below).
constexpr std::array<ScaleInfo, 11> kScales = {{
    {ScoreScale::unknown, "unknown", "unknown scale",
     "The scale is not known, so no answer is counted. Say which scale it is, or add the columns scale_min "
     "and "
     "scale_max.",
     0, 0},
    {ScoreScale::good_bad, "good_bad", "Good or Bad",
     "Good counts as satisfied, Bad as not. Offered: asked, no answer. Not Offered: not asked.", 0, 1},
    {ScoreScale::one_to_five, "one_to_five", "1 to 5", "4 and 5 of 1 to 5 count as satisfied.", 1, 5},
    {ScoreScale::five_words, "five_words", "Extremely dissatisfied to Extremely satisfied, in five steps",
     "Slightly satisfied and Extremely satisfied are 4 and 5 of five steps and count as satisfied. No answer "
     "says "
     "Very; with it there would be seven steps.",
     1, 5},
    {ScoreScale::seven_words, "seven_words", "Extremely dissatisfied to Extremely satisfied, in seven steps",
     "Very satisfied and Extremely satisfied are 6 and 7 of seven steps and count as satisfied; Slightly "
     "satisfied "
     "is 5 and does not.",
     1, 7},
    {ScoreScale::zero_to_ten, "zero_to_ten", "0 to 10", "8, 9 and 10 of 0 to 10 count as satisfied.", 0, 10},
    {ScoreScale::one_to_ten, "one_to_ten", "1 to 10", "8, 9 and 10 of 1 to 10 count as satisfied.", 1, 10},
    {ScoreScale::one_to_seven, "one_to_seven", "1 to 7", "6 and 7 of 1 to 7 count as satisfied.", 1, 7},
    {ScoreScale::one_to_three, "one_to_three", "1 to 3", "3 of 1 to 3 counts as satisfied.", 1, 3},
    {ScoreScale::one_to_two, "one_to_two", "1 or 2", "2 of 1 and 2 counts as satisfied.", 1, 2},
    {ScoreScale::stated, "stated", "as the file states it",
     "The file states where each scale begins and ends; an answer in its upper quarter counts as satisfied.",
     0, 1},
}};
constexpr bool is_in_order() {
    for (std::size_t i = 0; i < kScales.size(); ++i)
        if (static_cast<std::size_t>(kScales[i].scale) != i) return false;
    return true;
}
static_assert(is_in_order() && kScales.size() == static_cast<std::size_t>(ScoreScale::stated) + 1);

constexpr double kNoAnswer = -1, kNotAsked = -2;
struct Word {
    ScoreScale scale;
    std::string_view text;
    double value; ///< on the scale's numbers, or one of the two above
};
constexpr std::array<Word, 24> kWords = {{
    {ScoreScale::good_bad, "good", 1},
    {ScoreScale::good_bad, "good, i'm satisfied", 1},
    {ScoreScale::good_bad, "good with comment", 1},
    {ScoreScale::good_bad, "good_with_comment", 1},
    {ScoreScale::good_bad, "bad", 0},
    {ScoreScale::good_bad, "bad, i'm not satisfied", 0},
    {ScoreScale::good_bad, "bad, i'm unsatisfied", 0},
    {ScoreScale::good_bad, "bad with comment", 0},
    {ScoreScale::good_bad, "bad_with_comment", 0},
    {ScoreScale::good_bad, "offered", kNoAnswer},
    {ScoreScale::good_bad, "not offered", kNotAsked},
    {ScoreScale::good_bad, "unoffered", kNotAsked},
    {ScoreScale::five_words, "extremely dissatisfied", 1},
    {ScoreScale::five_words, "slightly dissatisfied", 2},
    {ScoreScale::five_words, "neutral", 3},
    {ScoreScale::five_words, "slightly satisfied", 4},
    {ScoreScale::five_words, "extremely satisfied", 5},
    {ScoreScale::seven_words, "extremely dissatisfied", 1},
    {ScoreScale::seven_words, "very dissatisfied", 2},
    {ScoreScale::seven_words, "slightly dissatisfied", 3},
    {ScoreScale::seven_words, "neutral", 4},
    {ScoreScale::seven_words, "slightly satisfied", 5},
    {ScoreScale::seven_words, "very satisfied", 6},
    {ScoreScale::seven_words, "extremely satisfied", 7},
}};

/// Typographic apostrophes made plain.
std::string plain(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i, 3) == "\xE2\x80\x99") {
            out += '\'';
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

Score normalise(double value, double min, double max) {
    if (!(value >= min && value <= max && min < max)) return {ScoreState::off_scale};
    const double share = (value - min) / (max - min);
    return {share >= kSatisfied ? ScoreState::satisfied : ScoreState::other_answer, share};
}

/// Decimal point or comma: survey scores have no thousands.
std::optional<double> number(std::string_view text) {
    return parse_number(text, text.find(',') != std::string_view::npos);
}

std::size_t count_fitting(ScoreScale scale, std::span<const std::string_view> values) {
    return static_cast<std::size_t>(std::count_if(values.begin(), values.end(), [&](std::string_view text) {
        return read_score(scale, text).state != ScoreState::off_scale;
    }));
}

ScoreScale infer_scale(std::span<const std::string_view> values, std::string_view header) {
    if (values.empty()) return ScoreScale::unknown;
    for (const auto scale : {ScoreScale::good_bad, ScoreScale::five_words, ScoreScale::seven_words})
        if (count_fitting(scale, values) == values.size()) return scale;
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const auto text : values) {
        const auto value = number(text);
        if (!value) return ScoreScale::unknown;
        low = std::min(low, *value);
        high = std::max(high, *value);
    }
    if (low < 0 || high > 10) return ScoreScale::unknown;
    std::string name;
    append_folded(header, name);
    const bool recommends =
        name.find("nps") != std::string::npos || name.find("net promoter") != std::string::npos;
    if (recommends || (low == 0 && high > 5)) return ScoreScale::zero_to_ten;
    const bool is_effort = parse_survey_kind(header) == SurveyKind::ces;
    if (is_effort && low >= 1 && high > 5 && high <= 7) return ScoreScale::one_to_seven;
    return low >= 1 && high == 5 ? ScoreScale::one_to_five : ScoreScale::unknown;
}

} // namespace

std::span<const ScaleInfo> all_scales() {
    return kScales;
}

const ScaleInfo& scale_info(ScoreScale scale) {
    return kScales[static_cast<std::size_t>(scale)];
}

std::optional<ScoreScale> scale_from_name(std::string_view name) {
    for (const auto& info : kScales)
        if (info.name == name) return info.scale;
    return std::nullopt;
}

Score read_score(ScoreScale scale, std::string_view text) {
    if (text.empty()) return {};
    if (scale == ScoreScale::unknown || scale == ScoreScale::stated) return {ScoreState::off_scale};
    const auto& info = scale_info(scale);
    bool has_words = false;
    const std::string folded = plain(text);
    for (const auto& word : kWords) {
        if (word.scale != scale) continue;
        has_words = true;
        if (!equal_ignoring_case(word.text, folded)) continue;
        if (word.value == kNoAnswer) return {ScoreState::no_answer};
        if (word.value == kNotAsked) return {ScoreState::not_asked};
        return normalise(word.value, info.min, info.max);
    }
    const auto value = has_words ? std::nullopt : number(text);
    return value ? normalise(*value, info.min, info.max) : Score{ScoreState::off_scale};
}

Score read_score_between(std::string_view text, double min, double max) {
    if (text.empty()) return {};
    const auto value = number(text);
    return value ? normalise(*value, min, max) : Score{ScoreState::off_scale};
}

ScoreScale choose_scale(ScoreScale expected, std::span<const std::string_view> values,
                        std::string_view header) {
    const bool some = expected != ScoreScale::unknown;
    const std::size_t fitting = some ? count_fitting(expected, values) : 0;
    if (some && fitting == values.size()) return expected;
    const ScoreScale inferred = infer_scale(values, header);
    if (inferred != ScoreScale::unknown) return inferred;
    return some && fitting * 10 >= values.size() * 5 ? expected : ScoreScale::unknown;
}

bool names_bot(std::string_view text) {
    constexpr std::array<std::string_view, 10> kBots = {"fin",      "fin ai agent", "ai agent", "chatbot",
                                                        "bot",      "custom bot",   "ai",       "answer bot",
                                                        "ai_agent", "virtual agent"};
    return std::any_of(kBots.begin(), kBots.end(),
                       [&](std::string_view bot) { return equal_ignoring_case(bot, text); }) ||
           parse_flag(text).value_or(false); // a column such as "Fin AI Agent involved"
}

} // namespace preempt::intake
