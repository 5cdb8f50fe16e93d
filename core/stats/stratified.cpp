#include "core/stats/stratified.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/stats/arm.hpp"
#include "core/stats/cluster.hpp"
#include "core/stats/difference.hpp"
#include "core/stats/distribution.hpp"
#include "core/stats/root.hpp"
#include "core/stats/sequential.hpp"

namespace preempt::stats {

namespace {

using detail::has_data;
using detail::kNaN;
using detail::kNoInterval;
using detail::square;

struct Weighted {
    Arm first;
    Arm second;
    double weight; // sums to 1
};

// The distance t > 0 from the estimate down to the lower limit of first - second.
double distance_to_lower(const std::vector<Weighted>& strata, double estimate, double level, bool swapped) {
    const double z = critical_value(level);
    double guess = 0;
    for (const Weighted& s : strata) {
        const Arm& a = swapped ? s.second : s.first;
        const Arm& b = swapped ? s.first : s.second;
        const double reach_a = rate(a) - wilson(a.events, a.total, level).low;
        const double reach_b = wilson(b.events, b.total, level).high - rate(b);
        guess += square(s.weight) * (square(reach_a) + square(reach_b));
    }
    const auto excess = [&](double t) {
        const double theta = std::max(-1.0, estimate - t);
        double variance = 0;
        for (const Weighted& s : strata) {
            const Arm& a = swapped ? s.second : s.first;
            const Arm& b = swapped ? s.first : s.second;
            variance += square(s.weight) * detail::restricted_variance_difference(a, b, theta);
        }
        return t - z * std::sqrt(variance);
    };
    return detail::outward_root(excess, std::sqrt(guess), 1 + estimate);
}

WeightedDifference score_difference(const std::vector<Weighted>& strata, double level) {
    if (strata.empty() || std::isnan(critical_value(level))) return {kNaN, kNoInterval};
    if (strata.size() == 1) {
        const Weighted& s = strata.front();
        return {rate(s.first) - rate(s.second), miettinen_nurminen(s.first, s.second, level)};
    }
    double estimate = 0;
    for (const Weighted& s : strata)
        estimate += s.weight * (rate(s.first) - rate(s.second));
    const double down = distance_to_lower(strata, estimate, level, false);
    const double up = distance_to_lower(strata, -estimate, level, true);
    return {estimate, {std::max(-1.0, estimate - down), std::min(1.0, estimate + up)}};
}

} // namespace

WeightedDifference weighted_score_difference(std::span<const Stratum> strata, std::span<const double> weights,
                                             double level) {
    if (strata.size() != weights.size()) return {kNaN, kNoInterval};
    std::vector<Weighted> usable;
    double sum = 0;
    for (std::size_t i = 0; i < strata.size(); ++i) {
        if (!has_data(strata[i].holdout) || !has_data(strata[i].contacted) || !(weights[i] > 0)) continue;
        usable.push_back({strata[i].holdout, strata[i].contacted, weights[i]});
        sum += weights[i];
    }
    for (Weighted& s : usable)
        s.weight /= sum;
    return score_difference(usable, level);
}

StratifiedDifference contacted_weighted_difference(std::span<const Stratum> strata, double level,
                                                   double deff) {
    StratifiedDifference result{};
    std::vector<Weighted> usable;
    for (const Stratum& s : strata) {
        if (!has_data(s.contacted)) continue;
        if (!has_data(s.holdout)) {
            result.contacted_uncovered += s.contacted.total;
            continue;
        }
        usable.push_back({effective(s.holdout, deff), effective(s.contacted, deff), s.contacted.total});
        result.contacted_covered += s.contacted.total;
    }
    for (Weighted& s : usable)
        s.weight /= result.contacted_covered;
    const WeightedDifference difference = score_difference(usable, level);
    result.estimate = difference.estimate;
    result.interval = difference.interval;
    result.prevented = result.contacted_covered * difference.estimate;
    result.prevented_interval = {result.contacted_covered * difference.interval.low,
                                 result.contacted_covered * difference.interval.high};
    result.strata_used = usable.size();
    return result;
}

double contacted_weighted_p(std::span<const Stratum> strata, double deff) {
    double difference = 0, variance = 0;
    std::size_t used = 0;
    for (const Stratum& s : strata) {
        if (!has_data(s.contacted) || !has_data(s.holdout)) continue;
        const Arm holdout = effective(s.holdout, deff), contacted = effective(s.contacted, deff);
        difference += s.contacted.total * (rate(holdout) - rate(contacted));
        variance += square(s.contacted.total) * detail::restricted_variance_difference(holdout, contacted, 0);
        ++used;
    }
    if (used == 0) return kNaN;
    return variance > 0 ? 2 * normal_upper_tail(std::abs(difference) / std::sqrt(variance)) : 1;
}

double contacted_weighted_add_one_variance(std::span<const Stratum> strata, double deff) {
    double contacted = 0, variance = 0;
    for (const Stratum& s : strata) {
        if (!has_data(s.contacted) || !has_data(s.holdout)) continue;
        contacted += s.contacted.total;
        variance += square(s.contacted.total) * add_one_variance(s.holdout, s.contacted, deff);
    }
    return contacted > 0 ? variance / square(contacted) : kNaN;
}

MantelHaenszel mantel_haenszel_difference(std::span<const Stratum> strata, double level) {
    const double z = critical_value(level);
    double weights = 0, differences = 0, sum_p = 0, sum_q = 0;
    for (const Stratum& s : strata) {
        if (!has_data(s.holdout) || !has_data(s.contacted)) continue;
        const auto [x1, n1] = s.holdout;
        const auto [x2, n2] = s.contacted;
        const double n = n1 + n2;
        weights += n1 * (n2 / n);
        differences += x1 * (n2 / n) - x2 * (n1 / n);
        // In shares n1/n, n2/n: squares of 1e9 would cost digits in the difference of the terms.
        const double s1 = n1 / n;
        const double s2 = n2 / n;
        sum_p += s1 * s1 * x2 - s2 * s2 * x1 + s1 * s2 * (n2 - n1) / 2;
        sum_q += (x1 * ((n2 - x2) / n) + x2 * ((n1 - x1) / n)) / 2;
    }
    if (!(weights > 0) || std::isnan(z)) return {kNaN, kNaN, kNoInterval, kNoInterval, weights, sum_p, sum_q};
    const double rd = differences / weights;
    const double p = sum_p / square(weights);
    const double q = sum_q / square(weights);
    const double se = std::sqrt(std::max(0.0, rd * p + q));
    const double mid = rd + z * z * p / 2;
    const double half = std::sqrt(std::max(0.0, mid * mid - rd * rd + z * z * q));
    return {rd, se, {rd - z * se, rd + z * se}, {mid - half, mid + half}, weights, sum_p, sum_q};
}

ChiSquareTest cochran_mantel_haenszel(std::span<const Stratum> strata) {
    double excess = 0, variance = 0;
    for (const Stratum& s : strata) {
        if (!has_data(s.holdout) || !has_data(s.contacted)) continue;
        const auto [x1, n1] = s.holdout;
        const auto [x2, n2] = s.contacted;
        const double n = n1 + n2;
        const double x = x1 + x2;
        if (!(n > 1)) continue;
        excess += x1 * (n2 / n) - x2 * (n1 / n); // = x1 - n1 x / n
        variance += (n1 / n) * (n2 / n) * x * ((n - x) / (n - 1));
    }
    if (!(variance > 0)) return {kNaN, kNaN};
    const double chi_square = square(excess) / variance;
    return {chi_square, chi_square_upper_tail(chi_square, 1)};
}

} // namespace preempt::stats
