#include "core/evidence/evidence.hpp"

namespace preempt::evidence {

using history::Arm;

Evidence from_typed(const TypedCounts& counts, const Question& question) {
    Evidence e;
    e.question = question;
    e.typed = true;
    const auto cell = [](Arm arm, std::int64_t total, std::int64_t contacted) {
        Cell c;
        c.arm = arm;
        c.episodes = c.messages = total;
        c.contacted = c.contacts = contacted;
        const auto n = static_cast<double>(total), x = static_cast<double>(contacted);
        c.sums = {n, x, n, x, x, n}; // one episode a unit
        return c;
    };
    if (counts.treated) {
        const auto treated = cell(Arm::treated, counts.treated->first, counts.treated->second);
        e.messages.cells = {treated};
        e.has_outreaches = e.has_contacts = true;
        e.design.treated_units = counts.treated->first;
        e.assignments.cells = {treated};
    }
    if (counts.holdout && counts.treated) {
        e.assignments.cells.push_back(cell(Arm::holdout, counts.holdout->first, counts.holdout->second));
        e.design.holdout_units = counts.holdout->first;
        auto& size = e.design.experiments[0];
        size.holdout = counts.holdout->first;
        size.treated = counts.treated->first;
        size.expected_holdout_share = counts.expected_holdout_share;
        e.has_arms = true;
    }
    e.assignment_totals = e.assignments;
    e.strata = {""};
    if (counts.claimed) {
        e.has_outcomes = true;
        e.claims.attempts = e.targeted_claims.attempts = counts.claimed->first;
        e.claims.positive = e.targeted_claims.positive = counts.claimed->second;
    }
    if (counts.counted)
        e.counted_prevention = CountedPrevention{counts.counted->first, counts.counted->second};
    if (counts.engaged) {
        e.has_engagement = true;
        e.engagement.eligible = counts.engaged->first;
        e.engagement.engaged = counts.engaged->second;
    }
    if (counts.ratio) {
        e.contacts = counts.ratio->first;
        e.outreaches = counts.ratio->second;
    }
    return e;
}

} // namespace preempt::evidence
