// TypeScript interfaces from described structs, so that the page's types are the core's structs.
// In: struct types. Out: `export interface ...` text, dependencies first, each once.
#pragma once

#include "core/report/json.hpp"
#include <set>
#include <string>

namespace preempt::report {

class TypescriptWriter {
  public:
    /// Adds the interface `name` for T, and before it those of the described structs that T holds.
    template <class T>
    void add(const std::string& name) {
        if (!done_.insert(name).second) return;
        std::string body = "export interface " + name + " {\n";
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
            [&](auto member) {
                using Member = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
                body += std::string("  ") + member.name + ": " + type_name<Member>() + ";\n";
            });
        text_ += body + "}\n\n";
    }
    const std::string& text() const { return text_; }

  private:
    template <class T>
    std::string type_name() {
        if constexpr (std::is_same_v<T, std::string>)
            return "string";
        else if constexpr (std::is_same_v<T, bool>)
            return "boolean";
        else if constexpr (std::is_arithmetic_v<T>)
            return "number";
        else if constexpr (detail::is_optional<T>::value)
            return type_name<typename T::value_type>() + " | null";
        else if constexpr (detail::is_vector<T>::value) {
            const auto inner = type_name<typename T::value_type>();
            return inner.find(' ') == std::string::npos ? inner + "[]" : "(" + inner + ")[]";
        } else {
            const auto name = struct_name<T>();
            add<T>(name);
            return name;
        }
    }
    /// The unqualified C++ name, read from the compiler's own spelling of this function (GCC, Clang,
    /// Emscripten).
    template <class T>
    static std::string struct_name() {
        const std::string spelling = __PRETTY_FUNCTION__;
        auto begin = spelling.find("T = ");
        begin = begin == std::string::npos ? 0 : begin + 4;
        auto end = spelling.find_first_of(";]", begin);
        auto name = spelling.substr(begin, end - begin);
        const auto colon = name.rfind("::");
        return colon == std::string::npos ? name : name.substr(colon + 2);
    }

    std::set<std::string> done_;
    std::string text_;
};

} // namespace preempt::report
