// What must hold for any data: the order of rows, the road to a question and a part of the units change no
// count.
#include "core/evidence/engine.hpp"
#include "random_programme.hpp"

using namespace preempt;
using evidence::Cell;
using evidence::Evidence;
using random_programme::Files;

namespace {

/// The cells of a table with the names of their groups and strata, in the order of those names.
std::vector<std::string> named(const std::vector<Cell>& cells, const std::vector<std::string>& groups,
                               const std::vector<std::string>& strata) {
    std::vector<std::string> all;
    for (const auto& c : cells) {
        const auto name = [](const std::vector<std::string>& of, std::uint32_t code) {
            return code < of.size() ? of[code] : std::to_string(code);
        };
        std::string text = name(groups, c.group) + " | " + name(strata, c.stratum) + " | " +
                           std::to_string(static_cast<int>(c.arm)) + ":";
        for (const auto count : {c.episodes, c.contacted, c.contacts, c.messages, c.induced, c.confirmed,
                                 c.truncated, c.delivered, c.reactive, c.pending, c.censored, c.dropped})
            text += " " + std::to_string(count);
        for (const auto sum :
             {c.sums.units, c.sums.sum_y, c.sums.sum_m, c.sums.sum_yy, c.sums.sum_ym, c.sums.sum_mm})
            text += " " + std::to_string(std::llround(sum));
        for (const auto day : c.first_contact_day)
            text += "," + std::to_string(day);
        text += " " + std::to_string(c.first_start) + " " + std::to_string(c.last_start) + " " +
                std::to_string(c.pending_until);
        all.push_back(std::move(text));
    }
    std::sort(all.begin(), all.end());
    return all;
}

using Everything = std::map<std::string, std::vector<std::string>>;

void check_same(const Everything& a, const Everything& b) {
    REQUIRE(a.size() == b.size());
    for (const auto& [name, lines] : a) {
        INFO(name);
        CHECK(lines == b.at(name));
    }
}

/// Everything that the walk and the counts write, by name.
Everything everything(const Evidence& e) {
    Everything all;
    const auto table = [&](const char* name, const evidence::Table& t,
                           const std::vector<std::string>& strata) {
        all[name] = named(t.cells, t.groups, strata);
    };
    const std::vector<std::string> none;
    table("messages", e.messages, none);
    table("single", e.single_messages, none);
    table("broadcasts", e.broadcasts, none);
    table("messages_by", e.messages_by, none);
    table("messages_by_type", e.messages_by_type, none);
    table("messages_by_trigger", e.messages_by_trigger, none);
    table("messages_by_dose", e.messages_by_dose, none);
    table("messages_by_weekday", e.messages_by_weekday, none);
    table("messages_by_hour", e.messages_by_hour, none);
    table("messages_by_slot", e.messages_by_slot, none);
    table("messages_by_lag", e.messages_by_lag, none);
    table("messages_by_variant", e.messages_by_variant, none);
    table("messages_by_health", e.messages_by_health, none);
    table("messages_escalated", e.messages_escalated, none);
    table("assignments", e.assignments, e.strata);
    table("assignment_totals", e.assignment_totals, none);
    table("assignments_by", e.assignments_by, e.strata);
    table("assignments_by_type", e.assignments_by_type, e.strata);
    table("assignments_by_index", e.assignments_by_index, e.strata);
    table("assignments_by_slot", e.assignments_by_slot, e.strata);
    table("assignments_by_variant", e.assignments_by_variant, e.strata);
    table("assignments_escalated", e.assignments_escalated, e.strata);
    table("assignments_placebo", e.assignments_placebo, e.strata);
    table("at_risk", e.at_risk, e.strata);
    all["matched"] = named(e.matched.cells, none, e.matched.groups);
    all["matched_by"] = named(e.matched_by.cells, e.matched_by.groups, e.matched.groups);
    all["matched_by_lag"] = named(e.matched_by_lag.cells, none, e.matched.groups);
    all["matched_placebo"] = named(e.matched_placebo.cells, none, e.matched.groups);
    all["matched_totals"] = named(e.matched_totals.cells, none, none);
    for (const auto& [name, series] : {std::pair("week", &e.week), std::pair("month", &e.month),
                                       std::pair("quarter", &e.quarter), std::pair("year", &e.year)}) {
        all[std::string(name) + " messages"] = named(series->messages, none, none);
        all[std::string(name) + " assignments"] = named(series->assignments, none, e.strata);
        all[std::string(name) + " matched"] = named(series->matched, none, e.matched.groups);
        auto& spans = all[std::string(name) + " spans"];
        for (const auto& p : series->periods)
            spans.push_back(std::to_string(p.start) + " " + std::to_string(p.contacts) + " " +
                            std::to_string(p.outreaches));
    }
    auto& counts = all["counts"];
    for (const auto count :
         {e.outreaches, e.broadcast_messages, e.units_messaged, e.contacts, e.treated_without_signal,
          e.claims.attempts, e.claims.positive, e.claims.blank, e.targeted_claims.attempts,
          e.engagement.eligible, e.engagement.engaged, e.engagement.after_ticket, e.engagement.pending,
          e.design.holdout_units, e.design.treated_units, e.design.mixed_units, e.design.contaminated,
          e.tally.late_replies, e.tally.same_day_pairs})
        counts.push_back(std::to_string(count));
    for (const auto* delays : {&e.message_delays, &e.assignment_delays, &e.matched_delays})
        for (const auto* arm : {&delays->treated, &delays->holdout}) {
            std::string text = std::to_string(arm->complete);
            for (std::size_t d = 0; d < arm->contacted.size(); ++d)
                text += " " + std::to_string(arm->contacted[d]) + "/" + std::to_string(arm->censored[d]);
            counts.push_back(text);
        }
    return all;
}

evidence::Question question_of(const Zone& zone, std::uint64_t seed) {
    evidence::Question question;
    question.zone = &zone;
    question.window = static_cast<std::int64_t>(1 + seed % 9) * kMillisecondsPerDay;
    question.same_topic = seed % 3 == 0;
    question.breakdown = history::attribute_index("segment");
    if (seed % 2 == 0) question.second_breakdown = history::attribute_index("trigger");
    question.at_risk_below = 40;
    return question;
}

random_programme::Options options_of(std::uint64_t seed) {
    random_programme::Options options;
    options.day_precision = seed % 4 == 0;
    options.exposure = seed % 5 != 0;
    options.people = 20 + seed % 60;
    return options;
}

constexpr std::uint64_t kSeeds = 24;

} // namespace

TEST_CASE("the order of rows changes no count") {
    const auto zone = Zone::utc();
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        INFO("seed " << seed);
        auto files = random_programme::make(seed, options_of(seed));
        const auto before =
            everything(evidence::gather(random_programme::history_of(files, zone), question_of(zone, seed)));
        random_programme::Dice dice(seed + 1000);
        for (auto* file : files.all())
            dice.shuffle(file->rows);
        const auto after =
            everything(evidence::gather(random_programme::history_of(files, zone), question_of(zone, seed)));
        check_same(before, after);
    }
}

TEST_CASE("a question is answered alike, whatever was asked before and by however many threads") {
    const auto zone = Zone::utc();
    // Serially and backwards: what runs at the same time must not depend on any order.
    const Parallel backwards{3, [](std::size_t tasks, void (*task)(void*, std::size_t), void* context) {
                                 while (tasks-- > 0)
                                     task(context, tasks);
                             }};
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        INFO("seed " << seed);
        auto files = random_programme::make(seed, options_of(seed));
        const auto history = random_programme::history_of(files, zone);
        const auto question = question_of(zone, seed);
        const auto fresh = everything(evidence::gather(history, question));
        evidence::Engine engine(history, backwards);
        auto other = question;
        other.window += kMillisecondsPerDay;
        other.breakdown = -1;
        other.second_breakdown = -1;
        other.filters = {{history::attribute_index("plan"), {"pro"}, false}};
        (void)engine.gather(other);
        other.filters.clear();
        (void)engine.gather(other);
        other.window = question.window;
        (void)engine.gather(other); // only the breakdown is left to change
        check_same(everything(engine.gather(question)), fresh);
        check_same(everything(engine.gather(question)), fresh);
    }
}

// Rows that hardly share their codes are not counted jointly: the tables must not tell.
TEST_CASE("a breakdown by very many groups changes no other table") {
    const auto zone = Zone::utc();
    for (const bool by_day : {false, true}) {
        CAPTURE(by_day);
        auto options = options_of(1);
        options.people = 5000;
        options.day_precision = by_day;
        auto files = random_programme::make(1, options);
        auto history = random_programme::history_of(files, zone);
        random_programme::Dice dice(5);
        const auto content = static_cast<std::size_t>(history::attribute_index("content_id"));
        std::vector<std::uint32_t> codes{0};
        for (int i = 0; i < 450; ++i)
            codes.push_back(history.dictionary[content].encode("content " + std::to_string(i)));
        for (auto* log : {&history.outreaches.attribute[content], &history.assignments.attribute[content]})
            *log = {};
        for (std::size_t row = 0; row < history.outreaches.unit.size(); ++row)
            history.outreaches.attribute[content].push_back(codes[dice.below(codes.size())]);
        for (std::size_t row = 0; row < history.assignments.unit.size(); ++row)
            history.assignments.attribute[content].push_back(codes[dice.below(codes.size())]);
        REQUIRE(history.outreaches.unit.size() > 8000); // more kinds of rows than are counted jointly

        auto question = question_of(zone, 1);
        question.breakdown = question.second_breakdown = -1;
        auto without = everything(evidence::gather(history, question));
        question.breakdown = static_cast<int>(content);
        const auto evidence = evidence::gather(history, question);
        auto with = everything(evidence);
        std::int64_t episodes = 0, units = 0;
        for (const auto& cell : evidence.messages_by.cells) {
            episodes += cell.episodes;
            units += std::llround(cell.sums.units);
        }
        CHECK(episodes == evidence.messages.cells.front().episodes);
        CHECK(units <= episodes);
        for (const char* name : {"messages_by", "assignments_by", "matched_by"}) {
            CHECK(!with[name].empty());
            without.erase(name);
            with.erase(name);
        }
        check_same(without, with);
    }
}

TEST_CASE("cells of two halves of the units add up to those of the whole") {
    const auto zone = Zone::utc();
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        INFO("seed " << seed);
        auto files = random_programme::make(seed, options_of(seed));
        // A contact that answers a colleague's message ties units together: left out here.
        files.contacts.header =
            "contact_id,customer_id,created_at,closed_at,status,direction,topic,ignored,escalated";
        const auto half = [&](bool even) {
            auto part = files;
            for (auto* file : part.all()) {
                const auto column = file->header.find("customer_id") == 0 ? 0 : 1;
                std::erase_if(file->rows, [&](const std::string& row) {
                    auto at = row.begin();
                    for (int skip = 0; skip < column; ++skip)
                        at = std::find(at, row.end(), ',') + 1;
                    return ((*(std::find(at, row.end(), ',') - 1) - '0') % 2 == 0) != even;
                });
            }
            return part;
        };
        auto question = question_of(zone, seed);
        question.strata = evidence::Strata::experiment;
        const Instant end = 1'777'000'000'000; // the same for all
        const auto cells_of = [&](Files part) {
            const auto e = evidence::gather(random_programme::history_of(part, zone, end), question);
            std::map<std::string, Cell> all;
            const auto add = [&](const std::string& name, const std::vector<Cell>& cells,
                                 const std::vector<std::string>& groups,
                                 const std::vector<std::string>& strata) {
                for (const auto& c : cells)
                    evidence::merge(all[name + "|" + (c.group < groups.size() ? groups[c.group] : "") + "|" +
                                        (c.stratum < strata.size() ? strata[c.stratum] : "") + "|" +
                                        std::to_string(static_cast<int>(c.arm))],
                                    c);
            };
            add("messages", e.messages.cells, {}, {});
            add("by", e.messages_by.cells, e.messages_by.groups, {});
            add("totals", e.assignment_totals.cells, {}, {});
            add("single", e.single_messages.cells, {}, {});
            add("type", e.messages_by_type.cells, e.messages_by_type.groups, {});
            add("matched", e.matched.cells, {}, e.matched.groups);
            return all;
        };
        auto sum = cells_of(half(true));
        for (const auto& [name, cell] : cells_of(half(false)))
            evidence::merge(sum[name], cell);
        const auto whole = cells_of(files);
        const auto coverage_start_differs = [](const Cell& c) {
            auto d = c;
            d.truncated = 0;
            return d;
        };
        REQUIRE(sum.size() == whole.size());
        for (const auto& [name, cell] : whole) {
            INFO(name);
            CHECK(named({coverage_start_differs(sum.at(name))}, {}, {}) ==
                  named({coverage_start_differs(cell)}, {}, {}));
        }
    }
}

TEST_CASE("a contact of a stranger or one that an agent began changes no cell") {
    const auto zone = Zone::utc();
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        INFO("seed " << seed);
        auto files = random_programme::make(seed, options_of(seed));
        const Instant end = 1'777'000'000'000;
        const auto question = question_of(zone, seed);
        auto before = everything(evidence::gather(random_programme::history_of(files, zone, end), question));
        files.contacts.rows.push_back("x1,nobody-knows-me,2026-03-20T10:00:00Z,,open,inbound,billing,,");
        files.contacts.rows.push_back("x2,p1,2026-03-20T10:00:00Z,,open,outbound,billing,,");
        auto after = everything(evidence::gather(random_programme::history_of(files, zone, end), question));
        for (const auto* name : {"counts", "week spans", "month spans", "quarter spans", "year spans"}) {
            before.erase(name); // the stranger's contact is one more contact, and no more
            after.erase(name);
        }
        check_same(before, after);
    }
}
