// For the second opinion: the core's own cells of some CSV files, or the SQL that must give the same.
// In: options and paths. Out: the cells table, or the SQL, on standard output; the steps of the SQL are
// separated by lines of `-- step NAME`.
//   preempt_cells [--window MS] [--scope same_topic] [--unit person|account] [--strata LEVEL] [--by
//   ATTRIBUTE]
//                 [--until MS] [--zone NAME FROM:OFFSET,...] (FILE... | --sql DIALECT | --staging DIALECT)
#include "core/evidence/cells_table.hpp"
#include "core/evidence/sql.hpp"
#include "core/intake/intake.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

namespace {

using namespace preempt;

[[noreturn]] void fail(const std::string& message) {
    std::fprintf(stderr, "%s\n", message.c_str());
    std::exit(2);
}

std::string read_all(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in.good()) fail("cannot read " + path);
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

intake::FileTable read_file(const std::string& path) {
    const auto text = read_all(path);
    const auto name = path.substr(path.find_last_of('/') + 1);
    const auto recognition = intake::recognise(name, text, true);
    const auto mapping = intake::proposed_mapping(recognition);
    if (const auto status = intake::check_mapping(recognition, mapping); !status.ok())
        fail(name + ": " + status.message);
    intake::FileReader reader(name, recognition, mapping);
    reader.append(text);
    auto table = reader.finish();
    if (!table.ok()) fail(name + ": " + table.status().message);
    return std::move(table.value());
}

Zone parse_zone(const std::string& name, const std::string& changes) {
    std::vector<Zone::Change> list;
    std::istringstream in(changes);
    for (std::string item; std::getline(in, item, ',');) {
        const auto colon = item.find(':');
        list.push_back({std::strtoll(item.c_str(), nullptr, 10),
                        static_cast<std::int32_t>(std::strtol(item.c_str() + colon + 1, nullptr, 10))});
    }
    return Zone(name, std::move(list));
}

/// plan=free|team keeps, plan!=free leaves out; an empty value = not stated.
evidence::Filter parse_filter(const std::string& text) {
    evidence::Filter filter;
    const auto equals = text.find('=');
    filter.exclude = text[equals - 1] == '!';
    filter.attribute = history::attribute_index(text.substr(0, equals - (filter.exclude ? 1 : 0)));
    std::istringstream in(text.substr(equals + 1) + "|");
    for (std::string value; std::getline(in, value, '|');)
        filter.values.push_back(value);
    return filter;
}

} // namespace

int main(int count, char** words) {
    auto zone = Zone::utc();
    evidence::Question question;
    evidence::SqlOptions sql;
    history::Options options;
    options.unit = history::Unit::person;
    std::vector<std::string> paths;
    std::string output;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        const auto next = [&]() -> std::string {
            if (++i >= count) fail(word + " needs a value");
            return words[i];
        };
        if (word == "--window") {
            question.window = std::strtoll(next().c_str(), nullptr, 10);
        } else if (word == "--scope") {
            question.same_topic = next() == "same_topic";
        } else if (word == "--unit") {
            options.unit = next() == "account" ? history::Unit::account : history::Unit::person;
        } else if (word == "--strata") {
            const std::map<std::string, evidence::Strata> levels{
                {"auto", evidence::Strata::automatic},
                {"experiment", evidence::Strata::experiment},
                {"trigger", evidence::Strata::trigger},
                {"segment", evidence::Strata::segment},
                {"trigger_segment", evidence::Strata::trigger_segment}};
            question.strata = levels.at(next());
        } else if (word == "--by") {
            question.breakdown = history::attribute_index(next());
        } else if (word == "--by2") {
            question.second_breakdown = history::attribute_index(next());
        } else if (word == "--filter") {
            question.filters.push_back(parse_filter(next()));
        } else if (word == "--from") {
            question.from = std::strtoll(next().c_str(), nullptr, 10);
        } else if (word == "--to") {
            question.to = std::strtoll(next().c_str(), nullptr, 10);
        } else if (word == "--lookback") {
            question.lookback = std::strtoll(next().c_str(), nullptr, 10);
        } else if (word == "--repeat") {
            question.repeat_window = std::strtoll(next().c_str(), nullptr, 10);
        } else if (word == "--at-risk") {
            question.at_risk_below = std::strtod(next().c_str(), nullptr);
        } else if (word == "--until") {
            options.coverage_end = std::strtoll(next().c_str(), nullptr, 10);
        } else if (word == "--zone") {
            const auto name = next();
            zone = parse_zone(name, next());
        } else if (word == "--sql" || word == "--staging") {
            output = word;
            const auto name = next();
            const auto dialect = evidence::dialect_from_name(name);
            if (!dialect) fail("no dialect " + name);
            sql.dialect = *dialect;
        } else {
            paths.push_back(word);
        }
    }
    question.zone = options.zone = &zone;
    sql.unit = options.unit;
    sql.coverage_end = options.coverage_end;

    std::string out;
    if (output == "--staging") {
        out = evidence::staging_sql(sql.dialect);
    } else if (output == "--sql") {
        for (const auto& step : evidence::cells_sql(question, sql))
            out += "-- step " + (step.name.empty() ? std::string("result") : step.name) + "\n" + step.sql;
    } else {
        std::vector<intake::FileTable> files;
        for (const auto& path : paths)
            files.push_back(read_file(path));
        const std::map<std::string, Zone> zones{{zone.name(), zone}};
        options.zones = &zones;
        const auto built = history::build_history(files, options);
        if (!built.ok()) fail(built.status().message);
        out = evidence::write_cells(evidence::gather(built.value(), question));
    }
    std::fwrite(out.data(), 1, out.size(), stdout);
    return 0;
}
