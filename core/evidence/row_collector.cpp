#include "core/evidence/row_collector.hpp"

#include <algorithm>

namespace preempt::evidence {
namespace {

using Kind = RowCodes::Kind;

std::uint32_t at(const Dims& codes, Dim dim) {
    return codes[static_cast<std::size_t>(dim)];
}

bool is_period(Dim dim) {
    return dim >= Dim::week && dim <= Dim::year;
}
bool is_slot(Dim dim) {
    return dim == Dim::weekday || dim == Dim::hour || dim == Dim::slot;
}
bool is_of_change(Dim dim) {
    return dim == Dim::month_group || dim == Dim::quarter_group;
}

/// The dimension in which the kinds know the group of a change; Dim::count_ when they do not.
Dim change_dim(const Setup& setup, const RowCodes& rows, const Dims& sizes) {
    const auto dim = setup.by.is_empty() ? Dim::type : Dim::by;
    return rows.holds(dim) && setup.change.size() == at(sizes, dim) ? dim : Dim::count_;
}

/// Where a table is filled.
enum class Home : std::uint8_t { kind, slot, order, rest };

Home part_of(const TableSpec& spec, const RowCodes& rows, Dim change) {
    if (spec.what != What::contact || !rows.holds(spec.stratum)) return Home::rest;
    if (is_slot(spec.group)) return Home::slot;
    if (spec.group == Dim::order) return Home::order;
    const bool known =
        is_period(spec.group) || (is_of_change(spec.group) ? change != Dim::count_ : rows.holds(spec.group));
    return known ? Home::kind : Home::rest;
}

Specs choose(const Specs& specs, const Setup& setup, const RowCodes& rows, const Dims& sizes, Home part) {
    const auto change = change_dim(setup, rows, sizes);
    Specs chosen;
    for (const auto* spec : specs)
        if (part_of(*spec, rows, change) == part) chosen.push_back(spec);
    return chosen;
}

std::vector<history::Arm> arms_of(const std::vector<Kind>& kinds) {
    std::vector<history::Arm> arms;
    for (const auto& kind : kinds)
        arms.push_back(kind.arm);
    return arms;
}

JointTable joint_by_kind(const Setup& setup, const RowCodes& rows, const Specs& specs, const Dims& sizes) {
    const auto change = change_dim(setup, rows, sizes);
    std::vector<Periods::Place> places;
    for (const auto span : rows.spans())
        places.push_back(setup.periods.place(span));
    std::vector<JointTable::Member> members;
    for (const auto* spec : specs) {
        std::vector<std::uint32_t> of_a(rows.kinds().size(), 0), of_b(places.size(), 0),
            stratum(rows.kinds().size(), 0);
        const auto period = is_period(spec->group)            ? spec->group
                            : spec->group == Dim::month_group ? Dim::month
                                                              : Dim::quarter;
        const bool by_span = is_period(spec->group) || is_of_change(spec->group);
        const auto times = is_of_change(spec->group) ? setup.change.size() : 1;
        for (std::size_t b = 0; b < of_b.size() && by_span; ++b)
            of_b[b] =
                times *
                places[b].period[static_cast<std::size_t>(period) - static_cast<std::size_t>(Dim::week)];
        for (std::size_t a = 0; a < of_a.size(); ++a) {
            const auto& codes = rows.kinds()[a].codes;
            stratum[a] = at(codes, spec->stratum);
            if (!is_period(spec->group)) of_a[a] = at(codes, by_span ? change : spec->group);
        }
        members.push_back({std::move(of_a), std::move(of_b), std::move(stratum),
                           CellTable(at(sizes, spec->group), at(sizes, spec->stratum))});
    }
    return {std::move(members), arms_of(rows.kinds()), places.size()};
}

/// `kinds`: the pairs of stratum and arm that occur; `group`: of a code in a table's dimension.
template <class Group>
JointTable joint_by(const std::vector<Kind>& kinds, const Specs& specs, const Dims& sizes,
                    std::uint32_t codes, Group group) {
    std::vector<JointTable::Member> members;
    for (const auto* spec : specs) {
        std::vector<std::uint32_t> stratum, of_code(codes);
        for (const auto& kind : kinds)
            stratum.push_back(at(kind.codes, spec->stratum));
        for (std::uint32_t code = 0; code < codes; ++code)
            of_code[code] = group(spec->group, code);
        members.push_back({std::vector<std::uint32_t>(kinds.size(), 0), std::move(of_code),
                           std::move(stratum), CellTable(at(sizes, spec->group), at(sizes, spec->stratum))});
    }
    return {std::move(members), arms_of(kinds), codes};
}

std::uint32_t group_of_slot(Dim dim, std::uint32_t slot) {
    const bool hour_known = slot < 7 * 24;
    if (dim == Dim::weekday) return hour_known ? slot / 24 : slot - 7 * 24;
    if (!hour_known) return kLeftOut;
    return dim == Dim::hour ? slot % 24 : slot;
}

/// Pairs of stratum and arm, and which one each kind has.
std::vector<Kind> strata_of(const std::vector<Kind>& kinds, std::vector<std::uint16_t>& of_kind) {
    std::vector<Kind> strata;
    of_kind.clear();
    for (const auto& kind : kinds) {
        const auto stratum = at(kind.codes, Dim::stratum);
        const auto same = std::find_if(strata.begin(), strata.end(), [&](const Kind& s) {
            return s.arm == kind.arm && at(s.codes, Dim::stratum) == stratum;
        });
        of_kind.push_back(static_cast<std::uint16_t>(same - strata.begin()));
        if (same != strata.end()) continue;
        strata.emplace_back();
        strata.back().arm = kind.arm;
        strata.back().codes[static_cast<std::size_t>(Dim::stratum)] = stratum;
    }
    return strata;
}

} // namespace

RowCollector::RowCollector(const Setup& setup, const RowCodes& rows, const Specs& specs, const Dims& sizes)
    : rows_(rows), specs_by_kind_(choose(specs, setup, rows, sizes, Home::kind)),
      specs_by_slot_(choose(specs, setup, rows, sizes, Home::slot)),
      specs_by_order_(choose(specs, setup, rows, sizes, Home::order)),
      by_kind_(joint_by_kind(setup, rows, specs_by_kind_, sizes)),
      by_slot_(joint_by(strata_of(rows.kinds(), stratum_of_kind_), specs_by_slot_, sizes, RowCodes::kSlots,
                        group_of_slot)),
      by_order_(joint_by(strata_of(rows.kinds(), stratum_of_kind_), specs_by_order_, sizes, Coder::kOrders,
                         [](Dim, std::uint32_t order) { return order; })),
      wanted_(dims_of(choose(specs, setup, rows, sizes, Home::rest))),
      rest_(choose(specs, setup, rows, sizes, Home::rest), sizes) {}

void RowCollector::add(const Dims& codes, const episodes::Episode& episode, const Addend& contacted,
                       const Outcome& placebo) {
    rest_.add(codes, episode, contacted, placebo);
}

void RowCollector::end_unit() {
    rest_.end_unit();
}

void RowCollector::absorb(const RowCollector& other) {
    by_kind_.absorb(other.by_kind_);
    by_slot_.absorb(other.by_slot_);
    by_order_.absorb(other.by_order_);
    rest_.absorb(other.rest_);
}

void RowCollector::write(Evidence& evidence, std::int64_t window) {
    const auto write_all = [&](JointTable& joint, const Specs& specs) {
        joint.bring_up_to_date();
        for (std::size_t m = 0; m < specs.size(); ++m)
            specs[m]->cells(evidence) = joint.cells(m, window);
    };
    write_all(by_kind_, specs_by_kind_);
    write_all(by_slot_, specs_by_slot_);
    write_all(by_order_, specs_by_order_);
    rest_.write(evidence, window);
}

} // namespace preempt::evidence
