#include "core/calculator_state.hpp"

#include "core/base/text.hpp"
#include "core/history/history.hpp"
#include "core/intake/block.hpp"
#include "core/intake/format.hpp"
#include "core/intake/preview.hpp"
#include "core/report/catalogue.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace preempt {
namespace {

using intake::Reason;
using intake::Role;

std::string one_character(char c) {
    return c == '\0' ? "" : std::string(1, c);
}

/// The answers of a person add up: what the new one leaves open stays as it was. What changes the columns, or
/// what they can mean, asks for new roles.
void add_answer(report::MappingRequest& all, const report::MappingRequest& answer) {
    bool other_columns = false;
    const auto text = [](std::string& into, const std::string& from) {
        if (from.empty() || from == into) return false;
        into = from;
        return true;
    };
    other_columns |= text(all.kind, answer.kind);
    other_columns |= text(all.encoding, answer.encoding);
    other_columns |= text(all.delimiter, answer.delimiter);
    other_columns |= text(all.quote, answer.quote);
    for (auto member : {&report::MappingRequest::skip_lines, &report::MappingRequest::header_rows})
        if (answer.*member && answer.*member != all.*member) {
            all.*member = answer.*member;
            other_columns = true;
        }
    text(all.zone, answer.zone);
    text(all.date_order, answer.date_order);
    text(all.score_scale, answer.score_scale);
    if (answer.accept_serials) all.accept_serials = answer.accept_serials;
    if (!answer.roles.empty())
        all.roles = answer.roles;
    else if (other_columns)
        all.roles.clear();
}

/// The dialect that a person asks for, from the one that was detected.
std::optional<csv::Dialect> asked_dialect(const csv::Dialect& detected,
                                          const report::MappingRequest& answer) {
    auto dialect = detected;
    const auto character = [](const std::string& text) { return text == "none" ? '\0' : text[0]; };
    if (!answer.delimiter.empty()) dialect.delimiter = character(answer.delimiter);
    if (!answer.quote.empty()) dialect.quote = character(answer.quote);
    if (answer.skip_lines) dialect.skip_lines = static_cast<std::uint32_t>(std::max(0, *answer.skip_lines));
    if (answer.header_rows)
        dialect.header_rows = static_cast<std::uint32_t>(std::clamp(*answer.header_rows, 0, 2));
    if (dialect == detected) return std::nullopt;
    dialect.columns = 0; // the detected width speaks of the detected dialect
    return dialect;
}

const char* order_name(DateOrder order) {
    switch (order) {
    case DateOrder::year_first:
        return "year_first";
    case DateOrder::day_first:
        return "day_first";
    case DateOrder::month_first:
        return "month_first";
    default:
        return "undecided";
    }
}

DateOrder order_from_name(std::string_view name) {
    for (const auto order : {DateOrder::year_first, DateOrder::day_first, DateOrder::month_first})
        if (name == order_name(order)) return order;
    return DateOrder::undecided;
}

/// An instant as its file shows it: local times without a zone.
std::string shown(Instant value, bool zoned) {
    auto text = iso_utc(value);
    if (!zoned) text.pop_back(); // the Z
    return text;
}

void note_range(OpenFile& file) {
    const auto* times = file.table->instants_of(Role::occurred_at);
    if (times == nullptr) times = file.table->instants_of(Role::eligible_at);
    if (times == nullptr) times = file.table->instants_of(Role::period_start);
    if (times == nullptr) return;
    std::size_t first = file.table->rows, last = first;
    for (std::size_t row = 0; row < file.table->rows; ++row) {
        if (file.table->reason[row] != Reason::used || times->value[row] == kNoInstant) continue;
        if (first == file.table->rows || times->value[row] < times->value[first]) first = row;
        if (last == file.table->rows || times->value[row] > times->value[last]) last = row;
    }
    if (first == file.table->rows) return;
    const auto zoned = [&](std::size_t row) {
        return (times->flags[row] & table::InstantColumn::kZoned) != 0;
    };
    file.info.first_time = shown(times->value[first], zoned(first));
    file.info.last_time = shown(times->value[last], zoned(last));
}

bool has_serial_times(const OpenFile& file) {
    const auto& columns = file.recognition.columns;
    for (std::size_t c = 0; c < columns.size() && c < file.mapping.roles.size(); ++c)
        if (!columns[c].serial.empty() &&
            intake::role_info(file.mapping.roles[c]).type == intake::RoleType::instant)
            return true;
    return false;
}

void describe(OpenFile& file) {
    auto& info = file.info;
    const auto& r = file.recognition;
    info.format = file.mapping.format;
    info.format_label = r.format_label;
    info.kind = intake::kind_name(file.mapping.kind);
    info.confidence = r.confidence;
    info.reasons = r.reasons;
    info.notices = r.notices;
    const auto dialect = file.mapping.dialect.value_or(r.dialect);
    info.encoding = csv::encoding_name(file.mapping.encoding.value_or(r.encoding));
    info.delimiter = one_character(dialect.delimiter);
    info.quote = one_character(dialect.quote);
    info.skip_lines = static_cast<std::int32_t>(dialect.skip_lines);
    info.header_rows = static_cast<std::int32_t>(dialect.header_rows);
    info.zone = file.mapping.zone;
    info.zone_in_header = r.zone;
    // The days of these tables mark months and years: hours of difference decide nothing.
    info.zone_matters = r.zone_matters && file.mapping.kind != intake::TableKind::customers &&
                        file.mapping.kind != intake::TableKind::periods;
    info.date_order = order_name(file.mapping.date_order);
    info.ask_date_order = r.ask_date_order;
    info.ask_serials = has_serial_times(file);
    std::vector<std::string> headers;
    for (const auto& column : r.columns)
        headers.push_back(column.header);
    info.fingerprint = headers.empty() ? "" : intake::header_fingerprint(headers);
    info.columns.clear();
    for (std::size_t c = 0; c < r.columns.size(); ++c) {
        report::ColumnInfo column;
        column.header = r.columns[c].header;
        const auto name = [](Role role) {
            return role == Role::none ? std::string() : std::string(intake::role_info(role).name);
        };
        column.role = c < file.mapping.roles.size() ? name(file.mapping.roles[c]) : "";
        column.proposed_role = name(r.columns[c].role);
        column.why = r.columns[c].why;
        column.samples = r.columns[c].samples;
        info.columns.push_back(std::move(column));
    }
}

void note_scores(OpenFile& file) {
    const auto& scoring = file.table->scoring;
    if (!scoring.has_scores) return;
    const auto& scale = intake::scale_info(scoring.scale);
    auto& info = file.info;
    const auto& counts = scoring.counts;
    info.score_rule.scale = scale.name;
    info.score_rule.label = scale.label;
    info.score_rule.words = scale.words;
    info.score_rule.chosen = file.mapping.score_scale.has_value();
    if (scoring.scale != intake::ScoreScale::unknown && scoring.scale != intake::ScoreScale::stated) {
        info.score_rule.min = scale.min;
        info.score_rule.max = scale.max;
    }
    info.score_rule.satisfied_from = intake::kSatisfied;
    info.score_counts = {counts.answers,   counts.satisfied, counts.bot_answers, counts.bot_satisfied,
                         counts.no_answer, counts.not_asked, counts.off_scale};
    info.ask_score_scale = scoring.scale == intake::ScoreScale::unknown && counts.off_scale > 0;
}

} // namespace

Calculator::Calculator() : state_(std::make_unique<State>()) {
    state_->zones.emplace("UTC", Zone::utc());
}
Calculator::~Calculator() = default;
Calculator::Calculator(Calculator&&) noexcept = default;
Calculator& Calculator::operator=(Calculator&&) noexcept = default;

void Calculator::set_parallel(Parallel parallel) {
    state_->parallel = parallel;
    ++state_->revision;
}

void Calculator::set_zone(const std::string& name, std::vector<Zone::Change> changes) {
    if (changes.empty() || name == "UTC") return;
    state_->zones.insert_or_assign(name, Zone(name, std::move(changes)));
    ++state_->revision;
}

std::int32_t Calculator::open(const std::string& name, std::uint64_t bytes) {
    const auto id = state_->next_id++;
    auto& file = state_->files[id];
    file.info.id = id;
    file.info.name = name;
    file.bytes = bytes;
    file.info.state = "recognised";
    return id;
}

Result<report::FileInfo> Calculator::recognise(std::int32_t id, std::string_view head,
                                               bool head_is_whole_file,
                                               const report::MappingRequest& answer) {
    auto* file = state_->find(id);
    if (file == nullptr)
        return Status::error(StatusCode::misuse, "There is no file " + std::to_string(id) + ".");
    ++state_->revision;
    file->reader.reset();
    file->table.reset();
    file->info.message.clear();
    file->info.warnings.clear();
    file->info.rows_read = file->info.rows_set_aside = 0;
    file->info.first_time.clear();
    file->info.last_time.clear();
    file->info.score_rule = {};
    file->info.score_counts = {};
    file->info.ask_score_scale = false;
    file->info.reread_as.clear();
    file->set_aside.reset();
    add_answer(file->answer, answer);
    const auto& all = file->answer;
    intake::RecogniseOptions options;
    if (!all.kind.empty()) options.kind = intake::kind_from_name(all.kind);
    for (const auto encoding : csv::all_encodings())
        if (csv::encoding_name(encoding) == all.encoding) options.encoding = encoding;
    file->recognition = intake::recognise(file->info.name, head, head_is_whole_file, options);
    if (const auto dialect = asked_dialect(file->recognition.dialect, all);
        dialect && file->recognition.problem.ok()) {
        options.dialect = dialect;
        file->recognition = intake::recognise(file->info.name, head, head_is_whole_file, options);
    }
    const auto& recognition = file->recognition;
    file->mapping = intake::proposed_mapping(recognition);
    auto& mapping = file->mapping;
    mapping.encoding = options.encoding;
    mapping.dialect = options.dialect;
    if (!all.kind.empty()) mapping.kind = options.kind;
    if (all.roles.size() == recognition.columns.size())
        for (std::size_t c = 0; c < mapping.roles.size(); ++c)
            mapping.roles[c] = intake::role_from_name(all.roles[c]);
    if (!all.zone.empty()) mapping.zone = all.zone;
    if (!all.date_order.empty()) mapping.date_order = order_from_name(all.date_order);
    mapping.accept_serials = all.accept_serials;
    if (const auto scale = intake::scale_from_name(all.score_scale); scale != intake::ScoreScale::unknown)
        mapping.score_scale = scale;
    if (recognition.problem.ok()) {
        auto& info = file->info;
        const auto encoding = csv::detect_encoding(head, head_is_whole_file);
        info.encoding_certain = options.encoding.has_value() || encoding.certain;
        const bool is_late = all.encoding == file->late_encoding && options.encoding;
        info.encoding_why = is_late ? "Behind its beginning the file holds bytes that are no UTF-8."
                            : options.encoding ? "You chose it."
                                               : encoding.reason;
        info.preview = intake::preview(head, head_is_whole_file, recognition.encoding, recognition.bom_bytes,
                                       mapping.dialect.value_or(recognition.dialect), 8);
        std::string text;
        csv::Decoder(recognition.encoding, recognition.bom_bytes).feed(head, text);
        const auto guess = csv::detect_dialect(text, head_is_whole_file);
        info.consistency = guess.consistency;
        info.dialect_why = options.dialect ? "You chose it." : guess.reason;
    }
    describe(*file);
    if (!recognition.problem.ok()) {
        file->info.state = "failed";
        file->info.message = recognition.problem.message;
        return file->info;
    }
    if (const auto status = intake::check_mapping(recognition, mapping); !status.ok()) {
        file->info.state = "needs_answer";
        file->info.message = status.message;
        return file->info;
    }
    file->info.state = "reading";
    file->reader.emplace(file->info.name, recognition, mapping, file->bytes);
    file->reader->set_parallel({state_->parallel.threads, state_->parallel.run});
    return file->info;
}

Status Calculator::append(std::int32_t id, std::string_view bytes) {
    auto* file = state_->find(id);
    if (file == nullptr || !file->reader)
        return Status::error(StatusCode::misuse, "The file is not being read.");
    file->reader->append(bytes);
    return Status::success();
}

bool Calculator::suits_blocks(std::int32_t id) const {
    const auto* file = state_->find(id);
    return file != nullptr && file->reader && file->reader->suits_blocks();
}

Result<report::MappingRequest> Calculator::answers(std::int32_t id) const {
    const auto* file = state_->find(id);
    if (file == nullptr) return Status::error(StatusCode::misuse, "There is no such file.");
    return file->answer;
}

Result<intake::BlockReader> Calculator::block_reader(std::int32_t id) const {
    const auto* file = state_->find(id);
    if (file == nullptr || !file->reader)
        return Status::error(StatusCode::misuse, "The file is not being read.");
    return intake::BlockReader(file->recognition, file->mapping);
}

Status Calculator::take(std::int32_t id, const intake::Block& block,
                        const std::function<std::string_view()>& stretch) {
    auto* file = state_->find(id);
    if (file == nullptr || !file->reader)
        return Status::error(StatusCode::misuse, "The file is not being read.");
    file->reader->take(block, stretch);
    return Status::success();
}

std::int64_t Calculator::rows(std::int32_t id) const {
    const auto* file = state_->find(id);
    if (file == nullptr) return 0;
    return file->reader ? static_cast<std::int64_t>(file->reader->rows_so_far()) : file->info.rows_read;
}

Result<report::FileInfo> Calculator::close(std::int32_t id) {
    auto* file = state_->find(id);
    if (file == nullptr || !file->reader)
        return Status::error(StatusCode::misuse, "The file is not being read.");
    auto read = file->reader->finish();
    if (const auto other = file->reader->reread_as())
        file->late_encoding = file->info.reread_as = csv::encoding_name(*other);
    file->info.ask_serials = file->info.ask_serials || file->reader->saw_serials();
    file->reader.reset();
    ++state_->revision;
    if (!read.ok()) {
        // What an answer can mend is asked for; anything else is a failed file.
        file->info.state = file->recognition.ask_date_order || read.status().code == StatusCode::missing
                               ? "needs_answer"
                               : "failed";
        file->info.message = read.status().message;
        return file->info;
    }
    file->table.emplace(std::move(read.value()));
    file->info.state = "read";
    file->info.rows_read = static_cast<std::int64_t>(file->table->rows);
    file->info.rows_set_aside = static_cast<std::int64_t>(std::count_if(
        file->table->reason.begin(), file->table->reason.end(), [](Reason r) { return r != Reason::used; }));
    file->info.warnings = file->table->warnings;
    note_range(*file);
    note_scores(*file);
    return file->info;
}

Status Calculator::remove(std::int32_t id) {
    if (state_->files.erase(id) == 0)
        return Status::error(StatusCode::misuse, "There is no file " + std::to_string(id) + ".");
    ++state_->revision;
    return Status::success();
}

Status Calculator::begin_set_aside(std::int32_t id) {
    auto* file = state_->find(id);
    if (file == nullptr || !file->table)
        return Status::error(StatusCode::misuse, "The file has not been read.");
    const auto* reasons = &file->table->reason;
    if (state_->history && state_->history_key && state_->history_key->revision == state_->revision) {
        std::size_t place = 0; // the history's files are those that were read, in the order of their ids
        for (const auto& [other, candidate] : state_->files) {
            if (!candidate.table) continue;
            if (other == id) reasons = &state_->history->reason[place];
            ++place;
        }
    }
    file->set_aside.emplace(file->recognition, file->mapping, *file->table, *reasons);
    return Status::success();
}

Status Calculator::append_set_aside(std::int32_t id, std::string_view bytes) {
    auto* file = state_->find(id);
    if (file == nullptr || !file->set_aside)
        return Status::error(StatusCode::misuse, "No list of set-aside rows was begun.");
    file->set_aside->append(bytes);
    return Status::success();
}

Result<std::string> Calculator::take_set_aside(std::int32_t id) {
    auto* file = state_->find(id);
    if (file == nullptr || !file->set_aside)
        return Status::error(StatusCode::misuse, "No list of set-aside rows was begun.");
    auto text = file->set_aside->finish();
    file->set_aside.reset();
    return text;
}

std::vector<report::FileInfo> Calculator::files() const {
    std::vector<report::FileInfo> all;
    for (const auto& [id, file] : state_->files)
        all.push_back(file.info);
    return all;
}

report::Vocabulary Calculator::vocabulary() {
    report::Vocabulary all;
    using intake::TableKind;
    for (const auto kind :
         {TableKind::outreaches, TableKind::contacts, TableKind::exposure, TableKind::customers,
          TableKind::engagement, TableKind::signals, TableKind::surveys, TableKind::self_service,
          TableKind::periods, TableKind::changes, TableKind::owners}) {
        report::KindOption option{
            std::string(intake::kind_name(kind)), std::string(intake::kind_label(kind)), {}};
        for (const auto role : intake::roles_of(kind)) {
            const auto& info = intake::role_info(role);
            // Contacts can do without ids, but then a ticket in two versions counts twice: ask for them.
            const bool ask = kind == TableKind::contacts && role == Role::record_id;
            report::RoleOption entry{std::string(info.name), std::string(info.label), ask, ""};
            for (const auto& need : intake::needs_of(kind)) {
                if (std::find(need.one_of.begin(), need.one_of.end(), role) == need.one_of.end()) continue;
                if (need.one_of.size() == 1)
                    entry.required = true;
                else
                    entry.group = need.name;
            }
            option.roles.push_back(std::move(entry));
        }
        all.kinds.push_back(std::move(option));
    }
    for (const auto role : history::attributes())
        all.attributes.emplace_back(intake::role_info(role).name);
    for (const auto& scale : intake::all_scales())
        if (scale.scale != intake::ScoreScale::unknown && scale.scale != intake::ScoreScale::stated)
            all.score_scales.push_back(
                {std::string(scale.name), std::string(scale.label), std::string(scale.words)});
    report::add_catalogue(all);
    return all;
}

} // namespace preempt
