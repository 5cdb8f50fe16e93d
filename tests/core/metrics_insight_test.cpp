// Levers with their prizes (5.7), guards (5.8), answers to questions (4.2).
#include "core/metrics/guards.hpp"
#include "core/metrics/insight.hpp"
#include "facts_helpers.hpp"

#include <algorithm>

using namespace preempt;
using namespace preempt::metrics;
using test::cell;
using test::World;

namespace {

Guard guard(const World& world, const std::string& id) {
    return world.use([&](const Facts& facts) {
        for (const auto& g : guards(facts))
            if (g.id == id) return g;
        FAIL("no guard " << id);
        return Guard{};
    });
}
/// State and count of a guard: "acting 3".
std::string act(const World& world, const std::string& id) {
    const auto g = guard(world, id);
    return g.state + " " + std::to_string(g.count);
}
Insight all(const World& world) {
    return world.use([](const Facts& facts) { return insight(facts); });
}
Answer answer(const World& world, const std::string& id) {
    for (const auto& a : all(world).answers)
        if (a.id == id) return a;
    FAIL("no answer " << id);
    return {};
}
const LeverCard* lever(const Insight& insight, const std::string& id) {
    for (const auto& card : insight.levers)
        if (card.id == id) return &card;
    return nullptr;
}
BreakdownRow row(const char* label, double effect, double half, std::int64_t treated, const char* verdict) {
    BreakdownRow r;
    r.label = label;
    r.treated_episodes = r.episodes = treated;
    r.effect = r.shrunken = {effect, effect - half, effect + half};
    r.verdict = verdict;
    return r;
}

/// Messages with everything that guards look for.
World messages() {
    World w;
    auto c = cell(test::Arm::treated, 40, 400);
    c.messages = 460;
    c.reactive = 7;
    c.pending = 132;
    c.censored = 3;
    w.evidence.messages.cells = {c};
    w.evidence.outreaches = 700;
    return w;
}

} // namespace

TEST_CASE("all 22 guards stand in order, and none applies to no data") {
    World w;
    w.evidence = evidence::Evidence{};
    w.evidence.typed = true;
    w.use([](const Facts& facts) {
        const auto all_guards = guards(facts);
        REQUIRE(all_guards.size() == 22);
        for (std::size_t i = 0; i < all_guards.size(); ++i) {
            CHECK(all_guards[i].id == (i < 9 ? "G0" : "G") + std::to_string(i + 1));
            INFO(all_guards[i].id);
            CHECK(all_guards[i].state == "not_applicable");
        }
        return 0;
    });
}

TEST_CASE(
    "guards of episodes: reactive, immature and left customers are left out, one silence has one credit") {
    auto w = messages();
    CHECK(act(w, "G01") == "acting 7");
    CHECK(act(w, "G12") == "acting 132");
    CHECK(guard(w, "G12").of == "windows");
    CHECK(act(w, "G13") == "acting 60");
    CHECK(act(w, "G10") == "acting 3");
    w.evidence.companions.retention.quiet_left = {5, 300};
    CHECK(act(w, "G10") == "acting 8");
    w.evidence.messages.cells = {cell(test::Arm::treated, 40, 400)};
    w.evidence.companions.retention = {};
    CHECK(act(w, "G01") == "ok 0");
    CHECK(act(w, "G12") == "ok 0");
    CHECK(act(w, "G13") == "ok 0");
    CHECK(act(w, "G10") == "not_applicable 0");
}

TEST_CASE("guards of the ladder: claims apart, no holdout, volume is no effect") {
    auto w = messages();
    w.evidence.has_outcomes = true;
    w.evidence.claims.positive = 180;
    w.evidence.claims.usage_improved = 45;
    CHECK(act(w, "G02") == "acting 225");
    w.headline_rung = 2;
    CHECK(act(w, "G02") == "ok 0"); // the claim is all there is, and is called one
    CHECK(act(w, "G04") == "acting 400");
    CHECK(act(w, "G06") == "ok 0");
    w.headline_rung = 0;
    CHECK(act(w, "G06") == "acting 700");
    w.effect(0.05);
    CHECK(act(w, "G04") == "ok 0");
}

TEST_CASE("G03: windows that would give another verdict are counted") {
    World w;
    w.window.points.resize(3);
    w.window.points[0].verdict = "prevents";
    w.window.points[1].verdict = "prevents";
    w.window.points[1].chosen = true;
    w.window.points[1].days = 7;
    w.window.points[2].verdict = "cannot_tell";
    CHECK(act(w, "G03") == "ok 0");
    w.window.depends_on_window = true;
    CHECK(act(w, "G03") == "acting 1");
    CHECK(guard(w, "G03").value == 7);
}

TEST_CASE("guards of messages: broadcasts, opens, promotion, frequency, engaged against unengaged") {
    auto w = messages();
    CHECK(act(w, "G05") == "ok 0");
    w.evidence.broadcast_messages = 90;
    CHECK(act(w, "G05") == "acting 90");
    CHECK(act(w, "G19") == "not_applicable 0");
    w.evidence.companions.reactions_known = history::kOpened;
    w.evidence.companions.funnel.opened = 333;
    CHECK(act(w, "G19") == "acting 333");
    CHECK(act(w, "G08") == "not_applicable 0");
    w.evidence.companions.promotional = {12, 700};
    CHECK(act(w, "G08") == "acting 12");
    w.evidence.companions.frequency.messages_per_unit = {{1, 100}, {9, 2}};
    CHECK(act(w, "G07") == "ok 0");
    CHECK(guard(w, "G07").value == 9);
    w.programme.fatigue.verdict = "shrinks";
    CHECK(act(w, "G07") == "acting 102");
    w.evidence.has_engagement = true;
    w.evidence.engagement.engaged = 55;
    CHECK(act(w, "G11") == "acting 55");
}

TEST_CASE("guards of contacts: unknown people, the team's own tickets, satisfaction split") {
    auto w = messages();
    w.evidence.health.contacts_in_scope = 500;
    w.evidence.health.contacts_matched = 480;
    w.evidence.health.direction_assumed = 30;
    CHECK(act(w, "G17") == "acting 20");
    CHECK(act(w, "G18") == "ok 0");
    CHECK(guard(w, "G18").value == 30);
    w.outbound = 14;
    CHECK(act(w, "G18") == "acting 14");
    CHECK(act(w, "G09") == "not_applicable 0");
    w.evidence.companions.surveys = {{history::SurveyKind::csat, 0, test::Arm::none, 0, 25, 20, 0, 0},
                                     {history::SurveyKind::csat, 1, test::Arm::none, 0, 75, 60, 0, 0}};
    CHECK(act(w, "G09") == "acting 25");
}

TEST_CASE("guards of the holdout: its rows, uneven arms, looking early") {
    auto w = messages();
    w.effect(0.05);
    w.evidence.has_arms = true;
    w.evidence.health.holdout_rows = 40;
    CHECK(act(w, "G20") == "acting 40");
    w.holdout.baseline.episodes = 100;
    w.holdout.baseline.contacted = 22;
    w.holdout.treated.episodes = 400;
    w.holdout.treated.contacted = 48;
    CHECK(act(w, "G21") == "acting 500");
    CHECK(guard(w, "G21").value == -26); // totals would call it harm; rates say 10 points prevented
    CHECK(act(w, "G16") == "ok 0");
    w.holdout.sequential.applies = true;
    w.holdout.sequential.units = 300;
    w.holdout.sequential.planned = 1000;
    w.holdout.sequential.planned_assumed = false;
    CHECK(act(w, "G16") == "acting 300");
    CHECK(guard(w, "G16").value == 1000);
    CHECK(act(World{}, "G16") == "not_applicable 0");
}

TEST_CASE("guards of what is shown: ranges of other figures, small groups, masked cells") {
    World w;
    CHECK(act(w, "G14") == "not_applicable 0");
    w.benchmarks.resize(3);
    w.benchmarks[0].metric_id = "M06";
    w.benchmarks[0].verdict = "below";
    w.benchmarks[1].verdict = "no_value";
    w.benchmarks[2].metric_id = "M03";
    w.benchmarks[2].verdict = "no_value";
    CHECK(act(w, "G14") == "acting 2");
    w.breakdown.rows = {row("a", 0.1, 0.02, 500, "prevents"), row("b", 0.0, 0.2, 30, "cannot_tell"),
                        row("c", 0.0, 0.9, 4, "too_few")};
    CHECK(act(w, "G15") == "acting 2");
    CHECK(act(w, "G22") == "acting 1"); // 4 episodes
    w.breakdown.rows.resize(1);
    CHECK(act(w, "G15") == "ok 0");
    CHECK(act(w, "G22") == "ok 0");
}

TEST_CASE("a lever comes with its findings, owner, prize, and the row of the changes table") {
    World w;
    w.effect(0.05);
    w.metric("M19", 700, 1000);
    w.metric("M23", 300, 1000); // D06 suggests L07
    w.breakdown.attribute = "segment";
    w.breakdown.rows = {row("small", 0.12, 0.03, 1000, "prevents"),
                        row("large", 0.01, 0.02, 3000, "cannot_tell")};
    w.tree.owners = {{"targeting", "o1", "Ada", "Support", "A", "ada@example.org"}};
    const auto found = all(w);
    const auto* card = lever(found, "L07");
    REQUIRE(card != nullptr);
    CHECK(card->findings == std::vector<std::string>{"D06"});
    CHECK(card->owner.id == "o1");
    REQUIRE(card->prize.has_value());
    CHECK(card->prize->attribute == "segment");
    CHECK(card->prize->group == "large");
    CHECK(card->prize->better == "small");
    CHECK(*card->prize->contacts.value == Approx(3000 * 0.11));
    CHECK(*card->prize->contacts.low > 0);
    CHECK(card->expected_metric == "M06");
    CHECK(card->expected_direction == 1);
    CHECK(card->recheck_days == 42);       // a week skipped, 28 days, a week of windows
    CHECK(lever(found, "L09") == nullptr); // there is a holdout
    w.breakdown.rows[0].verdict = "cannot_tell";
    const auto none = all(w);
    CHECK_FALSE(lever(none, "L07")->prize.has_value());
    CHECK(lever(none, "L07")->no_prize == "no_better_group");
    w.breakdown.rows.clear();
    CHECK(lever(all(w), "L07")->no_prize == "no_groups");
}

TEST_CASE("without a holdout the lever of a holdout is always there") {
    const auto found = all(World{});
    REQUIRE(lever(found, "L09") != nullptr);
    CHECK(lever(found, "L09")->no_prize == "not_a_group");
    CHECK(levers().size() == 15);
}

TEST_CASE("a trigger that causes contacts: to stop it is said first, and no other lever counts on it") {
    World w;
    w.effect(0.05);
    w.metric("M19", 700, 1000);
    w.metric("M23", 300, 1000); // D06 suggests L07
    w.evidence.has_arms = true;
    auto& table = w.evidence.assignments_by_trigger;
    table.groups = {"good", "bad", "idle"};
    test::add_pair(table.cells, 300, 1000, 200, 1000, 0);
    test::add_pair(table.cells, 100, 1000, 250, 1000, 1);
    test::add_pair(table.cells, 200, 1000, 200, 1000, 2);
    w.evidence.messages_by_trigger.groups = table.groups;
    const auto found = all(w);
    const auto& play = found.playbook.plays.back();
    REQUIRE(play.trigger == "bad");
    REQUIRE(play.verdict == "stop");
    REQUIRE_FALSE(found.levers.empty());
    const auto& first = found.levers.front();
    CHECK(first.id == "L15");
    CHECK(first.trigger == "bad");
    REQUIRE(first.prize.has_value());
    CHECK(first.prize->group == "bad");
    CHECK(first.prize->better.empty()); // set against nothing being sent
    CHECK(*first.prize->contacts.value == Approx(-*play.effect.value * 1000));
    CHECK(*first.prize->contacts.low == Approx(-*play.effect.high * 1000));
    const auto* other = lever(found, "L07"); // its prize without that rule would be the larger one, of "bad"
    REQUIRE(other != nullptr);
    REQUIRE(other->prize.has_value());
    CHECK(other->prize->group == "idle");
    CHECK(other->prize->better == "good");
    table.cells.clear();
    table.groups = {"good"};
    test::add_pair(table.cells, 300, 1000, 200, 1000, 0);
    CHECK(lever(all(w), "L15") == nullptr);
}

TEST_CASE("every lever that a rule suggests stands in the table") {
    for (const auto& rule : diagnosis_rules())
        for (const auto& id : words_of(rule.levers))
            CHECK(std::any_of(levers().begin(), levers().end(), [&](const Lever& l) { return l.id == id; }));
}

TEST_CASE("was it a quiet month: the effect decides, then whether both arms fell alike") {
    World w;
    CHECK(answer(w, "quiet_month").missing == "no_holdout");
    w.effect(0.05);
    CHECK(answer(w, "quiet_month").verdict == "works");
    w.effect(-0.05);
    CHECK(answer(w, "quiet_month").verdict == "harms");
    w.effect(0.0);
    CHECK(answer(w, "quiet_month").verdict == "cannot_tell");
    test::add_pair(w.evidence.month.assignments, 300, 1000, 300, 1000, 4);
    test::add_pair(w.evidence.month.assignments, 200, 1000, 200, 1000, 5);
    CHECK(answer(w, "quiet_month").verdict == "quiet");
    CHECK(answer(w, "quiet_month").numbers.size() == 4); // the effect, both arms, the effect's move
}

TEST_CASE("which trigger to stop: those that cause contacts, the worst first") {
    World w;
    CHECK(answer(w, "stop_trigger").missing == "no_triggers");
    w.effect(0.05);
    w.evidence.has_arms = true;
    auto& table = w.evidence.assignments_by_trigger;
    table.groups = {"good", "bad", "worse"};
    test::add_pair(table.cells, 300, 1000, 200, 1000, 0);
    w.evidence.messages_by_trigger.groups = table.groups;
    CHECK(answer(w, "stop_trigger").verdict == "none");
    test::add_pair(table.cells, 100, 1000, 150, 1000, 1);
    test::add_pair(table.cells, 100, 1000, 250, 1000, 2);
    const auto a = answer(w, "stop_trigger");
    CHECK(a.verdict == "stop");
    CHECK(a.items == std::vector<std::string>{"worse", "bad"});
    CHECK(a.numbers[0].label == "worse");
    CHECK(a.view == "playbook");
    table.cells.clear();
    table.groups = {"small"};
    test::add_pair(table.cells, 3, 10, 1, 10, 0);
    CHECK(answer(w, "stop_trigger").verdict == "cannot_tell");
}

TEST_CASE("are our messages causing tickets: replies against what is prevented, with reasons") {
    World w;
    CHECK_FALSE(answer(w, "causing_tickets").missing.empty());
    w.metric("M08", 0, 1000);
    CHECK(answer(w, "causing_tickets").verdict == "none");
    w.metrics.clear();
    w.metric("M08", 30, 1000);
    w.evidence.companions.induced_reasons = {0, 0, 12, 9, 0, 0};
    w.effect(0.05);
    const auto some = answer(w, "causing_tickets");
    CHECK(some.verdict == "some");
    CHECK(some.numbers.back().label == "how_to");
    CHECK(*some.numbers.back().estimate.value == 9);
    w.metrics.clear();
    w.metric("M08", 200, 1000);
    CHECK(answer(w, "causing_tickets").verdict == "more_than_they_prevent");
}

TEST_CASE("who is over-messaged: only an effect that shrinks says so, not a number of messages") {
    World w;
    CHECK(answer(w, "over_messaged").missing == "no_outreaches");
    w.programme.fatigue.frequency = {100, 2.0, 1.0, 6.0, 40.0};
    CHECK(answer(w, "over_messaged").verdict == "not_measured");
    w.programme.fatigue.verdict = "cannot_tell";
    CHECK(answer(w, "over_messaged").verdict == "no_sign");
    w.programme.fatigue.verdict = "shrinks";
    CHECK(answer(w, "over_messaged").verdict == "effect_shrinks");
    CHECK(answer(w, "over_messaged").numbers.size() == 3);
    for (std::size_t m = 0; m < 6; ++m)
        w.evidence.month.periods[m].counts.messages_per_unit = {{m == 5 ? 6 : 3, 20}};
    CHECK(answer(w, "over_messaged").verdict == "fatigue");
}

TEST_CASE("did the rewrite help: the latest change to a message and its verdict") {
    World w;
    CHECK(answer(w, "rewrite").missing == "no_changes");
    evidence::Impact targeting, message;
    targeting.change = {"c2", test::date(2026, 4, 1), "targeting", "limit", "", "", "", "", 1};
    message.change = {"c1", test::date(2026, 3, 1), "message", "", "letter", "", "", "", 1};
    message.complete_at = test::date(2026, 4, 5);
    w.evidence.companions.impacts = {targeting, message};
    const auto a = answer(w, "rewrite");
    CHECK(a.items == std::vector<std::string>{"c1"});
    CHECK(a.verdict == "too_early");
    w.evidence.companions.impacts.pop_back();
    CHECK(answer(w, "rewrite").items == std::vector<std::string>{"c2"});
}

TEST_CASE("how many were saved, what it is worth, and what can be compared") {
    World w;
    CHECK_FALSE(answer(w, "saved").missing.empty());
    w.effect(0.05);
    w.holdout.prevented = {40.0, 8.6, 78.2};
    CHECK(answer(w, "saved").verdict == "saved");
    w.holdout.prevented = {10.0, -8.6, 28.2};
    CHECK(answer(w, "saved").verdict == "may_be_none");
    w.money.missing = "no_cost";
    CHECK(answer(w, "money").missing == "no_cost");
    w.money.missing.clear();
    w.money.gross = {400.0, 86.0, 782.0};
    CHECK(answer(w, "money").verdict == "pays");
    w.money.could_cost = true;
    CHECK(answer(w, "money").verdict == "could_cost");
    CHECK(answer(w, "compare_others").verdict == "nothing_alike");
    w.benchmarks.resize(1);
    w.benchmarks[0].id = "B-13";
    w.benchmarks[0].verdict = "below";
    CHECK(answer(w, "compare_others").items == std::vector<std::string>{"B-13"});
}

TEST_CASE("what can be said without a holdout, and how large one must be (table of metrics.md 3.3)") {
    World w;
    w.headline_rung = 3;
    CHECK(answer(w, "no_holdout").verdict == "upper_bound");
    w.headline_rung = 4;
    CHECK(answer(w, "no_holdout").verdict == "estimate");
    CHECK(answer(w, "holdout_size").missing == "no_baseline");
    w.metric("M11", 100, 1000); // a tenth would contact
    const auto a = answer(w, "holdout_size");
    CHECK(a.verdict == "sizes");
    const auto size = [&](const std::string& label) {
        for (const auto& n : a.numbers)
            if (n.label == label) return *n.estimate.value;
        return 0.0;
    };
    CHECK(size("50 50") == Approx(869).margin(2));
    CHECK(size("50 25") == Approx(4008).margin(2));
    CHECK(size("20 50") == Approx(1245).margin(2));
    CHECK(size("20 25") == Approx(6058).margin(2));
    CHECK(size("10 50") == Approx(2136).margin(2));
    CHECK(size("10 25") == Approx(10640).margin(2));
    w.effect(0.05);
    CHECK(answer(w, "no_holdout").verdict == "have_one");
}

TEST_CASE("why does my boss's number differ: the definitions from the largest claim to the best supported") {
    World w;
    CHECK(answer(w, "boss_number").missing == "no_outreaches");
    ReconciliationRow claimed, quiet;
    claimed.id = "count";
    claimed.estimate = {0.9, 0.85, 0.93};
    quiet.id = "no_contact";
    quiet.estimate = {0.88, 0.84, 0.91};
    w.reconciliation.rows = {claimed, quiet};
    w.reconciliation.chain = {"count", "no_contact"};
    const auto a = answer(w, "boss_number");
    CHECK(a.verdict == "several");
    REQUIRE(a.numbers.size() == 2);
    CHECK(a.numbers[1].label == "no_contact");
}
