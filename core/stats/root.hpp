// Finding where a function changes sign, for limits that have no closed form. Private to core/stats.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

namespace preempt::stats::detail {

/// Root of f between a and b, at which f has the opposite signs fa and fb (Chandrupatla 1997, Advances in
/// Engineering Software 28:145-149: inverse quadratic interpolation where it is safe, bisection elsewhere).
/// Ends when the bracket is narrower than `relative` x |root| + `absolute`, or after 200 steps.
template <class Function>
double bracketed_root(Function&& f, double a, double fa, double b, double fb, double relative = 2e-15,
                      double absolute = std::numeric_limits<double>::min()) {
    if (fa == 0) return a;
    if (fb == 0) return b;
    double c = a, fc = fa; // the point before the newest bracket end
    double t = 0.5;
    for (int i = 0; i < 200; ++i) {
        const double x = a + t * (b - a);
        const double fx = f(x);
        if (std::isnan(fx)) return std::numeric_limits<double>::quiet_NaN();
        if ((fx > 0) == (fa > 0)) {
            c = a;
            fc = fa;
        } else {
            c = b;
            fc = fb;
            b = a;
            fb = fa;
        }
        a = x;
        fa = fx;
        const bool a_is_best = std::abs(fa) < std::abs(fb);
        const double best = a_is_best ? a : b;
        if (fa == 0) return a;
        const double tolerance = relative * std::abs(best) + absolute;
        const double limit = tolerance / std::abs(b - a);
        if (limit > 0.5) return best;
        const double xi = (a - b) / (c - b);
        const double phi = (fa - fb) / (fc - fb);
        const bool interpolate = phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi;
        t = interpolate
                ? fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
                : 0.5;
        t = std::clamp(t, limit, 1 - limit);
    }
    return std::abs(fa) < std::abs(fb) ? a : b;
}

/// The t in (0, furthest] at which f falls through 0, searched outwards and inwards from `guess` by doubling,
/// so that also a root of 1e-9 is found to full relative precision. f is negative near 0 (f(0) itself may be
/// 0, it is not asked) and positive beyond the root; if it is still not positive at `furthest`, `furthest` is
/// the answer.
template <class Function>
double outward_root(Function&& f, double guess, double furthest) {
    if (!(furthest > 0)) return std::max(furthest, 0.0);
    double t = guess > 0 && guess < furthest ? guess : furthest / 2;
    double ft = f(t);
    if (std::isnan(ft)) return std::numeric_limits<double>::quiet_NaN();
    if (ft == 0) return t;
    if (ft < 0) {
        for (;;) {
            const double next = std::min(2 * t, furthest);
            const double fnext = f(next);
            if (std::isnan(fnext)) return std::numeric_limits<double>::quiet_NaN();
            if (fnext >= 0) return fnext == 0 ? next : bracketed_root(f, t, ft, next, fnext);
            if (next == furthest) return furthest;
            t = next;
            ft = fnext;
        }
    }
    for (int i = 0; i < 1100; ++i) {
        const double next = t / 2;
        const double fnext = f(next);
        if (std::isnan(fnext)) return std::numeric_limits<double>::quiet_NaN();
        if (fnext < 0) return bracketed_root(f, next, fnext, t, ft);
        t = next;
        ft = fnext;
    }
    return 0;
}

} // namespace preempt::stats::detail
