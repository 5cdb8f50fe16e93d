// Assignments, eligibility and signals (T4, T7, and arms that stand in messages). In: rows with a moment and
// perhaps an arm. Out: Assignments, sorted, with one clock per unit and experiment in both arms alike.
#include "core/history/work.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <cmath>

namespace preempt::history {
namespace {

/// `expected_share` may be stated as each arm's own share, or as the holdout's share in every row.
void note_share(Work& w, std::uint32_t experiment, Arm arm, double share) {
    if (!(share > 0 && share < 1)) return;
    auto& shares = w.shares;
    if (shares.size() <= experiment) shares.resize(experiment + 1, {std::nan(""), std::nan("")});
    shares[experiment][arm == Arm::holdout ? 1 : 0] = share;
}

void finish_assignments(Work& w) {
    auto& out = w.history.assignments;
    finish(out.outreach, out.size(), kNobody);
    finish(out.resolved_at, out.size(), kNoInstant);
    finish(out.eligible_at, out.size(), kNoInstant);
}

void select_assignments(Work& w, const std::vector<std::uint32_t>& keep) {
    auto& out = w.history.assignments;
    reorder(out.unit, keep);
    out.account.reorder(keep);
    reorder(out.at, keep);
    reorder(out.arm, keep);
    out.experiment.reorder(keep);
    reorder(out.moment, keep);
    reorder(out.eligible_at, keep);
    reorder(out.outreach, keep);
    reorder(out.resolved_at, keep);
    reorder(out.origin, keep);
}

bool has_treated(const Work& w) {
    const auto& arm = w.history.assignments.arm;
    return std::find(arm.begin(), arm.end(), Arm::treated) != arm.end();
}

/// The order of assignments inside a unit. At the same moment what they say decides, so that the order of
/// rows and files does not.
bool assigned_before(const Work& w, std::uint32_t a, std::uint32_t b) {
    const auto& out = w.history.assignments;
    if (out.at[a] != out.at[b]) return out.at[a] < out.at[b];
    if (out.arm[a] != out.arm[b]) return out.arm[a] < out.arm[b];
    if (out.experiment[a] != out.experiment[b])
        return w.history.experiments.text(out.experiment[a]) < w.history.experiments.text(out.experiment[b]);
    for (std::size_t i = 0; i < kAttributes; ++i) {
        const auto of_a = w.attribute_of(i, out.origin[a]), of_b = w.attribute_of(i, out.origin[b]);
        if (of_a != of_b) return w.history.dictionary[i].text(of_a) < w.history.dictionary[i].text(of_b);
    }
    return a < b;
}

/// A value for each unit, experiment and arm. Units and experiments are dense numbers, so that a table of all
/// of them serves while it is not much larger than the rows; else a map.
template <class T>
class PerUnit {
  public:
    PerUnit(const Work& w, T nothing)
        : experiments_(w.history.experiments.size()), out_(w.history.assignments), nothing_(nothing) {
        const auto all = std::uint64_t{w.history.units} * experiments_ * kArms;
        if (all <= 4 * std::uint64_t{out_.size()} + 4096)
            table_.assign(static_cast<std::size_t>(all), nothing);
    }
    /// Of the unit, experiment and arm of this assignment.
    T& operator[](std::uint32_t i) {
        const auto key = (std::uint64_t{out_.unit[i]} * experiments_ + out_.experiment[i]) * kArms +
                         (out_.arm[i] == Arm::holdout ? 1 : 0);
        return table_.empty() ? map_.try_emplace(key, nothing_).first->second
                              : table_[static_cast<std::size_t>(key)];
    }

  private:
    static constexpr std::uint64_t kArms = 2;

    std::uint64_t experiments_;
    const Assignments& out_;
    T nothing_;
    std::vector<T> table_;
    boost::unordered_flat_map<std::uint64_t, T> map_;
};

/// Calls visit(i) for every assignment to one of these arms.
template <class Visit>
void each_assigned(const Work& w, std::initializer_list<Arm> arms, Visit visit) {
    const auto& arm = w.history.assignments.arm;
    in_stretches(arm.size(), [&](std::size_t i) {
        if (std::find(arms.begin(), arms.end(), arm[i]) != arms.end()) visit(static_cast<std::uint32_t>(i));
    });
}

/// Of the assignments to these arms, only the first of each unit, experiment and arm stays.
void keep_first_assignments(Work& w, std::initializer_list<Arm> arms) {
    PerUnit<std::uint32_t> first(w, kNobody);
    each_assigned(w, arms, [&](std::uint32_t i) {
        auto& one = first[i];
        if (one == kNobody || assigned_before(w, i, one)) one = i;
    });
    std::vector<std::uint8_t> stays(w.history.assignments.size(), 1);
    each_assigned(w, arms, [&](std::uint32_t i) { stays[i] = first[i] == i ? 1 : 0; });
    std::vector<std::uint32_t> keep;
    for (std::uint32_t i = 0; i < stays.size(); ++i)
        if (stays[i] != 0) keep.push_back(i);
    select_assignments(w, keep);
}

/// A list of held-out people only: everybody else who got a targeted message was the other arm, from
/// their first message on. One clock a unit in both arms: a window at every later message would compare
/// the calm weeks of the contacted with the first week of the held-out. Nothing says which experiment a
/// message belonged to, so a list of several is read as one.
void add_treated_from_outreaches(Work& w) {
    auto& out = w.history.assignments;
    const auto& sent = w.history.outreaches;
    std::vector<std::uint8_t> is_held_out(w.history.units, 0);
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (out.arm[i] != Arm::holdout) continue;
        is_held_out[out.unit[i]] = 1;
        out.experiment.set(i, 0);
    }
    finish_assignments(w);
    for (std::uint32_t unit = 0; unit < w.history.units; ++unit) {
        if (is_held_out[unit] != 0) continue;
        auto o = sent.first[unit]; // messages are in time order
        while (o < sent.first[unit + 1] && sent.type[o] == OutreachType::broadcast)
            ++o;
        if (o == sent.first[unit + 1]) continue;
        out.unit.push_back(unit);
        out.account.push_back(kNobody);
        out.at.push_back(sent.at[o]);
        out.arm.push_back(Arm::treated);
        out.moment.push_back(Moment::assigned);
        out.origin.push_back(sent.origin[o]);
        out.experiment.push_back(0);
    }
    finish_assignments(w);
    w.history.treated_from_outreaches = true;
    keep_first_assignments(w, {Arm::holdout});
}

/// Where one arm's units are listed clearly more often than the other's, only the first assignment of
/// each unit and experiment compares like with like (5.5.7).
void even_out_repeats(Work& w) {
    finish_assignments(w);
    std::array<std::int64_t, 3> rows{}, units{}; // by Arm; a unit counts once for each experiment
    PerUnit<std::uint8_t> seen(w, 0);
    each_assigned(w, {Arm::treated, Arm::holdout}, [&](std::uint32_t i) {
        const auto arm = static_cast<std::size_t>(w.history.assignments.arm[i]);
        auto& one = seen[i];
        ++rows[arm];
        units[arm] += one == 0 ? 1 : 0;
        one = 1;
    });
    const auto repeats = [&](Arm arm) {
        const auto a = static_cast<std::size_t>(arm);
        return units[a] == 0 ? 1.0 : static_cast<double>(rows[a]) / static_cast<double>(units[a]);
    };
    const double treated = repeats(Arm::treated), holdout = repeats(Arm::holdout);
    constexpr double kClearly = 1.25;
    constexpr std::int64_t kEnoughUnits = 30; // fewer repeat unevenly by chance
    if (*std::min_element(units.begin() + 1, units.end()) < kEnoughUnits) return;
    if (treated > kClearly * holdout || holdout > kClearly * treated) {
        w.history.first_assignments_only = true;
        keep_first_assignments(w, {Arm::treated, Arm::holdout});
    }
}

void choose_assignments(Work& w) {
    auto& out = w.history.assignments;
    std::array<bool, 3> arm_is_listed{};
    bool listed_arms = false, arms_in_outreaches = false;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (out.arm[i] == Arm::none) continue;
        if (w.assignment_from_outreach[i] != 0)
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
            if (w.assignment_from_outreach[i] == 0 || !arm_is_listed[static_cast<std::size_t>(out.arm[i])])
                keep.push_back(i);
        finish_assignments(w);
        select_assignments(w, keep);
    }
    w.history.has_arms = std::find(out.arm.begin(), out.arm.end(), Arm::holdout) != out.arm.end();
    if (w.history.has_arms && !has_treated(w))
        add_treated_from_outreaches(w);
    else if (w.history.has_arms)
        even_out_repeats(w);
    for (std::size_t e = 0; e < w.shares.size(); ++e) {
        w.history.expected_share.resize(w.shares.size(), std::nan(""));
        const auto [treated, holdout] = w.shares[e];
        if (!std::isnan(holdout))
            w.history.expected_share[e] = holdout;
        else if (!std::isnan(treated))
            w.history.expected_share[e] = 1 - treated;
    }
}

/// What a signal says of its own consequences: the outreach that it led to, and when it was resolved.
void note_response(Work& w, std::size_t f, std::size_t row, std::uint32_t unit, Instant at,
                   std::size_t index) {
    auto& out = w.history.assignments;
    if (const auto id = text_at(w.files[f].text_of(Role::outreach_id), row); !id.empty())
        put(out.outreach, index, w.message_named(id, unit, kNoInstant), kNobody);
    if (const auto resolved = w.time(f, Role::closed_at, row); resolved != kNoInstant && resolved >= at)
        put(out.resolved_at, index, resolved, kNoInstant);
}

void read_file(Work& w, std::size_t f) {
    const bool is_signals = w.files[f].kind == TableKind::signals;
    w.attributes_of(f);
    auto& out = w.history.assignments;
    (is_signals ? w.history.has_signals : w.history.has_exposure_list) = true;
    reserve_assignments(w, w.files[f].rows);
    in_stretches(w.files[f].rows, [&](std::size_t row) {
        if (!w.is_used(f, row)) return;
        const auto unit = w.unit_in_scope(f, row);
        if (unit == kNobody) return;
        w.known[unit] = 1;
        const auto arm = is_signals ? Arm::none : w.arm_of(f, row);
        const auto moment = is_signals         ? Moment::signal
                            : arm == Arm::none ? Moment::eligible
                                               : Moment::assigned;
        const auto* assigned = w.files[f].instants_of(Role::occurred_at);
        const auto role =
            assigned != nullptr && assigned->value[row] != kNoInstant ? Role::occurred_at : Role::eligible_at;
        const auto at = w.clock(f, role, row);
        w.note_day_precision(f, role, row, unit);
        const auto index = out.size();
        add_assignment(w, f, row, unit, at, arm, moment, false);
        if (const auto eligible = w.time(f, Role::eligible_at, row); eligible != kNoInstant)
            put(out.eligible_at, index, eligible, kNoInstant);
        if (is_signals) note_response(w, f, row, unit, at, index);
        if (arm == Arm::none) w.history.has_signals = true;
    });
}

/// Held-out rows rarely state an outreach type. Where the messages of a trigger are all of one type, the
/// type of the messages that were held back is known too.
void derive_types_of_triggers(Work& w) {
    const auto& sent = w.history.outreaches;
    auto& out = w.history.assignments;
    if (out.attribute[kTriggerAttribute].empty() || sent.attribute[kTriggerAttribute].empty() ||
        sent.attribute[kOutreachTypeAttribute].empty())
        return;
    constexpr std::uint32_t kMixed = kNobody;
    std::vector<std::uint32_t> type(w.history.dictionary[kTriggerAttribute].size(), 0);
    in_stretches(sent.size(), [&](std::size_t o) {
        const auto code = sent.attribute[kOutreachTypeAttribute][o];
        auto& known = type[sent.attribute[kTriggerAttribute][o]];
        if (known == 0)
            known = code;
        else if (known != code && code != 0)
            known = kMixed;
    });
    auto& column = out.attribute[kOutreachTypeAttribute];
    if (column.empty()) column.assign(out.size());
    in_stretches(out.size(), [&](std::size_t i) {
        const auto trigger = out.attribute[kTriggerAttribute][i];
        if (column[i] == 0 && trigger != 0 && type[trigger] != kMixed) column.set(i, type[trigger]);
    });
}

} // namespace

void reserve_assignments(Work& w, std::size_t more) {
    auto& out = w.history.assignments;
    const auto rows = out.size() + more;
    out.unit.reserve(rows);
    out.account.reserve(rows);
    out.at.reserve(rows);
    out.arm.reserve(rows);
    out.experiment.reserve(rows);
    out.moment.reserve(rows);
    out.origin.reserve(rows);
    w.assignment_from_outreach.reserve(rows);
}

void add_assignment(Work& w, std::size_t f, std::size_t row, std::uint32_t unit, Instant at, Arm arm,
                    Moment moment, bool from_outreach) {
    auto& out = w.history.assignments;
    out.unit.push_back(unit);
    out.account.push_back(w.identity.account[f][row]);
    out.at.push_back(at);
    out.arm.push_back(arm);
    out.moment.push_back(moment);
    out.origin.push_back(w.origin_of(f, row));
    const auto experiment =
        w.history.experiments.encode(text_at(w.files[f].text_of(Role::experiment_id), row));
    out.experiment.push_back(experiment);
    w.assignment_from_outreach.push_back(from_outreach ? 1 : 0);
    if (const auto* share = w.files[f].numbers_of(Role::expected_share); share != nullptr && arm != Arm::none)
        note_share(w, experiment, arm, share->value[row]);
}

void read_assignments(Work& w) {
    for (const auto kind : {TableKind::exposure, TableKind::signals})
        for (const auto f : w.file_order)
            if (w.files[f].kind == kind) read_file(w, f);
    choose_assignments(w);
    finish_assignments(w);
    auto& out = w.history.assignments;
    select_assignments(w, order_by_unit(out.unit, w.history.units, [&](std::uint32_t a, std::uint32_t b) {
                           return assigned_before(w, a, b);
                       }));
    out.first = offsets(out.unit, w.history.units);
    w.fill_attributes(out.origin, out.attribute);
    derive_types_of_triggers(w);
    w.history.expected_share.resize(w.history.experiments.size(), std::nan(""));
}

} // namespace preempt::history
