#include "core/metrics/effects/matched.hpp"

#include "core/metrics/effects/strata.hpp"
#include "core/stats/cluster.hpp"
#include "core/stats/difference.hpp"
#include "core/stats/sensitivity.hpp"

#include <algorithm>
#include <cmath>

namespace preempt::metrics {
namespace {

using evidence::Evidence;

struct Source {
    const char* id;
    const evidence::Table* table;
    const evidence::Table* totals; ///< units once
    const evidence::Table* placebo;
    const char* missing;
};

std::optional<double> finite(double value) {
    return std::isfinite(value) ? std::optional<double>(value) : std::nullopt;
}

/// A comparison that a failed negative control refutes, or that speaks of too few of the messages (5.5.8),
/// has no verdict and no estimate.
void withhold(Comparison& c, const char* why) {
    c.verdict = "withheld";
    c.withheld_why = c.missing = why;
    c.outreaches_per_prevented.reset();
    c.difference = c.prevented = c.relative_reduction = {};
    c.p.reset();
    c.common = {};
    c.sequential = {};
    for (auto& stratum : c.strata)
        stratum.difference = {};
}

/// Verdict and estimate are withdrawn before anything else is made of them.
void examine(Comparison& c, const Source& source, const Evidence& evidence, double level) {
    c.basis = source.id;
    if (!c.available) {
        c.missing = evidence.typed                ? "not_typed"
                    : !evidence.has_contacts      ? "no_contacts"
                    : source.table->cells.empty() ? source.missing
                                                  : "no_common_stratum";
        return;
    }
    c.placebo = judge_placebo(*source.placebo, source.table->groups, level, c.difference.value);
    const auto all = static_cast<double>(c.covered + c.not_covered);
    const bool failed = c.placebo.state == "failed";
    if (failed || static_cast<double>(c.covered) < kLeastCoverage * all)
        withhold(c, failed ? "placebo" : "coverage");
    if (c.sequential.decides) c.cautions.emplace_back("looked_at_before");
    if (c.sequential.interim) c.cautions.emplace_back("interim");
    if (c.placebo.state == "not_known") c.cautions.emplace_back("no_placebo");
    if (c.placebo.state == "too_small") c.cautions.emplace_back("weak_placebo");
}

void state_e_values(const Comparison& c, MatchedSource& source) {
    const auto& r = c.relative_reduction;
    if (!r.value) return;
    source.e_value = finite(stats::e_value(1 - *r.value));
    const double nothing = std::numeric_limits<double>::infinity();
    source.e_value_limit =
        finite(stats::e_value_of_limit({r.high ? 1 - *r.high : 0.0, r.low ? 1 - *r.low : nothing}));
}

MatchedSource describe(const Comparison& c, const Source& from, const Evidence& evidence) {
    MatchedSource source;
    source.id = from.id;
    source.available = c.available;
    source.missing = c.missing;
    source.baseline = c.baseline;
    source.treated = c.treated;
    source.difference = c.difference;
    source.relative_reduction = c.relative_reduction;
    source.prevented = c.prevented;
    source.verdict = c.verdict;
    source.withheld_why = c.withheld_why;
    source.covered = c.covered;
    source.not_covered = c.not_covered;
    if (const auto all = c.covered + c.not_covered; all > 0)
        source.coverage = static_cast<double>(c.covered) / static_cast<double>(all);
    source.placebo = c.placebo;
    if (!c.available) return source;
    state_e_values(c, source);
    if (from.table == &evidence.matched) {
        source.bias = {"worst_first", "skipped_when_busy"};
        if (evidence.treated_without_signal > 0) source.bias.emplace_back("quiet_until_sent");
    } else {
        source.bias = {"messaged_for_a_reason"};
    }
    return source;
}

void add_methods(const Comparison& c, const Source& from, double level, std::vector<MatchedMethod>& all) {
    if (!c.difference.value) return;
    all.push_back({from.id, "stratified", c.difference});
    if (c.common.available) all.push_back({from.id, "mantel_haenszel", c.common.difference});
    if (c.strata.size() < 2) return;
    const auto arm = [&](const Arm& a) {
        return stats::effective({static_cast<double>(a.contacted), static_cast<double>(a.episodes)},
                                c.design_effect);
    };
    const auto baseline = arm(c.baseline), treated = arm(c.treated);
    all.push_back({from.id, "unstratified",
                   estimate(stats::rate(baseline) - stats::rate(treated),
                            stats::miettinen_nurminen(baseline, treated, level))});
}

/// How far a source can be trusted with the lead; see compare_matched().
int standing(const Comparison& c) {
    if (!c.available) return 0;
    if (c.withheld_why == "coverage" || c.withheld_why == "placebo") return 1;
    return c.placebo.state == "passed" ? 3 : 2;
}

void state_range(Matching& matching) {
    for (const auto& method : matching.methods) {
        if (!method.difference.value) continue;
        const double d = *method.difference.value;
        matching.low = std::min(matching.low.value_or(d), d);
        matching.high = std::max(matching.high.value_or(d), d);
    }
    matching.one_sign = matching.low && (*matching.low > 0 || *matching.high < 0);
}

} // namespace

Matched compare_matched(const Evidence& evidence, double level, const Plan& plan) {
    const Source sources[] = {{"signals_not_acted_on", &evidence.matched, &evidence.matched_totals,
                               &evidence.matched_placebo, "no_signals"},
                              {"same_time_customers", &evidence.calendar, &evidence.calendar_totals,
                               &evidence.calendar_placebo, "no_customers"}};
    Matched result;
    auto& matching = result.matching;
    matching.clock_at_send = evidence.treated_without_signal;
    std::vector<Comparison> all;
    for (const auto& source : sources) {
        const auto& cells = source.table->cells;
        const auto& totals = source.totals->cells.empty() ? cells : source.totals->cells;
        all.push_back(compare(cells, totals, source.table->groups, level));
        if (all.back().available) {
            add_strata_and_watch(all.back(), cells, plan, level);
            decide(all.back());
        }
        examine(all.back(), source, evidence, level);
        matching.sources.push_back(describe(all.back(), source, evidence));
        add_methods(all.back(), source, level, matching.methods);
    }
    state_range(matching);
    const std::size_t lead = standing(all[1]) > standing(all[0]) ? 1 : 0;
    matching.sources[lead].leads = all[lead].available;
    result.leading = std::move(all[lead]);
    auto& leading = result.leading;
    if (lead == 0 && leading.available && evidence.treated_without_signal > 0)
        leading.cautions.emplace_back("clock_at_send");
    const auto& other = all[1 - lead];
    const bool opposite = (leading.verdict == "prevents" && other.verdict == "causes") ||
                          (leading.verdict == "causes" && other.verdict == "prevents");
    if (opposite) {
        leading.verdict = matching.sources[lead].verdict = "cannot_tell";
        leading.outreaches_per_prevented.reset();
        leading.cautions.emplace_back("sources_disagree");
    }
    return result;
}

} // namespace preempt::metrics
