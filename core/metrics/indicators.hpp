// Figures that a team supplies by period (M35), and how contacts moved with them and with our own figures
// later (A39). In: the periods file and the companions over time. Out: series as they are, and correlations
// at lags of 0 to 4 weeks. Moving together is not causing: the page says so beside every one of them.
#pragma once

#include "core/metrics/catalogue.hpp"
#include "core/metrics/trend.hpp"

namespace preempt::metrics {

struct FigurePoint {
    std::string start; ///< local day
    std::optional<double> value;
};
BOOST_DESCRIBE_STRUCT(FigurePoint, (), (start, value))

/// A column of the periods file.
struct Figure {
    std::string
        name; ///< as in the file; "active_customers", "active_accounts", "support_cost", "outreach_cost"
    std::string
        indicator; ///< "leading" or "lagging" where its name is one that S3-23 to S3-32 class, else ""
    std::vector<FigurePoint> points;
};
BOOST_DESCRIBE_STRUCT(Figure, (), (name, indicator, points))

struct LaggedCorrelation {
    std::int32_t lag = 0; ///< periods by which the outcome is later
    std::int64_t n = 0;   ///< pairs of periods
    double effective = 0; ///< independent pairs that the interval rests on
    Estimate r;
};
BOOST_DESCRIBE_STRUCT(LaggedCorrelation, (), (lag, n, effective, r))

/// `indicator` against `outcome`, both names of a companion series or of a figure.
struct IndicatorPair {
    std::string indicator, indicator_name, outcome, outcome_name;
    std::string period; ///< "week" or "month"
    std::vector<LaggedCorrelation> lags;
};
BOOST_DESCRIBE_STRUCT(IndicatorPair, (), (indicator, indicator_name, outcome, outcome_name, period, lags))

struct Indicators {
    std::string figures_period; ///< "week", "month", "quarter", "year", "" = the periods are none of these
    std::vector<Figure> figures;
    std::vector<IndicatorPair> pairs; ///< only with 12 points or more
    std::string missing;              ///< why there are no pairs
};
BOOST_DESCRIBE_STRUCT(Indicators, (), (figures_period, figures, pairs, missing))

/// Which periods of our series the rows of the periods file are: (row, index of the period). Empty when the
/// rows begin with no week, month, quarter or year.
struct Alignment {
    const char* period = "";
    const std::vector<evidence::PeriodSpan>* periods = nullptr;
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    std::vector<bool> complete; ///< by index of the period: covered by the contacts
};
Alignment align(const evidence::Evidence& evidence);

/// Weeks at lags 0 to 4; months, where the figures come by month, at lags 0 and 1.
Indicators indicators(const Basis& basis, std::span<const CompanionSeries> companions);

} // namespace preempt::metrics
