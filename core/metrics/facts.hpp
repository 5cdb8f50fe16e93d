// What the diagnosis, the guards and the answers look at: every chapter of the report, read only. In: the
// chapters. Out: questions about them with three answers, yes, no and not known, that note the numbers they
// rest on.
//
// Words of the rules (metrics.md 5.6), each without any threshold that the sources do not give:
//   rising, falling   the last complete period against the mean of the three before, interval excludes 0
//   most, few         the whole interval of a share lies above, below one half
//   high              rising, or most; low: falling, or few; good: most, and not falling
#pragma once

#include "core/metrics/catalogue.hpp"
#include "core/metrics/effects/programme.hpp"
#include "core/metrics/effects/window.hpp"
#include "core/metrics/mix.hpp"
#include "core/metrics/money.hpp"
#include "core/metrics/playbook.hpp"
#include "core/metrics/reconcile.hpp"
#include "core/metrics/tree.hpp"
#include "core/metrics/trend.hpp"
#include "core/stats/did.hpp"
#include <boost/describe.hpp>
#include <initializer_list>
#include <string>
#include <vector>

namespace preempt::metrics {

/// References to what outlives the call.
struct Facts {
    const Basis& basis;
    const std::vector<Metric>& metrics;
    const std::vector<CompanionSeries>& companions;
    const std::vector<Benchmark>& benchmarks;
    const MetricTree& tree;
    const Breakdown& breakdown;
    const Programme& programme;
    const WindowCurve& window;
    const MixChange& mix;
    const Money& money;
    const Reconciliation& reconciliation;
    int headline_rung = -1;
    std::int64_t outbound_left_out = 0; ///< contacts that the team began itself, set aside while reading
};

/// One figure that a finding or an answer rests on.
struct Quantity {
    std::string id;    ///< of the catalogue or a companion series ("M25.clicked"), or a code
    std::string label; ///< of a trigger, a campaign, a group; "" = all
    std::string unit;  ///< as Metric::unit, "count_per_day", "days", "date"
    Estimate estimate;
    std::optional<double> against; ///< what it is set against
    std::string
        against_what;    ///< code: "before" (mean of the three periods before), "half", "zero", "rest" ...
    Estimate difference; ///< estimate - against, where that has an interval of its own
    bool clear = false;  ///< the interval excludes what it is set against
};
BOOST_DESCRIBE_STRUCT(Quantity, (), (id, label, unit, estimate, against, against_what, difference, clear))

/// What could not be looked at for lack of data.
struct Lack {
    std::string id;   ///< of the figure
    std::string code; ///< as Metric::missing, "too_few_periods", "not_in_data"
};
BOOST_DESCRIBE_STRUCT(Lack, (), (id, code))

enum class Truth : std::uint8_t { no, yes, unknown };
/// Yes if one is; no if one is not and none is; not known only if nothing is known.
Truth any_of(std::initializer_list<Truth> all);
/// No if one is not; not known if one is not known and none is not.
Truth all_of(std::initializer_list<Truth> all);

const Metric* metric_of(const Facts& facts, const std::string& id);
/// The comparison that leads and can be believed; null without one.
const Comparison* leading_of(const Facts& facts);
/// 5, 4, or 0 without a comparison that can be believed.
int rung_of(const Facts& facts);
stats::Estimate number_of(const Estimate& estimate);
Estimate estimate_of(const stats::Estimate& estimate);
bool above_zero(const Estimate& estimate);
bool below_zero(const Estimate& estimate);
/// first - second, Miettinen-Nurminen; empty without data.
Estimate part_difference(evidence::Part first, evidence::Part second, double level);

/// Answers questions and notes the numbers behind those that are true.
class Look {
  public:
    explicit Look(const Facts& from) : facts(from) {}

    Truth rising(const char* id) { return moved(id, {"rising"}); }
    Truth falling(const char* id) { return moved(id, {"falling"}); }
    Truth not_rising(const char* id) { return moved(id, {"falling", "steady"}); }
    Truth not_falling(const char* id) { return moved(id, {"rising", "steady"}); }
    /// Of a metric of the catalogue, over everything.
    Truth most(const char* id) { return half(id, true); }
    Truth few(const char* id) { return half(id, false); }
    Truth high(const char* id) { return any_of({rising(id), most(id)}); }
    Truth low(const char* id) { return any_of({falling(id), few(id)}); }
    Truth good(const char* id);
    /// Notes the number when `truth`.
    Truth holds(bool truth, Quantity number);
    Truth lacks(std::string id, std::string code);
    void show(Quantity number) { numbers.push_back(std::move(number)); }

    const Facts& facts;
    std::vector<Quantity> numbers;
    std::vector<Lack> lacking;
    std::string detail; ///< code: which way a rule with several ways fired
    std::string label;  ///< of the group, trigger or campaign it speaks of

  private:
    Truth moved(const char* id, std::initializer_list<const char*> directions);
    Truth half(const char* id, bool above);
    std::string why_missing(const std::string& id) const;
};

} // namespace preempt::metrics
