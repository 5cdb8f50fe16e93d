// Calendar arithmetic and zones. In: civil fields, milliseconds, offset changes. Out: instants, civil fields,
// period starts. Day numbers follow the 400-year cycle of the Gregorian calendar (146,097 days), counted from
// a year that begins in March.
#include "core/base/instant.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace preempt {

namespace {

constexpr std::int64_t kDaysPerCycle = 146'097;
constexpr std::int64_t kEpochFromMarchZero = 719'468; ///< days from 0000-03-01 to 1970-01-01
/// No zone has ever been further than this from UTC, so a local time is looked for this far around itself.
constexpr std::int64_t kFurthestOffset = 26LL * 3'600'000;

constexpr std::int64_t floor_divide(std::int64_t value, std::int64_t by) {
    const std::int64_t quotient = value / by;
    return value % by < 0 ? quotient - 1 : quotient;
}

bool is_leap(std::int32_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/// The first local day of the period that holds `day` (days since 1970-01-01), and of the period `ahead`
/// periods later.
std::int64_t first_day(std::int64_t day, Period period, std::int32_t ahead) {
    if (period == Period::week) {
        const std::int64_t since_monday =
            (day + 3) - floor_divide(day + 3, 7) * 7; // 1970-01-01 was a Thursday
        return day - since_monday + 7LL * ahead;
    }
    const CivilTime civil = instant_to_civil(day * kMillisecondsPerDay);
    const std::int32_t months = period == Period::month ? 1 : period == Period::quarter ? 3 : 12;
    const std::int32_t index = civil.year * 12 + (civil.month - 1);
    const std::int32_t start =
        static_cast<std::int32_t>(floor_divide(index, months)) * months + ahead * months;
    const auto year = static_cast<std::int32_t>(floor_divide(start, 12));
    return days_from_civil(year, start - year * 12 + 1, 1);
}

Instant start_of(Instant at, const Zone& zone, Period period, std::int32_t ahead) {
    const std::int64_t day = floor_divide(zone.to_local(at), kMillisecondsPerDay);
    return zone.to_utc(first_day(day, period, ahead) * kMillisecondsPerDay).utc;
}

void append_padded(std::string& out, std::int64_t value, int width) {
    std::array<char, 20> digits{};
    int count = 0;
    const bool negative = value < 0;
    std::uint64_t rest =
        negative ? 0U - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    while (rest > 0 || count < width) {
        digits[static_cast<std::size_t>(count++)] = static_cast<char>('0' + rest % 10);
        rest /= 10;
    }
    if (negative) out.push_back('-');
    while (count > 0)
        out.push_back(digits[static_cast<std::size_t>(--count)]);
}

void append_date(std::string& out, const CivilTime& civil) {
    append_padded(out, civil.year, 4);
    out.push_back('-');
    append_padded(out, civil.month, 2);
    out.push_back('-');
    append_padded(out, civil.day, 2);
}

} // namespace

std::int64_t days_from_civil(std::int32_t year, std::int32_t month, std::int32_t day) {
    const std::int64_t march_year = static_cast<std::int64_t>(year) - (month <= 2 ? 1 : 0);
    const std::int64_t cycle = floor_divide(march_year, 400);
    const std::int64_t year_of_cycle = march_year - cycle * 400;
    const std::int64_t month_from_march = (month + 9) % 12;
    const std::int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    const std::int64_t day_of_cycle =
        year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
    return cycle * kDaysPerCycle + day_of_cycle - kEpochFromMarchZero;
}

bool is_valid_date(std::int32_t year, std::int32_t month, std::int32_t day) {
    static constexpr std::array<std::int32_t, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1) return false;
    const std::int32_t days = month == 2 && is_leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
    return day <= days;
}

Instant civil_to_instant(const CivilTime& time) {
    const std::int64_t seconds = time.hour * 3600LL + time.minute * 60LL + time.second;
    return days_from_civil(time.year, time.month, time.day) * kMillisecondsPerDay + seconds * 1000 +
           time.millisecond;
}

CivilTime instant_to_civil(Instant as_if_utc) {
    const std::int64_t day = floor_divide(as_if_utc, kMillisecondsPerDay);
    auto rest = static_cast<std::int32_t>(as_if_utc - day * kMillisecondsPerDay);

    const std::int64_t shifted = day + kEpochFromMarchZero;
    const std::int64_t cycle = floor_divide(shifted, kDaysPerCycle);
    const std::int64_t day_of_cycle = shifted - cycle * kDaysPerCycle;
    const std::int64_t year_of_cycle =
        (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36'524 - day_of_cycle / 146'096) / 365;
    const std::int64_t day_of_year =
        day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    const std::int64_t month_from_march = (5 * day_of_year + 2) / 153;

    CivilTime civil;
    civil.day = static_cast<std::int32_t>(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    civil.month =
        static_cast<std::int32_t>(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    civil.year = static_cast<std::int32_t>(year_of_cycle + cycle * 400) + (civil.month <= 2 ? 1 : 0);
    civil.millisecond = rest % 1000;
    rest /= 1000;
    civil.second = rest % 60;
    rest /= 60;
    civil.minute = rest % 60;
    civil.hour = rest / 60;
    return civil;
}

Zone Zone::utc() {
    return Zone("UTC", {Change{std::numeric_limits<Instant>::min(), 0}});
}

Zone::Zone(std::string name, std::vector<Change> changes)
    : name_(std::move(name)), changes_(std::move(changes)) {
    if (changes_.empty()) changes_.push_back(Change{std::numeric_limits<Instant>::min(), 0});
}

std::int32_t Zone::offset_at(Instant utc) const {
    const auto after = std::upper_bound(changes_.begin() + 1, changes_.end(), utc,
                                        [](Instant at, const Change& change) { return at < change.from; });
    return std::prev(after)->offset;
}

Zone::Resolved Zone::to_utc(Instant local) const {
    // Each entry holds for local times from (its start + its offset) up to (the next start + its offset).
    // Only entries that begin near `local` can hold it; usually that is one.
    const auto first = std::upper_bound(changes_.begin() + 1, changes_.end(), local - kFurthestOffset,
                                        [](Instant at, const Change& change) { return at < change.from; });
    Instant found = kNoInstant;
    int matches = 0;
    Instant shifted = local - std::prev(first)->offset;
    for (auto entry = std::prev(first); entry != changes_.end(); ++entry) {
        const Instant utc = local - entry->offset;
        const bool begun = entry == changes_.begin() || utc >= entry->from;
        if (!begun) break; // later entries begin later still
        const auto next = std::next(entry);
        if (next == changes_.end() || utc < next->from) {
            if (matches++ == 0) found = utc;
        } else {
            shifted = utc; // the entry ended before: if none holds it, its offset is the one before the gap
        }
    }
    if (matches == 0) return {shifted, Reading::nonexistent};
    return {found, matches == 1 ? Reading::unique : Reading::ambiguous};
}

Instant period_start(Instant at, const Zone& zone, Period period) {
    return start_of(at, zone, period, 0);
}
Instant next_period_start(Instant at, const Zone& zone, Period period) {
    return start_of(at, zone, period, 1);
}

Instant local_day_start(Instant at, const Zone& zone) {
    const auto local = zone.to_local(at);
    auto day = local / kMillisecondsPerDay;
    if (local < day * kMillisecondsPerDay) --day; // before 1970
    return zone.to_utc(day * kMillisecondsPerDay).utc;
}

std::string local_date(Instant at, const Zone& zone) {
    std::string out;
    append_date(out, instant_to_civil(zone.to_local(at)));
    return out;
}

std::string iso_utc(Instant at) {
    const CivilTime civil = instant_to_civil(at);
    std::string out;
    append_date(out, civil);
    out.push_back('T');
    append_padded(out, civil.hour, 2);
    out.push_back(':');
    append_padded(out, civil.minute, 2);
    out.push_back(':');
    append_padded(out, civil.second, 2);
    if (civil.millisecond != 0) {
        out.push_back('.');
        append_padded(out, civil.millisecond, 3);
    }
    out.push_back('Z');
    return out;
}

} // namespace preempt
