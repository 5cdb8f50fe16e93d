// Why the no-contact rate changed (M33): other kinds of outreach, or the same kinds doing differently. In:
// message episodes by month and outreach type. Out: an exact split in two with intervals.
#pragma once

#include "core/metrics/catalogue.hpp"

namespace preempt::metrics {

struct MixGroup {
    std::string label; ///< outreach type, "" = not stated
    std::int64_t episodes_from = 0, silent_from = 0, episodes_to = 0, silent_to = 0;
    double mix = 0;  ///< (share now - share before) x mean rate; the groups' parts sum to the mix
    Estimate within; ///< mean share x (rate now - rate before)
};
BOOST_DESCRIBE_STRUCT(MixGroup, (), (label, episodes_from, silent_from, episodes_to, silent_to, mix, within))

/// total = mix + within, exactly. Positive: more silence.
struct MixChange {
    std::string missing;  ///< code, "" = there is one
    std::string from, to; ///< first days of the two months
    std::int64_t episodes_from = 0, silent_from = 0, episodes_to = 0, silent_to = 0;
    Estimate total, mix, within;
    std::vector<MixGroup> groups;
};
BOOST_DESCRIBE_STRUCT(MixChange, (),
                      (missing, from, to, episodes_from, silent_from, episodes_to, silent_to, total, mix,
                       within, groups))

/// Between the last two complete adjacent months. Kitagawa's split with mean weights (core/stats/
/// decomposition.hpp); a type that one month lacks has the other month's rate, so that it counts as mix
/// alone. Intervals: MOVER from the rates' Wilson intervals (effective counts), shares taken as they are.
MixChange mix_change(const Basis& basis);

} // namespace preempt::metrics
