// Companions of the cells, counted from rows (companions.hpp). In: a History, a Question, what of it is asked
// for, and the periods. Out: fields of Evidence::companions and of the series' PeriodCounts.
#pragma once

#include "core/evidence/codes.hpp"
#include "core/evidence/periods.hpp"

namespace preempt::evidence {

/// What every count looks at.
struct Rows {
    const history::History& history;
    const Question& question;
    const episodes::Selection& selection;
    const Periods& periods;
};

/// M25 to M27, M36, costs: reactions, frequency, promotional and automatic messages. No window touches them.
/// `content` and `variant`: groups of messages by content, and by content and variant; may be empty.
void count_message_companions(const Rows& rows, const Grouping& content, const Grouping& variant,
                              Evidence& evidence);

/// M10, M12 to M17: repeat contacts, self-service, surveys, first responses, retention, T8 and T9. No window
/// touches them.
void count_service_companions(const Rows& rows, Evidence& evidence);

/// What became of a contact's forerunners, per row of Contacts.
enum class Foreseen : std::uint8_t { not_selected, by_nothing, by_acted_signal, by_unacted_signal };

/// M07, M19, M21 to M23, U of the tree, the playbook's signals. Depends on the window and the look-back.
/// Without signals all is 0 but identified_contacts, on_messaged_topic and what the result says of contacts.
std::vector<Foreseen> count_signal_companions(const Rows& rows, Evidence& evidence);

/// U and C by the groups of `groups` (Companions::contacts_by_group), for the whole, and for the groups of
/// Evidence::change_groups by month and quarter.
void count_contacts_by_group(const Rows& rows, const std::vector<Foreseen>& foreseen, const Grouping& groups,
                             const Grouping& change, Evidence& evidence);

/// Calls visit(PeriodCounts&) for the period of each series that holds `at`.
template <class Visit>
void each_period(Evidence& evidence, const Periods& periods, Instant at, Visit visit) {
    const auto place = periods.place(at);
    Series* const all[] = {&evidence.week, &evidence.month, &evidence.quarter, &evidence.year};
    for (std::size_t kind = 0; kind < kPeriodKinds; ++kind)
        if (place.period[kind] < all[kind]->periods.size())
            visit(all[kind]->periods[place.period[kind]].counts);
}

/// The same sum whatever the order of the rows.
double sum_of(std::vector<double>& values);

} // namespace preempt::evidence
