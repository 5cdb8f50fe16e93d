#include "core/stats/relative.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/stats/arm.hpp"
#include "core/stats/cluster.hpp"
#include "core/stats/distribution.hpp"
#include "core/stats/root.hpp"

namespace preempt::stats {

namespace {

using detail::has_data;
using detail::kInfinity;
using detail::kNaN;
using detail::kNoInterval;
using detail::square;

struct Weighted {
    Arm holdout;
    Arm contacted;
    double weight; // sums to 1
};

// V(phi) of one stratum. The rate of maximum likelihood under p_T = phi p_H solves the quadratic
// N phi p^2 - (n_T phi + x_T + n_H + x_H phi) p + X = 0; its smaller root, written without the loss of
// digits.
double restricted_variance_ratio(const Weighted& s, double phi, bool factor) {
    const auto [xh, nh] = s.holdout;
    const auto [xt, nt] = s.contacted;
    const double b = nt * phi + xt + nh + xh * phi;
    const double discriminant = std::max(0.0, b * b - 4 * (nh + nt) * phi * (xh + xt));
    const double limit = std::min(1.0, 1 / phi);
    const double ph = std::min(limit, 2 * (xh + xt) / (b + std::sqrt(discriminant)));
    const double pt = std::min(1.0, phi * ph);
    const double variance = pt * (1 - pt) / nt + square(phi) * ph * (1 - ph) / nh;
    return variance * (factor ? detail::small_sample_factor(nh + nt) : 1);
}

struct Ratio {
    double estimate;
    Interval interval;
};

// Both limits of phi = sum w p_T / sum w p_H, on the scale of ln phi.
Ratio score_ratio(const std::vector<Weighted>& strata, double level, bool factor) {
    const double z = critical_value(level);
    if (strata.empty() || std::isnan(z)) return {kNaN, kNoInterval};
    double contacted = 0, holdout = 0;
    for (const Weighted& s : strata) {
        contacted += s.weight * rate(s.contacted);
        holdout += s.weight * rate(s.holdout);
    }
    if (contacted == 0 && holdout == 0) return {kNaN, {0, kInfinity}};
    // (observed - expected) - or + z times its standard error; positive inside the interval for the limit
    // sought.
    const auto inside = [&](double phi, double side) {
        double variance = 0;
        for (const Weighted& s : strata)
            variance += square(s.weight) * restricted_variance_ratio(s, phi, factor);
        return z * std::sqrt(variance) - side * (contacted - phi * holdout);
    };
    // From an end of the search where f is positive, walk in steps that double until f is negative, then
    // close in.
    const auto limit = [&](double start, double direction) {
        const auto f = [&](double log_phi) { return inside(std::exp(log_phi), -direction); };
        double previous = start;
        double f_previous = f(start);
        double step = 0.25;
        if (!(f_previous > 0)) {
            // A start without variance: step off it, and back towards it while that is outside.
            double off = step;
            while (off > 1e-16 && !(f(start + direction * off) > 0))
                off /= 2;
            previous = start + direction * off;
            f_previous = f(previous);
            if (!(f_previous > 0)) return std::exp(start);
        }
        for (;;) {
            const double next = previous + direction * step;
            if (std::abs(next) > 700) return direction < 0 ? 0.0 : kInfinity;
            const double f_next = f(next);
            if (f_next <= 0)
                return std::exp(detail::bracketed_root(f, previous, f_previous, next, f_next, 1e-15, 1e-15));
            previous = next;
            f_previous = f_next;
            step *= 2;
        }
    };
    Ratio result{contacted / holdout, {0, kInfinity}}; // holdout 0 -> infinity
    // Without events in an arm there is no estimate to start from: start where the arms are furthest from
    // telling.
    const double centre = contacted > 0 && holdout > 0 ? std::log(contacted / holdout) : 0;
    if (contacted > 0) result.interval.low = limit(holdout > 0 ? centre : 300, -1);
    if (holdout > 0) result.interval.high = limit(contacted > 0 ? centre : -300, +1);
    return result;
}

RelativeReduction reduction(const Ratio& ratio) {
    return {1 - ratio.estimate, {1 - ratio.interval.high, 1 - ratio.interval.low}};
}

std::vector<Weighted> single(Arm holdout, Arm contacted) {
    if (!has_data(holdout) || !has_data(contacted)) return {};
    return {{holdout, contacted, 1.0}};
}

} // namespace

Interval risk_ratio_score(Arm holdout, Arm contacted, double level) {
    return score_ratio(single(holdout, contacted), level, true).interval;
}

Interval risk_ratio_koopman(Arm holdout, Arm contacted, double level) {
    return score_ratio(single(holdout, contacted), level, false).interval;
}

RelativeReduction relative_reduction(Arm holdout, Arm contacted, double level) {
    return reduction(score_ratio(single(holdout, contacted), level, false));
}

RelativeReduction contacted_weighted_reduction(std::span<const Stratum> strata, double level, double deff) {
    std::vector<Weighted> usable;
    double covered = 0;
    for (const Stratum& s : strata) {
        if (!has_data(s.holdout) || !has_data(s.contacted)) continue;
        usable.push_back({effective(s.holdout, deff), effective(s.contacted, deff), s.contacted.total});
        covered += s.contacted.total;
    }
    for (Weighted& s : usable)
        s.weight /= covered;
    return reduction(score_ratio(usable, level, false));
}

} // namespace preempt::stats
