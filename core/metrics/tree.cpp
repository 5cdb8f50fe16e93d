#include "core/metrics/tree.hpp"

#include "core/base/sort_list.hpp"
#include "core/intake/roles.hpp"
#include "core/metrics/compare.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace preempt::metrics {
namespace {

using evidence::Cell;
using evidence::Evidence;

/// Fixed, so that the same evidence gives the same intervals to the last digit; each period and group has its
/// own, from what it is called and not from its place among the rows (FNV-1a).
std::uint64_t seed_of(const std::string& period, const std::string& group) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : period + '\n' + group)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    return hash;
}

/// Trees further back than this are of no use to anybody and cost time.
constexpr std::size_t kMostPeriods = 26;
/// Below it an attribute that the held-out do not state compares people who differ.
constexpr double kKnownInHoldout = 0.95;

struct NodeRow {
    const char* id;
    const char* branch;
    bool of_contacts; ///< needs C and U
    double (TreeState::*value)() const;
};
double precision_of(const TreeState& state) {
    return state.baseline;
}
constexpr std::array kNodes{
    NodeRow{"per_outreach", "outcome", false, &TreeState::per_outreach},
    NodeRow{"share_of_demand", "outcome", true, &TreeState::share_of_demand},
    NodeRow{"detection", "detection", true, &TreeState::detection},
    NodeRow{"reach", "targeting", true, &TreeState::reach},
    NodeRow{"precision", "targeting", false, nullptr},
    NodeRow{"message", "message", false, &TreeState::message},
};
double value_of(const NodeRow& row, const TreeState& state) {
    return row.value == nullptr ? precision_of(state) : (state.*row.value)();
}

Tree tree_of(const Ingredients& from, double level) {
    Tree tree;
    tree.outreaches = std::llround(from.state.outreaches);
    tree.not_covered = from.not_covered;
    tree.contacts = std::llround(from.state.contacts);
    tree.unacted = std::llround(from.state.unacted);
    std::vector<TreeState> drawn;
    if (from.available) drawn = drawn_states(from);
    std::vector<double> column;
    const auto estimate_of = [&](double value, auto of_state) {
        column.clear();
        for (const auto& state : drawn)
            column.push_back(of_state(state));
        return drawn_estimate(value, column, level);
    };
    if (from.available)
        tree.prevented =
            estimate_of(from.state.prevented(), [](const TreeState& s) { return s.prevented(); });
    for (const auto& row : kNodes) {
        TreeNode node{row.id, row.branch, {}, ""};
        if (!from.available)
            node.missing = "no_comparison_in_period";
        else if (row.of_contacts && !from.contacts_known)
            node.missing = "no_contacts_by_group";
        else
            node.estimate =
                estimate_of(value_of(row, from.state), [&](const TreeState& s) { return value_of(row, s); });
        if (node.missing.empty() && !node.estimate.value) node.missing = "no_baseline_contacts";
        tree.nodes.push_back(std::move(node));
    }
    return tree;
}

void take_intervals(Tree& tree, const Comparison& comparison) {
    tree.prevented = comparison.prevented;
    for (auto& node : tree.nodes) {
        if (node.id == "per_outreach") node.estimate = comparison.difference;
        if (node.id == "message" && comparison.relative_reduction.value)
            node.estimate = comparison.relative_reduction;
    }
}

void take_intervals(Tree& tree, std::span<const Cell> cells, const Source& source, double level) {
    const auto comparison = compare(cells, cells, *source.strata, level);
    if (comparison.available) take_intervals(tree, comparison);
}

std::string day(Instant at, const Evidence& evidence) {
    return evidence.question.zone == nullptr ? iso_utc(at).substr(0, 10)
                                             : local_date(at, *evidence.question.zone);
}

std::vector<Tree> trees_of(const Evidence& evidence, const evidence::Series& series, const Source& source,
                           const char* period, double level) {
    std::vector<Tree> trees;
    const auto& cells = series.*source.series;
    const auto complete = complete_periods(evidence, series, cells);
    const auto size = series.periods.size();
    for (auto p = size > kMostPeriods ? size - kMostPeriods : 0; p < size; ++p) {
        auto found = ingredients(of_group(cells, static_cast<std::uint32_t>(p)));
        set_contacts(found, series.periods[p].contacts, series.periods[p].counts.unacted);
        found.seed = seed_of(period + day(series.periods[p].start, evidence), "");
        auto tree = tree_of(found, level);
        take_intervals(tree, of_group(cells, static_cast<std::uint32_t>(p)), source, level);
        tree.start = day(series.periods[p].start, evidence);
        tree.end = day(series.periods[p].end, evidence);
        tree.complete = complete[p];
        trees.push_back(std::move(tree));
    }
    return trees;
}

std::vector<Tree> trees_by_group(const Evidence& evidence, const Source& source, double level) {
    std::vector<Tree> trees;
    if (source.by == nullptr || evidence.question.breakdown < 0 ||
        evidence.attribute_known_in_holdout < kKnownInHoldout)
        return trees;
    const auto& contacts = evidence.companions.contacts_by_group;
    for (std::uint32_t g = 0; g < source.by->groups.size(); ++g) {
        auto found = ingredients(of_group(source.by->cells, g));
        if (!found.available) continue;
        if (g < contacts.size()) set_contacts(found, contacts[g].whole, contacts[g].part);
        found.seed = seed_of("", "group " + source.by->groups[g]);
        auto tree = tree_of(found, level);
        take_intervals(tree, of_group(source.by->cells, g), source, level);
        tree.label = source.by->groups[g];
        trees.push_back(std::move(tree));
    }
    sort_list(trees, [](const Tree& a, const Tree& b) {
        return a.outreaches != b.outreaches ? a.outreaches > b.outreaches : a.label < b.label;
    });
    return trees;
}

/// The last two complete periods of a series, by group where the evidence has groups and they lose nothing.
std::vector<Change> changes_of(const Evidence& evidence, const evidence::Series& series, const Source& source,
                               const char* period, double level) {
    const auto complete = complete_periods(evidence, series, series.*source.series);
    std::size_t to = complete.size();
    while (to > 0 && !complete[to - 1])
        --to;
    std::vector<Change> result;
    if (to < 2 || !complete[to - 2]) return result;
    const auto seed = [&](std::size_t p, const std::string& group) {
        return seed_of(period + day(series.periods[p].start, evidence), group);
    };
    const auto at = [&](std::size_t p) {
        auto found = ingredients(of_group(series.*source.series, static_cast<std::uint32_t>(p)));
        set_contacts(found, series.periods[p].contacts, series.periods[p].counts.unacted);
        found.seed = seed(p, "");
        return found;
    };
    const auto before = static_cast<std::uint32_t>(to - 2), after = static_cast<std::uint32_t>(to - 1);
    const GroupIngredients whole{"", at(before), at(after)};
    std::vector<GroupIngredients> groups;
    const auto count = static_cast<std::uint32_t>(evidence.change_groups.size());
    double covered_from = 0, covered_to = 0;
    if (source.series_by != nullptr && !(series.*source.series_by).empty())
        for (std::uint32_t g = 0; g < count; ++g) {
            const auto& cells = series.*source.series_by;
            GroupIngredients group{evidence.change_groups[g],
                                   ingredients(of_group(cells, before * count + g)),
                                   ingredients(of_group(cells, after * count + g))};
            group.from.seed = seed(before, "group " + group.label);
            group.to.seed = seed(after, "group " + group.label);
            covered_from += group.from.state.outreaches;
            covered_to += group.to.state.outreaches;
            if (group.from.available || group.to.available) groups.push_back(std::move(group));
        }
    // Sums must not depend on the order of the groups' codes.
    sort_list(groups, [](const GroupIngredients& a, const GroupIngredients& b) { return a.label < b.label; });
    if (covered_from < whole.from.state.outreaches || covered_to < whole.to.state.outreaches ||
        groups.size() < 2)
        groups = {whole};
    result = changes(groups, whole, level);
    if (groups.size() == 1 && whole.from.available && whole.to.available) {
        const auto& cells = series.*source.series;
        const auto first = compare(of_group(cells, before), of_group(cells, before), *source.strata, level);
        const auto last = compare(of_group(cells, after), of_group(cells, after), *source.strata, level);
        result[0].from = first.difference;
        result[0].to = last.difference;
        result[1].from = first.prevented;
        result[1].to = last.prevented;
    }
    for (auto& change : result) {
        change.period = period;
        change.from_start = day(series.periods[before].start, evidence);
        change.from_end = day(series.periods[before].end, evidence);
        change.to_start = day(series.periods[after].start, evidence);
        change.to_end = day(series.periods[after].end, evidence);
    }
    return result;
}

std::vector<TreeNode> measurement(const Evidence& evidence, const Source& source, int headline_rung,
                                  double level) {
    const auto all = sum_of(source.all->cells);
    std::int64_t held_out = 0;
    for (const auto& cell : source.all->cells)
        if (cell.arm == history::Arm::holdout) held_out += cell.episodes;
    const auto& health = evidence.health;
    const auto row = [](const char* id, Estimate estimate, const char* missing) {
        return TreeNode{id, "measurement", estimate, estimate.value ? "" : missing};
    };
    return {row("holdout_share", proportion(held_out, all.episodes, level), "no_comparison"),
            row("matured_share", proportion(all.episodes, all.episodes + all.pending, level), "all_pending"),
            row("match_rate", proportion(health.contacts_matched, health.contacts_in_scope, level),
                "no_contacts"),
            row("rung", {static_cast<double>(headline_rung), std::nullopt, std::nullopt}, "")};
}

std::vector<BranchOwner> owners_of(const std::vector<history::Owner>& owners) {
    std::vector<BranchOwner> all;
    for (const auto& o : owners)
        all.push_back({o.branch, o.id, o.name, o.team, o.raci, o.handle});
    const auto rank = [](const BranchOwner& owner) {
        return std::string("ARCI").find(owner.raci.substr(0, 1));
    };
    sort_list(all, [&](const BranchOwner& a, const BranchOwner& b) {
        return rank(a) != rank(b) ? rank(a) < rank(b) : a.id < b.id;
    });
    return all;
}

std::string group_that_moved(const Change& change, const std::string& part) {
    std::string label;
    double largest = 0;
    if (change.groups.size() < 2) return label;
    for (const auto& group : change.groups) {
        const auto own = part == "mix"         ? group.mix
                         : part == "precision" ? group.precision.value_or(0)
                         : part == "message"   ? group.message.value_or(0)
                                               : group.within;
        if (std::fabs(own) <= largest) continue;
        largest = std::fabs(own);
        label = group.label;
    }
    return label;
}

/// The clearest part of the last month's change; of the quarter's or the week's where months say nothing.
Mover mover_of(const MetricTree& tree, const Evidence& evidence) {
    Mover mover;
    for (const char* period : {"month", "quarter", "week"}) {
        for (const auto& change : tree.changes) {
            // Total prevented contacts move with the volume sent, which is no news to anybody. The share of
            // demand speaks where prevention per outreach has nothing clear to say.
            if (mover.found || change.period != period || change.outcome == "prevented") continue;
            const Contribution* largest = nullptr;
            for (const auto& part : change.contributions)
                if (part.clear && (largest == nullptr ||
                                   std::fabs(*part.estimate.value) > std::fabs(*largest->estimate.value)))
                    largest = &part;
            if (largest == nullptr) continue;
            mover.found = true;
            mover.period = period;
            mover.outcome = change.outcome;
            mover.from_start = change.from_start;
            mover.to_start = change.to_start;
            mover.to_end = change.to_end;
            mover.change = change.change;
            mover.contribution = *largest;
            mover.group = group_that_moved(change, largest->id);
        }
        if (mover.found) break;
    }
    if (!mover.found) return mover;
    for (const auto& owner : tree.owners)
        if (owner.branch == mover.contribution.branch && (owner.raci == "A" || owner.raci == "R")) {
            mover.owner = owner;
            break;
        }
    // The period after the last complete one must end, and its windows with it.
    const auto& series = mover.period == "month"     ? evidence.month
                         : mover.period == "quarter" ? evidence.quarter
                                                     : evidence.week;
    const auto kind = mover.period == "month"     ? Period::month
                      : mover.period == "quarter" ? Period::quarter
                                                  : Period::week;
    for (const auto& span : series.periods)
        if (evidence.question.zone != nullptr && day(span.end, evidence) == mover.to_end)
            mover.recheck_on =
                day(next_period_start(span.end, *evidence.question.zone, kind) + evidence.question.window,
                    evidence);
    return mover;
}

} // namespace

MetricTree metric_tree(const Evidence& evidence, const Comparison& leading, int headline_rung, double level) {
    MetricTree result;
    result.basis = leading.basis;
    result.owners = owners_of(evidence.companions.owners);
    if (!leading.available) {
        result.missing = leading.missing.empty() ? "no_comparison" : leading.missing;
        return result;
    }
    if (leading.verdict == "withheld" && leading.withheld_why != "too_few") {
        result.missing = leading.withheld_why;
        return result;
    }
    result.available = true;
    if (!evidence.has_signals) result.cautions.emplace_back("no_signals");
    if (leading.verdict == "withheld") result.cautions.emplace_back("withheld");
    if (leading.not_covered > 0) result.cautions.emplace_back("not_covered");

    const auto source = source_of(evidence, leading.basis);
    auto whole = ingredients(source.all->cells);
    // Typed numbers hold no contacts but those after the messages, unless a count was typed too.
    if (!evidence.typed || evidence.contacts > 0)
        set_contacts(whole, evidence.contacts, evidence.companions.signals.unacted_contacts);
    result.whole = tree_of(whole, level);
    take_intervals(result.whole, leading);
    result.measurement = measurement(evidence, source, headline_rung, level);
    if (evidence.typed) return result;

    if (evidence.question.breakdown >= 0)
        result.attribute =
            intake::role_info(history::attributes()[static_cast<std::size_t>(evidence.question.breakdown)])
                .name;
    result.groups = trees_by_group(evidence, source, level);
    struct Kind {
        const char* name;
        const evidence::Series& series;
        std::vector<Tree>& trees;
    };
    for (const auto& kind :
         {Kind{"week", evidence.week, result.week}, Kind{"month", evidence.month, result.month},
          Kind{"quarter", evidence.quarter, result.quarter}}) {
        kind.trees = trees_of(evidence, kind.series, source, kind.name, level);
        auto found = changes_of(evidence, kind.series, source, kind.name, level);
        result.changes.insert(result.changes.end(), found.begin(), found.end());
    }
    result.mover = mover_of(result, evidence);
    return result;
}

} // namespace preempt::metrics
