// Names and words of the reasons (see ledger.hpp).
#include "core/intake/ledger.hpp"

namespace preempt::intake {

namespace {

struct ReasonInfo {
    Reason reason;
    std::string_view name, label;
};
constexpr std::size_t kReasons = static_cast<std::size_t>(Reason::count_);
constexpr std::array<ReasonInfo, kReasons> kInfos = {{
    {Reason::used, "used", "used"},
    {Reason::footer, "footer", "a total, a copyright line or another line below the data"},
    {Reason::missing_time, "missing_time", "the time is empty"},
    {Reason::unreadable_time, "unreadable_time", "the time cannot be read"},
    {Reason::missing_customer, "missing_customer", "neither a customer nor an account"},
    {Reason::damaged_id, "damaged_id", "the id was damaged by a spreadsheet"},
    {Reason::duplicate, "duplicate", "the same record once more"},
    {Reason::outbound, "outbound", "a ticket that the team itself opened"},
    {Reason::merged, "merged", "merged into another ticket"},
    {Reason::spam, "spam", "spam"},
    {Reason::test, "test", "a test"},
    {Reason::internal, "internal", "the company's own people"},
    {Reason::not_an_outreach, "not_an_outreach", "an event that is neither a send nor a reaction to one"},
    {Reason::folded_event, "folded_event", "a delivery, an opening, a click: counted with its outreach"},
    {Reason::unknown_outreach, "unknown_outreach", "a reaction whose send is in none of the files"},
    {Reason::after_coverage_end, "after_coverage_end", "later than the end of the files' coverage"},
    {Reason::missing_id, "missing_id", "no id where the row cannot do without one"},
    {Reason::missing_number, "missing_number", "no number where the row cannot do without one"},
    {Reason::no_arm, "no_arm", "no usable arm (treated or held out)"},
    {Reason::broken_row, "broken_row", "too damaged to be read"},
}};

constexpr bool is_in_order() {
    for (std::size_t i = 0; i < kReasons; ++i) {
        if (static_cast<std::size_t>(kInfos[i].reason) != i || kInfos[i].name.empty()) return false;
    }
    return true;
}
static_assert(is_in_order(), "every reason needs its row, in the order of the enumeration");

} // namespace

std::string_view reason_name(Reason reason) {
    const auto index = static_cast<std::size_t>(reason);
    return index < kReasons ? kInfos[index].name : std::string_view{};
}

std::string_view reason_label(Reason reason) {
    const auto index = static_cast<std::size_t>(reason);
    return index < kReasons ? kInfos[index].label : std::string_view{};
}

} // namespace preempt::intake
