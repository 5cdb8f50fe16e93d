// A chart for everybody: the drawing, a sentence that says what it shows, the arrow keys to read it point by point, and
// the numbers as a table. In: how to make the option at a width, and the same content as words. Out: a figure.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { createChart, type Chart, type ChartOption } from '../charts/echarts';
import { readPalette, type Palette } from '../charts/marks';
import { words } from '../words';

export interface NumbersTable {
  head: string[];
  rows: string[][];
  /** Columns of numbers, aligned to the right. */
  numeric: number[];
}

interface Props {
  /** Names chart and table for tests and for people who jump between them. */
  name: string;
  sentence: string;
  option: (width: number, palette: Palette) => ChartOption;
  height: (width: number) => number;
  /** What the arrow keys read, in the order of the data. */
  points: string[];
  /** The series whose tooltips follow the arrow keys. */
  tooltipSeries: number;
  table: NumbersTable;
  caption: string;
}

export function ChartFigure({
  name,
  sentence,
  option,
  height,
  points,
  tooltipSeries,
  table,
  caption,
}: Props) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  const [width, setWidth] = useState(0);
  const [scheme, setScheme] = useState('');
  const [at, setAt] = useState(-1);
  const [open, setOpen] = useState(false);
  const id = useId();

  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const sizes = new ResizeObserver(() => setWidth(element.clientWidth));
    sizes.observe(element);
    const themes = new MutationObserver(() => setScheme(document.documentElement.dataset.theme ?? ''));
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      sizes.disconnect();
      themes.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    const element = host.current;
    if (!element || width === 0) return;
    const size = { width, height: height(width) };
    element.style.height = `${size.height}px`;
    chart.current ??= createChart(element);
    chart.current.resize(size);
    chart.current.setOption(option(width, readPalette(element)), { notMerge: true });
  }, [width, scheme, option, height]);

  const read = (next: number) => {
    setAt(next);
    chart.current?.dispatchAction({ type: 'showTip', seriesIndex: tooltipSeries, dataIndex: next });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = points.length - 1;
    const moves: Record<string, number> = {
      ArrowLeft: Math.max(0, at < 0 ? last : at - 1),
      ArrowUp: Math.max(0, at < 0 ? last : at - 1),
      ArrowRight: Math.min(last, at + 1),
      ArrowDown: Math.min(last, at + 1),
      Home: 0,
      End: last,
    };
    const next = moves[event.key];
    if (event.key === 'Escape') {
      chart.current?.dispatchAction({ type: 'hideTip' });
    } else if (next !== undefined) {
      event.preventDefault();
      read(next);
    }
  };
  const leave = () => {
    setAt(-1);
    chart.current?.dispatchAction({ type: 'hideTip' });
  };

  return (
    <figure class="chart" data-chart={name}>
      <div
        ref={host}
        class="drawing"
        role="img"
        tabIndex={0}
        aria-label={sentence}
        aria-describedby={`${id}keys`}
        onKeyDown={onKeyDown}
        onBlur={leave}
      />
      <p class="only-read" id={`${id}keys`}>
        {words.chart.keys}
      </p>
      <p class="only-read" aria-live="polite">
        {points[at] ?? ''}
      </p>
      <button
        type="button"
        class="quiet"
        aria-expanded={open}
        aria-controls={`${id}table`}
        onClick={() => setOpen(!open)}
      >
        {open ? words.chart.hideNumbers : words.chart.showNumbers}
      </button>
      <div
        id={`${id}table`}
        hidden={!open}
        class="wide-table"
        tabIndex={open ? 0 : -1}
        role="region"
        aria-label={words.chart.numbersOf(caption)}
      >
        {open && <Numbers table={table} caption={caption} />}
      </div>
    </figure>
  );
}

export function Numbers({ table, caption }: { table: NumbersTable; caption: string }) {
  const numeric = (column: number) => (table.numeric.includes(column) ? 'num' : undefined);
  return (
    <table>
      <caption class="only-read">{caption}</caption>
      <thead>
        <tr>
          {table.head.map((title, column) => (
            <th key={column} scope="col" class={numeric(column)}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, column) =>
              column === 0 ? (
                <th key={column} scope="row">
                  {cell}
                </th>
              ) : (
                <td key={column} class={numeric(column)}>
                  {cell}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
