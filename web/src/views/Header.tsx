// Where one is, that nothing leaves, and the colours. The steps are links, so that the browser's back button works.
import { setTheme } from '../actions';
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
