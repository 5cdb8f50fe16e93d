// Messages (T1), and what came of them. In: rows of messages, files of reactions, logs of events that came in
// parts. Out: Outreaches, sorted; an index from the ids that other tables name to their rows.
#include "core/history/work.hpp"

#include "core/base/text.hpp"
#include "core/intake/vocabulary.hpp"

#include <cmath>

namespace preempt::history {
namespace {

OutreachType outreach_type(std::string_view word) {
    if (word == "signal") return OutreachType::signal;
    if (word == "segment") return OutreachType::segment;
    if (word == "lifecycle") return OutreachType::lifecycle;
    if (word == "broadcast") return OutreachType::broadcast;
    return OutreachType::unclassified;
}

Outcome outcome_of(std::string_view word) {
    if (word == "positive") return Outcome::positive;
    if (word == "resolved") return Outcome::resolved;
    if (word == "usage_improved") return Outcome::usage_improved;
    if (word == "no_effect") return Outcome::no_effect;
    if (word == "negative") return Outcome::negative;
    return Outcome::none;
}

Stated stated(std::optional<bool> says) {
    return !says ? Stated::nothing : *says ? Stated::yes : Stated::no;
}

/// Does any table point at outreaches by their ids? Ids are as many as rows, so they are looked up in one
/// dictionary only then.
bool outreach_ids_are_named(std::span<const FileTable> files) {
    return std::any_of(files.begin(), files.end(), [](const FileTable& file) {
        return file.text_of(Role::outreach_id) != nullptr || file.text_of(Role::in_reply_to) != nullptr ||
               (file.kind == TableKind::self_service && file.text_of(Role::source) != nullptr) ||
               (file.kind == TableKind::outreaches && file.text_of(Role::event) != nullptr);
    });
}

void reserve(Outreaches& out, std::size_t rows) {
    out.unit.reserve(rows);
    out.at.reserve(rows);
    out.type.reserve(rows);
    out.outcome.reserve(rows);
    out.usage_improved.reserve(rows);
    out.undelivered.reserve(rows);
    out.engaged_at.reserve(rows);
    out.confirmed_at.reserve(rows);
    out.person.reserve(rows);
    out.origin.reserve(rows);
}

/// One file of messages.
class FileOfMessages {
  public:
    FileOfMessages(Work& work, std::size_t f, bool ids_are_named)
        : w_(work), f_(f), file_(work.files[f]), out_(work.history.outreaches),
          known_(reactions_known(file_)) {
        if (id_ != nullptr && ids_are_named) id_codes_ = recode(*id_, w_.outreach_ids);
        if (conversation_ != nullptr) conversation_codes_ = recode(*conversation_, w_.conversation_ids);
        out_.reactions_known |= known_;
        if ((known_ & (kClicked | kReplied | kCompleted)) != 0) w_.history.has_engagement = true;
        if (before_ != nullptr && after_ != nullptr) w_.history.has_outcomes = true;
        w_.history.has_outreaches = true;
        w_.attributes_of(f);
        if (file_.text_of(Role::arm) != nullptr) reserve_assignments(w_, file_.rows);
    }

    void read() {
        in_stretches(file_.rows, [&](std::size_t row) {
            if (w_.is_used(f_, row)) read(row);
        });
    }

  private:
    void read(std::size_t row) {
        const auto unit = w_.unit_in_scope(f_, row);
        if (unit == kNobody) return;
        w_.known[unit] = 1;
        const auto at = w_.clock(f_, Role::occurred_at, row);
        w_.note_day_precision(f_, Role::occurred_at, row, unit);
        const auto kind = outreach_type(text_at(type_, row));
        const bool is_broadcast = kind == OutreachType::broadcast; // G05: a population of its own
        const auto arm = w_.arm_of(f_, row);
        if (arm != Arm::none && !is_broadcast)
            add_assignment(w_, f_, row, unit, at, arm, Moment::assigned, true);
        // H2: a delivery row of somebody held out is an assignment, not a message.
        if (arm == Arm::holdout)
            ++w_.history.health.holdout_rows;
        else
            add(row, unit, at, kind);
    }

    void add(std::size_t row, std::uint32_t unit, Instant at, OutreachType kind) {
        const auto index = out_.size();
        out_.unit.push_back(unit);
        out_.person.push_back(w_.person_in_account(f_, row));
        out_.at.push_back(at);
        out_.type.push_back(kind);
        if (kind == OutreachType::broadcast) ++w_.history.health.broadcasts;
        out_.origin.push_back(w_.origin_of(f_, row));
        add_outcome(row);
        add_reactions(row, index);
        if (initiator_ != nullptr)
            put(out_.by_automation, index, stated(intake::parse_by_automation(text_at(initiator_, row))),
                Stated::nothing);
        if (promotional_ != nullptr)
            put(out_.promotional, index, stated(parse_flag(text_at(promotional_, row))), Stated::nothing);
        if (cost_ != nullptr) put(out_.cost, index, cost_->value[row], std::nan(""));
        if (!id_codes_.empty())
            w_.outreach_of_id.add(id_codes_[id_->code[row]], static_cast<std::uint32_t>(index));
        if (!conversation_codes_.empty())
            w_.outreach_of_conversation.add(conversation_codes_[conversation_->code[row]],
                                            static_cast<std::uint32_t>(index));
    }

    void add_outcome(std::size_t row) {
        const auto outcome = outcome_of(text_at(outcome_, row));
        out_.outcome.push_back(outcome);
        if (outcome != Outcome::none) w_.history.has_outcomes = true; // an empty column claims nothing
        const bool improved = before_ != nullptr && after_ != nullptr && after_->value[row] > 0 &&
                              after_->value[row] * 10 >= before_->value[row] * 11; // exact at 10%
        out_.usage_improved.push_back(improved ? 1 : 0);
    }

    void add_reactions(std::size_t row, std::size_t index) {
        const auto bits = reactions_of(file_, row);
        const bool undelivered = (bits & kBounced) != 0;
        out_.undelivered.push_back(undelivered ? 1 : 0);
        if (undelivered) ++w_.history.health.undelivered;
        const auto confirmed =
            earliest(w_.time(f_, Role::replied_at, row), w_.time(f_, Role::completed_at, row));
        out_.confirmed_at.push_back(confirmed);
        out_.engaged_at.push_back(earliest(confirmed, w_.time(f_, Role::clicked_at, row)));
        if (known_ != 0) put<std::uint16_t>(out_.reactions, index, bits, 0);
    }

    Work& w_;
    std::size_t f_;
    const FileTable& file_;
    Outreaches& out_;
    std::uint16_t known_;
    const table::TextColumn *type_ = file_.text_of(Role::outreach_type),
                            *outcome_ = file_.text_of(Role::outcome),
                            *initiator_ = file_.text_of(Role::initiated_by),
                            *promotional_ = file_.text_of(Role::is_promotional),
                            *id_ = file_.text_of(Role::record_id),
                            *conversation_ = file_.text_of(Role::conversation_id);
    const table::NumberColumn *before_ = file_.numbers_of(Role::usage_before),
                              *after_ = file_.numbers_of(Role::usage_after),
                              *cost_ = file_.numbers_of(Role::cost);
    std::vector<std::uint32_t> id_codes_, conversation_codes_;
};

/// By unit, then time, then id.
void sort_outreaches(Work& w) {
    auto& out = w.history.outreaches;
    const auto order = order_by_unit(out.unit, w.history.units, [&](std::uint32_t a, std::uint32_t b) {
        if (out.at[a] != out.at[b]) return out.at[a] < out.at[b];
        const auto id = w.record_id(out.origin[a]), other = w.record_id(out.origin[b]);
        return id != other ? id < other : a < b;
    });
    reorder(out.unit, order);
    out.person.reorder(order);
    reorder(out.at, order);
    reorder(out.type, order);
    out.outcome.reorder(order);
    out.usage_improved.reorder(order);
    out.undelivered.reorder(order);
    out.engaged_at.reorder(order);
    out.confirmed_at.reorder(order);
    reorder(out.reactions, order);
    reorder(out.promotional, order);
    reorder(out.by_automation, order);
    reorder(out.cost, order);
    reorder(out.origin, order);
    w.fill_attributes(out.origin, out.attribute);
    out.first = offsets(out.unit, w.history.units);
    std::vector<std::uint32_t> place(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i)
        place[order[i]] = i;
    w.outreach_of_id.renumber(place);
    w.outreach_of_conversation.renumber(place);
}

/// Reactions to one message, from another row than its own.
struct Reactions {
    std::uint16_t bits = 0;
    Instant clicked = kNoInstant, confirmed = kNoInstant; ///< confirmed: replied or completed
};

void add_reactions(Work& w, std::uint32_t o, const Reactions& more) {
    auto& out = w.history.outreaches;
    out.reactions[o] = static_cast<std::uint16_t>(out.reactions[o] | more.bits);
    out.confirmed_at.set(o, earliest(out.confirmed_at[o], more.confirmed));
    out.engaged_at.set(o, earliest(out.engaged_at[o], earliest(more.confirmed, more.clicked)));
    if ((more.bits & kBounced) != 0 && out.undelivered[o] == 0) {
        out.undelivered.set(o, 1);
        ++w.history.health.undelivered;
    }
}

Reactions stated_reactions(const Work& w, std::size_t f, std::size_t row) {
    return {reactions_of(w.files[f], row), w.time(f, Role::clicked_at, row),
            earliest(w.time(f, Role::replied_at, row), w.time(f, Role::completed_at, row))};
}

void note_known(Work& w, std::uint16_t known) {
    auto& out = w.history.outreaches;
    out.reactions_known |= known;
    out.reactions.resize(out.size(), 0);
    if ((known & (kClicked | kReplied | kCompleted)) != 0) w.history.has_engagement = true;
}

void read_file_of_reactions(Work& w, std::size_t f) {
    const auto* column = w.files[f].text_of(Role::outreach_id);
    if (column == nullptr) return;
    std::vector<std::uint32_t> codes(column->dictionary.size(), 0);
    for (std::uint32_t code = 1; code < column->dictionary.size(); ++code)
        codes[code] = w.outreach_ids.find(column->dictionary.text(code));
    note_known(w, reactions_known(w.files[f]));
    for (std::size_t row = 0; row < w.files[f].rows; ++row) {
        if (!w.is_used(f, row)) continue;
        const auto o =
            w.message_of(w.outreach_of_id, codes[column->code[row]], w.unit_of(f, row), kNoInstant);
        if (o != kNobody)
            add_reactions(w, o, stated_reactions(w, f, row));
        else
            w.set_aside(f, row, w.is_internal(f, row) ? Reason::internal : Reason::unknown_outreach);
    }
}

constexpr std::array<std::pair<intake::MessageEvent, Reaction>, 8> kEvents{
    {{intake::MessageEvent::delivered, kDelivered},
     {intake::MessageEvent::bounced, kBounced},
     {intake::MessageEvent::opened, kOpened},
     {intake::MessageEvent::clicked, kClicked},
     {intake::MessageEvent::replied, kReplied},
     {intake::MessageEvent::completed, kCompleted},
     {intake::MessageEvent::dismissed, kDismissed},
     {intake::MessageEvent::unsubscribed, kUnsubscribed}}};

/// An event row as a reaction.
Reactions reaction_of_event(const Work& w, std::size_t f, std::size_t row) {
    Reactions one;
    const auto event = intake::parse_message_event(text_at(w.files[f].text_of(Role::event), row));
    for (const auto& [kind, bit] : kEvents)
        if (event == kind) one.bits = bit;
    const auto at = w.time(f, Role::occurred_at, row);
    if (one.bits == kClicked) one.clicked = at;
    if (one.bits == kReplied || one.bits == kCompleted) one.confirmed = at;
    return one;
}

/// A log of events that came in parts: reactions whose send is in another part, and sends that stand in two.
void join_parts_of_logs(Work& w) {
    const auto join = [&](std::size_t f, std::size_t row, const Reactions& reactions) {
        const auto id = text_at(w.files[f].text_of(Role::record_id), row);
        const auto o = w.message_named(id, w.unit_of(f, row), kNoInstant);
        if (o == kNobody) return false;
        note_known(w, reactions.bits);
        add_reactions(w, o, reactions);
        return true;
    };
    for (const auto& [f, row] : w.repeated_sends) {
        join(f, row, stated_reactions(w, f, row));
        join(f, row, reaction_of_event(w, f, row));
    }
    for (const auto f : w.file_order) {
        const auto& file = w.files[f];
        if (file.kind != TableKind::outreaches || file.text_of(Role::event) == nullptr ||
            file.text_of(Role::record_id) == nullptr)
            continue;
        for (std::size_t row = 0; row < file.rows; ++row)
            if (w.history.reason[f][row] == Reason::unknown_outreach &&
                join(f, row, reaction_of_event(w, f, row)))
                w.set_aside(f, row, Reason::folded_event);
    }
}

} // namespace

void read_outreaches(Work& w) {
    auto& out = w.history.outreaches;
    const bool ids_are_named = outreach_ids_are_named(w.files);
    reserve(out, w.rows_of(TableKind::outreaches));
    for (const auto f : w.file_order)
        if (w.files[f].kind == TableKind::outreaches) FileOfMessages(w, f, ids_are_named).read();
    finish<std::uint16_t>(out.reactions, out.size(), 0);
    finish(out.promotional, out.size(), Stated::nothing);
    finish(out.by_automation, out.size(), Stated::nothing);
    finish(out.cost, out.size(), std::nan(""));
    sort_outreaches(w);
    const auto& topic = out.attribute[kTopicAttribute];
    for (std::size_t o = 0; o < topic.size(); ++o)
        w.history.health.outreaches_with_topic += topic[o] != 0 ? 1 : 0;
}

void read_reactions(Work& w) {
    for (const auto f : w.file_order)
        if (w.files[f].kind == TableKind::engagement) read_file_of_reactions(w, f);
    join_parts_of_logs(w);
}

} // namespace preempt::history
