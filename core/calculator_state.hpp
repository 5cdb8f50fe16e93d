// What a session holds, shared by the parts of the calculator: files, evaluation, audit. In: nothing of its
// own. Out: the open files, and the history that they make together with its engine.
#pragma once

#include "core/calculator.hpp"
#include "core/history/history.hpp"
#include "core/intake/intake.hpp"
#include "core/intake/set_aside.hpp"
#include "core/request.hpp"

#include <map>
#include <memory>
#include <optional>

namespace preempt {

struct OpenFile {
    report::FileInfo info;
    intake::Recognition recognition;
    intake::Mapping mapping;
    std::optional<intake::FileReader> reader;
    std::optional<intake::FileTable> table;
    report::MappingRequest answer; ///< all that the person has answered so far
    std::optional<intake::SetAsideWriter> set_aside;
    std::uint64_t bytes = 0;   ///< as far as is known
    std::string late_encoding; ///< set when the last reading found that the file is in this one
};

struct Calculator::State {
    std::map<std::int32_t, OpenFile> files;
    std::int32_t next_id = 1;
    std::map<std::string, Zone> zones;
    Parallel parallel;
    std::int64_t revision = 0; ///< raised by whatever the history depends on

    struct HistoryKey {
        std::int64_t revision;
        history::Unit unit;
        std::string zone;
        Instant coverage_end;
        bool operator==(const HistoryKey&) const = default;
    };
    std::optional<HistoryKey> history_key;
    std::optional<history::History> history;
    std::optional<evidence::Engine> engine; ///< of the history

    /// The files that are read, in the order of their ids, as which the history knows them.
    std::vector<OpenFile*> read_files();
    /// Builds the history and its engine anew unless they stand for what is asked. Fails with a message for
    /// people when nothing can be said.
    Status prepare(const Asked& asked);

    /// Of an audit, see calculator_audit.cpp.
    struct Found;
    /// Kept until something else is asked for, so that turning a page walks no unit again.
    std::shared_ptr<const Found> last_found;
    Result<std::shared_ptr<const Found>> find_episodes(const report::AuditRequest& request);
    std::vector<report::AuditEpisode> tell_of(const Found& of, std::size_t from, std::size_t count);

    OpenFile* find(std::int32_t id) {
        const auto found = files.find(id);
        return found == files.end() ? nullptr : &found->second;
    }
};

} // namespace preempt
