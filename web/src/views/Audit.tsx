// The episodes behind a number: filter, search, pages, each with its rows, its contacts and a reason; all of it as CSV. In: which
// number (state.auditing). Out: a dialog. Pages come from the core, which walks as it did for the report.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { AuditContact, AuditEpisode, AuditPage, AuditQuery } from '../../../wasm/api';
import { auditPage, closeAudit, openAudit, saveAudit } from '../actions';
import * as format from '../format';
import { origin, state, type Auditing } from '../state';
import { wordFor, words } from '../words';
import { Choice } from './Choice';
import { Dialog } from './Dialog';

const kOnPage = 50;
const kSettleMilliseconds = 250;
/** Populations with two arms. */
const compared = ['assignments', 'matched', 'calendar'];

/** Opens the episodes of a number: around the number itself, or as a button beside it. Typed numbers have none. */
export function Episodes({
  of,
  query,
  children,
}: {
  of: string;
  query: AuditQuery;
  children?: ComponentChildren;
}) {
  if (origin.value === 'typed') return <>{children}</>;
  const w = words.audit;
  return (
    <button
      type="button"
      class={children === undefined ? 'quiet see' : 'see-number'}
      title={w.seeOf(of)}
      aria-label={children === undefined ? w.seeOf(of) : undefined}
      onClick={() => openAudit(of, query)}
    >
      {children ?? w.see}
    </button>
  );
}

export function AuditDialog() {
  const { auditing, opened } = state.value;
  if (!auditing) return null;
  const w = words.audit;
  return (
    <Dialog title={w.title} onClose={closeAudit}>
      <p class="audit-of">{format.sentenceCase(auditing.of)}</p>
      {opened ? <p class="notice">{w.noRows[opened.from]}</p> : <List auditing={auditing} />}
    </Dialog>
  );
}

/** The page of the query, the last answer while the next is on its way. */
function usePage(query: AuditQuery) {
  const [answer, setAnswer] = useState<AuditPage | string | null>(null);
  const [busy, setBusy] = useState(true);
  const latest = useRef(0);
  useEffect(() => {
    const mine = ++latest.current;
    setBusy(true);
    void auditPage(query).then((page) => {
      if (mine !== latest.current) return;
      setAnswer(page);
      setBusy(false);
    });
  }, [query]);
  return { answer, busy };
}

function List({ auditing }: { auditing: Auditing }) {
  const w = words.audit;
  const [query, setQuery] = useState<AuditQuery>({ ...auditing.query, limit: kOnPage });
  const { answer, busy } = usePage(query);
  const [saving, setSaving] = useState(false);
  const top = useRef<HTMLParagraphElement>(null);
  if (answer === null) return <progress aria-label={w.working} />;
  if (typeof answer === 'string') return <p class="problem">{answer}</p>;

  // What a metric's name stood for is known now: from here on it is said outright, so that each part can be changed.
  const ask = (patch: AuditQuery) => {
    const { metric, ...rest } = query;
    const outcome = rest.outcome === 'numerator' ? answer.numerator : (rest.outcome ?? '');
    setQuery({
      ...rest,
      ...(metric ? { population: answer.population, arm: answer.arm } : {}),
      outcome,
      offset: 0,
      ...patch,
    });
  };
  const turn = (offset: number) => {
    ask({ offset });
    top.current?.focus();
  };
  const save = async () => {
    setSaving(true);
    await saveAudit(query);
    setSaving(false);
  };
  const { total, rows } = answer;
  const from = query.offset ?? 0;
  return (
    <>
      <p class="soft">{w.populations[answer.population]?.(format.days(answer.window_days))}</p>
      <Filters page={answer} query={query} ask={ask} />
      <div class="audit-bar">
        <p ref={top} tabIndex={-1} role="status" aria-live="polite">
          {total === 0
            ? w.none
            : w.of(format.count(from + 1), format.count(from + rows.length), format.count(total))}
        </p>
        {total > 0 && (
          <button type="button" class="quiet" disabled={saving} onClick={() => void save()}>
            {saving ? w.saving : w.csv}
          </button>
        )}
      </div>
      <div class={busy ? 'episodes dim' : 'episodes'} aria-busy={busy}>
        {total > 0 && (
          <div class="episode-head" aria-hidden="true">
            {w.head.map((name) => (
              <span key={name}>{name}</span>
            ))}
          </div>
        )}
        <ol start={from + 1}>
          {rows.map((row, index) => (
            <Episode
              key={`${from + index} ${row.unit} ${row.start}`}
              row={row}
              population={answer.population}
            />
          ))}
        </ol>
      </div>
      {total > kOnPage && (
        <nav class="actions" aria-label={w.pages}>
          <button
            type="button"
            class="plain"
            disabled={from === 0}
            onClick={() => turn(Math.max(0, from - kOnPage))}
          >
            {w.earlier}
          </button>
          <button
            type="button"
            class="plain"
            disabled={from + kOnPage >= total}
            onClick={() => turn(from + kOnPage)}
          >
            {w.later}
          </button>
        </nav>
      )}
    </>
  );
}

function Filters({
  page,
  query,
  ask,
}: {
  page: AuditPage;
  query: AuditQuery;
  ask: (patch: AuditQuery) => void;
}) {
  const w = words.audit;
  const [text, setText] = useState(query.search ?? '');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const find = (search: string) => {
    setText(search);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => ask({ search }), kSettleMilliseconds);
  };
  const outcome = query.outcome === 'numerator' ? page.numerator : (query.outcome ?? '');
  const other = page.population === 'assignments' ? w.heldOut : w.notMessaged;
  return (
    <div class="audit-filters">
      <label class="field">
        <span>{w.outcome}</span>
        <select value={outcome} onChange={(event) => ask({ outcome: event.currentTarget.value })}>
          <option value="">{w.anyOutcome}</option>
          {page.outcomes.map(({ id, label, count }) => (
            <option key={id} value={id}>
              {label} ({format.count(count)})
            </option>
          ))}
          {outcome !== '' && !page.outcomes.some(({ id }) => id === outcome) && (
            <option value={outcome}>{wordFor(w.states, outcome)} (0)</option>
          )}
        </select>
      </label>
      {compared.includes(page.population) && (
        <Choice
          label={w.arm}
          value={query.metric ? page.arm : (query.arm ?? '')}
          options={[
            ['', w.bothArms],
            ['treated', w.treated],
            ['holdout', other],
          ]}
          onChange={(arm) => ask({ arm })}
        />
      )}
      <label class="field">
        <span>{w.search}</span>
        <input type="search" value={text} onInput={(event) => find(event.currentTarget.value)} />
      </label>
    </div>
  );
}

function Episode({ row, population }: { row: AuditEpisode; population: string }) {
  const w = words.audit;
  const when = row.day_only ? format.date(row.start_local) : format.dateTime(row.start_local);
  const arm = row.arm === 'holdout' ? (population === 'assignments' ? w.heldOut : w.notMessaged) : w.treated;
  const notes = [row.words, row.lookback_truncated ? w.truncated : '', row.day_only ? w.dayOnly : ''].filter(
    Boolean,
  );
  return (
    <li>
      <details class="episode" data-state={row.state}>
        <summary>
          <b>{row.unit || w.unnamed}</b>
          <span>{when}</span>
          <span>{row.trigger.replaceAll('_', ' ')}</span>
          <span class="state">
            {wordFor(w.states, row.state)}
            {compared.includes(population) && <small>{arm}</small>}
          </span>
        </summary>
        <p>{notes.join(' ')}</p>
        <ul class="trail">
          {row.sources.map(({ what, id, file, line }) => (
            <li key={`${file} ${line}`}>
              <b>
                {wordFor(w.what, what)} {id}
              </b>
              <small>{w.line(file, line)}</small>
            </li>
          ))}
          {row.seen.map((contact) => (
            <Contact key={`${contact.file} ${contact.line}`} contact={contact} />
          ))}
          {row.seen.length === 0 && <li class="soft">{w.noContacts}</li>}
        </ul>
      </details>
    </li>
  );
}

function Contact({ contact }: { contact: AuditContact }) {
  const w = words.audit;
  const { delay_minutes: delay } = contact;
  return (
    <li class={contact.counted ? 'counts' : undefined}>
      <b>
        {w.contact} {contact.id}
      </b>{' '}
      {delay < 0 ? w.before(-delay) : w.after(delay)}
      {contact.topic && `, ${contact.topic.replaceAll('_', ' ')}`}. {contact.words}{' '}
      <strong>{contact.counted ? w.counts : w.countsNot}</strong>
      <small>
        {format.dateTime(contact.local)} · {w.line(contact.file, contact.line)}
      </small>
    </li>
  );
}
