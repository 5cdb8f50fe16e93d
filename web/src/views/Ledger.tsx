// Every file with all its rows: used, or set aside for a reason; the first of them to be looked at.
// Roles are said aloud because on a narrow page the rows are no table boxes any more.
import { useState } from 'preact/hooks';
import type { File, Report } from '../../../wasm/api';
import { downloadSetAside, setAsideCells } from '../actions';
import { ledgerTitle } from '../findings';
import * as format from '../format';
import { files, state, type OpenFile } from '../state';
import { count, text, type DataTable } from '../tables';
import { wordFor, words } from '../words';
import { Section } from './Section';
import { Tools } from './Tools';

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
      <Tools title={ledgerTitle(report)} lede={w.lede} table={ledgerTable(report)} />
      {report.files.map((entry, index) => (
        <FileDetails key={index} file={entry} index={index} />
      ))}
    </Section>
  );
}

/** A line for each file, then one for each reason for which rows of it were set aside. */
export function ledgerTable(report: Report): DataTable {
  const [file, read, used, aside] = words.ledger.head;
  return {
    id: 'rows',
    title: ledgerTitle(report),
    columns: [text(file!), text(words.ledger.reason), count(read!), count(used!), count(aside!)],
    rows: report.files.flatMap((entry) => [
      [entry.name, '', entry.rows_read, entry.used, entry.rows_read - entry.used],
      ...entry.set_aside
        .filter((reason) => reason.count > 0)
        .map(({ id, label, count: n }) => [entry.name, reasonName(id, label), null, null, n]),
    ]),
  };
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

/** The file on the page that an entry of the ledger is about; none when it has been removed since. */
function openFileOf(index: number, name: string): OpenFile | undefined {
  const byOrder = files.value.find(({ key }) => key === state.value.reportKeys[index]);
  if (byOrder?.info?.name === name) return byOrder;
  const named = files.value.filter(({ info }) => info?.name === name);
  return named.length === 1 ? named[0] : undefined;
}

function FileDetails({ file, index }: { file: File; index: number }) {
  const w = words.ledger;
  const open = openFileOf(index, file.name);
  const [cells, setCells] = useState<Map<number, string[]> | null>(null);
  const complete = file.samples.every((row) => row.cells.length > 0);
  // The report has the cells of what was set aside while reading; of what was set aside later they are fetched when looked at.
  const fetchCells = () => {
    if (complete || cells || !open) return;
    setAsideCells(open.key, kFetched).then(setCells, () => undefined);
  };
  const aside = file.rows_read - file.used;
  if (aside === 0 && file.warnings.length === 0) return null;
  return (
    <details onToggle={(event) => event.currentTarget.open && fetchCells()}>
      <summary>{w.details(file.name, file.samples.length, aside, file.warnings.length)}</summary>
      {file.warnings.length > 0 && (
        <ul class="plain-list">
          {file.warnings.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {aside > 0 && open && <Download file={open} rows={aside} />}
      {file.samples.length > 0 && <Samples file={file} open={open} fetched={cells} />}
    </details>
  );
}

function Download({ file, rows }: { file: OpenFile; rows: number }) {
  const w = words.ledger;
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const download = async () => {
    setBusy(true);
    setFailed(false);
    try {
      await downloadSetAside(file.key, file.name);
    } catch {
      setFailed(true);
    }
    setBusy(false);
  };
  return (
    <p class="actions download">
      <button type="button" class="plain" disabled={busy} onClick={() => void download()}>
        {busy ? w.downloading : rows === 1 ? w.downloadOne : w.download(format.count(rows))}
      </button>
      {failed && (
        <span class="problem" role="alert">
          {w.downloadFailed}
        </span>
      )}
    </p>
  );
}

const kShownColumns = 40;
/** Rows of the whole list that are looked through for those shown. */
const kFetched = 5000;

function headerOf(file: OpenFile | undefined, column: number): string {
  const header = file?.info?.columns[column]?.header ?? '';
  return header === '' ? words.ledger.column(column + 1) : header;
}

/** The first rows set aside, each cell under the name of its column. */
function Samples({
  file,
  open,
  fetched,
}: {
  file: File;
  open: OpenFile | undefined;
  fetched: Map<number, string[]> | null;
}) {
  const w = words.ledger;
  const rows = file.samples.map((row) => ({ ...row, cells: fetched?.get(row.line) ?? row.cells }));
  const width = Math.min(kShownColumns, Math.max(...rows.map(({ cells }) => cells.length)));
  const columns = Array.from({ length: width }, (_, column) => column);
  return (
    <div class="wide-table aside-rows" role="region" tabIndex={0} aria-label={w.rowsOf(file.name)}>
      <table class="samples-table">
        <caption class="only-read">{w.rowsOf(file.name)}</caption>
        <thead>
          <tr>
            <th scope="col" class="num">
              {w.line}
            </th>
            <th scope="col">{w.why}</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {headerOf(open, column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {file.samples.map((row) => (
            <tr key={row.line}>
              <th scope="row" class="num">
                {format.count(row.line)}
              </th>
              <td class="why">{row.detail || row.reason.replaceAll('_', ' ')}</td>
              {columns.map((column) => (
                <td key={column} class="cell">
                  {row.cells[column] ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
