// What a walk found of each episode, small enough to keep: the tables are counted from it, one after the
// other with little in hand, and those of another breakdown without looking at the logs again. In: episodes
// of one population, unit by unit. Out: what each adds to cells, by the row that begins it.
#pragma once

#include "core/base/stretches.hpp"
#include "core/evidence/cells.hpp"
#include <vector>

namespace preempt::evidence {

class KeptEpisodes {
  public:
    void begin_unit() { unit_begins_ = true; }
    void add(const episodes::Episode& episode);
    /// Forgets all but the memory.
    void clear();
    /// Calls use(row, addend, nth) for each, nth = which of its unit, from 0. `log`: Outreaches or
    /// Assignments. The addend has no arm: rows have.
    template <class Log, class Use>
    void each(const history::History& history, const Log& log, Use use) const {
        const bool by_day = !history.day_precision.empty();
        std::uint32_t nth = 0;
        auto large = large_.begin();
        in_stretches(all_.size(), [&](std::size_t place) {
            const auto& one = all_[place];
            nth = (one.bits & kBegins) != 0 ? 0 : nth + 1;
            const auto at = log.at[one.row];
            auto addend = addend_of(one, by_day ? episodes::unit_clock(history, log.unit[one.row], at) : at);
            if (one.dose == kLarge) {
                addend.dose = large->dose;
                if (addend.is_counted()) {
                    addend.tally[Addend::contacts] = large->contacts;
                    addend.tally[Addend::messages] = large->dose;
                }
                ++large;
            }
            use(one.row, addend, nth);
        });
    }

  private:
    struct One {
        std::uint32_t row;
        std::uint16_t contacts, dose; ///< where dose is kLarge `large_` has them, and contacts is 0 or 1
        std::uint8_t day;             ///< of the first contact, kDelayDays = none
        std::uint8_t bits;            ///< state, and above it flags
    };
    struct Large {
        std::uint32_t contacts, dose;
    };
    static constexpr std::uint16_t kLarge = 0xFFFF;
    static constexpr unsigned kStates = 7, kInduced = 8, kConfirmed = 16, kTruncated = 32, kDelivered = 64,
                              kBegins = 128; ///< bits
    /// As Addend(outcome_of(episode)), without a branch.
    static Addend addend_of(const One& one, Instant start) {
        using episodes::State;
        const unsigned state = one.bits & kStates;
        const bool counted = state == static_cast<unsigned>(State::counted);
        const auto one_if = [](bool is) { return is ? 1U : 0U; };
        const auto if_set = [&](unsigned flag) { return one_if(counted && (one.bits & flag) != 0); };
        const auto if_in = [&](State which) { return one_if(state == static_cast<unsigned>(which)); };
        const auto if_counted = 0U - one_if(counted);
        Addend addend;
        addend.put(Addend::episodes, Addend::Four{1U & if_counted, one_if(one.contacts > 0) & if_counted,
                                                  one.contacts & if_counted, one.dose & if_counted});
        addend.put(Addend::induced, Addend::Four{if_set(kInduced), if_set(kConfirmed), if_set(kTruncated),
                                                 if_set(kDelivered)});
        addend.put(Addend::reactive, Addend::Four{if_in(State::reactive), if_in(State::pending),
                                                  if_in(State::censored), if_in(State::dropped)});
        addend.start = start;
        addend.dose = one.dose;
        addend.pending_start = state == static_cast<unsigned>(State::pending) ? start : kNoInstant;
        addend.day = counted ? one.day : static_cast<std::uint32_t>(kDelayDays);
        return addend;
    }

    std::vector<One> all_;
    std::vector<Large> large_; ///< in the order of the episodes
    bool unit_begins_ = true;
};

} // namespace preempt::evidence
