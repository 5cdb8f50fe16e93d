// The functions behind the catalogue's rows, and what they share. In: a Basis. Out: the figures of a Metric
// whose texts stand already. Private to core/metrics.
#pragma once

#include "core/metrics/catalogue.hpp"
#include "core/stats/did.hpp"

namespace preempt::metrics::entries {

/// Sum of all cells.
evidence::Cell total(const std::vector<evidence::Cell>& cells);
Estimate shown(const stats::Estimate& estimate);
/// Wilson for episodes of units with several: effective counts by the design effect of the cell's contacts.
Estimate effective_share(std::int64_t part, std::int64_t whole, const evidence::Cell& cell, double level);
/// first - second, Miettinen-Nurminen.
Estimate difference(evidence::Part first, evidence::Part second, double level);

/// Adds a variant that is a share.
void add_share(Metric& metric, const char* id, const char* name, evidence::Part part, double level);
/// The metric is this share; without a whole, `missing` is the reason.
void set_share(const Basis& basis, Metric& metric, evidence::Part part, const char* missing);
/// Typed numbers know nothing of it: true, and said.
bool typed_lacks(const Basis& basis, Metric& metric);
/// Reactive, pending, censored and mixed episodes of a cell, in the report's words.
void exclude(Metric& metric, const evidence::Cell& cell);

/// What a histogram says: median and 90th percentile with intervals between order statistics, and the mean.
struct Spread {
    std::int64_t n = 0, most = 0;
    double sum = 0, mean = 0;
    Estimate median, p90;
};
Spread spread(const evidence::Histogram& histogram, double level);
/// Median as the metric, 90th percentile and mean as variants; without values `missing` is the reason.
void set_spread(const Basis& basis, Metric& metric, const evidence::Histogram& histogram,
                const char* missing);

// One function a row of the table, in its order.
void proactive_ratio(const Basis&, Metric&);
void engagement_rate(const Basis&, Metric&);
void claimed_success(const Basis&, Metric&);
void counted_prevention(const Basis&, Metric&);
void no_contact_rate(const Basis&, Metric&);
void matched_prevention(const Basis&, Metric&);
void holdout_prevention(const Basis&, Metric&);
void proactive_resolution(const Basis&, Metric&);
void induced_rate(const Basis&, Metric&);
void contact_volume(const Basis&, Metric&);
void contact_rate(const Basis&, Metric&);
void baseline_rate(const Basis&, Metric&);
void repeat_contact(const Basis&, Metric&);
void self_service(const Basis&, Metric&);
void article_views(const Basis&, Metric&);
void satisfaction(const Basis&, Metric&);
void first_response_time(const Basis&, Metric&);
void retention(const Basis&, Metric&);
void money_saved(const Basis&, Metric&);
void signal_coverage(const Basis&, Metric&);
void signal_precision(const Basis&, Metric&);
void lead_time(const Basis&, Metric&);
void signal_latency(const Basis&, Metric&);
void targeting_accuracy(const Basis&, Metric&);
void low_risk_share(const Basis&, Metric&);
void reactions(const Basis&, Metric&);
void message_frequency(const Basis&, Metric&);
void automation_share(const Basis&, Metric&);
void match_rate(const Basis&, Metric&);
void prevented_escalations(const Basis&, Metric&);
void retained_at_risk(const Basis&, Metric&);
void segment_tables(const Basis&, Metric&);
void support_trend(const Basis&, Metric&);
void change_by_mix(const Basis&, Metric&);
void health_score(const Basis&, Metric&);
void own_indicators(const Basis&, Metric&);
void promotional_share(const Basis&, Metric&);

} // namespace preempt::metrics::entries
