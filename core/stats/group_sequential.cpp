#include "core/stats/group_sequential.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/stats/arm.hpp"
#include "core/stats/distribution.hpp"
#include "core/stats/root.hpp"

namespace preempt::stats {

namespace {

// Gauss-Legendre nodes and weights of order 8 on [-1, 1] (half of them; the rest by symmetry).
constexpr std::array<double, 4> kNodes{0.1834346424956498, 0.5255324099163290, 0.7966664774136267,
                                       0.9602898564975363};
constexpr std::array<double, 4> kWeights{0.3626837833783620, 0.3137066458778873, 0.2223810344533745,
                                         0.1012285362903763};
constexpr int kPanels = 40;

double normal_density(double x) {
    return 0.398942280401432678 * std::exp(-x * x / 2);
}

// The part of the null distribution of the score B(t) = z sqrt(t) that has not crossed so far: nodes with
// weight x density. Empty before the first look, when everything is at B = 0, t = 0.
struct Surviving {
    double t = 0;
    std::vector<double> place;
    std::vector<double> mass;
};

// Chance to be beyond `bound` (in z, either side) at time t, having survived until then.
double beyond(const Surviving& s, double t, double bound) {
    const double edge = bound * std::sqrt(t);
    const double step = std::sqrt(t - s.t);
    if (s.place.empty()) return 2 * normal_upper_tail(edge / step);
    double sum = 0;
    for (std::size_t i = 0; i < s.place.size(); ++i)
        sum += s.mass[i] *
               (normal_upper_tail((edge - s.place[i]) / step) + normal_cdf((-edge - s.place[i]) / step));
    return sum;
}

Surviving survive(const Surviving& s, double t, double bound) {
    const double step = std::sqrt(t - s.t);
    // Beyond 10 standard deviations there is nothing to integrate, however far the bound.
    const double edge = std::min(bound, 10.0) * std::sqrt(t);
    Surviving next;
    next.t = t;
    const double half = edge / kPanels;
    for (int panel = 0; panel < kPanels; ++panel) {
        const double centre = -edge + (2 * panel + 1) * half;
        for (std::size_t i = 0; i < 2 * kNodes.size(); ++i) {
            const std::size_t k = i / 2;
            const double b = centre + (i % 2 ? kNodes[k] : -kNodes[k]) * half;
            double density = 0;
            if (s.place.empty())
                density = normal_density(b / step) / step;
            else
                for (std::size_t j = 0; j < s.place.size(); ++j)
                    density += s.mass[j] * normal_density((b - s.place[j]) / step) / step;
            next.place.push_back(b);
            next.mass.push_back(kWeights[k] * half * density);
        }
    }
    return next;
}

bool increasing(std::span<const double> t) {
    double before = 0;
    for (const double x : t) {
        if (!(x > before) || !std::isfinite(x)) return false;
        before = x;
    }
    return !t.empty();
}

} // namespace

double crossing_probability(std::span<const double> information, std::span<const double> bounds) {
    if (information.size() != bounds.size() || !increasing(information)) return detail::kNaN;
    Surviving s;
    double crossed = 0;
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        if (!(bounds[i] > 0)) return detail::kNaN;
        crossed += beyond(s, information[i], bounds[i]);
        if (i + 1 < bounds.size()) s = survive(s, information[i], bounds[i]);
    }
    return crossed;
}

double spent_alpha(Spending spending, double t, double level) {
    if (!(level > 0 && level < 1) || !(t >= 0 && t <= 1)) return detail::kNaN;
    const double alpha = 1 - level;
    switch (spending) {
    case Spending::obrien_fleming:
        return t == 0 ? 0 : 4 * normal_upper_tail(-normal_quantile(alpha / 4) / std::sqrt(t));
    case Spending::pocock:
        return alpha * std::log1p(1.718281828459045235 * t);
    case Spending::quadratic:
        return alpha * t * t;
    }
    return detail::kNaN;
}

std::vector<double> spending_bounds(Spending spending, std::span<const double> t, double level) {
    if (!increasing(t) || t.back() > 1 || !(level > 0 && level < 1)) return {};
    std::vector<double> bounds;
    Surviving s;
    double spent = 0;
    for (const double at : t) {
        const double to_spend = spent_alpha(spending, at, level) - spent;
        spent += to_spend;
        const auto excess = [&](double bound) { return beyond(s, at, bound) - to_spend; };
        const double f_low = excess(0), f_high = excess(40);
        // Nothing left to spend that a double could show: the look is not a look.
        const double bound =
            f_low > 0 && f_high < 0 ? detail::bracketed_root(excess, 0, f_low, 40, f_high, 1e-12) : 40;
        bounds.push_back(bound);
        if (bounds.size() < t.size()) s = survive(s, at, bound);
    }
    return bounds;
}

} // namespace preempt::stats
