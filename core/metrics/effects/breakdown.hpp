// Effects by group: segments, triggers, variants, hours. In: a table of messages and one of compared arms, by
// the same groups. Out: one row a group, with the test whether the groups differ at all, adjusted p-values,
// and what is left of each effect when luck is taken out (statistics.md 2.9, metrics.md M31, A38).
#pragma once

#include "core/evidence/evidence.hpp"
#include "core/metrics/results.hpp"
#include <span>

namespace preempt::metrics {

/// A group is ranked only with at least this many episodes in each arm (A38).
inline constexpr std::int64_t kLeastToRank = 20;
/// With more tests than this, Benjamini-Hochberg at 10% decides which effects hold (M31).
inline constexpr std::size_t kMostUnadjusted = 10;
inline constexpr double kFalseDiscovery = 0.10;

/// Do the groups' effects differ by more than chance? Cochran's Q and the spread of Paule & Mandel over
/// groups with both arms, with add-one variances.
struct Homogeneity {
    /// "differ" (p below 1 - level), "cannot_be_told", "not_tested" (fewer than two groups with both arms).
    std::string verdict = "not_tested";
    std::int64_t groups = 0;
    std::optional<double> q, p;
    std::optional<double> i_squared;   ///< share of the variation that is not chance
    std::optional<double> tau_squared; ///< variance between groups
    Estimate mean;                     ///< of the groups' effects
};
BOOST_DESCRIBE_STRUCT(Homogeneity, (), (verdict, groups, q, p, i_squared, tau_squared, mean))

struct BreakdownRow {
    std::string label;      ///< "" = not stated in the data
    std::int32_t group = 0; ///< place in the order of the rows; of weekdays, hours, numbers: which
    std::int64_t episodes = 0, contacted = 0; ///< of messages
    Estimate no_contact;
    std::int64_t holdout_episodes = 0, holdout_contacted = 0, treated_episodes = 0, treated_contacted = 0;
    Estimate effect, prevented, relative_reduction;
    std::optional<double> p;          ///< dual to the interval of `effect`
    std::optional<double> p_adjusted; ///< as Breakdown::adjustment; null where nothing is adjusted
    /// The effect drawn towards the mean of all by as much of the spread as is chance. Sort by this.
    Estimate shrunken;
    /// 1 = prevents most, by `shrunken`. Null with fewer than 20 episodes in an arm, and for all groups
    /// unless they differ.
    std::optional<std::int32_t> rank;
    /// "prevents", "causes", "cannot_tell" (also: does not hold after adjustment), "too_few", "not_covered".
    std::string verdict = "not_covered";
    std::optional<double> detectable_drop; ///< smallest drop seen with 80% power at this size
    bool descriptive = false;              ///< not randomised at this point: no cause may be read from it
};
BOOST_DESCRIBE_STRUCT(BreakdownRow, (),
                      (label, group, episodes, contacted, no_contact, holdout_episodes, holdout_contacted,
                       treated_episodes, treated_contacted, effect, prevented, relative_reduction, p,
                       p_adjusted, shrunken, rank, verdict, detectable_drop, descriptive))

struct Breakdown {
    std::string attribute;              ///< "" = none chosen
    std::vector<std::string> available; ///< attributes that the data has
    std::string basis;                  ///< of the effects: "holdout", "matched", "" = none
    bool known_in_both_arms = false;    ///< else there is no effect per row, only the no-contact rate
    std::string adjustment;             ///< "benjamini_hochberg", "holm", "" = none
    Homogeneity homogeneity;
    std::vector<BreakdownRow> rows; ///< largest first; of weekdays, hours and numbers in their order
};
BOOST_DESCRIBE_STRUCT(Breakdown, (),
                      (attribute, available, basis, known_in_both_arms, adjustment, homogeneity, rows))

/// What is broken down, and how.
struct Cut {
    const evidence::Table* messages = nullptr; ///< rates; may be null
    const evidence::Table* compared = nullptr; ///< two arms; null = no effects
    std::span<const std::string> strata;       ///< names of the strata of `compared`
    const char* basis = "";
    /// All groups against the held-out of group 0 (variants, lags), not each against its own.
    bool common_baseline = false;
    enum class Adjust : std::uint8_t { automatic, holm } adjust = Adjust::automatic;
    enum class Order : std::uint8_t { size, group } order = Order::size;
};
Breakdown break_down(const Cut& cut, double level);

/// Rung 5's table where there is a holdout that can be believed, else rung 4's first source, else null.
struct Baseline {
    const evidence::Table* table = nullptr;
    std::span<const std::string> strata;
    const char* basis = "";
};
Baseline choose_baseline(const evidence::Evidence& evidence, const Comparison& holdout,
                         const Comparison& matched, const evidence::Table& assignments,
                         const evidence::Table* by_signal);

/// The breakdown that was asked for. An attribute that fewer than 95% of those not messaged state compares
/// people who differ: then there is no effect per row.
Breakdown breakdown_asked(const evidence::Evidence& evidence, const Comparison& holdout,
                          const Comparison& matched, double level);

} // namespace preempt::metrics
