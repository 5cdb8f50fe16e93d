// Every file with all its rows: used, or set aside for a reason; the first of them to be looked at.
// Roles are said aloud because on a narrow page the rows are no table boxes any more.
import type { File, Report } from '../../../wasm/api';
import { ledgerTitle } from '../findings';
import * as format from '../format';
import { wordFor, words } from '../words';
import { Section } from './Section';

export function Ledger({ report }: { report: Report }) {
  const w = words.ledger;
  const [file, read, used, aside] = w.head;
  return (
    <Section id="ledger" title={ledgerTitle(report)} lede={w.lede}>
      <table class="ledger" role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              {file}
            </th>
            <th scope="col" role="columnheader" class="num">
              {read}
            </th>
            <th scope="col" role="columnheader" class="num">
              {used}
            </th>
            <th scope="col" role="columnheader" class="num">
              {aside}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {report.files.map((entry, index) => (
            <FileRows key={index} file={entry} />
          ))}
        </tbody>
      </table>
      {report.files.map((entry, index) => (
        <FileDetails key={index} file={entry} />
      ))}
    </Section>
  );
}

const reasonName = (id: string, label: string) => label || id.replaceAll('_', ' ');

function FileRows({ file }: { file: File }) {
  const reasons = file.set_aside.filter((reason) => reason.count > 0);
  const [, read, used, aside] = words.ledger.head;
  return (
    <tr role="row" data-ledger={file.name}>
      <th scope="row" role="rowheader">
        {file.name}
        <small>{wordFor(words.kinds, file.kind)}</small>
      </th>
      <td role="cell" class="num">
        <span class="narrow label">{read}</span>
        {format.count(file.rows_read)}
      </td>
      <td role="cell" class="num">
        <span class="narrow label">{used}</span>
        {format.count(file.used)}
      </td>
      <td role="cell" class="num">
        <span class="narrow label">{aside}</span>
        {reasons.length === 0
          ? format.count(0)
          : reasons.map((reason) => (
              <span key={reason.id} class="reason">
                {format.count(reason.count)} <small>{reasonName(reason.id, reason.label)}</small>
              </span>
            ))}
      </td>
    </tr>
  );
}

function FileDetails({ file }: { file: File }) {
  const w = words.ledger;
  if (file.samples.length === 0 && file.warnings.length === 0) return null;
  return (
    <details>
      <summary>{w.details(file.name, file.samples.length, file.warnings.length)}</summary>
      {file.warnings.length > 0 && (
        <ul class="plain-list">
          {file.warnings.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {file.samples.length > 0 && (
        <div class="wide-table" role="region" tabIndex={0} aria-label={w.rowsOf(file.name)}>
          <table class="samples-table">
            <caption class="only-read">{w.rowsOf(file.name)}</caption>
            <thead>
              <tr>
                <th scope="col" class="num">
                  {w.line}
                </th>
                <th scope="col">{w.why}</th>
                <th scope="col">{w.content}</th>
              </tr>
            </thead>
            <tbody>
              {file.samples.map((row) => (
                <tr key={row.line}>
                  <th scope="row" class="num">
                    {format.count(row.line)}
                  </th>
                  <td>{row.detail || row.reason.replaceAll('_', ' ')}</td>
                  <td class="cells">{row.cells.join(' · ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
