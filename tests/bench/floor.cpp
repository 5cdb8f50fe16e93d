// The floor under every reader of delimited files, as a WebAssembly module of its own: the structural scan of
// core/csv with every separator's position written, and nothing else. In: bytes in place(). Out: their
// separators.
#include "core/csv/scan.hpp"

#include <vector>

namespace {

std::vector<char> piece(std::size_t{4} << 20);
preempt::csv::ScanState state;
preempt::csv::ScanResult result;

} // namespace

extern "C" {

char* place() {
    return piece.data();
}

/// The next `size` bytes of a well-formed file; what follows a quote out of place is not scanned.
double scan(std::size_t size) {
    result.clear();
    state.at = 0;
    if (state.suspicious == preempt::csv::ScanState::kNone)
        preempt::csv::scan_structure(piece.data(), size, size, {}, state, result);
    return static_cast<double>(result.ends.size());
}
}
