#include "core/metrics/insight.hpp"

namespace preempt::metrics {

Insight insight(const Basis& basis) {
    Insight result;
    const auto triggers = trigger_effects(basis);
    result.playbook = playbook(basis, triggers);
    result.impacts = verified_impacts(basis);
    return result;
}

} // namespace preempt::metrics
