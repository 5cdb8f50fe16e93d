// Durations as exports write them (formats.md section 8): clock form, words, plain numbers whose unit the
// header names. In: a trimmed cell and the unit of plain numbers. Out: seconds. No allocation, no locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace preempt {

/// What a plain number counts.
enum class DurationUnit : std::uint8_t { seconds, minutes, hours, days };

/// The unit that a header names: "First response time (seconds)", "... (s)", "in minutes", "(in hrs)",
/// "handle_minutes"; nothing where it names none.
std::optional<DurationUnit> duration_unit(std::string_view header);

/// Seconds, negative allowed. Accepted: `HH:MM:SS` (hours above 24 too), `H:MM` (hours and minutes), `1 day
/// 03:00:00`, `3h 20m`, `2d 4h`, `45 min`, `12 s`, and plain numbers in `unit` (nothing without a unit).
/// Anything else is nothing; so is a clock whose minutes or seconds are above 59.
std::optional<double> parse_duration(std::string_view text, std::optional<DurationUnit> unit);

} // namespace preempt
