// In place of the settings, for a report that was opened: what it is, how it was counted, and the ways on.
import { useRef } from 'preact/hooks';
import { closeOpened, openEvidence } from '../actions';
import * as format from '../format';
import { files, state, type Opened } from '../state';
import { words } from '../words';

/** A button that opens an evidence file to be set beside the report. */
export function CompareButton() {
  const input = useRef<HTMLInputElement>(null);
  const label = words.opened.compare;
  return (
    <>
      <button type="button" class="plain" onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={input}
        class="only-read"
        type="file"
        tabIndex={-1}
        aria-label={label}
        accept=".json,application/json"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file) void openEvidence(file, true);
        }}
      />
    </>
  );
}

export function OpenedBar({ opened }: { opened: Opened }) {
  const w = words.opened;
  const when = opened.saved ? format.date(opened.saved) : '';
  return (
    <aside class="notice opened" aria-label={w.settings}>
      <p>{opened.from === 'file' ? w.file(opened.name, when) : w.link(when)}</p>
      {state.value.openProblem && (
        <p class="problem" role="alert">
          {state.value.openProblem}
        </p>
      )}
      <div class="actions">
        <button type="button" class="plain" onClick={closeOpened}>
          {files.value.length > 0 ? w.ownAgain : w.own}
        </button>
        <CompareButton />
      </div>
    </aside>
  );
}
