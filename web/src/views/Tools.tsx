// What can be taken along of a chart or a table: PNG and SVG with title and source, CSV with the numbers as the core has them.
import type { ComponentChildren } from 'preact';
import { announce } from '../actions';
import { chartSvg, pngOf } from '../charts/image';
import type { Drawing } from '../charts/marks';
import { save, saveText } from '../downloads';
import { sourceLine } from '../findings';
import { report } from '../state';
import { csvOf, type DataTable } from '../tables';
import { words } from '../words';

interface Props {
  title: string;
  lede: string;
  table: DataTable;
  drawing?: Drawing;
  children?: ComponentChildren;
}

export function Tools({ title, lede, table, drawing, children }: Props) {
  const w = words.chart;
  const name = `preempt-${table.id}`;
  const picture = () =>
    drawing ? chartSvg(drawing, { title, lede, source: report.value ? sourceLine(report.value) : '' }) : '';
  const saved = (kind: string) => announce(w.saved(`${name}.${kind}`));
  const kinds: [string, () => void | Promise<void>][] = [
    ['CSV', () => saveText(`${name}.csv`, csvOf(table), 'text/csv')],
  ];
  if (drawing) {
    kinds.unshift(
      ['PNG', async () => save(`${name}.png`, await pngOf(picture()))],
      ['SVG', () => saveText(`${name}.svg`, picture(), 'image/svg+xml')],
    );
  }
  return (
    <div class="tools">
      {children}
      <span class="take">
        {kinds.map(([kind, make]) => (
          <button
            key={kind}
            type="button"
            class="quiet"
            aria-label={w.save(kind, title)}
            onClick={() => void Promise.resolve(make()).then(() => saved(kind.toLowerCase()))}
          >
            {kind}
          </button>
        ))}
      </span>
    </div>
  );
}
