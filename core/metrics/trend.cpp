#include "core/metrics/trend.hpp"

#include "core/base/instant.hpp"
#include "core/stats/did.hpp"

#include <array>
#include <cmath>
#include <cstdlib>

namespace preempt::metrics {
namespace {

constexpr std::size_t kBefore = 3;

bool usable(const CompanionPoint& point) {
    return point.complete && point.estimate.value && point.estimate.low && point.estimate.high;
}

/// Days from 1970 of a local day YYYY-MM-DD.
double day_number(const std::string& text) {
    if (text.size() < 10) return std::nan("");
    CivilTime day;
    day.year = std::atoi(text.c_str());
    day.month = std::atoi(text.c_str() + 5);
    day.day = std::atoi(text.c_str() + 8);
    return static_cast<double>(civil_to_instant(day)) / kMillisecondsPerDay;
}

/// The point's estimate, a day where asked for.
stats::Estimate scaled(const CompanionPoint& point, bool per_day) {
    const double length = per_day ? day_number(point.end) - day_number(point.start) : 1;
    const double by = length > 0 ? 1 / length : std::nan("");
    const auto& e = point.estimate;
    return {*e.value * by, {*e.low * by, *e.high * by}};
}

Estimate shown(const stats::Estimate& e) {
    return {e.value, e.interval.low, e.interval.high};
}

} // namespace

Trend trend(std::span<const CompanionPoint> points, bool per_day) {
    Trend result;
    std::size_t last = points.size();
    while (last > 0 && !points[last - 1].complete)
        --last;
    if (last == 0 || !usable(points[last - 1])) return result;
    std::vector<const CompanionPoint*> before;
    for (std::size_t i = last - 1; i > 0 && before.size() < kBefore; --i)
        if (usable(points[i - 1])) before.push_back(&points[i - 1]);
    if (before.size() < kBefore) return result;

    std::array<double, kBefore + 1> weights{1};
    std::array<stats::Estimate, kBefore + 1> parts{scaled(points[last - 1], per_day)};
    double mean = 0;
    for (std::size_t i = 0; i < kBefore; ++i) {
        weights[i + 1] = -1.0 / kBefore;
        parts[i + 1] = scaled(*before[i], per_day);
        mean += parts[i + 1].value / kBefore;
    }
    const auto change = stats::mover_sum(weights, parts);
    if (std::isnan(change.interval.low + change.interval.high)) return result;
    result.start = points[last - 1].start;
    result.end = points[last - 1].end;
    result.last = shown(parts[0]);
    result.before = mean;
    result.change = shown(change);
    result.direction = change.interval.low > 0 ? "rising" : change.interval.high < 0 ? "falling" : "steady";
    return result;
}

Trend trend(const CompanionSeries& series) {
    const bool per_day = series.unit == "count";
    auto by_month = trend(series.month, per_day);
    return by_month.direction.empty() ? trend(series.week, per_day) : by_month;
}

} // namespace preempt::metrics
