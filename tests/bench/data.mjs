// The benchmark's data: two files as helpdesk and messaging tools write them, the same bytes for the same seed.
// In: a folder, the number of outreaches. Out: outreaches.csv and contacts.csv (half as many rows), sorted by time,
// with quoted subjects that hold commas, quotes, line breaks and letters outside ASCII. Ids of outreaches look random,
// those of contacts count up. A customer's outreaches are more than a window apart, so that every engine, whatever it
// makes of overlapping windows, must find the same counts.
import { closeSync, existsSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1);
const SLOTS = 3; // outreaches of a customer, one in each slot of the year
const SLOT = 120 * DAY;
const GAP = 8 * DAY; // at the end of a slot, longer than the window
const SEGMENTS = ['smb', 'mid', 'ent', 'self'];
const TRIGGERS = ['limit', 'issue', 'onb', 'renew', 'plan'];
const TOPICS = ['billing', 'bug', 'setup', 'login', 'how_to'];

/** Uniform in [0, 1): 32 bits a draw (mulberry32). */
function generator(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const iso = (at) => `${new Date(at).toISOString().slice(0, 19)}Z`;
/** A number below 2^31 as another one, each as one only: a multiplication by an odd number undone by none. */
const scattered = (i) => (Math.imul(i + 1, 0x5bd1e995) >>> 0).toString(36).padStart(7, '0');

const ABOUT = [
  () => `Your usage is close to the limit of the plan`,
  () => `"Your plan, ""Team"", ends soon"`,
  (i) => `"Known issue, now fixed\nNo action is needed on your side, customer ${i}"`,
  (i) => `"Prêt à essayer, étape ${i % 7}?"`,
  () => `Three steps are left until your first report`,
  () => `"Änderung der Preise, ab März – „was bleibt“, und was nicht"`,
];
const ASKED = [
  () => `Cannot log in since this morning`,
  (i) => `"Re: invoice ${i}, ""overdue""?\nI paid it last week, please check the account again"`,
  () => `"Wo finde ich die Rechnung, bitte? Danke schön"`,
  () => `How do I export my data to a spreadsheet`,
  () => `"It says ""error 42"", then nothing, for all of our team since the update"`,
];

function write(path, header, rows, line) {
  const file = openSync(path, 'w');
  let text = `${header}\n`;
  for (let i = 0; i < rows; i += 1) {
    text += `${line(i)}\n`;
    if (text.length < 1 << 22) continue;
    writeSync(file, text);
    text = '';
  }
  writeSync(file, text);
  closeSync(file);
}

/** The numbers 0 to size - 1 in random order. */
function shuffled(size, random) {
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Makes the files unless they are there already; gives their paths and sizes. */
export function makeData(folder, rows, seed = 7) {
  mkdirSync(folder, { recursive: true });
  const [outreaches, contacts] = ['outreaches.csv', 'contacts.csv'].map((name) => join(folder, name));
  const customers = Math.ceil(rows / SLOTS);
  if (!existsSync(contacts)) {
    const random = generator(seed);
    const customer = (u) => `cust_${scattered(u).slice(0, 3)}${u}`;
    let order = new Uint32Array();
    write(
      outreaches,
      'outreach_id,customer_id,sent_at,outreach_type,trigger,segment,arm,subject',
      rows,
      (i) => {
        const [slot, place] = [Math.floor(i / customers), i % customers];
        if (place === 0) order = shuffled(customers, random);
        const u = order[place];
        const at = START + slot * SLOT + ((SLOT - GAP) / customers) * (place + random());
        return `${scattered(i)},${customer(u)},${iso(at)},signal,${TRIGGERS[i % 5]},${SEGMENTS[u % 4]},${u % 5 === 0 ? 'holdout' : 'treated'},${ABOUT[i % ABOUT.length](i)}`;
      },
    );
    const asked = Math.floor(rows / 2);
    write(contacts, 'contact_id,customer_id,created_at,direction,topic,subject', asked, (i) => {
      const at = START + ((SLOTS * SLOT) / asked) * (i + random());
      const u = Math.floor(random() * customers);
      return `${1_000_000 + i},${customer(u)},${iso(at)},inbound,${TOPICS[i % 5]},${ASKED[i % ASKED.length](i)}`;
    });
  }
  const bytes = [outreaches, contacts].map((path) => statSync(path).size);
  return { paths: { outreaches, contacts }, rows, bytes: bytes[0] + bytes[1] };
}
