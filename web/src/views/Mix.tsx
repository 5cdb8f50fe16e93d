// Why silence changed from one month to the next: other kinds of outreach, or the same kinds doing differently. In: the report's
// mix change. Out: the change and its two parts with their intervals, and each kind.
import type { MixChange, Report } from '../../../wasm/api';
import { metricOf, toneOfEffect } from '../findings';
import * as format from '../format';
import { count, estimate, text, type DataTable } from '../tables';
import { wordFor, words } from '../words';
import { figureDrawing, Figures, type FigureRow } from './Figures';
import { Numbers } from './Numbers';
import { Missing, Section } from './Section';
import { Tools } from './Tools';

const kParts = ['total', 'mix', 'within'] as const;

function titleOf({ from, to, total, mix, within }: MixChange): string {
  const w = words.mix.titles;
  const months = [format.period(from, 'month'), format.period(to, 'month')] as const;
  const tone = toneOfEffect(total);
  if (tone === 'grey' || total.value === null) return w.none(...months);
  const larger = Math.abs(mix.value ?? 0) > Math.abs(within.value ?? 0) ? w.byMix : w.byWithin;
  return `${(total.value > 0 ? w.more : w.less)(...months)}${larger}`;
}

export function Mix({ report }: { report: Report }) {
  const { mix } = report;
  const w = words.mix;
  if (mix.missing) return <Missing id="mix" title={w.titleNone} text={words.ladder.missing(mix.missing)} />;
  const title = titleOf(mix);
  const rows = kParts.map((id): FigureRow => {
    const tone = toneOfEffect(mix[id]);
    return {
      id,
      name: wordFor(w.parts, id),
      metric: id === 'total' ? metricOf(report, 'M33') : undefined,
      estimate: mix[id],
      unit: 'points',
      tone,
      reading: wordFor(w.readings, tone),
    };
  });
  const table = mixTable(mix);
  return (
    <Section id="mix" title={title} lede={w.lede}>
      <Figures rows={rows} title={title} draw="interval" head={w.part} />
      <Tools title={title} lede={w.lede} drawing={figureDrawing(rows)} table={table} />
      <details class="full">
        <summary>{w.kinds(mix.groups.length)}</summary>
        <div class="wide-table" role="region" tabIndex={0} aria-label={w.kinds(mix.groups.length)}>
          <Numbers table={table} />
        </div>
      </details>
    </Section>
  );
}

function mixTable(mix: MixChange): DataTable {
  const { head } = words.mix;
  const whole = {
    label: words.mix.parts.total!,
    ...mix,
    mix: mix.mix.value ?? 0,
  };
  return {
    id: 'mix',
    title: titleOf(mix),
    columns: [
      text(head.kind),
      count(format.period(mix.from, 'month')),
      count(head.quiet),
      count(format.period(mix.to, 'month')),
      count(head.quiet),
      { name: head.mix, kind: 'points' },
      estimate(head.within, 'points'),
    ],
    rows: [...mix.groups, whole].map((group) => [
      group.label.replaceAll('_', ' ') || words.breakdown.unnamed,
      group.episodes_from,
      group.silent_from,
      group.episodes_to,
      group.silent_to,
      group.mix,
      group.within,
    ]),
  };
}

export const mixTables = ({ mix }: Report): DataTable[] => (mix.missing ? [] : [mixTable(mix)]);
