// Shared by the intake tests: reading test files, and the whole road from bytes to a FileTable in one call.
#pragma once

#include "catch.hpp"
#include "core/intake/intake.hpp"

#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace intake_test {

using namespace preempt;
using namespace preempt::intake;

inline std::string load(const std::string& path) {
    std::ifstream in(std::string(PREEMPT_TEST_DATA) + "/" + path, std::ios::binary);
    REQUIRE(in.good());
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline Result<FileTable> read_with(const std::string& bytes, const Recognition& recognition,
                                   const Mapping& mapping, std::size_t piece = std::size_t{1} << 20) {
    FileReader reader("test.csv", recognition, mapping);
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        reader.append(std::string_view(bytes).substr(at, piece));
    return reader.finish();
}

/// Recognised, mapped as proposed, read.
inline Result<FileTable> read_all(const std::string& bytes) {
    const Recognition recognition = recognise("test.csv", bytes, true);
    return read_with(bytes, recognition, proposed_mapping(recognition));
}

/// The same, for files that must be readable.
inline FileTable table_of(const std::string& bytes) {
    auto result = read_all(bytes);
    INFO(result.status().message);
    REQUIRE(result.ok());
    return std::move(result.value());
}

inline std::size_t count(const FileTable& table, Reason reason) {
    std::size_t rows = 0;
    for (const Reason other : table.reason)
        rows += other == reason ? 1 : 0;
    return rows;
}

inline std::string text(const FileTable& table, Role role, std::size_t row) {
    const auto* column = table.text_of(role);
    REQUIRE(column != nullptr);
    return std::string(column->dictionary.text(column->code[row]));
}

/// As written: with a Z when the cell was zoned; empty when missing.
inline std::string time(const FileTable& table, Role role, std::size_t row) {
    const auto* column = table.instants_of(role);
    REQUIRE(column != nullptr);
    if (column->value.at(row) == kNoInstant) return {};
    std::string out = iso_utc(column->value[row]);
    if ((column->flags[row] & table::InstantColumn::kZoned) == 0) out.pop_back();
    return out;
}

inline std::size_t filled(const FileTable& table, Role role) {
    std::size_t rows = 0;
    if (const auto* times = table.instants_of(role)) {
        for (std::size_t row = 0; row < times->value.size(); ++row) {
            rows += times->value[row] != kNoInstant && table.reason[row] == Reason::used ? 1 : 0;
        }
    } else if (const auto* words = table.text_of(role)) {
        for (std::size_t row = 0; row < words->code.size(); ++row) {
            rows += words->code[row] != 0 && table.reason[row] == Reason::used ? 1 : 0;
        }
    }
    return rows;
}

inline Role role_of(const Recognition& recognition, std::string_view header) {
    for (const auto& column : recognition.columns) {
        if (column.header == header) return column.role;
    }
    FAIL("no column " << header);
    return Role::none;
}

inline bool mentions(const std::vector<std::string>& sentences, std::string_view part) {
    for (const auto& sentence : sentences) {
        if (sentence.find(part) != std::string::npos) return true;
    }
    return false;
}

} // namespace intake_test
