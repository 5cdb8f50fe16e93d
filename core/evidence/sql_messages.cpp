// What came of messages, in SQL: reactions (M25), load (M26), who sent (M27, D04), promotion (M36), costs.
// In: the messages that the question's filters keep. Out: steps, and the queries of their counts.
#include "core/evidence/sql_steps.hpp"

#include <array>

namespace preempt::evidence {
namespace {

constexpr std::array<std::string_view, 8> kReactions{"delivered", "bounced",   "opened",    "clicked",
                                                     "replied",   "completed", "dismissed", "unsubscribed"};

/// Yes, no, or null where nothing is stated; the words of parse_flag and parse_by_automation.
constexpr SqlTable kLoad{"pp_load", R"(
SELECT x.*, {day:x.sent_ms + z.offset_ms} AS d, {number:x.cost} AS stated_cost,
    CASE WHEN LOWER(x.is_promotional) IN ('1', 'true', 'yes', 'y', 'x', 't', 'on') THEN 1
         WHEN LOWER(x.is_promotional) IN ('0', 'false', 'no', 'n', 'f', 'off') THEN 0 END AS promotional,
    CASE WHEN {fold:x.initiated_by} IN ('automation', 'automated', 'automatic', 'auto', 'workflow', 'workflows', 'bot', 'system', 'campaign',
            'series', 'journey', 'trigger', 'triggered', 'rule', 'api', 'flow', 'sequence', 'canvas', 'program', 'scheduled', 'automessage',
            'machine', 'macro', 'playbook') THEN 1
         WHEN {fold:x.initiated_by} IN ('person', 'manual', 'manually', 'human', 'agent', 'admin', 'teammate', 'user', 'csm', 'employee', 'rep',
            'owner', 'staff', 'manualmessage', 'teammember', 'hand') THEN 0 END AS by_automation
FROM pp_chosen x
JOIN pp_zone z ON x.sent_ms >= z.from_utc AND x.sent_ms < z.until_utc
WHERE {in_span:x.sent_ms})"};

/// Content, and content with variant where that is more than the content's name.
constexpr SqlTable kFunnels{"pp_funnels", R"(
SELECT 'm25' AS name, '' AS label, x.* FROM pp_load x WHERE x.is_broadcast = 0
UNION ALL SELECT 'm25_trigger', x.trigger_name, x.* FROM pp_load x WHERE x.is_broadcast = 0 AND x.trigger_name IS NOT NULL
UNION ALL SELECT 'm25_content', x.content_id, x.* FROM pp_load x WHERE x.is_broadcast = 0 AND x.content_id IS NOT NULL
UNION ALL SELECT 'm25_content', x.variant_of, x.* FROM pp_load x
    LEFT JOIN (SELECT content_id AS known FROM pp_load WHERE is_broadcast = 0 AND content_id IS NOT NULL GROUP BY content_id) k
        ON k.known = x.variant_of
    WHERE x.is_broadcast = 0 AND x.variant_of IS NOT NULL AND k.known IS NULL)"};

/// Messages to a unit in one period; several: of more than one channel or owner.
constexpr SqlTable kLoads{"pp_loads", R"(
SELECT p.kind, p.label, x.unit_id, COUNT(*) AS n,
    CASE WHEN COUNT(DISTINCT x.channel) > 1 OR COUNT(DISTINCT x.owner_id) > 1 THEN 1 ELSE 0 END AS several
FROM pp_load x
JOIN pp_days p ON p.d = x.d
GROUP BY p.kind, p.label, x.unit_id)"};

constexpr std::string_view kCounts = R"(
UNION ALL SELECT 'm26_load', '', CAST(n AS {text}), '', 0, COUNT(*)
    FROM (
        SELECT x.unit_id, COUNT(*) AS n
        FROM pp_load x
        CROSS JOIN pp_facts f
        JOIN (SELECT unit_id AS u, MAX(sent_ms) + 1 AS behind FROM pp_load GROUP BY unit_id) l ON l.u = x.unit_id
        WHERE x.sent_ms < {earliest:f.coverage_end, l.behind} AND x.sent_ms >= {earliest:f.coverage_end, l.behind} - 2592000000
        GROUP BY x.unit_id
    ) k GROUP BY CAST(n AS {text})
UNION ALL SELECT kind || '_m26_load', label, CAST(n AS {text}), '', 0, COUNT(*) FROM pp_loads GROUP BY kind, label, CAST(n AS {text})
UNION ALL SELECT kind || '_d04_senders', label, '', '', SUM(several), COUNT(*) FROM pp_loads GROUP BY kind, label
UNION ALL SELECT 'm18_message_cost', '', '', '', CAST(FLOOR(SUM(stated_cost) * 100 + 0.5) AS {int}), COUNT(stated_cost) FROM pp_load)";

} // namespace

void append_message_counts(const SqlText& sql, SqlCounts& counts, std::vector<SqlStep>& steps) {
    for (const auto& step : {kLoad, kFunnels})
        steps.push_back(sql.table(step.name, step.query));
    for (const auto reaction : kReactions) {
        const std::string name(reaction);
        const auto sum = "SUM(CASE WHEN " + name + "_ms IS NOT NULL THEN 1 ELSE 0 END), COUNT(*)";
        counts.queries += "\nUNION ALL SELECT name || '_" + name + "', label, '', '', " + sum +
                          " FROM pp_funnels GROUP BY name, label";
        counts.dated += "\nUNION ALL SELECT 'm25_" + name + "', '', d, 0, " + sum +
                        " FROM pp_load WHERE is_broadcast = 0 GROUP BY d";
    }
    counts.dated += R"(
UNION ALL SELECT 'm25_broadcasts', '', d, 0, 0, COUNT(*) FROM pp_load WHERE is_broadcast = 1 GROUP BY d
UNION ALL SELECT 'm36_promotional', '', d, 1, COALESCE(SUM(promotional), 0), COUNT(promotional) FROM pp_load GROUP BY d
UNION ALL SELECT 'm27_automation', '', d, 1, COALESCE(SUM(by_automation), 0), COUNT(by_automation) FROM pp_load GROUP BY d)";
    counts.days += "\nUNION SELECT d FROM pp_load";
    counts.queries += kCounts;
    counts.by_period.push_back(kLoads);
}

} // namespace preempt::evidence
