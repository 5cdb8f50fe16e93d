#include "core/base/sort_list.hpp"

#include <algorithm>
#include <numeric>

namespace preempt {

std::vector<std::uint32_t> sorted_places(std::size_t count, const void* context, ComesBefore before) {
    std::vector<std::uint32_t> places(count);
    std::iota(places.begin(), places.end(), 0U);
    std::stable_sort(places.begin(), places.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return before(context, a, b); });
    return places;
}

} // namespace preempt
