// Outcomes other than a contact, and the rows that another part of the report answers in full: money (M18),
// escalations (M29), customers at risk (M30), segments (M31), mix (M33), health scores (M34), own indicators
// (M35).
#include "core/metrics/catalogue/entries.hpp"
#include "core/metrics/indicators.hpp"
#include "core/metrics/mix.hpp"
#include "core/metrics/money.hpp"

#include <cmath>

namespace preempt::metrics::entries {
namespace {

using evidence::Cell;

/// The comparison of another outcome as a metric of the same form. What a health check found unfit proves
/// nothing.
void from_comparison(Metric& metric, const Comparison& c) {
    metric.denominator = c.covered;
    metric.missing = c.available ? "" : c.missing;
    if (c.verdict == "withheld" && c.withheld_why != "too_few") {
        metric.missing = c.withheld_why;
        return;
    }
    metric.numerator = c.prevented.value ? std::llround(*c.prevented.value) : 0;
    metric.estimate = c.difference;
}

/// Episodes without the outcome, of one arm.
void add_without(const Basis& basis, Metric& metric, const char* id, const char* name,
                 const std::vector<Cell>& cells, history::Arm arm) {
    Cell sum;
    for (const auto& cell : cells)
        if (cell.arm == arm || (arm == history::Arm::treated && cell.arm == history::Arm::none))
            evidence::merge(sum, cell);
    if (sum.episodes == 0) return;
    const auto without = sum.episodes - sum.contacted;
    metric.variants.push_back(
        {id, name, "share", without, sum.episodes, effective_share(without, sum.episodes, sum, basis.level)});
}

} // namespace

/// Only contacts prevented against a holdout are turned into money (S2-17).
void money_saved(const Basis& basis, Metric& metric) {
    const auto m = money(basis);
    metric.numerator = m.prevented.value && m.proven ? std::llround(*m.prevented.value) : 0;
    if (basis.evidence.typed && !basis.holdout.available) {
        metric.missing = "not_typed";
        return;
    }
    if (m.proven && m.net.value) {
        metric.estimate = m.net;
    } else {
        metric.missing = !m.proven              ? "no_holdout"
                         : !m.cost_per_contact  ? "no_cost"
                         : !m.cost_per_outreach ? "no_outreach_cost"
                                                : "no_holdout";
    }
    const auto add = [&](const char* id, const char* name, const char* unit, const Estimate& e) {
        if (e.value) metric.variants.push_back({id, name, unit, metric.numerator, 0, e});
    };
    if (m.proven) {
        add("gross", "before what the outreach cost", "money", m.gross);
        add("net_induced_apart", "net, contacts that answer a message charged once more", "money",
            m.net_induced_apart);
        add("hours", "hours of handling (capacity)", "count", m.hours);
    }
    add("cost_per_contact", "cost of a contact", "money", {m.cost_per_contact, {}, {}});
}

void prevented_escalations(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    if (typed_lacks(basis, metric)) return;
    from_comparison(metric, compare_escalations(e, basis.holdout, basis.level));
    add_without(basis, metric, "no_escalation", "messaged, without an escalation: an upper bound",
                e.messages_escalated.cells, history::Arm::treated);
    if (!metric.estimate.value && metric.variants.empty()) metric.missing = "no_escalations";
}

void retained_at_risk(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    if (typed_lacks(basis, metric)) return;
    const auto& cells = e.at_risk.cells;
    from_comparison(metric, compare_at_risk(e, basis.holdout, basis.level));
    add_without(basis, metric, "kept_messaged", "at risk and messaged: still there", cells,
                history::Arm::treated);
    add_without(basis, metric, "kept_held_out", "at risk and held out: still there", cells,
                history::Arm::holdout);
    if (!metric.estimate.value && metric.variants.empty()) metric.missing = "no_at_risk";
}

void segment_tables(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    if (typed_lacks(basis, metric)) return;
    constexpr std::int64_t kLeastToRank = 20; // A38
    std::vector<std::int64_t> episodes(e.messages_by.groups.size());
    for (const auto& cell : e.messages_by.cells)
        if (cell.group < episodes.size()) episodes[cell.group] += cell.episodes;
    for (const auto n : episodes) {
        metric.denominator += n > 0 ? 1 : 0;
        metric.numerator += n >= kLeastToRank ? 1 : 0;
    }
    if (e.question.breakdown < 0 || metric.denominator == 0) {
        metric.missing = e.attributes.empty() ? "no_attributes" : "no_breakdown";
        return;
    }
    const auto n = static_cast<double>(metric.numerator);
    metric.estimate = {n, n, n}; // counted, not estimated
}

void change_by_mix(const Basis& basis, Metric& metric) {
    const auto change = mix_change(basis);
    if (!change.missing.empty()) {
        metric.missing = change.missing;
        return;
    }
    metric.estimate = change.total;
    metric.numerator = change.silent_to;
    metric.denominator = change.episodes_to;
    metric.variants = {{"mix", "other kinds of outreach", "points", 0, 0, change.mix},
                       {"within", "the same kinds, doing differently", "points", 0, 0, change.within}};
}

/// The effect within quarters of the supplied score; the lowest quarter leads, since it is what a score is
/// for.
void health_score(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    if (typed_lacks(basis, metric)) return;
    constexpr const char* kQuarters[4][2] = {{"quarter_1", "lowest quarter of the scores"},
                                             {"quarter_2", "second quarter"},
                                             {"quarter_3", "third quarter"},
                                             {"quarter_4", "highest quarter"}};
    constexpr const char* kSilent[4][2] = {{"silent_1", "lowest quarter, without a contact: an upper bound"},
                                           {"silent_2", "second quarter, without a contact"},
                                           {"silent_3", "third quarter, without a contact"},
                                           {"silent_4", "highest quarter, without a contact"}};
    const auto of_group = [](const evidence::Table& table, const char* name) {
        std::vector<Cell> cells;
        for (const auto& cell : table.cells)
            if (cell.group < table.groups.size() && table.groups[cell.group] == name) cells.push_back(cell);
        return cells;
    };
    const bool unfit = basis.holdout.verdict == "withheld" && basis.holdout.withheld_why != "too_few";
    constexpr const char* kNames[4] = {"1", "2", "3", "4"};
    for (std::size_t q = 0; q < 4; ++q) {
        const auto cells = of_group(e.assignments_by_health, kNames[q]);
        const auto c = compare(cells, cells, e.strata, basis.level);
        if (c.available && !unfit) {
            const auto n = c.prevented.value ? std::llround(*c.prevented.value) : 0;
            metric.variants.push_back(
                {kQuarters[q][0], kQuarters[q][1], "points", n, c.covered, c.difference});
            if (q == 0) {
                metric.estimate = c.difference;
                metric.numerator = n;
                metric.denominator = c.covered;
            }
        }
        add_without(basis, metric, kSilent[q][0], kSilent[q][1], of_group(e.messages_by_health, kNames[q]),
                    history::Arm::treated);
    }
    if (!metric.estimate.value) metric.missing = metric.variants.empty() ? "no_health_score" : "no_holdout";
}

void own_indicators(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    if (typed_lacks(basis, metric)) return;
    const auto n = e.companions.extra_figures.size();
    metric.numerator = static_cast<std::int64_t>(n);
    if (n == 0) {
        metric.missing = "no_periods";
        return;
    }
    const auto count = static_cast<double>(n);
    metric.estimate = {count, count, count}; // counted, not estimated
    metric.parts = {{"periods", "periods stated", static_cast<std::int64_t>(e.companions.periods.size())}};
}

} // namespace preempt::metrics::entries
