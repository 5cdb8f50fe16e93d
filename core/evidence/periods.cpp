#include "core/evidence/periods.hpp"

#include <algorithm>
#include <limits>

namespace preempt::evidence {
namespace {

constexpr std::size_t kMostPeriods = 1200;
constexpr std::int64_t kHour = 3'600'000;
/// Look-up tables cover the last so many days; what lies before is searched.
constexpr std::int64_t kMostDays = 15'000;
constexpr std::int64_t kMonthsAround = 1200;
constexpr std::int32_t kChanges = std::numeric_limits<std::int32_t>::min(); ///< inside this hour

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

/// 0 = Monday; 1970-01-01 was a Thursday.
std::uint32_t weekday(std::int64_t local_day) {
    const auto day = (local_day + 3) % 7;
    return static_cast<std::uint32_t>(day < 0 ? day + 7 : day);
}

} // namespace

Periods::Periods(Instant first, Instant last, const Zone& zone) : zone_(zone) {
    if (first == kNoInstant) return;
    for (std::size_t kind = 0; kind < kPeriodKinds; ++kind) {
        auto& spans = spans_[kind];
        const auto period = static_cast<Period>(kind);
        for (auto at = period_start(first, zone, period); at <= last;) {
            const auto next = next_period_start(at, zone, period);
            spans.push_back({at, next});
            at = next;
        }
        if (spans.size() > kMostPeriods)
            spans.erase(spans.begin(), spans.end() - static_cast<std::ptrdiff_t>(kMostPeriods));
    }
    const auto& weeks = spans_[0];
    if (weeks.empty()) return;
    const auto from = std::max(weeks.front().start, last - kMostDays * kMillisecondsPerDay);
    first_hour_ = floor_divide(from, kHour);
    const auto hours = floor_divide(last, kHour) - first_hour_ + 1;
    offset_of_hour_.resize(static_cast<std::size_t>(hours));
    for (std::int64_t h = 0; h < hours; ++h) {
        const auto at = (first_hour_ + h) * kHour;
        const auto offset = zone.offset_at(at);
        offset_of_hour_[static_cast<std::size_t>(h)] =
            zone.offset_at(at + kHour - 1) == offset ? offset : kChanges;
    }
    const auto month_of = [&](Instant at) {
        const auto civil = instant_to_civil(zone.to_local(at));
        return std::int64_t{civil.year} * 12 + civil.month - 1;
    };
    first_month_ = month_of(from) - kMonthsAround;
    month_numbers_ = static_cast<std::uint32_t>(month_of(last) + kMonthsAround - first_month_ + 1);
    // Noon of a local day lies in that day whatever the offset; days begin where the zone says.
    first_day_ = floor_divide(zone.to_local(from), kMillisecondsPerDay);
    const auto days = floor_divide(zone.to_local(last), kMillisecondsPerDay) - first_day_ + 1;
    of_day_.resize(static_cast<std::size_t>(days));
    for (std::int64_t d = 0; d < days; ++d) {
        const auto noon = zone.to_utc((first_day_ + d) * kMillisecondsPerDay + kMillisecondsPerDay / 2).utc;
        auto& day = of_day_[static_cast<std::size_t>(d)];
        for (std::size_t kind = 0; kind < kPeriodKinds; ++kind)
            day.period[kind] = search(kind, noon);
        day.month_number = month_number(first_day_ + d);
        day.weekday = weekday(first_day_ + d);
    }
}

std::uint32_t Periods::month_number(std::int64_t local_day) const {
    const auto civil = instant_to_civil(local_day * kMillisecondsPerDay);
    const auto month = std::int64_t{civil.year} * 12 + civil.month - 1 - first_month_;
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(month, 0, month_numbers_ - 1));
}

std::string Periods::month_name(std::uint32_t number) const {
    const auto month = first_month_ + number;
    const auto year = static_cast<std::int32_t>(floor_divide(month, 12));
    const auto day = days_from_civil(year, static_cast<std::int32_t>(month - std::int64_t{year} * 12 + 1), 1);
    return local_date(day * kMillisecondsPerDay, Zone::utc());
}

std::int32_t Periods::offset(Instant at) const {
    const auto hour = floor_divide(at, kHour) - first_hour_;
    if (hour >= 0 && hour < static_cast<std::int64_t>(offset_of_hour_.size()))
        if (const auto known = offset_of_hour_[static_cast<std::size_t>(hour)]; known != kChanges)
            return known;
    return zone_.offset_at(at);
}

std::uint32_t Periods::search(std::size_t kind, Instant at) const {
    const auto& spans = spans_[kind];
    if (spans.empty() || at < spans.front().start || at >= spans.back().end)
        return static_cast<std::uint32_t>(spans.size());
    const auto after = std::upper_bound(spans.begin(), spans.end(), at,
                                        [](Instant a, const Span& s) { return a < s.start; });
    return static_cast<std::uint32_t>(after - spans.begin() - 1);
}

Periods::Place Periods::place(Instant at) const {
    Place result{};
    const auto local = at + offset(at);
    const auto day = floor_divide(local, kMillisecondsPerDay);
    result.hour =
        static_cast<std::uint32_t>(local - day * kMillisecondsPerDay) / static_cast<std::uint32_t>(kHour);
    result.local_day = day;
    const auto known = day - first_day_;
    if (known >= 0 && known < static_cast<std::int64_t>(of_day_.size())) {
        const auto& one = of_day_[static_cast<std::size_t>(known)];
        result.period = one.period;
        result.month_number = one.month_number;
        result.weekday = one.weekday;
        return result;
    }
    result.weekday = weekday(day);
    for (std::size_t kind = 0; kind < kPeriodKinds; ++kind)
        result.period[kind] = search(kind, at);
    result.month_number = month_number(day);
    return result;
}

std::uint32_t Periods::index(Period kind, Instant at) const {
    const auto known = floor_divide(at + offset(at), kMillisecondsPerDay) - first_day_;
    const auto k = static_cast<std::size_t>(kind);
    if (known >= 0 && known < static_cast<std::int64_t>(of_day_.size()))
        return of_day_[static_cast<std::size_t>(known)].period[k];
    return search(k, at);
}

} // namespace preempt::evidence
