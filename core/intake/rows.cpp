// Rows of batches and of blocks (see rows.hpp).
#include "core/intake/rows.hpp"

#include <algorithm>

namespace preempt::intake {

void BatchRows::append_lines(std::vector<std::uint32_t>& lines) const {
    for (std::size_t row = first_; row < batch_.rows(); ++row)
        lines.push_back(static_cast<std::uint32_t>(batch_.line(row)));
}

std::span<const std::string_view> BatchRows::record(std::size_t row) {
    record_.clear();
    for (std::size_t column = 0; column < batch_.width(first_ + row); ++column)
        record_.push_back(batch_.cell(first_ + row, column));
    return record_;
}

void BlockRows::append_lines(std::vector<std::uint32_t>& lines) const {
    lines.insert(lines.end(), block_.line.begin(), block_.line.end());
}

void BlockRows::cells(MappedColumn column, std::string_view* cells) const {
    const PackedTexts& texts = block_.columns[column.mapped].cells;
    const char* const bytes = texts.bytes.data();
    std::uint32_t begin = 0;
    for (const std::uint32_t end : texts.ends) {
        *cells++ = std::string_view(bytes + begin, end - begin);
        begin = end;
    }
}

bool BlockRows::times(MappedColumn column, TimeBatch& times) {
    const BlockColumn& from = block_.columns[column.mapped];
    unread_.resize(from.unread.size());
    cells(column, unread_.data());
    times.values = from.value;
    times.zoned = from.zoned;
    times.unread = from.unread;
    times.cells = unread_;
    return true;
}

std::span<const std::string_view> BlockRows::record(std::size_t row) {
    record_.clear();
    if (block_.begin[row] != Block::kKept) {
        if (!bytes_) bytes_ = stretch_();
        read_again(bytes_->substr(block_.begin[row], block_.end[row] - block_.begin[row]));
        return record_;
    }
    const auto place = std::lower_bound(block_.kept_row.begin(), block_.kept_row.end(), row);
    const auto at = static_cast<std::size_t>(place - block_.kept_row.begin());
    for (std::size_t i = at == 0 ? 0 : block_.kept_end[at - 1]; i < block_.kept_end[at]; ++i)
        record_.push_back(block_.kept[i]);
    return record_;
}

void BlockRows::read_again(std::string_view record) {
    csv::Dialect dialect = dialect_;
    dialect.skip_lines = 0;
    texts_.clear();
    csv::Reader reader(dialect);
    const csv::Reader::Sink sink = [&](const csv::Batch& batch) {
        for (std::size_t column = 0; column < batch.width(0); ++column)
            texts_.emplace_back(batch.cell(0, column));
    };
    reader.feed(record, sink);
    reader.finish(sink);
    record_.assign(texts_.begin(), texts_.end());
}

} // namespace preempt::intake
