// Time to the first contact, with follow-up that has not ended for everybody.
// In: per time, how many had their first contact then and how many were last seen then without one. Out:
// Kaplan-Meier curves, the contact probability within any window, its difference between the arms, mean
// contact-free time, log-rank.
#pragma once

#include <span>
#include <vector>

#include "core/stats/proportion.hpp"

namespace preempt::stats {

/// What happened at one time (any unit, the same everywhere; times increase strictly). Units censored at a
/// time are still at risk for the events of that time.
struct FollowUp {
    double time;
    double events;
    double censored;
};

/// One step of a Kaplan-Meier curve (Kaplan & Meier 1958, JASA 53:457-481).
struct SurvivalPoint {
    double time;
    double at_risk; ///< just before `time`
    double events;
    double censored;
    double survival;       ///< S(time), product of 1 - d/n up to and with `time`
    double standard_error; ///< Greenwood: S sqrt(sum d/(n(n-d))); NaN where S = 0
    Interval interval; ///< log-log: S^exp(-/+ z se/(S ln S)); where S = 1, Wilson's for 0 of those at risk;
                       ///< NaN where S = 0
};

/// Empty for an empty or unordered input, or a negative or NaN count.
std::vector<SurvivalPoint> kaplan_meier(std::span<const FollowUp> follow_up, double level = 0.95);

/// The first time at which S <= 1/2; NaN if the curve stays above.
double median_time(std::span<const SurvivalPoint> curve);

/// Chance of an event within a window [0, window): 1 - S just before `window`, the end being outside. Units
/// whose window has not ended count for as long as they were seen, never as "no contact".
struct WindowProbability {
    double probability;
    double standard_error;
    double at_risk; ///< those seen up to the window's end
    bool complete;  ///< somebody was seen up to the window's end, or everybody had an event; if false, the
                    ///< values hold for the longest window seen, and are a lower bound for this one
    /// Counts that carry the same rate and the same uncertainty without censoring: total = p(1-p)/se^2 (Dorey
    /// & Korn 1987, Stat Med 6:679-687), at p = 0 or 1 those at risk. Without censoring they are the plain
    /// counts, so that the curve over windows agrees with the fixed-window result.
    Arm effective;
};
WindowProbability event_probability(std::span<const SurvivalPoint> curve, double window);

/// d(W) = P_holdout(contact within W) - P_contacted(...), interval by miettinen_nurminen() on the effective
/// counts, divided by deff. NaN where an arm has no complete window.
struct WindowDifference {
    double window;
    double holdout;
    double contacted;
    double estimate;
    Interval interval;
};
std::vector<WindowDifference> difference_over_windows(std::span<const SurvivalPoint> holdout,
                                                      std::span<const SurvivalPoint> contacted,
                                                      std::span<const double> windows, double level = 0.95,
                                                      double deff = 1.0);

/// Mean contact-free time up to `tau`: the area under S, and its variance
/// sum_{t_j <= tau} [int_{t_j}^tau S]^2 d_j/(n_j (n_j - d_j)) (Royston & Parmar 2013, BMC Med Res Methodol
/// 13:152). NaN when follow-up ends before tau while S > 0.
struct RestrictedMean {
    double mean;
    double variance;
};
RestrictedMean restricted_mean(std::span<const SurvivalPoint> curve, double tau);

/// Contact-free time GAINED: mean of the contacted - mean of the holdout; positive = contacts prevented or
/// delayed, as with every difference here. z interval and two-sided p.
struct RestrictedMeanDifference {
    double estimate;
    double standard_error;
    Interval interval;
    double p;
};
RestrictedMeanDifference restricted_mean_gain(std::span<const SurvivalPoint> holdout,
                                              std::span<const SurvivalPoint> contacted, double tau,
                                              double level = 0.95);

/// Log-rank test of equal curves: (O - E)^2 / V with the hypergeometric variance, 1 degree of freedom.
struct LogRank {
    double chi_square;
    double p;
    double observed_holdout;
    double expected_holdout;
    double variance;
};
LogRank log_rank(std::span<const SurvivalPoint> holdout, std::span<const SurvivalPoint> contacted);

} // namespace preempt::stats
