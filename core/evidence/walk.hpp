// The walk: all units once, their episodes into the tables of cells. In: a History and a question made ready.
// Out: everything of Evidence that depends on the window. A walk may be made in parts of the units and
// merged.
#pragma once

#include "core/evidence/coder.hpp"
#include "core/evidence/kept.hpp"
#include <memory>

namespace preempt::evidence {

struct Kept {
    KeptEpisodes messages, assignments;
};

class Walk {
  public:
    Walk(const Setup& setup, TableSet set);
    Walk(Walk&&) noexcept;
    ~Walk();
    /// Units [begin, end), once.
    void units(std::uint32_t begin, std::uint32_t end);
    /// The same units with another breakdown, from what the last walk over them kept. Only for the tables
    /// that a breakdown changes.
    void units_again(const Kept& kept, std::uint32_t begin, std::uint32_t end);
    /// What this walk found; after the last unit, once. Only where it filled the other tables too.
    Kept take_kept();
    /// Before the first unit: memory for what it keeps.
    void give_memory(Kept used);
    void absorb(const Walk& other);
    /// Writes its part, once; the rest of `evidence` stays.
    void write(Evidence& evidence);

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// Are there enough held-out units in the strata? At least nine in ten contacted episodes must lie in strata
/// with 20 of them (statistics.md 2.4). Looks at sizes only, never at outcomes, so that the choice cannot
/// favour a result.
bool fine_enough(const Setup& setup);
/// The same of assignments that have been counted: one group, by stratum.
bool fine_enough(const std::vector<Cell>& assignments);

} // namespace preempt::evidence
