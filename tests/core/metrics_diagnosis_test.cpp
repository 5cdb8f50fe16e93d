// Diagnosis rules D01 to D22 (metrics.md 5.6): each fires on its symptoms, and not on a near miss.
#include "core/metrics/diagnosis.hpp"
#include "facts_helpers.hpp"

#include <algorithm>
#include <cmath>
#include <set>

using namespace preempt;
using namespace preempt::metrics;
using test::add_pair;
using test::cell;
using test::World;

namespace {

Diagnosis diagnosis(const World& world) {
    return world.use([](const Facts& facts) { return diagnose(facts); });
}
/// "fires", "no" or "not checked".
std::string state(const World& world, const std::string& id) {
    const auto d = diagnosis(world);
    for (const auto& f : d.findings)
        if (f.id == id) return "fires";
    for (const auto& n : d.not_checked)
        if (n.id == id) return "not checked";
    return "no";
}
Finding finding(const World& world, const std::string& id) {
    for (const auto& f : diagnosis(world).findings)
        if (f.id == id) return f;
    FAIL(id << " did not fire");
    return {};
}
bool has(const Finding& finding, const std::string& number) {
    return std::any_of(finding.numbers.begin(), finding.numbers.end(),
                       [&](const Quantity& q) { return q.id == number; });
}

void set_contents(World& w, std::int64_t clicked_a, std::int64_t delivered_a) {
    auto& c = w.evidence.companions;
    c.reactions_known = history::kClicked | history::kDelivered;
    evidence::Funnel a, b;
    a.label = "a";
    a.sent = 1000;
    a.delivered = delivered_a;
    a.clicked = clicked_a;
    b.label = "b";
    b.sent = 2000;
    b.delivered = 1900;
    b.clicked = 400;
    c.by_content = {a, b};
}

} // namespace

TEST_CASE("without data every rule says what it lacks") {
    const auto d = diagnosis(World{});
    CHECK(d.findings.empty());
    CHECK(d.not_found.empty());
    CHECK(d.not_checked.size() == 22);
    for (const auto& n : d.not_checked) {
        INFO(n.id);
        CHECK_FALSE(n.lacks.empty());
    }
}

TEST_CASE("the table holds D01 to D22 in order, each with its sources") {
    int n = 0;
    for (const auto& rule : diagnosis_rules()) {
        ++n;
        CHECK(std::string(rule.id) == (n < 10 ? "D0" : "D") + std::to_string(n));
        CHECK(std::string(rule.sources).substr(0, 1) == "S");
    }
    CHECK(n == 22);
}

TEST_CASE("a finding is the surer the higher the rung, and the clearer its numbers") {
    World w;
    w.share("M12", {100, 100, 100, 200});
    w.metric("M19", 200, 1000);
    CHECK(finding(w, "D02").confidence == "low");
    w.matched.available = true;
    w.matched.verdict = "prevents";
    CHECK(finding(w, "D02").confidence == "medium");
    w.effect(0.05);
    CHECK(finding(w, "D02").confidence == "high");
    World flat;
    flat.effect(0.05);
    flat.share("M02", {300, 300, 300, 300});
    CHECK(finding(flat, "D13").confidence == "medium"); // steady: no clear number
}

TEST_CASE("a finding carries the numbers that fired it, with what they are set against") {
    World w;
    w.share("M12", {100, 110, 90, 200});
    w.metric("M19", 200, 1000);
    const auto f = finding(w, "D02");
    REQUIRE(f.numbers.size() == 2);
    CHECK(f.numbers[0].id == "M12");
    CHECK(*f.numbers[0].estimate.value == Approx(0.2));
    CHECK(*f.numbers[0].against == Approx(0.1));
    CHECK(f.numbers[0].against_what == "before");
    CHECK(*f.numbers[0].difference.low > 0);
    CHECK(f.numbers[1].against_what == "half");
    CHECK(f.levers == std::vector<std::string>{"L03", "L06"});
    CHECK(f.settles == "signals");
}

TEST_CASE("D01: unsubscribes rise and contacts after outreach too") {
    World w;
    w.share("M25.unsubscribed", {10, 10, 10, 60});
    w.share("M04", {900, 900, 900, 800});
    CHECK(state(w, "D01") == "fires");
    World miss;
    miss.share("M25.unsubscribed", {10, 10, 10, 60});
    miss.share("M04", {900, 900, 900, 890}); // within chance
    CHECK(state(miss, "D01") == "no");
    World clicks;
    clicks.share("M25.clicked", {200, 200, 200, 100});
    clicks.share("M04", {900, 900, 900, 800});
    CHECK(state(clicks, "D01") == "fires");
}

TEST_CASE("D02: repeats rise and most contacts come without a signal") {
    World w;
    w.share("M12", {100, 100, 100, 160});
    w.metric("M19", 400, 1000);
    CHECK(state(w, "D02") == "fires");
    World miss;
    miss.share("M12", {100, 100, 100, 160});
    miss.metric("M19", 600, 1000);
    CHECK(state(miss, "D02") == "no");
    miss.share("M19", {700, 700, 700, 600}); // but fewer than before
    CHECK(state(miss, "D02") == "fires");
}

TEST_CASE("D03: a campaign is clicked less than the others though it arrives") {
    World w;
    set_contents(w, 80, 950); // 8% against 21%
    const auto f = finding(w, "D03");
    CHECK(f.label == "a");
    CHECK(f.detail == "not_clicked");
    World miss;
    set_contents(miss, 190, 950);
    CHECK(state(miss, "D03") == "no");
    World undelivered;
    set_contents(undelivered, 40, 500); // it does not arrive: no matter of content
    CHECK(state(undelivered, "D03") == "no");
}

TEST_CASE("D03: messages that lead to articles are more, and views are not") {
    World w;
    w.evidence.companions.self_service.from_outreach = 50;
    w.counts("M01.sent", {100, 100, 100, 200});
    w.counts("M14", {400, 400, 400, 400});
    CHECK(finding(w, "D03").detail == "not_viewed");
    World miss;
    miss.evidence.companions.self_service.from_outreach = 50;
    miss.counts("M01.sent", {100, 100, 100, 200});
    miss.counts("M14", {400, 400, 400, 600});
    CHECK(state(miss, "D03") == "no");
}

TEST_CASE("D04: volume does not fall, no effect is seen, and several senders write to the same people") {
    World w;
    w.effect(0.0);
    w.counts("M09", {500, 500, 500, 510});
    w.share("several_senders", {100, 100, 100, 300});
    CHECK(state(w, "D04") == "fires");
    CHECK(has(finding(w, "D04"), "M06"));
    w.effect(0.05); // it works: no silo keeps it from working
    CHECK(state(w, "D04") == "no");
    World falling;
    falling.effect(0.0);
    falling.counts("M09", {500, 500, 500, 300});
    falling.share("several_senders", {100, 100, 100, 300});
    CHECK(state(falling, "D04") == "no");
}

TEST_CASE("D05: messages come later after the signal, and satisfaction falls or sends are irregular") {
    World w;
    w.values("M22", "minutes", {60, 60, 60, 90});
    w.share("M15", {800, 800, 800, 700});
    CHECK(state(w, "D05") == "fires");
    World miss;
    miss.values("M22", "minutes", {60, 60, 60, 61});
    miss.share("M15", {800, 800, 800, 700});
    CHECK(state(miss, "D05") == "no");
    const auto weekly = [](std::initializer_list<int> sends) {
        World world;
        world.values("M22", "minutes", {60, 60, 60, 90});
        CompanionSeries s;
        s.id = "M01.sent";
        s.unit = "count";
        for (const int n : sends) {
            CompanionPoint p;
            p.numerator = n;
            s.week.push_back(p);
        }
        world.companions.push_back(s);
        return world;
    };
    CHECK(has(finding(weekly({100, 100, 100, 100, 20, 200, 30, 150}), "D05"), "weekly_sends_dispersion"));
    CHECK(state(weekly({100, 100, 100, 100, 95, 104, 99, 102}), "D05") == "no"); // chance
    CHECK(state(weekly({20, 200, 30, 150, 60, 140, 80, 120}), "D05") == "no");   // it was worse before
}

TEST_CASE("D06: signals see the contacts coming, and messages go elsewhere") {
    World w;
    w.metric("M19", 700, 1000);
    w.metric("M23", 300, 1000);
    CHECK(state(w, "D06") == "fires");
    World miss;
    miss.metric("M19", 700, 1000);
    miss.metric("M23", 510, 1000); // may be most or few
    miss.metric("M24", 400, 1000);
    CHECK(state(miss, "D06") == "no");
    World blind;
    blind.metric("M19", 400, 1000);
    blind.metric("M23", 300, 1000);
    CHECK(state(blind, "D06") == "no");
}

TEST_CASE("D07: detection and targeting are good, and the message draws replies instead of clicks") {
    World w;
    w.effect(0.03);
    w.metric("M19", 700, 1000);
    w.metric("M23", 700, 1000);
    w.metric("M08", 100, 1000);
    CHECK(finding(w, "D07").detail == "replies");
    World miss;
    miss.effect(0.03);
    miss.metric("M19", 700, 1000);
    miss.metric("M23", 700, 1000);
    miss.metric("M08", 30, 1000);
    CHECK(state(miss, "D07") == "no");
    World untargeted;
    untargeted.effect(0.03);
    untargeted.metric("M19", 700, 1000);
    untargeted.metric("M23", 400, 1000);
    untargeted.metric("M08", 100, 1000);
    CHECK(state(untargeted, "D07") == "no");
}

TEST_CASE("D08: the score fell, by mix or within groups") {
    const auto with = [](Estimate change, double mix, double within) {
        World w;
        Change c;
        c.period = "month";
        c.outcome = "per_outreach";
        c.from = {0.10, 0.09, 0.11};
        c.to = {0.10 + *change.value, 0.0, 0.1};
        c.change = change;
        c.contributions = {{"mix", "targeting", {mix, {}, {}}, true},
                           {"message", "message", {within, {}, {}}, true}};
        c.groups.resize(2);
        c.groups[0].label = "signal";
        c.groups[0].within = within;
        c.groups[1].label = "segment";
        w.tree.changes = {c};
        return w;
    };
    const auto mix = finding(with({-0.05, -0.08, -0.02}, -0.04, -0.01), "D08");
    CHECK(mix.detail == "mix");
    CHECK(mix.label.empty());
    const auto within = finding(with({-0.05, -0.08, -0.02}, -0.01, -0.04), "D08");
    CHECK(within.detail == "within");
    CHECK(within.label == "signal");
    CHECK(state(with({-0.02, -0.05, 0.01}, -0.01, -0.01), "D08") == "no");
    World rates; // without a comparison: the no-contact rate over outreach types
    rates.mix.missing.clear();
    rates.mix.total = {-0.05, -0.07, -0.03};
    rates.mix.mix = {-0.04, -0.05, -0.03};
    rates.mix.within = {-0.01, -0.03, 0.01};
    CHECK(finding(rates, "D08").detail == "mix");
    rates.mix.total = {-0.05, -0.12, 0.02};
    CHECK(state(rates, "D08") == "no");
}

TEST_CASE("D09: the ratio rose because contacts fell, or because more was sent") {
    const auto with = [](std::initializer_list<std::pair<int, int>> months) {
        World w;
        w.values("M01", "ratio", {});
        const char* days[] = {"2026-01-01", "2026-01-31", "2026-03-02", "2026-04-01", "2026-05-01"};
        auto& series = w.companions.back();
        for (const auto& [sent, contacts] : months) {
            CompanionPoint p;
            p.start = days[series.month.size()];
            p.end = days[series.month.size() + 1];
            p.numerator = sent;
            p.denominator = contacts;
            const double ratio = static_cast<double>(sent) / contacts;
            p.estimate = {ratio, ratio * 0.9, ratio * 1.1};
            series.month.push_back(p);
        }
        return w;
    };
    const auto quiet = finding(with({{100, 400}, {100, 400}, {100, 400}, {110, 200}}), "D09");
    CHECK(quiet.detail == "fewer_contacts");
    REQUIRE(quiet.numbers.size() == 3);
    // The two parts sum to the log of the ratio's change, exactly.
    CHECK(*quiet.numbers[1].estimate.value + *quiet.numbers[2].estimate.value ==
          Approx(std::log((110.0 / 200) / (100.0 / 400))).epsilon(1e-12));
    CHECK(finding(with({{100, 400}, {100, 400}, {100, 400}, {250, 390}}), "D09").detail == "more_outreach");
    CHECK(state(with({{100, 400}, {100, 400}, {100, 400}, {104, 400}}), "D09") == "no");
}

TEST_CASE("D10: fewer are reached in time because more serve themselves") {
    World w;
    w.share("M04", {900, 900, 900, 850});
    w.counts("M14.viewers", {200, 200, 200, 300});
    w.counts("M09", {500, 500, 500, 500});
    CHECK(state(w, "D10") == "fires");
    World miss = w;
    miss.companions.pop_back();
    miss.counts("M09", {500, 500, 500, 700}); // contacts rose: not benign
    CHECK(state(miss, "D10") == "no");
}

TEST_CASE("D11: more contacts crowd outreach out while each kind works as before") {
    World w;
    w.counts("M09", {500, 500, 500, 700});
    w.values("conversation_length", "ratio", {8, 8, 8, 5});
    w.mix.missing.clear();
    w.mix.within = {0.0, -0.01, 0.01};
    CHECK(state(w, "D11") == "fires");
    w.mix.within = {-0.03, -0.04, -0.02}; // quality fell: another cause
    CHECK(state(w, "D11") == "no");
}

TEST_CASE("D12: most messages are sent by hand, or more than before") {
    World w;
    w.metric("M27", 300, 1000);
    CHECK(state(w, "D12") == "fires");
    World miss;
    miss.metric("M27", 490, 1000); // may be half
    miss.share("M27", {500, 500, 500, 490});
    CHECK(state(miss, "D12") == "no");
    miss.companions.clear();
    miss.share("M27", {700, 700, 700, 490});
    CHECK(state(miss, "D12") == "fires");
}

TEST_CASE("D13: engagement is flat or falls") {
    World w;
    w.share("M02", {300, 300, 300, 200});
    CHECK(finding(w, "D13").detail == "falling");
    World flat;
    flat.share("M02", {300, 300, 300, 305});
    CHECK(finding(flat, "D13").detail == "flat");
    World miss;
    miss.share("M02", {300, 300, 300, 400});
    CHECK(state(miss, "D13") == "no");
}

TEST_CASE("D14: outreach creates demand") {
    World causes;
    causes.effect(-0.05);
    causes.metric("M08", 0, 1000);
    CHECK(finding(causes, "D14").detail == "causes");
    World replies;
    replies.effect(0.03);
    replies.metric("M08", 120, 1000);
    CHECK(finding(replies, "D14").detail == "replies");
    replies.metrics[0].variants.push_back({"first_day_excess", "", "points", 0, 0, {0.02, 0.0, 0.04}});
    CHECK(state(replies, "D14") == "no"); // beyond the held-out the message set off little
    World miss;
    miss.effect(0.0);
    miss.metric("M08", 15, 1000); // 1.5% of replies, and an effect of 0 give or take 2
    CHECK(state(miss, "D14") == "no");
}

TEST_CASE("D15: the effect shrinks with each message while some get more of them") {
    World w;
    w.programme.fatigue.verdict = "shrinks";
    w.programme.fatigue.change_per_index = {-0.03, -0.05, -0.01};
    for (std::size_t m = 0; m < 6; ++m)
        w.evidence.month.periods[m].counts.messages_per_unit = {{1, 80}, {m == 5 ? 6 : 3, 20}};
    CHECK(state(w, "D15") == "fires");
    auto same = w;
    same.evidence.month.periods[5].counts.messages_per_unit = {{1, 80}, {3, 20}};
    CHECK(state(same, "D15") == "no");
    auto steady = w;
    steady.programme.fatigue.verdict = "cannot_tell";
    CHECK(state(steady, "D15") == "no");
}

TEST_CASE("D16: contacts come within a day of the message, among those held out too") {
    const auto with = [](std::int64_t held_first_day) {
        World w;
        w.evidence.has_arms = true;
        auto treated = cell(test::Arm::treated, 100, 1000), held = cell(test::Arm::holdout, 60, 500);
        treated.first_contact_day[0] = 80;
        held.first_contact_day[0] = held_first_day;
        w.evidence.assignments.cells = {treated, held};
        w.evidence.messages.cells = {treated};
        return w;
    };
    CHECK(state(with(50), "D16") == "fires");
    CHECK(state(with(20), "D16") == "no"); // only the messaged write at once: replies, not late messages
    World alone = with(0);
    alone.evidence.assignments.cells.clear();
    CHECK(state(alone, "D16") == "fires");
    alone.evidence.messages.cells[0].first_contact_day[0] = 52; // of 100
    CHECK(state(alone, "D16") == "no");
}

TEST_CASE("D17: the quiet leave more often than those who contact") {
    World w;
    w.evidence.companions.retention.quiet_left = {100, 1000};
    w.evidence.companions.retention.contacting_left = {20, 500};
    CHECK(state(w, "D17") == "fires");
    w.evidence.companions.retention.contacting_left = {45, 500};
    CHECK(state(w, "D17") == "no");
}

TEST_CASE("D18: most messages promote, and unsubscribes rise") {
    World w;
    w.metric("M36", 600, 1000);
    w.share("M25.unsubscribed", {10, 10, 10, 50});
    CHECK(state(w, "D18") == "fires");
    World miss;
    miss.metric("M36", 300, 1000);
    miss.share("M25.unsubscribed", {10, 10, 10, 50});
    CHECK(state(miss, "D18") == "no");
}

TEST_CASE("D19: people are less satisfied with outreach than with contacts") {
    const auto with = [](std::int64_t satisfied) {
        World w;
        w.evidence.companions.surveys = {
            {history::SurveyKind::csat, 0, test::Arm::none, 0, 200, satisfied, 0, 0},
            {history::SurveyKind::csat, 1, test::Arm::none, 0, 400, 340, 0, 0},
            {history::SurveyKind::nps, 0, test::Arm::none, 0, 400, 0, 0, 0}};
        return w;
    };
    CHECK(state(with(130), "D19") == "fires"); // 65% against 85%
    CHECK(state(with(166), "D19") == "no");    // 83%
}

TEST_CASE("D20: contacts fell alike in both arms: a quiet month, nothing to claim") {
    const auto with = [](std::int64_t held_after, std::int64_t treated_after) {
        World w;
        w.effect(0.0);
        w.evidence.has_arms = true;
        auto& cells = w.evidence.month.assignments;
        add_pair(cells, 300, 1000, 300, 1000, 4);
        add_pair(cells, held_after, 1000, treated_after, 1000, 5);
        return w;
    };
    CHECK(state(with(200, 200), "D20") == "fires");
    CHECK(state(with(300, 200), "D20") == "no"); // only the messaged became quieter
    CHECK(state(with(290, 285), "D20") == "no"); // within chance
    World none;
    CHECK(state(none, "D20") == "not checked");
}

TEST_CASE("D21: the arms differed before anything was sent, or are not as large as designed") {
    World w;
    w.effect(0.05);
    w.holdout.placebo.state = "failed";
    w.holdout.placebo.difference = {0.03, 0.01, 0.05};
    CHECK(finding(w, "D21").detail == "before");
    w.holdout.placebo.state = "passed";
    CHECK(state(w, "D21") == "no");
    w.holdout.sample_ratio.p = 1e-6;
    w.holdout.sample_ratio.flagged = true;
    w.holdout.verdict = "withheld";
    CHECK(finding(w, "D21").detail == "sizes");
}

TEST_CASE("D22: no effect where the risk is highest, but in the middle") {
    const auto with = [](std::int64_t high_treated, std::int64_t mid_treated) {
        World w;
        w.effect(0.05);
        const auto stratum = [](const char* label, std::int64_t held, std::int64_t treated) {
            Stratum s;
            s.label = label;
            s.holdout_units = s.holdout_episodes = 500;
            s.holdout_contacted = held;
            s.treated_units = s.treated_episodes = 1000;
            s.treated_contacted = treated;
            s.covered = true;
            return s;
        };
        w.holdout.strata = {stratum("high", 300, high_treated), stratum("mid", 150, mid_treated),
                            stratum("low", 25, 40)};
        return w;
    };
    CHECK(state(with(600, 150), "D22") == "fires");
    CHECK(state(with(400, 150), "D22") == "no"); // it helps those at the highest risk too
    CHECK(state(with(600, 300), "D22") == "no"); // it helps nobody
    auto two = with(600, 150);
    two.holdout.strata.pop_back();
    CHECK(state(two, "D22") == "not checked");
}
