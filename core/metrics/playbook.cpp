#include "core/metrics/playbook.hpp"

#include "core/base/sort_list.hpp"
#include "core/metrics/slices.hpp"
#include "core/stats/cluster.hpp"
#include "core/stats/did.hpp"
#include "core/stats/stratified.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace preempt::metrics {
namespace {

using evidence::Cell;

stats::Estimate number(const Estimate& e) {
    return {e.value.value_or(std::nan("")), {e.low.value_or(std::nan("")), e.high.value_or(std::nan(""))}};
}

Estimate induced_rate(const Cell& cell, double level) {
    if (cell.episodes == 0) return {};
    const double deff = stats::design_effect(std::array{cell.sums});
    const stats::Arm counts{static_cast<double>(cell.induced), static_cast<double>(cell.episodes)};
    const auto effective = stats::effective(counts, deff);
    return estimate(stats::rate(counts), stats::wilson(effective.events, effective.total, level));
}

/// Contacts of the first 24 hours beyond those of the held-out, by stratum and weighted by the messaged.
Estimate first_day_excess(std::span<const Cell> cells, double level) {
    std::map<std::uint32_t, stats::Stratum> strata;
    std::vector<stats::ClusterSums> sums;
    for (const auto& cell : cells) {
        auto& pair = strata.try_emplace(cell.stratum, stats::Stratum{{0, 0}, {0, 0}}).first->second;
        auto& arm = cell.arm == history::Arm::holdout ? pair.holdout : pair.contacted;
        arm.events += static_cast<double>(cell.first_contact_day[0]);
        arm.total += static_cast<double>(cell.episodes);
        if (cell.episodes > 0) sums.push_back(cell.sums);
    }
    std::vector<stats::Stratum> all;
    for (const auto& [number, pair] : strata)
        all.push_back(pair);
    const auto d = stats::contacted_weighted_difference(all, level, stats::design_effect(sums));
    return estimate(-d.estimate, {-d.interval.high, -d.interval.low});
}

/// Both come from the same episodes: an interval of their difference would be too narrow.
bool replies_outnumber(const Play& play) {
    return play.induced.low && play.effect.high && *play.induced.low > *play.effect.high;
}

struct Verdict {
    const char* verdict;
    const char* why;
};

Verdict judge(const Play& play, const std::string& row_verdict, const Estimate& programme) {
    if (row_verdict == "not_covered" || !play.effect.low || !play.effect.high)
        return {"cannot_tell", "no_comparison"};
    if (row_verdict == "too_few") return {"cannot_tell", "too_few"};
    const bool outnumbered = replies_outnumber(play);
    if (row_verdict == "causes") return {"stop", "causes"};
    if (row_verdict == "prevents")
        return outnumbered ? Verdict{"improve", "replies_outnumber"} : Verdict{"keep", "prevents"};
    if (outnumbered) return {"stop", "replies_outnumber"};
    if (stats::mover_difference(number(programme), number(play.effect)).interval.low > 0)
        return {"improve", "below_programme"};
    return {"cannot_tell", play.p_adjusted && play.p && *play.p < *play.p_adjusted &&
                                   (*play.effect.low > 0 || *play.effect.high < 0)
                               ? "one_of_many"
                               : "interval_holds_zero"};
}

} // namespace

std::optional<Prize> prize_of(const Breakdown& breakdown, const BreakdownRow& row) {
    if (row.verdict == "too_few" || row.verdict == "not_covered" || !row.shrunken.value) return std::nullopt;
    const BreakdownRow* best = nullptr;
    for (const auto& other : breakdown.rows)
        if (other.verdict == "prevents" && other.shrunken.value &&
            (best == nullptr || *other.shrunken.value > *best->shrunken.value))
            best = &other;
    if (best == nullptr || best == &row || *best->shrunken.value <= *row.shrunken.value) return std::nullopt;
    const auto gap = stats::mover_difference(number(best->shrunken), number(row.shrunken));
    const auto volume = static_cast<double>(row.treated_episodes);
    return Prize{estimate(volume * gap.value, {volume * gap.interval.low, volume * gap.interval.high}),
                 breakdown.attribute, row.label, best->label, row.treated_episodes};
}

std::optional<Prize> largest_prize(const Breakdown& breakdown) {
    std::optional<Prize> largest;
    for (const auto& row : breakdown.rows) {
        auto prize = prize_of(breakdown, row);
        if (!prize || !prize->contacts.low || *prize->contacts.low <= 0) continue;
        if (!largest || *prize->contacts.value > *largest->contacts.value) largest = std::move(prize);
    }
    return largest;
}

Breakdown trigger_effects(const Basis& basis) {
    const auto& e = basis.evidence;
    const auto baseline =
        choose_baseline(e, basis.holdout, basis.matched, e.assignments_by_trigger, &e.matched_by_trigger);
    Cut cut;
    if (!e.messages_by_trigger.cells.empty()) cut.messages = &e.messages_by_trigger;
    cut.compared = baseline.table;
    cut.strata = baseline.strata;
    cut.basis = baseline.basis;
    auto result = break_down(cut, basis.level);
    result.attribute = "trigger";
    return result;
}

Playbook playbook(const Basis& basis, const Breakdown& triggers) {
    const auto& e = basis.evidence;
    Playbook result;
    result.basis = triggers.basis;
    result.adjustment = triggers.adjustment;
    result.homogeneity = triggers.homogeneity;
    const auto low = low_risk(e, basis.level);
    result.low_risk = proportion(low.episodes, low.of, basis.level);
    result.low_risk_cells = low.cells;

    std::map<std::string, Play> plays;
    for (const auto& row : triggers.rows)
        plays[row.label];
    for (const auto& counts : e.companions.triggers) {
        auto& play = plays[counts.trigger];
        play.owner = counts.owner;
        play.content = counts.content;
        play.fired = counts.fired;
        play.acted = counts.acted;
        play.messages = counts.messages;
        play.acted_share = proportion(counts.acted, counts.fired, basis.level);
        play.coverage = proportion(counts.coverage.part, counts.coverage.whole, basis.level);
    }
    for (std::uint32_t g = 0; g < e.messages_by_trigger.groups.size(); ++g) {
        const auto cell = sum_of(of_group(e.messages_by_trigger.cells, g));
        const auto found = plays.find(e.messages_by_trigger.groups[g]);
        if (found != plays.end()) found->second.induced = induced_rate(cell, basis.level);
    }
    if (result.basis == "holdout")
        for (std::uint32_t g = 0; g < e.assignments_by_trigger.groups.size(); ++g) {
            const auto excess = first_day_excess(of_group(e.assignments_by_trigger.cells, g), basis.level);
            const auto found = plays.find(e.assignments_by_trigger.groups[g]);
            if (found != plays.end() && excess.value) found->second.induced = excess;
        }
    const auto& leading = basis.holdout.available ? basis.holdout : basis.matched;
    for (auto& [trigger, play] : plays) {
        play.trigger = trigger;
        std::string verdict = "not_covered";
        for (const auto& row : triggers.rows) {
            if (row.label != trigger) continue;
            verdict = row.verdict;
            play.episodes = row.episodes;
            play.precision = proportion(row.holdout_contacted, row.holdout_episodes, basis.level);
            play.effect = row.effect;
            play.shrunken = row.shrunken;
            play.prevented = row.prevented;
            play.p = row.p;
            play.p_adjusted = row.p_adjusted;
            play.prize = prize_of(triggers, row);
        }
        const auto judged = judge(play, verdict, leading.difference);
        play.verdict = judged.verdict;
        play.why = judged.why;
        result.plays.push_back(play);
    }
    if (result.plays.empty()) result.missing = e.has_outreaches ? "no_triggers" : "no_outreaches";
    const auto value = [](const Play& play) { return play.shrunken.value.value_or(-2); };
    sort_list(result.plays, [&](const Play& a, const Play& b) {
        return value(a) != value(b) ? value(a) > value(b) : a.episodes > b.episodes;
    });
    return result;
}

} // namespace preempt::metrics
