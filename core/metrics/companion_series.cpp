#include "core/metrics/companion_series.hpp"

#include "core/metrics/catalogue/entries.hpp"
#include "core/metrics/indicators.hpp"
#include "core/stats/poisson.hpp"

#include <algorithm>
#include <cmath>

namespace preempt::metrics {
namespace {

using evidence::Part;
using evidence::PeriodSpan;

struct Input {
    const PeriodSpan& span;
    const Point& point;
    const evidence::Cell& messages; ///< episodes that start in the period
    double active;                  ///< customers, as the periods file states; NaN = not stated
    const Basis& basis;
};

/// What a figure waits for after its period's end.
enum class Wait { nothing, window, repeat, day, month };

struct Row {
    const char *id, *name, *unit;
    Wait wait;
    void (*fill)(const Input&, CompanionPoint&);
};

void share(const Input& in, CompanionPoint& out, Part part) {
    out.numerator = part.part;
    out.denominator = part.whole;
    out.estimate = proportion(part.part, part.whole, in.basis.level);
}

void count(const Input& in, CompanionPoint& out, std::int64_t n) {
    out.numerator = n;
    const auto x = static_cast<double>(n);
    out.estimate = estimate(x, stats::poisson_exact(x, 1, in.basis.level));
}

void ratio(const Input& in, CompanionPoint& out, std::int64_t n, std::int64_t of) {
    out.numerator = n;
    out.denominator = of;
    const auto x = static_cast<double>(n), exposure = static_cast<double>(of);
    if (of > 0) out.estimate = estimate(x / exposure, stats::poisson_exact(x, exposure, in.basis.level));
}

void median(const Input& in, CompanionPoint& out, const evidence::Histogram& histogram) {
    const auto s = entries::spread(histogram, in.basis.level);
    out.denominator = s.n;
    out.estimate = s.median;
}

/// Of those delivered; else of those that did not bounce; else of those sent.
void reaction(const Input& in, CompanionPoint& out, unsigned bit, std::int64_t n) {
    const auto known = in.basis.evidence.companions.reactions_known;
    const auto& f = in.span.counts.funnel;
    const auto whole = (known & history::kDelivered) != 0 ? f.delivered
                       : (known & history::kBounced) != 0 ? f.sent - f.bounced
                                                          : f.sent;
    if ((known & bit) != 0) share(in, out, {n, whole});
}

constexpr Row kRows[] = {
    {"M01", "Proactive contact ratio", "ratio", Wait::nothing,
     [](const Input& in, CompanionPoint& out) {
         out.numerator = in.span.outreaches;
         out.denominator = in.span.contacts;
         if (in.span.outreaches > 0)
             out.estimate =
                 entries::shown(stats::poisson_ratio(static_cast<double>(in.span.outreaches),
                                                     static_cast<double>(in.span.contacts), in.basis.level));
     }},
    {"M01.sent", "Messages sent", "count", Wait::nothing,
     [](const Input& in, CompanionPoint& out) { count(in, out, in.span.outreaches); }},
    {"M02", "Engagement rate", "share", Wait::month,
     [](const Input& in, CompanionPoint& out) { share(in, out, in.span.counts.engaged); }},
    {"M03", "Claimed success rate", "share", Wait::nothing,
     [](const Input& in, CompanionPoint& out) {
         if (in.basis.evidence.has_outcomes) share(in, out, in.span.counts.claimed);
     }},
    {"M04", "No-contact rate", "share", Wait::window,
     [](const Input& in, CompanionPoint& out) {
         out.numerator = in.point.episodes - in.point.contacted;
         out.denominator = in.point.episodes;
         out.estimate = in.point.no_contact;
         out.complete &= in.point.pending == 0;
     }},
    {"M06", "Prevented-contact rate, holdout", "points", Wait::window,
     [](const Input& in, CompanionPoint& out) {
         out.numerator = in.point.holdout_episodes;
         out.denominator = in.point.treated_episodes;
         out.estimate = in.point.effect;
         out.complete &= in.point.complete;
     }},
    {"M08", "Induced-contact rate", "share", Wait::window,
     [](const Input& in, CompanionPoint& out) {
         out.numerator = in.messages.induced;
         out.denominator = in.messages.episodes;
         out.estimate =
             entries::effective_share(in.messages.induced, in.messages.episodes, in.messages, in.basis.level);
         out.complete &= in.messages.pending == 0;
     }},
    {"M09", "Contact volume", "count", Wait::nothing,
     [](const Input& in, CompanionPoint& out) {
         out.numerator = in.span.contacts;
         out.estimate = in.point.contacts_estimate;
     }},
    {"M10", "Contact rate", "ratio", Wait::nothing,
     [](const Input& in, CompanionPoint& out) {
         if (!(in.active > 0)) return;
         const double months = static_cast<double>(in.span.end - in.span.start) / kMillisecondsPerDay / 30;
         const auto n = static_cast<double>(in.span.contacts);
         out.numerator = in.span.contacts;
         out.denominator = std::llround(in.active);
         out.estimate =
             estimate(n / (in.active * months), stats::poisson_exact(n, in.active * months, in.basis.level));
     }},
    {"M12", "Repeat contact rate", "share", Wait::repeat,
     [](const Input& in, CompanionPoint& out) { share(in, out, in.span.counts.repeat); }},
    {"M13", "Self-service success", "share", Wait::day,
     [](const Input& in, CompanionPoint& out) { share(in, out, in.span.counts.session_potential); }},
    {"M13.confirmed", "Self-service success, confirmed", "share", Wait::day,
     [](const Input& in, CompanionPoint& out) { share(in, out, in.span.counts.session_confirmed); }},
    {"M14", "Article views", "count", Wait::nothing,
     [](const Input& in, CompanionPoint& out) { count(in, out, in.span.counts.views); }},
    {"M14.viewers", "People who viewed articles", "count", Wait::nothing,
     [](const Input& in, CompanionPoint& out) { count(in, out, in.span.counts.viewers); }},
    {"M15", "Satisfaction (CSAT)", "share", Wait::nothing,
     [](const Input& in, CompanionPoint& out) {
         Part sum;
         for (const auto& part : in.span.counts.satisfied) {
             sum.part += part.part;
             sum.whole += part.whole;
         }
         share(in, out, sum);
     }},
    {"M15.proactive", "Satisfaction with outreach", "share", Wait::nothing,
     [](const Input& in, CompanionPoint& out) { share(in, out, in.span.counts.satisfied[0]); }},
    {"M15.reactive", "Satisfaction with contacts", "share", Wait::nothing,
     [](const Input& in, CompanionPoint& out) { share(in, out, in.span.counts.satisfied[1]); }},
    {"M16", "First response time", "minutes", Wait::nothing,
     [](const Input& in, CompanionPoint& out) { median(in, out, in.span.counts.first_response); }},
    {"M19", "Signal coverage", "share", Wait::nothing,
     [](const Input& in, CompanionPoint& out) {
         if (in.basis.evidence.has_signals)
             share(in, out, {in.span.counts.signalled, in.span.counts.identified_contacts});
     }},
    {"M22", "Signal to outreach", "minutes", Wait::window,
     [](const Input& in, CompanionPoint& out) { median(in, out, in.span.counts.latency); }},
    {"M25.clicked", "Click rate", "share", Wait::nothing,
     [](const Input& in, CompanionPoint& out) {
         reaction(in, out, history::kClicked, in.span.counts.funnel.clicked);
     }},
    {"M25.replied", "Reply rate", "share", Wait::nothing,
     [](const Input& in, CompanionPoint& out) {
         reaction(in, out, history::kReplied, in.span.counts.funnel.replied);
     }},
    {"M25.completed", "Completion rate", "share", Wait::nothing,
     [](const Input& in, CompanionPoint& out) {
         reaction(in, out, history::kCompleted, in.span.counts.funnel.completed);
     }},
    {"M25.dismissed", "Dismissal rate", "share", Wait::nothing,
     [](const Input& in, CompanionPoint& out) {
         reaction(in, out, history::kDismissed, in.span.counts.funnel.dismissed);
     }},
    {"M25.unsubscribed", "Unsubscribe rate", "share", Wait::nothing,
     [](const Input& in, CompanionPoint& out) {
         reaction(in, out, history::kUnsubscribed, in.span.counts.funnel.unsubscribed);
     }},
    {"M26", "Messages per customer", "number", Wait::nothing,
     [](const Input& in, CompanionPoint& out) { median(in, out, in.span.counts.messages_per_unit); }},
    {"M27", "Automation share", "share", Wait::nothing,
     [](const Input& in, CompanionPoint& out) { share(in, out, in.span.counts.by_automation); }},
    {"M36", "Promotional share", "share", Wait::nothing,
     [](const Input& in, CompanionPoint& out) { share(in, out, in.span.counts.promotional); }},
    {"conversation_length", "Messages in a conversation", "number", Wait::nothing,
     [](const Input& in, CompanionPoint& out) {
         const auto& part = in.span.counts.conversation_messages;
         ratio(in, out, part.part, part.whole);
     }},
    {"on_messaged_topic", "Contacts on a topic already messaged", "share", Wait::nothing,
     [](const Input& in, CompanionPoint& out) {
         share(in, out, {in.span.counts.on_messaged_topic, in.span.counts.identified_contacts});
     }},
    {"several_senders", "Messaged by several senders or channels", "share", Wait::nothing,
     [](const Input& in, CompanionPoint& out) { share(in, out, in.span.counts.several_senders); }},
};

Instant waits_until(Wait wait, Instant end, const evidence::Question& question) {
    switch (wait) {
    case Wait::window:
        return end + question.window;
    case Wait::repeat:
        return end + question.repeat_window;
    case Wait::day:
        return end + kMillisecondsPerDay;
    case Wait::month:
        return end + 30 * kMillisecondsPerDay;
    default:
        return end;
    }
}

/// What the rows see of each period, beside its counts.
struct Periods {
    const evidence::Series& from;
    const std::vector<Point>& points;
    std::vector<evidence::Cell> messages;
    std::vector<double> active;
};

Periods periods_of(const evidence::Series& from, const std::vector<Point>& points, const Basis& basis) {
    Periods all{from, points, std::vector<evidence::Cell>(from.periods.size()),
                std::vector<double>(from.periods.size(), std::nan(""))};
    for (const auto& cell : from.messages)
        if (cell.group < all.messages.size()) evidence::merge(all.messages[cell.group], cell);
    const auto& e = basis.evidence;
    const auto aligned = align(e);
    // The periods file knows no filter.
    if (aligned.periods == &from.periods && e.question.filters.empty())
        for (const auto& [row, period] : aligned.pairs)
            all.active[period] = e.companions.periods[row].active_customers;
    return all;
}

std::vector<CompanionPoint> points(const Row& row, const Periods& periods, const Basis& basis) {
    std::vector<CompanionPoint> all;
    const auto& e = basis.evidence;
    const auto n = std::min(periods.from.periods.size(), periods.points.size());
    bool any = false;
    for (std::size_t i = 0; i < n; ++i) {
        const auto& span = periods.from.periods[i];
        CompanionPoint point;
        point.start = periods.points[i].start;
        point.end = periods.points[i].end;
        point.complete = covered(e, span.start, waits_until(row.wait, span.end, e.question));
        row.fill({span, periods.points[i], periods.messages[i], periods.active[i], basis}, point);
        any |= point.estimate.value && (point.numerator != 0 || point.denominator != 0);
        all.push_back(std::move(point));
    }
    if (!any) all.clear(); // the data hold nothing of it
    return all;
}

} // namespace

bool covered(const evidence::Evidence& evidence, Instant start, Instant end) {
    if (evidence.coverage_start != kNoInstant && evidence.question.zone != nullptr &&
        start < local_day_start(evidence.coverage_start, *evidence.question.zone))
        return false;
    return evidence.coverage_end == kNoInstant || end <= evidence.coverage_end;
}

std::vector<CompanionSeries> companion_series(const Basis& basis, const Series& series) {
    std::vector<CompanionSeries> all;
    if (basis.evidence.typed) return all;
    const auto& e = basis.evidence;
    const auto week = periods_of(e.week, series.week, basis),
               month = periods_of(e.month, series.month, basis),
               quarter = periods_of(e.quarter, series.quarter, basis),
               year = periods_of(e.year, series.year, basis);
    for (const auto& row : kRows) {
        CompanionSeries s;
        s.id = row.id;
        s.name = row.name;
        s.unit = row.unit;
        s.week = points(row, week, basis);
        s.month = points(row, month, basis);
        s.quarter = points(row, quarter, basis);
        s.year = points(row, year, basis);
        const bool any = !s.week.empty() || !s.month.empty() || !s.quarter.empty() || !s.year.empty();
        if (any) all.push_back(std::move(s));
    }
    return all;
}

} // namespace preempt::metrics
