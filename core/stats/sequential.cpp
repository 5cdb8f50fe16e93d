#include "core/stats/sequential.hpp"

#include <algorithm>
#include <cmath>

#include "core/stats/arm.hpp"

namespace preempt::stats {

namespace {

using detail::has_data;
using detail::kNaN;
using detail::kNoInterval;
using detail::square;

double at_least_one(double deff) {
    return deff > 1 ? deff : 1;
}

Interval cut(Interval i) {
    if (std::isnan(i.low) || std::isnan(i.high)) return kNoInterval;
    return {std::max(-1.0, i.low), std::min(1.0, i.high)};
}

} // namespace

double add_one_variance(Arm arm) {
    if (!has_data(arm)) return kNaN;
    const double p = (arm.events + 1) / (arm.total + 2);
    return p * (1 - p) / arm.total;
}

double add_one_variance(Arm holdout, Arm contacted, double deff) {
    return (add_one_variance(holdout) + add_one_variance(contacted)) * at_least_one(deff);
}

double mixture_rho_squared(double planned, double level) {
    if (!(planned > 0) || !(level > 0 && level < 1)) return kNaN;
    const double minus_two_log = -2 * std::log(1 - level);
    return (minus_two_log + std::log(minus_two_log + 1)) / planned;
}

double sequential_critical_value(double units, double planned, double level) {
    const double g = units * mixture_rho_squared(planned, level);
    if (!(g > 0)) return kNaN;
    return std::sqrt(2 * (g + 1) / g * (std::log1p(g) / 2 - std::log(1 - level)));
}

Interval confidence_sequence(double estimate, double standard_error, double units, double planned,
                             double level) {
    const double half = sequential_critical_value(units, planned, level) * standard_error;
    if (std::isnan(estimate) || !(half >= 0)) return kNoInterval;
    return {estimate - half, estimate + half};
}

double mixture_log_e_value(double estimate, double standard_error, double g) {
    if (!(g > 0) || !(standard_error > 0)) return kNaN;
    return g / (2 * (g + 1)) * square(estimate / standard_error) - std::log1p(g) / 2;
}

double sequential_log_e_value(double estimate, double standard_error, double units, double planned,
                              double level) {
    return mixture_log_e_value(estimate, standard_error, units * mixture_rho_squared(planned, level));
}

Interval sequential_difference(Arm holdout, Arm contacted, double units, double planned, double level,
                               double deff) {
    const double variance = add_one_variance(holdout, contacted, deff);
    return cut(
        confidence_sequence(rate(holdout) - rate(contacted), std::sqrt(variance), units, planned, level));
}

StratifiedDifference sequential_contacted_weighted_difference(std::span<const Stratum> strata, double units,
                                                              double planned, double level, double deff) {
    StratifiedDifference result{};
    double differences = 0, variance = 0;
    for (const Stratum& s : strata) {
        if (!has_data(s.contacted)) continue;
        if (!has_data(s.holdout)) {
            result.contacted_uncovered += s.contacted.total;
            continue;
        }
        result.contacted_covered += s.contacted.total;
        result.strata_used += 1;
        differences += s.contacted.total * (rate(s.holdout) - rate(s.contacted));
        variance += square(s.contacted.total) * add_one_variance(s.holdout, s.contacted, deff);
    }
    result.estimate = result.strata_used ? differences / result.contacted_covered : kNaN;
    result.interval = cut(confidence_sequence(result.estimate, std::sqrt(variance) / result.contacted_covered,
                                              units, planned, level));
    result.prevented = result.contacted_covered * result.estimate;
    result.prevented_interval = {result.contacted_covered * result.interval.low,
                                 result.contacted_covered * result.interval.high};
    return result;
}

} // namespace preempt::stats
