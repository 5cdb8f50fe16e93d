// Published ranges against the team's value of the same metric, a chart for each metric that has a value.
import { useMemo } from 'preact/hooks';
import type { Report } from '../../../wasm/api';
import { benchmarkReading, benchmarkRow, benchmarkValue, provenance } from '../charts/benchmarks';
import { drawRows } from '../charts/rows';
import { benchmarkGroups, benchmarkTitle, rangeText, type BenchmarkGroup } from '../findings';
import * as format from '../format';
import { count, estimate, text, type DataTable } from '../tables';
import { wordFor, words } from '../words';
import { ChartCard } from './ChartCard';
import { settings, origin } from '../state';
import { OwnRanges, Profile } from './OwnRanges';
import { Missing, Section } from './Section';

export function Benchmarks({ report }: { report: Report }) {
  const { profile } = settings.value;
  const groups = useMemo(() => benchmarkGroups(report, profile), [report, profile]);
  const title = benchmarkTitle(groups);
  if (!groups.some((group) => group.hasValue)) {
    return <Missing id="benchmarks" title={title} text={groups.map((group) => group.none)[0] ?? ''} />;
  }
  return (
    <Section id="benchmarks" title={title} lede={words.benchmarks.lede}>
      {groups.map((group) => (
        <Group key={group.id} group={group} />
      ))}
      <Profile report={report} />
      {origin.value !== 'opened' && <OwnRanges report={report} />}
    </Section>
  );
}

function Group({ group }: { group: BenchmarkGroup }) {
  const { rows, settled } = group;
  const drawing = useMemo(
    () =>
      drawRows(
        rows.map((row) => benchmarkRow(row, settled)),
        { zero: false },
      ),
    [rows, settled],
  );
  const ceilings = rows.map((row) => row.ceiling).filter((rate) => rate !== null);
  const sameCeiling = ceilings.length > 0 && ceilings.every((rate) => rate === ceilings[0]);
  const note = !group.hasValue
    ? group.none
    : [
        group.lede,
        ceilings.length === 0
          ? ''
          : sameCeiling
            ? words.benchmarks.ceilingNote(format.percent(ceilings[0]!))
            : words.benchmarks.ceilingNotes,
      ].join(' ');
  const own = (value: string) => value || words.benchmarks.verdicts.no_value!;
  return (
    <div class="group" data-benchmarks={group.id}>
      <h3>{group.title}</h3>
      <p class="hint">{note}</p>
      {group.hasValue && (
        <ChartCard
          name={`benchmarks-${group.id}`}
          sentence={[
            words.benchmarks.chart(group.title),
            ...rows.map((row) =>
              words.benchmarks.sentence(
                row.label,
                rangeText(row),
                own(benchmarkValue(row)),
                benchmarkReading(row),
              ),
            ),
          ].join(' ')}
          title={group.title}
          lede={note}
          drawing={drawing}
          table={benchmarkTable(group)}
        />
      )}
    </div>
  );
}

function benchmarkTable(group: BenchmarkGroup): DataTable {
  const w = words.benchmarks.head;
  const kCases = 5;
  return {
    id: `benchmarks-${group.id.replaceAll('_', '-')}`,
    title: group.title,
    columns: [
      text(w.range),
      text(w.source),
      text(w.grade),
      text(w.published),
      estimate(w.own, 'points', kCases),
      count(w.cases),
      text(w.reading),
    ],
    rows: group.rows.map((row) => [
      row.label,
      provenance(row),
      [wordFor(words.benchmarks.grades, row.grade), row.note].filter(Boolean).join('; '),
      rangeText(row),
      row.estimate,
      row.estimate.value === null ? null : row.n,
      benchmarkReading(row),
    ]),
  };
}

export function benchmarkTables(report: Report): DataTable[] {
  return benchmarkGroups(report)
    .filter((group) => group.hasValue)
    .map(benchmarkTable);
}
