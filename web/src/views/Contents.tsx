// Where one is in the results: the groups of sections, in a row that stays in sight; the one being read is marked.
import { useEffect, useState } from 'preact/hooks';
import type { Report } from '../../../wasm/api';
import { words, wordFor } from '../words';
import { sectionsOf } from './sections';

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
  const groups = [...new Set(sections.map(({ group }) => group))]
    .filter((group) => group !== 'answer')
    .map((group) => ({ group, first: sections.find((section) => section.group === group)!.id }));
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
        {groups.map(({ group, first }) => (
          <li key={group}>
            <a href={`#${first}`} aria-current={at === group ? 'location' : undefined}>
              {wordFor(words.results.groups, group)}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
