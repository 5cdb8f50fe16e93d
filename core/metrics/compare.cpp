#include "core/metrics/compare.hpp"

#include "core/stats/cluster.hpp"
#include "core/stats/difference.hpp"
#include "core/stats/power.hpp"
#include "core/stats/relative.hpp"
#include "core/stats/srm.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace preempt::metrics {
namespace {

using evidence::Cell;

constexpr double kOldHoldoutDays = 90;     ///< H8
constexpr std::int64_t kSmallStratum = 20; ///< statistics.md 2.4
constexpr double kLeastCoverage = 0.60;    ///< 5.5.8
constexpr double kMostMixed = 0.01;        ///< 5.5.7

std::optional<double> finite(double value) {
    return std::isfinite(value) ? std::optional<double>(value) : std::nullopt;
}

stats::Arm arm_of(const Cell& cell) {
    return {static_cast<double>(cell.contacted), static_cast<double>(cell.episodes)};
}

void add_arm(Arm& arm, const Cell& cell) {
    arm.episodes += cell.episodes;
    arm.contacted += cell.contacted;
    arm.contacts += cell.contacts;
    arm.reactive += cell.reactive;
    arm.pending += cell.pending;
    arm.censored += cell.censored;
}

void add_units(Arm& arm, const Cell& cell) {
    arm.units += static_cast<std::int64_t>(cell.sums.units);
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
    if (cell.episodes == 0) return {};
    const auto deff = stats::design_effect(std::array{cell.sums});
    const auto effective = stats::effective(arm_of(cell), deff);
    return estimate(stats::rate(arm_of(cell)), stats::wilson(effective.events, effective.total, level));
}

Comparison compare(std::span<const Cell> cells, std::span<const Cell> totals,
                   std::span<const std::string> strata, double level) {
    Comparison result;
    struct Pair {
        Cell holdout, treated;
    };
    std::map<std::uint32_t, Pair> by_stratum;
    std::vector<stats::ClusterSums> sums;
    for (const auto& cell : cells) {
        auto& pair = by_stratum[cell.stratum];
        evidence::merge(cell.arm == history::Arm::holdout ? pair.holdout : pair.treated, cell);
        if (cell.episodes > 0) sums.push_back(cell.sums);
        add_arm(cell.arm == history::Arm::holdout ? result.baseline : result.treated, cell);
    }
    for (const auto& cell : totals)
        add_units(cell.arm == history::Arm::holdout ? result.baseline : result.treated, cell);

    result.design_effect = stats::design_effect(sums);
    const auto rate_of = [&](Arm& arm) {
        if (arm.episodes == 0) return;
        const stats::Arm counts{static_cast<double>(arm.contacted), static_cast<double>(arm.episodes)};
        const auto effective = stats::effective(counts, result.design_effect);
        arm.rate = estimate(stats::rate(counts), stats::wilson(effective.events, effective.total, level));
    };
    rate_of(result.baseline);
    rate_of(result.treated);

    std::vector<stats::Stratum> arms;
    bool small = false;
    for (const auto& [number, pair] : by_stratum) {
        if (pair.holdout.episodes == 0 && pair.treated.episodes == 0) continue;
        Stratum row;
        row.label = number < strata.size() ? strata[number] : "";
        row.holdout_units = static_cast<std::int64_t>(pair.holdout.sums.units);
        row.holdout_episodes = pair.holdout.episodes;
        row.holdout_contacted = pair.holdout.contacted;
        row.treated_units = static_cast<std::int64_t>(pair.treated.sums.units);
        row.treated_episodes = pair.treated.episodes;
        row.treated_contacted = pair.treated.contacted;
        row.covered = pair.holdout.episodes > 0 && pair.treated.episodes > 0;
        if (row.covered)
            result.covered += row.treated_episodes;
        else
            result.not_covered += row.treated_episodes;
        small |= row.covered && row.holdout_units < kSmallStratum;
        result.strata.push_back(std::move(row));
        arms.push_back({arm_of(pair.holdout), arm_of(pair.treated)});
    }
    result.available = result.covered > 0;
    if (!result.available) {
        result.verdict = "not_measured";
        return result;
    }

    const auto difference = stats::contacted_weighted_difference(arms, level, result.design_effect);
    result.difference = estimate(difference.estimate, difference.interval);
    result.prevented = estimate(difference.prevented, difference.prevented_interval);
    const auto reduction = stats::contacted_weighted_reduction(arms, level, result.design_effect);
    result.relative_reduction = estimate(reduction.estimate, reduction.interval);
    const auto effective_baseline = stats::effective(
        {static_cast<double>(result.baseline.contacted), static_cast<double>(result.baseline.episodes)},
        result.design_effect);
    if (arms.size() == 1)
        result.p = finite(stats::n_minus_one_chi_square_p(
            effective_baseline, stats::effective(arms[0].contacted, result.design_effect)));
    result.detectable_drop = stats::minimum_detectable_drop(
        result.baseline.rate.value.value_or(0), static_cast<double>(result.baseline.episodes),
        static_cast<double>(result.covered), level, 0.80, result.design_effect);

    const bool too_few = result.baseline.episodes < kLeastEpisodes || result.covered < kLeastEpisodes ||
                         result.baseline.contacted + result.treated.contacted < kLeastEvents;
    const auto low = result.difference.low, high = result.difference.high;
    if (low && *low > 0)
        result.verdict = "prevents";
    else if (high && *high < 0)
        result.verdict = "causes";
    else
        result.verdict = "cannot_tell";
    if (result.verdict == "prevents" && result.difference.value)
        result.outreaches_per_prevented = finite(1 / *result.difference.value);
    if (too_few) {
        result.verdict = "withheld";
        result.withheld_why = "too_few";
    }
    if (small) result.cautions.emplace_back("small_strata");
    if (result.not_covered > 0) result.cautions.emplace_back("not_covered");
    if (result.baseline.contacted < kLeastEvents || result.treated.contacted < kLeastEvents)
        result.cautions.emplace_back("few_events");
    if (result.design_effect > 1.0) result.cautions.emplace_back("repeated_outreach");
    return result;
}

Comparison compare_holdout(const evidence::Evidence& evidence, double level) {
    Comparison result =
        compare(evidence.assignments.cells, evidence.assignment_totals.cells, evidence.strata, level);
    const auto& design = evidence.design;
    result.basis = evidence.typed ? "typed" : "holdout";
    result.mixed_units = design.mixed_units;
    result.contaminated = design.contaminated;
    result.accounts = design.accounts;
    result.mixed_accounts = design.mixed_accounts;
    if (design.first_assigned != kNoInstant) {
        result.first_assigned = iso_utc(design.first_assigned);
        result.last_assigned = iso_utc(design.last_assigned);
        if (evidence.coverage_end != kNoInstant) {
            const auto age =
                static_cast<double>(evidence.coverage_end - design.first_assigned) / kMillisecondsPerDay;
            result.holdout_age_days = age;
            if (age > kOldHoldoutDays) result.cautions.emplace_back("old_holdout");
        }
    }
    if (!result.available) {
        const auto pending = result.baseline.pending + result.treated.pending;
        if (!evidence.has_arms)
            result.missing = evidence.typed ? "not_typed" : "no_holdout";
        else if (!evidence.has_contacts)
            result.missing = "no_contacts";
        else
            result.missing = pending > 0 ? "all_pending" : "no_common_stratum";
        return result;
    }

    // Health before any verdict: a broken split makes every number after it meaningless.
    const auto assigned = design.holdout_units + design.treated_units;
    auto& ratio = result.sample_ratio;
    if (assigned > 0)
        ratio.observed_holdout_share =
            static_cast<double>(design.holdout_units) / static_cast<double>(assigned);
    // Each experiment against its own design; the smallest p, times their number (Holm's first step).
    std::size_t tested = 0;
    for (const auto& [experiment, size] : design.experiments) {
        // Contacted people who are known only by their messages were not counted when the arms were drawn.
        if (!size.expected_holdout_share || evidence.treated_from_outreaches ||
            size.holdout + size.treated == 0)
            continue;
        const double share = *size.expected_holdout_share;
        const std::array observed{static_cast<double>(size.holdout), static_cast<double>(size.treated)};
        const std::array weights{share, 1 - share};
        const auto test = stats::sample_ratio(observed, weights);
        ++tested;
        if (ratio.p && test.p >= *ratio.p) continue;
        ratio.expected_holdout_share = share;
        ratio.p = finite(test.p);
        ratio.log10_p = finite(test.log10_p);
    }
    if (tested == 0) result.cautions.emplace_back("no_design_share");
    if (ratio.p) {
        ratio.p = std::min(1.0, *ratio.p * static_cast<double>(tested));
        if (ratio.log10_p)
            ratio.log10_p = std::min(0.0, *ratio.log10_p + std::log10(static_cast<double>(tested)));
        ratio.flagged = *ratio.p < stats::kSampleRatioAlarm;
    }
    if (design.first_assignments_only) result.cautions.emplace_back("first_assignments_only");
    const auto units = assigned + design.mixed_units;
    if (design.mixed_units > 0) result.cautions.emplace_back("mixed_units");
    if (design.contaminated > 0) result.cautions.emplace_back("contaminated");
    if (design.accounts > 0 && design.mixed_accounts * 20 > design.accounts)
        result.cautions.emplace_back("mixed_accounts");
    if (evidence.treated_from_outreaches) result.cautions.emplace_back("treated_from_outreaches");
    if (result.sample_ratio.flagged) {
        result.verdict = "withheld";
        result.withheld_why = "sample_ratio";
    } else if (static_cast<double>(design.mixed_units) > kMostMixed * static_cast<double>(units)) {
        result.verdict = "withheld";
        result.withheld_why = "mixed_units";
    }
    return result;
}

Comparison compare_matched(const evidence::Evidence& evidence, double level) {
    Comparison result =
        compare(evidence.matched.cells, evidence.matched.cells, evidence.matched.groups, level);
    result.basis = "signals_not_acted_on";
    if (!result.available) {
        result.missing = evidence.typed           ? "not_typed"
                         : !evidence.has_signals  ? "no_signals"
                         : !evidence.has_contacts ? "no_contacts"
                                                  : "no_common_stratum";
        return result;
    }
    if (evidence.treated_without_signal > 0) result.cautions.emplace_back("clock_at_send");
    const auto all = static_cast<double>(result.covered + result.not_covered);
    if (static_cast<double>(result.covered) < kLeastCoverage * all) {
        result.verdict = "withheld";
        result.withheld_why = "coverage";
    }
    return result;
}

} // namespace preempt::metrics
