#include "core/evidence/calendar_walk.hpp"

#include "core/evidence/delays.hpp"

#include <algorithm>
#include <map>

namespace preempt::evidence {

using episodes::Episode;
using history::Arm;
using history::OutreachType;

namespace {

constexpr std::int64_t kPreperiod = 90 * kMillisecondsPerDay;
constexpr std::uint64_t kMostPairs = 500'000;
constexpr std::uint32_t kBins = 5;
constexpr const char* kBinNames[kBins] = {"0", "1", "2", "3-5", "6+"};

std::uint32_t bin_of(std::uint32_t contacts) {
    return contacts < 3 ? contacts : contacts < 6 ? 3 : 4;
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t with) {
    auto z = hash ^ (with + 0x9E37'79B9'7F4A'7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EBULL;
    return z ^ (z >> 31);
}

/// Times of the targeted messages by week, ascending.
std::vector<std::vector<Instant>> sends_by_week(const Setup& setup) {
    const auto& sent = setup.history.outreaches;
    std::vector<std::vector<Instant>> weeks(setup.periods.spans(Period::week).size());
    for (std::uint32_t o = 0; o < sent.size(); ++o) {
        if (sent.type[o] == OutreachType::broadcast || !setup.selection.has_outreach(o) ||
            !setup.selection.holds(sent.at[o]))
            continue;
        const auto week = setup.periods.index(Period::week, sent.at[o]);
        if (week < weeks.size()) weeks[week].push_back(sent.at[o]);
    }
    for (auto& week : weeks)
        std::sort(week.begin(), week.end());
    return weeks;
}

class Calendar {
  public:
    Calendar(const Setup& setup, const std::vector<std::vector<Instant>>& weeks, Period period)
        : setup_(setup), weeks_(weeks), period_(period),
          walker_(setup.history, setup.rules, setup.selection, setup.foreign),
          segment_(setup.history, setup.history.outreaches.attribute, history::kSegmentAttribute),
          segments_(setup.history.dictionary[history::kSegmentAttribute].size()),
          collector_(occurring(calendar_tables(), sizes(), true, false), sizes()) {
        std::uint64_t customers = 0, used = 0;
        for (const auto listed : setup.history.in_customers)
            customers += listed;
        for (const auto& week : weeks)
            used += week.empty() ? 0 : 1;
        thinning_ = 1 + customers * used / kMostPairs;
    }

    /// `stratum`: only its episodes go to the sink; null = all.
    void walk(EpisodeSink* sink = nullptr, const std::string* stratum = nullptr) {
        sink_ = sink;
        stratum_ = stratum;
        for (std::uint32_t unit = 0; unit < setup_.history.units; ++unit) {
            walker_.turn_to(unit);
            walker_.calendar(list_);
            for (const auto& episode : list_)
                add(episode, segment_.of_unit(unit));
            note_delays(setup_, walker_, list_, delays_);
            if (setup_.history.in_customers[unit] != 0 && setup_.selection.has_unit(unit)) untreated(unit);
            collector_.end_unit();
        }
    }

    /// After a walk for one stratum: did an episode lie in it?
    bool has_wanted() const {
        return stratum_ == nullptr ||
               std::any_of(wanted_.begin(), wanted_.end(), [](const auto& known) { return known.second; });
    }

    /// Do most of the contacted episodes lie in strata with somebody untreated?
    bool covers_most() const {
        std::int64_t all = 0, covered = 0;
        for (const auto& [stratum, sizes] : sizes_) {
            all += sizes.treated;
            if (sizes.untreated > 0) covered += sizes.treated;
        }
        return covered * 2 >= all;
    }

    void write(Evidence& evidence) const {
        collector_.write(evidence, setup_.rules.window);
        evidence.calendar_delays = delays_;
        name_strata(
            evidence, calendar_tables(), true, false, [&](std::uint32_t code) { return name(code); },
            evidence.calendar.groups);
    }

  private:
    Dims sizes() const {
        Dims sizes = Coder(setup_, 0).message_sizes();
        sizes[static_cast<std::size_t>(Dim::stratum)] =
            static_cast<std::uint32_t>(setup_.periods.spans(period_).size() + 1) * segments_ * kBins;
        return sizes;
    }

    void untreated(std::uint32_t unit) {
        list_.clear();
        Instant busy_until = kNoInstant;
        const auto hash = setup_.history.customer_hash.empty() ? unit : setup_.history.customer_hash[unit];
        for (std::size_t w = 0; w < weeks_.size(); ++w) {
            const auto& sends = weeks_[w];
            // The week by its date: its number depends on where the data begins.
            const auto drawn =
                mixed(hash, static_cast<std::uint64_t>(setup_.periods.spans(Period::week)[w].start));
            if (sends.empty() || (thinning_ > 1 && (drawn >> 32) % thinning_ != 0)) continue;
            const auto start = walker_.clock(sends[static_cast<std::size_t>(drawn % sends.size())]);
            if (!is_customer_at(unit, start) || (busy_until != kNoInstant && start < busy_until) ||
                walker_.is_messaged(start, start + setup_.rules.window))
                continue;
            busy_until = start + setup_.rules.window;
            list_.push_back(walker_.from_moment(start, Arm::holdout, 0));
            add(list_.back(), segment_.of_unit(unit));
        }
        note_delays(setup_, walker_, list_, delays_);
    }

    bool is_customer_at(std::uint32_t unit, Instant at) const {
        const auto& h = setup_.history;
        const auto begun = h.active_from.empty() ? kNoInstant : h.active_from[unit];
        const auto ended = h.active_to.empty() ? kNoInstant : h.active_to[unit];
        return (begun == kNoInstant || begun <= at) && (ended == kNoInstant || ended > at);
    }

    void add(const Episode& episode, std::uint32_t segment) {
        const auto place = setup_.periods.place(episode.start);
        const auto ending = episode.start - 2 * setup_.rules.window;
        const auto bin = bin_of(walker_.contacts_in(ending - kPreperiod, ending));
        Dims codes{};
        for (std::size_t kind = 0; kind < kPeriodKinds; ++kind)
            codes[static_cast<std::size_t>(Dim::week) + kind] = place.period[kind];
        const auto period = place.period[static_cast<std::size_t>(period_)];
        const auto stratum = (period * segments_ + segment) * kBins + bin;
        codes[static_cast<std::size_t>(Dim::stratum)] = stratum;
        collector_.add(codes, episode, placebo_of(setup_, walker_, episode));
        if (sink_ != nullptr && is_wanted(stratum)) sink_->take(episode, codes);
        if (episode.state != episodes::State::counted) return;
        auto& sizes = sizes_[stratum];
        ++(episode.arm == Arm::treated ? sizes.treated : sizes.untreated);
    }

    std::string name(std::uint32_t code) const {
        const auto period = code / kBins / segments_;
        const auto& spans = setup_.periods.spans(period_);
        return std::string(
                   setup_.history.dictionary[history::kSegmentAttribute].text(code / kBins % segments_)) +
               " · " + kBinNames[code % kBins] + " · " +
               (period < spans.size() ? local_date(spans[period].start, *setup_.question.zone) : "");
    }

    bool is_wanted(std::uint32_t stratum) {
        if (stratum_ == nullptr) return true;
        const auto [known, is_new] = wanted_.try_emplace(stratum, false);
        if (is_new) known->second = name(stratum) == *stratum_;
        return known->second;
    }

    struct Sizes {
        std::int64_t treated = 0, untreated = 0;
    };

    const Setup& setup_;
    const std::vector<std::vector<Instant>>& weeks_;
    Period period_;
    episodes::Walker walker_;
    AttributeOf segment_;
    std::uint32_t segments_;
    Collector collector_;
    Delays delays_;
    EpisodeSink* sink_ = nullptr;
    const std::string* stratum_ = nullptr;
    std::map<std::uint32_t, bool> wanted_;
    std::uint64_t thinning_ = 1;
    std::map<std::uint32_t, Sizes> sizes_;
    std::vector<Episode> list_;
};

/// Calls use(calendar, weeks, period) with the comparison by week, or by month where that leaves most without
/// anybody.
template <class Use>
void with_calendar(const Setup& setup, Use use) {
    if (setup.history.in_customers.empty() || setup.history.outreaches.size() == 0) return;
    const auto weeks = sends_by_week(setup);
    for (const auto period : {Period::week, Period::month}) {
        Calendar calendar(setup, weeks, period);
        calendar.walk();
        if (period == Period::week && !calendar.covers_most()) continue;
        use(calendar, weeks, period);
        return;
    }
}

} // namespace

void walk_calendar(const Setup& setup, Evidence& evidence) {
    with_calendar(setup, [&](const Calendar& calendar, const auto&, Period) { calendar.write(evidence); });
}

bool each_calendar_episode(const Setup& setup, EpisodeSink& sink, const std::string* stratum) {
    bool found = stratum == nullptr;
    with_calendar(setup, [&](const Calendar&, const auto& weeks, Period period) {
        Calendar calendar(setup, weeks, period);
        calendar.walk(&sink, stratum);
        found = calendar.has_wanted();
    });
    return found;
}

} // namespace preempt::evidence
