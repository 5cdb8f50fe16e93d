// What support and customers go through beside the outreach: volume, repeats, self-service, satisfaction,
// waiting, staying (M09, M10, M12 to M17, M32).
#include "core/base/sort_list.hpp"
#include "core/metrics/catalogue/entries.hpp"
#include "core/metrics/companion_series.hpp"
#include "core/stats/net_share.hpp"
#include "core/stats/poisson.hpp"

#include <algorithm>
#include <cmath>

namespace preempt::metrics::entries {
namespace {

using evidence::Part;
using history::SurveyKind;

constexpr std::size_t kMostTopics = 20;

Estimate counted(std::int64_t count, double exposure, double level) {
    const auto n = static_cast<double>(count);
    return estimate(n / exposure, stats::poisson_exact(n, exposure, level));
}

/// Days that the contacts counted come from; 0 = not known.
double covered_days(const evidence::Evidence& e) {
    const auto& q = e.question;
    const auto from = q.from == kNoInstant ? e.coverage_start : std::max(q.from, e.coverage_start);
    const auto to = q.to == kNoInstant ? e.coverage_end : std::min(q.to, e.coverage_end);
    if (e.coverage_start == kNoInstant || e.coverage_end == kNoInstant || to <= from) return 0;
    return static_cast<double>(to - from) / static_cast<double>(kMillisecondsPerDay);
}

/// Mean of a figure of the periods file over the covered span; 0 = not stated.
double mean_figure(const evidence::Evidence& e, double history::PeriodFigures::*figure) {
    double sum = 0, n = 0;
    for (std::size_t i = 0; i < e.companions.periods.size(); ++i) {
        const auto& row = e.companions.periods[i];
        const bool over = i + 1 < e.companions.periods.size() && e.coverage_start != kNoInstant &&
                          e.companions.periods[i + 1].start <= e.coverage_start;
        const bool ahead = e.coverage_end != kNoInstant && row.start >= e.coverage_end;
        if (over || ahead || std::isnan(row.*figure)) continue;
        sum += row.*figure;
        n += 1;
    }
    return n > 0 ? sum / n : 0;
}

/// Sums of survey answers of one kind; `about` -1 = whatever about, `arm` none = whichever.
evidence::SurveyCounts answers(const evidence::Evidence& e, SurveyKind kind, int about = -1,
                               history::Arm arm = history::Arm::none) {
    evidence::SurveyCounts sum;
    for (const auto& row : e.companions.surveys) {
        if (row.kind != kind || (about >= 0 && row.about != about) ||
            (arm != history::Arm::none && row.arm != arm))
            continue;
        sum.asked += row.asked;
        sum.answered += row.answered;
        sum.satisfied += row.satisfied;
        sum.promoters += row.promoters;
        sum.detractors += row.detractors;
    }
    return sum;
}

Part satisfied(const evidence::SurveyCounts& counts) {
    return {counts.satisfied, counts.answered};
}

/// Split by what the answer is about and by arm (S0-15, S2-16), customer effort, NPS, and who answered at
/// all.
void add_survey_variants(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    const auto level = basis.level;
    const auto proactive = satisfied(answers(e, SurveyKind::csat, 0));
    const auto reactive = satisfied(answers(e, SurveyKind::csat, 1));
    add_share(metric, "csat_proactive", "about outreach", proactive, level);
    add_share(metric, "csat_reactive", "about contacts of their own accord", reactive, level);
    add_share(metric, "csat_neither", "about neither, or not known",
              satisfied(answers(e, SurveyKind::csat, 2)), level);
    if (proactive.whole > 0 && reactive.whole > 0)
        metric.variants.push_back({"csat_difference", "about outreach, less about their own contacts",
                                   "points", proactive.part, proactive.whole,
                                   difference(proactive, reactive, level)});
    const auto messaged = satisfied(answers(e, SurveyKind::csat, -1, history::Arm::treated));
    const auto held_out = satisfied(answers(e, SurveyKind::csat, -1, history::Arm::holdout));
    add_share(metric, "csat_messaged", "assigned to outreach", messaged, level);
    add_share(metric, "csat_held_out", "held out", held_out, level);
    if (messaged.whole > 0 && held_out.whole > 0)
        metric.variants.push_back({"csat_effect", "assigned to outreach, less held out", "points",
                                   messaged.part, messaged.whole, difference(messaged, held_out, level)});
    add_share(metric, "ces", "effort score (CES)", satisfied(answers(e, SurveyKind::ces)), level);
    const char* const kCes[3][2] = {{"ces_proactive", "CES about outreach"},
                                    {"ces_reactive", "CES about contacts of their own accord"},
                                    {"ces_neither", "CES about neither, or not known"}};
    for (int about = 0; about < 3; ++about)
        add_share(metric, kCes[about][0], kCes[about][1], satisfied(answers(e, SurveyKind::ces, about)),
                  level);
    const char* const kNps[4][2] = {{"nps_proactive", "NPS about outreach"},
                                    {"nps_reactive", "NPS about contacts of their own accord"},
                                    {"nps_neither", "NPS about neither, or not known"},
                                    {"nps", "net promoter score (NPS)"}};
    for (int about = 3; about >= 0; --about) {
        const auto n = answers(e, SurveyKind::nps, about == 3 ? -1 : about);
        if (n.answered == 0) continue;
        const auto net = stats::net_share(static_cast<double>(n.promoters), static_cast<double>(n.detractors),
                                          static_cast<double>(n.answered), level);
        metric.variants.push_back(
            {kNps[about][0], kNps[about][1], "points", n.promoters - n.detractors, n.answered, shown(net)});
    }
    Part response;
    for (const auto kind : {SurveyKind::csat, SurveyKind::ces, SurveyKind::nps}) {
        const auto n = answers(e, kind);
        response.part += n.answered;
        response.whole += std::max(n.asked, n.answered);
    }
    // Where only answers are listed, nobody knows how many were asked.
    if (response.whole > response.part)
        add_share(metric, "response_rate", "answered, of those asked", response, level);
}

} // namespace

void contact_volume(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    metric.numerator = e.contacts;
    if (e.contacts == 0 && (e.typed || !e.has_contacts)) {
        metric.missing = e.typed ? "not_typed" : "no_contacts";
        return;
    }
    metric.estimate = counted(e.contacts, 1, basis.level);
}

/// For 30 days, since a rate that grows with the length of the export can be set against nothing.
void contact_rate(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    if (typed_lacks(basis, metric)) return;
    if (!e.has_contacts) {
        metric.missing = "no_contacts";
        return;
    }
    const double months = covered_days(e) / 30;
    // The periods file knows no filter; filtered contacts are set against filtered customers.
    const bool filtered = !e.question.filters.empty();
    const double stated = filtered ? 0 : mean_figure(e, &history::PeriodFigures::active_customers);
    const double active = stated > 0 ? stated : static_cast<double>(e.companions.active_units);
    metric.numerator = e.contacts;
    metric.denominator = std::llround(active);
    metric.parts = {{"days", "days covered", std::llround(months * 30)}};
    if (active > 0 && months > 0)
        metric.estimate = counted(e.contacts, active * months, basis.level);
    else
        metric.missing = "no_active_customers";
    const double accounts = filtered ? 0 : mean_figure(e, &history::PeriodFigures::active_accounts);
    if (accounts > 0 && months > 0)
        metric.variants.push_back({"per_account", "for each 100 active accounts", "ratio", e.contacts,
                                   std::llround(accounts),
                                   counted(e.contacts, accounts * months, basis.level)});
}

void repeat_contact(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    const auto& r = e.companions.repeat;
    set_share(basis, metric, r.units, e.has_contacts ? "all_pending" : "no_contacts");
    metric.parts = {{"parallel", "opened before the first was closed: no repeat", r.parallel},
                    {"reopened", "tickets reopened", r.reopened},
                    {"topic_unknown", "repeats without a topic on both sides", r.other_topic_unknown}};
    metric.excluded = {{"pending", "first contact too recent", r.pending}};
    add_share(metric, "tickets", "counted per ticket", r.tickets, basis.level);
}

void self_service(const Basis& basis, Metric& metric) {
    const auto& s = basis.evidence.companions.self_service;
    set_share(basis, metric, {s.potential, s.sessions}, s.pending > 0 ? "all_pending" : "no_views");
    metric.parts = {{"confirmed", "with a helpful vote at the end", s.confirmed},
                    {"anonymous", "sessions of unknown people: never a success", s.anonymous_sessions}};
    metric.excluded = {{"pending", "less than a day old", s.pending}};
    if (s.sessions == 0) return;
    add_share(metric, "confirmed", "with a helpful vote at the end", {s.confirmed, s.sessions}, basis.level);
    add_share(metric, "of_all_interactions", "confirmed, of all sessions and contacts",
              {s.confirmed, s.sessions + s.anonymous_sessions + basis.evidence.contacts}, basis.level);
}

void article_views(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    const auto& s = e.companions.self_service;
    const auto all = s.views + s.anonymous_views + s.aggregate_views;
    metric.numerator = all;
    if (all == 0) {
        metric.missing = e.typed ? "not_typed" : "no_views";
        return;
    }
    metric.estimate = counted(all, 1, basis.level);
    metric.parts = {{"viewers", "known people or accounts who viewed", s.viewers},
                    {"from_outreach", "views that a message led to", s.from_outreach},
                    {"helpful_yes", "votes: helpful", s.helpful_yes},
                    {"helpful_no", "votes: not helpful", s.helpful_no}};
    add_share(metric, "anonymous", "views of unknown people",
              {s.anonymous_views, s.views + s.anonymous_views}, basis.level);
    if (s.aggregate_views > 0)
        metric.variants.push_back(
            {"conversations_per_view", "conversations begun from an article, for each 100 views", "ratio",
             s.aggregate_conversations, s.aggregate_views,
             counted(s.aggregate_conversations, static_cast<double>(s.aggregate_views), basis.level)});
    // The topics that matter most; all of them would be a table of their own.
    auto topics = s.topics;
    sort_list(topics,
              [](const auto& a, const auto& b) { return a.views + a.contacts > b.views + b.contacts; });
    if (topics.size() > kMostTopics) topics.resize(kMostTopics);
    for (const auto& topic : topics)
        metric.variants.push_back(
            {"topic", topic.topic, "ratio", topic.views, topic.contacts,
             shown(stats::poisson_ratio(static_cast<double>(topic.views), static_cast<double>(topic.contacts),
                                        basis.level))});
}

/// Answers about people only; a machine's are shown beside them and never mixed in. Who was asked and did not
/// answer is shown too: the figure speaks only of those who did.
void satisfaction(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    const auto& ratings = e.ratings;
    // Ratings stand for each contact's last answer; they know no filter.
    const auto csat = answers(e, SurveyKind::csat);
    const bool from_ratings = ratings.answers > 0 && e.question.filters.empty();
    set_share(basis, metric, from_ratings ? Part{ratings.satisfied, ratings.answers} : satisfied(csat),
              "no_scores");
    metric.parts = {
        {"people_satisfied", "ratings of people: satisfied", ratings.satisfied},
        {"people_answers", "ratings of people", ratings.answers},
        {"bot_satisfied", "ratings of bots and AI agents, kept apart: satisfied", ratings.bot_satisfied},
        {"bot_answers", "ratings of bots and AI agents, kept apart", ratings.bot_answers},
        {"no_answer", "asked, no answer", ratings.no_answer},
        {"not_asked", "not asked", ratings.not_asked}};
    metric.excluded = {{"duplicate", "rated again later: the last rating counts", ratings.replaced}};
    add_survey_variants(basis, metric);
}

/// The median leads, since a few tickets that waited a week move a mean (A21).
void first_response_time(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    const auto& minutes =
        e.companions.first_response.empty() ? e.first_response_minutes : e.companions.first_response;
    set_spread(basis, metric, minutes, "no_first_response");
    for (const auto& v : metric.variants)
        if (v.estimate.value)
            metric.parts.push_back(
                {v.id + "_minutes", v.name + ", in minutes", std::llround(*v.estimate.value)});
}

void retention(const Basis& basis, Metric& metric) {
    const auto& r = basis.evidence.companions.retention;
    set_share(basis, metric, {r.still_active, r.active_at_start}, "no_customers");
    const auto level = basis.level;
    add_share(metric, "silent_churn", "stayed quiet after a message, and left within 90 days", r.quiet_left,
              level);
    add_share(metric, "contacting_churn", "contacted after a message, and left within 90 days",
              r.contacting_left, level);
    add_share(metric, "holdout_churn", "held out, and left within 90 days", r.holdout_left, level);
    if (r.quiet_left.whole > 0 && r.contacting_left.whole > 0)
        metric.variants.push_back({"quiet_less_contacting", "leaving: the quiet, less those who contacted",
                                   "points", r.quiet_left.part, r.quiet_left.whole,
                                   difference(r.quiet_left, r.contacting_left, level)});
}

/// The last complete weeks against as many before them: spans of equal length, which months are not.
void support_trend(const Basis& basis, Metric& metric) {
    const auto& e = basis.evidence;
    if (typed_lacks(basis, metric)) return;
    std::vector<std::int64_t> weeks;
    for (const auto& week : e.week.periods)
        if (covered(e, week.start, week.end)) weeks.push_back(week.contacts);
    const auto n = std::min<std::size_t>(4, weeks.size() / 2);
    if (n == 0) {
        metric.missing = e.has_contacts ? "too_few_periods" : "no_contacts";
        return;
    }
    for (std::size_t i = 0; i < n; ++i) {
        metric.numerator += weeks[weeks.size() - 1 - i];
        metric.denominator += weeks[weeks.size() - 1 - n - i];
    }
    metric.parts = {{"weeks", "weeks in each span", static_cast<std::int64_t>(n)}};
    if (metric.denominator == 0) {
        metric.missing = "no_contacts_in_scope";
        return;
    }
    const auto ratio = stats::poisson_ratio(static_cast<double>(metric.numerator),
                                            static_cast<double>(metric.denominator), basis.level);
    metric.estimate = shown({ratio.value - 1, {ratio.interval.low - 1, ratio.interval.high - 1}});
}

} // namespace preempt::metrics::entries
