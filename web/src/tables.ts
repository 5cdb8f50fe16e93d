// Data as tables: what a chart or a list is made of, once, for the page, for CSV files and for texts. In: cells as the report
// states them (shares from 0 to 1, estimates with their ends). Out: the same cells as people read them, or as a
// spreadsheet reads them. Nothing is computed; a CSV carries the core's numbers as they are.
import type { Estimate } from '../../wasm/api';
import * as format from './format';
import type { Auditing } from './state';
import { words } from './words';

/** 'share' is drawn as per cent, 'points' and 'ratio' per 100, 'amount' may be a fraction, 'count' may not. */
export type Kind = 'text' | 'count' | 'amount' | 'share' | 'points' | 'ratio' | 'number';
export type Cell = string | number | null | Estimate;

export interface Column {
  name: string;
  kind: Kind;
  /** The cells are estimates: a value with the ends of its interval. */
  estimate?: boolean;
  /** The column that counts the cases behind this one: below 100 of them, whole per cents are shown. */
  cases?: number;
}

export interface DataTable {
  /** Names its file: "trend-month". */
  id: string;
  title: string;
  columns: Column[];
  rows: Cell[][];
  /** Rows that count episodes, and which. */
  episodes?: Map<Cell[], Auditing>;
}

export const text = (name: string): Column => ({ name, kind: 'text' });
export const count = (name: string): Column => ({ name, kind: 'count' });
export const estimate = (name: string, kind: Kind, cases?: number): Column => ({
  name,
  kind,
  estimate: true,
  ...(cases === undefined ? {} : { cases }),
});

const isEstimate = (cell: Cell | undefined): cell is Estimate => typeof cell === 'object' && cell !== null;

export const isNumeric = (column: Column): boolean => column.kind !== 'text';

/** What a cell is sorted by: the number in it, or its text; null where it has none. */
export function sortKey(cell: Cell | undefined): string | number | null {
  if (cell === undefined || cell === '') return null;
  return isEstimate(cell) ? cell.value : cell;
}

/** Rows in the order of one column; cells without a value last in either direction. */
export function sorted(table: DataTable, column: number, direction: 1 | -1): Cell[][] {
  const compare = (a: Cell[], b: Cell[]): number => {
    const [x, y] = [sortKey(a[column]), sortKey(b[column])];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    if (typeof x === 'number' && typeof y === 'number') return direction * (x - y);
    return direction * format.compareTexts(String(x), String(y));
  };
  return [...table.rows].sort(compare);
}

function casesOf(column: Column, row: Cell[]): number | undefined {
  const cases = column.cases === undefined ? undefined : row[column.cases];
  return typeof cases === 'number' ? cases : undefined;
}

/** A cell as the page shows it: [value, interval]. The interval is empty except for estimates. */
export function shown(column: Column, row: Cell[], index: number): [string, string] {
  const cell = row[index];
  if (cell === null || cell === undefined) return ['', ''];
  if (typeof cell === 'string') return [cell, ''];
  const cases = casesOf(column, row);
  const unit = column.kind;
  if (isEstimate(cell)) {
    const value = cell.value === null ? '' : format.value(cell.value, unit, cases);
    return [value, format.interval(cell, unit, cases)];
  }
  if (unit === 'count') return [format.count(cell), ''];
  return [unit === 'number' ? format.plain(cell, 2) : format.value(cell, unit, cases), ''];
}

/** Titles as they stand over a table of plain texts: an estimate takes two columns. */
export function titles(table: DataTable): string[] {
  return table.columns.flatMap((column) =>
    column.estimate ? [column.name, words.table.interval] : [column.name],
  );
}

/** Rows of plain texts, under `titles`. */
export function texts(table: DataTable): string[][] {
  return table.rows.map((row) =>
    table.columns.flatMap((column, index) => {
      const [value, interval] = shown(column, row, index);
      return column.estimate ? [value, interval] : [value];
    }),
  );
}

// --- CSV ----------------------------------------------------------------------------------------------------------------------

const kStartsFormula = /^[=+\-@\t\r]/;

/** RFC 4180. A text that a spreadsheet would take for a formula is kept from being one by an apostrophe. */
function csvCell(cell: string | number | null): string {
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  const plain = cell === null ? '' : kStartsFormula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

const csvLine = (cells: (string | number | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** The numbers as the report has them, and a mark at whose beginning spreadsheets see that it is UTF-8. */
export function csvOf(table: DataTable): string {
  const w = words.table;
  const heads = table.columns.flatMap((column) => {
    const unit = ['share', 'points', 'ratio'].includes(column.kind) ? w.asShare(column.name) : column.name;
    return column.estimate ? [unit, w.low(column.name), w.high(column.name)] : [unit];
  });
  const lines = table.rows.map((row) =>
    csvLine(
      table.columns.flatMap(({ estimate: wide }, index) => {
        const cell = row[index] ?? null;
        if (isEstimate(cell)) return [cell.value, cell.low, cell.high];
        const empty = wide ? [null, null] : [];
        return [typeof cell === 'number' && cell === format.kMasked ? words.masked : cell, ...empty];
      }),
    ),
  );
  return `\ufeff${csvLine(heads)}${lines.join('')}`;
}
