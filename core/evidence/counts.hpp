// Counts of rows that no window changes: messages, claims, engagement, periods. In: a History, what of it is
// asked for, and the periods. Out: their fields of Evidence.
#pragma once

#include "core/evidence/companion_counts.hpp"

namespace preempt::evidence {

/// Writes outreaches, broadcast_messages, units_messaged, contacts, claims, engagement (and has_engagement),
/// the spans of the series with PeriodCounts::engaged, and Design::accounts and mixed_accounts.
void count_rows(const Rows& rows, Evidence& evidence);

/// First and last moment of anything selected; the last one no later than a quarter after the known contacts,
/// so that a stray date does not stretch the series. kNoInstant when there is nothing.
struct Extent {
    Instant first = kNoInstant, last = kNoInstant;
};
Extent extent_of(const history::History& history, const episodes::Selection& selection);

} // namespace preempt::evidence
