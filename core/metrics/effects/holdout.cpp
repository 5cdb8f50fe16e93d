// The holdout comparison (rung 5): randomised arms, so the difference is an effect, provided that the split
// held. In: evidence cells of assignments. Out: the Comparison with its health checks before any verdict
// (metrics.md 5.5.7, 3.2; statistics.md 2.4, 2.6, 2.7, 2.14).
#include "core/metrics/compare.hpp"
#include "core/metrics/effects/strata.hpp"
#include "core/stats/cluster.hpp"
#include "core/stats/distribution.hpp"
#include "core/stats/sequential.hpp"
#include "core/stats/srm.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace preempt::metrics {
namespace {

using evidence::Cell;
using evidence::Evidence;

constexpr double kOldHoldoutDays = 90;        ///< H8
constexpr double kMostMixed = 0.01;           ///< 5.5.7: of units
constexpr std::int64_t kMixedAccountsIn = 20; ///< 5.5.7: more than one account in 20

std::optional<double> finite(double value) {
    return std::isfinite(value) ? std::optional<double>(value) : std::nullopt;
}

/// Each experiment against its own design; the smallest p, times their number (Holm's first step).
SampleRatio sample_ratio(const Evidence& evidence, bool& any_design) {
    SampleRatio ratio;
    const auto& design = evidence.design;
    const auto assigned = design.holdout_units + design.treated_units;
    if (assigned > 0)
        ratio.observed_holdout_share =
            static_cast<double>(design.holdout_units) / static_cast<double>(assigned);
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
    any_design = tested > 0;
    if (ratio.p) {
        ratio.p = std::min(1.0, *ratio.p * static_cast<double>(tested));
        if (ratio.log10_p)
            ratio.log10_p = std::min(0.0, *ratio.log10_p + std::log10(static_cast<double>(tested)));
        ratio.flagged = *ratio.p < stats::kSampleRatioAlarm;
    }
    return ratio;
}

/// statistics.md 2.6. Looks at several exports decide by the sequential interval; a running programme seen
/// once shows it beside the ordinary one.
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

/// CACE. Its interval holds every quotient of a difference and a delivered share inside their own intervals:
/// wider than it needs to be, since nobody counts how the two vary together, and 0 lies in it exactly when it
/// lies in the headline's.
Delivery adjust_for_delivery(const Evidence& evidence, std::span<const Pair> pairs, const Comparison& c,
                             double level) {
    Delivery result;
    std::vector<stats::Stratum> delivered;
    std::int64_t treated = 0, baseline = 0, baseline_episodes = 0;
    for (const auto& pair : pairs) {
        if (pair.holdout.episodes == 0 || pair.treated.episodes == 0) continue;
        treated += pair.treated.delivered;
        baseline += pair.holdout.delivered;
        baseline_episodes += pair.holdout.episodes;
        // Contacted first: here the contacted arm is the one with more.
        const auto arm = [](const Cell& cell) {
            return stats::Arm{static_cast<double>(cell.delivered), static_cast<double>(cell.episodes)};
        };
        delivered.push_back({arm(pair.treated), arm(pair.holdout)});
    }
    if (!evidence.has_outreaches || treated == 0) {
        result.missing = evidence.typed ? "not_typed" : "no_outreaches";
        return result;
    }
    result.treated_share = static_cast<double>(treated) / static_cast<double>(c.covered);
    result.baseline_share = static_cast<double>(baseline) / static_cast<double>(baseline_episodes);
    std::vector<double> weights;
    for (const auto& stratum : delivered)
        weights.push_back(stratum.contacted.total > 0 ? stratum.holdout.total : 0);
    for (auto& stratum : delivered) {
        stratum.holdout = stats::effective(stratum.holdout, c.design_effect);
        stratum.contacted = stats::effective(stratum.contacted, c.design_effect);
    }
    const auto share = stats::weighted_score_difference(delivered, weights, level);
    result.delivered_share = estimate(share.estimate, share.interval);
    if (!(share.interval.low > 0)) {
        result.missing = "delivery_alike"; // as many held out were messaged: nothing to divide by
        return result;
    }
    const auto divide = [&](std::optional<double> d, bool outwards_is_up) -> std::optional<double> {
        if (!d) return std::nullopt;
        return *d / ((*d > 0) == outwards_is_up ? share.interval.low : share.interval.high);
    };
    result.difference = {finite(*c.difference.value / share.estimate), divide(c.difference.low, false),
                         divide(c.difference.high, true)};
    return result;
}

/// 5.5.7: colleagues of one account stand in both arms. Strata, weights and estimate stay; the design effect
/// is that of accounts.
ByAccount by_account(const Evidence& evidence, std::span<const stats::Stratum> arms, double level) {
    ByAccount result;
    const auto& cells = evidence.assignments_by_account.cells;
    if (cells.empty()) return result;
    for (const auto& cell : cells)
        result.accounts += static_cast<std::int64_t>(cell.sums.units);
    result.design_effect = design_effect_of(cells);
    const auto difference = stats::contacted_weighted_difference(arms, level, result.design_effect);
    result.difference = estimate(difference.estimate, difference.interval);
    result.prevented = estimate(difference.prevented, difference.prevented_interval);
    result.available = result.difference.value.has_value();
    result.decides =
        result.available && evidence.design.mixed_accounts * kMixedAccountsIn > evidence.design.accounts;
    return result;
}

void withhold(Comparison& c, const char* why) {
    c.verdict = "withheld";
    c.withheld_why = why;
    c.outreaches_per_prevented.reset();
}

const char* missing_of(const Evidence& evidence, const Comparison& c) {
    if (!evidence.has_arms) return evidence.typed ? "not_typed" : "no_holdout";
    if (!evidence.has_contacts) return "no_contacts";
    return c.baseline.pending + c.treated.pending > 0 ? "all_pending" : "no_common_stratum";
}

void state_design(const Evidence& evidence, Comparison& c) {
    const auto& design = evidence.design;
    c.mixed_units = design.mixed_units;
    c.contaminated = design.contaminated;
    c.accounts = design.accounts;
    c.mixed_accounts = design.mixed_accounts;
    if (design.first_assigned == kNoInstant) return;
    c.first_assigned = iso_utc(design.first_assigned);
    c.last_assigned = iso_utc(design.last_assigned);
    if (evidence.coverage_end == kNoInstant) return;
    c.holdout_age_days =
        static_cast<double>(evidence.coverage_end - design.first_assigned) / kMillisecondsPerDay;
    if (*c.holdout_age_days > kOldHoldoutDays) c.cautions.emplace_back("old_holdout");
}

/// The same two arms with another outcome.
Comparison other_outcome(const Evidence& evidence, const evidence::Table& table, const Comparison& holdout,
                         double level, const char* missing) {
    auto result = compare(table.cells, table.cells, evidence.strata, level);
    result.basis = holdout.basis;
    if (!result.available) {
        result.missing = evidence.typed        ? "not_typed"
                         : !evidence.has_arms  ? "no_holdout"
                         : table.cells.empty() ? missing
                                               : missing_of(evidence, result);
    } else if (holdout.verdict == "withheld" && holdout.withheld_why != "too_few") {
        withhold(result, holdout.withheld_why.c_str());
    }
    return result;
}

} // namespace

Comparison compare_holdout(const Evidence& evidence, double level, const Plan& plan) {
    const auto& cells = evidence.assignments.cells;
    Comparison result = compare(cells, evidence.assignment_totals.cells, evidence.strata, level);
    result.basis = evidence.typed ? "typed" : "holdout";
    state_design(evidence, result);
    if (!result.available) {
        result.missing = missing_of(evidence, result);
        return result;
    }
    const auto pairs = pair_up(cells);
    const auto arms = arms_of(pairs);
    result.sequential = watch(result, arms, plan, level);
    result.delivery = adjust_for_delivery(evidence, pairs, result, level);
    result.placebo = judge_placebo(evidence.assignments_placebo, evidence.strata, level);
    result.by_account = by_account(evidence, arms, level);
    decide(result);

    // Health before any verdict: a broken split makes every number after it meaningless.
    const auto& design = evidence.design;
    bool any_design = false;
    result.sample_ratio = sample_ratio(evidence, any_design);
    const auto caution = [&](bool holds, const char* id) {
        if (holds) result.cautions.emplace_back(id);
    };
    caution(!any_design, "no_design_share");
    caution(design.first_assignments_only, "first_assignments_only");
    caution(design.mixed_units > 0, "mixed_units");
    caution(design.contaminated > 0, "contaminated");
    caution(design.accounts > 0 && design.mixed_accounts * kMixedAccountsIn > design.accounts,
            "mixed_accounts");
    caution(evidence.treated_from_outreaches, "treated_from_outreaches");
    caution(result.placebo.state == "failed", "unbalanced_before");
    caution(result.sequential.decides, "looked_at_before");
    caution(result.sequential.interim, "interim");

    const auto units = design.holdout_units + design.treated_units + design.mixed_units;
    if (result.sample_ratio.flagged)
        withhold(result, "sample_ratio");
    else if (static_cast<double>(design.mixed_units) > kMostMixed * static_cast<double>(units))
        withhold(result, "mixed_units");
    // One sound split in twenty fails at 5%: that is a caution. Withheld at the bar of the sample ratio.
    else if (result.placebo.p && *result.placebo.p < stats::kSampleRatioAlarm)
        withhold(result, "unbalanced_before");
    return result;
}

Comparison compare_escalations(const Evidence& evidence, const Comparison& holdout, double level) {
    return other_outcome(evidence, evidence.assignments_escalated, holdout, level, "no_escalations");
}

Comparison compare_at_risk(const Evidence& evidence, const Comparison& holdout, double level) {
    return other_outcome(evidence, evidence.at_risk, holdout, level, "no_at_risk");
}

} // namespace preempt::metrics
