// The tables of East Asian encodings as the platform's TextDecoder knows them (Encoding Standard, gb18030 and
// Shift_JIS), instead of those that the native core carries along.
#include "core/csv/code_tables.hpp"

#include <emscripten.h>
#include <vector>

namespace {

// clang-format off
/// Decodes every pair, each on a line of its own: a pair that is not assigned leaves more than one character,
/// or the replacement character.
EM_JS(void, preempt_fill_code_table, (std::uint16_t* into, int cp932), {
    const decoder = new TextDecoder(cp932 ? 'shift_jis' : 'gb18030');
    const bytes = [];
    for (let lead = 0x81; lead <= (cp932 ? 0xFC : 0xFE); lead++) {
        if (cp932 && lead >= 0xA0 && lead < 0xE0) continue;
        for (let trail = 0x40; trail <= (cp932 ? 0xFC : 0xFE); trail++)
            if (trail !== 0x7F) bytes.push(lead, trail, 10);
    }
    let place = into >> 1;
    const lines = decoder.decode(new Uint8Array(bytes)).split('\n');
    lines.pop();
    for (const text of lines)
        HEAPU16[place++] = text.length === 1 && text !== '\uFFFD' ? text.charCodeAt(0) : 0;
});
// clang-format on

const std::uint16_t* filled(std::vector<std::uint16_t>& table, std::size_t size, bool cp932) {
    if (table.empty()) {
        table.resize(size);
        preempt_fill_code_table(table.data(), cp932 ? 1 : 0);
    }
    return table.data();
}

} // namespace

namespace preempt::csv {

const std::uint16_t* gbk_table() {
    static std::vector<std::uint16_t> table;
    return filled(table, kGbkLeads * kGbkTrails, false);
}

const std::uint16_t* cp932_table() {
    static std::vector<std::uint16_t> table;
    return filled(table, kCp932Leads * kCp932Trails, true);
}

} // namespace preempt::csv
