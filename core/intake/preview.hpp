// How a file reads under a given encoding and dialect: its first records, and what names its layout. In: the
// first bytes. Out: cells to show, and a fingerprint of the header by which a mapping made by hand is found
// again.
#pragma once

#include "core/csv/dialect.hpp"
#include "core/csv/encoding.hpp"
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace preempt::intake {

/// The first records, header rows included; a record or cell that the head cuts off is left out.
std::vector<std::vector<std::string>> preview(std::string_view head, bool head_is_whole_file,
                                              csv::Encoding encoding, std::size_t bom_bytes,
                                              const csv::Dialect& dialect, std::size_t records);

/// 16 hexadecimal digits from the header's names as keys (parse_header), in order. Case, blanks and a zone in
/// brackets do not count, so exports of the same layout from two workspaces have the same one.
std::string header_fingerprint(const std::vector<std::string>& headers);

} // namespace preempt::intake
