// The end of a file that is read (see reading.hpp): what depends on all of its rows. In: the columns, and a
// reason per row. Out: the order of day and month settled, footers, duplicates and folded events set aside,
// survey scores, warnings.
#include "core/base/text.hpp"
#include "core/intake/reading.hpp"
#include "core/intake/vocabulary.hpp"

#include <algorithm>
#include <utility>

namespace preempt::intake {

namespace {

/// The problems of the CSV reader, one sentence per kind, with its first lines.
struct ProblemWords {
    csv::ProblemKind kind;
    std::string_view one, many;
};
constexpr std::array<ProblemWords, 8> kProblemWords = {{
    {csv::ProblemKind::unclosed_quote, "row has a quote that is never closed; it was left out",
     "rows have a quote that is never closed; it was left out"},
    {csv::ProblemKind::quote_inside,
     "row has a quote inside a quoted cell that was not doubled; it was kept as text",
     "rows have a quote inside a quoted cell that was not doubled; it was kept as text"},
    {csv::ProblemKind::text_after_quote, "row has text behind a closing quote; it was added to the cell",
     "rows have text behind a closing quote; it was added to the cell"},
    {csv::ProblemKind::space_after_quote, "row has blanks behind a closing quote; they were left out",
     "rows have blanks behind a closing quote; they were left out"},
    {csv::ProblemKind::too_few_cells,
     "row has fewer cells than the header; the missing ones count as empty. Check that nothing moved",
     "rows have fewer cells than the header; the missing ones count as empty. Check that nothing moved"},
    {csv::ProblemKind::too_many_cells,
     "row has more cells than the header; the surplus was not read. Check that nothing moved",
     "rows have more cells than the header; the surplus was not read. Check that nothing moved"},
    {csv::ProblemKind::record_too_long, "row was so long that it was cut",
     "rows were so long that they were cut"},
    {csv::ProblemKind::nul_padding,
     "line of NUL bytes was skipped: the file was cut off, so its end may be missing",
     "lines of NUL bytes were skipped: the file was cut off, so its end may be missing"},
}};

} // namespace

Status FileReader::State::settle_dates() {
    DateOrder agreed = DateOrder::undecided; // of the columns that their own values have settled
    bool differ = false;
    for (const auto& time : times) {
        if (time.dates().contradictory()) {
            return Status::error(
                StatusCode::bad_input,
                quoted(name) + ", column " + quoted(time.header()) +
                    ": day and month change places within the column. " + time.dates().contradiction() +
                    ". Export the file again with one date format, best YYYY-MM-DD, or choose "
                    "the other order.");
        }
        const DateOrder order = time.dates().order();
        if (order == DateOrder::undecided) continue;
        differ = differ || (agreed != DateOrder::undecided && agreed != order);
        agreed = order;
    }
    for (auto& time : times) {
        DateOrder order = time.dates().order();
        if (order == DateOrder::undecided && time.dates().has_open_values()) {
            order = differ ? DateOrder::undecided : agreed;
            if (order == DateOrder::undecided) {
                return Status::error(
                    StatusCode::missing,
                    quoted(name) + ", column " + quoted(time.header()) + ": " +
                        quoted(time.dates().first_open_text()) + " on line " +
                        std::to_string(time.dates().first_open_line()) +
                        " and all others can be read day first or month first. Choose the order "
                        "for this file, or export it with dates as YYYY-MM-DD.");
            }
            result.warnings.push_back(
                "Column " + quoted(time.header()) + " was read " +
                (order == DateOrder::day_first ? "day first" : "month first") +
                ", as the other dates of this file are: its own values can be read both ways.");
        }
        time.settle(order);
    }
    return Status::success();
}

Status FileReader::State::check_times() const {
    if (row_count() == 0) {
        return Status::error(StatusCode::bad_input,
                             quoted(name) +
                                 " has a header but no rows below it. Check the dates and filters that "
                                 "were chosen for the export.");
    }
    if (time_refusals < row_count()) return Status::success();
    return Status::error(saw_serials() ? StatusCode::missing : StatusCode::bad_input,
                         quoted(name) + ": no row has a time that can be read. " + first_time_refusal +
                             " Choose another column for the time, or export the file again.");
}

void FileReader::State::relabel(std::size_t row, Reason reason, std::string detail) {
    result.reason[row] = reason;
    auto& samples = result.set_aside_samples;
    const auto line = result.line[row];
    const auto found = std::find_if(samples.begin(), samples.end(),
                                    [&](const SetAsideRow& sample) { return sample.line == line; });
    if (found != samples.end()) {
        found->reason = reason;
        found->detail = std::move(detail);
        return;
    }
    if (samples.size() >= kSetAsideSamples && samples.back().line <= line) return;
    // The row was taken for good when it passed, so its cells are gone; what the mapped columns made of it is
    // shown.
    SetAsideRow sample{line, reason, std::move(detail), std::vector<std::string>(width)};
    for (const Step& step : steps) {
        if (step.type == RoleType::key || step.type == RoleType::word) {
            const TextReader& text = texts[step.index];
            sample.cells[step.column] = text.text(text.code(row));
        } else if (step.type == RoleType::instant && times[step.index].value(row) != kNoInstant) {
            std::string time = iso_utc(times[step.index].value(row));
            if ((times[step.index].flags(row) & table::InstantColumn::kZoned) == 0) time.pop_back();
            sample.cells[step.column] = std::move(time);
        }
    }
    const auto place =
        std::upper_bound(samples.begin(), samples.end(), line,
                         [](std::uint64_t at, const SetAsideRow& other) { return at < other.line; });
    samples.insert(place, std::move(sample));
    if (samples.size() > kSetAsideSamples) samples.pop_back();
}

void FileReader::State::mark_footers() {
    for (const std::uint32_t row : footer_rows)
        relabel(row, Reason::footer, "A line below the data.");
}

/// The row with the latest change stands for its record (metrics.md 5.2-8); where a record spans rows, the
/// earliest one.
void FileReader::State::mark_duplicates() {
    if (!decides_at_end) return;
    record_of_row.resize(row_count(), 0);
    const auto* updated = time_of[static_cast<std::size_t>(Role::updated_at)];
    const bool earliest = format != nullptr && format->earliest_of_record;
    const auto* clock = earliest ? clocks.front() : updated;
    const auto* id = text_of[static_cast<std::size_t>(Role::record_id)];
    std::vector<std::uint32_t> best_of_record(id->codes(), kNoRow), best_of_pair(pairs.size(), kNoRow);
    const auto best_of = [&](std::uint32_t record) -> std::uint32_t& {
        return record >= kFirstPair ? best_of_pair[record - kFirstPair] : best_of_record[record];
    };
    for (std::uint32_t row = 0; row < row_count(); ++row) {
        if (record_of_row[row] == 0) continue;
        std::uint32_t& best = best_of(record_of_row[row]);
        if (best == kNoRow) {
            best = row;
            continue;
        }
        const Instant now = clock->value(row), before = clock->value(best);
        const bool better = earliest ? now < before : now > before; // a missing time is the least of all
        if (better) best = row;
    }
    for (std::uint32_t row = 0; row < row_count(); ++row) {
        if (record_of_row[row] == 0 || result.reason[row] != Reason::used) continue;
        const std::uint32_t best = best_of(record_of_row[row]);
        if (best == row) continue;
        relabel(row, Reason::duplicate,
                std::string("The same id is on line ") + std::to_string(result.line[best]) +
                    (earliest ? ", which is earlier." : ", which was changed later or stands first."));
    }
}

/// An event log: all events of one message become one outreach, the row of its send. `processed` stands for
/// it, else `delivered`; the other rows give it their times. Holds for any outreach file with an event column
/// and message ids.
void FileReader::State::fold_events() {
    if (!is_event_log) return;
    const TextReader& event = *text_of[static_cast<std::size_t>(Role::event)];
    const TextReader& message = *text_of[static_cast<std::size_t>(Role::record_id)];
    const InstantReader& clock = *clocks.front();

    std::vector<std::optional<MessageEvent>> event_of_code;
    const auto event_of = [&](std::size_t row) {
        const std::uint32_t code = event.code(row);
        while (event_of_code.size() <= code) {
            event_of_code.push_back(
                parse_message_event(event.text(static_cast<std::uint32_t>(event_of_code.size()))));
        }
        return event_of_code[code];
    };

    constexpr std::array<std::pair<MessageEvent, Role>, 8> kTimeOf = {
        {{MessageEvent::delivered, Role::delivered_at},
         {MessageEvent::opened, Role::opened_at},
         {MessageEvent::clicked, Role::clicked_at},
         {MessageEvent::replied, Role::replied_at},
         {MessageEvent::completed, Role::completed_at},
         {MessageEvent::dismissed, Role::dismissed_at},
         {MessageEvent::unsubscribed, Role::unsubscribed_at},
         {MessageEvent::bounced, Role::bounced_at}}};
    // Which row stands for each message: a send before a delivery, then the earlier, then the first.
    std::vector<std::uint32_t> send_of(message.codes(), kNoRow);
    const auto rank = [&](std::uint32_t row) { return event_of(row) == MessageEvent::sent ? 0 : 1; };
    for (std::uint32_t row = 0; row < row_count(); ++row) {
        if (result.reason[row] != Reason::used) continue;
        const std::uint32_t code = message.code(row);
        const auto kind = event_of(row);
        if (code == 0 || !kind || (*kind != MessageEvent::sent && *kind != MessageEvent::delivered)) continue;
        std::uint32_t& send = send_of[code];
        const bool better = send == kNoRow || rank(row) < rank(send) ||
                            (rank(row) == rank(send) && clock.value(row) < clock.value(send));
        if (better) send = row;
    }
    std::array<std::unique_ptr<InstantReader>, kTimeOf.size()> made;
    for (std::uint32_t row = 0; row < row_count(); ++row) {
        if (result.reason[row] != Reason::used) continue;
        const std::uint32_t code = message.code(row);
        const auto kind = event_of(row);
        if (!kind || *kind == MessageEvent::other) {
            relabel(row, Reason::not_an_outreach,
                    "The event " + quoted(event.text(event.code(row))) +
                        " is neither a send nor a reaction.");
            continue;
        }
        const bool is_send = *kind == MessageEvent::sent || *kind == MessageEvent::delivered;
        const std::uint32_t send = code == 0 ? (is_send ? row : kNoRow) : send_of[code];
        if (send == kNoRow) {
            relabel(row, Reason::unknown_outreach, "The send of this message is not in the file.");
            continue;
        }
        for (std::size_t i = 0; i < kTimeOf.size(); ++i) {
            if (kTimeOf[i].first != *kind) continue;
            InstantReader* target = time_of[static_cast<std::size_t>(kTimeOf[i].second)];
            if (target == nullptr) {
                if (!made[i]) {
                    made[i] = std::make_unique<InstantReader>(kTimeOf[i].second, "", DateOrder::undecided);
                    made[i]->fill(row_count());
                }
                target = made[i].get();
            }
            target->keep_earlier(send, clock.value(row), clock.flags(row));
        }
        if (send != row) {
            relabel(row, Reason::folded_event,
                    "Counted with its outreach on line " + std::to_string(result.line[send]) + ".");
        }
    }
    for (auto& time : made) {
        if (time) result.instants[static_cast<std::size_t>(time->role())] = time->take();
    }
}

/// The survey scores: which scale, and what each answer says on it. Answers about a machine are kept apart.
void FileReader::State::read_scores() {
    const auto text = [&](Role role) { return text_of[static_cast<std::size_t>(role)]; };
    const auto number = [&](Role role) -> const NumberReader* {
        for (const auto& one : numbers)
            if (one.role() == role) return &one;
        return nullptr;
    };
    const std::array<const TextReader*, 2> columns = {text(Role::score), text(Role::bot_score)};
    if (columns[0] == nullptr && columns[1] == nullptr) return;
    Scoring& scoring = result.scoring;
    scoring.has_scores = true;

    std::vector<std::string_view> values;
    std::string headers;
    for (const auto* column : columns) {
        if (column == nullptr) continue;
        headers += column->header() + " ";
        std::vector<bool> seen(column->codes(), false);
        for (std::size_t row = 0; row < row_count(); ++row) {
            const std::uint32_t code = column->code(row);
            if (code == 0 || seen[code] || result.reason[row] != Reason::used) continue;
            seen[code] = true;
            values.push_back(column->text(code));
        }
    }
    const auto* low = number(Role::scale_min);
    const auto* high = number(Role::scale_max);
    const bool is_stated = low != nullptr && high != nullptr && !mapping.score_scale;
    const ScoreScale expected = format == nullptr ? ScoreScale::unknown : format->score_scale;
    scoring.scale = is_stated             ? ScoreScale::stated
                    : mapping.score_scale ? *mapping.score_scale
                                          : choose_scale(expected, values, headers);

    scoring.kind =
        parse_survey_kind(columns[columns[0] == nullptr ? 1 : 0]->header()).value_or(SurveyKind::csat);
    // Surveys of several kinds in one file have a scale each.
    const TextReader* kind = text(Role::survey_kind);
    std::array<ScoreScale, 3> scale_of_kind;
    scale_of_kind.fill(scoring.scale);
    std::vector<std::size_t> kind_of_code(kind == nullptr ? 0 : kind->codes(), 0);
    if (kind != nullptr && !is_stated && !mapping.score_scale) {
        for (std::uint32_t code = 1; code < kind_of_code.size(); ++code)
            kind_of_code[code] =
                static_cast<std::size_t>(parse_survey_kind(kind->text(code)).value_or(scoring.kind));
        constexpr std::array<std::string_view, 3> kNames = {"csat", "ces", "nps"};
        for (std::size_t k = 0; k < kNames.size(); ++k) {
            std::vector<std::string_view> of_kind;
            for (std::size_t row = 0; row < row_count(); ++row)
                if (columns[0] != nullptr && result.reason[row] == Reason::used &&
                    kind_of_code[kind->code(row)] == k && columns[0]->code(row) != 0)
                    of_kind.push_back(columns[0]->text(columns[0]->code(row)));
            if (!of_kind.empty()) scale_of_kind[k] = choose_scale(expected, of_kind, kNames[k]);
        }
        // What the file is shown with: the first scale that is known.
        scoring.scale = *std::find_if(scale_of_kind.begin(), scale_of_kind.end() - 1,
                                      [](ScoreScale one) { return one != ScoreScale::unknown; });
    }
    scoring.scale_of_kind = scale_of_kind;

    const TextReader* rated = text(Role::rated);
    std::vector<bool> bot_of_code(rated == nullptr ? 0 : rated->codes());
    for (std::uint32_t code = 1; code < bot_of_code.size(); ++code)
        bot_of_code[code] = names_bot(rated->text(code));

    for (std::size_t c = 0; c < columns.size(); ++c) {
        const TextReader* column = columns[c];
        if (column == nullptr) continue;
        std::array<std::vector<ScoreState>, 3> state_of_code; // per kind of survey
        for (std::size_t k = 0; k < (kind == nullptr ? 1 : state_of_code.size()) && !is_stated; ++k) {
            state_of_code[k].assign(column->codes(), ScoreState::none);
            for (std::uint32_t code = 1; code < column->codes(); ++code)
                state_of_code[k][code] = read_score(scale_of_kind[k], column->text(code)).state;
        }
        for (std::size_t row = 0; row < row_count(); ++row) {
            const std::uint32_t code = column->code(row);
            if (code == 0) continue;
            const ScoreState state =
                is_stated ? read_score_between(column->text(code), low->value(row), high->value(row)).state
                          : state_of_code[kind == nullptr ? 0 : kind_of_code[kind->code(row)]][code];
            const bool is_bot = c == 1 || (rated != nullptr && bot_of_code[rated->code(row)]);
            auto& states = is_bot ? scoring.bots : scoring.people;
            if (states.empty()) states.assign(row_count(), ScoreState::none);
            states[row] = state;
            if (state == ScoreState::off_scale && result.reason[row] == Reason::used) {
                if (off_scale.count() == 0) first_off_scale = column->text(code);
                off_scale.add(result.line[row]);
            }
        }
    }
    auto& counts = scoring.counts;
    for (const auto* states : {&scoring.people, &scoring.bots}) {
        const bool is_bot = states == &scoring.bots;
        for (std::size_t row = 0; row < states->size(); ++row) {
            if (result.reason[row] != Reason::used) continue;
            switch ((*states)[row]) {
            case ScoreState::none:
                break;
            case ScoreState::not_asked:
                ++counts.not_asked;
                break;
            case ScoreState::no_answer:
                ++counts.no_answer;
                break;
            case ScoreState::off_scale:
                ++counts.off_scale;
                break;
            case ScoreState::satisfied:
                ++(is_bot ? counts.bot_satisfied : counts.satisfied);
                [[fallthrough]];
            case ScoreState::other_answer:
                ++(is_bot ? counts.bot_answers : counts.answers);
                break;
            }
        }
    }
}

void FileReader::State::add_warnings() {
    auto& warnings = result.warnings;
    if (notes.replaced > 0) {
        warnings.push_back(counted(notes.replaced, "place", "places") + " could not be read as " +
                           std::string(csv::encoding_name(front.encoding())) + ", the first at byte " +
                           std::to_string(notes.first_replaced) +
                           ". If letters look wrong, choose another encoding.");
    }
    for (const auto& words : kProblemWords) {
        LineCount lines;
        const auto header_rows = front.header_rows();
        for (const auto& found : notes.problems) {
            if (found.kind != words.kind) continue;
            const std::uint64_t row = found.record - header_rows;
            const bool in_footer = found.record >= header_rows && row < row_count() &&
                                   result.reason[static_cast<std::size_t>(row)] == Reason::footer;
            if (!in_footer) lines.add(found.line);
        }
        if (lines.count() == 0) continue;
        std::string warning = counted(lines.count(), words.one, words.many) + " (" + lines.text();
        const std::uint64_t count = notes.count[static_cast<std::size_t>(words.kind)];
        if (count > lines.count() && notes.problems.size() >= csv::ReaderOptions{}.max_problems) {
            warning = std::to_string(count) + " " + std::string(words.many) + " (" + lines.text() +
                      ", and further ones";
        }
        warnings.push_back(warning + ").");
    }
    for (const auto& column : texts)
        column.add_warnings(warnings);
    for (const auto& time : times)
        time.add_warnings(warnings);
    for (const auto& number : numbers)
        number.add_warnings(warnings);
    if (off_scale.count() > 0) {
        const bool is_unknown = result.scoring.scale == ScoreScale::unknown;
        warnings.push_back(counted(off_scale.count(), "survey answer is", "survey answers are") +
                           " not counted (" + off_scale.text() + "): " + quoted(first_off_scale) +
                           (is_unknown
                                ? " is on a scale that is not known. Say which scale it is, or add the "
                                  "columns scale_min and scale_max."
                                : " is not on the scale of this file (" +
                                      std::string(scale_info(result.scoring.scale).label) + ")."));
    }
    if (other_submitter.count() > 0) {
        warnings.push_back(
            counted(other_submitter.count(), "ticket was", "tickets were") +
            " filed by somebody other than the requester (" + other_submitter.text() +
            "). Agents file tickets for people who phone, so they count as customer contacts.");
    }
    const bool keyless = needs_time(mapping.kind) && mapping.kind != TableKind::exposure &&
                         mapping.kind != TableKind::changes &&
                         text_of[static_cast<std::size_t>(Role::record_id)] == nullptr;
    if (keyless) {
        warnings.emplace_back("No column holds the rows' own ids, so the same record in two versions cannot "
                              "be noticed; only identical "
                              "rows are.");
    }
}

bool FileReader::State::saw_serials() const {
    return !mapping.accept_serials && std::any_of(times.begin(), times.end(), [](const InstantReader& time) {
        return time.saw_serials();
    });
}

} // namespace preempt::intake
