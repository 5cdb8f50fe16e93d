// Long loops in stretches. In: a number of rows and what to do with a stretch of them. Out: the same work,
// entered again and again: a browser runs the code of a function that is entered once as slowly as it was
// first compiled, however long its loop, and only takes the optimised code at the next entry.
#pragma once

#include <algorithm>
#include <cstddef>

namespace preempt {

template <class Work>
[[gnu::noinline]] void do_stretch(Work& work, std::size_t begin, std::size_t end) {
    for (; begin < end; ++begin)
        work(begin);
}

/// Calls work(0) to work(size - 1) in this order.
template <class Work>
void in_stretches(std::size_t size, Work work) {
    constexpr std::size_t kStretch = 4096;
    for (std::size_t begin = 0; begin < size; begin += kStretch)
        do_stretch(work, begin, std::min(size, begin + kStretch));
}

} // namespace preempt
