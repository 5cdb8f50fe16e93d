#include "core/metrics/insight.hpp"

namespace preempt::metrics {

Insight insight(const Facts& facts) {
    Insight result;
    const auto triggers = trigger_effects(facts.basis);
    result.playbook = playbook(facts.basis, triggers);
    result.diagnosis = diagnose(facts);
    result.levers = lever_cards(facts, triggers, result.diagnosis);
    result.guards = guards(facts);
    result.impacts = verified_impacts(facts.basis);
    result.incidents = incidents(facts.basis);
    result.answers = answers(facts, result.playbook, result.diagnosis, result.impacts);
    return result;
}

} // namespace preempt::metrics
