// Reading the reference cases of tests/data/stats (see its README) and comparing numbers with them.
#pragma once

#include <boost/json.hpp>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include "catch.hpp"
#include "core/stats/proportion.hpp"

namespace stats_cases {

namespace json = boost::json;

inline constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

inline json::value load(const std::string& family) {
    std::ifstream file(std::string(PREEMPT_TEST_DATA "/stats/") + family + ".json", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    REQUIRE_FALSE(text.empty());
    return json::parse(text);
}

/// A number of a case: null is NaN ("no answer"), "inf" is infinity.
inline double number(const json::value& v) {
    if (v.is_null()) return kNaN;
    if (v.is_string()) return v.as_string() == "-inf" ? -kInfinity : kInfinity;
    return v.to_number<double>();
}
inline double number(const json::value& v, const char* key) {
    return number(v.at(key));
}

inline std::vector<double> numbers(const json::value& v) {
    std::vector<double> result;
    for (const json::value& x : v.as_array())
        result.push_back(number(x));
    return result;
}
inline std::vector<double> numbers(const json::value& v, const char* key) {
    return numbers(v.at(key));
}

inline bool has(const json::value& v, const char* key) {
    const json::value* found = v.as_object().if_contains(key);
    return found && !found->is_null();
}

inline std::string text(const json::value& v) {
    return json::serialize(v);
}
inline std::string text(const json::value& v, const char* key) {
    return std::string(v.at(key).as_string().c_str());
}

/// |actual - expected| <= absolute + relative |expected|; infinities must be equal, NaN is only close to NaN.
inline bool close(double actual, double expected, double relative, double absolute = 0) {
    if (std::isnan(expected) || std::isnan(actual)) return std::isnan(expected) && std::isnan(actual);
    if (std::isinf(expected) || std::isinf(actual)) return expected == actual;
    return std::abs(actual - expected) <= absolute + relative * std::abs(expected);
}

inline bool close(const preempt::stats::Interval& actual, const json::value& expected, double relative,
                  double absolute = 0) {
    return close(actual.low, number(expected.at(0)), relative, absolute) &&
           close(actual.high, number(expected.at(1)), relative, absolute);
}

/// Half a unit of the printed digit, and a hair for the conversion to binary.
inline double half_unit(double digits) {
    return 0.5 * std::pow(10, -digits) * (1 + 1e-9);
}

inline std::string show(const preempt::stats::Interval& i) {
    json::array pair{i.low, i.high};
    return json::serialize(pair);
}

} // namespace stats_cases
