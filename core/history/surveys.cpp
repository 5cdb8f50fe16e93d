// Survey answers (T5) and the ratings that stand in tickets. In: files of answers, joined by the contact's or
// the message's id or by the customer; the contacts' own column of scores. Out: Surveys, one row an answer or
// a question that nobody answered, in time order; and the counts of ratings (Ratings).
//
// A contact rated twice has its last rating; an answer that stands in both files counts once, and the
// survey's, which says when it was given, is the one that counts. Ratings of contacts that are no contacts
// (spam, merged ...) leave with them.
#include "core/history/work.hpp"

#include "core/base/sort_list.hpp"
#include "core/intake/vocabulary.hpp"

#include <cmath>

namespace preempt::history {
namespace {

using intake::ScoreState;

/// What is known of one contact's ratings. Index 0: of people, 1: of bots.
struct Rating {
    std::array<Source, 2> from{};
    std::array<Instant, 2> at{kNoInstant, kNoInstant};
    std::array<ScoreState, 2> state{}; ///< of the survey files; none = they have no answer
    bool is_asked = false;             ///< a survey file says asked, without an answer
    bool is_asked_in_contacts = false;
    Reason contact = Reason::used; ///< why the contact itself is set aside
    std::uint32_t place = kNobody; ///< in Contacts
};

bool is_answer(ScoreState state) {
    return state == ScoreState::satisfied || state == ScoreState::other_answer;
}

class Reader {
  public:
    explicit Reader(Work& work) : w_(work), result_(work.history.ratings) {}

    void read() {
        for (const auto& file : w_.files)
            result_.has_scores =
                result_.has_scores || (file.scoring.has_scores && file.kind != TableKind::outreaches);
        if (!result_.has_scores) return;
        index_contacts();
        w_.each_row(TableKind::surveys, [&](std::size_t f, std::size_t row) { take_answer(f, row); });
        for (const auto& one : ratings_) {
            count(0, one.state[0]);
            count(1, one.state[1]);
        }
        w_.each_row(TableKind::contacts, [&](std::size_t f, std::size_t row) { take_contact(f, row); });
        for (const auto& one : ratings_)
            if (one.is_asked && !is_answer(one.state[0]) && !is_answer(one.state[1]) &&
                !one.is_asked_in_contacts)
                ++result_.no_answer;
        w_.each_row(TableKind::surveys, [&](std::size_t f, std::size_t row) { write_answer(f, row); });
        sort();
    }

  private:
    // ------------------------------------------------------------------------------------------- contacts
    /// Contacts by the tool of the helpdesk and their id.
    void index_contacts() {
        const auto& contacts = w_.history.contacts;
        place_of_origin_.resize(
            w_.history.file_start.empty() ? 0 : w_.history.file_start.back() + w_.files.back().rows, kNobody);
        for (std::uint32_t place = 0; place < contacts.size(); ++place)
            place_of_origin_[contacts.origin[place]] = place;
        for (const auto f : w_.file_order) {
            const auto* id = w_.files[f].text_of(Role::record_id);
            if (w_.files[f].kind != TableKind::contacts || id == nullptr) continue;
            const auto tool = tool_of(w_.files[f].format);
            if (std::find(tools_.begin(), tools_.end(), tool) == tools_.end()) tools_.push_back(tool);
            for (std::size_t row = 0; row < w_.files[f].rows; ++row) {
                if (id->code[row] == 0) continue;
                auto& one = rating(code_of(tool, text_at(id, row), false));
                const auto reason = w_.history.reason[f][row];
                if (reason == Reason::outbound || reason == Reason::merged || reason == Reason::spam ||
                    reason == Reason::test || reason == Reason::internal)
                    one.contact = reason;
                if (const auto place = place_of_origin_[w_.origin_of(f, row)]; place != kNobody)
                    one.place = place;
            }
        }
    }

    std::uint32_t code_of(const std::string& tool, std::string_view id, bool known_only) {
        key_.assign(tool);
        key_ += '\n';
        key_ += id;
        return known_only ? contacts_.find(key_) : contacts_.encode(key_);
    }

    Rating& rating(std::uint32_t code) {
        if (code >= ratings_.size()) ratings_.resize(code + std::size_t{1});
        return ratings_[code];
    }

    /// The contact that an answer names: of its own tool, else of any; 0 = none is named.
    std::uint32_t contact_named(std::size_t f, std::size_t row) {
        const auto text = text_at(w_.files[f].text_of(Role::contact_id), row);
        if (text.empty()) return 0;
        const auto tool = tool_of(w_.files[f].format);
        auto code = code_of(tool, text, true);
        for (std::size_t t = 0; t < tools_.size() && code == 0; ++t)
            code = code_of(tools_[t], text, true);
        return code != 0 ? code : code_of(tool, text, false);
    }

    // -------------------------------------------------------------------------------------------- ratings
    SurveyKind kind_of(std::size_t f, std::size_t row) const {
        const auto& file = w_.files[f];
        const auto stated = intake::parse_survey_kind(text_at(file.text_of(Role::survey_kind), row));
        return static_cast<SurveyKind>(stated.value_or(file.scoring.kind));
    }

    /// Without an answer, but with the time of the question: asked.
    ScoreState state_of(std::size_t f, std::size_t row, std::size_t about) const {
        const auto& file = w_.files[f];
        const auto& states = about == 0 ? file.scoring.people : file.scoring.bots;
        const auto state = states.empty() ? ScoreState::none : states[row];
        const bool is_silent = state == ScoreState::none && about == 0 &&
                               text_at(file.text_of(Role::score), row).empty() &&
                               text_at(file.text_of(Role::bot_score), row).empty();
        return is_silent && w_.time(f, Role::survey_sent_at, row) != kNoInstant ? ScoreState::no_answer
                                                                                : state;
    }

    void count(std::size_t about, ScoreState state) {
        if (state == ScoreState::no_answer) ++result_.no_answer;
        if (state == ScoreState::not_asked) ++result_.not_asked;
        if (!is_answer(state)) return;
        ++(about == 0 ? result_.answers : result_.bot_answers);
        if (state == ScoreState::satisfied) ++(about == 0 ? result_.satisfied : result_.bot_satisfied);
    }

    /// A row of a file of answers: set aside with its contact, and of two ratings of one contact the earlier
    /// one. Only satisfaction is a rating; effort and recommendation are questions of their own.
    void take_answer(std::size_t f, std::size_t row) {
        if (w_.is_internal(f, row)) {
            w_.set_aside(f, row, Reason::internal);
            return;
        }
        const auto code = contact_named(f, row);
        if (code != 0 && rating(code).contact != Reason::used) {
            w_.set_aside(f, row, rating(code).contact);
            return;
        }
        if (kind_of(f, row) != SurveyKind::csat) return;
        for (std::size_t about = 0; about < 2; ++about) {
            const auto state = state_of(f, row, about);
            if (code == 0) {
                count(about, state);
                continue;
            }
            auto& one = rating(code);
            if (state == ScoreState::no_answer) one.is_asked = true;
            if (is_answer(state))
                replace(one, about, {static_cast<std::uint32_t>(f), static_cast<std::uint32_t>(row)}, state);
        }
    }

    void replace(Rating& one, std::size_t about, Source from, ScoreState state) {
        const auto at = w_.time(from.file, Role::occurred_at, from.row);
        if (is_answer(one.state[about])) {
            ++result_.replaced;
            const bool is_later = at >= one.at[about]; // of two at the same moment the one further down
            const auto& loser = is_later ? one.from[about] : from;
            w_.set_aside(loser.file, loser.row, Reason::duplicate);
            if (!is_later) return;
        }
        one.from[about] = from;
        one.at[about] = at;
        one.state[about] = state;
    }

    /// A contact's own column of scores, where no file of answers has said more.
    void take_contact(std::size_t f, std::size_t row) {
        const auto& file = w_.files[f];
        const auto id = text_at(file.text_of(Role::record_id), row);
        const auto code = id.empty() ? 0 : code_of(tool_of(file.format), id, true);
        for (std::size_t about = 0; about < 2; ++about) {
            const auto& states = about == 0 ? file.scoring.people : file.scoring.bots;
            if (states.empty() || is_answer(ratings_[code].state[about])) continue;
            const auto state = states[row];
            if (state != ScoreState::none && state != ScoreState::not_asked)
                ratings_[code].is_asked_in_contacts = true;
            count(about, state);
            if (!is_answer(state) && state != ScoreState::no_answer) continue;
            Answer answer;
            answer.contact = place_of_origin_[w_.origin_of(f, row)];
            write(f, row, about, state, SurveyKind::csat, answer);
        }
    }

    // ----------------------------------------------------------------------------------------------- rows
    struct Answer {
        std::uint32_t unit = kNobody, contact = kNobody, outreach = kNobody;
        Instant at = kNoInstant, asked_at = kNoInstant;
    };

    void write_answer(std::size_t f, std::size_t row) {
        for (std::size_t about = 0; about < 2; ++about) {
            const auto state = state_of(f, row, about);
            if (!is_answer(state) && state != ScoreState::no_answer) continue;
            Answer answer;
            const auto code = contact_named(f, row);
            // Asked about a contact that has its answer in another row.
            if (state == ScoreState::no_answer && code != 0 && kind_of(f, row) == SurveyKind::csat &&
                (is_answer(ratings_[code].state[0]) || ratings_[code].is_asked_in_contacts))
                continue;
            answer.unit = w_.unit_of(f, row);
            if (code != 0) answer.contact = ratings_[code].place;
            if (is_answer(state)) answer.at = w_.time(f, Role::occurred_at, row);
            answer.asked_at = w_.time(f, Role::survey_sent_at, row);
            if (const auto id = text_at(w_.files[f].text_of(Role::outreach_id), row); !id.empty())
                answer.outreach = w_.message_named(id, answer.unit, answer.at);
            write(f, row, about, state, kind_of(f, row), answer);
        }
    }

    void write(std::size_t f, std::size_t row, std::size_t about, ScoreState state, SurveyKind kind,
               Answer answer) {
        const auto& h = w_.history;
        if (answer.unit == kNobody && answer.contact != kNobody)
            answer.unit = h.contacts.unit[answer.contact];
        if (answer.unit == kNobody && answer.outreach != kNobody)
            answer.unit = h.outreaches.unit[answer.outreach];
        auto& out = w_.history.surveys;
        out.unit.push_back(answer.unit);
        out.at.push_back(answer.at);
        out.asked_at.push_back(answer.asked_at);
        out.kind.push_back(kind);
        out.answered.push_back(is_answer(state) ? 1 : 0);
        out.satisfied.push_back(state == ScoreState::satisfied ? 1 : 0);
        out.about_machine.push_back(about == 1 ? 1 : 0);
        out.normalised.push_back(is_answer(state) ? normalised(f, row, about, kind) : std::nanf(""));
        out.contact.push_back(answer.contact);
        out.outreach.push_back(answer.outreach);
    }

    float normalised(std::size_t f, std::size_t row, std::size_t about, SurveyKind kind) const {
        const auto& file = w_.files[f];
        // What a machine got may stand in the people's column, marked by who was rated.
        const auto* column = file.text_of(about == 0 ? Role::score : Role::bot_score);
        if (column == nullptr) column = file.text_of(Role::score);
        const auto text = text_at(column, row);
        const auto *low = file.numbers_of(Role::scale_min), *high = file.numbers_of(Role::scale_max);
        const auto scale = file.scoring.scale_of_kind[static_cast<std::size_t>(kind)];
        const auto score =
            file.scoring.scale == intake::ScoreScale::stated && low != nullptr && high != nullptr
                ? intake::read_score_between(text, low->value[row], high->value[row])
                : intake::read_score(scale, text);
        return static_cast<float>(score.normalised);
    }

    /// By the answer, else by the question.
    void sort() {
        auto& all = w_.history.surveys;
        std::vector<std::uint32_t> order(all.size());
        for (std::uint32_t i = 0; i < order.size(); ++i)
            order[i] = i;
        const auto time = [&](std::uint32_t i) {
            return all.at[i] != kNoInstant ? all.at[i] : all.asked_at[i];
        };
        sort_list(order, [&](std::uint32_t a, std::uint32_t b) { return time(a) < time(b); });
        reorder(all.unit, order);
        reorder(all.at, order);
        reorder(all.asked_at, order);
        reorder(all.kind, order);
        reorder(all.answered, order);
        reorder(all.satisfied, order);
        reorder(all.about_machine, order);
        reorder(all.normalised, order);
        reorder(all.contact, order);
        reorder(all.outreach, order);
    }

    Work& w_;
    Ratings& result_;
    table::Dictionary contacts_; ///< tool of the helpdesk, then the contact's id
    std::vector<Rating> ratings_{1};
    std::vector<std::string> tools_;
    std::vector<std::uint32_t> place_of_origin_; ///< in Contacts, by row over all files
    std::string key_;
};

} // namespace

void read_surveys(Work& w) {
    Reader(w).read();
}

} // namespace preempt::history
