// What a person says that only figures use, never counts: money, and how large the experiment was meant to
// be. In: the request. Out: read by the catalogue, the comparisons and the levers.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>

namespace preempt::metrics {

/// All absent by default: no cost and no plan is ever assumed (metrics.md A36).
struct Plan {
    std::optional<double> cost_per_contact;    ///< of one contact, in the currency of the page
    std::optional<double> cost_per_outreach;   ///< of one message
    std::optional<double> minutes_per_contact; ///< handling
    std::optional<double> planned_units;       ///< units at which the decision was to be taken (G16)
    std::int32_t snapshots = 1;                ///< exports of this programme that were looked at
    std::optional<double> at_risk_below;       ///< health scores below this are at risk (M30)
};
BOOST_DESCRIBE_STRUCT(Plan, (),
                      (cost_per_contact, cost_per_outreach, minutes_per_contact, planned_units, snapshots,
                       at_risk_below))

} // namespace preempt::metrics
