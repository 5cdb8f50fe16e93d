#include "core/evidence/row_codes.hpp"

#include "core/base/stretches.hpp"

#include <algorithm>
#include <limits>

namespace preempt::evidence {

using history::History;

namespace {

/// Numbers of codes, all combined, that a table of kinds may have.
constexpr std::uint64_t kMostNumbers = std::uint64_t{1} << 20;
/// Kinds times spans: cells that a walk has in hand (joint.hpp) and that should stay in the cache.
constexpr std::size_t kMostCells = std::size_t{1} << 16;
constexpr std::size_t kFewKinds = 64;
constexpr std::uint32_t kArms = 3;

template <class Take>
void each_of_unit(const History& history, const std::vector<Instant>& at,
                  const std::vector<std::uint32_t>& first, Take take) {
    in_stretches(history.units, [&](std::uint32_t unit) {
        const bool whole_days = !history.day_precision.empty() && history.day_precision[unit] != 0;
        for (auto row = first[unit]; row < first[unit + 1]; ++row)
            take(row, episodes::unit_clock(history, unit, at[row]), whole_days);
    });
}

/// Numbers the pairs of week and month that occur.
class SpanFinder {
  public:
    std::uint32_t operator()(std::int64_t local_day) {
        auto& known = recent_[static_cast<std::uint64_t>(local_day) % recent_.size()];
        if (known.day != local_day) known = {local_day, find(local_day)};
        return known.span;
    }
    std::vector<std::int64_t> days; ///< one of each span

  private:
    static constexpr std::int64_t kManyDays = 7'000'000;
    struct Known {
        std::int64_t day = std::numeric_limits<std::int64_t>::min();
        std::uint32_t span = 0;
    };

    std::uint32_t find(std::int64_t local_day) {
        const auto civil = instant_to_civil(local_day * kMillisecondsPerDay);
        const auto week = (local_day + 3 + kManyDays) / 7; // Mondays begin it; never negative
        const auto month = std::int64_t{civil.year} * 12 + civil.month;
        const auto [place, is_new] =
            number_.try_emplace({week, month}, static_cast<std::uint32_t>(days.size()));
        if (is_new) days.push_back(local_day);
        return place->second;
    }

    boost::unordered_flat_map<std::pair<std::int64_t, std::int64_t>, std::uint32_t> number_;
    std::vector<Known> recent_ = std::vector<Known>(4096); ///< by the day: eleven years stand side by side
};

} // namespace

RowCodes::RowCodes(const History& history, const Zone& zone, Log log) : log_(log) {
    const bool sent = log == Log::outreaches;
    const auto& at = sent ? history.outreaches.at : history.assignments.at;
    const auto& first = sent ? history.outreaches.first : history.assignments.first;
    moment_.resize(at.size());
    if (at.empty()) return;
    const auto [earliest, latest] = std::minmax_element(at.begin(), at.end());
    const Periods periods(*earliest, *latest, zone);
    SpanFinder span_of;
    each_of_unit(history, at, first, [&](std::uint32_t row, Instant start, bool whole_days) {
        const auto place = periods.place(start);
        const auto slot = whole_days ? 7 * 24 + place.weekday : place.weekday * 24 + place.hour;
        moment_[row] = span_of(place.local_day) << 8 | slot;
    });
    for (const auto day : span_of.days) // noon of a local day lies in that day whatever the offset
        spans_.push_back(zone.to_utc(day * kMillisecondsPerDay + kMillisecondsPerDay / 2).utc);
}

void RowCodes::find_kinds(const Setup& setup) {
    const auto& history = setup.history;
    const bool sent = log_ == Log::outreaches;
    const auto& unit = sent ? history.outreaches.unit : history.assignments.unit;
    const auto& log = sent ? history.outreaches.attribute : history.assignments.attribute;
    const Coder coder(setup, 0);
    const auto sizes = sent ? coder.message_sizes() : coder.assignment_sizes();
    const auto size_of = [&](Dim dim) { return sizes[static_cast<std::size_t>(dim)]; };

    // One number a row out of its codes, a dimension after the other as long as they are few enough.
    std::vector<std::uint32_t> number(unit.size(), 0);
    struct Digit {
        Dim dim;
        std::uint32_t size;
    };
    std::vector<Digit> digits;
    std::uint64_t numbers = 1;
    const auto add = [&](Dim dim, std::uint32_t size, auto code_of) {
        if (size == 0 || numbers * size > kMostNumbers) return;
        numbers *= size;
        digits.push_back({dim, size});
        in_stretches(static_cast<std::uint32_t>(number.size()),
                     [&](std::uint32_t row) { number[row] = number[row] * size + code_of(row); });
    };
    const auto add_attribute = [&](Dim dim, std::size_t attribute) {
        const AttributeOf code(history, log, attribute);
        add(dim, size_of(dim), [&](std::uint32_t row) { return code(row, unit[row]); });
    };
    if (!sent) {
        add(Dim::all, kArms,
            [&](std::uint32_t row) { return static_cast<std::uint32_t>(history.assignments.arm[row]); });
        const auto& stratum = setup.strata.of_row;
        add(Dim::stratum, size_of(Dim::stratum),
            [&](std::uint32_t row) { return stratum.empty() ? 0 : stratum[row]; });
    }
    add_attribute(Dim::type, history::kOutreachTypeAttribute);
    if (!setup.by.is_empty())
        add(Dim::by, size_of(Dim::by), [&](std::uint32_t row) {
            return sent ? setup.by.of_outreach(row, unit[row]) : setup.by.of_assignment(row, unit[row]);
        });
    add_attribute(Dim::trigger, history::kTriggerAttribute);
    add(Dim::health, size_of(Dim::health), [&](std::uint32_t row) { return setup.health[unit[row]]; });
    if (sent) // of assignments it hangs on what was sent in the window
        add(Dim::variant, size_of(Dim::variant),
            [&](std::uint32_t row) { return setup.variant.of_outreach(row, unit[row]); });

    // Those that occur; while they are too many the last dimension is left to the tables of its own.
    const auto most = std::max(kFewKinds, kMostCells / std::max<std::size_t>(1, spans_.size()));
    std::vector<std::uint16_t> kind_of;
    for (;;) {
        std::size_t occurring = 0;
        kind_of.assign(static_cast<std::size_t>(numbers), 0);
        for (const auto n : number)
            if (kind_of[n] == 0) {
                kind_of[n] = 1;
                ++occurring;
            }
        if (occurring <= most || digits.empty()) break;
        const auto size = digits.back().size;
        digits.pop_back();
        numbers /= size;
        for (auto& n : number)
            n /= size;
    }
    kinds_.clear();
    for (std::uint32_t n = 0; n < kind_of.size(); ++n) {
        if (kind_of[n] == 0) continue;
        kind_of[n] = static_cast<std::uint16_t>(kinds_.size());
        Kind kind;
        kind.arm = sent ? history::Arm::treated : history::Arm::none;
        auto left = n;
        for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
            const auto code = left % digit->size;
            left /= digit->size;
            if (digit->dim == Dim::all)
                kind.arm = static_cast<history::Arm>(code);
            else
                kind.codes[static_cast<std::size_t>(digit->dim)] = code;
        }
        kinds_.push_back(kind);
    }
    kind_.resize(number.size());
    in_stretches(number.size(), [&](std::size_t row) { kind_[row] = kind_of[number[row]]; });
    holds_.fill(false);
    for (const auto& digit : digits)
        holds_[static_cast<std::size_t>(digit.dim)] = true;
    holds_[static_cast<std::size_t>(Dim::all)] = true;
}

} // namespace preempt::evidence
