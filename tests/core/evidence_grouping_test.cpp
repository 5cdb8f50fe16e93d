// Groups of rows by attributes: what happens when there are more values than anybody can compare.
#include "catch.hpp"
#include "core/evidence/codes.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace preempt;
using evidence::Grouping;

namespace {

/// Messages with the contents given, each from a unit of its own; variants alternate.
history::History messages_of(const std::vector<std::string>& contents) {
    history::History h;
    h.units = static_cast<std::uint32_t>(contents.size());
    const auto content = static_cast<std::size_t>(history::attribute_index("content_id"));
    const auto variant = static_cast<std::size_t>(history::attribute_index("variant"));
    h.outreaches.first.push_back(0);
    for (std::uint32_t i = 0; i < h.units; ++i) {
        h.outreaches.unit.push_back(i);
        h.outreaches.first.push_back(i + 1);
        h.outreaches.attribute[content].push_back(h.dictionary[content].encode(contents[i]));
        h.outreaches.attribute[variant].push_back(h.dictionary[variant].encode(i % 2 == 0 ? "A" : "B"));
    }
    return h;
}

/// Name of the group of each message.
std::vector<std::string> names_of(const history::History& h, bool pairs) {
    const Grouping groups(h, history::attribute_index("content_id"),
                          pairs ? history::attribute_index("variant") : -1);
    std::vector<std::string> names;
    for (std::uint32_t i = 0; i < h.units; ++i)
        names.push_back(groups.names()[groups.of_outreach(i, i)]);
    return names;
}

} // namespace

TEST_CASE("of more values than can be compared those with the most rows keep their names", "[evidence]") {
    std::vector<std::string> contents{"", "Welcome", "Welcome", "Limit", "Limit", "Limit"};
    for (int i = 0; i < 2000; ++i)
        contents.push_back("Hello customer " + std::to_string(1000 + i));
    const auto h = messages_of(contents);
    const bool pairs = GENERATE(false, true);
    CAPTURE(pairs);
    const auto names = names_of(h, pairs);
    if (pairs) {
        CHECK(names[0] == "A");
        CHECK(names[3] == "Limit · B");
    } else {
        CHECK(names[0].empty());
        CHECK(names[1] == "Welcome");
        CHECK(names[3] == "Limit");
    }
    CHECK(names.back() == Grouping::kOthers);
    std::set<std::string> distinct(names.begin(), names.end());
    distinct.erase(""); // not stated
    CHECK(distinct.size() == Grouping::kMostGroups + 1);

    // The order of the rows decides nothing.
    auto turned = contents;
    std::reverse(turned.begin(), turned.end());
    const auto others = names_of(messages_of(turned), false);
    const auto same = names_of(h, false);
    CHECK(std::equal(same.begin(), same.end(), others.rbegin()));
}

TEST_CASE("as many values as can be compared all keep their names", "[evidence]") {
    std::vector<std::string> contents;
    for (std::size_t i = 0; i < Grouping::kMostGroups; ++i)
        contents.push_back("Message " + std::to_string(i));
    const auto names = names_of(messages_of(contents), false);
    CHECK(names == contents);
}
