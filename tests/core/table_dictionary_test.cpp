// Rules of core/table: codes of a dictionary.
#include "catch.hpp"
#include "core/table/column.hpp"

#include <set>

using preempt::table::Dictionary;

TEST_CASE("codes are given in order of first appearance, 0 is the missing text") {
    Dictionary dictionary;
    CHECK(dictionary.encode("") == 0);
    CHECK(dictionary.encode("b") == 1);
    CHECK(dictionary.encode("a") == 2);
    CHECK(dictionary.encode("b") == 1);
    CHECK(dictionary.size() == 3);
    CHECK(dictionary.text(1) == "b");
    CHECK(dictionary.text(0).empty());
    CHECK(dictionary.text(99).empty());
    CHECK(dictionary.find("a") == 2);
    CHECK(dictionary.find("c") == 0);
    CHECK(dictionary.find("") == 0);
}

TEST_CASE("texts are compared byte by byte") {
    Dictionary dictionary;
    const std::string with_nul("a\0", 2);
    const std::set<std::uint32_t> codes = {dictionary.encode("a"),        dictionary.encode("A"),
                                           dictionary.encode(with_nul),   dictionary.encode("a "),
                                           dictionary.encode("00297700"), dictionary.encode("297700"),
                                           dictionary.encode("abcdefgh"), dictionary.encode("abcdefghi")};
    CHECK(codes.size() == 8);
    CHECK(dictionary.text(dictionary.find(with_nul)).size() == 2);
}

TEST_CASE("a million ids keep their codes and texts while the table grows") {
    Dictionary dictionary;
    const std::uint32_t count = 1'000'000;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (dictionary.encode("customer-" + std::to_string(i * 7919ULL)) != i + 1) FAIL("code of " << i);
    }
    CHECK(dictionary.size() == count + 1);
    for (std::uint32_t i = 0; i < count; i += 997) {
        const std::string text = "customer-" + std::to_string(i * 7919ULL);
        REQUIRE(dictionary.find(text) == i + 1);
        REQUIRE(dictionary.text(i + 1) == text);
    }
}
