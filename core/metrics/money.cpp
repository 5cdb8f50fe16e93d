#include "core/metrics/money.hpp"

#include "core/metrics/catalogue/entries.hpp"
#include "core/metrics/indicators.hpp"

#include <cmath>

namespace preempt::metrics {
namespace {

// sources.md 2.3. The spread is more than fivefold: a reason to type one's own.
constexpr CostPreset kPresets[] = {
    {"gartner_live", 8.01, "a live contact (phone, chat, e-mail)", "Gartner poll of service leaders, 2019",
     "B"},
    {"gartner_self", 0.10, "a self-service contact, about", "Gartner poll of service leaders, 2019", "B"},
    {"contactbabel_phone", 5.25, "a phone call, US", "ContactBabel, about 2016", "B"},
    {"contactbabel_email", 4.42, "an e-mail, US", "ContactBabel, about 2016", "B"},
    {"contactbabel_chat", 3.82, "a chat, US", "ContactBabel, about 2016", "B"},
    {"glossary_phone", 8, "a phone call, low end of 8 to 15", "glossary of a vendor, undated", "C"},
    {"glossary_email", 5, "an e-mail, low end of 5 to 8", "glossary of a vendor, undated", "C"},
    {"glossary_chat", 3, "a chat, low end of 3 to 5", "glossary of a vendor, undated", "C"},
    {"saas_low", 7, "a SaaS ticket, low end of 7 to 22", "content site, 2026", "D"},
    {"saas_high", 28, "a SaaS ticket, high end of 12 to 28 (same site)", "content site, 2026", "D"},
    {"vendor", 15, "a ticket, fixed in one vendor's dashboard", "vendor's dashboard, 2024", "D"}};

Estimate times(const Estimate& e, double by, double less = 0) {
    const auto at = [&](std::optional<double> x) -> std::optional<double> {
        if (!x) return std::nullopt;
        return *x * by - less;
    };
    return {at(e.value), at(e.low), at(e.high)};
}

/// Support cost of the stated periods / contacts created in them, where the periods are those of a series.
std::optional<double> ticket_cost(const evidence::Evidence& e) {
    if (!e.question.filters.empty()) return std::nullopt; // the figures know no filter
    double cost = 0;
    std::int64_t contacts = 0;
    const auto aligned = align(e);
    for (const auto& [row, period] : aligned.pairs) {
        const auto& figures = e.companions.periods[row];
        if (std::isnan(figures.support_cost) || !aligned.complete[period]) continue;
        cost += figures.support_cost;
        contacts += (*aligned.periods)[period].contacts;
    }
    if (contacts == 0 || cost <= 0) return std::nullopt;
    return cost / static_cast<double>(contacts);
}

/// The same of outreach: cost of the stated periods / messages sent in them.
std::optional<double> message_cost_of_periods(const evidence::Evidence& e) {
    if (!e.question.filters.empty()) return std::nullopt;
    double cost = 0;
    std::int64_t messages = 0;
    const auto aligned = align(e);
    for (const auto& [row, period] : aligned.pairs) {
        const auto& figures = e.companions.periods[row];
        if (std::isnan(figures.outreach_cost) || !aligned.complete[period]) continue;
        cost += figures.outreach_cost;
        messages += (*aligned.periods)[period].outreaches;
    }
    if (messages == 0 || cost <= 0) return std::nullopt;
    return cost / static_cast<double>(messages);
}

void find_costs(const Basis& basis, Money& m) {
    const auto& plan = basis.plan;
    const auto& e = basis.evidence;
    const auto& c = e.companions;
    const auto choose = [](std::optional<double>& into, std::string& from, std::optional<double> value,
                           const char* code) {
        if (into || !value) return;
        into = value;
        from = code;
    };
    choose(m.cost_per_contact, m.cost_per_contact_from, plan.cost_per_contact, "typed");
    choose(m.cost_per_contact, m.cost_per_contact_from, ticket_cost(e), "periods");
    choose(m.cost_per_outreach, m.cost_per_outreach_from, plan.cost_per_outreach, "typed");
    if (c.message_cost_stated > 0)
        choose(m.cost_per_outreach, m.cost_per_outreach_from,
               c.message_cost / static_cast<double>(c.message_cost_stated), "messages");
    choose(m.cost_per_outreach, m.cost_per_outreach_from, message_cost_of_periods(e), "periods");
    choose(m.minutes_per_contact, m.minutes_per_contact_from, plan.minutes_per_contact, "typed");
    if (c.handle_minutes_stated > 0)
        choose(m.minutes_per_contact, m.minutes_per_contact_from,
               c.handle_minutes / static_cast<double>(c.handle_minutes_stated), "contacts");
}

/// Messages behind the episodes compared. Episodes of a log hold several; typed ones are taken as one each.
double messages_compared(const Basis& basis, const Comparison& comparison) {
    const auto log = entries::total(basis.evidence.messages.cells);
    const double dose = log.episodes > 0 && log.messages > 0
                            ? static_cast<double>(log.messages) / static_cast<double>(log.episodes)
                            : 1;
    return static_cast<double>(comparison.covered) * dose;
}

bool stands(const Comparison& c) {
    return c.available && c.verdict != "withheld";
}

} // namespace

std::span<const CostPreset> cost_presets() {
    return kPresets;
}

Money money(const Basis& basis) {
    Money m;
    find_costs(basis, m);
    m.proven = stands(basis.holdout);
    const auto& comparison = m.proven ? basis.holdout : basis.matched;
    if (!stands(comparison)) {
        m.missing = "no_holdout";
        return m;
    }
    m.prevented = comparison.prevented;
    if (m.minutes_per_contact) {
        m.hours = times(m.prevented, *m.minutes_per_contact / 60);
        const auto& e = basis.evidence;
        const auto span = e.coverage_end - e.coverage_start;
        if (e.coverage_start != kNoInstant && e.coverage_end != kNoInstant && span > 0)
            m.hours_per_week = times(m.hours, 7.0 * kMillisecondsPerDay / static_cast<double>(span));
    }
    if (m.cost_per_outreach) m.outreach_cost = *m.cost_per_outreach * messages_compared(basis, comparison);
    if (!m.cost_per_contact) {
        m.missing = "no_cost";
        return m;
    }
    m.gross = times(m.prevented, *m.cost_per_contact);
    const auto induced = entries::total(basis.evidence.messages.cells).induced;
    if (!basis.evidence.typed) m.induced_cost = *m.cost_per_contact * static_cast<double>(induced);
    if (m.outreach_cost) {
        m.net = times(m.gross, 1, *m.outreach_cost);
        m.net_induced_apart = times(m.net, 1, m.induced_cost.value_or(0));
    }
    const auto& last = m.net.value ? m.net : m.gross;
    m.could_cost = last.low && *last.low < 0;
    return m;
}

} // namespace preempt::metrics
