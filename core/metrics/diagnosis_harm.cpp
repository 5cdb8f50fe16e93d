// D15 to D22: harm that outreach can do, and measurements that deceive.
#include "core/metrics/diagnosis_rules.hpp"

#include "core/base/sort_list.hpp"
#include "core/metrics/compare.hpp"
#include "core/metrics/slices.hpp"
#include "core/stats/stratified.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace preempt::metrics::rules {
namespace {

using evidence::Part;

double upper_decile(const evidence::Histogram& histogram) {
    std::int64_t n = 0, so_far = 0;
    for (const auto& [value, count] : histogram)
        n += count;
    for (const auto& [value, count] : histogram) {
        so_far += count;
        if (so_far * 10 >= n * 9 && n > 0) return static_cast<double>(value);
    }
    return 0;
}

/// The most messaged tenth gets more than in each of the three months before. Counts so discrete have no
/// interval worth the name: never clear.
Truth frequency_up(Look& look) {
    const auto& e = look.facts.basis.evidence;
    const auto complete = complete_periods(e, e.month, {});
    auto last = complete.size();
    while (last > 0 && !complete[last - 1])
        --last;
    if (last < 4) return look.lacks("M26", "too_few_periods");
    double before = 0;
    for (auto p = last - 4; p < last; ++p)
        if (!complete[p] || e.month.periods[p].counts.messages_per_unit.empty())
            return look.lacks("M26", "too_few_periods");
    for (auto p = last - 4; p + 1 < last; ++p)
        before = std::max(before, upper_decile(e.month.periods[p].counts.messages_per_unit));
    const double now = upper_decile(e.month.periods[last - 1].counts.messages_per_unit);
    return look.holds(now > before,
                      {"M26.p90", "", "count", {now, {}, {}}, before, "most_of_three_before", {}, false});
}

/// Answers about people, over all arms.
Part satisfied(const evidence::Companions& c, int about) {
    Part sum;
    for (const auto& row : c.surveys)
        if (row.kind == history::SurveyKind::csat && row.about == about) {
            sum.part += row.satisfied;
            sum.whole += row.answered;
        }
    return sum;
}

/// Strata by baseline rate: the third of the contacted at the highest risk, and the middle third.
struct Thirds {
    std::vector<stats::Stratum> high, middle;
};

Thirds thirds_of(const Comparison& comparison) {
    std::vector<const Stratum*> strata;
    double all = 0;
    for (const auto& s : comparison.strata)
        if (s.covered) {
            strata.push_back(&s);
            all += static_cast<double>(s.treated_episodes);
        }
    Thirds thirds;
    if (strata.size() < 3) return thirds;
    const auto rate = [](const Stratum* s) {
        return static_cast<double>(s->holdout_contacted) / static_cast<double>(s->holdout_episodes);
    };
    sort_list(strata, [&](const Stratum* a, const Stratum* b) { return rate(a) > rate(b); });
    double so_far = 0; // a stratum belongs where its middle lies
    for (const auto* s : strata) {
        const auto n = static_cast<double>(s->treated_episodes);
        const double middle = (so_far + n / 2) / all;
        so_far += n;
        const stats::Stratum arms{
            {static_cast<double>(s->holdout_contacted), static_cast<double>(s->holdout_episodes)},
            {static_cast<double>(s->treated_contacted), n}};
        if (middle * 3 < 1)
            thirds.high.push_back(arms);
        else if (middle * 3 < 2)
            thirds.middle.push_back(arms);
    }
    return thirds;
}

} // namespace

Truth fatigue(Look& look) {
    const auto& f = look.facts.programme.fatigue;
    const auto shrinks =
        f.verdict == "not_measured"
            ? look.lacks("fatigue", "no_repeated_triggers")
            : look.holds(f.verdict == "shrinks",
                         {"effect_per_index", "", "points", f.change_per_index, 0.0, "zero", {}, true});
    return all_of({shrinks, frequency_up(look)});
}

/// Also among those held out, where there are any: else the cluster may be replies to the message.
Truth too_late(Look& look) {
    const auto& facts = look.facts;
    const auto& e = facts.basis.evidence;
    evidence::Cell held, treated;
    const bool arms = !e.assignments.cells.empty();
    for (const auto& cell : arms ? e.assignments.cells : e.messages.cells)
        evidence::merge(cell.arm == history::Arm::holdout ? held : treated, cell);
    if (treated.contacted == 0)
        return look.lacks("M04", e.has_contacts ? "no_contacts_in_scope" : "no_contacts");
    const auto first_day = [&](const evidence::Cell& cell, const char* who) {
        const auto share = proportion(cell.first_contact_day[0], cell.contacted, facts.basis.level);
        return look.holds(share.low && *share.low > 0.5,
                          {"first_day_share", who, "share", share, 0.5, "half", {}, true});
    };
    const auto fires = held.contacted > 0
                           ? all_of({first_day(treated, "messaged"), first_day(held, "held_out")})
                           : first_day(treated, "messaged");
    for (const char* id : {"M21", "M22"}) // how long there would have been, and how long it took
        if (const auto* metric = metric_of(facts, id); metric != nullptr && metric->estimate.value)
            look.show({id, "", metric->unit, metric->estimate, std::nullopt, "", {}, false});
    return fires;
}

Truth silent_churn(Look& look) {
    const auto& r = look.facts.basis.evidence.companions.retention;
    const auto difference = part_difference(r.quiet_left, r.contacting_left, look.facts.basis.level);
    if (!difference.value) return look.lacks("M17", "no_churn");
    const auto quiet = proportion(r.quiet_left.part, r.quiet_left.whole, look.facts.basis.level);
    return look.holds(
        above_zero(difference),
        {"M17.quiet", "", "share", quiet, *quiet.value - *difference.value, "contacting", difference, true});
}

Truth looks_like_marketing(Look& look) {
    return all_of({look.high("M36"), look.rising("M25.unsubscribed")});
}

Truth worse_experience(Look& look) {
    const auto& c = look.facts.basis.evidence.companions;
    const auto proactive = satisfied(c, 0), reactive = satisfied(c, 1);
    const auto level = look.facts.basis.level;
    const auto difference = part_difference(proactive, reactive, level);
    if (!difference.value) return look.lacks("M15", "no_split_scores");
    const auto share = proportion(proactive.part, proactive.whole, level);
    return look.holds(below_zero(difference),
                      {"M15.proactive", "", "share", share, *share.value - *difference.value, "reactive",
                       difference, true});
}

Truth quiet_period(Look& look) {
    if (rung_of(look.facts) != 5) return look.lacks("M06", "no_holdout");
    const auto t = two_periods(look.facts);
    if (!t.found) return look.lacks("M06", "too_few_periods");
    const auto level = look.facts.basis.level;
    const auto fell = [&](const evidence::Cell& before, const evidence::Cell& after, const char* who) {
        const auto change =
            part_difference({after.contacted, after.episodes}, {before.contacted, before.episodes}, level);
        const auto now = cell_rate(after, level);
        return look.holds(below_zero(change),
                          {"contact_rate", who, "share", now,
                           now.value.value_or(0) - change.value.value_or(0), "before", change, true});
    };
    const auto moved =
        estimate_of(stats::mover_difference(number_of(t.effect_after), number_of(t.effect_before)));
    const bool alike = moved.low && moved.high && *moved.low <= 0 && *moved.high >= 0;
    return all_of(
        {fell(t.held_before, t.held_after, "held_out"), fell(t.treated_before, t.treated_after, "messaged"),
         look.holds(alike,
                    {"M06", "", "points", t.effect_after, t.effect_before.value, "before", moved, false})});
}

Truth broken_split(Look& look) {
    const auto& holdout = look.facts.basis.holdout;
    if (!holdout.available) return look.lacks("M06", holdout.missing);
    const auto& ratio = holdout.sample_ratio;
    const auto before =
        holdout.placebo.state == "not_known"
            ? look.lacks("placebo", "not_in_data")
            : look.holds(holdout.placebo.state == "failed",
                         {"placebo", "", "points", holdout.placebo.difference, 0.0, "zero", {}, true});
    const auto sizes = !ratio.p ? look.lacks("sample_ratio", "no_design_share")
                                : look.holds(ratio.flagged, {"holdout_share",
                                                             "",
                                                             "share",
                                                             {ratio.observed_holdout_share, {}, {}},
                                                             ratio.expected_holdout_share,
                                                             "design",
                                                             {},
                                                             true});
    look.detail = before == Truth::yes ? "before" : "sizes";
    return any_of({before, sizes});
}

Truth wrong_targets(Look& look) {
    const auto* leading = leading_of(look.facts);
    if (leading == nullptr) return look.lacks("M06", "no_comparison");
    const auto thirds = thirds_of(*leading);
    if (thirds.high.empty() || thirds.middle.empty()) return look.lacks("strata", "too_few_strata");
    const auto effect = [&](const std::vector<stats::Stratum>& strata) {
        const auto d =
            stats::contacted_weighted_difference(strata, look.facts.basis.level, leading->design_effect);
        return estimate(d.estimate, d.interval);
    };
    const auto high = effect(thirds.high), middle = effect(thirds.middle);
    return all_of(
        {look.holds(high.low && *high.low <= 0,
                    {"effect_high_risk", "", "points", high, 0.0, "zero", {}, below_zero(high)}),
         look.holds(above_zero(middle), {"effect_mid_risk", "", "points", middle, 0.0, "zero", {}, true})});
}

} // namespace preempt::metrics::rules
