#include "core/evidence/counts.hpp"

#include "core/base/stretches.hpp"

#include <algorithm>

namespace preempt::evidence {

using episodes::Selection;
using history::Arm;
using history::History;
using history::kNobody;
using history::OutreachType;

namespace {

constexpr std::int64_t kEngagementWindow = 30 * kMillisecondsPerDay; ///< M02, W_e
constexpr std::int64_t kRoomBehind = 92 * kMillisecondsPerDay;

/// Each contact in scope and asked for, of known people and of others.
template <class Visit>
void each_contact(const History& history, const Selection& selection, Visit visit) {
    const auto& contacts = history.contacts;
    for (std::size_t c = 0; c < contacts.size(); ++c)
        if (selection.holds(contacts.at[c]) && selection.has_unit(contacts.unit[c])) visit(contacts.at[c]);
    if (!selection.unit.empty()) return; // nobody knows whether they pass
    for (const auto at : history.unmatched_at)
        if (selection.holds(at)) visit(at);
}

void count_messages(const History& history, const Selection& selection, Evidence& e) {
    const auto& sent = history.outreaches;
    std::uint32_t last_unit = kNobody;
    in_stretches(static_cast<std::uint32_t>(sent.size()), [&](std::uint32_t o) {
        if (!selection.has_outreach(o) || !selection.holds(sent.at[o])) return;
        const bool broadcast = sent.type[o] == OutreachType::broadcast;
        // M01 sets messages against contacts of the same time: later messages wait for theirs.
        const bool in_period = history.coverage_end_assumed || sent.at[o] < history.coverage_end;
        if (broadcast)
            ++e.broadcast_messages;
        else if (in_period)
            ++e.outreaches;
        if (sent.unit[o] != last_unit) ++e.units_messaged;
        last_unit = sent.unit[o];
        const auto outcome = sent.outcome[o];
        const bool positive = outcome == history::Outcome::positive || outcome == history::Outcome::resolved;
        const bool improved =
            !positive && (outcome == history::Outcome::usage_improved || sent.usage_improved[o] != 0);
        const auto count = [&](Claims& claims) {
            ++claims.attempts;
            claims.positive += positive ? 1 : 0;
            claims.usage_improved += improved ? 1 : 0;
            claims.blank += outcome == history::Outcome::none && !improved ? 1 : 0;
        };
        count(e.claims);
        if (!broadcast) count(e.targeted_claims);
    });
}

/// 5.5.9. Eligible: assigned to be contacted, or listed as eligible (a signal alone lists nobody); else
/// whoever was messaged. Held-out people cannot engage with what they never got and are no part of it.
Instant eligible_from(const History& history, const Selection& selection, bool of_contacted,
                      std::uint32_t unit) {
    const auto& sent = history.outreaches;
    const auto& listed = history.assignments;
    if (of_contacted) {
        for (auto o = sent.first[unit]; o < sent.first[unit + 1]; ++o)
            if (sent.type[o] != OutreachType::broadcast && selection.has_outreach(o)) return sent.at[o];
        return kNoInstant;
    }
    for (auto a = listed.first[unit]; a < listed.first[unit + 1]; ++a)
        if (listed.arm[a] != Arm::holdout && listed.moment[a] != history::Moment::signal &&
            selection.has_assignment(a))
            return listed.eligible_at.empty() || listed.eligible_at[a] == kNoInstant ? listed.at[a]
                                                                                     : listed.eligible_at[a];
    return kNoInstant;
}

/// The earliest click, reply, completion, view that a message led to, or helpful vote in [from, until); opens
/// do not count.
Instant engaged_at(const History& history, const Selection& selection, std::uint32_t unit, Instant from,
                   Instant until) {
    Instant engaged = kNoInstant;
    const auto note = [&](Instant at) {
        if (at != kNoInstant && at >= from && at < until && (engaged == kNoInstant || at < engaged))
            engaged = at;
    };
    const auto& sent = history.outreaches;
    for (auto o = sent.first[unit]; o < sent.first[unit + 1]; ++o)
        if (selection.has_outreach(o)) note(sent.engaged_at[o]);
    const auto& views = history.views;
    if (views.size() == 0) return engaged;
    for (auto v = views.first[unit]; v < views.first[unit + 1]; ++v)
        if (views.source[v] != kNobody || views.helpful[v] == history::Stated::yes) note(views.at[v]);
    return engaged;
}

void count_engagement(const Rows& rows, Evidence& evidence) {
    const auto& history = rows.history;
    evidence.has_engagement =
        history.has_engagement || std::any_of(history.views.source.begin(), history.views.source.end(),
                                              [](std::uint32_t source) { return source != kNobody; });
    if (!evidence.has_engagement) return;
    const auto& contacts = history.contacts;
    auto& result = evidence.engagement;
    result.of_contacted = !history.has_exposure_list || history.treated_from_outreaches;
    in_stretches(history.units, [&](std::uint32_t unit) {
        const auto eligible = eligible_from(history, rows.selection, result.of_contacted, unit);
        if (eligible == kNoInstant || !rows.selection.holds(eligible)) return;
        const auto until = eligible + kEngagementWindow;
        if (history.coverage_end == kNoInstant || until > history.coverage_end) {
            ++result.pending;
            return;
        }
        ++result.eligible;
        const auto engaged = engaged_at(history, rows.selection, unit, eligible, until);
        bool ticket_first = false; // a tie counts as ticket first
        for (auto c = contacts.first[unit]; c < contacts.first[unit + 1] && contacts.at[c] <= engaged; ++c)
            if (contacts.at[c] >= eligible) ticket_first = true;
        const bool in_time = engaged != kNoInstant && !ticket_first;
        if (engaged != kNoInstant) ++(ticket_first ? result.after_ticket : result.engaged);
        each_period(evidence, rows.periods, eligible, [&](PeriodCounts& counts) {
            ++counts.engaged.whole;
            counts.engaged.part += in_time ? 1 : 0;
        });
    });
}

void count_accounts(const History& history, const Selection& selection, Design& design) {
    if (history.account_of_unit_person.empty()) return;
    const auto& listed = history.assignments;
    std::vector<std::uint8_t> arms;
    for (std::uint32_t a = 0; a < listed.size(); ++a) {
        if (listed.arm[a] == Arm::none || !selection.has_assignment(a) || !selection.holds(listed.at[a]))
            continue;
        const auto account =
            listed.account[a] != kNobody ? listed.account[a] : history.account_of_unit_person[listed.unit[a]];
        if (account == kNobody) continue;
        if (account >= arms.size()) arms.resize(account + std::size_t{1}, 0);
        arms[account] |= static_cast<std::uint8_t>(listed.arm[a]);
    }
    for (const auto bits : arms) {
        design.accounts += bits != 0 ? 1 : 0;
        design.mixed_accounts += bits == 3 ? 1 : 0;
    }
}

Series& series_of(Evidence& evidence, std::size_t kind) {
    Series* const all[] = {&evidence.week, &evidence.month, &evidence.quarter, &evidence.year};
    return *all[kind];
}

void count_periods(const History& history, const Selection& selection, const Periods& periods,
                   Evidence& evidence) {
    for (std::size_t kind = 0; kind < kPeriodKinds; ++kind) {
        auto& spans = series_of(evidence, kind).periods;
        for (const auto& span : periods.spans(static_cast<Period>(kind)))
            spans.push_back({span.start, span.end, 0, 0, {}});
    }
    const auto count = [&](Instant at, std::int64_t PeriodSpan::*member) {
        const auto place = periods.place(at);
        for (std::size_t kind = 0; kind < kPeriodKinds; ++kind) {
            auto& spans = series_of(evidence, kind).periods;
            if (place.period[kind] < spans.size()) ++(spans[place.period[kind]].*member);
        }
    };
    each_contact(history, selection, [&](Instant at) { count(at, &PeriodSpan::contacts); });
    const auto& sent = history.outreaches;
    for (std::uint32_t o = 0; o < sent.size(); ++o)
        if (sent.type[o] != OutreachType::broadcast && selection.has_outreach(o) &&
            selection.holds(sent.at[o]))
            count(sent.at[o], &PeriodSpan::outreaches);
}

} // namespace

Extent extent_of(const History& history, const Selection& selection) {
    Extent extent;
    const auto widen = [&](Instant at) {
        if (extent.first == kNoInstant || at < extent.first) extent.first = at;
        extent.last = std::max(extent.last, at);
    };
    each_contact(history, selection, widen);
    for (std::uint32_t o = 0; o < history.outreaches.size(); ++o)
        if (selection.has_outreach(o) && selection.holds(history.outreaches.at[o]))
            widen(history.outreaches.at[o]);
    for (std::uint32_t a = 0; a < history.assignments.size(); ++a)
        if (history.assignments.arm[a] != Arm::none && selection.has_assignment(a) &&
            selection.holds(history.assignments.at[a]))
            widen(history.assignments.at[a]);
    if (extent.first == kNoInstant) return extent;
    // Units of whole days begin theirs at midnight.
    const auto first = extent.first;
    for (const auto& one : history.day_zones)
        extent.first = std::min(extent.first, local_day_start(first, one));
    auto known = history.coverage_end;
    for (const auto at : history.contacts.at)
        known = std::max(known, at);
    if (known != kNoInstant) extent.last = std::min(extent.last, known + kRoomBehind);
    return extent;
}

void count_rows(const Rows& rows, Evidence& evidence) {
    each_contact(rows.history, rows.selection, [&](Instant) { ++evidence.contacts; });
    count_messages(rows.history, rows.selection, evidence);
    count_accounts(rows.history, rows.selection, evidence.design);
    count_periods(rows.history, rows.selection, rows.periods, evidence);
    count_engagement(rows, evidence); // into the periods
}

} // namespace preempt::evidence
