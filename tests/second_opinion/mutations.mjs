// Does the comparison notice? One rule of the SQL is bent at a time; on the hand-made data some cell must then differ. In:
// nothing. Out: each rule in words, its SQL (which must occur; WINDOW stands for the length of the window), and what bends it.
export const mutations = [
  {
    rule: 'a message joins while it is sent before the end, at the end it opens anew',
    sql: '- 1 FOLLOWING',
    bent: 'FOLLOWING',
  },
  {
    rule: 'a contact at the very end of the window is outside',
    sql: 'c.clock_ms < e.start_ms + WINDOW\n        WHERE',
    bent: 'c.clock_ms <= e.start_ms + WINDOW\n        WHERE',
  },
  {
    rule: 'a contact at the moment of the message counts',
    sql: 'AND c.clock_ms >= e.start_ms AND',
    bent: 'AND c.clock_ms > e.start_ms AND',
  },
  {
    rule: 'a contact just before the message makes it reactive',
    sql: 'WHERE c.clock_ms < e.start_ms\n',
    bent: 'WHERE c.clock_ms < e.start_ms - 1\n',
  },
  {
    rule: 'looking back, the beginning is inside',
    sql: 'c.clock_ms >= e.start_ms - WINDOW OR',
    bent: 'c.clock_ms > e.start_ms - WINDOW OR',
  },
  {
    rule: 'a ticket closed at the moment of the message is not open',
    sql: 'WHEN c.closed_ms > e.start_ms',
    bent: 'WHEN c.closed_ms >= e.start_ms',
  },
  {
    rule: 'an open ticket without an end is open',
    sql: 'WHEN c.closed_ms IS NULL THEN c.is_open',
    bent: 'WHEN c.closed_ms IS NULL THEN 0',
  },
  {
    rule: 'a window that ends with the data is over',
    sql: '> f.coverage_end THEN',
    bent: '>= f.coverage_end THEN',
  },
  {
    rule: 'looking back to the first contact is not cut',
    sql: 'e.start_ms - WINDOW < f.coverage_start',
    bent: 'e.start_ms - WINDOW <= f.coverage_start',
  },
  {
    rule: 'who leaves at the end of the window was there',
    sql: 'u.churned_ms < e.start_ms +',
    bent: 'u.churned_ms <= e.start_ms +',
  },
  {
    rule: 'reactive comes before censored',
    sql: "WHEN r.id IS NOT NULL THEN 'reactive'\n",
    bent: "WHEN r.id IS NOT NULL AND u.churned_ms IS NULL THEN 'reactive'\n",
  },
  {
    rule: 'a reply belongs to its message',
    sql: '(c.reply_o IS NULL OR e.population IN',
    bent: '(1 = 1 OR e.population IN',
  },
  {
    rule: 'a late reply is no outcome',
    sql: 'WHERE c.created_x >= e.start_ms AND c.created_x < e.start_ms + WINDOW',
    bent: 'WHERE c.created_x >= e.start_ms',
  },
  { rule: 'of several messages of one id the unit has its own', sql: 'k.own_unit DESC, ', bent: '' },
  {
    rule: 'of several messages of one id the last before counts',
    sql: 'k.sent_before DESC',
    bent: 'k.sent_before',
  },
  {
    rule: 'a conversation stands for its message',
    sql: 'm.way = w.way AND',
    bent: 'm.way = w.way AND w.way < 2 AND',
  },
  {
    rule: 'the topic decides between running windows',
    sql: 'WHEN e.topic = c.topic THEN 0 ELSE 1',
    bent: 'WHEN e.topic = c.topic THEN 1 ELSE 0',
  },
  { rule: 'then the later window', sql: 'e.start_ms DESC, e.id', bent: 'e.start_ms, e.id' },
  { rule: 'then the smaller id', sql: 'e.start_ms DESC, e.id', bent: 'e.start_ms DESC, e.id DESC' },
  {
    rule: 'induced within a day, the end outside',
    sql: '< m.clock_ms + 86400000\n',
    bent: '<= m.clock_ms + 86400000\n',
  },
  { rule: 'a negative reply confirms nothing', sql: "<> 'negative'", bent: "<> 'nothing'" },
  {
    rule: 'a reply at the end of the window confirms nothing',
    sql: 'm.confirmed_ms < e.start_ms + WINDOW',
    bent: 'm.confirmed_ms <= e.start_ms + WINDOW',
  },
  {
    rule: 'usage of an episode with a contact is not confirmed',
    sql: 'CASE WHEN o.contacts IS NULL THEN COALESCE(n.noted, 0) ELSE 0 END',
    bent: 'COALESCE(n.noted, 0)',
  },
  { rule: 'both arms: dropped', sql: 'WHEN x.arms > 1 THEN', bent: 'WHEN x.arms > 2 THEN' },
  {
    rule: 'an experiment is a part of its own',
    sql: "SELECT 'assignments', unit_id, experiment, a",
    bent: "SELECT 'assignments', unit_id, '', a",
  },
  {
    rule: 'a list wins over the messages for the arms that it states',
    sql: 'WHERE NOT (l.from_outreach = 1 AND',
    bent: 'WHERE NOT (l.from_outreach = 2 AND',
  },
  {
    rule: 'a list of held-out people has one clock a unit',
    sql: 'WHERE arm IS NULL OR first_only = 0 OR place = 1',
    bent: 'WHERE 1 = 1',
  },
  {
    rule: 'a held-out row of a messaging tool is no message',
    sql: "WHERE COALESCE(s.arm_of, '') <> 'holdout';",
    bent: 'WHERE 1 = 1;',
  },
  {
    rule: 'a broadcast is no assignment',
    sql: "WHERE arm_of IS NOT NULL AND COALESCE(type_of, '') <> 'broadcast'",
    bent: 'WHERE arm_of IS NOT NULL',
  },
  {
    rule: 'the latest version of a message',
    sql: 'COALESCE(updated_ms, -1) DESC, sent_ms) AS version',
    bent: 'sent_ms) AS version',
  },
  {
    rule: 'the latest version of a contact',
    sql: 'COALESCE(updated_ms, -1) DESC, created_ms) AS version',
    bent: 'created_ms) AS version',
  },
  { rule: 'tests leave', sql: 'r.version = 1 AND r.is_test = 0', bent: 'r.version = 1' },
  { rule: 'spam leaves', sql: 'is_spam = 0 AND ', bent: '' },
  {
    rule: 'merged contacts leave',
    sql: "(merged_into IS NULL OR LOWER(merged_into) IN ('no'",
    bent: "(1 = 1 OR LOWER(merged_into) IN ('no'",
  },
  { rule: 'outbound contacts leave', sql: "NOT IN ('outbound', ", bent: "NOT IN ('x', " },
  { rule: 'addresses in any case are one person', sql: "LIKE '%@%' THEN LOWER(", bent: "LIKE '%@%' THEN (" },
  { rule: 'null words are nothing', sql: "('', '-', 'na', 'n/a', 'null', 'none')", bent: "('')" },
  {
    rule: 'days: a unit with a date is compared by whole days',
    sql: 'CASE WHEN u.whole_days = 1 THEN c.created_day_ms ELSE c.created_ms END',
    bent: 'c.created_ms',
  },
  {
    rule: 'days: so are its messages',
    sql: 'CASE WHEN u.whole_days = 1 THEN s.sent_day_ms ELSE s.sent_ms END',
    bent: 's.sent_ms',
  },
  {
    rule: 'a signal counts until the message, the moment included',
    sql: 's.clock_ms <= m.clock_ms AND',
    bent: 's.clock_ms < m.clock_ms AND',
  },
  {
    rule: 'a signal a whole window before the message is not answered',
    sql: 'AND m.clock_ms < s.clock_ms + WINDOW\n',
    bent: 'AND m.clock_ms <= s.clock_ms + WINDOW\n',
  },
  {
    rule: 'a signal answered at its window’s end was not acted on',
    sql: 'm.clock_ms < k.clock_ms + WINDOW',
    bent: 'm.clock_ms <= k.clock_ms + WINDOW',
  },
  {
    rule: 'a signal that names a message is answered by it',
    sql: 'CASE WHEN s.names_o = m.o THEN 0 ELSE 1 END',
    bent: 'CASE WHEN s.names_o = m.o THEN 1 ELSE 0 END',
  },
  {
    rule: 'signals of another trigger are not answered',
    sql: 's.trigger_name = m.trigger_name)))',
    bent: '1 = 1)))',
  },
  {
    rule: 'a bounced message reached nobody',
    sql: 'CASE WHEN m.bounced_ms IS NULL THEN 1 ELSE 0 END, NULL',
    bent: '1, NULL',
  },
  {
    rule: 'weeks begin on Monday',
    sql: 'MOD(e.start_day + 3, 7) AS week_day',
    bent: 'MOD(e.start_day + 4, 7) AS week_day',
  },
  {
    rule: 'the type of a trigger’s messages is that of its held-out',
    sql: 'COALESCE(a.type_of, t.type_of) AS type_of',
    bent: 'a.type_of AS type_of',
  },
  {
    rule: 'a contact at the end of R repeats',
    sql: 'n.created_ms <= x.anchor_ms + ',
    bent: 'n.created_ms < x.anchor_ms + ',
  },
  {
    rule: 'a contact at the anchor runs in parallel',
    sql: 'MIN(CASE WHEN n.created_ms > x.anchor_ms THEN',
    bent: 'MIN(CASE WHEN n.created_ms >= x.anchor_ms THEN',
  },
  { rule: 'a repeat is on the same topic', sql: 'x.topic = n.topic)', bent: '1 = 1)' },
  {
    rule: 'reopened at the anchor is no repeat',
    sql: 'x.reopened_ms > x.anchor_ms',
    bent: 'x.reopened_ms >= x.anchor_ms',
  },
  {
    rule: 'who is contacted at the moment of help was not helped first',
    sql: 'k.on_topic_ms > s.helped_ms',
    bent: 'k.on_topic_ms >= s.helped_ms',
  },
  {
    rule: 'help is on the topic',
    sql: 'k.on_topic_ms IS NULL OR k.on_topic_ms >',
    bent: 'k.first_ms IS NULL OR k.first_ms >',
  },
  { rule: 'a resolution helps too', sql: 'x.resolved_ms < x.answered_ms)', bent: '1 = 0)' },
  {
    rule: 'a signal that names an earlier message was not answered by it',
    sql: 'WHEN n.sent_ms >= s.at_ms THEN n.sent_ms',
    bent: 'WHEN n.sent_ms IS NOT NULL THEN n.sent_ms',
  },
  {
    rule: 'a signal at the moment of the contact foretold nothing',
    sql: 's.unit_id = x.unit_id AND s.at_ms < x.created_ms',
    bent: 's.unit_id = x.unit_id AND s.at_ms <= x.created_ms',
  },
  {
    rule: 'a message at the moment of the contact was acting',
    sql: 'AND m.sent_ms <= x.created_ms\n',
    bent: 'AND m.sent_ms < x.created_ms\n',
  },
  {
    rule: 'a signal H before an episode is active',
    sql: 'k.at_ms >= e.start_ms -',
    bent: 'k.at_ms > e.start_ms -',
  },
  { rule: 'a signal at the start is active', sql: 'k.at_ms <= e.start_ms', bent: 'k.at_ms < e.start_ms' },
  {
    rule: 'a message a whole window before a contact is no longer on its topic',
    sql: 'AND m.sent_ms > k.created_ms -',
    bent: 'AND m.sent_ms >= k.created_ms -',
  },
  {
    rule: 'load goes back 30 days, the end outside',
    sql: 'MAX(sent_ms) + 1 AS behind',
    bent: 'MAX(sent_ms) AS behind',
  },
  {
    rule: 'broadcasts have no reactions',
    sql: 'x.* FROM pp_load x WHERE x.is_broadcast = 0',
    bent: 'x.* FROM pp_load x WHERE 1 = 1',
  },
  {
    rule: 'a word that is neither says nothing',
    sql: "WHEN LOWER(x.is_promotional) IN ('0', ",
    bent: "WHEN LOWER(x.is_promotional) IN ('maybe', ",
  },
  {
    rule: 'who came at the start was there',
    sql: 'k.begun_ms > s.start_ms',
    bent: 'k.begun_ms >= s.start_ms',
  },
  { rule: 'who left at the end stayed', sql: 'k.churned_ms) < s.end_ms', bent: 'k.churned_ms) <= s.end_ms' },
];
