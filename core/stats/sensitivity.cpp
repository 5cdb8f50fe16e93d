#include "core/stats/sensitivity.hpp"

#include <cmath>

#include "core/stats/arm.hpp"

namespace preempt::stats {

double e_value(double risk_ratio, double null_ratio) {
    if (!(risk_ratio >= 0) || !(null_ratio > 0)) return detail::kNaN;
    double ratio = risk_ratio / null_ratio;
    if (ratio < 1) ratio = 1 / ratio;
    return ratio + std::sqrt(ratio * (ratio - 1));
}

double e_value_of_limit(Interval risk_ratio, double null_ratio) {
    if (std::isnan(risk_ratio.low) || std::isnan(risk_ratio.high)) return detail::kNaN;
    if (risk_ratio.low > null_ratio) return e_value(risk_ratio.low, null_ratio);
    if (risk_ratio.high < null_ratio) return e_value(risk_ratio.high, null_ratio);
    return 1;
}

double bias_factor(double rr_exposure, double rr_outcome) {
    if (!(rr_exposure >= 1) || !(rr_outcome >= 1)) return detail::kNaN;
    return rr_exposure * rr_outcome / (rr_exposure + rr_outcome - 1);
}

} // namespace preempt::stats
