#include "core/intake/set_aside.hpp"

#include "core/csv/writer.hpp"

#include <algorithm>

namespace preempt::intake {
namespace {

constexpr csv::WriteOptions kSafe{"\r\n", false, true};

} // namespace

SetAsideWriter::SetAsideWriter(const Recognition& recognition, const Mapping& mapping, const FileTable& table,
                               const std::vector<Reason>& reason)
    : name_(table.name), decoder_(mapping.encoding.value_or(recognition.encoding), recognition.bom_bytes),
      reader_(mapping.dialect.value_or(recognition.dialect)),
      header_rows_(mapping.dialect.value_or(recognition.dialect).header_rows) {
    for (std::size_t row = 0; row < table.rows; ++row)
        if (reason[row] != Reason::used) rows_.emplace_back(table.line[row], reason[row]);
    std::sort(rows_.begin(), rows_.end());
    std::vector<std::string> header{"file", "line", "reason"};
    for (const auto& column : recognition.columns)
        header.push_back(column.header);
    csv::write_record(header, {}, kSafe, out_);
}

void SetAsideWriter::take(const csv::Batch& batch) {
    for (std::size_t row = 0; row < batch.rows() && next_ < rows_.size(); ++row) {
        const auto line = batch.line(row);
        while (next_ < rows_.size() && rows_[next_].first < line)
            ++next_;
        if (next_ == rows_.size() || rows_[next_].first != line || batch.record(row) < header_rows_) continue;
        const auto number = std::to_string(line);
        std::vector<std::string_view> cells{name_, number, reason_label(rows_[next_].second)};
        for (std::size_t column = 0; column < batch.width(row); ++column)
            cells.push_back(batch.cell(row, column));
        csv::write_record(cells, {}, kSafe, out_);
        ++next_;
    }
}

void SetAsideWriter::append(std::string_view bytes) {
    decoder_.feed(bytes, [this](std::string_view text) {
        reader_.feed(text, [this](const csv::Batch& batch) { take(batch); });
    });
}

std::string SetAsideWriter::finish() {
    const auto take_batch = [this](const csv::Batch& batch) { take(batch); };
    decoder_.finish([&](std::string_view text) { reader_.feed(text, take_batch); });
    reader_.finish(take_batch);
    return std::move(out_);
}

} // namespace preempt::intake
