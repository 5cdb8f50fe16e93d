#include "core/episodes/episodes.hpp"

#include <algorithm>

namespace preempt::episodes {
namespace {

using history::Arm;
using history::History;
using history::kNobody;
using history::OutreachType;

using history::kTopicAttribute;
using history::kTriggerAttribute;
constexpr std::int64_t kInducedWithin = kMillisecondsPerDay;

/// Reads a unit's clock: whole days where any of the unit's times has no time of day (5.5.3), else exact.
class Clock {
  public:
    Clock(const History& history, const Rules& rules) : history_(history), zone_(*rules.zone) {}
    bool whole_days(std::uint32_t unit) const {
        return !history_.day_precision.empty() && history_.day_precision[unit] != 0;
    }
    Instant read(std::uint32_t unit, Instant at) const {
        return whole_days(unit) ? local_day_start(at, zone_) : at;
    }

  private:
    const History& history_;
    const Zone& zone_;
};

/// Opens, extends and judges episodes of one unit after another.
class Maker {
  public:
    Maker(const History& history, const Rules& rules)
        : history_(history), rules_(rules), clock_(history, rules) {}

    Episodes take() { return std::move(out_); }
    const Episodes& made() const { return out_; }
    Instant clock(std::uint32_t unit, Instant at) const { return clock_.read(unit, at); }

    std::size_t open(std::uint32_t unit, Instant start, Arm arm, std::uint32_t source) {
        out_.unit.push_back(unit);
        out_.start.push_back(start);
        out_.arm.push_back(arm);
        out_.state.push_back(State::counted);
        out_.contacts.push_back(0);
        out_.first_delay.push_back(-1);
        out_.source.push_back(source);
        out_.dose.push_back(1);
        out_.lookback_truncated.push_back(0);
        out_.induced.push_back(0);
        out_.confirmed.push_back(0);
        return out_.size() - 1;
    }
    bool holds(std::size_t episode, Instant at) const { return at < out_.start[episode] + rules_.window; }
    void join(std::size_t episode) { ++out_.dose[episode]; }

    bool in_scope(std::uint32_t contact, std::uint32_t topic) const {
        if (!rules_.same_topic || topic == 0) return true;
        const auto coded = history_.contacts.topic[contact];
        return coded == 0 || coded == topic;
    }

    /// 5.5.4 and 5.5.5: may this episode be counted at all? `topic` is 0 when all topics are in scope.
    void judge_state(std::size_t episode, std::uint32_t topic) {
        const auto unit = out_.unit[episode];
        const auto start = out_.start[episode];
        const auto& contacts = history_.contacts;
        if (history_.coverage_start != kNoInstant && start - rules_.window < history_.coverage_start)
            out_.lookback_truncated[episode] = 1;
        for (auto c = contacts.first[unit]; c < contacts.first[unit + 1]; ++c) {
            const auto at = clock_.read(unit, contacts.at[c]);
            if (at >= start) break;
            if (!in_scope(c, topic)) continue;
            const bool recent = at >= start - rules_.window;
            const bool still_open = contacts.closed_at[c] != kNoInstant
                                        ? clock_.read(unit, contacts.closed_at[c]) > start
                                        : contacts.open[c] != 0;
            if (recent || still_open) {
                out_.state[episode] = State::reactive;
                return;
            }
        }
        if (!history_.churned_at.empty()) {
            // Whoever has left before the window's end cannot contact: their silence says nothing (A26). A
            // day without a time of day is its beginning, hence no lower limit.
            const auto churned = history_.churned_at[unit];
            if (churned != kNoInstant && churned < start + rules_.window) {
                out_.state[episode] = State::censored;
                return;
            }
        }
        if (history_.coverage_end == kNoInstant || start + rules_.window > history_.coverage_end)
            out_.state[episode] = State::pending;
    }

    void add_contact(std::size_t episode, Instant at) {
        const auto delay = at - out_.start[episode];
        if (out_.contacts[episode]++ == 0 || delay < out_.first_delay[episode])
            out_.first_delay[episode] = delay;
    }

    /// Every contact of the unit in the window, whoever it answers: the outcome of an arm.
    void count_window(std::size_t episode, std::uint32_t topic) {
        const auto unit = out_.unit[episode];
        const auto& contacts = history_.contacts;
        for (auto c = contacts.first[unit]; c < contacts.first[unit + 1]; ++c) {
            const auto at = clock_.read(unit, contacts.at[c]);
            if (at < out_.start[episode]) continue;
            if (!holds(episode, at)) break;
            if (in_scope(c, topic)) add_contact(episode, at);
        }
    }

    Episodes& out() { return out_; }

  private:
    const History& history_;
    const Rules& rules_;
    Clock clock_;
    Episodes out_;
};

std::uint32_t topic_of_outreach(const History& history, std::size_t outreach) {
    const auto& column = history.outreaches.attribute[kTopicAttribute];
    return column.empty() ? 0 : column[outreach];
}

enum class Take { targeted_joined, targeted_single, broadcasts };

/// The three readings of the message log share everything but which messages open an episode and which join.
Episodes from_messages(const History& history, const Rules& rules, Take take, Tally* tally) {
    const auto& sent = history.outreaches;
    const auto& contacts = history.contacts;
    Maker maker(history, rules);
    std::vector<std::uint32_t> episode_of(sent.size(), kNobody);
    std::vector<std::size_t> running; // of the unit: under topic scope one a topic, else one
    std::vector<std::uint32_t> topic_of_episode;

    for (std::uint32_t unit = 0; unit < history.units; ++unit) {
        running.clear();
        for (auto o = sent.first[unit]; o < sent.first[unit + 1]; ++o) {
            if ((sent.type[o] == OutreachType::broadcast) != (take == Take::broadcasts)) continue;
            const auto at = maker.clock(unit, sent.at[o]);
            const auto topic = rules.same_topic ? topic_of_outreach(history, o) : 0;
            const auto same = std::find_if(running.begin(), running.end(),
                                           [&](auto e) { return topic_of_episode[e] == topic; });
            if (take == Take::targeted_joined && same != running.end() && maker.holds(*same, at)) {
                maker.join(*same);
                episode_of[o] = static_cast<std::uint32_t>(*same);
                continue;
            }
            const auto episode = maker.open(unit, at, Arm::treated, o);
            topic_of_episode.push_back(topic);
            episode_of[o] = static_cast<std::uint32_t>(episode);
            if (same != running.end())
                *same = episode;
            else
                running.push_back(episode);
            maker.judge_state(episode, topic);
        }
    }

    // 5.5.6: a contact is credited once. One that names the message it answers belongs to that message's
    // episode, wherever it falls; any other to the episode of its unit whose window holds it.
    auto& out = maker.out();
    std::vector<std::uint32_t> first_episode(history.units + std::size_t{1}, 0);
    for (const auto unit : out.unit)
        ++first_episode[unit + 1];
    for (std::size_t unit = 0; unit < history.units; ++unit)
        first_episode[unit + 1] += first_episode[unit];

    for (std::uint32_t c = 0; c < contacts.size(); ++c) {
        const auto answered = contacts.reply_to[c];
        if (answered != kNobody && episode_of[answered] != kNobody) {
            const auto episode = episode_of[answered];
            const auto at = maker.clock(out.unit[episode], contacts.at[c]);
            out.induced[episode] = 1;
            if (at >= out.start[episode] && maker.holds(episode, at))
                maker.add_contact(episode, at);
            else if (tally != nullptr)
                ++tally->late_replies;
            continue;
        }
        if (answered != kNobody) continue; // it answers a message of the other population
        const auto unit = contacts.unit[c];
        const auto at = maker.clock(unit, contacts.at[c]);
        // Windows of a unit overlap only under topic scope and when each message is counted by itself.
        // Counted once: for the episode of its topic, else the latest; by itself: for each message that was
        // followed by it.
        std::uint32_t credited = kNobody;
        const auto credit = [&](std::uint32_t e) {
            maker.add_contact(e, at);
            if (tally != nullptr && at == out.start[e] && !history.day_precision.empty() &&
                history.day_precision[unit] != 0)
                ++tally->same_day_pairs;
        };
        for (auto e = first_episode[unit]; e < first_episode[unit + 1]; ++e) {
            if (out.start[e] > at) break;
            if (!maker.holds(e, at) || !maker.in_scope(c, topic_of_episode[e])) continue;
            if (take != Take::targeted_joined) {
                credit(e);
                continue;
            }
            const auto matches = [&](std::uint32_t episode) {
                return topic_of_episode[episode] != 0 && topic_of_episode[episode] == contacts.topic[c];
            };
            // Of episodes that began at the same time the first in the log: the smaller outreach id.
            if (credited == kNobody || matches(e) > matches(credited) ||
                (matches(e) == matches(credited) && out.start[e] > out.start[credited]))
                credited = e;
        }
        if (credited != kNobody) credit(credited);
    }

    for (std::uint32_t o = 0; o < sent.size(); ++o) {
        const auto episode = episode_of[o];
        if (episode == kNobody) continue;
        const auto unit = sent.unit[o];
        const auto topic = topic_of_outreach(history, o);
        // Replies and completions that nobody followed up with a ticket confirm a silent episode (5.5.12).
        const auto confirmed = sent.confirmed_at[o];
        const bool noted =
            sent.outcome[o] == history::Outcome::positive || sent.outcome[o] == history::Outcome::resolved;
        const bool answered = confirmed != kNoInstant && confirmed >= out.start[episode] &&
                              maker.holds(episode, confirmed) &&
                              sent.outcome[o] != history::Outcome::negative;
        if (out.contacts[episode] == 0 && (noted || answered)) out.confirmed[episode] = 1;
        if (topic == 0 || out.induced[episode] != 0) continue;
        for (auto c = contacts.first[unit]; c < contacts.first[unit + 1]; ++c) {
            const auto at = maker.clock(unit, contacts.at[c]), message = maker.clock(unit, sent.at[o]);
            if (at < message) continue;
            if (at >= message + kInducedWithin) break;
            if (contacts.topic[c] == topic) out.induced[episode] = 1;
        }
    }
    return maker.take();
}

} // namespace

Episodes message_episodes(const History& history, const Rules& rules, Tally* tally) {
    return from_messages(history, rules, Take::targeted_joined, tally);
}

Episodes single_messages(const History& history, const Rules& rules) {
    return from_messages(history, rules, Take::targeted_single, nullptr);
}

Episodes broadcast_episodes(const History& history, const Rules& rules) {
    return from_messages(history, rules, Take::broadcasts, nullptr);
}

Episodes assignment_episodes(const History& history, const Rules& rules) {
    const auto& assigned = history.assignments;
    Maker maker(history, rules);
    struct Running {
        std::uint32_t experiment;
        std::size_t episode;
    };
    std::vector<Running> running;
    std::vector<std::pair<std::uint32_t, std::uint8_t>>
        arms; // per experiment of the unit: which arms it was in

    for (std::uint32_t unit = 0; unit < history.units; ++unit) {
        running.clear();
        arms.clear();
        const auto first_made = maker.made().size();
        for (auto a = assigned.first[unit]; a < assigned.first[unit + 1]; ++a) {
            if (assigned.arm[a] == Arm::none) continue;
            const auto experiment = assigned.experiment[a];
            const auto known = std::find_if(arms.begin(), arms.end(),
                                            [&](const auto& pair) { return pair.first == experiment; });
            const auto bit = static_cast<std::uint8_t>(assigned.arm[a]);
            if (known != arms.end())
                known->second |= bit;
            else
                arms.emplace_back(experiment, bit);

            const auto at = maker.clock(unit, assigned.at[a]);
            const auto same = std::find_if(running.begin(), running.end(),
                                           [&](const auto& r) { return r.experiment == experiment; });
            if (same != running.end() && maker.holds(same->episode, at)) {
                maker.join(same->episode);
                continue;
            }
            const auto episode = maker.open(unit, at, assigned.arm[a], a);
            if (same != running.end())
                same->episode = episode;
            else
                running.push_back({experiment, episode});
            // All topics, whatever the scope: unbiased for total demand, and the held-out rarely state a
            // topic (5.5.7).
            maker.judge_state(episode, 0);
            maker.count_window(episode, 0);
        }
        for (auto e = first_made; e < maker.made().size(); ++e) {
            const auto experiment = assigned.experiment[maker.made().source[e]];
            const auto known = std::find_if(arms.begin(), arms.end(),
                                            [&](const auto& pair) { return pair.first == experiment; });
            if (known->second == 3) maker.out().state[e] = State::dropped;
        }
    }
    return maker.take();
}

Matched matched_episodes(const History& history, const Rules& rules) {
    const auto& signal = history.assignments;
    const auto& sent = history.outreaches;
    const auto& trigger_of_signal = signal.attribute[kTriggerAttribute];
    const auto& trigger_of_outreach = sent.attribute[kTriggerAttribute];
    Matched matched;
    Maker maker(history, rules);

    const auto same_trigger = [&](std::uint32_t s, std::uint32_t o) {
        const auto a = trigger_of_signal.empty() ? 0 : trigger_of_signal[s];
        const auto b = trigger_of_outreach.empty() ? 0 : trigger_of_outreach[o];
        return a == 0 || b == 0 || a == b;
    };

    for (std::uint32_t unit = 0; unit < history.units; ++unit) {
        // Treated: one episode a message episode, from the signal that it answered.
        std::size_t last = 0;
        bool any = false;
        for (auto o = sent.first[unit]; o < sent.first[unit + 1]; ++o) {
            if (sent.type[o] == OutreachType::broadcast) continue;
            const auto at = maker.clock(unit, sent.at[o]);
            auto start = at;
            bool known = false;
            for (auto s = signal.first[unit]; s < signal.first[unit + 1]; ++s) {
                const auto fired = maker.clock(unit, signal.at[s]);
                if (fired > at) break;
                if (signal.arm[s] != Arm::none || at >= fired + rules.window || !same_trigger(s, o)) continue;
                start = fired;
                known = true;
            }
            if (any && maker.holds(last, start)) continue;
            last = maker.open(unit, start, Arm::treated, o);
            any = true;
            if (!known) ++matched.treated_without_signal;
            maker.judge_state(last,
                              0); // all topics: signals rarely state one, and both arms need the same scope
            maker.count_window(last, 0);
        }
        // Untreated: signals with no targeted message of any kind to the unit in their window.
        any = false;
        for (auto s = signal.first[unit]; s < signal.first[unit + 1]; ++s) {
            if (signal.arm[s] != Arm::none) continue;
            const auto start = maker.clock(unit, signal.at[s]);
            bool acted = false;
            for (auto o = sent.first[unit]; o < sent.first[unit + 1] && !acted; ++o) {
                const auto at = maker.clock(unit, sent.at[o]);
                acted = sent.type[o] != OutreachType::broadcast && at >= start && at < start + rules.window;
            }
            if (acted || (any && maker.holds(last, start))) continue;
            last = maker.open(unit, start, Arm::holdout, s);
            any = true;
            maker.judge_state(last, 0);
            maker.count_window(last, 0);
        }
    }
    matched.episodes = maker.take();
    return matched;
}

} // namespace preempt::episodes
