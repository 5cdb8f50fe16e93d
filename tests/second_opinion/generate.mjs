// Data drawn at random for the second opinion, dense with what is awkward: times on a coarse grid, so that ties and exact
// window ends are common; repeated messages, both arms, people known by address in any case, versions of a record, merged,
// reopened, internal, local times around changes of the clock, dates without a time of day. In: a seed, a number of
// customers. Out: CSV texts by table. The same seed gives the same bytes.
import { writeCsv } from './csv.mjs';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TRIGGERS = ['usage_limit', 'known_issue', 'renewal', 'onboarding', 'plan_change'];
const TYPES = ['signal', 'signal', 'lifecycle', 'segment', 'segment'];
const TOPICS = ['usage', 'bug', 'billing', 'login'];
const SEGMENTS = ['enterprise', 'mid-market', 'small', ''];
const PLANS = ['free', 'team', 'Scale, yearly'];

function generator(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function generate({ seed, customers }) {
  const random = generator(seed * 7919);
  const below = (n) => Math.floor(random() * n);
  const chance = (p) => random() < p;
  const pick = (list) => list[below(list.length)];

  // Every seed another shape: how times are written, how arms are stated, how often things repeat.
  const local = seed % 2 === 0; // contacts in local times without an offset
  const days = seed % 3 === 0 ? 0.08 : 0; // share of people some of whose times are dates alone
  const grid = [HOUR, 6 * HOUR, 1000, DAY][seed % 4];
  const armsIn = ['exposure', 'outreaches', 'holdout-only', 'both'][seed % 4];
  const variants = seed % 2 ? 0.8 : 0; // share of messages that state content and variant
  const experiments = seed % 5 === 0 ? ['e1', 'e2'] : ['e1'];
  const from = Date.UTC(2026, 1, 1);
  const span = 75 * DAY; // over both changes of the clock of spring, American and European

  const moment = (after = 0, length = span) => from + after + Math.floor((random() * length) / grid) * grid;
  const iso = (at) => new Date(at).toISOString().replace('.000Z', 'Z');
  const write = (at, who, mayBeLocal = false) => {
    if (at === undefined) return '';
    if (who?.byDay && chance(0.5)) return iso(at).slice(0, 10);
    if (mayBeLocal && local && chance(0.8)) return iso(at).slice(0, 19).replace('T', ' ');
    if (chance(0.1)) return iso(at + HOUR).slice(0, 19) + '+01:00';
    return iso(at);
  };

  const people = [];
  for (let i = 0; i < customers; i++) {
    const address = chance(0.1) ? `User${i}@Example.com` : '';
    const account = `a${String(below(Math.ceil(customers / 3))).padStart(4, '0')}`;
    people.push({
      id: address || `c${String(i).padStart(5, '0')}`,
      mail: address !== '',
      account,
      arm: chance(0.25) ? 'holdout' : 'treated',
      byDay: chance(days),
      segment: pick(SEGMENTS),
      busy: chance(0.2) ? 4 : 1,
    });
  }
  const named = (who) => (who.mail && chance(0.5) ? who.id.toLowerCase() : who.id);

  const outreaches = [];
  const exposure = [];
  const signals = [];
  const contacts = [];
  let number = 0;
  const contact = (who, at, more = {}) => {
    const closed = chance(0.7) ? at + below(12 * 24) * HOUR : undefined;
    contacts.push({
      id: `t${String(++number).padStart(6, '0')}`,
      who,
      at,
      closed,
      topic: chance(0.85) ? pick(TOPICS) : '',
      status: closed ? 'closed' : pick(['open', 'pending', 'closed', '']),
      ...more,
    });
  };
  for (const who of people) {
    const moments = below(3) + (who.busy > 1 ? below(10) : 0);
    let last;
    for (let m = 0; m < moments; m++) {
      // Often exactly a window after the one before, or a millisecond beside it.
      const at =
        last !== undefined && chance(0.3)
          ? last + 7 * DAY + pick([0, 0, -1, 1]) * (grid === 1000 ? 1 : grid)
          : moment();
      last = at;
      const k = below(TRIGGERS.length);
      const stated = chance(0.93);
      const experiment = pick(experiments);
      const arm = chance(0.02) ? (who.arm === 'holdout' ? 'treated' : 'holdout') : who.arm;
      const row = {
        who,
        at,
        trigger: stated ? TRIGGERS[k] : '',
        type: TYPES[k],
        topic: chance(0.8) ? TOPICS[k % 4] : '',
        experiment,
      };
      // A fifth of the signals name a message: mostly the next one, which may never be sent, or belong to somebody else.
      const named = chance(0.2) ? `o${String(outreaches.length + pick([0, 0, 0, 1])).padStart(6, '0')}` : '';
      if (chance(0.6))
        signals.push({ ...row, names: named, at: at - pick([0, 1, 5, 30, 24 * 6, 24 * 7, 24 * 20]) * HOUR });
      if (armsIn === 'exposure' || armsIn === 'both') exposure.push({ ...row, arm });
      if (armsIn === 'holdout-only' && arm === 'holdout') exposure.push({ ...row, arm });
      if (arm === 'holdout' && armsIn !== 'outreaches' && !chance(0.05)) {
        if (chance(0.15)) contact(who, at + below(10 * 24) * HOUR);
        continue;
      }
      const copies = chance(0.2) ? 2 + below(2) : 1;
      for (let copy = 0; copy < copies; copy++) {
        const sent = at + copy * pick([0, 1, 26, 24 * 7]) * HOUR;
        const id = `o${String(outreaches.length).padStart(6, '0')}`;
        const type = chance(0.06) ? 'broadcast' : chance(0.9) ? row.type : '';
        outreaches.push({
          ...row,
          at: sent,
          id,
          type,
          arm: armsIn === 'outreaches' || armsIn === 'both' ? arm : '',
        });
        if (chance(0.03)) contact(who, sent + below(9 * 24) * HOUR, { reply: id, topic: '' });
        if (chance(0.02))
          contact(pick(people), sent + below(48) * HOUR, { reply: chance(0.5) ? id : `v${id}` });
      }
      if (chance(0.2))
        contact(who, at + pick([0, 0, 1, 24 * 7 * HOUR - 1, 24 * 7 * HOUR, 30 * HOUR, 50 * HOUR]));
    }
    for (let c = below(2) * who.busy; c > 0; c--) contact(who, moment());
  }
  for (let stranger = 0; stranger < customers / 20; stranger++)
    contact(
      { id: `x${stranger}`, account: chance(0.5) ? `a${String(stranger).padStart(4, '0')}` : '' },
      moment(),
    );

  const sentRows = [];
  for (const o of outreaches) {
    const later = (p) => (chance(p) ? o.at + below(10 * 24) * HOUR : undefined);
    const row = (updated) => [
      o.id,
      named(o.who),
      chance(0.97) ? o.who.account : '',
      write(o.at, o.who),
      o.type,
      o.trigger,
      o.topic,
      pick(['email', 'in_app']),
      chance(variants) ? pick(['mail_1', 'mail_2']) : '',
      chance(variants) ? pick(['A', 'B']) : '',
      chance(0.3) ? `v${o.id}` : '',
      o.arm,
      o.arm ? o.experiment : '',
      pick(['', '', 'positive', 'resolved', 'no_effect', 'negative', 'usage_improved']),
      chance(0.1) ? '10' : '',
      chance(0.2) ? pick(['11', '10.9', '0', '12.5']) : '',
      chance(0.04) ? write(o.at) : '',
      write(later(0.2)),
      write(later(0.15)),
      write(later(0.1)),
      updated,
      chance(0.01) ? 'yes' : '',
      chance(0.8) ? pick(['olga', 'pete', 'nora']) : '',
      write(later(0.9)),
      write(later(0.3)),
      write(later(0.05)),
      write(later(0.03)),
      chance(0.5) ? pick(['0.25', '1', '0.1']) : '',
      pick(['', 'no', 'yes', 'false']),
      pick(['', 'automation', 'person', 'api']),
      chance(0.1) ? 'risk' : pick(['', 'problem']),
    ];
    const first = row(chance(0.5) ? iso(o.at) : '');
    sentRows.push(first);
    if (chance(0.03)) {
      // A later version of the record, of another time.
      const again = [...first];
      again[3] = write(o.at + HOUR, o.who);
      again[20] = iso(o.at + DAY);
      sentRows.push(again);
    }
  }
  const contactRows = [];
  for (const c of contacts) {
    const row = [
      c.id,
      named(c.who),
      chance(0.97) ? c.who.account : '',
      write(c.at, c.who, true),
      write(c.closed, undefined, true),
      c.topic,
      chance(0.01) ? 'spam' : c.status,
      c.reply ?? (chance(0.01) ? 'unknown' : ''),
      chance(0.04) ? 'outbound' : chance(0.5) ? 'inbound' : '',
      chance(0.01) ? 't000001' : '',
      chance(0.01) ? 'true' : chance(0.3) ? 'no' : '',
      chance(0.1) ? 'yes' : '',
      chance(0.5) ? iso(c.at) : '',
      chance(0.6) ? write(c.at + below(400) * 60_000, undefined, true) : '',
      c.closed && chance(0.1) ? write(c.closed + below(9 * 24) * HOUR, undefined, true) : '',
      chance(0.5) ? pick(['5', '12.5', '30']) : '',
      chance(0.05) ? pick(['asked_to', 'scam', 'else']) : '',
    ];
    contactRows.push(row);
    if (chance(0.03)) {
      const again = [...row];
      again[6] = pick(['merged', 'closed', 'open']);
      again[12] = iso(c.at + 2 * DAY);
      contactRows.push(again);
    }
  }
  const customerRows = people
    .filter(() => chance(0.95))
    .map((who) => [
      who.id,
      who.account,
      who.segment,
      pick(PLANS),
      chance(0.06) ? write(moment()) : '',
      chance(0.01) ? 'yes' : 'no',
      chance(0.5) ? write(moment(-20 * DAY)) : '',
      chance(0.1) ? write(moment(20 * DAY)) : '',
      chance(0.6) ? String(below(20) * 5) : '',
      chance(0.3) ? write(moment()) : '',
    ]);
  // Rows of whole accounts: they speak for those of their people who have no row.
  for (let a = 0; a < customers / 12; a++)
    customerRows.push([
      '',
      `a${String(a * 2).padStart(4, '0')}`,
      pick(SEGMENTS),
      pick(PLANS),
      chance(0.2) ? write(moment()) : '',
      chance(0.02) ? 'yes' : '',
      chance(0.5) ? write(moment(-20 * DAY)) : '',
      '',
      chance(0.6) ? String(below(20) * 5) : '',
      '',
    ]);
  const result = {
    outreaches: writeCsv(
      'outreach_id,customer_id,account_id,sent_at,outreach_type,trigger,topic,channel,content_id,variant,conversation_id,arm,experiment_id,outcome,usage_before,usage_after,bounced_at,clicked_at,replied_at,completed_at,updated_at,is_test,owner_id,delivered_at,opened_at,dismissed_at,unsubscribed_at,cost,is_promotional,initiated_by,trigger_class'.split(
        ',',
      ),
      sentRows,
    ),
    contacts: writeCsv(
      'contact_id,customer_id,account_id,created_at,closed_at,topic,status,in_reply_to,direction,merged_into,is_spam,escalated,updated_at,first_response_at,reopened_at,handle_minutes,induced_reason'.split(
        ',',
      ),
      contactRows,
    ),
    customers: writeCsv(
      'customer_id,account_id,segment,plan,churned_at,is_internal,signup_at,active_to,health_score,health_at'.split(
        ',',
      ),
      customerRows,
    ),
    signals: writeCsv(
      'signal_id,customer_id,account_id,fired_at,signal_type,topic,outreach_id,resolved_at'.split(','),
      signals.map((s, i) => [
        `s${i}`,
        named(s.who),
        s.who.account,
        write(s.at, s.who),
        s.trigger,
        s.topic,
        s.names ?? '',
        chance(0.2) ? write(s.at + below(10 * 24) * HOUR) : '',
      ]),
    ),
  };
  if (exposure.length > 0)
    result.exposure = writeCsv(
      'customer_id,account_id,assigned_at,arm,trigger,experiment_id'.split(','),
      exposure.map((e) => [named(e.who), e.who.account, write(e.at, e.who), e.arm, e.trigger, e.experiment]),
    );
  return result;
}
