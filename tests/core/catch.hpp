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

/// How many of `n` draws or bytes a test takes: all of them natively, a part where each costs several times
/// as much (address and undefined-behaviour sanitizers; wasm without an optimiser).
constexpr std::size_t affordable(std::size_t n) {
#if defined(__SANITIZE_ADDRESS__) || defined(__EMSCRIPTEN__)
    return n / 3 + 1;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
    return n / 3 + 1;
#else
    return n;
#endif
#else
    return n;
#endif
}
