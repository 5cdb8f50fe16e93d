// Beneath the answer: what changed, what is worth most, what it saves, each leading to its section; and how far the data are from
// an answer where there is none yet.
import type { Report } from '../../../wasm/api';
import { briefOf, countersOf, pendingText } from '../brief';
import { settings } from '../state';
import { words } from '../words';
import { Said } from './Said';

export function Brief({ report }: { report: Report }) {
  const lines = briefOf(report, settings.value.currency);
  return (
    <>
      <Enough report={report} />
      {lines.length > 0 && (
        <dl class="brief" aria-label={words.brief.label}>
          {lines.map(({ id, label, to, text }) => (
            <div key={id} data-brief={id}>
              <dt>
                <a href={`#${to}`}>{label}</a>
              </dt>
              <dd>
                <Said text={text} report={report} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function Enough({ report }: { report: Report }) {
  const counters = countersOf(report);
  const pending = pendingText(report);
  if (counters.length === 0) return null;
  return (
    <div class="enough" data-enough>
      <h2>{words.enough.title}</h2>
      <ul>
        {counters.map(({ text, reached }) => (
          <li key={text}>
            {text}
            <span class="reached" aria-hidden="true">
              <span style={{ width: `${reached * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
      {pending && <p>{pending}</p>}
    </div>
  );
}
