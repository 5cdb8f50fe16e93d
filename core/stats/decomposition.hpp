// Why did a number change? Its change split over the factors that make it up, exactly.
// In: the factors before and after. Out: one contribution a factor; they sum to the change.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace preempt::stats {

/// Most factors that shapley() accepts: it asks for 2^factors values.
inline constexpr std::size_t kMostFactors = 16;

/// Shapley value of each factor over all orders in which the factors could have changed (Shapley 1953; the
/// same as Das Gupta's symmetric formula, 1993, Standardization and Decomposition of Rates, US Census
/// P23-186). `value(changed)`: the number when the factors whose bits are set have their new values and the
/// others their old ones. Contributions sum to value(all) - value(0). Defined for zero and negative factors,
/// where logarithms are not. Empty with no factor or more than kMostFactors.
std::vector<double> shapley(std::size_t factors, const std::function<double(std::uint32_t changed)>& value);

/// shapley() of a plain product of numbers, `from` and `to` in the same order; empty when they do not fit.
std::vector<double> shapley_of_product(std::span<const double> from, std::span<const double> to);

/// A factor with one value, or one value a group (segment).
struct Factor {
    std::vector<double> from;
    std::vector<double> to;
};

/// shapley() of the sum over groups of the product over factors; a factor with a single value multiplies
/// every group. Empty when a factor has neither one value nor as many as the others.
std::vector<double> shapley_of_product_sum(std::span<const Factor> factors);

/// Change of a mean rate sum share x rate over groups, split in two with mean weights (Kitagawa 1955, JASA
/// 50:1168-1194): mix = sum (s1 - s0)(r0 + r1)/2, within = sum (s0 + s1)/2 (r1 - r0). Shares are used as
/// given (let them sum to 1). NaN when the spans differ in length or are empty.
struct MixAndWithin {
    double mix;
    double within;
    std::vector<double> mix_by_group;
    std::vector<double> within_by_group;
};
MixAndWithin mix_and_within(std::span<const double> share_from, std::span<const double> rate_from,
                            std::span<const double> share_to, std::span<const double> rate_to);

} // namespace preempt::stats
