#include "core/metrics/diagnosis.hpp"

#include "core/base/sort_list.hpp"
#include "core/metrics/compare.hpp"
#include "core/metrics/diagnosis_rules.hpp"

#include <algorithm>

namespace preempt::metrics {
namespace {

/// The table. The sentence that each stands for is in metrics.md 5.6; the functions say it in code.
constexpr Rule kRules[] = {
    {"D01", "targeting", "L01 L02 L07", "timing_test", "S0-42", rules::timing_or_targeting},
    {"D02", "detection", "L03 L06", "signals", "S0-43 S3-16", rules::weak_detection},
    {"D03", "message", "L04 L08", "variant_test", "S0-44 S3-19", rules::weak_content},
    {"D04", "targeting", "L10", "senders", "S0-45 S3-17", rules::silos},
    {"D05", "detection", "L11", "staffing", "S0-46 S3-20", rules::out_of_capacity},
    {"D06", "targeting", "L07", "holdout_by_trigger", "S1-23", rules::weak_targeting},
    {"D07", "message", "L08", "variant_test", "S1-23", rules::vague_message},
    {"D08", "targeting", "L06 L07 L08", "holdout_by_trigger", "S1-24", rules::score_fell},
    {"D09", "measurement", "L09", "holdout", "S2-07", rules::ratio_rose},
    {"D10", "outcome", "", "self_service", "S0-35", rules::served_themselves},
    {"D11", "targeting", "L11", "staffing", "S0-36", rules::crowded_out},
    {"D12", "detection", "L03", "initiated_by", "S2-13 S3-18", rules::manual_programme},
    {"D13", "message", "L02 L04", "engagement", "S3-11", rules::hidden_help},
    {"D14", "message", "L08", "induced_reason", "S1-06 S1-11", rules::creates_demand},
    {"D15", "targeting", "L12", "frequency_test", "S1-39", rules::fatigue},
    {"D16", "targeting", "L02", "signal_times", "S0-48", rules::too_late},
    {"D17", "measurement", "L13", "churn_by_arm", "S4-05", rules::silent_churn},
    {"D18", "message", "L08", "promotional", "S2-15", rules::looks_like_marketing},
    {"D19", "message", "L05", "surveys", "S2-16", rules::worse_experience},
    {"D20", "outcome", "", "later_periods", "S1-20", rules::quiet_period},
    {"D21", "measurement", "L09", "assignment", "S1-16", rules::broken_split},
    {"D22", "targeting", "L14", "holdout_by_risk", "S1-34", rules::wrong_targets},
};

std::string confidence_of(const Facts& facts, const std::vector<Quantity>& numbers) {
    const bool clear = std::all_of(numbers.begin(), numbers.end(), [](const Quantity& n) {
        return n.clear || n.against_what.empty(); // side figures are no evidence
    });
    const int rung = rung_of(facts);
    const int points = (clear ? 1 : 0) + (rung == 5 ? 2 : rung == 4 ? 1 : 0);
    return points >= 3 ? "high" : points == 2 ? "medium" : "low";
}

/// Each figure once, in the order in which it was missed.
std::vector<Lack> distinct(const std::vector<Lack>& all) {
    std::vector<Lack> result;
    for (const auto& lack : all)
        if (std::none_of(result.begin(), result.end(), [&](const Lack& l) { return l.id == lack.id; }))
            result.push_back(lack);
    return result;
}

int weight(const std::string& confidence) {
    return confidence == "high" ? 0 : confidence == "medium" ? 1 : 2;
}

} // namespace

std::span<const Rule> diagnosis_rules() {
    return kRules;
}

Diagnosis diagnose(const Facts& facts) {
    Diagnosis result;
    for (const auto& rule : kRules) {
        Look look(facts);
        const auto fired = rule.fires(look);
        if (fired == Truth::no) {
            result.not_found.emplace_back(rule.id);
        } else if (fired == Truth::unknown) {
            result.not_checked.push_back({rule.id, distinct(look.lacking)});
        } else {
            Finding finding;
            finding.id = rule.id;
            finding.branch = rule.branch;
            finding.detail = look.detail;
            finding.label = look.label;
            finding.confidence = confidence_of(facts, look.numbers);
            finding.numbers = std::move(look.numbers);
            finding.levers = words_of(rule.levers);
            finding.settles = rule.settles;
            finding.sources = words_of(rule.sources);
            result.findings.push_back(std::move(finding));
        }
    }
    sort_list(result.findings,
              [](const Finding& a, const Finding& b) { return weight(a.confidence) < weight(b.confidence); });
    return result;
}

} // namespace preempt::metrics
