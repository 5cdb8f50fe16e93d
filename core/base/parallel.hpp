// Threads, for those who have some. The core has none of its own; results never depend on them.
#pragma once

#include <cstddef>

namespace preempt {

/// Runs task(context, 0) to task(context, tasks - 1), in any order or at once.
struct Parallel {
    std::size_t threads = 1;
    void (*run)(std::size_t tasks, void (*task)(void* context, std::size_t index), void* context) = nullptr;
};

} // namespace preempt
