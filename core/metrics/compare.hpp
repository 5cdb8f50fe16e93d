// Comparing contacted with not contacted: from cells of two arms to a signed effect, its interval and its
// verdict. In: cells (arm holdout = not contacted, arm treated = contacted), by stratum. Out: a Comparison.
// Methods: statistics.md 0, 2.2 to 2.4 and 2.6; verdicts and minimum sizes: metrics.md 5.5.7, A38.
#pragma once

#include "core/evidence/evidence.hpp"
#include "core/metrics/plan.hpp"
#include "core/metrics/results.hpp"
#include "core/stats/stratified.hpp"
#include <span>

namespace preempt::metrics {

/// A verdict needs at least this many episodes in each arm, and this many contacted episodes in both together
/// (A38).
inline constexpr std::int64_t kLeastEpisodes = 30;
inline constexpr std::int64_t kLeastEvents = 5;
/// Units planned where nobody states a plan: only tunes at which size a sequential interval is tightest
/// (statistics.md 2.6), so it must not depend on the data.
inline constexpr std::int64_t kAssumedPlan = 1000;

/// Null where the interval is not a number.
Estimate estimate(double value, stats::Interval interval);
/// Wilson interval of part / whole; all null when the whole is 0.
Estimate proportion(std::int64_t part, std::int64_t whole, double level);
/// The same for episodes of units with several: effective counts.
Estimate cell_rate(const evidence::Cell& cell, double level);

/// Strata, arms, effect, interval, p, common-effect companion, prevented contacts, detectable drop and
/// verdict. `totals` counts units once (cells without strata); pass the same cells when there is but one
/// stratum.
Comparison compare(std::span<const evidence::Cell> cells, std::span<const evidence::Cell> totals,
                   std::span<const std::string> strata, double level);

/// The verdict that the intervals of a comparison allow: the headline's, and with it the sequential one and
/// the one by account where these decide. "prevents" and "causes" need every deciding interval on that side;
/// fewer than the least numbers is "withheld", too_few. Also sets outreaches_per_prevented.
void decide(Comparison& comparison);

/// What a headline comparison has beside its effect: the difference of each stratum with what it could have
/// seen, and the interval that may be watched (statistics.md 2.6). Looks at several exports decide by it; a
/// programme that still runs and was looked at once shows it beside the ordinary one. Call decide()
/// afterwards.
void add_strata_and_watch(Comparison& comparison, std::span<const evidence::Cell> cells, const Plan& plan,
                          double level);

/// Placebo counts of the same strata: same difference and interval, before anything was sent. `effect` (may
/// be null): a placebo whose interval holds a difference as large as the effect was too small to test it.
Placebo judge_placebo(const evidence::Table& table, std::span<const std::string> strata, double level,
                      std::optional<double> effect = std::nullopt);

/// The holdout comparison (rung 5), with its health checks: mixed units and accounts, sample ratio, balance
/// before, contamination, age; delivery-adjusted and sequential companions.
Comparison compare_holdout(const evidence::Evidence& evidence, double level, const Plan& plan = {});

/// The same design with another outcome in the place of a contact: an escalated contact (M29), or, of units
/// at risk, leaving within 90 days (M30: the difference is the share retained thanks to outreach). Not
/// available where no file states the outcome. What withholds the holdout's verdict withholds these.
Comparison compare_escalations(const evidence::Evidence& evidence, const Comparison& holdout, double level);
Comparison compare_at_risk(const evidence::Evidence& evidence, const Comparison& holdout, double level);

} // namespace preempt::metrics
