#include "core/metrics/reconcile.hpp"

#include "core/metrics/catalogue/entries.hpp"

#include <cmath>
#include <string_view>

namespace preempt::metrics {
namespace {

struct Definition {
    const char *id, *who, *text, *formula, *metric;
    /// In place of the metric's own figure; null = the metric as it is.
    void (*fill)(const Basis&, ReconciliationRow&);
    const char* unit = "share";
    int rung = -1;
};

struct Silence {
    std::int64_t silent = 0, messages = 0, pending = 0, broadcasts = 0;
};

/// Every message, as a dashboard sees it: no window waited for, broadcasts among them.
Silence as_dashboards_count(const evidence::Evidence& e) {
    const auto single = entries::total(e.single_messages.cells),
               broadcast = entries::total(e.broadcasts.cells);
    Silence s;
    s.pending = single.pending + broadcast.pending;
    s.broadcasts = broadcast.episodes + broadcast.pending;
    s.messages = single.episodes + broadcast.episodes + s.pending;
    s.silent = s.messages - single.contacted - broadcast.contacted;
    return s;
}

/// Messages whose window is still open are taken for silent: that is the error that the row shows.
void dashboard(const Basis& basis, ReconciliationRow& row) {
    const auto& e = basis.evidence;
    if (e.typed) {
        row.missing = "not_typed";
        return;
    }
    const auto s = as_dashboards_count(e);
    row.numerator = s.silent;
    row.denominator = s.messages;
    if (s.messages == 0 || !e.has_contacts)
        row.missing = !e.has_outreaches ? "no_outreaches" : !e.has_contacts ? "no_contacts" : "all_pending";
    else
        row.estimate = proportion(s.silent, s.messages, basis.level);
}

const Comparison& best(const Basis& basis) {
    const auto& h = basis.holdout;
    const bool unfit = h.verdict == "withheld" && h.withheld_why != "too_few";
    return h.available && !unfit ? h : basis.matched;
}

void would_be(const Basis& basis, ReconciliationRow& row) {
    const auto& c = best(basis);
    row.estimate = c.relative_reduction;
    row.numerator = c.prevented.value ? std::llround(*c.prevented.value) : 0;
    if (!row.estimate.value) row.missing = c.missing.empty() ? "no_baseline" : c.missing;
}

/// KPI Tree's header: prevented contacts over every message, broadcasts among them.
void over_all_messages(const Basis& basis, ReconciliationRow& row) {
    const auto& c = best(basis);
    const auto all = basis.evidence.outreaches + basis.evidence.broadcast_messages;
    row.denominator = all;
    if (!c.prevented.value || all == 0) {
        row.missing = c.missing.empty() ? "no_outreaches" : c.missing;
        return;
    }
    row.numerator = std::llround(*c.prevented.value);
    const auto over = [&](std::optional<double> x) -> std::optional<double> {
        if (!x) return std::nullopt;
        return *x / static_cast<double>(all);
    };
    row.estimate = {over(c.prevented.value), over(c.prevented.low), over(c.prevented.high)};
}

constexpr Definition kDefinitions[] = {
    {"count", "Count", "What the team noted as success, of all attempts.",
     "successful interventions ÷ all outreach attempts × 100", "M03", nullptr},
    {"counted", "KPI Tree, as a team counts it", "Contacts that the team believes it prevented, per message.",
     "prevented contacts, as counted ÷ outreaches × 100", "M03P", nullptr},
    {"dashboard", "Most dashboards", "Messages after which no contact is found, whatever the message.",
     "messages without a later contact ÷ all messages × 100", "", dashboard},
    {"no_contact", "Preempt, without a comparison", "Episodes that stayed quiet for the whole window.",
     "quiet episodes ÷ finished, pre-emptive episodes × 100", "M04", nullptr},
    {"kpitree_share", "KPI Tree, its text", "Of the contacts that would have come, the share that did not.",
     "1 − contact rate of the messaged ÷ contact rate of the comparison", "", would_be},
    {"kpitree_outreach", "KPI Tree, its formula, proven",
     "Contacts prevented for each message, against a holdout.",
     "(contact rate of the held-out − of the messaged) × 100", "M06", nullptr, "points"},
    {"matched", "KPI Tree, its formula, estimated", "The same against similar customers nobody messaged.",
     "(contact rate of the untreated − of the messaged) × 100", "M05", nullptr, "points"},
    {"kpitree_all", "KPI Tree, its header",
     "Contacts prevented for each message of any kind, broadcasts too.",
     "prevented contacts ÷ all messages × 100", "", over_all_messages, "points"},
    {"supportman", "Supportman", "Messages sent for each contact: how much is done.",
     "proactive outreaches ÷ reactive contacts × 100", "M01", nullptr, "ratio"},
    {"kpizone", "kpi.zone", "Eligible people who used the help before they contacted.",
     "engaged before a contact ÷ eligible × 100", "M02", nullptr},
};

const Metric* metric_of(const std::vector<Metric>& metrics, std::string_view id) {
    for (const auto& m : metrics)
        if (m.id == id) return &m;
    return nullptr;
}

std::int64_t excluded(const Metric& metric, std::string_view id) {
    for (const auto& c : metric.excluded)
        if (c.id == id) return c.count;
    return 0;
}

/// What a definition does otherwise than the headline does. The comparison is what the headline has and a
/// bound or claim has not; the rest is what the row itself counts in.
void explain(const Basis& basis, const std::vector<Metric>& metrics, ReconciliationRow& row,
             int headline_rung) {
    const auto& e = basis.evidence;
    const auto add = [&](const char* id, const char* text, std::int64_t n) {
        if (n > 0) row.why.push_back({id, text, n});
    };
    const bool compared = headline_rung >= 4;
    const std::string_view id = row.id;
    if (compared && (id == "count" || id == "counted" || id == "dashboard" || id == "no_contact")) {
        const auto& c = best(basis);
        add("quiet_anyway", "quiet without any message, as the held-out show",
            c.baseline.episodes - c.baseline.contacted);
    }
    if (id == "count") {
        add("usage_improved", "silence with better usage, counted as success", e.claims.usage_improved);
        add("blank", "attempts without a noted outcome", e.claims.blank);
        add("broadcasts", "broadcast messages among the attempts", e.broadcast_messages);
    }
    if (id == "counted") add("claim", "counted by the team itself", row.numerator);
    if (id == "dashboard") {
        const auto s = as_dashboards_count(e);
        add("immature", "windows still open, counted as quiet", s.pending);
        add("broadcasts", "broadcast messages", s.broadcasts);
        const auto* m = metric_of(metrics, "M04");
        const auto single = entries::total(e.single_messages.cells);
        if (m != nullptr)
            add("repeated", "messages of one episode, each counted", single.episodes - m->denominator);
        add("unknown_senders", "contacts of unknown people, taken for silence",
            e.health.contacts_in_scope - e.health.contacts_matched);
    }
    if (id == "no_contact")
        if (const auto* m = metric_of(metrics, "M04"); m != nullptr) {
            add("immature_left_out", "windows still open, left out", excluded(*m, "pending"));
            add("reactive_left_out", "customers already in contact, left out", excluded(*m, "reactive"));
        }
    if (id == "kpitree_share")
        add("of_would_be", "would-be contacts in place of messages", best(basis).baseline.contacted);
    if (id == "kpitree_all") {
        add("broadcasts", "broadcast messages among the outreaches", e.broadcast_messages);
        add("not_compared", "messages that are not in the comparison",
            e.outreaches - std::min(e.outreaches, best(basis).covered));
    }
    if (id == "matched") add("not_random", "compared without a random draw", best(basis).covered);
    if (id == "supportman") add("activity", "messages, whatever came of them", row.numerator);
    if (id == "kpizone") add("engaged", "engaged, whether or not they would have contacted", row.numerator);
}

} // namespace

Reconciliation reconcile(const Basis& basis, const std::vector<Metric>& metrics,
                         const std::vector<Rung>& ladder) {
    Reconciliation all;
    std::string headline_metric;
    int headline_rung = -1;
    std::optional<double> headline;
    for (const auto& rung : ladder)
        if (rung.headline) {
            headline_metric = rung.metric;
            headline_rung = rung.rung;
            headline = rung.estimate.value;
        }
    for (const auto& d : kDefinitions) {
        const auto* metric = metric_of(metrics, d.metric);
        // Counts that only a person can type are asked for nowhere else.
        if (d.metric == std::string_view("M03P") && metric == nullptr) continue;
        ReconciliationRow row;
        row.id = d.id;
        row.who = d.who;
        row.definition = d.text;
        row.formula = d.formula;
        row.metric = d.metric;
        row.unit = d.unit;
        if (d.fill != nullptr) {
            d.fill(basis, row);
        } else if (metric != nullptr) {
            row.rung = metric->rung;
            row.numerator = metric->numerator;
            row.denominator = metric->denominator;
            row.estimate = metric->estimate;
            row.missing = metric->missing;
        }
        // A comparison that a health check withheld is shown by nobody.
        for (const auto& rung : ladder)
            if (!row.metric.empty() && rung.metric == row.metric && !rung.supported) {
                row.estimate = {};
                row.missing = rung.missing;
            }
        row.headline = !row.metric.empty() && row.metric == headline_metric;
        if (row.estimate.value) {
            if (!row.headline) explain(basis, metrics, row, headline_rung);
            if (headline && row.unit != "ratio" && headline_rung > 0)
                row.gap = *row.estimate.value - *headline;
        }
        all.rows.push_back(std::move(row));
    }
    for (const char* id : {"count", "counted", "dashboard", "no_contact", "matched", "kpitree_outreach"})
        for (const auto& row : all.rows)
            if (row.id == id && row.estimate.value) all.chain.emplace_back(id);
    return all;
}

} // namespace preempt::metrics
