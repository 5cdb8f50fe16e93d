// An earlier report beside this one: metric by metric, with a reading by rule; and the earlier one worked out once more from the
// files on the page. In: two reports. Out: a section. Differences are read off the intervals, never computed.
import type { Estimate, Metric, Report } from '../../../wasm/api';
import { stopComparing, verifyEarlier } from '../actions';
import { metricOf } from '../findings';
import * as format from '../format';
import { files, isRead, state, type Opened } from '../state';
import { estimate, text, type DataTable } from '../tables';
import { wordFor, words } from '../words';
import { Numbers } from './Numbers';
import { Section } from './Section';
import { Tools } from './Tools';

type Reading = 'higher' | 'lower' | 'same' | 'none';

export function readingOf(before: Estimate, after: Estimate): Reading {
  if (before.value === null || after.value === null) return 'none';
  if (before.low === null || before.high === null || after.low === null || after.high === null) return 'none';
  if (after.low > before.high) return 'higher';
  return after.high < before.low ? 'lower' : 'same';
}

const unitOf = ({ unit }: Metric) => (['share', 'points', 'ratio', 'count'].includes(unit) ? unit : 'number');

export function compareTable(report: Report, earlier: Report, title: string): DataTable {
  const w = words.opened;
  const rows = report.metrics.flatMap((metric) => {
    const before = metricOf(earlier, metric.id);
    const told = before && (before.estimate.value !== null || metric.estimate.value !== null);
    return told ? [{ metric, before }] : [];
  });
  return {
    id: 'compared',
    title,
    // The units differ from row to row: so the figures are texts.
    columns: [
      text(w.head.metric),
      text(w.head.earlier),
      text(w.head.now),
      text(w.head.reading),
      estimate(w.head.earlier, 'number'),
      estimate(w.head.now, 'number'),
    ],
    rows: rows.map(({ metric, before }) => {
      const figure = ({ estimate: figure, denominator }: Metric) => {
        if (figure.value === null) return '';
        const range = format.interval(figure, unitOf(metric), denominator);
        const value = format.value(figure.value, unitOf(metric), denominator);
        return range ? `${value} (${range})` : value;
      };
      return [
        metric.name,
        figure(before),
        figure(metric),
        w.readings[readingOf(before.estimate, metric.estimate)],
        before.estimate,
        metric.estimate,
      ];
    }),
  };
}

/** The settings in which two reports differ, by name. */
function otherSettings(a: Report, b: Report): string[] {
  const names = words.undo.settings;
  const pairs: [string, (report: Report) => unknown][] = [
    ['windowDays', ({ settings }) => settings.window_days],
    ['unit', ({ settings }) => settings.unit],
    ['zone', ({ settings }) => settings.zone],
    ['scope', ({ settings }) => settings.scope],
    ['strata', ({ settings }) => settings.strata],
    ['level', ({ settings }) => settings.level],
    ['filters', ({ settings }) => JSON.stringify(settings.filters)],
  ];
  return pairs.filter(([, of]) => of(a) !== of(b)).map(([name]) => wordFor(names, name));
}

const effectOf = (report: Report): Estimate | undefined =>
  (metricOf(report, 'M06')?.estimate.value != null ? metricOf(report, 'M06') : metricOf(report, 'M05'))
    ?.estimate;

export function Compare({ report }: { report: Report }) {
  const { earlier } = state.value;
  return earlier && <Beside report={report} earlier={earlier} />;
}

function Beside({ report, earlier }: { report: Report; earlier: Opened }) {
  const w = words.opened;
  const when = earlier.saved ? format.date(earlier.saved) : earlier.name;
  const [before, after] = [effectOf(earlier.report), effectOf(report)];
  const title = w.compareTitle[before && after ? readingOf(before, after) : 'none'](when);
  const other = otherSettings(report, earlier.report);
  const table = compareTable(report, earlier.report, title);
  const visible = { ...table, columns: table.columns.slice(0, 4) };
  return (
    <Section
      id="compared"
      title={title}
      lede={w.compareLede}
      controls={
        <button type="button" class="plain" onClick={stopComparing}>
          {w.stop}
        </button>
      }
    >
      {other.length > 0 && <p class="notice">{w.otherSettings(format.list(other))}</p>}
      <div class="wide-table" role="region" tabIndex={0} aria-label={words.chart.numbersOf(title)}>
        <Numbers table={visible} />
      </div>
      <Tools title={title} lede={w.compareLede} table={table} />
      {earlier.inputs.length > 0 && files.value.some(isRead) && <Verify />}
    </Section>
  );
}

function Verify() {
  const w = words.opened;
  const { verified } = state.value;
  const working = verified?.state === 'working';
  return (
    <div class="verify">
      <button type="button" class="plain" disabled={working} onClick={() => void verifyEarlier()}>
        {working ? w.verifying : w.verify}
      </button>
      <p class="hint">{w.verifyHint}</p>
      {verified?.state === 'failed' && <p class="problem">{verified.differ.join(' ')}</p>}
      {verified?.state === 'done' && (
        <>
          <p>
            <strong>{w.verified(verified.differ.length, verified.figures)}</strong>
          </p>
          {verified.same.length > 0 && <p>{w.sameFiles(format.list(verified.same))}</p>}
          {verified.other.length > 0 && <p>{w.otherFiles(format.list(verified.other))}</p>}
          {verified.differ.length > 0 && (
            <details>
              <summary>{w.differs}</summary>
              <ul class="plain-list">
                {verified.differ.slice(0, 200).map((path) => (
                  <li key={path}>{path}</li>
                ))}
              </ul>
            </details>
          )}
        </>
      )}
    </div>
  );
}
