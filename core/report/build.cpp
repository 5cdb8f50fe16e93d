#include "core/report/build.hpp"

#include "core/metrics/benchmarks.hpp"
#include "core/metrics/catalogue.hpp"
#include "core/metrics/companion_series.hpp"
#include "core/metrics/compare.hpp"
#include "core/report/audit.hpp"
#include "core/stats/poisson.hpp"

#include <algorithm>
#include <cmath>

namespace preempt::report {
namespace {

using evidence::Cell;
using evidence::Evidence;
using metrics::Point;

const char* strata_name(evidence::Strata strata) {
    switch (strata) {
    case evidence::Strata::trigger:
        return "trigger";
    case evidence::Strata::segment:
        return "segment";
    case evidence::Strata::trigger_segment:
        return "trigger_segment";
    default:
        return "experiment";
    }
}

/// Cells of one group of a table sorted by group.
std::span<const Cell> of_group(const std::vector<Cell>& cells, std::uint32_t group) {
    const auto by_group = [](const Cell& cell, std::uint32_t g) { return cell.group < g; };
    const auto first = std::lower_bound(cells.begin(), cells.end(), group, by_group);
    const auto last = std::lower_bound(first, cells.end(), group + 1, by_group);
    return {cells.data() + (first - cells.begin()), static_cast<std::size_t>(last - first)};
}

std::vector<Point> points(const evidence::Series& series, const Evidence& evidence, const Zone& zone,
                          double level) {
    std::vector<Point> all;
    // The first contact of a day stands for the whole day: nobody exports from the minute of a ticket on.
    const auto known_from =
        evidence.coverage_start == kNoInstant ? kNoInstant : local_day_start(evidence.coverage_start, zone);
    for (std::uint32_t p = 0; p < series.periods.size(); ++p) {
        const auto& period = series.periods[p];
        Point point;
        point.start = local_date(period.start, zone);
        point.end = local_date(period.end, zone);
        point.outreaches = period.outreaches;
        point.contacts = period.contacts;
        point.contacts_estimate =
            metrics::estimate(static_cast<double>(period.contacts),
                              stats::poisson_exact(static_cast<double>(period.contacts), 1.0, level));
        Cell messages;
        for (const auto& cell : of_group(series.messages, p))
            evidence::merge(messages, cell);
        point.episodes = messages.episodes;
        point.contacted = messages.contacted;
        point.pending = messages.pending;
        if (const auto rate = metrics::cell_rate(messages, level); rate.value)
            point.no_contact = {1 - *rate.value, 1 - *rate.high, 1 - *rate.low};
        const auto cells = of_group(series.assignments, p);
        const auto effect = metrics::compare(cells, cells, evidence.strata, level);
        point.holdout_episodes = effect.baseline.episodes;
        point.holdout_contacted = effect.baseline.contacted;
        point.treated_episodes = effect.treated.episodes;
        point.treated_contacted = effect.treated.contacted;
        point.effect = effect.difference;
        const auto pending = messages.pending + effect.baseline.pending + effect.treated.pending;
        point.complete = pending == 0 && (known_from == kNoInstant || period.start >= known_from) &&
                         (evidence.coverage_end == kNoInstant || period.end <= evidence.coverage_end);
        all.push_back(std::move(point));
    }
    return all;
}

std::vector<LeftOut> left_out(const Evidence& evidence) {
    Cell messages, assignments;
    for (const auto& cell : evidence.messages.cells)
        evidence::merge(messages, cell);
    for (const auto& cell : evidence.assignment_totals.cells)
        evidence::merge(assignments, cell);
    std::vector<LeftOut> all;
    if (!evidence.has_contacts) messages.pending = assignments.pending = 0; // no window was ever looked at
    const auto add = [&](const char* id, std::int64_t count, const char* of, Instant until = kNoInstant) {
        if (count > 0) all.push_back({id, count, of, until == kNoInstant ? "" : iso_utc(until)});
    };
    add("reactive", messages.reactive, "episodes");
    add("pending", messages.pending, "episodes", messages.pending_until);
    add("censored_churn", messages.censored, "episodes");
    add("broadcast", evidence.broadcast_messages, "outreaches");
    add("reactive", assignments.reactive, "assignments");
    add("pending", assignments.pending, "assignments", assignments.pending_until);
    add("censored_churn", assignments.censored, "assignments");
    add("mixed_arms", assignments.dropped, "assignments");
    add("holdout_rows", evidence.health.holdout_rows, "outreaches");
    add("unmatched_contacts", evidence.health.contacts_in_scope - evidence.health.contacts_matched,
        "contacts");
    add("late_replies", evidence.tally.late_replies, "contacts");
    return all;
}

std::int64_t set_aside(const std::vector<File>& files, const char* reason) {
    std::int64_t count = 0;
    for (const auto& file : files)
        for (const auto& rows : file.set_aside)
            if (rows.id == reason) count += rows.count;
    return count;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::vector<Trust> trust(const Evidence& evidence, const Session& session, const Comparison& holdout) {
    std::vector<Trust> all;
    if (evidence.typed) return all;
    const auto& health = evidence.health;
    const auto share = [](std::int64_t part, std::int64_t whole) -> std::optional<double> {
        if (whole == 0) return std::nullopt;
        return static_cast<double>(part) / static_cast<double>(whole);
    };
    const auto add = [&](const char* id, const char* level, std::int64_t part, std::int64_t whole,
                         std::string text = "") {
        all.push_back({id, level, share(part, whole), part, whole, std::move(text)});
    };
    if (evidence.has_contacts) {
        const auto matched = share(health.contacts_matched, health.contacts_in_scope).value_or(0);
        add("match_rate",
            matched >= 0.9   ? "good"
            : matched >= 0.5 ? "look"
                             : "bad",
            health.contacts_matched, health.contacts_in_scope);
        add("coverage", session.settings.coverage_end_assumed ? "look" : "good", 0, 0,
            session.settings.coverage_end);
        add("direction", health.direction_assumed == 0 ? "good" : "look", health.direction_assumed,
            health.contacts_in_scope);
    }
    if (health.local_times > 0)
        add("zone", "look", health.ambiguous_times + health.nonexistent_times, health.local_times,
            joined(health.zones));
    if (health.day_only > 0) add("day_only", "look", health.day_only, 0);
    Cell messages;
    for (const auto& cell : evidence.messages.cells)
        evidence::merge(messages, cell);
    const auto windows = messages.episodes + messages.pending;
    if (windows > 0)
        add("pending", messages.pending * 10 > windows ? "look" : "good", messages.pending, windows);
    if (evidence.outreaches > 0 && evidence.has_contacts) {
        const auto coded =
            std::min(share(health.outreaches_with_topic, evidence.outreaches + evidence.broadcast_messages)
                         .value_or(0),
                     share(health.contacts_with_topic, health.contacts_in_scope).value_or(0));
        all.push_back({"topic_coded", coded >= 0.8 ? "good" : "look", coded, health.contacts_with_topic,
                       health.contacts_in_scope, ""});
    }
    if (evidence.has_arms) {
        const bool bad = holdout.verdict == "withheld" && holdout.withheld_why != "too_few";
        add("holdout",
            bad                        ? "bad"
            : holdout.cautions.empty() ? "good"
                                       : "look",
            evidence.design.holdout_units, evidence.design.holdout_units + evidence.design.treated_units);
    } else {
        add("holdout", "look", 0, 0);
    }
    if (!health.shared_keys.empty())
        add("shared_keys", "look", static_cast<std::int64_t>(health.shared_keys.size()), 0,
            health.shared_keys.front());
    return all;
}

} // namespace

Report build_report(const Evidence& evidence, Session session) {
    const auto level = session.settings.level;
    Report report;
    report.version = "1";
    report.holdout = metrics::compare_holdout(evidence, level, session.settings.plan);
    auto matched = metrics::compare_matched(evidence, level, session.settings.plan);
    report.matched = std::move(matched.leading);
    report.matching = std::move(matched.matching);
    report.escalations = metrics::compare_escalations(evidence, report.holdout, level);
    report.at_risk = metrics::compare_at_risk(evidence, report.holdout, level);
    const metrics::Basis basis{evidence, report.holdout, report.matched, level, session.settings.plan};
    report.metrics = metrics::compute_all(basis);
    for (auto& metric : report.metrics)
        metric.has_episodes = !evidence.typed && has_episodes(metric.id);
    report.ladder = metrics::ladder(report.metrics, basis);
    for (const auto& rung : report.ladder)
        if (rung.headline) report.headline_rung = rung.rung;
    report.benchmarks = metrics::judge(basis, report.metrics);
    if (!evidence.typed) {
        const auto& zone = *evidence.question.zone;
        report.series.week = points(evidence.week, evidence, zone, level);
        report.series.month = points(evidence.month, evidence, zone, level);
        report.series.quarter = points(evidence.quarter, evidence, zone, level);
        report.series.year = points(evidence.year, evidence, zone, level);
    }
    report.breakdown = metrics::breakdown_asked(evidence, report.holdout, report.matched, level);
    report.window = metrics::window_curve(evidence, report.holdout, report.matched, level);
    report.programme = metrics::examine_programme(evidence, report.holdout, report.matched, level);
    const auto& leading = report.holdout.available ? report.holdout : report.matched;
    report.tree = metrics::metric_tree(evidence, leading, report.headline_rung, level);
    report.companions = metrics::companion_series(basis, report.series);
    report.indicators = metrics::indicators(basis, report.companions);
    report.mix = metrics::mix_change(basis);
    report.money = metrics::money(basis);
    report.reconciliation = metrics::reconcile(basis, report.metrics, report.ladder);
    report.insight =
        metrics::insight({basis, report.metrics, report.companions, report.benchmarks, report.tree,
                          report.breakdown, report.programme, report.window, report.mix, report.money,
                          report.reconciliation, report.headline_rung, set_aside(session.files, "outbound")});
    report.left_out = left_out(evidence);
    session.settings.strata = strata_name(evidence.strata_used);
    report.trust = trust(evidence, session, report.holdout);
    report.settings = std::move(session.settings);
    report.files = std::move(session.files);
    report.warnings = std::move(session.warnings);
    return report;
}

} // namespace preempt::report
