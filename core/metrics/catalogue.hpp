// The catalogue: every metric as one row of data (metrics.md 5.4) with the function that computes it from
// evidence. The page, the automation and the documentation are all made from this table; adding a metric is
// adding a row.
#pragma once

#include "core/evidence/evidence.hpp"
#include "core/metrics/compare.hpp"
#include "core/metrics/plan.hpp"
#include "core/metrics/results.hpp"
#include <span>
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

struct Entry {
    const char* id;
    const char* name;
    const char* unit; ///< "share", "points", "ratio", "count", "minutes"
    int rung;         ///< on the ladder, -1 = a companion
    const char* numerator_of;
    const char* denominator_of;
    const char* definition;
    std::vector<const char*> sources;
    void (*compute)(const Basis&, Metric&);
};

std::span<const Entry> catalogue();
/// All rows of the catalogue, computed; a metric that the data cannot support says what is missing.
std::vector<Metric> compute_all(const Basis& basis);

/// Rungs 0 to 5 from the computed metrics; the highest supported one is marked as headline.
std::vector<Rung> ladder(const std::vector<Metric>& metrics, const Basis& basis);

} // namespace preempt::metrics
