// Threads for the benchmark's programs. In: tasks, as preempt::Parallel hands them over. Out: all of them
// done, at once where there are threads.
#pragma once

#include <cstddef>
#ifndef __EMSCRIPTEN__
#include <thread>
#include <vector>
#endif

inline void on_threads(std::size_t tasks, void (*task)(void*, std::size_t), void* context) {
#ifdef __EMSCRIPTEN__
    for (std::size_t t = 0; t < tasks; ++t)
        task(context, t);
#else
    std::vector<std::thread> threads;
    for (std::size_t t = 1; t < tasks; ++t)
        threads.emplace_back(task, context, t);
    task(context, 0);
    for (auto& thread : threads)
        thread.join();
#endif
}
