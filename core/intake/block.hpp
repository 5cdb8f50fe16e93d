// A block: the rows of a stretch of a file, found and cut into the mapped columns, but not yet looked up in
// any dictionary. Between the two halves of reading, which two threads or two workers can do at once: a
// BlockReader turns bytes into blocks, FileReader::take makes columns of them. In: pieces of bytes. Out:
// blocks, and as bytes for the way from one worker to the other.
#pragma once

#include "core/csv/encoding.hpp"
#include "core/csv/reader.hpp"
#include "core/intake/intake.hpp"
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace preempt::intake {

/// What the text of a file had to say besides its rows; complete when all of it is read.
struct TextNotes {
    std::uint64_t replaced = 0, first_replaced = 0, letters = 0; ///< as of csv::Decoder
    std::vector<csv::Problem> problems;                          ///< without their sentences
    std::array<std::uint64_t, csv::kProblemKinds> count{};       ///< exact, of each kind

    TextNotes() = default;
    TextNotes(const csv::Decoder& decoder, const csv::Reader& reader);
};

/// Texts one behind the other.
struct PackedTexts {
    std::vector<std::uint32_t> ends;
    std::string bytes;

    void clear() {
        ends.clear();
        bytes.clear();
    }
    void add(std::string_view text) {
        bytes.append(text);
        ends.push_back(static_cast<std::uint32_t>(bytes.size()));
    }
    void add_all(const std::vector<std::string_view>& texts);
    std::string_view operator[](std::size_t i) const {
        const std::uint32_t begin = i == 0 ? 0 : ends[i - 1];
        return {bytes.data() + begin, ends[i] - begin};
    }
};

/// A mapped column in the rows of a block: its cells; of a column of times only those that are neither empty
/// nor in the commonest form (see iso_time.hpp), in which they are read here.
struct BlockColumn {
    PackedTexts cells;
    std::vector<std::uint32_t> unread; ///< of a column of times: the rows of `cells`
    std::vector<Instant> value;        ///< of a column of times: per row, kNoInstant = empty or not read
    std::vector<std::uint8_t> zoned;
};

struct Block {
    /// In place of the place of a row whose cells are kept: see kept.
    static constexpr std::uint32_t kKept = 0xFFFF'FFFF;

    std::uint64_t bytes = 0; ///< length of the stretch
    std::vector<std::uint32_t> line;
    std::vector<BlockColumn> columns; ///< the mapped ones, in the order of the file
    /// Place of each row's record in the stretch. A row that is not there word by word (it began in the
    /// stretch before, or was repaired) has its cells kept.
    std::vector<std::uint32_t> begin, end;
    PackedTexts kept;
    std::vector<std::uint32_t> kept_row,
        kept_end; ///< rows whose cells are kept, and where in `kept` they end
    bool is_last = false;
    TextNotes notes; ///< of the whole file, in the last block

    std::size_t rows() const { return line.size(); }
    void clear();
};

/// The block as bytes, and back. Only bytes that `store_block` made may be loaded.
void store_block(const Block& block, std::string& bytes);
void load_block(std::string_view bytes, Block& block);

/// The first half of reading a file.
class BlockReader {
  public:
    /// As for FileReader.
    BlockReader(const Recognition& recognition, const Mapping& mapping);

    /// Reads on without making blocks of the records.
    void read(std::string_view bytes, const csv::Reader::Sink& sink);
    void read_rest(const csv::Reader::Sink& sink);
    TextNotes notes() const { return {decoder_, reader_}; }
    csv::Encoding encoding() const { return decoder_.encoding(); }
    const csv::Dialect& dialect() const { return reader_.dialect(); }
    std::uint32_t header_rows() const { return header_rows_; }

    /// Reads on; `block` gets the rows that are complete with this stretch (at most 1 GiB).
    void append(std::string_view stretch, Block& block);
    /// The end of the file: `block` gets what is left. Nothing may be appended afterwards.
    void finish(Block& block);

  private:
    void add(const csv::Batch& batch, std::string_view stretch, Block& block);

    struct Column {
        std::size_t place = 0; ///< in the file
        bool is_time = false;
    };
    std::vector<Column> columns_;
    csv::Decoder decoder_;
    csv::Reader reader_;
    std::uint32_t header_rows_;
    std::vector<std::string_view> cells_;
};

} // namespace preempt::intake
