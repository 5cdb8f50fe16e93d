// The second step: each file with what it was taken for, to be looked at and corrected.
import { useRef } from 'preact/hooks';
import { correctedFiles, loadMappings, removeAll, saveMappings, seeFileResults } from '../actions';
import { canRead, files, isBad, isReading, openQuestions, state, type OpenFile } from '../state';
import { words } from '../words';
import { FileButton } from './FilesStep';
import { FileCard } from './FileCard';

export function CheckStep() {
  const w = words.check;
  const list = files.value;
  const questions = list.flatMap(openQuestions);
  const asks = list.find((file) => openQuestions(file).length > 0);
  const blocked = list.filter((file) => isBad(file) || file.info?.state === 'needs_answer').length;
  const reading = list.some(isReading);
  return (
    <>
      <h1 tabIndex={-1}>{w.title}</h1>
      <p class="lede">{w.lede}</p>
      <ul class="cards">
        {list.map((file) => (
          <li key={file.key}>
            <FileCard file={file} />
          </li>
        ))}
      </ul>
      <div class="actions end">
        <button type="button" class="main" disabled={!canRead.value || reading} onClick={seeFileResults}>
          {reading ? w.waiting : w.toResults}
        </button>
        <FileButton label={w.add} kind="plain" />
        {!reading && (blocked > 0 || questions.length > 0) && (
          <p class="hint">
            {[
              blocked > 0 ? w.blocked(blocked) : '',
              questions.length > 0 ? w.questions(questions.length, questions.includes('zone')) : '',
            ]
              .filter(Boolean)
              .join(' ')}{' '}
            {asks && (
              <button type="button" class="quiet" onClick={() => goToQuestion(asks)}>
                {w.toQuestion}
              </button>
            )}
          </p>
        )}
      </div>
      <Mappings />
      {list.length > 1 && (
        <p>
          <button type="button" class="quiet" onClick={() => void removeAll()}>
            {w.removeAll}
          </button>
        </p>
      )}
    </>
  );
}

/** The first question of a file, under the eyes and under the keys. */
function goToQuestion({ key }: OpenFile): void {
  const card = document.getElementById(`file-${key}`)?.closest('article');
  const question = card?.querySelector('.question:not(.answered)');
  question?.scrollIntoView({ block: 'center' });
  question?.querySelector<HTMLElement>('select, input, button')?.focus({ preventScroll: true });
}

/** Corrections as a small file: saved for colleagues, loaded from them. */
function Mappings() {
  const w = words.mappings;
  const input = useRef<HTMLInputElement>(null);
  const note = state.value.mappingsNote;
  const any = correctedFiles(files.value).length > 0;
  return (
    <section class="mappings" aria-labelledby="mappings">
      <h2 id="mappings">{w.title}</h2>
      <p class="hint">{w.hint}</p>
      <p class="actions">
        <button type="button" class="quiet" disabled={!any} onClick={saveMappings}>
          {w.save}
        </button>
        <button type="button" class="quiet" onClick={() => input.current?.click()}>
          {w.load}
        </button>
        <input
          ref={input}
          class="only-read"
          type="file"
          tabIndex={-1}
          aria-label={w.load}
          accept=".json,application/json"
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? [];
            if (chosen) void loadMappings(chosen);
            event.currentTarget.value = '';
          }}
        />
      </p>
      {note && (
        <p class={note.bad ? 'problem' : 'hint'} role={note.bad ? 'alert' : undefined}>
          {note.text}
        </p>
      )}
    </section>
  );
}
