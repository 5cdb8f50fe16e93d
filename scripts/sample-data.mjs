// Sample data with a known true effect: what a support team's exports would look like if we had made the world ourselves.
// In: a seed and a number of customers. Out: ten CSV files in the generic layout, and the truth they were drawn from.
// Also a program: node scripts/sample-data.mjs OUT_DIR [--seed N] [--customers N]
//
// The same seed gives the same bytes in every engine: one generator of our own, and only + - * / and Math.floor, which
// every engine rounds alike. No clock, no Math.random, no exp or log.

const MINUTE = 60000;
const DAY = 1440 * MINUTE;
const WEEK = 7 * DAY;
const START = Date.UTC(2025, 6, 1);
const END = Date.UTC(2026, 6, 1); // exclusive: the last windows are still open then
const FIRST_WEEK = START - WEEK;
const HOLDOUT_SHARE = 0.2;
const DELIVERED_SHARE = 0.97;
// One customer meets at most one trigger in a slot, in its first days: two windows of a week never touch, and what
// follows one event is over before the next one's look-back begins. So the truth below is exact, event by event.
const SLOT = 22 * DAY;
const SLOT_OPEN = 6 * DAY;

// share: of all events outside onboarding. baseline: probability of a contact within 7 days if nobody writes.
// effect: share of these contacts that the message prevents, from the first month to the last; below 0 it causes them.
// rewrite: the month (0 = July) from which a second version of the message adds `gain` to the effect.
const TRIGGERS = [
  // name, outreach type, topic, channel, share, baseline, effect first, effect last, rewrite, gain,
  // share of the contacts that are replies to the message
  ['usage_limit', 'signal', 'usage', 'in_app', 0.29, 0.23, 0.5, 0.62, 99, 0, 0.04],
  ['known_issue', 'signal', 'bug', 'email', 0.26, 0.28, 0.42, 0.46, 7, 0.2, 0.05],
  ['onboarding_gap', 'lifecycle', 'setup', 'email', 0, 0.2, 0.28, 0.36, 99, 0, 0.06],
  ['renewal_reminder', 'lifecycle', 'billing', 'email', 0.24, 0.11, 0, 0, 99, 0, 0.05],
  ['plan_change_notice', 'segment', 'plan', 'email', 0.21, 0.13, -0.85, -0.75, 99, 0, 0.4],
];
// segment, share of customers, factor on the baseline, contacts per week outside any trigger, most common plan
const SEGMENTS = [
  ['enterprise', 0.12, 1.2, 0.07, 'scale'],
  ['mid_market', 0.24, 1.05, 0.051, 'team'],
  ['small_business', 0.36, 0.95, 0.041, 'team'],
  ['self_serve', 0.28, 0.85, 0.032, 'starter'],
];
const PLANS = ['starter', 'team', 'scale'];
const TOPICS = ['usage', 'bug', 'setup', 'billing', 'plan', 'login', 'how_to'];
const CHANNELS = ['email', 'email', 'chat', 'phone', 'form'];
const OWNERS = ['ada', 'ben', 'chi', 'dee'];
const CLAIMS = ['resolved', 'resolved', 'positive', 'no_effect', 'no_effect', 'no_effect'];
const FAILURES = ['no_effect', 'no_effect', 'negative'];
const BROADCASTS = ['2025-10-07', '2026-02-10', '2026-05-12'];

/** Uniform in [0, 1): 32 bits a draw (mulberry32). */
export function generator(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const minute = (at) => Math.floor(at / MINUTE) * MINUTE;
/** `2025-07-01T09:30Z`; an absent time is an empty cell. */
const iso = (at) => (at ? new Date(at).toISOString().slice(0, 16) + 'Z' : '');
const id = (prefix, number) => prefix + String(number).padStart(4, '0');
const byTime = (a, b) => a.at - b.at;
const csv = (header, rows) => header + '\n' + rows.map((row) => row.join(',') + '\n').join('');

/**
 * What stands beside messages and contacts, drawn by a generator of its own, so that it changes none of the draws that the
 * truth rests on: further cells of their rows, and the tables of signals, views, surveys, owners, periods and changes.
 */
function besidesOf({ seed, customers, contacts, outreaches, exposure }) {
  const random = generator(seed + 7919);
  const below = (n) => Math.floor(random() * n);
  const chance = (p) => random() < p;
  const pick = (list) => list[below(list.length)];
  const before = (at) => (at && at < END ? iso(at) : '');

  // Nobody leaves while a window of theirs is open: eight days after the last that is known of them, at the earliest.
  const last = new Map();
  for (const { who, at } of [...contacts, ...outreaches, ...exposure])
    last.set(who, Math.max(last.get(who) ?? 0, at));
  const customer = new Map();
  for (const who of customers) {
    const quiet = Math.max(last.get(who) ?? 0, who.since, START) + 8 * DAY;
    const leaves = quiet < END - 20 * DAY && chance(0.12);
    const churned = leaves ? minute(quiet + random() * (END - quiet)) : 0;
    const arr = { starter: 480, team: 4200, scale: 30000 }[who.plan] * (1 + below(4) / 4);
    customer.set(who, {
      churned,
      cells: [
        pick(['EMEA', 'Americas', 'APAC']),
        Math.floor(arr),
        leaves ? 15 + below(50) : 35 + below(65),
        iso(churned).slice(0, 10),
      ],
    });
  }

  const outreach = new Map();
  for (const row of outreaches) {
    const [arrived, opened, clicked] = row.times;
    const isNews = row.type === 'broadcast';
    outreach.set(row, [
      isNews ? '' : chance(0.5) ? 'A' : 'B',
      isNews || chance(0.18) ? 'person' : 'automation',
      row.channel === 'email' ? 0.01 : 0.05,
      isNews || (row.trigger === 'renewal_reminder' && chance(0.3)) ? 'yes' : 'no',
      arrived ? '' : before(row.at + 2 * MINUTE),
      opened && !clicked && chance(0.2) ? before(opened + MINUTE) : '',
      opened && chance(isNews ? 0.03 : 0.012) ? before(opened + 2 * MINUTE) : '',
    ]);
  }

  const contact = new Map();
  const surveys = [];
  for (const row of contacts) {
    const answered = row.at + (3 + below(40) * below(20)) * MINUTE;
    const reopened = row.closed && chance(0.05) ? row.closed + (1 + below(60)) * 60 * MINUTE : 0;
    contact.set(row, [
      before(answered),
      before(reopened),
      chance(0.08) ? 'yes' : 'no',
      row.to ? pick(['asked_to', 'confirm', 'confirm', 'how_to', 'is_this_real', 'other']) : '',
      4 + below(36),
      2 + below(8),
    ]);
    if (row.closed && !row.direction && chance(0.2))
      surveys.push({ who: row.who, contact: row, at: row.closed + 30 * MINUTE, kind: 'csat', likes: 0.5 });
  }
  for (const row of outreaches)
    if (row.times[1] && chance(0.16))
      surveys.push({
        who: row.who,
        outreach: row,
        at: row.times[1] + DAY,
        kind: 'csat',
        likes: row.type === 'broadcast' ? 0.8 : 0.45,
      });
  for (const who of customers)
    if (chance(0.09))
      surveys.push({
        who,
        at: minute(Math.max(START, who.since) + random() * (END - Math.max(START, who.since))),
        kind: 'nps',
        likes: 0.6,
      });

  // A signal goes before each event of the two triggers that react to one; of the held-out nobody acted on it.
  const signals = exposure
    .filter(({ kind }) => kind < 2)
    .map((row) => ({
      ...row,
      at: row.at - (1 + below(90)) * MINUTE,
      severity: pick(['low', 'medium', 'high']),
      resolved: chance(0.3) ? row.at + (2 + below(90)) * 60 * MINUTE : 0,
    }));

  const views = [];
  const view = (who, at, topic, more = {}) => {
    if (at >= START && at < END)
      views.push({ who, at, topic, session: below(1e6), helpful: pick(['y', 'y', 'n', '', '']), ...more });
  };
  for (const row of outreaches)
    if (row.times[2] && chance(0.7)) view(row.who, row.times[2] + 2 * MINUTE, row.topic, { source: row });
  for (const who of customers)
    while (chance(0.22))
      view(who, minute(Math.max(START, who.since) + random() * (END - START)), pick(TOPICS));
  for (let i = 0; i < customers.length / 8; i++)
    view(null, minute(START + random() * (END - START)), pick(TOPICS));

  const numbered = (rows, prefix) => rows.sort(byTime).forEach((row, i) => (row.number = id(prefix, i + 1)));
  numbered(signals, 's');
  numbered(views, 'v');
  numbered(surveys, 'r');
  const months = Array.from({ length: 12 }, (_, i) => Date.UTC(2025, 6 + i, 1));
  const isActive = (who, at) =>
    who.since < at + 30 * DAY && !(customer.get(who).churned && customer.get(who).churned < at);
  const file = (name, header, rows) => ({ name, text: csv(header, rows) });
  return {
    customer: (who) => customer.get(who).cells,
    outreach: (row) => outreach.get(row),
    contact: (row) => contact.get(row),
    files: [
      file(
        'signals.csv',
        'signal_id,customer_id,fired_at,signal_type,severity,topic,outreach_id,resolved_at',
        signals.map((row) => [
          row.number,
          row.who.id,
          iso(row.at),
          row.trigger,
          row.severity,
          TRIGGERS[row.kind][2],
          row.outreach?.id ?? '',
          before(row.resolved),
        ]),
      ),
      file(
        'selfservice.csv',
        'event_id,customer_id,viewed_at,article_id,topic,helpful,source,session_id',
        views.map((row) => [
          row.number,
          row.who?.id ?? '',
          iso(row.at),
          `how_${row.topic}`,
          row.topic,
          row.helpful,
          row.source?.id ?? '',
          row.session,
        ]),
      ),
      file(
        'surveys.csv',
        'response_id,customer_id,contact_id,outreach_id,kind,survey_sent_at,responded_at,score,scale_min,scale_max',
        surveys
          .filter(({ at }) => at < END - 3 * DAY)
          .map((row) => {
            const [low, high] = row.kind === 'nps' ? [0, 10] : [1, 5];
            const answered = chance(0.4);
            const score = chance(row.likes) ? high - below(2) : low + below(high - low);
            return [
              row.number,
              row.who.id,
              row.contact?.id ?? '',
              row.outreach?.id ?? '',
              row.kind,
              iso(row.at),
              answered ? iso(row.at + (1 + below(50)) * 60 * MINUTE) : '',
              answered ? score : '',
              low,
              high,
            ];
          }),
      ),
      file('owners.csv', 'owner_id,name,team,branch,raci,handle', [
        ['ada', 'Ada Example', 'Data', 'detection', 'A', 'ada@example.com'],
        ['ben', 'Ben Example', 'Lifecycle', 'targeting', 'A', 'ben@example.com'],
        ['chi', 'Chi Example', 'Content', 'message', 'A', 'chi@example.com'],
        ['dee', 'Dee Example', 'Support operations', 'measurement', 'A', 'dee@example.com'],
        ['ada', 'Ada Example', 'Data', 'targeting', 'C', 'ada@example.com'],
        ['ben', 'Ben Example', 'Lifecycle', 'message', 'R', 'ben@example.com'],
      ]),
      file(
        'periods.csv',
        'period_start,active_customers,support_cost,outreach_cost,activation_rate,feature_adoption',
        months.map((at, i) => {
          const active = customers.filter((who) => isActive(who, at)).length;
          return [
            iso(at).slice(0, 10),
            active,
            Math.floor(active * (9 - i * 0.12)),
            900 + 25 * i,
            `0.${38 + i + below(3)}`,
            52 + i + below(4),
          ];
        }),
      ),
      file(
        'changes.csv',
        'change_id,made_at,kind,branch,trigger,content_id,owner_id,expected_metric,expected_direction,note',
        [
          [
            'k1',
            '2025-11-03T09:00Z',
            'signal',
            'detection',
            'usage_limit',
            '',
            'ada',
            'M19',
            'up',
            'Warns at 80% of the limit',
          ],
          ['i1', '2025-12-02T08:10Z', 'incident', '', '', '', '', '', '', 'Sign-in was down for three hours'],
          [
            'k2',
            '2026-02-01T00:00Z',
            'message',
            'message',
            'known_issue',
            'bug_v2',
            'chi',
            'M06',
            'up',
            'Says when it will be fixed',
          ],
          [
            'k3',
            '2026-04-06T09:00Z',
            'target',
            'targeting',
            'plan_change_notice',
            '',
            'ben',
            'M08',
            'down',
            'Only customers whose price changes',
          ],
          [
            'k4',
            '2026-05-04T09:00Z',
            'process',
            'measurement',
            '',
            '',
            'dee',
            'M28',
            'up',
            'Customer ids in every ticket',
          ],
        ],
      ),
    ],
  };
}

/** The defaults are the page's sample, a draw in which chance moved neither arm far from its truth. */
export function generateSample({ seed = 57, customers: size = 4000 } = {}) {
  const random = generator(seed);
  const below = (n) => Math.floor(random() * n);
  const chance = (p) => random() < p;
  const pick = (list) => list[below(list.length)];

  const customers = [];
  const contacts = [];
  const outreaches = [];
  const exposure = [];
  const tally = TRIGGERS.map(() => ({ treated: 0, heldOut: 0, with: 0, without: 0 }));

  /** A contact, closed within four days; of the last days some are still open. */
  const contact = (who, at, topic, more = {}) => {
    const closed = minute(at + 20 * MINUTE + random() * random() * 4 * DAY);
    const open = closed >= END;
    contacts.push({
      who,
      at,
      topic,
      closed: open ? 0 : closed,
      open,
      channel: pick(CHANNELS),
      ...more,
    });
  };

  for (let i = 1; i <= size; i++) {
    let draw = random();
    const segment = SEGMENTS.find(([, share]) => (draw -= share) < 0) ?? SEGMENTS[3];
    const [, , factor, weekly] = segment;
    const isNew = chance(0.3);
    const since = minute(
      isNew ? START + random() * (END - START - 30 * DAY) : START - (20 + random() * 1200) * DAY,
    );
    // Some signed up by themselves and are known by their address; not every tool keeps its capitals.
    const email = segment[0] === 'self_serve' && chance(0.04);
    const who = {
      id: email ? `user${i}@example.com` : id('c', i),
      segment: segment[0],
      plan: chance(0.7) ? segment[4] : pick(PLANS),
      since,
      internal: i % 500 === 0,
      arm: chance(HOLDOUT_SHARE) ? 'holdout' : 'treated', // drawn once a customer: nobody is in both arms
    };
    customers.push(who);

    // Contacts that no trigger foresaw: at most one a week, alike in both arms.
    for (let week = FIRST_WEEK; week < END; week += WEEK) {
      if (!chance(weekly)) continue;
      const at = minute(week + random() * WEEK);
      if (at >= START && at < END && at >= since) contact(who, at, pick(TOPICS));
    }

    // Trigger events, each with a clock that both arms share.
    const busy = chance(0.25) ? 2.4 : 0.53; // some customers meet triggers again and again
    const events = [];
    let from = START + random() * SLOT - SLOT;
    if (isNew) {
      const at = since + (3 + random() * 10) * DAY;
      if (chance(0.95)) events.push([2, at]);
      from = at + 16 * DAY;
    }
    for (let slot = from; slot < END; slot += SLOT) {
      if (!chance(0.09 * busy)) continue;
      draw = random();
      const kind = TRIGGERS.findIndex(([, , , , share]) => (draw -= share) < 0);
      events.push([kind < 0 ? 0 : kind, slot + random() * SLOT_OPEN]);
    }

    for (const [kind, exact] of events) {
      const clock = minute(exact);
      if (clock < START || clock >= END) continue;
      const [trigger, type, topic, channel, , baseline, first, last, rewrite, gain, answers] = TRIGGERS[kind];
      const treated = who.arm === 'treated';
      const delivered = chance(DELIVERED_SHARE);
      const date = new Date(clock);
      const month = (date.getUTCFullYear() - 2025) * 12 + date.getUTCMonth() - 6;
      const rewritten = month >= rewrite;
      const effect = first + ((last - first) * month) / 11 + (rewritten ? gain : 0);
      const p0 = baseline * factor;
      const p1 = p0 * (1 - effect);
      const listed = {
        at: clock,
        who,
        kind,
        trigger,
        experiment: `${topic}_25`,
      };
      exposure.push(listed);

      // The truth: what this customer's chance of any contact in the 7 days is with the message and without it.
      // The days before and after the turn of the week each hold their part of that week's contact.
      const part = ((clock - FIRST_WEEK) % WEEK) / WEEK;
      const quiet = (1 - weekly * (1 - part)) * (1 - weekly * part);
      const count = tally[kind];
      // The company's own people are left out of every result.
      if (who.internal) {
        // not counted
      } else if (treated) {
        count.treated++;
        count.without += 1 - (1 - p0) * quiet;
        count.with += 1 - (1 - (delivered ? p1 : p0)) * quiet;
      } else {
        count.heldOut++;
      }

      const draws = random();
      const delay = random();
      const contacted = draws < (treated && delivered ? p1 : p0);
      const at = minute(clock + 40 * MINUTE + delay * delay * (WEEK - 60 * MINUTE)); // most come early
      let outreach;
      if (treated) {
        const sent = clock + (1 + below(12)) * MINUTE;
        const arrived = delivered ? sent + below(3) * MINUTE : 0;
        const opened = arrived && chance(0.48) ? minute(arrived + random() * 30 * 60 * MINUTE) : 0;
        const clicked = opened && chance(0.34) ? opened + (1 + below(5)) * MINUTE : 0;
        const replied = clicked && chance(0.12) ? clicked + (3 + below(90)) * MINUTE : 0;
        const counted = kind === 0 || kind === 2;
        const before = 20 + below(80);
        outreach = {
          at: sent,
          who,
          type,
          trigger,
          topic,
          channel,
          content: `${topic}_v${rewritten ? 2 : 1}`,
          owner: OWNERS[kind % 4],
          times: [arrived, opened, clicked, replied].map((time) => (time < END ? time : 0)),
          // What the team claims: a quiet customer is often booked as a success, whatever the message did.
          outcome: chance(0.72) ? pick(contacted ? FAILURES : CLAIMS) : '',
          usage: counted ? [before, Math.floor(before * (0.8 + random() * 0.5))] : ['', ''],
        };
        outreaches.push(outreach);
        listed.outreach = outreach;
      }
      if (contacted && at < END) contact(who, at, topic, outreach && chance(answers) ? { to: outreach } : {});
    }

    // A newsletter now and then, to both arms: no trigger, no target, counted apart.
    const news = Date.parse(pick(BROADCASTS)) + 9 * 60 * MINUTE;
    if (i % 4 === 0 && since < news) {
      const [, , , channel] = TRIGGERS[3];
      const times = [news + MINUTE, 0, 0, 0];
      outreaches.push({
        at: news,
        who,
        type: 'broadcast',
        trigger: '',
        topic: 'news',
        channel,
        content: 'newsletter',
        owner: 'dee',
        times,
        outcome: '',
        usage: ['', ''],
      });
    }
  }

  // What real exports hold too, in small numbers: each of these rows belongs in the ledger, not in the result.
  for (let i = 0; i < size / 100; i++)
    contact(pick(customers), START + below(360) * DAY + 9 * 60 * MINUTE, pick(TOPICS), {
      direction: 'outbound',
    });
  for (let i = 0; i < size / 320; i++) {
    // Two tickets about one thing: the second is merged into the first.
    const into = pick(contacts);
    contacts.push({ ...into, at: into.at + 9 * MINUTE, into });
  }
  for (let i = 0; i < size / 250; i++)
    contact({ id: `visitor${i}@example.net` }, START + below(360) * DAY, 'how_to');
  for (let i = 0; i < size / 400; i++)
    contact(pick(customers), START + below(360) * DAY, 'login', { test: true });

  const numbered = (rows, prefix) => {
    rows.sort(byTime).forEach((row, i) => (row.id = id(prefix, i + 1)));
    return rows;
  };
  numbered(outreaches, 'o');
  numbered(contacts, 't');
  exposure.sort(byTime);

  const beside = besidesOf({ seed, customers, contacts, outreaches, exposure });

  const contactRows = contacts.map((row, i) => {
    const name = row.who.id;
    const spelled =
      i % 3 === 0 && name[0] === 'u' ? name.replace('user', 'User').replace('example', 'Example') : name;
    const status = row.open ? 'open' : 'closed';
    return [
      row.id,
      spelled,
      iso(row.at),
      iso(row.closed),
      row.direction ?? 'inbound',
      row.topic,
      row.channel,
      status,
      row.to?.id ?? '',
      row.into?.id ?? '',
      row.test ? 'true' : '',
      ...beside.contact(row),
    ];
  });
  contactRows.splice(900, 0, contactRows[899]); // one row exported twice
  contactRows.splice(2400, 0, [
    't90001',
    customers[0].id,
    '',
    '',
    'inbound',
    'login',
    'phone',
    'closed',
    ...Array(9).fill(''),
  ]);

  const outreachRows = outreaches.map((row) => [
    row.id,
    row.who.id,
    iso(row.at),
    row.type,
    row.trigger,
    row.topic,
    row.channel,
    row.content,
    row.owner,
    ...row.times.map(iso),
    row.outcome,
    ...row.usage,
    ...beside.outreach(row),
  ]);
  outreachRows.splice(300, 0, outreachRows[299]);

  const truth = (counts) => {
    const [treated, heldOut, w, wo] = ['treated', 'heldOut', 'with', 'without'].map((key) =>
      counts.reduce((sum, count) => sum + count[key], 0),
    );
    return {
      treated,
      heldOut,
      contactRate: w / treated,
      baselineRate: wo / treated,
      difference: (wo - w) / treated,
      relativeReduction: 1 - w / wo,
      prevented: wo - w,
    };
  };
  return {
    files: [
      {
        name: 'customers.csv',
        text: csv(
          'customer_id,segment,plan,signup_at,is_internal,region,arr,health_score,churned_at',
          customers.map((who) => [
            who.id,
            who.segment,
            who.plan,
            iso(who.since).slice(0, 10),
            who.internal ? 'true' : 'false',
            ...beside.customer(who),
          ]),
        ),
      },
      {
        name: 'outreaches.csv',
        text: csv(
          'outreach_id,customer_id,sent_at,outreach_type,trigger,topic,channel,content_id,owner_id,delivered_at,opened_at,clicked_at,replied_at,outcome,usage_before,usage_after,variant,initiated_by,cost,is_promotional,bounced_at,dismissed_at,unsubscribed_at',
          outreachRows,
        ),
      },
      {
        name: 'contacts.csv',
        text: csv(
          'contact_id,customer_id,created_at,closed_at,direction,topic,channel,status,in_reply_to,merged_into,is_test,first_response_at,reopened_at,escalated,induced_reason,handle_minutes,messages',
          contactRows,
        ),
      },
      {
        name: 'exposure.csv',
        text: csv(
          'customer_id,eligible_at,trigger,arm,experiment_id,expected_share',
          exposure.map((row) => [
            row.who.id,
            iso(row.at),
            row.trigger,
            row.who.arm,
            row.experiment,
            HOLDOUT_SHARE,
          ]),
        ),
      },
      ...beside.files,
    ],
    truth: {
      seed,
      windowDays: 7,
      ...truth(tally),
      byTrigger: Object.fromEntries(TRIGGERS.map(([name], i) => [name, truth([tally[i]])])),
    },
  };
}

const [, script, ...words] = globalThis.process?.argv ?? [];
if (script?.endsWith('sample-data.mjs')) {
  // Asked of the process, not imported: the page imports this file too, and has no file system.
  const { mkdirSync, writeFileSync } = globalThis.process.getBuiltinModule('node:fs');
  const option = (name) => {
    const at = words.indexOf(name);
    return at < 0 ? undefined : Number(words.splice(at, 2)[1]);
  };
  const { files, truth } = generateSample({
    seed: option('--seed'),
    customers: option('--customers'),
  });
  const [folder] = words;
  if (!folder) {
    console.error('usage: node scripts/sample-data.mjs OUT_DIR [--seed N] [--customers N]');
    globalThis.process.exit(2);
  }
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of files) writeFileSync(`${folder}/${name}`, text);
  writeFileSync(`${folder}/truth.json`, JSON.stringify(truth, null, 2) + '\n');
}
