#include "core/metrics/facts.hpp"

#include "core/metrics/compare.hpp"
#include "core/stats/difference.hpp"

#include <algorithm>
#include <cmath>

namespace preempt::metrics {

Truth any_of(std::initializer_list<Truth> all) {
    bool known = false;
    for (const auto t : all) {
        if (t == Truth::yes) return Truth::yes;
        known |= t == Truth::no;
    }
    return known ? Truth::no : Truth::unknown;
}

Truth all_of(std::initializer_list<Truth> all) {
    bool known = true;
    for (const auto t : all) {
        if (t == Truth::no) return Truth::no;
        known &= t == Truth::yes;
    }
    return known ? Truth::yes : Truth::unknown;
}

const Metric* metric_of(const Facts& facts, const std::string& id) {
    for (const auto& metric : facts.metrics)
        if (metric.id == id) return &metric;
    return nullptr;
}

const Comparison* leading_of(const Facts& facts) {
    const auto& basis = facts.basis;
    const auto& leading = basis.holdout.available ? basis.holdout : basis.matched;
    const bool believed = leading.available && leading.verdict != "withheld";
    return believed ? &leading : nullptr;
}

int rung_of(const Facts& facts) {
    const auto* leading = leading_of(facts);
    if (leading == nullptr) return 0;
    return facts.basis.holdout.available ? 5 : 4;
}

stats::Estimate number_of(const Estimate& e) {
    if (!e.value || !e.low || !e.high) return {std::nan(""), {std::nan(""), std::nan("")}};
    return {*e.value, {*e.low, *e.high}};
}
Estimate estimate_of(const stats::Estimate& e) {
    if (!std::isfinite(e.value)) return {};
    return estimate(e.value, e.interval);
}
bool above_zero(const Estimate& e) {
    return e.low && *e.low > 0;
}
bool below_zero(const Estimate& e) {
    return e.high && *e.high < 0;
}

Estimate part_difference(evidence::Part first, evidence::Part second, double level) {
    if (first.whole <= 0 || second.whole <= 0) return {};
    const stats::Arm a{static_cast<double>(first.part), static_cast<double>(first.whole)};
    const stats::Arm b{static_cast<double>(second.part), static_cast<double>(second.whole)};
    return estimate(stats::rate(a) - stats::rate(b), stats::miettinen_nurminen(a, b, level));
}

Truth Look::holds(bool truth, Quantity number) {
    if (!truth) return Truth::no;
    numbers.push_back(std::move(number));
    return Truth::yes;
}

Truth Look::lacks(std::string id, std::string code) {
    lacking.push_back({std::move(id), std::move(code)});
    return Truth::unknown;
}

std::string Look::why_missing(const std::string& id) const {
    const auto* metric = metric_of(facts, id.substr(0, id.find('.')));
    return metric != nullptr && !metric->missing.empty() ? metric->missing : "not_in_data";
}

Truth Look::moved(const char* id, std::initializer_list<const char*> directions) {
    const auto found = std::find_if(facts.companions.begin(), facts.companions.end(),
                                    [&](const CompanionSeries& s) { return s.id == id; });
    if (found == facts.companions.end()) return lacks(id, why_missing(id));
    const auto way = trend(*found);
    if (way.direction.empty()) return lacks(id, "too_few_periods");
    const bool so =
        std::any_of(directions.begin(), directions.end(), [&](const char* d) { return way.direction == d; });
    const auto unit = found->unit == "count" ? "count_per_day" : found->unit;
    return holds(so, {id, "", unit, way.last, way.before, "before", way.change, way.direction != "steady"});
}

Truth Look::half(const char* id, bool above) {
    const auto* metric = metric_of(facts, id);
    if (metric == nullptr || !metric->estimate.low || !metric->estimate.high)
        return lacks(id, why_missing(id));
    const bool so = above ? *metric->estimate.low > 0.5 : *metric->estimate.high < 0.5;
    return holds(so, {id, "", metric->unit, metric->estimate, 0.5, "half", {}, true});
}

Truth Look::good(const char* id) {
    if (const auto level = most(id); level != Truth::yes) return level;
    const auto before = numbers.size();
    const auto lacked = lacking.size();
    const bool sinking = falling(id) == Truth::yes;
    numbers.resize(before);
    lacking.resize(lacked); // without a history the level alone speaks
    return sinking ? Truth::no : Truth::yes;
}

} // namespace preempt::metrics
