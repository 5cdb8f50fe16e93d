// The third step: the answer first, then the sections (sections.tsx): evidence, ranges, time, parts, doubts, method.
import { evaluateNow, goTo } from '../actions';
import { countedBy, sourceLine } from '../findings';
import { state } from '../state';
import { words } from '../words';
import { Contents } from './Contents';
import { OpenedBar } from './OpenedBar';
import { sectionsOf } from './sections';
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
      {problem && <Problem text={problem} old={old} />}
      <div class={stale || evaluating ? 'answer dim' : 'answer'} aria-busy={evaluating}>
        <VerdictSection report={report} />
      </div>
      {opened ? <OpenedBar opened={opened} /> : <SettingsBar report={report} />}
      <div class={stale || evaluating ? 'rest dim' : 'rest'} aria-busy={evaluating}>
        {sectionsOf(report).map(({ id, View }) => (
          <View key={id} report={report} />
        ))}
        <p class="only-paper">{[sourceLine(report), countedBy(report)].filter(Boolean).join('. ')}</p>
      </div>
    </div>
  );
}

function Problem({ text, old }: { text: string; old: boolean }) {
  return (
    <div class="notice bad" role="alert">
      <strong>{old ? words.errors.staleTitle : words.errors.title}</strong>
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
        <Problem text={problem} old={false} />
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
