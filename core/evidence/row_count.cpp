// The counting itself of a RowCollector: the part of it that sees every episode.
#include "core/evidence/row_collector.hpp"

namespace preempt::evidence {

template <class Log>
void RowCollector::count(const history::History& history, const Log& log, const KeptEpisodes& kept,
                         bool by_dose) {
    // One after the other: the cells of one fit the cache, those of all do not.
    const auto fill = [&](JointTable& table, auto a_of, auto b_of) {
        if (table.is_empty()) return;
        kept.each(history, log, [&](std::uint32_t row, const Addend& addend, std::uint32_t nth) {
            if (nth == 0) table.end_unit();
            table.add(a_of(row), b_of(row, addend, nth), addend);
        });
        table.end_unit();
    };
    const auto stratum_of = [&](std::uint32_t row) { return stratum_of_kind_[rows_.kind(row)]; };
    fill(
        by_kind_, [&](std::uint32_t row) { return rows_.kind(row); },
        [&](std::uint32_t row, const Addend&, std::uint32_t) { return rows_.span(row); });
    fill(by_slot_, stratum_of,
         [&](std::uint32_t row, const Addend&, std::uint32_t) { return rows_.slot(row); });
    fill(by_order_, stratum_of, [&](std::uint32_t, const Addend& addend, std::uint32_t nth) {
        return Coder::order(by_dose ? addend.dose : nth + 1);
    });
}
template void RowCollector::count(const history::History&, const history::Outreaches&, const KeptEpisodes&,
                                  bool);
template void RowCollector::count(const history::History&, const history::Assignments&, const KeptEpisodes&,
                                  bool);

} // namespace preempt::evidence
