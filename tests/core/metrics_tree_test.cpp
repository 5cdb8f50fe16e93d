// The metric tree: its two identities, its changes, its owners (metrics.md 7, statistics.md 2.12).
#include "core/metrics/compare.hpp"
#include "core/metrics/tree.hpp"
#include "core/stats/decomposition.hpp"
#include "core/stats/proportion.hpp"
#include "evidence_helpers.hpp"

#include <cmath>
#include <numeric>

using namespace preempt;
using namespace preempt::metrics;
using test::add_pair;

namespace {

const TreeNode& node(const Tree& tree, const std::string& id) {
    for (const auto& n : tree.nodes)
        if (n.id == id) return n;
    FAIL("no node " << id);
    return tree.nodes.front();
}
double value(const Tree& tree, const std::string& id) {
    const auto& n = node(tree, id);
    REQUIRE(n.estimate.value.has_value());
    return *n.estimate.value;
}

const Change& change(const MetricTree& tree, const std::string& period, const std::string& outcome) {
    for (const auto& c : tree.changes)
        if (c.period == period && c.outcome == outcome) return c;
    FAIL("no change of " << outcome);
    return tree.changes.front();
}
const Contribution& part(const Change& change, const std::string& id) {
    for (const auto& c : change.contributions)
        if (c.id == id) return c;
    FAIL("no contribution " << id);
    return change.contributions.front();
}
double sum(const Change& change) {
    return std::accumulate(change.contributions.begin(), change.contributions.end(), 0.0,
                           [](double total, const Contribution& c) { return total + *c.estimate.value; });
}

/// Evidence with arms in two months; `groups` outreach types alike in the tables by group.
evidence::Evidence two_months(const std::vector<std::array<std::int64_t, 8>>& groups) {
    auto e = test::evidence(2);
    e.has_arms = e.has_signals = true;
    std::uint32_t g = 0;
    const auto count = static_cast<std::uint32_t>(groups.size());
    for (const auto& n : groups) {
        for (const bool grouped : {false, true}) {
            auto& cells = grouped ? e.month.assignments_by : e.month.assignments;
            add_pair(cells, n[0], n[1], n[2], n[3], grouped ? g : 0, g);
            add_pair(cells, n[4], n[5], n[6], n[7], grouped ? count + g : 1, g);
        }
        add_pair(e.assignments.cells, n[0] + n[4], n[1] + n[5], n[2] + n[6], n[3] + n[7], 0, g);
        e.change_groups.push_back("type " + std::to_string(g));
        e.strata.push_back("stratum " + std::to_string(g));
        ++g;
    }
    const auto by_group = [](const test::Cell& a, const test::Cell& b) { return a.group < b.group; };
    std::stable_sort(e.month.assignments.begin(), e.month.assignments.end(), by_group);
    std::stable_sort(e.month.assignments_by.begin(), e.month.assignments_by.end(), by_group);
    e.assignment_totals = e.assignments;
    for (auto& span : e.month.periods) {
        span.contacts = 900;
        span.counts.unacted = 120;
    }
    e.contacts = 1800;
    e.companions.signals.unacted_contacts = 240;
    return e;
}

MetricTree tree_of(const evidence::Evidence& e) {
    return metric_tree(e, compare_holdout(e, 0.95), 5, 0.95);
}

} // namespace

TEST_CASE("both identities of the tree hold exactly for random cells, harm and empty baselines included") {
    stats::Generator random(7);
    std::size_t checked = 0, harmful = 0, without_baseline = 0;
    for (int round = 0; round < 2000; ++round) {
        std::vector<test::Cell> cells;
        const auto strata = 1 + random.below(4);
        std::int64_t contacted = 0;
        for (std::uint32_t h = 0; h < strata; ++h) {
            const auto held = static_cast<std::int64_t>(random.below(40)); // none held out at all, at times
            const auto treated = static_cast<std::int64_t>(random.below(300));
            const auto x = static_cast<std::int64_t>(
                random.below(static_cast<std::uint64_t>(std::min<std::int64_t>(held, 1 + round % 7) + 1)));
            const auto y = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(treated) + 1));
            add_pair(cells, x, held, y, treated, 0, h);
            contacted += y;
        }
        auto found = ingredients(cells);
        if (!found.available) continue;
        set_contacts(found, contacted + static_cast<std::int64_t>(random.below(500)),
                     static_cast<std::int64_t>(round % 3 == 0 ? 0 : random.below(200)));
        const auto& s = found.state;
        const double n = s.outreaches, prevented = n * (s.baseline - s.treated);
        if (s.baseline == 0) {
            ++without_baseline;
            CHECK(std::isnan(s.message()));
            CHECK(s.per_outreach() == -s.treated);
            continue;
        }
        ++checked;
        harmful += s.message() < 0 ? 1 : 0;
        CHECK(std::fabs(prevented / n - s.baseline * s.message()) <= 1e-12);
        CHECK(std::fabs(s.per_outreach() - s.baseline * s.message()) <= 1e-12);
        if (s.contacts + prevented > 0) {
            const double share = prevented / (s.contacts + prevented);
            const double product = s.detection() * s.reach() * s.message();
            CHECK(std::fabs(share - product) <= 1e-12 * std::max(1.0, std::fabs(share)));
            CHECK(s.share_of_demand() == share);
        }
    }
    CHECK(checked > 500);
    CHECK(harmful > 100);
    CHECK(without_baseline > 50);
}

TEST_CASE("the baseline of the tree is standardised to the treated, stratum by stratum") {
    std::vector<test::Cell> cells;
    add_pair(cells, 10, 20, 30, 100, 0, 0); // half would contact, 100 treated
    add_pair(cells, 1, 10, 15, 300, 0, 1);  // a tenth, 300 treated
    add_pair(cells, 0, 0, 7, 50, 0, 2);     // nobody held out: not covered
    const auto found = ingredients(cells);
    REQUIRE(found.available);
    CHECK(found.state.outreaches == 400);
    CHECK(found.not_covered == 50);
    CHECK(found.state.baseline == Approx((100 * 0.5 + 300 * 0.1) / 400).epsilon(1e-14));
    CHECK(found.state.treated == Approx(45.0 / 400).epsilon(1e-14));
    CHECK(found.state.prevented() == Approx(80 - 45));
    // Effective size of the baseline: that of the weighted sum of the two strata's add-one variances.
    const double a = 11.0 / 22, b = 2.0 / 12;
    const double variance = 0.25 * 0.25 * a * (1 - a) / 20 + 0.75 * 0.75 * b * (1 - b) / 10;
    const double mean = 0.25 * a + 0.75 * b;
    CHECK(found.baseline.total == Approx(mean * (1 - mean) / variance));
}

TEST_CASE("the whole carries the comparison's intervals, the other nodes drawn ones that hold their value") {
    const auto e = two_months({{22, 100, 48, 400, 22, 100, 48, 400}});
    const auto tree = tree_of(e);
    REQUIRE(tree.available);
    const auto effect = compare_holdout(e, 0.95);
    CHECK(node(tree.whole, "per_outreach").estimate.low == effect.difference.low);
    CHECK(node(tree.whole, "message").estimate.high == effect.relative_reduction.high);
    CHECK(*tree.whole.prevented.value == Approx(80)); // 800 x (0.22 - 0.12)
    CHECK(value(tree.whole, "precision") == Approx(0.22));
    CHECK(value(tree.whole, "share_of_demand") == Approx(80.0 / 1880));
    CHECK(value(tree.whole, "detection") == Approx((176.0 + 240) / 1880));
    CHECK(value(tree.whole, "reach") == Approx(176.0 / 416));
    for (const auto& n : tree.whole.nodes) {
        INFO(n.id);
        CHECK(*n.estimate.low < *n.estimate.value);
        CHECK(*n.estimate.high > *n.estimate.value);
    }
    // The drawn interval of a plain rate is close to Wilson's.
    const auto wilson = stats::wilson(44, 200, 0.95);
    CHECK(*node(tree.whole, "precision").estimate.low == Approx(wilson.low).margin(0.004));
    CHECK(*node(tree.whole, "precision").estimate.high == Approx(wilson.high).margin(0.004));
    // The same evidence gives the same digits.
    const auto again = tree_of(e);
    CHECK(node(again.whole, "reach").estimate.low == node(tree.whole, "reach").estimate.low);
}

TEST_CASE("repeated outreach widens the tree's intervals by the design effect") {
    auto once = two_months({{40, 200, 60, 400, 40, 200, 60, 400}});
    auto often = once;
    for (auto& c : often.assignments.cells) { // units with four episodes, all contacted or none
        const auto n = static_cast<double>(c.episodes), x = static_cast<double>(c.contacted);
        c.sums = {n / 4, x, n, 4 * x, 4 * x, 4 * n};
    }
    const auto width = [](const MetricTree& tree) {
        const auto& e = node(tree.whole, "precision").estimate;
        return *e.high - *e.low;
    };
    CHECK(width(tree_of(often)) == Approx(2 * width(tree_of(once))).epsilon(0.05));
}

TEST_CASE("without a list of signals reach is 1 by definition, and the tree says so") {
    auto e = two_months({{22, 100, 48, 400, 22, 100, 48, 400}});
    e.has_signals = false;
    e.companions.signals.unacted_contacts = 0;
    const auto tree = tree_of(e);
    CHECK(std::find(tree.cautions.begin(), tree.cautions.end(), "no_signals") != tree.cautions.end());
    CHECK(value(tree.whole, "reach") == 1);
    CHECK(value(tree.whole, "detection") * value(tree.whole, "message") ==
          Approx(value(tree.whole, "share_of_demand")).epsilon(1e-12));
}

TEST_CASE("there is no tree without a comparison, nor with one that is withheld for more than its size") {
    auto e = test::evidence(2);
    CHECK_FALSE(tree_of(e).available);
    CHECK(tree_of(e).missing == "no_holdout");
    auto broken = two_months({{22, 100, 48, 400, 22, 100, 48, 400}});
    broken.design.holdout_units = broken.design.treated_units = 100;
    broken.design.mixed_units = 50;
    const auto tree = tree_of(broken);
    CHECK_FALSE(tree.available);
    CHECK(tree.missing == "mixed_units");
}

TEST_CASE("contributions sum to the change exactly: over groups, over factors, of every outcome") {
    stats::Generator random(11);
    const auto below = [&](std::int64_t bound) {
        return static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(bound)));
    };
    for (int round = 0; round < 40; ++round) {
        std::vector<std::array<std::int64_t, 8>> groups;
        for (int g = 0; g < 1 + round % 4; ++g) {
            std::array<std::int64_t, 8> n{};
            for (std::size_t side : {0U, 4U}) {
                n[side + 1] = 20 + below(60);
                n[side] = below(n[side + 1]); // 0 at times
                n[side + 3] = 50 + below(400);
                n[side + 2] = below(n[side + 3]);
            }
            groups.push_back(n);
        }
        const auto tree = tree_of(two_months(groups));
        for (const char* outcome : {"per_outreach", "prevented", "share_of_demand"}) {
            const auto& c = change(tree, "month", outcome);
            INFO(outcome << " in round " << round);
            if (!c.missing.empty()) continue;
            const auto scale = std::max(1.0, std::fabs(*c.change.value));
            CHECK(std::fabs(sum(c) - *c.change.value) <= 1e-12 * scale);
            CHECK(std::fabs(*c.to.value - *c.from.value - *c.change.value) <= 1e-12 * scale);
            double by_group = 0;
            for (const auto& g : c.groups)
                by_group += g.mix + g.within;
            if (!c.groups.empty()) CHECK(std::fabs(by_group - *c.change.value) <= 1e-12);
        }
    }
}

TEST_CASE("the split of one group over its factors is the Shapley value of the product") {
    const auto tree = tree_of(two_months({{40, 200, 60, 400, 30, 200, 24, 300}}));
    const auto& c = change(tree, "month", "per_outreach");
    const double from[] = {0.20, 1 - 0.15 / 0.20}, to[] = {0.15, 1 - 0.08 / 0.15};
    const auto shapley = stats::shapley_of_product(from, to);
    REQUIRE(c.contributions.size() == 2); // one group: no mix
    CHECK(*part(c, "precision").estimate.value == Approx(shapley[0]).epsilon(1e-12));
    CHECK(*part(c, "message").estimate.value == Approx(shapley[1]).epsilon(1e-12));
}

TEST_CASE("sending more of a weak kind is all mix, and a new kind of message is mix too") {
    // Both kinds stay as they were: 10 points against 2 points; only the shares turn round.
    const auto turned = tree_of(two_months(
        {{200, 1000, 300, 3000, 200, 1000, 100, 1000}, {60, 1000, 40, 1000, 60, 1000, 120, 3000}}));
    const auto& c = change(turned, "month", "per_outreach");
    CHECK(*part(c, "mix").estimate.value == Approx(*c.change.value).epsilon(1e-9));
    CHECK(std::fabs(*part(c, "precision").estimate.value) <= 1e-12);
    CHECK(part(c, "mix").clear);
    CHECK_FALSE(part(c, "message").clear);
    const auto added = tree_of(
        two_months({{200, 1000, 300, 3000, 200, 1000, 300, 3000}, {0, 0, 0, 0, 60, 1000, 120, 3000}}));
    const auto& d = change(added, "month", "per_outreach");
    CHECK(*part(d, "mix").estimate.value == Approx(*d.change.value).epsilon(1e-9));
    CHECK(*part(change(added, "month", "prevented"), "volume").estimate.value ==
          Approx(3000 * (0.10 + 0.06) / 2));
}

TEST_CASE(
    "a part is grey when its interval holds 0, and the clearest part is the one named, with its owner") {
    auto e = two_months({{400, 2000, 600, 4000, 400, 2000, 200, 4000}}); // the message got better
    e.companions.owners = {{"o2", "Ben", "Support", "message", "R", "ben@example.org"},
                           {"o1", "Ada", "Support", "message", "A", "ada@example.org"},
                           {"o3", "Cleo", "Data", "detection", "A", "cleo@example.org"}};
    const auto tree = tree_of(e);
    const auto& c = change(tree, "month", "per_outreach");
    CHECK(part(c, "message").clear);
    CHECK_FALSE(part(c, "precision").clear);
    CHECK(*part(c, "precision").estimate.value == 0);
    REQUIRE(tree.mover.found);
    CHECK(tree.mover.contribution.id == "message");
    CHECK(tree.mover.owner.id == "o1"); // accountable before responsible
    CHECK(tree.owners.front().raci == "A");
    CHECK(tree.mover.from_start == "2026-01-01");
    CHECK(tree.mover.to_end == "2026-03-01");
    CHECK(tree.mover.recheck_on == "2026-04-08"); // the end of March and a window of seven days
    const auto still = tree_of(two_months({{400, 2000, 600, 4000, 404, 2000, 603, 4000}}));
    CHECK_FALSE(still.mover.found);
}

TEST_CASE("a figure has one interval wherever it is shown") {
    const auto tree = tree_of(two_months({{40, 200, 60, 400, 30, 200, 24, 300}}));
    const auto& c = change(tree, "month", "share_of_demand");
    CHECK(c.from.low == node(tree.month[0], "share_of_demand").estimate.low);
    CHECK(c.to.high == node(tree.month[1], "share_of_demand").estimate.high);
    const auto& effect = change(tree, "month", "per_outreach");
    CHECK(effect.from.low == node(tree.month[0], "per_outreach").estimate.low);
    CHECK(change(tree, "month", "prevented").to.high == tree.month[1].prevented.high);
}

TEST_CASE("a month with pending windows takes no part in a change") {
    auto e = two_months({{400, 2000, 600, 4000, 400, 2000, 200, 4000}});
    e.month.assignments.back().pending = 1;
    const auto tree = tree_of(e);
    CHECK(tree.changes.empty());
    REQUIRE(tree.month.size() == 2);
    CHECK(tree.month[0].complete);
    CHECK_FALSE(tree.month[1].complete);
    CHECK(value(tree.month[1], "per_outreach") == Approx(0.15));
}

TEST_CASE("segments have trees of their own where the held-out state the attribute") {
    auto e = two_months({{22, 100, 48, 400, 22, 100, 48, 400}});
    e.question.breakdown = static_cast<int>(history::kSegmentAttribute);
    e.assignments_by.groups = {"", "small", "large"};
    add_pair(e.assignments_by.cells, 10, 50, 20, 200, 1);
    add_pair(e.assignments_by.cells, 34, 150, 76, 600, 2);
    e.companions.contacts_by_group = {{0, 0}, {20, 300}, {100, 700}};
    CHECK(tree_of(e).groups.empty());
    e.attribute_known_in_holdout = 1;
    const auto tree = tree_of(e);
    REQUIRE(tree.groups.size() == 2);
    CHECK(tree.groups[0].label == "large"); // largest first
    CHECK(tree.groups[0].contacts == 700);
    CHECK(value(tree.groups[1], "precision") == Approx(0.2));
    CHECK(value(tree.groups[1], "per_outreach") == Approx(0.1));
    CHECK(value(tree.groups[1], "share_of_demand") == Approx(20.0 / 320));
    e.companions.contacts_by_group.clear();
    CHECK(node(tree_of(e).groups[0], "detection").missing == "no_contacts_by_group");
}

TEST_CASE("drawn gamma values have the quantiles of the gamma distribution") {
    // Reference: quantiles of Gamma(10) and Gamma(100) at 2.5, 50, 97.5%: half the chi-square quantiles with
    // 20 and 200 degrees of freedom (9.590777, 19.33743, 34.16961; 162.728, 199.3336, 241.0579).
    const double z = 1.959963984540054;
    CHECK(stats::gamma_from_normal(10, -z) == Approx(9.590777 / 2).epsilon(0.003));
    CHECK(stats::gamma_from_normal(10, 0) == Approx(19.33743 / 2).epsilon(0.003));
    CHECK(stats::gamma_from_normal(10, z) == Approx(34.16961 / 2).epsilon(0.003));
    CHECK(stats::gamma_from_normal(100, -z) == Approx(162.728 / 2).epsilon(0.001));
    CHECK(stats::gamma_from_normal(100, z) == Approx(241.0579 / 2).epsilon(0.001));
    CHECK(stats::gamma_from_normal(0.5, -9) == 0);
    stats::Draws draws(3);
    const auto a = draws.column(), b = draws.column();
    CHECK(std::accumulate(a.begin(), a.end(), 0.0) == Approx(0).margin(1e-9));
    double product = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        product += a[i] * b[i];
    CHECK(std::fabs(product / static_cast<double>(a.size())) < 0.15); // columns are paired by chance
}
