// The list of formats. Adding one is adding a row here and a file beside this one.
#include "core/base/text.hpp"
#include "core/intake/formats/formats.hpp"

#include <algorithm>

namespace preempt::intake {

namespace {

using namespace formats;

constexpr std::array kAll = {&kIntercomConversations,
                             &kIntercomReceipts,
                             &kIntercomOpens,
                             &kIntercomClicks,
                             &kIntercomReplies,
                             &kIntercomCompletions,
                             &kIntercomDismissals,
                             &kIntercomViews,
                             &kIntercomAnswers,
                             &kIntercomSurveys,
                             &kIntercomOverview,
                             &kZendeskTickets,
                             &kFreshdeskTickets,
                             &kFreshserviceTickets,
                             &kHubspotTickets,
                             &kGorgiasTickets,
                             &kFrontMessages,
                             &kSalesforceCases,
                             &kJiraIssues,
                             &kJiraIssuesSpanish,
                             &kSendgridActivity,
                             &kMailchimpAudience,
                             &kIterableClicks,
                             &kIterableOpens,
                             &kIterableSkips,
                             &kIterableEvents,
                             &kSurveymonkeyResponses,
                             &kDelightedResponses,
                             &kNicereplyRatings,
                             &kBrazeProfiles,
                             &kSegmentTracks,
                             &kCustomerioDeliveries,
                             &kGainsightEmails,
                             &kIntercomArticles,
                             &kTrainingTickets,
                             &kZendeskExplore,
                             &kGenericOutreaches,
                             &kGenericExposure,
                             &kGenericContacts,
                             &kGenericSignals,
                             &kGenericEngagement,
                             &kGenericCustomers,
                             &kGenericSurveys,
                             &kGenericSelfService,
                             &kGenericArticles,
                             &kGenericPeriods,
                             &kGenericChanges,
                             &kGenericOwners};

} // namespace

std::span<const Format* const> all_formats() {
    return kAll;
}

const Format* find_format(std::string_view id) {
    const auto found =
        std::find_if(kAll.begin(), kAll.end(), [&](const Format* format) { return format->id == id; });
    return found == kAll.end() ? nullptr : *found;
}

bool is_named(std::string_view header_key, HeaderNames names) {
    return any_part(names, [&](std::string_view name) { return is_header(header_key, name); });
}

} // namespace preempt::intake
