#include "core/evidence/counts_table.hpp"

#include <array>
#include <cmath>

namespace preempt::evidence {
namespace {

using history::Arm;

class Rows {
  public:
    void add(std::string population, std::string group, std::int64_t part, std::int64_t whole,
             std::string stratum = {}, Arm arm = Arm::none) {
        if (whole > 0)
            all_.push_back(
                {prefix_ + std::move(population), std::move(group), std::move(stratum), arm, part, whole});
    }
    void add(std::string population, std::string group, const Part& part) {
        add(std::move(population), std::move(group), part.part, part.whole);
    }
    void add(const std::string& population, const std::string& group, const Histogram& histogram) {
        for (const auto& [value, count] : histogram)
            add(population, group, 0, count, std::to_string(value));
    }
    /// Of what follows.
    void begin(std::string prefix) { prefix_ = std::move(prefix); }
    std::vector<CountRow> take() { return std::move(all_); }

  private:
    std::string prefix_;
    std::vector<CountRow> all_;
};

struct ReactionCount {
    const char* name;
    std::int64_t Funnel::*member;
};
constexpr std::array<ReactionCount, 8> kReactions{{{"delivered", &Funnel::delivered},
                                                   {"bounced", &Funnel::bounced},
                                                   {"opened", &Funnel::opened},
                                                   {"clicked", &Funnel::clicked},
                                                   {"replied", &Funnel::replied},
                                                   {"completed", &Funnel::completed},
                                                   {"dismissed", &Funnel::dismissed},
                                                   {"unsubscribed", &Funnel::unsubscribed}}};

void add_funnel(Rows& rows, const std::string& name, const std::string& group, const Funnel& funnel) {
    for (const auto& [reaction, member] : kReactions)
        rows.add(name + "_" + reaction, group, funnel.*member, funnel.sent);
}

/// Sums of money or minutes in hundredths, so that they are whole numbers.
std::int64_t hundredths(double sum) {
    return static_cast<std::int64_t>(std::floor(sum * 100 + 0.5));
}

void add_volume(Rows& rows, const Evidence& e) {
    rows.add("known_from", "", 0, e.coverage_start);
    rows.add("known_until", "", 0, e.coverage_end);
    rows.add("m01_contacts", "", 0, e.contacts);
    rows.add("m01_outreaches", "", 0, e.outreaches);
    rows.add("m01_broadcasts", "", 0, e.broadcast_messages);
    rows.add("m01_units", "", 0, e.units_messaged);
    rows.add("m02_engaged", "", e.engagement.engaged, e.engagement.eligible);
    rows.add("m02_after_ticket", "", e.engagement.after_ticket, e.engagement.eligible);
    rows.add("m02_pending", "", 0, e.engagement.pending);
    for (const bool all : {true, false}) {
        const auto& claims = all ? e.claims : e.targeted_claims;
        const char* name = all ? "all" : "targeted";
        rows.add("m03_positive", name, claims.positive, claims.attempts);
        rows.add("m03_improved", name, claims.usage_improved, claims.attempts);
        rows.add("m03_blank", name, claims.blank, claims.attempts);
    }
    for (const auto& [minutes, count] : e.first_response_minutes)
        rows.add("m16_minutes", std::to_string(minutes), 0, count);
}

void add_design(Rows& rows, const Design& design) {
    for (const auto& [unused, size] : design.experiments) {
        rows.add("design", size.name, 0, size.treated, "", Arm::treated);
        rows.add("design", size.name, 0, size.holdout, "", Arm::holdout);
    }
    rows.add("design_mixed", "", 0, design.mixed_units);
    rows.add("design_contaminated", "", 0, design.contaminated);
    rows.add("design_accounts", "", design.mixed_accounts, design.accounts);
}

void add_messages(Rows& rows, const Companions& all) {
    add_funnel(rows, "m25", "", all.funnel);
    for (const auto& funnel : all.by_content)
        add_funnel(rows, "m25_content", funnel.label, funnel);
    for (const auto& funnel : all.by_trigger)
        add_funnel(rows, "m25_trigger", funnel.label, funnel);
    rows.add("m26_load", "", all.frequency.messages_per_unit);
    rows.add("m27_automation", "", all.by_automation);
    rows.add("m36_promotional", "", all.promotional);
    rows.add("m18_message_cost", "", hundredths(all.message_cost), all.message_cost_stated);
}

void add_signals(Rows& rows, const Companions& all) {
    const auto& s = all.signals;
    rows.add("m07_helped_first", "", s.acted_first, s.mature);
    rows.add("m07_acted", "", s.acted, s.fired);
    rows.add("m07_pending", "", 0, s.pending);
    rows.add("m21_minutes", "", s.lead_minutes);
    rows.add("m22_minutes", "", s.latency_minutes);
    rows.add("m22_in_a_day", "", s.acted_in_a_day, s.acted);
    rows.add("m23_signal", "", s.with_active_signal);
    rows.add("m23_person", "", s.right_person);
    rows.add("m19_coverage", "", s.coverage);
    rows.add("tree_unacted", "", s.unacted_contacts, s.coverage.whole);
    for (const auto& play : all.triggers) {
        rows.add("play_fired", play.trigger, play.acted, play.fired);
        rows.add("play_messages", play.trigger, 0, play.messages);
        rows.add("play_covered", play.trigger, play.coverage);
        if (!play.owner.empty()) rows.add("play_owner", play.trigger, 0, 1, play.owner);
        if (!play.content.empty()) rows.add("play_content", play.trigger, 0, 1, play.content);
    }
}

void add_service(Rows& rows, const Companions& all) {
    rows.add("m12_tickets", "", all.repeat.tickets);
    rows.add("m12_units", "", all.repeat.units);
    rows.add("m12_pending", "", 0, all.repeat.pending);
    rows.add("m12_parallel", "", 0, all.repeat.parallel);
    rows.add("m12_reopened", "", 0, all.repeat.reopened);
    rows.add("m12_topic_unknown", "", 0, all.repeat.other_topic_unknown);
    rows.add("m16_response", "", all.first_response);
    rows.add("m10_active", "", 0, all.active_units);
    rows.add("m17_stayed", "", all.retention.still_active, all.retention.active_at_start);
    rows.add("m17_left", "quiet", all.retention.quiet_left);
    rows.add("m17_left", "contacting", all.retention.contacting_left);
    rows.add("m17_left", "holdout", all.retention.holdout_left);
    rows.add("m18_minutes", "", hundredths(all.handle_minutes), all.handle_minutes_stated);
    constexpr std::array<const char*, 6> kReasons{"",       "asked_to",     "confirm",
                                                  "how_to", "is_this_real", "other"};
    for (std::size_t r = 0; r < kReasons.size(); ++r)
        rows.add("m08_reasons", kReasons[r], 0, all.induced_reasons[r]);
}

void add_delays(Rows& rows, const std::string& name, const Delays& delays, const std::string& stratum) {
    for (const auto arm : {Arm::treated, Arm::holdout}) {
        const auto& counts = arm == Arm::holdout ? delays.holdout : delays.treated;
        for (std::size_t day = 0; day < counts.contacted.size(); ++day) {
            rows.add(name + "_contacted", std::to_string(day), 0, counts.contacted[day], stratum, arm);
            rows.add(name + "_censored", std::to_string(day), 0, counts.censored[day], stratum, arm);
        }
        rows.add(name + "_complete", "0", 0, counts.complete, stratum, arm);
    }
}

void add_earlier(Rows& rows, const Evidence& e) {
    for (const auto& one : e.earlier) {
        const auto& sums = one.sums;
        const auto add = [&](const char* name, double sum) {
            rows.add(name, "", static_cast<std::int64_t>(sum), static_cast<std::int64_t>(sums.outcome.units),
                     e.strata[one.stratum], one.arm);
        };
        add("earlier_contacts", sums.sum_x);
        add("earlier_squares", sums.sum_xx);
        add("earlier_with_outcome", sums.sum_xy);
        add("earlier_with_episodes", sums.sum_xm);
    }
}

void add_delays(Rows& rows, const Evidence& e) {
    add_delays(rows, "delay_messages", e.message_delays, "");
    add_delays(rows, "delay_matched", e.matched_delays, "");
    add_delays(rows, "delay_calendar", e.calendar_delays, "");
    const auto& by_stratum = e.assignment_delays_by_stratum;
    for (std::size_t h = 0; h < by_stratum.size(); ++h)
        add_delays(rows, "delay_assignments", by_stratum[h], e.strata[h]);
    if (by_stratum.empty())
        add_delays(rows, "delay_assignments", e.assignment_delays, e.strata.empty() ? "" : e.strata.front());
}

void add_reading(Rows& rows, const SelfServiceCounts& s) {
    rows.add("m13_potential", "", s.potential, s.sessions);
    rows.add("m13_confirmed", "", s.confirmed, s.sessions);
    rows.add("m13_pending", "", 0, s.pending);
    rows.add("m13_anonymous", "", 0, s.anonymous_sessions);
    rows.add("m14_anonymous", "", s.anonymous_views, s.views);
    rows.add("m14_helpful", "", s.helpful_yes, s.helpful_yes + s.helpful_no);
    rows.add("m14_led", "", 0, s.from_outreach);
    rows.add("m14_viewers", "", 0, s.viewers);
    for (const auto& topic : s.topics)
        rows.add("m14_topic", topic.topic, topic.contacts, topic.views);
}

void add_surveys(Rows& rows, const std::vector<SurveyCounts>& surveys) {
    constexpr std::array<const char*, 3> kKinds{"csat", "ces", "nps"};
    for (const auto& s : surveys) {
        const std::string kind = kKinds[static_cast<std::size_t>(s.kind)], about = std::to_string(s.about);
        rows.add("m15_asked", kind, 0, s.asked, about, s.arm);
        rows.add("m15_answers", kind, s.satisfied, s.answered, about, s.arm);
        if (s.kind != history::SurveyKind::nps) continue;
        rows.add("m15_promoters", kind, s.promoters, s.answered, about, s.arm);
        rows.add("m15_detractors", kind, s.detractors, s.answered, about, s.arm);
    }
}

void add_period(Rows& rows, const std::string& label, const PeriodSpan& period,
                const std::vector<std::string>& groups, const std::vector<std::string>& change_groups) {
    const auto& c = period.counts;
    rows.add("contacts", label, 0, period.contacts);
    rows.add("outreaches", label, 0, period.outreaches);
    add_funnel(rows, "m25", label, c.funnel);
    rows.add("m25_broadcasts", label, 0, c.broadcasts);
    rows.add("m26_load", label, c.messages_per_unit);
    rows.add("d04_senders", label, c.several_senders);
    rows.add("m36_promotional", label, c.promotional);
    rows.add("m27_automation", label, c.by_automation);
    rows.add("m22_minutes", label, c.latency);
    rows.add("tree_signalled", label, c.signalled, c.identified_contacts);
    rows.add("tree_unacted", label, c.unacted, c.identified_contacts);
    rows.add("d04_on_topic", label, c.on_messaged_topic, c.identified_contacts);
    rows.add("m12_units", label, c.repeat);
    rows.add("m13_potential", label, c.session_potential);
    rows.add("m13_confirmed", label, c.session_confirmed);
    rows.add("m14_views", label, 0, c.views);
    rows.add("m14_viewers", label, 0, c.viewers);
    for (std::size_t about = 0; about < c.satisfied.size(); ++about)
        rows.add("m15_satisfied", label, c.satisfied[about].part, c.satisfied[about].whole,
                 std::to_string(about));
    rows.add("m16_response", label, c.first_response);
    if (!groups.empty())
        for (std::size_t g = 0; g < c.contacts_by_group.size(); ++g)
            rows.add("tree_by", label, c.contacts_by_group[g].part, c.contacts_by_group[g].whole,
                     change_groups[g]);
}

} // namespace

std::vector<CountRow> count_rows_of(const Evidence& e) {
    Rows rows;
    add_volume(rows, e);
    add_design(rows, e.design);
    add_messages(rows, e.companions);
    add_signals(rows, e.companions);
    add_service(rows, e.companions);
    add_delays(rows, e);
    add_earlier(rows, e);
    rows.add("m04_before_contacts", "", 0, e.tally.before_contacts);
    add_reading(rows, e.companions.self_service);
    add_surveys(rows, e.companions.surveys);
    const auto& groups = e.messages_by.groups;
    for (std::size_t g = 0; g < e.companions.contacts_by_group.size(); ++g)
        rows.add("tree_by", groups[g], e.companions.contacts_by_group[g]);
    const std::array<std::pair<const char*, const Series*>, 4> all{
        {{"week_", &e.week}, {"month_", &e.month}, {"quarter_", &e.quarter}, {"year_", &e.year}}};
    for (const auto& [kind, series] : all) {
        rows.begin(kind);
        for (const auto& period : series->periods)
            add_period(rows, local_date(period.start, *e.question.zone), period, groups, e.change_groups);
    }
    return rows.take();
}

} // namespace preempt::evidence
