#include "core/metrics/effects/breakdown.hpp"

#include "core/base/sort_list.hpp"
#include "core/metrics/compare.hpp"
#include "core/metrics/effects/strata.hpp"
#include "core/stats/multiplicity.hpp"
#include "core/stats/sequential.hpp"
#include "core/stats/shrinkage.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace preempt::metrics {
namespace {

using evidence::Cell;
using evidence::Evidence;

constexpr double kKnown = 0.95; ///< share of those not messaged that must state an attribute
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::optional<double> finite(double value) {
    return std::isfinite(value) ? std::optional<double>(value) : std::nullopt;
}

/// Variance of the contacted arm alone: what tells groups apart that share one baseline.
double contacted_variance(std::span<const stats::Stratum> arms, double design_effect) {
    double total = 0, variance = 0;
    for (const auto& s : arms) {
        if (!(s.holdout.total > 0 && s.contacted.total > 0)) continue;
        total += s.contacted.total;
        variance += s.contacted.total * s.contacted.total * stats::add_one_variance(s.contacted);
    }
    return total > 0 ? design_effect * variance / (total * total) : kNaN;
}

class Maker {
  public:
    Maker(const Cut& cut, double level) : cut_(cut), level_(level) {}

    Breakdown make() {
        Breakdown result;
        result.basis = cut_.compared != nullptr ? cut_.basis : "";
        const auto& first = cut_.messages != nullptr ? *cut_.messages : *cut_.compared;
        const auto& names = first.groups;
        const auto groups =
            std::max(groups_of(first), cut_.compared != nullptr ? groups_of(*cut_.compared) : 0);
        for (std::uint32_t g = 0; g < groups; ++g) {
            BreakdownRow row;
            if (g < names.size()) row.label = names[g];
            row.group = static_cast<std::int32_t>(g);
            double variance = kNaN;
            if (cut_.messages != nullptr) add_rate(row, g);
            if (cut_.compared != nullptr) variance = add_effect(row, g);
            if (row.episodes + row.holdout_episodes + row.treated_episodes == 0) continue;
            result.rows.push_back(std::move(row));
            variances_.push_back(variance);
        }
        order(result); // first: sums over rows must not depend on the order of the groups' codes
        adjust(result);
        shrink(result);
        return result;
    }

  private:
    void add_rate(BreakdownRow& row, std::uint32_t group) const {
        Cell messages;
        for (const auto& cell : cells_of_group(cut_.messages->cells, group))
            evidence::merge(messages, cell);
        row.episodes = messages.episodes;
        row.contacted = messages.contacted;
        if (const auto rate = cell_rate(messages, level_); rate.value)
            row.no_contact = {1 - *rate.value, 1 - *rate.high, 1 - *rate.low};
    }

    std::vector<Cell> cells_of(std::uint32_t group) const {
        if (cut_.common_baseline) return against_all(*cut_.compared, group);
        const auto own = cells_of_group(cut_.compared->cells, group);
        return {own.begin(), own.end()};
    }

    /// Returns the variance that homogeneity and shrinkage rest on; NaN without an effect.
    double add_effect(BreakdownRow& row, std::uint32_t group) const {
        const auto cells = cells_of(group);
        const auto c = compare(cells, cells, cut_.strata, level_);
        row.holdout_episodes = c.baseline.episodes;
        row.holdout_contacted = c.baseline.contacted;
        row.treated_episodes = c.treated.episodes;
        row.treated_contacted = c.treated.contacted;
        if (!c.available) return kNaN;
        row.effect = c.difference;
        row.prevented = c.prevented;
        row.relative_reduction = c.relative_reduction;
        row.p = c.p;
        row.detectable_drop = c.detectable_drop;
        row.verdict = c.verdict == "withheld" ? "too_few" : c.verdict;
        const auto arms = arms_of(pair_up(cells));
        return cut_.common_baseline ? contacted_variance(arms, c.design_effect)
                                    : stats::contacted_weighted_add_one_variance(arms, c.design_effect);
    }

    /// Groups too small for a verdict are no tests.
    void adjust(Breakdown& result) const {
        std::vector<double> p;
        std::size_t tested = 0;
        for (const auto& row : result.rows) {
            const bool counts = row.p && row.verdict != "too_few";
            p.push_back(counts ? *row.p : kNaN);
            tested += counts ? 1 : 0;
        }
        const bool holm = cut_.adjust == Cut::Adjust::holm;
        if (holm ? tested < 2 : tested <= kMostUnadjusted) return;
        result.adjustment = holm ? "holm" : "benjamini_hochberg";
        const auto adjusted = holm ? stats::holm(p) : stats::benjamini_hochberg(p);
        const double bound = holm ? 1 - level_ : kFalseDiscovery;
        for (std::size_t r = 0; r < adjusted.size(); ++r) {
            auto& row = result.rows[r];
            row.p_adjusted = finite(adjusted[r]);
            if (row.p_adjusted && *row.p_adjusted >= bound) row.verdict = "cannot_tell";
        }
    }

    void shrink(Breakdown& result) const {
        std::vector<double> effects;
        for (const auto& row : result.rows)
            effects.push_back(row.effect.value.value_or(kNaN));
        const auto model = stats::paule_mandel(effects, variances_, level_);
        auto& h = result.homogeneity;
        h.groups = static_cast<std::int64_t>(model.segments);
        if (model.segments == 0) return;
        h.mean = estimate(model.mean, model.interval);
        h.tau_squared = finite(model.tau_squared);
        if (model.segments >= 2) {
            h.q = finite(model.q);
            h.p = finite(model.q_p);
            h.i_squared = finite(model.i_squared);
            h.verdict = h.p && *h.p < 1 - level_ ? "differ" : "cannot_be_told";
        }
        const double z = critical(model);
        std::vector<std::size_t> ranked;
        for (std::size_t r = 0; r < result.rows.size(); ++r) {
            auto& row = result.rows[r];
            const double value = model.shrunken[r], half = z * model.shrunken_standard_error[r];
            if (!std::isfinite(value)) continue;
            row.shrunken = estimate(value, {value - half, value + half});
            if (row.holdout_episodes >= kLeastToRank && row.treated_episodes >= kLeastToRank)
                ranked.push_back(r);
        }
        if (h.verdict != "differ") return;
        sort_list(ranked, [&](std::size_t a, std::size_t b) {
            const double x = *result.rows[a].shrunken.value, y = *result.rows[b].shrunken.value;
            return x != y ? x > y : result.rows[a].label < result.rows[b].label;
        });
        for (std::size_t place = 0; place < ranked.size(); ++place)
            result.rows[ranked[place]].rank = static_cast<std::int32_t>(place) + 1;
    }

    /// The z of `level`, as the model used it.
    static double critical(const stats::RandomEffects& model) {
        return model.standard_error > 0 ? (model.interval.high - model.mean) / model.standard_error : 0;
    }

    void order(Breakdown& result) {
        if (cut_.order == Cut::Order::group) return;
        // Largest first; ties by name, so that the order of the files changes nothing.
        const auto before = [&](std::size_t a, std::size_t b) {
            const auto& x = result.rows[a];
            const auto& y = result.rows[b];
            const auto size_x = std::max(x.episodes, x.treated_episodes);
            const auto size_y = std::max(y.episodes, y.treated_episodes);
            return size_x != size_y ? size_x > size_y : x.label < y.label;
        };
        std::vector<std::size_t> places(result.rows.size());
        std::iota(places.begin(), places.end(), std::size_t{0});
        sort_list(places, before);
        std::vector<BreakdownRow> rows;
        std::vector<double> variances;
        for (const auto place : places) {
            rows.push_back(std::move(result.rows[place]));
            rows.back().group = static_cast<std::int32_t>(rows.size()) - 1;
            variances.push_back(variances_[place]);
        }
        result.rows = std::move(rows);
        variances_ = std::move(variances);
    }

    const Cut& cut_;
    double level_;
    std::vector<double> variances_;
};

/// Share of the episodes not messaged whose group has a name.
double known_share(const evidence::Table& table) {
    std::int64_t all = 0, known = 0;
    for (const auto& cell : table.cells) {
        if (cell.arm != history::Arm::holdout) continue;
        all += cell.episodes;
        if (cell.group < table.groups.size() && !table.groups[cell.group].empty()) known += cell.episodes;
    }
    return all == 0 ? 0 : static_cast<double>(known) / static_cast<double>(all);
}

bool believed(const Comparison& comparison) {
    return comparison.available && (comparison.verdict != "withheld" || comparison.withheld_why == "too_few");
}

} // namespace

Breakdown break_down(const Cut& cut, double level) {
    if (cut.messages == nullptr && cut.compared == nullptr) return {};
    return Maker(cut, level).make();
}

Baseline choose_baseline(const Evidence& evidence, const Comparison& holdout, const Comparison& matched,
                         const evidence::Table& assignments, const evidence::Table* by_signal) {
    if (holdout.available)
        return believed(holdout) ? Baseline{&assignments, evidence.strata, "holdout"} : Baseline{};
    if (by_signal != nullptr && matched.basis == "signals_not_acted_on" && believed(matched))
        return {by_signal, evidence.matched.groups, "matched"};
    return {};
}

Breakdown breakdown_asked(const Evidence& evidence, const Comparison& holdout, const Comparison& matched,
                          double level) {
    Breakdown result;
    if (evidence.question.breakdown >= 0) {
        const auto baseline =
            choose_baseline(evidence, holdout, matched, evidence.assignments_by, &evidence.matched_by);
        const bool known = baseline.table == &evidence.assignments_by
                               ? evidence.attribute_known_in_holdout >= kKnown
                           : baseline.table != nullptr ? known_share(*baseline.table) >= kKnown
                                                       : false;
        Cut cut{&evidence.messages_by, known ? baseline.table : nullptr, baseline.strata, baseline.basis};
        result = break_down(cut, level);
        result.known_in_both_arms = known;
        result.attribute =
            intake::role_info(history::attributes()[static_cast<std::size_t>(evidence.question.breakdown)])
                .name;
    }
    result.available = evidence.attributes;
    return result;
}

} // namespace preempt::metrics
