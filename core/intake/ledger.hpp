// The ledger: every row of a file is used or set aside with one reason. Counts always add up:
// rows read = rows used + rows set aside, per file.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace preempt::intake {

enum class Reason : std::uint8_t {
    used = 0,
    footer,           ///< a total, a copyright line or another line below the data
    missing_time,     ///< the required time is empty
    unreadable_time,  ///< the required time cannot be read
    missing_customer, ///< neither a customer nor an account
    damaged_id,       ///< the id was damaged by a spreadsheet (1.03E+13)
    duplicate,        ///< the same record once more
    outbound,         ///< a ticket that the team itself opened
    merged,           ///< merged into another ticket
    spam,
    test,
    internal,           ///< raised by the company's own people
    not_an_outreach,    ///< an event row that is neither a send nor a reaction to one
    folded_event,       ///< a delivery, an opening, a click ...: counted with the outreach that it belongs to
    unknown_outreach,   ///< a reaction whose send is in none of the files
    after_coverage_end, ///< later than the last moment for which the file is said to be complete
    missing_id,         ///< the id without which the row says nothing (owner, article)
    missing_number,     ///< the number without which the row says nothing
    no_arm,             ///< a row of an exposure list without a usable arm or time
    broken_row,         ///< too damaged to be read (see the message)
    count_              ///< number of reasons, not a reason
};

std::string_view reason_name(Reason reason);  ///< the enumerator's name, as in the report's JSON
std::string_view reason_label(Reason reason); ///< in words, for a person

/// One set-aside row kept with its cells, for the first rows of a file only.
struct SetAsideRow {
    std::uint64_t line = 0; ///< physical line in the source file, from 1
    Reason reason = Reason::used;
    std::string detail; ///< what was wrong and what to do, naming column and value
    std::vector<std::string> cells;
};

} // namespace preempt::intake
