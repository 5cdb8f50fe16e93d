// What follows from the numbers: which triggers to keep, why things are as they are, what to do, what the
// guards did, whether changes helped, and answers to questions. In: the chapters of the report. Out: one
// more.
#pragma once

#include "core/metrics/guards.hpp"
#include "core/metrics/impact.hpp"
#include "core/metrics/levers.hpp"
#include "core/metrics/playbook.hpp"
#include "core/metrics/questions.hpp"
#include <boost/describe.hpp>
#include <vector>

namespace preempt::metrics {

struct Insight {
    Playbook playbook;
    Diagnosis diagnosis;
    std::vector<LeverCard> levers;
    std::vector<Guard> guards;
    std::vector<VerifiedImpact> impacts;
    std::vector<Incident> incidents;
    std::vector<Answer> answers;
};
BOOST_DESCRIBE_STRUCT(Insight, (), (playbook, diagnosis, levers, guards, impacts, incidents, answers))

Insight insight(const Facts& facts);

} // namespace preempt::metrics
