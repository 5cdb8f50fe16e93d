// Reading times (see time_text.hpp). The commonest form has fixed places and is read first (iso_time.hpp);
// everything else goes through a cursor.
#include "core/base/time_text.hpp"

#include "core/base/iso_time.hpp"
#include "core/base/text.hpp"
#include <array>
#include <cmath>
#include <limits>

namespace preempt {

namespace {

constexpr std::int32_t kFirstYear = 1900, kLastYear = 2199;
constexpr std::int64_t kFirstMillisecondEpoch =
    100'000'000'000;                                    ///< 1e11: from here on the number counts milliseconds
constexpr std::int64_t kFirstSecondEpoch = 100'000'000; ///< smaller numbers are ids or serials, not times
constexpr std::int64_t kLastMillisecondEpoch = 100'000'000'000'000;
constexpr std::int64_t kFirstSerial = 20'000,
                       kLastSerial = 80'000; ///< 1954 to 2119 as a spreadsheet counts days
constexpr Instant kFirstInstant = -25'567 * kMillisecondsPerDay,       ///< 1 January 1900
    kEndInstant = 84'006 * kMillisecondsPerDay;                        ///< 1 January 2200
constexpr std::int64_t kFirstSafeSerial = 61, kSerialOfEpoch = 25'569; ///< 1 March 1900; 1 January 1970

struct MonthName {
    std::string_view name; ///< folded; any prefix of at least three letters is accepted
    std::int32_t month;
};
/// English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Norwegian, Danish, Polish, Czech:
/// no three letters of one name are those of another month (`jui` is too short, so French needs `juin` or
/// `juil`).
constexpr std::array<MonthName, 92> kMonthNames = {{
    {"january", 1},
    {"februar", 2},
    {"february", 2},
    {"march", 3},
    {"april", 4},
    {"may", 5},
    {"june", 6},
    {"july", 7},
    {"august", 8},
    {"september", 9},
    {"october", 10},
    {"november", 11},
    {"december", 12},
    {"januar", 1},
    {"j\xC3\xA4nner", 1},
    {"m\xC3\xA4rz", 3},
    {"maerz", 3},
    {"mrz", 3},
    {"mai", 5},
    {"juni", 6},
    {"juli", 7},
    {"oktober", 10},
    {"dezember", 12},
    {"janvier", 1},
    {"f\xC3\xA9vrier", 2},
    {"fevrier", 2},
    {"mars", 3},
    {"avril", 4},
    {"juin", 6},
    {"juillet", 7},
    {"ao\xC3\xBBt", 8},
    {"aout", 8},
    {"septembre", 9},
    {"octobre", 10},
    {"novembre", 11},
    {"d\xC3\xA9"
     "cembre",
     12},
    {"decembre", 12},
    {"enero", 1},
    {"febrero", 2},
    {"marzo", 3},
    {"abril", 4},
    {"mayo", 5},
    {"junio", 6},
    {"julio", 7},
    {"agosto", 8},
    {"septiembre", 9},
    {"setiembre", 9},
    {"octubre", 10},
    {"noviembre", 11},
    {"diciembre", 12},
    {"janeiro", 1},
    {"fevereiro", 2},
    {"mar\xC3\xA7o", 3},
    {"maio", 5},
    {"junho", 6},
    {"julho", 7},
    {"setembro", 9},
    {"outubro", 10},
    {"dezembro", 12},
    {"gennaio", 1},
    {"febbraio", 2},
    {"aprile", 4},
    {"maggio", 5},
    {"giugno", 6},
    {"luglio", 7},
    {"settembre", 9},
    {"ottobre", 10},
    {"dicembre", 12},
    {"januari", 1},
    {"februari", 2},
    {"maart", 3},
    {"mrt", 3},
    {"mei", 5},
    {"augustus", 8},
    {"maj", 5},
    {"augusti", 8},
    {"desember", 12},
    {"sty", 1},
    {"lut", 2},
    {"kwi", 4},
    {"cze", 6},
    {"lip", 7},
    {"sie", 8},
    {"wrz", 9},
    {"pa\xC5\xBA", 10},
    {"lis", 11},
    {"gru", 12},
    {"leden", 1},
    {"\xC3\xBAnor", 2},
    {"b\xC5\x99"
     "ezen",
     3},
    {"duben", 4},
    {"prosinec", 12},
}};

constexpr std::array<std::string_view, 7> kWeekdays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array<std::string_view, 5> kFillers = {"de", "del", "of", "the", "at"};

struct Cursor {
    const char* at;
    const char* end;

    bool done() const { return at == end; }
    char peek() const { return at == end ? '\0' : *at; }
    bool take(char letter) {
        if (peek() != letter || done()) return false;
        ++at;
        return true;
    }
    /// Blanks, the no-break ones included: newer date formatters put U+202F before AM and PM.
    void skip_blanks() {
        for (;;) {
            if (peek() == ' ' || peek() == '\t') {
                ++at;
            } else if (end - at >= 2 && at[0] == '\xC2' && at[1] == '\xA0') {
                at += 2;
            } else if (end - at >= 3 && at[0] == '\xE2' && at[1] == '\x80' && at[2] == '\xAF') {
                at += 3;
            } else {
                return;
            }
        }
    }
    std::string_view rest() const { return {at, static_cast<std::size_t>(end - at)}; }
};

struct Digits {
    std::int64_t value = 0;
    std::int32_t count = 0;
};
/// A value beyond what 64 bits hold stays at the largest one.
Digits take_digits(Cursor& cursor, std::int32_t most = 19) {
    Digits digits;
    while (digits.count < most && !cursor.done() && is_digit(*cursor.at)) {
        constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();
        const std::int64_t digit = *cursor.at++ - '0';
        digits.value = digits.value <= (kLargest - 9) / 10 ? digits.value * 10 + digit : kLargest;
        ++digits.count;
    }
    return digits;
}

TimeText failed(TimeProblem problem) {
    TimeText text;
    text.problem = problem;
    return text;
}

/// Hours and minutes valid? Second 60 is a leap second; hour 24 only as the end of a day.
bool is_valid_clock(const CivilTime& t) {
    if (t.hour == 24) return t.minute == 0 && t.second == 0 && t.millisecond == 0;
    return t.hour <= 23 && t.minute <= 59 && t.second <= 60;
}

bool is_valid_day(const CivilTime& t) {
    return t.year >= kFirstYear && t.year <= kLastYear && is_valid_date(t.year, t.month, t.day);
}

/// Fraction of a second after its mark: milliseconds, further digits cut.
bool take_fraction(Cursor& cursor, CivilTime& t) {
    const Digits digits = take_digits(cursor, 3);
    if (digits.count == 0) return false;
    t.millisecond = static_cast<std::int32_t>(digits.count == 3   ? digits.value
                                              : digits.count == 2 ? digits.value * 10
                                                                  : digits.value * 100);
    take_digits(cursor);
    return true;
}

/// `AM`, `pm`, `a.m.`, `p. m.`; nothing if there is none.
bool take_half_of_day(Cursor& cursor, bool& afternoon) {
    Cursor look = cursor;
    look.skip_blanks();
    const char half = ascii_lower(look.peek());
    if (half != 'a' && half != 'p') return false;
    ++look.at;
    look.take('.');
    look.skip_blanks();
    if (ascii_lower(look.peek()) != 'm') return false;
    ++look.at;
    look.take('.');
    if (is_ascii_letter(look.peek())) return false;
    afternoon = half == 'p';
    cursor = look;
    return true;
}

/// H:MM[:SS[.fff]] [AM|PM]
TimeProblem take_clock(Cursor& cursor, CivilTime& t) {
    const Digits hour = take_digits(cursor, 3);
    if (hour.count == 0 || hour.count > 2 || !cursor.take(':')) return TimeProblem::not_a_time;
    const Digits minute = take_digits(cursor, 3);
    if (minute.count != 2) return TimeProblem::not_a_time;
    t.hour = static_cast<std::int32_t>(hour.value);
    t.minute = static_cast<std::int32_t>(minute.value);
    if (cursor.take(':')) {
        const Digits second = take_digits(cursor, 3);
        if (second.count != 2) return TimeProblem::not_a_time;
        t.second = static_cast<std::int32_t>(second.value);
        if ((cursor.peek() == '.' || cursor.peek() == ',') && cursor.end - cursor.at > 1 &&
            is_digit(cursor.at[1])) {
            ++cursor.at;
            take_fraction(cursor, t);
        }
    }
    bool afternoon = false;
    if (take_half_of_day(cursor, afternoon)) {
        if (t.hour < 1 || t.hour > 12) return TimeProblem::no_such_date;
        t.hour = t.hour % 12 + (afternoon ? 12 : 0);
    }
    return is_valid_clock(t) ? TimeProblem::none : TimeProblem::no_such_date;
}

/// Z, UTC, GMT, +hh, +hhmm, +hh:mm and `UTC+01:00`, to the end of the text.
TimeProblem take_zone(Cursor& cursor, bool& zoned, std::int32_t& offset) {
    cursor.skip_blanks();
    zoned = false;
    offset = 0;
    if (cursor.done()) return TimeProblem::none;
    if (is_ascii_letter(cursor.peek())) {
        const char* begin = cursor.at;
        while (is_ascii_letter(cursor.peek()))
            ++cursor.at;
        const std::string_view word(begin, static_cast<std::size_t>(cursor.at - begin));
        if (!equal_ignoring_case(word, "z") && !equal_ignoring_case(word, "utc") &&
            !equal_ignoring_case(word, "gmt")) {
            return TimeProblem::unknown_zone;
        }
        zoned = true;
        cursor.skip_blanks();
        if (cursor.done()) return TimeProblem::none;
    }
    const bool west = cursor.peek() == '-';
    if (!west && cursor.peek() != '+') return TimeProblem::not_a_time;
    ++cursor.at;
    const Digits first = take_digits(cursor, 5);
    std::int64_t hours = first.value;
    std::int64_t minutes = 0;
    if (first.count == 4) {
        hours = first.value / 100;
        minutes = first.value % 100;
    } else if (first.count == 1 || first.count == 2) {
        if (cursor.take(':')) {
            const Digits second = take_digits(cursor, 3);
            if (second.count != 2) return TimeProblem::not_a_time;
            minutes = second.value;
        }
    } else {
        return TimeProblem::not_a_time;
    }
    if (!cursor.done()) return TimeProblem::unknown_zone; // `+01:00[Europe/Berlin]`
    if (hours > 15 || minutes > 59) return TimeProblem::no_such_date;
    offset = static_cast<std::int32_t>((hours * 60 + minutes) * 60'000 * (west ? -1 : 1));
    zoned = true;
    return TimeProblem::none;
}

/// Clock and zone after a date, to the end of the text.
TimeText finish_after_date(Cursor cursor, CivilTime t) {
    TimeText result;
    if (!is_valid_day(t)) return failed(TimeProblem::no_such_date);
    cursor.take(',');
    cursor.skip_blanks();
    if (cursor.peek() == 'T' || cursor.peek() == 't') ++cursor.at;
    cursor.skip_blanks();
    result.day_only = cursor.done() || !is_digit(cursor.peek());
    if (!result.day_only) {
        if (const auto problem = take_clock(cursor, t); problem != TimeProblem::none) return failed(problem);
    }
    std::int32_t offset = 0;
    if (const auto problem = take_zone(cursor, result.zoned, offset); problem != TimeProblem::none) {
        return failed(result.day_only ? TimeProblem::not_a_time : problem);
    }
    result.value = civil_to_instant(t);
    result.late_offset = offset;
    return result;
}

TimeText settled(TimeText text, DateOrder shows) {
    if (!text.ok()) return text;
    text.value -= text.late_offset;
    text.late_offset = 0;
    text.shows = shows;
    return text;
}

/// A text of digits only, perhaps with a decimal part.
TimeText parse_number_time(Cursor cursor) {
    const char* begin = cursor.at;
    const Digits whole = take_digits(cursor);
    if (!cursor.done() && *cursor.at != '.' && *cursor.at != ',' && *cursor.at != 'T' && *cursor.at != 't') {
        return failed(TimeProblem::not_a_time);
    }
    const auto number_at = [&](int from, int count) {
        Cursor part{begin + from, begin + from + count};
        return static_cast<std::int32_t>(take_digits(part).value);
    };
    // 20260302, 202603021501, 20260302150100 and 20260302T150100Z. Read as an epoch these would lie in 1970,
    // 1976 and 2612.
    const bool has_clock_after_t = whole.count == 8 && (cursor.peek() == 'T' || cursor.peek() == 't');
    if (has_clock_after_t ||
        (cursor.done() && (whole.count == 8 || whole.count == 12 || whole.count == 14))) {
        CivilTime t;
        t.year = number_at(0, 4);
        t.month = number_at(4, 2);
        t.day = number_at(6, 2);
        const char* clock = begin + 8;
        if (has_clock_after_t) clock = ++cursor.at;
        const Digits clock_digits = has_clock_after_t ? take_digits(cursor) : Digits{0, whole.count - 8};
        const int from = static_cast<int>(clock - begin);
        if (clock_digits.count >= 4) {
            t.hour = number_at(from, 2);
            t.minute = number_at(from + 2, 2);
        }
        if (clock_digits.count == 6) t.second = number_at(from + 4, 2);
        const bool known_length =
            clock_digits.count == 0 || clock_digits.count == 4 || clock_digits.count == 6;
        if (known_length && is_valid_day(t) && is_valid_clock(t) &&
            !(has_clock_after_t && clock_digits.count == 0)) {
            TimeText result;
            if (cursor.take('.') && !take_fraction(cursor, t)) return failed(TimeProblem::not_a_time);
            if (const auto problem = take_zone(cursor, result.zoned, result.late_offset);
                problem != TimeProblem::none) {
                return failed(problem);
            }
            result.day_only = clock_digits.count == 0;
            result.value = civil_to_instant(t);
            return settled(result, DateOrder::year_first);
        }
        if (has_clock_after_t) return failed(TimeProblem::no_such_date);
    }

    CivilTime fraction;
    if (!cursor.done()) {
        if (*cursor.at != '.' && *cursor.at != ',') return failed(TimeProblem::not_a_time);
        ++cursor.at;
        if (!take_fraction(cursor, fraction)) return failed(TimeProblem::not_a_time);
        if (ascii_lower(cursor.peek()) == 'e') return failed(TimeProblem::damaged_number);
        if (!cursor.done()) return failed(TimeProblem::not_a_time);
    }
    if (whole.value >= kFirstSerial && whole.value <= kLastSerial)
        return failed(TimeProblem::spreadsheet_serial);
    if (whole.value < kFirstSecondEpoch || whole.count > 19) return failed(TimeProblem::not_a_time);
    TimeText result;
    result.zoned = true;
    if (whole.value < kFirstMillisecondEpoch) {
        result.value = whole.value * 1000 + fraction.millisecond;
    } else {
        result.value = whole.value;
        while (result.value >= kLastMillisecondEpoch)
            result.value /= 1000; // micro- and nanoseconds
    }
    if (const auto year = instant_to_civil(result.value).year; year > kLastYear)
        return failed(TimeProblem::not_a_time);
    return result;
}

std::int32_t full_year(const Digits& year) {
    const auto value = static_cast<std::int32_t>(year.value);
    return year.count > 2 ? value : value + (value < 69 ? 2000 : 1900);
}

TimeText parse_three_numbers(Cursor cursor, DateOrder order) {
    const Digits first = take_digits(cursor, 5);
    const char mark = cursor.peek();
    if (mark != '/' && mark != '.' && mark != '-') return failed(TimeProblem::not_a_time);
    ++cursor.at;
    if (mark == '.') cursor.skip_blanks();
    const Digits second = take_digits(cursor, 3);
    if (second.count == 0 || second.count > 2 || !cursor.take(mark)) return failed(TimeProblem::not_a_time);
    if (mark == '.') cursor.skip_blanks();
    const Digits third = take_digits(cursor, 5);
    CivilTime t;
    const auto a = static_cast<std::int32_t>(first.value), b = static_cast<std::int32_t>(second.value);
    if (first.count == 4) {
        if (third.count == 0 || third.count > 2) return failed(TimeProblem::not_a_time);
        t.year = a;
        t.month = b;
        t.day = static_cast<std::int32_t>(third.value);
        return settled(finish_after_date(cursor, t), DateOrder::year_first);
    }
    if (first.count > 2 || (third.count != 2 && third.count != 4)) return failed(TimeProblem::not_a_time);
    t.year = full_year(third);

    const DateOrder shows = a > 12   ? DateOrder::day_first
                            : b > 12 ? DateOrder::month_first
                                     : DateOrder::undecided;
    const bool given = order == DateOrder::day_first || order == DateOrder::month_first;
    const DateOrder used = given ? order : shows != DateOrder::undecided ? shows : DateOrder::day_first;
    t.day = used == DateOrder::day_first ? a : b;
    t.month = used == DateOrder::day_first ? b : a;
    if (t.month > 12) return failed(a > 12 && b > 12 ? TimeProblem::no_such_date : TimeProblem::other_order);
    TimeText result = finish_after_date(cursor, t);
    if (!result.ok()) return result;
    if (!given && shows == DateOrder::undecided && a != b) {
        result.order_open = true;
        return result;
    }
    return settled(result, shows);
}

struct Word {
    std::array<char, 32> bytes{};
    std::size_t size = 0;
    std::string_view text() const { return {bytes.data(), size}; }
};

Word take_word(Cursor& cursor) {
    std::string_view rest = cursor.rest();
    std::size_t length = 0;
    while (length < rest.size() &&
           (is_ascii_letter(rest[length]) || static_cast<unsigned char>(rest[length]) >= 0x80))
        ++length;
    cursor.at += length;
    Word word;
    if (length == 0 || length > 14) return word; // no month name is longer; folding at most doubles
    std::string lower;
    append_folded(rest.substr(0, length), lower);
    for (const char letter : lower)
        word.bytes[word.size++] = letter;
    return word;
}

std::int32_t month_of(std::string_view word) {
    std::size_t letters = 0;
    for (const char c : word)
        letters += (static_cast<unsigned char>(c) & 0xC0) != 0x80 ? 1 : 0;
    if (letters < 3 || word == "jui") return 0;
    for (const auto& entry : kMonthNames) {
        if (entry.name.substr(0, word.size()) == word) return entry.month;
    }
    return word == "sept" ? 9 : 0;
}

/// Two numbers and a month name in any sensible order: `18/jul/26`, `2 de marzo de 2026`, `Mar 2nd, 2026`,
/// `2026-Mar-02`.
TimeText parse_named_month(Cursor cursor) {
    CivilTime t;
    t.month = 0;
    std::array<Digits, 2> numbers{};
    std::size_t count = 0;
    bool first_word = true;
    while (count < 2 || t.month == 0) {
        while (!cursor.done() && (cursor.peek() == '/' || cursor.peek() == '-' || cursor.peek() == '.' ||
                                  cursor.peek() == ',')) {
            ++cursor.at;
        }
        cursor.skip_blanks();
        if (cursor.done()) return failed(TimeProblem::not_a_time);
        if (is_digit(cursor.peek())) {
            if (count == 2) return failed(TimeProblem::not_a_time);
            numbers[count] = take_digits(cursor, 5);
            if (numbers[count].count != 1 && numbers[count].count != 2 && numbers[count].count != 4) {
                return failed(TimeProblem::not_a_time);
            }
            ++count;
            for (const std::string_view suffix : {"st", "nd", "rd", "th"}) {
                if (equal_ignoring_case(cursor.rest().substr(0, 2), suffix)) {
                    cursor.at += 2;
                    break;
                }
            }
            continue;
        }
        const Word word = take_word(cursor);
        if (word.size == 0) return failed(TimeProblem::not_a_time);
        bool skipped = false;
        for (const auto filler : kFillers)
            skipped = skipped || word.text() == filler;
        for (const auto day : kWeekdays)
            skipped = skipped || (first_word && word.text().substr(0, 3) == day);
        first_word = false;
        if (skipped) continue;
        if (t.month != 0) return failed(TimeProblem::not_a_time);
        t.month = month_of(word.text());
        if (t.month == 0) return failed(TimeProblem::not_a_time);
    }
    const bool year_leads = numbers[0].count == 4;
    const Digits day = year_leads ? numbers[1] : numbers[0];
    const Digits year = year_leads ? numbers[0] : numbers[1];
    if (year.count == 1 || day.count == 4) return failed(TimeProblem::not_a_time);
    t.day = static_cast<std::int32_t>(day.value);
    t.year = full_year(year);
    return settled(finish_after_date(cursor, t), DateOrder::undecided);
}

} // namespace

std::string_view time_problem_text(TimeProblem problem) {
    switch (problem) {
    case TimeProblem::none:
        return "is a time";
    case TimeProblem::no_such_date:
        return "is not a date and time that exist";
    case TimeProblem::spreadsheet_serial:
        return "looks like a spreadsheet's day number: confirm that the column holds such numbers, or format "
               "it "
               "as a date and time (YYYY-MM-DD HH:MM) in the spreadsheet and save it as CSV again";
    case TimeProblem::early_serial:
        return "is a spreadsheet's day number before 1 March 1900, where spreadsheets count a day that never "
               "was: "
               "write it as YYYY-MM-DD HH:MM";
    case TimeProblem::damaged_number:
        return "was shortened by a spreadsheet, so its digits are lost: export the file again and do not "
               "open it in a "
               "spreadsheet first";
    case TimeProblem::unknown_zone:
        return "names its time zone by letters that stand for several zones: use Z or an offset such as "
               "+01:00, or leave it "
               "out and choose the zone";
    case TimeProblem::other_order:
        return "has day and month in another order than the rest of the column";
    case TimeProblem::not_a_time:
        break;
    }
    return "cannot be read as a time: use YYYY-MM-DD HH:MM:SS, ISO 8601 or Unix seconds";
}

namespace {

TimeText parse_any(std::string_view text, DateOrder order) {
    TimeText result;
    if (parse_iso(text, result.value, result.zoned)) {
        result.shows = DateOrder::year_first;
        return result;
    }
    if (text.empty() || text.size() > 64) return failed(TimeProblem::not_a_time);

    Cursor cursor{text.data(), text.data() + text.size()};
    if (!is_digit(text.front())) return parse_named_month(cursor);
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits]))
        ++digits;
    if (digits == text.size() || digits > 4) return parse_number_time(cursor);
    const char mark = text[digits];
    const char after = digits + 1 < text.size() ? text[digits + 1] : '\0';
    if ((mark == '/' || mark == '-' || mark == '.') && (is_digit(after) || (mark == '.' && after == ' '))) {
        result = parse_three_numbers(cursor, order);
        if (result.problem != TimeProblem::not_a_time) return result;
        if (mark == '.' && text.find('.', digits + 1) == std::string_view::npos) {
            const bool damaged = is_damaged_id(text);
            return damaged ? failed(TimeProblem::damaged_number) : parse_named_month(cursor);
        }
        return result;
    }
    return parse_named_month(cursor);
}

} // namespace

TimeText parse_time(std::string_view text, DateOrder order) {
    const TimeText time = parse_any(text, order);
    // An offset or the hour 24 can carry a date over the edge of the years that are read.
    const bool inside = time.value >= kFirstInstant && time.value < kEndInstant;
    return time.ok() && !inside ? failed(TimeProblem::no_such_date) : time;
}

TimeText parse_serial(std::string_view text) {
    Cursor cursor{text.data(), text.data() + text.size()};
    const Digits days = take_digits(cursor);
    if (days.count == 0 || days.count > 6) return failed(TimeProblem::not_a_time);
    TimeText result;
    result.day_only = cursor.done();
    double fraction = 0;
    if (!cursor.done()) {
        if (*cursor.at != '.' && *cursor.at != ',') return failed(TimeProblem::not_a_time);
        ++cursor.at;
        const Digits digits = take_digits(cursor, 15); // as many as a double holds
        if (digits.count == 0) return failed(TimeProblem::not_a_time);
        fraction = static_cast<double>(digits.value) / std::pow(10.0, digits.count);
        while (!cursor.done() && is_digit(*cursor.at))
            ++cursor.at;
        if (!cursor.done()) return failed(TimeProblem::not_a_time);
    }
    if (days.value < kFirstSafeSerial) return failed(TimeProblem::early_serial);
    result.value =
        (days.value - kSerialOfEpoch) * kMillisecondsPerDay + std::llround(fraction * 86'400) * 1000;
    if (instant_to_civil(result.value).year > kLastYear) return failed(TimeProblem::not_a_time);
    return result;
}

Instant with_day_and_month_exchanged(Instant local) {
    CivilTime t = instant_to_civil(local);
    std::swap(t.day, t.month);
    return civil_to_instant(t);
}

TimeReader::TimeReader(DateOrder answer, bool accept_serials)
    : order_(answer == DateOrder::year_first ? DateOrder::undecided : answer),
      answered_(order_ != DateOrder::undecided), accept_serials_(accept_serials) {}

TimeText TimeReader::read(std::string_view text, std::uint64_t line) {
    if (accept_serials_) {
        const TimeText serial = parse_serial(text);
        if (serial.problem != TimeProblem::not_a_time) return serial;
    }
    TimeText time = parse_time(text, order_);
    if (time.order_open) {
        if (first_open_line_ == 0) {
            first_open_line_ = line;
            first_open_text_ = text;
        }
        return time;
    }
    if (time.problem == TimeProblem::other_order && contradiction_.empty()) {
        const auto name = [](DateOrder order) {
            return order == DateOrder::day_first ? "day first" : "month first";
        };
        const auto other = order_ == DateOrder::day_first ? DateOrder::month_first : DateOrder::day_first;
        contradiction_ = answered_ && decided_line_ == 0
                             ? std::string("dates were to be read ") + name(order_)
                             : "\"" + decided_text_ + "\" on line " + std::to_string(decided_line_) +
                                   " can only be read " + name(order_);
        contradiction_ +=
            ", but \"" + std::string(text) + "\" on line " + std::to_string(line) + " only " + name(other);
        return time;
    }
    const bool proves = time.shows == DateOrder::day_first || time.shows == DateOrder::month_first;
    if (proves && decided_line_ == 0) {
        order_ = time.shows;
        decided_line_ = line;
        decided_text_ = text;
    }
    return time;
}

} // namespace preempt
