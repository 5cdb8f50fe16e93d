// Days to the first contact, and the negative control before an episode (statistics.md 2.10, 2.14). In: an
// episode and its unit's contacts. Out: counts for a curve over windows; the outcome that no message can have
// caused.
#pragma once

#include "core/evidence/coder.hpp"

namespace preempt::evidence {

/// The first episode of each arm that nothing speaks against, followed for 28 days or as long as the unit was
/// seen. `by_stratum`: also by the stratum of the episode's source row, where there is more than one; may be
/// null.
void note_delays(const Setup& setup, const episodes::Walker& walker,
                 const std::vector<episodes::Episode>& episodes, Delays& delays,
                 std::vector<Delays>* by_stratum = nullptr);
void add(Delays& into, const Delays& from);

/// Contacted = a contact in [start - 2W, start - W). Where the contacts begin later than that, the episode is
/// censored: nothing is known of that time.
Outcome placebo_of(const Setup& setup, const episodes::Walker& walker, const episodes::Episode& episode);

} // namespace preempt::evidence
