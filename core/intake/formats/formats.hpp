// The formats by name; each is defined in its tool's file in this folder and listed in all.cpp.
#pragma once

#include "core/intake/format.hpp"
#include <array>

namespace preempt::intake::formats {

extern const Format kIntercomConversations, kIntercomReceipts, kIntercomOpens, kIntercomClicks,
    kIntercomReplies, kIntercomCompletions, kIntercomDismissals, kIntercomViews, kIntercomAnswers,
    kIntercomSurveys, kIntercomOverview;
extern const Format kZendeskTickets, kZendeskExplore;
extern const Format kFreshdeskTickets, kFreshserviceTickets;
extern const Format kHubspotTickets;
extern const Format kGorgiasTickets;
extern const Format kFrontMessages;
extern const Format kSalesforceCases;
extern const Format kJiraIssues, kJiraIssuesSpanish;
extern const Format kSendgridActivity;
extern const Format kMailchimpAudience;
extern const Format kIterableEvents, kIterableClicks, kIterableOpens, kIterableSkips;
extern const Format kBrazeProfiles, kSegmentTracks, kCustomerioDeliveries, kGainsightEmails;
extern const Format kIntercomArticles;
extern const Format kSurveymonkeyResponses, kDelightedResponses, kNicereplyRatings;
extern const Format kTrainingTickets;
extern const Format kGenericOutreaches, kGenericContacts, kGenericCustomers, kGenericExposure,
    kGenericSignals, kGenericEngagement, kGenericSurveys;
extern const Format kGenericSelfService, kGenericArticles, kGenericOwners, kGenericPeriods, kGenericChanges;

} // namespace preempt::intake::formats
