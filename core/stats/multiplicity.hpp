// Many p-values at once: adjusted so that they can be compared with one threshold.
// A NaN (a stratum that could not be tested) stays NaN and does not count as a test. Each result lies in [0,
// 1], in the order of the input.
#pragma once

#include <span>
#include <vector>

namespace preempt::stats {

/// min(1, m p).
std::vector<double> bonferroni(std::span<const double> p);

/// Step-down, keeps the chance of any false alarm (Holm 1979, Scand J Stat 6:65-70): max over i <= k of
/// (m - i + 1) p_(i). For message variants against one control.
std::vector<double> holm(std::span<const double> p);

/// Step-up, the same for independent p-values, a little stronger (Hochberg 1988, Biometrika 75:800-802).
std::vector<double> hochberg(std::span<const double> p);

/// Step-up, keeps the expected share of false alarms among the alarms (Benjamini & Hochberg 1995, JRSS B
/// 57:289-300): min over j >= k of m p_(j) / j. For many segments.
std::vector<double> benjamini_hochberg(std::span<const double> p);

/// The same under any dependence: times 1 + 1/2 + ... + 1/m (Benjamini & Yekutieli 2001, Ann Stat
/// 29:1165-1188).
std::vector<double> benjamini_yekutieli(std::span<const double> p);

} // namespace preempt::stats
