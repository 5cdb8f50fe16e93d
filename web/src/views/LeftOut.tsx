// What is not in the headline, by reason, with the day on which open windows close.
import type { Report } from '../../../wasm/api';
import { leftOutTitle } from '../findings';
import * as format from '../format';
import { wordFor, words } from '../words';
import { Missing, Section } from './Section';

export function LeftOutSection({ report }: { report: Report }) {
  const w = words.leftOut;
  const title = leftOutTitle(report);
  const entries = report.left_out.filter((entry) => entry.count > 0);
  if (entries.length === 0) return <Missing id="left-out" title={title} text={w.none} />;
  return (
    <Section id="left-out" title={title} lede={w.lede}>
      <table class="left-out">
        <thead class="only-read">
          <tr>
            <th scope="col">{w.head[0]}</th>
            <th scope="col">{w.head[1]}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const text = w.words[entry.id];
            return (
              <tr key={entry.id} data-left-out={entry.id}>
                <th scope="row">
                  {text?.name ?? format.sentenceCase(entry.id.replaceAll('_', ' '))}
                  {text && <small>{text.why}</small>}
                  {entry.completes_on && (
                    <small>{w.completes(format.date(entry.completes_on, report.settings.zone))}</small>
                  )}
                </th>
                <td class="num">
                  {format.count(entry.count)} <small>{wordFor(w.of, entry.of)}</small>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
}
