// Rows as they come out of the text of a file: of a batch of records, or of a block. In: either of them. Out:
// the same questions answered, so that FileReader judges rows in one way only.
#pragma once

#include "core/intake/block.hpp"
#include "core/intake/columns.hpp"
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace preempt::intake {

/// A mapped column: its number in the file, and its place among the mapped ones.
struct MappedColumn {
    std::size_t in_file = 0, mapped = 0;
};

class Rows {
  public:
    virtual ~Rows() = default;
    virtual std::size_t size() const = 0;
    virtual std::uint64_t bytes() const = 0; ///< of their text, about
    virtual void append_lines(std::vector<std::uint32_t>& lines) const = 0;
    /// The column's cells, empty where a row has none; there is room for all.
    virtual void cells(MappedColumn column, std::string_view* cells) const = 0;
    /// Of a column of times: true if they are read as far as they can be without its TimeReader. `lines` is
    /// not filled in.
    virtual bool times(MappedColumn column, TimeBatch& times) = 0;
    /// All cells of a row; good until the next call.
    virtual std::span<const std::string_view> record(std::size_t row) = 0;
};

class BatchRows : public Rows {
  public:
    /// From the row `first` of the batch on.
    BatchRows(const csv::Batch& batch, std::size_t first) : batch_(batch), first_(first) {}
    std::size_t size() const override { return batch_.rows() - first_; }
    std::uint64_t bytes() const override { return batch_.offset(batch_.rows() - 1) - batch_.offset(first_); }
    void append_lines(std::vector<std::uint32_t>& lines) const override;
    void cells(MappedColumn column, std::string_view* cells) const override {
        batch_.column(first_, column.in_file, cells);
    }
    bool times(MappedColumn, TimeBatch&) override { return false; }
    std::span<const std::string_view> record(std::size_t row) override;

  private:
    const csv::Batch& batch_;
    std::size_t first_;
    std::vector<std::string_view> record_;
};

class BlockRows : public Rows {
  public:
    /// `stretch`: hands out the bytes of the block when they are asked for.
    BlockRows(const Block& block, const std::function<std::string_view()>& stretch,
              const csv::Dialect& dialect)
        : block_(block), stretch_(stretch), dialect_(dialect) {}
    std::size_t size() const override { return block_.rows(); }
    std::uint64_t bytes() const override { return block_.bytes; }
    void append_lines(std::vector<std::uint32_t>& lines) const override;
    void cells(MappedColumn column, std::string_view* cells) const override;
    bool times(MappedColumn column, TimeBatch& times) override;
    std::span<const std::string_view> record(std::size_t row) override;

  private:
    void read_again(std::string_view record);

    const Block& block_;
    const std::function<std::string_view()>& stretch_;
    const csv::Dialect& dialect_;
    std::optional<std::string_view> bytes_;
    std::vector<std::string> texts_; ///< of the row in hand
    std::vector<std::string_view> record_, unread_;
};

} // namespace preempt::intake
