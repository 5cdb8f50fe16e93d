#include "core/metrics/effects/programme.hpp"

#include "core/metrics/compare.hpp"
#include "core/metrics/effects/strata.hpp"
#include "core/stats/distribution.hpp"

#include <algorithm>
#include <cmath>

namespace preempt::metrics {
namespace {

using evidence::Evidence;
using evidence::Table;

constexpr std::uint32_t kHours = 24;
constexpr std::int64_t kMostLoads = 20;

/// A breakdown in the order of its groups.
Breakdown in_order(const Table& messages, const Baseline& baseline, double level, bool common = false) {
    Cut cut;
    cut.messages = messages.cells.empty() ? nullptr : &messages;
    cut.compared = baseline.table != nullptr && !baseline.table->cells.empty() ? baseline.table : nullptr;
    cut.strata = baseline.strata;
    cut.basis = baseline.basis;
    cut.common_baseline = common;
    cut.order = Cut::Order::group;
    auto result = break_down(cut, level);
    result.known_in_both_arms = cut.compared != nullptr;
    return result;
}

/// Weighted least squares of the effects on their index, weights 1/variance; the variance is read back from
/// the interval, so that strata and design effect are in it.
Estimate slope(const std::vector<BreakdownRow>& rows, double level) {
    const double z = stats::critical_value(level);
    double w = 0, wx = 0, wy = 0;
    struct Point {
        double x, y, weight;
    };
    std::vector<Point> points;
    for (const auto& row : rows) {
        if (!row.effect.value || !row.effect.low || !row.effect.high) continue;
        const double se = (*row.effect.high - *row.effect.low) / (2 * z);
        if (!(se > 0)) continue;
        points.push_back({static_cast<double>(row.group), *row.effect.value, 1 / (se * se)});
        w += points.back().weight;
        wx += points.back().weight * points.back().x;
        wy += points.back().weight * points.back().y;
    }
    if (points.size() < 2) return {};
    double sxx = 0, sxy = 0;
    for (const auto& p : points) {
        sxx += p.weight * (p.x - wx / w) * (p.x - wx / w);
        sxy += p.weight * (p.x - wx / w) * (p.y - wy / w);
    }
    const double b = sxy / sxx, half = z / std::sqrt(sxx);
    return estimate(b, {b - half, b + half});
}

std::vector<Load> histogram_of(const evidence::Histogram& messages_per_unit) {
    const auto most = messages_per_unit.rbegin()->first;
    const auto step = (most + kMostLoads - 1) / kMostLoads;
    std::vector<Load> loads;
    for (std::int64_t least = 1; least <= most; least += step)
        loads.push_back({least, least + step - 1, 0});
    for (const auto& [messages, units] : messages_per_unit)
        if (messages > 0) loads[static_cast<std::size_t>((messages - 1) / step)].units += units;
    return loads;
}

Frequency frequency_of(const evidence::Histogram& messages_per_unit) {
    Frequency f;
    double sum = 0;
    for (const auto& [messages, units] : messages_per_unit) {
        f.units += units;
        sum += static_cast<double>(messages) * static_cast<double>(units);
    }
    if (f.units == 0) return f;
    f.mean = sum / static_cast<double>(f.units);
    f.most = static_cast<double>(messages_per_unit.rbegin()->first);
    const auto quantile = [&](double q) { // smallest value that at least a share q does not exceed
        auto left = static_cast<std::int64_t>(std::ceil(q * static_cast<double>(f.units)));
        for (const auto& [messages, units] : messages_per_unit)
            if ((left -= units) <= 0) return static_cast<double>(messages);
        return *f.most;
    };
    f.histogram = histogram_of(messages_per_unit);
    f.p50 = quantile(0.5);
    f.p90 = quantile(0.9);
    return f;
}

Fatigue fatigue(const Evidence& e, const Baseline& baseline, double level) {
    Fatigue result;
    result.by_index = in_order({}, baseline, level);
    auto& rows = result.by_index.rows;
    for (auto& row : rows)
        row.descriptive = row.group > 0; // what came before may have decided who gets a second trigger
    result.change_per_index = slope(rows, level);
    const auto& change = result.change_per_index;
    if (change.value)
        result.verdict = *change.high < 0 ? "shrinks" : *change.low > 0 ? "grows" : "cannot_tell";
    for (std::uint32_t g = 0; g < e.messages_by_dose.groups.size(); ++g) {
        DoseRow row{e.messages_by_dose.groups[g], 0, 0};
        for (const auto& cell : cells_of_group(e.messages_by_dose.cells, g)) {
            row.episodes += cell.episodes;
            row.messages += cell.messages;
        }
        if (row.episodes > 0) result.doses.push_back(std::move(row));
    }
    result.frequency = frequency_of(e.companions.frequency.messages_per_unit);
    return result;
}

void add_slots(const Evidence& e, const Baseline& baseline, double level, Timing& timing) {
    const auto grid = in_order(e.messages_by_slot, baseline, level);
    for (const auto& row : grid.rows) {
        Slot slot;
        const auto place = static_cast<std::uint32_t>(row.group);
        slot.weekday = static_cast<std::int32_t>(place / kHours);
        slot.hour = static_cast<std::int32_t>(place % kHours);
        slot.episodes = row.episodes;
        slot.contacted = row.contacted;
        slot.holdout_episodes = row.holdout_episodes;
        slot.treated_episodes = row.treated_episodes;
        if (row.holdout_episodes >= kLeastToRank && row.treated_episodes >= kLeastToRank) {
            slot.effect = row.effect;
            slot.shrunken = row.shrunken.value;
        }
        timing.slots.push_back(slot);
    }
    timing.slots_differ = grid.homogeneity.verdict;
}

/// The funnel of a variant: its own, else that of its content ("content · variant").
const evidence::Funnel* funnel_of(const Evidence& e, const std::string& label) {
    const auto content = label.substr(0, label.find(" · "));
    const evidence::Funnel* found = nullptr;
    for (const auto& funnel : e.companions.by_content) {
        if (funnel.label == label) return &funnel;
        if (funnel.label == content) found = &funnel;
    }
    return found;
}

Variants variants(const Evidence& e, const Baseline& baseline, double level) {
    Variants result;
    Cut cut;
    cut.messages = e.messages_by_variant.cells.empty() ? nullptr : &e.messages_by_variant;
    if (baseline.table != nullptr && !baseline.table->cells.empty()) cut.compared = baseline.table;
    cut.strata = baseline.strata;
    cut.basis = baseline.basis;
    cut.common_baseline = true;
    cut.adjust = Cut::Adjust::holm;
    result.rows = break_down(cut, level);
    result.rows.known_in_both_arms = cut.compared != nullptr;
    const auto known = e.companions.reactions_known;
    for (const auto& row : result.rows.rows) {
        const auto* funnel = funnel_of(e, row.label);
        if (row.label.empty() || funnel == nullptr) continue;
        VariantReactions r;
        r.label = row.label;
        r.sent = funnel->sent;
        if ((known & history::kOpened) != 0) r.opened = proportion(funnel->opened, funnel->sent, level);
        if ((known & history::kClicked) != 0) r.clicked = proportion(funnel->clicked, funnel->sent, level);
        if ((known & history::kReplied) != 0) r.replied = proportion(funnel->replied, funnel->sent, level);
        result.reactions.push_back(std::move(r));
    }
    return result;
}

} // namespace

Programme examine_programme(const Evidence& e, const Comparison& holdout, const Comparison& matched,
                            double level) {
    const auto held_out = [&](const Table& table) {
        return choose_baseline(e, holdout, matched, table, nullptr);
    };
    Programme result;
    result.fatigue = fatigue(e, held_out(e.assignments_by_index), level);
    auto& timing = result.timing;
    timing.weekday = in_order(e.messages_by_weekday, held_out(e.assignments_by_weekday), level);
    timing.hour = in_order(e.messages_by_hour, held_out(e.assignments_by_hour), level);
    // Also beside a holdout: those held out have no message, so no lag; signals nobody acted on have a clock.
    Baseline signals;
    if (matched.basis == "signals_not_acted_on")
        signals = choose_baseline(e, Comparison{}, matched, Table{}, &e.matched_by_lag);
    timing.lag = in_order(e.messages_by_lag, signals, level, true);
    for (auto& row : timing.lag.rows)
        row.descriptive = true; // who is answered quickly is not drawn by lot
    add_slots(e, held_out(e.assignments_by_slot), level, timing);
    result.variants = variants(e, held_out(e.assignments_by_variant), level);
    return result;
}

} // namespace preempt::metrics
