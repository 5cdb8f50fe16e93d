// The conditions of D01 to D22, one function a rule. In: facts. Out: does it fire, and on which numbers.
// Private to core/metrics.
#pragma once

#include "core/metrics/facts.hpp"

namespace preempt::metrics::rules {

Truth timing_or_targeting(Look&);  ///< D01
Truth weak_detection(Look&);       ///< D02
Truth weak_content(Look&);         ///< D03
Truth silos(Look&);                ///< D04
Truth out_of_capacity(Look&);      ///< D05
Truth weak_targeting(Look&);       ///< D06
Truth vague_message(Look&);        ///< D07
Truth score_fell(Look&);           ///< D08
Truth ratio_rose(Look&);           ///< D09
Truth served_themselves(Look&);    ///< D10
Truth crowded_out(Look&);          ///< D11
Truth manual_programme(Look&);     ///< D12
Truth hidden_help(Look&);          ///< D13
Truth creates_demand(Look&);       ///< D14
Truth fatigue(Look&);              ///< D15
Truth too_late(Look&);             ///< D16
Truth silent_churn(Look&);         ///< D17
Truth looks_like_marketing(Look&); ///< D18
Truth worse_experience(Look&);     ///< D19
Truth quiet_period(Look&);         ///< D20
Truth broken_split(Look&);         ///< D21
Truth wrong_targets(Look&);        ///< D22

/// The interval of replies to the message (M08) lies above that of what it prevents. Both come from the same
/// episodes, so that an interval of their difference would be too narrow.
Truth replies_outnumber(Look&);
/// The last two complete periods (months, else weeks) of the arms of the comparison that leads.
struct TwoPeriods {
    bool found = false;
    evidence::Cell held_before, held_after, treated_before, treated_after;
    Estimate effect_before, effect_after;
};
TwoPeriods two_periods(const Facts& facts);

} // namespace preempt::metrics::rules
