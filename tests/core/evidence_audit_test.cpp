// The list of episodes against the cells: for any data, whatever a table counts in a group and an arm is what
// the list holds, and what a listed episode is made of adds up to its counts.
#include "core/evidence/engine.hpp"
#include "random_programme.hpp"

using namespace preempt;
using evidence::Bearing;
using evidence::Cell;
using evidence::Condition;
using evidence::Dim;
using evidence::Evidence;
using evidence::Mark;
using evidence::Population;

namespace {

const char* name_of(Dim dim) {
    switch (dim) {
    case Dim::type:
        return "outreach_type";
    case Dim::by:
        return "breakdown";
    case Dim::week:
        return "week";
    case Dim::month:
        return "month";
    case Dim::quarter:
        return "quarter";
    case Dim::year:
        return "year";
    case Dim::stratum:
        return "stratum";
    case Dim::order:
        return "dose";
    case Dim::weekday:
        return "weekday";
    case Dim::hour:
        return "hour";
    case Dim::slot:
        return "slot";
    case Dim::lag:
        return "lag";
    case Dim::variant:
        return "variant";
    case Dim::trigger:
        return "trigger";
    case Dim::health:
        return "health";
    default:
        return "";
    }
}

/// The conditions that lead to a cell of a table; nothing for a period outside the series.
std::optional<std::vector<Condition>> conditions_of(const evidence::TableSpec& spec, const Cell& cell,
                                                    Population population, const Evidence& e) {
    std::vector<Condition> where;
    const auto periods = [&](Dim dim) {
        const auto& series = dim == Dim::week      ? e.week
                             : dim == Dim::month   ? e.month
                             : dim == Dim::quarter ? e.quarter
                                                   : e.year;
        return series.periods.size();
    };
    const auto add = [&](Dim dim, std::uint32_t code) {
        const bool is_period =
            dim == Dim::week || dim == Dim::month || dim == Dim::quarter || dim == Dim::year;
        if (is_period && code >= periods(dim)) return false;
        if (dim != Dim::all) where.push_back({name_of(dim), "", code});
        return true;
    };
    const auto groups = static_cast<std::uint32_t>(e.change_groups.size());
    bool inside = true;
    if (spec.group == Dim::month_group || spec.group == Dim::quarter_group)
        inside = add(spec.group == Dim::month_group ? Dim::month : Dim::quarter, cell.group / groups) &&
                 add(e.question.breakdown < 0 ? Dim::type : Dim::by, cell.group % groups);
    else
        inside = add(spec.group, cell.group);
    if (spec.stratum == Dim::stratum && population == Population::assignments)
        inside = inside && add(Dim::stratum, cell.stratum);
    if (spec.stratum == Dim::stratum && population == Population::matched && !e.matched.groups.empty())
        where.push_back({"stratum", e.matched.groups[cell.stratum]});
    if (spec.stratum == Dim::stratum && population == Population::calendar)
        where.push_back({"stratum", e.calendar.groups[cell.stratum]});
    if (spec.stratum == Dim::type) inside = inside && add(Dim::type, cell.stratum);
    if (!inside) return std::nullopt;
    return where;
}

using Counts = std::array<std::int64_t, 8>;

Counts counts_of(const Cell& cell) {
    return {cell.episodes - cell.contacted,
            cell.contacted,
            cell.reactive,
            cell.pending,
            cell.censored,
            cell.dropped,
            cell.confirmed,
            cell.induced};
}

Counts counts_of(const evidence::Listing& listing) {
    const auto n = [&](Mark mark) { return listing.count[static_cast<std::size_t>(mark)]; };
    return {n(Mark::silent),   n(Mark::contacted), n(Mark::reactive),  n(Mark::pending),
            n(Mark::censored), n(Mark::dropped),   n(Mark::confirmed), n(Mark::induced)};
}

void check_tables(evidence::Engine& engine, const evidence::Question& question, Population population,
                  std::span<const evidence::TableSpec> specs) {
    auto e = engine.gather(question);
    const bool strata_have_names = population == Population::assignments ||
                                   (population == Population::matched && !e.matched.groups.empty()) ||
                                   population == Population::calendar;
    std::size_t checked = 0;
    for (const auto& spec : specs) {
        if (spec.what != evidence::What::contact) continue;
        // Strata without names of their own are added up.
        std::map<std::tuple<std::uint32_t, std::uint32_t, history::Arm>, Cell> cells;
        for (const auto& cell : spec.cells(e)) {
            const auto stratum = strata_have_names || spec.stratum == Dim::type ? cell.stratum : 0;
            auto& sum = cells[{cell.group, stratum, cell.arm}];
            sum.group = cell.group;
            sum.stratum = stratum;
            sum.arm = cell.arm;
            evidence::merge(sum, cell);
        }
        for (const auto& [key, cell] : cells) {
            const auto where = conditions_of(spec, cell, population, e);
            if (!where) continue;
            INFO("table " << &spec - specs.data() << " group " << cell.group << " stratum " << cell.stratum);
            const auto list = engine.list(question, {population, cell.arm, *where, {}, Mark::count_});
            INFO(list.status().message);
            REQUIRE(list.ok());
            CHECK(counts_of(list.value()) == counts_of(cell));
            ++checked;
        }
    }
    CHECK(checked > 0);
}

/// The negative control: what its tables count in each arm.
void check_before(evidence::Engine& engine, const evidence::Question& question, Population population,
                  const evidence::Table& before) {
    for (const auto arm : {history::Arm::treated, history::Arm::holdout}) {
        std::int64_t contacted = 0;
        for (const auto& cell : before.cells)
            contacted += cell.arm == arm ? cell.contacted : 0;
        const auto list = engine.list(question, {population, arm, {}, {}, Mark::earlier});
        REQUIRE(list.ok());
        CHECK(static_cast<std::int64_t>(list.value().episodes.size()) == contacted);
        for (const auto& detail : engine.details(question, population, list.value().episodes)) {
            const auto start = detail.episode.start;
            CHECK(std::any_of(detail.contacts.begin(), detail.contacts.end(), [&](const auto& seen) {
                return seen.at >= start - 2 * question.window && seen.at < start - question.window;
            }));
        }
    }
}

void check_details(evidence::Engine& engine, const history::History& history,
                   const evidence::Question& question, Population population) {
    const auto list = engine.list(question, {population, history::Arm::none, {}, {}, Mark::count_});
    REQUIRE(list.ok());
    const auto details = engine.details(question, population, list.value().episodes);
    REQUIRE(details.size() == list.value().episodes.size());
    for (const auto& detail : details) {
        const auto& episode = detail.episode;
        std::uint32_t credited = 0, before = 0;
        for (const auto& seen : detail.contacts) {
            INFO("bearing " << static_cast<int>(seen.bearing));
            const auto delay = seen.at - episode.start;
            if (seen.is_credited()) {
                ++credited;
                CHECK((delay >= 0 && delay < question.window));
            }
            const bool is_before =
                seen.bearing == Bearing::shortly_before || seen.bearing == Bearing::open_at_start;
            if (is_before) CHECK(delay < 0);
            before += is_before ? 1 : 0;
            if (seen.bearing == Bearing::after_window) CHECK(delay >= question.window);
            CHECK(seen.contact < history.contacts.size());
        }
        CHECK(credited == episode.contacts);
        CHECK(detail.joined.size() + 1 == episode.dose);
        // Whoever is in both arms is left out for that, whatever came before.
        if (episode.state == episodes::State::reactive)
            CHECK(before > 0);
        else if (episode.state != episodes::State::dropped)
            CHECK(before == 0);
    }
}

} // namespace

TEST_CASE("the episodes listed for a cell of any table are those that it counts") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        INFO("seed " << seed);
        random_programme::Options options;
        options.day_precision = seed % 2 == 0;
        options.exposure = seed % 3 != 0;
        auto files = random_programme::make(seed, options);
        const auto zone = Zone::utc();
        const auto history = random_programme::history_of(files, zone);
        evidence::Engine engine(history);
        evidence::Question question;
        question.zone = &zone;
        question.same_topic = seed % 2 == 1;
        if (seed > 2) question.breakdown = history::attribute_index("plan");
        if (seed > 4) question.second_breakdown = history::attribute_index("trigger");
        if (seed == 5) question.from = 1'772'323'200'000 + 20 * kMillisecondsPerDay;
        if (seed == 6) question.filters = {{history::attribute_index("segment"), {"smb", ""}, false}};
        check_tables(engine, question, Population::messages, evidence::message_tables());
        if (options.exposure)
            check_tables(engine, question, Population::assignments, evidence::assignment_tables());
        check_tables(engine, question, Population::matched, evidence::matched_tables());
        check_tables(engine, question, Population::calendar, evidence::calendar_tables());
        for (const auto population :
             {Population::messages, Population::single_messages, Population::broadcasts,
              Population::assignments, Population::matched, Population::calendar})
            check_details(engine, history, question, population);

        const auto e = engine.gather(question);
        if (options.exposure) check_before(engine, question, Population::assignments, e.assignments_placebo);
        check_before(engine, question, Population::matched, e.matched_placebo);
        check_before(engine, question, Population::calendar, e.calendar_placebo);
        for (const auto& [population, table] : {std::pair(Population::single_messages, &e.single_messages),
                                                std::pair(Population::broadcasts, &e.broadcasts)}) {
            const auto list = engine.list(question, {population, history::Arm::none, {}, {}, Mark::count_});
            REQUIRE(list.ok());
            Cell sum;
            for (const auto& cell : table->cells)
                evidence::merge(sum, cell);
            CHECK(counts_of(list.value()) == counts_of(sum));
        }
    }
}

TEST_CASE("a list asked for first changes nothing in the evaluation after it") {
    auto files = random_programme::make(7, {});
    const auto zone = Zone::utc();
    const auto history = random_programme::history_of(files, zone);
    evidence::Question question;
    question.zone = &zone;
    evidence::Engine listed_first(history);
    REQUIRE(listed_first.list(question, {}).ok());
    question.breakdown = history::attribute_index("plan");
    REQUIRE(listed_first.list(question, {}).ok());
    const auto after = listed_first.gather(question), alone = evidence::gather(history, question);
    const auto sum = [](const std::vector<Cell>& cells) {
        std::vector<Counts> all;
        for (const auto& cell : cells)
            all.push_back(counts_of(cell));
        return all;
    };
    CHECK(sum(after.messages_by.cells) == sum(alone.messages_by.cells));
    CHECK(sum(after.assignments_by.cells) == sum(alone.assignments_by.cells));
    CHECK(after.strata == alone.strata);
}
