// The branches of the tree: detection (M07, M19, M21, M22), targeting (M20, M23, M24, M26), message (M25,
// M27, M36).
#include "core/base/sort_list.hpp"
#include "core/metrics/catalogue/entries.hpp"
#include "core/stats/cluster.hpp"
#include "core/stats/difference.hpp"

#include <algorithm>
#include <map>

namespace preempt::metrics::entries {
namespace {

using evidence::Part;

const char* missing_signals(const evidence::Evidence& e) {
    return !e.has_signals ? "no_signals" : !e.has_contacts ? "no_contacts" : "all_pending";
}

} // namespace

void proactive_resolution(const Basis& basis, Metric& metric) {
    const auto& s = basis.evidence.companions.signals;
    set_share(basis, metric, {s.acted_first, s.mature}, missing_signals(basis.evidence));
    metric.parts = {{"fired", "signals fired", s.fired},
                    {"acted", "acted on at all, in the window", s.acted}};
    metric.excluded = {{"pending", "window not finished", s.pending}};
}

void signal_coverage(const Basis& basis, Metric& metric) {
    const auto& s = basis.evidence.companions.signals;
    set_share(basis, metric, basis.evidence.has_signals ? s.coverage : Part{},
              missing_signals(basis.evidence));
    metric.parts = {{"unacted", "contacts after a signal that nobody acted on", s.unacted_contacts}};
}

/// Signals that nobody acted on; where every signal was acted on, the held-out of the same triggers.
void signal_precision(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    if (typed_lacks(basis, metric)) return;
    const auto& signals = e.matched; // not basis.matched, which other customers may lead
    const auto untreated = compare(signals.cells, signals.cells, signals.groups, basis.level).baseline;
    const bool unacted = untreated.episodes > 0;
    const auto& from = unacted ? untreated : basis.holdout.baseline;
    metric.numerator = from.contacted;
    metric.denominator = from.episodes;
    metric.estimate = from.rate;
    if (from.episodes == 0) metric.missing = e.has_signals ? "no_unacted_signals" : "no_signals";
    if (!unacted && from.episodes > 0)
        metric.parts = {{"held_out", "no signal was left alone: those held out stand in", from.episodes}};
    metric.excluded = {{"reactive", "the customer had contacted shortly before", from.reactive},
                       {"pending", "window not finished", from.pending},
                       {"censored_churn", "the customer left inside the window", from.censored}};
}

void lead_time(const Basis& basis, Metric& metric) {
    set_spread(basis, metric, basis.evidence.companions.signals.lead_minutes,
               basis.evidence.has_signals ? "no_unacted_signals" : "no_signals");
}

void signal_latency(const Basis& basis, Metric& metric) {
    const auto& s = basis.evidence.companions.signals;
    set_spread(basis, metric, s.latency_minutes,
               basis.evidence.has_signals ? "no_acted_signals" : "no_signals");
    add_share(metric, "in_a_day", "acted on within 24 hours", {s.acted_in_a_day, s.acted}, basis.level);
}

void targeting_accuracy(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    const auto& s = e.companions.signals;
    set_share(basis, metric, e.has_signals ? s.with_active_signal : Part{},
              e.has_signals ? "no_outreaches" : "no_signals");
    add_share(metric, "right_person", "the person messaged was the one who came", s.right_person,
              basis.level);
}

void low_risk_share(const Basis& basis, Metric& metric) {
    if (typed_lacks(basis, metric)) return;
    const auto low = low_risk(basis.evidence, basis.level);
    set_share(basis, metric, {low.episodes, low.of},
              basis.holdout.available || basis.matched.available ? "one_stratum" : "no_baseline");
    for (const auto& cell : low.cells)
        metric.parts.push_back({"cell", cell, 0});
    metric.excluded = {{"too_small", "in cells too small to rank", low.too_small}};
}

void reactions(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    const auto& c = e.companions;
    const auto known = [&](unsigned bit) { return (c.reactions_known & bit) != 0; };
    const auto& f = c.funnel;
    // Of those delivered; else of those that did not bounce; else of those sent.
    const auto whole = known(history::kDelivered) ? f.delivered
                       : known(history::kBounced) ? f.sent - f.bounced
                                                  : f.sent;
    metric.parts = {{"sent", "messages sent", f.sent}};
    set_share(basis, metric, known(history::kClicked) ? Part{f.clicked, whole} : Part{},
              e.has_outreaches ? "no_reactions" : "no_outreaches");
    struct Row {
        unsigned bit;
        const char *id, *name;
        Part part;
    };
    const Row rows[] = {{history::kDelivered, "delivered", "delivered, of those sent", {f.delivered, f.sent}},
                        {history::kBounced, "bounced", "bounced, of those sent", {f.bounced, f.sent}},
                        {history::kOpened, "opened", "opened (machines open too)", {f.opened, whole}},
                        {history::kReplied, "replied", "replied", {f.replied, whole}},
                        {history::kCompleted, "completed", "completed", {f.completed, whole}},
                        {history::kDismissed, "dismissed", "dismissed", {f.dismissed, whole}},
                        {history::kUnsubscribed, "unsubscribed", "unsubscribed", {f.unsubscribed, whole}}};
    for (const auto& row : rows)
        if (known(row.bit)) add_share(metric, row.id, row.name, row.part, basis.level);
}

void message_frequency(const Basis& basis, Metric& metric) {
    const auto& histogram = basis.evidence.companions.frequency.messages_per_unit;
    set_spread(basis, metric, histogram, "no_outreaches");
    if (metric.denominator > 0)
        metric.parts = {{"most", "the most that one of them got", spread(histogram, basis.level).most}};
}

void automation_share(const Basis& basis, Metric& metric) {
    set_share(basis, metric, basis.evidence.companions.by_automation, "no_initiator");
}

void promotional_share(const Basis& basis, Metric& metric) {
    set_share(basis, metric, basis.evidence.companions.promotional, "no_promotional");
}

} // namespace preempt::metrics::entries

namespace preempt::metrics {
namespace {

constexpr std::int64_t kLeastToRank = 20; ///< A38

struct RiskCell {
    stats::Arm untreated{0, 0}, messaged{0, 0};
    std::string label;
};

std::vector<RiskCell> risk_cells(const evidence::Table& table, const std::vector<std::string>& names,
                                 double& design_effect) {
    std::map<std::uint32_t, RiskCell> by_stratum;
    std::vector<stats::ClusterSums> sums;
    for (const auto& cell : table.cells) {
        auto& row = by_stratum[cell.stratum];
        auto& arm = cell.arm == history::Arm::holdout ? row.untreated : row.messaged;
        arm.events += static_cast<double>(cell.contacted);
        arm.total += static_cast<double>(cell.episodes);
        if (cell.stratum < names.size()) row.label = names[cell.stratum];
        if (cell.episodes > 0) sums.push_back(cell.sums);
    }
    design_effect = stats::design_effect(sums);
    std::vector<RiskCell> all;
    for (auto& [stratum, row] : by_stratum)
        if (row.messaged.total > 0 && row.untreated.total > 0) all.push_back(std::move(row));
    return all;
}

/// Baseline rate of the cell in which the middle messaged episode stands.
double median_risk(std::vector<RiskCell> cells) {
    sort_list(cells, [](const RiskCell& a, const RiskCell& b) {
        return stats::rate(a.untreated) < stats::rate(b.untreated);
    });
    double all = 0, so_far = 0;
    for (const auto& cell : cells)
        all += cell.messaged.total;
    for (const auto& cell : cells) {
        so_far += cell.messaged.total;
        if (so_far * 2 >= all) return stats::rate(cell.untreated);
    }
    return 0;
}

} // namespace

LowRisk low_risk(const evidence::Evidence& evidence, double level) {
    double design_effect = 1;
    auto cells = risk_cells(evidence.assignments, evidence.strata, design_effect);
    if (cells.size() < 2) cells = risk_cells(evidence.matched, evidence.matched.groups, design_effect);
    LowRisk result;
    std::erase_if(cells, [&](const RiskCell& cell) {
        const bool small = cell.untreated.total < kLeastToRank || cell.messaged.total < kLeastToRank;
        if (small) result.too_small += static_cast<std::int64_t>(cell.messaged.total);
        return small;
    });
    if (cells.size() < 2) return result;
    result.median = median_risk(cells);
    for (const auto& cell : cells) {
        const auto messaged = static_cast<std::int64_t>(cell.messaged.total);
        result.of += messaged;
        if (stats::rate(cell.untreated) >= result.median) continue;
        const auto effect = stats::miettinen_nurminen(stats::effective(cell.untreated, design_effect),
                                                      stats::effective(cell.messaged, design_effect), level);
        if (effect.low > 0 || effect.high < 0) continue;
        result.episodes += messaged;
        result.cells.push_back(cell.label);
    }
    return result;
}

} // namespace preempt::metrics
