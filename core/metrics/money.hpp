// What prevented contacts are worth (M18): gross, net, at the lower bound, in hours; capacity apart from
// cash. In: prevented contacts and what somebody says that things cost. Out: money, or what is missing. No
// cost is ever assumed (A36).
#pragma once

#include "core/metrics/catalogue.hpp"

namespace preempt::metrics {

/// In the currency of the costs. An Estimate's low end is the conservative figure: the same at the lower
/// bound of the prevented contacts; below 0 it could be a net cost.
struct Money {
    std::string missing; ///< code, "" = there is a gross figure
    bool proven = false; ///< from a holdout; else from the matched comparison: estimated, not proven
    Estimate prevented;  ///< contacts
    std::optional<double> cost_per_contact, cost_per_outreach, minutes_per_contact;
    std::string cost_per_contact_from;    ///< "typed", "periods" (support cost / contacts), ""
    std::string cost_per_outreach_from;   ///< "typed", "messages" (their cost column), "periods", ""
    std::string minutes_per_contact_from; ///< "typed", "contacts" (their handling time), ""
    Estimate gross;                       ///< prevented x cost of a contact: capacity
    std::optional<double>
        outreach_cost; ///< messages of the episodes compared x cost of a message: cash, spent now
    /// gross - outreach cost. Contacts that a message induced are inside: they make an episode a contacted
    /// one, so the prevented contacts are less by them.
    Estimate net;
    std::optional<double> induced_cost; ///< contacts that answer a message x cost of a contact
    Estimate net_induced_apart;         ///< net - induced cost: charges them once more, the cautious end
    Estimate hours, hours_per_week;     ///< prevented x minutes / 60: capacity
    bool could_cost = false; ///< the lower end of net (or of gross, where net is not known) is below 0
};
BOOST_DESCRIBE_STRUCT(Money, (),
                      (missing, proven, prevented, cost_per_contact, cost_per_outreach, minutes_per_contact,
                       cost_per_contact_from, cost_per_outreach_from, minutes_per_contact_from, gross,
                       outreach_cost, net, induced_cost, net_induced_apart, hours, hours_per_week,
                       could_cost))

Money money(const Basis& basis);

/// A published cost of one contact, to choose from; none is applied by itself.
struct CostPreset {
    const char* id;
    double cost; ///< in US dollars
    const char* what;
    const char* source;
    const char* grade; ///< "B" survey or panel, "C" undated glossary, "D" no method found
};
std::span<const CostPreset> cost_presets();

} // namespace preempt::metrics
