// Contacts (T2): inbound tickets and conversations in scope. In: rows that the reader did not set aside. Out:
// Contacts, sorted, each with the message that it answers; those of nobody known by their times only; how
// long first responses took; until when the data reaches.
#include "core/history/work.hpp"

#include "core/intake/format.hpp"
#include "core/intake/vocabulary.hpp"

#include <cmath>

namespace preempt::history {
namespace {

/// Does the file itself tell inbound from outbound, by a direction column or by its tool's own rule?
bool states_direction(const FileTable& file) {
    if (file.text_of(Role::direction) != nullptr) return true;
    const auto* format = intake::find_format(file.format);
    if (format == nullptr) return false;
    return std::any_of(format->rows.begin(), format->rows.end(), [&](const intake::RowRule& rule) {
        return rule.reason == Reason::outbound && file.text_of(rule.role) != nullptr;
    });
}

/// Of creation times only: a ticket closed later proves when the export was made, not until when it holds all
/// contacts (it may have been filtered by creation date).
void find_coverage(Work& w) {
    auto& h = w.history;
    Instant last = kNoInstant;
    w.each_row(TableKind::contacts, [&](std::size_t f, std::size_t row) {
        const auto at = w.time(f, Role::occurred_at, row);
        h.coverage_start = earliest(h.coverage_start, at);
        last = std::max(last, at);
    });
    h.coverage_end_assumed = w.options.coverage_end == kNoInstant;
    h.coverage_end = h.coverage_end_assumed ? last : w.options.coverage_end;
}

InducedReason induced_reason(std::string_view text) {
    if (text.empty()) return InducedReason::none;
    switch (intake::parse_induced_reason(text)) {
    case intake::InducedReason::asked_to:
        return InducedReason::asked_to;
    case intake::InducedReason::confirm:
        return InducedReason::confirm;
    case intake::InducedReason::how_to:
        return InducedReason::how_to;
    case intake::InducedReason::is_this_real:
        return InducedReason::is_this_real;
    case intake::InducedReason::other:
        break;
    }
    return InducedReason::other;
}

std::uint16_t reopens_of(double stated) {
    return stated > 0 ? static_cast<std::uint16_t>(std::min(stated, 65'535.0)) : std::uint16_t{0};
}

void reserve(Contacts& out, std::size_t rows) {
    out.unit.reserve(rows);
    out.at.reserve(rows);
    out.person.reserve(rows);
    out.closed_at.reserve(rows);
    out.open.reserve(rows);
    out.topic.reserve(rows);
    out.reply_to.reserve(rows);
    out.origin.reserve(rows);
}

/// One file of contacts.
class FileOfContacts {
  public:
    FileOfContacts(Work& work, std::size_t f)
        : w_(work), f_(f), file_(work.files[f]), out_(work.history.contacts),
          says_direction_(states_direction(file_)) {
        if (topic_ != nullptr) topics_ = recode(*topic_, w_.history.dictionary[kTopicAttribute]);
        w_.history.has_contacts = true;
    }

    void read() {
        in_stretches(file_.rows, [&](std::size_t row) {
            if (w_.is_used(f_, row)) read(row);
        });
    }

  private:
    void read(std::size_t row) {
        auto& h = w_.history;
        const auto at = w_.clock(f_, Role::occurred_at, row);
        if (!h.coverage_end_assumed && at >= h.coverage_end)
            return w_.set_aside(f_, row, Reason::after_coverage_end);
        if (w_.is_internal(f_, row)) return w_.set_aside(f_, row, Reason::internal);
        ++h.health.contacts_in_scope;
        note_first_response(row, at);
        if (!says_direction_) ++h.health.direction_assumed;
        const auto unit = w_.unit_of(f_, row);
        if (unit == kNobody) {
            h.unmatched_at.push_back(at);
            return;
        }
        w_.note_day_precision(f_, Role::occurred_at, row, unit);
        add(row, unit, at);
        add_optional(row, out_.size() - 1);
    }

    void add(std::size_t row, std::uint32_t unit, Instant at) {
        out_.unit.push_back(unit);
        out_.person.push_back(w_.person_in_account(f_, row));
        out_.origin.push_back(w_.origin_of(f_, row));
        out_.at.push_back(at);
        out_.closed_at.push_back(w_.time(f_, Role::closed_at, row));
        const auto status = text_at(status_, row);
        out_.open.push_back(!status.empty() && intake::parse_status_open(status).value_or(false) ? 1 : 0);
        out_.topic.push_back(topics_.empty() ? 0 : topics_[topic_->code[row]]);
        if (out_.topic.back() != 0) ++w_.history.health.contacts_with_topic;
        out_.reply_to.push_back(outreach_replied_to(row, unit, at));
    }

    void add_optional(std::size_t row, std::size_t index) {
        if (escalated_ != nullptr)
            put<std::uint8_t>(out_.escalated, index, says_yes(escalated_, row) ? 1 : 0, 0);
        if (file_.instants_of(Role::reopened_at) != nullptr)
            put(out_.reopened_at, index, w_.time(f_, Role::reopened_at, row), kNoInstant);
        if (reopens_ != nullptr)
            put<std::uint16_t>(out_.reopen_count, index, reopens_of(reopens_->value[row]), 0);
        if (induced_ != nullptr)
            put(out_.induced_reason, index, induced_reason(text_at(induced_, row)), InducedReason::none);
        if (handle_ != nullptr)
            put(out_.handle_minutes, index, static_cast<float>(handle_->value[row]), std::nanf(""));
        if (messages_ != nullptr || agent_messages_ != nullptr)
            put<std::uint32_t>(out_.messages, index,
                               count_at(messages_, row) + count_at(agent_messages_, row), 0);
    }

    static std::uint32_t count_at(const table::NumberColumn* column, std::size_t row) {
        const double stated = column == nullptr ? 0 : column->value[row];
        return stated > 0 ? static_cast<std::uint32_t>(std::min(stated, 1e6)) : 0;
    }

    /// From the two times where both are stated, else as the tool measured it; elapsed time, not business
    /// hours.
    void note_first_response(std::size_t row, Instant created) {
        double minutes = -1;
        if (const auto answered = w_.time(f_, Role::first_response_at, row); answered != kNoInstant)
            minutes = static_cast<double>(answered - created) / 60'000;
        else if (const auto* measured = file_.numbers_of(Role::first_response_time); measured != nullptr)
            minutes = measured->value[row];
        if (!(minutes >= 0 && minutes < 2e9)) return;
        ++w_.history.first_response_minutes[static_cast<std::int64_t>(minutes)];
        w_.history.first_responses.at.push_back(created);
        w_.history.first_responses.minutes.push_back(static_cast<std::int32_t>(minutes));
    }

    /// The outreach that a contact names itself, by outreach id or by the conversation that the outreach
    /// opened.
    std::uint32_t outreach_replied_to(std::size_t row, std::uint32_t unit, Instant at) const {
        const auto opened = [&](std::string_view conversation) {
            return w_.message_of(w_.outreach_of_conversation, w_.conversation_ids.find(conversation), unit,
                                 at);
        };
        if (const auto text = text_at(reply_, row); !text.empty()) {
            const auto outreach = w_.message_named(text, unit, at);
            if (outreach != kNobody) return outreach;
            if (const auto by_conversation = opened(text); by_conversation != kNobody) return by_conversation;
        }
        return id_ == nullptr || w_.conversation_ids.size() == 1 ? kNobody : opened(text_at(id_, row));
    }

    Work& w_;
    std::size_t f_;
    const FileTable& file_;
    Contacts& out_;
    bool says_direction_;
    const table::TextColumn *topic_ = file_.text_of(Role::topic), *status_ = file_.text_of(Role::status),
                            *reply_ = file_.text_of(Role::in_reply_to), *id_ = file_.text_of(Role::record_id),
                            *escalated_ = file_.text_of(Role::escalated),
                            *induced_ = file_.text_of(Role::induced_reason);
    const table::NumberColumn *reopens_ = file_.numbers_of(Role::reopen_count),
                              *handle_ = file_.numbers_of(Role::handle_minutes),
                              *messages_ = file_.numbers_of(Role::messages),
                              *agent_messages_ = file_.numbers_of(Role::agent_messages);
    std::vector<std::uint32_t> topics_;
};

/// By unit, then time, then id.
void sort_contacts(Work& w) {
    auto& out = w.history.contacts;
    const auto order = order_by_unit(out.unit, w.history.units, [&](std::uint32_t a, std::uint32_t b) {
        if (out.at[a] != out.at[b]) return out.at[a] < out.at[b];
        const auto id = w.record_id(out.origin[a]), other = w.record_id(out.origin[b]);
        return id != other ? id < other : a < b;
    });
    reorder(out.unit, order);
    out.person.reorder(order);
    reorder(out.origin, order);
    reorder(out.at, order);
    out.closed_at.reorder(order);
    out.open.reorder(order);
    reorder(out.topic, order);
    out.reply_to.reorder(order);
    reorder(out.escalated, order);
    reorder(out.reopened_at, order);
    reorder(out.reopen_count, order);
    reorder(out.induced_reason, order);
    reorder(out.handle_minutes, order);
    reorder(out.messages, order);
    out.first = offsets(out.unit, w.history.units);
}

void sort_first_responses(FirstResponses& all) {
    std::vector<std::uint32_t> order(all.at.size());
    for (std::uint32_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return all.at[a] != all.at[b] ? all.at[a] < all.at[b] : all.minutes[a] < all.minutes[b];
    });
    reorder(all.at, order);
    reorder(all.minutes, order);
}

} // namespace

void read_contacts(Work& w) {
    find_coverage(w);
    auto& out = w.history.contacts;
    reserve(out, w.rows_of(TableKind::contacts));
    for (const auto f : w.file_order)
        if (w.files[f].kind == TableKind::contacts) FileOfContacts(w, f).read();
    finish<std::uint8_t>(out.escalated, out.size(), 0);
    finish(out.reopened_at, out.size(), kNoInstant);
    finish<std::uint16_t>(out.reopen_count, out.size(), 0);
    finish(out.induced_reason, out.size(), InducedReason::none);
    finish(out.handle_minutes, out.size(), std::nanf(""));
    finish<std::uint32_t>(out.messages, out.size(), 0);
    sort_contacts(w);
    sort_first_responses(w.history.first_responses);
    in_stretches(out.size(),
                 [&](std::size_t i) { w.history.health.contacts_matched += w.known[out.unit[i]]; });
    std::sort(w.history.unmatched_at.begin(), w.history.unmatched_at.end());
}

} // namespace preempt::history
