// Fuzz target for times: parse_time, parse_serial and the reading of a whole column. In: any bytes, one cell
// a line. It fails when an accepted value lies outside the years 1900 to 2199, when printing a value and
// reading it again gives another one, or when a column contradicts its own cells.
#include "core/base/text.hpp"
#include "core/base/time_text.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

using namespace preempt;

namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

void check_value(const TimeText& time, std::int64_t slack) {
    if (!time.ok()) {
        require(!time_problem_text(time.problem).empty());
        return;
    }
    const auto edge = [](std::int32_t year) { return civil_to_instant({year, 1, 1, 0, 0, 0, 0}); };
    require(time.value >= edge(1900) - slack && time.value < edge(2200) + slack);
    require(!time.order_open || time.shows == DateOrder::undecided);
    if (slack > 0) return;
    // Printed and read again it is the same, with and without its Z.
    std::string printed = iso_utc(time.value);
    const TimeText again = parse_time(printed, DateOrder::undecided);
    require(again.ok() && again.zoned && again.value == time.value && !again.order_open);
    printed.pop_back();
    const TimeText local = parse_time(printed, DateOrder::month_first);
    require(local.ok() && !local.zoned && local.value == time.value && !local.day_only);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const unsigned choice = data[0];
    constexpr DateOrder kOrders[] = {DateOrder::undecided, DateOrder::year_first, DateOrder::day_first,
                                     DateOrder::month_first};
    const bool accepts_serials = (choice & 4) != 0;
    TimeReader reader(kOrders[choice % 4], accepts_serials);
    std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
    struct Open {
        TimeText time;
        std::uint64_t line;
    };
    std::vector<Open> open;
    for (std::uint64_t line = 1; !rest.empty(); ++line) {
        const auto end = rest.find('\n');
        const std::string_view cell = trim(rest.substr(0, end));
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (cell.empty()) continue;
        const std::string exact(cell); // so that a read past its end is seen
        for (const DateOrder order : kOrders)
            check_value(parse_time(exact, order), 0);
        const TimeText serial = parse_serial(exact);
        check_value(serial, 0);
        if (serial.ok()) {
            require(!serial.zoned && serial.value % 1000 == 0);
            const TimeText epoch = parse_time(exact, DateOrder::undecided);
            require(!epoch.ok() || !epoch.zoned); // never both a day number and an epoch number
        }
        const TimeText time = reader.read(exact, line);
        check_value(time, 0);
        if (time.ok() && time.order_open) open.push_back({time, line});
        require(accepts_serials || time.ok() || time.problem != TimeProblem::early_serial);
    }
    require(reader.has_open_values() == !open.empty());
    if (!open.empty()) require(reader.first_open_line() == open.front().line);
    for (const auto& [time, line] : open) {
        TimeText settled = time;
        const Instant exchanged = with_day_and_month_exchanged(time.value);
        require(with_day_and_month_exchanged(exchanged) == time.value);
        if (reader.order() == DateOrder::month_first) settled.value = exchanged;
        settled.value -= time.late_offset;
        check_value(settled, kMillisecondsPerDay);
    }
    return 0;
}
