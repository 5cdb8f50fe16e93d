// What a person says that only figures use, never counts: money, how large the experiment was meant to be,
// ranges and targets of their own. In: the request. Out: read by the catalogue, the comparisons and the
// levers.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace preempt::metrics {

/// A range or a target of the person's own, in the metric's unit (shares 0 to 1); both ends count as inside.
struct CustomRange {
    std::string label;
    std::string metric; ///< id of ours ("M06"); "M05" and "M06" both mean the highest rung that has a value
    double low = 0;
    std::optional<double> high; ///< null = open
    std::string source;         ///< where it comes from, in the person's words; "" = an own target
    std::string outreach_type;  ///< the type that it speaks of, "" = the whole programme
};
BOOST_DESCRIBE_STRUCT(CustomRange, (), (label, metric, low, high, source, outreach_type))

/// All absent by default: no cost and no plan is ever assumed (metrics.md A36).
struct Plan {
    std::optional<double> cost_per_contact;    ///< of one contact, in the currency of the page
    std::optional<double> cost_per_outreach;   ///< of one message
    std::optional<double> minutes_per_contact; ///< handling
    std::optional<double> planned_units;       ///< units at which the decision was to be taken (G16)
    std::int32_t snapshots = 1;                ///< exports of this programme that were looked at
    std::optional<double> at_risk_below;       ///< health scores below this are at risk (M30)
    std::vector<CustomRange> custom_ranges;
};
BOOST_DESCRIBE_STRUCT(Plan, (),
                      (cost_per_contact, cost_per_outreach, minutes_per_contact, planned_units, snapshots,
                       at_risk_below))

} // namespace preempt::metrics
