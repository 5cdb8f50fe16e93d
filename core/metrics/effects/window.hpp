// The attribution window: what if it were 1 day, or 28? In: delays to the first contact, with follow-up that
// has not ended for everybody. Out: contact within each number of days by Kaplan-Meier, the difference
// between the arms with its interval, contact-free days gained, and whether contacts were prevented or only
// delayed (statistics.md 2.10, metrics.md A05, G03).
#pragma once

#include "core/evidence/evidence.hpp"
#include "core/metrics/results.hpp"

namespace preempt::metrics {

inline constexpr std::int32_t kLongestWindow = 28; ///< days
/// The curve is judged up to the longest window that as many units in each arm were seen through.
inline constexpr double kLeastSeen = 20;

/// Windows of `days` whole days from the start, the end outside.
struct WindowPoint {
    std::int32_t days = 0;
    Estimate baseline, treated; ///< share with a contact within the window
    Estimate difference;        ///< prevented per outreach; null where an arm was not seen that long
    Estimate gained_days;       ///< mean days without a contact that an outreach added, up to here
    double baseline_seen = 0, treated_seen = 0; ///< seen through the window without a contact
    std::string verdict; ///< "prevents", "causes", "cannot_tell"; "" without a difference
    bool chosen = false; ///< the window of the report
};
BOOST_DESCRIBE_STRUCT(WindowPoint, (),
                      (days, baseline, treated, difference, gained_days, baseline_seen, treated_seen, verdict,
                       chosen))

/// One episode a unit (its first), so that units are independent; at the chosen window it can differ a little
/// from the headline, which counts all episodes and complete windows only.
struct WindowCurve {
    /// "holdout", "signals_not_acted_on", "same_time_customers"; "messages" = no baseline, the messaged
    /// alone;
    /// "" = no delays are known.
    std::string basis;
    std::vector<WindowPoint> points; ///< 1 to 28 days
    /// "prevented" (still there at the longest window judged), "delayed" (the gap closed again, or fell by
    /// more than half), "partly_delayed" (it fell, and half or more is left), "caused", "cannot_tell",
    /// "not_measured".
    std::string verdict = "not_measured";
    std::optional<std::int32_t> peak_days, judged_days; ///< largest gap; longest window judged
    Estimate peak, last;                                ///< the gap at these
    /// How much of the gap was lost in between. Its interval allows for the peak having been searched for
    /// (Bonferroni over the days).
    Estimate fallen;
    Estimate gained_days;           ///< at judged_days
    bool depends_on_window = false; ///< judged windows of up to 28 days give different verdicts
    bool strata_weighted = false;   ///< held-out weighted to the strata of the messaged; else pooled
};
BOOST_DESCRIBE_STRUCT(WindowCurve, (),
                      (basis, points, verdict, peak_days, judged_days, peak, last, fallen, gained_days,
                       depends_on_window, strata_weighted))

WindowCurve window_curve(const evidence::Evidence& evidence, const Comparison& holdout,
                         const Comparison& matched, double level);

} // namespace preempt::metrics
