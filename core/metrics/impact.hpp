// Did a change help? For each change that somebody wrote down (T10): the figure before against after, beyond
// what happened elsewhere at the same time (metrics.md 5.5.14, statistics.md 2.13). In: the cells of the
// spans around it. Out: a verdict, the numbers behind it, and what keeps it from being verified.
#pragma once

#include "core/metrics/catalogue.hpp"
#include <boost/describe.hpp>
#include <string>
#include <vector>

namespace preempt::metrics {

struct VerifiedImpact {
    std::string change, made_on, branch, trigger, content, owner, note; ///< T10; made_on a local day
    std::string expected_metric;                                        ///< as somebody wrote it
    std::int32_t expected_direction = 0; ///< of that metric; 0 = not stated: better is expected
    /// What was measured: "M06" (prevented per outreach, with a holdout), "M04" (silence), "M08" (induced
    /// contacts, where that is named). A metric that cells do not hold is answered by M06 or M04.
    std::string measured;
    bool as_named = false; ///< `measured` is what expected_metric names
    std::string before_start, before_end, after_start, after_end; ///< local days, ends exclusive
    std::string complete_on; ///< local day on which all windows are over; "" = they are
    Estimate affected_before, affected_after, others_before, others_after;
    /// M06: after - before. Else (after - before) of what the change touched minus the same of the rest,
    /// where there is a rest. Interval by MOVER.
    Estimate effect;
    bool controlled = false; ///< a holdout at the same time, or a rest to set it against
    /// "moved_as_expected", "moved_other_way", "no_measurable_move", "too_early", "not_measurable"
    std::string verdict;
    bool verified = false; ///< moved, and nothing in `unmet`
    /// Codes: "no_holdout", "no_design_share" (the sample ratio cannot be tested), "sample_ratio", "placebo",
    /// "no_placebo", "no_rest", "watched" (looked at more than once, and the sequential interval holds 0).
    std::vector<std::string> unmet;
    Estimate placebo; ///< the same difference for contacts that the change cannot have moved
    std::optional<double> sample_ratio_p_before, sample_ratio_p_after;
};
BOOST_DESCRIBE_STRUCT(VerifiedImpact, (),
                      (change, made_on, branch, trigger, content, owner, note, expected_metric,
                       expected_direction, measured, as_named, before_start, before_end, after_start,
                       after_end, complete_on, affected_before, affected_after, others_before, others_after,
                       effect, controlled, verdict, verified, unmet, placebo, sample_ratio_p_before,
                       sample_ratio_p_after))

/// What happened to the team rather than being changed by it: an outage explains a peak of contacts (M09).
struct Incident {
    std::string id, day, trigger, note; ///< T10; a local day
};
BOOST_DESCRIBE_STRUCT(Incident, (), (id, day, trigger, note))

/// By time.
std::vector<Incident> incidents(const Basis& basis);

/// One row a change, the latest first; incidents are none.
std::vector<VerifiedImpact> verified_impacts(const Basis& basis);

} // namespace preempt::metrics
