#include "core/evidence/codes.hpp"

#include "core/base/sort_list.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace preempt::evidence {

using history::Arm;
using history::History;
using history::kSegmentAttribute;
using history::kTriggerAttribute;

namespace {

const table::Codes* stated_or_null(const table::Codes& column) {
    return column.empty() ? nullptr : &column;
}

/// Which codes of the attribute's dictionary a filter lets pass.
std::vector<std::uint8_t> passing(const History& history, const Filter& filter) {
    const auto& dictionary = history.dictionary[static_cast<std::size_t>(filter.attribute)];
    std::vector<std::uint8_t> pass(dictionary.size(), filter.exclude ? 1 : 0);
    for (const auto& value : filter.values) {
        const auto code = dictionary.find(value);
        if (code != 0 || value.empty()) pass[code] = filter.exclude ? 0 : 1;
    }
    return pass;
}

void keep_rows(const History& history, const Filter& filter, const history::AttributeCodes& log,
               const std::vector<std::uint32_t>& unit, std::vector<std::uint8_t>& keep) {
    const auto pass = passing(history, filter);
    const AttributeOf code(history, log, static_cast<std::size_t>(filter.attribute));
    if (keep.empty()) keep.assign(unit.size(), 1);
    for (std::uint32_t row = 0; row < unit.size(); ++row)
        keep[row] &= pass[code(row, unit[row])];
}

} // namespace

AttributeOf::AttributeOf(const History& history, const history::AttributeCodes& log, std::size_t attribute)
    : of_row_(stated_or_null(log[attribute])),
      of_unit_(stated_or_null(history.customer_attribute[attribute])) {}

std::vector<std::string> texts_of(const table::Dictionary& dictionary) {
    std::vector<std::string> all(dictionary.size());
    for (std::uint32_t code = 1; code < dictionary.size(); ++code)
        all[code] = std::string(dictionary.text(code));
    return all;
}

std::string joined(std::initializer_list<std::string_view> texts) {
    std::string all;
    for (const auto text : texts)
        if (!text.empty()) all.append(all.empty() ? "" : " · ").append(text);
    return all;
}

Grouping::Grouping(const History& history, int first, int second) {
    if (first < 0) return;
    for (const auto attribute : {first, second}) {
        if (attribute < 0) break;
        const auto a = static_cast<std::size_t>(attribute);
        of_outreach_.emplace_back(history, history.outreaches.attribute, a);
        of_assignment_.emplace_back(history, history.assignments.attribute, a);
    }
    // Where nothing states the second one, pairs are what the first one says.
    if (second >= 0 && !of_outreach_[1].is_stated() && !of_assignment_[1].is_stated()) {
        of_outreach_.pop_back();
        of_assignment_.pop_back();
    }
    if (of_outreach_.size() == 1)
        name_one(history, static_cast<std::size_t>(first));
    else
        name_pairs(history, static_cast<std::size_t>(first), static_cast<std::size_t>(second));
}

template <class Use>
void Grouping::each_row(const History& history, Use use) const {
    const auto second = [&](const std::vector<AttributeOf>& of, std::uint32_t row, std::uint32_t unit) {
        return of.size() == 1 ? 0 : of[1](row, unit);
    };
    const auto each = [&](const std::vector<AttributeOf>& of, const std::vector<std::uint32_t>& unit) {
        for (std::uint32_t row = 0; row < unit.size(); ++row)
            use(of[0](row, unit[row]), second(of, row, unit[row]));
    };
    each(of_outreach_, history.outreaches.unit);
    each(of_assignment_, history.assignments.unit);
    if (std::all_of(of_outreach_.begin(), of_outreach_.end(), [](const auto& a) { return a.is_of_unit(); }))
        for (std::uint32_t unit = 0; unit < history.units; ++unit)
            use(of_outreach_[0].of_unit(unit), of_outreach_.size() == 1 ? 0 : of_outreach_[1].of_unit(unit));
}

/// Were there more than may be kept? Of equally large ones those with the earlier names stay, so that the
/// order of rows changes nothing.
bool Grouping::keep_most(std::vector<Group>& groups) {
    if (groups.size() <= kMostGroups) return false;
    const auto last = groups.begin() + static_cast<std::ptrdiff_t>(kMostGroups);
    std::partial_sort(groups.begin(), last, groups.end(), [](const Group& a, const Group& b) {
        if (a.rows != b.rows) return a.rows > b.rows;
        return std::tie(a.first, a.second) < std::tie(b.first, b.second);
    });
    groups.erase(last, groups.end());
    return true;
}

void Grouping::name_one(const History& history, std::size_t attribute) {
    const auto& dictionary = history.dictionary[attribute];
    if (dictionary.size() <= kMostGroups + 1) {
        names_ = texts_of(dictionary);
        return;
    }
    std::vector<Group> groups(dictionary.size());
    for (std::uint32_t code = 0; code < groups.size(); ++code)
        groups[code] = {code, 0, dictionary.text(code), {}};
    each_row(history, [&](std::uint32_t code, std::uint32_t) { ++groups[code].rows; });
    groups.erase(groups.begin()); // not stated
    keep_most(groups);
    sort_list(groups, [](const Group& a, const Group& b) { return a.first < b.first; });
    names_.emplace_back();
    group_of_.assign(dictionary.size(), static_cast<std::uint16_t>(groups.size() + 1));
    group_of_[0] = 0;
    for (const auto& group : groups) {
        group_of_[static_cast<std::uint32_t>(group.key)] = static_cast<std::uint16_t>(size());
        names_.emplace_back(group.first);
    }
    names_.emplace_back(kOthers);
}

void Grouping::name_pairs(const History& history, std::size_t first, std::size_t second) {
    auto& rows = number_of_; // until the groups are chosen
    rows.emplace(0, 0);
    each_row(history, [&](std::uint32_t a, std::uint32_t b) { ++rows[Key{a} << 32 | b]; });
    std::vector<Group> groups;
    groups.reserve(rows.size());
    for (const auto& [key, count] : rows)
        groups.push_back({key, count, history.dictionary[first].text(static_cast<std::uint32_t>(key >> 32)),
                          history.dictionary[second].text(static_cast<std::uint32_t>(key))});
    std::erase_if(groups, [](const Group& group) { return group.key == 0; });
    const bool others = keep_most(groups);
    sort_list(groups, [](const Group& a, const Group& b) {
        return std::tie(a.first, a.second) < std::tie(b.first, b.second);
    });
    number_of_.clear();
    number_of_.emplace(0, 0);
    names_.emplace_back();
    for (const auto& group : groups) {
        number_of_.emplace(group.key, size());
        names_.push_back(joined({group.first, group.second}));
    }
    if (!others) return;
    others_ = size();
    names_.emplace_back(kOthers);
}

std::uint32_t Grouping::number(std::uint32_t first, std::uint32_t second) const {
    const auto found = number_of_.find(Key{first} << 32 | second);
    return found == number_of_.end() ? others_ : found->second;
}

std::uint32_t Grouping::of_outreach(std::uint32_t row, std::uint32_t unit) const {
    const auto first = of_outreach_[0](row, unit);
    return of_outreach_.size() == 1 ? number(first) : number(first, of_outreach_[1](row, unit));
}

std::uint32_t Grouping::of_assignment(std::uint32_t row, std::uint32_t unit) const {
    const auto first = of_assignment_[0](row, unit);
    return of_assignment_.size() == 1 ? number(first) : number(first, of_assignment_[1](row, unit));
}

std::uint32_t Grouping::of_unit(std::uint32_t unit) const {
    for (const auto& attribute : of_outreach_)
        if (!attribute.is_of_unit()) return history::kNobody;
    const auto first = of_outreach_[0].of_unit(unit);
    return of_outreach_.size() == 1 ? number(first) : number(first, of_outreach_[1].of_unit(unit));
}

std::vector<std::uint8_t> health_quarters(const History& history) {
    std::vector<double> scores;
    for (const auto score : history.health_score)
        if (!std::isnan(score)) scores.push_back(score);
    if (scores.empty()) return {};
    std::sort(scores.begin(), scores.end());
    std::vector<std::uint8_t> quarter(history.units, 0);
    for (std::uint32_t unit = 0; unit < history.units; ++unit) {
        const auto score = history.health_score[unit];
        if (std::isnan(score)) continue;
        const auto below =
            static_cast<std::size_t>(std::lower_bound(scores.begin(), scores.end(), score) - scores.begin());
        quarter[unit] = static_cast<std::uint8_t>(1 + 4 * below / scores.size());
    }
    return quarter;
}

episodes::Selection select(const History& history, const Question& question) {
    episodes::Selection selection;
    selection.from = question.from;
    selection.to = question.to;
    for (const auto& filter : question.filters) {
        keep_rows(history, filter, history.outreaches.attribute, history.outreaches.unit, selection.outreach);
        keep_rows(history, filter, history.assignments.attribute, history.assignments.unit,
                  selection.assignment);
        const auto& of_unit = history.customer_attribute[static_cast<std::size_t>(filter.attribute)];
        if (of_unit.empty()) continue;
        const auto pass = passing(history, filter);
        if (selection.unit.empty()) selection.unit.assign(history.units, 1);
        for (std::uint32_t unit = 0; unit < history.units; ++unit)
            selection.unit[unit] &= pass[of_unit[unit]];
    }
    return selection;
}

Stratification stratify(const History& history, Strata level) {
    const bool by_trigger = level == Strata::trigger || level == Strata::trigger_segment;
    const bool by_segment = level == Strata::segment || level == Strata::trigger_segment;
    const auto& assigned = history.assignments;
    const AttributeOf trigger(history, assigned.attribute, kTriggerAttribute);
    const AttributeOf segment(history, assigned.attribute, kSegmentAttribute);
    // Distinct combinations of codes first, then numbered in the order of their texts: codes depend on the
    // order of the rows, the numbers must not.
    using Codes = std::array<std::uint32_t, 3>; // experiment, trigger, segment
    boost::unordered_flat_map<Codes, std::uint32_t> place_of;
    std::vector<Codes> combinations;
    Stratification result;
    result.level = level;
    result.of_row.assign(assigned.size(), 0);
    Codes last{history::kNobody, 0, 0};
    std::uint32_t last_place = 0;
    for (std::uint32_t row = 0; row < assigned.size(); ++row) {
        if (assigned.arm[row] == Arm::none) continue;
        const Codes codes{assigned.experiment[row], by_trigger ? trigger(row, assigned.unit[row]) : 0,
                          by_segment ? segment(row, assigned.unit[row]) : 0};
        if (codes != last) {
            const auto [place, added] =
                place_of.try_emplace(codes, static_cast<std::uint32_t>(combinations.size()));
            if (added) combinations.push_back(codes);
            last = codes;
            last_place = place->second;
        }
        result.of_row[row] = last_place;
    }
    const auto texts = [&](std::uint32_t c) {
        return std::array<std::string_view, 3>{
            history.experiments.text(combinations[c][0]),
            history.dictionary[kTriggerAttribute].text(combinations[c][1]),
            history.dictionary[kSegmentAttribute].text(combinations[c][2])};
    };
    std::vector<std::uint32_t> order(combinations.size());
    std::iota(order.begin(), order.end(), 0U);
    sort_list(order, [&](std::uint32_t x, std::uint32_t y) { return texts(x) < texts(y); });
    const bool several = std::any_of(combinations.begin(), combinations.end(),
                                     [&](const Codes& codes) { return codes[0] != combinations.front()[0]; });
    std::vector<std::uint32_t> number(combinations.size());
    for (const auto c : order) {
        number[c] = static_cast<std::uint32_t>(result.labels.size());
        const auto [experiment, trigger_text, segment_text] = texts(c);
        result.labels.push_back(joined({several ? experiment : "", trigger_text, segment_text}));
    }
    for (std::uint32_t row = 0; row < assigned.size(); ++row)
        if (assigned.arm[row] != Arm::none) result.of_row[row] = number[result.of_row[row]];
    return result;
}

std::vector<Strata> levels_for(const History& history) {
    const bool has_trigger = !history.assignments.attribute[kTriggerAttribute].empty();
    const bool has_segment = !history.assignments.attribute[kSegmentAttribute].empty() ||
                             !history.customer_attribute[kSegmentAttribute].empty();
    std::vector<Strata> levels;
    if (has_trigger && has_segment) levels.push_back(Strata::trigger_segment);
    if (has_trigger) levels.push_back(Strata::trigger);
    if (has_segment) levels.push_back(Strata::segment);
    levels.push_back(Strata::experiment);
    return levels;
}

} // namespace preempt::evidence
