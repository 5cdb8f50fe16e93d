// Helpers of the csv tests: files and JSON from tests/data, and the whole way from bytes to rows.
#pragma once

#include "core/csv/dialect.hpp"
#include "core/csv/encoding.hpp"
#include "core/csv/reader.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace csv_test {

using Rows = std::vector<std::vector<std::string>>;

inline std::string read_file(const std::string& name) {
    std::ifstream file(std::string(PREEMPT_TEST_DATA) + "/csv/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline boost::json::value read_json(const std::string& name) {
    return boost::json::parse(read_file(name));
}

inline std::string text_of(const boost::json::value& value) {
    return std::string(value.as_string());
}

inline Rows rows_of(const boost::json::value& value) {
    Rows rows;
    for (const auto& row : value.as_array()) {
        rows.emplace_back();
        for (const auto& cell : row.as_array())
            rows.back().push_back(text_of(cell));
    }
    return rows;
}

inline void append_rows(const preempt::csv::Batch& batch, Rows& rows) {
    for (std::size_t row = 0; row < batch.rows(); ++row) {
        rows.emplace_back();
        for (std::size_t column = 0; column < batch.width(row); ++column)
            rows.back().emplace_back(batch.cell(row, column));
    }
}

struct Outcome {
    Rows rows;
    std::vector<std::uint64_t> line_numbers, offsets;
    std::vector<preempt::csv::Problem> problems;
    std::uint64_t problem_count = 0, lines = 0, blank_lines = 0;
    std::uint64_t counts[preempt::csv::kProblemKinds] = {};
    std::uint64_t lf = 0, crlf = 0, cr = 0;

    bool operator==(const Outcome&) const = default;
};

/// Reads UTF-8 in pieces of `piece` bytes (0: all at once).
inline Outcome read_text(std::string_view text, const preempt::csv::Dialect& dialect, std::size_t piece = 0,
                         preempt::csv::ReaderOptions options = {}) {
    using namespace preempt::csv;
    Outcome outcome;
    Reader reader(dialect, options);
    std::uint64_t next_record = options.first_record;
    bool numbered = true;
    const auto sink = [&](const Batch& batch) {
        append_rows(batch, outcome.rows);
        for (std::size_t row = 0; row < batch.rows(); ++row) {
            outcome.line_numbers.push_back(batch.line(row));
            outcome.offsets.push_back(batch.offset(row));
            numbered = numbered && batch.record(row) == next_record++;
        }
    };
    if (piece == 0) piece = text.size() + 1;
    for (std::size_t at = 0; at < text.size(); at += piece) {
        // A copy of exact size, so that a sanitizer sees every read past the piece.
        const std::vector<char> copy(text.begin() + static_cast<std::ptrdiff_t>(at),
                                     text.begin() +
                                         static_cast<std::ptrdiff_t>(std::min(text.size(), at + piece)));
        reader.feed({copy.data(), copy.size()}, sink);
    }
    reader.finish(sink);
    outcome.problems = reader.problems();
    outcome.problem_count = numbered ? reader.problem_count() : ~std::uint64_t{0};
    outcome.lines = reader.lines();
    outcome.blank_lines = reader.blank_lines();
    for (std::size_t kind = 0; kind < kProblemKinds; ++kind)
        outcome.counts[kind] = reader.count(static_cast<ProblemKind>(kind));
    outcome.lf = reader.line_ends().lf;
    outcome.crlf = reader.line_ends().crlf;
    outcome.cr = reader.line_ends().cr;
    return outcome;
}

struct FileOutcome {
    preempt::csv::EncodingGuess encoding;
    preempt::csv::DialectGuess dialect;
    std::uint64_t replaced = 0;
    Outcome read;
};

/// The whole way: bytes, encoding, dialect, records.
inline FileOutcome read_bytes(std::string_view bytes, std::size_t piece = 0) {
    using namespace preempt::csv;
    FileOutcome outcome;
    outcome.encoding = detect_encoding(bytes, true);
    Decoder decoder(outcome.encoding.encoding, outcome.encoding.bom_bytes);
    std::string text;
    const std::size_t step = piece == 0 ? bytes.size() + 1 : piece;
    for (std::size_t at = 0; at < bytes.size(); at += step)
        decoder.feed(bytes.substr(at, step), text);
    decoder.finish(text);
    outcome.replaced = decoder.replaced();
    outcome.dialect = detect_dialect(text, true);
    outcome.read = read_text(text, outcome.dialect.dialect, piece);
    return outcome;
}

} // namespace csv_test
