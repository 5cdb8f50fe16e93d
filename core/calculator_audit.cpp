// The episodes behind a number (Calculator::audit): finds them by the walk of the evaluation, and tells of
// each from which rows of which files it comes. In: a request. Out: a page, or all of it as CSV.
#include "core/calculator_state.hpp"

#include "core/base/sort_list.hpp"
#include "core/base/text.hpp"
#include "core/metrics/effects/matched.hpp"
#include "core/report/json.hpp"

#include <algorithm>
#include <string_view>

namespace preempt {
namespace {

using evidence::Mark;
using evidence::Population;
using history::Arm;
using history::kNobody;
using intake::Role;

constexpr std::size_t kMostRows = 1'000'000; ///< a spreadsheet holds a few more
constexpr std::int64_t kMostOnPage = 1000;
constexpr std::size_t kRowsAtOnce = 4096; ///< of a CSV, so that no second copy of everything is held

// --------------------------------------------------------------------------------- rows of the files by id

class Rows {
  public:
    Rows(const history::History& history, std::vector<OpenFile*> files)
        : history_(history), files_(std::move(files)) {}

    struct Place {
        const intake::FileTable* table = nullptr; ///< null = no such row
        std::size_t row = 0, file = 0;
    };
    Place place(std::uint32_t origin) const {
        const auto& start = history_.file_start;
        if (origin == kNobody || start.empty()) return {};
        const auto file =
            static_cast<std::size_t>(std::upper_bound(start.begin(), start.end(), origin) - start.begin()) -
            1;
        return {&*files_[file]->table, origin - start[file], file};
    }
    std::string_view text(const Place& place, Role role) const {
        if (place.table == nullptr) return {};
        const auto* column = place.table->text_of(role);
        return column == nullptr ? std::string_view{} : column->dictionary.text(column->code[place.row]);
    }
    /// The customer as the row names it: what people know it by first.
    std::string_view customer(const Place& place) const {
        const bool account = history_.unit == history::Unit::account;
        for (const auto role : {account ? Role::account_id : Role::external_id, Role::customer_id,
                                Role::email, Role::external_id, Role::account_id})
            if (const auto name = text(place, role); !name.empty()) return name;
        return {};
    }
    std::uint32_t origin_of(const evidence::Listed& listed, Population population) const {
        if (population == Population::calendar && listed.arm == Arm::holdout)
            return history_.customer_origin[listed.unit];
        const bool sent = population != Population::assignments && listed.arm != Arm::holdout;
        return sent ? history_.outreaches.origin[listed.source] : history_.assignments.origin[listed.source];
    }
    report::AuditSource source(const char* what, std::uint32_t origin) const {
        const auto at = place(origin);
        if (at.table == nullptr) return {what, "", "", 0};
        return {what, std::string(text(at, Role::record_id)), at.table->name, at.table->line[at.row]};
    }

  private:
    const history::History& history_;
    std::vector<OpenFile*> files_;
};

/// Marks the units of which some row holds the text in an id, whatever the row is about.
class Search {
  public:
    Search(const history::History& history, const Rows& rows, std::string_view text)
        : history_(history), rows_(rows), wanted_(folded(trim(text))) {}

    std::vector<std::uint8_t> units() {
        std::vector<std::uint8_t> found(history_.units, 0);
        const auto look = [&](const std::vector<std::uint32_t>& unit,
                              const std::vector<std::uint32_t>& origin) {
            for (std::size_t row = 0; row < origin.size(); ++row)
                if (unit[row] != kNobody && found[unit[row]] == 0 && matches(origin[row]))
                    found[unit[row]] = 1;
        };
        look(history_.outreaches.unit, history_.outreaches.origin);
        look(history_.assignments.unit, history_.assignments.origin);
        look(history_.contacts.unit, history_.contacts.origin);
        for (std::size_t unit = 0; unit < history_.customer_origin.size(); ++unit)
            if (found[unit] == 0 && matches(history_.customer_origin[unit])) found[unit] = 1;
        return found;
    }

  private:
    bool matches(std::uint32_t origin) {
        const auto at = rows_.place(origin);
        if (at.table == nullptr) return false;
        for (const auto role :
             {Role::external_id, Role::customer_id, Role::email, Role::account_id, Role::record_id})
            if (const auto* column = at.table->text_of(role); column != nullptr) {
                const auto& match = matching(*column);
                if (match[column->code[at.row]] != 0) return true;
            }
        return false;
    }
    /// Which texts of a column match: each is looked at once.
    const std::vector<std::uint8_t>& matching(const table::TextColumn& column) {
        auto& match = matching_[&column];
        if (match.empty()) {
            match.assign(column.dictionary.size(), 0);
            for (std::uint32_t code = 1; code < match.size(); ++code)
                match[code] = folded(column.dictionary.text(code)).find(wanted_) == std::string::npos ? 0 : 1;
        }
        return match;
    }

    const history::History& history_;
    const Rows& rows_;
    std::string wanted_;
    std::map<const table::TextColumn*, std::vector<std::uint8_t>> matching_;
};

// ------------------------------------------------------------------------------------------- the question

/// Which episodes a metric counts. Whatever is compared without a holdout counts those of the source that
/// leads.
report::MetricEpisodes episodes_of(std::string_view metric, const evidence::Evidence& evidence,
                                   const Asked& asked) {
    const auto level = asked.settings.level;
    const auto leading = [&] {
        const auto basis = metrics::compare_matched(evidence, level, asked.settings.plan).leading.basis;
        return report::population_of(basis).value_or(Population::matched);
    };
    if (metric == "M08") return {Population::messages, Arm::none, Mark::induced};
    if (metric == "M05") return {leading(), Arm::none, Mark::count_};
    if (metric == "M11" && !metrics::compare_holdout(evidence, level, asked.settings.plan).available)
        return {leading(), Arm::holdout, Mark::contacted};
    if (metric == "M11") return {Population::assignments, Arm::holdout, Mark::contacted};
    if (metric == "M20") { // signals that nobody acted on; the held-out where there are none
        const auto& cells = evidence.matched.cells;
        const bool left_alone = std::any_of(cells.begin(), cells.end(), [](const evidence::Cell& cell) {
            return cell.arm == Arm::holdout && cell.episodes > 0;
        });
        return {left_alone ? Population::matched : Population::assignments, Arm::holdout, Mark::contacted};
    }
    if (metric == "M06" || metric == "M29" || metric == "M34")
        return {Population::assignments, Arm::none, Mark::count_};
    return {Population::messages, Arm::none, Mark::silent};
}

struct AskedAudit {
    evidence::ListRequest list;
    Mark numerator = Mark::count_;
};

Status refuse(std::string message) {
    return Status::error(StatusCode::bad_input, std::move(message));
}

Result<AskedAudit> read_audit(const report::AuditRequest& request, const Asked& asked,
                              evidence::Engine& engine) {
    AskedAudit audit;
    auto& list = audit.list;
    if (!request.metric.empty()) {
        if (!report::has_episodes(request.metric))
            return refuse("\"" + request.metric + "\" does not count episodes.");
        const auto of = episodes_of(request.metric, engine.gather(asked.question), asked);
        list.population = of.population;
        list.arm = of.arm;
        audit.numerator = of.numerator;
    }
    if (!request.population.empty()) {
        const auto population = report::population_of(request.population);
        if (!population) return refuse("There are no episodes called \"" + request.population + "\".");
        list.population = *population;
    }
    if (request.arm == "treated")
        list.arm = Arm::treated;
    else if (request.arm == "holdout")
        list.arm = Arm::holdout;
    else if (!request.arm.empty())
        return refuse("An arm is treated or holdout, not \"" + request.arm + "\".");
    for (const auto& condition : request.where)
        list.where.push_back({condition.by, condition.value});
    if (request.outcome == "numerator")
        list.mark = audit.numerator;
    else if (!request.outcome.empty()) {
        list.mark = report::mark_of(request.outcome);
        if (list.mark == Mark::count_) return refuse("There is no outcome \"" + request.outcome + "\".");
    }
    return audit;
}

// --------------------------------------------------------------------------------------------- the answer

class Teller {
  public:
    Teller(const history::History& history, const Rows& rows, const Zone& zone, Population population)
        : history_(history), rows_(rows), zone_(zone), population_(population) {}

    report::AuditEpisode tell(const evidence::Listed& listed, evidence::Detail& detail) const {
        const auto& episode = detail.episode;
        report::AuditEpisode row;
        row.unit = rows_.customer(rows_.place(rows_.origin_of(listed, population_)));
        row.arm = episode.arm == Arm::holdout ? "holdout" : "treated";
        row.trigger = history_.dictionary[history::kTriggerAttribute].text(detail.trigger);
        row.outreach_type = history_.dictionary[history::kOutreachTypeAttribute].text(detail.type);
        row.group = std::move(detail.group);
        row.start = iso_utc(episode.start);
        row.day_only = detail.whole_days;
        row.start_local =
            detail.whole_days
                ? local_date(episode.start, history_.day_zones[history_.day_precision[episode.unit] - 1U])
                : local(episode.start);
        row.state = state_of(episode);
        const auto reason = report::reason_of(detail);
        row.reason = reason.code;
        row.words = reason.words;
        row.dose = detail.is_moment ? 0 : episode.dose;
        row.contacts = episode.contacts;
        row.induced = episode.induced;
        row.confirmed = episode.confirmed;
        row.escalated = episode.escalated > 0;
        row.lookback_truncated = episode.lookback_truncated;
        add_sources(listed, detail, row.sources);
        const bool counted = episode.state == episodes::State::counted;
        for (const auto& seen : detail.contacts)
            row.seen.push_back(contact(seen, episode.start, counted));
        return row;
    }

  private:
    std::string local(Instant at) const {
        auto text = iso_utc(zone_.to_local(at));
        text.pop_back(); // the Z
        return text;
    }

    static std::string_view state_of(const episodes::Episode& episode) {
        for (std::size_t mark = 0; mark <= static_cast<std::size_t>(Mark::dropped); ++mark)
            if (evidence::has_mark(episode, static_cast<Mark>(mark)))
                return report::said_of(static_cast<Mark>(mark)).code;
        return {};
    }

    void add_sources(const evidence::Listed& listed, const evidence::Detail& detail,
                     std::vector<report::AuditSource>& sources) const {
        const auto& sent = history_.outreaches.origin;
        const auto& assigned = history_.assignments;
        if (detail.is_moment) {
            sources.push_back(rows_.source("customer", rows_.origin_of(listed, population_)));
            return;
        }
        const auto add = [&](std::uint32_t row) {
            if (detail.is_outreach)
                sources.push_back(rows_.source("message", sent[row]));
            else
                sources.push_back(rows_.source(assigned.arm[row] == Arm::none ? "signal" : "assignment",
                                               assigned.origin[row]));
        };
        add(detail.episode.source);
        for (const auto row : detail.joined)
            add(row);
        if (detail.is_outreach && detail.episode.signal != kNobody)
            sources.push_back(rows_.source("signal", assigned.origin[detail.episode.signal]));
        if (!detail.is_outreach && detail.episode.message != kNobody)
            sources.push_back(rows_.source("message", sent[detail.episode.message]));
    }

    report::AuditContact contact(const evidence::SeenContact& seen, Instant start, bool counted) const {
        constexpr std::int64_t kMinute = 60'000;
        const auto& contacts = history_.contacts;
        const auto at = contacts.at[seen.contact];
        const auto source = rows_.source("contact", contacts.origin[seen.contact]);
        const auto said = report::said_of(seen.bearing);
        report::AuditContact row;
        row.at = iso_utc(at);
        row.local = local(at);
        const auto delay = seen.at - start;
        row.delay_minutes = (delay >= 0 ? delay : delay - kMinute + 1) / kMinute; // rounded down
        row.topic = history_.dictionary[history::kTopicAttribute].text(contacts.topic[seen.contact]);
        row.id = source.id;
        row.file = source.file;
        row.line = source.line;
        row.counted = counted && seen.is_credited();
        row.reason = said.code;
        row.words = said.words;
        return row;
    }

    const history::History& history_;
    const Rows& rows_;
    const Zone& zone_;
    Population population_;
};

/// By start; what starts at once by the customer's id, then by the row, for any order of files.
void sort_listed(std::vector<evidence::Listed>& all, const Rows& rows, Population population) {
    const auto tie = [&](const evidence::Listed& one) {
        const auto at = rows.place(rows.origin_of(one, population));
        return std::tuple(rows.customer(at), one.arm,
                          at.table == nullptr ? std::string_view{} : std::string_view(at.table->name),
                          at.table == nullptr ? 0U : at.table->line[at.row]);
    };
    sort_list(all, [&](const evidence::Listed& a, const evidence::Listed& b) {
        return a.start != b.start ? a.start < b.start : tie(a) < tie(b);
    });
}

} // namespace

/// What an audit has found: the episodes in their order, and all that is needed to tell of them.
struct Calculator::State::Found {
    std::string asked_for; ///< the request, but for the page
    std::int64_t revision;
    Asked asked;
    AskedAudit audit;
    evidence::Listing listing;
    Rows rows;
};

Result<std::shared_ptr<const Calculator::State::Found>>
Calculator::State::find_episodes(const report::AuditRequest& request) {
    auto whole = request;
    whole.offset = whole.limit = 0;
    auto asked_for = report::to_json(whole);
    if (last_found && last_found->revision == revision && last_found->asked_for == asked_for)
        return last_found;
    last_found.reset();
    auto asked = read_request(request.question, zones);
    if (!asked.ok()) return asked.status();
    if (const auto status = prepare(asked.value()); !status.ok()) return status;
    auto audit = read_audit(request, asked.value(), *engine);
    if (!audit.ok()) return audit.status();
    Rows rows(*history, read_files());
    auto& list = audit.value().list;
    if (!trim(request.search).empty()) list.units = Search(*history, rows, request.search).units();
    auto listing = engine->list(asked.value().question, list);
    if (!listing.ok()) return listing.status();
    sort_listed(listing.value().episodes, rows, list.population);
    last_found = std::make_shared<const Found>(Found{std::move(asked_for), revision, std::move(asked.value()),
                                                     std::move(audit.value()), std::move(listing.value()),
                                                     std::move(rows)});
    return last_found;
}

std::vector<report::AuditEpisode> Calculator::State::tell_of(const Found& of, std::size_t from,
                                                             std::size_t count) {
    const auto population = of.audit.list.population;
    const auto& all = of.listing.episodes;
    from = std::min(from, all.size());
    const std::span<const evidence::Listed> some(all.data() + from, std::min(count, all.size() - from));
    auto details = engine->details(of.asked.question, population, some);
    const Teller teller(*history, of.rows, *of.asked.question.zone, population);
    std::vector<report::AuditEpisode> rows;
    rows.reserve(some.size());
    for (std::size_t i = 0; i < some.size(); ++i)
        rows.push_back(teller.tell(some[i], details[i]));
    return rows;
}

Result<report::AuditPage> Calculator::audit(const report::AuditRequest& request) {
    auto result = state_->find_episodes(request);
    if (!result.ok()) return result.status();
    const auto& found = *result.value();
    const auto& list = found.audit.list;
    report::AuditPage page;
    page.population = report::name_of(list.population);
    page.arm = list.arm == Arm::none ? "" : list.arm == Arm::holdout ? "holdout" : "treated";
    if (found.audit.numerator != Mark::count_) page.numerator = report::said_of(found.audit.numerator).code;
    page.total = static_cast<std::int64_t>(found.listing.episodes.size());
    for (std::size_t mark = 0; mark < evidence::kMarks; ++mark) {
        const auto said = report::said_of(static_cast<Mark>(mark));
        if (const auto count = found.listing.count[mark]; count > 0)
            page.outcomes.push_back({std::string(said.code), std::string(said.words), count});
    }
    page.window_days = request.question.window_days;
    page.zone = found.asked.settings.zone;
    page.rows =
        state_->tell_of(found, static_cast<std::size_t>(std::max<std::int64_t>(0, request.offset)),
                        static_cast<std::size_t>(std::clamp<std::int64_t>(request.limit, 0, kMostOnPage)));
    return page;
}

Result<std::string> Calculator::audit_csv(const report::AuditRequest& request) {
    auto result = state_->find_episodes(request);
    if (!result.ok()) return result.status();
    const auto& found = *result.value();
    const auto total = found.listing.episodes.size();
    if (total > kMostRows)
        return refuse("These are " + std::to_string(total) +
                      " episodes, more than a spreadsheet holds. Filter them first, by an outcome or by a "
                      "group.");
    std::string text;
    report::append_csv_header(text);
    report::AuditPage part;
    for (std::size_t from = 0; from < total; from += kRowsAtOnce) {
        part.rows = state_->tell_of(found, from, kRowsAtOnce);
        report::append_csv(part, text);
    }
    return text;
}

} // namespace preempt
