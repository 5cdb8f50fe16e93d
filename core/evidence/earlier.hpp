// Contacts of units before they were assigned, beside what came after (statistics.md 2.5): chance that the
// draw of the holdout left can be taken out by them. In: the episodes of assignments, unit by unit. Out: sums
// over units by stratum and arm.
#pragma once

#include "core/evidence/coder.hpp"

namespace preempt::evidence {

class EarlierWalk {
  public:
    /// The assignments of the walker's unit, and the stratum of each.
    void unit(const Setup& setup, const episodes::Walker& walker,
              const std::vector<episodes::Episode>& episodes);
    void absorb(const EarlierWalk& other);
    /// By stratum, then arm.
    std::vector<EarlierContacts> sums() const;

  private:
    stats::CupedSums& sums_of(std::uint32_t stratum, history::Arm arm);

    std::vector<stats::CupedSums> all_; ///< two a stratum
    struct Open {
        std::uint32_t stratum;
        history::Arm arm;
        Instant start;
        double y, m;
    };
    std::vector<Open> open_; ///< of the unit in hand
};

} // namespace preempt::evidence
