// Does the answer hang on the window? The effect for windows of 1 to 28 days with the reading at each, and both groups over the
// days since the trigger: prevented, or only delayed.
import { useMemo } from 'preact/hooks';
import type { Report, WindowCurve, WindowPoint } from '../../../wasm/api';
import { drawCurves, type Curve, type CurvePoint } from '../charts/curve';
import { casesOf, isWithheld, type Tone } from '../findings';
import * as format from '../format';
import { count, estimate, text, type DataTable } from '../tables';
import { wordFor, words } from '../words';
import { ChartCard } from './ChartCard';
import { Missing, Section } from './Section';

const tones: Record<string, Tone> = { prevents: 'good', causes: 'bad', cannot_tell: 'grey' };

const tick = (share: number) => format.plain(share * 100);

const pointsOf = (curve: WindowCurve, of: 'treated' | 'baseline'): CurvePoint[] =>
  curve.points.map((point) => ({ x: point.days, label: String(point.days), estimate: point[of] }));

const effects = (report: Report): CurvePoint[] =>
  report.window.points.map(({ days, difference, verdict }) => ({
    x: days,
    label: String(days),
    estimate: difference,
    tone: isWithheld(report) ? 'grey' : (tones[verdict] ?? 'grey'),
  }));

function titleOf({ verdict, peak_days: peak, judged_days: judged, depends_on_window: hangs }: WindowCurve) {
  const w = words.window.titles;
  if (judged === null) return w.not_judged!('', '');
  const say = w[verdict] ?? w.cannot_tell!;
  return `${say(format.days(judged), format.days(peak ?? 0))}${hangs ? words.window.hangs : ''}`;
}

const hasEffect = (curve: WindowCurve) => curve.points.some(({ difference }) => difference.value !== null);
const hasArms = (curve: WindowCurve) => curve.points.some(({ treated }) => treated.value !== null);
const baselineOf = ({ basis }: WindowCurve) => words.window.baselines[basis] ?? words.window.baselineOther;
const readingOf = ({ verdict }: WindowPoint, report: Report) =>
  verdict ? wordFor(words.breakdown.verdicts, isWithheld(report) ? 'too_few' : verdict) : '';

/** Value, interval and reading of one window, for tooltips and screen readers. */
function pointLines(point: WindowPoint | undefined, report: Report): string[] {
  if (!point) return [];
  const { value } = point.difference;
  const range = format.interval(point.difference, 'points');
  const w = words.window;
  const said = value === null ? words.trend.empty : w.effectLine(format.per100(value), range);
  return [w.point(format.days(point.days)), said, readingOf(point, report)].filter(Boolean);
}

function armLines(curve: WindowCurve, point: WindowPoint | undefined): string[] {
  if (!point) return [];
  const w = words.window;
  const share = (name: string, { value }: WindowPoint['treated']) =>
    value === null ? '' : w.share(name, format.percent(value));
  return [
    w.point(format.days(point.days)),
    share(baselineOf(curve), point.baseline),
    share(w.messaged, point.treated),
  ].filter(Boolean);
}

/** What both groups had come to at the last day that is known. */
function armsTitle(report: Report): string {
  const curve = report.window;
  const last = curve.points.filter((point) => point.treated.value !== null).at(-1)!;
  const share = (value: number) => format.percent(value, casesOf(report) || undefined);
  const { treated, baseline } = last;
  const others = baseline.value === null ? '' : share(baseline.value);
  return words.window.armsTitle(format.days(last.days), share(treated.value!), others, baselineOf(curve));
}

export function WindowSection({ report }: { report: Report }) {
  const curve = report.window;
  const w = words.window;
  if (!hasEffect(curve) && !hasArms(curve)) return <Missing id="window" title={w.titleNone} text={w.none} />;
  if (!hasEffect(curve)) {
    return (
      <Section id="window" title={armsTitle(report)} lede={w.armsLede}>
        <Arms report={report} />
        <p class="hint">{w.alone}</p>
      </Section>
    );
  }
  return (
    <Section id="window" title={titleOf(curve)} lede={w.lede}>
      <Effect report={report} />
      <h3>{armsTitle(report)}</h3>
      <p class="hint">{[w.armsLede, gainedSentence(curve)].filter(Boolean).join(' ')}</p>
      <Arms report={report} />
    </Section>
  );
}

function Effect({ report }: { report: Report }) {
  const curve = report.window;
  const w = words.window;
  const chosen = report.settings.window_days;
  const drawing = useMemo(() => {
    const one: Curve = { name: '', tone: 'grey', points: effects(report) };
    const lines = (index: number) => pointLines(curve.points[index], report);
    return drawCurves([one], { zero: true, tick, chosen, lines, axis: w.axis });
  }, [report, curve, chosen, w]);
  const title = titleOf(curve);
  const said = pointLines(
    curve.points.find((point) => point.chosen),
    report,
  ).join(', ');
  const { peak, last, peak_days: peakDays, judged_days: judged } = curve;
  const gap =
    peak.value === null || last.value === null || peakDays === null || judged === null
      ? ''
      : w.reading(
          format.days(peakDays),
          format.per100(peak.value),
          format.days(judged),
          format.per100(last.value),
        );
  return (
    <ChartCard
      name="window"
      title={title}
      lede={w.lede}
      sentence={[title, said, gap]
        .filter(Boolean)
        .map((part) => part.replace(/\.?$/, '.'))
        .join(' ')}
      drawing={drawing}
      table={effectTable(report)}
    />
  );
}

function Arms({ report }: { report: Report }) {
  const w = words.window;
  const curve = report.window;
  const title = armsTitle(report);
  const drawing = useMemo(() => {
    const curves: Curve[] = [
      { name: baselineOf(curve), tone: 'plain' as const, points: pointsOf(curve, 'baseline') },
      { name: w.messaged, tone: 'good' as const, points: pointsOf(curve, 'treated') },
    ].filter(({ points }) => points.some((point) => point.estimate.value !== null));
    const lines = (index: number) => armLines(curve, curve.points[index]);
    return drawCurves(curves, { zero: false, tick: format.roundPercent, lines, axis: w.armsAxis });
  }, [curve, w]);
  return (
    <ChartCard
      name="arms"
      title={title}
      lede={w.armsLede}
      sentence={`${title}.`}
      drawing={drawing}
      table={armsTable(report)}
    />
  );
}

/** What waiting longer for a contact comes to, in days; empty while its interval holds zero. */
function gainedSentence({ gained_days: gained, judged_days: judged }: WindowCurve): string {
  const { value, low, high } = gained;
  if (value === null || low === null || high === null || judged === null) return '';
  if (low <= 0 && high >= 0) return '';
  const w = words.window;
  const size = (days: number) => format.plain(Math.abs(days));
  const range = value > 0 ? [low, high] : [high, low];
  return (value > 0 ? w.gained : w.lost)(
    size(value),
    `${size(range[0]!)} to ${size(range[1]!)}`,
    format.days(judged),
  );
}

function effectTable(report: Report): DataTable {
  const curve = report.window;
  const { head } = words.window;
  return {
    id: 'window',
    title: titleOf(curve),
    columns: [count(head.days), estimate(head.prevented, 'points'), text(head.reading)],
    rows: curve.points.map((point) => [point.days, point.difference, readingOf(point, report)]),
  };
}

function armsTable(report: Report): DataTable {
  const curve = report.window;
  const { head } = words.window;
  const columns = [
    count(head.since),
    estimate(format.sentenceCase(baselineOf(curve)), 'share'),
    estimate(head.messaged, 'share'),
    estimate(head.gained, 'number'),
  ];
  const rows = curve.points.map((point) => [point.days, point.baseline, point.treated, point.gained_days]);
  const alone = !hasEffect(curve);
  const kept = <T,>(cells: T[]): T[] => (alone ? [cells[0]!, cells[2]!] : cells);
  return { id: 'arms', title: armsTitle(report), columns: kept(columns), rows: rows.map(kept) };
}

export const windowTables = (report: Report): DataTable[] => [
  ...(hasEffect(report.window) ? [effectTable(report)] : []),
  ...(hasArms(report.window) ? [armsTable(report)] : []),
];
