#include "core/evidence/evidence.hpp"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cmath>
#include <map>
#include <numeric>

namespace preempt::evidence {
namespace {

using episodes::Episodes;
using history::Arm;
using history::History;
using history::kNobody;
using history::kOutreachTypeAttribute;
using history::kSegmentAttribute;
using history::kTriggerAttribute;
using history::OutreachType;

constexpr std::int64_t kEngagementWindow = 30 * kMillisecondsPerDay; ///< M02, W_e
/// statistics.md 2.4: below this many held-out units a stratum's own rate says little.
constexpr std::int64_t kSmallStratum = 20;
/// A series of more periods than this has a stray date in it; it starts that many before its end.
constexpr std::size_t kMostPeriods = 1200;
constexpr std::int64_t kRoomBehind = 92 * kMillisecondsPerDay;

/// An attribute of each episode: stated by the row itself, else by the customers file.
std::vector<std::uint32_t> attribute_of(const History& history, const Episodes& episodes,
                                        const history::AttributeCodes& log, std::size_t attribute) {
    const auto& of_row = log[attribute];
    const auto& of_unit = history.customer_attribute[attribute];
    std::vector<std::uint32_t> codes(episodes.size(), 0);
    for (std::size_t e = 0; e < episodes.size(); ++e) {
        if (!of_row.empty()) codes[e] = of_row[episodes.source[e]];
        if (codes[e] == 0 && !of_unit.empty()) codes[e] = of_unit[episodes.unit[e]];
    }
    return codes;
}

std::vector<std::string> texts(const table::Dictionary& dictionary) {
    std::vector<std::string> all(dictionary.size());
    for (std::uint32_t code = 1; code < dictionary.size(); ++code)
        all[code] = std::string(dictionary.text(code));
    return all;
}

class Gatherer {
  public:
    Gatherer(const History& history, const Question& question) : history_(history), question_(question) {
        rules_.window = question.window;
        rules_.same_topic = question.same_topic;
        rules_.zone = question.zone;
    }

    Evidence gather() {
        auto& e = evidence_;
        e.question = question_;
        e.has_outreaches = history_.has_outreaches;
        e.has_contacts = history_.has_contacts;
        e.has_arms = history_.has_arms;
        e.has_signals = history_.has_signals;
        e.has_outcomes = history_.has_outcomes;
        e.has_engagement = history_.has_engagement;
        e.treated_from_outreaches = history_.treated_from_outreaches;
        e.coverage_start = history_.coverage_start;
        e.coverage_end = history_.coverage_end;

        const auto messages = episodes::message_episodes(history_, rules_, &e.tally);
        const auto assignments = episodes::assignment_episodes(history_, rules_);
        e.messages.cells = collect(messages, {}, {}, question_.window);
        e.single_messages.cells =
            collect(episodes::single_messages(history_, rules_), {}, {}, question_.window);
        e.broadcasts.cells =
            collect(episodes::broadcast_episodes(history_, rules_), {}, {}, question_.window);

        const auto strata = choose_strata(assignments);
        e.assignments.cells = collect(assignments, {}, strata, question_.window);
        e.assignment_totals.cells = collect(assignments, {}, {}, question_.window);
        e.health = history_.health;
        e.ratings = history_.ratings;
        e.first_response_minutes = history_.first_response_minutes;
        by_attribute(messages, assignments, strata, kOutreachTypeAttribute, e.messages_by_type,
                     e.assignments_by_type);
        if (question_.breakdown >= 0) {
            by_attribute(messages, assignments, strata, static_cast<std::size_t>(question_.breakdown),
                         e.messages_by, e.assignments_by);
            share_known_in_holdout(assignments);
        }
        if (history_.has_signals) match_signals();
        e.week = series(messages, assignments, strata, Period::week);
        e.month = series(messages, assignments, strata, Period::month);
        e.quarter = series(messages, assignments, strata, Period::quarter);
        count_messages();
        count_engagement();
        examine_design();
        for (std::size_t a = 0; a < history::kAttributes; ++a)
            if (!history_.outreaches.attribute[a].empty() || !history_.customer_attribute[a].empty() ||
                !history_.assignments.attribute[a].empty())
                e.attributes.emplace_back(intake::role_info(history::attributes()[a]).name);
        return std::move(e);
    }

  private:
    // ---------------------------------------------------------------------------------------------- strata
    std::vector<std::uint32_t> strata_at(const Episodes& assignments, bool by_trigger, bool by_segment) {
        const auto trigger =
            attribute_of(history_, assignments, history_.assignments.attribute, kTriggerAttribute);
        const auto segment =
            attribute_of(history_, assignments, history_.assignments.attribute, kSegmentAttribute);
        // Distinct combinations of codes first, then numbered in the order of their texts: codes depend on
        // the order of the rows, the numbers must not.
        using Codes = std::array<std::uint32_t, 3>; // experiment, trigger, segment
        boost::unordered_flat_map<Codes, std::uint32_t> place_of;
        std::vector<Codes> combinations;
        std::vector<std::uint32_t> strata(assignments.size());
        for (std::size_t e = 0; e < assignments.size(); ++e) {
            const Codes codes{history_.assignments.experiment[assignments.source[e]],
                              by_trigger ? trigger[e] : 0, by_segment ? segment[e] : 0};
            const auto [place, added] =
                place_of.try_emplace(codes, static_cast<std::uint32_t>(combinations.size()));
            if (added) combinations.push_back(codes);
            strata[e] = place->second;
        }
        const auto texts_of = [&](std::uint32_t c) {
            return std::array<std::string_view, 3>{
                history_.experiments.text(combinations[c][0]),
                history_.dictionary[kTriggerAttribute].text(combinations[c][1]),
                history_.dictionary[kSegmentAttribute].text(combinations[c][2])};
        };
        std::vector<std::uint32_t> order(combinations.size());
        std::iota(order.begin(), order.end(), 0U);
        std::sort(order.begin(), order.end(),
                  [&](std::uint32_t x, std::uint32_t y) { return texts_of(x) < texts_of(y); });
        const bool several_experiments =
            std::any_of(combinations.begin(), combinations.end(),
                        [&](const Codes& codes) { return codes[0] != combinations.front()[0]; });
        labels_.clear();
        std::vector<std::uint32_t> number(combinations.size());
        for (const auto c : order) {
            number[c] = static_cast<std::uint32_t>(labels_.size());
            std::string label;
            const auto texts = texts_of(c);
            for (std::size_t part = several_experiments ? 0 : 1; part < 3; ++part)
                if (!texts[part].empty()) label.append(label.empty() ? "" : " · ").append(texts[part]);
            labels_.push_back(std::move(label));
        }
        for (auto& stratum : strata)
            stratum = number[stratum];
        return strata;
    }

    /// At least nine in ten contacted episodes must lie in strata with enough held-out units. Looks at sizes
    /// only, never at outcomes, so that the choice cannot favour a result.
    static bool fine_enough(const std::vector<Cell>& cells) {
        std::map<std::uint32_t, std::int64_t> holdout;
        for (const auto& cell : cells)
            if (cell.arm == Arm::holdout) holdout[cell.stratum] = static_cast<std::int64_t>(cell.sums.units);
        std::int64_t all = 0, good = 0;
        for (const auto& cell : cells) {
            if (cell.arm != Arm::treated) continue;
            all += cell.episodes;
            if (holdout[cell.stratum] >= kSmallStratum) good += cell.episodes;
        }
        return all > 0 && good * 10 >= all * 9;
    }

    std::vector<std::uint32_t> choose_strata(const Episodes& assignments) {
        struct Level {
            Strata id;
            bool by_trigger, by_segment;
        };
        constexpr Level kLevels[] = {{Strata::trigger_segment, true, true},
                                     {Strata::trigger, true, false},
                                     {Strata::segment, false, true},
                                     {Strata::experiment, false, false}};
        const bool has_trigger = !history_.assignments.attribute[kTriggerAttribute].empty();
        const bool has_segment = !history_.assignments.attribute[kSegmentAttribute].empty() ||
                                 !history_.customer_attribute[kSegmentAttribute].empty();
        for (const auto& level : kLevels) {
            if (question_.strata != Strata::automatic && question_.strata != level.id) continue;
            if (question_.strata == Strata::automatic &&
                ((level.by_trigger && !has_trigger) || (level.by_segment && !has_segment)))
                continue;
            auto strata = strata_at(assignments, level.by_trigger, level.by_segment);
            if (question_.strata == Strata::automatic && level.id != Strata::experiment &&
                !fine_enough(collect(assignments, {}, strata, question_.window)))
                continue;
            evidence_.strata_used = level.id;
            evidence_.strata = labels_;
            return strata;
        }
        return std::vector<std::uint32_t>(assignments.size(), 0);
    }

    // ---------------------------------------------------------------------------------------------- groups
    void by_attribute(const Episodes& messages, const Episodes& assignments,
                      std::span<const std::uint32_t> strata, std::size_t attribute, Table& of_messages,
                      Table& of_assignments) {
        const auto of_message = attribute_of(history_, messages, history_.outreaches.attribute, attribute);
        const auto of_assignment =
            attribute_of(history_, assignments, history_.assignments.attribute, attribute);
        of_messages.groups = of_assignments.groups = texts(history_.dictionary[attribute]);
        of_messages.cells = collect(messages, of_message, {}, question_.window);
        of_assignments.cells = collect(assignments, of_assignment, strata, question_.window);
    }

    void share_known_in_holdout(const Episodes& assignments) {
        const auto codes = attribute_of(history_, assignments, history_.assignments.attribute,
                                        static_cast<std::size_t>(question_.breakdown));
        std::int64_t all = 0, known = 0;
        for (std::size_t e = 0; e < assignments.size(); ++e) {
            if (assignments.arm[e] != Arm::holdout) continue;
            ++all;
            known += codes[e] != 0 ? 1 : 0;
        }
        evidence_.attribute_known_in_holdout =
            all == 0 ? 0 : static_cast<double>(known) / static_cast<double>(all);
    }

    /// M05: strata are trigger x segment x month.
    void match_signals() {
        auto matched = episodes::matched_episodes(history_, rules_);
        const auto& list = matched.episodes;
        evidence_.treated_without_signal = matched.treated_without_signal;
        std::map<std::array<std::string, 3>, std::uint32_t> number;
        std::vector<std::uint32_t> strata(list.size());
        std::vector<std::string> labels;
        for (std::size_t e = 0; e < list.size(); ++e) {
            const bool treated = list.arm[e] == Arm::treated;
            const auto& log = treated ? history_.outreaches.attribute : history_.assignments.attribute;
            const auto row = list.source[e];
            const auto trigger = log[kTriggerAttribute].empty() ? 0 : log[kTriggerAttribute][row];
            auto segment = log[kSegmentAttribute].empty() ? 0 : log[kSegmentAttribute][row];
            if (segment == 0 && !history_.customer_attribute[kSegmentAttribute].empty())
                segment = history_.customer_attribute[kSegmentAttribute][list.unit[e]];
            const std::array<std::string, 3> key{
                std::string(history_.dictionary[kTriggerAttribute].text(trigger)),
                std::string(history_.dictionary[kSegmentAttribute].text(segment)),
                local_date(period_start(list.start[e], *question_.zone, Period::month), *question_.zone)};
            const auto [place, added] = number.try_emplace(key, static_cast<std::uint32_t>(number.size()));
            if (added) labels.push_back(key[0] + " · " + key[1] + " · " + key[2]);
            strata[e] = place->second;
        }
        evidence_.matched.groups = std::move(labels);
        evidence_.matched.cells = collect(list, {}, strata, question_.window);
    }

    // ---------------------------------------------------------------------------------------------- series
    Series series(const Episodes& messages, const Episodes& assignments,
                  std::span<const std::uint32_t> strata, Period period) {
        Series result;
        const auto& zone = *question_.zone;
        Instant first = kNoInstant, last = kNoInstant;
        const auto widen = [&](Instant at) {
            if (first == kNoInstant || at < first) first = at;
            last = std::max(last, at);
        };
        for (const auto at : history_.contacts.at)
            widen(at);
        for (const auto at : history_.unmatched_at)
            widen(at);
        for (const auto at : history_.outreaches.at)
            widen(at);
        for (const auto at : assignments.start)
            widen(at);
        if (first == kNoInstant) return result;
        // A stray date far behind the known contacts must not stretch the series; a quarter on is room for
        // what is pending.
        Instant known = history_.coverage_end;
        for (const auto at : history_.contacts.at)
            known = std::max(known, at);
        if (known != kNoInstant) last = std::min(last, known + kRoomBehind);
        for (auto at = period_start(first, zone, period); at <= last;) {
            const auto next = next_period_start(at, zone, period);
            result.periods.push_back({at, next, 0, 0, {}});
            at = next;
            if (result.periods.size() > kMostPeriods) result.periods.erase(result.periods.begin());
        }
        // Index of the period that holds `at`; the number of periods for what lies outside the series.
        const auto index_of = [&](Instant at) {
            if (result.periods.empty() || at < result.periods.front().start ||
                at >= result.periods.back().end)
                return result.periods.size();
            const auto after = std::upper_bound(result.periods.begin(), result.periods.end(), at,
                                                [](Instant a, const PeriodSpan& p) { return a < p.start; });
            return static_cast<std::size_t>(after - result.periods.begin() - 1);
        };
        const auto count = [&](Instant at, std::int64_t PeriodSpan::*member) {
            if (const auto index = index_of(at); index < result.periods.size())
                ++(result.periods[index].*member);
        };
        for (const auto at : history_.contacts.at)
            count(at, &PeriodSpan::contacts);
        for (const auto at : history_.unmatched_at)
            count(at, &PeriodSpan::contacts);
        const auto& sent = history_.outreaches;
        for (std::size_t o = 0; o < sent.size(); ++o)
            if (sent.type[o] != OutreachType::broadcast) count(sent.at[o], &PeriodSpan::outreaches);
        const auto groups_of = [&](const Episodes& list) {
            std::vector<std::uint32_t> groups(list.size());
            for (std::size_t e = 0; e < list.size(); ++e)
                groups[e] = static_cast<std::uint32_t>(index_of(list.start[e]));
            return groups;
        };
        result.messages = collect(messages, groups_of(messages), {}, question_.window);
        result.assignments = collect(assignments, groups_of(assignments), strata, question_.window);
        return result;
    }

    // ---------------------------------------------------------------------------------------------- counts
    void count_messages() {
        const auto& sent = history_.outreaches;
        auto& e = evidence_;
        e.contacts = static_cast<std::int64_t>(history_.contacts.size() + history_.unmatched_at.size());
        std::uint32_t last_unit = kNobody;
        for (std::size_t o = 0; o < sent.size(); ++o) {
            const bool broadcast = sent.type[o] == OutreachType::broadcast;
            // M01 sets messages against contacts of the same time: later messages wait for theirs.
            const bool in_period = history_.coverage_end_assumed || sent.at[o] < history_.coverage_end;
            if (broadcast)
                ++e.broadcast_messages;
            else if (in_period)
                ++e.outreaches;
            if (sent.unit[o] != last_unit) ++e.units_messaged;
            last_unit = sent.unit[o];
            const auto outcome = sent.outcome[o];
            const bool positive =
                outcome == history::Outcome::positive || outcome == history::Outcome::resolved;
            const bool improved =
                !positive && (outcome == history::Outcome::usage_improved || sent.usage_improved[o] != 0);
            for (auto* claims : {&e.claims, &e.targeted_claims}) {
                if (claims == &e.targeted_claims && broadcast) continue;
                ++claims->attempts;
                claims->positive += positive ? 1 : 0;
                claims->usage_improved += improved ? 1 : 0;
                claims->blank += outcome == history::Outcome::none && !improved ? 1 : 0;
            }
        }
    }

    /// 5.5.9. Eligible: assigned to be contacted, or eligible without an arm; else whoever was messaged.
    /// Held-out people cannot engage with what they never got and are no part of it.
    void count_engagement() {
        if (!history_.has_engagement) return;
        const auto& sent = history_.outreaches;
        const auto& listed = history_.assignments;
        const auto& contacts = history_.contacts;
        auto& result = evidence_.engagement;
        result.of_contacted = !history_.has_exposure_list || history_.treated_from_outreaches;
        for (std::uint32_t unit = 0; unit < history_.units; ++unit) {
            Instant eligible = kNoInstant;
            if (result.of_contacted) {
                for (auto o = sent.first[unit]; o < sent.first[unit + 1] && eligible == kNoInstant; ++o)
                    if (sent.type[o] != OutreachType::broadcast) eligible = sent.at[o];
            } else {
                for (auto a = listed.first[unit]; a < listed.first[unit + 1] && eligible == kNoInstant; ++a)
                    if (listed.arm[a] != Arm::holdout)
                        eligible = listed.eligible_at.empty() || listed.eligible_at[a] == kNoInstant
                                       ? listed.at[a]
                                       : listed.eligible_at[a];
            }
            if (eligible == kNoInstant) continue;
            if (history_.coverage_end == kNoInstant || eligible + kEngagementWindow > history_.coverage_end) {
                ++result.pending;
                continue;
            }
            ++result.eligible;
            Instant engaged = kNoInstant;
            for (auto o = sent.first[unit]; o < sent.first[unit + 1]; ++o) {
                const auto at = sent.engaged_at[o];
                if (at != kNoInstant && at >= eligible && at < eligible + kEngagementWindow &&
                    (engaged == kNoInstant || at < engaged))
                    engaged = at;
            }
            if (engaged == kNoInstant) continue;
            bool ticket_first = false; // a tie counts as ticket first
            for (auto c = contacts.first[unit]; c < contacts.first[unit + 1] && contacts.at[c] <= engaged;
                 ++c)
                if (contacts.at[c] >= eligible) ticket_first = true;
            ++(ticket_first ? result.after_ticket : result.engaged);
        }
    }

    // ---------------------------------------------------------------------------------------------- design
    void examine_design() {
        const auto& listed = history_.assignments;
        const auto& sent = history_.outreaches;
        auto& design = evidence_.design;
        for (std::uint32_t unit = 0; unit < history_.units; ++unit) {
            std::map<std::uint32_t, std::uint8_t> arms;
            Instant held_out_from = kNoInstant, held_out_until = kNoInstant;
            for (auto a = listed.first[unit]; a < listed.first[unit + 1]; ++a) {
                if (listed.arm[a] == Arm::none) continue;
                arms[listed.experiment[a]] |= static_cast<std::uint8_t>(listed.arm[a]);
                if (design.first_assigned == kNoInstant || listed.at[a] < design.first_assigned)
                    design.first_assigned = listed.at[a];
                design.last_assigned = std::max(design.last_assigned, listed.at[a]);
                if (listed.arm[a] == Arm::holdout) {
                    if (held_out_from == kNoInstant) held_out_from = listed.at[a];
                    held_out_until = listed.at[a] + question_.window;
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
            if (mixed || !held) continue;
            for (auto o = sent.first[unit]; o < sent.first[unit + 1]; ++o)
                if (sent.type[o] != OutreachType::broadcast && sent.at[o] >= held_out_from &&
                    sent.at[o] < held_out_until) {
                    ++design.contaminated;
                    break;
                }
        }
        for (auto& [experiment, size] : design.experiments) {
            design.holdout_units += size.holdout;
            design.treated_units += size.treated;
            if (experiment < history_.expected_share.size() &&
                !std::isnan(history_.expected_share[experiment]))
                size.expected_holdout_share = history_.expected_share[experiment];
        }
        design.first_assignments_only = history_.first_assignments_only;
        if (history_.account_of_unit_person.empty()) return;
        std::map<std::uint32_t, std::uint8_t> arms_of_account;
        for (std::size_t a = 0; a < listed.size(); ++a) {
            if (listed.arm[a] == Arm::none) continue;
            const auto account = listed.account[a] != kNobody
                                     ? listed.account[a]
                                     : history_.account_of_unit_person[listed.unit[a]];
            if (account != kNobody) arms_of_account[account] |= static_cast<std::uint8_t>(listed.arm[a]);
        }
        design.accounts = static_cast<std::int64_t>(arms_of_account.size());
        for (const auto& [account, bits] : arms_of_account)
            design.mixed_accounts += bits == 3 ? 1 : 0;
    }

    const History& history_;
    Question question_;
    episodes::Rules rules_;
    Evidence evidence_;
    std::vector<std::string> labels_;
};

} // namespace

Evidence from_typed(const TypedCounts& counts, const Question& question) {
    Evidence e;
    e.question = question;
    e.typed = true;
    const auto cell = [](Arm arm, std::int64_t total, std::int64_t contacted) {
        Cell c;
        c.arm = arm;
        c.episodes = c.messages = total;
        c.contacted = c.contacts = contacted;
        const auto n = static_cast<double>(total), x = static_cast<double>(contacted);
        c.sums = {n, x, n, x, x, n}; // one episode a unit
        return c;
    };
    if (counts.treated) {
        const auto treated = cell(Arm::treated, counts.treated->first, counts.treated->second);
        e.messages.cells = {treated};
        e.has_outreaches = e.has_contacts = true;
        e.design.treated_units = counts.treated->first;
        e.assignments.cells = {treated};
    }
    if (counts.holdout && counts.treated) {
        e.assignments.cells.push_back(cell(Arm::holdout, counts.holdout->first, counts.holdout->second));
        e.design.holdout_units = counts.holdout->first;
        auto& size = e.design.experiments[0];
        size.holdout = counts.holdout->first;
        size.treated = counts.treated->first;
        size.expected_holdout_share = counts.expected_holdout_share;
        e.has_arms = true;
    }
    e.assignment_totals = e.assignments;
    e.strata = {""};
    if (counts.claimed) {
        e.has_outcomes = true;
        e.claims.attempts = e.targeted_claims.attempts = counts.claimed->first;
        e.claims.positive = e.targeted_claims.positive = counts.claimed->second;
    }
    if (counts.counted)
        e.counted_prevention = CountedPrevention{counts.counted->first, counts.counted->second};
    if (counts.engaged) {
        e.has_engagement = true;
        e.engagement.eligible = counts.engaged->first;
        e.engagement.engaged = counts.engaged->second;
    }
    if (counts.ratio) {
        e.contacts = counts.ratio->first;
        e.outreaches = counts.ratio->second;
    }
    return e;
}

Evidence gather(const History& history, const Question& question) {
    return Gatherer(history, question).gather();
}

} // namespace preempt::evidence
