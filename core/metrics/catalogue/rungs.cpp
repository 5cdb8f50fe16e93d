// The rungs of the ladder, M01 to M06, and what belongs to them: induced contacts (M08), the baseline (M11),
// the match rate (M28).
#include "core/metrics/catalogue/entries.hpp"
#include "core/stats/cuped.hpp"
#include "core/stats/distribution.hpp"
#include "core/stats/poisson.hpp"
#include "core/stats/stratified.hpp"

#include <cmath>
#include <map>

namespace preempt::metrics::entries {
namespace {

const char* missing_rows(const evidence::Evidence& e) {
    if (e.typed) return "not_typed";
    if (!e.has_outreaches) return "no_outreaches";
    if (!e.has_contacts) return "no_contacts";
    return "all_pending";
}

/// Silent episodes of a cell as a variant, where it has any.
void add_silence(Metric& metric, const char* id, const char* name, const evidence::Cell& cell, double level) {
    if (cell.episodes == 0) return;
    const auto silent = cell.episodes - cell.contacted;
    metric.variants.push_back(
        {id, name, "share", silent, cell.episodes, effective_share(silent, cell.episodes, cell, level)});
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
    if (comparison.relative_reduction.value)
        metric.variants.push_back({"relative_reduction", "share of would-be contacts prevented", "share",
                                   metric.numerator, 0, comparison.relative_reduction});
}

/// Contacts in the first 24 hours beyond those of the held-out, by stratum and weighted by the messaged: what
/// the message itself set off, whatever it was about.
void add_first_day(const Basis& basis, Metric& metric) {
    std::map<std::uint32_t, stats::Stratum> strata;
    for (const auto& cell : basis.evidence.assignments.cells) {
        auto [at, fresh] = strata.try_emplace(cell.stratum, stats::Stratum{{0, 0}, {0, 0}});
        auto& arm = cell.arm == history::Arm::holdout ? at->second.holdout : at->second.contacted;
        arm.events += static_cast<double>(cell.first_contact_day[0]);
        arm.total += static_cast<double>(cell.episodes);
    }
    std::vector<stats::Stratum> all;
    for (const auto& [number, stratum] : strata)
        all.push_back(stratum);
    const auto d = stats::contacted_weighted_difference(all, basis.level, basis.holdout.design_effect);
    if (std::isnan(d.estimate)) return;
    metric.variants.push_back({"first_day_excess", "contacts in the first 24 hours beyond the held-out",
                               "points", -std::llround(d.prevented), basis.holdout.covered,
                               shown({-d.estimate, {-d.interval.high, -d.interval.low}})});
}

/// statistics.md 2.5: the difference with what earlier contacts explain taken out (CUPED), weighted by the
/// messaged. A sensitivity row, where each arm of each stratum has 50 units and 10 contacts.
void add_adjusted(const Basis& basis, Metric& metric) {
    constexpr double kLeastUnits = 50, kLeastContacted = 10;
    std::map<std::uint32_t, std::pair<stats::CupedSums, stats::CupedSums>> strata; // held out, assigned
    for (const auto& one : basis.evidence.earlier) {
        auto& pair = strata[one.stratum];
        (one.arm == history::Arm::holdout ? pair.first : pair.second) = one.sums;
    }
    double messaged = 0, sum = 0, variance = 0, plain = 0;
    for (const auto& [stratum, pair] : strata) {
        const auto& [held, assigned] = pair;
        if (held.outcome.units <= 0 || assigned.outcome.units <= 0) continue; // not covered
        for (const auto* arm : {&held.outcome, &assigned.outcome})
            if (arm->units < kLeastUnits || arm->sum_y < kLeastContacted) return;
        const auto d = stats::cuped_difference(held, assigned, basis.level);
        const double weight = assigned.outcome.sum_m, own = d.standard_error * d.standard_error;
        if (!(d.variance_reduction < 1)) return;
        messaged += weight;
        sum += weight * d.estimate;
        variance += weight * weight * own;
        plain += weight * weight * own / (1 - d.variance_reduction);
    }
    if (!(messaged > 0 && plain > 0)) return;
    const double value = sum / messaged,
                 half = stats::critical_value(basis.level) * std::sqrt(variance) / messaged;
    const auto units = static_cast<std::int64_t>(messaged);
    metric.variants.push_back({"earlier_contacts",
                               "with what earlier contacts explain taken out (CUPED)",
                               "points",
                               std::llround(sum),
                               units,
                               {value, value - half, value + half}});
    const double less = 1 - variance / plain;
    metric.variants.push_back({"earlier_contacts_explain",
                               "variance that earlier contacts take out",
                               "share",
                               0,
                               0,
                               {less, less, less}});
}

} // namespace

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
    const auto ratio = [&](std::int64_t sent) {
        return shown(
            stats::poisson_ratio(static_cast<double>(sent), static_cast<double>(e.contacts), basis.level));
    };
    metric.estimate = ratio(e.outreaches);
    if (e.typed) return;
    const auto all = e.outreaches + e.broadcast_messages;
    metric.variants = {{"with_broadcasts", "broadcasts counted too", "ratio", all, e.contacts, ratio(all)},
                       {"units", "people or accounts messaged", "ratio", e.units_messaged, e.contacts,
                        ratio(e.units_messaged)}};
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
    if (!e.has_outcomes) {
        metric.missing = e.typed ? "not_typed" : "no_outcome";
        return;
    }
    metric.estimate = proportion(metric.numerator, metric.denominator, basis.level);
    if (!e.typed)
        add_share(metric, "targeted", "of targeted messages only",
                  {targeted.positive + targeted.usage_improved, targeted.attempts}, basis.level);
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
    metric.parts = {
        {"confirmed", "silent, and replied or completed", cell.confirmed},
        {"potential", "silent, nothing else known", metric.numerator - cell.confirmed},
        {"lookback_truncated", "contacts begin less than a window before", cell.truncated},
        {"before_contacts", "window over before the first known contact", e.tally.before_contacts},
        {"same_day_pairs", "contact on the day of the message, order unknown: counted against",
         e.tally.same_day_pairs},
        {"per_message_silent", "counted per message: silent", single.episodes - single.contacted},
        {"per_message", "counted per message: messages", single.episodes},
        {"broadcast_silent", "broadcasts: silent", broadcast.episodes - broadcast.contacted},
        {"broadcast_episodes", "broadcasts", broadcast.episodes}};
    add_silence(metric, "per_message", "counted per message", single, basis.level);
    add_silence(metric, "broadcasts", "broadcasts", broadcast, basis.level);
    if (cell.episodes == 0) {
        metric.missing = missing_rows(e);
        return;
    }
    // 5.5.4 keeps what was sent before the contacts begin; nothing is known of it, so the rest is shown too.
    if (const auto unseen = e.tally.before_contacts; unseen > 0 && unseen < cell.episodes)
        metric.variants.push_back(
            {"contacts_known", "without those whose window was over before the first known contact", "share",
             metric.numerator - unseen, cell.episodes - unseen,
             effective_share(metric.numerator - unseen, cell.episodes - unseen, cell, basis.level)});
    if (!e.typed)
        metric.variants.push_back({"confirmed", "silent, and replied or completed", "share", cell.confirmed,
                                   cell.episodes,
                                   effective_share(cell.confirmed, cell.episodes, cell, basis.level)});
    const auto contacted = cell_rate(cell, basis.level);
    metric.estimate = {1 - *contacted.value, 1 - *contacted.high, 1 - *contacted.low};
}

void matched_prevention(const Basis& basis, Metric& metric) {
    from_comparison(basis.matched, metric);
}

void holdout_prevention(const Basis& basis, Metric& metric) {
    from_comparison(basis.holdout, metric);
    if (metric.estimate.value) add_adjusted(basis, metric);
}

void induced_rate(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    const auto cell = total(e.messages.cells);
    metric.numerator = cell.induced;
    metric.denominator = cell.episodes;
    exclude(metric, cell);
    if (typed_lacks(basis, metric)) return;
    // A holdout list alone, without a log of messages, still tells the excess of the first day.
    if (basis.holdout.available) add_first_day(basis, metric);
    if (cell.episodes == 0) {
        metric.missing = missing_rows(e);
        return;
    }
    metric.estimate = effective_share(cell.induced, cell.episodes, cell, basis.level);
    constexpr const char* kReasons[6][2] = {{"reason_not_stated", "answers to a message: reason not stated"},
                                            {"asked_to", "answers to a message: we asked for it"},
                                            {"confirm", "answers to a message: wanted confirmation"},
                                            {"how_to", "answers to a message: did not know how"},
                                            {"is_this_real", "answers to a message: feared a fraud"},
                                            {"other", "answers to a message: other"}};
    for (std::size_t r = 0; r < e.companions.induced_reasons.size(); ++r)
        if (e.companions.induced_reasons[r] > 0)
            metric.parts.push_back({kReasons[r][0], kReasons[r][1], e.companions.induced_reasons[r]});
}

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

/// M28 is a panel of its own (report::Trust); here the share of contacts whose sender is known stands for it,
/// because an unmatched contact looks like a prevented one (G17).
void match_rate(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    const auto& health = e.health;
    set_share(basis, metric, {health.contacts_matched, health.contacts_in_scope}, "no_contacts");
    if (e.typed) return;
    const auto messages = total(e.messages.cells);
    add_share(metric, "mature", "windows that are over",
              {messages.episodes, messages.episodes + messages.pending}, basis.level);
    add_share(metric, "topic_coded", "contacts that state a topic",
              {health.contacts_with_topic, health.contacts_in_scope}, basis.level);
    add_share(metric, "holdout", "held out, of those assigned",
              {e.design.holdout_units, e.design.holdout_units + e.design.treated_units}, basis.level);
}

} // namespace preempt::metrics::entries
