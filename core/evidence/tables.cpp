#include "core/evidence/tables.hpp"

#include <algorithm>

namespace preempt::evidence {
namespace {

using Cells = std::vector<Cell>;

constexpr TableSpec kMessages[] = {
    {Dim::all, Dim::all, What::contact, [](Evidence& e) -> Cells& { return e.messages.cells; }},
    {Dim::type, Dim::all, What::contact, [](Evidence& e) -> Cells& { return e.messages_by_type.cells; }},
    {Dim::by, Dim::all, What::contact, [](Evidence& e) -> Cells& { return e.messages_by.cells; }},
    {Dim::week, Dim::all, What::contact, [](Evidence& e) -> Cells& { return e.week.messages; }},
    {Dim::month, Dim::all, What::contact, [](Evidence& e) -> Cells& { return e.month.messages; }},
    {Dim::quarter, Dim::all, What::contact, [](Evidence& e) -> Cells& { return e.quarter.messages; }},
    {Dim::year, Dim::all, What::contact, [](Evidence& e) -> Cells& { return e.year.messages; }},
    {Dim::month, Dim::type, What::contact, [](Evidence& e) -> Cells& { return e.month_by_type.cells; }},
    {Dim::order, Dim::all, What::contact, [](Evidence& e) -> Cells& { return e.messages_by_dose.cells; }},
    {Dim::weekday, Dim::all, What::contact,
     [](Evidence& e) -> Cells& { return e.messages_by_weekday.cells; }},
    {Dim::hour, Dim::all, What::contact, [](Evidence& e) -> Cells& { return e.messages_by_hour.cells; }},
    {Dim::slot, Dim::all, What::contact, [](Evidence& e) -> Cells& { return e.messages_by_slot.cells; }},
    {Dim::lag, Dim::all, What::contact, [](Evidence& e) -> Cells& { return e.messages_by_lag.cells; }},
    {Dim::variant, Dim::all, What::contact,
     [](Evidence& e) -> Cells& { return e.messages_by_variant.cells; }},
    {Dim::trigger, Dim::all, What::contact,
     [](Evidence& e) -> Cells& { return e.messages_by_trigger.cells; }},
    {Dim::health, Dim::all, What::contact, [](Evidence& e) -> Cells& { return e.messages_by_health.cells; }},
    {Dim::all, Dim::all, What::escalation, [](Evidence& e) -> Cells& { return e.messages_escalated.cells; }},
};

constexpr TableSpec kAssignments[] = {
    {Dim::all, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.assignments.cells; }},
    {Dim::all, Dim::all, What::contact, [](Evidence& e) -> Cells& { return e.assignment_totals.cells; }},
    {Dim::type, Dim::stratum, What::contact,
     [](Evidence& e) -> Cells& { return e.assignments_by_type.cells; }},
    {Dim::by, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.assignments_by.cells; }},
    {Dim::week, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.week.assignments; }},
    {Dim::month, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.month.assignments; }},
    {Dim::quarter, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.quarter.assignments; }},
    {Dim::year, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.year.assignments; }},
    {Dim::order, Dim::stratum, What::contact,
     [](Evidence& e) -> Cells& { return e.assignments_by_index.cells; }},
    {Dim::weekday, Dim::stratum, What::contact,
     [](Evidence& e) -> Cells& { return e.assignments_by_weekday.cells; }},
    {Dim::hour, Dim::stratum, What::contact,
     [](Evidence& e) -> Cells& { return e.assignments_by_hour.cells; }},
    {Dim::slot, Dim::stratum, What::contact,
     [](Evidence& e) -> Cells& { return e.assignments_by_slot.cells; }},
    {Dim::variant, Dim::stratum, What::contact,
     [](Evidence& e) -> Cells& { return e.assignments_by_variant.cells; }},
    {Dim::trigger, Dim::stratum, What::contact,
     [](Evidence& e) -> Cells& { return e.assignments_by_trigger.cells; }},
    {Dim::health, Dim::stratum, What::contact,
     [](Evidence& e) -> Cells& { return e.assignments_by_health.cells; }},
    {Dim::month_group, Dim::stratum, What::contact,
     [](Evidence& e) -> Cells& { return e.month.assignments_by; }},
    {Dim::quarter_group, Dim::stratum, What::contact,
     [](Evidence& e) -> Cells& { return e.quarter.assignments_by; }},
    {Dim::all, Dim::stratum, What::escalation,
     [](Evidence& e) -> Cells& { return e.assignments_escalated.cells; }},
    {Dim::all, Dim::stratum, What::placebo,
     [](Evidence& e) -> Cells& { return e.assignments_placebo.cells; }},
};

constexpr TableSpec kMatched[] = {
    {Dim::all, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.matched.cells; }},
    {Dim::all, Dim::all, What::contact, [](Evidence& e) -> Cells& { return e.matched_totals.cells; }},
    {Dim::by, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.matched_by.cells; }},
    {Dim::type, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.matched_by_type.cells; }},
    {Dim::lag, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.matched_by_lag.cells; }},
    {Dim::trigger, Dim::stratum, What::contact,
     [](Evidence& e) -> Cells& { return e.matched_by_trigger.cells; }},
    {Dim::week, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.week.matched; }},
    {Dim::month, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.month.matched; }},
    {Dim::quarter, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.quarter.matched; }},
    {Dim::year, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.year.matched; }},
    {Dim::month_group, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.month.matched_by; }},
    {Dim::quarter_group, Dim::stratum, What::contact,
     [](Evidence& e) -> Cells& { return e.quarter.matched_by; }},
    {Dim::all, Dim::stratum, What::placebo, [](Evidence& e) -> Cells& { return e.matched_placebo.cells; }},
};

constexpr TableSpec kCalendar[] = {
    {Dim::all, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.calendar.cells; }},
    {Dim::all, Dim::all, What::contact, [](Evidence& e) -> Cells& { return e.calendar_totals.cells; }},
    {Dim::all, Dim::stratum, What::placebo, [](Evidence& e) -> Cells& { return e.calendar_placebo.cells; }},
    {Dim::week, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.week.calendar; }},
    {Dim::month, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.month.calendar; }},
    {Dim::quarter, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.quarter.calendar; }},
    {Dim::year, Dim::stratum, What::contact, [](Evidence& e) -> Cells& { return e.year.calendar; }},
};

std::uint32_t at(const Dims& codes, Dim dim) {
    return codes[static_cast<std::size_t>(dim)];
}

} // namespace

std::span<const TableSpec> message_tables() {
    return kMessages;
}
std::span<const TableSpec> assignment_tables() {
    return kAssignments;
}
std::span<const TableSpec> matched_tables() {
    return kMatched;
}
std::span<const TableSpec> calendar_tables() {
    return kCalendar;
}

Specs occurring(std::span<const TableSpec> specs, const Dims& sizes, bool fixed, bool by_group) {
    Specs all;
    for (const auto& spec : specs)
        if (at(sizes, spec.group) != 0 && at(sizes, spec.stratum) != 0 &&
            (is_by_group(spec.group) ? by_group : fixed))
            all.push_back(&spec);
    return all;
}

DimSet dims_of(const Specs& specs) {
    DimSet set = 0;
    for (const auto* spec : specs)
        for (const auto dim : {spec->group, spec->stratum})
            set |= DimSet{1} << static_cast<unsigned>(dim);
    return set;
}

Collector::Collector(const Specs& specs, const Dims& sizes) {
    const auto place_of = [&](Dim dim) {
        const auto place =
            static_cast<std::size_t>(std::find(dims_.begin(), dims_.end(), dim) - dims_.begin());
        if (place == dims_.size()) dims_.push_back(dim);
        return place;
    };
    for (const auto* spec : specs) {
        tables_.push_back({spec, CellTable(at(sizes, spec->group), at(sizes, spec->stratum)),
                           place_of(spec->group), place_of(spec->stratum)});
        wants_placebo_ |= spec->what == What::placebo;
        wants_escalation_ |= spec->what == What::escalation;
    }
}

void Collector::add(const Dims& codes, const episodes::Episode& episode, const Addend& contacted,
                    const Outcome& placebo) {
    for (const auto dim : dims_)
        codes_.push_back(at(codes, dim));
    contacted_.push_back(contacted);
    if (wants_escalation_) {
        auto outcome = outcome_of(episode);
        outcome.contacts = episode.escalated;
        outcome.first_delay = episode.first_escalation;
        escalated_.emplace_back(outcome);
    }
    if (wants_placebo_) placebo_.emplace_back(placebo);
}

void Collector::end_unit() {
    if (contacted_.empty()) return;
    for (auto& [spec, table, group, stratum] : tables_) {
        const auto& outcomes = spec->what == What::contact      ? contacted_
                               : spec->what == What::escalation ? escalated_
                                                                : placebo_;
        table.add_unit(&codes_[group], &codes_[stratum], dims_.size(), outcomes.data(), outcomes.size());
    }
    codes_.clear();
    contacted_.clear();
    escalated_.clear();
    placebo_.clear();
}

void Collector::absorb(const Collector& other) {
    for (std::size_t t = 0; t < tables_.size(); ++t)
        tables_[t].table.absorb(other.tables_[t].table);
}

void Collector::write(Evidence& evidence, std::int64_t window) const {
    for (const auto& filled : tables_)
        filled.spec->cells(evidence) = filled.table.cells(window);
}

} // namespace preempt::evidence
