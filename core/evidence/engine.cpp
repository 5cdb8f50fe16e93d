#include "core/evidence/engine.hpp"

#include "core/evidence/calendar_walk.hpp"
#include "core/evidence/companion_counts.hpp"
#include "core/evidence/counts.hpp"
#include "core/evidence/row_codes.hpp"
#include "core/evidence/walk.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

namespace preempt::evidence {

using history::History;

namespace {

constexpr std::size_t kContentAttribute = 8, kVariantAttribute = 9;
/// Of accounts with people in both arms, above which the holdout is looked at by account too (5.5.7).
constexpr std::int64_t kMixedShare = 20;

bool same_filters(const Question& a, const Question& b) {
    return a.from == b.from && a.to == b.to &&
           std::equal(a.filters.begin(), a.filters.end(), b.filters.begin(), b.filters.end(),
                      [](const Filter& x, const Filter& y) {
                          return x.attribute == y.attribute && x.values == y.values && x.exclude == y.exclude;
                      });
}

/// Alike in all that rows are counted by.
bool same_rows(const Question& a, const Question& b) {
    return same_filters(a, b) && a.zone == b.zone && a.lookback == b.lookback &&
           a.repeat_window == b.repeat_window;
}

/// Alike but for the breakdown.
bool same_but_groups(const Question& a, const Question& b) {
    return same_rows(a, b) && a.window == b.window && a.same_topic == b.same_topic && a.strata == b.strata &&
           a.at_risk_below == b.at_risk_below;
}

} // namespace

struct Engine::State {
    State(const History& h, Parallel p) : history(h), parallel(p), foreign(episodes::foreign_replies(h)) {}

    Evidence gather(const Question& question);
    void count(const Question& question);
    Setup set_up(const Question& question);
    void name_groups(Evidence& evidence) const;
    void walk_strata(const Question& question, const Setup& setup);
    void code_rows(const Setup& setup);
    void walk(const Setup& setup, TableSet set, Evidence& evidence);
    void in_parallel(std::size_t tasks, void (*task)(void*, std::size_t), void* context) const;
    template <class Use>
    auto with_setup(const Question& question, Use use);

    const History& history;
    Parallel parallel;
    std::vector<episodes::ForeignReply> foreign;
    std::vector<std::uint8_t> health = health_quarters(history);
    const bool has_variants = [this] {
        for (const auto a : {kContentAttribute, kVariantAttribute})
            if (AttributeOf(history, history.outreaches.attribute, a).is_stated()) return true;
        return false;
    }();
    Grouping content{history, has_variants ? static_cast<int>(kContentAttribute) : -1, -1};
    Grouping variant{history, has_variants ? static_cast<int>(kContentAttribute) : -1,
                     static_cast<int>(kVariantAttribute)};

    /// Without signals and topics no window touches what foreshadowed a contact.
    const bool foreseen_by_window =
        history.has_signals || !history.outreaches.attribute[history::kTopicAttribute].empty();

    const Grouping types{history, static_cast<int>(history::kOutreachTypeAttribute), -1};

    // Of the last question.
    std::optional<Question> last;
    episodes::Selection selection;
    std::optional<Periods> periods;
    Evidence rows;  ///< what the rows alone decide
    Evidence fixed; ///< and what the window decides, but no breakdown
    std::optional<Stratification> strata;
    std::optional<Grouping> by;
    int by_first = -1, by_second = -1;
    std::vector<Kept> kept;                      ///< by part of the units
    std::optional<RowCodes> codes[2];            ///< by Log
    const Zone* zone_of_codes = nullptr;         ///< of the question they were made for
    std::tuple<Strata, int, int> kinds_of_codes; ///< strata and breakdown likewise
    std::vector<Foreseen> foreseen;              ///< per contact
};

Engine::Engine(const History& history, Parallel parallel)
    : state_(std::make_unique<State>(history, parallel)) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

Evidence Engine::gather(const Question& question) {
    return state_->gather(question);
}

/// What rows are to the tables, where the last question does not have it alike.
void Engine::State::code_rows(const Setup& setup) {
    const bool same_zone = zone_of_codes == setup.question.zone;
    const std::tuple kinds{strata->level, by_first, by_second};
    if (same_zone && kinds_of_codes == kinds) return;
    zone_of_codes = nullptr; // until they are made
    struct Work {
        State& state;
        const Setup& setup;
        bool same_zone;
    } work{*this, setup, same_zone};
    const auto task = [](void* context, std::size_t log) {
        const auto& [state, setup_, keeps_moments] = *static_cast<Work*>(context);
        auto& one = state.codes[log];
        if (!keeps_moments) one.emplace(state.history, *setup_.question.zone, static_cast<Log>(log));
        one->find_kinds(setup_);
    };
    in_parallel(2, task, &work);
    zone_of_codes = setup.question.zone;
    kinds_of_codes = kinds;
}

void Engine::State::in_parallel(std::size_t tasks, void (*task)(void*, std::size_t), void* context) const {
    if (parallel.run != nullptr && parallel.threads > 1) {
        parallel.run(tasks, task, context);
        return;
    }
    for (std::size_t t = 0; t < tasks; ++t)
        task(context, t);
}

void Engine::State::walk(const Setup& asked, TableSet set, Evidence& evidence) {
    code_rows(asked);
    auto setup = asked;
    setup.outreach_codes = &*codes[static_cast<std::size_t>(Log::outreaches)];
    setup.assignment_codes = &*codes[static_cast<std::size_t>(Log::assignments)];
    const auto parts = std::max<std::size_t>(1, parallel.run == nullptr ? 1 : parallel.threads);
    std::vector<Walk> walks;
    for (std::size_t p = 0; p < parts; ++p)
        walks.emplace_back(setup, set);
    struct Work {
        std::vector<Walk>& walks;
        const std::vector<Kept>* kept; ///< to count again; null = walk
        std::uint64_t units;
    };
    const bool again = set == TableSet::by_group && kept.size() == parts;
    Work work{walks, again ? &kept : nullptr, history.units};
    if (has(set, TableSet::fixed) && kept.size() == parts)
        for (std::size_t p = 0; p < parts; ++p)
            walks[p].give_memory(std::move(kept[p]));
    const auto task = [](void* context, std::size_t index) {
        auto& all = *static_cast<Work*>(context);
        const auto bound = [&](std::size_t part) {
            return static_cast<std::uint32_t>(all.units * part / all.walks.size());
        };
        if (all.kept != nullptr)
            all.walks[index].units_again((*all.kept)[index], bound(index), bound(index + 1));
        else
            all.walks[index].units(bound(index), bound(index + 1));
    };
    in_parallel(parts, task, &work);
    if (has(set, TableSet::fixed)) {
        kept.clear();
        for (auto& one : walks)
            kept.push_back(one.take_kept());
    }
    for (std::size_t p = 1; p < parts; ++p)
        walks[0].absorb(walks[p]);
    walks[0].write(evidence);
}

/// What the rows alone decide, where the last question does not say the same.
void Engine::State::count(const Question& question) {
    if (last && same_rows(*last, question)) return;
    last.reset(); // until this one is answered
    selection = select(history, question);
    const auto extent = extent_of(history, selection);
    periods.emplace(extent.first, extent.last, *question.zone);
    rows = {};
    rows.has_outreaches = history.has_outreaches;
    rows.has_contacts = history.has_contacts;
    rows.has_arms = history.has_arms;
    rows.has_signals = history.has_signals;
    rows.has_outcomes = history.has_outcomes;
    rows.has_engagement = history.has_engagement;
    rows.treated_from_outreaches = history.treated_from_outreaches;
    rows.coverage_start = history.coverage_start;
    rows.coverage_end = history.coverage_end;
    rows.health = history.health;
    rows.ratings = history.ratings;
    rows.first_response_minutes = history.first_response_minutes;
    rows.design.first_assignments_only = history.first_assignments_only;
    for (std::size_t a = 0; a < history::kAttributes; ++a)
        if (!history.outreaches.attribute[a].empty() || !history.customer_attribute[a].empty() ||
            !history.assignments.attribute[a].empty())
            rows.attributes.emplace_back(intake::role_info(history::attributes()[a]).name);
    const Rows all{history, question, selection, *periods};
    count_rows(all, rows);
    count_message_companions(all, content, variant, rows);
    count_service_companions(all, rows);
    if (!foreseen_by_window) foreseen = count_signal_companions(all, rows);
}

Setup Engine::State::set_up(const Question& question) {
    if (!by || by_first != question.breakdown || by_second != question.second_breakdown)
        by.emplace(history, question.breakdown, question.second_breakdown);
    by_first = question.breakdown;
    by_second = question.second_breakdown;
    if (!strata) strata.emplace(Stratification{Strata::automatic, {}, {}}); // none yet
    return {history,   question, {question.window, question.same_topic, question.zone},
            selection, foreign,  *periods,
            *strata,   *by,      by->is_empty() ? types : *by,
            variant,   health,   rows.design.mixed_accounts * kMixedShare > rows.design.accounts};
}

void Engine::State::name_groups(Evidence& evidence) const {
    evidence.messages_by_type.groups = evidence.assignments_by_type.groups = evidence.matched_by_type.groups =
        evidence.month_by_type.groups = types.names();
    evidence.messages_by_trigger.groups = evidence.assignments_by_trigger.groups =
        evidence.matched_by_trigger.groups = texts_of(history.dictionary[history::kTriggerAttribute]);
    evidence.messages_by_variant.groups = evidence.assignments_by_variant.groups = variant.names();
    if (!health.empty())
        evidence.messages_by_health.groups = evidence.assignments_by_health.groups = {"", "1", "2", "3", "4"};
    evidence.messages_by_dose.groups = evidence.assignments_by_index.groups = {"1", "2", "3", "4"};
}

/// The walk at the level that the question asks for, or at the finest whose strata are large enough. Where
/// the finest of all was so for the last question it is walked without looking first, for the walk tells it
/// too.
void Engine::State::walk_strata(const Question& question, const Setup& setup) {
    std::vector<Strata> levels{Strata::experiment};
    if (question.strata != Strata::automatic)
        levels = {question.strata};
    else if (history.has_arms)
        levels = levels_for(history);
    const bool stood = strata->level == Strata::automatic || strata->level == levels.front();
    for (const auto level : levels) {
        const bool stands = level == levels.back(); // whatever its sizes
        const bool walk_first = stood && level == levels.front();
        if (strata->level != level) strata = stratify(history, level);
        if (!stands && !walk_first && !fine_enough(setup)) continue;
        fixed = rows;
        fixed.strata_used = strata->level;
        fixed.strata = strata->labels;
        name_groups(fixed);
        walk(setup, TableSet::both, fixed);
        if (stands || !walk_first || fine_enough(fixed.assignments.cells)) return;
    }
}

Evidence Engine::State::gather(const Question& question) {
    const bool fixed_stands = last && same_but_groups(*last, question);
    count(question);
    last.reset(); // until this one is answered
    const auto setup = set_up(question);
    Evidence evidence;
    if (fixed_stands) {
        evidence = fixed;
        walk(setup, TableSet::by_group, evidence);
    } else {
        walk_strata(question, setup);
        if (foreseen_by_window)
            foreseen = count_signal_companions({history, question, selection, *periods}, fixed);
        walk_calendar(setup, fixed);
        evidence = fixed;
    }
    for (auto& [experiment, size] : evidence.design.experiments)
        size.name = std::string(history.experiments.text(experiment));
    evidence.question = question;
    evidence.change_groups = setup.change.names();
    count_contacts_by_group({history, question, selection, *periods}, foreseen, *by, setup.change, evidence);
    if (!by->is_empty())
        evidence.messages_by.groups = evidence.assignments_by.groups = evidence.matched_by.groups =
            by->names();
    last = question;
    return evidence;
}

/// Calls use(setup) as gather would make it; nothing is counted that stands from the last question.
template <class Use>
auto Engine::State::with_setup(const Question& question, Use use) {
    if (!last || !same_but_groups(*last, question)) (void)gather(question); // chooses rows and strata
    const auto setup = set_up(question);
    return use(setup);
}

Result<Listing> Engine::list(const Question& question, const ListRequest& request) {
    return state_->with_setup(question, [&](const Setup& setup) { return list_episodes(setup, request); });
}

std::vector<Detail> Engine::details(const Question& question, Population population,
                                    std::span<const Listed> listed) {
    return state_->with_setup(question,
                              [&](const Setup& setup) { return details_of(setup, population, listed); });
}

Evidence gather(const History& history, const Question& question) {
    return Engine(history).gather(question);
}

} // namespace preempt::evidence
