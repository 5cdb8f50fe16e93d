// Questions that people ask, as chips beneath the answer: one opens at a time, with its answer in words and the ways to more.
import { useId, useState } from 'preact/hooks';
import type { Report } from '../../../wasm/api';
import { changeSettings, followHash, showHelp, showSlide } from '../actions';
import { answersOf, kShown, type Place } from '../answers';
import { unmarked } from '../said';
import { settings, state } from '../state';
import { text, type DataTable } from '../tables';
import { words, wordFor } from '../words';
import { Said } from './Said';
import { Section } from './Section';

const acts: Record<string, () => void> = { help: () => showHelp(true), slide: showSlide };

/** Sets the view: chooses the breakdown, then opens the section and goes there. */
function go({ id, breakdown }: Place): void {
  if (acts[id]) {
    acts[id]();
    return;
  }
  if (breakdown && settings.value.breakdown !== breakdown) changeSettings({ breakdown });
  if (location.hash === `#${id}`) followHash();
  else location.hash = id;
}

/** Is the section on the page? An opened report has no rows: nothing of it can be worked out again. */
const isPossible = ({ id, breakdown }: Place, report: Report): boolean =>
  (id in acts || document.getElementById(id) !== null) &&
  (!breakdown || (!state.value.opened && report.breakdown.available.includes(breakdown)));

export function Questions({ report }: { report: Report }) {
  const w = words.questions;
  const all = answersOf(report, settings.value.currency);
  const [asked, setAsked] = useState('');
  const [more, setMore] = useState(false);
  const answerId = useId();
  if (all.length === 0) return null;
  const shown = more ? all : all.slice(0, kShown);
  const answer = shown.find(({ id }) => id === asked);
  const ways = answer?.places.filter((place) => isPossible(place, report)) ?? [];
  return (
    <Section id="questions" title={w.title} lede={w.lede}>
      <ul class="chips">
        {shown.map(({ id, question }) => (
          <li key={id}>
            <button
              type="button"
              class="chip"
              data-question={id}
              aria-expanded={id === asked}
              aria-controls={answerId}
              onClick={() => setAsked(id === asked ? '' : id)}
            >
              {question}
            </button>
          </li>
        ))}
        {all.length > kShown && (
          <li>
            <button type="button" class="quiet" aria-expanded={more} onClick={() => setMore(!more)}>
              {more ? w.fewer : w.more}
            </button>
          </li>
        )}
      </ul>
      <div id={answerId} class="said" aria-live="polite">
        {answer && (
          <>
            <p>
              <Said text={answer.text} report={report} />
            </p>
            {ways.length > 0 && (
              <p class="ways">
                {ways.map((place) => (
                  <button key={place.id} type="button" class="quiet" onClick={() => go(place)}>
                    {w.show(wordFor(w.places, place.id))}
                  </button>
                ))}
              </p>
            )}
          </>
        )}
      </div>
      <dl class="on-paper" aria-hidden="true">
        {all.map(({ id, question, text: said }) => (
          <div key={id}>
            <dt>{question}</dt>
            <dd>{unmarked(said)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

export function questionTables(report: Report): DataTable[] {
  const { head, title } = words.questions;
  return [
    {
      id: 'questions',
      title,
      columns: [text(head.question), text(head.answer)],
      rows: answersOf(report, settings.value.currency).map(({ question, text: said }) => [
        question,
        unmarked(said),
      ]),
    },
  ];
}
