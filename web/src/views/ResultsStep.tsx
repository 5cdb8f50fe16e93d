// The third step: the answer first, then the sections (sections.tsx): evidence, ranges, time, parts, doubts, method.
import { Fragment } from 'preact';
import type { Report } from '../../../wasm/api';
import { evaluateNow, goTo } from '../actions';
import { countedBy, sourceLine } from '../findings';
import { folds, state } from '../state';
import { words, wordFor } from '../words';
import { Contents } from './Contents';
import { OpenedBar } from './OpenedBar';
import { Open } from './Section';
import { openSections, sectionsOf, type Group } from './sections';
import { SettingsBar } from './SettingsBar';
import { Slide } from './Slide';
import { VerdictSection } from './Verdict';

export function ResultsStep() {
  const { report, opened, problem, stale, evaluating } = state.value;
  if (!report) return <NoReport problem={problem} />;
  if (state.value.printing === 'slide') return <Slide report={report} />;
  const old = stale && !evaluating && problem !== '';
  return (
    <div class="results">
      <Contents report={report} />
      {problem && <Problem text={problem} title={old ? words.errors.staleTitle : words.errors.title} />}
      <div class={stale || evaluating ? 'answer dim' : 'answer'} aria-busy={evaluating}>
        <VerdictSection report={report} />
      </div>
      {opened ? <OpenedBar opened={opened} /> : <SettingsBar report={report} />}
      <div class={stale || evaluating ? 'rest dim' : 'rest'} aria-busy={evaluating}>
        <Sections report={report} />
        <p class="only-paper">{[sourceLine(report), countedBy(report)].filter(Boolean).join('. ')}</p>
      </div>
    </div>
  );
}

/** The sections, each group beneath its name. */
function Sections({ report }: { report: Report }) {
  const open = openSections(report, folds.value);
  let last: Group = 'answer';
  return sectionsOf(report).map(({ id, group, View }) => {
    const begins = group !== last;
    last = group;
    return (
      <Fragment key={id}>
        {begins && (
          <p class="group-name" id={`part-${group}`} tabIndex={-1}>
            {wordFor(words.results.groups, group)}
          </p>
        )}
        <Open.Provider value={open.get(id) ?? null}>
          <View report={report} />
        </Open.Provider>
      </Fragment>
    );
  });
}

/** `title`: empty where the page's own heading says it. */
function Problem({ text, title }: { text: string; title: string }) {
  return (
    <div class="notice bad" role="alert">
      {title && <strong>{title}</strong>}
      <p>{text}</p>
      <div class="actions">
        <button type="button" class="plain" onClick={() => goTo('check')}>
          {words.results.toCheck}
        </button>
        <button type="button" class="quiet" onClick={() => void evaluateNow()}>
          {words.errors.retry}
        </button>
      </div>
    </div>
  );
}

function NoReport({ problem }: { problem: string }) {
  if (problem) {
    return (
      <>
        <h1 tabIndex={-1}>{words.errors.title}</h1>
        <Problem text={problem} title="" />
      </>
    );
  }
  return (
    <>
      <h1 tabIndex={-1}>{words.results.working}</h1>
      <progress aria-label={words.results.working} />
    </>
  );
}
