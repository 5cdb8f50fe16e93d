// Rows with an interval each, as a table that can be sorted with the marks of the charts in it; the same as a picture when it is
// saved. In: the rows in words and numbers. Out: the table on the page, its data, its drawing. Used for parts, repetition,
// timing and versions of a message.
// Roles are said aloud because on a narrow page the rows are no table boxes any more.
import { useMemo, useState } from 'preact/hooks';
import type { Estimate } from '../../../wasm/api';
import type { Drawing } from '../charts/marks';
import { drawRows, type ChartRow } from '../charts/rows';
import type { Tone } from '../findings';
import * as format from '../format';
import { estimate, shown, text, type Cell, type Column, type DataTable } from '../tables';
import type { Auditing } from '../state';
import { words } from '../words';
import { Episodes } from './Audit';
import { Interval, domainOf, type Domain } from './Interval';
import { SortTitle, useOrder } from './Numbers';
import { Tools } from './Tools';

export interface ForestRow {
  name: string;
  /** Under the columns between the name and the value. */
  cells: Cell[];
  /** What each of these cells counts. */
  episodes?: Auditing[];
  estimate: Estimate;
  /** What is left of an effect when luck is taken out. */
  expected?: Estimate | undefined;
  tone: Tone;
  /** Not drawn by lot at this point: its dot is hollow. */
  hollow?: boolean;
  /** Where there is little room: what the hidden columns say. */
  small: string;
  reading: string;
  /** Under the reading: what would show, why it is not called. */
  note: string;
}

export interface ForestData {
  /** Names the table and its files. */
  id: string;
  title: string;
  lede: string;
  first: string;
  columns: Column[];
  value: Column;
  rows: ForestRow[];
  /** Effects have a sign and readings; shares run from 0 to 1. */
  effects: boolean;
}

/** Of more rows than this the middle is folded: best and worst stay in sight. */
const kMost = 10;
const kEnds = 4;

const hasExpected = ({ rows }: ForestData) => rows.some(({ expected }) => expected?.value != null);

export function forestTable(data: ForestData): DataTable {
  const expected = hasExpected(data);
  return {
    id: data.id,
    title: data.title,
    columns: [
      text(data.first),
      ...data.columns,
      data.value,
      ...(expected ? [estimate(words.parts.expected, data.value.kind)] : []),
      ...(data.effects ? [text(words.breakdown.head.reading)] : []),
    ],
    rows: data.rows.map((row) => [
      row.name,
      ...row.cells,
      row.estimate,
      ...(expected ? [row.expected ?? null] : []),
      ...(data.effects ? [[row.reading, row.note].filter(Boolean).join(': ')] : []),
    ]),
  };
}

/** The rows as a chart; with `most`, the first and the last of them. */
export function forestDrawing(data: ForestData, most = Infinity): Drawing {
  const best = Math.ceil(most / 2);
  const { rows, effects } = data;
  const chosen = rows.length <= most ? rows : [...rows.slice(0, best), ...rows.slice(best - most)];
  const cases = data.value.cases;
  const drawn = chosen.map((row): ChartRow => {
    const of = cases === undefined ? undefined : row.cells[cases - 1];
    const { value } = row.estimate;
    return {
      label: row.name,
      note: row.small,
      estimate: row.estimate,
      tone: row.tone,
      hollow: row.hollow ?? false,
      figure: value === null ? '' : format.per100(value, typeof of === 'number' ? of : undefined),
      reading: row.reading,
    };
  });
  return drawRows(drawn, { zero: effects, ...(effects ? {} : { to: 1 }) });
}

/** `whole`: all rows, such as the hours of a day. */
export function Forest({ data, whole = false }: { data: ForestData; whole?: boolean }) {
  const table = useMemo(() => forestTable(data), [data]);
  const drawing = useMemo(() => forestDrawing(data), [data]);
  const { order, press, rows } = useOrder(table);
  const [all, setAll] = useState(whole);
  const source = useMemo(
    () => new Map(table.rows.map((cells, at) => [cells, data.rows[at]!])),
    [table, data],
  );
  const { effects } = data;
  const wide = data.columns.length;
  const expected = hasExpected(data);
  const domain: Domain = effects ? domainOf(data.rows.map((row) => row.estimate)) : { low: 0, high: 1 };
  const folded = !all && rows.length > kMost;
  const between = (at: number) => folded && at >= kEnds && at < rows.length - kEnds;
  const title = (index: number, classes: string) => (
    <SortTitle
      key={index}
      name={table.columns[index]!.name}
      column={index}
      order={order}
      press={press}
      class={classes}
    />
  );
  return (
    <>
      <table class={effects ? 'breakdown' : 'breakdown rates'} role="table" data-forest={data.id}>
        <thead role="rowgroup">
          <tr role="row">
            {title(0, '')}
            {data.columns.map((_, index) => title(index + 1, 'num wide'))}
            {title(wide + 1, 'num')}
            {expected && title(wide + 2, 'num wide aside')}
            <th scope="col" role="columnheader" class="mid">
              <span class="only-read">{words.breakdown.plot}</span>
            </th>
            {effects && title(table.columns.length - 1, '')}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.flatMap((cells, at) => {
            const row = source.get(cells)!;
            const line = (
              <Line
                key={row.name}
                row={row}
                table={table}
                cells={cells}
                domain={domain}
                wide={wide}
                expected={expected}
                effects={effects}
                beyond={between(at)}
              />
            );
            if (!folded || at !== kEnds) return [line];
            return [
              <tr key="more" class="more-rows" role="row">
                <td role="cell" colSpan={wide + 5}>
                  <button type="button" class="quiet" onClick={() => setAll(true)}>
                    {words.parts.more(format.count(rows.length - 2 * kEnds))}
                  </button>
                </td>
              </tr>,
              line,
            ];
          })}
        </tbody>
      </table>
      <Tools title={table.title} lede={data.lede} table={table} drawing={drawing} />
    </>
  );
}

interface LineProps {
  row: ForestRow;
  table: DataTable;
  cells: Cell[];
  domain: Domain;
  wide: number;
  expected: boolean;
  effects: boolean;
  beyond: boolean;
}

function Line({ row, table, cells, domain, wide, expected, effects, beyond }: LineProps) {
  const cell = (index: number) => shown(table.columns[index]!, cells, index);
  const [value, interval] = cell(wide + 1);
  const counted = row.episodes?.[0];
  return (
    <tr class={beyond ? `${row.tone} beyond` : row.tone} role="row">
      <th scope="row" role="rowheader">
        {row.name}
        {row.small && (
          <small class="narrow">
            {counted ? (
              <Episodes of={row.name} query={{ ...counted.query, arm: '' }}>
                {row.small}
              </Episodes>
            ) : (
              row.small
            )}
          </small>
        )}
      </th>
      {row.cells.map((_, index) => (
        <td key={index} role="cell" class="num wide">
          {row.episodes?.[index] ? (
            <Episodes {...row.episodes[index]}>{cell(index + 1)[0]}</Episodes>
          ) : (
            cell(index + 1)[0]
          )}
        </td>
      ))}
      <td role="cell" class="num strong">
        {value}
        <small>{interval}</small>
      </td>
      {expected && (
        <td role="cell" class="num wide aside">
          {cell(wide + 2)[0]}
        </td>
      )}
      <td role="cell" class="mid">
        <Interval
          estimate={row.estimate}
          expected={row.expected?.value}
          domain={domain}
          tone={row.tone}
          zero={effects}
          hollow={row.hollow}
          {...(effects ? { unit: 'points' } : {})}
        />
      </td>
      {effects && (
        <td role="cell" class="finding">
          {row.reading}
          {row.note && <small>{row.note}</small>}
        </td>
      )}
    </tr>
  );
}
