#include "core/evidence/companion_counts.hpp"

#include "core/base/stretches.hpp"

#include <algorithm>

namespace preempt::evidence {

using history::Arm;
using history::History;
using history::kNobody;
using history::OutreachType;

namespace {

constexpr std::size_t kOwnerAttribute = 5, kContentAttribute = 8;
constexpr std::int64_t kMinute = 60'000;

std::uint32_t topic_at(const history::AttributeCodes& log, std::uint32_t row) {
    const auto& column = log[history::kTopicAttribute];
    return column.empty() ? 0 : column[row];
}

/// The same topic, or one of them not coded.
bool may_match(std::uint32_t a, std::uint32_t b) {
    return a == 0 || b == 0 || a == b;
}

/// One line of the playbook while it is counted.
struct Play {
    std::int64_t fired = 0, acted = 0, messages = 0, covered = 0;
    std::vector<std::int64_t> owners, contents; ///< by code
};

void tally(std::vector<std::int64_t>& counts, std::uint32_t code) {
    if (code == 0) return;
    if (code >= counts.size()) counts.resize(code + std::size_t{1}, 0);
    ++counts[code];
}

/// The most frequent text; the first in the order of texts among equals.
std::string most_frequent(const std::vector<std::int64_t>& counts, const table::Dictionary& dictionary) {
    std::string_view best;
    std::int64_t most = 0;
    for (std::uint32_t code = 1; code < counts.size(); ++code) {
        const auto text = dictionary.text(code);
        if (counts[code] < most || counts[code] == 0 || (counts[code] == most && text > best)) continue;
        most = counts[code];
        best = text;
    }
    return std::string(best);
}

/// Walks one unit after the other over its signals, messages and contacts.
class Signals {
  public:
    Signals(const Rows& rows, Evidence& evidence)
        : rows_(rows), history_(rows.history), evidence_(evidence), result_(evidence.companions.signals),
          trigger_of_signal_(history_, history_.assignments.attribute, history::kTriggerAttribute),
          trigger_of_message_(history_, history_.outreaches.attribute, history::kTriggerAttribute),
          owner_of_message_(history_, history_.outreaches.attribute, kOwnerAttribute),
          content_of_message_(history_, history_.outreaches.attribute, kContentAttribute),
          plays_(history_.dictionary[history::kTriggerAttribute].size()), covered_in_(plays_.size(), kNobody),
          foreseen_(history_.contacts.size(), Foreseen::not_selected) {}

    void unit(std::uint32_t u) {
        messages_.clear();
        signals_.clear();
        const auto& sent = history_.outreaches;
        for (auto o = sent.first[u]; o < sent.first[u + 1]; ++o)
            if (sent.type[o] != OutreachType::broadcast && rows_.selection.has_outreach(o))
                messages_.push_back(o);
        const auto& listed = history_.assignments;
        for (auto s = listed.first[u]; s < listed.first[u + 1]; ++s)
            if (listed.arm[s] == Arm::none && rows_.selection.has_assignment(s)) signals_.push_back(s);
        for (const auto o : messages_)
            if (rows_.selection.holds(sent.at[o])) message(o, u);
        for (const auto s : signals_)
            if (rows_.selection.holds(listed.at[s])) signal(s, u);
        if (!signals_.empty() || history_.has_signals) episodes(u);
        contacts(u);
    }

    std::vector<Foreseen> take() {
        auto& lines = evidence_.companions.triggers;
        const auto& names = history_.dictionary[history::kTriggerAttribute];
        for (std::uint32_t code = 1; code < plays_.size(); ++code) {
            auto& play = plays_[code];
            if (play.fired == 0 && play.messages == 0) continue;
            lines.push_back({std::string(names.text(code)),
                             most_frequent(play.owners, history_.dictionary[kOwnerAttribute]),
                             most_frequent(play.contents, history_.dictionary[kContentAttribute]),
                             play.fired,
                             play.acted,
                             play.messages,
                             {play.covered, identified_}});
        }
        std::sort(lines.begin(), lines.end(),
                  [](const TriggerCounts& a, const TriggerCounts& b) { return a.trigger < b.trigger; });
        return std::move(foreseen_);
    }

  private:
    void message(std::uint32_t o, std::uint32_t u) {
        auto& play = plays_[trigger_of_message_(o, u)];
        ++play.messages;
        tally(play.owners, owner_of_message_(o, u));
        tally(play.contents, content_of_message_(o, u));
    }

    /// The first targeted message that answers a signal: the one that it names, else any in [fired, fired +
    /// W).
    Instant answered_at(std::uint32_t s) const {
        const auto& listed = history_.assignments;
        const auto& sent = history_.outreaches;
        const auto fired = listed.at[s];
        if (!listed.outreach.empty() && listed.outreach[s] != kNobody && sent.at[listed.outreach[s]] >= fired)
            return sent.at[listed.outreach[s]];
        for (const auto o : messages_)
            if (sent.at[o] >= fired && sent.at[o] < fired + rows_.question.window) return sent.at[o];
        return kNoInstant;
    }

    /// First contact in [from, to) on a topic (0 = any).
    Instant contact_in(std::uint32_t u, Instant from, Instant to, std::uint32_t topic) const {
        const auto& contacts = history_.contacts;
        for (auto c = contacts.first[u]; c < contacts.first[u + 1]; ++c)
            if (contacts.at[c] >= from && contacts.at[c] < to && may_match(topic, contacts.topic[c]))
                return contacts.at[c];
        return kNoInstant;
    }

    void signal(std::uint32_t s, std::uint32_t u) {
        const auto& listed = history_.assignments;
        const auto fired = listed.at[s];
        const auto window = rows_.question.window;
        const auto answered = answered_at(s);
        const bool mature = history_.coverage_end != kNoInstant && fired + window <= history_.coverage_end;
        auto& play = plays_[trigger_of_signal_(s, u)];
        ++play.fired;
        ++result_.fired;
        ++(mature ? result_.mature : result_.pending);
        if (answered != kNoInstant) {
            ++play.acted;
            ++result_.acted;
            if (answered - fired < kMillisecondsPerDay) ++result_.acted_in_a_day;
            const auto minutes = (answered - fired) / kMinute;
            ++result_.latency_minutes[minutes];
            each_period(evidence_, rows_.periods, fired,
                        [&](PeriodCounts& counts) { ++counts.latency[minutes]; });
        }
        if (!mature) return;
        auto helped = answered;
        const auto resolved = listed.resolved_at.empty() ? kNoInstant : listed.resolved_at[s];
        if (resolved != kNoInstant && resolved >= fired && resolved < fired + window &&
            (helped == kNoInstant || resolved < helped))
            helped = resolved;
        // A contact at the same moment came first (5.5.9).
        if (helped != kNoInstant && helped < fired + window &&
            contact_in(u, fired, helped + 1, topic_at(listed.attribute, s)) == kNoInstant)
            ++result_.acted_first;
        if (answered != kNoInstant) return;
        const auto contact = contact_in(u, fired, fired + window, 0);
        if (contact != kNoInstant) ++result_.lead_minutes[(contact - fired) / kMinute];
    }

    bool signal_before(Instant at, std::int64_t within) const {
        const auto& listed = history_.assignments;
        return std::any_of(signals_.begin(), signals_.end(), [&](std::uint32_t s) {
            return listed.at[s] <= at && listed.at[s] >= at - within;
        });
    }

    /// M23: targeted messages joined to episodes as in 5.5.1.
    void episodes(std::uint32_t u) {
        const auto& sent = history_.outreaches;
        const auto& contacts = history_.contacts;
        const auto window = rows_.question.window;
        for (std::size_t i = 0; i < messages_.size();) {
            const auto start = sent.at[messages_[i]];
            auto end = i;
            while (end < messages_.size() && sent.at[messages_[end]] < start + window)
                ++end;
            if (rows_.selection.holds(start)) {
                ++result_.with_active_signal.whole;
                if (signal_before(start, rows_.question.lookback)) ++result_.with_active_signal.part;
                if (history_.unit == history::Unit::account)
                    for (auto c = contacts.first[u]; c < contacts.first[u + 1]; ++c) {
                        if (contacts.at[c] < start || contacts.at[c] >= start + window ||
                            contacts.person[c] == kNobody)
                            continue;
                        ++result_.right_person.whole;
                        result_.right_person.part +=
                            std::any_of(messages_.begin() + static_cast<std::ptrdiff_t>(i),
                                        messages_.begin() + static_cast<std::ptrdiff_t>(end),
                                        [&](std::uint32_t o) { return sent.person[o] == contacts.person[c]; })
                                ? 1
                                : 0;
                        break; // the first one that came
                    }
            }
            i = end;
        }
    }

    void contacts(std::uint32_t u) {
        const auto& contacts = history_.contacts;
        if (!rows_.selection.has_unit(u)) return;
        for (auto c = contacts.first[u]; c < contacts.first[u + 1]; ++c) {
            const auto at = contacts.at[c];
            if (!rows_.selection.holds(at)) continue;
            ++identified_;
            const auto foreseen = foresee(c, u);
            foreseen_[c] = foreseen;
            const bool signalled = foreseen != Foreseen::by_nothing;
            const bool unacted = foreseen == Foreseen::by_unacted_signal;
            const bool messaged = on_messaged_topic(c);
            if (history_.has_signals) {
                ++result_.coverage.whole;
                result_.coverage.part += signalled ? 1 : 0;
                result_.unacted_contacts += unacted ? 1 : 0;
            }
            each_period(evidence_, rows_.periods, at, [&](PeriodCounts& counts) {
                ++counts.identified_contacts;
                counts.signalled += signalled ? 1 : 0;
                counts.unacted += unacted ? 1 : 0;
                counts.on_messaged_topic += messaged ? 1 : 0;
            });
        }
    }

    /// Signals of the unit in [at - H, at), each trigger counted once; unacted: after none of them a targeted
    /// message went out before the contact.
    Foreseen foresee(std::uint32_t c, std::uint32_t u) {
        const auto& listed = history_.assignments;
        const auto& sent = history_.outreaches;
        const auto at = history_.contacts.at[c];
        bool any = false, acted = false;
        for (const auto s : signals_) {
            const auto fired = listed.at[s];
            if (fired >= at || fired < at - rows_.question.lookback) continue;
            any = true;
            const auto trigger = trigger_of_signal_(s, u);
            if (covered_in_[trigger] != c) ++plays_[trigger].covered;
            covered_in_[trigger] = c;
            acted |= std::any_of(messages_.begin(), messages_.end(),
                                 [&](std::uint32_t o) { return sent.at[o] >= fired && sent.at[o] <= at; });
        }
        if (!any) return Foreseen::by_nothing;
        return acted ? Foreseen::by_acted_signal : Foreseen::by_unacted_signal;
    }

    bool on_messaged_topic(std::uint32_t c) const {
        const auto& sent = history_.outreaches;
        const auto topic = history_.contacts.topic[c];
        const auto at = history_.contacts.at[c];
        return topic != 0 && std::any_of(messages_.begin(), messages_.end(), [&](std::uint32_t o) {
                   return sent.at[o] <= at && sent.at[o] > at - rows_.question.window &&
                          topic_at(sent.attribute, o) == topic;
               });
    }

    const Rows& rows_;
    const History& history_;
    Evidence& evidence_;
    SignalCounts& result_;
    AttributeOf trigger_of_signal_, trigger_of_message_, owner_of_message_, content_of_message_;
    std::vector<Play> plays_;               ///< by trigger's code
    std::vector<std::uint32_t> covered_in_; ///< by trigger's code: the last contact that it covered
    std::vector<Foreseen> foreseen_;
    std::vector<std::uint32_t> messages_, signals_; ///< of the unit
    std::int64_t identified_ = 0;
};

} // namespace

std::vector<Foreseen> count_signal_companions(const Rows& rows, Evidence& evidence) {
    Signals signals(rows, evidence);
    in_stretches(rows.history.units, [&](std::uint32_t unit) { signals.unit(unit); });
    return signals.take();
}

void count_contacts_by_group(const Rows& rows, const std::vector<Foreseen>& foreseen, const Grouping& groups,
                             const Grouping& change, Evidence& evidence) {
    const auto& contacts = rows.history.contacts;
    const auto stated = [&](const Grouping& grouping) {
        return !grouping.is_empty() && rows.history.units > 0 && grouping.of_unit(0) != kNobody;
    };
    const bool whole = stated(groups), periods = stated(change);
    auto& all = evidence.companions.contacts_by_group;
    all.clear();
    if (whole) all.resize(groups.size());
    for (auto* series : {&evidence.month, &evidence.quarter})
        for (auto& span : series->periods) {
            span.counts.contacts_by_group.clear();
            if (periods) span.counts.contacts_by_group.resize(change.size());
        }
    if (!whole && !periods) return;
    for (std::size_t c = 0; c < contacts.size(); ++c) {
        if (foreseen[c] == Foreseen::not_selected) continue;
        const std::int64_t unacted = foreseen[c] == Foreseen::by_unacted_signal ? 1 : 0;
        const auto count = [&](Part& part) {
            ++part.whole;
            part.part += unacted;
        };
        if (whole) count(all[groups.of_unit(contacts.unit[c])]);
        if (!periods) continue;
        const auto group = change.of_unit(contacts.unit[c]);
        each_period(evidence, rows.periods, contacts.at[c], [&](PeriodCounts& counts) {
            if (!counts.contacts_by_group.empty()) count(counts.contacts_by_group[group]);
        });
    }
}

} // namespace preempt::evidence
