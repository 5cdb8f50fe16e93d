// What is not in the headline, by reason, with the day on which open windows close.
import type { LeftOut, Report } from '../../../wasm/api';
import { leftOutTitle } from '../findings';
import * as format from '../format';
import { count, text, type DataTable } from '../tables';
import { words } from '../words';
import { episodesLeftOut } from '../episodes';
import { Episodes } from './Audit';
import { Missing, Section } from './Section';
import { Tools } from './Tools';

export function LeftOutSection({ report }: { report: Report }) {
  const w = words.leftOut;
  const title = leftOutTitle(report);
  const entries = report.left_out.filter((entry) => entry.count > 0);
  const ids = [...new Set(entries.map((entry) => entry.id))];
  if (entries.length === 0) return <Missing id="left-out" title={title} text={w.none} />;
  return (
    <Section id="left-out" title={title} lede={w.lede}>
      <table class="left-out">
        <thead class="only-read">
          <tr>
            <th scope="col">{w.headings[0]}</th>
            <th scope="col">{w.headings[1]}</th>
          </tr>
        </thead>
        <tbody>
          {ids.map((id) => {
            const text = w.words[id];
            const same = entries.filter((entry) => entry.id === id);
            const completes = same
              .map((entry) => entry.completes_on)
              .sort()
              .at(-1);
            return (
              <tr key={id} data-left-out={id}>
                <th scope="row">
                  {text?.name ?? format.sentenceCase(id.replaceAll('_', ' '))}
                  {text && <small>{text.why}</small>}
                  {completes && <small>{w.completes(format.date(completes, report.settings.zone))}</small>}
                </th>
                <td class="num">
                  {same.map((entry) => (
                    <span key={entry.of} class="reason">
                      <Count entry={entry} name={text?.name ?? id} />{' '}
                      <small>{format.plural(entry.count, ...(w.of[entry.of] ?? [entry.of, entry.of]))}</small>
                    </span>
                  ))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Tools title={title} lede={w.lede} table={leftOutTable(report)} />
    </Section>
  );
}

/** Opens what it counts, where that are episodes. */
function Count({ entry, name }: { entry: LeftOut; name: string }) {
  const query = episodesLeftOut(entry);
  const figure = format.count(entry.count);
  if (!query) return <>{figure}</>;
  return (
    <Episodes of={name} query={query}>
      {figure}
    </Episodes>
  );
}

export function leftOutTable(report: Report): DataTable {
  const w = words.leftOut;
  return {
    id: 'left-out',
    title: leftOutTitle(report),
    columns: [text(w.head.reason), count(w.head.count), text(w.head.of), text(w.head.why)],
    rows: report.left_out
      .filter((entry) => entry.count > 0)
      .map(({ id, count: n, of }) => [
        w.words[id]?.name ?? id.replaceAll('_', ' '),
        n,
        (w.of[of] ?? [of, of])[1],
        w.words[id]?.why ?? '',
      ]),
  };
}
