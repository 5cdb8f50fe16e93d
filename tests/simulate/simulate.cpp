// Do the intervals hold what they promise? Draws programmes whose true effect is known, lets the product's
// own code judge them, and counts how often it is wrong. In: --smoke (short, wide tolerance), --runs N. Out:
// tables; the exit status is not 0 when an interval covers too seldom. Same numbers on every machine: own
// generator.
#include "core/metrics/compare.hpp"
#include "core/metrics/effects/breakdown.hpp"
#include "core/metrics/effects/window.hpp"
#include "core/stats/difference.hpp"
#include "core/stats/distribution.hpp"
#include "core/stats/sequential.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

using namespace preempt;
using history::Arm;

namespace {

/// splitmix64 (Steele, Lea & Flood 2014).
struct Generator {
    std::uint64_t state;
    std::uint64_t next() {
        std::uint64_t z = (state += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }
    bool chance(double p) { return uniform() < p; }
};

/// The lowest that any design may cover; tests/README.md says which one comes near it and why.
constexpr double kLeastCovered = 0.92;

struct Size {
    int held, sent;              ///< units
    double held_rate, sent_rate; ///< chance of a contact in an episode
};

struct Design {
    const char* name;
    std::vector<Size> strata;
    /// Units have 1 to `episodes` episodes. Half of the units contact (1 + spread) times as often as the
    /// mean, half (1 - spread) times: episodes of a unit resemble each other.
    int episodes = 1;
    double spread = 0;
};

std::vector<Size> many(int strata, int held, int sent, double held_rate, double sent_rate) {
    return std::vector<Size>(static_cast<std::size_t>(strata), {held, sent, held_rate, sent_rate});
}

std::vector<Design> designs() {
    return {
        {"22 of 100 against 12% of 400", {{100, 400, 0.22, 0.12}}},
        {"no effect, 100 and 400", {{100, 400, 0.20, 0.20}}},
        {"harm, 100 and 400", {{100, 400, 0.10, 0.18}}},
        {"no effect, 1,000 and 1,000", {{1000, 1000, 0.10, 0.10}}},
        {"harm, 1,000 and 1,000", {{1000, 1000, 0.064, 0.10}}},
        {"5 held out of 100", {{5, 95, 0.30, 0.15}}},
        {"10 held out of 100", {{10, 90, 0.30, 0.15}}},
        {"20 held out of 200", {{20, 180, 0.20, 0.10}}},
        {"30 held out of 300", {{30, 270, 0.20, 0.20}}},
        {"50 held out of 1,000", {{50, 950, 0.15, 0.10}}},
        {"1% held out of 5,000", {{50, 4950, 0.10, 0.05}}},
        {"half held out of 60", {{30, 30, 0.40, 0.20}}},
        {"rare: 1% against 0.5%, 500 and 4,500", {{500, 4500, 0.01, 0.005}}},
        {"rare: 2%, no effect, 100 and 900", {{100, 900, 0.02, 0.02}}},
        {"frequent: 80% against 60%", {{60, 300, 0.80, 0.60}}},
        {"nobody contacted after outreach", {{40, 200, 0.10, 0.0}}},
        {"2 strata, uneven holdout, unlike effects", {{400, 100, 0.40, 0.38}, {20, 800, 0.30, 0.05}}},
        {"2 strata, uneven holdout, no effect", {{300, 300, 0.40, 0.40}, {30, 900, 0.05, 0.05}}},
        {"3 strata, prevents, harms, nothing",
         {{60, 300, 0.40, 0.20}, {60, 300, 0.10, 0.20}, {60, 300, 0.2, 0.2}}},
        {"5 strata of 20 and 80", many(5, 20, 80, 0.25, 0.15)},
        {"10 strata of 10 and 40", many(10, 10, 40, 0.30, 0.20)},
        {"15 strata of 5 and 30, sparse", many(15, 5, 30, 0.20, 0.10)},
        {"20 strata of 4 and 16, no effect", many(20, 4, 16, 0.25, 0.25)},
        {"10 strata of 6 and 60, rare", many(10, 6, 60, 0.06, 0.03)},
        {"8 strata, sizes 4 to 64, rates 5 to 40%",
         {{4, 64, 0.05, 0.03},
          {8, 56, 0.10, 0.06},
          {12, 48, 0.15, 0.10},
          {16, 40, 0.20, 0.12},
          {24, 32, 0.25, 0.2},
          {32, 24, 0.30, 0.22},
          {48, 16, 0.35, 0.3},
          {64, 8, 0.40, 0.3}}},
        {"repeated: up to 3, 40 and 160", {{40, 160, 0.25, 0.15}}, 3, 0.6},
        {"repeated: up to 5, 60 and 240", {{60, 240, 0.20, 0.12}}, 5, 0.8},
        {"repeated: up to 5, no effect", {{60, 240, 0.20, 0.20}}, 5, 0.8},
        {"repeated: up to 5, harm", {{60, 240, 0.10, 0.18}}, 5, 0.8},
        {"repeated: up to 10, 20 and 180", {{20, 180, 0.20, 0.12}}, 10, 0.8},
        {"repeated: up to 10, 30 and 270", {{30, 270, 0.30, 0.30}}, 10, 0.9},
        {"repeated, 3 strata, uneven",
         {{40, 160, 0.30, 0.20}, {20, 300, 0.15, 0.08}, {80, 80, 0.4, 0.3}},
         4,
         0.7},
        {"repeated, 6 strata of 15 and 60", many(6, 15, 60, 0.25, 0.15), 3, 0.7},
        {"repeated, 10 strata of 8 and 40, no effect", many(10, 8, 40, 0.25, 0.25), 3, 0.7},
        {"one episode each in a clustered rule", {{60, 240, 0.20, 0.12}}, 1, 0.8},
    };
}

evidence::Cell draw(Generator& random, Arm arm, std::uint32_t stratum, int units, double p,
                    const Design& design) {
    evidence::Cell cell;
    cell.arm = arm;
    cell.stratum = stratum;
    for (int u = 0; u < units; ++u) {
        const int m = 1 + u % design.episodes; // the same sizes in every run: the weights are fixed
        const double own = p * (design.spread == 0 ? 1 : 1 + (random.chance(0.5) ? 1 : -1) * design.spread);
        int y = 0;
        for (int e = 0; e < m; ++e)
            y += random.chance(own);
        cell.episodes += m;
        cell.contacted += y;
        const double dy = y, dm = m;
        cell.sums.units += 1;
        cell.sums.sum_y += dy;
        cell.sums.sum_m += dm;
        cell.sums.sum_yy += dy * dy;
        cell.sums.sum_ym += dy * dm;
        cell.sums.sum_mm += dm * dm;
    }
    return cell;
}

std::vector<evidence::Cell> draw(Generator& random, const Design& design) {
    std::vector<evidence::Cell> cells;
    for (std::uint32_t s = 0; s < design.strata.size(); ++s) {
        const auto& size = design.strata[s];
        cells.push_back(draw(random, Arm::treated, s, size.sent, size.sent_rate, design));
        cells.push_back(draw(random, Arm::holdout, s, size.held, size.held_rate, design));
    }
    return cells;
}

/// Averaged over the contacted episodes (statistics.md 0).
double truth_of(const Design& design) {
    double sum = 0, weight = 0;
    for (const auto& size : design.strata) {
        double episodes = 0;
        for (int u = 0; u < size.sent; ++u)
            episodes += 1 + u % design.episodes;
        sum += episodes * (size.held_rate - size.sent_rate);
        weight += episodes;
    }
    return sum / weight;
}

struct Tally {
    int runs = 0, below = 0, above = 0, wald_wrong = 0, contradictions = 0;
    double width = 0;
    double covered() const { return 1 - static_cast<double>(below + above) / runs; }
};

/// The interval of whoever pools everything and takes episodes for independent.
bool plug_in_covers(const std::vector<evidence::Cell>& cells, double truth) {
    double x[2] = {}, n[2] = {};
    for (const auto& cell : cells) {
        const int arm = cell.arm == Arm::holdout ? 0 : 1;
        x[arm] += static_cast<double>(cell.contacted);
        n[arm] += static_cast<double>(cell.episodes);
    }
    const double p = x[0] / n[0], q = x[1] / n[1];
    const double half = stats::critical_value(0.95) * std::sqrt(p * (1 - p) / n[0] + q * (1 - q) / n[1]);
    return std::abs(p - q - truth) <= half;
}

Tally cover(const Design& design, int runs, std::uint64_t seed) {
    Generator random{seed};
    const double truth = truth_of(design);
    Tally tally;
    for (int run = 0; run < runs; ++run) {
        const auto cells = draw(random, design);
        const auto c = metrics::compare(cells, cells, {}, 0.95);
        ++tally.runs;
        tally.width += *c.difference.high - *c.difference.low;
        tally.below += *c.difference.high < truth;
        tally.above += *c.difference.low > truth;
        tally.wald_wrong += !plug_in_covers(cells, truth);
        tally.contradictions += (*c.p < 0.05) != (*c.difference.low > 0 || *c.difference.high < 0);
    }
    return tally;
}

// ------------------------------------------------------------------------------------------------------
// peeking

struct Programme {
    const char* name;
    double held_share, held_rate, sent_rate;
    int planned, look_every;
    int strata = 1, episodes = 1; ///< episodes of one unit all end alike: deff = episodes
};

struct Watched {
    int runs = 0, ordinary = 0, plug_in = 0, add_one = 0; ///< ever wrong
};

/// The holdout comparison of the product itself, looked at after every `look_every` units.
Watched watch(const Programme& p, int runs, std::uint64_t seed) {
    Generator random{seed};
    const double truth = p.held_rate - p.sent_rate;
    metrics::Plan plan;
    plan.planned_units = p.planned;
    plan.snapshots = 2;
    Watched result;
    for (int run = 0; run < runs; ++run) {
        evidence::Evidence e;
        e.has_arms = e.has_contacts = true;
        for (int s = 0; s < p.strata; ++s)
            for (const auto arm : {Arm::treated, Arm::holdout}) {
                evidence::Cell cell;
                cell.arm = arm;
                cell.stratum = static_cast<std::uint32_t>(s);
                e.assignments.cells.push_back(cell);
            }
        bool ordinary = false, plug_in = false, add_one = false;
        for (int unit = 1; unit <= p.planned; ++unit) {
            const bool held = random.chance(p.held_share);
            const auto stratum =
                static_cast<std::size_t>(random.next() % static_cast<std::uint64_t>(p.strata));
            auto& cell = e.assignments.cells[2 * stratum + (held ? 1 : 0)];
            const int m = p.episodes, y = random.chance(held ? p.held_rate : p.sent_rate) ? m : 0;
            cell.episodes += m;
            cell.contacted += y;
            const double dy = y, dm = m;
            auto& s = cell.sums;
            s = {s.units + 1,        s.sum_y + dy,       s.sum_m + dm,
                 s.sum_yy + dy * dy, s.sum_ym + dy * dm, s.sum_mm + dm * dm};
            if (unit % p.look_every != 0) continue;
            e.assignment_totals = e.assignments;
            const auto c = metrics::compare_holdout(e, 0.95, plan);
            if (!c.available) continue;
            const auto misses = [&](double low, double high) { return low > truth || high < truth; };
            ordinary |= misses(*c.difference.low, *c.difference.high);
            add_one |= misses(*c.sequential.difference.low, *c.sequential.difference.high);
            // The same sequence with the plug-in variance, strata pooled.
            const double xh = static_cast<double>(c.baseline.contacted),
                         nh = static_cast<double>(c.baseline.episodes);
            const double xt = static_cast<double>(c.treated.contacted),
                         nt = static_cast<double>(c.treated.episodes);
            const double ph = xh / nh, pt = xt / nt;
            const double se = std::sqrt(c.design_effect * (ph * (1 - ph) / nh + pt * (1 - pt) / nt));
            const auto i = stats::confidence_sequence(ph - pt, se, unit, p.planned);
            plug_in |= misses(i.low, i.high);
        }
        ++result.runs;
        result.ordinary += ordinary;
        result.plug_in += plug_in;
        result.add_one += add_one;
    }
    return result;
}

std::vector<Programme> programmes(bool smoke) {
    if (smoke) return {{"10% held out, 5%, no effect", 0.10, 0.05, 0.05, 500, 50}};
    return {
        {"5% held out, 5%, no effect", 0.05, 0.05, 0.05, 2000, 25},
        {"10% held out, 5%, no effect", 0.10, 0.05, 0.05, 2000, 25},
        {"10% held out, 20%, no effect", 0.10, 0.20, 0.20, 2000, 25},
        {"20% held out, 20% to 12%", 0.20, 0.20, 0.12, 2000, 25},
        {"20% held out, harm 6% to 10%", 0.20, 0.06, 0.10, 2000, 25},
        {"half held out, 10%, no effect", 0.50, 0.10, 0.10, 2000, 25},
        {"10% held out, 5 strata, no effect", 0.10, 0.15, 0.15, 2000, 25, 5},
        {"20% held out, 3 episodes each, no effect", 0.20, 0.15, 0.15, 2000, 25, 1, 3},
    };
}

// -------------------------------------------------------------------------------------------------- other
// rules

/// A first contact within 28 days with a constant daily chance, `shift` days later if there is a delay.
evidence::DelayCounts draw_delays(Generator& random, int units, double daily, int until, double delayed,
                                  int shift) {
    evidence::DelayCounts counts;
    for (int u = 0; u < units; ++u) {
        int day = 0;
        while (day < until && !random.chance(daily))
            ++day;
        if (day < until && random.chance(delayed)) day += shift;
        // Everybody was seen for 10 to 60 days.
        const int seen = 10 + static_cast<int>(random.next() % 50);
        if (day < until + shift && day < seen && day < 28)
            ++counts.contacted[static_cast<std::size_t>(day)];
        else if (seen < 28)
            ++counts.censored[static_cast<std::size_t>(seen)];
        else
            ++counts.complete;
    }
    return counts;
}

/// How often the window curve says "delayed" or "partly_delayed".
double called_delayed(int runs, std::uint64_t seed, double held_daily, double sent_daily, double delayed) {
    Generator random{seed};
    int called = 0;
    for (int run = 0; run < runs; ++run) {
        evidence::Evidence e;
        e.assignment_delays.holdout = draw_delays(random, 600, held_daily, 10, 0, 0);
        e.assignment_delays.treated = draw_delays(random, 2400, sent_daily, 10, delayed, 12);
        metrics::Comparison holdout;
        holdout.available = true;
        const auto verdict = metrics::window_curve(e, holdout, {}, 0.95).verdict;
        called += verdict == "delayed" || verdict == "partly_delayed";
    }
    return static_cast<double>(called) / runs;
}

/// How often groups are said to differ; spread = standard deviation of the true effects.
double called_different(int runs, std::uint64_t seed, double effect_of_half) {
    Generator random{seed};
    int called = 0;
    for (int run = 0; run < runs; ++run) {
        evidence::Table table;
        for (std::uint32_t g = 0; g < 8; ++g) {
            table.groups.push_back(std::to_string(g));
            const Design plain{"", {}};
            const double sent = 0.20 - (g % 2 ? effect_of_half : 0);
            auto treated = draw(random, Arm::treated, 0, 300, sent, plain);
            auto held = draw(random, Arm::holdout, 0, 60, 0.20, plain);
            treated.group = held.group = g;
            table.cells.push_back(treated);
            table.cells.push_back(held);
        }
        metrics::Cut cut;
        cut.compared = &table;
        called += metrics::break_down(cut, 0.95).homogeneity.verdict == "differ";
    }
    return static_cast<double>(called) / runs;
}

bool failed = false;

void expect(bool holds, const char* what) {
    if (holds) return;
    failed = true;
    std::printf("  ^ WRONG: %s\n", what);
}

} // namespace

int main(int count, char** arguments) {
    int runs = 20000, watched_runs = 2000;
    bool smoke = false;
    for (int i = 1; i < count; ++i) {
        if (std::strcmp(arguments[i], "--smoke") == 0) {
            smoke = true;
            runs = 1000;
            watched_runs = 200;
        } else if (std::strcmp(arguments[i], "--runs") == 0 && i + 1 < count) {
            runs = std::atoi(arguments[++i]);
            watched_runs = std::max(1, runs / 10);
        } else {
            std::printf("usage: preempt_simulate [--smoke] [--runs N]\n");
            return 2;
        }
    }
    // Chance alone moves a share of `runs` by this much, seldom more.
    const double slack = 4 * std::sqrt(0.95 * 0.05 / runs);

    std::printf("95%% intervals of prevented contacts per outreach, %d programmes a design\n\n", runs);
    std::printf("%-46s %8s %9s %9s %8s %10s\n", "design", "truth", "covered", "misses", "width", "pooled");
    std::printf("%-46s %8s %9s %9s %8s %10s\n", "", "", "", "low/high", "", "plug-in");
    double lowest = 1, sum = 0;
    std::uint64_t seed = 1;
    const auto all = designs();
    for (const auto& design : all) {
        const auto t = cover(design, runs, seed++);
        std::printf("%-46s %+8.4f %8.1f%% %4.1f/%4.1f %8.3f %9.1f%%\n", design.name, truth_of(design),
                    100 * t.covered(), 100.0 * t.below / t.runs, 100.0 * t.above / t.runs, t.width / t.runs,
                    100 - 100.0 * t.wald_wrong / t.runs);
        expect(t.covered() > kLeastCovered - slack, "covers too seldom");
        expect(t.contradictions == 0, "p and interval contradict each other");
        lowest = std::min(lowest, t.covered());
        sum += t.covered();
    }
    std::printf("%zu designs: lowest %.1f%%, mean %.1f%%\n\n", all.size(), 100 * lowest,
                100 * sum / static_cast<double>(all.size()));

    std::printf("Looked at again and again: share of %d programmes in which an interval was ever wrong\n\n",
                watched_runs);
    std::printf("%-46s %10s %10s %10s\n", "programme", "ordinary", "plug-in", "add-one");
    for (const auto& programme : programmes(smoke)) {
        const auto w = watch(programme, watched_runs, seed++);
        const auto share = [&](int n) { return 100.0 * n / w.runs; };
        std::printf("%-46s %9.1f%% %9.1f%% %9.1f%%\n", programme.name, share(w.ordinary), share(w.plug_in),
                    share(w.add_one));
        expect(share(w.add_one) < 100 * (0.06 + 4 * std::sqrt(0.05 * 0.95 / w.runs)),
               "wrong more often than 6%");
        expect(w.ordinary > w.add_one, "the ordinary interval should do worse");
    }

    const int rule_runs = smoke ? 200 : 2000;
    std::printf("\nRules, %d programmes each\n\n", rule_runs);
    const auto rule = [&](const char* name, double share, double least, double most) {
        std::printf("%-66s %5.1f%%\n", name, 100 * share);
        const double room = 4 * std::sqrt(0.05 * 0.95 / rule_runs);
        expect(share >= least - room && share <= most + room, "outside its bounds");
    };
    rule("no effect: called delayed", called_delayed(rule_runs, seed++, 0.02, 0.02, 0), 0, 0.02);
    rule("lasting effect: called delayed", called_delayed(rule_runs, seed++, 0.03, 0.015, 0), 0, 0.02);
    rule("contacts 12 days later: called delayed", called_delayed(rule_runs, seed++, 0.03, 0.03, 0.8), 0.9,
         1);
    rule("8 groups alike: said to differ", called_different(rule_runs, seed++, 0), 0, 0.06);
    rule("8 groups, effects 0 and 12 points: said to differ", called_different(rule_runs, seed++, 0.12), 0.5,
         1);
    return failed ? 1 : 0;
}
