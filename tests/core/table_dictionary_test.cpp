// Rules of core/table: codes of a dictionary.
#include "catch.hpp"
#include "core/table/column.hpp"

#include <set>
#include <string>
#include <vector>

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

TEST_CASE("many texts at once get the codes that they get one by one, repeated and empty ones included") {
    Dictionary one_by_one, at_once;
    std::vector<std::string> texts;
    std::uint64_t state = 7;
    for (std::uint32_t i = 0; i < 60'000; ++i) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        const auto number = (state >> 33) % 25'000;
        texts.push_back(number % 50 == 0 ? "" : std::string(number % 23, 'x') + std::to_string(number));
    }
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    std::vector<std::uint32_t> expected, codes(texts.size());
    for (const auto& text : texts)
        expected.push_back(one_by_one.encode(text));
    for (std::size_t at = 0, count = 1; at < views.size(); at += count, count = count * 3 % 2000 + 1) {
        count = std::min(count, views.size() - at);
        at_once.encode_all(std::span(views).subspan(at, count), codes.data() + at);
    }
    CHECK(codes == expected);
    CHECK(at_once.size() == one_by_one.size());
    for (std::uint32_t code = 0; code < at_once.size(); ++code)
        REQUIRE(at_once.text(code) == one_by_one.text(code));
}

TEST_CASE("a dictionary that rested still finds its texts and takes new ones") {
    Dictionary dictionary;
    for (int i = 0; i < 10'000; ++i)
        dictionary.encode("id" + std::to_string(i));
    dictionary.rest();
    CHECK(dictionary.text(1) == "id0");
    CHECK(dictionary.find("id9999") == 10'000);
    CHECK(dictionary.find("id10000") == 0);
    dictionary.rest();
    CHECK(dictionary.encode("id10000") == 10'001);
    CHECK(dictionary.encode("id5") == 6);
}

TEST_CASE("codes are the same whatever width they are kept in") {
    using preempt::table::Codes;
    const std::vector<std::vector<std::uint32_t>> columns = {
        {},
        {1, 2, 3, 4, 5},                // counts up: no bytes at all
        {1, 2, 3, 0, 5},                // until it does not
        {1, 2, 255, 256, 3, 65'535, 4}, // one byte, then two
        {0, 65'536, 1, 4'000'000'000},  // four
    };
    for (const auto& column : columns)
        for (std::size_t piece = 1; piece <= column.size() + 1; ++piece) {
            Codes codes;
            codes.reserve(3);
            for (std::size_t at = 0; at < column.size(); at += piece)
                codes.append(std::span(column).subspan(at, std::min(piece, column.size() - at)));
            codes.shrink();
            REQUIRE(codes.size() == column.size());
            for (std::size_t row = 0; row < column.size(); ++row)
                CHECK(codes[row] == column[row]);
        }
    Codes wide, narrow;
    for (const std::uint32_t code : {3U, 70'000U})
        wide.push_back(code);
    narrow.push_back(3);
    CHECK_FALSE(wide == narrow);
    narrow.push_back(70'000);
    CHECK(wide == narrow);
}

TEST_CASE("codes that are set row by row widen when a larger one comes") {
    for (const std::uint32_t most : {0U, 300U, 70'000U}) {
        preempt::table::Codes codes;
        codes.push_back(7); // gone
        codes.assign(4, most);
        REQUIRE(codes.size() == 4);
        const std::vector<std::uint32_t> wanted = {255, 65'535, 0, 4'000'000'000};
        for (const std::size_t row : {0U, 1U, 3U})
            codes.set(row, wanted[row]);
        for (std::size_t row = 0; row < wanted.size(); ++row)
            CHECK(codes[row] == wanted[row]);
        codes.set(0, 1);
        CHECK(codes[0] == 1);
    }
    preempt::table::Codes none;
    none.assign(0);
    CHECK(none.empty());
}
