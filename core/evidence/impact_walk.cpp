#include "core/evidence/impact_walk.hpp"

#include <algorithm>

namespace preempt::evidence {

using history::kNobody;
using history::kTriggerAttribute;

namespace {

constexpr std::size_t kContentAttribute = 8;
constexpr std::int64_t kSpan = 28 * kMillisecondsPerDay;
/// The last ones; a log of every small edit would make each walk slow.
constexpr std::size_t kMostChanges = 60;

const history::AttributeCodes& log_of(const history::History& history) {
    return history.has_arms ? history.assignments.attribute : history.outreaches.attribute;
}

} // namespace

ImpactWalk::ImpactWalk(const Setup& setup)
    : setup_(setup), trigger_(setup.history, log_of(setup.history), kTriggerAttribute),
      content_(setup.history, log_of(setup.history), kContentAttribute),
      trigger_of_message_(setup.history, setup.history.outreaches.attribute, kTriggerAttribute),
      content_of_message_(setup.history, setup.history.outreaches.attribute, kContentAttribute) {
    const auto& history = setup.history;
    const auto strata = from_assignments() ? std::max<std::size_t>(1, setup.strata.labels.size()) : 1;
    std::vector<const history::Change*> made;
    for (const auto& change : history.changes)
        if (change.at != kNoInstant && !change.incident) made.push_back(&change);
    const auto all = made.size();
    for (std::size_t c = all > kMostChanges ? all - kMostChanges : 0; c < all; ++c) {
        const auto& change = *made[c];
        OfChange one{&change,
                     change.at - kSpan,
                     change.at + setup.rules.window,
                     change.at + setup.rules.window + kSpan,
                     history.dictionary[kTriggerAttribute].find(change.trigger),
                     history.dictionary[kContentAttribute].find(change.content),
                     change.trigger.empty() && change.content.empty(),
                     false,
                     {},
                     CellTable(groups, strata),
                     CellTable(groups, strata),
                     {},
                     {},
                     {}};
        // What names something that no row names touched nothing that can be seen.
        one.touches_none = (!change.trigger.empty() && one.trigger == 0) ||
                           (change.trigger.empty() && !change.content.empty() && one.content == 0);
        if (one.trigger == 0 && one.content != 0) {
            one.triggers.assign(history.dictionary[kTriggerAttribute].size(), 0);
            const auto& sent = history.outreaches;
            for (std::uint32_t o = 0; o < sent.size(); ++o)
                if (content_of_message_(o, sent.unit[o]) == one.content)
                    one.triggers[trigger_of_message_(o, sent.unit[o])] = 1;
            one.triggers[0] = 0;
        }
        changes_.push_back(std::move(one));
    }
}

/// By the trigger where the change names one. By its content else: messages by theirs; assignments, whose
/// held-out got none, by the triggers whose messages have it.
bool ImpactWalk::is_affected(const OfChange& change, const episodes::Episode& episode) const {
    if (change.touches_all) return true;
    if (change.touches_none) return false;
    const auto trigger = trigger_(episode.source, episode.unit);
    if (change.trigger != 0) return trigger == change.trigger;
    if (!from_assignments()) return content_(episode.source, episode.unit) == change.content;
    if (trigger != 0 && std::find(change.triggers.begin(), change.triggers.end(), 1) != change.triggers.end())
        return change.triggers[trigger] != 0;
    if (content_(episode.source, episode.unit) == change.content) return true;
    return episode.message != kNobody && content_of_message_(episode.message, episode.unit) == change.content;
}

void ImpactWalk::add(const episodes::Episode& episode, std::uint32_t stratum, const Outcome& placebo) {
    for (auto& change : changes_) {
        const bool is_before = episode.start >= change.before && episode.start < change.change->at;
        const bool is_after = episode.start >= change.after && episode.start < change.until;
        if (!is_before && !is_after) continue;
        const bool affected = is_affected(change, episode);
        const auto group = affected ? (is_before ? affected_before : affected_after)
                                    : (is_before ? others_before : others_after);
        change.codes.push_back({group, affected ? group : kLeftOut, stratum});
        change.outcomes.emplace_back(outcome_of(episode));
        change.before_them.emplace_back(placebo);
    }
}

void ImpactWalk::end_unit() {
    for (auto& change : changes_) {
        if (change.codes.empty()) continue;
        const auto* codes = change.codes.front().data();
        const auto count = change.codes.size();
        change.cells.add_unit(codes, codes + 2, 3, change.outcomes.data(), count);
        change.placebo.add_unit(codes + 1, codes + 2, 3, change.before_them.data(), count);
        change.codes.clear();
        change.outcomes.clear();
        change.before_them.clear();
    }
}

void ImpactWalk::absorb(const ImpactWalk& other) {
    for (std::size_t c = 0; c < changes_.size(); ++c) {
        changes_[c].cells.absorb(other.changes_[c].cells);
        changes_[c].placebo.absorb(other.changes_[c].placebo);
    }
}

void ImpactWalk::write(Evidence& evidence) const {
    evidence.companions.impacts.clear();
    const auto window = setup_.rules.window;
    for (const auto& change : changes_) {
        Impact impact;
        impact.change = *change.change;
        impact.before = change.before;
        impact.after = change.after;
        impact.until = change.until;
        impact.complete_at = change.until + window;
        impact.complete =
            setup_.history.coverage_end != kNoInstant && impact.complete_at <= setup_.history.coverage_end;
        impact.from_assignments = from_assignments();
        const auto deal = [&](const CellTable& table, std::array<std::vector<Cell>*, groups> into) {
            for (auto cell : table.cells(window)) {
                auto* list = into[cell.group];
                cell.group = 0;
                if (list != nullptr) list->push_back(cell);
            }
        };
        deal(change.cells,
             {&impact.affected_before, &impact.affected_after, &impact.others_before, &impact.others_after});
        deal(change.placebo, {&impact.placebo_before, &impact.placebo_after, nullptr, nullptr});
        evidence.companions.impacts.push_back(std::move(impact));
    }
}

} // namespace preempt::evidence
