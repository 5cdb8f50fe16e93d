// Numbers drawn by chance that come out the same on every machine: for the parametric bootstrap of
// quantities that have no interval of their own (statistics.md 2.12). In: a seed. Out: columns of standard
// normal draws, and rates and counts drawn from them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace preempt::stats {

/// How often everything is drawn. The columns are stratified (see Draws), which makes 400 as good as some
/// thousands of plain draws for a smooth function of a few numbers.
inline constexpr std::size_t kDraws = 400;

/// splitmix64 (Steele, Lea & Flood 2014, OOPSLA): the same numbers with every standard library.
class Generator {
  public:
    explicit Generator(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    /// Whole number in [0, bound), bound > 0, without modulo bias.
    std::uint64_t below(std::uint64_t bound);

  private:
    std::uint64_t state_;
};

/// Latin hypercube sampling (McKay, Beckman & Conover 1979, Technometrics 21:239-245): every column holds the
/// quantiles (i + 1/2) / kDraws of the standard normal, each once, in an order of its own.
class Draws {
  public:
    explicit Draws(std::uint64_t seed) : generator_(seed) {}
    std::vector<double> column();

  private:
    Generator generator_;
};

/// A gamma variate of the given shape (scale 1) from a standard normal one: cube of Wilson & Hilferty (1931),
/// PNAS 17:684-688. Right to 2% in both 2.5% tails from shape 1 on, but for the lower one of shape 1.
/// Never negative.
double gamma_from_normal(double shape, double z);

/// The rates that a Beta(events + 1, total - events + 1) gives, one a draw: what the rate behind `events` of
/// `total` may have been. Also defined for 0 or all events; `total` may be an effective one.
std::vector<double> drawn_rate(double events, double total, Draws& draws);

/// Gamma(count + 1/2): what the expectation behind a count may have been.
std::vector<double> drawn_count(double count, Draws& draws);

} // namespace preempt::stats
