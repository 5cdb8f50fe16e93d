// The answer as a sentence, its figures beneath. Each figure opens its definition.
import type { Report } from '../../../wasm/api';
import { metricOf, verdictOf, type Verdict } from '../findings';
import * as format from '../format';
import { episodesOfRung } from '../episodes';
import { Episodes } from './Audit';
import { Brief } from './Brief';
import { Defined } from './Defined';
import { Rich } from './Rich';
import { files, origin, settings } from '../state';
import { words } from '../words';

/** Why the rates above do not subtract to the effect: it is made of the strata's. */
function withinText(report: Report, { kind }: Verdict): string {
  const { strata, difference } = report.holdout.available ? report.holdout : report.matched;
  const compared = ['prevents', 'causes', 'cannot_tell'].includes(kind) && strata.length > 1;
  if (!compared || difference.value === null) return '';
  return words.facts.within(format.per100(Math.abs(difference.value)));
}

export function VerdictSection({ report }: { report: Report }) {
  const verdict = verdictOf(report, settings.value.currency);
  // What is saved stands in the sentences beneath.
  const facts = verdict.facts.filter(({ metric }) => metric !== 'M18');
  const episodes = episodesOfRung(report, report.headline_rung, words.audit.headline);
  const sample = origin.value === 'files' && files.value.some((file) => file.sample);
  return (
    <section class={`answer-block ${verdict.tone}`} aria-labelledby="verdict" data-verdict={verdict.kind}>
      <p class="above">
        <span class="tag">{verdict.tag}</span>
        {sample && <span class="soft">{words.settings.sampleNote}</span>}
      </p>
      <h1 id="verdict" class="verdict" tabIndex={-1}>
        <Rich text={verdict.sentence} as="mark" />
      </h1>
      <p class="lede">
        <Rich text={verdict.lede.join(' ')} />
      </p>
      {facts.length > 0 && (
        <ul class="facts" aria-label={words.facts.label}>
          {facts.map((fact) => (
            <li key={fact.label}>
              <b>
                <Defined metric={metricOf(report, fact.metric)}>{fact.value}</Defined>
              </b>
              <span>{fact.label}</span>
            </li>
          ))}
        </ul>
      )}
      {episodes && (
        <p class="answer-episodes hint">
          {withinText(report, verdict)} <Episodes {...episodes} />
        </p>
      )}
      <Brief report={report} />
    </section>
  );
}
