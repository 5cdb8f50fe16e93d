// Rung 4: without a random holdout, contacted against others who resemble them. In: evidence cells of two
// sources (signals that nobody acted on; customers not messaged at the same time) and their placebos. Out:
// the Comparison of the source that leads, and all that a reader needs to doubt it (metrics.md 5.5.8,
// statistics.md 2.14).
#pragma once

#include "core/metrics/compare.hpp"

namespace preempt::metrics {

/// Least share of contacted episodes in strata that have somebody to compare with.
inline constexpr double kLeastCoverage = 0.60;

/// One source of a baseline. `difference` and what follows from it are null where its placebo failed.
struct MatchedSource {
    std::string id; ///< "signals_not_acted_on", "same_time_customers"
    bool available = false, leads = false;
    std::string missing; ///< code, when not available
    Arm baseline, treated;
    Estimate difference, relative_reduction, prevented;
    std::string verdict, withheld_why; ///< as Comparison
    std::int64_t covered = 0, not_covered = 0;
    std::optional<double> coverage; ///< covered / all contacted
    Placebo placebo;
    /// What hides could have, at least, with both being messaged and contacting to explain the estimate, and
    /// its limit nearer to no effect: a risk ratio (VanderWeele & Ding 2017). 1 = anything explains it.
    std::optional<double> e_value, e_value_limit;
    /// Which way the source errs, codes: "worst_first" (teams act on the worst signals first: too low),
    /// "skipped_when_busy" (left out for lack of time: either way), "messaged_for_a_reason" (those messaged
    /// were more likely to contact: too low), "quiet_until_sent" (clock at sending: they had to be quiet
    /// until then, too high).
    std::vector<std::string> bias;
};
BOOST_DESCRIBE_STRUCT(MatchedSource, (),
                      (id, available, leads, missing, baseline, treated, difference, relative_reduction,
                       prevented, verdict, withheld_why, covered, not_covered, coverage, placebo, e_value,
                       e_value_limit, bias))

/// The same question answered another way.
struct MatchedMethod {
    std::string source; ///< MatchedSource::id
    std::string method; ///< "stratified" (contacted weights), "mantel_haenszel", "unstratified"
    Estimate difference;
};
BOOST_DESCRIBE_STRUCT(MatchedMethod, (), (source, method, difference))

struct Matching {
    std::vector<MatchedSource> sources; ///< signals first
    std::vector<MatchedMethod> methods; ///< of sources whose placebo did not fail
    std::optional<double> low, high;    ///< smallest and largest estimate over the methods
    bool one_sign = false;              ///< all methods' estimates lie on one side of 0
    std::int64_t clock_at_send = 0;     ///< contacted episodes whose signal is not known
};
BOOST_DESCRIBE_STRUCT(Matching, (), (sources, methods, low, high, one_sign, clock_at_send))

struct Matched {
    Comparison leading;
    Matching matching;
};

/// The source that leads: coverage of 60% and a placebo that passed, then one that was too small to tell,
/// then the rest; signals first. Verdict: as decide(), withheld on "coverage" and "placebo", both without an
/// estimate; "cannot_tell" where another sound source says the opposite.
Matched compare_matched(const evidence::Evidence& evidence, double level, const Plan& plan = {});

} // namespace preempt::metrics
