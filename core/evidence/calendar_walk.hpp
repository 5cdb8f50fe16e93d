// Rung 4, second source (metrics.md 5.5.8, statistics.md 2.14): customers to whom nobody wrote, with a clock
// borrowed from the messages of the same week. In: the units. Out: the tables of the calendar comparison.
#pragma once

#include "core/evidence/coder.hpp"

namespace preempt::evidence {

/// Fills calendar, calendar_totals, calendar_placebo, calendar_delays and the series' calendar cells. Nothing
/// without a customers file and messages. Treated: targeted messages joined whatever their topic, all
/// contacts counted. Untreated: for each ISO week with messages every customer without a targeted message in
/// [clock, clock + W); the clock is the message at rank hash(customer, week) mod number of messages of the
/// week, so that no order of rows changes it. Of more than half a million customers and weeks a part drawn by
/// the same hash stands for all. Windows of a customer do not overlap.
/// Strata: segment, contacts in the 90 days ending at start - 2W (0, 1, 2, 3-5, 6+), week; by month where
/// most strata by week lack somebody untreated.
void walk_calendar(const Setup& setup, Evidence& evidence);

/// Gets the episodes of that comparison one by one, with the codes of their periods.
class EpisodeSink {
  public:
    virtual ~EpisodeSink() = default;
    virtual void take(const episodes::Episode& episode, const Dims& codes) = 0;
};
/// Of one stratum by its name in the tables, or of all (null). False: it has no such stratum.
bool each_calendar_episode(const Setup& setup, EpisodeSink& sink, const std::string* stratum = nullptr);

} // namespace preempt::evidence
