// Identity by dense numbers (see identity.hpp). Each distinct key of each file is looked up once; rows are
// then only numbers.
#include "core/history/identity.hpp"

#include "core/base/stretches.hpp"
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

constexpr std::array<Role, 3> kPersonRoles{Role::email, Role::external_id, Role::customer_id};

/// Keys that mean the same when their texts are equal: all e-mails, all your own ids, the ids of one tool.
struct NameSpace {
    KeyKind kind;
    std::string tool; ///< of tool_id_key
    table::Dictionary texts;
    std::vector<std::uint32_t> node; ///< by code in texts
};

/// All distinct keys as nodes 0, 1, 2 ...
struct Nodes {
    std::vector<NameSpace> spaces;
    std::vector<KeyKind> kind;          ///< by node
    std::vector<std::string_view> text; ///< by node; views into the files' dictionaries
    /// Per file and role: the node of each code of the column, kNobody for the missing text; empty: no
    /// column.
    std::vector<std::array<std::vector<std::uint32_t>, kPersonRoles.size()>> of_code;

    std::size_t size() const { return kind.size(); }
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

namespace {

NameSpace& space_of(std::vector<NameSpace>& spaces, KeyKind kind, const std::string& tool) {
    for (auto& space : spaces)
        if (space.kind == kind && (kind != tool_id_key || space.tool == tool)) return space;
    spaces.push_back({kind, kind == tool_id_key ? tool : "", {}, {0}});
    return spaces.back();
}

/// Gives the texts with `codes` of a column their nodes, in the order of the codes.
void add_keys(const table::Dictionary& dictionary, std::span<const std::uint32_t> codes, NameSpace& space,
              Nodes& nodes, std::vector<std::uint32_t>& node_of_code) {
    constexpr std::size_t kBlock = 1024;
    std::array<std::string_view, kBlock> texts;
    std::array<std::uint32_t, kBlock> found;
    for (std::size_t at = 0; at < codes.size(); at += kBlock) {
        const std::size_t count = std::min(kBlock, codes.size() - at);
        for (std::size_t i = 0; i < count; ++i)
            texts[i] = dictionary.text(codes[at + i]);
        space.texts.encode_all({texts.data(), count}, found.data());
        for (std::size_t i = 0; i < count; ++i) {
            if (found[i] == space.node.size()) {
                space.node.push_back(static_cast<std::uint32_t>(nodes.size()));
                nodes.kind.push_back(space.kind);
                nodes.text.push_back(texts[i]);
            }
            node_of_code[codes[at + i]] = space.node[found[i]];
        }
    }
}

Nodes find_nodes(std::span<const intake::FileTable> files) {
    Nodes nodes;
    nodes.of_code.resize(files.size());
    std::array<std::vector<std::uint32_t>, kKeyKinds> codes;
    for (std::size_t f = 0; f < files.size(); ++f) {
        const auto* format = intake::find_format(files[f].format);
        const auto tool = tool_of(files[f].format);
        for (std::size_t r = 0; r < kPersonRoles.size(); ++r) {
            const auto* column = files[f].text_of(kPersonRoles[r]);
            if (column == nullptr) continue;
            const auto& dictionary = column->dictionary;
            auto& node_of_code = nodes.of_code[f][r];
            node_of_code.assign(dictionary.size(), kNobody);
            for (auto& some : codes)
                some.clear();
            in_stretches(dictionary.size() - 1, [&](std::size_t before) {
                const auto code = static_cast<std::uint32_t>(before + 1);
                codes[key_kind(kPersonRoles[r], format, dictionary.text(code))].push_back(code);
            });
            for (const auto kind : {email_key, own_id_key, tool_id_key})
                if (!codes[kind].empty())
                    add_keys(dictionary, codes[kind], space_of(nodes.spaces, kind, tool), nodes,
                             node_of_code);
        }
    }
    nodes.spaces.clear(); // looking up is over
    return nodes;
}

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

void make_distinct(Pairs& pairs, std::size_t from) {
    const auto begin = pairs.begin() + static_cast<std::ptrdiff_t>(from);
    std::sort(begin, pairs.end());
    pairs.erase(std::unique(begin, pairs.end()), pairs.end());
}

/// Pairs of keys that stand in one row, the smaller first, each once.
Pairs pairs_in_rows(std::span<const intake::FileTable> files, const Nodes& nodes) {
    Pairs pairs;
    for (std::size_t f = 0; f < files.size(); ++f) {
        std::vector<std::size_t> present;
        for (std::size_t r = 0; r < kPersonRoles.size(); ++r)
            if (!nodes.of_code[f][r].empty()) present.push_back(r);
        if (present.size() < 2) continue;
        const auto first_of_file = pairs.size();
        for (std::size_t row = 0; row < files[f].rows; ++row) {
            std::uint32_t before = kNobody;
            for (const auto r : present) {
                const auto node = nodes.of_code[f][r][files[f].text_of(kPersonRoles[r])->code[row]];
                if (node == kNobody) continue;
                if (before != kNobody && before != node)
                    pairs.emplace_back(std::min(before, node), std::max(before, node));
                before = node;
            }
        }
        make_distinct(pairs, first_of_file);
    }
    make_distinct(pairs, 0);
    return pairs;
}

/// Which nodes are one person, and which are too widely shared to say so.
struct Persons {
    Persons(const Nodes& nodes, const Pairs& pairs) : sets(nodes.size()), shared(nodes.size(), 0) {
        std::vector<std::array<std::uint32_t, kKeyKinds>> partners(pairs.empty() ? 0 : nodes.size());
        for (const auto& [a, b] : pairs) {
            ++partners[a][nodes.kind[b]];
            ++partners[b][nodes.kind[a]];
        }
        // A mailbox shared by many ids must not melt them into one person.
        for (std::size_t node = 0; node < partners.size(); ++node)
            shared[node] =
                *std::max_element(partners[node].begin(), partners[node].end()) > kSharedKeyLimit ? 1 : 0;
        for (const auto& [a, b] : pairs)
            if (shared[a] == 0 && shared[b] == 0) sets.join(a, b);
        number.assign(nodes.size(), kNobody);
    }
    std::uint32_t of(std::uint32_t node) {
        auto& person = number[sets.find(node)];
        if (person == kNobody) person = count++;
        return person;
    }

    DisjointSets sets;
    std::vector<std::uint8_t> shared;
    std::vector<std::uint32_t> number; ///< of the person, by the node that stands for its set
    std::uint32_t count = 0;
};

std::vector<std::uint32_t>
persons_of_rows(const intake::FileTable& file,
                const std::array<std::vector<std::uint32_t>, kPersonRoles.size()>& node_of_code,
                Persons& persons) {
    std::vector<std::uint32_t> person(file.rows, kNobody);
    std::vector<std::size_t> present;
    for (std::size_t r = 0; r < kPersonRoles.size(); ++r)
        if (!node_of_code[r].empty()) present.push_back(r);
    if (present.size() == 1) {
        // Codes are in order of first appearance, so their persons get the numbers that the rows would give.
        const auto& codes = file.text_of(kPersonRoles[present.front()])->code;
        std::vector<std::uint32_t> of_code(node_of_code[present.front()].size(), kNobody);
        in_stretches(of_code.size() - 1, [&](std::size_t before) {
            of_code[before + 1] = persons.of(node_of_code[present.front()][before + 1]);
        });
        in_stretches(file.rows, [&](std::size_t row) { person[row] = of_code[codes[row]]; });
        return person;
    }
    for (std::size_t row = 0; row < file.rows; ++row) {
        // The first key that is not shared speaks; a shared one only when the row has no other.
        std::uint32_t fall_back = kNobody;
        for (const auto r : present) {
            const auto node = node_of_code[r][file.text_of(kPersonRoles[r])->code[row]];
            if (node == kNobody) continue;
            if (persons.shared[node] != 0) {
                if (fall_back == kNobody) fall_back = node;
                continue;
            }
            person[row] = persons.of(node);
            break;
        }
        if (person[row] == kNobody && fall_back != kNobody) person[row] = persons.of(fall_back);
    }
    return person;
}

/// A person's account: the customers file knows best; else the smallest account text that any row states.
void settle_accounts(std::span<const intake::FileTable> files, const table::Dictionary& accounts,
                     Identity& identity) {
    for (const bool customers_first : {true, false}) {
        const auto settled = identity.account_of_person;
        for (std::size_t f = 0; f < files.size(); ++f) {
            if ((files[f].kind == intake::TableKind::customers) != customers_first ||
                files[f].text_of(Role::account_id) == nullptr)
                continue;
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
}

} // namespace

Identity identify(std::span<const intake::FileTable> files) {
    const Nodes nodes = find_nodes(files);
    Persons persons(nodes, pairs_in_rows(files, nodes));
    Identity identity;
    for (std::size_t node = 0; node < nodes.size(); ++node)
        if (persons.shared[node] != 0) identity.shared_keys.emplace_back(nodes.text[node]);
    std::sort(identity.shared_keys.begin(), identity.shared_keys.end());

    table::Dictionary accounts;
    identity.person.resize(files.size());
    identity.account.resize(files.size());
    for (std::size_t f = 0; f < files.size(); ++f) {
        identity.person[f] = persons_of_rows(files[f], nodes.of_code[f], persons);
        auto& account = identity.account[f];
        if (const auto* column = files[f].text_of(Role::account_id)) {
            std::vector<std::uint32_t> code_to_account(column->dictionary.size(), kNobody);
            for (std::uint32_t code = 1; code < column->dictionary.size(); ++code)
                code_to_account[code] = accounts.encode(column->dictionary.text(code)) - 1;
            account.reserve(files[f].rows);
            in_stretches(files[f].rows,
                         [&](std::size_t row) { account.push_back(code_to_account[column->code[row]]); });
        }
    }
    identity.persons = persons.count;
    identity.accounts = accounts.size() - 1;
    identity.account_of_person.assign(identity.persons, kNobody);
    settle_accounts(files, accounts, identity);
    return identity;
}

} // namespace preempt::history
