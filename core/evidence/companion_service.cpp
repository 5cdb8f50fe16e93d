#include "core/evidence/companion_counts.hpp"

#include "core/base/sort_list.hpp"
#include "core/base/stretches.hpp"

#include <algorithm>
#include <boost/unordered/unordered_flat_set.hpp>
#include <cmath>

namespace preempt::evidence {

using history::Arm;
using history::History;
using history::kNobody;
using history::Stated;
using history::SurveyKind;

namespace {

constexpr std::int64_t kSessionGap = std::int64_t{30} * 60'000;  ///< A19
constexpr std::int64_t kSelfServiceWindow = kMillisecondsPerDay; ///< A18
constexpr float kPromoter = 0.9F, kDetractor = 0.6F;             ///< 9 and 10, 0 to 6 of 0 to 10

void add(Part& part, bool counts) {
    ++part.whole;
    part.part += counts ? 1 : 0;
}

// -------------------------------------------------------------------------------------------- repeat
// contacts
/// M12, rule 5.5.10.
class Repeats {
  public:
    Repeats(const Rows& rows, Evidence& evidence)
        : rows_(rows), contacts_(rows.history.contacts), evidence_(evidence),
          result_(evidence.companions.repeat) {}

    void unit(std::uint32_t u) {
        bool first = true, any = false, counted = false;
        std::array<Open, kPeriodKinds> open{};
        for (auto c = contacts_.first[u]; c < contacts_.first[u + 1]; ++c) {
            if (!rows_.selection.holds(contacts_.at[c])) continue;
            const auto anchor = anchor_of(c);
            const bool mature = rows_.history.coverage_end != kNoInstant &&
                                anchor + rows_.question.repeat_window <= rows_.history.coverage_end;
            const bool repeated = mature && is_repeated(u, c, anchor);
            if (mature) {
                add(result_.tickets, repeated);
                any |= repeated;
            } else {
                ++result_.pending;
            }
            if (first) counted = mature;
            first = false;
            note(open, contacts_.at[c], mature, repeated);
        }
        if (counted) add(result_.units, any);
        for (std::size_t kind = 0; kind < kPeriodKinds; ++kind)
            close(open[kind], kind);
    }

  private:
    struct Open {
        std::uint32_t period = kNobody;
        bool mature = false, repeated = false;
    };

    Instant anchor_of(std::uint32_t c) const {
        const auto closed = contacts_.closed_at[c];
        return closed == kNoInstant ? contacts_.at[c] : std::max(closed, contacts_.at[c]);
    }

    bool is_repeated(std::uint32_t u, std::uint32_t c, Instant anchor) {
        const auto until = anchor + rows_.question.repeat_window;
        const auto reopened = contacts_.reopened_at.empty() ? kNoInstant : contacts_.reopened_at[c];
        bool repeated = reopened != kNoInstant && reopened > anchor && reopened <= until;
        result_.reopened += repeated ? 1 : 0;
        bool unknown_topic = false, followed = false;
        for (auto next = c + 1; next < contacts_.first[u + 1]; ++next) {
            const auto at = contacts_.at[next];
            if (at > until) break;
            const auto a = contacts_.topic[c], b = contacts_.topic[next];
            if (a != 0 && b != 0 && a != b) continue;
            if (at <= anchor) {
                result_.parallel += at > contacts_.at[c] ? 1 : 0;
                continue;
            }
            followed = true;
            unknown_topic = a == 0 || b == 0;
            break;
        }
        result_.other_topic_unknown += followed && unknown_topic && !repeated ? 1 : 0;
        return repeated || followed;
    }

    /// Units whose first contact of the period is mature, with a repeat of any of theirs.
    void note(std::array<Open, kPeriodKinds>& open, Instant at, bool mature, bool repeated) {
        const auto place = rows_.periods.place(at);
        for (std::size_t kind = 0; kind < kPeriodKinds; ++kind) {
            auto& one = open[kind];
            if (one.period != place.period[kind]) {
                close(one, kind);
                one = {place.period[kind], mature, false};
            }
            one.repeated |= repeated;
        }
    }

    void close(const Open& one, std::size_t kind) {
        Series* const all[] = {&evidence_.week, &evidence_.month, &evidence_.quarter, &evidence_.year};
        if (one.mature && one.period < all[kind]->periods.size())
            add(all[kind]->periods[one.period].counts.repeat, one.repeated);
    }

    const Rows& rows_;
    const history::Contacts& contacts_;
    Evidence& evidence_;
    RepeatCounts& result_;
};

// -----------------------------------------------------------------------------------------------
// self-service
/// M13, M14.
class SelfService {
  public:
    SelfService(const Rows& rows, Evidence& evidence)
        : rows_(rows), history_(rows.history), evidence_(evidence), result_(evidence.companions.self_service),
          views_by_topic_(history_.dictionary[history::kTopicAttribute].size()) {}

    void count() {
        const auto& views = history_.views;
        for (std::uint32_t unit = 0; unit < history_.units && !views.first.empty(); ++unit)
            if (rows_.selection.has_unit(unit)) this->unit(unit);
        if (rows_.selection.unit.empty()) strangers();
        for (const auto& period : history_.article_periods) {
            if (period.period_start != kNoInstant && !rows_.selection.holds(period.period_start)) continue;
            result_.aggregate_views += period.views;
            result_.aggregate_conversations += period.conversations_started;
            result_.helpful_yes += period.helpful_yes;
            result_.helpful_no += period.helpful_no;
            views_by_topic_[period.topic] += period.views;
        }
        topics();
    }

  private:
    struct Session {
        std::uint32_t code;
        Instant last;
        bool helpful;
    };

    void unit(std::uint32_t unit) {
        const auto& views = history_.views;
        sessions_.clear();
        std::array<std::uint32_t, kPeriodKinds> seen;
        seen.fill(kNobody);
        bool any = false;
        for (auto v = views.first[unit]; v < views.first[unit + 1]; ++v) {
            const auto at = views.at[v];
            if (!rows_.selection.holds(at)) continue;
            any = true;
            view(at, views.topic[v], views.helpful[v]);
            if (views.source[v] != kNobody) ++result_.from_outreach;
            const auto place = rows_.periods.place(at);
            Series* const all[] = {&evidence_.week, &evidence_.month, &evidence_.quarter, &evidence_.year};
            for (std::size_t kind = 0; kind < kPeriodKinds; ++kind)
                if (seen[kind] != place.period[kind] && place.period[kind] < all[kind]->periods.size()) {
                    seen[kind] = place.period[kind];
                    ++all[kind]->periods[seen[kind]].counts.viewers;
                }
            join(views.session[v], at, views.helpful[v] == Stated::yes);
        }
        result_.viewers += any ? 1 : 0;
        for (const auto& session : sessions_)
            end(unit, session);
    }

    void view(Instant at, std::uint32_t topic, Stated helpful) {
        ++result_.views;
        ++views_by_topic_[topic];
        result_.helpful_yes += helpful == Stated::yes ? 1 : 0;
        result_.helpful_no += helpful == Stated::no ? 1 : 0;
        each_period(evidence_, rows_.periods, at, [](PeriodCounts& counts) { ++counts.views; });
    }

    void join(std::uint32_t code, Instant at, bool helpful) {
        const auto same = std::find_if(sessions_.rbegin(), sessions_.rend(), [&](const Session& session) {
            return session.code == code && (code != 0 || at - session.last <= kSessionGap);
        });
        if (same == sessions_.rend())
            sessions_.push_back({code, at, helpful});
        else
            *same = {code, at, helpful};
    }

    void end(std::uint32_t unit, const Session& session) {
        if (history_.coverage_end == kNoInstant ||
            session.last + kSelfServiceWindow > history_.coverage_end) {
            ++result_.pending;
            return;
        }
        const auto& contacts = history_.contacts;
        const auto* begin = contacts.at.data() + contacts.first[unit];
        const auto* end = contacts.at.data() + contacts.first[unit + 1];
        const auto* next = std::lower_bound(begin, end, session.last);
        const bool quiet = next == end || *next >= session.last + kSelfServiceWindow;
        ++result_.sessions;
        result_.potential += quiet ? 1 : 0;
        result_.confirmed += quiet && session.helpful ? 1 : 0;
        each_period(evidence_, rows_.periods, session.last, [&](PeriodCounts& counts) {
            add(counts.session_potential, quiet);
            add(counts.session_confirmed, quiet && session.helpful);
        });
    }

    /// Nobody knows whether they contacted: shown, never a success.
    void strangers() {
        const auto& views = history_.anonymous_views;
        boost::unordered_flat_set<std::uint32_t> sessions;
        for (std::size_t v = 0; v < views.size(); ++v) {
            if (!rows_.selection.holds(views.at[v])) continue;
            view(views.at[v], views.topic[v], views.helpful[v]);
            ++result_.anonymous_views;
            if (views.session[v] == 0 || sessions.insert(views.session[v]).second)
                ++result_.anonymous_sessions;
        }
    }

    void topics() {
        const auto& names = history_.dictionary[history::kTopicAttribute];
        std::vector<std::int64_t> contacts(views_by_topic_.size(), 0);
        for (std::size_t c = 0; c < history_.contacts.size(); ++c)
            if (rows_.selection.holds(history_.contacts.at[c]) &&
                rows_.selection.has_unit(history_.contacts.unit[c]))
                ++contacts[history_.contacts.topic[c]];
        for (std::uint32_t code = 1; code < views_by_topic_.size(); ++code)
            if (views_by_topic_[code] > 0)
                result_.topics.push_back(
                    {std::string(names.text(code)), views_by_topic_[code], contacts[code]});
        sort_list(result_.topics, [](const auto& a, const auto& b) { return a.topic < b.topic; });
    }

    const Rows& rows_;
    const History& history_;
    Evidence& evidence_;
    SelfServiceCounts& result_;
    std::vector<std::int64_t> views_by_topic_;
    std::vector<Session> sessions_; ///< of the unit
};

// ----------------------------------------------------------------------------------------------------
// surveys
/// M15. An answer is about an outreach, about a contact that answers one (both proactive), about another
/// contact (reactive), or about nothing that is known.
void count_surveys(const Rows& rows, Evidence& evidence) {
    const auto& history = rows.history;
    const auto& surveys = history.surveys;
    const auto arm_of = [&](std::uint32_t unit) {
        if (unit == kNobody) return Arm::none;
        const auto& listed = history.assignments;
        for (auto a = listed.first[unit]; a < listed.first[unit + 1]; ++a)
            if (listed.arm[a] != Arm::none) return listed.arm[a];
        return Arm::none;
    };
    auto& all = evidence.companions.surveys;
    for (std::size_t s = 0; s < surveys.size(); ++s) {
        const auto at = surveys.at[s] != kNoInstant ? surveys.at[s] : surveys.asked_at[s];
        const auto unit = surveys.unit[s];
        if (surveys.about_machine[s] != 0 || (at != kNoInstant && !rows.selection.holds(at))) continue;
        if (unit == kNobody ? !rows.selection.unit.empty() : !rows.selection.has_unit(unit)) continue;
        const bool proactive =
            surveys.outreach[s] != kNobody ||
            (surveys.contact[s] != kNobody && history.contacts.reply_to[surveys.contact[s]] != kNobody);
        const int about = proactive ? 0 : surveys.contact[s] != kNobody ? 1 : 2;
        const auto arm = arm_of(unit);
        auto found = std::find_if(all.begin(), all.end(), [&](const SurveyCounts& one) {
            return one.kind == surveys.kind[s] && one.about == about && one.arm == arm;
        });
        if (found == all.end()) found = all.insert(all.end(), {surveys.kind[s], about, arm, 0, 0, 0, 0, 0});
        const bool answered = surveys.answered[s] != 0;
        if (surveys.asked_at[s] != kNoInstant || !answered) ++found->asked;
        if (!answered) continue;
        ++found->answered;
        found->satisfied += surveys.satisfied[s] != 0 ? 1 : 0;
        if (surveys.kind[s] == SurveyKind::nps) {
            constexpr float kRoom = 1e-4F; // nine tenths are no round number in binary
            found->promoters += surveys.normalised[s] >= kPromoter - kRoom ? 1 : 0;
            found->detractors += surveys.normalised[s] <= kDetractor + kRoom ? 1 : 0;
        }
        if (surveys.kind[s] == SurveyKind::csat && at != kNoInstant)
            each_period(evidence, rows.periods, at, [&](PeriodCounts& counts) {
                add(counts.satisfied[static_cast<std::size_t>(about)], surveys.satisfied[s] != 0);
            });
    }
    sort_list(all, [](const SurveyCounts& a, const SurveyCounts& b) {
        if (a.kind != b.kind) return a.kind < b.kind;
        return a.about != b.about ? a.about < b.about : a.arm < b.arm;
    });
}

// --------------------------------------------------------------------------------------- contacts, customers
void count_contacts(const Rows& rows, Evidence& evidence) {
    const auto& contacts = rows.history.contacts;
    auto& all = evidence.companions;
    std::vector<double> minutes;
    for (std::size_t c = 0; c < contacts.size(); ++c) {
        if (!rows.selection.holds(contacts.at[c]) || !rows.selection.has_unit(contacts.unit[c])) continue;
        if (!contacts.handle_minutes.empty() && !std::isnan(contacts.handle_minutes[c]))
            minutes.push_back(static_cast<double>(contacts.handle_minutes[c]));
        if (!contacts.induced_reason.empty() &&
            (contacts.reply_to[c] != kNobody || contacts.induced_reason[c] != history::InducedReason::none))
            ++all.induced_reasons[static_cast<std::size_t>(contacts.induced_reason[c])];
        if (!contacts.messages.empty() && contacts.messages[c] > 0)
            each_period(evidence, rows.periods, contacts.at[c], [&](PeriodCounts& counts) {
                counts.conversation_messages.part += contacts.messages[c];
                ++counts.conversation_messages.whole;
            });
    }
    all.handle_minutes_stated = static_cast<std::int64_t>(minutes.size());
    all.handle_minutes = sum_of(minutes);
    const auto& responses = rows.history.first_responses;
    for (std::size_t r = 0; r < responses.at.size(); ++r) {
        if (!rows.selection.holds(responses.at[r])) continue;
        ++all.first_response[responses.minutes[r]];
        each_period(evidence, rows.periods, responses.at[r],
                    [&](PeriodCounts& counts) { ++counts.first_response[responses.minutes[r]]; });
    }
}

/// M10 and M17 over the span in which contacts are known. A time that nobody stated limits nothing.
void count_customers(const Rows& rows, Evidence& evidence) {
    const auto& history = rows.history;
    if (history.in_customers.empty() || history.coverage_end == kNoInstant) return;
    const auto start = rows.selection.from != kNoInstant ? rows.selection.from : history.coverage_start;
    const auto end = rows.selection.to != kNoInstant ? rows.selection.to : history.coverage_end;
    auto& retention = evidence.companions.retention;
    for (std::uint32_t unit = 0; unit < history.units; ++unit) {
        if (history.in_customers[unit] == 0 || !rows.selection.has_unit(unit)) continue;
        const auto from = history.active_from.empty() ? kNoInstant : history.active_from[unit];
        auto to = history.active_to.empty() ? kNoInstant : history.active_to[unit];
        if (to == kNoInstant && !history.churned_at.empty()) to = history.churned_at[unit];
        const bool begun = from == kNoInstant || from < end;
        if (begun && (to == kNoInstant || to > start)) ++evidence.companions.active_units;
        if ((from != kNoInstant && from > start) || (to != kNoInstant && to <= start)) continue;
        ++retention.active_at_start;
        if (to == kNoInstant || to >= end) ++retention.still_active;
    }
}

} // namespace

void count_service_companions(const Rows& rows, Evidence& evidence) {
    const auto& history = rows.history;
    Repeats repeats(rows, evidence);
    in_stretches(history.units, [&](std::uint32_t unit) {
        if (rows.selection.has_unit(unit)) repeats.unit(unit);
    });
    SelfService(rows, evidence).count();
    count_surveys(rows, evidence);
    count_contacts(rows, evidence);
    count_customers(rows, evidence);
    evidence.companions.periods = history.periods;
    evidence.companions.extra_figures = history.extra_figures;
    evidence.companions.incidents.clear();
    for (const auto& change : history.changes)
        if (change.incident && change.at != kNoInstant) evidence.companions.incidents.push_back(change);
    evidence.companions.owners = history.owners;
}

} // namespace preempt::evidence
