// Tables filled jointly are those filled one by one: over few and many codes, short and long units, small and
// large numbers of cells, in one part and in two.
#include "catch.hpp"
#include "core/evidence/joint.hpp"

#include <random>
#include <string>

using namespace preempt;
using namespace preempt::evidence;

namespace {

struct Shape {
    std::string name;
    std::uint32_t a_codes, b_codes;
    std::uint32_t units, longest; ///< episodes of a unit
};

struct One {
    std::uint32_t a, b;
    Addend addend;
};

struct Made {
    std::vector<JointTable::Member> members;
    std::vector<history::Arm> arms;
    std::vector<std::vector<One>> units;
};

Outcome outcome_of_chance(std::mt19937& random) {
    Outcome outcome;
    outcome.start = static_cast<Instant>(random() % 1'000'000);
    outcome.state = random() % 3 == 0 ? static_cast<episodes::State>(random() % 5) : episodes::State::counted;
    outcome.contacts = random() % 2 == 0 ? 0 : 1 + static_cast<std::uint32_t>(random() % 3);
    outcome.first_delay =
        outcome.contacts == 0 ? -1 : static_cast<std::int64_t>(random() % 40) * kMillisecondsPerDay;
    outcome.dose = 1 + static_cast<std::uint32_t>(random() % 2);
    outcome.induced = random() % 5 == 0;
    outcome.confirmed = random() % 7 == 0;
    outcome.truncated = random() % 11 == 0;
    outcome.delivered = random() % 2 == 0;
    return outcome;
}

Made make(const Shape& shape) {
    std::mt19937 random(7);
    Made made;
    for (std::uint32_t a = 0; a < shape.a_codes; ++a)
        made.arms.push_back(random() % 2 == 0 ? history::Arm::treated : history::Arm::holdout);
    // All in one; by a, with strata; by b; by both; and two that leave some out.
    for (std::uint32_t m = 0; m < 6; ++m) {
        std::vector<std::uint32_t> of_a(shape.a_codes, 0), of_b(shape.b_codes, 0), stratum(shape.a_codes, 0);
        const auto groups_of_b = m == 3 ? 4U : shape.b_codes;
        for (std::uint32_t a = 0; a < shape.a_codes; ++a) {
            if (m == 1 || m == 3) of_a[a] = a % 5;
            if (m == 1 || m == 2) stratum[a] = a % 3;
            if (m == 4 && a % 4 == 0) of_a[a] = kLeftOut;
        }
        for (std::uint32_t b = 0; b < shape.b_codes; ++b) {
            if (m == 2 || m == 4) of_b[b] = b;
            if (m == 3) of_b[b] = 5 * (b % groups_of_b);
            if (m == 5 && b % 3 == 0) of_b[b] = kLeftOut;
        }
        made.members.push_back({of_a, of_b, stratum, CellTable(5 * shape.b_codes, 3)});
    }
    made.units.resize(shape.units);
    for (auto& unit : made.units) {
        const auto count = random() % (random() % 50 == 0 ? shape.longest : std::min(shape.longest, 6U)) + 1;
        for (std::uint32_t i = 0; i < count; ++i)
            unit.push_back({static_cast<std::uint32_t>(random() % shape.a_codes),
                            static_cast<std::uint32_t>(random() % shape.b_codes),
                            Addend(outcome_of_chance(random))});
        for (auto& one : unit)
            one.addend.arm = made.arms[one.a];
    }
    return made;
}

std::string text_of(const std::vector<Cell>& cells) {
    std::string all;
    for (const auto& c : cells) {
        for (const auto n :
             {std::int64_t{c.group}, std::int64_t{c.stratum}, static_cast<std::int64_t>(c.arm), c.episodes,
              c.contacted, c.contacts, c.messages, c.induced, c.confirmed, c.truncated, c.delivered,
              c.reactive, c.pending, c.censored, c.dropped, c.pending_until, c.first_start, c.last_start})
            all += std::to_string(n) + ' ';
        for (const auto sum :
             {c.sums.units, c.sums.sum_y, c.sums.sum_m, c.sums.sum_yy, c.sums.sum_ym, c.sums.sum_mm})
            all += std::to_string(static_cast<std::int64_t>(sum)) + ' ';
        for (const auto day : c.first_contact_day)
            all += std::to_string(day) + ' ';
        all += '\n';
    }
    return all;
}

/// A member's table filled by itself.
std::vector<Cell> by_itself(const Made& made, const JointTable::Member& member) {
    auto table = member.table;
    std::vector<std::uint32_t> groups, strata;
    std::vector<Addend> addends;
    for (const auto& unit : made.units) {
        groups.clear();
        strata.clear();
        addends.clear();
        for (const auto& one : unit) {
            const auto of_a = member.of_a[one.a], of_b = member.of_b[one.b];
            groups.push_back(of_a == kLeftOut || of_b == kLeftOut ? kLeftOut : of_a + of_b);
            strata.push_back(member.stratum[one.a]);
            addends.push_back(one.addend);
        }
        table.add_unit(groups.data(), strata.data(), 1, addends.data(), addends.size());
    }
    return table.cells(1000);
}

} // namespace

TEST_CASE("tables filled jointly are those filled one by one", "[evidence]") {
    const auto shape = GENERATE(Shape{"few codes", 7, 30, 3000, 8}, Shape{"long units", 7, 30, 500, 200},
                                Shape{"more codes than pairs are looked up for", 300, 300, 3000, 8},
                                Shape{"more cells than are kept in hand", 300, 300, 30'000, 8});
    INFO(shape.name);
    const auto made = make(shape);
    std::vector<JointTable> parts;
    for (int part = 0; part < 2; ++part)
        parts.emplace_back(made.members, made.arms, shape.b_codes);
    for (std::size_t u = 0; u < made.units.size(); ++u) {
        auto& part = parts[u < made.units.size() / 3 ? 0 : 1];
        for (const auto& one : made.units[u])
            part.add(one.a, one.b, one.addend);
        part.end_unit();
    }
    parts[0].absorb(parts[1]);
    parts[0].bring_up_to_date();
    for (std::size_t m = 0; m < made.members.size(); ++m) {
        INFO("table " << m);
        const auto expected = by_itself(made, made.members[m]);
        REQUIRE(!expected.empty());
        CHECK((text_of(parts[0].cells(m, 1000)) == text_of(expected)));
    }
}
