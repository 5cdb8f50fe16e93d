// The catalogue: every metric M01 to M36 as one row of data (metrics.md 5.4) and the function that computes
// it from evidence. The page, its method box and the documentation are made from this table; adding a metric
// is adding a row and a function.
#pragma once

#include "core/evidence/evidence.hpp"
#include "core/metrics/compare.hpp"
#include "core/metrics/plan.hpp"
#include "core/metrics/results.hpp"
#include <span>
#include <string_view>
#include <vector>

namespace preempt::metrics {

/// What the metrics' functions see.
struct Basis {
    const evidence::Evidence& evidence;
    const Comparison& holdout;
    const Comparison& matched;
    double level;
    const Plan& plan;
};

/// What a metric is, without data. Lists are words with a space between.
struct Text {
    const char* id = "";
    const char* name = "";
    const char* unit = "";      ///< as Metric::unit
    int rung = -1;              ///< on the ladder, -1 = a companion
    const char* indicator = ""; ///< "leading" or "lagging" (A15)
    const char* side = "";      ///< "input" or "outcome" (S1-44)
    const char* branch = "";    ///< of the tree, "" = an outcome
    const char* needs = ""; ///< kinds of files, those it cannot do without first; "selfservice", "periods"
    const char* numerator_of = "";
    const char* denominator_of = "";
    const char* definition = "";
    const char* formula = "";
    const char* interval = "";
    const char* excluded = "";
    const char* default_reason = ""; ///< why the defaults are what they are, with the places in 5.9
    const char* sources = "";        ///< items of sources.md
    const char* shown_in = "";       ///< as Metric::shown_in
};

std::span<const Text> catalogue();
/// The words of a list of the table above.
std::vector<std::string> words_of(std::string_view list);

/// All rows of the catalogue, computed; a metric that the data cannot support says what is missing. M03P is
/// among them only for typed numbers.
std::vector<Metric> compute_all(const Basis& basis);

/// Rungs 0 to 5 from the computed metrics; the highest supported one is marked as headline.
std::vector<Rung> ladder(const std::vector<Metric>& metrics, const Basis& basis);

/// M24: cells (strata) of low risk in which no effect is seen: candidates to leave alone. Cells are those of
/// the holdout where it has several, else those of the matched comparison. Low risk: a baseline rate below
/// the median over messaged episodes. Only cells with 20 episodes in both arms are looked at (A38).
struct LowRisk {
    std::int64_t episodes = 0, of = 0; ///< messaged episodes in such cells, and in all cells looked at
    std::int64_t too_small = 0;        ///< messaged episodes in cells that are too small
    double median = 0;                 ///< baseline rate
    std::vector<std::string> cells;    ///< names of the cells of low risk
};
LowRisk low_risk(const evidence::Evidence& evidence, double level);

} // namespace preempt::metrics
