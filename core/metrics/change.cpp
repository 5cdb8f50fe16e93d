#include "core/metrics/change.hpp"

#include "core/base/sort_list.hpp"
#include "core/stats/cluster.hpp"
#include "core/stats/decomposition.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace preempt::metrics {
namespace {

using evidence::Cell;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Prevented per outreach of one group in one period.
struct GroupState {
    double outreaches, baseline, treated;
    double effect() const { return baseline - treated; }
};

/// The parts of a change of prevented per outreach.
struct Parts {
    double mix = 0, precision = 0, message = 0;
    double within() const { return precision + message; }
};

/// Can baseline x message be told apart? Not from a baseline of 0 with contacts after the message.
bool separable(const GroupState& s) {
    return s.baseline > 0 || s.treated == 0;
}

/// One group: mix with mean weights, and within split between the two factors of p_c x m. Shares are of the
/// outreaches of all groups. A group without outreaches in a period takes its rates from the other one, so
/// that its coming or going is all mix.
Parts group_parts(GroupState from, GroupState to, double all_from, double all_to) {
    const double share_from = from.outreaches / all_from, share_to = to.outreaches / all_to;
    if (from.outreaches == 0) from = {0, to.baseline, to.treated};
    if (to.outreaches == 0) to = {0, from.baseline, from.treated};
    Parts parts;
    parts.mix = (share_to - share_from) * (from.effect() + to.effect()) / 2;
    const double weight = (share_from + share_to) / 2;
    const auto message = [](const GroupState& s, const GroupState& other) {
        if (s.baseline > 0) return 1 - s.treated / s.baseline;
        return other.baseline > 0 ? 1 - other.treated / other.baseline : 0.0; // nobody to convince: no change
    };
    const double message_from = message(from, to), message_to = message(to, from);
    parts.precision = weight * (to.baseline - from.baseline) * (message_from + message_to) / 2;
    parts.message = weight * (to.effect() - from.effect()) - parts.precision;
    return parts;
}

double total_outreaches(std::span<const GroupState> groups) {
    double sum = 0;
    for (const auto& g : groups)
        sum += g.outreaches;
    return sum;
}

double mean_effect(std::span<const GroupState> groups, double all) {
    double sum = 0;
    for (const auto& g : groups)
        sum += g.outreaches * g.effect();
    return sum / all;
}

/// Draws of everything that `changes` reports, as columns.
struct Columns {
    std::vector<double> from, to, change;
    std::vector<std::vector<double>> parts;
};

void fill(Change& change, double from, double to, std::span<const Contribution> named,
          std::span<const double> values, Columns& drawn, double level) {
    change.from = drawn_estimate(from, drawn.from, level);
    change.to = drawn_estimate(to, drawn.to, level);
    change.change = drawn_estimate(to - from, drawn.change, level);
    const auto clear = [](const Estimate& e) { return e.low && e.high && (*e.low > 0 || *e.high < 0); };
    change.clear = clear(change.change);
    for (std::size_t i = 0; i < named.size(); ++i) {
        auto part = named[i];
        part.estimate = drawn_estimate(values[i], drawn.parts[i], level);
        part.clear = clear(part.estimate);
        change.contributions.push_back(std::move(part));
    }
}

std::vector<GroupState> states_at(std::span<const GroupIngredients> groups, bool to) {
    std::vector<GroupState> states;
    for (const auto& group : groups) {
        const auto& side = to ? group.to : group.from;
        if (side.available)
            states.push_back({side.state.outreaches, side.state.baseline, side.state.treated});
        else
            states.push_back({0, 0, 0});
    }
    return states;
}

Parts all_parts(std::span<const GroupState> from, std::span<const GroupState> to) {
    const double all_from = total_outreaches(from), all_to = total_outreaches(to);
    Parts sum;
    for (std::size_t g = 0; g < from.size(); ++g) {
        const auto parts = group_parts(from[g], to[g], all_from, all_to);
        sum.mix += parts.mix;
        sum.precision += parts.precision;
        sum.message += parts.message;
    }
    return sum;
}

std::vector<GroupChange> group_rows(std::span<const GroupIngredients> groups,
                                    std::span<const GroupState> from, std::span<const GroupState> to) {
    std::vector<GroupChange> rows;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        if (from[g].outreaches + to[g].outreaches == 0) continue;
        const auto parts = group_parts(from[g], to[g], total_outreaches(from), total_outreaches(to));
        GroupChange row;
        row.label = groups[g].label;
        row.outreaches_from = std::llround(from[g].outreaches);
        row.outreaches_to = std::llround(to[g].outreaches);
        if (from[g].outreaches > 0) row.from = from[g].effect();
        if (to[g].outreaches > 0) row.to = to[g].effect();
        row.mix = parts.mix;
        row.within = parts.within();
        if (separable(from[g]) && separable(to[g])) {
            row.precision = parts.precision;
            row.message = parts.message;
        }
        rows.push_back(std::move(row));
    }
    sort_list(rows, [](const GroupChange& a, const GroupChange& b) {
        return std::fabs(a.mix + a.within) > std::fabs(b.mix + b.within);
    });
    return rows;
}

/// Prevented per outreach and prevented contacts: n x sum over groups of share x p_c x m.
void over_groups(std::span<const GroupIngredients> groups, double level, Change& per_outreach,
                 Change& prevented) {
    auto from = states_at(groups, false), to = states_at(groups, true);
    const double n_from = total_outreaches(from), n_to = total_outreaches(to);
    if (n_from == 0 || n_to == 0) {
        per_outreach.missing = prevented.missing = "no_comparison_in_period";
        return;
    }
    const double r_from = mean_effect(from, n_from), r_to = mean_effect(to, n_to);
    const auto parts = all_parts(from, to);
    per_outreach.groups = group_rows(groups, from, to);
    const bool split =
        std::all_of(from.begin(), from.end(), separable) && std::all_of(to.begin(), to.end(), separable);
    const bool several = per_outreach.groups.size() > 1;

    std::vector<Contribution> named;
    if (several) named.push_back({"mix", "targeting", {}, false});
    if (split) {
        named.push_back({"precision", "targeting", {}, false});
        named.push_back({"message", "message", {}, false});
    } else {
        named.push_back({"within", "outcome", {}, false});
    }
    const auto values_of = [&](const Parts& p) {
        std::vector<double> values;
        if (several) values.push_back(p.mix);
        if (split)
            values.insert(values.end(), {p.precision, p.message});
        else
            values.push_back(p.within());
        return values;
    };
    auto named_total = named;
    named_total.insert(named_total.begin(), {"volume", "targeting", {}, false});
    const auto mean_n = (n_from + n_to) / 2;
    const auto total_of = [&](std::vector<double> values, double rate_sum) {
        for (auto& value : values)
            value *= mean_n;
        values.insert(values.begin(), (n_to - n_from) * rate_sum / 2);
        return values;
    };

    std::vector<std::vector<TreeState>> drawn_from, drawn_to;
    for (const auto& group : groups) {
        drawn_from.push_back(drawn_states(group.from));
        drawn_to.push_back(drawn_states(group.to));
    }
    Columns rate, total;
    rate.parts.resize(named.size());
    total.parts.resize(named_total.size());
    for (std::size_t i = 0; i < stats::kDraws; ++i) {
        for (std::size_t g = 0; g < groups.size(); ++g) {
            if (groups[g].from.available)
                from[g] = {from[g].outreaches, drawn_from[g][i].baseline, drawn_from[g][i].treated};
            if (groups[g].to.available)
                to[g] = {to[g].outreaches, drawn_to[g][i].baseline, drawn_to[g][i].treated};
        }
        const double a = mean_effect(from, n_from), b = mean_effect(to, n_to);
        const auto values = values_of(all_parts(from, to));
        const auto totals = total_of(values, a + b);
        rate.from.push_back(a);
        rate.to.push_back(b);
        rate.change.push_back(b - a);
        total.from.push_back(n_from * a);
        total.to.push_back(n_to * b);
        total.change.push_back(n_to * b - n_from * a);
        for (std::size_t k = 0; k < values.size(); ++k)
            rate.parts[k].push_back(values[k]);
        for (std::size_t k = 0; k < totals.size(); ++k)
            total.parts[k].push_back(totals[k]);
    }
    const auto values = values_of(parts);
    fill(per_outreach, r_from, r_to, named, values, rate, level);
    fill(prevented, n_from * r_from, n_to * r_to, named_total, total_of(values, r_from + r_to), total, level);
}

std::array<double, 3> demand_factors(const TreeState& state) {
    return {state.detection(), state.reach(), state.message()};
}

bool finite(std::span<const double> values) {
    return std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
}

/// Share of would-be contacts: d x r x m.
void over_demand(const GroupIngredients& whole, double level, Change& change) {
    if (!whole.from.available || !whole.to.available) {
        change.missing = "no_comparison_in_period";
        return;
    }
    const auto from = demand_factors(whole.from.state), to = demand_factors(whole.to.state);
    if (!whole.from.contacts_known || !whole.to.contacts_known || !finite(from) || !finite(to)) {
        change.missing = "no_baseline_contacts";
        return;
    }
    const std::array<Contribution, 3> named{{{"detection", "detection", {}, false},
                                             {"reach", "targeting", {}, false},
                                             {"message", "message", {}, false}}};
    const auto drawn_from = drawn_states(whole.from), drawn_to = drawn_states(whole.to);
    Columns drawn;
    drawn.parts.resize(named.size());
    for (std::size_t i = 0; i < stats::kDraws; ++i) {
        const auto a = demand_factors(drawn_from[i]), b = demand_factors(drawn_to[i]);
        if (!finite(a) || !finite(b)) continue;
        const auto parts = stats::shapley_of_product(a, b);
        drawn.from.push_back(drawn_from[i].share_of_demand());
        drawn.to.push_back(drawn_to[i].share_of_demand());
        drawn.change.push_back(drawn.to.back() - drawn.from.back());
        for (std::size_t k = 0; k < parts.size(); ++k)
            drawn.parts[k].push_back(parts[k]);
    }
    fill(change, whole.from.state.share_of_demand(), whole.to.state.share_of_demand(), named,
         stats::shapley_of_product(from, to), drawn, level);
}

} // namespace

double TreeState::share_of_demand() const {
    const double demand = contacts + prevented();
    return demand > 0 ? prevented() / demand : kNaN;
}
double TreeState::detection() const {
    const double demand = contacts + prevented();
    return demand > 0 ? (baseline * outreaches + unacted) / demand : kNaN;
}
double TreeState::reach() const {
    const double foreseen = baseline * outreaches + unacted;
    return foreseen > 0 ? baseline * outreaches / foreseen : kNaN;
}
double TreeState::message() const {
    return baseline > 0 ? 1 - treated / baseline : kNaN;
}

Ingredients ingredients(std::span<const Cell> cells) {
    struct Pair {
        Cell holdout, treated;
    };
    std::map<std::uint32_t, Pair> strata;
    std::vector<stats::ClusterSums> sums;
    for (const auto& cell : cells) {
        auto& pair = strata[cell.stratum];
        evidence::merge(cell.arm == history::Arm::holdout ? pair.holdout : pair.treated, cell);
        if (cell.episodes > 0) sums.push_back(cell.sums);
    }
    Ingredients result;
    double n = 0, contacted = 0;
    for (const auto& [number, pair] : strata) {
        if (pair.holdout.episodes == 0) {
            result.not_covered += pair.treated.episodes;
            continue;
        }
        n += static_cast<double>(pair.treated.episodes);
        contacted += static_cast<double>(pair.treated.contacted);
    }
    if (n == 0) return result;
    const double deff = stats::design_effect(sums);
    // Mean and variance of the weighted baseline; the variance from add-one rates, so that a stratum without
    // a contact is not taken for certain.
    double rate = 0, add_one_rate = 0, variance = 0;
    for (const auto& [number, pair] : strata) {
        if (pair.holdout.episodes == 0 || pair.treated.episodes == 0) continue;
        const double weight = static_cast<double>(pair.treated.episodes) / n;
        const auto held = static_cast<double>(pair.holdout.episodes);
        const auto events = static_cast<double>(pair.holdout.contacted);
        const double cautious = (events + 1) / (held + 2);
        rate += weight * events / held;
        add_one_rate += weight * cautious;
        variance += weight * weight * cautious * (1 - cautious) * deff / held;
    }
    const double effective = add_one_rate * (1 - add_one_rate) / variance;
    result.available = true;
    result.state.outreaches = n;
    result.state.baseline = rate;
    result.state.treated = contacted / n;
    result.baseline = {rate * effective, effective};
    result.treated = stats::effective({contacted, n}, deff);
    return result;
}

void set_contacts(Ingredients& into, std::int64_t contacts, std::int64_t unacted) {
    into.contacts_known = true;
    into.state.contacts = static_cast<double>(contacts);
    into.state.unacted = static_cast<double>(unacted);
}

std::vector<TreeState> drawn_states(const Ingredients& from) {
    std::vector<TreeState> states(stats::kDraws, from.state);
    if (!from.available) return states;
    stats::Draws draws(from.seed);
    const auto baseline = stats::drawn_rate(from.baseline.events, from.baseline.total, draws);
    const auto treated = stats::drawn_rate(from.treated.events, from.treated.total, draws);
    for (std::size_t i = 0; i < states.size(); ++i) {
        states[i].baseline = baseline[i];
        states[i].treated = treated[i];
    }
    if (!from.contacts_known) return states;
    // Contacts of the treated, contacts that nobody acted on, and all others come about apart.
    const auto& s = from.state;
    const double followed = s.outreaches * s.treated;
    const double others = std::max(0.0, s.contacts - followed - s.unacted);
    const auto unacted = stats::drawn_count(s.unacted, draws);
    const auto rest = stats::drawn_count(others, draws);
    for (std::size_t i = 0; i < states.size(); ++i) {
        states[i].unacted = s.unacted > 0 ? unacted[i] : 0;
        states[i].contacts = std::max(0.0, s.contacts + (s.outreaches * treated[i] - followed) +
                                               (states[i].unacted - s.unacted) + (rest[i] - others));
    }
    return states;
}

Estimate drawn_estimate(double value, std::vector<double>& draws, double level) {
    if (!std::isfinite(value)) return {};
    draws.erase(std::remove_if(draws.begin(), draws.end(), [](double v) { return !std::isfinite(v); }),
                draws.end());
    if (draws.empty()) return {value, std::nullopt, std::nullopt};
    // Two quantiles (type 7) of some hundred draws, for hundreds of figures: selecting is enough.
    const auto quantile = [&](double q) {
        const double place = q * static_cast<double>(draws.size() - 1);
        const auto at = draws.begin() + static_cast<std::ptrdiff_t>(place);
        std::nth_element(draws.begin(), at, draws.end());
        const double next = at + 1 == draws.end() ? *at : *std::min_element(at + 1, draws.end());
        return *at + (place - std::floor(place)) * (next - *at);
    };
    const double tail = (1 - level) / 2;
    return {value, std::min(value, quantile(tail)), std::max(value, quantile(1 - tail))};
}

std::vector<Change> changes(std::span<const GroupIngredients> groups, const GroupIngredients& whole,
                            double level) {
    std::vector<Change> result(3);
    result[0].outcome = "per_outreach";
    result[1].outcome = "prevented";
    result[2].outcome = "share_of_demand";
    over_groups(groups, level, result[0], result[1]);
    over_demand(whole, level, result[2]);
    return result;
}

} // namespace preempt::metrics
