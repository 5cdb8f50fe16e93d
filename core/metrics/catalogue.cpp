#include "core/metrics/catalogue.hpp"

#include "core/metrics/catalogue/entries.hpp"

#include <algorithm>

namespace preempt::metrics {
namespace {

using Compute = void (*)(const Basis&, Metric&);

/// The function of each row, in the order of the texts.
constexpr Compute kCompute[] = {entries::proactive_ratio,     entries::engagement_rate,
                                entries::claimed_success,     entries::counted_prevention,
                                entries::no_contact_rate,     entries::matched_prevention,
                                entries::holdout_prevention,  entries::proactive_resolution,
                                entries::induced_rate,        entries::contact_volume,
                                entries::contact_rate,        entries::baseline_rate,
                                entries::repeat_contact,      entries::self_service,
                                entries::article_views,       entries::satisfaction,
                                entries::first_response_time, entries::retention,
                                entries::money_saved,         entries::signal_coverage,
                                entries::signal_precision,    entries::lead_time,
                                entries::signal_latency,      entries::targeting_accuracy,
                                entries::low_risk_share,      entries::reactions,
                                entries::message_frequency,   entries::automation_share,
                                entries::match_rate,          entries::prevented_escalations,
                                entries::retained_at_risk,    entries::segment_tables,
                                entries::support_trend,       entries::change_by_mix,
                                entries::health_score,        entries::own_indicators,
                                entries::promotional_share};

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

std::vector<std::string> words_of(std::string_view list) {
    std::vector<std::string> words;
    while (!list.empty()) {
        const auto end = std::min(list.find(' '), list.size());
        if (end > 0) words.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return words;
}

std::vector<Metric> compute_all(const Basis& basis) {
    std::vector<Metric> all;
    const auto texts = catalogue();
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const auto& text = texts[i];
        if (kCompute[i] == entries::counted_prevention && !basis.evidence.typed)
            continue; // only typed numbers have it
        Metric metric;
        metric.id = text.id;
        metric.name = text.name;
        metric.unit = text.unit;
        metric.rung = text.rung;
        metric.branch = text.branch;
        metric.numerator_of = text.numerator_of;
        metric.denominator_of = text.denominator_of;
        metric.definition = text.definition;
        metric.shown_in = text.shown_in;
        metric.sources = words_of(text.sources);
        kCompute[i](basis, metric);
        if (!metric.estimate.value) metric.needs = words_of(text.needs);
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
