// Words of the help: keys, which columns to export from which tool, what the words mean. What is said of a tool is what its own
// documentation or its exported files show; where neither was seen, it says so.

interface Recipe {
  tool: string;
  /** What it is asked for: the kind of table. */
  gives: string;
  steps: string[];
}

const recipes: Recipe[] = [
  {
    tool: 'Intercom, conversations',
    gives: 'contacts, survey answers',
    steps: [
      'Export the conversations dataset, or any report on it, as CSV. You choose the columns.',
      'Tick: conversation ID, started at, started by, source, state, first and last closed at; user ID or user email, and company ID. Without a user or a company nobody can be matched.',
      'The time zone stands in the header itself: “Conversation started at (Europe/Berlin)”.',
    ],
  },
  {
    tool: 'Intercom, outbound messages',
    gives: 'messages sent, reactions',
    steps: [
      'Export message data. It is a ZIP with one table for each kind of event; drop it as it is. “receipt” says who received what.',
      'The dates select by sending; choose the whole time that you look at.',
      'Held-out people of a control group are not in it: add a list of their ids as a file of its own.',
    ],
  },
  {
    tool: 'Zendesk',
    gives: 'contacts, survey answers',
    steps: [
      'Export all tickets as CSV in the admin centre, or an Explore report with ticket ID, requester ID or email, organisation, created, solved, status, tags, submitter.',
      'Times are in the zone of your account, and the file does not say which: you will be asked.',
      'Do not open and save it in Excel before: 14-digit ids become 1.03E+13, and different people become one.',
    ],
  },
  {
    tool: 'Freshdesk, Freshservice',
    gives: 'contacts, survey answers',
    steps: [
      'Export the tickets with all ticket fields and the fields of the contact. “Contact ID” holds the e-mail address.',
      'The .xls variant is a table written as XML; it can be dropped too.',
      'Tickets whose source is “Outbound Email” were begun by your team and are left out by themselves.',
    ],
  },
  {
    tool: 'HubSpot',
    gives: 'contacts',
    steps: [
      'Export a view of tickets with ticket ID, create date, status, source, and the associated contact and company with their IDs.',
      'For messages sent, any table with recipient and time of sending will do; say which column is which when asked.',
    ],
  },
  {
    tool: 'Gorgias',
    gives: 'contacts, survey answers',
    steps: ['Export the tickets as CSV. Customer email, creation date and “Created by an agent” are in it.'],
  },
  {
    tool: 'Front',
    gives: 'contacts, survey answers',
    steps: [
      'Export messages from Analytics. It has one row for each message; the earliest of each conversation stands for it.',
      'Choose one time zone for the export; UTC is the default.',
    ],
  },
  {
    tool: 'Salesforce Service Cloud',
    gives: 'contacts',
    steps: [
      'Run a case report with case number, date/time opened and closed, contact email, account name, origin, status. Export “details only”, as CSV, UTF-8.',
      'The lines below the table (totals, confidentiality) are left out by themselves.',
    ],
  },
  {
    tool: 'Jira Service Management',
    gives: 'contacts, survey answers',
    steps: [
      'Export a filter as CSV (all fields). Issue key, created, reporter, status and request type are used.',
      'Reporter holds the e-mail of portal customers, and a name for others: add the organisation where you can.',
    ],
  },
  {
    tool: 'SendGrid, Iterable, Customer.io, Braze, Mailchimp',
    gives: 'messages sent, reactions',
    steps: [
      'Any export with one row for each message or event, the recipient, the time and the campaign is understood.',
      'Customer.io stamps a delivery when it is made, not when it is sent, and makes deliveries for people in a holdout as well: add the holdout list.',
      'Braze gives its global control group as a list without history; write down the day on which it was drawn.',
    ],
  },
  {
    tool: 'Holdout',
    gives: 'who was held out',
    steps: [
      'One row for each customer: id, group (held out or messaged), time of drawing. Both groups are best; the held-out alone will do.',
      'Draw at random before sending, and by account where colleagues write for each other.',
    ],
  },
  {
    tool: 'Warehouse, spreadsheet, anything else',
    gives: 'all tables',
    steps: [
      'A table with a header row. You are asked what is what once; the answer is kept for the next file with this header.',
      'The sample data can be saved as templates on the first step.',
    ],
  },
];

const glossary: [string, string][] = [
  [
    'Outreach',
    'A message that you sent before the customer wrote. Several to one customer within a window are one episode.',
  ],
  [
    'Contact',
    'A ticket or conversation that a customer began. What your team began, merged or marked as spam does not count.',
  ],
  [
    'Window',
    'The days after an outreach in which a contact counts against it. The first moment counts, the last does not.',
  ],
  ['Episode', 'An outreach with its window: one silence is credited once, however many messages it took.'],
  ['Holdout', 'Customers drawn at random whom nobody messages, to see what happens anyway. The only proof.'],
  [
    'Prevented per 100 outreaches',
    'Contact rate of the held-out less that of the messaged. It cannot exceed the former: the ceiling.',
  ],
  ['Share of would-be contacts', 'The same, as a share of the contacts that would have come.'],
  [
    'Upper bound',
    'The share that stayed quiet. Most of them would have anyway, so it is never a success rate.',
  ],
  ['Interval', 'The values that the data fit. 95%: in 95 of 100 such analyses the true value is inside.'],
  ['Cannot tell', 'The interval holds zero: the data fit an effect and none. Not the same as “no effect”.'],
  [
    'Smallest drop that would show',
    'The effect that this many customers would reveal in 80 of 100 cases. Smaller ones stay hidden.',
  ],
  [
    'Matched',
    'Compared with similar customers whom nobody messaged. Not random, so other causes remain possible.',
  ],
  [
    'Placebo',
    'The same comparison for the time before sending. It must show nothing; if it does, the estimate is withheld.',
  ],
  ['Pending', 'The window is still open. Silence so far would flatter, so it is in neither number.'],
  ['Reactive', 'The customer had already made contact: there was nothing left to prevent.'],
  ['Induced contact', 'A contact about the message itself, or within a day of it on its topic.'],
  [
    'Rung',
    'How strong the evidence is: 0 activity, 1 engagement, 2 claimed, 3 upper bound, 4 estimated, 5 proven.',
  ],
  [
    'Companion',
    'A figure that belongs beside the score and must not be read as its effect: satisfaction, response time, retention.',
  ],
  ['Masked', 'A count from 1 to 4 in a shared report: it could point at a person.'],
];

const keys: [string, string][] = [
  ['?', 'this help'],
  ['Ctrl Z, ⌘ Z', 'take the last step back'],
  ['Ctrl Shift Z, Ctrl Y, ⌘ ⇧ Z', 'do it again'],
  ['Tab', 'to the next button, field or chart'],
  ['← →', 'in a chart: read the points one by one'],
  ['Esc', 'close what is open'],
];

export const help = {
  help: {
    button: 'Help',
    title: 'Help',
    keysTitle: 'Keys',
    keys,
    recipesTitle: 'What to export from which tool',
    recipesLede:
      'The shortest way to the tables that are needed. Menus change; the columns matter. Unknown tables are no obstacle: you say what is what.',
    recipes,
    glossaryTitle: 'What the words mean',
    glossary,
    metricsTitle: 'All metrics',
    metricsLede:
      'Each with its definition, formula, interval and the reason for its defaults. With data, the same stand under “How it was worked out” with your numbers.',
    loading: 'Looking them up …',
    none: 'They could not be looked up; load a file first.',
    privacyTitle: 'What happens to your data',
    privacy: [
      'Files are read in this browser, by a program that came with the page. The page’s own policy forbids it to open any connection.',
      'Kept on this computer, if the browser allows: your choice of colours, and how columns of known headers are read. Nothing of a row.',
      'A shared link carries its content behind the “#”, which browsers do not send to any server.',
    ],
  },
};
