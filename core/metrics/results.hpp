// What the metrics room answers: estimates with their intervals, comparisons, catalogue entries, benchmark
// verdicts. Plain described structs; the report composes them and the page's types are generated from them.
//
// Units: shares are 0 to 1; differences are shares too (0.1 = 10 percentage points), positive = contacts
// prevented; periods are named by their first local day, YYYY-MM-DD. An absent number is null: "not known",
// never zero.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace preempt::metrics {

/// A value with its interval at the report's level. All three null when the data cannot support it.
struct Estimate {
    std::optional<double> value, low, high;
};
BOOST_DESCRIBE_STRUCT(Estimate, (), (value, low, high))

struct Count {
    std::string id;    ///< reason or part, in the code's own words
    std::string label; ///< for a person
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(Count, (), (id, label, count))

/// One arm of a comparison.
struct Arm {
    std::int64_t units = 0;
    std::int64_t episodes = 0;  ///< mature and pre-emptive
    std::int64_t contacted = 0; ///< of these, with at least one contact in the window
    std::int64_t contacts = 0;  ///< all contacts in the windows
    Estimate rate;              ///< contacted / episodes
    std::int64_t reactive = 0, pending = 0, censored = 0; ///< left out of `episodes`, by reason
};
BOOST_DESCRIBE_STRUCT(Arm, (), (units, episodes, contacted, contacts, rate, reactive, pending, censored))

/// Are the arms as large as the design says? Null p: no design share is known, nothing to test.
struct SampleRatio {
    std::optional<double> expected_holdout_share;
    double observed_holdout_share = 0;
    std::optional<double> p, log10_p;
    bool flagged = false; ///< p < 0.001
    bool sequential =
        false; ///< p is of the test that may be looked at again and again (more than one export)
    bool assumed_design = false; ///< the share was typed or assumed, not read from the file
};
BOOST_DESCRIBE_STRUCT(SampleRatio, (),
                      (expected_holdout_share, observed_holdout_share, p, log10_p, flagged, sequential,
                       assumed_design))

struct Stratum {
    std::string label;
    std::int64_t holdout_units = 0, holdout_episodes = 0, holdout_contacted = 0;
    std::int64_t treated_units = 0, treated_episodes = 0, treated_contacted = 0;
    bool covered = false;  ///< has both arms; else its outreaches are "not covered"
    Estimate difference{}; ///< of the two headline comparisons only, as are the next two
    std::optional<double> detectable_drop{};
    std::optional<double> sample_ratio_p{}; ///< Holm over the strata; where one design share holds for all
};
BOOST_DESCRIBE_STRUCT(Stratum, (),
                      (label, holdout_units, holdout_episodes, holdout_contacted, treated_units,
                       treated_episodes, treated_contacted, covered, difference, detectable_drop,
                       sample_ratio_p))

/// The same two groups before anything was sent (negative control): contacts in [start - 2W, start - W),
/// which no message can have caused. A difference here is one between the groups, not an effect
/// (statistics.md 2.14, 2.7).
struct Placebo {
    /// "not_known" (no placebo counts), "too_small" (it could not have seen a difference that matters),
    /// "passed", "failed" (its interval excludes 0).
    std::string state = "not_known";
    Estimate difference; ///< not messaged - messaged, before
    std::optional<double> p;
    std::int64_t baseline_episodes = 0, baseline_contacted = 0, treated_episodes = 0, treated_contacted = 0;
};
BOOST_DESCRIBE_STRUCT(Placebo, (),
                      (state, difference, p, baseline_episodes, baseline_contacted, treated_episodes,
                       treated_contacted))

/// The effect while the programme still runs and is looked at again and again: an interval that holds at
/// every look at once (statistics.md 2.6, add-one variance).
struct Sequential {
    bool applies = false;
    std::string why; ///< "snapshots", "before_plan" or "pending"; "" = does not apply
    Estimate difference, prevented;
    std::optional<double> p; ///< of this look alone, valid whenever one looks
    std::int64_t units = 0;  ///< so far, over both arms
    std::int64_t planned = 0;
    bool planned_assumed = true; ///< nobody stated a plan: a fixed size stands in, which only tunes the width
    bool decides = false;        ///< more than one look was taken: the verdict rests on this interval
    bool interim = false;        ///< a plan is stated and not reached (G16)
};
BOOST_DESCRIBE_STRUCT(Sequential, (),
                      (applies, why, difference, prevented, p, units, planned, planned_assumed, decides,
                       interim))

/// The effect of messages that arrived (CACE, Angrist, Imbens & Rubin 1996): the difference divided by the
/// difference of the delivered shares. Secondary: the headline counts as assigned.
struct Delivery {
    std::string missing;      ///< "" or the code of what is missing
    Estimate difference;      ///< prevented per delivered outreach; excludes 0 exactly when the headline does
    Estimate delivered_share; ///< contacted - held out
    double treated_share = 0, baseline_share = 0;
};
BOOST_DESCRIBE_STRUCT(Delivery, (), (missing, difference, delivered_share, treated_share, baseline_share))

/// The comparison again with accounts as clusters, where colleagues stand in both arms (unit = person).
struct ByAccount {
    bool available = false;
    bool decides = false; ///< more than 5% of the accounts are mixed
    Estimate difference, prevented;
    double design_effect = 1;
    std::int64_t accounts = 0; ///< over both arms, a mixed one counts in each
};
BOOST_DESCRIBE_STRUCT(ByAccount, (), (available, decides, difference, prevented, design_effect, accounts))

/// "Is there any effect at all?", over several strata: Mantel-Haenszel's common difference. Not to be
/// multiplied by a number of outreaches.
struct CommonEffect {
    bool available = false;  ///< more than one stratum
    Estimate difference;     ///< interval of Klingenberg
    std::optional<double> p; ///< Cochran-Mantel-Haenszel
    bool differs = false; ///< lies outside the headline's interval, or one excludes 0 and the other does not
};
BOOST_DESCRIBE_STRUCT(CommonEffect, (), (available, difference, p, differs))

/// A comparison of contacted with not contacted: the holdout (rung 5) or the matched baseline (rung 4).
struct Comparison {
    bool available = false;
    std::string missing; ///< code of what is missing when not available
    std::string basis;   ///< "holdout", "typed", "signals_not_acted_on", "same_time_customers"
    Arm baseline, treated;
    Estimate difference;                            ///< prevented per outreach (absolute reduction), signed
    Estimate relative_reduction;                    ///< share of would-be contacts prevented
    Estimate prevented;                             ///< contacts, over the covered outreaches
    std::optional<double> outreaches_per_prevented; ///< only when the interval lies above 0
    std::string verdict;      ///< "prevents", "causes", "cannot_tell", "withheld", "not_measured"
    std::string withheld_why; ///< code, when withheld
    std::optional<double>
        detectable_drop; ///< smallest drop in points seen with 80% power at this size; null = not reachable
    std::optional<double> p; ///< two-sided, dual to the interval: below 1 - level exactly when it excludes 0
    double design_effect = 1;
    CommonEffect common;
    Sequential sequential;
    Placebo placebo;
    Delivery delivery;
    ByAccount by_account;
    std::vector<Stratum> strata;
    std::int64_t covered = 0, not_covered = 0; ///< treated episodes in strata with / without a baseline
    SampleRatio sample_ratio;
    std::int64_t mixed_units = 0;    ///< in both arms: dropped from both
    std::int64_t contaminated = 0;   ///< held out, yet messaged in the window
    std::int64_t mixed_accounts = 0; ///< accounts with people in both arms (unit = person)
    std::int64_t accounts = 0;
    std::optional<double> holdout_age_days; ///< first assignment to coverage end
    std::string first_assigned, last_assigned;
    std::vector<std::string> cautions; ///< codes, see words
};
BOOST_DESCRIBE_STRUCT(Comparison, (),
                      (available, missing, basis, baseline, treated, difference, relative_reduction,
                       prevented, outreaches_per_prevented, verdict, withheld_why, detectable_drop, p,
                       design_effect, common, sequential, placebo, delivery, by_account, strata, covered,
                       not_covered, sample_ratio, mixed_units, contaminated, mixed_accounts, accounts,
                       holdout_age_days, first_assigned, last_assigned, cautions))

/// A figure beside a metric's own: another basis, a part, a comparison of parts.
struct Variant {
    std::string id;   ///< code
    std::string name; ///< for a person
    std::string unit; ///< as Metric::unit
    std::int64_t numerator = 0, denominator = 0;
    Estimate estimate;
};
BOOST_DESCRIBE_STRUCT(Variant, (), (id, name, unit, numerator, denominator, estimate))

/// One metric of the catalogue (metrics.md 5.4). Its formula, kind of interval, reason of the default and
/// class are in the vocabulary (report::Vocabulary), which needs no data.
struct Metric {
    std::string id; ///< "M04"
    std::string name;
    /// "share", "points" (a signed difference of shares, also a net share), "ratio", "count", "minutes",
    /// "money"
    std::string unit;
    Estimate estimate;
    std::int64_t numerator = 0, denominator = 0;
    std::string numerator_of, denominator_of; ///< what is counted, in words
    std::int32_t rung = -1;                   ///< on the ladder of evidence; -1 = a companion
    std::string branch;             ///< of the tree: "detection", "targeting", "message", "measurement", ""
    std::string missing;            ///< code of what is missing when there is no value
    std::vector<std::string> needs; ///< kinds of files that can give it, when there is no value
    std::string shown_in;           ///< part of the report that answers in full, "" = this
    std::vector<Count> parts;       ///< parts of the numerator, or what else was counted
    std::vector<Variant> variants;
    std::vector<Count> excluded;
    /// Sensitivity to contacts of unknown people (5.2-10, G17): the estimate if they had contacted from the
    /// groups compared as often as the known ones, that is contact rates divided by the match rate. Null
    /// where all are known.
    Estimate if_all_matched;
    bool has_episodes = false; ///< the episodes behind it can be listed (Calculator::audit)
    std::string definition;
    std::vector<std::string> sources;
};
BOOST_DESCRIBE_STRUCT(Metric, (),
                      (id, name, unit, estimate, numerator, denominator, numerator_of, denominator_of, rung,
                       branch, missing, needs, shown_in, parts, variants, excluded, if_all_matched,
                       has_episodes, definition, sources))

struct Rung {
    std::int32_t rung = 0; ///< 0 to 5
    std::string metric;    ///< id
    bool supported = false;
    bool headline = false;
    std::string missing; ///< code of what is missing to reach it
    std::string unit;    ///< as Metric::unit
    Estimate estimate;
    std::int64_t n = 0; ///< size it rests on
    std::int64_t baseline_n = 0;
};
BOOST_DESCRIBE_STRUCT(Rung, (), (rung, metric, supported, headline, missing, unit, estimate, n, baseline_n))

/// A published or own range set against the user's value of the same metric.
struct Benchmark {
    std::string id, axis, label;
    double low = 0;             ///< share
    std::optional<double> high; ///< null = open
    bool low_inclusive = true, high_inclusive = true;
    std::string metric;    ///< the published metric's name
    std::string metric_id; ///< our metric, or ""
    std::string note, source;
    /// How much stands behind it: "estimate" (published without sample, date or method), "stated" (the
    /// person's, with a source), "target" (their own goal).
    std::string grade;
    Estimate estimate; ///< the user's, of the group that the row speaks of
    std::int64_t n = 0;
    std::optional<double>
        ceiling;            ///< upper bound of the baseline contact rate: no programme can prevent more
    std::string verdict;    ///< "below", "inside", "above", "cannot_tell", "out_of_reach", "no_value"
    bool own_group = false; ///< the value is that of the row's own outreach type
};
BOOST_DESCRIBE_STRUCT(Benchmark, (),
                      (id, axis, label, low, high, low_inclusive, high_inclusive, metric, metric_id, note,
                       source, grade, estimate, n, ceiling, verdict, own_group))

struct Point {
    std::string start, end;      ///< local days, end exclusive
    bool complete = true;        ///< false: coverage begins or ends inside, or windows are pending
    std::int64_t outreaches = 0; ///< messages sent, broadcasts left out
    std::int64_t episodes = 0, contacted = 0, pending = 0;
    Estimate no_contact; ///< M04 of episodes that start in the period
    std::int64_t holdout_episodes = 0, holdout_contacted = 0, treated_episodes = 0, treated_contacted = 0;
    Estimate effect;            ///< M06 of assignments in the period
    std::int64_t contacts = 0;  ///< M09
    Estimate contacts_estimate; ///< exact Poisson interval of the count
};
BOOST_DESCRIBE_STRUCT(Point, (),
                      (start, end, complete, outreaches, episodes, contacted, pending, no_contact,
                       holdout_episodes, holdout_contacted, treated_episodes, treated_contacted, effect,
                       contacts, contacts_estimate))

struct Series {
    std::vector<Point> week, month, quarter, year;
};
BOOST_DESCRIBE_STRUCT(Series, (), (week, month, quarter, year))

} // namespace preempt::metrics
