// What stands beside messages and contacts: articles read (T6), owners (T8), figures by period (T9), changes
// (T10). In: their rows. Out: the logs of logs.hpp, in time order.
#include "core/history/work.hpp"

#include "core/base/sort_list.hpp"
#include "core/intake/vocabulary.hpp"

#include <cmath>
#include <map>

namespace preempt::history {
namespace {

double number_at(const FileTable& file, Role role, std::size_t row) {
    const auto* column = file.numbers_of(role);
    return column == nullptr ? std::nan("") : column->value[row];
}

std::int64_t count_at(const FileTable& file, Role role, std::size_t row) {
    const double stated = number_at(file, role, row);
    return stated > 0 && stated < 1e15 ? static_cast<std::int64_t>(stated) : 0;
}

std::string string_at(const FileTable& file, Role role, std::size_t row) {
    return std::string(text_at(file.text_of(role), row));
}

// ------------------------------------------------------------------------------------------------- articles

/// A view that names its source by the campaign or content: the last such message that the unit got before.
std::uint32_t message_of_campaign(const Work& w, std::string_view text, std::uint32_t unit, Instant at) {
    const auto& sent = w.history.outreaches;
    for (const auto role : {Role::campaign, Role::content_id, Role::trigger}) {
        const auto a = static_cast<std::size_t>(attribute_index(intake::role_info(role).name));
        const auto code = w.history.dictionary[a].find(text);
        if (code == 0 || sent.attribute[a].empty()) continue;
        for (auto o = sent.first[unit + 1]; o-- > sent.first[unit];)
            if (sent.at[o] <= at && sent.attribute[a][o] == code) return o;
    }
    return kNobody;
}

/// Views one by one.
class FileOfViews {
  public:
    FileOfViews(Work& work, std::size_t f, table::Dictionary& sessions)
        : w_(work), f_(f),
          file_(work.files[f]), codes_{recoded(Role::article_id, work.history.articles),
                                       recoded(Role::topic, work.history.dictionary[kTopicAttribute]),
                                       recoded(Role::session_id, sessions)} {}

    void read() {
        for (std::size_t row = 0; row < file_.rows; ++row) {
            if (!w_.is_used(f_, row)) continue;
            if (w_.is_internal(f_, row)) {
                w_.set_aside(f_, row, Reason::internal);
                continue;
            }
            const auto at = w_.clock(f_, Role::occurred_at, row);
            const auto helpful = intake::parse_helpful(text_at(file_.text_of(Role::helpful), row));
            const auto vote = !helpful ? Stated::nothing : *helpful ? Stated::yes : Stated::no;
            if (const auto unit = w_.unit_of(f_, row); unit != kNobody)
                add(w_.history.views, row, unit, at, vote);
            else
                add(w_.history.anonymous_views, row, at, vote);
        }
    }

  private:
    std::vector<std::uint32_t> recoded(Role role, table::Dictionary& into) const {
        const auto* column = file_.text_of(role);
        return column == nullptr ? std::vector<std::uint32_t>{} : recode(*column, into);
    }

    std::uint32_t code(std::size_t which, Role role, std::size_t row) const {
        return codes_[which].empty() ? 0 : codes_[which][file_.text_of(role)->code[row]];
    }

    template <class Views>
    void add_codes(Views& out, std::size_t row, Instant at, Stated vote) const {
        out.at.push_back(at);
        out.article.push_back(code(0, Role::article_id, row));
        out.topic.push_back(code(1, Role::topic, row));
        out.session.push_back(code(2, Role::session_id, row));
        out.helpful.push_back(vote);
    }

    void add(AnonymousViews& out, std::size_t row, Instant at, Stated vote) const {
        add_codes(out, row, at, vote);
    }

    void add(ArticleViews& out, std::size_t row, std::uint32_t unit, Instant at, Stated vote) const {
        add_codes(out, row, at, vote);
        out.unit.push_back(unit);
        const auto source = text_at(file_.text_of(Role::source), row);
        auto message = source.empty() ? kNobody : w_.message_named(source, unit, at);
        if (message == kNobody && !source.empty()) message = message_of_campaign(w_, source, unit, at);
        out.source.push_back(message);
        if (message != kNobody) note_engagement(message, at, vote);
    }

    /// Reading what a message led to is engagement with it (5.5.9), a vote for it a confirmation (5.5.12).
    void note_engagement(std::uint32_t message, Instant at, Stated vote) const {
        auto& sent = w_.history.outreaches;
        if (at < sent.at[message]) return;
        sent.engaged_at.set(message, earliest(sent.engaged_at[message], at));
        if (vote == Stated::yes) sent.confirmed_at.set(message, earliest(sent.confirmed_at[message], at));
        w_.history.has_engagement = true;
    }

    Work& w_;
    std::size_t f_;
    const FileTable& file_;
    std::array<std::vector<std::uint32_t>, 3> codes_; ///< article, topic, session
};

/// Views counted by article.
void read_article_counts(Work& w, std::size_t f) {
    const auto& file = w.files[f];
    const auto* topic = file.text_of(Role::topic);
    for (std::size_t row = 0; row < file.rows; ++row) {
        if (!w.is_used(f, row)) continue;
        if (std::isnan(number_at(file, Role::views, row))) {
            w.set_aside(f, row, Reason::missing_number);
            continue;
        }
        ArticlePeriod one;
        one.article = w.history.articles.encode(text_at(file.text_of(Role::article_id), row));
        one.topic = w.history.dictionary[kTopicAttribute].encode(text_at(topic, row));
        one.period_start = w.time(f, Role::period_start, row);
        one.views = count_at(file, Role::views, row);
        one.conversations_started = count_at(file, Role::conversations_started, row);
        one.helpful_yes = count_at(file, Role::helpful_yes, row);
        one.helpful_no = count_at(file, Role::helpful_no, row);
        w.history.article_periods.push_back(one);
    }
}

void sort_views(Work& w) {
    auto& views = w.history.views;
    const auto order = order_by_unit(views.unit, w.history.units, [&](std::uint32_t a, std::uint32_t b) {
        return views.at[a] != views.at[b] ? views.at[a] < views.at[b] : a < b;
    });
    for (auto* column : {&views.unit, &views.article, &views.topic, &views.session, &views.source})
        reorder(*column, order);
    reorder(views.at, order);
    reorder(views.helpful, order);
    if (views.size() > 0) views.first = offsets(views.unit, w.history.units);

    auto& anonymous = w.history.anonymous_views;
    std::vector<std::uint32_t> by_time(anonymous.size());
    for (std::uint32_t i = 0; i < by_time.size(); ++i)
        by_time[i] = i;
    sort_list(by_time, [&](std::uint32_t a, std::uint32_t b) { return anonymous.at[a] < anonymous.at[b]; });
    for (auto* column : {&anonymous.article, &anonymous.topic, &anonymous.session})
        reorder(*column, by_time);
    reorder(anonymous.at, by_time);
    reorder(anonymous.helpful, by_time);
}

// ------------------------------------------------------------------------------------------------- programme

void read_owners(Work& w) {
    w.each_row(TableKind::owners, [&](std::size_t f, std::size_t row) {
        const auto& file = w.files[f];
        Owner owner;
        owner.id = string_at(file, Role::owner_id, row);
        owner.name = string_at(file, Role::name, row);
        owner.team = string_at(file, Role::team, row);
        owner.branch = intake::branch_name(text_at(file.text_of(Role::branch), row));
        owner.raci = intake::raci_letter(text_at(file.text_of(Role::raci), row));
        owner.handle = string_at(file, Role::handle, row);
        w.history.owners.push_back(std::move(owner));
    });
}

/// Fills what `into` does not state.
void complete(PeriodFigures& into, const PeriodFigures& from) {
    const auto fill = [](double& a, double b) {
        if (std::isnan(a)) a = b;
    };
    fill(into.active_customers, from.active_customers);
    fill(into.active_accounts, from.active_accounts);
    fill(into.support_cost, from.support_cost);
    fill(into.outreach_cost, from.outreach_cost);
    for (std::size_t i = 0; i < into.extra.size(); ++i)
        fill(into.extra[i], from.extra[i]);
}

PeriodFigures figures_of(const Work& w, std::size_t f, std::size_t row,
                         const std::vector<std::size_t>& place) {
    const auto& file = w.files[f];
    PeriodFigures one;
    one.start = w.time(f, Role::period_start, row);
    one.active_customers = number_at(file, Role::active_customers, row);
    one.active_accounts = number_at(file, Role::active_accounts, row);
    one.support_cost = number_at(file, Role::support_cost, row);
    one.outreach_cost = number_at(file, Role::outreach_cost, row);
    one.extra.assign(w.history.extra_figures.size(), std::nan(""));
    for (std::size_t i = 0; i < place.size(); ++i)
        one.extra[place[i]] = file.extra_numbers[i].column.value[row];
    return one;
}

bool is_empty(const PeriodFigures& one) {
    const auto nothing = [](double value) { return std::isnan(value); };
    return nothing(one.active_customers) && nothing(one.active_accounts) && nothing(one.support_cost) &&
           nothing(one.outreach_cost) && std::all_of(one.extra.begin(), one.extra.end(), nothing);
}

/// Several files may each state a part of the same periods; in one file the first row of a period stands.
void read_periods(Work& w) {
    auto& names = w.history.extra_figures;
    std::vector<std::vector<std::size_t>> place(w.files.size()); // of each file's figures among all
    for (const auto f : w.file_order)
        for (const auto& figure : w.files[f].extra_numbers) {
            const auto found = std::find(names.begin(), names.end(), figure.name);
            place[f].push_back(static_cast<std::size_t>(found - names.begin()));
            if (found == names.end()) names.push_back(figure.name);
        }
    std::map<Instant, std::pair<PeriodFigures, std::size_t>> periods; // and the file that spoke last
    w.each_row(TableKind::periods, [&](std::size_t f, std::size_t row) {
        const auto one = figures_of(w, f, row, place[f]);
        if (is_empty(one)) {
            w.set_aside(f, row, Reason::missing_number);
            return;
        }
        const auto [known, added] = periods.try_emplace(one.start, one, f);
        if (added) return;
        if (known->second.second == f) {
            w.set_aside(f, row, Reason::duplicate);
            return;
        }
        complete(known->second.first, one);
        known->second.second = f;
    });
    for (auto& [start, entry] : periods)
        w.history.periods.push_back(std::move(entry.first));
}

void read_changes(Work& w) {
    auto& changes = w.history.changes;
    w.each_row(TableKind::changes, [&](std::size_t f, std::size_t row) {
        const auto& file = w.files[f];
        Change change;
        change.id = string_at(file, Role::record_id, row);
        change.at = w.time(f, Role::occurred_at, row);
        change.branch = intake::branch_name(text_at(file.text_of(Role::branch), row));
        change.trigger = string_at(file, Role::trigger, row);
        change.content = string_at(file, Role::content_id, row);
        change.owner = string_at(file, Role::owner_id, row);
        change.expected_metric = string_at(file, Role::expected_metric, row);
        change.expected_direction =
            intake::parse_direction_of_change(text_at(file.text_of(Role::expected_direction), row));
        change.incident = intake::is_incident(text_at(file.text_of(Role::change_kind), row));
        change.note = string_at(file, Role::note, row);
        changes.push_back(std::move(change));
    });
    sort_list(changes, [](const Change& a, const Change& b) { return a.at < b.at; });
}

} // namespace

void read_self_service(Work& w) {
    table::Dictionary sessions;
    for (const auto f : w.file_order) {
        if (w.files[f].kind != TableKind::self_service) continue;
        if (w.files[f].numbers_of(Role::views) != nullptr)
            read_article_counts(w, f);
        else
            FileOfViews(w, f, sessions).read();
    }
    sort_views(w);
    sort_list(w.history.article_periods,
              [](const ArticlePeriod& a, const ArticlePeriod& b) { return a.period_start < b.period_start; });
}

void read_programme(Work& w) {
    read_owners(w);
    read_periods(w);
    read_changes(w);
}

} // namespace preempt::history
