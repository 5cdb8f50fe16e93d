// A calculator session over texts, for tests: files in, a report out.
#pragma once

#include "catch.hpp"
#include "core/calculator.hpp"
#include <fstream>
#include <sstream>
#include <string>

namespace test {

inline std::string read_data(const std::string& path) {
    std::ifstream in(std::string(PREEMPT_TEST_DATA) + "/" + path, std::ios::binary);
    REQUIRE(in.good());
    std::ostringstream all;
    all << in.rdbuf();
    return all.str();
}

inline preempt::report::FileInfo add(preempt::Calculator& calculator, const std::string& name,
                                     const std::string& text,
                                     const preempt::report::MappingRequest& answer = {}) {
    const auto id = calculator.open(name);
    auto info = calculator.recognise(id, text, true, answer);
    REQUIRE(info.ok());
    if (info.value().state != "reading") return info.value();
    REQUIRE(calculator.append(id, text).ok());
    auto closed = calculator.close(id);
    REQUIRE(closed.ok());
    return closed.value();
}

inline const preempt::metrics::Metric& metric(const preempt::report::Report& report, const std::string& id) {
    for (const auto& m : report.metrics)
        if (m.id == id) return m;
    FAIL("no metric " << id);
    return report.metrics.front();
}

inline std::int64_t count(const std::vector<preempt::metrics::Count>& counts, const std::string& id) {
    for (const auto& c : counts)
        if (c.id == id) return c.count;
    return 0;
}

/// US Eastern time for 2025 to 2027 (Energy Policy Act of 2005: second Sunday of March to first Sunday of
/// November).
inline void add_new_york(preempt::Calculator& calculator) {
    constexpr std::int32_t h = 3'600'000;
    const auto utc = [](int y, int m, int d, int hour) {
        preempt::CivilTime t;
        t.year = y;
        t.month = m;
        t.day = d;
        t.hour = hour;
        return preempt::civil_to_instant(t);
    };
    calculator.set_zone("America/New_York", {{0, -5 * h},
                                             {utc(2025, 3, 9, 7), -4 * h},
                                             {utc(2025, 11, 2, 6), -5 * h},
                                             {utc(2026, 3, 8, 7), -4 * h},
                                             {utc(2026, 11, 1, 6), -5 * h},
                                             {utc(2027, 3, 14, 7), -4 * h},
                                             {utc(2027, 11, 7, 6), -5 * h}});
}

} // namespace test
