// The codes of an episode in every dimension by which tables group. In: an episode and what a question made
// ready. Out: one number a dimension, and how many there are.
#pragma once

#include "core/evidence/codes.hpp"
#include "core/evidence/periods.hpp"
#include "core/evidence/tables.hpp"
#include <algorithm>

namespace preempt::evidence {

class RowCodes;

/// What a walk needs to know of history and question. Whatever it points at outlives it.
struct Setup {
    const history::History& history;
    const Question& question;
    episodes::Rules rules;
    const episodes::Selection& selection;
    std::span<const episodes::ForeignReply> foreign;
    const Periods& periods;
    const Stratification& strata;
    const Grouping& by;     ///< the breakdown
    const Grouping& change; ///< groups of a change: `by`, else outreach types
    const Grouping& variant;
    const std::vector<std::uint8_t>& health;  ///< health_quarters
    bool by_account = false;                  ///< assignments also with sums over accounts
    const RowCodes* outreach_codes = nullptr; ///< row_codes.hpp; for a walk
    const RowCodes* assignment_codes = nullptr;
};

/// Which tables: those that a breakdown changes, the others, or all.
enum class TableSet : std::uint8_t { fixed = 1, by_group = 2, both = 3 };
constexpr bool has(TableSet set, TableSet one) {
    return (static_cast<unsigned>(set) & static_cast<unsigned>(one)) != 0;
}

class Coder {
  public:
    static constexpr std::uint32_t kOrders = 4; ///< 1st, 2nd, 3rd, 4th and later

    /// Only codes in the dimensions `wanted` are looked up; those of the moment all or none.
    Coder(const Setup& setup, DimSet wanted);

    Dims message_sizes() const;
    Dims assignment_sizes() const;
    Dims matched_sizes() const;
    Dims message(const episodes::Episode& episode, const episodes::Walker& walker) const;
    /// `nth`: which assignment of its unit, from 0.
    Dims assignment(const episodes::Episode& episode, std::uint32_t nth,
                    const episodes::Walker& walker) const;
    Dims matched(const episodes::Episode& episode) const;
    /// Of the nth (from 1).
    static std::uint32_t order(std::uint32_t nth) { return std::min(nth, kOrders) - 1; }
    /// Name of a stratum of matched episodes, "trigger · segment · month".
    std::string matched_stratum(std::uint32_t code) const;
    /// The other way; the number of strata when none has this name.
    std::uint32_t matched_code(std::string_view name) const;

  private:
    Dims sizes() const;
    /// Returns the month's number.
    std::uint32_t add_moment(Dims& codes, const episodes::Episode& episode, bool whole_days) const;
    void add_group(Dims& codes, std::uint32_t group) const;
    bool wants(Dim dim) const { return has(wanted_, dim); }

    const Setup& setup_;
    DimSet wanted_;
    AttributeOf type_of_outreach_, type_of_assignment_, trigger_of_outreach_, trigger_of_assignment_,
        segment_of_outreach_, segment_of_assignment_;
    std::uint32_t triggers_, segments_;
};

} // namespace preempt::evidence
