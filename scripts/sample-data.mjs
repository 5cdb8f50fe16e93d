// Sample data with a known true effect: what a support team's exports would look like if we had made the world ourselves.
// In: a seed and a number of customers. Out: four CSV files in the generic layout, and the truth they were drawn from.
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
      exposure.push({
        at: clock,
        who,
        trigger,
        experiment: `${topic}_25`,
      });

      // The truth: what this customer's chance of any contact in the 7 days is with the message and without it.
      // The days before and after the turn of the week each hold their part of that week's contact.
      const part = ((clock - FIRST_WEEK) % WEEK) / WEEK;
      const quiet = (1 - weekly * (1 - part)) * (1 - weekly * part);
      const count = tally[kind];
      if (treated) {
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
    '',
    '',
    '',
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
          'customer_id,segment,plan,signup_at,is_internal',
          customers.map((who) => [
            who.id,
            who.segment,
            who.plan,
            iso(who.since).slice(0, 10),
            who.internal ? 'true' : 'false',
          ]),
        ),
      },
      {
        name: 'outreaches.csv',
        text: csv(
          'outreach_id,customer_id,sent_at,outreach_type,trigger,topic,channel,content_id,owner_id,delivered_at,opened_at,clicked_at,replied_at,outcome,usage_before,usage_after',
          outreachRows,
        ),
      },
      {
        name: 'contacts.csv',
        text: csv(
          'contact_id,customer_id,created_at,closed_at,direction,topic,channel,status,in_reply_to,merged_into,is_test',
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
