// Answers to the questions that people put to it (metrics.md 4.2), by rule and from the numbers. In: facts
// and what follows from them. Out: for each question a verdict as a code, the numbers behind it, and the part
// of the page that shows more. The words are the page's.
#pragma once

#include "core/metrics/diagnosis.hpp"
#include "core/metrics/impact.hpp"
#include <boost/describe.hpp>
#include <string>
#include <vector>

namespace preempt::metrics {

struct Answer {
    std::string id;      ///< "quiet_month", "stop_trigger" ..., see the .cpp
    std::string verdict; ///< code, its values stand beside each function in the .cpp; "" with `missing`
    std::vector<Quantity> numbers;
    std::vector<std::string> items; ///< names that the answer lists: triggers, a change
    std::string view;               ///< part of the page to open
    std::string missing;            ///< code of what is missing when there is no answer
};
BOOST_DESCRIBE_STRUCT(Answer, (), (id, verdict, numbers, items, view, missing))

std::vector<Answer> answers(const Facts& facts, const Playbook& playbook, const Diagnosis& diagnosis,
                            const std::vector<VerifiedImpact>& impacts);

} // namespace preempt::metrics
