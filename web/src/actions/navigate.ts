// Where one is: the step, an anchor on the page, the theme. In: events of the views, the address. Out: a changed state.
import { isLink } from '../share/documents';
import { change, state, type Step, type Theme } from '../state';
import { openLink } from './share';

const steps: Step[] = ['files', 'check', 'results'];

export function goTo(step: Step): void {
  if (location.hash !== `#${step}`) history.pushState(null, '', `#${step}`);
  show(step);
}

function show(step: Step): void {
  if (state.value.step === step) return;
  change({ step, auditing: null });
  window.scrollTo({ top: 0 });
  focusHeading();
}

/** After the view has changed, a keyboard or a screen reader goes on at its heading. */
export function focusHeading(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true }));
}

/** Opens what an address names: a step, or a definition on the page. */
export function followHash(): void {
  if (isLink(location.hash)) {
    void openLink(location.hash);
    return;
  }
  const name = decodeURIComponent(location.hash.slice(1));
  if (name === '') show('files');
  const step = steps.find((candidate) => candidate === name);
  if (step) {
    show(step);
    return;
  }
  const target = name ? document.getElementById(name) : null;
  if (!target) return;
  for (let parent = target.parentElement; parent; parent = parent.parentElement) {
    if (parent instanceof HTMLDetailsElement) parent.open = true;
  }
  const section = target.closest<HTMLElement>('[data-section]')?.id;
  if (section !== undefined) foldSections({ [section]: true });
  // A section that was folded has its height only when it has been drawn.
  requestAnimationFrame(() => {
    target.scrollIntoView({ block: 'start' });
    target.focus({ preventScroll: true });
  });
}

/** Opens (true) and folds (false) sections of the results. */
export function foldSections(wanted: Record<string, boolean>): void {
  change({ folds: { ...state.value.folds, ...wanted } });
}

export function setTheme(theme: Theme): void {
  change({ theme });
  try {
    localStorage.setItem('preempt.theme', theme);
  } catch {
    // A page opened from a disk may have no storage: the choice then lasts as long as the page.
  }
}

export function showHelp(helping: boolean): void {
  change({ helping });
}

export function announce(announcement: string): void {
  change({ announcement });
}
