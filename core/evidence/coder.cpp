#include "core/evidence/coder.hpp"

#include <algorithm>

namespace preempt::evidence {

using episodes::Episode;
using history::Arm;
using history::kNobody;
using history::kOutreachTypeAttribute;
using history::kSegmentAttribute;
using history::kTriggerAttribute;

namespace {

constexpr std::int64_t kLagLookback = 28 * kMillisecondsPerDay;
constexpr DimSet set_of(std::initializer_list<Dim> dims) {
    DimSet set = 0;
    for (const auto dim : dims)
        set |= DimSet{1} << static_cast<unsigned>(dim);
    return set;
}
constexpr DimSet kChangeGroups = set_of({Dim::month_group, Dim::quarter_group});
constexpr DimSet kMoments = kChangeGroups | set_of({Dim::week, Dim::month, Dim::quarter, Dim::year,
                                                    Dim::weekday, Dim::hour, Dim::slot, Dim::health});
constexpr std::uint32_t kLags = 5; ///< matched: one more, the untreated

std::uint32_t& at(Dims& dims, Dim dim) {
    return dims[static_cast<std::size_t>(dim)];
}

std::uint32_t lag_code(std::int64_t lag) {
    constexpr std::int64_t kEnds[] = {kMillisecondsPerDay / 24, kMillisecondsPerDay, 3 * kMillisecondsPerDay,
                                      7 * kMillisecondsPerDay};
    std::uint32_t code = 0;
    while (code < kLags - 1 && lag >= kEnds[code])
        ++code;
    return code;
}

} // namespace

Coder::Coder(const Setup& setup, DimSet wanted)
    : setup_(setup), wanted_(wanted),
      type_of_outreach_(setup.history, setup.history.outreaches.attribute, kOutreachTypeAttribute),
      type_of_assignment_(setup.history, setup.history.assignments.attribute, kOutreachTypeAttribute),
      trigger_of_outreach_(setup.history, setup.history.outreaches.attribute, kTriggerAttribute),
      trigger_of_assignment_(setup.history, setup.history.assignments.attribute, kTriggerAttribute),
      segment_of_outreach_(setup.history, setup.history.outreaches.attribute, kSegmentAttribute),
      segment_of_assignment_(setup.history, setup.history.assignments.attribute, kSegmentAttribute),
      triggers_(setup.history.dictionary[kTriggerAttribute].size()),
      segments_(setup.history.dictionary[kSegmentAttribute].size()) {}

Dims Coder::sizes() const {
    Dims sizes{};
    const auto periods = [&](Period kind) {
        return static_cast<std::uint32_t>(setup_.periods.spans(kind).size() + 1); // and what lies outside
    };
    at(sizes, Dim::all) = 1;
    at(sizes, Dim::type) = setup_.history.dictionary[kOutreachTypeAttribute].size();
    at(sizes, Dim::by) = setup_.by.size();
    at(sizes, Dim::week) = periods(Period::week);
    at(sizes, Dim::month) = periods(Period::month);
    at(sizes, Dim::quarter) = periods(Period::quarter);
    at(sizes, Dim::year) = periods(Period::year);
    at(sizes, Dim::order) = kOrders;
    at(sizes, Dim::weekday) = 7;
    at(sizes, Dim::hour) = 24;
    at(sizes, Dim::slot) = 7 * 24;
    at(sizes, Dim::variant) = setup_.variant.size();
    at(sizes, Dim::trigger) = triggers_ > 1 ? triggers_ : 0;
    at(sizes, Dim::health) = setup_.health.empty() ? 0 : 5;
    at(sizes, Dim::month_group) = periods(Period::month) * setup_.change.size();
    at(sizes, Dim::quarter_group) = periods(Period::quarter) * setup_.change.size();
    return sizes;
}

Dims Coder::message_sizes() const {
    auto all = sizes();
    at(all, Dim::lag) = setup_.history.has_signals ? kLags : 0;
    return all;
}

Dims Coder::assignment_sizes() const {
    auto all = sizes();
    at(all, Dim::stratum) =
        std::max<std::uint32_t>(1, static_cast<std::uint32_t>(setup_.strata.labels.size()));
    return all;
}

Dims Coder::matched_sizes() const {
    auto all = sizes();
    at(all, Dim::lag) = kLags + 1;
    at(all, Dim::stratum) = setup_.periods.month_numbers() * triggers_ * segments_;
    return all;
}

void Coder::add_group(Dims& codes, std::uint32_t group) const {
    const auto groups = setup_.change.size();
    at(codes, Dim::month_group) = at(codes, Dim::month) * groups + group;
    at(codes, Dim::quarter_group) = at(codes, Dim::quarter) * groups + group;
}

std::uint32_t Coder::add_moment(Dims& codes, const Episode& episode, bool whole_days) const {
    const auto place = setup_.periods.place(episode.start);
    at(codes, Dim::week) = place.period[0];
    at(codes, Dim::month) = place.period[1];
    at(codes, Dim::quarter) = place.period[2];
    at(codes, Dim::year) = place.period[3];
    at(codes, Dim::weekday) = place.weekday;
    at(codes, Dim::hour) = whole_days ? kLeftOut : place.hour; // nobody knows the hour
    at(codes, Dim::slot) = whole_days ? kLeftOut : place.weekday * 24 + place.hour;
    if (!setup_.health.empty()) at(codes, Dim::health) = setup_.health[episode.unit];
    return place.month_number;
}

Dims Coder::message(const Episode& episode, const episodes::Walker& walker) const {
    Dims codes{};
    const auto row = episode.source, unit = episode.unit;
    if (wants(Dim::by) && !setup_.by.is_empty()) at(codes, Dim::by) = setup_.by.of_outreach(row, unit);
    if ((wanted_ & kMoments) != 0) add_moment(codes, episode, walker.whole_days());
    if (wants(Dim::type)) at(codes, Dim::type) = type_of_outreach_(row, unit);
    if (wants(Dim::trigger)) at(codes, Dim::trigger) = trigger_of_outreach_(row, unit);
    at(codes, Dim::order) = order(episode.dose);
    if (wants(Dim::variant) && !setup_.variant.is_empty())
        at(codes, Dim::variant) = setup_.variant.of_outreach(row, unit);
    if (wants(Dim::lag) && setup_.history.has_signals) {
        const auto signal = walker.signal_of(row, episode.start, kLagLookback);
        at(codes, Dim::lag) =
            signal == kNobody ? kLeftOut
                              : lag_code(episode.start - walker.clock(setup_.history.assignments.at[signal]));
    }
    return codes;
}

Dims Coder::assignment(const Episode& episode, std::uint32_t nth, const episodes::Walker& walker) const {
    Dims codes{};
    const auto row = episode.source, unit = episode.unit;
    if (!setup_.strata.of_row.empty()) at(codes, Dim::stratum) = setup_.strata.of_row[row];
    if ((wanted_ & kMoments) != 0) add_moment(codes, episode, walker.whole_days());
    if (wants(Dim::by) && !setup_.by.is_empty()) at(codes, Dim::by) = setup_.by.of_assignment(row, unit);
    if ((wanted_ & kChangeGroups) != 0) add_group(codes, setup_.change.of_assignment(row, unit));
    if (wants(Dim::type)) at(codes, Dim::type) = type_of_assignment_(row, unit);
    if (wants(Dim::trigger)) at(codes, Dim::trigger) = trigger_of_assignment_(row, unit);
    at(codes, Dim::order) = Coder::order(nth + 1);
    if (wants(Dim::variant) && !setup_.variant.is_empty() && episode.arm == Arm::treated) {
        auto variant = setup_.variant.of_assignment(row, unit);
        if (variant == 0 && episode.message != kNobody)
            variant = setup_.variant.of_outreach(episode.message, unit);
        at(codes, Dim::variant) = variant == 0 ? kLeftOut : variant;
    }
    return codes;
}

Dims Coder::matched(const Episode& episode) const {
    Dims codes{};
    const auto unit = episode.unit;
    const bool treated = episode.arm == Arm::treated;
    // Treated episodes whose signal is known stand in its stratum: what they are compared with are signals.
    const bool by_signal = episode.signal != kNobody;
    const auto row = by_signal ? episode.signal : episode.source;
    const auto trigger = by_signal ? trigger_of_assignment_(row, unit) : trigger_of_outreach_(row, unit);
    const auto segment = by_signal ? segment_of_assignment_(row, unit) : segment_of_outreach_(row, unit);
    const auto month = add_moment(codes, episode, true);
    at(codes, Dim::stratum) = (month * triggers_ + trigger) * segments_ + segment;
    const auto group_of = [&](const Grouping& grouping) {
        return treated ? grouping.of_outreach(episode.source, unit)
                       : grouping.of_assignment(episode.source, unit);
    };
    if (wants(Dim::by) && !setup_.by.is_empty()) at(codes, Dim::by) = group_of(setup_.by);
    if ((wanted_ & kChangeGroups) != 0) add_group(codes, group_of(setup_.change));
    at(codes, Dim::type) = treated ? type_of_outreach_(episode.source, unit) : type_of_assignment_(row, unit);
    at(codes, Dim::trigger) = trigger;
    at(codes, Dim::lag) = !treated     ? kLags
                          : !by_signal ? kLeftOut
                                       : lag_code(setup_.history.outreaches.at[episode.source] -
                                                  setup_.history.assignments.at[episode.signal]);
    return codes;
}

std::string Coder::matched_stratum(std::uint32_t code) const {
    const auto& dictionary = setup_.history.dictionary;
    std::string name(dictionary[kTriggerAttribute].text(code / segments_ % triggers_));
    name.append(" · ").append(dictionary[kSegmentAttribute].text(code % segments_));
    return name + " · " + setup_.periods.month_name(code / segments_ / triggers_);
}

std::uint32_t Coder::matched_code(std::string_view name) const {
    // Months before and after the data have strata too: first the month, then what stands before it.
    const auto of_month = triggers_ * segments_, months = setup_.periods.month_numbers();
    for (std::uint32_t month = 0; month < months; ++month) {
        if (!name.ends_with(setup_.periods.month_name(month))) continue;
        for (auto code = month * of_month; code < (month + 1) * of_month; ++code)
            if (matched_stratum(code) == name) return code;
    }
    return months * of_month;
}

} // namespace preempt::evidence
