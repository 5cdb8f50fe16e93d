// The page's beginning: theme, steps in the address, files dropped anywhere. In: the document. Out: the drawn page.
import { effect } from '@preact/signals';
import { render } from 'preact';
import './styles/tokens.css';
import './styles/base.css';
import './styles/journey.css';
import './styles/results.css';
import './styles/charts.css';
import './styles/insight.css';
import './styles/estimates.css';
import './styles/sharing.css';
import './styles/audit.css';
import './styles/print.css';
import { addFiles, followHash, redo, showHelp, undo } from './actions';
import { followPrinting } from './print';
import { isLink } from './share/documents';
import { change, state, theme, type Theme } from './state';
import { App } from './views/App';
import { prepare } from './worker';

function savedTheme(): Theme {
  try {
    const saved = localStorage.getItem('preempt.theme');
    return saved === 'light' || saved === 'dark' ? saved : 'system';
  } catch {
    return 'system';
  }
}

/** The style sheet knows two themes; which of them "as the system" means is decided here, and again when it changes. */
function followTheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const dark = theme.value === 'dark' || (theme.value === 'system' && system.matches);
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  };
  effect(apply);
  system.addEventListener('change', apply);
}

/** Files may be dropped wherever one is on the page. Text dragged from a field is left alone. */
function followDrops(): void {
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  let depth = 0;
  const leave = () => {
    depth = 0;
    if (state.value.dragging) change({ dragging: false });
  };
  window.addEventListener('dragenter', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    depth += 1;
    if (!state.value.dragging) change({ dragging: true });
  });
  window.addEventListener('dragover', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  });
  window.addEventListener('dragleave', (event) => {
    if (!holdsFiles(event)) return;
    depth -= 1;
    if (depth <= 0) leave();
  });
  window.addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    leave();
    void addFiles([...(event.dataTransfer?.files ?? [])]);
  });
}

/** In a field of text, the browser's own undo is meant. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !['radio', 'checkbox', 'file', 'button'].includes(target.type))
  );
}

function followKeys(): void {
  window.addEventListener('keydown', (event) => {
    if (event.altKey || isWriting(event.target)) return;
    if (event.key === '?' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      showHelp(!state.value.helping);
      return;
    }
    // Under a dialog nothing is taken back unseen.
    if (!(event.ctrlKey || event.metaKey) || document.querySelector('dialog[open]')) return;
    const key = event.key.toLowerCase();
    const forth = key === 'y' || (key === 'z' && event.shiftKey);
    if (key !== 'z' && !forth) return;
    event.preventDefault();
    if (forth) redo();
    else undo();
  });
}

change({ theme: savedTheme() });
followTheme();
followDrops();
followKeys();
followPrinting();
window.addEventListener('hashchange', followHash);
window.addEventListener('popstate', followHash);
if (isLink(location.hash)) followHash();
const page = document.getElementById('page');
if (page) render(<App />, page);
// A failure is said when the script is needed.
requestAnimationFrame(() => setTimeout(() => void prepare().catch(() => undefined)));
