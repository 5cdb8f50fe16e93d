// How long an evaluation takes with two million outreaches and one million contacts: a change of window, of
// filter, of grouping. In: how many outreaches (2,000,000). Out: milliseconds, medians of five. Timings
// decide no test.
#include "core/evidence/engine.hpp"
#include "tests/bench/threads.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <vector>

using namespace preempt;

namespace {

std::uint64_t state = 12345;
std::uint64_t random_bits() {
    state += 0x9E37'79B9'7F4A'7C15ULL;
    auto z = state;
    z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EBULL;
    return z ^ (z >> 31);
}
std::uint32_t below(std::uint64_t n) {
    return static_cast<std::uint32_t>(random_bits() % n);
}

/// Rows of a log, dealt out by unit and in time order.
void deal(std::uint32_t units, std::size_t rows, std::vector<std::uint32_t>& unit, std::vector<Instant>& at,
          std::vector<std::uint32_t>& first) {
    constexpr Instant kStart = 1'735'689'600'000; // 2025-01-01
    unit.resize(rows);
    at.resize(rows);
    for (auto& u : unit)
        u = below(units);
    std::sort(unit.begin(), unit.end());
    first.assign(units + 1, 0);
    for (const auto u : unit)
        ++first[u + 1];
    for (std::uint32_t u = 0; u < units; ++u)
        first[u + 1] += first[u];
    for (auto& t : at)
        t = kStart +
            static_cast<Instant>(random_bits() % (365 * static_cast<std::uint64_t>(kMillisecondsPerDay))) /
                1000 * 1000;
    for (std::uint32_t u = 0; u < units; ++u)
        std::sort(at.data() + first[u], at.data() + first[u + 1]);
}

history::History make(std::size_t messages) {
    history::History h;
    h.units = static_cast<std::uint32_t>(messages / 3);
    std::vector<std::uint32_t> trigger{0, 0, 0, 0, 0}, segment{0, 0, 0, 0};
    const char* triggers[] = {"limit", "issue", "onb", "renew", "plan"};
    const char* segments[] = {"smb", "mid", "ent", "self"};
    for (std::size_t i = 0; i < 5; ++i)
        trigger[i] = h.dictionary[history::kTriggerAttribute].encode(triggers[i]);
    for (std::size_t i = 0; i < 4; ++i)
        segment[i] = h.dictionary[history::kSegmentAttribute].encode(segments[i]);
    const auto signal = h.dictionary[history::kOutreachTypeAttribute].encode("signal");
    const auto billing = h.dictionary[history::kTopicAttribute].encode("billing");
    h.experiments.encode("e");
    auto& a = h.assignments;
    deal(h.units, messages, a.unit, a.at, a.first);
    auto& o = h.outreaches;
    for (std::uint32_t row = 0; row < messages; ++row) {
        const auto u = a.unit[row];
        const bool held = u % 5 == 0;
        a.person.push_back(u);
        a.account.push_back(history::kNobody);
        a.arm.push_back(held ? history::Arm::holdout : history::Arm::treated);
        a.experiment.push_back(0);
        a.moment.push_back(history::Moment::assigned);
        const auto t = trigger[below(5)], s = segment[u % 4];
        a.attribute[history::kTriggerAttribute].push_back(t);
        a.attribute[history::kSegmentAttribute].push_back(s);
        a.attribute[history::kOutreachTypeAttribute].push_back(signal);
        if (held) continue;
        o.unit.push_back(u);
        o.person.push_back(u);
        o.at.push_back(a.at[row]);
        o.type.push_back(history::OutreachType::signal);
        o.outcome.push_back(history::Outcome::none);
        o.usage_improved.push_back(0);
        o.undelivered.push_back(0);
        o.engaged_at.push_back(kNoInstant);
        o.confirmed_at.push_back(kNoInstant);
        o.attribute[history::kTriggerAttribute].push_back(t);
        o.attribute[history::kSegmentAttribute].push_back(s);
        o.attribute[history::kOutreachTypeAttribute].push_back(signal);
    }
    o.first.assign(h.units + 1, 0);
    for (const auto u : o.unit)
        ++o.first[u + 1];
    for (std::uint32_t u = 0; u < h.units; ++u)
        o.first[u + 1] += o.first[u];
    auto& c = h.contacts;
    deal(h.units, messages / 2, c.unit, c.at, c.first);
    c.person = c.unit;
    c.closed_at.assign(c.size(), kNoInstant);
    c.open.assign(c.size(), 0);
    c.topic.assign(c.size(), billing);
    c.reply_to.assign(c.size(), history::kNobody);
    h.has_outreaches = h.has_contacts = h.has_arms = true;
    h.coverage_start = *std::min_element(c.at.begin(), c.at.end());
    h.coverage_end = *std::max_element(c.at.begin(), c.at.end());
    h.expected_share.assign(2, 0.2);
    return h;
}

/// Medians of five: as a person waits, and of the processors' time, which a busy machine changes less.
struct Times {
    double wall = 0, processor = 0;
};

Times median_of_five(const std::function<void(int)>& run) {
    std::vector<double> wall, processor;
    for (int i = 0; i < 5; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        const auto clock = std::clock();
        run(i);
        processor.push_back(1000.0 * static_cast<double>(std::clock() - clock) / CLOCKS_PER_SEC);
        wall.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    std::sort(wall.begin(), wall.end());
    std::sort(processor.begin(), processor.end());
    return {wall[2], processor[2]};
}

} // namespace

int main(int argc, char** argv) {
    const auto history =
        make(static_cast<std::size_t>(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 2'000'000));
    const auto zone = Zone::utc();
    for (const std::size_t threads : {1U, 2U}) {
        evidence::Engine engine(history, {threads, on_threads});
        evidence::Question question;
        question.zone = &zone;
        std::int64_t sum = 0;
        const auto ask = [&] { sum += engine.gather(question).messages.cells.front().contacted; };
        ask(); // what no later question needs again
        const auto window = median_of_five([&](int i) {
            question.window = (3 + i) * kMillisecondsPerDay;
            ask();
        });
        const auto grouping = median_of_five([&](int i) {
            question.breakdown = i % 2 == 0 ? static_cast<int>(history::kSegmentAttribute)
                                            : static_cast<int>(history::kTriggerAttribute);
            ask();
        });
        const auto filter = median_of_five([&](int i) {
            question.filters = {
                {static_cast<int>(history::kSegmentAttribute), {i % 2 == 0 ? "smb" : "mid"}, i > 2}};
            ask();
        });
        std::printf(
            "%zu thread%s, ms (of the processors): window %.0f (%.0f), grouping %.0f (%.0f), filter %.0f "
            "(%.0f); check %lld\n",
            threads, threads == 1 ? "" : "s", window.wall, window.processor, grouping.wall,
            grouping.processor, filter.wall, filter.processor, static_cast<long long>(sum));
    }
    return 0;
}
