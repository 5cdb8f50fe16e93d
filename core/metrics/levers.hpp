// What to do about it: levers L01 to L14 (metrics.md 5.7) and L15, stop what causes contacts; each with its
// owner, the figure that it should move, the size of the prize where one can be told, and the day to look
// again. In: facts and findings. Out: cards for the levers that findings suggest.
#pragma once

#include "core/metrics/diagnosis.hpp"
#include <boost/describe.hpp>
#include <span>
#include <string>
#include <vector>

namespace preempt::metrics {

struct LeverCard {
    std::string id;                    ///< "L01"
    std::string branch;                ///< of the tree
    BranchOwner owner;                 ///< accountable, else responsible; empty = nobody named
    std::vector<std::string> findings; ///< that suggest it
    std::optional<Prize> prize;
    /// Code, where there is no prize: "no_groups" (nothing comparable in the data), "no_better_group" (no
    /// group that can be told does better), "not_a_group" (the lever is not a choice between groups).
    std::string no_prize;
    /// A row for the changes table (T10), to be completed with the day and an id.
    std::string trigger, content, expected_metric;
    std::int32_t expected_direction = 0;
    /// Days after the change at which its effect can be read: the first window is skipped, 28 days are
    /// measured, and their windows must end (5.5.14).
    double recheck_days = 0;
    std::vector<std::string> sources;
};
BOOST_DESCRIBE_STRUCT(LeverCard, (),
                      (id, branch, owner, findings, prize, no_prize, trigger, content, expected_metric,
                       expected_direction, recheck_days, sources))

/// One lever of the table. `prizes`: the breakdowns in which its prize is looked for, the first with one
/// wins.
struct Lever {
    const char* id;
    const char* branch;
    const char* metric;
    int direction;
    const char* sources; ///< words with a space between
    const char* prizes;  ///< of "asked", "triggers", "hour", "weekday", "variants"; "" = not a group
};
std::span<const Lever> levers();

/// L15 first, then the largest prize, then by the number of findings. L09 is suggested without a holdout and
/// L15 where a trigger is shown to cause contacts, whatever fires; what L15 stops sets no other prize.
std::vector<LeverCard> lever_cards(const Facts& facts, const Breakdown& triggers, const Diagnosis& diagnosis);

} // namespace preempt::metrics
