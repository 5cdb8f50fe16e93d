// A chart for everybody: the drawing, a sentence that says what it shows, the arrow keys to read it point by point, the
// numbers as a table, and the same as PNG, SVG and CSV. In: how to draw it at a width, and the same content as words. The
// conclusion stands above it: as the title of its section, or of the card where a section has several.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { createChart, type Chart } from '../charts/echarts';
import type { Drawing } from '../charts/image';
import { lightPalette } from '../charts/image';
import { readPalette } from '../charts/marks';
import type { DataTable } from '../tables';
import { words } from '../words';
import { Numbers } from './Numbers';
import { Tools } from './Tools';

interface Props {
  /** Names chart and table for tests and for people who jump between them. */
  name: string;
  /** What the chart says and what it plots: they go along with a saved picture. */
  title: string;
  lede: string;
  sentence: string;
  drawing: Drawing;
  /** What the arrow keys read, in the order of the data. */
  points: string[];
  /** The series whose tooltips follow the arrow keys. */
  tooltipSeries?: number;
  table: DataTable;
}

/** On paper a chart is drawn for a page of this width, in light colours, and fitted to it like a picture. */
export type Medium = 'screen' | 'paper' | 'slide';
const kPaperWidth = 860;

const redraws = new Set<(medium: Medium) => void>();
export function redrawAll(medium: Medium): void {
  for (const redraw of redraws) redraw(medium);
}

function useDrawing(drawing: Drawing) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | null>(null);
  const [width, setWidth] = useState(0);
  const [scheme, setScheme] = useState('');

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
    if (!element || width === 0) return undefined;
    const draw = (medium: Medium) => {
      const paper = medium === 'paper';
      const size = {
        width: paper ? kPaperWidth : width,
        height: drawing.height(paper ? kPaperWidth : width),
      };
      element.style.height = paper ? 'auto' : `${size.height}px`;
      chart.current ??= createChart(element);
      chart.current.resize(size);
      const palette = medium === 'screen' ? readPalette(element) : lightPalette();
      chart.current.setOption(drawing.option(size.width, palette), { notMerge: true });
      if (medium !== 'screen') chart.current.getZr().flush();
      const svg = element.querySelector('svg');
      if (paper) svg?.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
      else svg?.removeAttribute('viewBox');
    };
    draw('screen');
    redraws.add(draw);
    return () => redraws.delete(draw);
  }, [width, scheme, drawing]);

  return { host, chart };
}

/** A chart alone, where a sentence beside it says what it shows. */
export function Drawn({ drawing, label, width }: { drawing: Drawing; label: string; width: number }) {
  const { host } = useDrawing(drawing);
  return <div ref={host} class="drawing" role="img" aria-label={label} style={{ width: `${width}px` }} />;
}

export function ChartCard({ name, title, lede, sentence, drawing, points, tooltipSeries = 0, table }: Props) {
  const { host, chart } = useDrawing(drawing);
  const [at, setAt] = useState(-1);
  const [open, setOpen] = useState(false);
  const id = useId();

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
    } else if (next !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
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
      <Tools title={title} lede={lede} drawing={drawing} table={table}>
        <button
          type="button"
          class="quiet"
          aria-expanded={open}
          aria-controls={`${id}table`}
          onClick={() => setOpen(!open)}
        >
          {open ? words.chart.hideNumbers : words.chart.showNumbers}
        </button>
      </Tools>
      <div
        id={`${id}table`}
        hidden={!open}
        class="wide-table"
        tabIndex={open ? 0 : -1}
        role="region"
        aria-label={words.chart.numbersOf(title)}
      >
        {open && <Numbers table={table} />}
      </div>
    </figure>
  );
}
