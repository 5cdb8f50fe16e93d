// Writes tests/data/complete: one small programme that fills every table T1 to T10 (metrics.md 5.1), so that every
// metric has a value. In: nothing; the same bytes every time. Out: eleven CSV files.
// Program: node scripts/complete-data.mjs [OUT_DIR]
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generator } from './sample-data.mjs';

const MINUTE = 60000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2025, 11, 1);
const END = Date.UTC(2026, 4, 1); // exclusive: five months, so that the first two are followed for 90 days
const REWRITE = Date.UTC(2026, 1, 9, 8);

const random = generator(1207);
const below = (n) => Math.floor(random() * n);
const chance = (p) => random() < p;
const pick = (list) => list[below(list.length)];
const iso = (at) => (at ? new Date(Math.floor(at / MINUTE) * MINUTE).toISOString().slice(0, 19) + 'Z' : '');
const day = (at) => (at ? iso(at).slice(0, 10) : '');
const id = (prefix, number) => prefix + String(number).padStart(4, '0');
const byTime = (a, b) => a.at - b.at;

const SEGMENTS = ['enterprise', 'mid_market', 'small_business', 'self_serve'];
const PLANS = ['starter', 'team', 'scale'];
// name, type, class, topic, product area, channel, owner, baseline in 7 days, share prevented, articles, has a signal
const TRIGGERS = [
  ['usage_drop', 'signal', 'risk', 'usage', 'reports', 'in_app', 'ow_ada', 0.34, 0.55, 'art_usage', true],
  ['sync_error', 'signal', 'problem', 'bug', 'sync', 'email', 'ow_ben', 0.42, 0.5, 'art_sync', true],
  [
    'setup_stalled',
    'lifecycle',
    'lifecycle',
    'setup',
    'import',
    'email',
    'ow_chi',
    0.3,
    0.3,
    'art_setup',
    false,
  ],
  [
    'renewal_due',
    'lifecycle',
    'lifecycle',
    'billing',
    'billing',
    'email',
    'ow_dee',
    0.14,
    0,
    'art_billing',
    false,
  ],
  ['price_change', 'segment', 'risk', 'plan', 'billing', 'email', 'ow_eli', 0.16, -0.8, 'art_billing', false],
];
const TOPICS = ['usage', 'bug', 'setup', 'billing', 'plan', 'login'];

// --- customers: accounts of one to three people; the arm is drawn once an account
const customers = [];
for (let account = 1; customers.length < 120; account++) {
  const segment = SEGMENTS[account % 4];
  const arm = chance(0.25) ? 'holdout' : 'treated';
  const isNew = chance(0.25);
  const signup = isNew ? START + below(100) * DAY : START - (30 + below(900)) * DAY;
  const churned = chance(0.12) ? Math.max(signup, START) + (20 + below(120)) * DAY : 0;
  for (let n = 1 + below(3); n > 0 && customers.length < 120; n--)
    customers.push({
      id: id('cu', customers.length + 1),
      account: id('ac', account),
      segment,
      plan: PLANS[segment === 'enterprise' ? 2 : below(3)],
      arm,
      signup: isNew ? signup + 9 * HOUR : signup,
      churned: churned && churned < END ? churned : 0,
      health: 20 + below(80),
      activated: isNew && chance(0.8) ? signup + (1 + below(20)) * DAY : 0,
    });
}
const internal = [
  {
    id: 'staff01',
    account: 'ac9000',
    segment: 'enterprise',
    plan: 'scale',
    signup: START - 400 * DAY,
    internal: true,
  },
  {
    id: 'staff02',
    account: 'ac9000',
    segment: 'enterprise',
    plan: 'scale',
    signup: START - 300 * DAY,
    internal: true,
  },
];

const outreaches = [];
const contacts = [];
const exposure = [];
const signals = [];
const views = [];
const surveys = [];

const contact = (who, at, topic, more = {}) => {
  if (at < START || at >= END) return null;
  const closed = at + 40 * MINUTE + random() * random() * 5 * DAY;
  const row = {
    who,
    at,
    topic,
    closed: closed < END ? closed : 0,
    answered: at + (4 + below(300)) * MINUTE,
    channel: pick(['email', 'email', 'chat', 'phone', 'form']),
    escalated: chance(0.12),
    reopened: closed < END - 2 * DAY && chance(0.08) ? closed + (2 + below(60)) * HOUR : 0,
    handle: 5 + below(50),
    messages: 2 + below(9),
    ...more,
  };
  contacts.push(row);
  // A repeat: the same topic again within a week of closing.
  if (!more.direction && row.closed && !more.repeat && chance(0.13))
    contact(who, row.closed + (3 + below(120)) * HOUR, topic, { repeat: true });
  // A question about it: csat about contacts; a ces now and then.
  if (!more.direction && row.closed && chance(0.55))
    surveys.push({ who, contact: row, at: row.closed + HOUR, kind: chance(0.75) ? 'csat' : 'ces' });
  return row;
};

const view = (who, at, article, topic, more = {}) => {
  if (at >= START && at < END)
    views.push({ who, at, article, topic, session: id('se', views.length + 1), ...more });
};

// --- events: each gives an assignment with one clock for both arms; the treated get a message
for (const who of customers) {
  const from = Math.max(START, who.signup);
  const until = who.churned || END;
  for (let week = START; week < END; week += 7 * DAY)
    if (chance(0.05)) {
      const at = week + random() * 7 * DAY;
      if (at >= from && at < until) contact(who, at, pick(TOPICS));
    }
  for (
    let slot = from + random() * 10 * DAY;
    slot < Math.min(until, END - 2 * DAY);
    slot += (16 + below(50)) * DAY
  ) {
    const kind = who.activated && slot < from + 12 * DAY ? 2 : below(5);
    const trigger = TRIGGERS[kind];
    const [name, type, klass, topic, area, channel, owner, baseline, prevented, article, hasSignal] = trigger;
    const clock = Math.floor(slot / DAY) * DAY + (6 + below(15)) * HOUR + below(60) * MINUTE;
    let signal = null;
    if (hasSignal) {
      signal = { at: clock - (20 + below(30 * 60)) * MINUTE, who, trigger };
      if (signal.at >= START) signals.push(signal);
      // Nobody got round to it: neither assigned nor messaged.
      if (chance(0.35)) {
        if (chance(baseline)) contact(who, signal.at + (2 + below(120)) * HOUR, topic);
        continue;
      }
    }
    exposure.push({
      at: clock,
      eligible: clock - (chance(0.5) ? 3 * HOUR : 0),
      who,
      trigger: name,
      experiment: `ho_${topic}`,
    });
    const treated = who.arm === 'treated';
    const rewritten = kind === 1 && clock >= REWRITE;
    const p = baseline * (treated ? 1 - prevented - (rewritten ? 0.2 : 0) : 1);
    let sent = null;
    if (treated) {
      const at = clock + (1 + below(20)) * MINUTE;
      const arrives = chance(0.96);
      const opened = arrives && chance(0.55) ? at + (5 + below(1500)) * MINUTE : 0;
      const clicked = opened && chance(0.45) ? opened + (1 + below(20)) * MINUTE : 0;
      const replied = clicked && chance(0.2) ? clicked + (5 + below(200)) * MINUTE : 0;
      const before = 20 + below(60);
      sent = {
        at,
        who,
        type,
        trigger: name,
        klass,
        topic,
        area,
        channel,
        owner,
        content: `${topic}_v${rewritten ? 2 : 1}`,
        variant: chance(0.5) ? 'A' : 'B',
        campaign: `${name}_2026`,
        delivered: arrives ? at + MINUTE : 0,
        bounced: arrives ? 0 : at + 2 * MINUTE,
        opened,
        clicked,
        replied,
        completed: clicked && channel === 'in_app' && chance(0.6) ? clicked + 4 * MINUTE : 0,
        dismissed: opened && !clicked && chance(0.25) ? opened + MINUTE : 0,
        unsubscribed: opened && chance(0.04) ? opened + 2 * MINUTE : 0,
        outcome: chance(0.7) ? pick(['resolved', 'positive', 'usage_improved', 'no_effect', 'negative']) : '',
        usage: kind === 0 ? [before, Math.floor(before * (0.8 + random() * 0.6))] : ['', ''],
        automation: chance(0.8),
        cost: channel === 'email' ? 0.02 : 0.1,
        promotional: kind === 4 && chance(0.4),
      };
      outreaches.push(sent);
      if (signal) signal.sent = chance(0.8) ? sent : null;
      if (clicked)
        view(who, clicked + 2 * MINUTE, article, topic, {
          sent: chance(0.7) ? sent : null,
          campaign: sent.campaign,
          helpful: pick(['y', 'y', 'n', '']),
        });
      if (chance(0.3)) surveys.push({ who, sent, at: at + DAY, kind: 'csat' });
    }
    if (signal && chance(0.5)) signal.resolved = clock + (4 + below(70)) * HOUR;
    if (chance(p)) {
      const at = clock + 30 * MINUTE + random() * random() * 6.9 * DAY;
      const reply = sent && chance(0.35);
      const row = contact(
        who,
        at,
        topic,
        reply ? { to: sent, reason: pick(['asked_to', 'confirm', 'how_to', 'is_this_real', 'other']) } : {},
      );
      if (row && reply && chance(0.5)) sent.conversation = row;
    }
  }
  // Reading without being told to; some write all the same.
  while (chance(0.6)) {
    const at = from + random() * (until - from);
    const topic = pick(TOPICS);
    const session = id('se', views.length + 1);
    view(who, at, `art_${topic}`, topic, { session, helpful: pick(['y', 'n', '', '']) });
    if (chance(0.3)) view(who, at + 6 * MINUTE, 'art_start', topic, { session, helpful: pick(['y', '']) });
    if (chance(0.15)) contact(who, at + (1 + below(20)) * HOUR, topic);
  }
  if (chance(0.5)) surveys.push({ who, at: START + below(140) * DAY + 10 * HOUR, kind: 'nps' });
}

// A newsletter to every fourth customer, in both arms.
for (const [at, topic] of [
  [Date.UTC(2026, 0, 13, 9), 'news'],
  [Date.UTC(2026, 2, 17, 9), 'news'],
])
  customers.forEach((who, i) => {
    if (i % 4 === 0 && who.signup < at)
      outreaches.push({
        at,
        who,
        type: 'broadcast',
        trigger: '',
        klass: '',
        topic,
        area: '',
        channel: 'email',
        owner: 'ow_eli',
        content: 'newsletter',
        variant: '',
        campaign: 'newsletter',
        delivered: at + MINUTE,
        bounced: 0,
        opened: 0,
        clicked: 0,
        replied: 0,
        completed: 0,
        dismissed: 0,
        unsubscribed: i % 40 === 0 ? at + HOUR : 0,
        outcome: '',
        usage: ['', ''],
        automation: false,
        cost: 0.02,
        promotional: true,
      });
  });
// Somebody held out was written to by hand: contamination.
const heldOut = exposure.find(({ who, at }) => who.arm === 'holdout' && at > START + 20 * DAY);
outreaches.push({
  ...outreaches.find(({ type }) => type === 'segment'),
  at: heldOut.at + DAY,
  who: heldOut.who,
  automation: false,
  delivered: heldOut.at + DAY,
  bounced: 0,
  opened: 0,
  clicked: 0,
  replied: 0,
  completed: 0,
  dismissed: 0,
  unsubscribed: 0,
  conversation: null,
  outcome: '',
});
// The company's own people: everything of theirs leaves.
outreaches.push({ ...outreaches[0], who: internal[0], conversation: null });
contact(internal[0], START + 12 * DAY, 'login');
signals.push({ at: START + 11 * DAY, who: internal[1], trigger: TRIGGERS[0] });

// Nobody known: readers without a login.
for (let i = 0; i < 140; i++) {
  const topic = pick(TOPICS);
  view(null, START + random() * (END - START), `art_${topic}`, topic, {
    helpful: pick(['y', 'n', '', '', '']),
    session: chance(0.9) ? id('an', i) : '',
  });
}
// What real exports hold too: each belongs in the ledger.
for (let i = 0; i < 6; i++)
  contact(pick(customers), START + below(140) * DAY + 9 * HOUR, pick(TOPICS), { direction: 'outbound' });
for (let i = 0; i < 4; i++)
  contacts.push({
    ...contacts[20 + i],
    at: contacts[20 + i].at + 5 * MINUTE,
    merged: contacts[20 + i],
    reopened: 0,
  });
for (let i = 0; i < 3; i++)
  contact({ id: `visitor${i}@example.net`, account: '' }, START + below(140) * DAY, 'login');
contact(customers[5], START + 30 * DAY, 'login', { test: true });
contact(customers[6], START + 31 * DAY, 'login', { spam: true });

outreaches.sort(byTime).forEach((row, i) => (row.id = id('ou', i + 1)));
contacts.sort(byTime).forEach((row, i) => (row.id = id('ti', i + 1)));
signals.sort(byTime).forEach((row, i) => (row.id = id('si', i + 1)));
exposure.sort(byTime);
views.sort(byTime);
surveys.sort(byTime);

const scale = { csat: [1, 5], ces: [1, 7], nps: [0, 10] };
const surveyRows = surveys
  .filter(({ at }) => at < END - 3 * DAY)
  .map(({ who, contact: about, sent, at, kind }, i) => {
    const [low, high] = scale[kind];
    const answered = chance(0.62);
    const score = answered ? Math.max(low, high - Math.floor(random() * random() * (high - low + 1))) : '';
    return [
      id('re', i + 1),
      who.id,
      about?.id ?? '',
      sent?.id ?? '',
      kind,
      iso(at),
      answered ? iso(at + (1 + below(40)) * HOUR) : '',
      score,
      low,
      high,
      answered && chance(0.1) ? '"Quick, thank you"' : '',
    ];
  });

const yes = (flag) => (flag ? 'yes' : 'no');
const csv = (header, rows) => header + '\n' + rows.map((row) => row.join(',') + '\n').join('');
const months = [0, 1, 2, 3, 4].map((n) => Date.UTC(2025, 11 + n, 1));
const files = {
  'customers.csv': csv(
    'customer_id,account_id,segment,plan,support_tier,industry,stage,business_model,contract_type,region,language,arr,signup_at,active_from,active_to,churned_at,lifecycle_stage,health_score,health_at,activated_at,is_internal,owner_id',
    [...customers, ...internal].map((who, i) => [
      who.id,
      who.account,
      who.segment,
      who.plan,
      who.plan === 'scale' ? 'premium' : 'standard',
      ['software', 'retail', 'finance'][i % 3],
      ['growth', 'mature'][i % 2],
      'b2b',
      who.plan === 'starter' ? 'monthly' : 'annual',
      ['EMEA', 'NA', 'APAC'][i % 3],
      ['en', 'de'][i % 2],
      { starter: 600, team: 4800, scale: 36000 }[who.plan],
      day(who.signup),
      iso(who.signup),
      iso(who.churned),
      iso(who.churned),
      who.activated ? 'onboarding' : 'established',
      who.health ?? '',
      day(START),
      day(who.activated),
      yes(who.internal),
      'ow_dee',
    ]),
  ),
  'outreaches.csv': csv(
    'outreach_id,customer_id,sent_at,outreach_type,trigger,trigger_class,topic,product_area,channel,content_id,variant,campaign,initiated_by,owner_id,cost,is_promotional,conversation_id,delivered_at,bounced_at,opened_at,clicked_at,replied_at,completed_at,dismissed_at,unsubscribed_at,outcome,usage_before,usage_after',
    outreaches.map((o) => [
      o.id,
      o.who.id,
      iso(o.at),
      o.type,
      o.trigger,
      o.klass,
      o.topic,
      o.area,
      o.channel,
      o.content,
      o.variant,
      o.campaign,
      o.automation ? 'automation' : 'person',
      o.owner,
      o.cost,
      yes(o.promotional),
      o.conversation?.id ?? '',
      ...[
        o.delivered,
        o.bounced,
        o.opened,
        o.clicked,
        o.replied,
        o.completed,
        o.dismissed,
        o.unsubscribed,
      ].map((at) => (at < END ? iso(at) : '')),
      o.outcome,
      ...o.usage,
    ]),
  ),
  'contacts.csv': csv(
    'contact_id,customer_id,created_at,first_response_at,closed_at,reopened_at,reopen_count,direction,topic,channel,priority,status,escalated,in_reply_to,induced_reason,handle_minutes,messages,merged_into,is_spam,is_test,agent_id',
    contacts.map((c, i) => [
      c.id,
      c.who.id,
      iso(c.at),
      c.answered < END ? iso(c.answered) : '',
      iso(c.closed),
      iso(c.reopened),
      c.reopened ? 1 : 0,
      c.direction ?? 'inbound',
      c.topic,
      c.channel,
      c.escalated ? 'high' : 'normal',
      c.closed ? 'closed' : 'open',
      yes(c.escalated),
      c.to?.id ?? '',
      c.reason ?? '',
      c.handle,
      c.messages,
      c.merged?.id ?? '',
      yes(c.spam),
      yes(c.test),
      `ag_${1 + (i % 5)}`,
    ]),
  ),
  'exposure.csv': csv(
    'customer_id,eligible_at,assigned_at,trigger,arm,experiment_id,expected_share',
    exposure.map((e) => [e.who.id, iso(e.eligible), iso(e.at), e.trigger, e.who.arm, e.experiment, 0.25]),
  ),
  'surveys.csv': csv(
    'response_id,customer_id,contact_id,outreach_id,kind,survey_sent_at,responded_at,score,scale_min,scale_max,comment',
    surveyRows,
  ),
  'selfservice.csv': csv(
    'event_id,customer_id,viewed_at,article_id,topic,helpful,source,session_id',
    views.map((v, i) => [
      id('vi', i + 1),
      v.who?.id ?? '',
      iso(v.at),
      v.article,
      v.topic,
      v.helpful ?? '',
      v.sent?.id ?? v.campaign ?? '',
      v.session,
    ]),
  ),
  'articles.csv': csv(
    'article_id,topic,period_start,views,conversations_started,helpful_yes,helpful_no',
    months.flatMap((at) =>
      [...TOPICS, 'start'].map((topic) => {
        const seen = 40 + below(200);
        return [
          `art_${topic}`,
          topic,
          day(at),
          seen,
          below(Math.floor(seen / 6)),
          below(Math.floor(seen / 4)),
          below(Math.floor(seen / 8)),
        ];
      }),
    ),
  ),
  'signals.csv': csv(
    'signal_id,customer_id,fired_at,signal_type,trigger_class,severity,topic,outreach_id,resolved_at',
    signals.map((s) => [
      s.id,
      s.who.id,
      iso(s.at),
      s.trigger[0],
      s.trigger[2],
      pick(['low', 'medium', 'high']),
      s.trigger[3],
      s.sent?.id ?? '',
      s.resolved < END ? iso(s.resolved) : '',
    ]),
  ),
  'owners.csv': csv('owner_id,name,team,branch,raci,handle', [
    ['ow_ada', 'Ada Example', 'Data', 'detection', 'R', 'ada@example.com'],
    ['ow_flo', 'Flo Example', 'Data', 'detection', 'A', 'flo@example.com'],
    ['ow_ben', 'Ben Example', 'Lifecycle', 'targeting', 'A', 'ben@example.com'],
    ['ow_chi', 'Chi Example', 'Content', 'message', 'R', '#content'],
    ['ow_eli', 'Eli Example', 'Content', 'message', 'A', 'eli@example.com'],
    ['ow_dee', 'Dee Example', 'Support operations', 'measurement', 'A', 'dee@example.com'],
    ['ow_dee', 'Dee Example', 'Support operations', 'message', 'C', 'dee@example.com'],
    ['ow_gus', 'Gus Example', 'Finance', 'measurement', 'I', ''],
  ]),
  'periods.csv': csv(
    'period_start,active_customers,active_accounts,support_cost,outreach_cost,activation_rate,engagement_score',
    months.map((at, i) => [
      day(at),
      98 + 4 * i,
      52 + 2 * i,
      18200 - 350 * i,
      640 + 30 * i,
      [0.41, 0.44, 0.43, 0.49, 0.52][i],
      [61, 60, 64, 66, 69][i],
    ]),
  ),
  'changes.csv': csv(
    'change_id,made_at,branch,trigger,content_id,owner_id,expected_metric,expected_direction,note',
    [
      [
        'ch1',
        '2026-01-19T09:00:00Z',
        'detection',
        'usage_drop',
        '',
        'ow_ada',
        'M19',
        'up',
        'Threshold lowered to a drop of 30%',
      ],
      [
        'ch2',
        '2026-02-09T08:00:00Z',
        'message',
        'sync_error',
        'bug_v2',
        'ow_chi',
        'M06',
        'up',
        'Rewritten: what happened and when it is fixed',
      ],
      [
        'ch3',
        '2026-02-23T08:00:00Z',
        'targeting',
        'price_change',
        '',
        'ow_ben',
        'M08',
        'down',
        '"Only those whose price changes, not all"',
      ],
      [
        'ch4',
        '2026-03-16T08:00:00Z',
        'measurement',
        '',
        '',
        'ow_dee',
        'M28',
        'up',
        'Customer ids in every ticket',
      ],
    ],
  ),
};

const folder = process.argv[2] ?? fileURLToPath(new URL('../tests/data/complete', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(files)) writeFileSync(`${folder}/${name}`, text);
