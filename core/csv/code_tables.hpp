// The two large tables of East Asian encodings: two bytes, one code point. In: nothing. Out: tables of code
// points, 0 = not assigned. Natively they are part of the core; in a browser, which has them already, the
// platform fills them on first use (wasm/code_tables.cpp), and the page stays 50 kB smaller.
#pragma once

#include <cstddef>
#include <cstdint>

namespace preempt::csv {

/// GB18030, two bytes: lead 0x81..0xFE, for each the trail bytes 0x40..0x7E and 0x80..0xFE.
inline constexpr std::size_t kGbkTrails = 190, kGbkLeads = 126;
/// Windows-932: lead 0x81..0x9F and 0xE0..0xFC, for each the trail bytes 0x40..0x7E and 0x80..0xFC.
inline constexpr std::size_t kCp932Trails = 188, kCp932Leads = 60;

const std::uint16_t* gbk_table();
const std::uint16_t* cp932_table();

} // namespace preempt::csv
