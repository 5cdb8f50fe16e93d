// Reading cells into typed columns (see columns.hpp).
#include "core/intake/columns.hpp"

#include "core/base/duration_text.hpp"
#include "core/base/iso_time.hpp"
#include "core/base/text.hpp"
#include "core/intake/vocabulary.hpp"
#include <algorithm>
#include <cstring>
#include <limits>

namespace preempt::intake {

namespace {

constexpr std::size_t kUnknownWordsShown = 5;
/// From this many texts on a column is taken for one of ids.
constexpr std::uint32_t kMany = 2048;
constexpr unsigned kRecentBits = 8;
constexpr std::size_t kRecent = std::size_t{1} << kRecentBits;
constexpr std::uint64_t kEachByte = 0x0101'0101'0101'0101ULL;

template <class Word>
std::uint64_t word_at(const char* at) {
    Word word;
    std::memcpy(&word, at, sizeof word);
    return word;
}

/// Somebody's address alone, in small letters: what cleaning would make of it is the text itself.
bool is_plain_address(std::string_view text) {
    std::size_t at_signs = 0;
    for (const char c : text) {
        const bool plain =
            (c >= 'a' && c <= 'z') || is_digit(c) || c == '.' || c == '_' || c == '-' || c == '+';
        if (!plain && c != '@') return false;
        at_signs += c == '@' ? 1 : 0;
    }
    return at_signs == 1;
}

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

bool is_money(Role role) {
    return role == Role::cost || role == Role::annual_value || role == Role::support_cost ||
           role == Role::outreach_cost || role == Role::extra_figure;
}

/// A sign (one character that is no ASCII letter, as in US$ too) or three capitals.
bool is_currency(std::string_view text) {
    if (text == "$" || text == "US$" || text == "kr") return true;
    const bool is_code = text.size() == 3 && std::all_of(text.begin(), text.end(), [](char letter) {
                             return letter >= 'A' && letter <= 'Z';
                         });
    return is_code || text == "\xE2\x82\xAC" || text == "\xC2\xA3" || text == "\xC2\xA5"; // euro, pound, yen
}

/// "$1,200.50" and "1.200,50 EUR" without the currency.
std::string_view without_currency(std::string_view text) {
    const auto first = text.find_first_of("-+.0123456789"), last = text.find_last_of("0123456789");
    if (first == std::string_view::npos || last == std::string_view::npos || last < first) return text;
    const auto before = trim(text.substr(0, first)), after = trim(text.substr(last + 1));
    if (!before.empty() && is_currency(before) && after.empty()) return text.substr(first);
    return before.empty() && is_currency(after) ? text.substr(0, last + 1) : text;
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

bool TextReader::holds(const std::vector<std::uint32_t>& rows, std::size_t row) {
    return std::binary_search(rows.begin(), rows.end(), static_cast<std::uint32_t>(row));
}

bool TextReader::is_missing(std::string_view text) const {
    // In a region column NA is North America.
    const bool is_region = settings_.role == Role::region && equal_ignoring_case(text, "na");
    return (is_null_word(text) && !is_region) || (settings_.minus_one_is_null && text == "-1");
}

void TextReader::append(const CellBatch& batch) {
    damaged_rows_.clear();
    unknown_rows_.clear();
    codes_.resize(batch.size());
    if (!is_normalised_ && column_->dictionary.size() > kMany)
        append_many(batch);
    else
        append_few(batch);
    column_->code.append(codes_);
}

/// A column of few texts, so far at least: most cells are known from a glance.
void TextReader::append_few(const CellBatch& batch) {
    recent_.resize(kRecent);
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const std::string_view cell = batch.cells[row];
        Recent now;
        now.size = static_cast<std::uint32_t>(cell.size());
        if (cell.size() > 16) {
            codes_[row] = encode(cell, row, batch.lines[row]);
            continue;
        }
        if (cell.size() >= 8) {
            now.first = word_at<std::uint64_t>(cell.data());
            now.second = word_at<std::uint64_t>(cell.data() + cell.size() - 8);
        } else if (cell.size() >= 4) {
            now.first = word_at<std::uint32_t>(cell.data());
            now.second = word_at<std::uint32_t>(cell.data() + cell.size() - 4);
        } else if (!cell.empty()) {
            now.first = word_at<std::uint8_t>(cell.data()) |
                        word_at<std::uint8_t>(cell.data() + cell.size() / 2) << 8;
            now.second = word_at<std::uint8_t>(cell.data() + cell.size() - 1);
        }
        Recent& known = recent_[((now.first ^ now.second * 31 ^ now.size) * 0x9E37'79B9'7F4A'7C15ULL) >>
                                (64 - kRecentBits)];
        if (known.size == now.size && known.first == now.first && known.second == now.second) {
            codes_[row] = known.code;
            continue;
        }
        const std::uint64_t noted = damaged_.count() + unknown_.count() + several_.count();
        codes_[row] = now.code = encode(cell, row, batch.lines[row]);
        // What has to be noted each time must come this way each time.
        if (damaged_.count() + unknown_.count() + several_.count() == noted) known = now;
    }
}

/// A column of many texts, ids most likely: cleaned where a cell needs it, then looked up all together.
void TextReader::append_many(const CellBatch& batch) {
    struct Cleaned {
        std::size_t row, begin;
    };
    std::string texts;
    std::vector<Cleaned> cleaned;
    keys_.assign(batch.cells.begin(), batch.cells.end());
    for (std::size_t row = 0; row < batch.size(); ++row) {
        if (!needs_care(keys_[row])) continue;
        std::string_view text = trim(keys_[row]);
        text = is_missing(text) ? std::string_view{}
               : is_key_        ? cleaned_key(text, row, batch.lines[row])
                                : text;
        cleaned.push_back({row, texts.size()});
        texts.append(text);
    }
    for (std::size_t i = 0; i < cleaned.size(); ++i) {
        const std::size_t end = i + 1 < cleaned.size() ? cleaned[i + 1].begin : texts.size();
        keys_[cleaned[i].row] = std::string_view(texts).substr(cleaned[i].begin, end - cleaned[i].begin);
    }
    column_->dictionary.encode_all(keys_, codes_.data());
}

bool TextReader::needs_care(std::string_view cell) const {
    if (cell.size() <= 4) return true; // may be a null word
    // Eight bytes at a time: any that is not ASCII, any @. Blanks matter at the ends only.
    std::uint64_t high = 0, at_sign = 0;
    const auto look = [&](std::uint64_t word) {
        const std::uint64_t difference = word ^ (std::uint64_t{'@'} * kEachByte);
        high |= word;
        at_sign |= (difference - kEachByte) & ~difference;
    };
    const std::size_t size = cell.size();
    if (size >= 8) {
        for (std::size_t i = 8; i < size; i += 8)
            look(word_at<std::uint64_t>(cell.data() + i - 8));
        look(word_at<std::uint64_t>(cell.data() + size - 8));
    } else {
        look(word_at<std::uint32_t>(cell.data()));
        look(word_at<std::uint32_t>(cell.data() + size - 4));
    }
    const auto is_inner = [](char letter) { return static_cast<unsigned char>(letter) > ' '; };
    if ((high & (kEachByte << 7)) != 0 || !is_inner(cell.front()) || !is_inner(cell.back())) return true;
    if (!is_key_) return false;
    if ((at_sign & (kEachByte << 7)) != 0) return !is_plain_address(cell);
    return is_digit(cell.front()) && is_damaged_id(cell);
}

std::uint32_t TextReader::encode(std::string_view cell, std::size_t row, std::uint32_t line) {
    const std::string_view text = trim(cell);
    if (is_missing(text)) return 0;
    return is_key_ ? column_->dictionary.encode(cleaned_key(text, row, line)) : encode_word(text, row, line);
}

std::string_view TextReader::cleaned_key(std::string_view text, std::size_t row, std::uint32_t line) {
    if (is_damaged_id(text)) {
        damaged_rows_.push_back(static_cast<std::uint32_t>(row));
        damaged_.add(line);
        return {};
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
    return text;
}

std::uint32_t TextReader::encode_word(std::string_view text, std::size_t row, std::uint32_t line) {
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
    unknown_rows_.push_back(static_cast<std::uint32_t>(row));
    unknown_.add(line);
    return column_->dictionary.encode(stand_in(settings_.role));
}

std::uint32_t TextReader::encode_normalised(std::string_view text) {
    const auto word = normalised(settings_.role, text, question_);
    if (!word.empty()) return column_->dictionary.encode(word);
    if (unknown_words_.size() < kUnknownWordsShown) unknown_words_.emplace_back(text);
    return std::numeric_limits<std::uint32_t>::max();
}

std::unique_ptr<table::TextColumn> TextReader::take() {
    column_->code.shrink();
    column_->dictionary.rest();
    return std::move(column_);
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

void InstantReader::append(const CellBatch& batch) {
    problems_.clear();
    batch_begin_ = column_->value.size();
    column_->value.resize(batch_begin_ + batch.size(), kNoInstant);
    column_->flags.resize(batch_begin_ + batch.size(), 0);
    for (std::size_t row = 0; row < batch.size(); ++row) {
        Instant value = kNoInstant;
        bool zoned = false;
        if (parse_iso(batch.cells[row], value, zoned)) {
            column_->value[batch_begin_ + row] = value;
            column_->flags[batch_begin_ + row] = zoned ? table::InstantColumn::kZoned : 0;
        } else {
            append(batch.cells[row], row, batch.lines[row]);
        }
    }
}

void InstantReader::append(const TimeBatch& batch) {
    problems_.clear();
    batch_begin_ = column_->value.size();
    column_->value.insert(column_->value.end(), batch.values.begin(), batch.values.end());
    for (const std::uint8_t zoned : batch.zoned)
        column_->flags.push_back(zoned != 0 ? table::InstantColumn::kZoned : 0);
    for (std::size_t i = 0; i < batch.unread.size(); ++i)
        append(batch.cells[i], batch.unread[i], batch.lines[batch.unread[i]]);
}

void InstantReader::append(std::string_view cell, std::size_t row, std::uint32_t line) {
    const std::string_view text = trim(cell);
    if (is_null_word(text)) return;
    const TimeText time = dates_.read(text, line);
    saw_serials_ = saw_serials_ || time.problem == TimeProblem::spreadsheet_serial;
    if (!time.ok()) {
        problems_.push_back({row, time.problem});
        if (unreadable_.count() == 0) {
            unreadable_text_ = text.substr(0, 60);
            unreadable_problem_ = time.problem;
        }
        unreadable_.add(line);
    }
    if (time.order_open && time.late_offset != 0)
        late_offsets_.push_back({batch_begin_ + row, time.late_offset});
    const int flags = (time.zoned ? table::InstantColumn::kZoned : 0) |
                      (time.day_only ? table::InstantColumn::kDayOnly : 0) |
                      (time.order_open ? table::InstantColumn::kOrderOpen : 0);
    if (time.ok()) column_->value[batch_begin_ + row] = time.value;
    column_->flags[batch_begin_ + row] = static_cast<std::uint8_t>(flags);
}

TimeProblem InstantReader::problem(std::size_t row) const {
    const auto found = std::lower_bound(problems_.begin(), problems_.end(), row,
                                        [](const Problem& one, std::size_t at) { return one.row < at; });
    return found == problems_.end() || found->row != row ? TimeProblem::none : found->problem;
}

std::unique_ptr<table::InstantColumn> InstantReader::take() {
    table::give_back(column_->value);
    table::give_back(column_->flags);
    return std::move(column_);
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
    if (!dates_.has_open_values()) return;
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
    if (role_ != Role::first_response_time && role_ != Role::handle_minutes) {
        const auto number = parse_number(text, decimal_comma_);
        return number || !is_money(role_) ? number : parse_number(without_currency(text), decimal_comma_);
    }
    const auto seconds = parse_duration(text, unit_);
    return seconds ? std::optional<double>(*seconds / 60) : std::nullopt;
}

void NumberReader::append(const CellBatch& batch) {
    for (std::size_t row = 0; row < batch.size(); ++row) {
        const std::string_view text = trim(batch.cells[row]);
        double value = std::numeric_limits<double>::quiet_NaN();
        if (!is_null_word(text)) {
            if (const auto number = parse(text)) {
                value = *number;
            } else {
                if (unreadable_.count() == 0) unreadable_text_ = text.substr(0, 60);
                unreadable_.add(batch.lines[row]);
            }
        }
        column_->value.push_back(value);
    }
}

std::unique_ptr<table::NumberColumn> NumberReader::take() {
    table::give_back(column_->value);
    return std::move(column_);
}

void NumberReader::add_warnings(std::vector<std::string>& warnings) const {
    if (unreadable_.count() == 0) return;
    warnings.push_back("Column \"" + header_ + "\": " + counted(unreadable_.count(), "number", "numbers") +
                       " could not be read and count as missing (" + unreadable_.text() +
                       "), the first is \"" + unreadable_text_ + "\".");
}

} // namespace preempt::intake
