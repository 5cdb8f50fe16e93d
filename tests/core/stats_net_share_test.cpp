// Net shares (NPS), ratios of counts, correlations.
#include "catch.hpp"
#include "core/stats/correlation.hpp"
#include "core/stats/net_share.hpp"
#include "core/stats/poisson.hpp"

#include <cmath>
#include <vector>

using Catch::Matchers::WithinAbs;
using namespace preempt::stats;

TEST_CASE("a net share is those for minus those against, of all") {
    const auto net = net_share(50, 20, 100);
    CHECK_THAT(net.value, WithinAbs(0.30, 1e-12));
    // By hand: Wilson 50/100 (0.40383, 0.59617), 20/100 (0.13337, 0.28883); r = -sqrt(.5 .2 / (.5 .8)) = -.5.
    // Down: a = .09617, b = .08883, sqrt(a^2 + b^2 + ab) = .16027; up: a = .09617, b = .06663: .14183.
    CHECK_THAT(net.interval.low, WithinAbs(0.30 - 0.16027, 2e-5));
    CHECK_THAT(net.interval.high, WithinAbs(0.30 + 0.14176, 2e-5));
}

TEST_CASE("a net share is antisymmetric, stays within -1 and 1, and has no value without data") {
    const auto a = net_share(7, 3, 30), b = net_share(3, 7, 30);
    CHECK_THAT(a.interval.low, WithinAbs(-b.interval.high, 1e-12));
    CHECK(net_share(5, 0, 5).interval.high == 1);
    CHECK(net_share(0, 5, 5).interval.low == -1);
    CHECK(net_share(0, 0, 5).interval.low < 0);
    CHECK(std::isnan(net_share(0, 0, 0).value));
    CHECK(std::isnan(net_share(4, 3, 5).value));
}

TEST_CASE("a net share's interval covers the truth 93 to 98 times in 100, summed over all samples of 30") {
    struct Truth {
        double plus, minus;
    };
    for (const auto [plus, minus] : {Truth{0.5, 0.2}, Truth{0.3, 0.3}, Truth{0.7, 0.1}, Truth{0.2, 0.5}}) {
        constexpr int n = 30;
        double covered = 0;
        for (int x = 0; x <= n; ++x)
            for (int y = 0; x + y <= n; ++y) {
                const auto i = net_share(x, y, n).interval;
                if (plus - minus < i.low || plus - minus > i.high) continue;
                covered += std::exp(std::lgamma(n + 1) - std::lgamma(x + 1) - std::lgamma(y + 1) -
                                    std::lgamma(n - x - y + 1) + x * std::log(plus) + y * std::log(minus) +
                                    (n - x - y) * std::log(1 - plus - minus));
            }
        INFO(plus << " " << minus << " " << covered);
        CHECK(covered > 0.93);
        CHECK(covered < 0.98);
    }
}

TEST_CASE("a ratio of two counts has the interval of its odds") {
    const auto ratio = poisson_ratio(20, 100);
    CHECK_THAT(ratio.value, WithinAbs(0.2, 1e-12));
    const auto share = wilson(20, 120);
    CHECK_THAT(ratio.interval.low, WithinAbs(share.low / (1 - share.low), 1e-12));
    CHECK_THAT(ratio.interval.high, WithinAbs(share.high / (1 - share.high), 1e-12));
    CHECK(std::isinf(poisson_ratio(3, 0).value));
    CHECK(std::isnan(poisson_ratio(0, 0).value));
}

TEST_CASE("a correlation's interval is Fisher's where neighbours are independent") {
    // 12 points by hand: x alternates, so that neighbours are opposed and the effective number stays 12.
    const std::vector<double> x{1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1};
    const std::vector<double> y{1, -1, 1, -1, 1, -1, 1, -1, 1, 1, -1, -1};
    const auto c = correlation(x, y);
    CHECK_THAT(c.r, WithinAbs(8.0 / 12, 1e-12)); // ten agree, two do not
    // Drift shrinks the effective number, never raises it: both alternate, so their own correlations multiply
    // to a positive number.
    CHECK(c.effective < 12);
    const std::vector<double> flat{0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0};
    const auto plain = correlation(flat, std::vector<double>{0, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 0});
    const double z = std::atanh(plain.r), half = 1.959963985 / std::sqrt(plain.effective - 3);
    CHECK_THAT(plain.interval.low, WithinAbs(std::tanh(z - half), 1e-8));
    CHECK_THAT(plain.interval.high, WithinAbs(std::tanh(z + half), 1e-8));
}

TEST_CASE("two series that both drift are worth fewer points than they have") {
    std::vector<double> up, also_up;
    for (int i = 0; i < 30; ++i) {
        up.push_back(i + (i % 3));
        also_up.push_back(i + (i % 5));
    }
    const auto c = correlation(up, also_up);
    CHECK(c.r > 0.95);
    CHECK(c.effective < 6);
}

TEST_CASE("no correlation without variation, and no interval with three points") {
    CHECK(std::isnan(correlation(std::vector<double>{1, 1, 1}, std::vector<double>{1, 2, 3}).r));
    CHECK(std::isnan(correlation(std::vector<double>{1, 2, 3}, std::vector<double>{1, 3, 2}).interval.low));
    CHECK(std::isnan(correlation(std::vector<double>{1, 2}, std::vector<double>{1}).r));
}
