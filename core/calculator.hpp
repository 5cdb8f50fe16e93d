// The one façade of the core: files in, a report out. A session holds files; each is recognised, mapped,
// read, and may be mapped again or removed; an evaluation asks a question of all of them. No I/O, no clock:
// bytes and zones are handed in.
//
// A file's life: open -> recognise -> append ... -> close. To correct a mapping, call recognise again with
// the answer and send the bytes again: nothing of the raw text is kept. Ids of files are never reused.
#pragma once

#include "core/base/instant.hpp"
#include "core/base/status.hpp"
#include "core/evidence/engine.hpp"
#include "core/report/audit.hpp"
#include "core/report/report.hpp"
#include "core/report/session.hpp"
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace preempt {

namespace intake {
struct Block;
class BlockReader;
} // namespace intake

class Calculator {
  public:
    Calculator();
    ~Calculator();
    Calculator(Calculator&&) noexcept;
    Calculator& operator=(Calculator&&) noexcept;

    /// Makes a zone known by its IANA name; "UTC" always is. `changes` as for Zone.
    void set_zone(const std::string& name, std::vector<Zone::Change> changes);

    /// Threads for evaluations and for reading large pieces of files; none unless told so. Reports do not
    /// depend on them.
    void set_parallel(Parallel parallel);

    /// `bytes`: the size of the file where it is known. Only a hint, with which it is read faster.
    std::int32_t open(const std::string& name, std::uint64_t bytes = 0);
    /// Recognises the file from its first bytes (all of them when `head_is_whole_file`) and, if it can be
    /// read, begins to read it with `answer`, whose empty fields keep what was recognised. state "reading":
    /// send all bytes from the first on; "needs_answer" or "failed": the message says why and what to do.
    /// Fails only for an unknown id.
    Result<report::FileInfo> recognise(std::int32_t id, std::string_view head, bool head_is_whole_file,
                                       const report::MappingRequest& answer);
    /// The next bytes of a file in state "reading".
    Status append(std::int32_t id, std::string_view bytes);
    /// The two halves of reading, for two workers that each have a calculator (see intake/block.hpp). Of a
    /// file in state "reading": whether that is the faster way; the answers with which the other worker's
    /// recognise() comes to the same; the reader that makes blocks there; and here, in place of append(),
    /// what it made.
    bool suits_blocks(std::int32_t id) const;
    Result<report::MappingRequest> answers(std::int32_t id) const;
    Result<intake::BlockReader> block_reader(std::int32_t id) const;
    Status take(std::int32_t id, const intake::Block& block,
                const std::function<std::string_view()>& stretch);
    /// Rows read so far of a file in state "reading", else of its table.
    std::int64_t rows(std::int32_t id) const;
    /// The end of the file: state "read", or "failed" with its message.
    Result<report::FileInfo> close(std::int32_t id);
    Status remove(std::int32_t id);

    /// The rows set aside of a file in state "read", as CSV text with file, line, reason and original cells:
    /// begin, send all bytes of the file again, then take. Reasons are those of the last evaluation, else
    /// those of reading.
    Status begin_set_aside(std::int32_t id);
    Status append_set_aside(std::int32_t id, std::string_view bytes);
    Result<std::string> take_set_aside(std::int32_t id);
    std::vector<report::FileInfo> files() const;

    static report::Vocabulary vocabulary();

    /// Fails with a message for people when nothing can be said: no file, no overlap between files, every
    /// window still running, an unknown zone or attribute, a window out of range.
    Result<report::Report> evaluate(const report::EvaluateRequest& request);
    /// The episodes behind a number of that evaluation, a page of them: as many as the number counts.
    Result<report::AuditPage> audit(const report::AuditRequest& request);
    /// All of them as CSV text that is safe to open in a spreadsheet; offset and limit are not looked at.
    /// Fails with a message for people when there are more than a spreadsheet holds.
    Result<std::string> audit_csv(const report::AuditRequest& request);
    static Result<report::Report> evaluate_typed(const report::TypedRequest& request);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace preempt
