// One file: what it was recognised as and why, how its rows fared, what is still to be answered, its columns.
import { answerZone, cancelReading, correct, remove, setCompleteUntil } from '../actions';
import * as format from '../format';
import { isBad, isReading, vocabulary, type OpenFile } from '../state';
import { wordFor, words } from '../words';
import { ColumnTable } from './ColumnTable';
import { ZoneSelect, browserZone } from './ZoneSelect';

export function FileCard({ file }: { file: OpenFile }) {
  const w = words.check;
  const { info } = file;
  const bad = isBad(file);
  return (
    <article class={bad ? 'file bad' : 'file'} aria-labelledby={`file-${file.key}`} data-file={file.name}>
      <header>
        <h2 id={`file-${file.key}`}>{file.name}</h2>
        <span class="soft">{format.bytes(file.size)}</span>
        <button
          type="button"
          class="quiet"
          aria-label={w.remove(file.name)}
          onClick={() => void remove(file.key)}
        >
          {w.removeShort}
        </button>
      </header>
      {isReading(file) && <Reading file={file} />}
      {bad && (
        <div class="notice bad" role="alert">
          <strong>{w.failed}</strong>
          <p>{file.problem || info?.message}</p>
        </div>
      )}
      {info && !(bad && info.columns.length === 0) && <Recognised file={file} />}
    </article>
  );
}

function Reading({ file }: { file: OpenFile }) {
  const w = words.check;
  const progress = file.progress;
  if (!progress) return null;
  const text = progress.rows > 0 ? w.reading(format.count(progress.rows)) : w.readingStart;
  return (
    <div class="reading">
      <progress
        aria-label={text}
        {...(progress.done > 0 ? { value: progress.done, max: Math.max(progress.total, 1) } : {})}
      />
      <span class="soft">{text}</span>
      <button type="button" class="quiet" onClick={() => cancelReading(file.key)}>
        {w.stop}
      </button>
    </div>
  );
}

function Recognised({ file }: { file: OpenFile }) {
  const w = words.check;
  const info = file.info!;
  const usable = info.rows_read - info.rows_set_aside;
  return (
    <>
      <div class="recognised">
        <p>
          <strong>
            {info.format_label ? w.recognised(info.format_label) : wordFor(words.kinds, info.kind)}
          </strong>{' '}
          <span class="soft">({w.confidence(info.confidence)})</span>
        </p>
        {info.state === 'read' && (
          <p>
            {w.rows(format.count(info.rows_read), format.count(usable), format.count(info.rows_set_aside))}
            {info.first_time && info.last_time && (
              <span class="soft"> · {w.span(format.date(info.first_time), format.date(info.last_time))}</span>
            )}
          </p>
        )}
        {info.reasons.length > 0 && (
          <details>
            <summary>{w.why}</summary>
            <ul>
              {info.reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
              <li>
                {w.encoding} {info.encoding}, {w.separated} {wordFor(w.delimiters, info.delimiter)}
              </li>
            </ul>
          </details>
        )}
      </div>
      {info.state === 'needs_answer' && info.message && (
        <div class="notice" role="alert">
          <strong>{w.needsAnswer}</strong>
          <p>{info.message}</p>
        </div>
      )}
      <Notes texts={[...info.notices, ...info.warnings]} />
      <Questions file={file} />
      <ColumnTable file={file} />
    </>
  );
}

const kShownNotes = 3;

function Notes({ texts }: { texts: string[] }) {
  if (texts.length === 0) return null;
  const shown = texts.slice(0, kShownNotes);
  const rest = texts.slice(kShownNotes);
  return (
    <div class="notes">
      <ul>
        {shown.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {rest.length > 0 && (
        <details>
          <summary>{words.check.moreNotes(rest.length)}</summary>
          <ul>
            {rest.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Questions({ file }: { file: OpenFile }) {
  const w = words.check;
  const info = file.info!;
  const kinds = vocabulary.value?.kinds ?? [];
  return (
    <div class="questions">
      <label class="field">
        <span>{w.kind}</span>
        <select
          value={info.kind}
          onChange={(event) => void correct(file.key, { kind: event.currentTarget.value })}
        >
          {!kinds.some(({ kind }) => kind === info.kind) && (
            <option value={info.kind}>{wordFor(words.kinds, info.kind)}</option>
          )}
          {kinds.map(({ kind, label }) => (
            <option key={kind} value={kind}>
              {label || wordFor(words.kinds, kind)}
            </option>
          ))}
        </select>
      </label>
      {(info.ask_date_order || file.mapping.date_order) && <DateQuestion file={file} />}
      {(info.zone_matters || info.zone_in_header !== '') && <ZoneQuestion file={file} />}
      {info.kind === 'contacts' && info.last_time && <CompleteQuestion file={file} />}
    </div>
  );
}

/** A value of the file whose day and month cannot be told apart, for the question about it. */
function ambiguousSample(file: OpenFile): string {
  const samples = (file.info?.columns ?? []).flatMap((column) => column.samples);
  return samples.find((sample) => /^\s*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}/.test(sample)) ?? '';
}

function DateQuestion({ file }: { file: OpenFile }) {
  const w = words.check;
  const sample = ambiguousSample(file);
  const answers = [
    ['day_first', w.dayFirst],
    ['month_first', w.monthFirst],
  ] as const;
  return (
    <fieldset class={file.mapping.date_order ? 'question answered' : 'question'}>
      <legend>{sample ? w.dateQuestion(sample) : w.dateQuestionPlain}</legend>
      <div class="choices">
        {answers.map(([order, label]) => (
          <label key={order}>
            <input
              type="radio"
              name={`dates-${file.key}`}
              checked={file.mapping.date_order === order}
              onChange={() => void correct(file.key, { date_order: order })}
            />
            {label}
          </label>
        ))}
      </div>
      <small class="hint">{w.dateWhy}</small>
    </fieldset>
  );
}

function ZoneQuestion({ file }: { file: OpenFile }) {
  const w = words.check;
  const info = file.info!;
  if (info.zone_in_header !== '' && !file.zoneAnswered) {
    return <p class="answered soft">{w.zoneInHeader(info.zone_in_header)}</p>;
  }
  const id = `zone-${file.key}`;
  const proposed = info.zone || browserZone();
  return (
    <fieldset class={file.zoneAnswered ? 'question answered' : 'question'}>
      <legend>{w.zoneQuestion}</legend>
      <div class="choices">
        <ZoneSelect
          id={id}
          label={w.zoneQuestion}
          value={proposed}
          onChange={(zone) => void answerZone(file.key, zone)}
        />
        {!file.zoneAnswered && (
          <>
            <button type="button" class="plain" onClick={() => void answerZone(file.key, proposed)}>
              {w.zoneUse(proposed)}
            </button>
            {proposed !== 'UTC' && (
              <button type="button" class="quiet" onClick={() => void answerZone(file.key, 'UTC')}>
                {w.zoneUse('UTC')}
              </button>
            )}
          </>
        )}
      </div>
      <small class="hint">
        {file.zoneAnswered ? w.zoneAnswered(info.zone) : `${w.zoneWhy} ${w.zoneUntil}`}
      </small>
    </fieldset>
  );
}

function CompleteQuestion({ file }: { file: OpenFile }) {
  const w = words.check;
  const last = file.info!.last_time;
  const assumed = format.dayOf(last);
  return (
    <fieldset class={file.completeUntil ? 'question answered' : 'question'}>
      <legend>{w.complete}</legend>
      <div class="choices">
        <input
          type="date"
          aria-label={w.complete}
          value={file.completeUntil || assumed}
          onChange={(event) => setCompleteUntil(file.key, event.currentTarget.value)}
        />
        {!file.completeUntil && (
          <button type="button" class="plain" onClick={() => setCompleteUntil(file.key, assumed)}>
            {w.completeConfirm}
          </button>
        )}
      </div>
      <small class="hint">
        {file.completeUntil ? w.completeConfirmed : w.completeAssumed(format.dateTime(last))}
      </small>
    </fieldset>
  );
}
