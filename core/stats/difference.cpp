#include "core/stats/difference.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/stats/arm.hpp"
#include "core/stats/distribution.hpp"
#include "core/stats/root.hpp"

namespace preempt::stats {

namespace {

using detail::has_data;
using detail::kNaN;
using detail::kNoInterval;
using detail::square;

// Largest-likelihood p of `low` under p_high = p + theta, theta > 0, p in [0, 1 - theta]: the root of the
// score
//   g(p) = xh/(p+theta) - (nh-xh)/(1-p-theta) + xl/p - (nl-xl)/(1-p),
// which falls from left to right. Written for rates below a half, where no difference here loses digits.
double lower_rate(Arm high, Arm low, double theta) {
    const double top = 1 - theta;
    if (!(top > 0)) return 0;
    const double high_misses = high.total - high.events;
    const double low_misses = low.total - low.events;

    // At an end of the range the maximum may sit on the boundary: the sign of the one-sided derivative tells.
    if (low.events == 0 && high.events / theta - high_misses / top - low_misses <= 0) return 0;
    if (high_misses == 0 && high.events + low.events / top - low_misses / theta >= 0) return top;

    // Start: the trigonometric root of the cubic (Farrington & Manning 1990), good where rates are not tiny.
    const double n = high.total + low.total;
    const double l3 = n;
    const double l2 = (high.total + 2 * low.total) * theta - n - (high.events + low.events);
    const double l1 = (low.total * theta - n - 2 * low.events) * theta + high.events + low.events;
    const double l0 = low.events * theta * top;
    const double a = l2 / (3 * l3);
    const double q = a * a * a - l1 * l2 / (6 * l3 * l3) + l0 / (2 * l3);
    const double r = std::copysign(std::sqrt(std::max(0.0, a * a - l1 / (3 * l3))), q);
    const double cosine = r == 0 ? 0 : std::clamp(q / (r * r * r), -1.0, 1.0);
    double p = 2 * r * std::cos((std::numbers::pi + std::acos(cosine)) / 3) - a;

    // Polish: Newton on the score inside a bracket that only shrinks.
    double left = 0;
    double right = top;
    if (!(p > left && p < right)) p = std::clamp(low.events / low.total, 0.0, top) / 2 + top / 4;
    for (int i = 0; i < 200; ++i) {
        const double ph = p + theta;
        const double qh = top - p;
        const double ql = 1 - p;
        double score = high.events / ph - low_misses / ql;
        double slope = -high.events / (ph * ph) - low_misses / (ql * ql);
        if (high_misses > 0) {
            score -= high_misses / qh;
            slope -= high_misses / (qh * qh);
        }
        if (low.events > 0) {
            score += low.events / p;
            slope -= low.events / (p * p);
        }
        if (score == 0) return p;
        (score > 0 ? left : right) = p;
        double next = p - score / slope;
        if (!(next > left && next < right)) next = left + (right - left) / 2;
        const bool done = std::abs(next - p) <= 4e-16 * p;
        p = next;
        if (done || !(right - left > 4e-16 * right)) break;
    }
    return p;
}

// The distance t > 0 from d = p_first - p_second down to the lower limit: where t = z sqrt(V(d - t)).
double distance_to_lower(Arm first, Arm second, double level, bool factor) {
    const double z = critical_value(level);
    const double d = first.events / first.total - second.events / second.total;
    const Interval w1 = wilson(first.events, first.total, level);
    const Interval w2 = wilson(second.events, second.total, level);
    const double guess = std::hypot(rate(first) - w1.low, w2.high - rate(second));
    const auto excess = [&](double t) {
        return t - z * std::sqrt(detail::restricted_variance_difference(first, second, d - t, factor));
    };
    return detail::outward_root(excess, guess, 1 + d);
}

Arm misses(Arm arm) {
    return {arm.total - arm.events, arm.total};
}

bool mostly_events(Arm a, Arm b) {
    return 2 * (a.events + b.events) > a.total + b.total;
}

Interval score_interval(Arm holdout, Arm contacted, double level, bool factor) {
    if (!has_data(holdout) || !has_data(contacted) || std::isnan(critical_value(level))) return kNoInterval;
    // p_H - p_T = (1 - p_T) - (1 - p_H): count what is rarer, so that small numbers stay small numbers.
    if (mostly_events(holdout, contacted))
        return score_interval(misses(contacted), misses(holdout), level, factor);
    const double d = rate(holdout) - rate(contacted);
    const double down = distance_to_lower(holdout, contacted, level, factor);
    const double up = distance_to_lower(contacted, holdout, level, factor);
    return {std::max(-1.0, d - down), std::min(1.0, d + up)};
}

} // namespace

namespace detail {

RestrictedRates restricted_rates_difference(Arm holdout, Arm contacted, double theta) {
    if (!has_data(holdout) || !has_data(contacted) || !(theta >= -1 && theta <= 1)) return {kNaN, kNaN};
    if (theta == 0) {
        const double pooled = (holdout.events + contacted.events) / (holdout.total + contacted.total);
        return {pooled, pooled};
    }
    if (theta < 0) {
        const RestrictedRates swapped = restricted_rates_difference(contacted, holdout, -theta);
        return {swapped.contacted, swapped.holdout};
    }
    if (mostly_events(holdout, contacted)) {
        const double p = lower_rate(misses(contacted), misses(holdout), theta);
        return {1 - p, 1 - (p + theta)};
    }
    const double p = lower_rate(holdout, contacted, theta);
    return {p + theta, p};
}

double restricted_variance_difference(Arm holdout, Arm contacted, double theta, bool small_sample_factor) {
    if (mostly_events(holdout, contacted)) { // the variance of the misses is the same
        holdout = misses(holdout);
        contacted = misses(contacted);
        theta = -theta;
    }
    const RestrictedRates p = restricted_rates_difference(holdout, contacted, theta);
    const double variance =
        p.holdout * (1 - p.holdout) / holdout.total + p.contacted * (1 - p.contacted) / contacted.total;
    const double factor =
        small_sample_factor ? detail::small_sample_factor(holdout.total + contacted.total) : 1;
    return std::max(0.0, variance) * factor;
}

} // namespace detail

Interval miettinen_nurminen(Arm holdout, Arm contacted, double level) {
    return score_interval(holdout, contacted, level, true);
}

Interval mee(Arm holdout, Arm contacted, double level) {
    return score_interval(holdout, contacted, level, false);
}

Interval newcombe(Arm holdout, Arm contacted, double level) {
    if (!has_data(holdout) || !has_data(contacted) || std::isnan(critical_value(level))) return kNoInterval;
    if (mostly_events(holdout, contacted)) return newcombe(misses(contacted), misses(holdout), level);
    const Interval h = wilson(holdout.events, holdout.total, level);
    const Interval t = wilson(contacted.events, contacted.total, level);
    const double ph = rate(holdout);
    const double pt = rate(contacted);
    return {ph - pt - std::hypot(ph - h.low, t.high - pt), ph - pt + std::hypot(h.high - ph, pt - t.low)};
}

double n_minus_one_chi_square(Arm holdout, Arm contacted) {
    if (!has_data(holdout) || !has_data(contacted)) return kNaN;
    const double n = holdout.total + contacted.total;
    const double x = holdout.events + contacted.events;
    if (x == 0 || x == n) return 0;
    const double pooled = x / n;
    const double variance = pooled * (1 - pooled) * (1 / holdout.total + 1 / contacted.total);
    return square(rate(holdout) - rate(contacted)) / (variance * detail::small_sample_factor(n));
}

double n_minus_one_chi_square_p(Arm holdout, Arm contacted) {
    return chi_square_upper_tail(n_minus_one_chi_square(holdout, contacted), 1);
}

} // namespace preempt::stats
