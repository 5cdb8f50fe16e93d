// Rules about single cells that set a row aside (see row_rules.hpp).
#include "core/intake/row_rules.hpp"

#include "core/base/text.hpp"
#include "core/intake/vocabulary.hpp"
#include <algorithm>
#include <array>

namespace preempt::intake {

namespace {

using Test = RowRule::Test;

bool passes(const RowRule& rule, std::string_view text) {
    if (text.empty()) return false;
    const auto is_word = [&](std::string_view word) { return equal_ignoring_case(text, word); };
    switch (rule.test) {
    case Test::is_one_of:
        return any_part(rule.words, is_word);
    case Test::is_none_of:
        return !any_part(rule.words, is_word);
    case Test::has_tag:
        return any_part(rule.words, [&](std::string_view tag) { return has_tag(text, tag); });
    case Test::is_yes:
        return parse_flag(text).value_or(false);
    case Test::is_no:
        return !parse_flag(text).value_or(true);
    }
    return false;
}

Verdict judge_direction(std::string_view text) {
    if (parse_direction(text) != Direction::outbound) return {};
    return {Reason::outbound, "begun by the team, not by the customer"};
}
/// Narrower than judge_direction: a source such as "Bot" or "Agent" says through what a customer came, not
/// who began.
Verdict judge_source(std::string_view text) {
    const bool is_own = equal_ignoring_case(text.substr(0, 8), "outbound") ||
                        any_part("auto message|manual message|bot auto message|proactive",
                                 [&](std::string_view word) { return equal_ignoring_case(text, word); });
    return is_own ? Verdict{Reason::outbound, "begun by a message of your own"} : Verdict{};
}
Verdict judge_merged_into(std::string_view text) {
    // Some tools fill the column with yes and no; "no" and 0 are no ticket to be merged into.
    if (text.empty() || !parse_flag(text).value_or(true)) return {};
    return {Reason::merged, "merged into another ticket"};
}
Verdict judge_spam(std::string_view text) {
    return parse_flag(text).value_or(false) ? Verdict{Reason::spam, "marked as spam"} : Verdict{};
}
Verdict judge_test(std::string_view text) {
    return parse_flag(text).value_or(false) ? Verdict{Reason::test, "marked as a test"} : Verdict{};
}
Verdict judge_internal(std::string_view text) {
    return parse_flag(text).value_or(false) ? Verdict{Reason::internal, "marked as internal"} : Verdict{};
}
Verdict judge_status(std::string_view text) {
    switch (parse_status_mark(text)) {
    case StatusMark::spam:
        return {Reason::spam, "its status is spam"};
    case StatusMark::merged:
        return {Reason::merged, "its status is merged"};
    case StatusMark::none:
        break;
    }
    return {};
}
Verdict judge_tags(std::string_view text) {
    return has_tag(text, "closed_by_merge") ? Verdict{Reason::merged, "tagged closed_by_merge"} : Verdict{};
}

struct CommonRule {
    TableKind kind;
    Role role;
    Verdict (*judge)(std::string_view text);
};
constexpr std::array<CommonRule, 10> kCommonRules = {{
    {TableKind::contacts, Role::direction, judge_direction},
    {TableKind::contacts, Role::started_by, judge_direction},
    {TableKind::contacts, Role::source, judge_source},
    {TableKind::contacts, Role::merged_into, judge_merged_into},
    {TableKind::contacts, Role::is_spam, judge_spam},
    {TableKind::contacts, Role::is_test, judge_test},
    {TableKind::contacts, Role::is_internal, judge_internal},
    {TableKind::contacts, Role::status, judge_status},
    {TableKind::contacts, Role::tags, judge_tags},
    {TableKind::outreaches, Role::is_test, judge_test},
}};

} // namespace

Verdict judge_cell(const Format* format, TableKind kind, Role role, std::string_view text) {
    if (format != nullptr && format->kind == kind) {
        for (const auto& rule : format->rows) {
            if (rule.role == role && passes(rule, text)) return {rule.reason, rule.why};
        }
    }
    for (const auto& rule : kCommonRules) {
        if (rule.kind != kind || rule.role != role) continue;
        if (const Verdict verdict = rule.judge(text); verdict.reason != Reason::used) return verdict;
    }
    return {};
}

bool is_judged(const Format* format, TableKind kind, Role role) {
    const bool common = std::any_of(kCommonRules.begin(), kCommonRules.end(), [&](const CommonRule& rule) {
        return rule.kind == kind && rule.role == role;
    });
    if (common || format == nullptr || format->kind != kind) return common;
    return std::any_of(format->rows.begin(), format->rows.end(),
                       [&](const RowRule& rule) { return rule.role == role; });
}

} // namespace preempt::intake
