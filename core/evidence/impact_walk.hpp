// Verified impact (metrics.md 5.5.14): the effect's cells in equal spans before and after each change, for
// what it touched and for the rest. In: the episodes of a walk. Out: Companions::impacts.
#pragma once

#include "core/evidence/coder.hpp"

namespace preempt::evidence {

class ImpactWalk {
  public:
    explicit ImpactWalk(const Setup& setup);
    bool is_empty() const { return changes_.empty(); }
    /// Are episodes of assignments compared, or of messages?
    bool from_assignments() const { return setup_.history.has_arms; }
    void add(const episodes::Episode& episode, std::uint32_t stratum, const Outcome& placebo);
    void end_unit();
    void absorb(const ImpactWalk& other);
    void write(Evidence& evidence) const;

  private:
    struct OfChange {
        const history::Change* change;
        Instant before, after, until;
        std::uint32_t trigger = 0, content = 0; ///< codes; 0 = not stated
        bool touches_all = false, touches_none = false;
        std::vector<std::uint8_t> triggers; ///< of the messages with the content, by code
        CellTable cells, placebo;           ///< groups as Group
        std::vector<std::array<std::uint32_t, 3>>
            codes; ///< of the unit in hand: group, the affected's, stratum
        std::vector<Addend> outcomes, before_them;
    };
    enum Group : std::uint32_t { affected_before, affected_after, others_before, others_after, groups };
    bool is_affected(const OfChange& change, const episodes::Episode& episode) const;

    const Setup& setup_;
    AttributeOf trigger_, content_, trigger_of_message_, content_of_message_;
    std::vector<OfChange> changes_;
};

} // namespace preempt::evidence
