#include "core/calculator_state.hpp"

#include "core/base/sort_list.hpp"
#include "core/report/build.hpp"

#include <algorithm>
#include <array>

namespace preempt {

using intake::Reason;

namespace {

/// Every row of the file: used, or set aside with one reason, at reading time or by the history.
report::File ledger_of(const intake::FileTable& table, const std::vector<Reason>& reasons) {
    report::File file;
    file.name = table.name;
    file.kind = intake::kind_name(table.kind);
    file.format = table.format;
    file.rows_read = static_cast<std::int64_t>(table.rows);
    file.warnings = table.warnings;
    std::array<std::int64_t, static_cast<std::size_t>(Reason::count_)> count{};
    constexpr std::size_t kSamples = 50;
    for (const auto& sample : table.set_aside_samples)
        file.samples.push_back({static_cast<std::int64_t>(sample.line),
                                std::string(intake::reason_name(sample.reason)), sample.detail,
                                sample.cells});
    for (std::size_t row = 0; row < table.rows; ++row) {
        ++count[static_cast<std::size_t>(reasons[row])];
        if (reasons[row] != table.reason[row] && file.samples.size() < kSamples)
            file.samples.push_back({table.line[row],
                                    std::string(intake::reason_name(reasons[row])),
                                    std::string(intake::reason_label(reasons[row])),
                                    {}});
    }
    sort_list(file.samples, [](const auto& a, const auto& b) { return a.line < b.line; });
    file.used = count[static_cast<std::size_t>(Reason::used)];
    for (std::size_t r = 1; r < count.size(); ++r)
        if (count[r] > 0)
            file.set_aside.push_back({std::string(intake::reason_name(static_cast<Reason>(r))),
                                      std::string(intake::reason_label(static_cast<Reason>(r))), count[r]});
    return file;
}

/// Every window is still running: nothing can be counted yet.
std::optional<std::string> all_pending_message(const evidence::Evidence& e, const Zone& zone,
                                               double window_days) {
    std::int64_t counted = 0, pending = 0;
    Instant first_end = kNoInstant;
    for (const auto* cells : {&e.messages.cells, &e.assignment_totals.cells, &e.broadcasts.cells})
        for (const auto& cell : *cells) {
            counted += cell.episodes + cell.reactive + cell.censored + cell.dropped;
            pending += cell.pending;
            if (cell.pending == 0) continue;
            const auto end = cell.first_start + e.question.window;
            if (first_end == kNoInstant || end < first_end) first_end = end;
        }
    if (!e.has_contacts || counted > 0 || pending == 0) return std::nullopt;
    if (e.coverage_end == kNoInstant)
        return "No contact is left to count: every row of the contacts files was set aside (see the ledger). "
               "Check "
               "that the right file was exported, or say until when it is complete.";
    std::string days = std::to_string(window_days);
    days.erase(days.find_last_not_of('0') + 1);
    if (days.back() == '.') days.pop_back();
    return "All " + std::to_string(pending) + " windows of " + days +
           " days are still running: the contacts end on " + local_date(e.coverage_end, zone) +
           ", and the first window is complete on " + local_date(first_end, zone) +
           ". Export the contacts again after that day, choose a shorter window, or correct the day until "
           "which the contacts are complete.";
}

} // namespace

std::vector<OpenFile*> Calculator::State::read_files() {
    std::vector<OpenFile*> read;
    for (auto& [id, file] : files)
        if (file.table) read.push_back(&file);
    return read;
}

Status Calculator::State::prepare(const Asked& asked) {
    const auto read = read_files();
    const auto& zone = *asked.question.zone;
    if (read.empty())
        return Status::error(StatusCode::missing, "There is no file to work with yet. Drop the exports of "
                                                  "your helpdesk and of your messaging tool.");

    const HistoryKey wanted{revision, asked.unit, zone.name(), asked.coverage_end};
    if (!history || !(history_key == wanted)) {
        history::Options options;
        options.unit = asked.unit;
        options.zone = &zone;
        options.zones = &zones;
        options.coverage_end = asked.coverage_end;
        std::vector<intake::FileTable>
            tables; // lent for the call: the tables hold the columns, copies would double the memory
        tables.reserve(read.size());
        for (auto* file : read)
            tables.push_back(std::move(*file->table));
        auto built = history::build_history(tables, options);
        for (std::size_t f = 0; f < read.size(); ++f)
            *read[f]->table = std::move(tables[f]);
        if (!built.ok()) return built.status();
        last_found.reset(); // it points into the history
        engine.reset();
        history.emplace(std::move(built.value()));
        engine.emplace(*history, parallel);
        history_key = wanted;
    }
    // Without contacts only what the team noted itself, and what people clicked, can be reported.
    if (!history->has_contacts && !history->has_outcomes && !history->has_engagement)
        return Status::error(
            StatusCode::missing,
            "There are no tickets or conversations among the files, so nobody can say who contacted you. "
            "Add the export of your helpdesk.");
    if (!history->has_outreaches && !history->has_arms && !history->has_signals)
        return Status::error(
            StatusCode::missing,
            "There are no messages sent among the files. Add the export of your messaging tool.");
    return Status::success();
}

Result<report::Report> Calculator::evaluate(const report::EvaluateRequest& request) {
    auto& s = *state_;
    auto read_asked = read_request(request, s.zones);
    if (!read_asked.ok()) return read_asked.status();
    auto& asked = read_asked.value();
    const auto& zone = *asked.question.zone;
    if (const auto status = s.prepare(asked); !status.ok()) return status;
    const auto& history = *s.history;
    const auto read = s.read_files();

    auto evidence = s.engine->gather(asked.question);
    if (asked.expected_holdout_share)
        for (auto& [experiment, size] : evidence.design.experiments)
            size.expected_holdout_share = asked.expected_holdout_share;
    if (const auto message = all_pending_message(evidence, zone, request.window_days))
        return Status::error(StatusCode::bad_input, *message);

    report::Session session;
    session.settings = std::move(asked.settings);
    auto& settings = session.settings;
    settings.unit = history.unit == history::Unit::account ? "account" : "person";
    settings.unit_why = history.unit_why;
    settings.coverage_start = history.coverage_start == kNoInstant ? "" : iso_utc(history.coverage_start);
    settings.coverage_end = history.coverage_end == kNoInstant ? "" : iso_utc(history.coverage_end);
    settings.coverage_end_assumed = history.coverage_end_assumed;
    for (std::size_t f = 0; f < read.size(); ++f)
        session.files.push_back(ledger_of(*read[f]->table, history.reason[f]));
    for (const auto* file : read)
        if (file->info.zone_matters && file->mapping.zone.empty())
            session.warnings.push_back(
                {"zone_assumed", file->info.name +
                                     " does not say in which time zone its times are. They were read as " +
                                     zone.name() + "; choose the zone if that is wrong."});
    if (history.coverage_end_assumed && history.has_contacts)
        session.warnings.push_back(
            {"coverage_assumed", "The contacts are taken to be complete until the last one, " +
                                     local_date(history.coverage_end, zone) +
                                     ". Say so if the export reaches further."});
    const auto& health = history.health;
    if (health.contacts_in_scope > 0 && health.contacts_matched * 10 < health.contacts_in_scope * 9)
        session.warnings.push_back(
            {"match_rate",
             "Only " + std::to_string(health.contacts_matched) + " of " +
                 std::to_string(health.contacts_in_scope) +
                 " contacts come from people who stand in the other files. The others look like silence."});
    if (health.direction_assumed > 0)
        session.warnings.push_back(
            {"direction_assumed",
             std::to_string(health.direction_assumed) +
                 " contacts were taken for inbound because their file does not say who began them."});
    if (!health.shared_keys.empty())
        session.warnings.push_back(
            {"shared_keys",
             "\"" + health.shared_keys.front() +
                 "\" stands beside many different ids (a shared mailbox?) and was not used to join people."});
    return report::build_report(evidence, std::move(session));
}

Result<report::Report> Calculator::evaluate_typed(const report::TypedRequest& request) {
    auto asked = read_request(request);
    if (!asked.ok()) return asked.status();
    report::Session session;
    session.settings = std::move(asked.value().settings);
    return report::build_report(evidence::from_typed(asked.value().counts, asked.value().question),
                                std::move(session));
}

} // namespace preempt
