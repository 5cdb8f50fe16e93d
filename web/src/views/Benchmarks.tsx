// Published ranges against the team's value of the same metric, a chart for each metric that has a value.
import { useCallback, useMemo } from 'preact/hooks';
import type { Report } from '../../../wasm/api';
import {
  benchmarkHeight,
  benchmarkOption,
  benchmarkPointText,
  benchmarkReading,
  benchmarkValue,
  provenance,
} from '../charts/benchmarks';
import type { Palette } from '../charts/marks';
import { benchmarkGroups, benchmarkTitle, rangeText, type BenchmarkGroup } from '../findings';
import * as format from '../format';
import { words } from '../words';
import { ChartFigure } from './ChartFigure';
import { Missing, Section } from './Section';

export function Benchmarks({ report }: { report: Report }) {
  const groups = useMemo(() => benchmarkGroups(report), [report]);
  const title = benchmarkTitle(groups);
  if (!groups.some((group) => group.hasValue)) {
    return <Missing id="benchmarks" title={title} text={groups.map((group) => group.none)[0] ?? ''} />;
  }
  return (
    <Section id="benchmarks" title={title} lede={words.benchmarks.lede}>
      {groups.map((group) => (
        <Group key={group.id} group={group} />
      ))}
    </Section>
  );
}

function Group({ group }: { group: BenchmarkGroup }) {
  const { rows } = group;
  const option = useCallback(
    (width: number, palette: Palette) => benchmarkOption(rows, width, palette),
    [rows],
  );
  const height = useCallback((width: number) => benchmarkHeight(rows.length, width), [rows]);
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
        <ChartFigure
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
          option={option}
          height={height}
          points={rows.map((row) => benchmarkPointText(row).join(', '))}
          tooltipSeries={0}
          caption={group.title}
          table={{
            head: words.benchmarks.table,
            numeric: [2, 3, 4, 5],
            rows: rows.map((row) => [
              row.label,
              provenance(row),
              rangeText(row),
              benchmarkValue(row),
              format.interval(row.estimate, 'points', row.n),
              row.estimate.value === null ? '' : format.count(row.n),
              benchmarkReading(row),
            ]),
          }}
        />
      )}
    </div>
  );
}
