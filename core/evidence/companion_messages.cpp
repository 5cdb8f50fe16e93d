#include "core/evidence/companion_counts.hpp"

#include "core/base/stretches.hpp"

#include <algorithm>
#include <cmath>

namespace preempt::evidence {

using history::kNobody;
using history::OutreachType;
using history::Stated;

namespace {

constexpr std::size_t kChannelAttribute = 2, kOwnerAttribute = 5;
constexpr std::int64_t kLoadSpan = 30 * kMillisecondsPerDay; ///< M26

struct ReactionMember {
    std::uint16_t bit;
    std::int64_t Funnel::*member;
};
constexpr ReactionMember kReactions[] = {
    {history::kDelivered, &Funnel::delivered}, {history::kBounced, &Funnel::bounced},
    {history::kOpened, &Funnel::opened},       {history::kClicked, &Funnel::clicked},
    {history::kReplied, &Funnel::replied},     {history::kCompleted, &Funnel::completed},
    {history::kDismissed, &Funnel::dismissed}, {history::kUnsubscribed, &Funnel::unsubscribed},
};

void add(Funnel& funnel, std::uint16_t reactions) {
    ++funnel.sent;
    for (const auto& [bit, member] : kReactions)
        if ((reactions & bit) != 0) ++(funnel.*member);
}

void add(Part& part, Stated stated) {
    if (stated == Stated::nothing) return;
    ++part.whole;
    part.part += stated == Stated::yes ? 1 : 0;
}

/// Funnels by label, in the order of the labels, "" left out.
std::vector<Funnel> labelled(std::vector<Funnel> funnels, const std::vector<std::string>& names) {
    std::vector<Funnel> result;
    for (std::size_t i = 0; i < funnels.size(); ++i) {
        if (funnels[i].sent == 0 || names[i].empty()) continue;
        funnels[i].label = names[i];
        result.push_back(std::move(funnels[i]));
    }
    std::sort(result.begin(), result.end(),
              [](const Funnel& a, const Funnel& b) { return a.label < b.label; });
    return result;
}

/// A unit's messages of one period: how many, and whether of several senders (D04).
struct Load {
    std::uint32_t period = kNobody;
    std::int64_t messages = 0;
    std::uint32_t channel = 0, owner = 0;
    bool several = false;
};

class Loads {
  public:
    explicit Loads(Evidence& evidence)
        : all_{&evidence.week, &evidence.month, &evidence.quarter, &evidence.year} {}
    void add(const Periods::Place& place, std::uint32_t channel, std::uint32_t owner) {
        for (std::size_t kind = 0; kind < kPeriodKinds; ++kind) {
            auto& load = load_[kind];
            if (place.period[kind] >= all_[kind]->periods.size()) continue;
            if (load.period != place.period[kind]) close(kind);
            load.period = place.period[kind];
            ++load.messages;
            const auto differs = [](std::uint32_t& known, std::uint32_t code) {
                if (code == 0) return false;
                if (known == 0) known = code;
                return known != code;
            };
            load.several |= differs(load.channel, channel);
            load.several |= differs(load.owner, owner);
        }
    }
    void end_unit() {
        for (std::size_t kind = 0; kind < kPeriodKinds; ++kind)
            close(kind);
    }

  private:
    void close(std::size_t kind) {
        auto& load = load_[kind];
        if (load.messages > 0) {
            auto& counts = all_[kind]->periods[load.period].counts;
            ++counts.messages_per_unit[load.messages];
            ++counts.several_senders.whole;
            counts.several_senders.part += load.several ? 1 : 0;
        }
        load = {};
    }

    std::array<Series*, kPeriodKinds> all_;
    std::array<Load, kPeriodKinds> load_;
};

} // namespace

double sum_of(std::vector<double>& values) {
    std::sort(values.begin(), values.end());
    double sum = 0;
    for (const double value : values)
        sum += value;
    return sum;
}

void count_message_companions(const Rows& rows, const Grouping& content, const Grouping& variant,
                              Evidence& evidence) {
    const auto& history = rows.history;
    const auto& sent = history.outreaches;
    auto& all = evidence.companions;
    all.reactions_known = sent.reactions_known;
    const AttributeOf channel(history, sent.attribute, kChannelAttribute);
    const AttributeOf owner(history, sent.attribute, kOwnerAttribute);
    const Grouping trigger(history, static_cast<int>(history::kTriggerAttribute), -1);
    std::vector<Funnel> by_content(content.size()), by_variant(variant.size()), by_trigger(trigger.size());
    std::vector<double> costs;
    Loads loads(evidence);

    in_stretches(history.units, [&](std::uint32_t unit) {
        Instant last = kNoInstant;
        for (auto o = sent.first[unit]; o < sent.first[unit + 1]; ++o) {
            const auto at = sent.at[o];
            if (!rows.selection.has_outreach(o) || !rows.selection.holds(at)) continue;
            last = at;
            const bool broadcast = sent.type[o] == OutreachType::broadcast;
            const auto reactions = sent.reactions.empty() ? std::uint16_t{0} : sent.reactions[o];
            const auto promotional = sent.promotional.empty() ? Stated::nothing : sent.promotional[o];
            const auto automatic = sent.by_automation.empty() ? Stated::nothing : sent.by_automation[o];
            loads.add(rows.periods.place(at), channel(o, unit), owner(o, unit));
            add(all.promotional, promotional);
            add(all.by_automation, automatic);
            if (!sent.cost.empty() && !std::isnan(sent.cost[o])) costs.push_back(sent.cost[o]);
            if (!broadcast) {
                add(all.funnel, reactions);
                if (!by_content.empty()) add(by_content[content.of_outreach(o, unit)], reactions);
                if (!by_variant.empty()) add(by_variant[variant.of_outreach(o, unit)], reactions);
                add(by_trigger[trigger.of_outreach(o, unit)], reactions);
            }
            each_period(evidence, rows.periods, at, [&](PeriodCounts& counts) {
                if (broadcast)
                    ++counts.broadcasts;
                else
                    add(counts.funnel, reactions);
                add(counts.promotional, promotional);
                add(counts.by_automation, automatic);
            });
        }
        loads.end_unit();
        if (last == kNoInstant) return;
        // M26: the last 30 days of the known span, or of the unit's messages where they end before.
        const auto end =
            history.coverage_end == kNoInstant ? last + 1 : std::min(history.coverage_end, last + 1);
        std::int64_t load = 0;
        for (auto o = sent.first[unit]; o < sent.first[unit + 1]; ++o)
            if (rows.selection.has_outreach(o) && rows.selection.holds(sent.at[o]) && sent.at[o] < end &&
                sent.at[o] >= end - kLoadSpan)
                ++load;
        if (load > 0) ++all.frequency.messages_per_unit[load];
    });
    all.by_content = labelled(std::move(by_content), content.names());
    for (auto& funnel : labelled(std::move(by_variant), variant.names()))
        if (std::none_of(all.by_content.begin(), all.by_content.end(),
                         [&](const Funnel& one) { return one.label == funnel.label; }))
            all.by_content.push_back(std::move(funnel));
    all.by_trigger = labelled(std::move(by_trigger), trigger.names());
    all.message_cost_stated = static_cast<std::int64_t>(costs.size());
    all.message_cost = sum_of(costs);
}

} // namespace preempt::evidence
