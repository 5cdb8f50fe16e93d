#include "core/stats/survival.hpp"

#include <algorithm>
#include <cmath>

#include "core/stats/arm.hpp"
#include "core/stats/cluster.hpp"
#include "core/stats/difference.hpp"
#include "core/stats/distribution.hpp"

namespace preempt::stats {

namespace {

using detail::kNaN;
using detail::kNoInterval;
using detail::square;

Interval survival_interval(double survival, double standard_error, double at_risk, double level) {
    if (survival == 1) return {1 - wilson(0, at_risk, level).high, 1};
    if (!(survival > 0)) return kNoInterval;
    const double log_s = std::log(survival);
    const double reach = critical_value(level) * standard_error / (survival * std::abs(log_s));
    return {std::exp(log_s * std::exp(reach)), std::exp(log_s * std::exp(-reach))};
}

// Greenwood's term of one step; infinite where everybody left has the event.
double hazard_variance(const SurvivalPoint& p) {
    return p.events == 0 ? 0 : p.events / (p.at_risk * (p.at_risk - p.events));
}

} // namespace

std::vector<SurvivalPoint> kaplan_meier(std::span<const FollowUp> follow_up, double level) {
    double at_risk = 0;
    for (std::size_t i = 0; i < follow_up.size(); ++i) {
        const FollowUp& f = follow_up[i];
        if (!(f.events >= 0) || !(f.censored >= 0) || (i > 0 && !(f.time > follow_up[i - 1].time))) return {};
        at_risk += f.events + f.censored;
    }
    std::vector<SurvivalPoint> curve;
    curve.reserve(follow_up.size());
    double survival = 1, greenwood = 0;
    for (const FollowUp& f : follow_up) {
        if (!(at_risk > 0)) break;
        SurvivalPoint p{f.time, at_risk, f.events, f.censored, 0, 0, kNoInterval};
        // Everybody left has the event: the product is 0, whatever rounding says about at_risk.
        if (f.events >= at_risk) {
            survival = 0;
        } else {
            survival *= 1 - f.events / at_risk;
            greenwood += hazard_variance(p);
        }
        p.survival = survival;
        p.standard_error = survival > 0 ? survival * std::sqrt(greenwood) : kNaN;
        p.interval = survival_interval(survival, p.standard_error, at_risk, level);
        curve.push_back(p);
        at_risk -= f.events + f.censored;
    }
    return curve;
}

double median_time(std::span<const SurvivalPoint> curve) {
    for (const SurvivalPoint& p : curve)
        if (p.survival <= 0.5) return p.time;
    return kNaN;
}

WindowProbability event_probability(std::span<const SurvivalPoint> curve, double window) {
    if (curve.empty() || !(window > 0)) return {kNaN, kNaN, 0, false, {0, 0}};
    const SurvivalPoint* last = nullptr; // the last step inside the window
    double at_risk = curve.front().at_risk;
    for (const SurvivalPoint& p : curve) {
        if (!(p.time < window)) break;
        last = &p;
        at_risk = std::max(0.0, p.at_risk - p.events - p.censored);
    }
    const double survival = last ? last->survival : 1;
    const double p = 1 - survival;
    const double se = last ? last->standard_error : 0;
    const bool complete = at_risk > 0 || survival == 0;
    double total = p * survival / square(se);
    // No event yet: as many as were seen to the end. All had it: as many as were at risk at the last.
    if (!(survival > 0)) total = last->at_risk;
    if (p == 0) total = at_risk > 0 ? at_risk : (last ? last->at_risk : 0);
    return {p, se, at_risk, complete, {p * total, total}};
}

std::vector<WindowDifference> difference_over_windows(std::span<const SurvivalPoint> holdout,
                                                      std::span<const SurvivalPoint> contacted,
                                                      std::span<const double> windows, double level,
                                                      double deff) {
    std::vector<WindowDifference> result;
    result.reserve(windows.size());
    for (const double window : windows) {
        const WindowProbability h = event_probability(holdout, window);
        const WindowProbability t = event_probability(contacted, window);
        WindowDifference d{window, h.probability, t.probability, kNaN, kNoInterval};
        if (h.complete && t.complete) {
            d.estimate = h.probability - t.probability;
            d.interval =
                miettinen_nurminen(effective(h.effective, deff), effective(t.effective, deff), level);
        }
        result.push_back(d);
    }
    return result;
}

RestrictedMean restricted_mean(std::span<const SurvivalPoint> curve, double tau) {
    if (curve.empty() || !(tau > 0)) return {kNaN, kNaN};
    if (curve.back().time < tau && curve.back().survival > 0) return {kNaN, kNaN};
    // From tau backwards, so that the area to the right of each step is at hand.
    double right = tau, area = 0, variance = 0;
    for (std::size_t i = curve.size(); i-- > 0;) {
        const SurvivalPoint& p = curve[i];
        if (p.time > tau) continue;
        const double start = std::max(0.0, p.time);
        area += p.survival * (right - start);
        right = start;
        if (area > 0) variance += square(area) * hazard_variance(p);
    }
    area += right; // S = 1 before the first step
    return {area, variance};
}

RestrictedMeanDifference restricted_mean_gain(std::span<const SurvivalPoint> holdout,
                                              std::span<const SurvivalPoint> contacted, double tau,
                                              double level) {
    const RestrictedMean h = restricted_mean(holdout, tau);
    const RestrictedMean t = restricted_mean(contacted, tau);
    const double gain = t.mean - h.mean;
    const double se = std::sqrt(h.variance + t.variance);
    const double half = critical_value(level) * se;
    return {gain, se, {gain - half, gain + half}, 2 * normal_upper_tail(std::abs(gain) / se)};
}

LogRank log_rank(std::span<const SurvivalPoint> holdout, std::span<const SurvivalPoint> contacted) {
    double observed = 0, expected = 0, variance = 0;
    std::size_t i = 0, j = 0;
    while (i < holdout.size() && j < contacted.size()) { // one arm at risk alone says nothing
        const double time = std::min(holdout[i].time, contacted[j].time);
        const bool at_h = holdout[i].time == time;
        const bool at_t = contacted[j].time == time;
        const double n1 = holdout[i].at_risk, n2 = contacted[j].at_risk, n = n1 + n2;
        const double d1 = at_h ? holdout[i].events : 0;
        const double d = d1 + (at_t ? contacted[j].events : 0);
        observed += d1;
        expected += d * n1 / n;
        if (n > 1) variance += d * (n1 / n) * (n2 / n) * (n - d) / (n - 1);
        i += at_h;
        j += at_t;
    }
    // What the holdout still sees after the last contacted unit: observed and expected alike.
    for (; i < holdout.size(); ++i) {
        observed += holdout[i].events;
        expected += holdout[i].events;
    }
    if (!(variance > 0)) return {kNaN, kNaN, observed, expected, variance};
    const double chi_square = square(observed - expected) / variance;
    return {chi_square, chi_square_upper_tail(chi_square, 1), observed, expected, variance};
}

} // namespace preempt::stats
