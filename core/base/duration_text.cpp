#include "core/base/duration_text.hpp"

#include "core/base/text.hpp"

#include <array>

namespace preempt {
namespace {

constexpr double seconds_of(DurationUnit unit) {
    switch (unit) {
    case DurationUnit::minutes:
        return 60;
    case DurationUnit::hours:
        return 3600;
    case DurationUnit::days:
        return 86'400;
    default:
        return 1;
    }
}

struct UnitWord {
    std::string_view word;
    DurationUnit unit;
};
constexpr std::array<UnitWord, 18> kWords = {{{"s", DurationUnit::seconds},
                                              {"sec", DurationUnit::seconds},
                                              {"secs", DurationUnit::seconds},
                                              {"second", DurationUnit::seconds},
                                              {"seconds", DurationUnit::seconds},
                                              {"m", DurationUnit::minutes},
                                              {"min", DurationUnit::minutes},
                                              {"mins", DurationUnit::minutes},
                                              {"minute", DurationUnit::minutes},
                                              {"minutes", DurationUnit::minutes},
                                              {"h", DurationUnit::hours},
                                              {"hr", DurationUnit::hours},
                                              {"hrs", DurationUnit::hours},
                                              {"hour", DurationUnit::hours},
                                              {"hours", DurationUnit::hours},
                                              {"d", DurationUnit::days},
                                              {"day", DurationUnit::days},
                                              {"days", DurationUnit::days}}};

std::optional<DurationUnit> unit_of_word(std::string_view word) {
    for (const auto& entry : kWords)
        if (equal_ignoring_case(entry.word, word)) return entry.unit;
    return std::nullopt;
}

/// `H:MM` or `H:MM:SS`, without a sign.
std::optional<double> parse_clock(std::string_view text) {
    double parts[3];
    int count = 0;
    while (true) {
        const auto colon = text.find(':');
        const auto part = text.substr(0, colon);
        if (count == 3 || part.empty() || part.size() > 9) return std::nullopt;
        double value = 0;
        for (const char digit : part) {
            if (!is_digit(digit)) return std::nullopt;
            value = value * 10 + (digit - '0');
        }
        if (count > 0 && (part.size() != 2 || value > 59)) return std::nullopt;
        parts[count++] = value;
        if (colon == std::string_view::npos) break;
        text.remove_prefix(colon + 1);
    }
    if (count < 2) return std::nullopt;
    return parts[0] * 3600 + parts[1] * 60 + (count == 3 ? parts[2] : 0);
}

} // namespace

std::optional<DurationUnit> duration_unit(std::string_view header) {
    // The last word that names a unit wins: "First reply time in minutes within business hours" counts
    // minutes, so words behind "within" say when time runs, not what is counted.
    std::optional<DurationUnit> found;
    for (std::size_t at = 0; at < header.size();) {
        auto end = at;
        while (end < header.size() && is_ascii_letter(header[end]))
            ++end;
        const auto word = header.substr(at, end - at);
        if (equal_ignoring_case(word, "within") || equal_ignoring_case(word, "business")) break;
        // A letter alone is a unit only in brackets: "(s)", not the s of "customer's".
        const bool bracketed = at > 0 && header[at - 1] == '(' && end < header.size() && header[end] == ')';
        if (word.size() > 1 || bracketed)
            if (const auto unit = unit_of_word(word)) found = unit;
        at = end == at ? at + 1 : end;
    }
    return found;
}

std::optional<double> parse_duration(std::string_view text, std::optional<DurationUnit> unit) {
    text = trim(text);
    if (text.empty()) return std::nullopt;
    const bool negative = text.front() == '-';
    if (negative) text.remove_prefix(1);
    const double sign = negative ? -1 : 1;
    if (const auto clock = parse_clock(text)) return sign * *clock;
    if (const auto number = parse_number(text)) {
        if (!unit || *number < 0) return std::nullopt;
        return sign * *number * seconds_of(*unit);
    }
    // Number and unit, repeated; a clock may close the list ("1 day 03:00:00").
    double total = 0;
    while (!text.empty()) {
        if (const auto clock = parse_clock(text)) return sign * (total + *clock);
        std::size_t digits = 0;
        while (digits < text.size() && (is_digit(text[digits]) || text[digits] == '.'))
            ++digits;
        const auto number = digits == 0 ? std::nullopt : parse_number(text.substr(0, digits));
        if (!number) return std::nullopt;
        text = trim(text.substr(digits));
        std::size_t letters = 0;
        while (letters < text.size() && is_ascii_letter(text[letters]))
            ++letters;
        const auto word = unit_of_word(text.substr(0, letters));
        if (!word) return std::nullopt;
        total += *number * seconds_of(*word);
        text = trim(text.substr(letters));
        if (!text.empty() && (text.front() == ',' || text.front() == '.')) text = trim(text.substr(1));
    }
    return sign * total;
}

} // namespace preempt
