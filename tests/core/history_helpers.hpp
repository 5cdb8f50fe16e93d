// A history from CSV texts, for tests: recognised, mapped as proposed, read, joined.
#pragma once

#include "catch.hpp"
#include "core/history/history.hpp"
#include "session.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace history_test {

using namespace preempt;
using history::History;
using history::kNobody;
using intake::Reason;

inline intake::FileTable table_of(const std::string& name, const std::string& text,
                                  const std::string& zone = "") {
    const auto recognition = intake::recognise(name, text, true);
    INFO(name << ": " << recognition.problem.message);
    REQUIRE(recognition.problem.ok());
    auto mapping = intake::proposed_mapping(recognition);
    if (!zone.empty()) mapping.zone = zone;
    intake::FileReader reader(name, recognition, mapping);
    reader.append(text);
    auto table = reader.finish();
    INFO(table.status().message);
    REQUIRE(table.ok());
    return std::move(table.value());
}

struct Built {
    std::vector<intake::FileTable> files;
    History history;

    /// Rows of file `f` set aside for `reason`.
    std::size_t set_aside(std::size_t f, Reason reason) const {
        std::size_t rows = 0;
        for (const auto one : history.reason[f])
            rows += one == reason ? 1 : 0;
        return rows;
    }
    std::size_t used(std::size_t f) const { return set_aside(f, Reason::used); }
};

inline Built build(std::vector<std::pair<std::string, std::string>> texts, history::Options options = {},
                   const std::map<std::string, Zone>& zones = {}) {
    static const Zone utc = Zone::utc();
    Built built;
    for (const auto& [name, text] : texts)
        built.files.push_back(table_of(name, text));
    if (options.zone == nullptr) options.zone = &utc;
    options.zones = &zones;
    auto result = history::build_history(built.files, options);
    INFO(result.status().message);
    REQUIRE(result.ok());
    built.history = std::move(result.value());
    return built;
}

inline std::string lines(std::string header, const std::vector<std::string>& rows) {
    for (const auto& row : rows)
        header += "\n" + row;
    return header + "\n";
}

/// `2026-03-01T10:00:00Z`
inline Instant instant(const std::string& text) {
    const auto time = parse_time(text, DateOrder::year_first);
    REQUIRE(time.ok());
    return time.value;
}

} // namespace history_test
