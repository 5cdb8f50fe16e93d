// The report: the one document of an evaluation, which the page draws. Plain structs, nothing computed here.
// The TypeScript types are generated from them (core/report/typescript.hpp), so page and core cannot drift
// apart. Instants are ISO 8601 text in UTC; units of the figures are told in core/metrics/results.hpp.
#pragma once

#include "core/metrics/effects/matched.hpp"
#include "core/metrics/effects/programme.hpp"
#include "core/metrics/effects/window.hpp"
#include "core/metrics/indicators.hpp"
#include "core/metrics/insight.hpp"
#include "core/metrics/mix.hpp"
#include "core/metrics/money.hpp"
#include "core/metrics/plan.hpp"
#include "core/metrics/reconcile.hpp"
#include "core/metrics/results.hpp"
#include "core/metrics/tree.hpp"
#include "core/report/filter.hpp"
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace preempt::report {

using metrics::Benchmark;
using metrics::Breakdown;
using metrics::Comparison;
using metrics::Count;
using metrics::Metric;
using metrics::Rung;
using metrics::Series;

// What the evaluation was asked and what it decided by itself.
struct Settings {
    double window_days = 7;
    std::string unit; ///< "person" or "account", as used
    /// Code: "chosen", "accounts_in_both", "accounts_only", "no_accounts", "accounts_do_not_match",
    /// "assigned_by_person" or "typed".
    std::string unit_why;
    std::string zone; ///< for periods and for times without an offset
    double level = 0.95;
    std::string breakdown;      ///< attribute, "" = none
    std::string scope;          ///< "all_topics" or "same_topic"
    std::string coverage_start; ///< first moment for which contacts are known
    std::string coverage_end;   ///< last moment; windows must end by then
    bool coverage_end_assumed = true;
    std::string strata;           ///< "experiment", "trigger", "segment", "trigger_segment": as used
    std::string second_breakdown; ///< attribute, "" = none
    std::vector<Filter> filters;
    std::string from, to; ///< instants, `to` exclusive; "" = open
    double lookback_days = 7, repeat_days = 7;
    metrics::Plan plan;
};
BOOST_DESCRIBE_STRUCT(Settings, (),
                      (window_days, unit, unit_why, zone, level, breakdown, scope, coverage_start,
                       coverage_end, coverage_end_assumed, strata, second_breakdown, filters, from, to,
                       lookback_days, repeat_days, plan))

struct LeftOut {
    std::string id; ///< "reactive", "pending", "broadcast", "censored_churn", "unmatched_contacts",
                    ///< "holdout_rows" ...
    std::int64_t count = 0;
    std::string of;           ///< "episodes", "outreaches", "contacts", "assignments"
    std::string completes_on; ///< for pending: the instant at which the last of them is complete
};
BOOST_DESCRIBE_STRUCT(LeftOut, (), (id, count, of, completes_on))

/// One line of the trust panel (M28).
struct Trust {
    std::string
        id; ///< "match_rate", "zone", "direction", "coverage", "pending", "topic_coded", "holdout" ...
    std::string level; ///< "good", "look", "bad"
    std::optional<double> value;
    std::int64_t numerator = 0, denominator = 0;
    std::string text; ///< a name, a date ... that the sentence needs
};
BOOST_DESCRIBE_STRUCT(Trust, (), (id, level, value, numerator, denominator, text))

struct SetAside {
    std::int64_t line = 0;
    std::string reason, detail;
    std::vector<std::string> cells;
};
BOOST_DESCRIBE_STRUCT(SetAside, (), (line, reason, detail, cells))

struct File {
    std::string name, kind, format;
    std::int64_t rows_read = 0, used = 0;
    std::vector<Count> set_aside;
    std::vector<SetAside> samples; ///< the first rows set aside
    std::vector<std::string> warnings;
};
BOOST_DESCRIBE_STRUCT(File, (), (name, kind, format, rows_read, used, set_aside, samples, warnings))

struct Warning {
    std::string id;   ///< code
    std::string text; ///< in words, with the numbers
};
BOOST_DESCRIBE_STRUCT(Warning, (), (id, text))

struct Report {
    std::string version;
    Settings settings;
    std::int32_t headline_rung = -1; ///< -1 = nothing can be said
    std::vector<Rung> ladder;        ///< rung 0 to 5
    Comparison holdout, matched;     ///< rungs 5 and 4; `matched`: the source that leads
    metrics::Matching matching;      ///< rung 4: both sources, their placebos and methods
    Comparison escalations, at_risk; ///< M29, M30, by holdout
    std::vector<Metric> metrics;
    std::vector<Benchmark> benchmarks;
    Series series;
    Breakdown breakdown;
    metrics::Programme programme; ///< fatigue, timing, variants
    metrics::WindowCurve window;  ///< 1 to 28 days
    metrics::MetricTree tree;
    metrics::Insight insight; ///< playbook, diagnosis, levers, guards, verified impact, answers
    std::vector<metrics::CompanionSeries> companions; ///< figures of the catalogue over time
    metrics::MixChange mix;                           ///< M33
    metrics::Money money;                             ///< M18
    metrics::Indicators indicators;                   ///< M35
    metrics::Reconciliation reconciliation;           ///< the same data under each published definition
    std::vector<LeftOut> left_out;
    std::vector<Trust> trust;
    std::vector<File> files;
    std::vector<Warning> warnings;
};
BOOST_DESCRIBE_STRUCT(Report, (),
                      (version, settings, headline_rung, ladder, holdout, matched, matching, escalations,
                       at_risk, metrics, benchmarks, series, breakdown, programme, window, tree, insight,
                       companions, mix, money, indicators, reconciliation, left_out, trust, files, warnings))

} // namespace preempt::report
