// What the page and the core say to each other apart from the report: files and their mapping, the request of
// an evaluation, typed numbers, the vocabulary. Plain described structs; the TypeScript types are generated
// from them.
#pragma once

#include "core/metrics/plan.hpp"
#include "core/report/filter.hpp"
#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace preempt::report {

struct ColumnInfo {
    std::string header;
    std::string role; ///< role in use, "" = not used
    std::string proposed_role;
    std::string why;                  ///< why it was proposed, one sentence
    std::vector<std::string> samples; ///< up to three values
};
BOOST_DESCRIBE_STRUCT(ColumnInfo, (), (header, role, proposed_role, why, samples))

/// The rule by which a file's survey scores were read.
struct ScoreRule {
    std::string scale;              ///< name as in Vocabulary, "" = the file has no column of scores
    std::string label;              ///< "1 to 5"
    std::string words;              ///< the rule in one or two sentences
    std::optional<double> min, max; ///< null: not known, or stated in each row
    double satisfied_from = 0.75;   ///< of the score brought between 0 and 1
    bool chosen = false;            ///< a person said so
};
BOOST_DESCRIBE_STRUCT(ScoreRule, (), (scale, label, words, min, max, satisfied_from, chosen))

/// The survey answers of a file's used rows; those about people and about bots apart.
struct ScoreCounts {
    std::int64_t answers = 0, satisfied = 0;         ///< about people
    std::int64_t bot_answers = 0, bot_satisfied = 0; ///< about bots and AI agents
    std::int64_t no_answer = 0;                      ///< asked, not answered
    std::int64_t not_asked = 0;
    std::int64_t off_scale = 0; ///< not on the scale, or the scale is not known: not counted
};
BOOST_DESCRIBE_STRUCT(ScoreCounts, (),
                      (answers, satisfied, bot_answers, bot_satisfied, no_answer, not_asked, off_scale))

/// A file of the session: what it was recognised as, how it is mapped, how far it has been read.
struct FileInfo {
    std::int32_t id = 0;
    std::string name;
    std::string state;   ///< "recognised", "reading", "read", "needs_answer", "failed"
    std::string message; ///< what is wrong and what to do, for needs_answer and failed
    std::string format, format_label;
    std::string kind; ///< "outreaches", "contacts", "customers", "exposure", "signals", "engagement",
                      ///< "surveys", "self_service", "owners", "periods", "changes", "unknown"
    double confidence = 0;
    std::vector<std::string> reasons, notices, warnings;
    std::string encoding, delimiter; ///< delimiter as one character ("\t" for tab), "" = a line is one cell
    std::string quote;               ///< one character, "" = none
    std::int32_t skip_lines = 0;     ///< lines above the header
    std::int32_t header_rows = 1;    ///< 0, 1 or 2
    bool encoding_certain = true;
    std::string encoding_why, dialect_why;         ///< one sentence each
    double consistency = 0;                        ///< share of the first records that have the usual width
    std::vector<std::vector<std::string>> preview; ///< the first records as read, header included
    std::string fingerprint; ///< of the header's names in order: the same for every export of the same layout
    std::vector<ColumnInfo> columns;
    std::string zone;           ///< in use for times without an offset; "" = the session's zone
    std::string zone_in_header; ///< the zone the file itself names, "" = none
    bool zone_matters = false;  ///< it has times without zone or offset: ask
    std::string date_order;     ///< "undecided", "year_first", "day_first", "month_first"
    bool ask_date_order = false;
    bool ask_serials = false; ///< a time holds a spreadsheet's day numbers (46083.6): answer accept_serials
    bool ask_score_scale = false; ///< read, but the scale of its scores is not known: answer score_scale
    ScoreRule score_rule;
    ScoreCounts score_counts;
    std::string
        reread_as; ///< not "": guessed to be UTF-8 by its head, and is not: read it again in this encoding
    std::int64_t rows_read = 0,
                 rows_set_aside = 0; ///< at reading time; cleaning across files is in the report
    std::string first_time,
        last_time; ///< of the rows used, as written in the file if local (ISO without zone), "" = none
};
BOOST_DESCRIBE_STRUCT(FileInfo, (),
                      (id, name, state, message, format, format_label, kind, confidence, reasons, notices,
                       warnings, encoding, delimiter, quote, skip_lines, header_rows, encoding_certain,
                       encoding_why, dialect_why, consistency, preview, fingerprint, columns, zone,
                       zone_in_header, zone_matters, date_order, ask_date_order, ask_serials, ask_score_scale,
                       score_rule, score_counts, reread_as, rows_read, rows_set_aside, first_time, last_time))

/// The person's answer to a FileInfo. What is left empty (or null) keeps what is in use; "none" as delimiter
/// or quote means that there is none. Another kind, encoding, delimiter, quote or header position without
/// roles proposes the roles anew; roles of another number of columns than the file has are not used.
struct MappingRequest {
    std::string kind;
    std::vector<std::string> roles; ///< one per column, "" = not used
    std::string zone;               ///< IANA name
    std::string date_order;
    std::string encoding, delimiter, quote;
    std::optional<std::int32_t> skip_lines, header_rows;
    std::optional<bool> accept_serials; ///< a spreadsheet's day numbers are times (local, to the second)
    std::string score_scale;            ///< name of a scale (Vocabulary), "" = keep
};
BOOST_DESCRIBE_STRUCT(MappingRequest, (),
                      (kind, roles, zone, date_order, encoding, delimiter, quote, skip_lines, header_rows,
                       accept_serials, score_scale))

struct EvaluateRequest {
    double window_days = 7;           ///< more than 0, at most 90
    std::string unit = "auto";        ///< "auto", "person", "account"
    std::string zone = "UTC";         ///< IANA name, for periods and for files that name no zone
    std::string breakdown;            ///< attribute, "" = none
    std::string scope = "all_topics"; ///< or "same_topic"
    std::string strata = "auto";      ///< "auto", "experiment", "trigger", "segment", "trigger_segment"
    std::string coverage_end; ///< local date (its end counts) or ISO instant; "" = assumed from the data
    double level = 0.95;
    std::optional<double>
        expected_holdout_share;   ///< the designed share, 0 to 1; null = from the file, if it says
    std::string second_breakdown; ///< attribute, "" = none; with `breakdown`: groups are pairs
    std::vector<Filter> filters;  ///< all must hold
    /// Episodes that start and contacts created from `from` until `to`: a local date, `to` to its end, or an
    /// ISO instant, `to` exclusive. "" = open.
    std::string from, to;
    double lookback_days = 7; ///< H: how long a signal counts as the cause of a contact; up to 90
    double repeat_days = 7;   ///< R: how soon a contact after the last one is a repeat; up to 90
    // As metrics::Plan.
    std::optional<double> cost_per_contact, cost_per_outreach, minutes_per_contact, planned_units;
    std::int32_t snapshots = 1; ///< exports of this programme that were looked at, this one included
    std::optional<double> at_risk_below;
    std::vector<metrics::CustomRange> custom_ranges;
};
BOOST_DESCRIBE_STRUCT(EvaluateRequest, (),
                      (window_days, unit, zone, breakdown, scope, strata, coverage_end, level,
                       expected_holdout_share, second_breakdown, filters, from, to, lookback_days,
                       repeat_days, cost_per_contact, cost_per_outreach, minutes_per_contact, planned_units,
                       snapshots, at_risk_below, custom_ranges))

/// Typed numbers instead of files. A null pair is simply not given.
struct TypedRequest {
    double level = 0.95;
    double window_days = 7;
    std::optional<double> claimed_attempts, claimed_successes; ///< M03, Count's form
    std::optional<double> outreaches, prevented;               ///< KPI Tree's form, as counted by the team
    std::optional<double> eligible, engaged;                   ///< M02
    std::optional<double> proactive_outreaches, reactive_contacts;                ///< M01
    std::optional<double> treated, treated_contacted, holdout, holdout_contacted; ///< M06
    std::optional<double> expected_holdout_share;
    // As metrics::Plan.
    std::optional<double> cost_per_contact, cost_per_outreach, minutes_per_contact, planned_units;
    std::int32_t snapshots = 1;
    std::vector<metrics::CustomRange> custom_ranges;
};
BOOST_DESCRIBE_STRUCT(TypedRequest, (),
                      (level, window_days, claimed_attempts, claimed_successes, outreaches, prevented,
                       eligible, engaged, proactive_outreaches, reactive_contacts, treated, treated_contacted,
                       holdout, holdout_contacted, expected_holdout_share, cost_per_contact,
                       cost_per_outreach, minutes_per_contact, planned_units, snapshots, custom_ranges))

struct RoleOption {
    std::string role, label;
    bool required = false;
    std::string group; ///< rows of one group: one of them is required ("person" ...), "" = none
};
BOOST_DESCRIBE_STRUCT(RoleOption, (), (role, label, required, group))

struct KindOption {
    std::string kind, label;
    std::vector<RoleOption> roles;
};
BOOST_DESCRIBE_STRUCT(KindOption, (), (kind, label, roles))

struct ScaleOption {
    std::string scale, label, words;
};
BOOST_DESCRIBE_STRUCT(ScaleOption, (), (scale, label, words))

/// What a metric is, for help and the method box; the same table that the report's metrics are made from.
struct MetricText {
    std::string id, name, unit; ///< as metrics::Metric
    std::int32_t rung = -1;     ///< on the ladder, -1 = a companion
    std::string indicator;      ///< "leading" or "lagging"
    std::string side;           ///< "input" or "outcome"
    std::string branch;         ///< of the tree, "" = an outcome
    std::vector<std::string> needs;
    std::string numerator_of, denominator_of, definition, formula;
    std::string interval; ///< by which method
    std::string excluded;
    std::string default_reason;
    std::vector<std::string> sources; ///< items of the published descriptions
    std::string shown_in;             ///< part of the report that answers in full, "" = the metric itself
};
BOOST_DESCRIBE_STRUCT(MetricText, (),
                      (id, name, unit, rung, indicator, side, branch, needs, numerator_of, denominator_of,
                       definition, formula, interval, excluded, default_reason, sources, shown_in))

/// A published cost of one contact to choose from, in US dollars; none is applied by itself.
struct CostOption {
    std::string id;
    double cost = 0;
    std::string what, source, grade;
};
BOOST_DESCRIBE_STRUCT(CostOption, (), (id, cost, what, source, grade))

struct Vocabulary {
    std::vector<KindOption> kinds;
    std::vector<std::string> attributes;   ///< what a breakdown can be asked for
    std::vector<ScaleOption> score_scales; ///< that a person can choose
    std::vector<MetricText> metrics;       ///< the catalogue M01 to M36
    std::vector<CostOption> costs;
};
BOOST_DESCRIBE_STRUCT(Vocabulary, (), (kinds, attributes, score_scales, metrics, costs))

} // namespace preempt::report
