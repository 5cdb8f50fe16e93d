#include "core/intake/preview.hpp"

#include "core/base/text.hpp"
#include "core/csv/reader.hpp"

#include <cstdio>

namespace preempt::intake {

std::vector<std::vector<std::string>> preview(std::string_view head, bool head_is_whole_file,
                                              csv::Encoding encoding, std::size_t bom_bytes,
                                              const csv::Dialect& dialect, std::size_t records) {
    std::string text;
    csv::Decoder decoder(encoding, bom_bytes);
    decoder.feed(head, text);
    if (head_is_whole_file) decoder.finish(text);
    std::vector<std::vector<std::string>> all;
    const auto take = [&](const csv::Batch& batch) {
        for (std::size_t row = 0; row < batch.rows() && all.size() < records; ++row) {
            auto& cells = all.emplace_back();
            for (std::size_t column = 0; column < batch.width(row); ++column)
                cells.emplace_back(batch.cell(row, column));
        }
    };
    csv::Reader reader(dialect);
    reader.feed(text, take);
    if (head_is_whole_file) reader.finish(take);
    return all;
}

std::string header_fingerprint(const std::vector<std::string>& headers) {
    std::uint64_t hash = 0xCBF2'9CE4'8422'2325ULL; // FNV-1a, 64 bits
    const auto add = [&](char letter) {
        hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100'0000'01B3ULL;
    };
    for (const auto& header : headers) {
        for (const char letter : parse_header(header).key)
            add(letter);
        add('\x1F'); // between names, so that "ab","c" is not "a","bc"
    }
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
    return text;
}

} // namespace preempt::intake
