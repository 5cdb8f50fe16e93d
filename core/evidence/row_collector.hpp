// The tables of a population whose episodes take their codes from the row that begins them: messages and
// assignments. In: episodes and, per row, what RowCodes found. Out: the cells of Evidence. Most tables are
// filled jointly (joint.hpp); what the row does not tell has tables of its own.
#pragma once

#include "core/evidence/joint.hpp"
#include "core/evidence/row_codes.hpp"

namespace preempt::evidence {

class RowCollector {
  public:
    /// `specs`: those that occur.
    RowCollector(const Setup& setup, const RowCodes& rows, const Specs& specs, const Dims& sizes);
    /// What `codes` must hold of an episode.
    DimSet wanted() const { return wanted_; }
    bool wants_placebo() const { return rest_.wants_placebo(); }
    /// `codes`: in the dimensions wanted(); `order`: Coder::order; `contacted`: the episode's.
    void add(const Dims& codes, std::uint32_t order, const episodes::Episode& episode,
             const Addend& contacted, const Outcome& placebo);
    void end_unit();
    void absorb(const RowCollector& other);
    /// At the end, once.
    void write(Evidence& evidence, std::int64_t window);

  private:
    const RowCodes& rows_;
    Specs specs_by_kind_, specs_by_slot_, specs_by_order_; ///< of the members of these
    std::vector<std::uint16_t> stratum_of_kind_;           ///< code a of by_slot_; made before it
    JointTable by_kind_;                                   ///< kind and span
    JointTable by_slot_;                                   ///< stratum with arm, and slot
    JointTable by_order_;                                  ///< stratum with arm, and order
    DimSet wanted_ = 0;
    Collector rest_;
};

} // namespace preempt::evidence
