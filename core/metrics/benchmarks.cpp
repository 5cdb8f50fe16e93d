#include "core/metrics/benchmarks.hpp"

#include "core/metrics/effects/strata.hpp"

#include <map>

namespace preempt::metrics {
namespace {

const std::vector<Range>& rows() {
    static const std::vector<Range> table{
        {"B-01", "industry", "SaaS B2B", 0.35, 0.55, true, true, "claimed_success",
         "more complex products score lower", "count.co/metric/proactive-support-effectiveness"},
        {"B-02", "industry", "E-commerce", 0.25, 0.4, true, true, "claimed_success", "seasonal",
         "count.co/metric/proactive-support-effectiveness"},
        {"B-03", "industry", "Fintech", 0.4, 0.6, true, true, "claimed_success",
         "regulation raises engagement", "count.co/metric/proactive-support-effectiveness"},
        {"B-04", "industry", "Subscription media", 0.2, 0.35, true, true, "claimed_success",
         "high volume, low touch", "count.co/metric/proactive-support-effectiveness"},
        {"B-05", "company_stage", "Early stage (under $1M ARR)", 0.45, 0.65, true, true, "claimed_success",
         "small base, personal touch", "count.co/metric/proactive-support-effectiveness"},
        {"B-06", "company_stage", "Growth ($1M to $10M ARR)", 0.3, 0.5, true, true, "claimed_success",
         "scaling strains the programme", "count.co/metric/proactive-support-effectiveness"},
        {"B-07", "company_stage", "Mature (over $10M ARR)", 0.35, 0.45, true, true, "claimed_success",
         "established process, diverse base", "count.co/metric/proactive-support-effectiveness"},
        {"B-08", "business_model", "Enterprise B2B", 0.5, 0.7, true, true, "claimed_success",
         "dedicated success managers", "count.co/metric/proactive-support-effectiveness"},
        {"B-09", "business_model", "SMB B2B", 0.3, 0.45, true, true, "claimed_success",
         "few resources per customer", "count.co/metric/proactive-support-effectiveness"},
        {"B-10", "business_model", "B2C self-serve", 0.15, 0.3, true, true, "claimed_success",
         "high volume, automated", "count.co/metric/proactive-support-effectiveness"},
        {"B-11", "contract_type", "Annual contracts", 0.45, 0.6, true, true, "claimed_success",
         "more invested in retention", "count.co/metric/proactive-support-effectiveness"},
        {"B-12", "contract_type", "Monthly subscriptions", 0.25, 0.4, true, true, "claimed_success",
         "churn is tolerated more", "count.co/metric/proactive-support-effectiveness"},
        {"B-13", "outreach_type", "Signal-triggered, account-specific", 0.3, 0.5, true, true,
         "prevented_contact_rate", "narrow coverage; usage limits, known-issue fixes",
         "kpitree.co/glossary (proactive support effectiveness)"},
        {"B-14", "outreach_type", "Segment-targeted, risk-based", 0.15, 0.3, true, true,
         "prevented_contact_rate", "medium coverage; onboarding gaps, adoption",
         "kpitree.co/glossary (proactive support effectiveness)"},
        {"B-15", "outreach_type", "Lifecycle or milestone", 0.08, 0.15, true, true, "prevented_contact_rate",
         "broad coverage; renewals, plan changes", "kpitree.co/glossary (proactive support effectiveness)"},
        {"B-16", "outreach_type", "Generic broadcast", 0.0, 0.05, true, false, "prevented_contact_rate",
         "very broad; awareness, not prevention", "kpitree.co/glossary (proactive support effectiveness)"},
        {"B-17", "programme_maturity", "Advanced proactive programme", 0.25, std::nullopt, false, false,
         "proactive_contact_ratio", "B2B SaaS teams with a defined programme",
         "supportman.io/glossary/proactive-support"},
        {"B-18", "programme_maturity", "Established", 0.1, 0.25, true, true, "proactive_contact_ratio",
         "B2B SaaS teams with a defined programme", "supportman.io/glossary/proactive-support"},
        {"B-19", "programme_maturity", "Emerging", 0.05, 0.1, true, false, "proactive_contact_ratio",
         "B2B SaaS teams with a defined programme", "supportman.io/glossary/proactive-support"},
        {"B-20", "programme_maturity", "Reactive only", 0.0, 0.05, true, false, "proactive_contact_ratio",
         "B2B SaaS teams with a defined programme", "supportman.io/glossary/proactive-support"},
    };
    return table;
}

/// Our metric of the same definition; a band of another metric is never set against a value (G14).
const char* metric_of(std::string_view published) {
    if (published == "claimed_success") return "M03";
    if (published == "prevented_contact_rate") return "M06";
    if (published == "proactive_contact_ratio") return "M01";
    return "";
}

/// The outreach type that a row speaks of, "" for rows of other axes.
std::string_view type_of(const Range& range) {
    const std::string_view id = range.id;
    if (id == "B-13") return "signal";
    if (id == "B-14") return "segment";
    if (id == "B-15") return "lifecycle";
    if (id == "B-16") return "broadcast";
    return "";
}

struct Value {
    Estimate estimate;
    std::int64_t n = 0;
    std::optional<double> ceiling;
};

/// The user's values that rows are set against.
class Values {
  public:
    Values(const Basis& basis, const std::vector<Metric>& metrics) : metrics_(metrics) {
        const auto& e = basis.evidence;
        // The prevented-contact rate of the highest rung that has one.
        const Comparison* c = basis.holdout.available   ? &basis.holdout
                              : basis.matched.available ? &basis.matched
                                                        : nullptr;
        // A health check that failed leaves no value to compare.
        if (c == nullptr || (c->verdict == "withheld" && c->withheld_why != "too_few")) return;
        id_ = c == &basis.holdout ? "M06" : "M05";
        withheld_ = c->verdict == "withheld";
        programme_ = value_of(*c);
        if (c == &basis.holdout)
            split(e.assignments_by_type, e.strata, basis.level, false);
        else if (c->basis == "signals_not_acted_on")
            split(e.matched_by_type, e.matched.groups, basis.level, true);
    }

    /// The effect has a value, but no verdict yet: it is placed nowhere.
    bool withheld() const { return withheld_; }

    /// The prevented-contact rate of an outreach type, "" = of the programme.
    void prevented(std::string_view type, Benchmark& row) const {
        if (id_ == nullptr) { // a team's own count, only where it typed it
            const auto* counted = find("M03P");
            if (counted == nullptr || !counted->estimate.value) return;
            row.metric_id = counted->id;
            set(row, {counted->estimate, counted->denominator, std::nullopt});
            return;
        }
        row.metric_id = id_;
        if (type.empty() || types_.empty()) {
            set(row, programme_);
            return;
        }
        const auto found = types_.find(std::string(type));
        if (found == types_.end()) return;
        set(row, found->second);
        row.own_group = true;
    }

    void plain(Benchmark& row) const {
        if (const auto* metric = find(row.metric_id))
            set(row, {metric->estimate, metric->denominator, std::nullopt});
    }

  private:
    static Value value_of(const Comparison& c) { return {c.difference, c.covered, c.baseline.rate.high}; }

    /// Signals that nobody acted on have no outreach type: each type stands against those of its strata.
    void split(const evidence::Table& table, std::span<const std::string> strata, double level,
               bool of_signals) {
        for (std::uint32_t g = 1; g < table.groups.size(); ++g) { // 0 = not stated
            const auto own = cells_of_group(table.cells, g);
            const auto cells =
                of_signals ? against_all(table, g) : std::vector<evidence::Cell>(own.begin(), own.end());
            if (cells.empty()) continue;
            const auto c = compare(cells, cells, strata, level);
            types_[table.groups[g]] = c.available ? value_of(c) : Value{};
        }
    }

    const Metric* find(std::string_view id) const {
        for (const auto& metric : metrics_)
            if (metric.id == id) return &metric;
        return nullptr;
    }

    static void set(Benchmark& row, const Value& value) {
        row.estimate = value.estimate;
        row.n = value.n;
        row.ceiling = value.ceiling;
    }

    const std::vector<Metric>& metrics_;
    bool withheld_ = false;
    const char* id_ = nullptr; ///< null: there is no comparison to believe
    Value programme_;
    std::map<std::string, Value> types_;
};

std::string verdict_of(const Benchmark& row) {
    const Range range{"", "", "", row.low, row.high, row.low_inclusive, row.high_inclusive, "", "", ""};
    if (row.estimate.value && row.ceiling && *row.ceiling < row.low) return "out_of_reach";
    return band_verdict(range, row.estimate);
}

Benchmark row_of(const Range& range) {
    Benchmark row;
    row.id = range.id;
    row.axis = range.axis;
    row.label = range.label;
    row.low = range.low;
    row.high = range.high;
    row.low_inclusive = range.low_inclusive;
    row.high_inclusive = range.high_inclusive;
    row.metric = range.metric;
    row.metric_id = metric_of(range.metric);
    row.note = range.note;
    row.source = range.source;
    row.grade = "estimate";
    return row;
}

Benchmark row_of(const CustomRange& range, std::size_t number) {
    Benchmark row;
    row.id = "own-" + std::to_string(number);
    row.axis = range.source.empty() ? "own_target" : "own_range";
    row.label = range.label;
    row.low = range.low;
    row.high = range.high;
    row.metric = row.metric_id = range.metric;
    row.source = range.source;
    row.grade = range.source.empty() ? "target" : "stated";
    return row;
}

} // namespace

std::span<const Range> published_ranges() {
    return rows();
}

std::string band_verdict(const Range& range, const Estimate& value) {
    if (!value.value || !value.low || !value.high) return "no_value";
    const double a = *value.low, b = *value.high;
    const bool below = range.low_inclusive ? b < range.low : b <= range.low;
    if (below) return "below";
    if (range.high && (range.high_inclusive ? a > *range.high : a >= *range.high)) return "above";
    const bool above_low = range.low_inclusive ? a >= range.low : a > range.low;
    const bool below_high = !range.high || (range.high_inclusive ? b <= *range.high : b < *range.high);
    return above_low && below_high ? "inside" : "cannot_tell";
}

std::vector<Benchmark> judge(const Basis& basis, const std::vector<Metric>& metrics) {
    const Values values(basis, metrics);
    std::vector<Benchmark> all;
    const auto add = [&](Benchmark row, bool prevented, std::string_view type) {
        if (prevented)
            values.prevented(type, row);
        else
            values.plain(row);
        row.verdict = verdict_of(row);
        if (prevented && values.withheld() && row.verdict != "no_value") row.verdict = "cannot_tell";
        all.push_back(std::move(row));
    };
    for (const auto& range : published_ranges())
        add(row_of(range), range.metric == std::string_view("prevented_contact_rate"), type_of(range));
    for (const auto& range : basis.plan.custom_ranges)
        add(row_of(range, all.size() - published_ranges().size() + 1),
            range.metric == "M05" || range.metric == "M06", range.outreach_type);
    return all;
}

} // namespace preempt::metrics
