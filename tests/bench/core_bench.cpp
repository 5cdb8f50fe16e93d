// The native half of the benchmark: files in, how long each room took out. In: paths of an outreaches and a
// contacts file. Out: one line of JSON: milliseconds of reading, history and first evaluation, peak memory,
// and the counts that every other program of the benchmark must give too. scripts/bench runs it.
#include "core/calculator.hpp"
#include "core/csv/scan.hpp"
#include "core/history/history.hpp"
#include "core/intake/intake.hpp"
#include "core/report/json.hpp"
#include "tests/bench/threads.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using namespace preempt;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kHead = std::size_t{256} << 10;

/// Processor time so far: what a run costs also on a machine that does other work beside it.
double processor_milliseconds() {
    return static_cast<double>(std::clock()) * 1000 / CLOCKS_PER_SEC;
}

double milliseconds_since(Clock::time_point begin) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

/// All threads that the machine has.
std::size_t thread_count() {
    return std::max(1U, std::thread::hardware_concurrency());
}

/// A file's bytes, mapped into memory.
class MappedFile {
  public:
    explicit MappedFile(const char* path) {
        const int file = ::open(path, O_RDONLY);
        const auto size = static_cast<std::size_t>(std::filesystem::file_size(path));
        void* const at = file < 0 ? MAP_FAILED : ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
        if (file >= 0) ::close(file);
        if (at == MAP_FAILED) std::exit(1);
        bytes = {static_cast<const char*>(at), size};
    }
    ~MappedFile() { ::munmap(const_cast<char*>(bytes.data()), bytes.size()); }
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    std::string_view bytes;
};

std::string base_name(std::string_view path) {
    return std::string(path.substr(path.find_last_of('/') + 1));
}

/// The structural scan alone, every position written: the floor of reading. GB/s.
double scan_speed(const char* path) {
    csv::ScanCharacters characters;
    csv::ScanResult result;
    std::size_t bytes = 0;
    double time = 0;
    const MappedFile file(path);
    for (std::string_view rest = file.bytes; !rest.empty();) {
        const auto piece = rest.substr(0, std::size_t{4} << 20);
        rest.remove_prefix(piece.size());
        const auto begin = Clock::now();
        csv::ScanState state;
        result.clear();
        csv::scan_structure(piece.data(), piece.size(), piece.size(), characters, state, result);
        time += milliseconds_since(begin);
        bytes += state.at;
    }
    return static_cast<double>(bytes) / time / 1e6;
}

int by_rooms(int count, char** paths) {
    std::vector<intake::FileTable> files;
    const auto begin = Clock::now();
    for (int i = 0; i < count; ++i) {
        const MappedFile file(paths[i]);
        const auto found =
            intake::recognise(base_name(paths[i]), file.bytes.substr(0, kHead), file.bytes.size() < kHead);
        intake::FileReader reader(base_name(paths[i]), found, intake::proposed_mapping(found),
                                  file.bytes.size());
        reader.set_parallel({thread_count(), on_threads});
        reader.append(file.bytes);
        auto table = reader.finish();
        if (!table.ok()) return 1;
        files.push_back(std::move(table.value()));
    }
    const double read = milliseconds_since(begin), read_cpu = processor_milliseconds();
    const std::map<std::string, Zone> zones;
    const Zone utc = Zone::utc();
    history::Options options;
    options.zones = &zones;
    options.zone = &utc;
    const auto then = Clock::now();
    const auto history = history::build_history(files, options);
    if (!history.ok()) return 1;
    const double built = milliseconds_since(then), built_cpu = processor_milliseconds() - read_cpu;
    std::printf("{\"scan_gb_per_s\": %.2f, \"read_ms\": %.0f, \"read_cpu_ms\": %.0f, \"history_ms\": %.0f, "
                "\"history_cpu_ms\": %.0f}\n",
                scan_speed(paths[0]), read, read_cpu, built, built_cpu);
    return 0;
}

int whole(int count, char** paths) {
    const auto begin = Clock::now();
    Calculator calculator;
    calculator.set_parallel({thread_count(), on_threads});
    for (int i = 0; i < count; ++i) {
        const MappedFile file(paths[i]);
        const auto id = calculator.open(base_name(paths[i]), file.bytes.size());
        (void)calculator.recognise(id, file.bytes.substr(0, kHead), file.bytes.size() < kHead, {}).ok();
        (void)calculator.append(id, file.bytes).ok();
        const auto info = calculator.close(id);
        if (!info.ok() || info.value().state != "read") {
            std::fprintf(stderr, "%s: %s\n", paths[i], info.value().message.c_str());
            return 1;
        }
    }
    const double read = milliseconds_since(begin);
    report::EvaluateRequest request;
    request.breakdown = "segment";
    const auto report = calculator.evaluate(request);
    if (!report.ok()) {
        std::fprintf(stderr, "%s\n", report.status().message.c_str());
        return 1;
    }
    const double first = milliseconds_since(begin) - read;
    const auto then = Clock::now();
    request.window_days = 14;
    if (!calculator.evaluate(request).ok()) return 1;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("{\"read_ms\": %.0f, \"first_evaluation_ms\": %.0f, \"whole_ms\": %.0f, \"again_ms\": %.0f, "
                "\"peak_mb\": %.0f, \"report\": %s}\n",
                read, first, read + first, milliseconds_since(then),
                static_cast<double>(usage.ru_maxrss) / 1024, report::to_json(report.value()).c_str());
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::fputs("usage: preempt_bench rooms|whole OUTREACHES.csv CONTACTS.csv\n", stderr);
        return 2;
    }
    return std::string_view(argv[1]) == "rooms" ? by_rooms(argc - 2, argv + 2) : whole(argc - 2, argv + 2);
}
