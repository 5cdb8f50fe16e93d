// Every format of core/intake/formats, by the header that vendors or real files give it (sources in each
// file). Formats with a sample export in tests/data/exports are tested there in full; here stands one header
// for each, so that none is taken for another.
#include "intake_helpers.hpp"

#include "core/intake/format.hpp"
#include <set>

using namespace intake_test;

namespace {

struct Known {
    const char* format;
    const char* header;
    const char* row;
    std::vector<Role> has; ///< roles that some column must get
};

const Known kKnown[] = {
    {"zendesk_tickets",
     "Summation column,Id,Requester,Requester id,Requester external id,Requester "
     "email,Submitter,Tags,Status,Via,"
     "Created at,Updated at,Organization,Solved at,Satisfaction Score,Group stations,First reply time in "
     "minutes",
     "1,297700,Ann,10300600023757,U-1,ann@example.com,Ann,billing,Closed,Mail,2026-02-20 04:05:00,"
     "2026-02-20 04:05:00,Acme,2026-02-20 05:05:00,Good,1,17",
     {Role::record_id, Role::email, Role::occurred_at, Role::tags, Role::score}},
    {"zendesk_report",
     "Ticket ID,Requester email,Ticket created - Date,Ticket channel,Satisfaction",
     "297700,ann@example.com,2026-02-20,Mail,\"Good, I'm satisfied\"",
     {Role::record_id, Role::email, Role::occurred_at, Role::score}},
    {"freshdesk_tickets",
     "Ticket ID,Subject,Status,Source,Created time,Resolved time,First response time (in hrs),Survey results,"
     "Contact ID",
     "19700,Hello,Closed,Email,2026-02-20 09:05:00,2026-02-20 10:05:00,00:39:33,Neutral,ann@example.com",
     {Role::record_id, Role::email, Role::occurred_at, Role::source, Role::score}},
    {"freshservice_tickets",
     "Ticket Id,Subject,Status,Created Time,Resolved Time,Requester Name,Requester Email,Resolution Time (in "
     "Hrs)",
     "19700,Hello,Closed,2026-02-20 09:05:00,2026-02-20 10:05:00,Ann,ann@example.com,01:00:00",
     {Role::record_id, Role::email, Role::occurred_at}},
    {"intercom_conversations",
     "Conversation ID,Conversation started at (America/New_York),Started by,Channel,User email,"
     "Last teammate rating",
     "215473780297700,2026-02-20 04:05:00,Customer,Email,ann@example.com,5",
     {Role::record_id, Role::email, Role::occurred_at, Role::started_by, Role::score}},
    {"intercom_conversations", // the reporting API's file
     "conversation_id,conversation_started_at,channel,last_teammate_rating,conversation_started_by,user_"
     "email",
     "215473780297700,1771578300,Email,5,customer,ann@example.com",
     {Role::record_id, Role::email, Role::occurred_at, Role::started_by, Role::score}},
    {"intercom_csat",
     "Conversation ID,Updated at (America/New_York),Conversation rating remark,Conversation rating,User name,"
     "Company name,Teammate rated,Last survey sent",
     "215473780297700,2026-02-20 09:05:00,,5,Ann,Acme,Bo,12345678901",
     {Role::contact_id, Role::occurred_at, Role::score}},
    {"intercom_csat", // of Fin
     "Conversation ID,Updated at (America/New_York),Conversation rating remark,Conversation rating,User name,"
     "Company name,Last survey sent,Fin AI Agent involved",
     "215473780297700,2026-02-20 09:05:00,,5,Ann,Acme,12345678901,true",
     {Role::contact_id, Role::occurred_at, Role::score, Role::rated}},
    {"intercom_receipts",
     "user_id,user_external_id,company_id,email,name,ruleset_id,content_id,content_type,content_title,"
     "receipt_id,"
     "received_at,first_open,first_click,first_hard_bounce",
     "65f1a2b3c4d5e6f708192a3b,U-1,-1,ann@example.com,Ann,1,2,Email,Hello,9,1772463660,,,",
     {Role::record_id, Role::email, Role::occurred_at, Role::bounced_at}},
    {"intercom_opens", "receipt_id,opened_at", "9,1772463660", {Role::outreach_id, Role::opened_at}},
    {"intercom_clicks",
     "receipt_id,clicked_at,link_type,url",
     "9,1772463660,button,https://example.com",
     {Role::outreach_id, Role::clicked_at}},
    {"intercom_replies", "receipt_id,replied_at", "9,1772463660", {Role::outreach_id, Role::replied_at}},
    {"intercom_completions",
     "receipt_id,completed_at",
     "9,1772463660",
     {Role::outreach_id, Role::completed_at}},
    {"intercom_dismissals",
     "receipt_id,dismissed_at",
     "9,1772463660",
     {Role::outreach_id, Role::dismissed_at}},
    {"intercom_views",
     "receipt_id,step_id,viewed_at",
     "9,1,1772463660",
     {Role::outreach_id, Role::opened_at}},
    {"intercom_answers",
     "receipt_id,answered_at,question_id,question,response_type,response",
     "9,1772463660,1,How?,text,Well",
     {Role::outreach_id, Role::completed_at}},
    {"hubspot_tickets",
     "Ticket ID,Ticket name,Pipeline,Ticket status,Create date,Associated Contact",
     "20000297700,Hello,Support,Closed,2026-02-20 04:05,Ann (ann@example.com)",
     {Role::record_id, Role::email, Role::occurred_at}},
    {"gorgias_tickets",
     "Ticket id,Tags,Initial channel,Created by an agent,Creation date,Closed date,Survey score,Customer "
     "email",
     "297700,billing,email,False,2026-02-20 09:05:00,,5,ann@example.com",
     {Role::record_id, Role::email, Role::occurred_at, Role::started_by, Role::score}},
    {"front_messages",
     "Message ID,Segment ID,Conversation ID,Direction,Message date,Contact handle,Survey rating",
     "m1,s1,c1,Inbound,2026-02-20 09:05:00,ann@example.com,5",
     {Role::record_id, Role::email, Role::occurred_at, Role::direction, Role::score}},
    {"salesforce_cases",
     "Case Number,Subject,Status,Case Origin,Contact Email,Account Name,Date/Time Opened,Date/Time Closed",
     "00297700,Hello,Closed,Email,ann@example.com,Acme,2/20/2026 4:05 AM,2/20/2026 9:05 AM",
     {Role::record_id, Role::email, Role::occurred_at, Role::account_id}},
    {"jira_issues",
     "Summary,Issue key,Issue id,Issue Type,Status,Reporter,Creator,Created,Resolved,Satisfaction rating,"
     "Custom field (Time to first response),Comment,Comment",
     "Hello,IHS-5,10005,Question,Done,ann@example.com,ann@example.com,18/jul/26 9:10 AM,,5,2:18,,",
     {Role::record_id, Role::email, Role::occurred_at, Role::score}},
    {"jira_issues_es",
     "Resumen,Clave de incidencia,ID de la incidencia,Estado,Informador,Creada,Resuelta,"
     "Calificaci\xC3\xB3n de satisfacci\xC3\xB3n",
     "Hola,IHS-5,10005,Listo,ann@example.com,18/jul/26 9:10 AM,,5",
     {Role::record_id, Role::email, Role::occurred_at, Role::score}},
    {"sendgrid_activity",
     "processed,message_id,event,api_key_id,recv_message_id,subject,email",
     "2026-03-02T15:01:00Z,msg001,processed,,,Hello,ann@example.com",
     {Role::record_id, Role::email, Role::occurred_at, Role::event}},
    {"mailchimp_audience",
     "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,LEID,EUID",
     "ann@example.com,Ann,Example,2,2026-01-01 10:00:00,1,a1",
     {Role::email}},
    {"iterable_events",
     "createdAt,campaignId,messageId,templateId,email",
     "2026-03-02 15:01:00 +00:00,7,m1,3,ann@example.com",
     {Role::email, Role::occurred_at}},
    {"surveymonkey_responses",
     "Respondent ID,Collector ID,Start Date,End Date,Email Address,How did we do?",
     "1,7,2026-03-02 10:00:00,2026-03-02 10:01:00,ann@example.com,5",
     {Role::record_id, Role::email, Role::occurred_at}},
    {"outreaches",
     "outreach_id,email,sent_at,outreach_type,trigger,arm",
     "o1,ann@example.com,2026-03-02T15:01:00Z,signal,card_expires,holdout",
     {Role::record_id, Role::email, Role::occurred_at, Role::outreach_type, Role::arm}},
    {"contacts",
     "contact_id,customer_id,created_at,direction,topic,csat",
     "t1,c1,2026-03-02T15:01:00Z,inbound,billing,5",
     {Role::record_id, Role::customer_id, Role::occurred_at, Role::direction, Role::score}},
    {"exposure",
     "email,group,assigned_at",
     "ann@example.com,holdout,2026-03-02T15:00:00Z",
     {Role::email, Role::occurred_at, Role::arm}},
    {"signals",
     "signal_id,customer_id,fired_at,signal_type,severity",
     "s1,c1,2026-03-02T15:00:00Z,card_expires,high",
     {Role::record_id, Role::customer_id, Role::occurred_at, Role::trigger}},
    {"engagement",
     "outreach_id,clicked_at,replied_at",
     "o1,2026-03-02T15:00:00Z,",
     {Role::outreach_id, Role::clicked_at, Role::replied_at}},
    {"customers",
     "customer_id,email,plan,segment,region",
     "c1,ann@example.com,pro,smb,EU",
     {Role::customer_id, Role::email, Role::segment, Role::plan}},
    {"surveys",
     "response_id,contact_id,responded_at,score,scale_min,scale_max",
     "r1,t1,2026-03-02T15:00:00Z,4,1,5",
     {Role::record_id, Role::contact_id, Role::occurred_at, Role::score, Role::scale_min, Role::scale_max}},
    {"iterable_clicks",
     "createdAt,campaignId,messageId,templateId,email,userAgentDevice,proxySource,url,hrefIndex",
     "2026-03-02 15:01:00 +00:00,7,m1,3,ann@example.com,Gmail,Gmail,https://example.com,0",
     {Role::outreach_id, Role::clicked_at}},
    {"iterable_opens",
     "createdAt,campaignId,messageId,templateId,email,userAgentDevice,proxySource",
     "2026-03-02 15:01:00 +00:00,7,m1,3,ann@example.com,Gmail,Gmail",
     {Role::outreach_id, Role::opened_at}},
    {"iterable_skips",
     "createdAt,campaignId,messageId,email,reason",
     "2026-03-02 15:01:00 +00:00,7,m1,ann@example.com,ExperimentHoldOut",
     {Role::occurred_at, Role::email, Role::suppressed_reason}},
    {"braze_profiles",
     "Braze ID,country,created_at,email,user_id,first_session,language",
     "65f1a2b3c4d5e6f708192a3b,DE,2025-03-02,ann@example.com,U-1,2025-03-02,de",
     {Role::customer_id, Role::external_id, Role::email, Role::region, Role::signup_at}},
    {"segment_tracks",
     "id,anonymous_id,event,event_text,received_at,sent_at,user_id,timestamp",
     "e1,a1,campaign_control_group_entered,Campaign Control Group Entered,2026-03-02 15:01:00,,U-1,"
     "2026-03-02 15:00:59",
     {Role::external_id, Role::occurred_at, Role::suppressed_reason}},
    {"customerio_deliveries",
     "workspace_id,delivery_id,internal_customer_id,subject_id,campaign_id,created_at",
     "1,d1,c0ffee,U-1,7,1772463660",
     {Role::record_id, Role::customer_id, Role::external_id, Role::occurred_at, Role::campaign}},
    {"gainsight_emails",
     "Template Name,Variant Name,Triggered On,Associated Value,Batch Name,Opened,Open Count",
     "Welcome,A,2026-03-02 15:01:00,ann@example.com,March,1,2",
     {Role::content_id, Role::variant, Role::occurred_at, Role::email}},
    {"intercom_articles",
     "id,title,statistics_views,statistics_conversations,statistics_reactions",
     "1,How to begin,120,4,9",
     {Role::article_id, Role::views, Role::conversations_started}},
    {"delighted_responses",
     "id,person,survey_type,score,comment,permalink,created_at,Delighted Source",
     "1,ann@example.com,nps,9,,https://example.com,1772463660,email",
     {Role::record_id, Role::email, Role::survey_kind, Role::score, Role::occurred_at}},
    {"nicereply_ratings",
     "score,legacy score,ticket id,created at,comment",
     "3,10,297700,2026-03-02 15:01:00,",
     {Role::score, Role::contact_id, Role::occurred_at}},
    {"selfservice",
     "event_id,customer_id,viewed_at,article_id,topic,helpful,source,session_id",
     "v1,c1,2026-03-02T15:00:00Z,a1,billing,y,o1,s1",
     {Role::record_id, Role::customer_id, Role::occurred_at, Role::article_id, Role::helpful, Role::source,
      Role::session_id}},
    {"articles",
     "article_id,period_start,views,conversations_started,helpful_yes,helpful_no",
     "a1,2026-03-01,120,4,9,2",
     {Role::article_id, Role::period_start, Role::views, Role::conversations_started, Role::helpful_yes,
      Role::helpful_no}},
    {"periods",
     "period_start,active_customers,support_cost,activation_rate",
     "2026-03-01,120,\"$18,000\",0.41",
     {Role::period_start, Role::active_customers, Role::support_cost, Role::extra_figure}},
    {"changes",
     "change_id,made_at,branch,trigger,owner_id,expected_metric,expected_direction,note",
     "ch1,2026-03-01T09:00:00Z,message,card_expires,ada,M06,up,Rewritten",
     {Role::record_id, Role::occurred_at, Role::branch, Role::trigger, Role::owner_id, Role::expected_metric,
      Role::expected_direction, Role::note}},
    {"owners",
     "owner_id,name,team,branch,raci,handle",
     "ada,Ada,Data,detection,A,ada@example.com",
     {Role::owner_id, Role::name, Role::team, Role::branch, Role::raci, Role::handle}},
    // Understood, and refused with the reason.
    {"intercom_overview",
     "ruleset_id,created_at,content_title,receipt_total,open_rate",
     "1,1772463660,Hello,9,0.5",
     {}},
    {"training_tickets",
     "Ticket ID,Customer Name,Customer Email,Product Purchased,Customer Satisfaction Rating",
     "1,Ann,ann@example.com,Phone,3",
     {}},
};

} // namespace

TEST_CASE("every format is recognised by its header, and by no other's") {
    std::set<std::string> seen;
    for (const Known& known : kKnown) {
        INFO(known.format);
        seen.insert(known.format);
        const std::string text = std::string(known.header) + "\n" + known.row + "\n";
        const Recognition recognition = recognise("file.csv", text, true);
        CHECK(recognition.format == known.format);
        CHECK(recognition.kind == find_format(known.format)->kind);
        CHECK(recognition.problem.ok() == find_format(known.format)->refusal.empty());
        for (const Role role : known.has) {
            INFO(role_info(role).name);
            CHECK(std::any_of(recognition.columns.begin(), recognition.columns.end(),
                              [&](const ColumnProposal& column) { return column.role == role; }));
        }
    }
    for (const Format* format : all_formats()) {
        INFO(format->id);
        CHECK(seen.count(std::string(format->id)) == 1);
    }
}

TEST_CASE("the whole layout of metrics.md 5.1 is read: every column of every table has a role") {
    constexpr std::pair<const char*, TableKind> kTables[] = {
        {"customers", TableKind::customers},   {"outreaches", TableKind::outreaches},
        {"contacts", TableKind::contacts},     {"exposure", TableKind::exposure},
        {"surveys", TableKind::surveys},       {"selfservice", TableKind::self_service},
        {"articles", TableKind::self_service}, {"signals", TableKind::signals},
        {"owners", TableKind::owners},         {"periods", TableKind::periods},
        {"changes", TableKind::changes}};
    for (const auto& [name, kind] : kTables) {
        INFO(name);
        const auto text = load("complete/" + std::string(name) + ".csv");
        const auto recognition = recognise(std::string(name) + ".csv", text, true);
        CHECK(recognition.kind == kind);
        for (const auto& column : recognition.columns) {
            INFO(column.header << ": " << column.why);
            CHECK((column.role != Role::none || column.header == "comment"));
        }
        const auto table = table_of(text);
        CHECK(table.warnings == std::vector<std::string>{});
        CHECK(table.rows > 3);
    }
}
