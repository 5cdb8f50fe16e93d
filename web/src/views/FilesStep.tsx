// The first step: drop files, try the sample, or type numbers in. Roles are said aloud in the table because on a narrow
// page its rows are no table boxes any more.
import { useRef, useState } from 'preact/hooks';
import { addFiles, downloadTemplates, goTo, setTyping, showHelp, trySample } from '../actions';
import { files, state } from '../state';
import { words } from '../words';
import { Rich } from './Rich';
import { TypedForm } from './TypedForm';

/** A button that opens the browser's file dialog. */
export function FileButton({ label, kind = 'main' }: { label: string; kind?: 'main' | 'plain' }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={kind} onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={input}
        class="only-read"
        type="file"
        multiple
        tabIndex={-1}
        aria-label={label}
        accept=".csv,.tsv,.tab,.txt,.zip,.gz,.tgz,.tar,.xlsx,.xls,.json,text/csv,text/tab-separated-values,text/plain,application/zip,application/gzip"
        onChange={(event) => {
          const chosen = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          void addFiles(chosen);
        }}
      />
    </>
  );
}

export function FilesStep() {
  return state.value.typing ? <TypedForm /> : <DropForm />;
}

function DropForm() {
  const [making, setMaking] = useState(false);
  const w = words.files;
  const sample = async () => {
    setMaking(true);
    try {
      await trySample();
    } finally {
      setMaking(false);
    }
  };
  return (
    <>
      <h1 class="verdict" tabIndex={-1}>
        <Rich text={w.title} as="mark" />
      </h1>
      <p class="lede">{w.lede}</p>
      {state.value.openProblem && (
        <p class="notice bad" role="alert">
          {state.value.openProblem}
        </p>
      )}
      <div class="start">
        <div class="drop">
          <h2>{w.dropTitle}</h2>
          <p>{w.dropHint}</p>
          <FileButton label={w.choose} />
        </div>
        <div class="other">
          <h2>{w.sampleTitle}</h2>
          <p>{w.sampleHint}</p>
          <button type="button" class="plain" disabled={making} onClick={() => void sample()}>
            {making ? w.sampleLoading : w.sample}
          </button>
          <button type="button" class="quiet" onClick={() => void downloadTemplates()}>
            {w.templates}
          </button>
          <button type="button" class="quiet" onClick={() => setTyping(true)}>
            {w.type}
          </button>
        </div>
      </div>
      {files.value.length > 0 && (
        <p class="already">
          {w.already(files.value.length)}{' '}
          <button type="button" class="plain" onClick={() => goTo('check')}>
            {w.toCheck}
          </button>
        </p>
      )}
      <section aria-labelledby="needs">
        <h2 id="needs">{w.needTitle}</h2>
        <p class="hint">
          <button type="button" class="quiet" onClick={() => showHelp(true)}>
            {words.help.recipesTitle}
          </button>
        </p>
        <table class="needs" role="table">
          <thead class="only-read" role="rowgroup">
            <tr role="row">
              {w.needHead.map((title) => (
                <th key={title} scope="col" role="columnheader">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {w.needs.map(([name, what, why]) => (
              <tr key={name} role="row">
                <th scope="row" role="rowheader">
                  {name}
                </th>
                <td role="cell">{what}</td>
                <td class="soft" role="cell">
                  {why}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
