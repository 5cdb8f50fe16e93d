// Many tables of cells filled at once. In: episodes, each with the two codes from which its group in every
// one of the tables follows. Out: the same tables as if each had been filled by itself. An episode is counted
// once, in the cell of its two codes; the tables are made of these cells at the end. What several episodes of
// one unit add to the sums over units is counted once a pair, under the set of tables in which the two meet.
#pragma once

#include "core/evidence/cells.hpp"
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

namespace preempt::evidence {

/// What units add that have several episodes, by a key that is not 0: a hash table with little in each place,
/// since a walk looks into it for every pair of episodes.
class PairTable {
  public:
    struct Entry {
        std::uint64_t key = 0; ///< 0 = free
        std::uint32_t again = 0, count = 0, both = 0, either = 0;
    };
    Entry& at(std::uint64_t key);
    std::size_t size() const { return used_; }
    void clear() { *this = {}; }
    template <class Use>
    void each(Use use) const {
        for (const auto& entry : places_)
            if (entry.key != 0) use(entry.key, UnitPairs{entry.again, entry.count, entry.both, entry.either});
    }

  private:
    void grow();
    std::vector<Entry> places_;
    std::size_t used_ = 0;
    std::uint32_t shift_ = 64;
};

class JointTable {
  public:
    static constexpr std::size_t kMostTables = 16;

    /// How a table's cell follows from codes a and b: group of_a[a] + of_b[b], stratum stratum[a]. Either of
    /// the first two may be kLeftOut. Different pairs of of_a and of_b make different groups.
    struct Member {
        std::vector<std::uint32_t> of_a, of_b, stratum;
        CellTable table;
    };

    /// `arms`: of each code a. Codes b are below `b_size`. At most kMostTables members.
    JointTable(std::vector<Member> members, std::vector<history::Arm> arms, std::size_t b_size);
    bool is_empty() const { return members_.empty(); }
    void add(std::uint32_t a, std::uint32_t b, const Addend& addend);
    /// The unit's episodes have all been added.
    void end_unit();
    /// Adds a table of other units, of the same members.
    void absorb(const JointTable& other);
    /// What is in hand goes into the tables: before cells().
    void bring_up_to_date();
    /// Of member m, sorted as CellTable gives them.
    std::vector<Cell> cells(std::size_t m, std::int64_t window) const;

  private:
    using Set = std::uint16_t; ///< bit m: member m
    /// Where two codes stand in the same groups, and the first code that stands in these too: pairs of
    /// episodes are counted under it, so that there are few different ones.
    struct Meeting {
        Set set = 0;
        std::uint16_t first = 0;
    };
    struct Codes {
        std::uint32_t a, b;
    };
    struct Open {
        std::uint32_t a, b;
        std::uint32_t y; ///< contacted, 0 or 1
    };
    std::uint32_t place_of(std::uint32_t a, std::uint32_t b);
    Set meet_a(std::uint32_t a, std::uint32_t other) const;
    Set meet_b(std::uint32_t b, std::uint32_t other) const;
    void pair_up();
    void sum_long_unit();
    void roll_up(std::vector<Member>& into) const;

    std::vector<Member> members_;
    std::vector<history::Arm> arms_;
    std::size_t b_size_;
    std::vector<Meeting> meet_a_, meet_b_; ///< of all pairs of codes; empty where these are too many
    std::vector<std::uint32_t> place_;     ///< of a cell, + 1
    std::vector<Counts> cells_;
    std::vector<Codes> codes_; ///< of the cells
    PairTable pairs_;
    std::vector<Open> open_;                         ///< counted episodes of the unit in hand
    std::vector<std::array<std::uint64_t, 2>> keys_; ///< scratch
};

} // namespace preempt::evidence
