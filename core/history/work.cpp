// What all steps share (see work.hpp): times in their zones, who a row is about, which message an id names,
// attributes of a row.
#include "core/history/work.hpp"

#include "core/base/text.hpp"
#include "core/intake/arm.hpp"

#include <numeric>

namespace preempt::history {
namespace {

constexpr std::string_view kYes[] = {"yes", "true", "1", "y", "t"};

constexpr std::array<std::pair<Role, Reaction>, 8> kReactionTimes{{{Role::delivered_at, kDelivered},
                                                                   {Role::bounced_at, kBounced},
                                                                   {Role::opened_at, kOpened},
                                                                   {Role::clicked_at, kClicked},
                                                                   {Role::replied_at, kReplied},
                                                                   {Role::completed_at, kCompleted},
                                                                   {Role::dismissed_at, kDismissed},
                                                                   {Role::unsubscribed_at, kUnsubscribed}}};

} // namespace

void RowsOfCode::renumber(const std::vector<std::uint32_t>& place) {
    for (auto& [code, row] : rows_)
        row = place[row];
    std::sort(rows_.begin(), rows_.end());
}

// ---------------------------------------------------------------------------------------------------- times

Instant Work::time(std::size_t f, Role role, std::size_t row) const {
    const auto* column = files[f].instants_of(role);
    if (column == nullptr || column->value[row] == kNoInstant) return kNoInstant;
    if ((column->flags[row] & table::InstantColumn::kZoned) != 0) return column->value[row];
    return zone_of_file[f]->to_utc(column->value[row]).utc;
}

Instant Work::clock(std::size_t f, Role role, std::size_t row) {
    const auto* column = files[f].instants_of(role);
    if (column == nullptr || column->value[row] == kNoInstant) return kNoInstant;
    const auto flags = column->flags[row];
    auto& health = history.health;
    if ((flags & table::InstantColumn::kDayOnly) != 0) ++health.day_only;
    if ((flags & table::InstantColumn::kZoned) != 0) return column->value[row];
    ++health.local_times;
    if (zone_noted[f] == 0) {
        zone_noted[f] = 1;
        const auto& name = zone_of_file[f]->name();
        const auto place = std::lower_bound(health.zones.begin(), health.zones.end(), name);
        if (place == health.zones.end() || *place != name) health.zones.insert(place, name);
    }
    const auto resolved = zone_of_file[f]->to_utc(column->value[row]);
    if (resolved.reading == Zone::Reading::ambiguous) ++health.ambiguous_times;
    if (resolved.reading == Zone::Reading::nonexistent) ++health.nonexistent_times;
    return resolved.utc;
}

void Work::note_day_precision(std::size_t f, Role role, std::size_t row, std::uint32_t unit) {
    const auto* column = files[f].instants_of(role);
    if (column == nullptr || (column->flags[row] & table::InstantColumn::kDayOnly) == 0) return;
    auto& of_unit = history.day_precision;
    if (of_unit.empty()) of_unit.assign(history.units, 0);
    if (of_unit[unit] != 0) return;
    auto& zones = history.day_zones;
    const auto* zone = zone_of_file[f];
    auto place =
        std::find_if(zones.begin(), zones.end(), [&](const Zone& one) { return one.name() == zone->name(); });
    if (place == zones.end()) place = zones.insert(zones.end(), *zone);
    of_unit[unit] = static_cast<std::uint8_t>(std::min<std::ptrdiff_t>(place - zones.begin(), 254) + 1);
}

Instant earliest(Instant a, Instant b) {
    if (a == kNoInstant) return b;
    return b == kNoInstant ? a : std::min(a, b);
}

// ------------------------------------------------------------------------------------------------------ who

std::uint32_t Work::unit_of(std::size_t f, std::size_t row) const {
    const auto person = identity.person[f][row];
    if (history.unit == Unit::person) return person;
    const auto account = identity.account[f][row];
    if (account != kNobody || person == kNobody) return account;
    return identity.account_of_person[person];
}

bool Work::is_internal(std::size_t f, std::size_t row) const {
    if (!any_internal) return false;
    const auto person = identity.person[f][row];
    auto account = identity.account[f][row];
    if (person != kNobody) {
        if (internal_person[person] != 0) return true;
        if (account == kNobody) account = identity.account_of_person[person];
    }
    return account != kNobody && internal_account[account] != 0;
}

std::uint32_t Work::unit_in_scope(std::size_t f, std::size_t row) {
    const auto unit = unit_of(f, row);
    if (unit == kNobody) {
        set_aside(f, row, Reason::missing_customer);
    } else if (is_internal(f, row)) {
        set_aside(f, row, Reason::internal);
        return kNobody;
    }
    return unit;
}

Arm Work::arm_of(std::size_t f, std::size_t row) const {
    const auto arm = text_at(files[f].text_of(Role::arm), row);
    if (arm == "holdout") return Arm::holdout;
    if (arm == "treated") return Arm::treated;
    // Held back for the sake of an experiment, as the tool says it (H1).
    const auto why = text_at(files[f].text_of(Role::suppressed_reason), row);
    return !why.empty() && intake::parse_arm(why) == intake::Arm::holdout ? Arm::holdout : Arm::none;
}

std::uint32_t Work::message_of(const RowsOfCode& rows, std::uint32_t code, std::uint32_t unit,
                               Instant at) const {
    const auto& sent = history.outreaches;
    std::uint32_t best = kNobody;
    int best_rank = -1;
    rows.each(code, [&](std::uint32_t row) {
        const int rank = (sent.unit[row] == unit ? 2 : 0) + (at == kNoInstant || sent.at[row] <= at ? 1 : 0);
        const bool better = best == kNobody || rank > best_rank ||
                            (rank == best_rank &&
                             (rank % 2 == 1 ? sent.at[row] > sent.at[best] : sent.at[row] < sent.at[best]));
        if (!better) return;
        best = row;
        best_rank = rank;
    });
    return best;
}

// --------------------------------------------------------------------------------------------------- columns

std::vector<std::uint32_t> recode(const table::TextColumn& column, table::Dictionary& into) {
    std::vector<std::uint32_t> codes(column.dictionary.size(), 0);
    if (into.size() == 1) { // the first file that has it
        into = column.dictionary;
        std::iota(codes.begin(), codes.end(), 0U);
        return codes;
    }
    for (std::uint32_t code = 1; code < column.dictionary.size(); ++code)
        codes[code] = into.encode(column.dictionary.text(code));
    return codes;
}

bool says_yes(const table::TextColumn* column, std::size_t row) {
    const auto text = text_at(column, row);
    return std::any_of(std::begin(kYes), std::end(kYes),
                       [&](std::string_view word) { return equal_ignoring_case(text, word); });
}

std::uint16_t reactions_known(const FileTable& file) {
    std::uint16_t known = 0;
    for (const auto& [role, bit] : kReactionTimes)
        if (file.instants_of(role) != nullptr) known = static_cast<std::uint16_t>(known | bit);
    return known;
}

std::uint16_t reactions_of(const FileTable& file, std::size_t row) {
    std::uint16_t bits = 0;
    for (const auto& [role, bit] : kReactionTimes) {
        const auto* column = file.instants_of(role);
        if (column != nullptr && column->value[row] != kNoInstant)
            bits = static_cast<std::uint16_t>(bits | bit);
    }
    return bits;
}

const FileAttributes& Work::attributes_of(std::size_t f) {
    if (attributes.empty()) attributes.resize(files.size());
    auto& result = attributes[f];
    if (!result.present.empty()) return result;
    for (std::size_t a = 0; a < kAttributes; ++a)
        if (const auto* column = files[f].text_of(history::attributes()[a])) {
            result.codes[a] = recode(*column, history.dictionary[a]);
            result.present.emplace_back(a, column);
        }
    return result;
}

std::uint32_t Work::attribute_of(std::size_t attribute, std::uint32_t origin) const {
    const auto f = file_of(origin);
    const auto* column = files[f].text_of(history::attributes()[attribute]);
    return column == nullptr ? 0
                             : attributes[f].codes[attribute][column->code[origin - history.file_start[f]]];
}

void Work::fill_attributes(const std::vector<std::uint32_t>& origin, AttributeCodes& into) const {
    if (attributes.empty()) return;
    std::vector<std::uint8_t> has_rows(files.size(), 0);
    in_stretches(origin.size(), [&](std::size_t row) { has_rows[file_of(origin[row])] = 1; });
    for (std::size_t f = 0; f < files.size(); ++f) {
        if (has_rows[f] == 0) continue;
        const auto begin = history.file_start[f], rows = static_cast<std::uint32_t>(files[f].rows);
        for (const auto& [a, column] : attributes[f].present) {
            auto& codes = into[a];
            if (codes.empty()) codes.assign(origin.size(), history.dictionary[a].size() - 1);
            in_stretches(origin.size(),
                         [&, &of_file = attributes[f].codes[a], &code = column->code](std::size_t row) {
                             const auto place = origin[row] - begin; // of rows of other files beyond the end
                             if (place < rows) codes.set(row, of_file[code[place]]);
                         });
        }
    }
}

std::string_view Work::record_id(std::uint32_t origin) const {
    const auto f = file_of(origin);
    return text_at(files[f].text_of(Role::record_id), origin - history.file_start[f]);
}

std::vector<std::uint32_t> offsets(const std::vector<std::uint32_t>& unit, std::uint32_t units) {
    std::vector<std::uint32_t> first(units + 1, 0);
    in_stretches(unit.size(), [&](std::size_t row) { ++first[unit[row] + 1]; });
    std::partial_sum(first.begin(), first.end(), first.begin());
    return first;
}

} // namespace preempt::history
