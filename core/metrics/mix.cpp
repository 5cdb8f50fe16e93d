#include "core/metrics/mix.hpp"

#include "core/metrics/catalogue/entries.hpp"
#include "core/metrics/companion_series.hpp"

#include <map>

namespace preempt::metrics {
namespace {

using evidence::Cell;

struct Months {
    Cell from, to;
};

stats::Estimate silence(const Cell& cell, double level) {
    const auto rate = cell_rate(cell, level);
    return {1 - *rate.value, {1 - *rate.high, 1 - *rate.low}};
}

/// The last two adjacent months that are covered and have no open window; false if there are none.
bool last_two_months(const evidence::Evidence& e, std::uint32_t& first) {
    std::vector<std::int64_t> pending(e.month.periods.size());
    for (const auto& cell : e.month_by_type.cells)
        if (cell.group < pending.size()) pending[cell.group] += cell.pending;
    const auto complete = [&](std::size_t m) {
        return pending[m] == 0 && covered(e, e.month.periods[m].start, e.month.periods[m].end);
    };
    for (std::size_t m = e.month.periods.size(); m >= 2; --m)
        if (complete(m - 1) && complete(m - 2)) {
            first = static_cast<std::uint32_t>(m - 2);
            return true;
        }
    return false;
}

} // namespace

MixChange mix_change(const Basis& basis) {
    const auto& e = basis.evidence;
    MixChange change;
    std::uint32_t first = 0;
    if (e.typed) {
        change.missing = "not_typed";
        return change;
    }
    if (!last_two_months(e, first)) {
        change.missing = e.month_by_type.cells.empty() ? "no_outreaches" : "too_few_periods";
        return change;
    }
    std::map<std::uint32_t, Months> types;
    for (const auto& cell : e.month_by_type.cells) {
        if (cell.group == first) evidence::merge(types[cell.stratum].from, cell);
        if (cell.group == first + 1) evidence::merge(types[cell.stratum].to, cell);
    }
    std::erase_if(types, [](const auto& t) { return t.second.from.episodes + t.second.to.episodes == 0; });
    for (const auto& [type, months] : types) {
        change.episodes_from += months.from.episodes;
        change.silent_from += months.from.episodes - months.from.contacted;
        change.episodes_to += months.to.episodes;
        change.silent_to += months.to.episodes - months.to.contacted;
    }
    if (change.episodes_from == 0 || change.episodes_to == 0) {
        change.missing = "too_few_periods";
        return change;
    }
    const auto& zone = *e.question.zone;
    change.from = local_date(e.month.periods[first].start, zone);
    change.to = local_date(e.month.periods[first + 1].start, zone);

    std::vector<double> of_total, of_mix, of_within;
    std::vector<stats::Estimate> rates;
    const auto add = [&](const stats::Estimate& rate, double total, double mix, double within) {
        rates.push_back(rate);
        of_total.push_back(total);
        of_mix.push_back(mix);
        of_within.push_back(within);
    };
    for (const auto& [type, months] : types) {
        const double s0 =
            static_cast<double>(months.from.episodes) / static_cast<double>(change.episodes_from);
        const double s1 = static_cast<double>(months.to.episodes) / static_cast<double>(change.episodes_to);
        const double move = (s1 - s0) / 2, mean = (s0 + s1) / 2;
        MixGroup row;
        row.label = type < e.messages_by_type.groups.size() ? e.messages_by_type.groups[type] : "";
        row.episodes_from = months.from.episodes;
        row.silent_from = months.from.episodes - months.from.contacted;
        row.episodes_to = months.to.episodes;
        row.silent_to = months.to.episodes - months.to.contacted;
        if (months.from.episodes > 0 && months.to.episodes > 0) {
            const auto before = silence(months.from, basis.level), now = silence(months.to, basis.level);
            add(before, -s0, move, -mean);
            add(now, s1, move, mean);
            row.mix = move * (before.value + now.value);
            row.within = entries::shown(stats::mover_sum(std::vector<double>{-mean, mean},
                                                         std::vector<stats::Estimate>{before, now}));
        } else {
            const auto only = silence(months.from.episodes > 0 ? months.from : months.to, basis.level);
            add(only, s1 - s0, s1 - s0, 0);
            row.mix = (s1 - s0) * only.value;
            row.within = {0, 0, 0};
        }
        change.groups.push_back(std::move(row));
    }
    change.total = entries::shown(stats::mover_sum(of_total, rates));
    change.mix = entries::shown(stats::mover_sum(of_mix, rates));
    change.within = entries::shown(stats::mover_sum(of_within, rates));
    return change;
}

} // namespace preempt::metrics
