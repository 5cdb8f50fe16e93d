#include "core/metrics/impact.hpp"

#include "core/base/sort_list.hpp"
#include "core/metrics/slices.hpp"
#include "core/stats/cluster.hpp"
#include "core/stats/did.hpp"
#include "core/stats/sequential.hpp"
#include "core/stats/srm.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace preempt::metrics {
namespace {

using evidence::Cell;
using evidence::Impact;

constexpr double kMostPending = 0.05; ///< statistics.md 2.13 (d)
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

enum class Measure : std::uint8_t { effect, silence, induced };

/// What people call the figure that they expect to move. `sign`: -1 where the name is of the opposite
/// (contacts instead of silence).
struct Name {
    const char* text; ///< lower case
    bool whole;       ///< all that they wrote; else found anywhere in it
    Measure measure;
    int sign;
};
constexpr std::array kNames{
    Name{"m08", true, Measure::induced, 1},
    Name{"induced", false, Measure::induced, 1},
    Name{"m04", true, Measure::silence, 1},
    Name{"no-contact", false, Measure::silence, 1},
    Name{"no contact", false, Measure::silence, 1},
    Name{"m05", true, Measure::effect, 1},
    Name{"m06", true, Measure::effect, 1},
    Name{"prevent", false, Measure::effect, 1},
    Name{"effectiveness", false, Measure::effect, 1},
    Name{"contact rate", true, Measure::silence, -1},
    Name{"contacts", true, Measure::silence, -1},
    Name{"tickets", true, Measure::silence, -1},
};

std::string lower(std::string text) {
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

stats::Estimate number(const Estimate& e) {
    if (!e.value || !e.low || !e.high) return {kNaN, {kNaN, kNaN}};
    return {*e.value, {*e.low, *e.high}};
}
Estimate shown(const stats::Estimate& e) {
    if (!std::isfinite(e.value)) return {};
    return estimate(e.value, e.interval);
}
bool excludes_zero(const Estimate& e) {
    return e.low && e.high && (*e.low > 0 || *e.high < 0);
}

Cell treated_of(const std::vector<Cell>& cells) {
    Cell sum;
    for (const auto& cell : cells)
        if (cell.arm != history::Arm::holdout) evidence::merge(sum, cell);
    return sum;
}

/// The figure of one span; empty without data.
Estimate measured(const std::vector<Cell>& cells, Measure measure, double level) {
    if (measure == Measure::effect) return compare(cells, cells, {}, level).difference;
    auto cell = treated_of(cells);
    if (measure == Measure::induced) {
        const double deff = stats::design_effect(std::array{cell.sums});
        const auto counts =
            stats::effective({static_cast<double>(cell.induced), static_cast<double>(cell.episodes)}, deff);
        if (cell.episodes == 0) return {};
        return estimate(static_cast<double>(cell.induced) / static_cast<double>(cell.episodes),
                        stats::wilson(counts.events, counts.total, level));
    }
    const auto rate = cell_rate(cell, level);
    if (!rate.value) return {};
    return {1 - *rate.value, 1 - *rate.high, 1 - *rate.low};
}

Estimate difference(const Estimate& after, const Estimate& before) {
    return shown(stats::mover_difference(number(after), number(before)));
}

double pending_share(const Impact& impact) {
    std::int64_t pending = 0, all = 0;
    for (const auto* cells : {&impact.affected_before, &impact.affected_after})
        for (const auto& cell : *cells) {
            pending += cell.pending;
            all += cell.pending + cell.episodes;
        }
    return all == 0 ? 0 : static_cast<double>(pending) / static_cast<double>(all);
}

/// p of the arms' sizes against the design's share, if all experiments share one.
std::optional<double> ratio_p(const std::vector<Cell>& cells, const evidence::Design& design) {
    std::optional<double> share;
    for (const auto& [experiment, size] : design.experiments) {
        if (!size.expected_holdout_share || (share && *share != *size.expected_holdout_share))
            return std::nullopt;
        share = size.expected_holdout_share;
    }
    if (!share) return std::nullopt;
    std::array<double, 2> units{};
    for (const auto& cell : cells)
        units[cell.arm == history::Arm::holdout ? 0 : 1] += cell.sums.units;
    const auto test = stats::sample_ratio(units, std::array{*share, 1 - *share});
    return std::isfinite(test.p) ? std::optional(test.p) : std::nullopt;
}

/// Does the change hold for somebody who looks again and again? (statistics.md 2.6)
bool holds_sequentially(const Impact& impact, double value, const Basis& basis) {
    double variance = 0, units = 0;
    for (const auto* cells : {&impact.affected_before, &impact.affected_after}) {
        Cell held, treated;
        for (const auto& cell : *cells)
            evidence::merge(cell.arm == history::Arm::holdout ? held : treated, cell);
        const auto arm = [](const Cell& c) {
            return stats::Arm{static_cast<double>(c.contacted), static_cast<double>(c.episodes)};
        };
        const double deff = stats::design_effect(std::array{held.sums, treated.sums});
        variance += stats::add_one_variance(arm(held), arm(treated), deff);
        units += held.sums.units + treated.sums.units;
    }
    const double planned = basis.plan.planned_units.value_or(static_cast<double>(kAssumedPlan));
    const double half = std::sqrt(variance) * stats::sequential_critical_value(units, planned, basis.level);
    return std::fabs(value) > half;
}

std::string local_day(const Basis& basis, Instant at) {
    const auto* zone = basis.evidence.question.zone;
    if (at == kNoInstant || at == 0) return "";
    return zone == nullptr ? iso_utc(at).substr(0, 10) : local_date(at, *zone);
}

class Judge {
  public:
    Judge(const Basis& basis, const Impact& impact) : basis_(basis), impact_(impact) {}

    VerifiedImpact make() {
        describe();
        measure();
        if (row_.verdict.empty()) decide();
        return std::move(row_);
    }

  private:
    std::string day(Instant at) const { return local_day(basis_, at); }

    void describe() {
        const auto& c = impact_.change;
        row_.change = c.id;
        row_.made_on = day(c.at);
        row_.branch = c.branch;
        row_.trigger = c.trigger;
        row_.content = c.content;
        row_.owner = c.owner;
        row_.note = c.note;
        row_.expected_metric = c.expected_metric;
        row_.expected_direction = c.expected_direction;
        row_.before_start = day(impact_.before);
        row_.before_end = day(c.at);
        row_.after_start = day(impact_.after);
        row_.after_end = day(impact_.until);
    }

    void measure() {
        const auto usual = impact_.from_assignments ? Measure::effect : Measure::silence;
        measure_ = usual;
        const auto wanted = lower(impact_.change.expected_metric);
        for (const auto& name : kNames) {
            if (name.whole ? wanted != name.text : wanted.find(name.text) == std::string::npos) continue;
            // Silence and effect answer the same question; what there is decides which.
            measure_ = name.measure == Measure::induced ? Measure::induced : usual;
            sign_ = name.sign;
            row_.as_named = measure_ == name.measure;
            break;
        }
        row_.measured = measure_ == Measure::effect ? "M06" : measure_ == Measure::silence ? "M04" : "M08";
        if (!impact_.complete || pending_share(impact_) > kMostPending) {
            row_.verdict = "too_early";
            row_.complete_on = day(impact_.complete_at);
            return;
        }
        const auto of = [&](const std::vector<Cell>& cells) {
            return measured(cells, measure_, basis_.level);
        };
        row_.affected_before = of(impact_.affected_before);
        row_.affected_after = of(impact_.affected_after);
        row_.others_before = of(impact_.others_before);
        row_.others_after = of(impact_.others_after);
        row_.effect = difference(row_.affected_after, row_.affected_before);
        const bool rest = row_.others_before.value && row_.others_after.value;
        row_.controlled = measure_ == Measure::effect || rest;
        if (measure_ != Measure::effect && rest && row_.effect.value)
            row_.effect = shown(
                stats::difference_in_differences(number(row_.affected_before), number(row_.affected_after),
                                                 number(row_.others_before), number(row_.others_after)));
        if (!row_.effect.value) row_.verdict = "not_measurable";
    }

    void decide() {
        const auto& e = row_.effect;
        // Nobody writes down a change that is meant to make things worse.
        const int better = measure_ == Measure::induced ? -1 : 1;
        const int stated = impact_.change.expected_direction;
        const int expected = stated == 0 ? better : stated * sign_;
        if (!excludes_zero(e))
            row_.verdict = "no_measurable_move";
        else
            row_.verdict = (*e.value > 0) == (expected > 0) ? "moved_as_expected" : "moved_other_way";
        check();
        row_.verified = excludes_zero(e) && row_.unmet.empty();
    }

    /// The conditions of statistics.md 2.13.
    void check() {
        const auto unmet = [&](const char* code) { row_.unmet.emplace_back(code); };
        if (!row_.controlled) unmet("no_rest");
        if (!impact_.from_assignments) unmet("no_holdout");
        if (impact_.from_assignments) {
            const auto& design = basis_.evidence.design;
            row_.sample_ratio_p_before = ratio_p(impact_.affected_before, design);
            row_.sample_ratio_p_after = ratio_p(impact_.affected_after, design);
            if (!row_.sample_ratio_p_before || !row_.sample_ratio_p_after)
                unmet("no_design_share");
            else if (std::min(*row_.sample_ratio_p_before, *row_.sample_ratio_p_after) <
                     stats::kSampleRatioAlarm)
                unmet("sample_ratio");
        }
        const auto kind = measure_ == Measure::induced ? Measure::silence : measure_;
        const auto before = measured(impact_.placebo_before, kind, basis_.level);
        const auto after = measured(impact_.placebo_after, kind, basis_.level);
        row_.placebo = difference(after, before);
        if (!row_.placebo.value)
            unmet("no_placebo");
        else if (excludes_zero(row_.placebo))
            unmet("placebo");
        if (basis_.plan.snapshots > 1 && measure_ == Measure::effect && row_.effect.value &&
            !holds_sequentially(impact_, *row_.effect.value, basis_))
            unmet("watched");
    }

    const Basis& basis_;
    const Impact& impact_;
    VerifiedImpact row_;
    Measure measure_ = Measure::silence;
    int sign_ = 1;
};

} // namespace

std::vector<Incident> incidents(const Basis& basis) {
    std::vector<Incident> rows;
    for (const auto& change : basis.evidence.companions.incidents)
        rows.push_back({change.id, local_day(basis, change.at), change.trigger, change.note});
    return rows;
}

std::vector<VerifiedImpact> verified_impacts(const Basis& basis) {
    std::vector<const Impact*> order;
    for (const auto& impact : basis.evidence.companions.impacts)
        order.push_back(&impact);
    sort_list(order, [](const Impact* a, const Impact* b) {
        return a->change.at != b->change.at ? a->change.at > b->change.at : a->change.id < b->change.id;
    });
    std::vector<VerifiedImpact> rows;
    for (const auto* impact : order)
        rows.push_back(Judge(basis, *impact).make());
    return rows;
}

} // namespace preempt::metrics
