// What happened to whom, in SQL: messages, contacts, assignments and units from the cleaned tables. The
// rules: metrics.md 5.2 (tests, repeated records, direction, merged, internal), 3.2 H2 (a delivery row of
// somebody held out is an assignment), 5.5.6 (1) (what a contact answers), 5.5.7 (assignments).
#include "core/evidence/sql_steps.hpp"

#include <array>

namespace preempt::evidence {
namespace {

constexpr std::array<SqlTable, 21> kSteps{{
    // A record stated twice: its latest version, and that one alone decides whether it is a test.
    {"pp_sent", R"(
SELECT s.*, ROW_NUMBER() OVER (ORDER BY s.unit_id{bytes}, s.sent_ms, s.outreach_id{bytes}, s.person{bytes}, s.trigger_name{bytes}) AS o,
    {day:s.sent_ms + u.offset_ms} * 86400000 - v.offset_ms AS sent_day_ms
FROM (
    SELECT {unit_of} AS unit_id, r.*,
        CASE WHEN {fold:r.arm} IN ('holdout', 'heldout', 'control', 'controlgroup', 'holdoutgroup') THEN 'holdout'
             WHEN {fold:r.arm} IN ('treated', 'treatment', 'test', 'exposed', 'sent') THEN 'treated' END AS arm_of,
        CASE WHEN {fold:r.outreach_type} IN ('signal', 'segment', 'lifecycle', 'broadcast') THEN {fold:r.outreach_type}
             WHEN r.outreach_type IS NOT NULL THEN 'unclassified' END AS type_of,
        CASE WHEN {number:r.usage_after} > 0 AND {number:r.usage_after} * 10 >= {number:r.usage_before} * 11
             THEN 1 ELSE 0 END AS usage_improved
    FROM (
        SELECT t.*, ROW_NUMBER() OVER (
            PARTITION BY COALESCE(outreach_id, COALESCE(content_id, '') || ' ' || CAST(sent_ms AS {text})), person, account
            ORDER BY COALESCE(updated_ms, -1) DESC, sent_ms) AS version
        FROM pp_outreaches t
        WHERE sent_ms IS NOT NULL AND (person IS NOT NULL OR account IS NOT NULL)
    ) r{unit_join}{internal_join}
    WHERE r.version = 1 AND r.is_test = 0 AND {not_internal}
) s
JOIN pp_zone u ON s.sent_ms >= u.from_utc AND s.sent_ms < u.until_utc
JOIN pp_zone v ON {day:s.sent_ms + u.offset_ms} * 86400000 >= v.from_local AND {day:s.sent_ms + u.offset_ms} * 86400000 < v.until_local
WHERE s.unit_id IS NOT NULL)"},

    // Contacts that are the customers' own: the latest version of each, without what is no contact.
    {"pp_inbound", R"(
SELECT * FROM (
    SELECT t.*, ROW_NUMBER() OVER (PARTITION BY contact_id ORDER BY COALESCE(updated_ms, -1) DESC, created_ms) AS version
    FROM pp_tickets t
    WHERE created_ms IS NOT NULL AND contact_id IS NOT NULL AND (person IS NOT NULL OR account IS NOT NULL)
) r
WHERE version = 1 AND is_spam = 0 AND is_test = 0 AND is_internal = 0
    AND COALESCE({fold:status}, '') NOT IN ('spam', 'merged')
    AND (merged_into IS NULL OR LOWER(merged_into) IN ('no', 'n', 'false', 'f', '0', 'off'))
    AND COALESCE({fold:direction}, '') NOT IN ('outbound', 'outgoing', 'out', 'sent', 'admin', 'teammate', 'agent', 'operator',
        'bot', 'workflow', 'automated', 'automation', 'campaign', 'admininitiated', 'operatorinitiated', 'agentinitiated'))"},

    // The contacts are known from the first until the end stated, or until the last.
    {"pp_facts", R"(
SELECT MIN(created_ms) AS coverage_start, COALESCE({coverage_end}, MAX(created_ms)) AS coverage_end,
    {coverage_end} AS stated_end
FROM pp_inbound)"},

    {"pp_contacts", R"(
SELECT s.*, ROW_NUMBER() OVER (ORDER BY s.unit_id{bytes}, s.created_ms, s.contact_id{bytes}) AS c,
    {day:s.created_ms + u.offset_ms} * 86400000 - v.offset_ms AS created_day_ms,
    CASE WHEN s.closed_ms IS NOT NULL THEN {day:s.closed_ms + x.offset_ms} * 86400000 - y.offset_ms END AS closed_day_ms
FROM (
    SELECT {unit_of} AS unit_id, r.*,
        CASE WHEN {fold:r.status} IN ('open', 'new', 'pending', 'onhold', 'hold', 'inprogress', 'waiting', 'assigned',
            'unassigned', 'snoozed', 'active', 'reopened', 'escalated', 'waitingoncustomer') THEN 1 ELSE 0 END AS is_open
    FROM pp_inbound r
    CROSS JOIN pp_facts f{unit_join}{internal_join}
    WHERE {not_internal} AND (f.stated_end IS NULL OR r.created_ms < f.stated_end)
) s
JOIN pp_zone u ON s.created_ms >= u.from_utc AND s.created_ms < u.until_utc
JOIN pp_zone v ON {day:s.created_ms + u.offset_ms} * 86400000 >= v.from_local AND {day:s.created_ms + u.offset_ms} * 86400000 < v.until_local
JOIN pp_zone x ON COALESCE(s.closed_ms, 0) >= x.from_utc AND COALESCE(s.closed_ms, 0) < x.until_utc
JOIN pp_zone y ON {day:COALESCE(s.closed_ms, 0) + x.offset_ms} * 86400000 >= y.from_local
    AND {day:COALESCE(s.closed_ms, 0) + x.offset_ms} * 86400000 < y.until_local)"},

    // Rows of customers by unit. is_own: the row of an account, where accounts are the units. fall_back: the
    // row of an account, for those of its people who have none or state less; where people are the units.
    {"pp_customer_rows", R"(
SELECT {unit_of} AS unit_id, CASE WHEN r.person IS NULL THEN 1 ELSE 0 END AS is_own, 0 AS fall_back, r.*,
    COALESCE(r.active_from_ms, r.signup_ms) AS begun_ms, {earliest:r.active_to_ms, r.churned_ms} AS ended_ms
FROM pp_customers r{unit_join}{internal_join}
WHERE {not_internal}
UNION ALL
SELECT p.person, 0, 1, r.*, COALESCE(r.active_from_ms, r.signup_ms), {earliest:r.active_to_ms, r.churned_ms}
FROM pp_customers r{internal_join}
JOIN pp_account_of_person p ON p.account = r.account
LEFT JOIN (SELECT person AS own_person FROM pp_customers WHERE is_internal = 1 AND person IS NOT NULL GROUP BY person) o ON o.own_person = p.person
WHERE {is_account} = 0 AND r.person IS NULL AND o.own_person IS NULL AND {not_internal})"},

    // counts: speaks of whether the unit's people are there; an account's row where none of them has an own
    // one.
    {"pp_customer_counted", R"(
SELECT x.*, CASE WHEN x.is_own = 0 AND (x.fall_back = 0 OR m.people = 0) THEN 1 ELSE 0 END AS counts
FROM pp_customer_rows x
JOIN (SELECT unit_id AS unit_of_people, SUM(1 - fall_back) AS people FROM pp_customer_rows GROUP BY unit_id) m
    ON m.unit_of_people = x.unit_id)"},

    // Attributes of a unit: colleagues of one account may differ, the first by text stands. An account has
    // left when its own row says so, or when all of its people have.
    {"pp_customer_units", R"(
SELECT r.unit_id, {of_customer:segment} AS segment, {c_customers},
    COALESCE(MAX(CASE WHEN r.is_own = 1 THEN r.churned_ms END), CASE WHEN COUNT(CASE WHEN r.counts = 1 THEN 1 END)
        = COUNT(CASE WHEN r.counts = 1 THEN r.churned_ms END) THEN MAX(CASE WHEN r.counts = 1 THEN r.churned_ms END) END) AS churned_ms,
    COALESCE(MIN(CASE WHEN r.is_own = 1 THEN r.begun_ms END), MIN(CASE WHEN r.counts = 1 THEN r.begun_ms END)) AS begun_ms,
    COALESCE(MAX(CASE WHEN r.is_own = 1 THEN r.ended_ms END), CASE WHEN COUNT(CASE WHEN r.counts = 1 THEN 1 END)
        = COUNT(CASE WHEN r.counts = 1 THEN r.ended_ms END) THEN MAX(CASE WHEN r.counts = 1 THEN r.ended_ms END) END) AS ended_ms
FROM pp_customer_counted r
WHERE r.unit_id IS NOT NULL
GROUP BY r.unit_id)"},

    // Everything that puts a unit into an arm, or marks it as eligible or signalled (arm null).
    {"pp_listed", R"(
SELECT s.*, {day:s.at_ms + u.offset_ms} * 86400000 - v.offset_ms AS at_day_ms
FROM (
    SELECT {unit_of} AS unit_id, r.*
    FROM (
        SELECT person, account, COALESCE(assigned_ms, eligible_ms) AS at_ms,
            CASE WHEN assigned_ms IS NULL THEN eligible_date_only ELSE assigned_date_only END AS date_only,
            CASE WHEN {fold:arm} IN ('holdout', 'heldout', 'control', 'controlgroup', 'holdoutgroup') THEN 'holdout'
                 WHEN {fold:arm} IN ('treated', 'treatment', 'test', 'exposed', 'sent') THEN 'treated' END AS arm,
            COALESCE(experiment_id, '') AS experiment, trigger_name, CAST(NULL AS {text}) AS type_of, {v_exposure},
            CAST(NULL AS {text}) AS names_outreach, CAST(NULL AS {text}) AS variant_of,
            topic, CAST(NULL AS {text}) AS trigger_class, CAST(NULL AS {int}) AS resolved_ms,
            COALESCE(trigger_name, '') || '				' || COALESCE(topic, '') AS tie_text, eligible_ms, 0 AS is_signal, 0 AS from_outreach
        FROM (SELECT DISTINCT * FROM pp_exposure) e
        UNION ALL
        SELECT person, account, fired_ms, fired_date_only, NULL, '', trigger_name, NULL, {v_signal}, outreach_id, NULL,
            topic, NULL, CASE WHEN resolved_ms >= fired_ms THEN resolved_ms END,
            COALESCE(trigger_name, '') || '				' || COALESCE(topic, ''), NULL, 1, 0
        FROM (
            SELECT t.*, ROW_NUMBER() OVER (PARTITION BY COALESCE(signal_id, COALESCE(person, '') || ' ' || COALESCE(account, '')
                || ' ' || COALESCE(trigger_name, '') || ' ' || CAST(fired_ms AS {text})) ORDER BY COALESCE(updated_ms, -1) DESC, fired_ms) AS version
            FROM pp_signals t
        ) g
        WHERE version = 1
    ) r{unit_join}{internal_join}
    WHERE r.at_ms IS NOT NULL AND {not_internal}
    UNION ALL
    SELECT unit_id, person, account, sent_ms, sent_date_only, arm_of, COALESCE(experiment_id, ''), trigger_name, type_of,
        {v_outreach}, NULL, {variant}, topic, trigger_class, NULL, {tie_text}, NULL, 0, 1
    FROM pp_sent
    WHERE arm_of IS NOT NULL AND COALESCE(type_of, '') <> 'broadcast'
) s
JOIN pp_zone u ON s.at_ms >= u.from_utc AND s.at_ms < u.until_utc
JOIN pp_zone v ON {day:s.at_ms + u.offset_ms} * 86400000 >= v.from_local AND {day:s.at_ms + u.offset_ms} * 86400000 < v.until_local
WHERE s.unit_id IS NOT NULL)"},

    // A list wins over the messages for the arms that it states.
    {"pp_kept", R"(
SELECT l.* FROM pp_listed l
CROSS JOIN (
    SELECT COALESCE(MAX(CASE WHEN from_outreach = 0 AND arm = 'treated' THEN 1 END), 0) AS listed_treated,
        COALESCE(MAX(CASE WHEN from_outreach = 0 AND arm = 'holdout' THEN 1 END), 0) AS listed_holdout
    FROM pp_listed
) f
WHERE NOT (l.from_outreach = 1 AND ((l.arm = 'treated' AND f.listed_treated = 1) OR (l.arm = 'holdout' AND f.listed_holdout = 1))))"},

    // Held-out people alone: whoever else got a message was the other arm, once a unit. An arm whose units
    // are listed clearly more often than the other's (1.25 times, 30 units an arm): first assignments only.
    {"pp_balance", R"(
SELECT CASE WHEN holdout_rows > 0 AND treated_rows = 0 THEN 1 ELSE 0 END AS adds_treated,
    CASE WHEN (holdout_rows > 0 AND treated_rows = 0) OR (treated_units >= 30 AND holdout_units >= 30
        AND (4 * treated_rows * holdout_units > 5 * holdout_rows * treated_units
            OR 4 * holdout_rows * treated_units > 5 * treated_rows * holdout_units)) THEN 1 ELSE 0 END AS first_only
FROM (
    SELECT COALESCE(SUM(CASE WHEN arm = 'holdout' THEN n END), 0) AS holdout_rows,
        COALESCE(SUM(CASE WHEN arm = 'treated' THEN n END), 0) AS treated_rows,
        COUNT(CASE WHEN arm = 'holdout' THEN 1 END) AS holdout_units,
        COUNT(CASE WHEN arm = 'treated' THEN 1 END) AS treated_units
    FROM (SELECT arm, unit_id, experiment, COUNT(*) AS n FROM pp_kept GROUP BY arm, unit_id, experiment) k
) x)"},

    {"pp_assignments", R"(
SELECT d.*, ROW_NUMBER() OVER (ORDER BY unit_id{bytes}, at_ms, CASE arm WHEN 'treated' THEN 1 WHEN 'holdout' THEN 2 ELSE 0 END,
    experiment{bytes}, tie_text{bytes}) AS a
FROM (
    SELECT unit_id, person, account, at_ms, at_day_ms, date_only, arm, experiment, trigger_name, type_of, {v}, names_outreach, variant_of, topic, trigger_class, resolved_ms, tie_text, eligible_ms, is_signal
    FROM (
        SELECT k.*, b.first_only, ROW_NUMBER() OVER (PARTITION BY k.arm, k.unit_id, k.experiment
            ORDER BY k.at_ms, k.tie_text{bytes}) AS place
        FROM (
            SELECT p.unit_id, p.person, p.account, p.at_ms, p.at_day_ms, p.date_only, p.arm, p.trigger_name, p.type_of, {v_of_p}, p.names_outreach, p.variant_of,
                p.topic, p.trigger_class, p.resolved_ms, p.tie_text, p.eligible_ms, p.is_signal,
                CASE WHEN q.adds_treated = 1 AND p.arm = 'holdout' THEN '' ELSE p.experiment END AS experiment
            FROM pp_kept p CROSS JOIN pp_balance q
        ) k
        CROSS JOIN pp_balance b
    ) n
    WHERE arm IS NULL OR first_only = 0 OR place = 1
    UNION ALL
    SELECT unit_id, person, NULL, sent_ms, sent_day_ms, sent_date_only, 'treated', '', trigger_name, type_of, {v}, NULL, variant_of, topic, trigger_class, NULL, '', NULL, 0
    FROM (
        SELECT s.*, {v_outreach}, {variant} AS variant_of, ROW_NUMBER() OVER (PARTITION BY s.unit_id ORDER BY s.o) AS place
        FROM pp_sent s
        CROSS JOIN pp_balance b
        LEFT JOIN (SELECT unit_id AS held_out FROM pp_kept WHERE arm = 'holdout' GROUP BY unit_id) h ON h.held_out = s.unit_id
        WHERE b.adds_treated = 1 AND h.held_out IS NULL AND COALESCE(s.arm_of, '') <> 'holdout'
            AND COALESCE(s.type_of, '') <> 'broadcast'
    ) m
    WHERE place = 1
) d)"},

    // Views of articles, also of nobody known (unit null); the vote.
    {"pp_view_rows", R"(
SELECT s.*, ROW_NUMBER() OVER (ORDER BY s.unit_id{bytes}, s.viewed_ms, s.event_id{bytes}) AS v
FROM (
    SELECT {unit_of} AS unit_id, r.*,
        CASE WHEN {fold:r.helpful} IN ('helpful', 'up', 'upvote', 'thumbsup', 'happy', '1', 'true', 'yes', 'y', 'x', 't', 'on') THEN 1
             WHEN {fold:r.helpful} IN ('nothelpful', 'unhelpful', 'down', 'downvote', 'thumbsdown', '0', 'false', 'no', 'n', 'f', 'off') THEN 0 END AS vote
    FROM pp_reading r{unit_join}{internal_join}
    WHERE r.viewed_ms IS NOT NULL AND {not_internal}
) s)"},

    // Survey answers: the score between the ends of its scale, null = asked only.
    {"pp_answer_rows", R"(
SELECT s.*, ROW_NUMBER() OVER (ORDER BY s.responded_ms, s.response_id{bytes}) AS r
FROM (
    SELECT {unit_of} AS unit_id, r.response_id, r.contact_id, r.outreach_id, r.responded_ms, r.survey_sent_ms AS sent_ms,
        CASE WHEN {fold:r.kind} IN ('nps', 'ces') THEN {fold:r.kind} ELSE 'csat' END AS kind_of,
        ({number:r.score} - {number:r.scale_min}) / ({number:r.scale_max} - {number:r.scale_min}) AS normalised
    FROM pp_scores r{unit_join}{internal_join}
    WHERE {not_internal}
) s)"},

    // A unit some of whose times have no time of day is compared by whole days (5.5.3).
    {"pp_units", R"(
SELECT x.unit_id, MAX(x.date_only) AS whole_days, MAX(k.churned_ms) AS churned_ms, MAX(k.segment{bytes}) AS segment,
    {c_units}
FROM (
    SELECT unit_id, sent_date_only AS date_only FROM pp_sent
    UNION ALL SELECT unit_id, created_date_only FROM pp_contacts WHERE unit_id IS NOT NULL
    UNION ALL SELECT unit_id, date_only FROM pp_listed
    UNION ALL SELECT unit_id, 0 FROM pp_customer_units
    UNION ALL SELECT unit_id, 0 FROM pp_view_rows WHERE unit_id IS NOT NULL
    UNION ALL SELECT unit_id, 0 FROM pp_answer_rows WHERE unit_id IS NOT NULL
) x
LEFT JOIN pp_customer_units k ON k.unit_id = x.unit_id
GROUP BY x.unit_id)"},

    {"pp_messages", R"(
SELECT s.o, s.unit_id, s.person, s.sent_ms, CASE WHEN u.whole_days = 1 THEN s.sent_day_ms ELSE s.sent_ms END AS clock_ms,
    s.outreach_id, s.conversation_id, s.topic, s.trigger_name, s.trigger_class, s.type_of, s.channel, s.owner_id, s.content_id, s.campaign, s.outcome, s.usage_improved,
    s.delivered_ms, s.bounced_ms, s.opened_ms, s.clicked_ms, s.replied_ms, s.completed_ms, s.dismissed_ms, s.unsubscribed_ms,
    s.cost, s.is_promotional, s.initiated_by,
    CASE WHEN s.replied_ms IS NULL OR s.completed_ms < s.replied_ms THEN COALESCE(s.completed_ms, s.replied_ms) ELSE s.replied_ms END AS own_confirmed_ms,
    NULLIF(LEAST(COALESCE(s.clicked_ms, 9000000000000000), COALESCE(s.replied_ms, 9000000000000000), COALESCE(s.completed_ms, 9000000000000000)), 9000000000000000) AS own_engaged_ms,
    CASE WHEN COALESCE(s.type_of, '') = 'broadcast' THEN 1 ELSE 0 END AS is_broadcast, {v_outreach},
    {variant} AS variant_of
FROM pp_sent s
JOIN pp_units u ON u.unit_id = s.unit_id
WHERE COALESCE(s.arm_of, '') <> 'holdout')"},

    // The type of the messages of a trigger, where they are all of one: held-out rows rarely state it.
    {"pp_trigger_types", R"(
SELECT trigger_name, MIN(type_of) AS type_of FROM pp_messages
WHERE trigger_name IS NOT NULL AND type_of IS NOT NULL
GROUP BY trigger_name
HAVING COUNT(DISTINCT type_of) = 1)"},

    // What a contact says it answers: an outreach by its id, else by its conversation, else the conversation
    // that the contact itself is. Of several messages the unit's own, the last before the contact.
    {"pp_replies", R"(
SELECT c, o FROM (
    SELECT k.c, k.o, ROW_NUMBER() OVER (PARTITION BY k.c ORDER BY k.way, k.own_unit DESC, k.sent_before DESC,
        CASE WHEN k.sent_before = 1 THEN -k.sent_ms ELSE k.sent_ms END, k.o) AS place
    FROM (
        SELECT c.c, m.o, w.way, m.sent_ms, CASE WHEN m.unit_id = c.unit_id THEN 1 ELSE 0 END AS own_unit,
            CASE WHEN m.sent_ms <= c.created_ms THEN 1 ELSE 0 END AS sent_before
        FROM pp_contacts c
        CROSS JOIN (SELECT 1 AS way UNION ALL SELECT 2 UNION ALL SELECT 3) w
        JOIN (
            SELECT o, unit_id, sent_ms, 1 AS way, outreach_id AS named FROM pp_messages
            UNION ALL SELECT o, unit_id, sent_ms, 2, conversation_id FROM pp_messages
            UNION ALL SELECT o, unit_id, sent_ms, 3, conversation_id FROM pp_messages
        ) m ON m.way = w.way AND m.named = CASE WHEN w.way = 3 THEN c.contact_id ELSE c.in_reply_to END
        WHERE c.unit_id IS NOT NULL
    ) k
) p
WHERE place = 1)"},

    // The messages that the question's filters keep. Reading what a message led to is engagement with it
    // (5.5.9), a vote for it a confirmation (5.5.12).
    {"pp_chosen", R"(
SELECT x.*, {earliest:x.own_confirmed_ms, v.voted_ms} AS confirmed_ms, {earliest:x.own_engaged_ms, v.viewed_ms} AS engaged_ms
FROM pp_messages x
JOIN pp_units u ON u.unit_id = x.unit_id
LEFT JOIN (
    SELECT s.o AS seen_o, MIN(r.viewed_ms) AS viewed_ms, MIN(CASE WHEN r.vote = 1 THEN r.viewed_ms END) AS voted_ms
    FROM pp_view_sources s
    JOIN pp_view_rows r ON r.v = s.v
    JOIN pp_messages m ON m.o = s.o
    WHERE r.viewed_ms >= m.sent_ms
    GROUP BY s.o
) v ON v.seen_o = x.o
WHERE {keeps_x})"},

    // The message that a signal names: the unit's own, of several the last.
    {"pp_signal_names", R"(
SELECT a, o FROM (
    SELECT s.a, m.o, ROW_NUMBER() OVER (PARTITION BY s.a ORDER BY CASE WHEN m.unit_id = s.unit_id THEN 0 ELSE 1 END,
        m.sent_ms DESC, m.o) AS place
    FROM pp_assignments s
    JOIN pp_messages m ON m.outreach_id = s.names_outreach
    WHERE s.arm IS NULL
) x
WHERE place = 1)"},

    // Contacts of known units, by both clocks; r_unit_id is the unit of the message that it answers.
    {"pp_asked", R"(
SELECT c.c, c.unit_id, c.person, c.created_ms, c.created_day_ms, CASE WHEN u.whole_days = 1 THEN c.created_day_ms ELSE c.created_ms END AS clock_ms,
    CASE WHEN u.whole_days = 1 THEN c.closed_day_ms ELSE c.closed_ms END AS closed_ms, c.is_open, c.topic,
    CASE WHEN {fold:c.escalated} IN ('yes', 'true', '1', 'y', 't') THEN 1 ELSE 0 END AS escalated, r.o AS reply_o
FROM pp_contacts c
JOIN pp_units u ON u.unit_id = c.unit_id
LEFT JOIN (SELECT p.c, p.o FROM pp_replies p JOIN pp_chosen m ON m.o = p.o) r ON r.c = c.c)"},

    // Moments of units, with the clock of the unit and the type of the trigger's messages.
    {"pp_placed", R"(
SELECT x.* FROM (
    SELECT a.a, a.unit_id, a.at_ms, CASE WHEN w.whole_days = 1 THEN a.at_day_ms ELSE a.at_ms END AS clock_ms, a.arm, a.experiment,
        a.trigger_name, COALESCE(a.type_of, t.type_of) AS type_of, {v_assignment}, a.variant_of,
        a.eligible_ms, a.is_signal, a.topic, a.trigger_class, a.resolved_ms, a.person, a.account
    FROM pp_assignments a
    JOIN pp_units w ON w.unit_id = a.unit_id
    LEFT JOIN pp_trigger_types t ON t.trigger_name = a.trigger_name
) x
JOIN pp_units u ON u.unit_id = x.unit_id
WHERE {keeps_x})"},
}};

} // namespace

void append_history(const SqlText& sql, std::vector<SqlStep>& steps) {
    for (const auto& step : kSteps) {
        steps.push_back(sql.table(step.name, step.query));
        if (step.name == "pp_messages") append_view_sources(sql, steps);
    }
}

} // namespace preempt::evidence
