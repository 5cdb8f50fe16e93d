#include "core/evidence/audit_walk.hpp"

#include "core/base/sort_list.hpp"
#include "core/evidence/calendar_walk.hpp"
#include "core/evidence/delays.hpp"

#include <algorithm>
#include <utility>

namespace preempt::evidence {

using episodes::Episode;
using episodes::State;
using episodes::Walker;
using history::Arm;
using history::kNobody;

namespace {

// --------------------------------------------------------------------------------------------- conditions

struct Dimension {
    std::string_view name;
    Dim dim;
};
constexpr Dimension kDimensions[] = {
    {"breakdown", Dim::by},    {"outreach_type", Dim::type}, {"trigger", Dim::trigger},
    {"variant", Dim::variant}, {"health", Dim::health},      {"dose", Dim::order},
    {"weekday", Dim::weekday}, {"hour", Dim::hour},          {"slot", Dim::slot},
    {"lag", Dim::lag},         {"stratum", Dim::stratum},    {"week", Dim::week},
    {"month", Dim::month},     {"quarter", Dim::quarter},    {"year", Dim::year},
};

std::span<const TableSpec> tables_of(Population population) {
    switch (population) {
    case Population::messages:
        return message_tables();
    case Population::assignments:
        return assignment_tables();
    case Population::matched:
        return matched_tables();
    case Population::calendar:
        return calendar_tables();
    default:
        return {}; // one cell each
    }
}

bool is_grouped_by(Population population, Dim dim) {
    // The strata of the other populations have no names of their own; only the calendar's walk knows its own.
    if (dim == Dim::stratum)
        return population == Population::assignments || population == Population::matched;
    const auto tables = tables_of(population);
    return std::any_of(tables.begin(), tables.end(), [&](const TableSpec& t) { return t.group == dim; });
}

/// Numbers "0", "1" ... as names.
std::vector<std::string> numbers(int from, int to) {
    std::vector<std::string> all;
    for (int n = from; n <= to; ++n)
        all.push_back(std::to_string(n));
    return all;
}

/// Names of the codes of a dimension, in the order of the codes.
std::vector<std::string> names_of(const Setup& setup, Dim dim) {
    const auto& dictionary = setup.history.dictionary;
    switch (dim) {
    case Dim::by:
        return setup.by.names();
    case Dim::type:
        return texts_of(dictionary[history::kOutreachTypeAttribute]);
    case Dim::trigger:
        return texts_of(dictionary[history::kTriggerAttribute]);
    case Dim::variant:
        return setup.variant.names();
    case Dim::health:
        return {"", "1", "2", "3", "4"};
    case Dim::order:
        return numbers(1, 4);
    case Dim::stratum:
        return setup.strata.labels;
    case Dim::weekday:
        return numbers(0, 6);
    case Dim::hour:
        return numbers(0, 23);
    case Dim::slot:
        return numbers(0, 7 * 24 - 1);
    case Dim::lag:
        return numbers(0, 5);
    default:
        break;
    }
    std::vector<std::string> days;
    const auto kind = static_cast<Period>(static_cast<int>(dim) - static_cast<int>(Dim::week));
    for (const auto& span : setup.periods.spans(kind))
        days.push_back(local_date(span.start, *setup.question.zone));
    return days;
}

/// Which of the names it is, and how many there are; as many as there are when it is none.
struct Found {
    std::int64_t code, count;
};

Found find(const std::vector<std::string>& names, const std::string& name) {
    return {std::find(names.begin(), names.end(), name) - names.begin(),
            static_cast<std::int64_t>(names.size())};
}

Found find_matched(const Setup& setup, std::string_view name) {
    const Coder coder(setup, 0);
    return {coder.matched_code(name), coder.matched_sizes()[static_cast<std::size_t>(Dim::stratum)]};
}

struct Wanted {
    Dim dim;
    std::uint32_t code;
};

Status no_such_group(const Condition& condition) {
    return Status::error(StatusCode::bad_input, "There is no \"" + condition.value + "\" among the " +
                                                    condition.by + " groups of this evaluation.");
}

/// The stratum asked for among customers at the same time, whose names only their walk knows; null = none.
const Condition* calendar_stratum(const ListRequest& request) {
    if (request.population != Population::calendar) return nullptr;
    const auto found = std::find_if(request.where.begin(), request.where.end(),
                                    [](const Condition& condition) { return condition.by == "stratum"; });
    return found == request.where.end() ? nullptr : &*found;
}

Result<std::vector<Wanted>> resolve(const Setup& setup, const ListRequest& request) {
    std::vector<Wanted> all;
    for (const auto& condition : request.where) {
        if (&condition == calendar_stratum(request)) continue;
        const auto found = std::find_if(std::begin(kDimensions), std::end(kDimensions),
                                        [&](const Dimension& d) { return d.name == condition.by; });
        if (found == std::end(kDimensions) || !is_grouped_by(request.population, found->dim))
            return Status::error(StatusCode::bad_input,
                                 "These episodes cannot be listed by \"" + condition.by + "\".");
        const bool of_signals = request.population == Population::matched && found->dim == Dim::stratum;
        const auto [named, count] = of_signals ? find_matched(setup, condition.value)
                                               : find(names_of(setup, found->dim), condition.value);
        const auto code = condition.group >= 0 ? condition.group : named;
        if (code >= count) return no_such_group(condition);
        all.push_back({found->dim, static_cast<std::uint32_t>(code)});
    }
    return all;
}

bool holds(const std::vector<Wanted>& wanted, const Dims& codes) {
    return std::all_of(wanted.begin(), wanted.end(),
                       [&](const Wanted& w) { return codes[static_cast<std::size_t>(w.dim)] == w.code; });
}

// ------------------------------------------------------------------------------------------------ listing

void episodes_of(Population population, bool has_signals, Walker& walker, std::vector<Episode>& list) {
    switch (population) {
    case Population::messages:
        return walker.messages(episodes::Take::joined, list, nullptr);
    case Population::single_messages:
        return walker.messages(episodes::Take::single, list, nullptr);
    case Population::broadcasts:
        return walker.messages(episodes::Take::broadcasts, list, nullptr);
    case Population::assignments:
        return walker.assignments(list);
    case Population::matched:
        list.clear();
        if (has_signals) walker.matched(list);
        return;
    case Population::calendar:
        return walker.calendar(list);
    }
}

/// `order`: which episode of its unit.
Dims codes_of(Population population, const Coder& coder, const Episode& episode, std::uint32_t order,
              const Walker& walker) {
    switch (population) {
    case Population::messages:
        return coder.message(episode, walker);
    case Population::assignments:
        return coder.assignment(episode, order, walker);
    case Population::matched:
        return coder.matched(episode);
    default:
        return {};
    }
}

class Lister final : public EpisodeSink {
  public:
    Lister(const ListRequest& request, std::vector<Wanted> wanted)
        : request_(request), wanted_(std::move(wanted)) {}

    bool wants(std::uint32_t unit) const { return request_.units.empty() || request_.units[unit] != 0; }
    bool needs_codes() const { return !wanted_.empty(); }

    void take(const Episode& episode, const Dims& codes) override {
        if (request_.arm != Arm::none && episode.arm != request_.arm) return;
        if (!wants(episode.unit) || !holds(wanted_, codes)) return;
        for (std::size_t mark = 0; mark < kMarks; ++mark)
            listing_.count[mark] += has_mark(episode, static_cast<Mark>(mark)) ? 1 : 0;
        // The time before it is looked at afterwards.
        const auto mark = request_.mark == Mark::earlier ? Mark::counted : request_.mark;
        if (mark == Mark::count_ || has_mark(episode, mark))
            listing_.episodes.push_back({episode.start, episode.unit, episode.source, episode.arm});
    }
    Listing listing() { return std::move(listing_); }

  private:
    const ListRequest& request_;
    std::vector<Wanted> wanted_;
    Listing listing_;
};

} // namespace

bool has_mark(const Episode& episode, Mark mark) {
    const bool counted = episode.state == State::counted;
    switch (mark) {
    case Mark::silent:
        return counted && episode.contacts == 0;
    case Mark::contacted:
        return counted && episode.contacts > 0;
    case Mark::reactive:
        return episode.state == State::reactive;
    case Mark::pending:
        return episode.state == State::pending;
    case Mark::censored:
        return episode.state == State::censored;
    case Mark::dropped:
        return episode.state == State::dropped;
    case Mark::counted:
        return counted;
    case Mark::induced:
        return counted && episode.induced;
    case Mark::confirmed:
        return counted && episode.confirmed;
    case Mark::escalated:
        return counted && episode.escalated > 0;
    case Mark::earlier:
    case Mark::count_:
        break;
    }
    return false;
}

namespace {

/// Of the counted episodes, those with a contact in the negative control.
void keep_earlier(const Setup& setup, Listing& listing) {
    Walker walker(setup.history, setup.rules, setup.selection, setup.foreign);
    std::uint32_t turned_to = kNobody;
    const auto is_other = [&](const Listed& listed) {
        if (std::exchange(turned_to, listed.unit) != listed.unit) walker.turn_to(listed.unit);
        Episode episode;
        episode.start = listed.start;
        episode.unit = listed.unit;
        episode.state = State::counted;
        const auto before = placebo_of(setup, walker, episode);
        return before.state != State::counted || before.contacts == 0;
    };
    auto& list = listing.episodes;
    list.erase(std::remove_if(list.begin(), list.end(), is_other), list.end());
    listing.count[static_cast<std::size_t>(Mark::earlier)] = static_cast<std::int64_t>(list.size());
}

Result<Listing> walk_episodes(const Setup& setup, const ListRequest& request) {
    auto wanted = resolve(setup, request);
    if (!wanted.ok()) return wanted.status();
    Lister lister(request, std::move(wanted.value()));
    if (request.population == Population::calendar) {
        const auto* stratum = calendar_stratum(request);
        if (!each_calendar_episode(setup, lister, stratum ? &stratum->value : nullptr))
            return no_such_group(*stratum);
        return lister.listing();
    }
    Walker walker(setup.history, setup.rules, setup.selection, setup.foreign);
    const Coder coder(setup, kAllDims);
    std::vector<Episode> list;
    for (std::uint32_t unit = 0; unit < setup.history.units; ++unit) {
        if (!lister.wants(unit)) continue;
        walker.turn_to(unit);
        episodes_of(request.population, setup.history.has_signals, walker, list);
        std::uint32_t order = 0;
        for (const auto& episode : list) {
            const auto place = order++;
            lister.take(episode, lister.needs_codes()
                                     ? codes_of(request.population, coder, episode, place, walker)
                                     : Dims{});
        }
    }
    return lister.listing();
}

} // namespace

Result<Listing> list_episodes(const Setup& setup, const ListRequest& request) {
    auto listing = walk_episodes(setup, request);
    if (listing.ok() && request.mark == Mark::earlier) keep_earlier(setup, listing.value());
    return listing;
}

// ------------------------------------------------------------------------------------------------ details

namespace {

class Teller {
  public:
    Teller(const Setup& setup, Population population)
        : setup_(setup), history_(setup.history), population_(population),
          walker_(setup.history, setup.rules, setup.selection, setup.foreign),
          trigger_of_outreach_(history_, history_.outreaches.attribute, history::kTriggerAttribute),
          trigger_of_assignment_(history_, history_.assignments.attribute, history::kTriggerAttribute),
          type_of_outreach_(history_, history_.outreaches.attribute, history::kOutreachTypeAttribute),
          type_of_assignment_(history_, history_.assignments.attribute, history::kOutreachTypeAttribute) {
        walker_.note_in(&trace_);
    }

    Detail tell(const Listed& listed) {
        walker_.turn_to(listed.unit);
        trace_.joined.clear();
        trace_.credited.clear();
        Detail detail;
        detail.whole_days = walker_.whole_days();
        detail.is_moment = population_ == Population::calendar && listed.arm == Arm::holdout;
        detail.is_outreach = population_ != Population::assignments && listed.arm == Arm::treated;
        detail.episode = find(listed, detail.is_moment);
        for (const auto& link : trace_.joined)
            if (is_of(link, listed)) detail.joined.push_back(link.row);
        credited_.clear();
        for (const auto& link : trace_.credited)
            if (is_of(link, listed)) credited_.push_back(link.row);
        std::sort(credited_.begin(), credited_.end());
        name(detail);
        see_contacts(detail);
        return detail;
    }

  private:
    Episode find(const Listed& listed, bool is_moment) {
        if (is_moment) return walker_.from_moment(listed.start, listed.arm, listed.source);
        episodes_of(population_, history_.has_signals, walker_, list_);
        const auto found = std::find_if(list_.begin(), list_.end(), [&](const Episode& e) {
            return e.start == listed.start && e.arm == listed.arm && e.source == listed.source;
        });
        return found == list_.end() ? Episode{} : *found;
    }

    static bool is_of(const episodes::Trace::Link& link, const Listed& listed) {
        return link.start == listed.start && link.arm == listed.arm && link.source == listed.source;
    }

    void name(Detail& detail) const {
        const auto row = detail.episode.source, unit = detail.episode.unit;
        if (detail.is_moment) return;
        detail.trigger =
            detail.is_outreach ? trigger_of_outreach_(row, unit) : trigger_of_assignment_(row, unit);
        detail.type = detail.is_outreach ? type_of_outreach_(row, unit) : type_of_assignment_(row, unit);
        if (setup_.by.is_empty()) return;
        detail.group = setup_.by.names()[detail.is_outreach ? setup_.by.of_outreach(row, unit)
                                                            : setup_.by.of_assignment(row, unit)];
    }

    bool is_credited(std::uint32_t contact) const {
        return std::binary_search(credited_.begin(), credited_.end(), contact);
    }

    /// Does the contact name a message of the episode? Only messages by themselves go by that (5.5.6).
    bool answers(const Detail& detail, std::uint32_t contact) const {
        const auto answered = history_.contacts.reply_to[contact];
        if (!goes_by_replies() || answered == kNobody) return false;
        return answered == detail.episode.source ||
               std::find(detail.joined.begin(), detail.joined.end(), answered) != detail.joined.end();
    }
    bool goes_by_replies() const {
        return population_ == Population::messages || population_ == Population::single_messages ||
               population_ == Population::broadcasts;
    }

    bool is_open_at(std::uint32_t contact, Instant moment) const {
        const auto closed = history_.contacts.closed_at[contact];
        return closed != kNoInstant ? walker_.clock(closed) > moment : history_.contacts.open[contact] != 0;
    }

    void see_contacts(Detail& detail) const {
        const auto unit = detail.episode.unit;
        const auto first = history_.contacts.first[unit];
        const auto times = walker_.contact_times();
        bool seen_after = false;
        for (std::size_t i = 0; i < times.size(); ++i) {
            const auto contact = first + static_cast<std::uint32_t>(i);
            const auto bearing = bearing_of(detail, contact, times[i], seen_after);
            if (bearing != Bearing::count_) detail.contacts.push_back({contact, times[i], bearing});
        }
        if (!goes_by_replies()) return;
        auto reply = std::partition_point(setup_.foreign.begin(), setup_.foreign.end(),
                                          [&](const auto& r) { return r.unit < unit; });
        for (; reply != setup_.foreign.end() && reply->unit == unit; ++reply)
            if (answers(detail, reply->contact))
                detail.contacts.push_back(
                    {reply->contact, walker_.clock(history_.contacts.at[reply->contact]),
                     is_credited(reply->contact) ? Bearing::answers_message : Bearing::reply_outside});
        sort_list(detail.contacts, [](const SeenContact& a, const SeenContact& b) { return a.at < b.at; });
    }

    /// count_: it has nothing to do with the episode.
    Bearing bearing_of(const Detail& detail, std::uint32_t contact, Instant at, bool& seen_after) const {
        const auto& episode = detail.episode;
        const auto window = setup_.rules.window;
        const bool own = answers(detail, contact);
        if (is_credited(contact)) return own ? Bearing::answers_message : Bearing::in_window;
        if (own) return Bearing::reply_outside;
        const bool in_scope = walker_.in_scope(contact, episode.topic);
        if (at < episode.start) {
            const bool recent = at >= episode.start - window;
            const auto farther = at >= episode.start - 2 * window ? Bearing::earlier : Bearing::count_;
            if (!in_scope) return recent ? Bearing::other_topic : farther;
            if (recent) return Bearing::shortly_before;
            return is_open_at(contact, episode.start) ? Bearing::open_at_start : farther;
        }
        if (at >= episode.start + window) {
            if (std::exchange(seen_after, true)) return Bearing::count_;
            return Bearing::after_window;
        }
        const auto answered = history_.contacts.reply_to[contact];
        if (goes_by_replies() && answered != kNobody && setup_.selection.has_outreach(answered))
            return Bearing::answers_other_message;
        return in_scope ? Bearing::other_episode : Bearing::other_topic;
    }

    const Setup& setup_;
    const history::History& history_;
    Population population_;
    Walker walker_;
    episodes::Trace trace_;
    AttributeOf trigger_of_outreach_, trigger_of_assignment_, type_of_outreach_, type_of_assignment_;
    std::vector<Episode> list_;
    std::vector<std::uint32_t> credited_; ///< contacts of the episode in hand, ascending
};

} // namespace

std::vector<Detail> details_of(const Setup& setup, Population population, std::span<const Listed> listed) {
    Teller teller(setup, population);
    std::vector<Detail> all;
    all.reserve(listed.size());
    for (const auto& one : listed)
        all.push_back(teller.tell(one));
    return all;
}

} // namespace preempt::evidence
