#include "core/evidence/joint.hpp"

#include <algorithm>
#include <cassert>

namespace preempt::evidence {
namespace {

/// Cells and sets in hand above which the tables are brought up to date: what is in hand stays in the cache.
constexpr std::size_t kMostCells = std::size_t{1} << 15, kMostPairs = std::size_t{1} << 16;
/// Codes up to this many have their pairs looked up.
constexpr std::size_t kMostPaired = 256;
/// Episodes of a unit that are compared with each other; above it they are sorted, a table at a time.
constexpr std::size_t kMostCompared = 24;

} // namespace

inline PairTable::Entry& PairTable::at(std::uint64_t key) {
    if (used_ * 2 >= places_.size()) grow();
    auto place = static_cast<std::size_t>((key * 0x9E37'79B9'7F4A'7C15ULL) >> shift_);
    while (places_[place].key != key) {
        if (places_[place].key == 0) {
            places_[place].key = key;
            ++used_;
            break;
        }
        place = (place + 1) & (places_.size() - 1);
    }
    return places_[place];
}

void PairTable::grow() {
    const auto old = std::move(places_);
    const auto size = std::max<std::size_t>(1024, old.size() * 2);
    places_.assign(size, {});
    shift_ = 65U - static_cast<std::uint32_t>(std::bit_width(size));
    used_ = 0;
    for (const auto& entry : old)
        if (entry.key != 0) at(entry.key) = entry;
}

JointTable::JointTable(std::vector<Member> members, std::vector<history::Arm> arms, std::size_t b_size)
    : members_(std::move(members)), arms_(std::move(arms)), b_size_(b_size) {
    assert(members_.size() <= kMostTables);
    if (members_.empty()) return;
    place_.assign(arms_.size() * b_size_, 0);
    const auto pair_all = [](std::size_t codes, auto meet) {
        std::vector<Meeting> all;
        if (codes > kMostPaired) return all;
        all.resize(codes * codes);
        for (std::uint32_t one = 0; one < codes; ++one)
            for (std::uint32_t other = 0; other < codes; ++other)
                all[one * codes + other].set = meet(one, other);
        for (std::uint32_t one = 0; one < codes; ++one) {
            auto* row = &all[one * codes];
            for (std::uint32_t other = 0; other < codes; ++other)
                while ((row[row[other].first].set & row[other].set) != row[other].set)
                    ++row[other].first;
        }
        return all;
    };
    meet_a_ = pair_all(arms_.size(), [&](auto a, auto other) { return meet_a(a, other); });
    meet_b_ = pair_all(b_size_, [&](auto b, auto other) { return meet_b(b, other); });
}

JointTable::Set JointTable::meet_a(std::uint32_t a, std::uint32_t other) const {
    Set set = 0;
    if (arms_[a] != arms_[other]) return set;
    for (std::size_t m = 0; m < members_.size(); ++m) {
        const auto& member = members_[m];
        if (member.of_a[a] == member.of_a[other] && member.stratum[a] == member.stratum[other] &&
            member.of_a[a] != kLeftOut)
            set = static_cast<Set>(set | 1U << m);
    }
    return set;
}

JointTable::Set JointTable::meet_b(std::uint32_t b, std::uint32_t other) const {
    Set set = 0;
    for (std::size_t m = 0; m < members_.size(); ++m) {
        const auto& of_b = members_[m].of_b;
        if (of_b[b] == of_b[other] && of_b[b] != kLeftOut) set = static_cast<Set>(set | 1U << m);
    }
    return set;
}

inline std::uint32_t JointTable::place_of(std::uint32_t a, std::uint32_t b) {
    auto& place = place_[a * b_size_ + b];
    if (place == 0) {
        cells_.emplace_back();
        codes_.push_back({a, b});
        place = static_cast<std::uint32_t>(cells_.size());
    }
    return place - 1;
}

void JointTable::add(std::uint32_t a, std::uint32_t b, const Addend& addend) {
    const auto place = place_of(a, b);
    cells_[place].add(addend);
    if (addend.is_counted()) open_.push_back({a, b, addend.y()});
}

void JointTable::end_unit() {
    if (open_.size() > kMostCompared)
        sum_long_unit();
    else if (open_.size() > 1)
        pair_up();
    open_.clear();
    if (cells_.size() > kMostCells || pairs_.size() > kMostPairs) bring_up_to_date();
}

void JointTable::pair_up() {
    const auto key_of = [](std::uint64_t a, std::uint64_t b, std::uint64_t set) {
        return (a << 24 | b) << kMostTables | set;
    };
    const auto meeting = [](const std::vector<Meeting>& all, std::size_t codes, std::uint32_t one,
                            std::uint32_t other, auto meet) {
        return all.empty() ? Meeting{meet(one, other), 0} : all[one * codes + other];
    };
    for (std::size_t i = 1; i < open_.size(); ++i) {
        const auto& one = open_[i];
        std::uint64_t last_key = 0;
        Set again = 0;
        for (std::size_t j = 0; j < i; ++j) {
            const auto& other = open_[j];
            const auto by_a =
                meeting(meet_a_, arms_.size(), one.a, other.a, [&](auto a, auto b) { return meet_a(a, b); });
            if (by_a.set == 0) continue;
            const auto by_b =
                meeting(meet_b_, b_size_, one.b, other.b, [&](auto a, auto b) { return meet_b(a, b); });
            const auto set = static_cast<Set>(by_a.set & by_b.set);
            if (set == 0) continue;
            again |= set;
            last_key =
                key_of(meet_a_.empty() ? one.a : by_a.first, meet_b_.empty() ? one.b : by_b.first, set);
            auto& pairs = pairs_.at(last_key);
            ++pairs.count;
            pairs.both += one.y & other.y;
            pairs.either += one.y + other.y;
        }
        if (again == 0) continue;
        const bool as_last = (last_key & ((1U << kMostTables) - 1)) == again;
        ++pairs_.at(as_last ? last_key : key_of(one.a, one.b, again)).again;
    }
}

/// Long units would make pairs without end: their sums go into the tables at once.
void JointTable::sum_long_unit() {
    for (auto& member : members_) {
        keys_.clear();
        for (const auto& open : open_) {
            const auto of_a = member.of_a[open.a], of_b = member.of_b[open.b];
            if (of_a == kLeftOut || of_b == kLeftOut) continue;
            const auto group = std::uint64_t{of_a} + of_b;
            keys_.push_back({group << 32 | member.stratum[open.a],
                             static_cast<std::uint64_t>(arms_[open.a]) << 1 | open.y});
        }
        std::sort(keys_.begin(), keys_.end());
        for (std::size_t i = 0; i < keys_.size();) {
            const auto key = keys_[i][0], arm = keys_[i][1] >> 1;
            std::uint64_t m = 0, y = 0;
            for (; i < keys_.size() && keys_[i][0] == key && keys_[i][1] >> 1 == arm; ++i) {
                ++m;
                y += keys_[i][1] & 1;
            }
            if (m > 1)
                member.table.add(static_cast<std::uint32_t>(key >> 32), static_cast<std::uint32_t>(key),
                                 static_cast<history::Arm>(arm), UnitPairs::of_unit(m, y));
        }
    }
}

/// Adds what is in hand to the tables of its members.
void JointTable::roll_up(std::vector<Member>& into) const {
    for (auto& member : into) {
        for (std::size_t c = 0; c < cells_.size(); ++c) {
            const auto [a, b] = codes_[c];
            if (member.of_a[a] != kLeftOut && member.of_b[b] != kLeftOut)
                member.table.add(member.of_a[a] + member.of_b[b], member.stratum[a], arms_[a], cells_[c]);
        }
    }
    pairs_.each([&](std::uint64_t key, const UnitPairs& pairs) {
        const auto a = static_cast<std::size_t>(key >> kMostTables >> 24);
        const auto b = static_cast<std::size_t>(key >> kMostTables & 0xFF'FFFF);
        for (std::size_t m = 0; m < into.size(); ++m)
            if ((key >> m & 1) != 0)
                into[m].table.add(into[m].of_a[a] + into[m].of_b[b], into[m].stratum[a], arms_[a], pairs);
    });
}

void JointTable::bring_up_to_date() {
    roll_up(members_);
    for (const auto [a, b] : codes_)
        place_[a * b_size_ + b] = 0;
    cells_.clear();
    codes_.clear();
    pairs_.clear();
}

void JointTable::absorb(const JointTable& other) {
    other.roll_up(members_);
    for (std::size_t m = 0; m < members_.size(); ++m)
        members_[m].table.absorb(other.members_[m].table);
}

std::vector<Cell> JointTable::cells(std::size_t m, std::int64_t window) const {
    return members_[m].table.cells(window);
}

} // namespace preempt::evidence
