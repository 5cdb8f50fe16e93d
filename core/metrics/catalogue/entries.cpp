#include "core/metrics/catalogue/entries.hpp"

#include "core/stats/cluster.hpp"
#include "core/stats/difference.hpp"
#include "core/stats/order.hpp"

#include <array>
#include <cmath>

namespace preempt::metrics::entries {

using evidence::Cell;
using evidence::Part;

Cell total(const std::vector<Cell>& cells) {
    Cell sum;
    for (const auto& cell : cells)
        evidence::merge(sum, cell);
    return sum;
}

Estimate shown(const stats::Estimate& e) {
    return {std::isfinite(e.value) ? std::optional<double>(e.value) : std::nullopt,
            std::isfinite(e.interval.low) ? std::optional<double>(e.interval.low) : std::nullopt,
            std::isfinite(e.interval.high) ? std::optional<double>(e.interval.high) : std::nullopt};
}

Estimate effective_share(std::int64_t part, std::int64_t whole, const Cell& cell, double level) {
    if (whole <= 0) return {};
    const stats::Arm counts{static_cast<double>(part), static_cast<double>(whole)};
    const auto effective = stats::effective(counts, stats::design_effect(std::array{cell.sums}));
    return estimate(stats::rate(counts), stats::wilson(effective.events, effective.total, level));
}

Estimate difference(Part first, Part second, double level) {
    if (first.whole <= 0 || second.whole <= 0) return {};
    const stats::Arm a{static_cast<double>(first.part), static_cast<double>(first.whole)};
    const stats::Arm b{static_cast<double>(second.part), static_cast<double>(second.whole)};
    return estimate(stats::rate(a) - stats::rate(b), stats::miettinen_nurminen(a, b, level));
}

void add_share(Metric& metric, const char* id, const char* name, Part part, double level) {
    if (part.whole <= 0) return;
    metric.variants.push_back(
        {id, name, "share", part.part, part.whole, proportion(part.part, part.whole, level)});
}

void set_share(const Basis& basis, Metric& metric, Part part, const char* missing) {
    metric.numerator = part.part;
    metric.denominator = part.whole;
    if (part.whole > 0)
        metric.estimate = proportion(part.part, part.whole, basis.level);
    else
        metric.missing = basis.evidence.typed ? "not_typed" : missing;
}

bool typed_lacks(const Basis& basis, Metric& metric) {
    if (basis.evidence.typed) metric.missing = "not_typed";
    return basis.evidence.typed;
}

void exclude(Metric& metric, const Cell& cell) {
    metric.excluded.push_back({"reactive", "the customer had contacted shortly before", cell.reactive});
    metric.excluded.push_back({"pending", "window not finished", cell.pending});
    metric.excluded.push_back({"censored_churn", "the customer left inside the window", cell.censored});
    metric.excluded.push_back({"mixed_arms", "in both arms", cell.dropped});
}

Spread spread(const evidence::Histogram& histogram, double level) {
    Spread s;
    for (const auto& [value, count] : histogram) {
        s.n += count;
        s.sum += static_cast<double>(value) * static_cast<double>(count);
        if (count > 0) s.most = value;
    }
    if (s.n == 0) return s;
    s.mean = s.sum / static_cast<double>(s.n);
    const auto at_rank = [&](std::int64_t rank) -> std::optional<double> { // 1 = the smallest
        if (rank < 1 || rank > s.n) return std::nullopt;
        for (const auto& [value, count] : histogram) {
            rank -= count;
            if (rank <= 0) return static_cast<double>(value);
        }
        return std::nullopt;
    };
    const auto quantile = [&](double q) -> Estimate {
        const auto ranks = stats::quantile_ranks(static_cast<std::size_t>(s.n), q, level);
        return {at_rank(static_cast<std::int64_t>(std::ceil(q * static_cast<double>(s.n)))),
                at_rank(static_cast<std::int64_t>(ranks.low)),
                at_rank(static_cast<std::int64_t>(ranks.high))};
    };
    s.median = quantile(0.5);
    s.p90 = quantile(0.9);
    return s;
}

void set_spread(const Basis& basis, Metric& metric, const evidence::Histogram& histogram,
                const char* missing) {
    const auto s = spread(histogram, basis.level);
    metric.denominator = s.n;
    if (s.n == 0) {
        metric.missing = basis.evidence.typed ? "not_typed" : missing;
        return;
    }
    metric.numerator = std::llround(s.sum);
    metric.estimate = s.median;
    metric.variants.push_back({"mean", "mean", metric.unit, metric.numerator, s.n, {s.mean, {}, {}}});
    metric.variants.push_back({"p90", "nine in ten are below", metric.unit, 0, s.n, s.p90});
}

} // namespace preempt::metrics::entries
