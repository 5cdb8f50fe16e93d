#include "core/metrics/diagnosis_rules.hpp"

#include "core/metrics/compare.hpp"
#include "core/metrics/slices.hpp"
#include "core/stats/difference.hpp"
#include "core/stats/distribution.hpp"
#include "core/stats/multiplicity.hpp"

#include <algorithm>
#include <cmath>

namespace preempt::metrics::rules {
namespace {

/// M06 or M05, as it leads.
Quantity effect_number(const Facts& facts) {
    const auto* c = leading_of(facts);
    return {
        facts.basis.holdout.available ? "M06" : "M05",         "", "points", c->difference, 0.0, "zero", {},
        above_zero(c->difference) || below_zero(c->difference)};
}

struct WeeklySends {
    std::vector<double> recent, before;
};

/// The sends of the last four complete weeks and of the four before them.
WeeklySends weekly_sends(const Facts& facts) {
    WeeklySends result;
    std::vector<double> sent;
    for (const auto& series : facts.companions)
        if (series.id == "M01.sent")
            for (const auto& point : series.week)
                if (point.complete) sent.push_back(static_cast<double>(point.numerator));
    if (sent.size() < 8) return result;
    result.before.assign(sent.end() - 8, sent.end() - 4);
    result.recent.assign(sent.end() - 4, sent.end());
    return result;
}

/// Index of dispersion: sum (x - mean)^2 / mean. Chi-square with 3 degrees of freedom where four counts
/// differ by chance alone (Poisson).
double dispersion(const std::vector<double>& counts) {
    double mean = 0, sum = 0;
    for (const auto x : counts)
        mean += x / static_cast<double>(counts.size());
    for (const auto x : counts)
        sum += (x - mean) * (x - mean);
    return mean > 0 ? sum / mean : 0;
}

/// Weekly sends vary beyond chance, and more than in the four weeks before.
Truth irregular_sends(Look& look) {
    const auto sends = weekly_sends(look.facts);
    if (sends.recent.empty()) return look.lacks("M01.sent", "too_few_periods");
    const double now = dispersion(sends.recent), before = dispersion(sends.before);
    const double p = stats::chi_square_upper_tail(now, 3);
    const bool so = p < 1 - look.facts.basis.level && now > before;
    return look.holds(
        so, {"weekly_sends_dispersion", "", "ratio", {now / 3, {}, {}}, before / 3, "before", {}, true});
}

/// A campaign whose delivered messages are clicked less than those of all others together (Holm over the
/// campaigns), and that arrives as well as the others.
Truth campaign_not_clicked(Look& look) {
    const auto& c = look.facts.basis.evidence.companions;
    if ((c.reactions_known & history::kClicked) == 0) return look.lacks("M25.clicked", "no_reactions");
    if (c.by_content.size() < 2) return look.lacks("M25.clicked", "one_campaign");
    const bool delivered_known = (c.reactions_known & history::kDelivered) != 0;
    const double level = look.facts.basis.level;
    evidence::Funnel all;
    for (const auto& f : c.by_content) {
        all.sent += f.sent;
        all.delivered += f.delivered;
        all.clicked += f.clicked;
    }
    const auto reached = [&](const evidence::Funnel& f) { return delivered_known ? f.delivered : f.sent; };
    const auto arm = [](std::int64_t part, std::int64_t whole) {
        return stats::Arm{static_cast<double>(part), static_cast<double>(whole)};
    };
    std::vector<double> p;
    for (const auto& f : c.by_content)
        p.push_back(stats::n_minus_one_chi_square_p(arm(all.clicked - f.clicked, reached(all) - reached(f)),
                                                    arm(f.clicked, reached(f))));
    const auto adjusted = stats::holm(p);
    const evidence::Funnel* worst = nullptr;
    Estimate gap;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const auto& f = c.by_content[i];
        const auto difference = part_difference({f.clicked, reached(f)},
                                                {all.clicked - f.clicked, reached(all) - reached(f)}, level);
        const auto arrives = delivered_known
                                 ? part_difference({f.delivered, f.sent},
                                                   {all.delivered - f.delivered, all.sent - f.sent}, level)
                                 : Estimate{};
        if (!difference.value || !(adjusted[i] < 1 - level) || below_zero(arrives)) continue;
        if (*difference.value >= gap.value.value_or(0)) continue;
        worst = &f;
        gap = difference;
    }
    if (worst == nullptr) return Truth::no;
    look.label = worst->label;
    const auto rate = proportion(worst->clicked, reached(*worst), level);
    return look.holds(
        true, {"M25.clicked", worst->label, "share", rate, *rate.value - *gap.value, "rest", gap, true});
}

} // namespace

TwoPeriods two_periods(const Facts& facts) {
    TwoPeriods result;
    const auto* leading = leading_of(facts);
    if (leading == nullptr || facts.basis.evidence.typed) return result;
    const auto& e = facts.basis.evidence;
    const auto source = source_of(e, leading->basis);
    for (const auto* series : {&e.month, &e.week}) {
        const auto& cells = series->*source.series;
        const auto complete = complete_periods(e, *series, cells);
        auto last = complete.size();
        while (last > 0 && !complete[last - 1])
            --last;
        if (last < 2 || !complete[last - 2]) continue;
        const auto at = [&](std::size_t p) { return of_group(cells, static_cast<std::uint32_t>(p)); };
        const auto fill = [&](std::size_t p, evidence::Cell& held, evidence::Cell& treated,
                              Estimate& effect) {
            for (const auto& cell : at(p))
                evidence::merge(cell.arm == history::Arm::holdout ? held : treated, cell);
            effect = compare(at(p), at(p), *source.strata, facts.basis.level).difference;
        };
        fill(last - 2, result.held_before, result.treated_before, result.effect_before);
        fill(last - 1, result.held_after, result.treated_after, result.effect_after);
        result.found = result.effect_before.value && result.effect_after.value;
        if (result.found) break;
    }
    return result;
}

Truth replies_outnumber(Look& look) {
    const auto* leading = leading_of(look.facts);
    const auto* induced = metric_of(look.facts, "M08");
    if (leading == nullptr) return look.lacks("M06", "no_comparison");
    if (induced == nullptr) return look.lacks("M08", "not_in_data");
    // With a holdout, what the message set off itself: the first day beyond the held-out.
    auto replies = induced->estimate;
    for (const auto& variant : induced->variants)
        if (variant.id == "first_day_excess") replies = variant.estimate;
    if (!replies.low || !leading->difference.high) return look.lacks("M08", induced->missing);
    return look.holds(*replies.low > *leading->difference.high,
                      {"M08", "", "share", replies, leading->difference.value, "effect", {}, true});
}

Truth timing_or_targeting(Look& look) {
    return all_of({any_of({look.rising("M25.unsubscribed"), look.rising("M25.dismissed"),
                           look.falling("M25.clicked"), look.falling("M25.replied")}),
                   look.falling("M04")});
}

Truth weak_detection(Look& look) {
    return all_of({any_of({look.rising("M12"), look.falling("M13")}), look.low("M19")});
}

Truth weak_content(Look& look) {
    const auto campaign = campaign_not_clicked(look);
    if (campaign == Truth::yes) {
        look.detail = "not_clicked";
        return campaign;
    }
    // Articles that messages lead to: more messages, no more views.
    const auto promoted = look.facts.basis.evidence.companions.self_service.from_outreach > 0
                              ? all_of({look.rising("M01.sent"), look.not_rising("M14")})
                              : look.lacks("M14", "no_views_from_messages");
    if (promoted == Truth::yes) look.detail = "not_viewed";
    return any_of({campaign, promoted});
}

Truth silos(Look& look) {
    const auto* leading = leading_of(look.facts);
    if (leading == nullptr) return look.lacks("M06", "no_comparison");
    if (leading->verdict == "prevents") return Truth::no;
    look.show(effect_number(look.facts));
    return all_of(
        {look.not_falling("M09"), any_of({look.high("several_senders"), look.high("on_messaged_topic")})});
}

Truth out_of_capacity(Look& look) {
    return all_of(
        {look.rising("M22"), any_of({irregular_sends(look), look.rising("M16"), look.falling("M15")})});
}

Truth weak_targeting(Look& look) {
    return all_of({look.good("M19"), any_of({look.few("M23"), look.most("M24")})});
}

Truth vague_message(Look& look) {
    const auto clicks = any_of({look.falling("M25.clicked"), campaign_not_clicked(look)});
    const auto replies = replies_outnumber(look);
    if (clicks == Truth::yes) look.detail = "clicks";
    if (replies == Truth::yes) look.detail = "replies";
    return all_of({look.good("M19"), look.good("M23"), any_of({clicks, replies})});
}

Truth score_fell(Look& look) {
    for (const char* period : {"month", "quarter"})
        for (const auto& change : look.facts.tree.changes) {
            if (change.period != period || change.outcome != "per_outreach" || !change.missing.empty())
                continue;
            if (!below_zero(change.change)) return Truth::no;
            look.show({"M06", "", "points", change.to, change.from.value, "before", change.change, true});
            const Contribution* mix = nullptr;
            double within = 0;
            for (const auto& part : change.contributions) {
                if (part.id == "mix")
                    mix = &part;
                else
                    within += part.estimate.value.value_or(0);
            }
            const double by_mix = mix == nullptr ? 0 : mix->estimate.value.value_or(0);
            look.detail = std::fabs(by_mix) > std::fabs(within) ? "mix" : "within";
            for (const auto& part : change.contributions)
                look.show({part.id, "", "points", part.estimate, std::nullopt, "", {}, part.clear});
            if (look.detail == "within" && change.groups.size() > 1) {
                const auto worst = std::min_element(
                    change.groups.begin(), change.groups.end(),
                    [](const GroupChange& a, const GroupChange& b) { return a.within < b.within; });
                look.label = worst->label;
            }
            look.falling("M19"); // shown where it moved with the score
            return Truth::yes;
        }
    const auto& mix = look.facts.mix;
    if (!mix.missing.empty() || !mix.total.value) return look.lacks("M33", "too_few_periods");
    if (!below_zero(mix.total)) return Truth::no;
    look.show({"M33", "", "points", mix.total, 0.0, "zero", {}, true});
    look.show({"mix", "", "points", mix.mix, std::nullopt, "", {}, false});
    look.show({"within", "", "points", mix.within, std::nullopt, "", {}, false});
    look.detail =
        std::fabs(mix.mix.value.value_or(0)) > std::fabs(mix.within.value.value_or(0)) ? "mix" : "within";
    look.falling("M19");
    return Truth::yes;
}

Truth ratio_rose(Look& look) {
    const auto rose = look.rising("M01");
    if (rose != Truth::yes) return rose;
    // ln(ratio now / before) = ln(sent now / before) - ln(contacts now / before), exactly, over the same four
    // periods as the trend.
    for (const auto& series : look.facts.companions) {
        if (series.id != "M01") continue;
        const bool monthly = !trend(series.month).direction.empty();
        std::vector<const CompanionPoint*> points;
        for (const auto& point : monthly ? series.month : series.week)
            if (point.complete && point.numerator > 0 && point.denominator > 0) points.push_back(&point);
        if (points.size() < 4) break;
        double sent = 0, contacts = 0;
        for (auto p = points.end() - 4; p != points.end() - 1; ++p) {
            sent += static_cast<double>((*p)->numerator) / 3;
            contacts += static_cast<double>((*p)->denominator) / 3;
        }
        const double more = std::log(static_cast<double>(points.back()->numerator) / sent);
        const double fewer = -std::log(static_cast<double>(points.back()->denominator) / contacts);
        look.show({"more_outreach", "", "log_ratio", {more, {}, {}}, std::nullopt, "", {}, false});
        look.show({"fewer_contacts", "", "log_ratio", {fewer, {}, {}}, std::nullopt, "", {}, false});
        look.detail = fewer > more ? "fewer_contacts" : "more_outreach";
    }
    return rose;
}

Truth served_themselves(Look& look) {
    return all_of({any_of({look.falling("M06"), look.falling("M04")}), look.rising("M14.viewers"),
                   look.not_rising("M09")});
}

Truth crowded_out(Look& look) {
    const auto& mix = look.facts.mix;
    const auto steady = !mix.missing.empty() || !mix.within.low || !mix.within.high
                            ? look.lacks("M33", "too_few_periods")
                            : look.holds(*mix.within.low <= 0 && *mix.within.high >= 0,
                                         {"within", "", "points", mix.within, 0.0, "zero", {}, false});
    return all_of({look.rising("M09"), look.falling("conversation_length"), steady});
}

/// That sends cluster in a few hours is left to the timing chapter: no source says how many hours are few.
Truth manual_programme(Look& look) {
    return look.low("M27");
}

Truth hidden_help(Look& look) {
    const auto still = look.not_rising("M02");
    if (still == Truth::yes) look.detail = look.numbers.back().clear ? "falling" : "flat";
    return still;
}

Truth creates_demand(Look& look) {
    const auto* leading = leading_of(look.facts);
    const auto harm = leading == nullptr                ? look.lacks("M06", "no_comparison")
                      : below_zero(leading->difference) ? look.holds(true, effect_number(look.facts))
                                                        : Truth::no;
    const auto replies = replies_outnumber(look);
    look.detail = harm == Truth::yes ? "causes" : "replies";
    return any_of({harm, replies});
}

} // namespace preempt::metrics::rules
