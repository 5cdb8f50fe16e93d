// What can be taken back: before each step of a person, what was decided until then is put on a pile. In: the name of a step
// that is about to happen. Out: the piles `past` and `future` of the state.
import { change, state, type Decisions } from '../state';

const kMostSteps = 100;
/** Changes of one field that follow each other this closely are one step: a number being typed. */
const kOneStepMilliseconds = 1500;

let latest = { merge: '', at: 0 };

export function decisions(): Decisions {
  const { choices, origin, opened, earlier, files } = state.value;
  return { choices, origin, opened, earlier, files };
}

/** To be called before the step; `merge` names a field whose quick changes are one step. */
export function record(name: string, merge = ''): void {
  const at = performance.now();
  const goesOn = merge !== '' && merge === latest.merge && at - latest.at < kOneStepMilliseconds;
  latest = { merge, at };
  if (goesOn && state.value.past.length > 0) return;
  const past = [...state.value.past, { name, decisions: decisions() }].slice(-kMostSteps);
  change({ past, future: [] });
}

/** The next change begins a step of its own. */
export function endStep(): void {
  latest = { merge: '', at: 0 };
}
