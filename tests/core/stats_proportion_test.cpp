// One rate: Wilson and Clopper-Pearson against published tables and 50-digit arithmetic
// (single_proportion.json).
#include "core/stats/proportion.hpp"

#include <cmath>

#include "stats_cases.hpp"

using namespace preempt::stats;
using namespace stats_cases;

TEST_CASE(
    "the Wilson interval agrees with 50-digit arithmetic for 0, few, many and all events up to a billion",
    "[stats]") {
    const json::value family = load("single_proportion");
    std::size_t checked = 0, exact = 0;
    for (const json::value& c : family.at("computed").as_array()) {
        const double x = number(c, "x"), n = number(c, "n"), level = number(c, "level");
        INFO(text(c));
        CAPTURE(show(wilson(x, n, level)), show(clopper_pearson(x, n, level)));
        // "abs 1e-12 or rel 1e-11"
        CHECK(close(wilson(x, n, level), c.at("wilson"), 1e-11, 1e-17));
        if (has(c, "clopper_pearson")) {
            CHECK(close(clopper_pearson(x, n, level), c.at("clopper_pearson"), 1e-11, 1e-12));
            ++exact;
        }
        ++checked;
    }
    CHECK(checked == family.at("computed").as_array().size());
    CHECK(checked >= 62);
    CHECK(exact >= 30);
}

TEST_CASE("the Wilson and Clopper-Pearson intervals give the printed digits of published tables", "[stats]") {
    const json::value family = load("single_proportion");
    for (const json::value& c : family.at("published").as_array()) {
        const double x = number(c, "x"), n = number(c, "n"), level = number(c, "level");
        INFO(text(c));
        const double absolute = has(c, "digits") ? half_unit(number(c, "digits")) : 0;
        const double relative = has(c, "rtol") ? number(c, "rtol") : 0;
        if (has(c, "wilson")) CHECK(close(wilson(x, n, level), c.at("wilson"), relative, absolute));
        if (has(c, "clopper_pearson"))
            CHECK(close(clopper_pearson(x, n, level), c.at("clopper_pearson"), relative, absolute));
    }
}

TEST_CASE("the Wilson interval gives the worked figures of the specification", "[stats]") {
    struct Row {
        double x, n, low, high;
    };
    // Printed to one decimal of a per cent; the last three from published tests (Newcombe 1998, R).
    for (const Row& r : {Row{225, 250, .857, .931}, Row{150, 500, .261, .342}, Row{850, 2500, .322, .359},
                         Row{420, 1200, .324, .377}}) {
        const Interval i = wilson(r.x, r.n);
        CAPTURE(r.x, r.n);
        CHECK(close(i.low, r.low, 0, half_unit(3)));
        CHECK(close(i.high, r.high, 0, half_unit(3)));
    }
    CHECK(close(wilson(81, 263).low, 0.25529, 0, half_unit(5)));
    CHECK(close(wilson(81, 263).high, 0.36621, 0, half_unit(5)));
    CHECK(close(wilson(15, 148).low, 0.06239, 0, half_unit(5)));
    CHECK(close(wilson(15, 148).high, 0.16049, 0, half_unit(5)));
    CHECK(wilson(0, 20).low == 0);
    CHECK(close(wilson(0, 20).high, 0.16113, 0, half_unit(5)));
}

TEST_CASE("the Wilson interval is exactly 0 or 1 at the ends, symmetric in events and misses, and wider at a "
          "higher level",
          "[stats]") {
    for (const double n : {1.0, 7.0, 250.0, 1e9}) {
        CHECK(wilson(0, n).low == 0);
        CHECK(wilson(n, n).high == 1);
        const Interval i = wilson(0.3 * n, n);
        const Interval mirrored = wilson(n - 0.3 * n, n);
        CHECK(close(i.low, 1 - mirrored.high, 1e-12));
        CHECK(close(i.high, 1 - mirrored.low, 1e-12));
        CHECK(wilson(0.3 * n, n, 0.99).high > i.high);
    }
    // Effective (non-integer) counts are counts: half the information, same rate, wider interval around it.
    CHECK(wilson(10 / 1.7, 50 / 1.7).low < wilson(10, 50).low);
}

TEST_CASE("no data gives a NaN interval and never an exception", "[stats]") {
    for (const Arm bad : {Arm{0, 0}, Arm{1, 0}, Arm{-1, 10}, Arm{11, 10}, Arm{kNaN, 10}, Arm{1, kNaN},
                          Arm{1, kInfinity}, Arm{1, -10}}) {
        CAPTURE(bad.events, bad.total);
        CHECK(std::isnan(wilson(bad.events, bad.total).low));
        CHECK(std::isnan(wilson(bad.events, bad.total).high));
        CHECK(std::isnan(clopper_pearson(bad.events, bad.total).low));
        CHECK(std::isnan(rate(bad)));
    }
    for (const double level : {0.0, 1.0, -0.5, 2.0, kNaN})
        CHECK(std::isnan(wilson(1, 10, level).low));
}
