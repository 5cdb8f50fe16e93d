// Does the answer hang on the window? The effect for windows of 1 to 28 days, and both groups over the days since the trigger.
import { useMemo } from 'preact/hooks';
import type { Report, WindowCurve } from '../../../wasm/api';
import { drawCurves, type Curve, type CurvePoint } from '../charts/curve';
import type { Tone } from '../findings';
import * as format from '../format';
import { count, estimate, text, type DataTable } from '../tables';
import { wordFor, words } from '../words';
import { ChartCard } from './ChartCard';
import { Section } from './Section';

const tones: Record<string, Tone> = { prevented: 'good', partly_delayed: 'good', caused: 'bad' };

const tick = (share: number) => format.plain(share * 100);

const pointsOf = (curve: WindowCurve, of: 'difference' | 'treated' | 'baseline'): CurvePoint[] =>
  curve.points.map((point) => ({ x: point.days, label: String(point.days), estimate: point[of] }));

function titleOf({
  verdict,
  peak_days: peak,
  judged_days: judged,
  depends_on_window: hangs,
}: WindowCurve): string {
  const w = words.window.titles;
  const say = w[verdict] ?? w.cannot_tell!;
  return `${say(format.days(judged ?? 0), format.days(peak ?? 0))}${hangs ? words.window.hangs : ''}`;
}

const measured = (curve: WindowCurve) => curve.points.some((point) => point.difference.value !== null);

export function WindowSection({ report }: { report: Report }) {
  const curve = report.window;
  const w = words.window;
  const chosen = report.settings.window_days;
  const effect = useMemo(() => {
    const one: Curve = {
      name: '',
      tone: tones[curve.verdict] ?? 'plain',
      points: pointsOf(curve, 'difference'),
    };
    const lines = (index: number) => {
      const point = curve.points[index];
      if (!point) return [];
      const { value } = point.difference;
      const range = format.interval(point.difference, 'points');
      return [
        w.point(format.days(point.days)),
        value === null ? words.trend.empty : w.effectLine(format.per100(value), range),
        wordFor(words.breakdown.verdicts, point.verdict),
      ].filter(Boolean);
    };
    return drawCurves([one], { zero: true, tick, chosen, lines });
  }, [curve, chosen, w]);
  const arms = useMemo(() => {
    const curves: Curve[] = [
      { name: w.heldOut, tone: 'plain', points: pointsOf(curve, 'baseline') },
      { name: w.messaged, tone: 'good', points: pointsOf(curve, 'treated') },
    ];
    const lines = (index: number) => {
      const point = curve.points[index];
      if (!point) return [];
      const share = (name: string, { value }: typeof point.treated) =>
        value === null ? '' : `${name}: ${format.percent(value)}`;
      return [
        w.point(format.days(point.days)),
        share(w.heldOut, point.baseline),
        share(w.messaged, point.treated),
      ].filter(Boolean);
    };
    return drawCurves(curves, { zero: false, tick: format.roundPercent, lines });
  }, [curve, w]);
  if (!measured(curve)) return null;
  const title = titleOf(curve);
  const table = windowTable(report);
  return (
    <Section id="window" title={title} lede={w.lede}>
      <ChartCard
        name="window"
        title={title}
        lede={w.lede}
        sentence={`${title}. ${w.lede}`}
        drawing={effect}
        table={table}
      />
      <h3>{w.armsTitle}</h3>
      <p class="hint">{w.armsLede}</p>
      <ChartCard
        name="arms"
        title={w.armsTitle}
        lede={w.armsLede}
        sentence={`${w.armsTitle}. ${w.armsLede}`}
        drawing={arms}
        table={{ ...table, id: 'arms' }}
      />
    </Section>
  );
}

function windowTable(report: Report): DataTable {
  const { head } = words.window;
  return {
    id: 'window',
    title: titleOf(report.window),
    columns: [
      count(head.days),
      estimate(head.prevented, 'points'),
      estimate(head.heldOut, 'share'),
      estimate(head.messaged, 'share'),
      text(words.breakdown.head.reading),
    ],
    rows: report.window.points.map((point) => [
      point.days,
      point.difference,
      point.baseline,
      point.treated,
      point.verdict ? wordFor(words.breakdown.verdicts, point.verdict) : '',
    ]),
  };
}

export const windowTables = (report: Report): DataTable[] =>
  measured(report.window) ? [windowTable(report)] : [];
