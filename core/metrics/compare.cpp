#include "core/metrics/compare.hpp"

#include "core/metrics/effects/strata.hpp"
#include "core/stats/cluster.hpp"
#include "core/stats/difference.hpp"
#include "core/stats/power.hpp"
#include "core/stats/relative.hpp"
#include "core/stats/sequential.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace preempt::metrics {
namespace {

using evidence::Cell;

constexpr std::int64_t kSmallStratum = 20; ///< statistics.md 2.4

std::optional<double> finite(double value) {
    return std::isfinite(value) ? std::optional<double>(value) : std::nullopt;
}

void add_arm(Arm& arm, const Cell& cell) {
    arm.episodes += cell.episodes;
    arm.contacted += cell.contacted;
    arm.contacts += cell.contacts;
    arm.reactive += cell.reactive;
    arm.pending += cell.pending;
    arm.censored += cell.censored;
}

Estimate rate_of(const Arm& arm, double design_effect, double level) {
    if (arm.episodes == 0) return {};
    const stats::Arm counts{static_cast<double>(arm.contacted), static_cast<double>(arm.episodes)};
    const auto effective = stats::effective(counts, design_effect);
    return estimate(stats::rate(counts), stats::wilson(effective.events, effective.total, level));
}

Stratum row_of(const Pair& pair, std::span<const std::string> strata) {
    Stratum row;
    row.label = pair.stratum < strata.size() ? strata[pair.stratum] : "";
    row.holdout_units = static_cast<std::int64_t>(pair.holdout.sums.units);
    row.holdout_episodes = pair.holdout.episodes;
    row.holdout_contacted = pair.holdout.contacted;
    row.treated_units = static_cast<std::int64_t>(pair.treated.sums.units);
    row.treated_episodes = pair.treated.episodes;
    row.treated_contacted = pair.treated.contacted;
    row.covered = pair.holdout.episodes > 0 && pair.treated.episodes > 0;
    return row;
}

/// +1 the whole interval above 0, -1 below, 0 neither.
int side(const Estimate& e) {
    if (e.low && *e.low > 0) return 1;
    if (e.high && *e.high < 0) return -1;
    return 0;
}

CommonEffect common_effect(std::span<const stats::Stratum> arms, double design_effect,
                           const Estimate& headline, double level) {
    CommonEffect common;
    std::vector<stats::Stratum> effective;
    for (const auto& arm : arms)
        if (arm.holdout.total > 0 && arm.contacted.total > 0)
            effective.push_back({stats::effective(arm.holdout, design_effect),
                                 stats::effective(arm.contacted, design_effect)});
    if (effective.size() < 2) return common;
    const auto mh = stats::mantel_haenszel_difference(effective, level);
    common.available = true;
    common.difference = estimate(mh.estimate, mh.klingenberg);
    common.p = finite(stats::cochran_mantel_haenszel(effective).p);
    const auto value = common.difference.value;
    common.differs = side(common.difference) != side(headline) ||
                     (value && headline.low && (*value < *headline.low || *value > *headline.high));
    return common;
}

Sequential watch(const Comparison& c, std::span<const stats::Stratum> arms, const Plan& plan, double level) {
    Sequential s;
    s.units = c.baseline.units + c.treated.units;
    s.planned_assumed = !plan.planned_units;
    s.planned = plan.planned_units ? std::llround(*plan.planned_units) : kAssumedPlan;
    s.interim = plan.planned_units && static_cast<double>(s.units) < *plan.planned_units;
    s.decides = plan.snapshots > 1;
    s.why = s.decides                                    ? "snapshots"
            : s.interim                                  ? "before_plan"
            : c.baseline.pending + c.treated.pending > 0 ? "pending"
                                                         : "";
    s.applies = !s.why.empty();
    if (!s.applies || s.units == 0) return s;
    const auto units = static_cast<double>(s.units), planned = static_cast<double>(s.planned);
    const auto result =
        stats::sequential_contacted_weighted_difference(arms, units, planned, level, c.design_effect);
    s.difference = estimate(result.estimate, result.interval);
    s.prevented = estimate(result.prevented, result.prevented_interval);
    const double se = std::sqrt(stats::contacted_weighted_add_one_variance(arms, c.design_effect));
    const double log_e = stats::sequential_log_e_value(result.estimate, se, units, planned, level);
    s.p = finite(std::min(1.0, std::exp(-log_e)));
    return s;
}

} // namespace

Estimate estimate(double value, stats::Interval interval) {
    return {finite(value), finite(interval.low), finite(interval.high)};
}

Estimate proportion(std::int64_t part, std::int64_t whole, double level) {
    if (whole <= 0) return {};
    const auto x = static_cast<double>(part), n = static_cast<double>(whole);
    return estimate(x / n, stats::wilson(x, n, level));
}

Estimate cell_rate(const Cell& cell, double level) {
    Arm arm;
    add_arm(arm, cell);
    return rate_of(arm, stats::design_effect(std::array{cell.sums}), level);
}

void decide(Comparison& c) {
    c.outreaches_per_prevented.reset();
    if (!c.available) {
        c.verdict = "not_measured";
        return;
    }
    int verdict = side(c.difference);
    if (c.sequential.decides && side(c.sequential.difference) != verdict) verdict = 0;
    if (c.by_account.decides && side(c.by_account.difference) != verdict) verdict = 0;
    c.verdict = verdict > 0 ? "prevents" : verdict < 0 ? "causes" : "cannot_tell";
    if (verdict > 0 && c.difference.value) c.outreaches_per_prevented = finite(1 / *c.difference.value);
    if (c.baseline.episodes < kLeastEpisodes || c.covered < kLeastEpisodes ||
        c.baseline.contacted + c.treated.contacted < kLeastEvents) {
        c.verdict = "withheld";
        c.withheld_why = "too_few";
    }
}

Comparison compare(std::span<const Cell> cells, std::span<const Cell> totals,
                   std::span<const std::string> strata, double level) {
    Comparison result;
    for (const auto& cell : cells)
        add_arm(cell.arm == history::Arm::holdout ? result.baseline : result.treated, cell);
    for (const auto& cell : totals)
        (cell.arm == history::Arm::holdout ? result.baseline : result.treated).units +=
            static_cast<std::int64_t>(cell.sums.units);
    const double deff = result.design_effect = design_effect_of(cells);
    result.baseline.rate = rate_of(result.baseline, deff, level);
    result.treated.rate = rate_of(result.treated, deff, level);

    const auto pairs = pair_up(cells);
    bool small = false;
    for (const auto& pair : pairs) {
        auto row = row_of(pair, strata);
        (row.covered ? result.covered : result.not_covered) += row.treated_episodes;
        small |= row.covered && row.holdout_units < kSmallStratum;
        result.strata.push_back(std::move(row));
    }
    result.available = result.covered > 0;
    if (!result.available) {
        decide(result);
        return result;
    }

    const auto arms = arms_of(pairs);
    const auto difference = stats::contacted_weighted_difference(arms, level, deff);
    result.difference = estimate(difference.estimate, difference.interval);
    result.prevented = estimate(difference.prevented, difference.prevented_interval);
    const auto reduction = stats::contacted_weighted_reduction(arms, level, deff);
    result.relative_reduction = estimate(reduction.estimate, reduction.interval);
    result.p = finite(stats::contacted_weighted_p(arms, deff));
    // Test and interval are dual, save over strata of extremely unlike size, where the score crosses its
    // bound more than once (stats::contacted_weighted_difference): there the interval is right and p follows
    // it.
    if (result.p && side(result.difference) == 0) result.p = std::max(*result.p, 1 - level);
    if (result.p && side(result.difference) != 0)
        result.p = std::min(*result.p, std::nextafter(1 - level, 0.0));
    result.common = common_effect(arms, deff, result.difference, level);
    result.detectable_drop = stats::minimum_detectable_drop(
        result.baseline.rate.value.value_or(0), static_cast<double>(result.baseline.episodes),
        static_cast<double>(result.covered), level, 0.80, deff);
    decide(result);
    if (small) result.cautions.emplace_back("small_strata");
    if (result.not_covered > 0) result.cautions.emplace_back("not_covered");
    if (result.baseline.contacted < kLeastEvents || result.treated.contacted < kLeastEvents)
        result.cautions.emplace_back("few_events");
    if (deff > 1.0) result.cautions.emplace_back("repeated_outreach");
    if (result.common.differs) result.cautions.emplace_back("common_effect_differs");
    return result;
}

void add_strata_and_watch(Comparison& c, std::span<const Cell> cells, const Plan& plan, double level) {
    const auto arms = arms_of(pair_up(cells));
    c.sequential = watch(c, arms, plan, level);
    for (std::size_t s = 0; s < arms.size(); ++s) { // in the same order, see compare()
        auto& row = c.strata[s];
        if (!row.covered) continue;
        const auto own = stats::contacted_weighted_difference({&arms[s], 1}, level, c.design_effect);
        row.difference = estimate(own.estimate, own.interval);
        row.detectable_drop =
            stats::minimum_detectable_drop(stats::rate(arms[s].holdout), arms[s].holdout.total,
                                           arms[s].contacted.total, level, 0.80, c.design_effect);
    }
}

Placebo judge_placebo(const evidence::Table& table, std::span<const std::string> strata, double level,
                      std::optional<double> effect) {
    Placebo placebo;
    if (table.cells.empty()) return placebo;
    const auto before = compare(table.cells, table.cells, strata, level);
    placebo.baseline_episodes = before.baseline.episodes;
    placebo.baseline_contacted = before.baseline.contacted;
    placebo.treated_episodes = before.treated.episodes;
    placebo.treated_contacted = before.treated.contacted;
    if (!before.available) return placebo;
    placebo.difference = before.difference;
    placebo.p = before.p;
    const auto& d = before.difference;
    const bool as_large = effect && d.low && d.high && *d.low <= *effect && *effect <= *d.high;
    placebo.state = side(d) != 0                                           ? "failed"
                    : before.verdict == "withheld" || as_large || !d.value ? "too_small"
                                                                           : "passed";
    return placebo;
}

} // namespace preempt::metrics
