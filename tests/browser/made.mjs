// A small company for the charts that need many messages at one hour: 60 of 200 messaged and 40 of 100 held out make contact on
// Monday at nine, the same share of both on Thursday at four, and nearly nobody is messaged at other times. Every fifth outreach
// has a second message a day later.
const kDay = 86_400_000;
const at = (time) => new Date(time).toISOString().replace('.000', '');

const slots = [
  { start: Date.UTC(2026, 2, 2, 9), treated: 200, contacted: 20, held: 100, contactedHeld: 40 },
  { start: Date.UTC(2026, 2, 5, 16), treated: 200, contacted: 60, held: 100, contactedHeld: 30 },
  { start: Date.UTC(2026, 2, 7, 11), treated: 10, contacted: 1, held: 5, contactedHeld: 1 },
];

export function busyHours() {
  const outreaches = ['outreach_id,customer_id,sent_at,trigger,content_id,variant'];
  const contacts = ['contact_id,customer_id,created_at,direction'];
  const exposure = ['customer_id,assigned_at,arm,experiment_id,expected_share'];
  let customers = 0;
  const add = (start, arm, n, contacted, second) => {
    for (let i = 0; i < n; i += 1) {
      const who = `k${(customers += 1)}`;
      const from = start + (i % 50) * 60_000;
      exposure.push(`${who},${at(from - 60_000)},${arm},e1,0.333`);
      if (arm === 'treated') {
        outreaches.push(`m${who},${who},${at(from)},t1,text,${i % 2 ? 'A' : 'B'}`);
        if (second && i % 5 === 0) outreaches.push(`n${who},${who},${at(from + kDay)},t1,text,A`);
      }
      if (i < contacted) contacts.push(`c${who},${who},${at(from + 2 * kDay)},inbound`);
    }
  };
  for (const { start, treated, contacted, held, contactedHeld } of slots) {
    add(start, 'treated', treated, contacted, true);
    add(start, 'holdout', held, contactedHeld, false);
  }
  contacts.push(`clast,k1,${at(Date.UTC(2026, 3, 20))},inbound`);
  return [
    { name: 'outreaches.csv', text: `${outreaches.join('\n')}\n` },
    { name: 'contacts.csv', text: `${contacts.join('\n')}\n` },
    { name: 'exposure.csv', text: `${exposure.join('\n')}\n` },
  ];
}
