// Reading cells into typed columns (see columns.hpp).
#include "core/intake/columns.hpp"

#include "core/base/duration_text.hpp"
#include "core/base/text.hpp"
#include "core/intake/vocabulary.hpp"
#include <algorithm>
#include <limits>

namespace preempt::intake {

namespace {

constexpr std::size_t kUnknownWordsShown = 5;

/// The word that the closed vocabulary of `role` has for `text`; empty if it has none.
std::string_view normalised(Role role, std::string_view text, ArmQuestion question) {
    if (role == Role::arm) {
        const auto arm = parse_arm(text, question);
        return arm ? arm_name(*arm) : std::string_view{};
    }
    if (role == Role::outreach_type) {
        const auto type = parse_outreach_type(text);
        return type ? outreach_type_name(*type) : std::string_view{};
    }
    const auto outcome = parse_outcome(text);
    return outcome ? outcome_name(*outcome) : std::string_view{};
}

/// What a word outside the vocabulary becomes: an unknown type is still an outreach, the rest counts as
/// missing.
std::string_view stand_in(Role role) {
    return role == Role::outreach_type ? outreach_type_name(OutreachType::unclassified) : std::string_view{};
}

std::string_view consequence(Role role) {
    if (role == Role::outreach_type) return "they are counted as unclassified";
    if (role == Role::arm) return "they count as no arm (use treatment and holdout)";
    return "they count as no success (use positive, resolved, usage_improved, no_effect or negative)";
}

} // namespace

void LineCount::add(std::uint64_t line) {
    ++count_;
    if (first_.size() < kShown) first_.push_back(line);
}

std::string LineCount::text() const {
    std::string out = count_ == 1 ? "line " : "lines ";
    for (std::size_t i = 0; i < first_.size(); ++i) {
        if (i > 0) out += i + 1 == first_.size() && count_ == first_.size() ? " and " : ", ";
        out += std::to_string(first_[i]);
    }
    if (count_ > first_.size()) out += " and " + std::to_string(count_ - first_.size()) + " more";
    return out;
}

// --- text
// --------------------------------------------------------------------------------------------------------------------

TextReader::TextReader(Settings settings)
    : settings_(std::move(settings)), column_(std::make_unique<table::TextColumn>()) {
    const Role role = settings_.role;
    is_key_ = role_info(role).type == RoleType::key;
    is_normalised_ = role == Role::arm || role == Role::outreach_type || role == Role::outcome;
    question_ = arm_question(settings_.header);
}

std::uint32_t TextReader::append(std::string_view cell, std::uint64_t line) {
    last_was_damaged_ = last_was_unknown_ = false;
    const std::string_view text = trim(cell);
    std::uint32_t code = 0;
    // In a region column NA is North America.
    const bool is_region = settings_.role == Role::region && equal_ignoring_case(text, "na");
    if ((!is_null_word(text) || is_region) && !(settings_.minus_one_is_null && text == "-1")) {
        code = is_key_ ? encode_key(text, line) : encode_word(text, line);
    }
    column_->code.push_back(code);
    return code;
}

std::uint32_t TextReader::encode_key(std::string_view text, std::uint64_t line) {
    if (is_damaged_id(text)) {
        last_was_damaged_ = true;
        damaged_.add(line);
        return 0;
    }
    if (settings_.role == Role::email) {
        const std::string_view address = email_inside(text);
        const auto behind = static_cast<std::size_t>(address.data() + address.size() - text.data());
        if (text.find('@', behind) != std::string_view::npos) several_.add(line);
        text = address;
    }
    if (!is_surely_composed(text)) {
        composed_.clear();
        append_composed(text, composed_);
        text = composed_;
    }
    // E-mail addresses are compared without regard to case; so is a customer's id that is one.
    const bool names_customer = settings_.role == Role::customer_id || settings_.role == Role::external_id;
    if (settings_.role == Role::email || (names_customer && text.find('@') != std::string_view::npos)) {
        scratch_.clear();
        append_folded(text, scratch_);
        text = scratch_;
    }
    return column_->dictionary.encode(text);
}

std::uint32_t TextReader::encode_word(std::string_view text, std::uint64_t line) {
    if (!is_normalised_) return column_->dictionary.encode(text);
    const std::uint32_t before = written_.size();
    const std::uint32_t as_written = written_.encode(text);
    if (as_written == before) {
        meaning_.resize(written_.size(), 0);
        meaning_[as_written] = encode_normalised(text);
    }
    const std::uint32_t code = meaning_[as_written];
    const bool is_known = code != std::numeric_limits<std::uint32_t>::max();
    if (is_known) return code;
    last_was_unknown_ = true;
    unknown_.add(line);
    return column_->dictionary.encode(stand_in(settings_.role));
}

std::uint32_t TextReader::encode_normalised(std::string_view text) {
    const auto word = normalised(settings_.role, text, question_);
    if (!word.empty()) return column_->dictionary.encode(word);
    if (unknown_words_.size() < kUnknownWordsShown) unknown_words_.emplace_back(text);
    return std::numeric_limits<std::uint32_t>::max();
}

const Verdict& TextReader::verdict(std::uint32_t code) {
    while (verdicts_.size() <= code) {
        const auto next = static_cast<std::uint32_t>(verdicts_.size());
        verdicts_.push_back(judge_cell(settings_.format, settings_.kind, settings_.role, text(next)));
    }
    return verdicts_[code];
}

void TextReader::add_warnings(std::vector<std::string>& warnings) const {
    const std::string column = "Column \"" + settings_.header + "\": ";
    if (damaged_.count() > 0) {
        warnings.push_back(column + counted(damaged_.count(), "id was", "ids were") +
                           " rounded by a spreadsheet (1.03E+13) and cannot be used (" + damaged_.text() +
                           ").");
    }
    if (unknown_.count() > 0) {
        std::string words;
        for (const auto& word : unknown_words_)
            words += (words.empty() ? "\"" : ", \"") + word + "\"";
        warnings.push_back(column + counted(unknown_.count(), "cell has", "cells have") +
                           " a word that is not known (" + words + "); " +
                           std::string(consequence(settings_.role)) + ". See " + unknown_.text() + ".");
    }
    if (several_.count() > 0) {
        warnings.push_back(column + counted(several_.count(), "cell names", "cells name") +
                           " more than one address; the first one counts (" + several_.text() + ").");
    }
}

// --- times
// -------------------------------------------------------------------------------------------------------------------

InstantReader::InstantReader(Role role, std::string header, DateOrder answer,
                             std::optional<bool> accept_serials)
    : role_(role), header_(std::move(header)), dates_(answer, accept_serials.value_or(false)),
      column_(std::make_unique<table::InstantColumn>()) {}

void InstantReader::append(std::string_view cell, std::uint64_t line) {
    const std::string_view text = trim(cell);
    last_problem_ = TimeProblem::none;
    last_was_missing_ = is_null_word(text);
    TimeText time;
    if (!last_was_missing_) {
        time = dates_.read(text, line);
        last_problem_ = time.problem;
        saw_serials_ = saw_serials_ || time.problem == TimeProblem::spreadsheet_serial;
        if (!time.ok()) {
            if (unreadable_.count() == 0) {
                unreadable_text_ = text.substr(0, 60);
                unreadable_problem_ = time.problem;
            }
            unreadable_.add(line);
        }
        if (time.order_open && time.late_offset != 0)
            late_offsets_.push_back({column_->value.size(), time.late_offset});
    }
    const int flags = (time.zoned ? table::InstantColumn::kZoned : 0) |
                      (time.day_only ? table::InstantColumn::kDayOnly : 0) |
                      (time.order_open ? table::InstantColumn::kOrderOpen : 0);
    column_->value.push_back(time.ok() ? time.value : kNoInstant);
    column_->flags.push_back(static_cast<std::uint8_t>(flags));
}

void InstantReader::keep_earlier(std::size_t row, Instant value, std::uint8_t flags) {
    if (column_->value[row] != kNoInstant && column_->value[row] <= value) return;
    column_->value[row] = value;
    column_->flags[row] = flags;
}

void InstantReader::fill(std::size_t rows) {
    column_->value.assign(rows, kNoInstant);
    column_->flags.assign(rows, 0);
}

void InstantReader::settle(DateOrder order) {
    for (std::size_t row = 0; row < column_->value.size(); ++row) {
        auto& flags = column_->flags[row];
        if ((flags & table::InstantColumn::kOrderOpen) == 0) continue;
        if (order == DateOrder::month_first)
            column_->value[row] = with_day_and_month_exchanged(column_->value[row]);
        flags = static_cast<std::uint8_t>(flags & ~table::InstantColumn::kOrderOpen);
    }
    for (const auto& late : late_offsets_)
        column_->value[late.row] -= late.offset;
    late_offsets_.clear();
}

void InstantReader::add_warnings(std::vector<std::string>& warnings) const {
    if (unreadable_.count() == 0) return;
    warnings.push_back("Column \"" + header_ + "\": " + counted(unreadable_.count(), "time", "times") +
                       " could not be read (" + unreadable_.text() + "). The first, \"" + unreadable_text_ +
                       "\", " + std::string(time_problem_text(unreadable_problem_)) + ".");
}

// --- numbers
// -----------------------------------------------------------------------------------------------------------------

NumberReader::NumberReader(Role role, std::string header, bool decimal_comma)
    : role_(role), header_(std::move(header)), decimal_comma_(decimal_comma), unit_(duration_unit(header_)),
      column_(std::make_unique<table::NumberColumn>()) {}

std::optional<double> NumberReader::parse(std::string_view text) const {
    if (role_ != Role::first_response_time) return parse_number(text, decimal_comma_);
    const auto seconds = parse_duration(text, unit_);
    return seconds ? std::optional<double>(*seconds / 60) : std::nullopt;
}

void NumberReader::append(std::string_view cell, std::uint64_t line) {
    const std::string_view text = trim(cell);
    double value = std::numeric_limits<double>::quiet_NaN();
    if (!is_null_word(text)) {
        if (const auto number = parse(text)) {
            value = *number;
        } else {
            if (unreadable_.count() == 0) unreadable_text_ = text.substr(0, 60);
            unreadable_.add(line);
        }
    }
    column_->value.push_back(value);
}

void NumberReader::add_warnings(std::vector<std::string>& warnings) const {
    if (unreadable_.count() == 0) return;
    warnings.push_back("Column \"" + header_ + "\": " + counted(unreadable_.count(), "number", "numbers") +
                       " could not be read and count as missing (" + unreadable_.text() +
                       "), the first is \"" + unreadable_text_ + "\".");
}

} // namespace preempt::intake
