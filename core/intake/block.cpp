// Bytes to blocks (see block.hpp).
#include "core/intake/block.hpp"

#include "core/base/iso_time.hpp"

#include <cstring>
#include <functional>

namespace preempt::intake {

namespace {

/// Calls visit(array) for every array of a block. Their elements have no pointers in them.
template <class AnyBlock, class Visit>
void each_array(AnyBlock& block, Visit visit) {
    visit(block.line);
    visit(block.begin);
    visit(block.end);
    visit(block.kept.ends);
    visit(block.kept.bytes);
    visit(block.kept_row);
    visit(block.kept_end);
    for (auto& column : block.columns) {
        visit(column.cells.ends);
        visit(column.cells.bytes);
        visit(column.unread);
        visit(column.value);
        visit(column.zoned);
    }
}

/// A problem without its sentence.
struct StoredProblem {
    csv::ProblemKind kind{};
    std::uint64_t line = 0, column = 0, record = 0;
};

/// What a block holds besides arrays.
struct BlockHead {
    std::uint64_t bytes = 0, columns = 0, is_last = 0, problems = 0;
    std::uint64_t replaced = 0, first_replaced = 0, letters = 0;
    std::array<std::uint64_t, csv::kProblemKinds> count{};
};

void append_bytes(std::string& out, const void* values, std::size_t size) {
    if (size != 0) out.append(static_cast<const char*>(values), size);
}

void take_bytes(std::string_view& from, void* values, std::size_t size) {
    if (size != 0) std::memcpy(values, from.data(), size);
    from.remove_prefix(size);
}

// Not inlined for each array again: it would be the larger part of the code here.
template <class Array>
[[gnu::noinline]] void store_array(std::string& out, const Array& array) {
    const std::uint64_t count = array.size();
    append_bytes(out, &count, sizeof count);
    append_bytes(out, array.data(), array.size() * sizeof(array[0]));
}

template <class Array>
[[gnu::noinline]] void load_array(std::string_view& from, Array& array) {
    std::uint64_t count = 0;
    take_bytes(from, &count, sizeof count);
    array.resize(static_cast<std::size_t>(count));
    take_bytes(from, array.data(), array.size() * sizeof(array[0]));
}

/// Is all of `part` inside `whole`, in memory?
bool lies_in(std::string_view part, std::string_view whole) {
    const std::less_equal<const char*> not_behind;
    return not_behind(whole.data(), part.data()) &&
           not_behind(part.data() + part.size(), whole.data() + whole.size());
}

/// Texts are mostly short: as few words as they need, the second one reaching back over bytes of the first.
void copy_text(char* to, const char* from, std::size_t size) {
    const auto both_ends = [&](auto word) {
        const std::size_t last = size - sizeof word;
        auto other = word;
        std::memcpy(&word, from, sizeof word);
        std::memcpy(&other, from + last, sizeof word);
        std::memcpy(to, &word, sizeof word);
        std::memcpy(to + last, &other, sizeof word);
    };
    if (size > 16)
        std::memcpy(to, from, size);
    else if (size >= 8)
        both_ends(std::uint64_t{0});
    else if (size >= 4)
        both_ends(std::uint32_t{0});
    else
        for (std::size_t i = 0; i < size; ++i)
            to[i] = from[i];
}

void read_times(const std::vector<std::string_view>& cells, std::size_t before, BlockColumn& column) {
    column.value.resize(before + cells.size());
    column.zoned.resize(before + cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        Instant value = kNoInstant;
        bool zoned = false;
        if (!cells[i].empty() && !parse_iso(cells[i], value, zoned)) {
            column.unread.push_back(static_cast<std::uint32_t>(before + i));
            column.cells.add(cells[i]);
        }
        column.value[before + i] = value;
        column.zoned[before + i] = zoned ? 1 : 0;
    }
}

} // namespace

TextNotes::TextNotes(const csv::Decoder& decoder, const csv::Reader& reader)
    : replaced(decoder.replaced()), first_replaced(decoder.first_replaced()), letters(decoder.letters()),
      problems(reader.problems()) {
    for (auto& problem : problems)
        problem.detail.clear();
    for (std::size_t kind = 0; kind < count.size(); ++kind)
        count[kind] = reader.count(static_cast<csv::ProblemKind>(kind));
}

void PackedTexts::add_all(const std::vector<std::string_view>& texts) {
    std::size_t end = bytes.size(), all = end, row = ends.size();
    for (const std::string_view text : texts)
        all += text.size();
    bytes.resize(all);
    ends.resize(row + texts.size());
    for (const std::string_view text : texts) {
        copy_text(bytes.data() + end, text.data(), text.size());
        end += text.size();
        ends[row++] = static_cast<std::uint32_t>(end);
    }
}

void Block::clear() {
    each_array(*this, [](auto& array) { array.clear(); });
    bytes = 0;
    is_last = false;
    notes = {};
}

void store_block(const Block& block, std::string& bytes) {
    BlockHead head;
    head.bytes = block.bytes;
    head.columns = block.columns.size();
    head.is_last = block.is_last ? 1 : 0;
    head.problems = block.notes.problems.size();
    head.replaced = block.notes.replaced;
    head.first_replaced = block.notes.first_replaced;
    head.letters = block.notes.letters;
    head.count = block.notes.count;
    bytes.clear();
    append_bytes(bytes, &head, sizeof head);
    for (const auto& problem : block.notes.problems) {
        const StoredProblem stored{problem.kind, problem.line, problem.column, problem.record};
        append_bytes(bytes, &stored, sizeof stored);
    }
    each_array(block, [&](const auto& array) { store_array(bytes, array); });
}

void load_block(std::string_view bytes, Block& block) {
    BlockHead head;
    take_bytes(bytes, &head, sizeof head);
    block.bytes = head.bytes;
    block.is_last = head.is_last != 0;
    block.notes = {};
    block.notes.replaced = head.replaced;
    block.notes.first_replaced = head.first_replaced;
    block.notes.letters = head.letters;
    block.notes.count = head.count;
    for (std::uint64_t i = 0; i < head.problems; ++i) {
        StoredProblem stored;
        take_bytes(bytes, &stored, sizeof stored);
        block.notes.problems.push_back({stored.kind, stored.line, stored.column, stored.record});
    }
    block.columns.resize(static_cast<std::size_t>(head.columns));
    each_array(block, [&](auto& array) { load_array(bytes, array); });
}

BlockReader::BlockReader(const Recognition& recognition, const Mapping& mapping)
    : decoder_(mapping.encoding.value_or(recognition.encoding), recognition.bom_bytes),
      reader_(mapping.dialect.value_or(recognition.dialect)),
      header_rows_(mapping.dialect.value_or(recognition.dialect).header_rows) {
    for (std::size_t column = 0; column < mapping.roles.size(); ++column)
        if (const RoleType type = role_info(mapping.roles[column]).type; type != RoleType::none)
            columns_.push_back({column, type == RoleType::instant});
}

void BlockReader::read(std::string_view bytes, const csv::Reader::Sink& sink) {
    decoder_.feed(bytes, [&](std::string_view text) { reader_.feed(text, sink); });
}

void BlockReader::read_rest(const csv::Reader::Sink& sink) {
    decoder_.finish([&](std::string_view text) { reader_.feed(text, sink); });
    reader_.finish(sink);
}

void BlockReader::append(std::string_view stretch, Block& block) {
    block.columns.resize(columns_.size());
    block.clear();
    block.bytes = stretch.size();
    read(stretch, [&](const csv::Batch& batch) { add(batch, stretch, block); });
}

void BlockReader::finish(Block& block) {
    block.columns.resize(columns_.size());
    block.clear();
    read_rest([&](const csv::Batch& batch) { add(batch, {}, block); });
    block.is_last = true;
    block.notes = notes();
}

void BlockReader::add(const csv::Batch& batch, std::string_view stretch, Block& block) {
    std::size_t first = 0;
    while (first < batch.rows() && batch.record(first) < header_rows_)
        ++first;
    const auto before = static_cast<std::uint32_t>(block.rows());
    for (std::size_t row = first; row < batch.rows(); ++row) {
        block.line.push_back(static_cast<std::uint32_t>(batch.line(row)));
        const std::string_view record = batch.record_text(row);
        if (batch.is_verbatim(row) && lies_in(record, stretch)) {
            const auto begin = static_cast<std::uint32_t>(record.data() - stretch.data());
            block.begin.push_back(begin);
            block.end.push_back(begin + static_cast<std::uint32_t>(record.size()));
            continue;
        }
        block.kept_row.push_back(before + static_cast<std::uint32_t>(row - first));
        for (std::size_t column = 0; column < batch.width(row); ++column)
            block.kept.add(batch.cell(row, column));
        block.kept_end.push_back(static_cast<std::uint32_t>(block.kept.ends.size()));
        block.begin.push_back(Block::kKept);
        block.end.push_back(Block::kKept);
    }
    cells_.resize(batch.rows() - first);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        BlockColumn& column = block.columns[c];
        batch.column(first, columns_[c].place, cells_.data());
        if (columns_[c].is_time) {
            read_times(cells_, before, column);
            continue;
        }
        column.cells.add_all(cells_);
    }
}

} // namespace preempt::intake
