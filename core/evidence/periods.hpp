// Where a moment falls: its period in each series, its weekday and hour in the display zone. In: the span of
// the data and a zone. Out: look-ups that a walk over millions of rows can afford.
#pragma once

#include "core/base/instant.hpp"
#include <array>
#include <cstdint>
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
        std::uint32_t weekday;                          ///< 0 = Monday
        std::uint32_t hour;
    };

    /// Periods from the one that holds `first` to the one that holds `last`; none when `first` is kNoInstant.
    /// More than 1200 of a kind have a stray date among them: the last 1200 stand.
    Periods(Instant first, Instant last, const Zone& zone);

    const std::vector<Span>& spans(Period kind) const { return spans_[static_cast<std::size_t>(kind)]; }
    const Zone& zone() const { return zone_; }
    Place place(Instant at) const;
    std::uint32_t index(Period kind, Instant at) const;

  private:
    std::int32_t offset(Instant at) const;
    std::uint32_t search(std::size_t kind, Instant at) const;

    const Zone& zone_;
    std::array<std::vector<Span>, kPeriodKinds> spans_;
    std::int64_t first_day_ = 0; ///< local, since 1970
    std::vector<std::array<std::uint32_t, kPeriodKinds>> of_day_;
    std::int64_t first_hour_ = 0; ///< UTC, since 1970
    std::vector<std::int32_t> offset_of_hour_;
};

} // namespace preempt::evidence
