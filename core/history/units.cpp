// What the unit is, and rows that stand in several files. In: the files and who is who. Out: persons or
// accounts as units, with the reason for the choice; each record once.
#include "core/history/work.hpp"

#include "core/base/sort_list.hpp"
#include "core/intake/vocabulary.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <map>

namespace preempt::history {
namespace {

/// The person of a row, or its account where it states no person; one number space.
std::uint64_t who(const Work& w, std::size_t f, std::size_t row) {
    if (w.identity.person[f][row] != kNobody) return w.identity.person[f][row];
    return w.identity.account[f][row] == kNobody ? 0 : 0x8000'0000ULL | w.identity.account[f][row];
}

/// Of two rows of one event log about one message: does this one stand for the send, and the other not?
bool is_better_send(const Work& w, Source a, Source b) {
    const auto is_send = [&](Source one) {
        const auto event = text_at(w.files[one.file].text_of(Role::event), one.row);
        return intake::parse_message_event(event) == intake::MessageEvent::sent;
    };
    if (is_send(a) != is_send(b)) return is_send(a);
    return w.time(a.file, Role::occurred_at, a.row) < w.time(b.file, Role::occurred_at, b.row);
}

/// One record in two files of a format: which row stays. The latest `updated_at`, else the first; of an event
/// log the send.
void settle(Work& w, Source& holder, Source other) {
    Source loser = other;
    if (w.files[other.file].kind == TableKind::outreaches &&
        w.files[other.file].text_of(Role::event) != nullptr) {
        if (is_better_send(w, other, holder)) std::swap(loser, holder);
        w.set_aside(loser.file, loser.row, Reason::folded_event);
        w.repeated_sends.push_back(loser);
        return;
    }
    if (w.time(other.file, Role::updated_at, other.row) > w.time(holder.file, Role::updated_at, holder.row))
        std::swap(loser, holder);
    w.set_aside(loser.file, loser.row, Reason::duplicate);
}

struct Fill {
    std::int64_t rows = 0, with_account = 0;
    double share() const {
        return rows == 0 ? 0 : static_cast<double>(with_account) / static_cast<double>(rows);
    }
};

Fill account_fill(const Work& w, TableKind kind) {
    Fill fill;
    w.each_row(kind, [&](std::size_t f, std::size_t row) {
        ++fill.rows;
        if (w.identity.account[f][row] != kNobody) ++fill.with_account;
    });
    return fill;
}

bool any_person(const Work& w, TableKind kind) {
    bool any = false;
    w.each_row(kind, [&](std::size_t f, std::size_t row) { any |= w.identity.person[f][row] != kNobody; });
    return any;
}

/// Do contacts find their unit among the accounts about as often as among the persons?
bool accounts_match(const Work& w) {
    std::vector<std::uint8_t> account(w.identity.accounts, 0), person(w.identity.persons, 0);
    for (const auto kind :
         {TableKind::outreaches, TableKind::exposure, TableKind::customers, TableKind::signals})
        w.each_row(kind, [&](std::size_t f, std::size_t row) {
            if (w.identity.account[f][row] != kNobody) account[w.identity.account[f][row]] = 1;
            if (w.identity.person[f][row] != kNobody) person[w.identity.person[f][row]] = 1;
        });
    std::int64_t by_account = 0, by_person = 0;
    w.each_row(TableKind::contacts, [&](std::size_t f, std::size_t row) {
        if (w.identity.account[f][row] != kNobody) by_account += account[w.identity.account[f][row]];
        if (w.identity.person[f][row] != kNobody) by_person += person[w.identity.person[f][row]];
    });
    return by_account > 0 && 2 * by_account >= by_person;
}

bool arms_drawn_by_person(const Work& w) {
    std::vector<std::uint8_t> arms(w.identity.accounts, 0);
    for (const auto kind : {TableKind::exposure, TableKind::outreaches})
        w.each_row(kind, [&](std::size_t f, std::size_t row) {
            const auto account = w.identity.account[f][row];
            const auto arm = w.arm_of(f, row);
            if (account != kNobody && arm != Arm::none) arms[account] |= static_cast<std::uint8_t>(arm);
        });
    const auto mixed = std::count(arms.begin(), arms.end(), std::uint8_t{3});
    const auto known = std::count_if(arms.begin(), arms.end(), [](std::uint8_t a) { return a != 0; });
    return mixed * 20 > known; // 5.5.7: more than 5% of the accounts
}

} // namespace

Status find_zones(Work& w) {
    w.zone_of_file.assign(w.files.size(), w.options.zone);
    w.zone_noted.assign(w.files.size(), 0);
    for (std::size_t f = 0; f < w.files.size(); ++f) {
        if (w.files[f].zone.empty()) continue;
        const auto found = w.options.zones->find(w.files[f].zone);
        if (found == w.options.zones->end())
            return Status::error(StatusCode::missing,
                                 "The time zone " + w.files[f].zone + " of " + w.files[f].name +
                                     " is not known. Choose another zone for this file.");
        w.zone_of_file[f] = &found->second;
    }
    return Status::success();
}

void order_files(Work& w) {
    w.file_order.resize(w.files.size());
    std::uint32_t next = 0;
    for (std::uint32_t f = 0; f < w.files.size(); ++f) {
        w.file_order[f] = f;
        w.history.file_start.push_back(next);
        next += static_cast<std::uint32_t>(w.files[f].rows);
    }
    sort_list(w.file_order, [&](std::uint32_t a, std::uint32_t b) {
        if (w.files[a].name != w.files[b].name) return w.files[a].name < w.files[b].name;
        return w.files[a].bytes < w.files[b].bytes;
    });
}

/// Parts of one export may repeat a record. Inside one file the reader has seen to it. An outreach's id may
/// name a message that many people got, so the person is part of its key.
void drop_repeats_across_files(Work& w) {
    for (const auto kind : {TableKind::outreaches, TableKind::contacts, TableKind::surveys,
                            TableKind::signals, TableKind::self_service, TableKind::changes}) {
        std::map<std::string, std::vector<std::uint32_t>> files_of_format;
        for (const auto f : w.file_order)
            if (w.files[f].kind == kind && w.files[f].text_of(Role::record_id) != nullptr)
                files_of_format[w.files[f].format].push_back(f);
        for (const auto& [format, members] : files_of_format) {
            if (members.size() < 2) continue;
            table::Dictionary ids;
            boost::unordered_flat_map<std::uint64_t, Source> kept;
            for (const auto f : members) {
                const auto& column = *w.files[f].text_of(Role::record_id);
                const auto codes = recode(column, ids);
                for (std::uint32_t row = 0; row < w.files[f].rows; ++row) {
                    const auto id = codes[column.code[row]];
                    if (id == 0 || !w.is_used(f, row)) continue;
                    const std::uint64_t person = kind == TableKind::outreaches ? who(w, f, row) : 0;
                    const auto [place, added] = kept.try_emplace(person << 32 | id, Source{f, row});
                    if (!added && place->second.file != f) settle(w, place->second, {f, row});
                }
            }
        }
    }
}

/// A01: the account when it is stated in at least 95% of the rows of both tables. Two further conditions
/// keep the comparison meaningful: the two tables must name accounts alike, and the arms must not have
/// been drawn by person.
void choose_unit(Work& w) {
    w.history.unit = Unit::person;
    if (w.options.unit != Unit::automatic) {
        w.history.unit = w.options.unit;
        w.history.unit_why = "chosen";
    } else {
        auto messaged = account_fill(w, TableKind::outreaches);
        if (messaged.rows == 0) messaged = account_fill(w, TableKind::exposure);
        const auto contacts = account_fill(w, TableKind::contacts);
        if (messaged.rows > 0 && messaged.with_account > 0 && !any_person(w, TableKind::outreaches)) {
            w.history.unit = Unit::account; // nothing else is known of who was messaged
            w.history.unit_why = "accounts_only";
        } else if (messaged.share() < 0.95 || contacts.share() < 0.95) {
            w.history.unit_why = "no_accounts";
        } else if (!accounts_match(w)) {
            w.history.unit_why = "accounts_do_not_match";
        } else if (arms_drawn_by_person(w)) {
            w.history.unit_why = "assigned_by_person";
        } else {
            w.history.unit = Unit::account;
            w.history.unit_why = "accounts_in_both";
        }
    }
    w.history.units = w.history.unit == Unit::account ? w.identity.accounts : w.identity.persons;
    if (w.history.unit == Unit::person) w.history.account_of_unit_person = w.identity.account_of_person;
}

} // namespace preempt::history
