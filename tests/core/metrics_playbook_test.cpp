// The trigger playbook: each verdict by its rule, and the size of the prize (S4-09, 5.7).
#include "core/metrics/playbook.hpp"
#include "evidence_helpers.hpp"

#include <algorithm>

using namespace preempt;
using namespace preempt::metrics;
using test::add_pair;

namespace {

struct Trigger {
    const char* name;
    std::int64_t held_contacted, held, treated_contacted, treated, induced;
};

Playbook of(const std::vector<Trigger>& triggers, double programme, double half_width = 0.01) {
    auto e = test::evidence();
    e.has_arms = true;
    std::uint32_t g = 0;
    for (const auto& t : triggers) {
        e.assignments_by_trigger.groups.emplace_back(t.name);
        e.messages_by_trigger.groups.emplace_back(t.name);
        add_pair(e.assignments_by_trigger.cells, t.held_contacted, t.held, t.treated_contacted, t.treated, g);
        (e.assignments_by_trigger.cells.end() - 2)->first_contact_day[0] = t.induced; // none held out
        auto messages = test::cell(test::Arm::treated, t.treated_contacted, t.treated, g);
        messages.induced = t.induced;
        e.messages_by_trigger.cells.push_back(messages);
        e.companions.triggers.push_back({t.name, "Ada", "letter", 50, 40, t.treated, {10, 200}});
        ++g;
    }
    Comparison holdout, matched;
    holdout.available = true;
    holdout.verdict = "prevents";
    holdout.difference = {programme, programme - half_width, programme + half_width};
    const Plan plan;
    const Basis basis{e, holdout, matched, 0.95, plan};
    return playbook(basis, trigger_effects(basis));
}
const Play& play(const Playbook& book, const std::string& trigger) {
    for (const auto& p : book.plays)
        if (p.trigger == trigger) return p;
    FAIL("no play " << trigger);
    return book.plays.front();
}

} // namespace

TEST_CASE("a trigger is kept when the interval of its effect lies above 0") {
    const auto book = of({{"limit", 300, 1000, 200, 1000, 10}, {"near", 300, 1000, 275, 1000, 10}}, 0.05);
    CHECK(play(book, "limit").verdict == "keep");
    CHECK(play(book, "limit").why == "prevents");
    CHECK(play(book, "near").verdict == "cannot_tell"); // 2.5 points: the interval holds 0 and 5 points
    CHECK(play(book, "near").why == "interval_holds_zero");
    CHECK(*play(book, "limit").effect.value == Approx(0.1));
    CHECK(*play(book, "limit").precision.value == Approx(0.3));
    CHECK(*play(book, "limit").coverage.value == Approx(0.05));
    CHECK(*play(book, "limit").acted_share.value == Approx(0.8));
    CHECK(play(book, "limit").owner == "Ada");
    CHECK(book.plays.front().trigger == "limit"); // best first
}

TEST_CASE("a trigger is stopped when its interval lies below 0, not when it merely holds 0") {
    const auto book = of({{"limit", 100, 1000, 200, 1000, 0}, {"near", 200, 1000, 220, 1000, 0}}, 0.0, 0.05);
    CHECK(play(book, "limit").verdict == "stop");
    CHECK(play(book, "limit").why == "causes");
    CHECK(play(book, "near").verdict == "cannot_tell");
}

TEST_CASE("a trigger is stopped when replies outnumber an effect that nobody can see") {
    const auto book =
        of({{"noisy", 200, 1000, 195, 1000, 120}, {"calm", 200, 1000, 195, 1000, 20}}, 0.0, 0.05);
    CHECK(play(book, "noisy").verdict == "stop");
    CHECK(play(book, "noisy").why == "replies_outnumber");
    CHECK(*play(book, "noisy").induced.value == Approx(0.12));
    CHECK(play(book, "calm").verdict == "cannot_tell");
}

TEST_CASE("contacts of the first day that the held-out make too are no replies") {
    auto e = test::evidence();
    e.has_arms = true;
    e.assignments_by_trigger.groups = {"late"};
    add_pair(e.assignments_by_trigger.cells, 200, 1000, 195, 1000);
    for (auto& c : e.assignments_by_trigger.cells)
        c.first_contact_day[0] = 150;
    Comparison holdout, matched;
    holdout.available = true;
    holdout.verdict = "cannot_tell";
    holdout.difference = {0.005, -0.03, 0.04};
    const Plan plan;
    const Basis basis{e, holdout, matched, 0.95, plan};
    const auto book = playbook(basis, trigger_effects(basis));
    CHECK(*play(book, "late").induced.value == 0);
    CHECK(play(book, "late").verdict == "cannot_tell");
}

TEST_CASE("a trigger that prevents is improved when replies outnumber what it prevents") {
    const auto book = of({{"noisy", 300, 1000, 200, 1000, 200}, {"calm", 300, 1000, 200, 1000, 90}}, 0.05);
    CHECK(play(book, "noisy").verdict == "improve");
    CHECK(play(book, "noisy").why == "replies_outnumber");
    CHECK(play(book, "calm").verdict == "keep");
}

TEST_CASE("a trigger is improved when its effect is less than the programme's and may be none") {
    const auto weak = Trigger{"weak", 300, 1000, 290, 1000, 0};
    CHECK(play(of({weak}, 0.10), "weak").verdict == "improve");
    CHECK(play(of({weak}, 0.10), "weak").why == "below_programme");
    CHECK(play(of({weak}, 0.04), "weak").verdict == "cannot_tell"); // 1 point may be 4
}

TEST_CASE("a trigger without comparison or with too few episodes cannot be told") {
    const auto book = of({{"alone", 0, 0, 10, 400, 0}, {"small", 8, 20, 1, 20, 0}}, 0.05);
    CHECK(play(book, "alone").why == "no_comparison");
    CHECK(play(book, "small").why == "too_few");
    CHECK(play(book, "small").verdict == "cannot_tell");
    CHECK(of({}, 0.05).missing == "no_triggers");
}

TEST_CASE("among more than ten triggers, one that stands out by luck alone is not kept") {
    std::vector<Trigger> many{{"lucky", 300, 1000, 258, 1000, 0}}; // p = 0.037 alone
    CHECK(play(of(many, 0.0, 0.05), "lucky").verdict == "keep");
    const char* names[] = {"b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"};
    for (const auto* name : names)
        many.push_back({name, 300, 1000, 300, 1000, 0});
    const auto book = of(many, 0.0, 0.05);
    CHECK(book.adjustment == "benjamini_hochberg");
    CHECK(play(book, "lucky").verdict == "cannot_tell");
    CHECK(play(book, "lucky").why == "one_of_many");
}

TEST_CASE("the prize is the best group's shrunken effect less this group's, times its volume") {
    const auto book =
        of({{"best", 400, 1000, 200, 1000, 0}, {"weak", 300, 1000, 290, 2000, 0}, {"small", 8, 20, 1, 20, 0}},
           0.05);
    const auto& weak = play(book, "weak");
    REQUIRE(weak.prize.has_value());
    CHECK(weak.prize->better == "best");
    CHECK(weak.prize->volume == 2000);
    const double gap = *play(book, "best").shrunken.value - *weak.shrunken.value;
    CHECK(*weak.prize->contacts.value == Approx(2000 * gap));
    CHECK(*weak.prize->contacts.low < *weak.prize->contacts.value);
    CHECK_FALSE(play(book, "best").prize.has_value());
    CHECK_FALSE(play(book, "small").prize.has_value()); // too small for an effect: no prize from it
    // A group that cannot be told sets no mark, however large its estimate.
    const auto none = of({{"unclear", 20, 40, 12, 40, 0}, {"weak", 300, 1000, 290, 2000, 0}}, 0.05);
    CHECK(play(none, "unclear").verdict == "cannot_tell");
    CHECK_FALSE(play(none, "weak").prize.has_value());
}

TEST_CASE("low-risk cells without an effect are candidates to leave alone (M24)") {
    auto e = test::evidence();
    e.has_arms = true;
    e.strata = {"sharp", "dull"};
    add_pair(e.assignments.cells, 300, 1000, 300, 2000, 0, 0); // the median messaged episode stands here
    add_pair(e.assignments.cells, 30, 1000, 28, 1000, 0, 1);
    const Comparison holdout = compare_holdout(e, 0.95), matched;
    const Plan plan;
    const auto book = playbook({e, holdout, matched, 0.95, plan}, Breakdown{});
    CHECK(*book.low_risk.value == Approx(1000.0 / 3000));
    CHECK(book.low_risk_cells == std::vector<std::string>{"dull"});
}
