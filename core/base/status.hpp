// What an operation of the core answers: a value, or a code and a message that a person can act on.
// No exception crosses a room's border; a message names the file, line and column where it can, and what to
// do.
#pragma once

#include <optional>
#include <string>
#include <utility>

namespace preempt {

enum class StatusCode {
    ok,
    bad_input,     ///< the file or the text is not what it should be; the message says where and what to do
    not_supported, ///< understood, but this product does not read it (a workbook, an image ...)
    missing,       ///< something required is not there (a role, a file, a setting)
    misuse,        ///< a call out of order or with an unknown handle: a defect of the caller
};

struct [[nodiscard]] Status {
    StatusCode code = StatusCode::ok;
    std::string message; ///< empty when ok; else one or two plain sentences for the person at the page

    bool ok() const { return code == StatusCode::ok; }
    static Status success() { return {}; }
    static Status error(StatusCode code, std::string message) { return {code, std::move(message)}; }
};

/// A value or the status that explains its absence.
template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : value_(std::move(value)) {}         // NOLINT(google-explicit-constructor)
    Result(Status status) : status_(std::move(status)) {} // NOLINT(google-explicit-constructor)

    bool ok() const { return value_.has_value(); }
    const Status& status() const { return status_; }
    T& value() { return *value_; }
    const T& value() const { return *value_; }

  private:
    std::optional<T> value_;
    Status status_;
};

} // namespace preempt
