// Arms of an experiment, from the words of the tools (metrics.md 3.2, H1). In: a column's header and its
// cells. Out: treated or holdout, or nothing where a word does not say.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace preempt::intake {

enum class Arm : std::uint8_t { treated, holdout };
std::string_view arm_name(Arm arm); ///< "treated", "holdout": what the arm column holds after reading

/// What yes and 1 mean in a column: `is_holdout` asks for the held-out, `treated` for the treated, `arm` asks
/// nothing.
enum class ArmQuestion : std::uint8_t { none, is_holdout, is_treated };
ArmQuestion arm_question(std::string_view header);

/// The arm that `text` names. Yes, no, 1 and 0 count only where the header asks a question.
std::optional<Arm> parse_arm(std::string_view text, ArmQuestion question = ArmQuestion::none);

} // namespace preempt::intake
