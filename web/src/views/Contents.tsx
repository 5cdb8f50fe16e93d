// Where one is in the results: the groups of sections, in a row that stays in sight; the one being read is marked; all sections
// open and fold from here.
import { useEffect, useState } from 'preact/hooks';
import type { Report } from '../../../wasm/api';
import { foldSections } from '../actions';
import { folds } from '../state';
import { words, wordFor } from '../words';
import { openSections, sectionsOf } from './sections';

/** The section whose heading was passed last. */
function useCurrent(ids: string[]): string {
  const [current, setCurrent] = useState('');
  const key = ids.join();
  useEffect(() => {
    const find = () => {
      const line = window.innerHeight * 0.3;
      const passed = key
        .split(',')
        .filter((id) => (document.getElementById(id)?.getBoundingClientRect().top ?? Infinity) <= line);
      setCurrent(passed.at(-1) ?? '');
    };
    find();
    window.addEventListener('scroll', find, { passive: true });
    return () => window.removeEventListener('scroll', find);
  }, [key]);
  return current;
}

export function Contents({ report }: { report: Report }) {
  const sections = sectionsOf(report);
  const groups = [...new Set(sections.map(({ group }) => group))].filter((group) => group !== 'answer');
  const standing = [...openSections(report, folds.value)].filter(([, open]) => open !== null);
  const allOpen = standing.every(([, open]) => open);
  const allTo = (open: boolean) => Object.fromEntries(standing.map(([id]) => [id, open]));
  const current = useCurrent(sections.map(({ id }) => id));
  const at = sections.find(({ id }) => id === current)?.group ?? 'answer';
  return (
    <nav class="contents" aria-label={words.results.contents}>
      <ol>
        <li>
          <a href="#verdict" aria-current={at === 'answer' ? 'location' : undefined}>
            {words.results.groups.answer}
          </a>
        </li>
        {groups.map((group) => (
          <li key={group}>
            <a href={`#part-${group}`} aria-current={at === group ? 'location' : undefined}>
              {wordFor(words.results.groups, group)}
            </a>
          </li>
        ))}
        <li class="all">
          <button type="button" class="quiet" onClick={() => foldSections(allTo(!allOpen))}>
            {allOpen ? words.results.foldAll : words.results.openAll}
          </button>
        </li>
      </ol>
    </nav>
  );
}
