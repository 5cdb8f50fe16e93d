// A chart for everybody: the drawing, a sentence that says what it shows, the arrow keys to read it point by point, the
// numbers as a table, and the same as PNG, SVG and CSV. In: how to draw it at a width, and the same content as words. The
// conclusion stands above it: as the title of its section, or of the card where a section has several.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { createChart, optionOf, type Chart } from '../charts/echarts';
import { lightPalette } from '../charts/image';
import { readPalette, type Drawing, type Spot } from '../charts/marks';
import { openAudit } from '../actions';
import { origin } from '../state';
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
  const [spots, setSpots] = useState<Spot[]>([]);

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
    if (!element) return undefined;
    const draw = (medium: Medium) => {
      const paper = medium === 'paper';
      if (width === 0 && !paper) return; // folded away; for paper it is opened
      const across = paper ? kPaperWidth : width;
      const palette = medium === 'screen' ? readPalette(element) : lightPalette();
      const picture = drawing(across, palette);
      element.style.height = paper ? 'auto' : `${picture.height}px`;
      chart.current ??= createChart(element);
      chart.current.resize({ width: across, height: picture.height });
      chart.current.setOption(optionOf(picture.shapes), { notMerge: true });
      if (medium === 'screen') setSpots(picture.spots);
      else chart.current.getZr().flush();
      const svg = element.querySelector('svg');
      if (paper) svg?.setAttribute('viewBox', `0 0 ${across} ${picture.height}`);
      else svg?.removeAttribute('viewBox');
    };
    draw('screen');
    redraws.add(draw);
    return () => redraws.delete(draw);
  }, [width, scheme, drawing]);

  return { host, spots, width };
}

/** What is pointed at, in words beside it; never outside the drawing's width. */
function Tip({ spot, width, more }: { spot: Spot | undefined; width: number; more: string }) {
  if (!spot || spot.lines.length === 0) return null;
  const before = spot.at.x > width / 2;
  const side = before
    ? { right: `${Math.max(0, width - spot.at.x + 12)}px` }
    : { left: `${Math.max(0, spot.at.x + 12)}px` };
  const [first, ...rest] = spot.lines;
  return (
    <div
      class="tip"
      aria-hidden="true"
      style={{ top: `${spot.at.y}px`, maxWidth: `${width * 0.6}px`, ...side }}
    >
      <strong>{first}</strong>
      {rest.map((line) => (
        <span key={line}>{line}</span>
      ))}
      {more && <span class="soft">{more}</span>}
    </div>
  );
}

/** A chart alone, where a sentence beside it says what it shows. */
export function Drawn({ drawing, label, width }: { drawing: Drawing; label: string; width: number }) {
  const { host } = useDrawing(drawing);
  return <div ref={host} class="drawing" role="img" aria-label={label} style={{ width: `${width}px` }} />;
}

export function ChartCard({ name, title, lede, sentence, drawing, table }: Props) {
  const { host, spots, width } = useDrawing(drawing);
  const [at, setAt] = useState(-1);
  const [open, setOpen] = useState(false);
  const id = useId();

  // Where each point is a row, a point opens the episodes of its row.
  const behind = (index: number) =>
    spots.length === table.rows.length ? table.episodes?.get(table.rows[index] ?? []) : undefined;
  const more = behind(at) && origin.value !== 'typed' ? words.audit.press : '';
  const onKeyDown = (event: KeyboardEvent) => {
    const opens = event.key === 'Enter' ? behind(at) : undefined;
    if (opens && more) openAudit(opens.of, opens.query);
    const last = spots.length - 1;
    const moves: Record<string, number> = {
      ArrowLeft: Math.max(0, at < 0 ? last : at - 1),
      ArrowUp: Math.max(0, at < 0 ? last : at - 1),
      ArrowRight: Math.min(last, at + 1),
      ArrowDown: Math.min(last, at + 1),
      Home: 0,
      End: last,
      Escape: -1,
    };
    const next = moves[event.key];
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setAt(next);
  };
  const spotAt = (event: MouseEvent): number => {
    const box = host.current?.getBoundingClientRect();
    if (!box) return -1;
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const inside = (spot: Spot) =>
      x >= spot.x && x < spot.x + spot.width && y >= spot.y && y < spot.y + spot.height;
    return spots.findIndex(inside);
  };
  const press = (event: MouseEvent) => {
    const opens = behind(spotAt(event));
    if (opens && origin.value !== 'typed') openAudit(opens.of, opens.query);
  };
  const leave = () => setAt(-1);

  return (
    <figure class="chart" data-chart={name}>
      <div
        class="plate"
        onPointerMove={(event) => setAt(spotAt(event))}
        onPointerLeave={leave}
        onClick={press}
      >
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
        <Tip spot={spots[at]} width={width} more={more} />
      </div>
      <p class="only-read" id={`${id}keys`}>
        {words.chart.keys}
        {table.episodes && origin.value !== 'typed' && ` ${words.audit.keys}`}
      </p>
      <p class="only-read" aria-live="polite">
        {spots[at]?.lines.join(', ') ?? ''}
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
