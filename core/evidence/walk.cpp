#include "core/evidence/walk.hpp"

#include "core/base/stretches.hpp"
#include "core/evidence/delays.hpp"
#include "core/evidence/earlier.hpp"
#include "core/evidence/impact_walk.hpp"
#include "core/evidence/row_collector.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace preempt::evidence {

using episodes::Episode;
using episodes::State;
using history::Arm;
using history::kNobody;
using history::OutreachType;

namespace {

constexpr std::int64_t kSmallStratum = 20;                        ///< statistics.md 2.4
constexpr std::int64_t kLeavingWithin = 90 * kMillisecondsPerDay; ///< M17, M30

/// Without a column that says which contacts escalated nothing is known of that, which is not zero.
Specs specs_of(const Setup& setup, std::span<const TableSpec> tables, const Dims& sizes, TableSet which) {
    auto specs = occurring(tables, sizes, has(which, TableSet::fixed), has(which, TableSet::by_group));
    if (setup.history.contacts.escalated.empty())
        std::erase_if(specs, [](const TableSpec* spec) { return spec->what == What::escalation; });
    return specs;
}

} // namespace

struct Walk::Inside {
    Inside(const Setup& given, TableSet which);

    void unit(std::uint32_t u);
    void add_matched();
    void count(const Kept& from);
    void units_again(const Kept& from);
    void fixed_unit(std::uint32_t u, bool single_is_joined);
    void note_addends();
    void examine_design(std::uint32_t u);
    void note_leaving(const Episode& episode);
    void note_impacts(const std::vector<Episode>& list);
    void note_at_risk(const std::vector<Episode>& list, bool assigned);
    void note_stating(const Episode& episode);
    void note_account(const Episode& episode, std::uint32_t stratum);
    bool leaves_within(const Episode& episode, std::int64_t time) const;

    const Setup& setup;
    const history::History& history;
    episodes::Walker walker;
    bool fixed, by_group; ///< which tables
    RowCollector messages, assignments;
    Collector matched;
    Coder message_coder, assignment_coder, matched_coder;
    CellTable single{1, 1}, broadcasts{1, 1}, at_risk;
    ImpactWalk impacts;
    EarlierWalk earlier;
    Delays message_delays, assignment_delays, matched_delays;
    std::vector<Delays> stratum_delays; ///< of assignments; empty with one stratum
    Design design;
    episodes::Tally tally;
    RetentionCounts retention;
    std::int64_t treated_without_signal = 0;
    std::int64_t held_out = 0, held_out_stating = 0; ///< the attribute asked for

    struct Open {
        std::uint32_t y = 0, m = 0;
    };
    /// Sums over accounts: an account's units need not lie together.
    boost::unordered_flat_map<std::pair<std::uint64_t, std::uint64_t>, Open> of_account;

    Kept kept;
    std::vector<Episode> list;   ///< of the unit in hand
    std::vector<Addend> addends; ///< of these
    std::vector<std::pair<std::uint32_t, std::uint8_t>> arms;
};

Walk::Inside::Inside(const Setup& given, TableSet which)
    : setup(given), history(given.history),
      walker(given.history, given.rules, given.selection, given.foreign), fixed(has(which, TableSet::fixed)),
      by_group(has(which, TableSet::by_group)),
      messages(given, *given.outreach_codes,
               specs_of(given, message_tables(), Coder(given, 0).message_sizes(), which),
               Coder(given, 0).message_sizes()),
      assignments(given, *given.assignment_codes,
                  specs_of(given, assignment_tables(), Coder(given, 0).assignment_sizes(), which),
                  Coder(given, 0).assignment_sizes()),
      matched(specs_of(given, matched_tables(), Coder(given, 0).matched_sizes(), which),
              Coder(given, 0).matched_sizes()),
      message_coder(given, messages.wanted()), assignment_coder(given, assignments.wanted()),
      matched_coder(given,
                    dims_of(specs_of(given, matched_tables(), Coder(given, 0).matched_sizes(), which))),
      at_risk(1, given.strata.labels.size()), impacts(given),
      stratum_delays(given.strata.labels.size() > 1 ? given.strata.labels.size() : 0) {}

void Walk::Inside::unit(std::uint32_t u) {
    walker.turn_to(u);
    bool single_is_joined = false;
    if (fixed || !setup.by.is_empty()) {
        walker.messages(episodes::Take::joined, list, fixed ? &tally : nullptr);
        note_addends();
        kept.messages.begin_unit();
        for (const auto& episode : list)
            kept.messages.add(episode);
        if (messages.wants_all()) {
            for (std::size_t e = 0; e < list.size(); ++e)
                messages.add(message_coder.message(list[e], walker), list[e], addends[e], {});
            messages.end_unit();
        }
        if (fixed) {
            // Where no message joined another, each is an episode by itself already.
            single_is_joined =
                !setup.rules.same_topic &&
                std::all_of(list.begin(), list.end(), [](const Episode& e) { return e.dose == 1; });
            if (single_is_joined) single.add_unit(addends.data(), addends.size());
            note_delays(setup, walker, list, message_delays);
            for (const auto& episode : list)
                note_leaving(episode);
            if (!history.has_arms) note_at_risk(list, false);
            if (!impacts.from_assignments()) note_impacts(list);
        }
    }
    walker.assignments(list);
    kept.assignments.begin_unit();
    std::uint32_t nth = 0;
    for (const auto& episode : list) {
        kept.assignments.add(episode);
        if (assignments.wants_all())
            assignments.add(assignment_coder.assignment(episode, nth++, walker), episode,
                            Addend(outcome_of(episode)),
                            assignments.wants_placebo() ? placebo_of(setup, walker, episode) : Outcome{});
        note_stating(episode);
        if (fixed && setup.by_account) note_account(episode, setup.strata.of_row[episode.source]);
        if (fixed && episode.arm == Arm::holdout) note_leaving(episode);
    }
    assignments.end_unit();
    if (fixed) {
        note_delays(setup, walker, list, assignment_delays, &stratum_delays);
        earlier.unit(setup, walker, list);
        if (history.has_arms) note_at_risk(list, true);
        if (impacts.from_assignments()) note_impacts(list);
    }
    if (history.has_signals) {
        add_matched();
        if (fixed) note_delays(setup, walker, list, matched_delays);
    }
    if (fixed) fixed_unit(u, single_is_joined);
}

void Walk::Inside::note_stating(const Episode& episode) {
    if (!by_group || episode.arm != Arm::holdout) return;
    ++held_out;
    if (!setup.by.is_empty() && setup.by.of_assignment(episode.source, episode.unit) != 0) ++held_out_stating;
}

void Walk::Inside::add_matched() {
    walker.matched(list);
    for (const auto& episode : list) {
        matched.add(matched_coder.matched(episode), episode,
                    matched.wants_placebo() ? placebo_of(setup, walker, episode) : Outcome{});
        if (episode.arm == Arm::treated && episode.signal == kNobody) ++treated_without_signal;
    }
    matched.end_unit();
}

/// The tables for which what was kept is enough.
void Walk::Inside::count(const Kept& from) {
    if (fixed || !setup.by.is_empty()) messages.count(history, history.outreaches, from.messages, true);
    assignments.count(history, history.assignments, from.assignments, false);
}

/// As unit() does, of what was kept: as much of the episodes as groups need.
void Walk::Inside::units_again(const Kept& from) {
    count(from);
    const auto each = [&](const auto& log, const KeptEpisodes& episodes, RowCollector& collector, auto add) {
        episodes.each(history, log, [&](std::uint32_t row, const Addend& addend, std::uint32_t nth) {
            if (nth == 0) collector.end_unit();
            Episode episode;
            episode.source = row;
            episode.unit = log.unit[row];
            episode.start = addend.start;
            add(episode, addend);
        });
        collector.end_unit();
    };
    if (!setup.by.is_empty() && messages.wants_all())
        each(history.outreaches, from.messages, messages, [&](const Episode& episode, const Addend& addend) {
            messages.add(message_coder.message(episode, walker), episode, addend, {});
        });
    each(history.assignments, from.assignments, assignments, [&](Episode& episode, Addend addend) {
        addend.arm = episode.arm = history.assignments.arm[episode.source];
        if (assignments.wants_all())
            assignments.add(assignment_coder.assignment(episode, 0, walker), episode, addend, {});
        note_stating(episode);
    });
}

void Walk::Inside::note_addends() {
    addends.clear();
    for (const auto& episode : list)
        addends.emplace_back(outcome_of(episode));
}

void Walk::Inside::fixed_unit(std::uint32_t u, bool single_is_joined) {
    const auto take_all = [&](episodes::Take take, CellTable& table) {
        walker.messages(take, list, nullptr);
        note_addends();
        table.add_unit(addends.data(), addends.size());
    };
    if (!single_is_joined) take_all(episodes::Take::single, single);
    if (history.health.broadcasts > 0) take_all(episodes::Take::broadcasts, broadcasts);
    examine_design(u);
}

void Walk::Inside::note_impacts(const std::vector<Episode>& episodes) {
    if (impacts.is_empty()) return;
    for (const auto& episode : episodes)
        impacts.add(episode, impacts.from_assignments() ? setup.strata.of_row[episode.source] : 0,
                    placebo_of(setup, walker, episode));
    impacts.end_unit();
}

// ------------------------------------------------------------------------------------------------ leaving

bool Walk::Inside::leaves_within(const Episode& episode, std::int64_t time) const {
    const auto churned = history.churned_at[episode.unit];
    return churned != kNoInstant && churned >= episode.start && churned < episode.start + time;
}

/// M17. Whoever left inside the window is no prevention, but has left.
void Walk::Inside::note_leaving(const Episode& episode) {
    if (history.churned_at.empty() || history.coverage_end == kNoInstant ||
        episode.start + kLeavingWithin > history.coverage_end)
        return;
    const auto churned = history.churned_at[episode.unit];
    if (churned != kNoInstant && churned < episode.start) return;
    if (episode.state != State::counted && episode.state != State::censored) return;
    auto& part_of = episode.arm == Arm::holdout ? retention.holdout_left
                    : episode.contacts > 0      ? retention.contacting_left
                                                : retention.quiet_left;
    ++part_of.whole;
    if (leaves_within(episode, kLeavingWithin)) ++part_of.part;
}

/// M30: units at risk, each once: by a health score below the threshold, or a message or assignment for a
/// risk.
void Walk::Inside::note_at_risk(const std::vector<Episode>& episodes, bool assigned) {
    if (history.churned_at.empty()) return;
    constexpr std::size_t kTriggerClass = 10;
    const auto risk = history.dictionary[kTriggerClass].find("risk");
    const AttributeOf of_row(history, assigned ? history.assignments.attribute : history.outreaches.attribute,
                             kTriggerClass);
    for (const auto& episode : episodes) {
        if (episode.state == State::dropped) continue;
        const auto churned = history.churned_at[episode.unit];
        if (churned != kNoInstant && churned < episode.start) continue;
        const bool low = setup.question.at_risk_below && !history.health_score.empty() &&
                         history.health_score[episode.unit] < *setup.question.at_risk_below;
        if (!low && (risk == 0 || of_row(episode.source, episode.unit) != risk)) continue;
        Outcome outcome;
        outcome.start = episode.start;
        outcome.arm = episode.arm;
        outcome.dose = episode.dose;
        outcome.delivered = episode.delivered;
        outcome.state =
            history.coverage_end == kNoInstant || episode.start + kLeavingWithin > history.coverage_end
                ? State::pending
                : State::counted;
        if (leaves_within(episode, kLeavingWithin)) {
            outcome.contacts = 1;
            outcome.first_delay = churned - episode.start;
        }
        const std::uint32_t group = 0, stratum = assigned ? setup.strata.of_row[episode.source] : 0;
        const Addend addend(outcome);
        at_risk.add_unit(&group, &stratum, 0, &addend, 1);
        return;
    }
}

// ------------------------------------------------------------------------------------------------- design

void Walk::Inside::note_account(const Episode& episode, std::uint32_t stratum) {
    if (episode.state != State::counted) return;
    auto account = history.assignments.account[episode.source];
    if (account == kNobody && !history.account_of_unit_person.empty())
        account = history.account_of_unit_person[episode.unit];
    const auto cluster = account == kNobody ? std::uint64_t{1} << 32 | episode.unit : account;
    auto& open = of_account[{cluster, std::uint64_t{stratum} * 3 + static_cast<std::uint64_t>(episode.arm)}];
    ++open.m;
    if (episode.contacts > 0) ++open.y;
}

void Walk::Inside::examine_design(std::uint32_t u) {
    const auto& listed = history.assignments;
    const auto& sent = history.outreaches;
    arms.clear();
    Instant held_out_from = kNoInstant, held_out_until = kNoInstant;
    for (auto a = listed.first[u]; a < listed.first[u + 1]; ++a) {
        if (listed.arm[a] == Arm::none || !setup.selection.has_assignment(a) ||
            !setup.selection.holds(listed.at[a]))
            continue;
        const auto bit = static_cast<std::uint8_t>(listed.arm[a]);
        const auto known = std::find_if(arms.begin(), arms.end(),
                                        [&](const auto& pair) { return pair.first == listed.experiment[a]; });
        if (known != arms.end())
            known->second |= bit;
        else
            arms.emplace_back(listed.experiment[a], bit);
        if (design.first_assigned == kNoInstant || listed.at[a] < design.first_assigned)
            design.first_assigned = listed.at[a];
        design.last_assigned = std::max(design.last_assigned, listed.at[a]);
        if (listed.arm[a] == Arm::holdout) {
            if (held_out_from == kNoInstant) held_out_from = listed.at[a];
            held_out_until = listed.at[a] + setup.rules.window;
        }
    }
    bool mixed = false, held = false;
    for (const auto& [experiment, bits] : arms) {
        mixed |= bits == 3;
        held |= bits == 2;
        auto& size = design.experiments[experiment];
        if (bits == 2) ++size.holdout;
        if (bits == 1) ++size.treated;
    }
    if (mixed) ++design.mixed_units;
    if (mixed || !held) return;
    for (auto o = sent.first[u]; o < sent.first[u + 1]; ++o)
        if (sent.type[o] != OutreachType::broadcast && setup.selection.has_outreach(o) &&
            sent.at[o] >= held_out_from && sent.at[o] < held_out_until) {
            ++design.contaminated;
            return;
        }
}

// --------------------------------------------------------------------------------------------------- whole

Walk::Walk(const Setup& setup, TableSet set) : inside_(std::make_unique<Inside>(setup, set)) {}
Walk::Walk(Walk&&) noexcept = default;
Walk::~Walk() = default;

void Walk::units(std::uint32_t begin, std::uint32_t end) {
    in_stretches(end - begin, [&](std::uint32_t place) { inside_->unit(begin + place); });
    inside_->count(inside_->kept);
}

void Walk::units_again(const Kept& kept, std::uint32_t begin, std::uint32_t end) {
    inside_->units_again(kept);
    if (!inside_->history.has_signals) return;
    for (auto unit = begin; unit < end; ++unit) {
        inside_->walker.turn_to(unit);
        inside_->add_matched();
    }
}

void Walk::give_memory(Kept used) {
    used.messages.clear();
    used.assignments.clear();
    inside_->kept = std::move(used);
}

Kept Walk::take_kept() {
    return std::move(inside_->kept);
}

namespace {

void add(Part& into, const Part& from) {
    into.part += from.part;
    into.whole += from.whole;
}

} // namespace

void Walk::absorb(const Walk& other) {
    auto& into = *inside_;
    const auto& from = *other.inside_;
    into.messages.absorb(from.messages);
    into.assignments.absorb(from.assignments);
    into.matched.absorb(from.matched);
    into.single.absorb(from.single);
    into.broadcasts.absorb(from.broadcasts);
    into.at_risk.absorb(from.at_risk);
    into.impacts.absorb(from.impacts);
    into.earlier.absorb(from.earlier);
    add(into.message_delays, from.message_delays);
    add(into.assignment_delays, from.assignment_delays);
    for (std::size_t h = 0; h < into.stratum_delays.size(); ++h)
        add(into.stratum_delays[h], from.stratum_delays[h]);
    add(into.matched_delays, from.matched_delays);
    add(into.retention.quiet_left, from.retention.quiet_left);
    add(into.retention.contacting_left, from.retention.contacting_left);
    add(into.retention.holdout_left, from.retention.holdout_left);
    into.tally.late_replies += from.tally.late_replies;
    into.tally.same_day_pairs += from.tally.same_day_pairs;
    into.tally.before_contacts += from.tally.before_contacts;
    into.treated_without_signal += from.treated_without_signal;
    into.held_out += from.held_out;
    into.held_out_stating += from.held_out_stating;
    for (const auto& [key, open] : from.of_account) {
        auto& mine = into.of_account[key];
        mine.y += open.y;
        mine.m += open.m;
    }
    auto& design = into.design;
    for (const auto& [experiment, size] : from.design.experiments) {
        design.experiments[experiment].holdout += size.holdout;
        design.experiments[experiment].treated += size.treated;
    }
    design.mixed_units += from.design.mixed_units;
    design.contaminated += from.design.contaminated;
    design.last_assigned = std::max(design.last_assigned, from.design.last_assigned);
    const auto first = from.design.first_assigned;
    if (first != kNoInstant && (design.first_assigned == kNoInstant || first < design.first_assigned))
        design.first_assigned = first;
}

namespace {

/// The counts of accounts, which need no walk, stay.
void write_design(const Design& walked, const history::History& history, Design& design) {
    design.experiments = walked.experiments;
    design.mixed_units = walked.mixed_units;
    design.contaminated = walked.contaminated;
    design.first_assigned = walked.first_assigned;
    design.last_assigned = walked.last_assigned;
    for (auto& [experiment, size] : design.experiments) {
        design.holdout_units += size.holdout;
        design.treated_units += size.treated;
        if (experiment < history.expected_share.size() && !std::isnan(history.expected_share[experiment]))
            size.expected_holdout_share = history.expected_share[experiment];
    }
}

} // namespace

void Walk::write(Evidence& evidence) {
    auto& s = *inside_;
    const auto window = s.setup.rules.window;
    s.messages.write(evidence, window);
    s.assignments.write(evidence, window);
    s.matched.write(evidence, window);
    if (s.history.has_signals)
        name_strata(
            evidence, matched_tables(), s.fixed, s.by_group,
            [&](std::uint32_t code) { return s.matched_coder.matched_stratum(code); },
            evidence.matched.groups);
    if (s.by_group)
        evidence.attribute_known_in_holdout =
            s.held_out == 0 || s.setup.by.is_empty()
                ? 0
                : static_cast<double>(s.held_out_stating) / static_cast<double>(s.held_out);
    if (!s.fixed) return;
    evidence.single_messages.cells = s.single.cells(window);
    evidence.broadcasts.cells = s.broadcasts.cells(window);
    evidence.at_risk.cells = s.at_risk.cells(kLeavingWithin);
    evidence.message_delays = s.message_delays;
    evidence.assignment_delays = s.assignment_delays;
    evidence.assignment_delays_by_stratum = s.stratum_delays;
    evidence.matched_delays = s.matched_delays;
    evidence.tally = s.tally;
    evidence.treated_without_signal = s.treated_without_signal;
    auto& retention = evidence.companions.retention;
    retention.quiet_left = s.retention.quiet_left;
    retention.contacting_left = s.retention.contacting_left;
    retention.holdout_left = s.retention.holdout_left;
    s.impacts.write(evidence);
    evidence.earlier = s.earlier.sums();
    write_design(s.design, s.history, evidence.design);
    auto& by_account = evidence.assignments_by_account.cells;
    by_account.clear();
    if (!s.setup.by_account) return;
    by_account = evidence.assignments.cells;
    std::map<std::uint64_t, stats::ClusterSums> sums;
    for (const auto& [key, open] : s.of_account) {
        const double y = open.y, m = open.m;
        auto& sum = sums[key.second];
        sum.units += 1;
        sum.sum_y += y;
        sum.sum_m += m;
        sum.sum_yy += y * y;
        sum.sum_ym += y * m;
        sum.sum_mm += m * m;
    }
    for (auto& cell : by_account)
        cell.sums = sums[std::uint64_t{cell.stratum} * 3 + static_cast<std::uint64_t>(cell.arm)];
}

namespace {

/// By stratum.
bool nine_in_ten(const std::vector<std::int64_t>& held_out_units,
                 const std::vector<std::int64_t>& contacted) {
    std::int64_t all = 0, good = 0;
    for (std::size_t s = 0; s < contacted.size(); ++s) {
        all += contacted[s];
        if (held_out_units[s] >= kSmallStratum) good += contacted[s];
    }
    return all > 0 && good * 10 >= all * 9;
}

} // namespace

bool fine_enough(const Setup& setup) {
    const auto strata = setup.strata.labels.size();
    std::vector<std::int64_t> held_out_units(strata, 0), contacted(strata, 0);
    std::vector<std::uint32_t> last_unit(strata, kNobody);
    episodes::Walker walker(setup.history, setup.rules, setup.selection, setup.foreign);
    std::vector<Episode> list;
    in_stretches(setup.history.units, [&](std::uint32_t unit) {
        walker.turn_to(unit);
        walker.assignments(list);
        for (const auto& episode : list) {
            if (episode.state != State::counted) continue;
            const auto stratum = setup.strata.of_row[episode.source];
            if (episode.arm == Arm::treated)
                ++contacted[stratum];
            else if (std::exchange(last_unit[stratum], unit) != unit)
                ++held_out_units[stratum];
        }
    });
    return nine_in_ten(held_out_units, contacted);
}

bool fine_enough(const std::vector<Cell>& assignments) {
    std::uint32_t strata = 0;
    for (const auto& cell : assignments)
        strata = std::max(strata, cell.stratum + 1);
    std::vector<std::int64_t> held_out_units(strata, 0), contacted(strata, 0);
    for (const auto& cell : assignments) {
        if (cell.arm == Arm::treated) contacted[cell.stratum] += cell.episodes;
        if (cell.arm == Arm::holdout)
            held_out_units[cell.stratum] += static_cast<std::int64_t>(cell.sums.units);
    }
    return nine_in_ten(held_out_units, contacted);
}

} // namespace preempt::evidence
