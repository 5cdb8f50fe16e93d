#include "core/metrics/catalogue.hpp"

#include "core/stats/order.hpp"
#include "core/stats/poisson.hpp"

#include <algorithm>
#include <cmath>

namespace preempt::metrics {
namespace {

using evidence::Cell;

Cell total(const std::vector<Cell>& cells) {
    Cell sum;
    for (const auto& cell : cells)
        evidence::merge(sum, cell);
    return sum;
}

/// What is left out of an episode metric, in the report's words.
void exclude(Metric& metric, const Cell& cell) {
    metric.excluded.push_back({"reactive", "the customer had contacted shortly before", cell.reactive});
    metric.excluded.push_back({"pending", "window not finished", cell.pending});
    metric.excluded.push_back({"censored_churn", "the customer left inside the window", cell.censored});
    metric.excluded.push_back({"mixed_arms", "in both arms", cell.dropped});
}

const char* missing_rows(const evidence::Evidence& e) {
    if (e.typed) return "not_typed";
    if (!e.has_outreaches) return "no_outreaches";
    if (!e.has_contacts) return "no_contacts";
    return "all_pending";
}

/// M01. Both counts vary by chance, so the ratio a/b has the interval of the odds of a/(a+b): given their
/// sum, the count a is binomial when both are Poisson (Przyborowski & Wilenski 1940, Biometrika 31:313).
/// Wilson ends, as everywhere.
void proactive_ratio(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    metric.numerator = e.outreaches;
    metric.denominator = e.contacts;
    metric.parts = {{"broadcasts", "broadcast messages, not counted", e.broadcast_messages},
                    {"units_messaged", "people or accounts messaged at all", e.units_messaged}};
    if (e.contacts == 0) {
        metric.missing = e.typed ? "not_typed" : !e.has_contacts ? "no_contacts" : "no_contacts_in_scope";
        return;
    }
    if (!e.typed && !e.has_outreaches) {
        metric.missing = "no_outreaches";
        return;
    }
    const auto share = proportion(e.outreaches, e.outreaches + e.contacts, basis.level);
    const auto odds = [](std::optional<double> p) -> std::optional<double> {
        if (!p || *p >= 1) return std::nullopt;
        return *p / (1 - *p);
    };
    metric.estimate = {static_cast<double>(e.outreaches) / static_cast<double>(e.contacts), odds(share.low),
                       odds(share.high)};
}

void engagement_rate(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    const auto& m = e.engagement;
    metric.numerator = m.engaged;
    metric.denominator = m.eligible;
    metric.excluded = {{"pending", "30 days not over yet", m.pending}};
    metric.parts = {{"after_ticket", "engaged, but had contacted first", m.after_ticket}};
    if (m.of_contacted)
        metric.parts.push_back(
            {"of_contacted", "no list of eligible people: of those messaged, which overstates", m.eligible});
    if (!e.has_engagement)
        metric.missing = e.typed ? "not_typed" : "no_engagement";
    else if (m.eligible == 0)
        metric.missing = "all_pending";
    else
        metric.estimate = proportion(m.engaged, m.eligible, basis.level);
}

void claimed_success(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    const auto& all = e.claims;
    const auto& targeted = e.targeted_claims;
    metric.numerator = all.positive + all.usage_improved;
    metric.denominator = all.attempts;
    metric.parts = {
        {"positive", "answered well or resolved", all.positive},
        {"usage_improved", "silent, but usage improved", all.usage_improved},
        {"blank", "no outcome noted: not a success", all.blank},
        {"targeted_successes", "of targeted messages only", targeted.positive + targeted.usage_improved},
        {"targeted_attempts", "targeted messages", targeted.attempts}};
    if (!e.has_outcomes)
        metric.missing = e.typed ? "not_typed" : "no_outcome";
    else
        metric.estimate = proportion(metric.numerator, metric.denominator, basis.level);
}

void counted_prevention(const Basis& basis, Metric& metric) {
    const auto& counted = basis.evidence.counted_prevention;
    if (!counted) {
        metric.missing = "not_typed";
        return;
    }
    metric.numerator = counted->prevented;
    metric.denominator = counted->outreaches;
    metric.estimate = proportion(counted->prevented, counted->outreaches, basis.level);
}

void no_contact_rate(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    const auto cell = total(e.messages.cells);
    metric.numerator = cell.episodes - cell.contacted;
    metric.denominator = cell.episodes;
    exclude(metric, cell);
    metric.excluded.push_back({"broadcast", "broadcast messages, see their own row", e.broadcast_messages});
    const auto single = total(e.single_messages.cells);
    const auto broadcast = total(e.broadcasts.cells);
    metric.parts = {{"confirmed", "silent, and replied or completed", cell.confirmed},
                    {"potential", "silent, nothing else known", metric.numerator - cell.confirmed},
                    {"lookback_truncated", "contacts begin less than a window before", cell.truncated},
                    {"same_day_pairs", "contact on the day of the message, order unknown: counted against",
                     e.tally.same_day_pairs},
                    {"per_message_silent", "counted per message: silent", single.episodes - single.contacted},
                    {"per_message", "counted per message: messages", single.episodes},
                    {"broadcast_silent", "broadcasts: silent", broadcast.episodes - broadcast.contacted},
                    {"broadcast_episodes", "broadcasts", broadcast.episodes}};
    if (cell.episodes == 0) {
        metric.missing = missing_rows(e);
        return;
    }
    const auto contacted = cell_rate(cell, basis.level);
    metric.estimate = {1 - *contacted.value, 1 - *contacted.high, 1 - *contacted.low};
}

void from_comparison(const Comparison& comparison, Metric& metric) {
    metric.numerator = comparison.prevented.value ? std::llround(*comparison.prevented.value) : 0;
    metric.denominator = comparison.covered;
    metric.missing = comparison.missing;
    metric.estimate = comparison.difference;
    metric.parts = {{"baseline_contacted", "not messaged: contacted", comparison.baseline.contacted},
                    {"baseline_episodes", "not messaged", comparison.baseline.episodes},
                    {"treated_contacted", "messaged: contacted", comparison.treated.contacted},
                    {"treated_episodes", "messaged", comparison.treated.episodes},
                    {"not_covered", "messaged, without anybody to compare with", comparison.not_covered}};
    metric.excluded = {
        {"reactive", "the customer had contacted shortly before",
         comparison.baseline.reactive + comparison.treated.reactive},
        {"pending", "window not finished", comparison.baseline.pending + comparison.treated.pending},
        {"censored_churn", "the customer left inside the window",
         comparison.baseline.censored + comparison.treated.censored},
        {"mixed_arms", "in both arms", comparison.mixed_units}};
}

void matched_prevention(const Basis& basis, Metric& metric) {
    from_comparison(basis.matched, metric);
}
void holdout_prevention(const Basis& basis, Metric& metric) {
    from_comparison(basis.holdout, metric);
}

void induced_rate(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    const auto cell = total(e.messages.cells);
    metric.numerator = cell.induced;
    metric.denominator = cell.episodes;
    exclude(metric, cell);
    if (e.typed)
        metric.missing = "not_typed";
    else if (cell.episodes == 0)
        metric.missing = missing_rows(e);
    else
        metric.estimate = proportion(cell.induced, cell.episodes, basis.level);
}

void contact_volume(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    metric.numerator = e.contacts;
    if (e.contacts == 0 && !e.has_contacts) {
        metric.missing = e.typed ? "not_typed" : "no_contacts";
        return;
    }
    if (e.typed && e.contacts == 0) {
        metric.missing = "not_typed";
        return;
    }
    metric.estimate = estimate(static_cast<double>(e.contacts),
                               stats::poisson_exact(static_cast<double>(e.contacts), 1.0, basis.level));
}

/// M11: how many would have contacted, from the holdout, else from signals that nobody acted on.
void baseline_rate(const Basis& basis, Metric& metric) {
    const auto& from = basis.holdout.available ? basis.holdout : basis.matched;
    metric.numerator = from.baseline.contacted;
    metric.denominator = from.baseline.episodes;
    metric.estimate = from.baseline.rate;
    if (from.baseline.episodes == 0) metric.missing = basis.evidence.typed ? "not_typed" : "no_baseline";
    metric.excluded = {{"reactive", "the customer had contacted shortly before", from.baseline.reactive},
                       {"pending", "window not finished", from.baseline.pending},
                       {"censored_churn", "the customer left inside the window", from.baseline.censored}};
}

/// M15. Answers about people only; a machine's are shown beside them and never mixed in. Who was asked and
/// did not answer is shown too: the figure speaks only of those who did.
void satisfaction(const Basis& basis, Metric& metric) {
    const auto& ratings = basis.evidence.ratings;
    metric.numerator = ratings.satisfied;
    metric.denominator = ratings.answers;
    metric.parts = {
        {"people_satisfied", "ratings of people: satisfied", ratings.satisfied},
        {"people_answers", "ratings of people", ratings.answers},
        {"bot_satisfied", "ratings of bots and AI agents, kept apart: satisfied", ratings.bot_satisfied},
        {"bot_answers", "ratings of bots and AI agents, kept apart", ratings.bot_answers},
        {"no_answer", "asked, no answer", ratings.no_answer},
        {"not_asked", "not asked", ratings.not_asked}};
    metric.excluded = {{"duplicate", "rated again later: the last rating counts", ratings.replaced}};
    if (ratings.answers == 0)
        metric.missing = basis.evidence.typed ? "not_typed" : "no_scores";
    else
        metric.estimate = proportion(ratings.satisfied, ratings.answers, basis.level);
}

/// M16. The median leads, since a few tickets that waited a week move a mean. Its interval is between order
/// statistics, which asks nothing of the distribution; mean and 90th percentile stand beside it (A21).
void first_response_time(const Basis& basis, Metric& metric) {
    const auto& counts = basis.evidence.first_response_minutes;
    std::int64_t n = 0;
    double sum = 0;
    for (const auto& [minutes, count] : counts) {
        n += count;
        sum += static_cast<double>(minutes) * static_cast<double>(count);
    }
    metric.denominator = n;
    if (n == 0) {
        metric.missing = basis.evidence.typed ? "not_typed" : "no_first_response";
        return;
    }
    const auto at_rank = [&](std::int64_t rank) -> std::optional<double> { // 1 = the quickest
        if (rank < 1 || rank > n) return std::nullopt;
        for (const auto& [minutes, count] : counts) {
            rank -= count;
            if (rank <= 0) return static_cast<double>(minutes);
        }
        return std::nullopt;
    };
    const auto quantile = [&](double q) {
        return at_rank(static_cast<std::int64_t>(std::ceil(q * static_cast<double>(n))));
    };
    const auto ranks = stats::quantile_ranks(static_cast<std::size_t>(n), 0.5, basis.level);
    metric.estimate = {quantile(0.5), at_rank(static_cast<std::int64_t>(ranks.low)),
                       at_rank(static_cast<std::int64_t>(ranks.high))};
    metric.numerator = std::llround(sum);
    metric.parts = {
        {"mean_minutes", "mean, in minutes", std::llround(sum / static_cast<double>(n))},
        {"p90_minutes", "nine in ten were quicker than, in minutes", std::llround(*quantile(0.9))}};
}

/// M28 is a panel of its own (report::Trust); here the share of contacts whose sender is known stands for it,
/// because an unmatched contact looks like a prevented one (G17).
void match_rate(const Basis& basis, Metric& metric) {
    const auto& health = basis.evidence.health;
    metric.numerator = health.contacts_matched;
    metric.denominator = health.contacts_in_scope;
    if (health.contacts_in_scope == 0)
        metric.missing = basis.evidence.typed ? "not_typed" : "no_contacts";
    else
        metric.estimate = proportion(health.contacts_matched, health.contacts_in_scope, basis.level);
}

const std::vector<Entry>& rows() {
    static const std::vector<Entry> table{
        {"M01",
         "Proactive contact ratio",
         "ratio",
         0,
         "targeted messages sent",
         "inbound contacts",
         "Messages sent for each inbound contact, broadcasts left out. It says how much is done, not whether "
         "it works: a "
         "quiet month raises it by arithmetic.",
         {"S2-05", "S2-06"},
         proactive_ratio},
        {"M02",
         "Engagement rate",
         "share",
         1,
         "people who clicked, replied or completed before any contact",
         "eligible people whose 30 days are over",
         "Of the people who could have used the help, those who did within 30 days and before contacting "
         "support. Opens "
         "do not count: machines open mail.",
         {"S3-01", "S3-02"},
         engagement_rate},
        {"M03",
         "Claimed success rate",
         "share",
         2,
         "attempts noted as positive, resolved or with usage improved",
         "all attempts",
         "What the team itself noted as success. No comparison stands behind it.",
         {"S0-02", "S0-03", "S0-08"},
         claimed_success},
        {"M03P",
         "Prevented, as counted by the team",
         "share",
         2,
         "contacts that the team counted as prevented",
         "outreaches",
         "KPI Tree's formula with the team's own count of prevented contacts. Without a comparison the count "
         "is a claim.",
         {"S1-02", "S1-08"},
         counted_prevention},
        {"M04",
         "No-contact rate",
         "share",
         3,
         "episodes without a contact in the window",
         "mature, pre-emptive episodes",
         "Episodes after which nobody contacted support inside the window. An upper bound: most would have "
         "stayed quiet anyway.",
         {"S1-03", "S0-02"},
         no_contact_rate},
        {"M05",
         "Prevented-contact rate, matched",
         "points",
         4,
         "prevented contacts, estimated",
         "messaged episodes with a comparable baseline",
         "Contact rate after signals nobody acted on, minus the rate after outreach, within the same "
         "trigger, segment and "
         "month. Not randomised.",
         {"S1-15", "S1-19"},
         matched_prevention},
        {"M06",
         "Prevented-contact rate, holdout",
         "points",
         5,
         "prevented contacts",
         "messaged episodes compared with held-out ones",
         "Contact rate of the randomly held-out minus that of those assigned to be messaged, delivered or "
         "not, from the same "
         "moment on, over all topics. Positive: contacts were prevented.",
         {"S1-02", "S1-05", "S1-16"},
         holdout_prevention},
        {"M08",
         "Induced-contact rate",
         "share",
         -1,
         "episodes with a reply that became a contact, or a contact on the same topic within 24 hours",
         "mature, pre-emptive episodes",
         "Outreach that was followed at once by a contact about it.",
         {"S1-06", "S1-11"},
         induced_rate},
        {"M09",
         "Contact volume",
         "count",
         -1,
         "inbound contacts in scope",
         "",
         "Inbound contacts after cleaning, over the whole data.",
         {"S0-40", "S1-40"},
         contact_volume},
        {"M11",
         "Baseline contact rate",
         "share",
         -1,
         "not messaged, with a contact in the window",
         "not messaged, at risk",
         "How many contact support without being messaged. It is the ceiling: no programme can prevent more.",
         {"S1-19"},
         baseline_rate},
        {"M15",
         "Satisfaction (CSAT)",
         "share",
         -1,
         "survey answers in the upper quarter of their scale",
         "survey answers",
         "Answers to satisfaction surveys of 0.75 or more once their scale is brought between 0 and 1: 4 and "
         "5 of 1 "
         "to 5, Good of Good and Bad. Ratings of bots are kept apart. Only those who answered speak here.",
         {"S0-39", "S1-42"},
         satisfaction},
        {"M16",
         "First response time",
         "minutes",
         -1,
         "minutes waited, in all",
         "contacts with a first response",
         "Time from a contact to its first response, elapsed and not in business hours: the median, with "
         "mean and 90th "
         "percentile beside it.",
         {"S1-41"},
         first_response_time},
        {"M28",
         "Match rate",
         "share",
         -1,
         "contacts whose sender stands in the other files",
         "inbound contacts in scope",
         "Contacts of people unknown to the other files look like silence and flatter every figure.",
         {"S1-14"},
         match_rate},
    };
    return table;
}

/// Contact rates divided by the match rate, at most 1. A difference of two rates scales alike; silence is
/// what is left.
void add_sensitivity(const Basis& basis, Metric& metric) {
    const auto& health = basis.evidence.health;
    if (health.contacts_matched == 0 || health.contacts_matched == health.contacts_in_scope) return;
    const double match =
        static_cast<double>(health.contacts_matched) / static_cast<double>(health.contacts_in_scope);
    const bool silence = metric.id == "M04";
    const bool rate = metric.id == "M11", difference = metric.id == "M05" || metric.id == "M06";
    if (!silence && !rate && !difference) return;
    const auto scaled = [&](std::optional<double> value) -> std::optional<double> {
        if (!value) return std::nullopt;
        if (silence) return std::max(0.0, 1 - (1 - *value) / match);
        return std::clamp(*value / match, -1.0, 1.0);
    };
    metric.if_all_matched = {scaled(metric.estimate.value), scaled(metric.estimate.low),
                             scaled(metric.estimate.high)};
}

} // namespace

std::span<const Entry> catalogue() {
    return rows();
}

std::vector<Metric> compute_all(const Basis& basis) {
    std::vector<Metric> all;
    for (const auto& entry : catalogue()) {
        if (entry.compute == counted_prevention && !basis.evidence.typed)
            continue; // only typed numbers have it
        Metric metric;
        metric.id = entry.id;
        metric.name = entry.name;
        metric.unit = entry.unit;
        metric.rung = entry.rung;
        metric.numerator_of = entry.numerator_of;
        metric.denominator_of = entry.denominator_of;
        metric.definition = entry.definition;
        for (const auto* source : entry.sources)
            metric.sources.emplace_back(source);
        entry.compute(basis, metric);
        add_sensitivity(basis, metric);
        std::erase_if(metric.excluded, [](const Count& count) { return count.count == 0; });
        all.push_back(std::move(metric));
    }
    return all;
}

std::vector<Rung> ladder(const std::vector<Metric>& metrics, const Basis& basis) {
    std::vector<Rung> rungs(6);
    for (int r = 0; r < 6; ++r)
        rungs[static_cast<std::size_t>(r)].rung = r;
    for (const auto& metric : metrics) {
        if (metric.rung < 0) continue;
        auto& rung = rungs[static_cast<std::size_t>(metric.rung)];
        const bool has_value = metric.estimate.value.has_value();
        if (!rung.metric.empty() && (rung.supported || !has_value))
            continue; // the first metric of a rung that has a value
        rung.metric = metric.id;
        rung.unit = metric.unit;
        rung.estimate = metric.estimate;
        rung.n = metric.denominator;
        rung.missing = metric.missing;
        rung.supported = has_value;
    }
    // A comparison whose health check failed proves nothing; one that is merely small still stands, without a
    // verdict.
    const auto settle = [&](const Comparison& comparison, std::size_t r) {
        rungs[r].baseline_n = comparison.baseline.episodes;
        if (comparison.verdict == "withheld" && comparison.withheld_why != "too_few") {
            rungs[r].supported = false;
            rungs[r].missing = comparison.withheld_why;
        }
    };
    settle(basis.matched, 4);
    settle(basis.holdout, 5);
    for (auto r = rungs.rbegin(); r != rungs.rend(); ++r)
        if (r->supported) {
            r->headline = true;
            break;
        }
    return rungs;
}

} // namespace preempt::metrics
