// Columns that few files state (core/history/rare.hpp).
#include "core/history/rare.hpp"

#include <catch2/catch.hpp>
#include <random>

using preempt::history::RareColumn;

TEST_CASE("a rare column holds the same as a vector, whatever is put, set and reordered") {
    for (unsigned seed = 0; seed < 200; ++seed) {
        std::mt19937 random(seed);
        const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
        const std::uint32_t rows = below(40), one_in = 1 + below(60); // often nobody says anything
        RareColumn<int, -1> rare;
        std::vector<int> plain;
        const auto value = [&] { return below(one_in) == 0 ? static_cast<int>(below(5)) : -1; };
        for (std::uint32_t row = 0; row < rows; ++row) {
            plain.push_back(value());
            rare.push_back(plain.back());
        }
        for (std::uint32_t row = 0; row < rows; ++row) {
            plain[row] = value();
            rare.set(row, plain[row]);
        }
        std::vector<std::uint32_t> order; // some rows, in another order
        for (std::uint32_t row = 0; row < rows; ++row)
            if (below(4) != 0) {
                const auto place =
                    static_cast<std::ptrdiff_t>(below(static_cast<std::uint32_t>(order.size()) + 1));
                order.insert(order.begin() + place, row);
            }
        rare.reorder(order);
        REQUIRE(rare.size() == order.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            REQUIRE(rare[i] == plain[order[i]]);
        rare.push_back(3);
        CHECK(rare[order.size()] == 3);
    }
}
