// What a tool's export looks like, as rows of data: the headers that mark it, the roles of its columns, the
// rows that are no contacts, and what a person must know about it. One small file per tool in formats/; one
// engine (recognise.cpp) for all.
#pragma once

#include "core/intake/ledger.hpp"
#include "core/intake/roles.hpp"
#include "core/intake/score.hpp"
#include <cstdint>
#include <span>
#include <string_view>

namespace preempt::intake {

/// Header names in these tables are written as a person reads them; several names for one thing stand between
/// bars: "created at|created time". Case, blanks, underscores and hyphens do not count, nor do a zone or a
/// type in brackets.
using HeaderNames = std::string_view;

/// A column's role. Rules are tried in order; of the columns that match rules for the same role the first one
/// that has values in the sample gets it.
struct ColumnRule {
    HeaderNames names;
    Role role;
    std::string_view why; ///< completes "Proposed because ..."; empty: because the format says so

    /// What must be true of the sample's values for the rule to hold.
    enum class Values : std::uint8_t {
        any,
        emails,
        arms,
        not_arms,
        hex_ids,
        list_suffix,
        recurring ///< the same in many rows: a text that nearly every row has of its own groups nothing
    } values = Values::any;
};

/// A row whose cell in `role` passes the test is set aside.
struct RowRule {
    enum class Test : std::uint8_t {
        is_one_of,  ///< one of `words`
        is_none_of, ///< present, and none of `words`
        has_tag,    ///< holds one of `words` as a tag
        is_yes,     ///< a word for yes
        is_no,      ///< a word for no
    };
    Role role;
    Test test;
    std::string_view words; ///< separated by bars, compared without regard to case
    Reason reason;
    std::string_view why; ///< a sentence for the ledger
};

struct Format {
    std::string_view id{};    ///< stable: in JSON and in saved mappings
    std::string_view label{}; ///< for a person
    TableKind kind = TableKind::unknown;
    std::span<const HeaderNames> must{};  ///< all have to be there
    std::span<const HeaderNames> helps{}; ///< each one there raises the confidence
    std::span<const ColumnRule> columns{};
    std::span<const RowRule> rows{};
    std::span<const HeaderNames> minus_one_is_null{}; ///< columns in which -1 stands for "none"
    std::span<const std::string_view> notices{};      ///< always shown with this format
    std::string_view zone_notice{};   ///< shown when the file does not state the zone of its times
    std::string_view person_notice{}; ///< shown when no column tells who the customer is
    std::string_view refusal{}; ///< not empty: understood, but of no use here; says what to export instead
    /// Tried in this order: exports of tools; reports of tools with few columns left; our own layouts, which
    /// fit any tool.
    enum class Tier : std::uint8_t { tool, report, layout } tier = Tier::tool;
    bool earliest_of_record = false; ///< one record spans several rows: the earliest one stands for it
    ScoreScale score_scale = ScoreScale::unknown; ///< of the tool's survey scores
};

/// All formats, tools first. Defined in formats/all.cpp.
std::span<const Format* const> all_formats();
/// The format with this id, or nullptr.
const Format* find_format(std::string_view id);

/// True if the header key is one of the names.
bool is_named(std::string_view header_key, HeaderNames names);
/// Calls `visit(part)` for each part between bars until it answers true; true if one did.
template <class Visit>
bool any_part(std::string_view parts, Visit visit) {
    while (!parts.empty()) {
        const auto bar = parts.find('|');
        if (visit(parts.substr(0, bar))) return true;
        if (bar == std::string_view::npos) break;
        parts.remove_prefix(bar + 1);
    }
    return false;
}

} // namespace preempt::intake
