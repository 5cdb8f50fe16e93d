// A history while it is being built: the files, who is who, and what each step leaves for the next. Used by
// the files of this folder only. In: tables as read. Out: the logs, filled step by step (see build_history).
#pragma once

#include "core/base/stretches.hpp"
#include "core/history/history.hpp"
#include <algorithm>
#include <utility>

namespace preempt::history {

using intake::FileTable;
using intake::Reason;
using intake::Role;
using intake::TableKind;

/// Where a row of a log came from.
struct Source {
    std::uint32_t file = 0;
    std::uint32_t row = 0;
};

/// The rows that have a code: an id may name a message that many people got, or a conversation of several
/// messages.
class RowsOfCode {
  public:
    void add(std::uint32_t code, std::uint32_t row) {
        if (code != 0) rows_.emplace_back(code, row);
    }
    /// Rows have moved: row r is now place[r].
    void renumber(const std::vector<std::uint32_t>& place);
    /// The rows of `code`, ascending; after renumber().
    template <class Visit>
    void each(std::uint32_t code, Visit visit) const;

  private:
    std::vector<std::pair<std::uint32_t, std::uint32_t>> rows_;
};

/// Session-wide attribute codes of one file, recoded once per distinct text.
struct FileAttributes {
    std::array<std::vector<std::uint32_t>, kAttributes> codes;
    std::vector<std::pair<std::size_t, const table::TextColumn*>>
        present; ///< the attributes that the file has
};

struct Work {
    Work(std::span<const FileTable> all_files, const Options& all_options)
        : files(all_files), options(all_options) {}

    std::span<const FileTable> files;
    const Options& options;
    History history;
    Identity identity;
    std::vector<const Zone*> zone_of_file;
    std::vector<std::uint8_t> zone_noted;
    std::vector<std::uint32_t> file_order; ///< by name, so that the order of dropping changes nothing
    bool any_internal = false;             ///< somebody is one of the company's own
    std::vector<std::uint8_t> internal_person, internal_account;
    std::vector<std::uint8_t> known; ///< per unit: appears in outreaches, customers, exposure or signals
    /// Messages by the ids that other tables name; empty where none does.
    table::Dictionary outreach_ids, conversation_ids;
    RowsOfCode outreach_of_id, outreach_of_conversation;
    /// Rows of event logs that repeat a message of another part of the log: their reactions count with it.
    std::vector<Source> repeated_sends;

    std::vector<FileAttributes> attributes; ///< by file, empty until attributes_of()
    // Between messages and assignments.
    std::vector<std::uint8_t> assignment_from_outreach; ///< per assignment, before sorting
    std::vector<std::array<double, 2>> shares; ///< per experiment: as stated in treated and in holdout rows

    Instant time(std::size_t f, Role role, std::size_t row) const;
    /// The row's clock; counts what the reader should know of it.
    Instant clock(std::size_t f, Role role, std::size_t row);
    /// Marks the unit as one whose times are compared by days, in the zone of this file (5.5.3).
    void note_day_precision(std::size_t f, Role role, std::size_t row, std::uint32_t unit);

    void set_aside(std::size_t f, std::size_t row, Reason reason) { history.reason[f][row] = reason; }
    bool is_used(std::size_t f, std::size_t row) const { return history.reason[f][row] == Reason::used; }
    std::uint32_t origin_of(std::size_t f, std::size_t row) const {
        return history.file_start[f] + static_cast<std::uint32_t>(row);
    }
    std::uint32_t unit_of(std::size_t f, std::size_t row) const;
    /// The person of a row where units are accounts; where units are persons nobody asks.
    std::uint32_t person_in_account(std::size_t f, std::size_t row) const {
        return history.unit == Unit::account ? identity.person[f][row] : kNobody;
    }
    /// One of the company's own people, or of an account that is the company's own.
    bool is_internal(std::size_t f, std::size_t row) const;
    /// The unit of a row that is about somebody. Sets the row aside (and gives kNobody) if it is nobody's, or
    /// the company's own.
    std::uint32_t unit_in_scope(std::size_t f, std::size_t row);
    Arm arm_of(std::size_t f, std::size_t row) const;

    /// Of the messages with this code the one that `unit` got, the last before `at`; without a message to
    /// that unit the last before `at` to anybody, else the first of all (5.5.6). kNobody if the code names
    /// none.
    std::uint32_t message_of(const RowsOfCode& rows, std::uint32_t code, std::uint32_t unit,
                             Instant at) const;
    std::uint32_t message_named(std::string_view id, std::uint32_t unit, Instant at) const {
        return message_of(outreach_of_id, outreach_ids.find(id), unit, at);
    }

    /// The attributes of a file; their texts get codes at the first call.
    const FileAttributes& attributes_of(std::size_t f);
    /// What the row says of an attribute, 0 = nothing; `origin` as in the logs, of a file that
    /// attributes_of() was called for.
    std::uint32_t attribute_of(std::size_t attribute, std::uint32_t origin) const;
    /// The attributes of a log whose rows stand in their final order.
    void fill_attributes(const std::vector<std::uint32_t>& origin, AttributeCodes& into) const;
    /// Rows of all files of a kind: as many as its log can have.
    std::size_t rows_of(TableKind kind) const {
        std::size_t rows = 0;
        for (const auto& file : files)
            rows += file.kind == kind ? file.rows : 0;
        return rows;
    }
    /// The file of a row; `origin` as in the logs.
    std::size_t file_of(std::uint32_t origin) const {
        const auto& start = history.file_start;
        return static_cast<std::size_t>(std::upper_bound(start.begin(), start.end(), origin) - start.begin() -
                                        1);
    }
    /// The record's id as the file of the row states it; `origin` as in the logs.
    std::string_view record_id(std::uint32_t origin) const;

    /// Calls visit(f, row) for the used rows of a kind.
    template <class Visit>
    void each_row(TableKind kind, Visit visit) const {
        for (const auto f : file_order) {
            if (files[f].kind != kind) continue;
            in_stretches(files[f].rows, [&](std::size_t row) {
                if (is_used(f, row)) visit(f, row);
            });
        }
    }
};

template <class Visit>
void RowsOfCode::each(std::uint32_t code, Visit visit) const {
    if (code == 0) return;
    std::size_t low = 0, high = rows_.size(); // the first row with this code, by halving
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (rows_[middle].first < code)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < rows_.size() && rows_[low].first == code; ++low)
        visit(rows_[low].second);
}

/// Codes of a file's text column as codes of a session-wide dictionary.
std::vector<std::uint32_t> recode(const table::TextColumn& column, table::Dictionary& into);
/// The text of a cell, empty without column or value.
inline std::string_view text_at(const table::TextColumn* column, std::size_t row) {
    return column == nullptr ? std::string_view{} : column->dictionary.text(column->code[row]);
}
/// A word for yes; anything else, and no column, is no.
bool says_yes(const table::TextColumn* column, std::size_t row);
/// The earlier of two times of which either may be missing.
Instant earliest(Instant a, Instant b);
/// Adds up to what `bits` says of the columns of reactions that a file has.
std::uint16_t reactions_known(const FileTable& file);
std::uint16_t reactions_of(const FileTable& file, std::size_t row);

/// Columns that stand empty until some file states them.
template <class T>
void put(std::vector<T>& column, std::size_t index, T value, T nothing) {
    column.resize(index, nothing);
    column.push_back(value);
}
template <class T>
void finish(std::vector<T>& column, std::size_t size, T nothing) {
    if (!column.empty()) column.resize(size, nothing);
}

template <class T>
void reorder(std::vector<T>& column, const std::vector<std::uint32_t>& order) {
    if (column.empty()) return;
    std::vector<T> sorted(order.size());
    in_stretches(order.size(), [&](std::size_t i) { sorted[i] = column[order[i]]; });
    column = std::move(sorted);
}

/// Offsets of each unit's rows in a column of units sorted ascending.
std::vector<std::uint32_t> offsets(const std::vector<std::uint32_t>& unit, std::uint32_t units);

/// The order by unit, then by `less` inside a unit: rows are first dealt out by unit, since units are many
/// and each has few rows.
template <class Less>
std::vector<std::uint32_t> order_by_unit(const std::vector<std::uint32_t>& unit, std::uint32_t units,
                                         Less less) {
    auto next = offsets(unit, units);
    std::vector<std::uint32_t> order(unit.size());
    in_stretches(unit.size(),
                 [&](std::size_t row) { order[next[unit[row]]++] = static_cast<std::uint32_t>(row); });
    // Now `next` says where each unit's rows end.
    in_stretches(units, [&](std::size_t u) {
        const std::uint32_t begin = u == 0 ? 0 : next[u - 1], end = next[u];
        if (end - begin > 1) std::sort(order.data() + begin, order.data() + end, less);
    });
    return order;
}

/// Room for more assignments than are there: a column that grows is moved again and again, and leaves holes.
void reserve_assignments(Work& work, std::size_t more);
/// An assignment that a row states, be it a row of a list or of a message.
void add_assignment(Work& work, std::size_t f, std::size_t row, std::uint32_t unit, Instant at, Arm arm,
                    Moment moment, bool from_outreach);

// The steps, in their order.
Status find_zones(Work& work);
void order_files(Work& work);
void drop_repeats_across_files(Work& work);
void choose_unit(Work& work);
void read_customers(Work& work);
void read_outreaches(Work& work);
void read_reactions(Work& work);
void read_assignments(Work& work);
void read_contacts(Work& work);
void read_surveys(Work& work);
void read_self_service(Work& work);
void read_programme(Work& work);

} // namespace preempt::history
