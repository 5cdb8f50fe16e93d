// Evidence cells by hand, for tests of what comes after evidence.
#pragma once

#include "catch.hpp"
#include "core/evidence/evidence.hpp"

namespace test {

using preempt::history::Arm;

/// Units with one episode each.
inline preempt::evidence::Cell cell(Arm arm, std::int64_t contacted, std::int64_t episodes,
                                    std::uint32_t stratum = 0, std::uint32_t group = 0) {
    preempt::evidence::Cell c;
    c.arm = arm;
    c.stratum = stratum;
    c.group = group;
    c.episodes = episodes;
    c.contacted = c.contacts = contacted;
    const auto x = static_cast<double>(contacted), n = static_cast<double>(episodes);
    c.sums = {n, x, n, x, x, n};
    return c;
}

/// Units of `each` episodes that all end alike: `silent_units` without a contact, `contacted_units` always
/// with one.
inline preempt::evidence::Cell repeated(Arm arm, int contacted_units, int silent_units, int each,
                                        std::uint32_t stratum = 0) {
    auto c = cell(arm, std::int64_t{contacted_units} * each,
                  std::int64_t{contacted_units + silent_units} * each, stratum);
    const double y = contacted_units, all = contacted_units + silent_units, m = each;
    c.sums = {all, y * m, all * m, y * m * m, y * m * m, all * m * m};
    return c;
}

/// A holdout of one stratum: `x` of `n` contacted, held out and treated.
inline preempt::evidence::Evidence holdout(std::int64_t held_x, std::int64_t held_n, std::int64_t treated_x,
                                           std::int64_t treated_n) {
    preempt::evidence::Evidence e;
    e.has_outreaches = e.has_contacts = e.has_arms = true;
    e.assignments.groups = {""};
    e.strata = {""};
    e.assignments.cells = {cell(Arm::treated, treated_x, treated_n), cell(Arm::holdout, held_x, held_n)};
    e.assignment_totals = e.assignments;
    e.design.holdout_units = held_n;
    e.design.treated_units = treated_n;
    e.design.experiments[0] = {held_n, treated_n,
                               static_cast<double>(held_n) / static_cast<double>(held_n + treated_n)};
    return e;
}

inline bool has(const std::vector<std::string>& codes, const std::string& code) {
    for (const auto& c : codes)
        if (c == code) return true;
    return false;
}

} // namespace test
