// Codes of rows for grouping and filtering: attributes, pairs of them, strata. In: a History and what a
// question asks. Out: look-ups per row, and the names of the codes. A row's own statement goes before its
// customer's.
#pragma once

#include "core/episodes/episodes.hpp"
#include "core/evidence/evidence.hpp"
#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace preempt::evidence {

/// One attribute of the rows of one log.
class AttributeOf {
  public:
    AttributeOf(const history::History& history, const history::AttributeCodes& log, std::size_t attribute);
    std::uint32_t operator()(std::uint32_t row, std::uint32_t unit) const {
        const auto code = of_row_ == nullptr ? 0 : (*of_row_)[row];
        return code != 0 ? code : of_unit(unit);
    }
    std::uint32_t of_unit(std::uint32_t unit) const { return of_unit_ == nullptr ? 0 : (*of_unit_)[unit]; }
    bool is_of_unit() const { return of_unit_ != nullptr; }
    bool is_stated() const { return of_row_ != nullptr || of_unit_ != nullptr; }

  private:
    const table::Codes* of_row_;
    const table::Codes* of_unit_;
};

/// Texts of a dictionary by code; "" for 0.
std::vector<std::string> texts_of(const table::Dictionary& dictionary);

/// Groups of rows by an attribute, or by two at once: then the pairs that occur, numbered in the order of
/// their names, "first · second". Group 0 is "" (not stated, neither of two). Where there are more than
/// kMostGroups (subject lines that name the customer), those with the most rows keep their names and all
/// others are one group, the last.
class Grouping {
  public:
    static constexpr std::size_t kMostGroups = 500;
    static constexpr std::string_view kOthers = "(all others)";
    /// `second` below 0: one attribute. None of them: no groups.
    Grouping(const history::History& history, int first, int second);
    bool is_empty() const { return names_.empty(); }
    const std::vector<std::string>& names() const { return names_; }
    std::uint32_t size() const { return static_cast<std::uint32_t>(names_.size()); }
    std::uint32_t of_outreach(std::uint32_t row, std::uint32_t unit) const;
    std::uint32_t of_assignment(std::uint32_t row, std::uint32_t unit) const;
    /// By what customers state; kNobody where they do not state the attribute (either of two).
    std::uint32_t of_unit(std::uint32_t unit) const;

  private:
    using Key = std::uint64_t; ///< of two codes
    struct Group {
        Key key = 0;
        std::uint32_t rows = 0;
        std::string_view first, second; ///< texts
    };
    /// Calls use(code, code) for every row, and for every customer who states both.
    template <class Use>
    void each_row(const history::History& history, Use use) const;
    void name_one(const history::History& history, std::size_t attribute);
    void name_pairs(const history::History& history, std::size_t first, std::size_t second);
    static bool keep_most(std::vector<Group>& groups);
    std::uint32_t number(std::uint32_t first) const { return group_of_.empty() ? first : group_of_[first]; }
    std::uint32_t number(std::uint32_t first, std::uint32_t second) const;

    std::vector<AttributeOf> of_outreach_, of_assignment_; ///< one or two
    std::vector<std::uint16_t> group_of_; ///< of a code of the one attribute; empty = the code itself
    boost::unordered_flat_map<Key, std::uint32_t> number_of_;
    std::uint32_t others_ = 0; ///< group of pairs that have no number
    std::vector<std::string> names_;
};

/// Per unit: the quarter of the health scores in which its own lies, 1 to 4, equal scores together; 0 = not
/// stated. Empty when no file states one.
std::vector<std::uint8_t> health_quarters(const history::History& history);

/// The rows and units that a question's filters keep.
episodes::Selection select(const history::History& history, const Question& question);

/// Strata of assignments at one level: experiment, and trigger or segment or both. Numbers follow the names,
/// so that the order of rows changes nothing.
struct Stratification {
    Strata level = Strata::experiment;
    std::vector<std::string> labels;
    std::vector<std::uint32_t> of_row; ///< per row of Assignments; rows without an arm have 0
};
Stratification stratify(const history::History& history, Strata level);

/// The levels that the automatic choice tries, finest first; the last one always stands.
std::vector<Strata> levels_for(const history::History& history);

/// Names of texts joined by " · ", empty ones left out.
std::string joined(std::initializer_list<std::string_view> texts);

} // namespace preempt::evidence
