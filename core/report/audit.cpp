#include "core/report/audit.hpp"

#include "core/csv/writer.hpp"

#include <algorithm>
#include <array>

namespace preempt::report {

using evidence::Bearing;
using evidence::Mark;
using evidence::Population;

namespace {

constexpr std::array<Said, evidence::kMarks> kMarkWords{{
    {"silent", "no contact"},
    {"contacted", "contacted"},
    {"reactive", "left out: not pre-emptive"},
    {"pending", "not counted yet: window still running"},
    {"censored", "left out: the customer left"},
    {"dropped", "left out: in both arms"},
    {"counted", "counted"},
    {"induced", "contacted because of the message"},
    {"confirmed", "no contact, and confirmed"},
    {"escalated", "with an escalated contact"},
    {"earlier", "contacted you already before"},
}};

constexpr std::array<Said, static_cast<std::size_t>(Bearing::count_)> kBearingWords{{
    {"in_window", "Inside the window."},
    {"answers_message", "Answers a message of this episode."},
    {"answers_other_message", "Answers another message, and counts there."},
    {"other_topic", "About another topic."},
    {"other_episode", "Counts for another episode that runs at the same time."},
    {"earlier", "More than a window before the start: it shows whether the groups were alike before."},
    {"shortly_before", "Less than a window before the start."},
    {"open_at_start", "Still open when the episode starts."},
    {"reply_outside", "Answers a message of this episode, but outside its window."},
    {"after_window", "After the window."},
}};

struct PopulationName {
    Population population;
    std::string_view name, basis; ///< `basis`: as in Comparison
};
constexpr PopulationName kPopulations[] = {
    {Population::messages, "messages", "messages"},
    {Population::assignments, "assignments", "holdout"},
    {Population::matched, "matched", "signals_not_acted_on"},
    {Population::calendar, "calendar", "same_time_customers"},
    {Population::single_messages, "single_messages", "single_messages"},
    {Population::broadcasts, "broadcasts", "broadcasts"},
};

/// The one list of them: the report passes it on (Metric::has_episodes).
constexpr std::string_view kWithEpisodes[] = {"M04", "M05", "M06", "M08", "M11",
                                              "M20", "M29", "M31", "M33", "M34"};

constexpr csv::WriteOptions kSafe{"\r\n", false, true};

std::string places(const std::vector<AuditSource>& sources) {
    std::string text;
    for (const auto& source : sources)
        text.append(text.empty() ? "" : "; ")
            .append(source.file)
            .append(":")
            .append(std::to_string(source.line));
    return text;
}

} // namespace

Said said_of(Mark mark) {
    return kMarkWords[static_cast<std::size_t>(mark)];
}
Said said_of(Bearing bearing) {
    return kBearingWords[static_cast<std::size_t>(bearing)];
}

Said reason_of(const evidence::Detail& detail) {
    const auto& episode = detail.episode;
    switch (episode.state) {
    case episodes::State::reactive: {
        const bool recent = std::any_of(detail.contacts.begin(), detail.contacts.end(), [](const auto& seen) {
            return seen.bearing == Bearing::shortly_before;
        });
        if (recent)
            return {"recent_contact", "Left out: the customer had contacted you less than a window before."};
        return {"open_ticket", "Left out: a ticket of the customer was still open at the start."};
    }
    case episodes::State::pending:
        return {"window_running", "Not counted yet: the window ends after the last known contact."};
    case episodes::State::censored:
        return {"customer_left", "Left out: the customer left before the window was over."};
    case episodes::State::dropped:
        return {"both_arms", "Left out: the customer was assigned to both arms of the experiment."};
    case episodes::State::counted:
        break;
    }
    if (episode.contacts == 0)
        return episode.confirmed
                   ? Said{"confirmed_silence",
                          "Counted: no contact in the window, and the customer replied or completed."}
                   : Said{"no_contact", "Counted: no contact in the window."};
    return {"contact", "Counted: the customer contacted you in the window."};
}

Mark mark_of(std::string_view code) {
    const auto found = std::find_if(kMarkWords.begin(), kMarkWords.end(),
                                    [&](const Said& said) { return said.code == code; });
    return static_cast<Mark>(found - kMarkWords.begin());
}

std::optional<Population> population_of(std::string_view code) {
    for (const auto& known : kPopulations)
        if (code == known.name || code == known.basis) return known.population;
    return std::nullopt;
}

std::string_view name_of(Population population) {
    return kPopulations[static_cast<std::size_t>(population)].name;
}

bool has_episodes(std::string_view metric) {
    return std::find(std::begin(kWithEpisodes), std::end(kWithEpisodes), metric) != std::end(kWithEpisodes);
}

void append_csv_header(std::string& out) {
    csv::write_record(
        std::vector<std::string_view>{
            "customer",      "arm",           "trigger",       "outreach_type", "group",
            "start_utc",     "start_local",   "state",         "reason",        "reason_in_words",
            "messages",      "rows",          "contact",       "of_contacts",   "contact_utc",
            "contact_local", "delay_minutes", "contact_topic", "contact_id",    "contact_row",
            "counts",        "why",           "why_in_words"},
        {}, kSafe, out);
}

void append_csv(const AuditPage& page, std::string& out) {
    for (const auto& row : page.rows) {
        const std::vector<std::string> episode{row.unit,
                                               row.arm,
                                               row.trigger,
                                               row.outreach_type,
                                               row.group,
                                               row.start,
                                               row.start_local,
                                               row.state,
                                               row.reason,
                                               row.words,
                                               std::to_string(row.dose),
                                               places(row.sources)};
        const auto of = std::to_string(row.seen.size());
        for (std::size_t c = 0; c < std::max<std::size_t>(row.seen.size(), 1); ++c) {
            auto cells = episode;
            if (row.seen.empty()) {
                cells.resize(episode.size() + 11);
                cells[episode.size() + 1] = of;
            } else {
                const auto& seen = row.seen[c];
                cells.insert(cells.end(), {std::to_string(c + 1), of, seen.at, seen.local,
                                           std::to_string(seen.delay_minutes), seen.topic, seen.id,
                                           seen.file + ":" + std::to_string(seen.line),
                                           seen.counted ? "yes" : "no", seen.reason, seen.words});
            }
            csv::write_record(cells, {}, kSafe, out);
        }
    }
}

} // namespace preempt::report
