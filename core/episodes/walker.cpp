#include "core/episodes/episodes.hpp"

#include <algorithm>
#include <limits>

namespace preempt::episodes {

using history::Arm;
using history::History;
using history::kNobody;
using history::kTopicAttribute;
using history::kTriggerAttribute;
using history::OutreachType;

namespace {

constexpr std::int64_t kInducedWithin = kMillisecondsPerDay;
constexpr Instant kEver = std::numeric_limits<Instant>::max() / 2; // differences of instants stay in range

/// First place at or after `value`. Most lists are short; long ones must not make a walk quadratic.
std::size_t place_of(std::span<const Instant> sorted, Instant value) {
    if (sorted.size() > 8)
        return static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), value) -
                                        sorted.begin());
    std::size_t place = 0;
    while (place < sorted.size() && sorted[place] < value)
        ++place;
    return place;
}

/// First row of a log in [begin, end) at or after `value`, by the log's own times.
std::uint32_t row_at(const std::vector<Instant>& at, std::uint32_t begin, std::uint32_t end, Instant value) {
    const std::span<const Instant> rows(at.data() + begin, end - begin);
    return begin + static_cast<std::uint32_t>(place_of(rows, value));
}

} // namespace

std::vector<ForeignReply> foreign_replies(const History& history) {
    std::vector<ForeignReply> all;
    const auto& contacts = history.contacts;
    for (std::uint32_t c = 0; c < contacts.size(); ++c) {
        const auto answered = contacts.reply_to[c];
        if (answered == kNobody) continue;
        const auto unit = history.outreaches.unit[answered];
        if (unit != contacts.unit[c]) all.push_back({unit, c});
    }
    std::sort(all.begin(), all.end(), [](const ForeignReply& a, const ForeignReply& b) {
        return a.unit != b.unit ? a.unit < b.unit : a.contact < b.contact;
    });
    return all;
}

Walker::Walker(const History& history, const Rules& rules, const Selection& selection,
               std::span<const ForeignReply> foreign)
    : history_(history), rules_(rules), selection_(selection), foreign_(foreign) {}

Instant Walker::clock(Instant at) const {
    return whole_days_ ? unit_clock(history_, unit_, at) : at;
}

void Walker::turn_to(std::uint32_t unit) {
    unit_ = unit;
    whole_days_ = !history_.day_precision.empty() && history_.day_precision[unit] != 0;
    const auto& contacts = history_.contacts;
    first_contact_ = contacts.first[unit];
    const auto count = contacts.first[unit + 1] - first_contact_;
    at_ = {contacts.at.data() + first_contact_, count};
    if (whole_days_) {
        own_at_.assign(at_.begin(), at_.end());
        for (auto& at : own_at_)
            at = clock(at);
        at_ = own_at_;
    }
    open_until_.resize(count);
    Instant until = kNoInstant;
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto c = first_contact_ + i;
        const auto closed = contacts.closed_at[c];
        if (closed != kNoInstant)
            until = std::max(until, clock(closed));
        else if (contacts.open[c] != 0)
            until = kEver;
        open_until_[i] = until;
    }
}

std::uint32_t Walker::topic_of(std::uint32_t outreach) const {
    const auto& column = history_.outreaches.attribute[kTopicAttribute];
    return column.empty() ? 0 : column[outreach];
}

bool Walker::is_targeted(std::uint32_t outreach) const {
    return history_.outreaches.type[outreach] != OutreachType::broadcast && selection_.has_outreach(outreach);
}

bool Walker::in_scope(std::uint32_t contact, std::uint32_t topic) const {
    if (topic == 0) return true;
    const auto coded = history_.contacts.topic[contact];
    return coded == 0 || coded == topic;
}

/// 5.5.4 and 5.5.5: may this episode be counted at all?
void Walker::judge(Episode& episode) const {
    const auto start = episode.start;
    if (history_.coverage_start != kNoInstant && start - rules_.window < history_.coverage_start)
        episode.lookback_truncated = true;
    const auto before = place_of(at_, start);
    bool reactive = false;
    if (before > 0 && episode.topic == 0) {
        reactive = at_[before - 1] >= start - rules_.window || open_until_[before - 1] > start;
    } else {
        const auto& contacts = history_.contacts;
        for (std::size_t i = 0; i < before && !reactive; ++i) {
            const auto c = first_contact_ + static_cast<std::uint32_t>(i);
            if (!in_scope(c, episode.topic)) continue;
            const bool still_open = contacts.closed_at[c] != kNoInstant ? clock(contacts.closed_at[c]) > start
                                                                        : contacts.open[c] != 0;
            reactive = at_[i] >= start - rules_.window || still_open;
        }
    }
    if (reactive) {
        episode.state = State::reactive;
        return;
    }
    if (!history_.churned_at.empty()) {
        // Whoever has left before the window's end cannot contact: their silence says nothing (A26). A day
        // without a time of day is its beginning, hence no lower limit.
        const auto churned = history_.churned_at[unit_];
        if (churned != kNoInstant && churned < start + rules_.window) {
            episode.state = State::censored;
            return;
        }
    }
    if (history_.coverage_end == kNoInstant || start + rules_.window > history_.coverage_end)
        episode.state = State::pending;
}

void Walker::add_contact(Episode& episode, std::uint32_t contact, Instant at) const {
    if (trace_ != nullptr) trace_->credited.push_back({episode.start, episode.arm, episode.source, contact});
    const auto delay = at - episode.start;
    if (episode.contacts++ == 0 || delay < episode.first_delay) episode.first_delay = delay;
    const auto& escalated = history_.contacts.escalated;
    if (escalated.empty() || escalated[contact] == 0) return;
    if (episode.escalated++ == 0 || delay < episode.first_escalation) episode.first_escalation = delay;
}

/// A further row of the log in a running window.
void Walker::join(Episode& episode, std::uint32_t row) const {
    ++episode.dose;
    episode.last = row;
    if (trace_ != nullptr) trace_->joined.push_back({episode.start, episode.arm, episode.source, row});
}

/// Every contact of the unit in the window, whoever it answers: the outcome of an arm.
void Walker::count_window(Episode& episode) const {
    for (auto i = place_of(at_, episode.start); i < at_.size() && at_[i] < episode.start + rules_.window;
         ++i) {
        const auto c = first_contact_ + static_cast<std::uint32_t>(i);
        if (in_scope(c, episode.topic)) add_contact(episode, c, at_[i]);
    }
}

void Walker::leave_outside(std::vector<Episode>& out) const {
    if (selection_.from == kNoInstant && selection_.to == kNoInstant) return;
    std::erase_if(out, [&](const Episode& e) { return !selection_.holds(e.start); });
}

// ------------------------------------------------------------------------------------------------ messages

void Walker::messages(Take take, std::vector<Episode>& out, Tally* tally) {
    out.clear();
    const auto& sent = history_.outreaches;
    const auto begin = sent.first[unit_], end = sent.first[unit_ + 1];
    if (begin == end) return;
    running_.clear(); // under topic scope one a topic, else one
    episode_of_.assign(end - begin, kNobody);
    for (auto o = begin; o < end; ++o) {
        if ((sent.type[o] == OutreachType::broadcast) != (take == Take::broadcasts) ||
            !selection_.has_outreach(o))
            continue;
        const auto at = clock(sent.at[o]);
        const auto topic = rules_.same_topic ? topic_of(o) : 0;
        const auto same =
            std::find_if(running_.begin(), running_.end(), [&](auto e) { return out[e].topic == topic; });
        if (take == Take::joined && same != running_.end() && at < out[*same].start + rules_.window) {
            auto& episode = out[*same];
            join(episode, o);
            episode.delivered |= sent.undelivered[o] == 0;
            episode_of_[o - begin] = *same;
            continue;
        }
        const auto place = static_cast<std::uint32_t>(out.size());
        Episode episode;
        episode.start = at;
        episode.unit = unit_;
        episode.source = episode.last = o;
        episode.topic = topic;
        episode.delivered = sent.undelivered[o] == 0;
        judge(episode);
        out.push_back(episode);
        episode_of_[o - begin] = place;
        if (same != running_.end())
            *same = place;
        else
            running_.push_back(place);
    }
    if (out.empty()) return;
    credit_contacts(take, out, tally);
    note_reactions(out);
    leave_outside(out);
    if (tally == nullptr || history_.coverage_start == kNoInstant) return;
    tally->before_contacts += std::count_if(out.begin(), out.end(), [&](const Episode& e) {
        return e.state == State::counted && e.start + rules_.window <= history_.coverage_start;
    });
}

void Walker::credit_reply(std::vector<Episode>& out, std::uint32_t outreach, std::uint32_t contact,
                          Instant at, Tally* tally) {
    const auto place = episode_of_[outreach - history_.outreaches.first[unit_]];
    if (place == kNobody) return; // it answers a message of the other population
    auto& episode = out[place];
    episode.induced = true;
    if (at >= episode.start && at < episode.start + rules_.window)
        add_contact(episode, contact, at);
    else if (tally != nullptr && selection_.holds(episode.start))
        ++tally->late_replies;
}

/// 5.5.6: a contact is credited once. One that names the message it answers belongs to that message's
/// episode, wherever it falls; any other to the episode of its unit whose window holds it.
void Walker::credit_contacts(Take take, std::vector<Episode>& out, Tally* tally) {
    const auto& contacts = history_.contacts;
    const auto& sent = history_.outreaches;
    for (std::size_t i = 0; i < at_.size(); ++i) {
        const auto c = first_contact_ + static_cast<std::uint32_t>(i);
        const auto answered = contacts.reply_to[c];
        if (answered != kNobody && selection_.has_outreach(answered)) {
            if (sent.unit[answered] == unit_) credit_reply(out, answered, c, at_[i], tally);
            continue;
        }
        // Windows of a unit overlap only under topic scope and when each message is counted by itself.
        // Counted once: for the episode of its topic, else the latest; by itself: for each message that was
        // followed by it. Starts ascend.
        const auto at = at_[i];
        auto e = std::partition_point(out.begin(), out.end(),
                                      [&](const Episode& x) { return x.start + rules_.window <= at; });
        Episode* credited = nullptr;
        const auto credit = [&](Episode& episode) {
            add_contact(episode, c, at);
            if (tally != nullptr && at == episode.start && whole_days_ && selection_.holds(episode.start))
                ++tally->same_day_pairs;
        };
        const auto matches = [&](const Episode& x) { return x.topic != 0 && x.topic == contacts.topic[c]; };
        for (; e != out.end() && e->start <= at; ++e) {
            if (!in_scope(c, e->topic)) continue;
            if (take != Take::joined)
                credit(*e);
            else if (credited == nullptr || matches(*e) > matches(*credited) ||
                     (matches(*e) == matches(*credited) && e->start > credited->start))
                credited = &*e; // of those that began at once the first in the log: the smaller outreach id
        }
        if (credited != nullptr) credit(*credited);
    }
    if (foreign_.empty()) return;
    auto reply = std::partition_point(foreign_.begin(), foreign_.end(),
                                      [&](const ForeignReply& r) { return r.unit < unit_; });
    for (; reply != foreign_.end() && reply->unit == unit_; ++reply) {
        const auto answered = contacts.reply_to[reply->contact];
        if (selection_.has_outreach(answered))
            credit_reply(out, answered, reply->contact, clock(contacts.at[reply->contact]), tally);
    }
}

void Walker::note_reactions(std::vector<Episode>& out) {
    note_votes(out);
    const auto& sent = history_.outreaches;
    const auto begin = sent.first[unit_], end = sent.first[unit_ + 1];
    for (auto o = begin; o < end; ++o) {
        if (episode_of_[o - begin] == kNobody) continue;
        auto& episode = out[episode_of_[o - begin]];
        // Replies and completions that nobody followed up with a ticket confirm a silent episode (5.5.12).
        const auto confirmed = sent.confirmed_at[o];
        const bool noted =
            sent.outcome[o] == history::Outcome::positive || sent.outcome[o] == history::Outcome::resolved;
        const bool answered = confirmed != kNoInstant && confirmed >= episode.start &&
                              confirmed < episode.start + rules_.window &&
                              sent.outcome[o] != history::Outcome::negative;
        if (episode.contacts == 0 && (noted || answered)) episode.confirmed = true;
        const auto topic = topic_of(o);
        if (topic == 0 || episode.induced) continue;
        const auto message = clock(sent.at[o]);
        for (auto i = place_of(at_, message); i < at_.size() && at_[i] < message + kInducedWithin; ++i)
            if (history_.contacts.topic[first_contact_ + i] == topic) episode.induced = true;
    }
}

/// A helpful vote in the window of a silent episode confirms it (5.5.12).
void Walker::note_votes(std::vector<Episode>& out) const {
    const auto& views = history_.views;
    if (views.size() == 0) return;
    for (auto v = views.first[unit_]; v < views.first[unit_ + 1]; ++v) {
        if (views.helpful[v] != history::Stated::yes) continue;
        const auto at = clock(views.at[v]);
        for (auto& episode : out)
            if (episode.contacts == 0 && at >= episode.start && at < episode.start + rules_.window)
                episode.confirmed = true;
    }
}

// --------------------------------------------------------------------------------------- arms and moments

bool Walker::is_messaged(Instant from, Instant to) const {
    const auto& sent = history_.outreaches;
    const auto begin = sent.first[unit_], end = sent.first[unit_ + 1];
    if (begin == end) return false;
    for (auto o = row_at(sent.at, begin, end, from); o < end; ++o) {
        const auto at = clock(sent.at[o]);
        if (at >= to) break;
        if (at >= from && is_targeted(o)) return true;
    }
    return false;
}

std::uint32_t Walker::contacts_in(Instant from, Instant to) const {
    return static_cast<std::uint32_t>(place_of(at_, to) - place_of(at_, from));
}

Episode Walker::from_moment(Instant start, Arm arm, std::uint32_t source) {
    Episode episode;
    episode.start = start;
    episode.unit = unit_;
    episode.source = episode.last = source;
    episode.arm = arm;
    judge(episode);
    count_window(episode);
    return episode;
}

Instant Walker::first_contact(Instant from, std::uint32_t topic) const {
    for (auto i = place_of(at_, from); i < at_.size(); ++i)
        if (in_scope(first_contact_ + static_cast<std::uint32_t>(i), topic)) return at_[i];
    return kEver;
}

void Walker::assignments(std::vector<Episode>& out) {
    out.clear();
    const auto& assigned = history_.assignments;
    const auto& sent = history_.outreaches;
    running_.clear();
    arms_.clear();
    for (auto a = assigned.first[unit_]; a < assigned.first[unit_ + 1]; ++a) {
        if (assigned.arm[a] == Arm::none || !selection_.has_assignment(a)) continue;
        const auto experiment = assigned.experiment[a];
        const auto bit = static_cast<std::uint8_t>(assigned.arm[a]);
        const auto known = std::find_if(arms_.begin(), arms_.end(),
                                        [&](const auto& pair) { return pair.first == experiment; });
        if (known != arms_.end())
            known->second |= bit;
        else
            arms_.emplace_back(experiment, bit);

        const auto at = clock(assigned.at[a]);
        const auto same = std::find_if(running_.begin(), running_.end(), [&](std::uint32_t e) {
            return assigned.experiment[out[e].source] == experiment;
        });
        if (same != running_.end() && at < out[*same].start + rules_.window) {
            join(out[*same], a);
            continue;
        }
        const auto place = static_cast<std::uint32_t>(out.size());
        out.push_back(from_moment(at, assigned.arm[a], a));
        if (same != running_.end())
            *same = place;
        else
            running_.push_back(place);
    }
    for (auto& episode : out) {
        const auto experiment = assigned.experiment[episode.source];
        const auto known = std::find_if(arms_.begin(), arms_.end(),
                                        [&](const auto& pair) { return pair.first == experiment; });
        if (known->second == 3) episode.state = State::dropped;
        const auto end = sent.first[unit_ + 1];
        for (auto o = row_at(sent.at, sent.first[unit_], end, episode.start); o < end; ++o) {
            const auto at = clock(sent.at[o]);
            if (at >= episode.start + rules_.window) break;
            if (at < episode.start || !is_targeted(o)) continue;
            if (episode.message == kNobody) episode.message = o;
            episode.delivered |= sent.undelivered[o] == 0;
        }
    }
    leave_outside(out);
}

std::uint32_t Walker::signal_of(std::uint32_t outreach, Instant at, std::int64_t within) const {
    const auto& signal = history_.assignments;
    const auto& trigger_of_signal = signal.attribute[kTriggerAttribute];
    const auto& trigger_of_outreach = history_.outreaches.attribute[kTriggerAttribute];
    const auto wanted = trigger_of_outreach.empty() ? 0 : trigger_of_outreach[outreach];
    const auto begin = signal.first[unit_], end = signal.first[unit_ + 1];
    std::uint32_t found = kNobody;
    bool found_named = false;
    for (auto s = row_at(signal.at, begin, end, at - within); s < end; ++s) {
        const auto fired = clock(signal.at[s]);
        if (fired > at) break;
        if (signal.arm[s] != Arm::none || !selection_.has_assignment(s) || at >= fired + within) continue;
        const auto names = signal.outreach.empty() ? kNobody : signal.outreach[s];
        if (names == outreach) {
            found = s;
            found_named = true;
        } else if (names == kNobody && !found_named) {
            const auto fires = trigger_of_signal.empty() ? 0 : trigger_of_signal[s];
            if (fires == 0 || wanted == 0 || fires == wanted) found = s;
        }
    }
    return found;
}

void Walker::matched(std::vector<Episode>& out) {
    out.clear();
    const auto& signal = history_.assignments;
    const auto& sent = history_.outreaches;
    // All topics: signals rarely state one, and both arms need the same scope.
    for (auto o = sent.first[unit_]; o < sent.first[unit_ + 1]; ++o) {
        if (!is_targeted(o)) continue;
        const auto at = clock(sent.at[o]);
        const auto answered = signal_of(o, at, rules_.window);
        const auto start = answered == kNobody ? at : clock(signal.at[answered]);
        if (!out.empty() && start < out.back().start + rules_.window) {
            join(out.back(), o);
            continue;
        }
        out.push_back(from_moment(start, Arm::treated, o));
        out.back().signal = answered;
    }
    const auto treated = out.size();
    for (auto s = signal.first[unit_]; s < signal.first[unit_ + 1]; ++s) {
        if (signal.arm[s] != Arm::none || !selection_.has_assignment(s)) continue;
        const auto start = clock(signal.at[s]);
        if (is_messaged(start, start + rules_.window)) continue;
        if (out.size() > treated && start < out.back().start + rules_.window) continue;
        out.push_back(from_moment(start, Arm::holdout, s));
        out.back().signal = s;
    }
    leave_outside(out);
}

void Walker::calendar(std::vector<Episode>& out) {
    out.clear();
    const auto& sent = history_.outreaches;
    for (auto o = sent.first[unit_]; o < sent.first[unit_ + 1]; ++o) {
        if (!is_targeted(o)) continue;
        const auto at = clock(sent.at[o]);
        if (!out.empty() && at < out.back().start + rules_.window) {
            join(out.back(), o);
            continue;
        }
        out.push_back(from_moment(at, Arm::treated, o));
    }
    leave_outside(out);
}

} // namespace preempt::episodes
