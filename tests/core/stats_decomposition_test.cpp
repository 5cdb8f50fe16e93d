// Splitting a change over its factors (decomposition.json, with the printed examples of Das Gupta 1993).
#include "core/stats/decomposition.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "stats_cases.hpp"

using namespace preempt::stats;
using namespace stats_cases;

namespace {

std::vector<double> values(const json::value& v) {
    if (v.is_array()) return numbers(v);
    return {number(v)};
}

// The factors of a case, and its value for a set of changed ones, by the case's rule.
struct Tree {
    std::vector<std::string> names;
    std::vector<Factor> factors;
};
Tree tree_of(const json::value& c) {
    Tree t;
    for (const auto& [key, from] : c.at("from_").as_object()) {
        t.names.emplace_back(key);
        t.factors.push_back({values(from), values(c.at("to").at(key))});
    }
    return t;
}

} // namespace

TEST_CASE("Shapley contributions agree with the reference and with Das Gupta's printed tables", "[stats]") {
    const json::value family = load("decomposition");
    std::size_t checked = 0, printed = 0;
    for (const json::value& c : family.at("cases").as_array()) {
        INFO(text(c));
        const Tree tree = tree_of(c);
        const std::string rule = text(c, "rule");
        std::vector<double> parts;
        if (rule == "sum(size/sum(size)*rate)") { // shares of a total: the general form
            parts = shapley(2, [&](std::uint32_t changed) {
                const Factor &size = tree.factors[0], &r = tree.factors[1];
                REQUIRE(tree.names[0] == "size");
                const std::vector<double>& s = changed & 1 ? size.to : size.from;
                const std::vector<double>& rates = changed & 2 ? r.to : r.from;
                return std::inner_product(s.begin(), s.end(), rates.begin(), 0.0) /
                       std::accumulate(s.begin(), s.end(), 0.0);
            });
        } else {
            parts = shapley_of_product_sum(tree.factors); // products and sums of products
        }
        REQUIRE(parts.size() == tree.names.size());
        const double total = number(c, "total");
        for (std::size_t i = 0; i < parts.size(); ++i) {
            CAPTURE(tree.names[i], parts[i]);
            CHECK(close(parts[i], number(c.at("shapley").at(tree.names[i])), 0,
                        1e-12 * std::max(1.0, std::abs(total))));
            if (has(c, "published") && has(c.at("published"), tree.names[i].c_str())) {
                const std::string digits = json::serialize(c.at("published").at(tree.names[i]));
                CHECK(close(parts[i], number(c.at("published").at(tree.names[i])), 1e-4, 6e-4));
                ++printed;
            }
        }
        CHECK(close(std::accumulate(parts.begin(), parts.end(), 0.0), total, 0,
                    1e-12 * std::max(1.0, std::abs(total))));
        ++checked;
    }
    CHECK(checked == family.at("cases").as_array().size());
    CHECK(printed > 10);
}

TEST_CASE("contributions of a product sum to its change, with zero and negative factors too", "[stats]") {
    const std::vector<double> from{12000, 0.35, 0, -0.1}, to{11000, 0.5, 0.2, 0.3};
    const std::vector<double> parts = shapley_of_product(from, to);
    const double change = 11000 * 0.5 * 0.2 * 0.3 - 0;
    CHECK(std::accumulate(parts.begin(), parts.end(), 0.0) == Approx(change).epsilon(1e-12));
    // A factor that did not change contributed nothing, whatever the others did.
    const std::vector<double> still =
        shapley_of_product(std::array{2.0, 3.0, 4.0}, std::array{5.0, 3.0, 1.0});
    CHECK(still[1] == 0);
    // Two factors: Kitagawa, each at the mean of the other.
    const std::vector<double> two = shapley_of_product(std::array{0.6, 0.5}, std::array{0.3, 0.45});
    CHECK(two[0] == Approx(-0.3 * 0.475).epsilon(1e-13));
    CHECK(two[1] == Approx(-0.05 * 0.45).epsilon(1e-13));
}

TEST_CASE("mix and within sum to the change of the mean, and mix alone moves when only shares change",
          "[stats]") {
    const std::vector<double> s0{0.5, 0.3, 0.2}, r0{0.25, 0.20, 0.05}, s1{0.35, 0.35, 0.3},
        r1{0.28, 0.12, 0.06};
    const MixAndWithin m = mix_and_within(s0, r0, s1, r1);
    const double change = std::inner_product(s1.begin(), s1.end(), r1.begin(), 0.0) -
                          std::inner_product(s0.begin(), s0.end(), r0.begin(), 0.0);
    CHECK(m.mix + m.within == Approx(change).epsilon(1e-12));
    CHECK(m.mix == Approx(-0.15 * 0.265 + 0.05 * 0.16 + 0.1 * 0.055).epsilon(1e-12));
    CHECK(mix_and_within(s0, r0, s1, r0).within == 0);
    CHECK(mix_and_within(s0, r0, s0, r1).mix == 0);
    CHECK(m.mix_by_group.size() == 3);
    CHECK(std::isnan(mix_and_within(s0, r0, s1, {}).mix));
    CHECK(std::isnan(mix_and_within({}, {}, {}, {}).mix));
}

TEST_CASE("factors that do not fit give no contributions", "[stats]") {
    CHECK(shapley(0, [](std::uint32_t) { return 0.0; }).empty());
    CHECK(shapley(17, [](std::uint32_t) { return 0.0; }).empty());
    CHECK(shapley_of_product(std::array{1.0}, std::array{1.0, 2.0}).empty());
    const std::vector<Factor> odd{{{1, 2, 3}, {1, 2, 3}}, {{1, 2}, {1, 2}}};
    CHECK(shapley_of_product_sum(odd).empty());
}
