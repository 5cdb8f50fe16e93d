#include "core/history/history.hpp"

#include "core/base/text.hpp"
#include "core/intake/format.hpp"
#include "core/intake/vocabulary.hpp"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cmath>
#include <numeric>

namespace preempt::history {
namespace {

using intake::FileTable;
using intake::Reason;
using intake::Role;
using intake::TableKind;

constexpr std::array<Role, kAttributes> kAttributeRoles{
    Role::trigger,         Role::outreach_type,  Role::channel,       Role::segment,      Role::plan,
    Role::owner_id,        Role::topic,          Role::campaign,      Role::content_id,   Role::variant,
    Role::trigger_class,   Role::product_area,   Role::tier,          Role::support_tier, Role::industry,
    Role::stage,           Role::business_model, Role::contract_type, Role::region,       Role::language,
    Role::lifecycle_stage, Role::initiated_by};
static_assert(kAttributeRoles[kTriggerAttribute] == Role::trigger &&
              kAttributeRoles[kOutreachTypeAttribute] == Role::outreach_type &&
              kAttributeRoles[kSegmentAttribute] == Role::segment &&
              kAttributeRoles[kTopicAttribute] == Role::topic);

/// Where a row of a log came from.
struct Source {
    std::uint32_t file = 0;
    std::uint32_t row = 0;
};

/// Codes of a file's text column as codes of a session-wide dictionary.
std::vector<std::uint32_t> recode(const table::TextColumn& column, table::Dictionary& into) {
    std::vector<std::uint32_t> codes(column.dictionary.size(), 0);
    for (std::uint32_t code = 1; code < column.dictionary.size(); ++code)
        codes[code] = into.encode(column.dictionary.text(code));
    return codes;
}

template <class T>
void reorder(std::vector<T>& column, const std::vector<std::uint32_t>& order) {
    if (column.empty()) return;
    std::vector<T> sorted(order.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        sorted[i] = column[order[i]];
    column = std::move(sorted);
}

void reorder(AttributeCodes& attribute, const std::vector<std::uint32_t>& order) {
    for (auto& column : attribute)
        reorder(column, order);
}

/// Offsets of each unit's rows in a column of units sorted ascending.
std::vector<std::uint32_t> offsets(const std::vector<std::uint32_t>& unit, std::uint32_t units) {
    std::vector<std::uint32_t> first(units + 1, 0);
    for (const auto u : unit)
        ++first[u + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    return first;
}

constexpr std::string_view kYes[] = {"yes", "true", "1", "y", "t"};

bool says_yes(const table::TextColumn* column, std::size_t row) {
    if (column == nullptr || column->code[row] == 0) return false;
    const auto text = column->dictionary.text(column->code[row]);
    return std::any_of(std::begin(kYes), std::end(kYes),
                       [&](std::string_view word) { return equal_ignoring_case(text, word); });
}

constexpr std::array<std::pair<Role, Reaction>, 8> kReactionTimes{{{Role::delivered_at, kDelivered},
                                                                   {Role::bounced_at, kBounced},
                                                                   {Role::opened_at, kOpened},
                                                                   {Role::clicked_at, kClicked},
                                                                   {Role::replied_at, kReplied},
                                                                   {Role::completed_at, kCompleted},
                                                                   {Role::dismissed_at, kDismissed},
                                                                   {Role::unsubscribed_at, kUnsubscribed}}};

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

/// Does the file itself tell inbound from outbound, by a direction column or by its tool's own rule?
bool states_direction(const FileTable& file) {
    if (file.text_of(Role::direction) != nullptr) return true;
    const auto* format = intake::find_format(file.format);
    if (format == nullptr) return false;
    return std::any_of(format->rows.begin(), format->rows.end(), [&](const intake::RowRule& rule) {
        return rule.reason == Reason::outbound && file.text_of(rule.role) != nullptr;
    });
}

class Builder {
  public:
    Builder(std::span<const FileTable> files, const Options& options) : files_(files), options_(options) {}

    Result<History> build() {
        if (auto status = find_zones(); !status.ok()) return status;
        history_.reason.resize(files_.size());
        for (std::size_t f = 0; f < files_.size(); ++f)
            history_.reason[f] = files_[f].reason;
        number_rows();
        order_files();
        identity_ = identify(files_);
        drop_repeats_across_files();
        history_.health.shared_keys = identity_.shared_keys;
        choose_unit();
        read_customers();
        read_outreaches();
        read_engagement();
        read_assignments();
        read_contacts();
        read_ratings();
        sort_outreaches();
        sort_contacts();
        sort_assignments();
        derive_types_of_triggers();
        if (auto status = match(); !status.ok()) return status;
        history_.expected_share.resize(history_.experiments.size(), std::nan(""));
        return std::move(history_);
    }

  private:
    // ------------------------------------------------------------------------------------------------ times
    Status find_zones() {
        zone_of_file_.assign(files_.size(), options_.zone);
        zone_noted_.assign(files_.size(), false);
        for (std::size_t f = 0; f < files_.size(); ++f) {
            if (files_[f].zone.empty()) continue;
            const auto found = options_.zones->find(files_[f].zone);
            if (found == options_.zones->end())
                return Status::error(StatusCode::missing,
                                     "The time zone " + files_[f].zone + " of " + files_[f].name +
                                         " is not known. Choose another zone for this file.");
            zone_of_file_[f] = &found->second;
        }
        return Status::success();
    }

    Instant time(std::size_t f, Role role, std::size_t row) {
        const auto* column = files_[f].instants_of(role);
        if (column == nullptr || column->value[row] == kNoInstant) return kNoInstant;
        if ((column->flags[row] & table::InstantColumn::kZoned) != 0) return column->value[row];
        return zone_of_file_[f]->to_utc(column->value[row]).utc;
    }

    /// The row's clock; counts what the reader should know of it.
    Instant clock(std::size_t f, Role role, std::size_t row) {
        const auto* column = files_[f].instants_of(role);
        if (column == nullptr || column->value[row] == kNoInstant) return kNoInstant;
        const auto flags = column->flags[row];
        if ((flags & table::InstantColumn::kDayOnly) != 0) ++history_.health.day_only;
        if ((flags & table::InstantColumn::kZoned) != 0) return column->value[row];
        ++history_.health.local_times;
        if (!zone_noted_[f]) note_zone(f);
        const auto resolved = zone_of_file_[f]->to_utc(column->value[row]);
        if (resolved.reading == Zone::Reading::ambiguous) ++history_.health.ambiguous_times;
        if (resolved.reading == Zone::Reading::nonexistent) ++history_.health.nonexistent_times;
        return resolved.utc;
    }

    void note_zone(std::size_t f) {
        zone_noted_[f] = true;
        auto& zones = history_.health.zones;
        const auto& name = zone_of_file_[f]->name();
        const auto place = std::lower_bound(zones.begin(), zones.end(), name);
        if (place == zones.end() || *place != name) zones.insert(place, name);
    }

    bool is_day_only(std::size_t f, Role role, std::size_t row) const {
        const auto* column = files_[f].instants_of(role);
        return column != nullptr && (column->flags[row] & table::InstantColumn::kDayOnly) != 0;
    }

    // ------------------------------------------------------------------------------------------------ files
    /// By name and size, so that the order in which files were dropped changes nothing.
    void order_files() {
        file_order_.resize(files_.size());
        std::iota(file_order_.begin(), file_order_.end(), 0U);
        std::sort(file_order_.begin(), file_order_.end(), [&](std::uint32_t a, std::uint32_t b) {
            if (files_[a].name != files_[b].name) return files_[a].name < files_[b].name;
            return files_[a].bytes < files_[b].bytes;
        });
    }

    template <class Visit>
    void each_row(TableKind kind, Visit visit) {
        for (const auto f : file_order_) {
            if (files_[f].kind != kind) continue;
            for (std::size_t row = 0; row < files_[f].rows; ++row)
                if (history_.reason[f][row] == Reason::used) visit(f, row);
        }
    }

    void number_rows() {
        std::uint32_t next = 0;
        for (const auto& file : files_) {
            history_.file_start.push_back(next);
            next += static_cast<std::uint32_t>(file.rows);
        }
    }

    std::uint32_t origin_of(std::size_t f, std::size_t row) const {
        return history_.file_start[f] + static_cast<std::uint32_t>(row);
    }

    void set_aside(std::size_t f, std::size_t row, Reason reason) { history_.reason[f][row] = reason; }

    /// The person of a row, or its account where it states no person; one number space.
    std::uint64_t who(std::size_t f, std::size_t row) const {
        if (identity_.person[f][row] != kNobody) return identity_.person[f][row];
        return identity_.account[f][row] == kNobody ? 0 : 0x8000'0000ULL | identity_.account[f][row];
    }

    /// Parts of one export may repeat a record: the latest `updated_at` is kept, else the first. Inside one
    /// file the reader has seen to it. An outreach's id may name a message that many people got, so the
    /// person is part of its key.
    void drop_repeats_across_files() {
        for (const auto kind : {TableKind::outreaches, TableKind::contacts, TableKind::surveys}) {
            std::map<std::string, std::vector<std::uint32_t>> files_of_format;
            for (const auto f : file_order_)
                if (files_[f].kind == kind && files_[f].text_of(Role::record_id) != nullptr)
                    files_of_format[files_[f].format].push_back(f);
            for (const auto& [format, members] : files_of_format) {
                if (members.size() < 2) continue;
                table::Dictionary ids;
                boost::unordered_flat_map<std::uint64_t, Source> kept;
                for (const auto f : members) {
                    const auto& column = *files_[f].text_of(Role::record_id);
                    const auto codes = recode(column, ids);
                    for (std::uint32_t row = 0; row < files_[f].rows; ++row) {
                        const auto id = codes[column.code[row]];
                        if (id == 0 || history_.reason[f][row] != Reason::used) continue;
                        const std::uint64_t person = kind == TableKind::outreaches ? who(f, row) : 0;
                        const auto [place, added] = kept.try_emplace(person << 32 | id, Source{f, row});
                        auto& holder = place->second;
                        if (added || holder.file == f) continue;
                        if (time(f, Role::updated_at, row) >
                            time(holder.file, Role::updated_at, holder.row)) {
                            set_aside(holder.file, holder.row, Reason::duplicate);
                            holder = {f, row};
                        } else {
                            set_aside(f, row, Reason::duplicate);
                        }
                    }
                }
            }
        }
    }

    // ------------------------------------------------------------------------------------------------- unit
    struct Fill {
        std::int64_t rows = 0, with_account = 0;
        double share() const {
            return rows == 0 ? 0 : static_cast<double>(with_account) / static_cast<double>(rows);
        }
    };

    Fill account_fill(TableKind kind) {
        Fill fill;
        each_row(kind, [&](std::size_t f, std::size_t row) {
            ++fill.rows;
            if (identity_.account[f][row] != kNobody) ++fill.with_account;
        });
        return fill;
    }

    /// A01: the account when it is stated in at least 95% of the rows of both tables. Two further conditions
    /// keep the comparison meaningful: the two tables must name accounts alike, and the arms must not have
    /// been drawn by person.
    void choose_unit() {
        history_.unit = Unit::person;
        if (options_.unit != Unit::automatic) {
            history_.unit = options_.unit;
            history_.unit_why = "chosen";
        } else {
            auto messaged = account_fill(TableKind::outreaches);
            if (messaged.rows == 0) messaged = account_fill(TableKind::exposure);
            const auto contacts = account_fill(TableKind::contacts);
            if (messaged.rows > 0 && messaged.with_account > 0 && !any_person(TableKind::outreaches)) {
                history_.unit = Unit::account; // nothing else is known of who was messaged
                history_.unit_why = "accounts_only";
            } else if (messaged.share() < 0.95 || contacts.share() < 0.95) {
                history_.unit_why = "no_accounts";
            } else if (!accounts_match()) {
                history_.unit_why = "accounts_do_not_match";
            } else if (arms_drawn_by_person()) {
                history_.unit_why = "assigned_by_person";
            } else {
                history_.unit = Unit::account;
                history_.unit_why = "accounts_in_both";
            }
        }
        history_.units = history_.unit == Unit::account ? identity_.accounts : identity_.persons;
        if (history_.unit == Unit::person) history_.account_of_unit_person = identity_.account_of_person;
    }

    bool any_person(TableKind kind) {
        bool any = false;
        each_row(kind, [&](std::size_t f, std::size_t row) { any |= identity_.person[f][row] != kNobody; });
        return any;
    }

    /// Do contacts find their unit among the accounts about as often as among the persons?
    bool accounts_match() {
        std::vector<std::uint8_t> account(identity_.accounts, 0), person(identity_.persons, 0);
        for (const auto kind :
             {TableKind::outreaches, TableKind::exposure, TableKind::customers, TableKind::signals})
            each_row(kind, [&](std::size_t f, std::size_t row) {
                if (identity_.account[f][row] != kNobody) account[identity_.account[f][row]] = 1;
                if (identity_.person[f][row] != kNobody) person[identity_.person[f][row]] = 1;
            });
        std::int64_t by_account = 0, by_person = 0;
        each_row(TableKind::contacts, [&](std::size_t f, std::size_t row) {
            if (identity_.account[f][row] != kNobody) by_account += account[identity_.account[f][row]];
            if (identity_.person[f][row] != kNobody) by_person += person[identity_.person[f][row]];
        });
        return by_account > 0 && 2 * by_account >= by_person;
    }

    bool arms_drawn_by_person() {
        std::vector<std::uint8_t> arms(identity_.accounts, 0);
        for (const auto kind : {TableKind::exposure, TableKind::outreaches})
            each_row(kind, [&](std::size_t f, std::size_t row) {
                const auto account = identity_.account[f][row];
                const auto arm = arm_of(f, row);
                if (account != kNobody && arm != Arm::none) arms[account] |= static_cast<std::uint8_t>(arm);
            });
        const auto mixed = std::count(arms.begin(), arms.end(), std::uint8_t{3});
        const auto known = std::count_if(arms.begin(), arms.end(), [](std::uint8_t a) { return a != 0; });
        return mixed * 20 > known; // 5.5.7: more than 5% of the accounts
    }

    std::uint32_t unit_of(std::size_t f, std::size_t row) const {
        const auto person = identity_.person[f][row];
        if (history_.unit == Unit::person) return person;
        const auto account = identity_.account[f][row];
        if (account != kNobody || person == kNobody) return account;
        return identity_.account_of_person[person];
    }

    Arm arm_of(std::size_t f, std::size_t row) const {
        const auto* column = files_[f].text_of(Role::arm);
        if (column == nullptr || column->code[row] == 0) return Arm::none;
        const auto text = column->dictionary.text(column->code[row]);
        return text == "holdout" ? Arm::holdout : text == "treated" ? Arm::treated : Arm::none;
    }

    // ----------------------------------------------------------------------------------------------- tables
    /// Session-wide attribute codes of one file, recoded once per distinct text.
    struct FileAttributes {
        std::array<std::vector<std::uint32_t>, kAttributes> codes;
    };

    FileAttributes attributes_of(std::size_t f) {
        FileAttributes result;
        for (std::size_t a = 0; a < kAttributes; ++a)
            if (const auto* column = files_[f].text_of(kAttributeRoles[a]))
                result.codes[a] = recode(*column, history_.dictionary[a]);
        return result;
    }

    void append_attributes(const FileAttributes& from, std::size_t f, std::size_t row, std::size_t index,
                           AttributeCodes& into) {
        for (std::size_t a = 0; a < kAttributes; ++a) {
            if (from.codes[a].empty()) continue;
            into[a].resize(index, 0); // rows of earlier files that lack the attribute
            into[a].push_back(from.codes[a][files_[f].text_of(kAttributeRoles[a])->code[row]]);
        }
    }

    static void finish_attributes(AttributeCodes& columns, std::size_t size) {
        for (auto& column : columns)
            if (!column.empty()) column.resize(size, 0);
    }

    void read_customers() {
        internal_.assign(identity_.persons, 0);
        known_.assign(history_.units, 0);
        for (const auto f : file_order_) {
            if (files_[f].kind != TableKind::customers) continue;
            const auto from = attributes_of(f);
            const auto* internal = files_[f].text_of(Role::is_internal);
            for (std::size_t row = 0; row < files_[f].rows; ++row) {
                if (history_.reason[f][row] != Reason::used) continue;
                const auto unit = unit_of(f, row);
                if (unit == kNobody) {
                    set_aside(f, row, Reason::missing_customer);
                    continue;
                }
                known_[unit] = 1;
                if (says_yes(internal, row) && identity_.person[f][row] != kNobody)
                    internal_[identity_.person[f][row]] = 1;
                for (std::size_t a = 0; a < kAttributes; ++a) {
                    if (from.codes[a].empty()) continue;
                    auto& column = history_.customer_attribute[a];
                    if (column.empty()) column.assign(history_.units, 0);
                    const auto code = from.codes[a][files_[f].text_of(kAttributeRoles[a])->code[row]];
                    // Colleagues of one account may differ: the alphabetically first value stands, for any
                    // row order.
                    if (code != 0 && (column[unit] == 0 || history_.dictionary[a].text(code) <
                                                               history_.dictionary[a].text(column[unit])))
                        column[unit] = code;
                }
                if (const auto at = time(f, Role::churned_at, row); at != kNoInstant) {
                    if (history_.churned_at.empty()) history_.churned_at.assign(history_.units, kNoInstant);
                    history_.churned_at[unit] = std::max(history_.churned_at[unit], at);
                }
            }
        }
    }

    void read_outreaches() {
        auto& out = history_.outreaches;
        for (const auto f : file_order_) {
            if (files_[f].kind != TableKind::outreaches) continue;
            const auto& file = files_[f];
            history_.has_outreaches = true;
            const auto from = attributes_of(f);
            const auto* type = file.text_of(Role::outreach_type);
            const auto* outcome = file.text_of(Role::outcome);
            const auto* before = file.numbers_of(Role::usage_before);
            const auto* after = file.numbers_of(Role::usage_after);
            const auto* id = file.text_of(Role::record_id);
            // Ids are as many as rows: they are looked up in one dictionary only where another table names
            // them.
            const auto ids = id != nullptr && outreach_ids_are_named() ? recode(*id, outreach_ids_)
                                                                       : std::vector<std::uint32_t>{};
            const auto conversations = file.text_of(Role::conversation_id) != nullptr
                                           ? recode(*file.text_of(Role::conversation_id), conversation_ids_)
                                           : std::vector<std::uint32_t>{};
            if (before != nullptr && after != nullptr) history_.has_outcomes = true;
            const auto known = reactions_known(file);
            out.reactions_known |= known;
            const auto* initiator = file.text_of(Role::initiated_by);
            for (std::size_t row = 0; row < file.rows; ++row) {
                if (history_.reason[f][row] != Reason::used) continue;
                const auto unit = unit_of(f, row);
                if (unit == kNobody) {
                    set_aside(f, row, Reason::missing_customer);
                    continue;
                }
                known_[unit] = 1;
                const auto at = clock(f, Role::occurred_at, row);
                if (is_day_only(f, Role::occurred_at, row)) mark_day_precision(unit);
                const auto word =
                    type == nullptr ? std::string_view{} : type->dictionary.text(type->code[row]);
                const auto kind = word.empty() ? OutreachType::unclassified : outreach_type(word);
                const bool is_broadcast = kind == OutreachType::broadcast; // G05: a population of its own
                const auto arm = arm_of(f, row);
                if (arm ==
                    Arm::holdout) { // H2: a delivery row of somebody held out is an assignment, not a message
                    ++history_.health.holdout_rows;
                    if (!is_broadcast) add_assignment(f, row, unit, at, arm, Moment::assigned, from, true);
                    continue;
                }
                if (arm == Arm::treated && !is_broadcast)
                    add_assignment(f, row, unit, at, arm, Moment::assigned, from, true);
                const auto index = out.size();
                out.unit.push_back(unit);
                out.person.push_back(identity_.person[f][row]);
                out.at.push_back(at);
                out.type.push_back(kind);
                if (is_broadcast) ++history_.health.broadcasts;
                out.outcome.push_back(outcome == nullptr
                                          ? Outcome::none
                                          : outcome_of(outcome->dictionary.text(outcome->code[row])));
                const bool improved = before != nullptr && after != nullptr && after->value[row] > 0 &&
                                      after->value[row] * 10 >= before->value[row] * 11; // exact at 10%
                if (out.outcome.back() != Outcome::none)
                    history_.has_outcomes = true; // an empty column claims nothing
                out.usage_improved.push_back(improved ? 1 : 0);
                const bool undelivered = time(f, Role::bounced_at, row) != kNoInstant;
                out.undelivered.push_back(undelivered ? 1 : 0);
                if (undelivered) ++history_.health.undelivered;
                const auto replied = time(f, Role::replied_at, row),
                           completed = time(f, Role::completed_at, row);
                out.confirmed_at.push_back(earliest(replied, completed));
                out.engaged_at.push_back(earliest(out.confirmed_at.back(), time(f, Role::clicked_at, row)));
                if (known != 0) put<std::uint16_t>(out.reactions, index, reactions_of(f, row), 0);
                if (initiator != nullptr)
                    put(out.by_automation, index,
                        automation(initiator->dictionary.text(initiator->code[row])), Stated::nothing);
                out.origin.push_back(origin_of(f, row));
                append_attributes(from, f, row, index, out.attribute);
                outreach_id_.push_back(id == nullptr ? std::string_view{}
                                                     : id->dictionary.text(id->code[row]));
                if (!ids.empty()) outreach_of_id_.add(ids[id->code[row]], static_cast<std::uint32_t>(index));
                if (!conversations.empty())
                    outreach_of_conversation_.add(
                        conversations[file.text_of(Role::conversation_id)->code[row]],
                        static_cast<std::uint32_t>(index));
            }
        }
        finish_attributes(out.attribute, out.size());
        finish<std::uint16_t>(out.reactions, out.size(), 0);
        finish(out.by_automation, out.size(), Stated::nothing);
        outreach_of_id_.sort();
        outreach_of_conversation_.sort();
    }

    std::uint16_t reactions_known(const FileTable& file) {
        std::uint16_t known = 0;
        for (const auto& [role, bit] : kReactionTimes)
            if (file.instants_of(role) != nullptr) known = static_cast<std::uint16_t>(known | bit);
        if ((known & (kClicked | kReplied | kCompleted)) != 0) history_.has_engagement = true;
        return known;
    }

    std::uint16_t reactions_of(std::size_t f, std::size_t row) const {
        std::uint16_t bits = 0;
        for (const auto& [role, bit] : kReactionTimes) {
            const auto* column = files_[f].instants_of(role);
            if (column != nullptr && column->value[row] != kNoInstant)
                bits = static_cast<std::uint16_t>(bits | bit);
        }
        return bits;
    }

    static Stated automation(std::string_view word) {
        const auto says = intake::parse_by_automation(word);
        return !says ? Stated::nothing : *says ? Stated::yes : Stated::no;
    }

    /// Does any table point at outreaches by their ids?
    bool outreach_ids_are_named() const {
        return std::any_of(files_.begin(), files_.end(), [](const FileTable& file) {
            return file.text_of(Role::outreach_id) != nullptr || file.text_of(Role::in_reply_to) != nullptr;
        });
    }

    /// The rows that have a code: an id may name a message that many people got, or a conversation of several
    /// messages.
    class RowsOfCode {
      public:
        void add(std::uint32_t code, std::uint32_t row) {
            if (code != 0) rows_.emplace_back(code, row);
        }
        void sort() { std::sort(rows_.begin(), rows_.end()); }
        /// After sort(): the rows of `code`, ascending.
        template <class Visit>
        void each(std::uint32_t code, Visit visit) const {
            if (code == 0) return;
            for (auto at = std::lower_bound(rows_.begin(), rows_.end(), std::pair(code, std::uint32_t{0}));
                 at != rows_.end() && at->first == code; ++at)
                visit(at->second);
        }

      private:
        std::vector<std::pair<std::uint32_t, std::uint32_t>> rows_;
    };

    /// Of the messages with this code the one that `unit` got, the last before `at`; without a message to
    /// that unit the last before `at` to anybody, else the first of all (5.5.6). kNobody if the code names
    /// none.
    std::uint32_t message_of(const RowsOfCode& rows, std::uint32_t code, std::uint32_t unit,
                             Instant at) const {
        const auto& sent = history_.outreaches;
        std::uint32_t best = kNobody;
        int best_rank = -1;
        rows.each(code, [&](std::uint32_t row) {
            const int rank =
                (sent.unit[row] == unit ? 2 : 0) + (at == kNoInstant || sent.at[row] <= at ? 1 : 0);
            const bool better = best == kNobody || rank > best_rank ||
                                (rank == best_rank && (rank % 2 == 1 ? sent.at[row] > sent.at[best]
                                                                     : sent.at[row] < sent.at[best]));
            if (!better) return;
            best = row;
            best_rank = rank;
        });
        return best;
    }

    static Instant earliest(Instant a, Instant b) {
        if (a == kNoInstant) return b;
        return b == kNoInstant ? a : std::min(a, b);
    }

    static OutreachType outreach_type(std::string_view word) {
        if (word == "signal") return OutreachType::signal;
        if (word == "segment") return OutreachType::segment;
        if (word == "lifecycle") return OutreachType::lifecycle;
        if (word == "broadcast") return OutreachType::broadcast;
        return OutreachType::unclassified;
    }

    static Outcome outcome_of(std::string_view word) {
        if (word == "positive") return Outcome::positive;
        if (word == "resolved") return Outcome::resolved;
        if (word == "usage_improved") return Outcome::usage_improved;
        if (word == "no_effect") return Outcome::no_effect;
        if (word == "negative") return Outcome::negative;
        return Outcome::none;
    }

    /// Reactions that came in files of their own join their outreach by its id.
    void read_engagement() {
        for (const auto f : file_order_) {
            if (files_[f].kind != TableKind::engagement) continue;
            const auto* column = files_[f].text_of(Role::outreach_id);
            if (column == nullptr) continue;
            std::vector<std::uint32_t> codes(column->dictionary.size(), 0);
            for (std::uint32_t code = 1; code < column->dictionary.size(); ++code)
                codes[code] = outreach_ids_.find(column->dictionary.text(code));
            const auto known = reactions_known(files_[f]);
            history_.outreaches.reactions_known |= known;
            history_.outreaches.reactions.resize(history_.outreaches.size(), 0);
            for (std::size_t row = 0; row < files_[f].rows; ++row) {
                if (history_.reason[f][row] != Reason::used) continue;
                const auto o =
                    message_of(outreach_of_id_, codes[column->code[row]], unit_of(f, row), kNoInstant);
                if (o == kNobody) {
                    set_aside(f, row, Reason::unknown_outreach);
                    continue;
                }
                auto& out = history_.outreaches;
                out.reactions[o] = static_cast<std::uint16_t>(out.reactions[o] | reactions_of(f, row));
                const auto confirmed =
                    earliest(time(f, Role::replied_at, row), time(f, Role::completed_at, row));
                out.confirmed_at[o] = earliest(out.confirmed_at[o], confirmed);
                out.engaged_at[o] =
                    earliest(out.engaged_at[o], earliest(confirmed, time(f, Role::clicked_at, row)));
                if (time(f, Role::bounced_at, row) != kNoInstant && out.undelivered[o] == 0) {
                    out.undelivered[o] = 1;
                    ++history_.health.undelivered;
                }
            }
        }
    }

    void read_assignments() {
        for (const auto kind : {TableKind::exposure, TableKind::signals})
            for (const auto f : file_order_) {
                if (files_[f].kind != kind) continue;
                const auto from = attributes_of(f);
                if (kind == TableKind::signals)
                    history_.has_signals = true;
                else
                    history_.has_exposure_list = true;
                for (std::size_t row = 0; row < files_[f].rows; ++row) {
                    if (history_.reason[f][row] != Reason::used) continue;
                    const auto unit = unit_of(f, row);
                    if (unit == kNobody) {
                        set_aside(f, row, Reason::missing_customer);
                        continue;
                    }
                    known_[unit] = 1;
                    const auto arm = kind == TableKind::signals ? Arm::none : arm_of(f, row);
                    auto at = clock(f, Role::occurred_at, row);
                    auto role = Role::occurred_at;
                    if (at == kNoInstant) {
                        role = Role::eligible_at;
                        at = clock(f, role, row);
                    }
                    if (is_day_only(f, role, row)) mark_day_precision(unit);
                    add_assignment(f, row, unit, at, arm,
                                   kind == TableKind::signals ? Moment::signal
                                   : arm == Arm::none         ? Moment::eligible
                                                              : Moment::assigned,
                                   from, false);
                    const auto index = history_.assignments.size() - 1;
                    if (const auto eligible = time(f, Role::eligible_at, row); eligible != kNoInstant)
                        put(history_.assignments.eligible_at, index, eligible, kNoInstant);
                    if (kind == TableKind::signals) note_response(f, row, unit, at, index);
                    if (arm == Arm::none) history_.has_signals = true;
                }
            }
        choose_assignments();
        finish_assignments();
    }

    /// What a signal says of its own consequences: the outreach that it led to, and when it was resolved.
    void note_response(std::size_t f, std::size_t row, std::uint32_t unit, Instant at, std::size_t index) {
        auto& out = history_.assignments;
        if (const auto* id = files_[f].text_of(Role::outreach_id); id != nullptr && id->code[row] != 0) {
            const auto code = outreach_ids_.find(id->dictionary.text(id->code[row]));
            put(out.outreach, index, message_of(outreach_of_id_, code, unit, kNoInstant), kNobody);
        }
        if (const auto resolved = time(f, Role::closed_at, row); resolved != kNoInstant && resolved >= at)
            put(out.resolved_at, index, resolved, kNoInstant);
    }

    void finish_assignments() {
        auto& out = history_.assignments;
        finish_attributes(out.attribute, out.size());
        finish(out.outreach, out.size(), kNobody);
        finish(out.resolved_at, out.size(), kNoInstant);
        finish(out.eligible_at, out.size(), kNoInstant);
    }

    void add_assignment(std::size_t f, std::size_t row, std::uint32_t unit, Instant at, Arm arm,
                        Moment moment, const FileAttributes& from, bool from_outreach) {
        auto& out = history_.assignments;
        const auto index = out.size();
        out.unit.push_back(unit);
        out.person.push_back(identity_.person[f][row]);
        out.account.push_back(identity_.account[f][row]);
        out.at.push_back(at);
        out.arm.push_back(arm);
        out.moment.push_back(moment);
        out.origin.push_back(origin_of(f, row));
        const auto* column = files_[f].text_of(Role::experiment_id);
        const auto experiment = column == nullptr || column->code[row] == 0
                                    ? 0
                                    : history_.experiments.encode(column->dictionary.text(column->code[row]));
        out.experiment.push_back(experiment);
        append_attributes(from, f, row, index, out.attribute);
        assignment_from_outreach_.push_back(from_outreach ? 1 : 0);
        if (const auto* share = files_[f].numbers_of(Role::expected_share);
            share != nullptr && arm != Arm::none)
            note_share(experiment, arm, share->value[row]);
    }

    /// `expected_share` may be stated as each arm's own share, or as the holdout's share in every row.
    void note_share(std::uint32_t experiment, Arm arm, double share) {
        if (!(share > 0 && share < 1)) return;
        if (shares_.size() <= experiment) shares_.resize(experiment + 1, {std::nan(""), std::nan("")});
        shares_[experiment][arm == Arm::holdout ? 1 : 0] = share;
    }

    void choose_assignments() {
        auto& out = history_.assignments;
        std::array<bool, 3> arm_is_listed{};
        bool listed_arms = false, arms_in_outreaches = false;
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (out.arm[i] == Arm::none) continue;
            if (assignment_from_outreach_[i] != 0)
                arms_in_outreaches = true;
            else {
                listed_arms = true;
                arm_is_listed[static_cast<std::size_t>(out.arm[i])] = true;
            }
        }
        if (listed_arms && arms_in_outreaches) {
            // The list wins for the arms that it states: counting both would double the assignments. An arm
            // that it does not state is known from the messages alone.
            std::vector<std::uint32_t> keep;
            for (std::uint32_t i = 0; i < out.size(); ++i)
                if (assignment_from_outreach_[i] == 0 || !arm_is_listed[static_cast<std::size_t>(out.arm[i])])
                    keep.push_back(i);
            finish_assignments();
            select_assignments(keep);
        }
        history_.has_arms = std::find(out.arm.begin(), out.arm.end(), Arm::holdout) != out.arm.end();
        if (history_.has_arms && !has_treated())
            add_treated_from_outreaches();
        else if (history_.has_arms)
            even_out_repeats();
        for (std::size_t e = 0; e < shares_.size(); ++e) {
            history_.expected_share.resize(shares_.size(), std::nan(""));
            const auto [treated, holdout] = shares_[e];
            if (!std::isnan(holdout))
                history_.expected_share[e] = holdout;
            else if (!std::isnan(treated))
                history_.expected_share[e] = 1 - treated;
        }
    }

    bool has_treated() const {
        const auto& arm = history_.assignments.arm;
        return std::find(arm.begin(), arm.end(), Arm::treated) != arm.end();
    }

    void select_assignments(const std::vector<std::uint32_t>& keep) {
        auto& out = history_.assignments;
        reorder(out.unit, keep);
        reorder(out.person, keep);
        reorder(out.account, keep);
        reorder(out.at, keep);
        reorder(out.arm, keep);
        reorder(out.experiment, keep);
        reorder(out.moment, keep);
        reorder(out.eligible_at, keep);
        reorder(out.outreach, keep);
        reorder(out.resolved_at, keep);
        reorder(out.origin, keep);
        reorder(out.attribute, keep);
    }

    /// A list of held-out people only: everybody else who got a targeted message was the other arm, from
    /// their first message on. One clock a unit in both arms: a window at every later message would compare
    /// the calm weeks of the contacted with the first week of the held-out. Nothing says which experiment a
    /// message belonged to, so a list of several is read as one.
    void add_treated_from_outreaches() {
        auto& out = history_.assignments;
        const auto& sent = history_.outreaches;
        std::vector<std::uint8_t> held_out(history_.units, 0);
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (out.arm[i] != Arm::holdout) continue;
            held_out[out.unit[i]] = 1;
            out.experiment[i] = 0;
        }
        std::vector<std::uint32_t> first(history_.units, kNobody);
        for (std::uint32_t o = 0; o < sent.size(); ++o) {
            if (held_out[sent.unit[o]] != 0 || sent.type[o] == OutreachType::broadcast) continue;
            auto& earliest_message = first[sent.unit[o]];
            if (earliest_message == kNobody || sent.at[o] < sent.at[earliest_message] ||
                (sent.at[o] == sent.at[earliest_message] && outreach_id_[o] < outreach_id_[earliest_message]))
                earliest_message = o;
        }
        for (const auto o : first) {
            if (o == kNobody) continue;
            const auto index = out.size();
            out.unit.push_back(sent.unit[o]);
            out.person.push_back(sent.person[o]);
            out.account.push_back(kNobody);
            out.at.push_back(sent.at[o]);
            out.arm.push_back(Arm::treated);
            out.moment.push_back(Moment::assigned);
            out.origin.push_back(sent.origin[o]);
            out.experiment.push_back(0);
            for (std::size_t a = 0; a < kAttributes; ++a) {
                if (sent.attribute[a].empty()) continue;
                out.attribute[a].resize(index, 0);
                out.attribute[a].push_back(sent.attribute[a][o]);
            }
        }
        history_.treated_from_outreaches = true;
        keep_first_assignments(Arm::holdout);
    }

    /// Where one arm's units are listed clearly more often than the other's, only the first assignment of
    /// each unit and experiment compares like with like (5.5.7).
    void even_out_repeats() {
        const auto& out = history_.assignments;
        std::array<std::int64_t, 3> rows{}, units{};
        boost::unordered_flat_map<std::uint64_t, std::uint8_t> seen;
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (out.arm[i] == Arm::none) continue;
            const auto arm = static_cast<std::size_t>(out.arm[i]);
            ++rows[arm];
            if (seen.try_emplace(std::uint64_t{out.unit[i]} << 32 | out.experiment[i] << 2 | arm).second)
                ++units[arm];
        }
        const auto repeats = [&](Arm arm) {
            const auto a = static_cast<std::size_t>(arm);
            return units[a] == 0 ? 1.0 : static_cast<double>(rows[a]) / static_cast<double>(units[a]);
        };
        const double treated = repeats(Arm::treated), holdout = repeats(Arm::holdout);
        constexpr double kClearly = 1.25;
        constexpr std::int64_t kEnoughUnits = 30; // fewer repeat unevenly by chance
        if (units[1] < kEnoughUnits || units[2] < kEnoughUnits) return;
        if (treated > kClearly * holdout || holdout > kClearly * treated) {
            history_.first_assignments_only = true;
            keep_first_assignments(Arm::holdout);
            keep_first_assignments(Arm::treated);
        }
    }

    /// The order of assignments inside a unit. At the same moment what they say decides, so that the order of
    /// rows and files does not.
    bool assigned_before(std::uint32_t a, std::uint32_t b) const {
        const auto& out = history_.assignments;
        if (out.at[a] != out.at[b]) return out.at[a] < out.at[b];
        if (out.arm[a] != out.arm[b]) return out.arm[a] < out.arm[b];
        if (out.experiment[a] != out.experiment[b])
            return history_.experiments.text(out.experiment[a]) <
                   history_.experiments.text(out.experiment[b]);
        for (std::size_t i = 0; i < kAttributes; ++i) {
            const auto& column = out.attribute[i];
            const auto code = [&](std::uint32_t row) { return row < column.size() ? column[row] : 0; };
            if (code(a) != code(b))
                return history_.dictionary[i].text(code(a)) < history_.dictionary[i].text(code(b));
        }
        return a < b;
    }

    void keep_first_assignments(Arm arm) {
        auto& out = history_.assignments;
        finish_assignments();
        boost::unordered_flat_map<std::uint64_t, std::uint32_t> first;
        const auto key = [&](std::uint32_t i) {
            return std::uint64_t{out.unit[i]} << 32 | out.experiment[i];
        };
        for (std::uint32_t i = 0; i < out.size(); ++i) {
            if (out.arm[i] != arm) continue;
            const auto [place, added] = first.try_emplace(key(i), i);
            if (!added && assigned_before(i, place->second)) place->second = i;
        }
        std::vector<std::uint32_t> keep;
        for (std::uint32_t i = 0; i < out.size(); ++i)
            if (out.arm[i] != arm || first.find(key(i))->second == i) keep.push_back(i);
        select_assignments(keep);
    }

    void read_contacts() {
        auto& out = history_.contacts;
        for (const auto f : file_order_) {
            if (files_[f].kind != TableKind::contacts) continue;
            const auto& file = files_[f];
            history_.has_contacts = true;
            for (std::size_t row = 0; row < file.rows; ++row) {
                if (history_.reason[f][row] != Reason::used) continue;
                const auto at = time(f, Role::occurred_at, row);
                if (history_.coverage_start == kNoInstant || at < history_.coverage_start)
                    history_.coverage_start = at;
                // Of creation times only: a ticket closed later proves when the export was made, not until
                // when it holds all contacts (it may have been filtered by creation date).
                assumed_end_ = std::max(assumed_end_, at);
            }
        }
        history_.coverage_end_assumed = options_.coverage_end == kNoInstant;
        history_.coverage_end = history_.coverage_end_assumed ? assumed_end_ : options_.coverage_end;

        for (const auto f : file_order_) {
            if (files_[f].kind != TableKind::contacts) continue;
            const auto& file = files_[f];
            const auto* topic = file.text_of(Role::topic);
            const auto topics = topic != nullptr ? recode(*topic, history_.dictionary[kTopicAttribute])
                                                 : std::vector<std::uint32_t>{};
            const auto* status = file.text_of(Role::status);
            const auto* reply = file.text_of(Role::in_reply_to);
            const auto* id = file.text_of(Role::record_id);
            const auto* escalated = file.text_of(Role::escalated);
            const auto* induced = file.text_of(Role::induced_reason);
            const auto* reopens = file.numbers_of(Role::reopen_count);
            const bool says_direction = states_direction(file);
            for (std::size_t row = 0; row < file.rows; ++row) {
                if (history_.reason[f][row] != Reason::used) continue;
                const auto at = clock(f, Role::occurred_at, row);
                if (!history_.coverage_end_assumed && at >= history_.coverage_end) {
                    set_aside(f, row, Reason::after_coverage_end);
                    continue;
                }
                const auto person = identity_.person[f][row];
                if (person != kNobody && internal_[person] != 0) {
                    set_aside(f, row, Reason::internal);
                    continue;
                }
                ++history_.health.contacts_in_scope;
                note_first_response(f, row, at);
                if (!says_direction) ++history_.health.direction_assumed;
                const auto unit = unit_of(f, row);
                if (unit == kNobody) {
                    history_.unmatched_at.push_back(at);
                    continue;
                }
                if (is_day_only(f, Role::occurred_at, row)) mark_day_precision(unit);
                const auto index = out.size();
                out.unit.push_back(unit);
                out.person.push_back(person);
                out.origin.push_back(origin_of(f, row));
                if (escalated != nullptr)
                    put<std::uint8_t>(out.escalated, index, says_yes(escalated, row) ? 1 : 0, 0);
                if (file.instants_of(Role::reopened_at) != nullptr)
                    put(out.reopened_at, index, time(f, Role::reopened_at, row), kNoInstant);
                if (reopens != nullptr)
                    put<std::uint16_t>(out.reopen_count, index, reopens_of(reopens->value[row]), 0);
                if (induced != nullptr)
                    put(out.induced_reason, index, induced_reason(induced, row), InducedReason::none);
                out.at.push_back(at);
                out.closed_at.push_back(time(f, Role::closed_at, row));
                const bool open =
                    status != nullptr && status->code[row] != 0 &&
                    intake::parse_status_open(status->dictionary.text(status->code[row])).value_or(false);
                out.open.push_back(open ? 1 : 0);
                out.topic.push_back(topics.empty() ? 0 : topics[topic->code[row]]);
                if (out.topic.back() != 0) ++history_.health.contacts_with_topic;
                out.reply_to.push_back(outreach_replied_to(reply, id, row, unit, at));
                contact_id_.push_back(id == nullptr ? std::string_view{}
                                                    : id->dictionary.text(id->code[row]));
            }
        }
        finish<std::uint8_t>(out.escalated, out.size(), 0);
        finish(out.reopened_at, out.size(), kNoInstant);
        finish<std::uint16_t>(out.reopen_count, out.size(), 0);
        finish(out.induced_reason, out.size(), InducedReason::none);
    }

    static std::uint16_t reopens_of(double stated) {
        return stated > 0 ? static_cast<std::uint16_t>(std::min(stated, 65'535.0)) : std::uint16_t{0};
    }

    static InducedReason induced_reason(const table::TextColumn* column, std::size_t row) {
        if (column->code[row] == 0) return InducedReason::none;
        switch (intake::parse_induced_reason(column->dictionary.text(column->code[row]))) {
        case intake::InducedReason::asked_to:
            return InducedReason::asked_to;
        case intake::InducedReason::confirm:
            return InducedReason::confirm;
        case intake::InducedReason::how_to:
            return InducedReason::how_to;
        case intake::InducedReason::is_this_real:
            return InducedReason::is_this_real;
        case intake::InducedReason::other:
            break;
        }
        return InducedReason::other;
    }

    // ---------------------------------------------------------------------------------------------- ratings
    /// What is known of one contact's ratings. Index 0: of people, 1: of bots.
    struct Rating {
        std::array<Source, 2> from{};
        std::array<Instant, 2> at{kNoInstant, kNoInstant};
        std::array<intake::ScoreState, 2> state{}; ///< of the survey files; none = they have no answer
        bool is_asked = false;                     ///< a survey file says asked, without an answer
        Reason contact = Reason::used;             ///< why the contact itself is set aside
    };

    /// Survey answers: of the files of surveys, joined by the contact's id, and of the contacts' own column.
    /// A contact rated twice has its last rating; an answer that stands in both files counts once, and the
    /// survey's, which says when it was given, is the one that counts. Ratings of contacts that are no
    /// contacts (spam, merged ...) leave with them.
    void read_ratings() {
        auto& result = history_.ratings;
        for (const auto& file : files_)
            result.has_scores = result.has_scores || file.scoring.has_scores;
        if (!result.has_scores) return;

        table::Dictionary contacts; // tool of the helpdesk, then the contact's id
        std::vector<Rating> rating(1);
        std::vector<std::string> tools;
        std::string key;
        const auto place = [&](std::uint32_t code) -> Rating& {
            if (code >= rating.size()) rating.resize(code + std::size_t{1});
            return rating[code];
        };
        const auto code_of = [&](const std::string& tool, std::string_view id, bool known_only) {
            key.assign(tool);
            key += '\n';
            key += id;
            return known_only ? contacts.find(key) : contacts.encode(key);
        };
        for (const auto f : file_order_) {
            const auto* id = files_[f].text_of(Role::record_id);
            if (files_[f].kind != TableKind::contacts || id == nullptr) continue;
            const auto tool = tool_of(files_[f].format);
            if (std::find(tools.begin(), tools.end(), tool) == tools.end()) tools.push_back(tool);
            for (std::size_t row = 0; row < files_[f].rows; ++row) {
                if (id->code[row] == 0) continue;
                auto& one = place(code_of(tool, id->dictionary.text(id->code[row]), false));
                const auto reason = history_.reason[f][row];
                if (reason == Reason::outbound || reason == Reason::merged || reason == Reason::spam ||
                    reason == Reason::test || reason == Reason::internal)
                    one.contact = reason;
            }
        }
        each_row(TableKind::surveys, [&](std::size_t f, std::size_t row) {
            const auto& file = files_[f];
            const auto* id = file.text_of(Role::contact_id);
            std::uint32_t code = 0;
            if (id != nullptr && id->code[row] != 0) {
                const auto text = id->dictionary.text(id->code[row]);
                const auto tool = tool_of(file.format);
                code = code_of(tool, text, true);
                for (std::size_t t = 0; t < tools.size() && code == 0; ++t)
                    code = code_of(tools[t], text, true);
                if (code == 0) code = code_of(tool, text, false);
            }
            for (std::size_t about = 0; about < 2; ++about) {
                const auto& states = about == 0 ? file.scoring.people : file.scoring.bots;
                const auto state = states.empty() ? intake::ScoreState::none : states[row];
                if (code == 0) {
                    count_rating(about, state);
                    continue;
                }
                auto& one = place(code);
                if (one.contact != Reason::used) {
                    set_aside(f, row, one.contact);
                    continue;
                }
                if (state == intake::ScoreState::no_answer) one.is_asked = true;
                if (!is_answer(state)) continue;
                const auto at = time(f, Role::occurred_at, row);
                const bool is_later = at >= one.at[about]; // of two at the same moment the one further down
                if (is_answer(one.state[about])) {
                    ++result.replaced;
                    const auto& loser =
                        is_later ? one.from[about]
                                 : Source{static_cast<std::uint32_t>(f), static_cast<std::uint32_t>(row)};
                    set_aside(loser.file, loser.row, Reason::duplicate);
                    if (!is_later) continue;
                }
                one.from[about] = {static_cast<std::uint32_t>(f), static_cast<std::uint32_t>(row)};
                one.at[about] = at;
                one.state[about] = state;
            }
        });
        for (const auto& one : rating) {
            count_rating(0, one.state[0]);
            count_rating(1, one.state[1]);
        }
        std::vector<std::uint8_t> asked_in_contacts(rating.size(), 0);
        each_row(TableKind::contacts, [&](std::size_t f, std::size_t row) {
            const auto& file = files_[f];
            const auto* id = file.text_of(Role::record_id);
            const auto code = id == nullptr || id->code[row] == 0
                                  ? 0
                                  : code_of(tool_of(file.format), id->dictionary.text(id->code[row]), true);
            for (std::size_t about = 0; about < 2; ++about) {
                const auto& states = about == 0 ? file.scoring.people : file.scoring.bots;
                if (states.empty() || is_answer(rating[code].state[about])) continue;
                if (states[row] != intake::ScoreState::none && states[row] != intake::ScoreState::not_asked)
                    asked_in_contacts[code] = 1;
                count_rating(about, states[row]);
            }
        });
        for (std::size_t code = 1; code < rating.size(); ++code)
            if (rating[code].is_asked && !is_answer(rating[code].state[0]) &&
                !is_answer(rating[code].state[1]) && asked_in_contacts[code] == 0)
                ++result.no_answer;
    }

    static bool is_answer(intake::ScoreState state) {
        return state == intake::ScoreState::satisfied || state == intake::ScoreState::other_answer;
    }

    void count_rating(std::size_t about, intake::ScoreState state) {
        auto& result = history_.ratings;
        if (state == intake::ScoreState::no_answer) ++result.no_answer;
        if (state == intake::ScoreState::not_asked) ++result.not_asked;
        if (!is_answer(state)) return;
        ++(about == 0 ? result.answers : result.bot_answers);
        if (state == intake::ScoreState::satisfied) ++(about == 0 ? result.satisfied : result.bot_satisfied);
    }

    /// From the two times where both are stated, else as the tool measured it; elapsed time, not business
    /// hours.
    void note_first_response(std::size_t f, std::size_t row, Instant created) {
        double minutes = -1;
        if (const auto answered = time(f, Role::first_response_at, row); answered != kNoInstant)
            minutes = static_cast<double>(answered - created) / 60'000;
        else if (const auto* measured = files_[f].numbers_of(Role::first_response_time); measured != nullptr)
            minutes = measured->value[row];
        if (minutes >= 0) ++history_.first_response_minutes[static_cast<std::int64_t>(minutes)]; // NaN is not
    }

    /// The outreach that a contact names itself, by outreach id or by the conversation that the outreach
    /// opened.
    std::uint32_t outreach_replied_to(const table::TextColumn* reply, const table::TextColumn* id,
                                      std::size_t row, std::uint32_t unit, Instant at) const {
        const auto named = [&](const RowsOfCode& rows, const table::Dictionary& codes,
                               std::string_view text) {
            return message_of(rows, codes.find(text), unit, at);
        };
        if (reply != nullptr && reply->code[row] != 0) {
            const auto text = reply->dictionary.text(reply->code[row]);
            const auto outreach = named(outreach_of_id_, outreach_ids_, text);
            if (outreach != kNobody) return outreach;
            const auto opened = named(outreach_of_conversation_, conversation_ids_, text);
            if (opened != kNobody) return opened;
        }
        if (id == nullptr || id->code[row] == 0) return kNobody;
        return named(outreach_of_conversation_, conversation_ids_, id->dictionary.text(id->code[row]));
    }

    void mark_day_precision(std::uint32_t unit) {
        if (history_.day_precision.empty()) history_.day_precision.assign(history_.units, 0);
        history_.day_precision[unit] = 1;
    }

    // ---------------------------------------------------------------------------------------------- sorting
    /// The order by unit, then by `less` inside a unit: rows are first dealt out by unit, since units are
    /// many and each has few rows.
    template <class Less>
    std::vector<std::uint32_t> order_by_unit(const std::vector<std::uint32_t>& unit, Less less) const {
        auto next = offsets(unit, history_.units);
        std::vector<std::uint32_t> order(unit.size());
        for (std::uint32_t row = 0; row < unit.size(); ++row)
            order[next[unit[row]]++] = row;
        for (std::size_t begin = 0; begin < order.size();) {
            auto end = begin + 1;
            while (end < order.size() && unit[order[end]] == unit[order[begin]])
                ++end;
            if (end - begin > 1)
                std::sort(order.begin() + static_cast<std::ptrdiff_t>(begin),
                          order.begin() + static_cast<std::ptrdiff_t>(end), less);
            begin = end;
        }
        return order;
    }

    void sort_outreaches() {
        auto& out = history_.outreaches;
        const auto order = order_by_unit(out.unit, [&](std::uint32_t a, std::uint32_t b) {
            if (out.at[a] != out.at[b]) return out.at[a] < out.at[b];
            return outreach_id_[a] != outreach_id_[b] ? outreach_id_[a] < outreach_id_[b] : a < b;
        });
        reorder(out.unit, order);
        reorder(out.person, order);
        reorder(out.at, order);
        reorder(out.type, order);
        reorder(out.outcome, order);
        reorder(out.usage_improved, order);
        reorder(out.undelivered, order);
        reorder(out.engaged_at, order);
        reorder(out.confirmed_at, order);
        reorder(out.reactions, order);
        reorder(out.by_automation, order);
        reorder(out.origin, order);
        reorder(out.attribute, order);
        out.first = offsets(out.unit, history_.units);
        new_place_.assign(order.size(), 0);
        for (std::uint32_t i = 0; i < order.size(); ++i)
            new_place_[order[i]] = i;
        if (!out.attribute[kTopicAttribute].empty())
            history_.health.outreaches_with_topic =
                std::count_if(out.attribute[kTopicAttribute].begin(), out.attribute[kTopicAttribute].end(),
                              [](auto code) { return code != 0; });
    }

    void sort_contacts() {
        auto& out = history_.contacts;
        const auto order = order_by_unit(out.unit, [&](std::uint32_t a, std::uint32_t b) {
            if (out.at[a] != out.at[b]) return out.at[a] < out.at[b];
            return contact_id_[a] != contact_id_[b] ? contact_id_[a] < contact_id_[b] : a < b;
        });
        reorder(out.unit, order);
        reorder(out.person, order);
        reorder(out.origin, order);
        reorder(out.escalated, order);
        reorder(out.reopened_at, order);
        reorder(out.reopen_count, order);
        reorder(out.induced_reason, order);
        reorder(out.at, order);
        reorder(out.closed_at, order);
        reorder(out.open, order);
        reorder(out.topic, order);
        reorder(out.reply_to, order);
        for (auto& outreach : out.reply_to)
            if (outreach != kNobody) outreach = new_place_[outreach];
        out.first = offsets(out.unit, history_.units);
    }

    void sort_assignments() {
        auto& out = history_.assignments;
        const auto order =
            order_by_unit(out.unit, [&](std::uint32_t a, std::uint32_t b) { return assigned_before(a, b); });
        select_assignments(order);
        for (auto& outreach : out.outreach)
            if (outreach != kNobody) outreach = new_place_[outreach];
        out.first = offsets(out.unit, history_.units);
    }

    /// Held-out rows rarely state an outreach type. Where the messages of a trigger are all of one type, the
    /// type of the messages that were held back is known too.
    void derive_types_of_triggers() {
        const auto& sent = history_.outreaches;
        auto& out = history_.assignments;
        if (out.attribute[kTriggerAttribute].empty() || sent.attribute[kTriggerAttribute].empty() ||
            sent.attribute[kOutreachTypeAttribute].empty())
            return;
        constexpr std::uint32_t kMixed = kNobody;
        std::vector<std::uint32_t> type(history_.dictionary[kTriggerAttribute].size(), 0);
        for (std::size_t o = 0; o < sent.size(); ++o) {
            const auto code = sent.attribute[kOutreachTypeAttribute][o];
            auto& known = type[sent.attribute[kTriggerAttribute][o]];
            if (known == 0)
                known = code;
            else if (known != code && code != 0)
                known = kMixed;
        }
        auto& column = out.attribute[kOutreachTypeAttribute];
        column.resize(out.size(), 0);
        for (std::size_t i = 0; i < out.size(); ++i) {
            const auto trigger = out.attribute[kTriggerAttribute][i];
            if (column[i] == 0 && trigger != 0 && type[trigger] != kMixed) column[i] = type[trigger];
        }
    }

    // ----------------------------------------------------------------------------------------------- match
    Status match() {
        auto& contacts = history_.contacts;
        for (const auto unit : contacts.unit)
            history_.health.contacts_matched += known_[unit];
        std::sort(history_.unmatched_at.begin(), history_.unmatched_at.end());
        const bool has_people = std::find(known_.begin(), known_.end(), std::uint8_t{1}) != known_.end();
        if (has_people && history_.health.contacts_in_scope > 0 && history_.health.contacts_matched == 0)
            return Status::error(StatusCode::bad_input, no_overlap_message());
        return Status::success();
    }

    std::string first_key(std::initializer_list<TableKind> kinds) const {
        for (const auto f : file_order_)
            for (const auto kind : kinds) {
                if (files_[f].kind != kind) continue;
                for (const auto role : {Role::email, Role::external_id, Role::customer_id, Role::account_id})
                    if (const auto* column = files_[f].text_of(role);
                        column != nullptr && column->dictionary.size() > 1)
                        return "\"" + std::string(column->dictionary.text(1)) + "\" in " + files_[f].name;
            }
        return "";
    }

    std::string no_overlap_message() const {
        return "None of the people in the contacts appears among the people who were messaged: they look "
               "like " +
               first_key({TableKind::contacts}) + " and like " +
               first_key(
                   {TableKind::outreaches, TableKind::exposure, TableKind::signals, TableKind::customers}) +
               ". Choose the same kind of id in both files (the e-mail address, say), or add a customers "
               "file that has both.";
    }

    std::span<const FileTable> files_;
    Options options_;
    History history_;
    Identity identity_;
    std::vector<const Zone*> zone_of_file_;
    std::vector<bool> zone_noted_;
    std::vector<std::uint32_t> file_order_;
    std::vector<std::uint8_t> internal_; ///< per person
    std::vector<std::uint8_t> known_;    ///< per unit: appears in outreaches, customers, exposure or signals
    table::Dictionary outreach_ids_, conversation_ids_;
    std::vector<std::string_view> outreach_id_; ///< per outreach, before sorting
    RowsOfCode outreach_of_id_,
        outreach_of_conversation_;         ///< first row by code, before sorting
    std::vector<std::uint32_t> new_place_; ///< of an outreach, by its place before sorting
    std::vector<std::string_view> contact_id_;
    std::vector<std::uint8_t> assignment_from_outreach_;
    std::vector<std::array<double, 2>> shares_; ///< per experiment: as stated in treated and in holdout rows
    Instant assumed_end_ = kNoInstant;
};

} // namespace

std::span<const Role> attributes() {
    return kAttributeRoles;
}

int attribute_index(std::string_view name) {
    if (name == "owner") name = "owner_id";
    for (std::size_t a = 0; a < kAttributes; ++a)
        if (intake::role_info(kAttributeRoles[a]).name == name) return static_cast<int>(a);
    return -1;
}

Result<History> build_history(std::span<const FileTable> files, const Options& options) {
    return Builder(files, options).build();
}

} // namespace preempt::history
