// Checks with a sign, a name and what was found: fine, to look at, to mend first.
import type { Auditing } from '../state';
import { wordFor, words } from '../words';
import { Episodes } from './Audit';

export type Level = 'good' | 'look' | 'bad';

export interface Check {
  id: string;
  level: Level;
  text: string;
  /** What it was counted from. */
  episodes?: Auditing | null;
}

const signs: Record<Level, string> = { good: '✓', look: '!', bad: '✕' };

/** What the checks come to, in a few words. */
export function checksTitle(checks: Check[]): string {
  const at = (level: Level) => checks.filter((check) => check.level === level).length;
  const { titleBad, titleLook, titleGood } = words.checks;
  return at('bad') > 0 ? titleBad(at('bad')) : at('look') > 0 ? titleLook(at('look')) : titleGood;
}

export function Checks({ checks }: { checks: Check[] }) {
  return (
    <ul class="trust">
      {checks.map(({ id, level, text, episodes }) => (
        <li key={id} class={level} data-check={id}>
          <span class="sign" aria-hidden="true">
            {signs[level]}
          </span>
          <div>
            <strong>{wordFor(words.checks.names, id)}</strong>
            <span>
              {text} {episodes && <Episodes {...episodes} />}
            </span>
          </div>
          <span class="level">{wordFor(words.trust.levels, level)}</span>
        </li>
      ))}
    </ul>
  );
}
