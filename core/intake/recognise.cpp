// Which export is this, and which column is what. In: a file's first bytes. Out: a Recognition: kind, roles,
// zone, order of day and month, with reasons and notices in plain words. Tools are recognised by their
// headers (formats/), values confirm.
#include "core/base/text.hpp"
#include "core/csv/reader.hpp"
#include "core/intake/container.hpp"
#include "core/intake/format.hpp"
#include "core/intake/intake.hpp"
#include "core/intake/shape.hpp"

#include <algorithm>

namespace preempt::intake {

namespace {

constexpr std::size_t kSampleRows = 200;

/// The header and the first rows of a file.
struct Sample {
    std::vector<std::string> headers;
    std::vector<std::vector<std::string>> rows;
    std::vector<std::size_t> lines;
};

/// A header that is being judged.
struct Column {
    HeaderName name;
    ColumnShape shape;
};

std::string quoted(std::string_view text) {
    return "\"" + std::string(text) + "\"";
}

/// "A", "A and B", "A, B and C"; at most `most` are named.
std::string listed(const std::vector<std::string>& parts, std::size_t most = 5) {
    std::string out;
    const std::size_t shown = std::min(parts.size(), most);
    for (std::size_t i = 0; i < shown; ++i) {
        if (i > 0) out += i + 1 == parts.size() ? " and " : ", ";
        out += parts[i];
    }
    if (parts.size() > shown) out += " and " + std::to_string(parts.size() - shown) + " more";
    return out;
}

// --- reading the sample
// ------------------------------------------------------------------------------------------------------

/// A header row that is data: it holds an e-mail address or a time of this century, which no column is
/// called.
bool is_data_row(const std::vector<std::string>& cells) {
    return std::any_of(cells.begin(), cells.end(), [](const std::string& cell) {
        const auto text = trim(cell);
        if (text.empty()) return false;
        if (is_email(text)) return true;
        const TimeText time = parse_time(text, DateOrder::day_first);
        return time.ok() && (time.zoned || text.find_first_of("-/.:") != std::string_view::npos);
    });
}

Sample read_sample(std::string_view text, const csv::Dialect& dialect, bool whole) {
    Sample sample;
    csv::Reader reader(dialect);
    const auto take = [&](const csv::Batch& batch) {
        for (std::size_t row = 0; row < batch.rows(); ++row) {
            const std::uint64_t record = batch.record(row);
            const bool is_header = record == 0;
            if (!is_header && sample.rows.size() >= kSampleRows) return;
            if (!is_header && record < dialect.header_rows) continue;
            std::vector<std::string> cells;
            cells.reserve(batch.width(row));
            for (std::size_t column = 0; column < batch.width(row); ++column)
                cells.emplace_back(batch.cell(row, column));
            if (is_header) {
                sample.headers = std::move(cells);
            } else {
                sample.rows.push_back(std::move(cells));
                sample.lines.push_back(static_cast<std::size_t>(batch.line(row)));
            }
        }
    };
    reader.feed(text, take);
    if (whole) reader.finish(take); // else the last record may be cut
    return sample;
}

// --- which format
// ------------------------------------------------------------------------------------------------------------

struct Match {
    const Format* format = nullptr;
    std::size_t must = 0, helps = 0;
    double confidence = 0;
};

std::size_t count_present(std::span<const HeaderNames> names, const std::vector<Column>& columns) {
    return static_cast<std::size_t>(std::count_if(names.begin(), names.end(), [&](HeaderNames one) {
        return std::any_of(columns.begin(), columns.end(),
                           [&](const Column& column) { return is_named(column.name.key, one); });
    }));
}

Match match_format(const Format& format, const std::vector<Column>& columns) {
    Match match{&format, count_present(format.must, columns), count_present(format.helps, columns), 0};
    const double helps = format.helps.empty()
                             ? 1.0
                             : static_cast<double>(match.helps) / static_cast<double>(format.helps.size());
    match.confidence = format.tier == Format::Tier::tool ? 0.75 + 0.25 * helps : 0.6 + 0.3 * helps;
    return match;
}

/// The format whose required headers are all there and of which most headers are there; tools go before our
/// own layouts.
Match best_format(const std::vector<Column>& columns, TableKind wanted) {
    Match best;
    for (const Format* format : all_formats()) {
        if (wanted != TableKind::unknown && format->kind != wanted) continue;
        const Match match = match_format(*format, columns);
        if (match.must < format->must.size()) continue;
        const bool more = match.must * 2 + match.helps > best.must * 2 + best.helps;
        if (best.format == nullptr || format->tier < best.format->tier ||
            (format->tier == best.format->tier && more))
            best = match;
    }
    return best;
}

/// Our own layout for a kind: the rules for roles when a person has chosen the kind of an unknown file.
const Format* generic_format(TableKind kind) {
    for (const Format* format : all_formats()) {
        if (format->tier == Format::Tier::layout && format->kind == kind) return format;
    }
    return nullptr;
}

// --- which column is what
// ----------------------------------------------------------------------------------------------------

bool fits(const ColumnRule& rule, const Column& column, bool first_list_field) {
    using Values = ColumnRule::Values;
    const ColumnShape& shape = column.shape;
    switch (rule.values) {
    case Values::any:
        break;
    case Values::emails:
        return shape.mostly(shape.emails);
    case Values::arms:
        return shape.mostly(shape.arms) && shape.holdouts > 0;
    case Values::not_arms:
        return !(shape.mostly(shape.arms) && shape.holdouts > 0);
    case Values::hex_ids:
        return shape.mostly(shape.hex_ids);
    case Values::list_suffix:
        return first_list_field && column.name.suffix == "list";
    case Values::recurring:
        return shape.recurs();
    }
    return true;
}

bool is_person_key(Role role) {
    return role == Role::customer_id || role == Role::email || role == Role::external_id ||
           role == Role::account_id;
}

std::string damage_text(const ColumnShape& shape) {
    return "a spreadsheet has rounded its ids (" + shape.damaged_sample +
           "), so different ids became one: it cannot be used as a key. Export the file again and drop it "
           "here without opening it "
           "in a spreadsheet first";
}

/// Gives out the roles by the rules of a format. Every role goes to one column only.
class RoleGiver {
  public:
    RoleGiver(const std::vector<Column>& columns, std::vector<ColumnProposal>& proposals)
        : columns_(columns), proposals_(proposals), given_(static_cast<std::size_t>(Role::count_), false) {}

    /// `named_by`: what the default reason says, e.g. "known column of the Zendesk ticket export".
    void give(std::span<const ColumnRule> rules, std::string_view named_by) {
        std::vector<std::pair<const ColumnRule*, std::size_t>> without_values;
        for (const auto& rule : rules) {
            if (rule.role != Role::none && is_given(rule.role)) continue;
            const std::size_t found = find(rule);
            if (found == columns_.size()) continue;
            if (rule.role != Role::none && columns_[found].shape.filled == 0) {
                without_values.emplace_back(&rule, found);
                continue;
            }
            propose(found, rule.role, rule.why.empty() ? named_by : rule.why);
        }
        for (const auto& [rule, column] : without_values) {
            if (is_given(rule->role) || proposals_[column].role != Role::none) continue;
            propose(column, rule->role, "named so; it is empty in the first rows");
        }
        for (const auto& rule : rules)
            if (rule.values == ColumnRule::Values::recurring) explain_own_texts(rule.names);
    }

    bool is_given(Role role) const { return given_[static_cast<std::size_t>(role)]; }
    bool is_free(std::size_t column) const {
        return proposals_[column].role == Role::none && proposals_[column].why.empty();
    }

    void propose(std::size_t column, Role role, std::string_view why) {
        ColumnProposal& proposal = proposals_[column];
        if (role_info(role).type == RoleType::key && columns_[column].shape.damaged > 0) {
            proposal.damaged = true;
            proposal.why = damage_text(columns_[column].shape);
            return;
        }
        proposal.role = role;
        proposal.why = why;
        if (role != Role::none && !is_repeatable(role)) given_[static_cast<std::size_t>(role)] = true;
    }

  private:
    void explain_own_texts(HeaderNames names) {
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (is_free(i) && is_named(columns_[i].name.key, names) && !columns_[i].shape.recurs())
                propose(i, Role::none, "nearly every row has a text of its own: nothing to group by");
    }

    /// The first free column that the rule names and whose values fit; one with values before one without.
    std::size_t find(const ColumnRule& rule) const {
        std::size_t fallback = columns_.size();
        bool first_list_field = true;
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const Column& column = columns_[i];
            const bool is_list = column.name.suffix == "list";
            const bool named = rule.names.empty() ? is_list : is_named(column.name.key, rule.names);
            if (named && is_free(i) && fits(rule, column, first_list_field)) {
                if (column.shape.filled > 0) return i;
                if (fallback == columns_.size()) fallback = i;
            }
            if (is_list) first_list_field = false;
        }
        return fallback;
    }

    const std::vector<Column>& columns_;
    std::vector<ColumnProposal>& proposals_;
    std::vector<bool> given_;
};

/// Figures by period: whatever else is a number is shown as it is.
void give_extra_figures(const std::vector<Column>& columns, RoleGiver& giver) {
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (giver.is_free(i) && columns[i].shape.mostly(columns[i].shape.numbers))
            giver.propose(i, Role::extra_figure, "a number of your own: shown beside the others");
}

/// A file of no known kind: roles by the usual names where the values agree, then by the values alone.
void guess_roles(const std::vector<Column>& columns, std::vector<ColumnProposal>& proposals) {
    RoleGiver giver(columns, proposals);
    for (const TableKind kind :
         {TableKind::contacts, TableKind::outreaches, TableKind::exposure, TableKind::customers}) {
        for (const auto& rule : generic_format(kind)->columns) {
            for (std::size_t i = 0; i < columns.size() && rule.role != Role::none; ++i) {
                const ColumnShape& shape = columns[i].shape;
                if (giver.is_given(rule.role) || !giver.is_free(i) ||
                    !is_named(columns[i].name.key, rule.names))
                    continue;
                const bool is_time = role_info(rule.role).type == RoleType::instant;
                const bool agrees = is_time ? shape.mostly(shape.times + shape.serials)
                                            : rule.role != Role::email || shape.mostly(shape.emails);
                if (agrees && fits(rule, columns[i], false)) giver.propose(i, rule.role, "by its name");
            }
        }
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const ColumnShape& shape = columns[i].shape;
        if (!giver.is_free(i)) continue;
        if (!giver.is_given(Role::email) && shape.mostly(shape.emails)) {
            giver.propose(i, Role::email, "its values are e-mail addresses");
        } else if (!giver.is_given(Role::arm) && shape.mostly(shape.arms) && shape.holdouts > 0) {
            giver.propose(i, Role::arm, "its values name a held-out arm");
        } else if (!giver.is_given(Role::occurred_at) && shape.mostly(shape.times)) {
            giver.propose(i, Role::occurred_at, "its values are times");
        }
    }
    // An id that no name gave away: all values distinct is the row's own, values that come back are the
    // customer's.
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const ColumnShape& shape = columns[i].shape;
        if (!giver.is_free(i) || !shape.mostly(shape.ids) || shape.filled < 3) continue;
        const bool all_distinct = shape.distinct == shape.filled;
        if (all_distinct && !giver.is_given(Role::record_id) && i == 0) {
            giver.propose(i, Role::record_id, "its values are ids, each one once");
        } else if (!giver.is_given(Role::customer_id) && !giver.is_given(Role::email)) {
            giver.propose(i, Role::customer_id, "its values look like ids");
        }
    }
}

// --- zone, day and month, notices
// --------------------------------------------------------------------------------------------

bool is_time_role(Role role) {
    return role_info(role).type == RoleType::instant;
}

/// "46083.6270833 would be 2026-03-02 15:03:00"
std::string serial_question(const ColumnProposal& column) {
    std::string reading = iso_utc(parse_serial(column.serial).value);
    reading.pop_back();
    reading[10] = ' ';
    return "Column " + quoted(column.header) +
           " seems to hold a spreadsheet's day numbers in place of times: " + column.serial + " would be " +
           reading +
           ". Confirm that, or format the column as YYYY-MM-DD HH:MM in the spreadsheet and save it as CSV "
           "again.";
}

void judge_times(const std::vector<Column>& columns, Recognition& recognition) {
    std::vector<std::string> open_columns;
    bool orders_differ = false;
    bool any_year_first = false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!is_time_role(recognition.columns[i].role)) continue;
        const auto& [name, shape] = columns[i];
        if (!name.zone.empty()) {
            if (recognition.zone.empty()) {
                recognition.zone = name.zone;
            } else if (recognition.zone != name.zone) {
                recognition.notices.push_back("Column " + quoted(recognition.columns[i].header) +
                                              " names another time zone than " + recognition.zone +
                                              ", which is used for all columns of this file.");
            }
        }
        const std::string& serial = recognition.columns[i].serial;
        if (name.zone.empty() && (shape.local_times > 0 || !serial.empty())) recognition.zone_matters = true;
        const DateOrder order = shape.dates.order();
        if (order != DateOrder::undecided) {
            orders_differ = orders_differ || (recognition.date_order != DateOrder::undecided &&
                                              recognition.date_order != order);
            recognition.date_order = order;
        } else if (shape.dates.has_open_values()) {
            open_columns.push_back(quoted(recognition.columns[i].header) + " (" +
                                   shape.dates.first_open_text() + ")");
        } else if (shape.times > 0) {
            any_year_first = true;
        }
        if (!serial.empty()) {
            recognition.ask_serials = true;
            recognition.notices.push_back(serial_question(recognition.columns[i]));
        }
    }
    if (!recognition.zone.empty()) recognition.zone_matters = false;
    if (orders_differ) recognition.date_order = DateOrder::undecided; // each column then decides for itself
    recognition.ask_date_order =
        !open_columns.empty() && (recognition.date_order == DateOrder::undecided || orders_differ);
    if (recognition.ask_date_order) {
        recognition.notices.push_back("Day or month first? The first rows of " + listed(open_columns) +
                                      " can be read both ways. Choose the order.");
    } else if (recognition.date_order == DateOrder::undecided && any_year_first) {
        recognition.date_order = DateOrder::year_first;
    }
}

void add_notices(const std::vector<Column>& columns, const Format* format, Recognition& recognition) {
    if (format != nullptr) {
        for (const auto notice : format->notices)
            recognition.notices.emplace_back(notice);
    }
    if (recognition.zone_matters) {
        recognition.notices.emplace_back(
            format != nullptr && !format->zone_notice.empty()
                ? format->zone_notice
                : std::string_view("The times in this file carry no time zone. Choose the zone in which they "
                                   "were written."));
    }
    std::vector<std::string> damaged;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (recognition.columns[i].damaged) damaged.push_back(quoted(recognition.columns[i].header));
    }
    if (!damaged.empty()) {
        recognition.notices.push_back(
            "A spreadsheet has rounded the ids in " + listed(damaged) + " to numbers like 1.03E+13. " +
            (damaged.size() == 1 ? "It is" : "They are") +
            " not used as a key. Export the file again and drop it here without opening it in a "
            "spreadsheet first.");
    }
    const bool needs_person =
        recognition.kind == TableKind::contacts || recognition.kind == TableKind::outreaches;
    const bool has_person =
        std::any_of(recognition.columns.begin(), recognition.columns.end(),
                    [](const ColumnProposal& column) { return is_person_key(column.role); });
    if (needs_person && !has_person && format != nullptr && !format->person_notice.empty()) {
        recognition.notices.emplace_back(format->person_notice);
    }
}

} // namespace

Recognition recognise(std::string_view file_name, std::string_view head, bool head_is_whole_file,
                      const RecogniseOptions& options) {
    Recognition recognition;
    recognition.problem = check_container(file_name, head, head_is_whole_file);
    if (!recognition.problem.ok()) return recognition;

    const csv::EncodingGuess encoding = csv::detect_encoding(head, head_is_whole_file);
    recognition.encoding = options.encoding.value_or(encoding.encoding);
    recognition.bom_bytes = encoding.bom_bytes;
    csv::Decoder decoder(recognition.encoding, recognition.bom_bytes);
    std::string text;
    decoder.feed(head, text);
    if (head_is_whole_file) decoder.finish(text);
    recognition.problem = check_text(file_name, text);
    if (!recognition.problem.ok()) return recognition;

    recognition.dialect =
        options.dialect ? *options.dialect : csv::detect_dialect(text, head_is_whole_file).dialect;
    Sample sample = read_sample(text, recognition.dialect, head_is_whole_file);
    if (sample.headers.empty() && !head_is_whole_file)
        sample = read_sample(text, recognition.dialect, true); // one endless line
    if (sample.headers.empty()) {
        recognition.problem = Status::error(
            StatusCode::bad_input, quoted(file_name) + " holds no table: only blank lines or notes.");
        return recognition;
    }
    if (!options.dialect && recognition.dialect.header_rows > 0 && is_data_row(sample.headers))
        recognition.dialect.header_rows = 0;
    if (recognition.dialect.header_rows == 0) {
        sample.rows.insert(sample.rows.begin(), sample.headers);
        sample.lines.insert(sample.lines.begin(), recognition.dialect.skip_lines + std::size_t{1});
        for (std::size_t i = 0; i < sample.headers.size(); ++i)
            sample.headers[i] = "Column " + std::to_string(i + 1);
        recognition.notices.emplace_back(
            "The first line holds data, so this file seems to have no header row. Its columns are "
            "called Column 1, Column 2 and so on: say what they are.");
    }

    const std::vector<ColumnShape> shapes = judge_columns(sample.rows, sample.lines, sample.headers);
    std::vector<Column> columns;
    for (std::size_t i = 0; i < sample.headers.size(); ++i) {
        columns.push_back({parse_header(sample.headers[i]), shapes[i]});
        ColumnProposal proposal;
        proposal.header = trim(sample.headers[i]);
        proposal.samples = shapes[i].samples;
        if (shapes[i].serials * 2 >= shapes[i].filled) proposal.serial = shapes[i].serial_sample;
        recognition.columns.push_back(std::move(proposal));
    }

    const Match match = best_format(columns, options.kind);
    const Format* format = match.format;
    if (format != nullptr) {
        recognition.format = format->id;
        recognition.format_label = format->label;
        recognition.kind = format->kind;
        recognition.confidence = match.confidence;
        recognition.reasons.push_back(
            "Its header has " +
            (match.must == 1 ? std::string("the column") : "all " + std::to_string(match.must) + " columns") +
            " that mark this kind of file.");
        if (!format->helps.empty()) {
            recognition.reasons.push_back("It has " + std::to_string(match.helps) + " of " +
                                          std::to_string(format->helps.size()) +
                                          " further columns that such files usually have.");
        }
        if (!format->refusal.empty()) {
            recognition.problem = Status::error(StatusCode::not_supported,
                                                quoted(file_name) + ": " + std::string(format->refusal));
            return recognition;
        }
        RoleGiver giver(columns, recognition.columns);
        giver.give(format->columns,
                   format->tier == Format::Tier::layout ? "by its name" : "a known column of this export");
        if (format->tier == Format::Tier::report)
            giver.give(generic_format(format->kind)->columns, "by its name");
        if (format->kind == TableKind::periods) give_extra_figures(columns, giver);
    } else if (options.kind != TableKind::unknown && generic_format(options.kind) != nullptr) {
        format = generic_format(options.kind);
        recognition.format = format->id;
        recognition.format_label = format->label;
        recognition.kind = options.kind;
        recognition.reasons.emplace_back("You chose this kind.");
        RoleGiver giver(columns, recognition.columns);
        giver.give(format->columns, "by its name");
        if (options.kind == TableKind::periods) give_extra_figures(columns, giver);
    } else {
        recognition.kind = options.kind;
        recognition.reasons.emplace_back(
            "Its header is that of no export known here. Say what the file holds; the proposed roles come "
            "from the columns' names and values.");
        guess_roles(columns, recognition.columns);
    }
    for (auto& proposal : recognition.columns) {
        if (proposal.role == Role::none && proposal.why.empty()) proposal.why = "not needed";
    }
    judge_times(columns, recognition);
    add_notices(columns, format, recognition);
    if (const auto remarks = csv::header_remarks(sample.headers);
        !remarks.empty() && recognition.dialect.header_rows > 0) {
        recognition.notices.push_back(counted(remarks.size(), "column name is", "column names are") +
                                      " empty or repeated; columns are told apart by their position.");
    }

    if (sample.rows.empty() && head_is_whole_file) {
        recognition.problem = Status::error(
            StatusCode::bad_input, quoted(file_name) + " has a header but no rows below it. Check the "
                                                       "dates and filters that were chosen for the export.");
    }
    return recognition;
}

Mapping proposed_mapping(const Recognition& recognition) {
    Mapping mapping;
    mapping.kind = recognition.kind;
    mapping.format = recognition.format;
    mapping.roles.reserve(recognition.columns.size());
    for (const auto& column : recognition.columns)
        mapping.roles.push_back(column.role);
    mapping.zone = recognition.zone;
    mapping.date_order = recognition.date_order;
    return mapping;
}

namespace {

Status check_roles(const Recognition& recognition, const Mapping& mapping) {
    if (!recognition.problem.ok()) return recognition.problem;
    if (mapping.roles.size() != recognition.columns.size()) {
        return Status::error(StatusCode::misuse,
                             "The mapping has " + std::to_string(mapping.roles.size()) + " roles for " +
                                 std::to_string(recognition.columns.size()) + " columns.");
    }
    if (mapping.kind == TableKind::unknown) {
        return Status::error(
            StatusCode::missing,
            "Say what this file holds: messages sent, tickets, customers, an audience with its assignment, "
            "signals, survey answers, or one of the others in the list.");
    }
    std::vector<std::size_t> column_of(static_cast<std::size_t>(Role::count_), recognition.columns.size());
    std::vector<std::string> damaged;
    for (std::size_t i = 0; i < mapping.roles.size(); ++i) {
        const Role role = mapping.roles[i];
        const ColumnProposal& column = recognition.columns[i];
        if (column.damaged) damaged.push_back(quoted(column.header));
        if (role == Role::none || is_repeatable(role)) continue;
        auto& holder = column_of[static_cast<std::size_t>(role)];
        if (holder != recognition.columns.size()) {
            return Status::error(StatusCode::bad_input,
                                 "Columns " + quoted(recognition.columns[holder].header) + " and " +
                                     quoted(column.header) + " are both taken for \"" +
                                     std::string(role_info(role).label) + "\". Choose one of them.");
        }
        holder = i;
        if (column.damaged && role_info(role).type == RoleType::key) {
            return Status::error(
                StatusCode::bad_input,
                "Column " + quoted(column.header) +
                    " cannot be a key: a spreadsheet has rounded its ids to numbers like 1.03E+13, "
                    "so different ids became one. Export the file again and drop it here without "
                    "opening it in a spreadsheet first, or choose another column.");
        }
    }
    const auto has = [&](Role role) {
        return column_of[static_cast<std::size_t>(role)] != recognition.columns.size();
    };
    for (const Need& need : needs_of(mapping.kind)) {
        if (std::any_of(need.one_of.begin(), need.one_of.end(), [&](Role role) {
                return has(role) || (is_repeatable(role) &&
                                     std::count(mapping.roles.begin(), mapping.roles.end(), role) > 0);
            }))
            continue;
        const bool is_who =
            std::find(need.one_of.begin(), need.one_of.end(), Role::customer_id) != need.one_of.end();
        if (is_who && !damaged.empty()) {
            return Status::error(
                StatusCode::bad_input,
                "Nothing tells the customers apart: " + listed(damaged) +
                    " would, but a spreadsheet has rounded the ids to numbers like 1.03E+13, so "
                    "different customers became one. Export the file again and drop it here "
                    "without opening it in a spreadsheet first.");
        }
        std::string message(need.message);
        const Format* format = find_format(mapping.format);
        if (is_who && format != nullptr && !format->person_notice.empty())
            message += " " + std::string(format->person_notice);
        return Status::error(StatusCode::missing, message);
    }
    // Views counted by article need the article; single views are of use without.
    if (mapping.kind == TableKind::self_service && has(Role::views) && !has(Role::article_id)) {
        return Status::error(StatusCode::missing,
                             "Choose the column that names the article: its id or title.");
    }
    return Status::success();
}

} // namespace

Status check_mapping(const Recognition& recognition, const Mapping& mapping) {
    if (Status status = check_roles(recognition, mapping); !status.ok() || mapping.accept_serials)
        return status;
    for (std::size_t i = 0; i < mapping.roles.size(); ++i) {
        const ColumnProposal& column = recognition.columns[i];
        if (is_time_role(mapping.roles[i]) && !column.serial.empty())
            return Status::error(StatusCode::missing, serial_question(column));
    }
    return Status::success();
}

} // namespace preempt::intake
