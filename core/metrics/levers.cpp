#include "core/metrics/levers.hpp"

#include <algorithm>

namespace preempt::metrics {
namespace {

constexpr double kMeasuredDays = 28; ///< 5.5.14

/// A prize speaks of effects on contacts; levers on what is measured otherwise have none.
constexpr Lever kLevers[] = {
    {"L01", "targeting", "M06", 1, "S0-47", "asked"},
    {"L02", "targeting", "M06", 1, "S0-48", "hour weekday"},
    {"L03", "detection", "M19", 1, "S0-49 S3-18 S3-21", "triggers"},
    {"L04", "message", "M13", 1, "S0-50 S3-19 S3-21", ""},
    {"L05", "message", "M15", 1, "S0-51", ""},
    {"L06", "detection", "M20", 1, "S1-34 S3-16 S3-21", "triggers"},
    {"L07", "targeting", "M06", 1, "S1-34 S1-46 S1-47", "asked triggers"},
    {"L08", "message", "M06", 1, "S1-34 S1-35", "variants"},
    {"L09", "measurement", "M06", 0, "S1-16 S1-34", ""},
    {"L10", "targeting", "M06", 1, "S3-17 S3-21", ""},
    {"L11", "detection", "M22", -1, "S3-20 S3-21", ""},
    {"L12", "targeting", "M26", -1, "S1-39", ""},
    {"L13", "measurement", "M17", -1, "S4-05", ""},
    {"L14", "targeting", "M06", 1, "S1-34", "asked triggers"},
};

const Breakdown* breakdown_of(const Facts& facts, const Breakdown& triggers, const std::string& name) {
    if (name == "asked") return &facts.breakdown;
    if (name == "triggers") return &triggers;
    if (name == "hour") return &facts.programme.timing.hour;
    if (name == "weekday") return &facts.programme.timing.weekday;
    return &facts.programme.variants.rows;
}

void add_prize(LeverCard& card, const Lever& lever, const Facts& facts, const Breakdown& triggers) {
    const auto names = words_of(lever.prizes);
    card.no_prize = names.empty() ? "not_a_group" : "no_groups";
    for (const auto& name : names) {
        const auto* breakdown = breakdown_of(facts, triggers, name);
        const auto told = std::count_if(breakdown->rows.begin(), breakdown->rows.end(),
                                        [](const BreakdownRow& row) { return row.effect.value.has_value(); });
        if (told >= 2) card.no_prize = "no_better_group";
        auto prize = largest_prize(*breakdown);
        if (!prize) continue;
        if (name != "asked") prize->attribute = name == "triggers" ? "trigger" : name;
        if (prize->attribute == "trigger") card.trigger = prize->group;
        if (name == "variants") card.content = prize->group;
        card.prize = std::move(prize);
        card.no_prize.clear();
        return;
    }
}

} // namespace

std::span<const Lever> levers() {
    return kLevers;
}

std::vector<LeverCard> lever_cards(const Facts& facts, const Breakdown& triggers,
                                   const Diagnosis& diagnosis) {
    std::vector<LeverCard> cards;
    for (const auto& lever : kLevers) {
        LeverCard card;
        card.id = lever.id;
        for (const auto& finding : diagnosis.findings)
            if (std::find(finding.levers.begin(), finding.levers.end(), lever.id) != finding.levers.end())
                card.findings.push_back(finding.id);
        const bool holdout_missing = card.id == "L09" && !facts.basis.holdout.available;
        if (card.findings.empty() && !holdout_missing) continue;
        card.branch = lever.branch;
        for (const auto& owner : facts.tree.owners)
            if (owner.branch == card.branch && (owner.raci == "A" || owner.raci == "R")) {
                card.owner = owner;
                break;
            }
        card.expected_metric = lever.metric;
        card.expected_direction = lever.direction;
        const auto window = static_cast<double>(facts.basis.evidence.question.window) / kMillisecondsPerDay;
        card.recheck_days = kMeasuredDays + 2 * window;
        card.sources = words_of(lever.sources);
        add_prize(card, lever, facts, triggers);
        cards.push_back(std::move(card));
    }
    const auto size = [](const LeverCard& card) { return card.prize ? *card.prize->contacts.value : 0; };
    std::stable_sort(cards.begin(), cards.end(), [&](const LeverCard& a, const LeverCard& b) {
        return size(a) != size(b) ? size(a) > size(b) : a.findings.size() > b.findings.size();
    });
    return cards;
}

} // namespace preempt::metrics
