#include "core/metrics/indicators.hpp"

#include "core/metrics/companion_series.hpp"
#include "core/stats/correlation.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace preempt::metrics {
namespace {

constexpr std::size_t kLeastPoints = 12; ///< A39

/// A figure over the periods of one series; NaN = not known or the period is not complete.
struct Column {
    std::string id, name;
    std::vector<double> values;
};

/// Ours that may run ahead of contacts (S3-23 to S3-27), and what they are set against.
constexpr const char* kIndicators[] = {"M01.sent", "M09", "M12", "M13", "M14",         "M15",
                                       "M16",      "M19", "M22", "M36", "M25.clicked", "M25.unsubscribed"};
constexpr const char* kOutcomes[] = {"M09", "M04"};

/// S3-23 to S3-32: parts of names and the class that kpi.zone gives them.
constexpr const char* kClasses[][2] = {
    {"health", "leading"},     {"activation rate", "leading"},   {"ticket volume", "leading"},
    {"loyalty", "leading"},    {"product qualified", "leading"}, {"engagement", "lagging"},
    {"churn risk", "lagging"}, {"retention", "lagging"},         {"cost per ticket", "lagging"}};

std::string class_of(const std::string& name) {
    std::string plain;
    for (const char c : name)
        plain += c == '_' || c == '-' ? ' ' : static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    for (const auto& [part, indicator] : kClasses)
        if (plain.find(part) != std::string::npos) return indicator;
    return "";
}

bool fits(const std::vector<history::PeriodFigures>& rows, const std::vector<evidence::PeriodSpan>& periods,
          Alignment& into) {
    if (periods.empty()) return false;
    bool adjacent = false;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto start = rows[row].start;
        if (start < periods.front().start || start >= periods.back().end) continue;
        const auto at = std::lower_bound(periods.begin(), periods.end(), start,
                                         [](const auto& span, Instant t) { return span.start < t; });
        if (at == periods.end() || at->start != start) return false;
        const auto index = static_cast<std::size_t>(at - periods.begin());
        adjacent |= !into.pairs.empty() && into.pairs.back().second + 1 == index;
        into.pairs.emplace_back(row, index);
    }
    return into.pairs.size() == 1 || adjacent;
}

std::vector<double> values_of(const std::vector<CompanionPoint>& points) {
    std::vector<double> values;
    for (const auto& p : points)
        values.push_back(p.complete && p.estimate.value ? *p.estimate.value : std::nan(""));
    return values;
}

std::vector<Figure> figures(const evidence::Evidence& e) {
    std::vector<Figure> all;
    const auto& c = e.companions;
    const auto add = [&](const std::string& name, auto value_of) {
        Figure figure;
        figure.name = name;
        figure.indicator = class_of(name);
        bool any = false;
        for (const auto& row : c.periods) {
            const double value = value_of(row);
            any |= std::isfinite(value);
            figure.points.push_back({local_date(row.start, *e.question.zone),
                                     std::isfinite(value) ? std::optional<double>(value) : std::nullopt});
        }
        if (any) all.push_back(std::move(figure));
    };
    using history::PeriodFigures;
    add("active_customers", [](const PeriodFigures& row) { return row.active_customers; });
    add("active_accounts", [](const PeriodFigures& row) { return row.active_accounts; });
    add("support_cost", [](const PeriodFigures& row) { return row.support_cost; });
    add("outreach_cost", [](const PeriodFigures& row) { return row.outreach_cost; });
    for (std::size_t i = 0; i < c.extra_figures.size(); ++i)
        add(c.extra_figures[i],
            [i](const PeriodFigures& row) { return i < row.extra.size() ? row.extra[i] : std::nan(""); });
    return all;
}

void add_pairs(const std::vector<Column>& from, const std::vector<Column>& outcomes, const char* period,
               int most_lag, double level, std::vector<IndicatorPair>& into) {
    for (const auto& x : from)
        for (const auto& y : outcomes) {
            if (x.id == y.id) continue;
            IndicatorPair pair{x.id, x.name, y.id, y.name, period, {}};
            for (int lag = 0; lag <= most_lag; ++lag) {
                std::vector<double> a, b;
                for (std::size_t i = 0; i + static_cast<std::size_t>(lag) < y.values.size(); ++i) {
                    const double u = x.values[i], v = y.values[i + static_cast<std::size_t>(lag)];
                    if (std::isnan(u) || std::isnan(v)) continue;
                    a.push_back(u);
                    b.push_back(v);
                }
                if (a.size() < kLeastPoints) continue;
                const auto c = stats::correlation(a, b, level);
                if (!std::isnan(c.r))
                    pair.lags.push_back(
                        {lag, static_cast<std::int64_t>(a.size()), c.effective, estimate(c.r, c.interval)});
            }
            if (!pair.lags.empty()) into.push_back(std::move(pair));
        }
}

using Points = std::vector<CompanionPoint> CompanionSeries::*;

std::vector<Column> columns(std::span<const CompanionSeries> companions, std::span<const char* const> ids,
                            Points points) {
    std::vector<Column> all;
    for (const std::string_view id : ids)
        for (const auto& s : companions)
            if (s.id == id && !(s.*points).empty()) all.push_back({s.id, s.name, values_of(s.*points)});
    return all;
}

} // namespace

Alignment align(const evidence::Evidence& evidence) {
    const auto& rows = evidence.companions.periods;
    struct Choice {
        const char* name;
        const evidence::Series* series;
    };
    // Months before weeks: a single row that begins a month is a month. Quarters begin months too, but no two
    // of their rows are adjacent months.
    const Choice choices[] = {{"month", &evidence.month},
                              {"week", &evidence.week},
                              {"quarter", &evidence.quarter},
                              {"year", &evidence.year}};
    for (const auto& choice : choices) {
        Alignment found;
        if (!fits(rows, choice.series->periods, found)) continue;
        found.period = choice.name;
        found.periods = &choice.series->periods;
        for (const auto& span : *found.periods)
            found.complete.push_back(covered(evidence, span.start, span.end));
        return found;
    }
    return {};
}

Indicators indicators(const Basis& basis, std::span<const CompanionSeries> companions) {
    Indicators all;
    const auto& e = basis.evidence;
    if (e.typed) {
        all.missing = "not_typed";
        return all;
    }
    all.figures = figures(e);
    const auto aligned = align(e);
    all.figures_period = aligned.period;

    // The file's figures on the periods that they belong to.
    std::vector<Column> own;
    if (aligned.periods != nullptr)
        for (const auto& figure : all.figures) {
            Column column{figure.name, figure.name,
                          std::vector<double>(aligned.periods->size(), std::nan(""))};
            for (const auto& [row, period] : aligned.pairs)
                column.values[period] = figure.points[row].value.value_or(std::nan(""));
            own.push_back(std::move(column));
        }
    const bool by_month = all.figures_period == "month", by_week = all.figures_period == "week";

    auto weekly = columns(companions, kIndicators, &CompanionSeries::week);
    if (by_week) weekly.insert(weekly.begin(), own.begin(), own.end());
    add_pairs(weekly, columns(companions, kOutcomes, &CompanionSeries::week), "week", 4, basis.level,
              all.pairs);
    if (by_month)
        add_pairs(own, columns(companions, kOutcomes, &CompanionSeries::month), "month", 1, basis.level,
                  all.pairs);
    if (all.pairs.empty()) all.missing = "too_few_periods";
    return all;
}

} // namespace preempt::metrics
