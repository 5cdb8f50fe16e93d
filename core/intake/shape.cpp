// Judging columns by their values (see shape.hpp).
#include "core/intake/shape.hpp"

#include "core/base/text.hpp"
#include <algorithm>

namespace preempt::intake {

namespace {

constexpr std::size_t kSamples = 3;
constexpr std::size_t kLongestSample = 120; ///< bytes of a sample value that are worth showing

bool is_hex_id(std::string_view text) {
    return text.size() == 24 && std::all_of(text.begin(), text.end(), [](char letter) {
               const char low = ascii_lower(letter);
               return is_digit(letter) || (low >= 'a' && low <= 'f');
           });
}

bool looks_like_id(std::string_view text) {
    if (text.size() > 64) return false;
    const bool has_blank = text.find(' ') != std::string_view::npos;
    return !has_blank && std::any_of(text.begin(), text.end(), is_digit);
}

/// At most kLongestSample bytes, not cut inside a character.
std::string shortened(std::string_view text) {
    if (text.size() <= kLongestSample) return std::string(text);
    std::size_t end = kLongestSample;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return std::string(text.substr(0, end)) + "\xE2\x80\xA6";
}

void judge(ColumnShape& shape, std::string_view text, std::size_t line, ArmQuestion question,
           std::vector<std::string>& distinct) {
    ++shape.filled;
    if (shape.samples.size() < kSamples) {
        std::string sample = shortened(text);
        if (std::find(shape.samples.begin(), shape.samples.end(), sample) == shape.samples.end()) {
            shape.samples.push_back(std::move(sample));
        }
    }
    if (std::find(distinct.begin(), distinct.end(), text) == distinct.end()) distinct.emplace_back(text);
    if (is_damaged_id(text)) {
        ++shape.damaged;
        if (shape.damaged_sample.empty()) shape.damaged_sample = text;
    }
    if (const auto arm = parse_arm(text, question)) {
        ++shape.arms;
        if (*arm == Arm::holdout) ++shape.holdouts;
    }
    if (is_hex_id(text)) ++shape.hex_ids;
    if (parse_number(text, text.find(',') != std::string_view::npos)) ++shape.numbers;
    if (is_email(email_inside(text))) {
        ++shape.emails;
        return;
    }
    const TimeText time = shape.dates.read(text, line);
    if (time.ok() || time.problem == TimeProblem::other_order) {
        ++shape.times;
        if (!time.zoned) ++shape.local_times;
    } else if (time.problem == TimeProblem::spreadsheet_serial) {
        if (shape.serials++ == 0) shape.serial_sample = text;
    }
    if (!time.ok() && looks_like_id(text)) ++shape.ids;
}

} // namespace

std::vector<ColumnShape> judge_columns(const std::vector<std::vector<std::string>>& rows,
                                       const std::vector<std::size_t>& lines,
                                       const std::vector<std::string>& headers) {
    std::vector<ColumnShape> shapes(headers.size());
    for (std::size_t column = 0; column < headers.size(); ++column) {
        const ArmQuestion question = arm_question(headers[column]);
        std::vector<std::string> distinct;
        ColumnShape& shape = shapes[column];
        for (std::size_t row = 0; row < rows.size(); ++row) {
            ++shape.rows;
            if (column >= rows[row].size()) continue;
            const std::string_view text = trim(rows[row][column]);
            if (!is_null_word(text)) judge(shape, text, lines[row], question, distinct);
        }
        shape.distinct = distinct.size();
    }
    return shapes;
}

} // namespace preempt::intake
