// "Why does my boss's dashboard say 90%?" The same data under each published definition, side by side. In:
// the computed metrics and the cells. Out: one row a definition, with its value and what it does differently
// from the headline, as codes with numbers.
#pragma once

#include "core/metrics/catalogue.hpp"

namespace preempt::metrics {

struct ReconciliationRow {
    std::string id;         ///< code, see kDefinitions in the .cpp
    std::string who;        ///< whose definition
    std::string definition; ///< in a sentence
    std::string formula;
    std::string metric; ///< id in the catalogue, "" = ours has none
    std::string unit;   ///< as Metric::unit
    std::int32_t rung = -1;
    std::int64_t numerator = 0, denominator = 0;
    Estimate estimate;
    std::string missing; ///< code when there is no value
    bool headline = false;
    /// Why it differs from the headline: code, in words, and how many.
    std::vector<Count> why;
    std::optional<double> gap; ///< value - headline, where both are shares or points
};
BOOST_DESCRIBE_STRUCT(ReconciliationRow, (),
                      (id, who, definition, formula, metric, unit, rung, numerator, denominator, estimate,
                       missing, headline, why, gap))

struct Reconciliation {
    std::vector<ReconciliationRow> rows;
    /// Ids of rows with a value, from the largest claim to the best supported figure: "claimed 90% -> no
    /// contact 88% -> prevented 10%".
    std::vector<std::string> chain;
};
BOOST_DESCRIBE_STRUCT(Reconciliation, (), (rows, chain))

Reconciliation reconcile(const Basis& basis, const std::vector<Metric>& metrics,
                         const std::vector<Rung>& ladder);

} // namespace preempt::metrics
