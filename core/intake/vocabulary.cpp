// Tables of words (see vocabulary.hpp and arm.hpp). Words are compared folded, with blanks, underscores and
// hyphens left out, so that "Usage improved", "usage_improved" and "usage-improved" are one row.
#include "core/intake/vocabulary.hpp"

#include "core/base/text.hpp"
#include "core/intake/arm.hpp"
#include <array>
#include <span>

namespace preempt::intake {

namespace {

template <class Value>
struct Word {
    std::string_view word;
    Value value;
};

/// Compares without allocating: ASCII case, blanks, underscores and hyphens do not count.
bool is_same_word(std::string_view text, std::string_view word) {
    std::size_t at = 0;
    for (const char letter : text) {
        if (letter == ' ' || letter == '_' || letter == '-') continue;
        if (at == word.size() || word[at] != ascii_lower(letter)) return false;
        ++at;
    }
    return at == word.size() && at > 0;
}

template <class Value, std::size_t size>
std::optional<Value> find_word(const std::array<Word<Value>, size>& words, std::string_view text) {
    text = trim(text);
    for (const auto& entry : words) {
        if (is_same_word(text, entry.word)) return entry.value;
    }
    return std::nullopt;
}

using T = OutreachType;
constexpr std::array<Word<T>, 33> kOutreachTypes = {{
    {"signal", T::signal},
    {"signalbased", T::signal},
    {"signaltriggered", T::signal},
    {"triggered", T::signal},
    {"trigger", T::signal},
    {"behavioral", T::signal},
    {"behavioural", T::signal},
    {"eventbased", T::signal},
    {"alert", T::signal},
    {"incident", T::signal},
    {"segment", T::segment},
    {"segmentbased", T::segment},
    {"segmented", T::segment},
    {"targeted", T::segment},
    {"audience", T::segment},
    {"lifecycle", T::lifecycle},
    {"onboarding", T::lifecycle},
    {"renewal", T::lifecycle},
    {"journey", T::lifecycle},
    {"series", T::lifecycle},
    {"drip", T::lifecycle},
    {"nurture", T::lifecycle},
    {"broadcast", T::broadcast},
    {"mass", T::broadcast},
    {"newsletter", T::broadcast},
    {"announcement", T::broadcast},
    {"blast", T::broadcast},
    {"toeveryone", T::broadcast},
    {"oneoff", T::broadcast},
    {"massemail", T::broadcast},
    {"unclassified", T::unclassified},
    {"other", T::unclassified},
    {"unknown", T::unclassified},
}};

using O = Outcome;
constexpr std::array<Word<O>, 33> kOutcomes = {{
    {"positive", O::positive},
    {"good", O::positive},
    {"success", O::positive},
    {"successful", O::positive},
    {"positivereply", O::positive},
    {"positiveresponse", O::positive},
    {"thanked", O::positive},
    {"helpful", O::positive},
    {"resolved", O::resolved},
    {"solved", O::resolved},
    {"fixed", O::resolved},
    {"issueresolved", O::resolved},
    {"closed", O::resolved},
    {"usageimproved", O::usage_improved},
    {"improved", O::usage_improved},
    {"usageup", O::usage_improved},
    {"adopted", O::usage_improved},
    {"increasedusage", O::usage_improved},
    {"noeffect", O::no_effect},
    {"none", O::no_effect},
    {"noresponse", O::no_effect},
    {"noreply", O::no_effect},
    {"neutral", O::no_effect},
    {"nochange", O::no_effect},
    {"ignored", O::no_effect},
    {"failed", O::no_effect},
    {"unsuccessful", O::no_effect},
    {"negative", O::negative},
    {"bad", O::negative},
    {"complaint", O::negative},
    {"negativereply", O::negative},
    {"annoyed", O::negative},
    {"worse", O::negative},
}};

using D = Direction;
constexpr std::array<Word<D>, 43> kDirections = {{
    {"inbound", D::inbound},
    {"incoming", D::inbound},
    {"in", D::inbound},
    {"received", D::inbound},
    {"customer", D::inbound},
    {"user", D::inbound},
    {"lead", D::inbound},
    {"contact", D::inbound},
    {"visitor", D::inbound},
    {"enduser", D::inbound},
    {"requester", D::inbound},
    {"client", D::inbound},
    {"customerinitiated", D::inbound},
    {"inboundmessage", D::inbound},
    {"inboundemail", D::inbound},
    {"fromcustomer", D::inbound},
    {"outbound", D::outbound},
    {"outgoing", D::outbound},
    {"out", D::outbound},
    {"sent", D::outbound},
    {"admin", D::outbound},
    {"teammate", D::outbound},
    {"agent", D::outbound},
    {"operator", D::outbound},
    {"bot", D::outbound},
    {"workflow", D::outbound},
    {"automated", D::outbound},
    {"automation", D::outbound},
    {"campaign", D::outbound},
    {"admininitiated", D::outbound},
    {"operatorinitiated", D::outbound},
    {"automessage", D::outbound},
    {"manualmessage", D::outbound},
    {"botautomessage", D::outbound},
    {"outboundemail", D::outbound},
    {"outboundmessage", D::outbound},
    {"outboundcall", D::outbound},
    {"proactive", D::outbound},
    {"replytoworkflow/message", D::outbound},
    {"outboundsms", D::outbound},
    {"outboundchat", D::outbound},
    {"fromagent", D::outbound},
    {"agentinitiated", D::outbound},
}};

constexpr std::array<Word<bool>, 44> kStatuses = {{
    {"open", true},
    {"new", true},
    {"pending", true},
    {"onhold", true},
    {"hold", true},
    {"inprogress", true},
    {"waiting", true},
    {"waitingoncustomer", true},
    {"waitingoncontact", true},
    {"waitingonus", true},
    {"waitingonyou", true},
    {"waitingonthirdparty", true},
    {"assigned", true},
    {"unassigned", true},
    {"snoozed", true},
    {"active", true},
    {"reopened", true},
    {"escalated", true},
    {"todo", true},
    {"backlog", true},
    {"working", true},
    {"waitingforcustomer", true},
    {"waitingforsupport", true},
    {"offen", true},
    {"closed", false},
    {"solved", false},
    {"resolved", false},
    {"done", false},
    {"completed", false},
    {"complete", false},
    {"archived", false},
    {"cancelled", false},
    {"canceled", false},
    {"spam", false},
    {"deleted", false},
    {"merged", false},
    {"finished", false},
    {"fixed", false},
    {"geschlossen", false},
    {"rejected", false},
    {"duplicate", false},
    {"declined", false},
    {"won'tdo", false},
    {"trash", false},
}};

using M = MessageEvent;
constexpr std::array<Word<M>, 49> kEvents = {{
    {"processed", M::sent},
    {"send", M::sent},
    {"sent", M::sent},
    {"emailsend", M::sent},
    {"accepted", M::sent},
    {"delivered", M::delivered},
    {"delivery", M::delivered},
    {"received", M::delivered},
    {"open", M::opened},
    {"opened", M::opened},
    {"opens", M::opened},
    {"uniqueopen", M::opened},
    {"emailopen", M::opened},
    {"click", M::clicked},
    {"clicked", M::clicked},
    {"clicks", M::clicked},
    {"uniqueclick", M::clicked},
    {"emailclick", M::clicked},
    {"reply", M::replied},
    {"replied", M::replied},
    {"response", M::replied},
    {"complete", M::completed},
    {"completed", M::completed},
    {"completion", M::completed},
    {"dismiss", M::dismissed},
    {"dismissed", M::dismissed},
    {"dismissal", M::dismissed},
    {"unsubscribe", M::unsubscribed},
    {"unsubscribed", M::unsubscribed},
    {"groupunsubscribe", M::unsubscribed},
    {"optout", M::unsubscribed},
    {"spamreport", M::unsubscribed},
    {"spamcomplaint", M::unsubscribed},
    {"complaint", M::unsubscribed},
    {"bounce", M::bounced},
    {"bounced", M::bounced},
    {"hardbounce", M::bounced},
    {"softbounce", M::bounced},
    {"drop", M::bounced},
    {"dropped", M::bounced},
    {"blocked", M::bounced},
    {"block", M::bounced},
    {"failed", M::bounced},
    {"undelivered", M::bounced},
    {"deferred", M::other},
    {"groupresubscribe", M::other},
    {"queued", M::other},
    {"scheduled", M::other},
    {"sendskip", M::other},
}};

constexpr std::array<Word<bool>, 40> kInitiators = {{
    {"automation", true},  {"automated", true},      {"automatic", true},   {"auto", true},
    {"workflow", true},    {"workflows", true},      {"bot", true},         {"system", true},
    {"campaign", true},    {"series", true},         {"journey", true},     {"trigger", true},
    {"triggered", true},   {"rule", true},           {"api", true},         {"flow", true},
    {"sequence", true},    {"canvas", true},         {"program", true},     {"scheduled", true},
    {"automessage", true}, {"machine", true},        {"macro", true},       {"playbook", true},
    {"person", false},     {"manual", false},        {"manually", false},   {"human", false},
    {"agent", false},      {"admin", false},         {"teammate", false},   {"user", false},
    {"csm", false},        {"employee", false},      {"rep", false},        {"owner", false},
    {"staff", false},      {"manualmessage", false}, {"teammember", false}, {"hand", false},
}};

using I = InducedReason;
constexpr std::array<Word<I>, 24> kInducedReasons = {{
    {"askedto", I::asked_to},
    {"wasasked", I::asked_to},
    {"wewereasked", I::asked_to},
    {"requested", I::asked_to},
    {"calltoaction", I::asked_to},
    {"invited", I::asked_to},
    {"confirm", I::confirm},
    {"confirmation", I::confirm},
    {"wantedconfirmation", I::confirm},
    {"verify", I::confirm},
    {"confirmdetails", I::confirm},
    {"howto", I::how_to},
    {"unclear", I::how_to},
    {"help", I::how_to},
    {"question", I::how_to},
    {"instructions", I::how_to},
    {"confused", I::how_to},
    {"isthisreal", I::is_this_real},
    {"scam", I::is_this_real},
    {"phishing", I::is_this_real},
    {"fraud", I::is_this_real},
    {"fearedascam", I::is_this_real},
    {"spam", I::is_this_real},
    {"other", I::other},
}};

constexpr std::array<Word<bool>, 10> kVotes = {{
    {"helpful", true},
    {"up", true},
    {"upvote", true},
    {"thumbsup", true},
    {"happy", true},
    {"nothelpful", false},
    {"unhelpful", false},
    {"down", false},
    {"downvote", false},
    {"thumbsdown", false},
}};

using S = SurveyKind;
constexpr std::array<Word<S>, 9> kSurveyKinds = {{
    {"csat", S::csat},
    {"customersatisfaction", S::csat},
    {"satisfaction", S::csat},
    {"ces", S::ces},
    {"customereffort", S::ces},
    {"customereffortscore", S::ces},
    {"effort", S::ces},
    {"nps", S::nps},
    {"netpromoterscore", S::nps},
}};

constexpr std::array<Word<std::string_view>, 20> kBranches = {{
    {"detection", "detection"},   {"detect", "detection"},      {"signals", "detection"},
    {"signal", "detection"},      {"targeting", "targeting"},   {"target", "targeting"},
    {"audience", "targeting"},    {"reach", "targeting"},       {"segmentation", "targeting"},
    {"message", "message"},       {"messaging", "message"},     {"content", "message"},
    {"copy", "message"},          {"messageeffect", "message"}, {"measurement", "measurement"},
    {"measure", "measurement"},   {"measuring", "measurement"}, {"data", "measurement"},
    {"analytics", "measurement"}, {"holdout", "measurement"},
}};

constexpr std::array<Word<std::string_view>, 8> kRaci = {{
    {"r", "R"},
    {"responsible", "R"},
    {"a", "A"},
    {"accountable", "A"},
    {"c", "C"},
    {"consulted", "C"},
    {"i", "I"},
    {"informed", "I"},
}};

constexpr std::array<Word<int>, 14> kChanges = {{
    {"up", 1},
    {"increase", 1},
    {"higher", 1},
    {"rise", 1},
    {"more", 1},
    {"+", 1},
    {"+1", 1},
    {"down", -1},
    {"decrease", -1},
    {"lower", -1},
    {"fall", -1},
    {"less", -1},
    {"\xE2\x88\x92", -1},
    {"drop", -1},
}};

constexpr std::array<Word<bool>, 10> kIncidents = {{
    {"incident", true},
    {"majorincident", true},
    {"outage", true},
    {"partialoutage", true},
    {"majoroutage", true},
    {"downtime", true},
    {"disruption", true},
    {"servicedisruption", true},
    {"degradation", true},
    {"degradedperformance", true},
}};

using A = Arm;
constexpr std::array<Word<A>, 40> kArms = {{
    {"campaigncontrolgroupentered", A::holdout},
    {"treated", A::treated},
    {"treatment", A::treated},
    {"treatmentgroup", A::treated},
    {"test", A::treated},
    {"testgroup", A::treated},
    {"exposed", A::treated},
    {"variant", A::treated},
    {"variation", A::treated},
    {"intervention", A::treated},
    {"send", A::treated},
    {"sent", A::treated},
    {"contacted", A::treated},
    {"experiment", A::treated},
    {"experimental", A::treated},
    {"targeted", A::treated},
    {"target", A::treated},
    {"included", A::treated},
    {"message", A::treated},
    {"outreach", A::treated},
    {"holdout", A::holdout},
    {"holdoutgroup", A::holdout},
    {"heldout", A::holdout},
    {"control", A::holdout},
    {"controlgroup", A::holdout},
    {"globalcontrol", A::holdout},
    {"globalcontrolgroup", A::holdout},
    {"globalholdout", A::holdout},
    {"experimentholdout", A::holdout},
    {"nosend", A::holdout},
    {"notsent", A::holdout},
    {"donotsend", A::holdout},
    {"withheld", A::holdout},
    {"unexposed", A::holdout},
    {"nottreated", A::holdout},
    {"untreated", A::holdout},
    {"excluded", A::holdout},
    {"notcontacted", A::holdout},
    {"suppressed", A::holdout},
    {"nomessage", A::holdout},
}};

constexpr std::array<std::string_view, 9> kHoldoutQuestions = {
    "isholdout", "holdout",   "controlgroup",     "incontrolgroup", "iscontrol",
    "control",   "inholdout", "isincontrolgroup", "heldout"};
constexpr std::array<std::string_view, 8> kTreatedQuestions = {
    "treated", "istreated", "treatment", "istreatment", "exposed", "isexposed", "intreatment", "wastreated"};

} // namespace

std::optional<OutreachType> parse_outreach_type(std::string_view text) {
    return find_word(kOutreachTypes, text);
}
std::string_view outreach_type_name(OutreachType type) {
    constexpr std::array<std::string_view, 5> kNames = {"unclassified", "signal", "segment", "lifecycle",
                                                        "broadcast"};
    return kNames[static_cast<std::size_t>(type)];
}

std::optional<Outcome> parse_outcome(std::string_view text) {
    return find_word(kOutcomes, text);
}
std::string_view outcome_name(Outcome outcome) {
    constexpr std::array<std::string_view, 5> kNames = {"positive", "resolved", "usage_improved", "no_effect",
                                                        "negative"};
    return kNames[static_cast<std::size_t>(outcome)];
}

std::optional<Direction> parse_direction(std::string_view text) {
    return find_word(kDirections, text);
}

std::optional<bool> parse_status_open(std::string_view text) {
    return find_word(kStatuses, text);
}

StatusMark parse_status_mark(std::string_view text) {
    text = trim(text);
    if (is_same_word(text, "spam")) return StatusMark::spam;
    return is_same_word(text, "merged") ? StatusMark::merged : StatusMark::none;
}

std::optional<MessageEvent> parse_message_event(std::string_view text) {
    return find_word(kEvents, text);
}

std::optional<bool> parse_by_automation(std::string_view text) {
    return find_word(kInitiators, text);
}

InducedReason parse_induced_reason(std::string_view text) {
    return find_word(kInducedReasons, text).value_or(InducedReason::other);
}

std::optional<SurveyKind> parse_survey_kind(std::string_view text) {
    if (const auto kind = find_word(kSurveyKinds, text)) return kind;
    const std::string key = parse_header(text).key;
    for (const auto& [word, kind] : kSurveyKinds)
        if (key.substr(0, word.size()) == word) return kind;
    return std::nullopt;
}

std::optional<bool> parse_helpful(std::string_view text) {
    if (const auto vote = find_word(kVotes, text)) return vote;
    return parse_flag(trim(text));
}

std::string_view branch_name(std::string_view text) {
    return find_word(kBranches, text).value_or("");
}

std::string_view raci_letter(std::string_view text) {
    return find_word(kRaci, text).value_or("");
}

bool is_incident(std::string_view text) {
    return find_word(kIncidents, text).has_value();
}

int parse_direction_of_change(std::string_view text) {
    if (trim(text) == "-" || trim(text) == "-1") return -1; // a hyphen alone is no word to find_word
    return find_word(kChanges, text).value_or(0);
}

bool has_tag(std::string_view tags, std::string_view tag) {
    const auto is_mark = [](char letter) {
        return letter == ' ' || letter == ',' || letter == ';' || letter == '|' || letter == '\n' ||
               letter == '\t';
    };
    for (std::size_t begin = 0; begin < tags.size();) {
        std::size_t end = begin;
        while (end < tags.size() && !is_mark(tags[end]))
            ++end;
        if (equal_ignoring_case(tags.substr(begin, end - begin), tag)) return true;
        begin = end + 1;
    }
    return false;
}

std::string_view arm_name(Arm arm) {
    return arm == Arm::treated ? "treated" : "holdout";
}

ArmQuestion arm_question(std::string_view header) {
    const std::string key = parse_header(header).key;
    for (const auto name : kHoldoutQuestions) {
        if (key == name) return ArmQuestion::is_holdout;
    }
    for (const auto name : kTreatedQuestions) {
        if (key == name) return ArmQuestion::is_treated;
    }
    return ArmQuestion::none;
}

std::optional<Arm> parse_arm(std::string_view text, ArmQuestion question) {
    if (const auto named = find_word(kArms, text)) return named;
    if (question == ArmQuestion::none) return std::nullopt;
    const auto answer = parse_flag(trim(text));
    if (!answer) return std::nullopt;
    return *answer == (question == ArmQuestion::is_treated) ? Arm::treated : Arm::holdout;
}

} // namespace preempt::intake
