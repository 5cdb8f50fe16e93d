// Unicode normal form C (UAX #15), so that one id written in two ways is one id. In: UTF-8. Out: UTF-8.
// Decompose canonically, order the combining marks, compose; Hangul by arithmetic (Unicode Standard,
// section 3.12).
#include "core/base/normal_form_data.hpp"
#include "core/base/text.hpp"

#include <algorithm>
#include <vector>

namespace preempt {

namespace {

using unicode::CombiningRange;
using unicode::Decomposition;
using unicode::kCombiningRanges;
using unicode::kCompositions;
using unicode::kDecompositions;

constexpr char32_t kSyllableBase = 0xAC00, kLeadBase = 0x1100, kVowelBase = 0x1161, kTailBase = 0x11A7;
constexpr char32_t kLeads = 19, kVowels = 21, kTails = 28;
constexpr char32_t kSyllables = kLeads * kVowels * kTails;

struct Mark {
    char32_t code;
    std::uint8_t combining_class;
};

std::uint8_t class_of(char32_t code) {
    const auto after =
        std::upper_bound(kCombiningRanges.begin(), kCombiningRanges.end(), code,
                         [](char32_t c, const CombiningRange& range) { return c < range.first; });
    if (after == kCombiningRanges.begin()) return 0;
    const auto& range = *std::prev(after);
    return code <= range.last ? range.combining_class : 0;
}

void decompose(char32_t code, std::vector<Mark>& out) {
    if (code >= kSyllableBase && code < kSyllableBase + kSyllables) {
        const char32_t index = code - kSyllableBase;
        out.push_back({kLeadBase + index / (kVowels * kTails), 0});
        out.push_back({kVowelBase + index % (kVowels * kTails) / kTails, 0});
        if (index % kTails != 0) out.push_back({kTailBase + index % kTails, 0});
        return;
    }
    const auto found =
        std::lower_bound(kDecompositions.begin(), kDecompositions.end(), code,
                         [](const Decomposition& entry, char32_t c) { return entry.code < c; });
    if (found == kDecompositions.end() || found->code != code) {
        out.push_back({code, class_of(code)});
        return;
    }
    decompose(found->first, out);
    if (found->second != 0) decompose(found->second, out);
}

/// The code point that `first` and `second` compose to, or 0.
char32_t composed_pair(char32_t first, char32_t second) {
    if (first >= kLeadBase && first < kLeadBase + kLeads && second >= kVowelBase &&
        second < kVowelBase + kVowels) {
        return kSyllableBase + ((first - kLeadBase) * kVowels + (second - kVowelBase)) * kTails;
    }
    if (first >= kSyllableBase && first < kSyllableBase + kSyllables &&
        (first - kSyllableBase) % kTails == 0 && second > kTailBase && second < kTailBase + kTails) {
        return first + (second - kTailBase);
    }
    const auto found =
        std::lower_bound(kCompositions.begin(), kCompositions.end(), 0, [&](std::uint16_t index, int) {
            const auto& entry = kDecompositions[index];
            return entry.first != first ? entry.first < first : entry.second < second;
        });
    if (found == kCompositions.end()) return 0;
    const auto& entry = kDecompositions[*found];
    return entry.first == first && entry.second == second ? entry.code : 0;
}

} // namespace

void append_composed(std::string_view text, std::string& out) {
    if (is_surely_composed(text)) {
        out.append(text);
        return;
    }
    std::vector<Mark> marks;
    marks.reserve(text.size());
    for (std::size_t at = 0; at < text.size();)
        decompose(next_code_point(text, at), marks);

    for (std::size_t begin = 0; begin < marks.size();) {
        if (marks[begin].combining_class == 0) {
            ++begin;
            continue;
        }
        std::size_t end = begin;
        while (end < marks.size() && marks[end].combining_class != 0)
            ++end;
        std::stable_sort(marks.begin() + static_cast<std::ptrdiff_t>(begin),
                         marks.begin() + static_cast<std::ptrdiff_t>(end),
                         [](const Mark& a, const Mark& b) { return a.combining_class < b.combining_class; });
        begin = end;
    }

    // A mark joins the last starter unless a mark of the same or a higher class stands between them.
    constexpr std::size_t kNoStarter = static_cast<std::size_t>(-1);
    std::size_t starter = kNoStarter;
    std::size_t kept = 0;
    std::uint8_t last_class = 0;
    for (const Mark mark : marks) {
        const bool adjacent = starter != kNoStarter && kept == starter + 1;
        if (starter != kNoStarter && (adjacent || last_class < mark.combining_class)) {
            if (const char32_t joined = composed_pair(marks[starter].code, mark.code); joined != 0) {
                marks[starter].code = joined;
                continue;
            }
        }
        if (mark.combining_class == 0) starter = kept;
        last_class = mark.combining_class;
        marks[kept++] = mark;
    }
    for (std::size_t i = 0; i < kept; ++i)
        append_code_point(marks[i].code, out);
}

} // namespace preempt
