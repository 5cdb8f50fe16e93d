// Why did an outcome of the metric tree change from one period to the next? In: what the tree is made of, in
// both periods, by group. Out: contributions that sum to the change exactly, each with an interval.
// Groups: mix and within with mean weights (M33; Kitagawa 1955). Factors: Shapley value of the product
// (statistics.md 2.12), which stays defined at zero and for negative effects.
#pragma once

#include "core/evidence/cells.hpp"
#include "core/metrics/results.hpp"
#include "core/stats/draws.hpp"
#include "core/stats/proportion.hpp"
#include <boost/describe.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace preempt::metrics {

/// The five numbers that every node of the tree is a function of.
struct TreeState {
    double outreaches = 0; ///< n
    double baseline = 0;   ///< p_c
    double treated = 0;    ///< p_t
    double contacts = 0;   ///< C
    double unacted = 0;    ///< U
    double prevented() const { return outreaches * (baseline - treated); }
    double per_outreach() const { return baseline - treated; }
    double share_of_demand() const; ///< NaN where nobody would have contacted
    double detection() const;       ///< NaN as above
    double reach() const;           ///< NaN where no would-be contact was foreseen
    double message() const;         ///< NaN where the baseline is 0
};

/// A state with what a bootstrap needs.
struct Ingredients {
    bool available = false; ///< some stratum has both arms
    bool contacts_known = false;
    TreeState state;
    stats::Arm baseline{0, 0}, treated{0, 0}; ///< effective counts behind the two rates
    std::int64_t not_covered = 0;
    /// Where the draws begin: the same numbers have the same draws wherever they are shown, other numbers
    /// independent ones.
    std::uint64_t seed = 0;
};
/// From the cells of both arms, by stratum. Strata without both arms are left out; the baseline of the rest
/// is weighted by their treated episodes.
Ingredients ingredients(std::span<const evidence::Cell> cells);
void set_contacts(Ingredients& into, std::int64_t contacts, std::int64_t unacted);

/// The states that may lie behind `from`, one a draw.
std::vector<TreeState> drawn_states(const Ingredients& from);

/// `value` with the percentile interval of its draws, widened to hold the value. NaN draws are skipped; the
/// draws' order is lost.
Estimate drawn_estimate(double value, std::vector<double>& draws, double level);

/// `id`: "volume", "mix", "detection", "reach", "precision", "message", or "within" where the baseline of a
/// group is 0 and precision and message cannot be told apart.
struct Contribution {
    std::string id, branch; ///< branch as TreeNode::branch; of volume and mix "targeting"
    Estimate estimate;
    bool clear = false; ///< the interval excludes 0; grey otherwise
};
BOOST_DESCRIBE_STRUCT(Contribution, (), (id, branch, estimate, clear))

/// One group's part in the change: mix + precision + message (or mix + within) sum over groups to the whole
/// contributions.
struct GroupChange {
    std::string label;
    std::int64_t outreaches_from = 0, outreaches_to = 0;
    std::optional<double> from, to; ///< prevented per outreach; null = no comparison in that period
    double mix = 0, within = 0;
    std::optional<double> precision, message; ///< parts of within
};
BOOST_DESCRIBE_STRUCT(GroupChange, (),
                      (label, outreaches_from, outreaches_to, from, to, mix, within, precision, message))

struct Change {
    std::string period;  ///< "week", "month", "quarter"
    std::string outcome; ///< "per_outreach", "prevented", "share_of_demand"
    std::string from_start, from_end, to_start, to_end;
    std::string missing; ///< code, when there is nothing to tell
    /// Of the outcome; over several groups standardised to them, which the trees of the periods are not.
    Estimate from, to, change;
    bool clear = false;
    std::vector<Contribution> contributions;
    std::vector<GroupChange> groups; ///< of per_outreach only; largest part first
};
BOOST_DESCRIBE_STRUCT(Change, (),
                      (period, outcome, from_start, from_end, to_start, to_end, missing, from, to, change,
                       clear, contributions, groups))

struct GroupIngredients {
    std::string label;
    Ingredients from, to;
};

/// Change of prevented per outreach and of prevented contacts over the groups (one group: factors only), and
/// of the share of demand of the whole. Periods are filled in by the caller.
std::vector<Change> changes(std::span<const GroupIngredients> groups, const GroupIngredients& whole,
                            double level);

} // namespace preempt::metrics
