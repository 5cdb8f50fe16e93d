// Back and forth over the steps of a person. In: a press of a button or of Ctrl+Z. Out: the decisions as they were, and all
// that follows from them worked out again.
import { batch } from '@preact/signals';
import { change, state, type Decisions } from '../state';
import { words } from '../words';
import { evaluateSoon } from './evaluation';
import { restoreFiles } from './files';
import { announce } from './navigate';
import { decisions, endStep } from './past';

function restore({ choices, origin, opened, earlier, files }: Decisions): void {
  endStep();
  change({ choices, origin, opened, earlier, verified: null, stale: true, problem: '' });
  void restoreFiles(files);
  if (origin === 'opened' && opened) change({ report: opened.report, reportKeys: [], stale: false });
  if (state.value.step === 'results') evaluateSoon();
}

export function undo(): void {
  const { past, future } = state.value;
  const last = past.at(-1);
  if (!last) return;
  batch(() => {
    change({ past: past.slice(0, -1), future: [...future, { name: last.name, decisions: decisions() }] });
    restore(last.decisions);
    announce(words.undo.undone(last.name));
  });
}

export function redo(): void {
  const { past, future } = state.value;
  const next = future.at(-1);
  if (!next) return;
  batch(() => {
    change({ future: future.slice(0, -1), past: [...past, { name: next.name, decisions: decisions() }] });
    restore(next.decisions);
    announce(words.undo.redone(next.name));
  });
}
