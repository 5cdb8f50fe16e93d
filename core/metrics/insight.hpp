// What follows from the numbers: which triggers to keep, whether changes helped. In: the results of the
// other chapters. Out: one chapter of the report.
#pragma once

#include "core/metrics/impact.hpp"
#include "core/metrics/playbook.hpp"
#include <boost/describe.hpp>
#include <vector>

namespace preempt::metrics {

struct Insight {
    Playbook playbook;
    std::vector<VerifiedImpact> impacts;
};
BOOST_DESCRIBE_STRUCT(Insight, (), (playbook, impacts))

Insight insight(const Basis& basis);

} // namespace preempt::metrics
