// Identity: which rows of which files are the same person, and which account that person belongs to.
// In: the key columns of all files. Out: dense person and account numbers per row. Keys that stand in one row
// name one person, so a customers file with an e-mail and an id joins a helpdesk that knows e-mails to a
// messaging tool that knows ids.
#pragma once

#include "core/history/rare.hpp"
#include "core/intake/intake.hpp"
#include "core/table/column.hpp"
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace preempt::history {

inline constexpr std::uint32_t kNobody = 0xFFFF'FFFF;

struct Identity {
    std::uint32_t persons = 0;
    std::uint32_t accounts = 0;
    /// per file, per row: dense number or kNobody
    std::vector<std::vector<std::uint32_t>> person;
    std::vector<RareColumn<std::uint32_t, kNobody>> account;
    /// account of a person, from any row that states both; kNobody where none does
    std::vector<std::uint32_t> account_of_person;
    /// keys that stand beside too many others to name one person (a shared mailbox, a placeholder): not used
    /// to join
    std::vector<std::string> shared_keys;
};

/// A key that stands in rows with more than this many different keys of another kind joins nobody.
inline constexpr std::uint32_t kSharedKeyLimit = 20;

/// The part of a format's id that names the tool: "intercom_receipts" and "intercom_conversations" share ids.
std::string tool_of(const std::string& format);

/// Does not depend on the order of files or rows, apart from the numbers' order.
Identity identify(std::span<const intake::FileTable> files);

} // namespace preempt::history
