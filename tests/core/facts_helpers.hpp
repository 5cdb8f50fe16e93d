// Every chapter of a report, empty, to be filled by a test as far as its rule looks.
#pragma once

#include "core/metrics/compare.hpp"
#include "core/metrics/facts.hpp"
#include "core/stats/poisson.hpp"
#include "evidence_helpers.hpp"
#include <string>
#include <vector>

namespace test {

struct World {
    Evidence evidence = test::evidence();
    preempt::metrics::Comparison holdout, matched;
    preempt::metrics::Plan plan;
    std::vector<preempt::metrics::Metric> metrics;
    std::vector<preempt::metrics::CompanionSeries> companions;
    std::vector<preempt::metrics::Benchmark> benchmarks;
    preempt::metrics::MetricTree tree;
    preempt::metrics::Breakdown breakdown;
    preempt::metrics::Programme programme;
    preempt::metrics::WindowCurve window;
    preempt::metrics::MixChange mix;
    preempt::metrics::Money money;
    preempt::metrics::Reconciliation reconciliation;
    int headline_rung = 5;
    std::int64_t outbound = 0;

    World() {
        holdout.missing = "no_holdout";
        mix.missing = "too_few_periods";
    }

    template <class Use>
    auto use(Use&& with) const {
        const preempt::metrics::Basis basis{evidence, holdout, matched, 0.95, plan};
        const preempt::metrics::Facts facts{basis,          metrics,       companions, benchmarks, tree,
                                            breakdown,      programme,     window,     mix,        money,
                                            reconciliation, headline_rung, outbound};
        return with(facts);
    }

    /// A share of 1,000 in each of four complete months.
    void share(const std::string& id, std::initializer_list<int> of_thousand) {
        preempt::metrics::CompanionSeries s;
        s.id = id;
        s.unit = "share";
        for (const int x : of_thousand)
            add_point(s, x, 1000, preempt::metrics::proportion(x, 1000, 0.95));
        companions.push_back(std::move(s));
    }
    /// Counts in each of four complete months of 30 days.
    void counts(const std::string& id, std::initializer_list<int> values) {
        preempt::metrics::CompanionSeries s;
        s.id = id;
        s.unit = "count";
        for (const int x : values)
            add_point(s, x, 0, preempt::metrics::estimate(x, preempt::stats::poisson_exact(x)));
        companions.push_back(std::move(s));
    }
    /// Any figure, each within 1 of its value.
    void values(const std::string& id, const std::string& unit, std::initializer_list<double> all) {
        preempt::metrics::CompanionSeries s;
        s.id = id;
        s.unit = unit;
        for (const double x : all)
            add_point(s, 0, 0, {x, x - 1, x + 1});
        companions.push_back(std::move(s));
    }
    preempt::metrics::Metric& metric(const std::string& id, std::int64_t part, std::int64_t whole) {
        preempt::metrics::Metric m;
        m.id = id;
        m.unit = "share";
        m.numerator = part;
        m.denominator = whole;
        m.estimate = preempt::metrics::proportion(part, whole, 0.95);
        metrics.push_back(std::move(m));
        return metrics.back();
    }
    /// The programme's effect, with an interval of 2 points either way.
    void effect(double value) {
        holdout.available = true;
        holdout.missing.clear();
        holdout.basis = "holdout";
        holdout.difference = {value, value - 0.02, value + 0.02};
        holdout.verdict = value > 0.02 ? "prevents" : value < -0.02 ? "causes" : "cannot_tell";
    }

  private:
    static void add_point(preempt::metrics::CompanionSeries& s, std::int64_t numerator,
                          std::int64_t denominator, preempt::metrics::Estimate estimate) {
        static const char* kDays[] = {"2026-01-01", "2026-01-31", "2026-03-02", "2026-04-01", "2026-05-01"};
        preempt::metrics::CompanionPoint point;
        point.start = kDays[s.month.size()];
        point.end = kDays[s.month.size() + 1];
        point.numerator = numerator;
        point.denominator = denominator;
        point.estimate = estimate;
        s.month.push_back(std::move(point));
    }
};

} // namespace test
