// Plain described structs to JSON text and back, by reflection (Boost.Describe), without a document in
// between when writing. Numbers are written so that they read back to the same double; NaN and infinities
// become null.
#pragma once

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace preempt::report {

void append_json_string(std::string& out, std::string_view text);
void append_json_number(std::string& out, double number);

template <class T>
void append_json(std::string& out, const T& value);

namespace detail {
template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};
template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
} // namespace detail

template <class T>
void append_json(std::string& out, const T& value) {
    if constexpr (std::is_same_v<T, std::string>) {
        append_json_string(out, value);
    } else if constexpr (std::is_same_v<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::is_integral_v<T>) {
        out += std::to_string(value);
    } else if constexpr (std::is_floating_point_v<T>) {
        append_json_number(out, value);
    } else if constexpr (detail::is_optional<T>::value) {
        if (value)
            append_json(out, *value);
        else
            out += "null";
    } else if constexpr (detail::is_vector<T>::value) {
        out += '[';
        bool first = true;
        for (const auto& item : value) {
            if (!first) out += ',';
            first = false;
            append_json(out, item);
        }
        out += ']';
    } else {
        static_assert(boost::describe::has_describe_members<T>::value, "describe the struct");
        out += '{';
        bool first = true;
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
            [&](auto member) {
                if (!first) out += ',';
                first = false;
                append_json_string(out, member.name);
                out += ':';
                append_json(out, value.*member.pointer);
            });
        out += '}';
    }
}

template <class T>
std::string to_json(const T& value) {
    std::string out;
    append_json(out, value);
    return out;
}

/// Fills `out` from a JSON value. Members that the value lacks keep what they had; unknown members are
/// ignored. Returns "" or a message that names the member whose type is wrong.
template <class T>
std::string from_json(const boost::json::value& json, T& out, const std::string& path = "") {
    if constexpr (std::is_same_v<T, std::string>) {
        if (!json.is_string()) return path + " must be text";
        out = std::string(json.as_string());
    } else if constexpr (std::is_same_v<T, bool>) {
        if (!json.is_bool()) return path + " must be true or false";
        out = json.as_bool();
    } else if constexpr (std::is_integral_v<T>) {
        if (json.is_double() && json.as_double() == std::floor(json.as_double()) &&
            std::fabs(json.as_double()) < 9e15) {
            out = static_cast<T>(json.as_double());
            return "";
        }
        if (json.is_int64())
            out = static_cast<T>(json.as_int64());
        else
            return path + " must be a whole number";
    } else if constexpr (std::is_floating_point_v<T>) {
        if (json.is_double())
            out = json.as_double();
        else if (json.is_int64())
            out = static_cast<T>(json.as_int64());
        else
            return path + " must be a number";
    } else if constexpr (detail::is_optional<T>::value) {
        if (json.is_null()) {
            out.reset();
        } else {
            out.emplace();
            return from_json(json, *out, path);
        }
    } else if constexpr (detail::is_vector<T>::value) {
        if (!json.is_array()) return path + " must be a list";
        out.clear();
        for (const auto& item : json.as_array()) {
            out.emplace_back();
            auto problem = from_json(item, out.back(), path + "[" + std::to_string(out.size() - 1) + "]");
            if (!problem.empty()) return problem;
        }
    } else {
        static_assert(boost::describe::has_describe_members<T>::value, "describe the struct");
        if (!json.is_object()) return (path.empty() ? "the document" : path) + " must be an object";
        std::string problem;
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
            [&](auto member) {
                if (!problem.empty()) return;
                const auto* found = json.as_object().if_contains(member.name);
                if (found != nullptr)
                    problem = from_json(*found, out.*member.pointer,
                                        path.empty() ? member.name : path + "." + member.name);
            });
        return problem;
    }
    return "";
}

} // namespace preempt::report
