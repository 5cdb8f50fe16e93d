// Fuzz target for the whole way from bytes to records: encoding, dialect, decoder, reader, and writer back.
// In: any bytes. It fails when the same bytes in other pieces give other text, records or problems; when a
// record's views lie; when text gets lost; or when written cells do not come back.
#include "core/csv/dialect.hpp"
#include "core/csv/encoding.hpp"
#include "core/csv/reader.hpp"
#include "core/csv/writer.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

using namespace preempt::csv;

namespace {

struct Read {
    std::vector<std::vector<std::string>> rows;
    std::vector<std::uint64_t> lines;
    std::vector<Problem> problems;
    std::uint64_t problem_count = 0, physical_lines = 0;
    bool operator==(const Read&) const = default;
};

void require(bool condition) {
    if (!condition) std::abort();
}

Read read(std::string_view text, const Dialect& dialect, const ReaderOptions& options, std::size_t piece) {
    Read result;
    Reader reader(dialect, options);
    const auto sink = [&](const Batch& batch) {
        for (std::size_t row = 0; row < batch.rows(); ++row) {
            result.rows.emplace_back();
            for (std::size_t column = 0; column < batch.width(row); ++column)
                result.rows.back().emplace_back(batch.cell(row, column));
            result.lines.push_back(batch.line(row));
            require(batch.offset(row) < text.size());
        }
    };
    for (std::size_t at = 0; at < text.size(); at += piece) {
        const std::string_view part = text.substr(at, piece);
        const std::vector<char> exact(part.begin(), part.end()); // so that a read past its end is seen
        reader.feed({exact.data(), exact.size()}, sink);
    }
    reader.finish(sink);
    result.problems = reader.problems();
    result.problem_count = reader.problem_count();
    result.physical_lines = reader.lines();
    require(reader.records() == result.rows.size());
    for (std::size_t i = 1; i < result.lines.size(); ++i)
        require(result.lines[i - 1] <= result.lines[i]);
    return result;
}

std::string decode(std::string_view bytes, const EncodingGuess& guess, std::size_t piece,
                   std::uint64_t& replaced) {
    Decoder decoder(guess.encoding, guess.bom_bytes);
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        const std::string_view part = bytes.substr(at, piece);
        const std::vector<char> exact(part.begin(), part.end());
        decoder.feed({exact.data(), exact.size()}, text);
    }
    decoder.finish(text);
    replaced = decoder.replaced() * 1000003 + decoder.first_replaced();
    require(decoder.bytes() == bytes.size());
    return text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    // The first two bytes choose the pieces and the options, the rest is the file.
    const std::size_t piece = 1 + data[0] % 97;
    const unsigned choice = data[1];
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 2, size - 2);

    EncodingGuess encoding = detect_encoding(bytes, true);
    (void)detect_encoding(bytes, false);
    if ((choice & 1) != 0) encoding.encoding = all_encodings().first[(choice >> 1) % all_encodings().count];
    std::uint64_t whole_replaced = 0, parts_replaced = 0;
    const std::string text = decode(bytes, encoding, bytes.size() + 1, whole_replaced);
    require(text == decode(bytes, encoding, piece, parts_replaced));
    require(whole_replaced == parts_replaced);

    Dialect dialect = detect_dialect(text, (choice & 2) != 0).dialect;
    if ((choice & 4) != 0) dialect.escape = Escape::backslash;
    if ((choice & 8) != 0) dialect.skip_initial_space = true;
    if ((choice & 16) != 0) dialect.comment = "#";
    if ((choice & 32) != 0) dialect = Dialect{};
    ReaderOptions options;
    if ((choice & 64) != 0) options.max_record_bytes = 64 + data[0];
    if ((choice & 128) != 0) options.max_problems = 2;

    const Read whole = read(text, dialect, options, text.size() + 1);
    require(whole == read(text, dialect, options, piece));
    require(whole == read(text, dialect, options, 1));

    // What was read can be written and read again.
    Dialect plain;
    WriteOptions write;
    write.quote_all = (choice & 1) != 0;
    std::string written;
    for (const auto& row : whole.rows)
        require(write_record(row, plain, write, written));
    const Read again = read(written, plain, {}, piece);
    require(again.rows == whole.rows);
    for (const Problem& problem : again.problems)
        require(is_note(problem.kind) || problem.kind == ProblemKind::too_few_cells ||
                problem.kind == ProblemKind::too_many_cells);
    return 0;
}
