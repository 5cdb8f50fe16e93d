// Columns that few files state. In: a value a row. Out: the same values, without memory for as long as every
// row says nothing.
#pragma once

#include "core/base/stretches.hpp"
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace preempt::history {

/// A column of T in which kNothing is what most files say of every row.
template <class T, T kNothing>
class RareColumn {
  public:
    T operator[](std::size_t row) const { return values_.empty() ? kNothing : values_[row]; }
    std::size_t size() const { return size_; }
    void reserve(std::size_t rows) { reserved_ = rows; } ///< for when some row says something
    void push_back(T value) {
        if (value != kNothing && values_.empty()) begin();
        if (value != kNothing || !values_.empty()) values_.push_back(value);
        ++size_;
    }
    void set(std::size_t row, T value) {
        if (value != kNothing && values_.empty()) begin();
        if (!values_.empty()) values_[row] = value;
    }
    /// Row i becomes what row order[i] was; rows that `order` does not name are gone.
    void reorder(const std::vector<std::uint32_t>& order) {
        size_ = order.size();
        if (values_.empty()) return;
        std::vector<T> sorted(size_);
        in_stretches(size_, [&](std::size_t i) { sorted[i] = values_[order[i]]; });
        values_ = std::move(sorted);
    }

  private:
    void begin() {
        values_.reserve(reserved_);
        values_.resize(size_, kNothing);
    }

    std::vector<T> values_; ///< empty while every row says nothing
    std::size_t size_ = 0, reserved_ = 0;
};

} // namespace preempt::history
