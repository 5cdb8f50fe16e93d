// Rows that are no contacts, tests or merged tickets: judged by the words of single columns (metrics.md 5.2-6
// and 7). In: a role, a cell, the rules of the file's format. Out: Reason::used, or why the row is set aside.
#pragma once

#include "core/intake/format.hpp"
#include <string_view>

namespace preempt::intake {

struct Verdict {
    Reason reason = Reason::used;
    std::string_view why; ///< a sentence for the ledger
};

/// The format's own rules first, then those that hold for every table of the kind. `text` is trimmed; empty
/// means missing.
Verdict judge_cell(const Format* format, TableKind kind, Role role, std::string_view text);
/// True if some rule looks at this role, so that cells need judging at all.
bool is_judged(const Format* format, TableKind kind, Role role);

} // namespace preempt::intake
