// How outreach is done, and what difference that makes: repeated outreach (fatigue), weekday and hour, delay
// after the signal, variants of a message. In: evidence by these groups. Out: effects against people held out
// at the same point, never against other contacted ones (statistics.md 2.9, 2.11; metrics.md M26, S1-39).
#pragma once

#include "core/metrics/effects/breakdown.hpp"

namespace preempt::metrics {

/// Units with so many messages.
struct Load {
    std::int64_t least = 0, most = 0; ///< messages, both inclusive
    std::int64_t units = 0;
};
BOOST_DESCRIBE_STRUCT(Load, (), (least, most, units))

/// Messages to a unit in the trailing 30 days (M26); broadcasts count, they are load.
struct Frequency {
    std::int64_t units = 0;
    std::optional<double> mean, p50, p90, most;
    /// Every number from 1 on, those that nobody got too; where it goes beyond 20, in steps that leave 20
    /// rows at most.
    std::vector<Load> histogram{};
};
BOOST_DESCRIBE_STRUCT(Frequency, (), (units, mean, p50, p90, most, histogram))

/// How many episodes held so many messages. No rates: people with many messages are the troubled ones, so
/// that success against their number says nothing (statistics.md 2.11).
struct DoseRow {
    std::string label;
    std::int64_t episodes = 0, messages = 0;
};
BOOST_DESCRIBE_STRUCT(DoseRow, (), (label, episodes, messages))

struct Fatigue {
    Breakdown by_index; ///< 1st, 2nd ... trigger of a unit, in both arms; from the 2nd on descriptive
    /// Change of the effect with each further trigger: precision-weighted line through the rows above.
    Estimate change_per_index;
    std::string verdict = "not_measured"; ///< "shrinks", "grows", "cannot_tell", "not_measured"
    std::vector<DoseRow> doses;
    Frequency frequency;
};
BOOST_DESCRIBE_STRUCT(Fatigue, (), (by_index, change_per_index, verdict, doses, frequency))

/// One hour of the week. Effects of cells with fewer than 20 in an arm are null.
struct Slot {
    std::int32_t weekday = 0, hour = 0; ///< 0 = Monday, display zone
    std::int64_t episodes = 0, contacted = 0, holdout_episodes = 0, treated_episodes = 0;
    Estimate effect;
    std::optional<double> shrunken;
};
BOOST_DESCRIBE_STRUCT(Slot, (),
                      (weekday, hour, episodes, contacted, holdout_episodes, treated_episodes, effect,
                       shrunken))

struct Timing {
    Breakdown weekday, hour;
    Breakdown lag; ///< signal to message, against signals nobody acted on
    std::vector<Slot> slots;
    std::string slots_differ = "not_tested"; ///< Homogeneity::verdict over the slots with an effect
};
BOOST_DESCRIBE_STRUCT(Timing, (), (weekday, hour, lag, slots, slots_differ))

/// What people did with a message: side figures, never the ranking (G11, G19).
struct VariantReactions {
    std::string label; ///< of the row
    std::int64_t sent = 0;
    Estimate opened, clicked, replied; ///< of sent; null where no file states them
};
BOOST_DESCRIBE_STRUCT(VariantReactions, (), (label, sent, opened, clicked, replied))

struct Variants {
    Breakdown rows; ///< each variant against the common holdout, Holm; ranked by prevention
    std::vector<VariantReactions> reactions;
};
BOOST_DESCRIBE_STRUCT(Variants, (), (rows, reactions))

/// The programme's chapters of the report.
struct Programme {
    Fatigue fatigue;
    Timing timing;
    Variants variants;
};
BOOST_DESCRIBE_STRUCT(Programme, (), (fatigue, timing, variants))

Programme examine_programme(const evidence::Evidence& evidence, const Comparison& holdout,
                            const Comparison& matched, double level);

} // namespace preempt::metrics
