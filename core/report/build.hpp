// From evidence to the report. In: the evidence, how the session was set, the files' ledger. Out: the
// document the page draws.
#pragma once

#include "core/evidence/evidence.hpp"
#include "core/report/report.hpp"
#include <string>
#include <vector>

namespace preempt::report {

/// What the evidence does not hold because it is about the session, not about people.
struct Session {
    Settings settings; ///< zone, unit, level, coverage as used
    std::vector<File> files;
    std::vector<Warning> warnings;
};

Report build_report(const evidence::Evidence& evidence, Session session);

} // namespace preempt::report
