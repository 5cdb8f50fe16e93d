// Many p-values (multiplicity.json, from R's p.adjust).
#include "core/stats/multiplicity.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "stats_cases.hpp"

using namespace preempt::stats;
using namespace stats_cases;

namespace {

std::vector<double> one_or_more(const json::value& v) {
    if (v.is_array()) return numbers(v);
    return {number(v)};
}

} // namespace

TEST_CASE("adjusted p-values agree with R, ties, zeros and missing ones included", "[stats]") {
    const json::value family = load("multiplicity");
    using Adjust = std::vector<double> (*)(std::span<const double>);
    const std::pair<const char*, Adjust> methods[] = {{"bonferroni", bonferroni},
                                                      {"holm", holm},
                                                      {"hochberg", hochberg},
                                                      {"BH", benjamini_hochberg},
                                                      {"BY", benjamini_yekutieli}};
    std::size_t checked = 0;
    for (const json::value& c : family.at("cases").as_array()) {
        const std::vector<double> p = one_or_more(c.at("p"));
        for (const auto& [name, adjust] : methods) {
            const std::vector<double> expected = one_or_more(c.at("adj").at(name));
            const std::vector<double> actual = adjust(p);
            INFO(text(c, "id") << " " << name);
            REQUIRE(actual.size() == expected.size());
            for (std::size_t i = 0; i < p.size(); ++i)
                CHECK(close(actual[i], expected[i], 1e-12));
            ++checked;
        }
    }
    CHECK(checked == 25);
}

TEST_CASE("the 15 p-values of Benjamini and Hochberg 1995: 4 discoveries, 3 by Bonferroni", "[stats]") {
    const json::value family = load("multiplicity");
    const json::value& c = family.at("published").at(0);
    const std::vector<double> p = numbers(c, "p");
    const double q = number(c, "q");
    const auto rejected = [&](const std::vector<double>& adjusted) {
        return static_cast<double>(
            std::count_if(adjusted.begin(), adjusted.end(), [&](double x) { return x <= q; }));
    };
    CHECK(rejected(benjamini_hochberg(p)) == number(c, "bh_rejects"));
    CHECK(rejected(bonferroni(p)) == number(c, "bonferroni_rejects"));
}

TEST_CASE("no p-value, or none that could be tested", "[stats]") {
    CHECK(holm({}).empty());
    CHECK(benjamini_hochberg({}).empty());
    const std::vector<double> missing{kNaN, kNaN};
    CHECK(std::isnan(benjamini_hochberg(missing)[1]));
    CHECK(std::isnan(bonferroni(missing)[0]));
    CHECK(std::isnan(holm(missing)[0]));
}
