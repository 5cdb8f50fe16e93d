// Figures of one kind below each other: name, value with its interval, the interval drawn or a small line over time, what is to be
// read from it. In: rows of estimates. Out: a table; the same rows as a chart for pictures and as a table for CSV.
// Roles are said aloud because on a narrow page the rows are no table boxes any more.
import type { CompanionSeries, Estimate, Metric } from '../../../wasm/api';
import { drawRows } from '../charts/rows';
import type { Drawing } from '../charts/marks';
import type { Tone } from '../findings';
import * as format from '../format';
import { count, estimate, text, type DataTable } from '../tables';
import { wordFor, words } from '../words';
import type { Auditing } from '../state';
import { Episodes } from './Audit';
import { Defined } from './Defined';
import { domainOf, Interval, type Domain } from './Interval';
import { Spark } from './Spark';

export interface FigureRow {
  id: string;
  name: string;
  /** Whose definition the name leads to. */
  metric?: Metric | undefined;
  note?: string;
  /** What it was counted from. */
  episodes?: Auditing | undefined;
  estimate: Estimate;
  unit: string;
  /** How many cases it rests on. */
  n?: number | null;
  /** The same where it is not shown; it decides the decimals. */
  cases?: number;
  tone?: Tone;
  reading?: string;
  /** A part of the row above. */
  part?: boolean;
  series?: CompanionSeries | undefined;
}

/** "12.6%", "9.8 per 100", "147 min". */
export function figureText({ estimate: { value }, unit, n, cases }: FigureRow): string {
  if (value === null) return '';
  const per = unit === 'points' || unit === 'ratio' ? ` ${words.ladder.units[unit]}` : '';
  return `${format.figure({ value, low: null, high: null }, unit, n ?? cases)[0]}${per}`;
}

interface Props {
  rows: FigureRow[];
  title: string;
  /** 'interval': all on one axis, with zero on it. 'line': each over time, on its own scale. */
  draw: 'interval' | 'line' | 'none';
  /** Over the column of names. */
  head?: string;
}

export function Figures({ rows, title, draw, head }: Props) {
  const w = words.figures;
  const domain = domainOf(rows.map((row) => row.estimate));
  const reads = rows.some((row) => row.reading);
  const counts = rows.some((row) => row.n != null);
  const classes = ['estimates', `by-${draw}`, reads ? '' : 'silent'].filter(Boolean).join(' ');
  return (
    <table class={classes} role="table">
      <caption class="only-read">{title}</caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            {head ?? w.name}
          </th>
          <th scope="col" role="columnheader" class="num">
            {w.value}
          </th>
          {draw !== 'none' && (
            <th scope="col" role="columnheader" class="mid">
              {draw === 'line' ? w.overTime : <span class="only-read">{words.breakdown.plot}</span>}
            </th>
          )}
          {counts && (
            <th scope="col" role="columnheader" class="num wide">
              {w.n}
            </th>
          )}
          {reads && (
            <th scope="col" role="columnheader">
              {w.reading}
            </th>
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <Row key={row.id} row={row} draw={draw} domain={domain} counts={counts} reads={reads} />
        ))}
      </tbody>
    </table>
  );
}

function Row({
  row,
  draw,
  domain,
  counts,
  reads,
}: {
  row: FigureRow;
  draw: Props['draw'];
  domain: Domain;
  counts: boolean;
  reads: boolean;
}) {
  const { name, metric, note, unit, n, tone = 'plain', reading, part, series } = row;
  const [value, range] = format.figure(row.estimate, unit, n ?? row.cases);
  const per = unit === 'points' || unit === 'ratio' ? words.ladder.units[unit] : '';
  const cases = n == null ? '' : format.count(n);
  // Without a value, what is read has the room of both.
  const alone = value === '' && reads && !counts;
  return (
    <tr class={part ? `${tone} part` : tone} role="row" data-figure={row.id}>
      <th scope="row" role="rowheader">
        <Defined metric={metric}>{name}</Defined>
        {note && <small>{note}</small>}
        {row.episodes && <Episodes {...row.episodes} />}
        {cases && <small class="narrow">{words.figures.of(cases)}</small>}
      </th>
      {!alone && (
        <td role="cell" class="num strong">
          {value}
          {value && per && <span class="per"> {per}</span>}
          <small>{range}</small>
        </td>
      )}
      {!alone && draw !== 'none' && (
        <td role="cell" class="mid">
          {draw === 'line'
            ? series && <Spark series={series} />
            : value && <Interval estimate={row.estimate} domain={domain} tone={tone} unit={unit} zero />}
        </td>
      )}
      {counts && (
        <td role="cell" class="num wide">
          {cases}
        </td>
      )}
      {reads && (
        <td role="cell" class="finding" colSpan={alone ? 2 + Number(draw !== 'none') : 1}>
          {reading}
        </td>
      )}
    </tr>
  );
}

/** A note that a picture has room for, whatever its letters. */
const kNoteRoom = 40;
const shortNote = ({ note = '' }: FigureRow) => (note.length > kNoteRoom ? '' : note);

/** The rows as a picture. */
export function figureDrawing(rows: FigureRow[]): Drawing {
  return drawRows(
    rows.map((row) => ({
      label: row.name,
      note: row.n == null ? shortNote(row) : words.figures.of(format.count(row.n)),
      estimate: row.estimate,
      tone: row.tone ?? 'plain',
      figure: figureText(row),
      reading: row.reading ?? '',
    })),
    { zero: true },
  );
}

/** The rows as numbers: units differ from row to row, so each is said. */
export function figureTable(id: string, title: string, rows: FigureRow[]): DataTable {
  const w = words.figures;
  return {
    id,
    title,
    columns: [text(w.name), text(w.unit), estimate(w.value, 'number'), count(w.n), text(w.reading)],
    rows: rows
      .filter((row) => row.estimate.value !== null)
      .map((row) => [
        row.name,
        wordFor(words.figures.units, row.unit),
        row.estimate,
        row.n ?? null,
        row.reading ?? row.note ?? '',
      ]),
  };
}
