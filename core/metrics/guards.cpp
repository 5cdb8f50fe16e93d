#include "core/metrics/guards.hpp"

#include "core/metrics/slices.hpp"

#include <algorithm>

namespace preempt::metrics {
namespace {

constexpr std::int64_t kMasked = 5; ///< cells below it are masked in what is shared (G22)

/// What one guard found: nothing to guard, or a count of what it acted on.
struct Act {
    bool applies = false;
    std::int64_t count = 0;
    std::optional<double> value{};
};

const evidence::Evidence& data(const Facts& f) {
    return f.basis.evidence;
}
evidence::Cell messages(const Facts& f) {
    return sum_of(data(f).messages.cells);
}
bool episodes_known(const Facts& f) {
    return data(f).has_outreaches && data(f).has_contacts;
}

Act reactive(const Facts& f) {
    return {episodes_known(f) && !data(f).typed, messages(f).reactive};
}
/// Claims stand on a rung of their own, apart from what is shown to be true.
Act claims_apart(const Facts& f) {
    const auto& c = data(f).claims;
    return {data(f).has_outcomes, f.headline_rung > 2 ? c.positive + c.usage_improved : 0};
}
/// Windows of other lengths that would give another verdict.
Act window_shown(const Facts& f) {
    const auto chosen = std::find_if(f.window.points.begin(), f.window.points.end(),
                                     [](const WindowPoint& p) { return p.chosen; });
    if (chosen == f.window.points.end()) return {};
    const auto others =
        std::count_if(f.window.points.begin(), f.window.points.end(), [&](const WindowPoint& p) {
            return !p.verdict.empty() && p.verdict != chosen->verdict;
        });
    return {true, f.window.depends_on_window ? others : 0, chosen->days};
}
Act holdout_asked(const Facts& f) {
    return {episodes_known(f), f.basis.holdout.available ? 0 : messages(f).episodes};
}
Act broadcasts_apart(const Facts& f) {
    return {data(f).has_outreaches, data(f).broadcast_messages};
}
Act volume_is_no_effect(const Facts& f) {
    return {data(f).outreaches > 0, f.headline_rung <= 0 ? data(f).outreaches : 0};
}
/// Always on: the most that one of them got.
Act fatigue_shown(const Facts& f) {
    const auto& h = data(f).companions.frequency.messages_per_unit;
    std::int64_t units = 0;
    for (const auto& [messages_of_unit, count] : h)
        units += count;
    return {units > 0, f.programme.fatigue.verdict == "shrinks" ? units : 0,
            units > 0 ? std::optional<double>(static_cast<double>(h.rbegin()->first)) : std::nullopt};
}
Act promotional(const Facts& f) {
    const auto& p = data(f).companions.promotional;
    return {p.whole > 0, p.part};
}
Act answers_split(const Facts& f) {
    std::int64_t proactive = 0, all = 0;
    for (const auto& row : data(f).companions.surveys) {
        all += row.answered;
        if (row.about == 0) proactive += row.answered;
    }
    return {all > 0, proactive};
}
Act silence_by_leaving(const Facts& f) {
    const auto& quiet = data(f).companions.retention.quiet_left;
    const auto censored = messages(f).censored;
    return {quiet.whole > 0 || censored > 0, quiet.part + censored};
}
/// Engaged against unengaged is never offered: how many could have been taken for successes.
Act no_engaged_comparison(const Facts& f) {
    return {data(f).has_engagement, data(f).engagement.engaged};
}
Act immature(const Facts& f) {
    const auto arms = sum_of(data(f).assignment_totals.cells).pending;
    return {episodes_known(f) && !data(f).typed, messages(f).pending + arms};
}
/// Messages that joined an episode instead of being credited again.
Act one_credit(const Facts& f) {
    const auto all = messages(f);
    return {episodes_known(f) && !data(f).typed, std::max<std::int64_t>(0, all.messages - all.episodes)};
}
/// Ranges of a figure that these data do not give: no verdict.
Act other_metric(const Facts& f) {
    const auto undecided = [](const Benchmark& b) { return b.metric_id.empty() || b.verdict == "no_value"; };
    return {!f.benchmarks.empty(), std::count_if(f.benchmarks.begin(), f.benchmarks.end(), undecided)};
}
Act small_groups(const Facts& f) {
    const auto unclear = [](const BreakdownRow& r) {
        return r.verdict == "too_few" || r.verdict == "cannot_tell";
    };
    return {!f.breakdown.rows.empty(),
            std::count_if(f.breakdown.rows.begin(), f.breakdown.rows.end(), unclear)};
}
/// Units so far; the value is how many were planned.
Act peeking(const Facts& f) {
    const auto& s = f.basis.holdout.sequential;
    if (!f.basis.holdout.available) return {};
    return {true, s.applies ? s.units : 0,
            s.planned_assumed ? std::nullopt : std::optional<double>(static_cast<double>(s.planned))};
}
Act unknown_people(const Facts& f) {
    const auto& h = data(f).health;
    return {h.contacts_in_scope > 0, h.contacts_in_scope - h.contacts_matched};
}
/// Begun by the team and left out; the value is how many are taken for inbound because nothing says.
Act own_tickets(const Facts& f) {
    return {data(f).has_contacts && !data(f).typed, f.outbound_left_out,
            static_cast<double>(data(f).health.direction_assumed)};
}
Act opens_ignored(const Facts& f) {
    const auto& c = data(f).companions;
    return {(c.reactions_known & history::kOpened) != 0, c.funnel.opened};
}
Act holdout_rows(const Facts& f) {
    return {data(f).has_arms && !data(f).typed, data(f).health.holdout_rows};
}
/// Rates, never totals: the value is the difference of totals that a subtraction would have called prevented.
Act rates_only(const Facts& f) {
    const auto& h = f.basis.holdout;
    const bool uneven = h.baseline.episodes != h.treated.episodes;
    return {h.available, uneven ? h.baseline.episodes + h.treated.episodes : 0,
            static_cast<double>(h.baseline.contacted - h.treated.contacted)};
}
Act masked(const Facts& f) {
    const auto small = [](const BreakdownRow& r) { return r.episodes > 0 && r.episodes < kMasked; };
    return {!data(f).typed, std::count_if(f.breakdown.rows.begin(), f.breakdown.rows.end(), small)};
}

struct Row {
    const char* id;
    const char* of;
    Act (*act)(const Facts&);
};
constexpr Row kRows[] = {
    {"G01", "episodes", reactive},           {"G02", "claims", claims_apart},
    {"G03", "windows", window_shown},        {"G04", "episodes", holdout_asked},
    {"G05", "messages", broadcasts_apart},   {"G06", "messages", volume_is_no_effect},
    {"G07", "units", fatigue_shown},         {"G08", "messages", promotional},
    {"G09", "answers", answers_split},       {"G10", "episodes", silence_by_leaving},
    {"G11", "units", no_engaged_comparison}, {"G12", "windows", immature},
    {"G13", "messages", one_credit},         {"G14", "ranges", other_metric},
    {"G15", "groups", small_groups},         {"G16", "units", peeking},
    {"G17", "contacts", unknown_people},     {"G18", "contacts", own_tickets},
    {"G19", "messages", opens_ignored},      {"G20", "messages", holdout_rows},
    {"G21", "episodes", rates_only},         {"G22", "groups", masked},
};

} // namespace

std::vector<Guard> guards(const Facts& facts) {
    std::vector<Guard> all;
    for (const auto& row : kRows) {
        const auto act = row.act(facts);
        const auto* state = !act.applies ? "not_applicable" : act.count > 0 ? "acting" : "ok";
        all.push_back(
            {row.id, state, act.applies ? act.count : 0, row.of, act.applies ? act.value : std::nullopt});
    }
    return all;
}

} // namespace preempt::metrics
