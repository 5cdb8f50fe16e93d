// Long loops in stretches. In: a number of rows and what to do with a stretch of them. Out: the same work,
// entered again and again: a browser runs the code of a function that is entered once as slowly as it was
// first compiled, however long its loop, and only takes the optimised code at the next entry.
#pragma once

#include <algorithm>
#include <cstddef>

namespace preempt {

template <class Index, class Work>
[[gnu::noinline]] void do_stretch(Work& work, Index begin, Index end) {
    for (; begin < end; ++begin)
        work(begin);
}

/// Calls work(0) to work(size - 1) in this order.
template <class Index, class Work>
void in_stretches(Index size, Work work) {
    constexpr Index kStretch = 4096;
    for (Index begin = 0; begin < size; begin += std::min<Index>(kStretch, size - begin))
        do_stretch(work, begin, begin + std::min<Index>(kStretch, size - begin));
}

} // namespace preempt
