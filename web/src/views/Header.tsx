// Where one is, that nothing leaves, and the colours. The steps are links, so that the browser's back button works.
import { redo, setTheme, share, showHelp, undo } from '../actions';
import { canCheck, canRead, state, step, theme, type Step, type Theme } from '../state';
import { words } from '../words';

const steps: Step[] = ['files', 'check', 'results'];
const themes: Theme[] = ['system', 'light', 'dark'];

export function Header() {
  const open: Record<Step, boolean> = {
    files: true,
    check: canCheck.value,
    results: canRead.value || state.value.report !== null,
  };
  return (
    <header class="top">
      <a class="name" href="#files">
        {words.name}
      </a>
      <nav aria-label={words.stepsLabel}>
        <ol>
          {steps.map((name) => (
            <li key={name}>
              {open[name] ? (
                <a href={`#${name}`} aria-current={step.value === name ? 'step' : undefined}>
                  {words.steps[name]}
                </a>
              ) : (
                <span class="closed">{words.steps[name]}</span>
              )}
            </li>
          ))}
        </ol>
      </nav>
      <span class="private">{words.private}</span>
      {state.value.report && step.value === 'results' && (
        <button type="button" class="plain share" onClick={() => share(true)}>
          {words.share.button}
        </button>
      )}
      <UndoButtons />
      <button
        type="button"
        class="icon"
        aria-label={words.help.button}
        title={words.help.button}
        onClick={() => showHelp(true)}
      >
        <span aria-hidden="true">?</span>
      </button>
      <label class="theme">
        <span class="only-read">{words.theme.label}</span>
        <select value={theme.value} onChange={(event) => setTheme(event.currentTarget.value as Theme)}>
          {themes.map((name) => (
            <option key={name} value={name}>
              {words.theme[name]}
            </option>
          ))}
        </select>
      </label>
    </header>
  );
}

function UndoButtons() {
  const w = words.undo;
  const { past, future } = state.value;
  const button = (
    name: string,
    sign: string,
    steps: typeof past,
    say: (step: string) => string,
    press: () => void,
  ) => {
    const step = steps.at(-1)?.name;
    const label = step === undefined ? name : say(step);
    return (
      <button type="button" class="icon" aria-label={label} title={label} disabled={!step} onClick={press}>
        <span aria-hidden="true">{sign}</span>
      </button>
    );
  };
  return (
    <span class="steps-back">
      {button(w.undo, '↶', past, w.undoStep, undo)}
      {button(w.redo, '↷', future, w.redoStep, redo)}
    </span>
  );
}
