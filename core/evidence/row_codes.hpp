// What each row of a log is to the tables, whatever the window. In: a History, and of a question its zone,
// strata and groups. Out: per row a kind (the codes that the row states) and a moment (its period, weekday
// and hour). Computed once; the walks of every window and filter look it up.
#pragma once

#include "core/evidence/coder.hpp"
#include <vector>

namespace preempt::evidence {

enum class Log : std::uint8_t { outreaches, assignments };

class RowCodes {
  public:
    struct Kind {
        Dims codes{}; ///< in the dimensions that stand in the kinds
        history::Arm arm = history::Arm::none;
    };
    /// Weekday * 24 + hour; behind them the weekdays of rows without a time of day.
    static constexpr std::uint32_t kSlots = 7 * 24 + 7;

    /// The moments, in the zone of `question`.
    RowCodes(const history::History& history, const Zone& zone, Log log);
    /// The kinds, by the strata and groups of `setup`. A dimension with too many codes stands in none.
    void find_kinds(const Setup& setup);

    std::uint32_t kind(std::uint32_t row) const { return kind_[row]; }
    std::uint32_t span(std::uint32_t row) const { return moment_[row] >> 8; }
    std::uint32_t slot(std::uint32_t row) const { return moment_[row] & 0xFF; }
    const std::vector<Kind>& kinds() const { return kinds_; }
    /// Per span a moment in it: all moments of a span lie in the same periods.
    const std::vector<Instant>& spans() const { return spans_; }
    bool holds(Dim dim) const { return holds_[static_cast<std::size_t>(dim)]; }

  private:
    Log log_;
    std::vector<std::uint32_t> moment_; ///< span << 8 | slot
    std::vector<std::uint16_t> kind_;
    std::vector<Kind> kinds_;
    std::vector<Instant> spans_;
    std::array<bool, kDims> holds_{};
};

} // namespace preempt::evidence
