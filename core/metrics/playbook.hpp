// The trigger playbook: which signal leads to which action, by whom, and should one go on with it (S4-09)?
// In: effects by trigger, signals, induced contacts. Out: one row a trigger with a verdict by stated rules.
//
//   stop         the effect's interval lies below 0 (it causes contacts), or it holds 0 and replies to the
//                message outnumber what it prevents (their interval lies above that of the effect)
//   improve      it prevents, but replies to the message outnumber what it prevents; or the interval holds 0
//                and its effect is less than the programme's (interval of programme - effect above 0)
//   keep         the interval lies above 0, and replies do not outnumber what it prevents
//   cannot_tell  everything else, with the reason
//
// With more than ten triggers an effect must also hold after Benjamini-Hochberg (M31).
#pragma once

#include "core/metrics/catalogue.hpp"
#include "core/metrics/effects/breakdown.hpp"
#include <boost/describe.hpp>
#include <string>
#include <vector>

namespace preempt::metrics {

/// (best comparable group's effect - this group's) x this group's outreaches, shrunken values (5.7). The best
/// is a group of the same breakdown that prevents by its own interval; a group with no effect, or too small
/// for one, has no prize.
struct Prize {
    Estimate contacts;
    std::string attribute, group, better; ///< better = the group that sets the mark, "" = none is sent
    std::int64_t volume = 0;              ///< outreaches of `group`
};
BOOST_DESCRIBE_STRUCT(Prize, (), (contacts, attribute, group, better, volume))

std::optional<Prize> prize_of(const Breakdown& breakdown, const BreakdownRow& row);
/// The largest prize of a breakdown whose interval lies above 0; none where no group can do better.
std::optional<Prize> largest_prize(const Breakdown& breakdown);

struct Play {
    std::string trigger, owner, content; ///< the most frequent owner and content
    std::int64_t fired = 0, acted = 0, messages = 0, episodes = 0;
    Estimate acted_share; ///< of the signals fired
    Estimate coverage;    ///< M19: contacts with this signal before them, of contacts of known people
    Estimate precision;   ///< M20: contact rate without a message
    Estimate effect, shrunken, prevented;
    /// M08: contacts of the first 24 hours beyond those of the held-out; without a holdout, replies counted.
    Estimate induced;
    std::optional<double> p, p_adjusted;
    std::string verdict, why; ///< codes
    std::optional<Prize> prize;
};
BOOST_DESCRIBE_STRUCT(Play, (),
                      (trigger, owner, content, fired, acted, messages, episodes, acted_share, coverage,
                       precision, effect, shrunken, prevented, induced, p, p_adjusted, verdict, why, prize))

struct Playbook {
    std::string missing; ///< code, "" = there are plays
    std::string basis;   ///< of the effects: "holdout", "matched", "" = none
    std::string adjustment;
    Homogeneity homogeneity;
    Estimate low_risk; ///< M24: share of messaged episodes in cells of low risk where no effect is seen
    std::vector<std::string> low_risk_cells; ///< candidates to leave alone
    std::vector<Play> plays; ///< by what is left of the effect when luck is taken out, best first
};
BOOST_DESCRIBE_STRUCT(Playbook, (),
                      (missing, basis, adjustment, homogeneity, low_risk, low_risk_cells, plays))

/// `breakdown`: that of triggers, in whatever order.
Playbook playbook(const Basis& basis, const Breakdown& triggers);
/// Effects by trigger, against the baseline that leads.
Breakdown trigger_effects(const Basis& basis);

} // namespace preempt::metrics
