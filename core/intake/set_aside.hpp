// The rows that were set aside, as a file of their own: file, line, reason and the original cells. In: the
// bytes of the source once more (nothing of its text was kept). Out: a CSV that is safe to open in a
// spreadsheet.
#pragma once

#include "core/csv/reader.hpp"
#include "core/intake/intake.hpp"
#include <string>
#include <string_view>
#include <vector>

namespace preempt::intake {

class SetAsideWriter {
  public:
    /// `reason`: one per row of `table`, where `table` came from reading the same bytes with the same
    /// mapping.
    SetAsideWriter(const Recognition& recognition, const Mapping& mapping, const FileTable& table,
                   const std::vector<Reason>& reason);
    void append(std::string_view bytes);
    /// The CSV: a header, then one record per row set aside, in the order of the source. Formulas are
    /// neutralised.
    std::string finish();

  private:
    void take(const csv::Batch& batch);

    std::string name_;
    csv::Decoder decoder_;
    csv::Reader reader_;
    std::uint32_t header_rows_;
    std::vector<std::pair<std::uint32_t, Reason>> rows_; ///< line and reason of those set aside, by line
    std::size_t next_ = 0;
    std::string out_;
};

} // namespace preempt::intake
