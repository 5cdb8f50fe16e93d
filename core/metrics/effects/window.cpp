#include "core/metrics/effects/window.hpp"

#include "core/metrics/compare.hpp"
#include "core/stats/cluster.hpp"
#include "core/stats/difference.hpp"
#include "core/stats/survival.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace preempt::metrics {
namespace {

using evidence::DelayCounts;
using evidence::Delays;
using evidence::Evidence;
using stats::SurvivalPoint;

/// Real counts: weighted ones are no whole numbers.
struct FollowUpDays {
    std::array<double, kLongestWindow> contacted{}, censored{};
    double complete = 0;

    void add(const DelayCounts& counts, double weight) {
        for (std::size_t day = 0; day < contacted.size(); ++day) {
            contacted[day] += weight * static_cast<double>(counts.contacted[day]);
            censored[day] += weight * static_cast<double>(counts.censored[day]);
        }
        complete += weight * static_cast<double>(counts.complete);
    }
    double units() const {
        double sum = complete;
        for (std::size_t day = 0; day < contacted.size(); ++day)
            sum += contacted[day] + censored[day];
        return sum;
    }
};

struct Curve {
    std::vector<SurvivalPoint> steps; ///< empty: nobody
    double design_effect = 1;         ///< of unequal weights (Kish 1965)

    stats::WindowProbability within(double days) const {
        auto p = stats::event_probability(steps, days);
        p.effective = stats::effective(p.effective, design_effect);
        return p;
    }
};

/// Contacts of a day lie at its middle. Of those last seen on a day, half leave before its contacts and half
/// after, so that they are at risk for half the day (the actuarial method, Cutler & Ederer 1958).
Curve curve_of(const FollowUpDays& days, double design_effect, double level) {
    std::vector<stats::FollowUp> all;
    for (std::size_t d = 0; d < days.contacted.size(); ++d) {
        const double day = static_cast<double>(d);
        if (days.censored[d] > 0) all.push_back({day + 0.25, 0, days.censored[d] / 2});
        if (days.contacted[d] + days.censored[d] > 0)
            all.push_back({day + 0.5, days.contacted[d], days.censored[d] / 2});
    }
    if (days.complete > 0) all.push_back({static_cast<double>(kLongestWindow), 0, days.complete});
    return {stats::kaplan_meier(all, level), design_effect};
}

struct Curves {
    Curve baseline, treated;
    bool strata_weighted = false;
};

Curves pooled(const Delays& delays, double level) {
    FollowUpDays baseline, treated;
    baseline.add(delays.holdout, 1);
    treated.add(delays.treated, 1);
    return {curve_of(baseline, 1, level), curve_of(treated, 1, level)};
}

/// The held-out weighted so that their strata are as frequent as among the messaged: pooled as they are,
/// uneven holdouts would compare unlike people (statistics.md 3, 3). Strata with one arm only are left out.
Curves by_strata(const std::vector<Delays>& strata, double level) {
    FollowUpDays baseline, treated;
    double held = 0, sent = 0;
    struct Size {
        const Delays* delays;
        double held, sent;
    };
    std::vector<Size> sizes;
    for (const auto& stratum : strata) {
        FollowUpDays h, t;
        h.add(stratum.holdout, 1);
        t.add(stratum.treated, 1);
        if (h.units() == 0 || t.units() == 0) continue;
        sizes.push_back({&stratum, h.units(), t.units()});
        held += h.units();
        sent += t.units();
    }
    double squares = 0; // of the weights, which sum to `held`
    for (const auto& size : sizes) {
        const double weight = (size.sent / sent) * (held / size.held);
        baseline.add(size.delays->holdout, weight);
        treated.add(size.delays->treated, 1);
        squares += size.held * weight * weight;
    }
    const double kish = held > 0 ? squares / held : 1;
    return {curve_of(baseline, kish, level), curve_of(treated, 1, level), true};
}

/// 1 - S with its interval at the last step inside the window.
Estimate within(const Curve& curve, const stats::WindowProbability& p, double days, double level) {
    if (!(p.effective.total > 0) || !p.complete) return {};
    if (curve.design_effect > 1)
        return estimate(p.probability, stats::wilson(p.effective.events, p.effective.total, level));
    const SurvivalPoint* last = nullptr;
    for (const auto& step : curve.steps)
        if (step.time < days) last = &step;
    if (last == nullptr || !std::isfinite(last->interval.low))
        return estimate(p.probability, stats::wilson(p.effective.events, p.effective.total, level));
    return estimate(p.probability, {1 - last->interval.high, 1 - last->interval.low});
}

int side(const Estimate& e) {
    if (e.low && *e.low > 0) return 1;
    if (e.high && *e.high < 0) return -1;
    return 0;
}

const char* verdict_of(const Estimate& e) {
    if (!e.value) return "";
    return side(e) > 0 ? "prevents" : side(e) < 0 ? "causes" : "cannot_tell";
}

Estimate gained(const Curves& curves, double days, double level) {
    const auto gain = stats::restricted_mean_gain(curves.baseline.steps, curves.treated.steps, days, level);
    if (!std::isfinite(gain.estimate)) return {};
    // Unequal weights widen the held-out part.
    const auto h = stats::restricted_mean(curves.baseline.steps, days);
    const auto t = stats::restricted_mean(curves.treated.steps, days);
    const double z = gain.standard_error > 0 ? (gain.interval.high - gain.estimate) / gain.standard_error : 0;
    const double half = z * std::sqrt(h.variance * curves.baseline.design_effect + t.variance);
    return estimate(gain.estimate, {gain.estimate - half, gain.estimate + half});
}

WindowPoint point_at(const Curves& curves, std::int32_t days, double level) {
    WindowPoint point;
    point.days = days;
    const auto b = curves.baseline.within(days), t = curves.treated.within(days);
    point.baseline = within(curves.baseline, b, days, level);
    point.treated = within(curves.treated, t, days, level);
    point.baseline_seen = b.at_risk;
    point.treated_seen = t.at_risk;
    if (!b.complete || !t.complete) return point;
    point.difference =
        estimate(b.probability - t.probability, stats::miettinen_nurminen(b.effective, t.effective, level));
    point.verdict = verdict_of(point.difference);
    point.gained_days = gained(curves, days, level);
    return point;
}

/// More contacts among the messaged than among the others between two windows: the part of the gap that
/// closed.
Estimate fallen_between(const Curves& curves, std::int32_t from, std::int32_t to, double level) {
    const auto between = [&](const Curve& curve) {
        const auto early = curve.within(from), late = curve.within(to);
        const double share = std::max(0.0, late.probability - early.probability);
        return stats::Arm{share * late.effective.total, late.effective.total};
    };
    const auto treated = between(curves.treated), baseline = between(curves.baseline);
    return estimate(stats::rate(treated) - stats::rate(baseline),
                    stats::miettinen_nurminen(treated, baseline, level));
}

/// The gap peaks and falls back: rule in WindowCurve::verdict.
void judge(WindowCurve& curve, const Curves& curves, double level) {
    const WindowPoint* peak = nullptr;
    const WindowPoint* last = nullptr;
    for (const auto& point : curve.points) {
        if (!point.difference.value || point.baseline_seen < kLeastSeen || point.treated_seen < kLeastSeen)
            continue;
        if (peak == nullptr || *point.difference.value > *peak->difference.value) peak = &point;
        if (last != nullptr && point.verdict != last->verdict) curve.depends_on_window = true;
        last = &point;
    }
    if (last == nullptr) return;
    curve.judged_days = last->days;
    curve.peak_days = peak->days;
    curve.peak = peak->difference;
    curve.last = last->difference;
    curve.gained_days = last->gained_days;
    if (peak != last) {
        const double searched = static_cast<double>(last->days - 1);
        curve.fallen = fallen_between(curves, peak->days, last->days, 1 - (1 - level) / searched);
    }
    const int at_peak = side(curve.peak), at_last = side(curve.last);
    if (at_peak > 0 && side(curve.fallen) > 0)
        curve.verdict =
            at_last > 0 && 2 * *curve.last.value >= *curve.peak.value ? "partly_delayed" : "delayed";
    else
        curve.verdict = at_last > 0 ? "prevented" : at_last < 0 ? "caused" : "cannot_tell";
}

bool known(const DelayCounts& counts) {
    FollowUpDays days;
    days.add(counts, 1);
    return days.units() > 0;
}

bool withheld(const Comparison& c) {
    return c.verdict == "withheld" && c.withheld_why != "too_few";
}

} // namespace

WindowCurve window_curve(const Evidence& e, const Comparison& holdout, const Comparison& matched,
                         double level) {
    WindowCurve result;
    Curves curves;
    const auto both = [](const Delays& delays) { return known(delays.treated) && known(delays.holdout); };
    const auto& of_match = matched.basis == "same_time_customers" ? e.calendar_delays : e.matched_delays;
    if (holdout.available && !withheld(holdout) && both(e.assignment_delays)) {
        result.basis = "holdout";
        curves = e.assignment_delays_by_stratum.size() > 1 ? by_strata(e.assignment_delays_by_stratum, level)
                                                           : pooled(e.assignment_delays, level);
    } else if (!holdout.available && matched.available && !withheld(matched) && both(of_match)) {
        result.basis = matched.basis;
        curves = pooled(of_match, level);
    } else if (known(e.message_delays.treated)) {
        result.basis = "messages";
        curves = pooled(e.message_delays, level);
    } else {
        return result;
    }
    result.strata_weighted = curves.strata_weighted;
    const double chosen = static_cast<double>(e.question.window) / kMillisecondsPerDay;
    for (std::int32_t days = 1; days <= kLongestWindow; ++days) {
        result.points.push_back(point_at(curves, days, level));
        result.points.back().chosen = days == chosen;
    }
    judge(result, curves, level);
    return result;
}

} // namespace preempt::metrics
