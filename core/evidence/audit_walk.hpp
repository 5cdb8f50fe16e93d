// The episodes behind the cells: the walk of the evaluation once more, with each episode kept instead of
// counted. In: a question made ready, a population and what is wanted of it. Out: the episodes that fit, as
// many as the cells count, and for some of them the rows and contacts of which they are made.
#pragma once

#include "core/base/status.hpp"
#include "core/evidence/coder.hpp"
#include <span>
#include <string_view>

namespace preempt::evidence {

/// Whose episodes: each is what the tables of cells of that name count.
enum class Population : std::uint8_t {
    messages,
    assignments,
    matched,
    calendar,
    single_messages,
    broadcasts
};

/// What can be said of an episode. The first six exclude each other; `counted` is silent or contacted, and
/// the rest is said of counted ones only.
enum class Mark : std::uint8_t {
    silent,
    contacted,
    reactive,
    pending,
    censored,
    dropped,
    counted,
    induced,
    confirmed,
    escalated,
    earlier, ///< with a contact in the negative control, [start - 2W, start - W), where that time is known
    count_
};
inline constexpr std::size_t kMarks = static_cast<std::size_t>(Mark::count_);

/// One group of the cells: "breakdown", "outreach_type", "trigger", "variant", "health", "dose" (of
/// assignments: which one of the unit), "weekday", "hour", "slot", "lag", "stratum", "week", "month",
/// "quarter" or "year", and the group's name as in the cells (of a period its first local day), or its number
/// where `group` is not below 0.
struct Condition {
    std::string by, value;
    std::int64_t group = -1;
};

struct ListRequest {
    Population population = Population::messages;
    history::Arm arm = history::Arm::none; ///< none = both
    std::vector<Condition> where;          ///< all must hold
    std::vector<std::uint8_t> units;       ///< per unit: wanted; empty = all
    Mark mark = Mark::count_;              ///< count_ = any
};

/// An episode in brief; (unit, start, arm, source) name it inside its population.
struct Listed {
    Instant start = 0;
    std::uint32_t unit = 0, source = 0;
    history::Arm arm = history::Arm::none;
};

struct Listing {
    std::vector<Listed> episodes;             ///< by unit, then as the walk makes them
    std::array<std::int64_t, kMarks> count{}; ///< of all that fit but for the mark; `earlier` if asked for
};

/// Fails with a message for people when a condition names nothing.
Result<Listing> list_episodes(const Setup& setup, const ListRequest& request);

/// Why a contact counts for an episode, or does not.
enum class Bearing : std::uint8_t {
    in_window,
    answers_message,       ///< it names a message of the episode
    answers_other_message, ///< in the window, but it names a message of another episode
    other_topic,           ///< not on the episode's topic
    other_episode,         ///< counts for another episode that runs at the same time
    earlier,               ///< in the negative control: from two windows before the start to one before
    shortly_before,        ///< less than a window before the start
    open_at_start,         ///< earlier, and still open then
    reply_outside,         ///< names a message of the episode, outside its window
    after_window,          ///< the first one after the window's end
    count_
};

struct SeenContact {
    std::uint32_t contact = 0; ///< row of Contacts
    Instant at = 0;            ///< by the unit's clock
    Bearing bearing = Bearing::in_window;
    bool is_credited() const { return bearing <= Bearing::answers_message; }
};

struct Detail {
    episodes::Episode episode;
    bool whole_days = false;             ///< the unit's times are compared by days
    bool is_moment = false;              ///< no row: a borrowed clock (calendar)
    bool is_outreach = false;            ///< rows are those of Outreaches, else of Assignments
    std::vector<std::uint32_t> joined;   ///< rows of the log besides the first
    std::vector<SeenContact> contacts;   ///< by time
    std::uint32_t trigger = 0, type = 0; ///< codes of the attributes
    std::string group;                   ///< of the breakdown; "" = none asked for, or not stated
};

/// `listed`: of list_episodes with the same setup and population.
std::vector<Detail> details_of(const Setup& setup, Population population, std::span<const Listed> listed);

/// Of `earlier` an episode alone knows nothing.
bool has_mark(const episodes::Episode& episode, Mark mark);

} // namespace preempt::evidence
