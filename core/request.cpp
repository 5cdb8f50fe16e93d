#include "core/request.hpp"

#include "core/base/text.hpp"
#include "core/base/time_text.hpp"
#include "core/metrics/catalogue.hpp"

#include <algorithm>
#include <cmath>

namespace preempt {
namespace {

constexpr double kMostDays = 90;

Status refuse(std::string message) {
    return Status::error(StatusCode::bad_input, std::move(message));
}

/// `2026-03-31` is the beginning of that local day, or with `whole_day` its end; anything else is the instant
/// itself.
std::optional<Instant> parse_moment(const std::string& text, const Zone& zone, bool whole_day) {
    const auto time = parse_time(trim(text), DateOrder::year_first);
    if (!time.ok()) return std::nullopt;
    if (time.day_only) return zone.to_utc(whole_day ? time.value + kMillisecondsPerDay : time.value).utc;
    return time.zoned ? time.value : zone.to_utc(time.value).utc;
}

Status read_moment(const std::string& text, const Zone& zone, bool whole_day, Instant& into) {
    if (text.empty()) return Status::success();
    const auto parsed = parse_moment(text, zone, whole_day);
    if (!parsed) return refuse("\"" + text + "\" is no date. Write it as 2026-03-31.");
    into = *parsed;
    return Status::success();
}

std::optional<evidence::Strata> strata_from_name(std::string_view name) {
    if (name == "auto" || name.empty()) return evidence::Strata::automatic;
    if (name == "experiment") return evidence::Strata::experiment;
    if (name == "trigger") return evidence::Strata::trigger;
    if (name == "segment") return evidence::Strata::segment;
    if (name == "trigger_segment") return evidence::Strata::trigger_segment;
    return std::nullopt;
}

Status read_days(double days, const char* what, std::int64_t& into) {
    if (!(days > 0 && days <= kMostDays))
        return refuse(std::string(what) + " must be longer than 0 and at most 90 days.");
    into = std::llround(days * kMillisecondsPerDay);
    return Status::success();
}

Status check_level(double level) {
    if (level > 0 && level < 1) return Status::success();
    return refuse("The confidence level must lie between 0 and 1, for instance 0.95.");
}

Status check_share(const std::optional<double>& share) {
    if (!share || (*share > 0 && *share < 1)) return Status::success();
    return refuse("The designed holdout share must lie between 0 and 1, for instance 0.2.");
}

/// A range is set against a metric of the catalogue and of no other definition (G14). Silence alone is an
/// upper bound and measures no success (metrics.md 6.3).
Status check_range(const metrics::CustomRange& range) {
    if (trim(range.label).empty()) return refuse("Give your range a name.");
    const auto all = metrics::catalogue();
    if (std::none_of(all.begin(), all.end(), [&](const auto& entry) { return range.metric == entry.id; }))
        return refuse("The range \"" + range.label + "\" is of no metric that is known here: \"" +
                      range.metric + "\".");
    if (range.metric == "M04")
        return refuse("The no-contact rate is an upper bound, not a success: it is not set against a range.");
    if (!std::isfinite(range.low) ||
        (range.high && !(*range.high >= range.low && std::isfinite(*range.high))))
        return refuse("The range \"" + range.label + "\" must begin with its lower end.");
    return Status::success();
}

/// Money and plan, of either kind of request.
template <class Request>
Status read_plan(const Request& request, metrics::Plan& plan) {
    struct Amount {
        const std::optional<double>& value;
        const char* what;
    };
    for (const auto& [value, what] : {Amount{request.cost_per_contact, "The cost of a contact"},
                                      Amount{request.cost_per_outreach, "The cost of an outreach"},
                                      Amount{request.minutes_per_contact, "The minutes for a contact"}})
        if (value && !(*value >= 0 && *value <= 1e9))
            return refuse(std::string(what) + " must be a number, 0 or more.");
    if (request.planned_units && !(*request.planned_units >= 1 && *request.planned_units <= 1e12))
        return refuse("The planned number of customers must be 1 or more.");
    if (request.snapshots < 1) return refuse("The number of exports looked at must be 1 or more.");
    plan.cost_per_contact = request.cost_per_contact;
    plan.cost_per_outreach = request.cost_per_outreach;
    plan.minutes_per_contact = request.minutes_per_contact;
    plan.planned_units = request.planned_units;
    plan.snapshots = request.snapshots;
    for (const auto& range : request.custom_ranges)
        if (auto s = check_range(range); !s.ok()) return s;
    plan.custom_ranges = request.custom_ranges;
    return Status::success();
}

std::string attribute_name(int attribute) {
    return std::string(intake::role_info(history::attributes()[static_cast<std::size_t>(attribute)]).name);
}

Status read_breakdown(const std::string& name, int& attribute, std::string& used) {
    if (name.empty()) return Status::success();
    attribute = history::attribute_index(name);
    if (attribute < 0) return refuse("Nothing can be broken down by \"" + name + "\".");
    used = attribute_name(attribute);
    return Status::success();
}

Status read_filters(const std::vector<report::Filter>& filters, Asked& asked) {
    for (const auto& filter : filters) {
        evidence::Filter one{history::attribute_index(filter.attribute), filter.values, filter.exclude};
        if (one.attribute < 0) return refuse("Nothing can be filtered by \"" + filter.attribute + "\".");
        if (one.values.empty()) {
            if (filter.exclude) continue; // leaves nothing out
            return refuse("The filter on " + filter.attribute +
                          " names no value. Choose at least one, or remove the filter.");
        }
        asked.settings.filters.push_back({attribute_name(one.attribute), filter.values, filter.exclude});
        asked.question.filters.push_back(std::move(one));
    }
    return Status::success();
}

Status read_names(const report::EvaluateRequest& request, Asked& asked) {
    const auto strata = strata_from_name(request.strata);
    if (!strata)
        return refuse("Strata can be auto, experiment, trigger, segment or trigger_segment, not \"" +
                      request.strata + "\".");
    asked.question.strata = *strata;
    if (request.unit == "person")
        asked.unit = history::Unit::person;
    else if (request.unit == "account")
        asked.unit = history::Unit::account;
    else if (request.unit != "auto" && !request.unit.empty())
        return refuse("The unit can be auto, person or account, not \"" + request.unit + "\".");
    if (request.scope != "all_topics" && request.scope != "same_topic" && !request.scope.empty())
        return refuse("The scope can be all_topics or same_topic, not \"" + request.scope + "\".");
    asked.question.same_topic = request.scope == "same_topic";
    return Status::success();
}

Status read_span(const report::EvaluateRequest& request, const Zone& zone, Asked& asked) {
    auto& question = asked.question;
    if (auto s = read_moment(request.coverage_end, zone, true, asked.coverage_end); !s.ok()) return s;
    if (auto s = read_moment(request.from, zone, false, question.from); !s.ok()) return s;
    if (auto s = read_moment(request.to, zone, true, question.to); !s.ok()) return s;
    if (question.from != kNoInstant && question.to != kNoInstant && question.from >= question.to)
        return refuse("The first day must not lie after the last one.");
    if (question.from != kNoInstant) asked.settings.from = iso_utc(question.from);
    if (question.to != kNoInstant) asked.settings.to = iso_utc(question.to);
    return Status::success();
}

} // namespace

Result<Asked> read_request(const report::EvaluateRequest& request, const std::map<std::string, Zone>& zones) {
    Asked asked;
    auto& question = asked.question;
    auto& settings = asked.settings;
    if (auto s = check_level(request.level); !s.ok()) return s;
    if (auto s = read_days(request.window_days, "The window", question.window); !s.ok()) return s;
    const auto zone = zones.find(request.zone.empty() ? "UTC" : request.zone);
    if (zone == zones.end())
        return Status::error(StatusCode::missing,
                             "The time zone \"" + request.zone +
                                 "\" is not known. Use an IANA name such as Europe/Berlin.");
    question.zone = &zone->second;
    if (auto s = read_names(request, asked); !s.ok()) return s;
    if (auto s = read_breakdown(request.breakdown, question.breakdown, settings.breakdown); !s.ok()) return s;
    if (auto s =
            read_breakdown(request.second_breakdown, question.second_breakdown, settings.second_breakdown);
        !s.ok())
        return s;
    if (question.second_breakdown >= 0 && question.breakdown < 0)
        return refuse("A second breakdown needs a first one.");
    if (question.second_breakdown == question.breakdown) {
        question.second_breakdown = -1;
        settings.second_breakdown.clear();
    }
    if (auto s = check_share(request.expected_holdout_share); !s.ok()) return s;
    asked.expected_holdout_share = request.expected_holdout_share;
    if (auto s = read_span(request, zone->second, asked); !s.ok()) return s;
    if (auto s = read_days(request.lookback_days, "The time for which a signal counts", question.lookback);
        !s.ok())
        return s;
    if (auto s = read_days(request.repeat_days, "The time for a repeat contact", question.repeat_window);
        !s.ok())
        return s;
    if (auto s = read_filters(request.filters, asked); !s.ok()) return s;
    if (auto s = read_plan(request, settings.plan); !s.ok()) return s;
    if (request.at_risk_below && !std::isfinite(*request.at_risk_below))
        return refuse("The health score below which a customer is at risk must be a number.");
    settings.plan.at_risk_below = question.at_risk_below = request.at_risk_below;
    settings.window_days = request.window_days;
    settings.lookback_days = request.lookback_days;
    settings.repeat_days = request.repeat_days;
    settings.zone = zone->first;
    settings.level = request.level;
    settings.scope = question.same_topic ? "same_topic" : "all_topics";
    return asked;
}

Result<AskedTyped> read_request(const report::TypedRequest& request) {
    AskedTyped asked;
    if (auto s = check_level(request.level); !s.ok()) return s;
    if (auto s = read_days(request.window_days, "The window", asked.question.window); !s.ok()) return s;
    std::string problem;
    using Pair = std::optional<std::pair<std::int64_t, std::int64_t>>;
    const auto pair = [&](const std::optional<double>& whole, const std::optional<double>& part,
                          const char* whole_name, const char* part_name, bool part_of) -> Pair {
        if (!whole && !part) return std::nullopt;
        const auto bad = [](double x) { return !(x >= 0) || x > 1e15 || x != std::floor(x); };
        if (!whole || !part)
            problem = std::string("Fill in both: ") + whole_name + " and " + part_name + ".";
        else if (bad(*whole) || bad(*part))
            problem = std::string(whole_name) + " and " + part_name + " must be whole numbers, 0 or more.";
        else if (part_of && *part > *whole)
            problem = std::string("There cannot be more ") + part_name + " than " + whole_name + ".";
        else
            return std::make_pair(static_cast<std::int64_t>(*whole), static_cast<std::int64_t>(*part));
        return std::nullopt;
    };
    auto& counts = asked.counts;
    counts.treated = pair(request.treated, request.treated_contacted, "customers messaged",
                          "of them with a contact", true);
    counts.holdout = pair(request.holdout, request.holdout_contacted, "customers held out",
                          "of them with a contact", true);
    counts.claimed = pair(request.claimed_attempts, request.claimed_successes, "attempts", "successes", true);
    counts.counted = pair(request.outreaches, request.prevented, "outreaches", "prevented contacts", true);
    counts.engaged = pair(request.eligible, request.engaged, "eligible people", "engaged people", true);
    counts.ratio = pair(request.reactive_contacts, request.proactive_outreaches, "inbound contacts",
                        "proactive outreaches", false);
    counts.expected_holdout_share = request.expected_holdout_share;
    if (!problem.empty()) return refuse(problem);
    if (counts.holdout && !counts.treated)
        return refuse("A holdout needs the customers who were messaged to be compared with.");
    if (auto s = check_share(request.expected_holdout_share); !s.ok()) return s;
    if (!counts.treated && !counts.claimed && !counts.counted && !counts.engaged && !counts.ratio)
        return refuse("Type in at least one pair of numbers.");
    auto& settings = asked.settings;
    if (auto s = read_plan(request, settings.plan); !s.ok()) return s;
    settings.window_days = request.window_days;
    settings.level = request.level;
    settings.unit = "person";
    settings.unit_why = "typed";
    settings.scope = "all_topics";
    settings.coverage_end_assumed = false;
    return asked;
}

} // namespace preempt
