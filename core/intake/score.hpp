// Answers to satisfaction surveys, from the scales of the tools (metrics.md 5.4 M15, 5.9 A20). In: a cell and
// a scale. Out: what the answer says, between 0 and 1. One rule per scale, in words that a person is shown; a
// scale is chosen by the file's format, by its values, or by a person, and never guessed where two would fit.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace preempt::intake {

enum class ScoreScale : std::uint8_t {
    unknown,
    good_bad,     ///< Zendesk
    one_to_five,  ///< Intercom, Gorgias, Jira
    five_words,   ///< Freshdesk without "very"
    seven_words,  ///< Freshdesk with "very"
    zero_to_ten,  ///< Delighted, recommendation (NPS)
    one_to_ten,   ///< Nicereply, stars
    one_to_seven, ///< customer effort
    one_to_three,
    one_to_two,
    stated, ///< columns of the file say where the scale begins and ends
};

struct ScaleInfo {
    ScoreScale scale;
    std::string_view name;  ///< as in JSON: "one_to_five"
    std::string_view label; ///< "1 to 5"
    std::string_view words; ///< the rule, for a person
    double min, max;        ///< of the numbers; of words, the numbers that stand for them
};
std::span<const ScaleInfo> all_scales();
const ScaleInfo& scale_info(ScoreScale scale);
/// Of a name as in JSON; nothing if no scale is called so.
std::optional<ScoreScale> scale_from_name(std::string_view name);

enum class ScoreState : std::uint8_t {
    none,         ///< empty
    not_asked,    ///< Zendesk's "Not Offered"
    no_answer,    ///< asked, but not answered: Zendesk's "Offered"
    off_scale,    ///< a word or number that the scale does not have, or a scale that is not known
    other_answer, ///< below kSatisfied
    satisfied,
};
inline constexpr double kSatisfied = 0.75; ///< A20: 4 and 5 of 5, 3 of 3, 8 to 10 of 0 to 10

struct Score {
    ScoreState state = ScoreState::none;
    double normalised = std::numeric_limits<double>::quiet_NaN(); ///< (score - min) / (max - min)
};

/// `text` is trimmed. Not for `stated`.
Score read_score(ScoreScale scale, std::string_view text);
/// A number on a scale of which the ends are stated.
Score read_score_between(std::string_view text, double min, double max);

/// The scale of a column, from its distinct values. `expected`: that of the file's format, taken when it
/// fits. Else a scale is inferred only when no other known one explains the values as well: words; numbers
/// from 1 with a 5 on top; numbers with a 0 and something above 5; a header that names NPS.
ScoreScale choose_scale(ScoreScale expected, std::span<const std::string_view> values,
                        std::string_view header);

/// "Fin AI Agent", "Chatbot" ...: who was rated is a machine, so the answer is kept apart from people's.
bool names_bot(std::string_view text);

/// What a file's ratings come to; people's and bots' apart.
struct ScoreCounts {
    std::int64_t answers = 0, satisfied = 0, bot_answers = 0, bot_satisfied = 0;
    std::int64_t no_answer = 0, not_asked = 0, off_scale = 0;
};

} // namespace preempt::intake
