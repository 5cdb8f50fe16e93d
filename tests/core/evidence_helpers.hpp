// Evidence made by hand, for tests of what comes after the cells.
#pragma once

#include "catch.hpp"
#include "core/evidence/evidence.hpp"
#include <string>
#include <vector>

namespace test {

using preempt::evidence::Cell;
using preempt::evidence::Evidence;
using preempt::history::Arm;

/// One episode a unit.
inline Cell cell(Arm arm, std::int64_t contacted, std::int64_t episodes, std::uint32_t group = 0,
                 std::uint32_t stratum = 0) {
    Cell c;
    c.group = group;
    c.stratum = stratum;
    c.arm = arm;
    c.episodes = c.messages = episodes;
    c.contacted = c.contacts = contacted;
    const auto n = static_cast<double>(episodes), x = static_cast<double>(contacted);
    c.sums = {n, x, n, x, x, n};
    return c;
}

/// Both arms of one group and stratum.
inline void add_pair(std::vector<Cell>& cells, std::int64_t held_contacted, std::int64_t held,
                     std::int64_t treated_contacted, std::int64_t treated, std::uint32_t group = 0,
                     std::uint32_t stratum = 0) {
    cells.push_back(cell(Arm::treated, treated_contacted, treated, group, stratum));
    cells.push_back(cell(Arm::holdout, held_contacted, held, group, stratum));
}

inline const preempt::Zone& utc() {
    static const auto zone = preempt::Zone::utc();
    return zone;
}

inline preempt::Instant date(int year, int month, int day) {
    preempt::CivilTime t;
    t.year = year;
    t.month = month;
    t.day = day;
    return preempt::civil_to_instant(t);
}

/// Both files known from 2026-01-01 to 2026-07-01, with `months` months as periods and nothing in them.
inline Evidence evidence(int months = 6) {
    Evidence e;
    e.question.zone = &utc();
    e.has_outreaches = e.has_contacts = true;
    e.coverage_start = date(2026, 1, 1);
    e.coverage_end = date(2026, 1 + months, 1);
    e.strata = {""};
    for (int m = 0; m < months; ++m) {
        preempt::evidence::PeriodSpan span;
        span.start = date(2026, m + 1, 1);
        span.end = date(2026, m + 2, 1);
        e.month.periods.push_back(span);
    }
    return e;
}

} // namespace test
