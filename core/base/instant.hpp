// Instants, civil time and time zones, without a clock and without a locale.
// In: milliseconds, civil fields, and a zone's list of offset changes (handed in by the caller: the core has
// no zone database). Out: instants, civil fields, the starts of weeks, months and quarters as a person in
// that zone counts them.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace preempt {

/// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
using Instant = std::int64_t;
inline constexpr Instant kNoInstant = std::numeric_limits<Instant>::min();
inline constexpr std::int64_t kMillisecondsPerDay = 86'400'000;

struct CivilTime {
    std::int32_t year = 1970;
    std::int32_t month = 1; ///< 1 to 12
    std::int32_t day = 1;   ///< 1 to 31
    std::int32_t hour = 0, minute = 0, second = 0, millisecond = 0;
};

/// Days since 1970-01-01 in the proleptic Gregorian calendar.
std::int64_t days_from_civil(std::int32_t year, std::int32_t month, std::int32_t day);
bool is_valid_date(std::int32_t year, std::int32_t month, std::int32_t day);
/// The civil time read as if its zone were UTC.
Instant civil_to_instant(const CivilTime& time);
CivilTime instant_to_civil(Instant as_if_utc);

/// A zone as its list of offset changes. Before the first change the first offset holds; after the last, the
/// last.
class Zone {
  public:
    struct Change {
        Instant from;            ///< UTC instant from which `offset` holds
        std::int32_t offset = 0; ///< milliseconds to add to UTC to get local time
    };
    enum class Reading { unique, ambiguous, nonexistent };
    struct Resolved {
        Instant utc;
        Reading reading;
    };

    static Zone utc();
    /// `changes` ascending by `from`, at least one entry (the first one's `from` is ignored).
    Zone(std::string name, std::vector<Change> changes);

    const std::string& name() const { return name_; }
    const std::vector<Change>& changes() const { return changes_; }
    std::int32_t offset_at(Instant utc) const;
    Instant to_local(Instant utc) const { return utc + offset_at(utc); }
    /// Local (as if UTC) to UTC. A time that does not exist is shifted forward by the gap; one that occurs
    /// twice takes the earlier instant (metrics.md 5.2-5). Both are told in `reading`, so that they can be
    /// counted.
    Resolved to_utc(Instant local) const;

  private:
    std::string name_;
    std::vector<Change> changes_;
};

enum class Period { week, month, quarter, year };
/// The first instant (UTC) of the period that holds `at`, in `zone`; weeks begin on Monday (ISO 8601).
Instant period_start(Instant at, const Zone& zone, Period period);
/// The first instant of the period after the one that holds `at`.
Instant next_period_start(Instant at, const Zone& zone, Period period);
/// The first instant of the local day that holds `at`.
Instant local_day_start(Instant at, const Zone& zone);
/// `YYYY-MM-DD` of the local day that holds `at`.
std::string local_date(Instant at, const Zone& zone);
/// `YYYY-MM-DDTHH:MM:SSZ`, with `.mmm` only when it is not zero.
std::string iso_utc(Instant at);

} // namespace preempt
