// Published ranges with the team's own value, as rows of a chart and as words. In: benchmark rows of one metric.
import type { Benchmark } from '../../../wasm/api';
import { groupOf, rangeText, toneOfEffect, type Tone } from '../findings';
import * as format from '../format';
import { wordFor, words } from '../words';
import type { ChartRow } from './rows';

/** Who published the range, and what they do not say about it. */
export function provenance(row: Benchmark): string {
  if (row.axis === 'own_target') return words.benchmarks.ownTarget;
  if (row.axis === 'own_range') return row.source;
  const site = row.source.replace(/[/ ].*$/, '').replace(/^www\./, '');
  const from = `${site}, ${words.benchmarks.provenance}`;
  return row.metric === 'claimed_success' ? `${wordFor(words.axes, row.axis)} · ${from}` : from;
}

export function benchmarkValue(row: Benchmark): string {
  return row.estimate.value === null ? '' : format.per100(row.estimate.value, row.n);
}

export function benchmarkReading(row: Benchmark): string {
  return wordFor(words.benchmarks.verdicts, row.verdict);
}

/** Only a measured effect has a tone; what the team counts by itself is a figure like others. */
function toneOf(row: Benchmark, settled: boolean): Tone {
  const measured = groupOf(row) === 'prevented_contact_rate' && row.metric_id !== 'M03P';
  if (!measured) return 'plain';
  return settled ? toneOfEffect(row.estimate) : 'grey';
}

function benchmarkLines(row: Benchmark): string[] {
  const { published, own } = words.benchmarks.head;
  const lines = [row.label, `${published}: ${rangeText(row)}`];
  if (row.estimate.value !== null) {
    const range = format.interval(row.estimate, 'points', row.n);
    lines.push(`${own}: ${benchmarkValue(row)}${range ? ` (${range})` : ''}`);
  }
  if (row.ceiling !== null) lines.push(words.benchmarks.ceiling(format.per100(row.ceiling)));
  lines.push(benchmarkReading(row), wordFor(words.benchmarks.grades, row.grade));
  if (row.note) lines.push(row.note);
  return lines;
}

/** `settled`: the comparison that the value comes from has a verdict. */
export function benchmarkRow(row: Benchmark, settled: boolean): ChartRow {
  const reading = benchmarkReading(row);
  return {
    label: row.label,
    note: provenance(row),
    estimate: row.estimate,
    tone: toneOf(row, settled),
    band: { low: row.low, high: row.high },
    ceiling: row.ceiling,
    figure: rangeText(row),
    reading,
    shortReading: words.benchmarks.shortVerdicts[row.verdict] ?? reading,
    lines: benchmarkLines(row),
  };
}
