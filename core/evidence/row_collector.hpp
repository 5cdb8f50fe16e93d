// The tables of a population whose episodes take their codes from the row that begins them: messages and
// assignments. In: episodes and, per row, what RowCodes found. Out: the cells of Evidence. Most tables are
// filled jointly (joint.hpp); what the row does not tell has tables of its own.
#pragma once

#include "core/evidence/joint.hpp"
#include "core/evidence/kept.hpp"
#include "core/evidence/row_codes.hpp"

namespace preempt::evidence {

class RowCollector {
  public:
    /// `specs`: those that occur.
    RowCollector(const Setup& setup, const RowCodes& rows, const Specs& specs, const Dims& sizes);
    /// What `codes` must hold of an episode.
    DimSet wanted() const { return wanted_; }
    bool wants_all() const { return !rest_.is_empty(); }
    bool wants_placebo() const { return rest_.wants_placebo(); }
    /// While walking: for the tables that need more of an episode than was kept. `codes`: in the dimensions
    /// wanted(); `contacted`: the episode's.
    void add(const Dims& codes, const episodes::Episode& episode, const Addend& contacted,
             const Outcome& placebo);
    void end_unit();
    /// All others, from all episodes of the walk. `by_dose`: Dim::order goes by dose, else by the episode's
    /// place in its unit. `log`: Outreaches or Assignments.
    template <class Log>
    void count(const history::History& history, const Log& log, const KeptEpisodes& kept, bool by_dose);
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
