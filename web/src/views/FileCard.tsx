// One file: what it was recognised as and why, how its rows fared, what is still to be answered, its columns.
import {
  addSheet,
  answerZone,
  correct,
  forgetMapping,
  remove,
  resumeReading,
  setCompleteUntil,
  stopReading,
} from '../actions';
import * as format from '../format';
import { lasting } from '../mappings';
import { asksEncoding, isBad, isReading, vocabulary, type OpenFile, type ReadingProgress } from '../state';
import { wordFor, words } from '../words';
import { ColumnTable } from './ColumnTable';
import { GuidedMapping, KindSelect } from './GuidedMapping';
import { EncodingQuestion, HowRead } from './HowRead';
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
      <Origin file={file} />
      {isReading(file) && <Reading file={file} />}
      {bad && file.stopped && (
        <div class="notice">
          <strong>{w.stopped}</strong>
          <p>{file.problem}</p>
          <div class="actions">
            <button type="button" class="plain" onClick={() => void resumeReading(file.key)}>
              {w.resume}
            </button>
          </div>
        </div>
      )}
      {bad && !file.stopped && (
        <div class="notice bad" role="alert">
          <strong>{w.failed}</strong>
          <p>{file.problem || info?.message}</p>
        </div>
      )}
      {info && !(bad && info.columns.length === 0) && <Recognised file={file} />}
    </article>
  );
}

/** The archive it came from, what was left in it, and the other sheets of its workbook. */
function Origin({ file }: { file: OpenFile }) {
  const w = words.check;
  const { container, ignored, offered } = file;
  if (container === '' && ignored.length === 0 && offered.length === 0) return null;
  const names = ignored
    .slice(0, kShownIgnored)
    .map(({ name, why }) => `${name} (${wordFor(w.ignoredWhy, why)})`);
  if (ignored.length > kShownIgnored) names.push(w.ignoredMore(ignored.length - kShownIgnored));
  return (
    <div class="origin soft">
      {(container !== '' || names.length > 0) && (
        <p>
          {container !== '' && `${w.from(container)} `}
          {names.length > 0 && w.ignored(format.list(names))}
        </p>
      )}
      {offered.length > 0 && (
        <p class="actions">
          <span>{w.otherSheets(offered.length)}</span>
          {offered.map(({ sheet }) => (
            <button key={sheet} type="button" class="quiet" onClick={() => void addSheet(file.key, sheet)}>
              {w.addSheet(sheet)}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}

const kShownIgnored = 5;
/** Before this, a guess of the time left would jump about. */
const kGuessAfterMilliseconds = 1200;

function timeLeft({ done, total, since }: ReadingProgress): string {
  const w = words.check.timeLeft;
  const elapsed = performance.now() - since;
  if (done === 0 || done >= total || elapsed < kGuessAfterMilliseconds) return '';
  const seconds = (elapsed * (total - done)) / done / 1000;
  if (seconds < 8) return w.soon;
  return seconds < 55 ? w.seconds(Math.ceil(seconds / 10) * 10) : w.minutes(Math.ceil(seconds / 60));
}

function Reading({ file }: { file: OpenFile }) {
  const w = words.check;
  const { progress } = file;
  if (!progress) return null;
  const share = progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
  const percent = format.wholePercent(share);
  const begun = progress.since > 0;
  const what = progress.unpacking ? w.unpacking(percent) : w.reading(percent, format.count(progress.rows));
  const parts = begun ? [what, timeLeft(progress)] : [w.queued];
  return (
    <div class="reading">
      <progress aria-label={file.name} {...(begun ? { value: share, max: 1 } : {})} />
      <span class="soft">{parts.filter(Boolean).join(' · ')}</span>
      <button
        type="button"
        class="quiet"
        aria-label={w.stopOf(file.name)}
        onClick={() => stopReading(file.key)}
      >
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
      <div class={file.guided ? undefined : 'as-read'}>
        <div>
          <div class="recognised">
            <p>
              <strong>
                {info.format_label ? w.recognised(info.format_label) : wordFor(words.kinds, info.kind)}
              </strong>{' '}
              <span class="soft">({w.confidence(info.confidence)})</span>
            </p>
            {info.state === 'read' && (
              <p>
                {w.rows(
                  format.count(info.rows_read),
                  format.count(usable),
                  format.count(info.rows_set_aside),
                )}
                {info.first_time && info.last_time && (
                  <span class="soft"> · {format.span(info.first_time, info.last_time)}</span>
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
                </ul>
              </details>
            )}
          </div>
          {info.state === 'needs_answer' && info.message && info.kind !== 'unknown' && (
            <div class="notice" role="alert">
              <strong>{w.needsAnswer}</strong>
              <p>{info.message}</p>
            </div>
          )}
          <Notes texts={[...info.notices, ...info.warnings]} />
          {file.guided && <GuidedMapping file={file} />}
        </div>
        <Questions file={file} />
      </div>
      <Remembered file={file} />
      <HowRead file={file} open={isBad(file) || asksEncoding(file)} />
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
  const info = file.info!;
  return (
    <div class="questions">
      {!file.guided && <KindSelect file={file} />}
      <EncodingQuestion file={file} />
      {(info.ask_date_order || file.mapping.date_order) && <DateQuestion file={file} />}
      {(info.zone_matters || info.zone_in_header !== '') && <ZoneQuestion file={file} />}
      {info.ask_serials && <SerialQuestion file={file} />}
      {(info.ask_score_scale || file.mapping.score_scale) && <ScoreQuestion file={file} />}
      {info.kind === 'contacts' && info.last_time && <CompleteQuestion file={file} />}
    </div>
  );
}

/** Whether the answers given here are kept, and the way to forget them. */
function Remembered({ file }: { file: OpenFile }) {
  const w = words.mappings;
  if (file.remembered === '') return null;
  const earlier = file.remembered === 'earlier';
  return (
    <p class="remembered soft">
      {earlier ? w.earlier : lasting ? w.now : w.nowBriefly}{' '}
      <button type="button" class="quiet" onClick={() => void forgetMapping(file.key)}>
        {earlier ? w.forgetEarlier : w.forget}
      </button>
    </p>
  );
}

/** A spreadsheet's day number among the samples of the time columns. */
const serialSample = (file: OpenFile): string =>
  (file.info?.columns ?? [])
    .filter(({ role }) => role.endsWith('_at'))
    .flatMap(({ samples }) => samples)
    .find((sample) => /^\s*\d{5}([.,]\d+)?\s*$/.test(sample)) ?? '';

function SerialQuestion({ file }: { file: OpenFile }) {
  const w = words.check;
  const sample = serialSample(file);
  const answers = [
    [true, w.serialYes],
    [false, w.serialNo],
  ] as const;
  return (
    <fieldset class={file.mapping.accept_serials == null ? 'question' : 'question answered'}>
      <legend>{sample ? w.serialQuestion(sample) : w.serialQuestionPlain}</legend>
      <div class="choices">
        {answers.map(([answer, label]) => (
          <label key={label}>
            <input
              type="radio"
              name={`serials-${file.key}`}
              checked={file.mapping.accept_serials === answer}
              onChange={() => void correct(file.key, { accept_serials: answer })}
            />
            {label}
          </label>
        ))}
      </div>
      <small class="hint">{w.serialWhy}</small>
    </fieldset>
  );
}

function ScoreQuestion({ file }: { file: OpenFile }) {
  const w = words.check;
  const scales = vocabulary.value?.score_scales ?? [];
  const chosen = file.mapping.score_scale ?? '';
  return (
    <fieldset class={chosen ? 'question answered' : 'question'}>
      <legend>{w.scoreQuestion}</legend>
      <div class="choices">
        <select
          aria-label={w.scoreQuestion}
          value={chosen}
          onChange={({ currentTarget: { value } }) =>
            value !== '' && void correct(file.key, { score_scale: value })
          }
        >
          <option value="">{w.scoreChoose}</option>
          {scales.map(({ scale, label }) => (
            <option key={scale} value={scale}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <small class="hint">{chosen ? file.info!.score_rule.words : w.scoreWhy}</small>
    </fieldset>
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
