// Does the comparison notice? One rule of the SQL is bent at a time; on the hand-made data some cell must then differ. In:
// nothing. Out: [rule, text of the SQL, its replacement]; the text must occur.
export const mutations = [
  ['a message joins while it is sent before the end, at the end it opens anew', '- 1 FOLLOWING', 'FOLLOWING'],
  [
    'a contact at the very end of the window is outside',
    'c.clock_ms < e.start_ms + WINDOW\n        WHERE',
    'c.clock_ms <= e.start_ms + WINDOW\n        WHERE',
  ],
  [
    'a contact at the moment of the message counts',
    'AND c.clock_ms >= e.start_ms AND',
    'AND c.clock_ms > e.start_ms AND',
  ],
  [
    'a contact just before the message makes it reactive',
    'WHERE c.clock_ms < e.start_ms\n',
    'WHERE c.clock_ms < e.start_ms - 1\n',
  ],
  [
    'looking back, the beginning is inside',
    'c.clock_ms >= e.start_ms - WINDOW OR',
    'c.clock_ms > e.start_ms - WINDOW OR',
  ],
  [
    'a ticket closed at the moment of the message is not open',
    'WHEN c.closed_ms > e.start_ms',
    'WHEN c.closed_ms >= e.start_ms',
  ],
  [
    'an open ticket without an end is open',
    'WHEN c.closed_ms IS NULL THEN c.is_open',
    'WHEN c.closed_ms IS NULL THEN 0',
  ],
  ['a window that ends with the data is over', '> f.coverage_end THEN', '>= f.coverage_end THEN'],
  [
    'looking back to the first contact is not cut',
    'e.start_ms - WINDOW < f.coverage_start',
    'e.start_ms - WINDOW <= f.coverage_start',
  ],
  [
    'who leaves at the end of the window was there',
    'u.churned_ms < e.start_ms +',
    'u.churned_ms <= e.start_ms +',
  ],
  [
    'reactive comes before censored',
    "WHEN r.id IS NOT NULL THEN 'reactive'\n",
    "WHEN r.id IS NOT NULL AND u.churned_ms IS NULL THEN 'reactive'\n",
  ],
  ['a reply belongs to its message', '(c.reply_o IS NULL OR e.population IN', '(1 = 1 OR e.population IN'],
  [
    'a late reply is no outcome',
    'WHERE c.created_x >= e.start_ms AND c.created_x < e.start_ms + WINDOW',
    'WHERE c.created_x >= e.start_ms',
  ],
  ['of several messages of one id the unit has its own', 'k.own_unit DESC, ', ''],
  ['of several messages of one id the last before counts', 'k.sent_before DESC', 'k.sent_before'],
  ['a conversation stands for its message', 'm.way = w.way AND', 'm.way = w.way AND w.way < 2 AND'],
  [
    'the topic decides between running windows',
    'WHEN e.topic = c.topic THEN 0 ELSE 1',
    'WHEN e.topic = c.topic THEN 1 ELSE 0',
  ],
  ['then the later window', 'e.start_ms DESC, e.id', 'e.start_ms, e.id'],
  ['then the smaller id', 'e.start_ms DESC, e.id', 'e.start_ms DESC, e.id DESC'],
  ['induced within a day, the end outside', '< m.clock_ms + 86400000\n', '<= m.clock_ms + 86400000\n'],
  ['a negative reply confirms nothing', "<> 'negative'", "<> 'nothing'"],
  [
    'a reply at the end of the window confirms nothing',
    'm.confirmed_ms < e.start_ms + WINDOW',
    'm.confirmed_ms <= e.start_ms + WINDOW',
  ],
  [
    'usage of an episode with a contact is not confirmed',
    'CASE WHEN o.contacts IS NULL THEN COALESCE(n.noted, 0) ELSE 0 END',
    'COALESCE(n.noted, 0)',
  ],
  ['both arms: dropped', 'WHEN x.arms > 1 THEN', 'WHEN x.arms > 2 THEN'],
  [
    'an experiment is a part of its own',
    "SELECT 'assignments', unit_id, experiment, a",
    "SELECT 'assignments', unit_id, '', a",
  ],
  [
    'a list wins over the messages for the arms that it states',
    'WHERE NOT (l.from_outreach = 1 AND',
    'WHERE NOT (l.from_outreach = 2 AND',
  ],
  [
    'a list of held-out people has one clock a unit',
    'WHERE arm IS NULL OR first_only = 0 OR place = 1',
    'WHERE 1 = 1',
  ],
  [
    'a held-out row of a messaging tool is no message',
    "WHERE COALESCE(s.arm_of, '') <> 'holdout';",
    'WHERE 1 = 1;',
  ],
  [
    'a broadcast is no assignment',
    "WHERE arm_of IS NOT NULL AND COALESCE(type_of, '') <> 'broadcast'",
    'WHERE arm_of IS NOT NULL',
  ],
  [
    'the latest version of a message',
    'COALESCE(updated_ms, -1) DESC, sent_ms) AS version',
    'sent_ms) AS version',
  ],
  [
    'the latest version of a contact',
    'COALESCE(updated_ms, -1) DESC, created_ms) AS version',
    'created_ms) AS version',
  ],
  ['tests leave', 'r.version = 1 AND r.is_test = 0', 'r.version = 1'],
  ['spam leaves', 'is_spam = 0 AND ', ''],
  [
    'merged contacts leave',
    "(merged_into IS NULL OR LOWER(merged_into) IN ('no'",
    "(1 = 1 OR LOWER(merged_into) IN ('no'",
  ],
  ['outbound contacts leave', "NOT IN ('outbound', ", "NOT IN ('x', "],
  ['addresses in any case are one person', "LIKE '%@%' THEN LOWER(", "LIKE '%@%' THEN ("],
  ['null words are nothing', "('', '-', 'na', 'n/a', 'null', 'none')", "('')"],
  [
    'days: a unit with a date is compared by whole days',
    'CASE WHEN u.whole_days = 1 THEN c.created_day_ms ELSE c.created_ms END',
    'c.created_ms',
  ],
  [
    'days: so are its messages',
    'CASE WHEN u.whole_days = 1 THEN s.sent_day_ms ELSE s.sent_ms END',
    's.sent_ms',
  ],
  [
    'a signal counts until the message, the moment included',
    's.clock_ms <= m.clock_ms AND',
    's.clock_ms < m.clock_ms AND',
  ],
  [
    'a signal a whole window before the message is not answered',
    'AND m.clock_ms < s.clock_ms + WINDOW\n',
    'AND m.clock_ms <= s.clock_ms + WINDOW\n',
  ],
  [
    'a signal answered at its window’s end was not acted on',
    'm.clock_ms < k.clock_ms + WINDOW',
    'm.clock_ms <= k.clock_ms + WINDOW',
  ],
  [
    'a signal that names a message is answered by it',
    'CASE WHEN s.names_o = m.o THEN 0 ELSE 1 END',
    'CASE WHEN s.names_o = m.o THEN 1 ELSE 0 END',
  ],
  ['signals of another trigger are not answered', 's.trigger_name = m.trigger_name)))', '1 = 1)))'],
  ['a bounced message reached nobody', 'CASE WHEN m.bounced_ms IS NULL THEN 1 ELSE 0 END, NULL', '1, NULL'],
  ['weeks begin on Monday', 'MOD(e.start_day + 3, 7) AS week_day', 'MOD(e.start_day + 4, 7) AS week_day'],
  [
    'the type of a trigger’s messages is that of its held-out',
    'COALESCE(a.type_of, t.type_of) AS type_of',
    'a.type_of AS type_of',
  ],
];
