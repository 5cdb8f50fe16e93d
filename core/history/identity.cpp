#include "core/history/identity.hpp"

#include "core/intake/format.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace preempt::history {
namespace {

using intake::Role;

/// The kinds of person key. Two kinds never share a name space; keys of the same kind are the same person's
/// when equal.
enum KeyKind : std::uint8_t { email_key, own_id_key, tool_id_key, kKeyKinds };

struct KeyColumn {
    KeyKind kind;
    std::vector<std::uint32_t> node; ///< per code of the file's column: node number, kNobody for missing
    const table::TextColumn* column;
};

class DisjointSets {
  public:
    explicit DisjointSets(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0U); }
    std::uint32_t find(std::uint32_t node) {
        while (parent_[node] != node) {
            parent_[node] = parent_[parent_[node]];
            node = parent_[node];
        }
        return node;
    }
    void join(std::uint32_t a, std::uint32_t b) {
        a = find(a);
        b = find(b);
        if (a != b) parent_[std::max(a, b)] = std::min(a, b);
    }

  private:
    std::vector<std::uint32_t> parent_;
};

/// A tool's own id says nothing outside the tool, so its format is part of the key. A generic file's
/// customer_id is your own id, as is every tool's external id; anything with an @ is an e-mail, whatever its
/// column is called.
KeyKind key_kind(Role role, const intake::Format* tool, std::string_view text) {
    if (role == Role::email || text.find('@') != std::string_view::npos) return email_key;
    return role == Role::external_id || tool == nullptr || tool->tier == intake::Format::Tier::layout
               ? own_id_key
               : tool_id_key;
}

} // namespace

std::string tool_of(const std::string& format) {
    return format.substr(0, format.find_first_of("_-"));
}

Identity identify(std::span<const intake::FileTable> files) {
    Identity identity;
    table::Dictionary keys; // "e:", "i:", "t<tool>:" + text
    std::vector<KeyKind> kind_of_node{email_key};
    std::vector<std::array<std::vector<std::uint32_t>, 3>> nodes(
        files.size()); // per file and role: node per code
    constexpr std::array<Role, 3> kPersonRoles{Role::email, Role::external_id, Role::customer_id};

    std::string name;
    for (std::size_t f = 0; f < files.size(); ++f) {
        const auto* tool = intake::find_format(files[f].format);
        for (std::size_t r = 0; r < kPersonRoles.size(); ++r) {
            const auto* column = files[f].text_of(kPersonRoles[r]);
            if (column == nullptr) continue;
            auto& node = nodes[f][r];
            node.assign(column->dictionary.size(), kNobody);
            for (std::uint32_t code = 1; code < column->dictionary.size(); ++code) {
                const auto text = column->dictionary.text(code);
                const auto kind = key_kind(kPersonRoles[r], tool, text);
                name = kind == email_key    ? "e:"
                       : kind == own_id_key ? "i:"
                                            : "t" + tool_of(files[f].format) + ":";
                name += text;
                node[code] = keys.encode(name);
                if (node[code] == kind_of_node.size()) kind_of_node.push_back(kind);
            }
        }
    }

    // Pairs of keys that stand in one row.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (std::size_t f = 0; f < files.size(); ++f) {
        std::vector<std::size_t> present;
        for (std::size_t r = 0; r < kPersonRoles.size(); ++r)
            if (!nodes[f][r].empty()) present.push_back(r);
        if (present.size() < 2) continue;
        const auto first_of_file = pairs.size();
        for (std::size_t row = 0; row < files[f].rows; ++row) {
            std::uint32_t before = kNobody;
            for (const auto r : present) {
                const auto node = nodes[f][r][files[f].text_of(kPersonRoles[r])->code[row]];
                if (node == kNobody) continue;
                if (before != kNobody && before != node)
                    pairs.emplace_back(std::min(before, node), std::max(before, node));
                before = node;
            }
        }
        const auto begin = pairs.begin() + static_cast<std::ptrdiff_t>(first_of_file);
        std::sort(begin, pairs.end());
        pairs.erase(std::unique(begin, pairs.end()), pairs.end());
    }
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());

    // A mailbox shared by many ids must not melt them into one person.
    std::vector<std::array<std::uint32_t, kKeyKinds>> partners(keys.size());
    for (const auto& [a, b] : pairs) {
        ++partners[a][kind_of_node[b]];
        ++partners[b][kind_of_node[a]];
    }
    const auto shared = [&](std::uint32_t node) {
        return *std::max_element(partners[node].begin(), partners[node].end()) > kSharedKeyLimit;
    };
    DisjointSets sets(keys.size());
    for (const auto& [a, b] : pairs)
        if (!shared(a) && !shared(b)) sets.join(a, b);
    for (std::uint32_t node = 1; node < keys.size(); ++node)
        if (shared(node))
            identity.shared_keys.emplace_back(keys.text(node).substr(keys.text(node).find(':') + 1));
    std::sort(identity.shared_keys.begin(), identity.shared_keys.end());

    std::vector<std::uint32_t> number(keys.size(), kNobody);
    const auto person_of_node = [&](std::uint32_t node) {
        auto& person = number[sets.find(node)];
        if (person == kNobody) person = identity.persons++;
        return person;
    };

    table::Dictionary accounts;
    identity.person.resize(files.size());
    identity.account.resize(files.size());
    for (std::size_t f = 0; f < files.size(); ++f) {
        auto& person = identity.person[f];
        auto& account = identity.account[f];
        person.assign(files[f].rows, kNobody);
        account.assign(files[f].rows, kNobody);
        for (std::size_t row = 0; row < files[f].rows; ++row) {
            // The first key that is not shared speaks; a shared one only when the row has no other.
            std::uint32_t fall_back = kNobody;
            for (std::size_t r = 0; r < kPersonRoles.size(); ++r) {
                if (nodes[f][r].empty()) continue;
                const auto node = nodes[f][r][files[f].text_of(kPersonRoles[r])->code[row]];
                if (node == kNobody) continue;
                if (shared(node)) {
                    if (fall_back == kNobody) fall_back = node;
                    continue;
                }
                person[row] = person_of_node(node);
                break;
            }
            if (person[row] == kNobody && fall_back != kNobody) person[row] = person_of_node(fall_back);
        }
        if (const auto* column = files[f].text_of(Role::account_id)) {
            std::vector<std::uint32_t> code_to_account(column->dictionary.size(), kNobody);
            for (std::uint32_t code = 1; code < column->dictionary.size(); ++code)
                code_to_account[code] = accounts.encode(column->dictionary.text(code)) - 1;
            for (std::size_t row = 0; row < files[f].rows; ++row)
                account[row] = code_to_account[column->code[row]];
        }
    }
    identity.accounts = accounts.size() - 1;

    // A person's account: the customers file knows best; else the smallest account text that any row states.
    identity.account_of_person.assign(identity.persons, kNobody);
    for (const bool customers_first : {true, false}) {
        auto settled = identity.account_of_person;
        for (std::size_t f = 0; f < files.size(); ++f) {
            if ((files[f].kind == intake::TableKind::customers) != customers_first) continue;
            for (std::size_t row = 0; row < files[f].rows; ++row) {
                const auto person = identity.person[f][row];
                const auto account = identity.account[f][row];
                if (person == kNobody || account == kNobody || settled[person] != kNobody) continue;
                auto& chosen = identity.account_of_person[person];
                if (chosen == kNobody || accounts.text(account + 1) < accounts.text(chosen + 1))
                    chosen = account;
            }
        }
    }
    return identity;
}

} // namespace preempt::history
