// One include for the tests, over Catch2 2.13 (one header) and Catch2 3 (a library): what both offer under
// the same name, and aliases for the few names that moved.
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
using Catch::Approx;
using Catch::Matchers::ContainsSubstring;
#else
#ifndef CATCH_CONFIG_ENABLE_BENCHMARKING
#define CATCH_CONFIG_ENABLE_BENCHMARKING // Catch2 3 has BENCHMARK without asking
#endif
#include <catch2/catch.hpp>
inline auto ContainsSubstring(const std::string& text,
                              Catch::CaseSensitive::Choice sensitivity = Catch::CaseSensitive::Yes) {
    return Catch::Matchers::Contains(text, sensitivity);
}
#endif
