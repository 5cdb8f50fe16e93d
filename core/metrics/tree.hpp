// The metric tree (metrics.md 7): prevention as the product of detection, reach, precision and message, for
// the whole, for each segment and each period, with owners. In: evidence and the comparison that leads. Out:
// values with intervals, and what moved between the last two complete periods.
//
//   prevented per outreach        P / n       = p_c x m
//   share of would-be contacts    P / (C + P) = d x r x m
//
// C contacts in scope, n treated episodes with a baseline, p_c baseline contact rate standardised to the
// treated (statistics.md 0), p_t contact rate of the treated, P = n (p_c - p_t), U contacts that followed a
// signal nobody acted on; d = (p_c n + U) / (C + P), r = p_c n / (p_c n + U), m = 1 - p_t / p_c.
//
// Intervals: parametric bootstrap over strata, fixed seed (statistics.md 2.12). Units cannot be drawn again
// from cells, so rates are drawn from effective counts (repeated outreach divides them by the design effect)
// and counts of contacts as Poisson. Prevented contacts, in all and per outreach, and the message effect
// carry the comparison's own score intervals: two intervals of one number would only confuse.
#pragma once

#include "core/metrics/change.hpp"
#include "core/metrics/results.hpp"
#include "core/metrics/slices.hpp"
#include "core/stats/draws.hpp"
#include "core/stats/proportion.hpp"
#include <boost/describe.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace preempt::metrics {

/// `id`: "per_outreach", "share_of_demand", "detection", "reach", "precision", "message"; in
/// MetricTree::measurement "holdout_share", "matured_share", "match_rate", "rung".
struct TreeNode {
    std::string id;
    std::string branch; ///< "outcome", "detection", "targeting", "message", "measurement"
    Estimate estimate;
    std::string missing; ///< code, where there is no value
};
BOOST_DESCRIBE_STRUCT(TreeNode, (), (id, branch, estimate, missing))

struct Tree {
    std::string label;            ///< of the segment, "" = the whole or not stated
    std::string start, end;       ///< of the period, local days, end exclusive; "" = everything
    bool complete = true;         ///< of the period
    std::int64_t outreaches = 0;  ///< n
    std::int64_t not_covered = 0; ///< treated episodes without a baseline: no part of n
    std::int64_t contacts = 0;    ///< C
    std::int64_t unacted = 0;     ///< U
    Estimate prevented;           ///< P
    std::vector<TreeNode> nodes;
};
BOOST_DESCRIBE_STRUCT(Tree, (),
                      (label, start, end, complete, outreaches, not_covered, contacts, unacted, prevented,
                       nodes))

/// T8, in the order accountable, responsible, consulted, informed.
struct BranchOwner {
    std::string branch, id, name, team, raci, handle;
};
BOOST_DESCRIBE_STRUCT(BranchOwner, (), (branch, id, name, team, raci, handle))

/// What one sentence needs: the part that moved the outcome most, among those whose interval excludes 0.
struct Mover {
    bool found = false;
    std::string period, outcome; ///< as in Change
    std::string from_start, to_start, to_end;
    Estimate change;
    Contribution contribution;
    std::string group;      ///< that moved this part most, "" = none stands out
    BranchOwner owner;      ///< accountable, else responsible for the branch; empty fields = nobody named
    std::string recheck_on; ///< local day when the next such period is complete
};
BOOST_DESCRIBE_STRUCT(Mover, (),
                      (found, period, outcome, from_start, to_start, to_end, change, contribution, group,
                       owner, recheck_on))

struct MetricTree {
    bool available = false;
    std::string missing; ///< code, when not available
    std::string basis;   ///< as Comparison::basis
    /// Codes: "no_signals" (U is not known: reach is 1 by definition and detection counts only what was acted
    /// on), "withheld" (the comparison is too small for a verdict), "not_covered".
    std::vector<std::string> cautions;
    Tree whole;
    std::string attribute;    ///< of `groups`, "" = no breakdown asked for
    std::vector<Tree> groups; ///< largest first
    std::vector<Tree> week, month, quarter;
    std::vector<TreeNode> measurement;
    std::vector<BranchOwner> owners;
    std::vector<Change> changes; ///< last two complete weeks, months, quarters; each for three outcomes
    Mover mover;
};
BOOST_DESCRIBE_STRUCT(MetricTree, (),
                      (available, missing, basis, cautions, whole, attribute, groups, week, month, quarter,
                       measurement, owners, changes, mover))

/// `headline_rung`: of the ladder. Not available without a comparison, or with one that is withheld for
/// another reason than its size.
MetricTree metric_tree(const evidence::Evidence& evidence, const Comparison& leading, int headline_rung,
                       double level);

} // namespace preempt::metrics
