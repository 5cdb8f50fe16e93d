// Where a moment falls: its period in each series, its weekday and hour in the display zone. In: the span of
// the data and a zone. Out: look-ups that a walk over millions of rows can afford.
#pragma once

#include "core/base/instant.hpp"
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace preempt::evidence {

inline constexpr std::size_t kPeriodKinds = 4; ///< week, month, quarter, year, as in preempt::Period

class Periods {
  public:
    struct Span {
        Instant start, end;
    };
    struct Place {
        std::array<std::uint32_t, kPeriodKinds> period; ///< index; the number of periods = outside the series
        std::uint32_t month_number;                     ///< counts on outside the series too
        std::uint32_t weekday;                          ///< 0 = Monday
        std::uint32_t hour;
        std::int64_t local_day; ///< since 1970
    };

    /// Periods from the one that holds `first` to the one that holds `last`; none when `first` is kNoInstant.
    /// More than 1200 of a kind have a stray date among them: the last 1200 stand.
    Periods(Instant first, Instant last, const Zone& zone);

    const std::vector<Span>& spans(Period kind) const { return spans_[static_cast<std::size_t>(kind)]; }
    /// Months that have a number; those further away share the first and the last one.
    std::uint32_t month_numbers() const { return month_numbers_; }
    /// First local day of a month, YYYY-MM-DD.
    std::string month_name(std::uint32_t number) const;
    Place place(Instant at) const;
    std::uint32_t index(Period kind, Instant at) const;

  private:
    std::uint32_t month_number(std::int64_t local_day) const;
    std::int32_t offset(Instant at) const;
    std::uint32_t search(std::size_t kind, Instant at) const;

    const Zone& zone_;
    std::array<std::vector<Span>, kPeriodKinds> spans_;
    std::int64_t first_day_ = 0; ///< local, since 1970
    struct Day {
        std::array<std::uint32_t, kPeriodKinds> period;
        std::uint32_t month_number;
        std::uint32_t weekday;
    };
    std::vector<Day> of_day_;
    std::int64_t first_month_ = 0; ///< since the year 0, of month number 0
    std::uint32_t month_numbers_ = 1;
    std::int64_t first_hour_ = 0; ///< UTC, since 1970
    std::vector<std::int32_t> offset_of_hour_;
};

} // namespace preempt::evidence
