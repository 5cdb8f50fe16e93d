// The tables of cells as data: which population, grouped by what, with which outcome, and where the cells go.
// In: episodes with their dimensions. Out: the cells of Evidence.
#pragma once

#include "core/evidence/evidence.hpp"
#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace preempt::evidence {

/// What episodes are grouped by. The four periods stand in the order of preempt::Period.
enum class Dim : std::uint8_t {
    all,
    type,
    by,
    week,
    month,
    quarter,
    year,
    stratum,
    order, ///< messages: dose; assignments: which one of the unit; both 1st, 2nd, 3rd, 4th and later
    weekday,
    hour,
    slot,
    lag,
    variant,
    trigger,
    health,
    month_group,   ///< period index * number of change groups + group
    quarter_group, ///< the same by quarter
    count_,
};
inline constexpr std::size_t kDims = static_cast<std::size_t>(Dim::count_);
/// The codes that a breakdown changes.
constexpr bool is_by_group(Dim dim) {
    return dim == Dim::by || dim == Dim::month_group || dim == Dim::quarter_group;
}

/// What stands for "contacted" in the cells.
enum class What : std::uint8_t { contact, escalation, placebo };

struct TableSpec {
    Dim group, stratum;
    What what;
    std::vector<Cell>& (*cells)(Evidence&);
};

std::span<const TableSpec> message_tables();
std::span<const TableSpec> assignment_tables();
std::span<const TableSpec> matched_tables();
std::span<const TableSpec> calendar_tables();

/// Dimensions as a set of bits.
using DimSet = std::uint32_t;
inline constexpr DimSet kAllDims = (DimSet{1} << kDims) - 1;
constexpr bool has(DimSet set, Dim dim) {
    return (set >> static_cast<unsigned>(dim) & 1) != 0;
}

/// Codes of one episode by dimension, or numbers of codes; 0 codes = the dimension does not occur, and its
/// tables stay empty.
using Dims = std::array<std::uint32_t, kDims>;

using Specs = std::vector<const TableSpec*>;
/// Those of the tables whose dimensions occur: that a breakdown changes, the others, or all.
Specs occurring(std::span<const TableSpec> specs, const Dims& sizes, bool fixed, bool by_group);
/// What their groups and strata need.
DimSet dims_of(const Specs& specs);

/// The tables of one population, filled unit by unit.
class Collector {
  public:
    Collector(const Specs& specs, const Dims& sizes);
    bool is_empty() const { return tables_.empty(); }
    bool wants_placebo() const { return wants_placebo_; }
    /// `placebo`: the contacts before the episode; read only where wants_placebo().
    void add(const Dims& codes, const episodes::Episode& episode, const Outcome& placebo) {
        add(codes, episode, Addend(outcome_of(episode)), placebo);
    }
    /// `contacted`: the episode's.
    void add(const Dims& codes, const episodes::Episode& episode, const Addend& contacted,
             const Outcome& placebo);
    void end_unit();
    void absorb(const Collector& other);
    void write(Evidence& evidence, std::int64_t window) const;

  private:
    struct Filled {
        const TableSpec* spec;
        CellTable table;
        std::size_t group, stratum; ///< places of their codes among `dims_`
    };
    std::vector<Filled> tables_;
    std::vector<Dim> dims_;            ///< that the tables need
    std::vector<std::uint32_t> codes_; ///< of the unit in hand, by episode and dims_
    std::vector<Addend> contacted_, escalated_, placebo_;
    bool wants_placebo_ = false, wants_escalation_ = false;
};

/// Numbers the strata that occur in the order of their names, which become `names`. Only of the tables that a
/// breakdown changes, or of the others, or of both: what another walk wrote is numbered already, and alike,
/// since both saw the same episodes.
template <class Name>
void name_strata(Evidence& evidence, std::span<const TableSpec> specs, bool fixed, bool by_group,
                 Name name_of, std::vector<std::string>& names) {
    const auto each_table = [&](auto visit) {
        for (const auto& spec : specs)
            if (spec.stratum == Dim::stratum && (is_by_group(spec.group) ? by_group : fixed))
                visit(spec.cells(evidence));
    };
    std::map<std::uint32_t, std::uint32_t> number; // of a code
    std::vector<std::pair<std::string, std::uint32_t>> ordered;
    each_table([&](const std::vector<Cell>& cells) {
        for (const auto& cell : cells)
            if (number.emplace(cell.stratum, 0).second)
                ordered.emplace_back(name_of(cell.stratum), cell.stratum);
    });
    std::sort(ordered.begin(), ordered.end());
    names.clear();
    for (const auto& [name, code] : ordered) {
        number[code] = static_cast<std::uint32_t>(names.size());
        names.push_back(name);
    }
    each_table([&](std::vector<Cell>& cells) {
        for (auto& cell : cells)
            cell.stratum = number[cell.stratum];
        sort_cells(cells);
    });
}

} // namespace preempt::evidence
