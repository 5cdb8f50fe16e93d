// The third step: the answer first, then its ladder, the published ranges, the trend, the parts, the doubts, the method.
import { evaluateNow, goTo } from '../actions';
import { state } from '../state';
import { words } from '../words';
import { Benchmarks } from './Benchmarks';
import { BreakdownSection } from './Breakdown';
import { Ladder } from './Ladder';
import { LeftOutSection } from './LeftOut';
import { Ledger } from './Ledger';
import { Method } from './Method';
import { Section } from './Section';
import { SettingsBar } from './SettingsBar';
import { Trend } from './Trend';
import { TrustSection } from './Trust';
import { VerdictSection } from './Verdict';

export function ResultsStep() {
  const { report, problem, stale, evaluating } = state.value;
  if (!report) return <NoReport problem={problem} />;
  const typed = report.files.length === 0;
  const old = stale && !evaluating && problem !== '';
  return (
    <div class="results">
      {problem && <Problem text={problem} old={old} />}
      <div class={stale || evaluating ? 'answer dim' : 'answer'} aria-busy={evaluating}>
        <VerdictSection report={report} />
      </div>
      <SettingsBar report={report} />
      <div class={stale || evaluating ? 'rest dim' : 'rest'} aria-busy={evaluating}>
        <Ladder report={report} />
        <Benchmarks report={report} />
        {typed ? (
          <TypedLimits />
        ) : (
          <>
            <Trend report={report} />
            <BreakdownSection report={report} />
            <LeftOutSection report={report} />
          </>
        )}
        <TrustSection report={report} />
        {!typed && <Ledger report={report} />}
        <Method report={report} />
      </div>
    </div>
  );
}

function TypedLimits() {
  const w = words.typedLimits;
  return (
    <Section id="typed-limits" title={w.title} lede={w.lede}>
      <ul class="plain-list">
        {w.items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </Section>
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
