#include "core/stats/shrinkage.hpp"

#include <algorithm>
#include <cmath>

#include "core/stats/arm.hpp"
#include "core/stats/distribution.hpp"
#include "core/stats/root.hpp"

namespace preempt::stats {

namespace {

using detail::kInfinity;
using detail::kNaN;
using detail::kNoInterval;
using detail::square;

struct Segment {
    double y;
    double v;
};

bool usable(double y, double v) {
    return std::isfinite(y) && v > 0 && v < kInfinity;
}

std::vector<Segment> usable_segments(std::span<const double> y, std::span<const double> v) {
    std::vector<Segment> result;
    for (std::size_t i = 0; i < std::min(y.size(), v.size()); ++i)
        if (usable(y[i], v[i])) result.push_back({y[i], v[i]});
    return result;
}

struct Mean {
    double mean;
    double weight; // sum 1/(v + tau^2)
    double q;      // sum (y - mean)^2/(v + tau^2)
};

Mean weighted_mean(const std::vector<Segment>& segments, double tau_squared) {
    double w = 0, wy = 0, q = 0;
    for (const Segment& s : segments) {
        w += 1 / (s.v + tau_squared);
        wy += s.y / (s.v + tau_squared);
    }
    for (const Segment& s : segments)
        q += square(s.y - wy / w) / (s.v + tau_squared);
    return {wy / w, w, q};
}

double paule_mandel_tau_squared(const std::vector<Segment>& segments) {
    const double df = static_cast<double>(segments.size()) - 1;
    const auto excess = [&](double tau_squared) { return weighted_mean(segments, tau_squared).q - df; };
    const double at_zero = excess(0);
    if (!(df > 0) || !(at_zero > 0)) return 0;
    // At the sum of squares around the plain mean, every term is at most its share of 1.
    double mean = 0, high = 0;
    for (const Segment& s : segments)
        mean += s.y / (df + 1);
    for (const Segment& s : segments)
        high += square(s.y - mean);
    const double at_high = excess(high);
    if (!(at_high < 0)) return high;
    return detail::bracketed_root(excess, 0, at_zero, high, at_high, 1e-14);
}

double dersimonian_laird_tau_squared(const std::vector<Segment>& segments) {
    const double df = static_cast<double>(segments.size()) - 1;
    if (!(df > 0)) return 0;
    double w = 0, ww = 0;
    for (const Segment& s : segments) {
        w += 1 / s.v;
        ww += 1 / square(s.v);
    }
    return std::max(0.0, (weighted_mean(segments, 0).q - df) / (w - ww / w));
}

RandomEffects fit(std::span<const double> y, std::span<const double> v, double level,
                  double (*tau_squared)(const std::vector<Segment>&)) {
    const std::vector<Segment> segments = usable_segments(y, v);
    RandomEffects r{kNaN, kNaN, kNaN, kNoInterval,     kNaN, kNoInterval,
                    kNaN, kNaN, kNaN, segments.size(), {},   {}};
    r.shrunken.assign(y.size(), kNaN);
    r.shrunken_standard_error.assign(y.size(), kNaN);
    if (segments.empty() || y.size() != v.size()) return r;

    const double z = critical_value(level);
    const double df = static_cast<double>(segments.size()) - 1;
    r.tau_squared = tau_squared(segments);
    const Mean m = weighted_mean(segments, r.tau_squared);
    r.mean = m.mean;
    r.standard_error = 1 / std::sqrt(m.weight);
    r.interval = {m.mean - z * r.standard_error, m.mean + z * r.standard_error};
    if (df > 0) {
        r.q = weighted_mean(segments, 0).q;
        r.q_p = chi_square_upper_tail(r.q, df);
        r.knapp_hartung_standard_error = std::sqrt(m.q / df / m.weight);
        const double half = student_t_critical_value(level, df) * r.knapp_hartung_standard_error;
        r.knapp_hartung_interval = {m.mean - half, m.mean + half};
        r.i_squared = r.q > 0 ? std::max(0.0, (r.q - df) / r.q) : 0;
    }
    for (std::size_t i = 0; i < y.size(); ++i) {
        if (!usable(y[i], v[i])) continue;
        const double keep = r.tau_squared / (r.tau_squared + v[i]);
        r.shrunken[i] = m.mean + keep * (y[i] - m.mean);
        r.shrunken_standard_error[i] = std::sqrt(keep * v[i] + square(1 - keep) / m.weight);
    }
    return r;
}

} // namespace

RandomEffects paule_mandel(std::span<const double> estimates, std::span<const double> variances,
                           double level) {
    return fit(estimates, variances, level, paule_mandel_tau_squared);
}

RandomEffects dersimonian_laird(std::span<const double> estimates, std::span<const double> variances,
                                double level) {
    return fit(estimates, variances, level, dersimonian_laird_tau_squared);
}

RandomEffects common_effect(std::span<const double> estimates, std::span<const double> variances,
                            double level) {
    return fit(estimates, variances, level, [](const std::vector<Segment>&) { return 0.0; });
}

} // namespace preempt::stats
