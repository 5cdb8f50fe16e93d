#include "core/metrics/levers.hpp"

#include "core/base/sort_list.hpp"

#include <algorithm>

namespace preempt::metrics {
namespace {

constexpr double kMeasuredDays = 28; ///< 5.5.14
/// Stop a trigger that is shown to cause contacts: what the playbook says of it.
constexpr const char* kStop = "L15";

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
    {kStop, "targeting", "M06", 1, "S4-09 S1-34", ""},
};

const Breakdown* breakdown_of(const Facts& facts, const Breakdown& triggers, const std::string& name) {
    if (name == "asked") return &facts.breakdown;
    if (name == "triggers") return &triggers;
    if (name == "hour") return &facts.programme.timing.hour;
    if (name == "weekday") return &facts.programme.timing.weekday;
    return &facts.programme.variants.rows;
}

bool causes(const BreakdownRow& row) {
    return row.verdict == "causes" && row.effect.value.has_value();
}

/// What stopping the trigger that causes most comes to: its effect is then none. By the effect itself, on
/// whose interval the verdict rests: it is set against nothing, not against the luckiest group.
std::optional<Prize> prize_of_stopping(const Breakdown& triggers) {
    std::optional<Prize> largest;
    for (const auto& row : triggers.rows) {
        if (!causes(row)) continue;
        const auto times = [&](const std::optional<double>& effect) {
            return effect ? std::optional(-*effect * static_cast<double>(row.treated_episodes))
                          : std::nullopt;
        };
        Prize prize;
        prize.contacts.value = times(row.effect.value);
        prize.contacts.low = times(row.effect.high);
        prize.contacts.high = times(row.effect.low);
        prize.attribute = triggers.attribute;
        prize.group = row.label;
        prize.volume = row.treated_episodes;
        if (!largest || *prize.contacts.value > *largest->contacts.value) largest = std::move(prize);
    }
    return largest;
}

/// Two levers must not pull at one trigger both ways: what is to be stopped is not bettered as well.
Breakdown without_harm(Breakdown breakdown) {
    if (breakdown.attribute == "trigger") std::erase_if(breakdown.rows, causes);
    return breakdown;
}

void add_prize(LeverCard& card, const Lever& lever, const Facts& facts, const Breakdown& triggers) {
    const auto names = words_of(lever.prizes);
    card.no_prize = names.empty() ? "not_a_group" : "no_groups";
    for (const auto& name : names) {
        const auto kept = without_harm(*breakdown_of(facts, triggers, name));
        const auto* breakdown = &kept;
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
        auto stopping = card.id == kStop ? prize_of_stopping(triggers) : std::nullopt;
        if (card.findings.empty() && !holdout_missing && !stopping) continue;
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
        if (stopping) {
            card.trigger = stopping->group;
            card.prize = std::move(stopping);
        } else {
            add_prize(card, lever, facts, triggers);
        }
        cards.push_back(std::move(card));
    }
    const auto size = [](const LeverCard& card) { return card.prize ? *card.prize->contacts.value : 0; };
    // To leave off what does harm needs no skill and no other group's luck: it is said first.
    const auto stops = [](const LeverCard& card) { return card.id == kStop; };
    sort_list(cards, [&](const LeverCard& a, const LeverCard& b) {
        if (stops(a) != stops(b)) return stops(a);
        return size(a) != size(b) ? size(a) > size(b) : a.findings.size() > b.findings.size();
    });
    return cards;
}

} // namespace preempt::metrics
