// Sorting short lists of anything with one sorting routine for all of them: each type's own copy of the
// standard one would be two kilobytes of the module. In: a list and an order. Out: the same list, sorted;
// equal elements stay in the order in which they stood. For lists of a report, not for rows of a file.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace preempt {

/// Does the element at place a come before the one at place b?
using ComesBefore = bool (*)(const void* context, std::uint32_t a, std::uint32_t b);
/// Places 0 to count - 1 in their order.
std::vector<std::uint32_t> sorted_places(std::size_t count, const void* context, ComesBefore before);

template <class T, class Before>
void sort_list(std::vector<T>& list, Before before) {
    struct Context {
        const std::vector<T>& list;
        Before& before;
    } const context{list, before};
    const auto places =
        sorted_places(list.size(), &context, [](const void* given, std::uint32_t a, std::uint32_t b) {
            const auto& c = *static_cast<const Context*>(given);
            return static_cast<bool>(c.before(c.list[a], c.list[b]));
        });
    std::vector<T> sorted;
    sorted.reserve(list.size());
    for (const auto place : places)
        sorted.push_back(std::move(list[place]));
    list = std::move(sorted);
}

} // namespace preempt
