// Why is it as it is? Rules D01 to D22 (metrics.md 5.6): symptoms that fit a cause. In: facts. Out: the rules
// that fire with the numbers that fired them, those that do not, and those that the data cannot answer, with
// what is missing. Words are the page's.
#pragma once

#include "core/metrics/facts.hpp"
#include <boost/describe.hpp>
#include <span>
#include <string>
#include <vector>

namespace preempt::metrics {

struct Finding {
    std::string id;     ///< "D01"
    std::string branch; ///< of the tree: where the cause lies
    std::string detail; ///< code: which of the rule's ways fired, "" = it has one
    std::string label;  ///< campaign, group ... that it speaks of, "" = the whole
    /// "low", "medium", "high": one point if every number is clear, two with a holdout's effect, one with a
    /// matched one's; three are high, two medium.
    std::string confidence;
    std::vector<Quantity> numbers;
    std::vector<std::string> levers;  ///< "L01" ..., see levers.hpp
    std::string settles;              ///< code of the data that would settle it
    std::vector<std::string> sources; ///< items of sources.md
};
BOOST_DESCRIBE_STRUCT(Finding, (), (id, branch, detail, label, confidence, numbers, levers, settles, sources))

struct NotChecked {
    std::string id;
    std::vector<Lack> lacks;
};
BOOST_DESCRIBE_STRUCT(NotChecked, (), (id, lacks))

struct Diagnosis {
    std::vector<Finding> findings; ///< surest first
    std::vector<std::string> not_found;
    std::vector<NotChecked> not_checked;
};
BOOST_DESCRIBE_STRUCT(Diagnosis, (), (findings, not_found, not_checked))

/// One rule of the table.
struct Rule {
    const char* id;
    const char* branch;
    const char* levers;  ///< words with a space between
    const char* settles; ///< code
    const char* sources; ///< words with a space between
    Truth (*fires)(Look&);
};
std::span<const Rule> diagnosis_rules();

Diagnosis diagnose(const Facts& facts);

} // namespace preempt::metrics
