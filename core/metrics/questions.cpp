#include "core/metrics/questions.hpp"

#include "core/base/sort_list.hpp"
#include "core/stats/power.hpp"

#include <algorithm>
#include <cmath>

namespace preempt::metrics {
namespace {

struct Asked {
    const Facts& facts;
    const Playbook& playbook;
    const Diagnosis& diagnosis;
    const std::vector<VerifiedImpact>& impacts;

    const Finding* finding(const char* id) const {
        for (const auto& f : diagnosis.findings)
            if (f.id == id) return &f;
        return nullptr;
    }
    const char* effect_id() const { return facts.basis.holdout.available ? "M06" : "M05"; }
};

Quantity plain(const std::string& id, const std::string& unit, const Estimate& estimate,
               std::string label = "") {
    return {id, std::move(label), unit, estimate, std::nullopt, "", {}, false};
}
Quantity against_zero(const std::string& id, const std::string& unit, const Estimate& e,
                      std::string label = "") {
    return {id, std::move(label), unit, e, 0.0, "zero", {}, above_zero(e) || below_zero(e)};
}
void add_metric(const Asked& asked, Answer& answer, const char* id) {
    if (const auto* m = metric_of(asked.facts, id); m != nullptr && m->estimate.value)
        answer.numbers.push_back(plain(id, m->unit, m->estimate));
}
/// Without a comparison that can be believed there is no answer.
bool no_comparison(const Asked& asked, Answer& answer) {
    if (leading_of(asked.facts) != nullptr) return false;
    const auto& basis = asked.facts.basis;
    const auto& c = basis.holdout.available ? basis.holdout : basis.matched;
    answer.missing = c.available ? c.withheld_why : basis.holdout.missing;
    if (answer.missing.empty()) answer.missing = "no_comparison";
    return true;
}

/// "works", "harms", "quiet" (both arms fell alike, and no effect is seen), "cannot_tell".
void quiet_month(const Asked& asked, Answer& answer) {
    Look look(asked.facts);
    look.falling("M09");
    if (no_comparison(asked, answer)) {
        answer.numbers = look.numbers;
        return;
    }
    const auto* c = leading_of(asked.facts);
    answer.numbers.push_back(against_zero(asked.effect_id(), "points", c->difference));
    const auto* quiet = asked.finding("D20");
    const auto& rest = quiet == nullptr ? look.numbers : quiet->numbers;
    answer.numbers.insert(answer.numbers.end(), rest.begin(), rest.end());
    answer.verdict = c->verdict == "prevents" ? "works"
                     : c->verdict == "causes" ? "harms"
                     : quiet != nullptr       ? "quiet"
                                              : "cannot_tell";
}

/// "stop" (items), "none" (some can be told, none to stop), "cannot_tell" (none can be told).
void stop_trigger(const Asked& asked, Answer& answer) {
    const auto& plays = asked.playbook.plays;
    if (plays.empty()) {
        answer.missing = asked.playbook.missing;
        return;
    }
    std::vector<const Play*> stop;
    for (const auto& play : plays)
        if (play.verdict == "stop") stop.push_back(&play);
    const auto low = [](const Play* p) { return p->effect.low.value_or(0); };
    sort_list(stop, [&](const Play* a, const Play* b) { return low(a) < low(b); });
    for (const auto* play : stop) {
        answer.items.push_back(play->trigger);
        answer.numbers.push_back(against_zero(asked.effect_id(), "points", play->effect, play->trigger));
        if (play->why == "replies_outnumber")
            answer.numbers.push_back(plain("M08", "share", play->induced, play->trigger));
    }
    const bool told = std::any_of(plays.begin(), plays.end(),
                                  [](const Play& play) { return play.verdict != "cannot_tell"; });
    answer.verdict = !stop.empty() ? "stop" : told ? "none" : "cannot_tell";
}

/// "more_than_they_prevent" (D14), "some" (replies there are, fewer than what is prevented or than can be
/// told), "none". About what: the reasons, as the contacts state them.
void causing_tickets(const Asked& asked, Answer& answer) {
    const auto* m = metric_of(asked.facts, "M08");
    if (m == nullptr || !m->estimate.value) {
        answer.missing = m == nullptr || m->missing.empty() ? "no_contacts" : m->missing;
        return;
    }
    answer.numbers.push_back(plain("M08", m->unit, m->estimate));
    if (const auto* c = leading_of(asked.facts))
        answer.numbers.push_back(against_zero(asked.effect_id(), "points", c->difference));
    static constexpr const char* kReasons[] = {"", "asked_to", "confirm", "how_to", "is_this_real", "other"};
    const auto& reasons = asked.facts.basis.evidence.companions.induced_reasons;
    for (std::size_t r = 1; r < reasons.size(); ++r)
        if (reasons[r] > 0)
            answer.numbers.push_back(
                plain("induced_reason", "count", {static_cast<double>(reasons[r]), {}, {}}, kReasons[r]));
    answer.verdict = asked.finding("D14") != nullptr ? "more_than_they_prevent"
                     : m->numerator > 0              ? "some"
                                                     : "none";
}

/// "saved" (at least the lower bound), "may_be_none", "caused".
void saved(const Asked& asked, Answer& answer) {
    if (no_comparison(asked, answer)) return;
    const auto* c = leading_of(asked.facts);
    answer.numbers.push_back(against_zero("prevented", "count", c->prevented));
    answer.verdict = above_zero(c->prevented) ? "saved" : below_zero(c->prevented) ? "caused" : "may_be_none";
}

/// "pays" (also at the lower bound), "could_cost".
void money_worth(const Asked& asked, Answer& answer) {
    const auto& money = asked.facts.money;
    if (!money.missing.empty()) {
        answer.missing = money.missing;
        return;
    }
    answer.numbers.push_back(against_zero("gross", "money", money.gross));
    if (money.net.value) answer.numbers.push_back(against_zero("net", "money", money.net));
    if (money.hours.value) answer.numbers.push_back(against_zero("hours", "hours", money.hours));
    answer.verdict = money.could_cost ? "could_cost" : "pays";
}

/// "compared" (items: ids of ranges with a verdict), "nothing_alike" (no published range is of a figure that
/// these data give).
void compare_others(const Asked& asked, Answer& answer) {
    for (const auto& b : asked.facts.benchmarks)
        if (b.verdict == "below" || b.verdict == "inside" || b.verdict == "above" ||
            b.verdict == "out_of_reach")
            answer.items.push_back(b.id);
    answer.verdict = answer.items.empty() ? "nothing_alike" : "compared";
}

/// "have_one", "estimate" (rung 4), "upper_bound" (rung 3), "activity" (below).
void no_holdout(const Asked& asked, Answer& answer) {
    const int rung = asked.facts.headline_rung;
    answer.verdict = asked.facts.basis.holdout.available ? "have_one"
                     : rung >= 4                         ? "estimate"
                     : rung == 3                         ? "upper_bound"
                                                         : "activity";
    add_metric(asked, answer, "M05");
    add_metric(asked, answer, "M04");
}

/// "sizes": customers needed in all to see a drop by half and by a quarter, at three shares held out, from
/// the baseline of these data (3.3). "at_baseline" is that rate.
void holdout_size(const Asked& asked, Answer& answer) {
    const auto* baseline = metric_of(asked.facts, "M11");
    if (baseline == nullptr || !baseline->estimate.value || *baseline->estimate.value <= 0) {
        answer.missing = "no_baseline";
        return;
    }
    const double rate = *baseline->estimate.value;
    answer.numbers.push_back(plain("M11", "share", baseline->estimate));
    const auto& basis = asked.facts.basis;
    const double deff = basis.holdout.available ? basis.holdout.design_effect : basis.matched.design_effect;
    struct Plan {
        const char* label; ///< share held out, drop
        double held, drop;
    };
    for (const auto& plan : {Plan{"50 50", 0.5, 0.5}, Plan{"50 25", 0.5, 0.25}, Plan{"20 50", 0.2, 0.5},
                             Plan{"20 25", 0.2, 0.25}, Plan{"10 50", 0.1, 0.5}, Plan{"10 25", 0.1, 0.25}}) {
        const auto size = stats::sample_size(rate, rate * (1 - plan.drop), plan.held / (1 - plan.held),
                                             basis.level, 0.80, std::max(1.0, deff));
        const double total = std::ceil(size.holdout) + std::ceil(size.contacted);
        if (std::isfinite(total))
            answer.numbers.push_back(plain("units_needed", "count", {total, {}, {}}, plan.label));
    }
    if (basis.holdout.available && basis.holdout.detectable_drop)
        answer.numbers.push_back(
            plain("detectable_drop", "points", {*basis.holdout.detectable_drop, {}, {}}));
    answer.verdict = "sizes";
}

/// "fatigue" (D15), "effect_shrinks" (with each further message, though nobody gets more of them), "no_sign",
/// "not_measured" (nobody was held out at the same trigger).
void over_messaged(const Asked& asked, Answer& answer) {
    const auto& f = asked.facts.programme.fatigue;
    if (f.frequency.units == 0) {
        answer.missing = "no_outreaches";
        return;
    }
    const auto add = [&](const char* label, const std::optional<double>& value) {
        if (value) answer.numbers.push_back(plain("M26", "count", {*value, {}, {}}, label));
    };
    add("p50", f.frequency.p50);
    add("p90", f.frequency.p90);
    add("most", f.frequency.most);
    if (f.change_per_index.value)
        answer.numbers.push_back(against_zero("effect_per_index", "points", f.change_per_index));
    answer.verdict = asked.finding("D15") != nullptr ? "fatigue"
                     : f.verdict == "shrinks"        ? "effect_shrinks"
                     : f.verdict == "not_measured"   ? "not_measured"
                                                     : "no_sign";
}

/// The latest change to a message, else the latest of all: its verdict (VerifiedImpact); items: the change.
void rewrite(const Asked& asked, Answer& answer) {
    const auto& all = asked.impacts;
    if (all.empty()) {
        answer.missing = "no_changes";
        return;
    }
    auto row = std::find_if(all.begin(), all.end(), [](const VerifiedImpact& i) {
        return i.branch == "message" || !i.content.empty();
    });
    if (row == all.end()) row = all.begin();
    answer.items = {row->change};
    answer.verdict = row->verdict;
    if (row->effect.value)
        answer.numbers.push_back(against_zero(row->measured, row->measured == "M06" ? "points" : "share",
                                              row->effect, row->change));
}

/// "several" (items: the definitions, from the largest claim to the best supported), "one".
void boss_number(const Asked& asked, Answer& answer) {
    const auto& r = asked.facts.reconciliation;
    answer.items = r.chain;
    for (const auto& id : r.chain)
        for (const auto& row : r.rows)
            if (row.id == id) answer.numbers.push_back(plain(row.metric, row.unit, row.estimate, row.id));
    if (r.chain.empty()) answer.missing = "no_outreaches";
    answer.verdict = r.chain.empty() ? "" : r.chain.size() > 1 ? "several" : "one";
}

/// The headline with its rung: what a slide needs.
void qbr(const Asked& asked, Answer& answer) {
    if (asked.facts.headline_rung < 0) {
        answer.missing = "no_outreaches";
        return;
    }
    static constexpr const char* kMetrics[] = {"M01", "M02", "M03", "M04", "M05", "M06"};
    add_metric(asked, answer, kMetrics[std::clamp(asked.facts.headline_rung, 0, 5)]);
    answer.verdict = "headline";
}

struct Question {
    const char* id;
    const char* view;
    void (*answer)(const Asked&, Answer&); ///< null: the same answer for everybody, in words
};
constexpr Question kQuestions[] = {
    {"quiet_month", "trend", quiet_month},
    {"stop_trigger", "playbook", stop_trigger},
    {"causing_tickets", "effect", causing_tickets},
    {"saved", "effect", saved},
    {"money", "money", money_worth},
    {"compare_others", "benchmarks", compare_others},
    {"no_holdout", "ladder", no_holdout},
    {"holdout_size", "planner", holdout_size},
    {"over_messaged", "fatigue", over_messaged},
    {"rewrite", "impacts", rewrite},
    {"boss_number", "reconciliation", boss_number},
    {"privacy", "help", nullptr},
    {"columns", "help", nullptr},
    {"qbr", "print", qbr},
};

} // namespace

std::vector<Answer> answers(const Facts& facts, const Playbook& playbook, const Diagnosis& diagnosis,
                            const std::vector<VerifiedImpact>& impacts) {
    const Asked asked{facts, playbook, diagnosis, impacts};
    std::vector<Answer> all;
    for (const auto& question : kQuestions) {
        Answer answer;
        answer.id = question.id;
        answer.view = question.view;
        if (question.answer == nullptr)
            answer.verdict = "always";
        else
            question.answer(asked, answer);
        all.push_back(std::move(answer));
    }
    return all;
}

} // namespace preempt::metrics
