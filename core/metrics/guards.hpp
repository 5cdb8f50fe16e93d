// Mistakes that the product must prevent (metrics.md 5.8): G01 to G22. In: facts. Out: for each what it did
// with these data: left rows out, set a figure apart, held a verdict back.
#pragma once

#include "core/metrics/facts.hpp"
#include <boost/describe.hpp>
#include <string>
#include <vector>

namespace preempt::metrics {

struct Guard {
    std::string id;         ///< "G01"
    std::string state;      ///< "acting" (it changed something here), "ok" (nothing to do), "not_applicable"
    std::int64_t count = 0; ///< how many of `of` it acted on
    std::string of; ///< "episodes", "messages", "contacts", "answers", "ranges", "groups", "units" ...
    std::optional<double> value; ///< where it is no count: what the mistake would have given, or a share
};
BOOST_DESCRIBE_STRUCT(Guard, (), (id, state, count, of, value))

/// All 22, in order.
std::vector<Guard> guards(const Facts& facts);

} // namespace preempt::metrics
