// Requests checked: from what the page asks to what the rooms understand. In: a request document and the
// known zones. Out: a question with its settings, or a message for people that says what to write instead.
#pragma once

#include "core/base/status.hpp"
#include "core/evidence/evidence.hpp"
#include "core/report/report.hpp"
#include "core/report/session.hpp"
#include <map>
#include <string>

namespace preempt {

struct Asked {
    evidence::Question question;
    history::Unit unit = history::Unit::automatic;
    Instant coverage_end = kNoInstant;
    std::optional<double> expected_holdout_share;
    report::Settings settings; ///< what the request alone decides
};

/// `zones` must outlive the answer: the question points into it.
Result<Asked> read_request(const report::EvaluateRequest& request, const std::map<std::string, Zone>& zones);

struct AskedTyped {
    evidence::TypedCounts counts;
    evidence::Question question;
    report::Settings settings;
};
Result<AskedTyped> read_request(const report::TypedRequest& request);

} // namespace preempt
