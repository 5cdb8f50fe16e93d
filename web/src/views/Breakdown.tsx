// The result by one attribute: an effect for each part where the held-out state it too, else the upper bound. A table that can
// be sorted, with the marks of the charts in its rows; the same as a chart when it is saved as a picture.
// Roles are said aloud because on a narrow page the rows are no table boxes any more.
import { useMemo } from 'preact/hooks';
import type { Breakdown, BreakdownRow, Report } from '../../../wasm/api';
import { changeSettings } from '../actions';
import type { Drawing } from '../charts/marks';
import { drawRows, type ChartRow } from '../charts/rows';
import { breakdownTitle, type Tone } from '../findings';
import * as format from '../format';
import { count, estimate, shown, text, type DataTable } from '../tables';
import { settings } from '../state';
import { wordFor, words } from '../words';
import { Interval, domainOf, type Domain } from './Interval';
import { SortTitle, useOrder } from './Numbers';
import { Missing, Section } from './Section';
import { Tools } from './Tools';

/** Columns of the table, by what stands in them. */
const kEffect = 3;
const kRate = 3;
const kCases = 1;

export function BreakdownSection({ report }: { report: Report }) {
  const { breakdown } = report;
  const w = words.breakdown;
  if (breakdown.available.length === 0) {
    return <Missing id="breakdown" title={w.titleNone} text={w.none} />;
  }
  const lede = breakdownLede(report);
  return (
    <Section
      id="breakdown"
      title={breakdownTitle(breakdown)}
      lede={lede}
      controls={
        <>
          <label class="field inline">
            <span>{w.by}</span>
            <select
              value={breakdown.attribute}
              onChange={(event) => changeSettings({ breakdown: event.currentTarget.value })}
            >
              {breakdown.attribute === '' && <option value="">{w.noneChosen}</option>}
              {breakdown.available.map((attribute) => (
                <option key={attribute} value={attribute}>
                  {wordFor(words.attributes, attribute)}
                </option>
              ))}
            </select>
          </label>
          <label class="field inline">
            <span>{w.and}</span>
            <select
              value={settings.value.secondBreakdown}
              onChange={(event) => changeSettings({ secondBreakdown: event.currentTarget.value })}
            >
              <option value="">{w.noSecond}</option>
              {breakdown.available
                .filter((attribute) => attribute !== breakdown.attribute)
                .map((attribute) => (
                  <option key={attribute} value={attribute}>
                    {wordFor(words.attributes, attribute)}
                  </option>
                ))}
            </select>
          </label>
        </>
      }
    >
      {breakdown.rows.length > 0 && <Parts breakdown={breakdown} lede={lede} />}
    </Section>
  );
}

function breakdownLede(report: Report): string {
  const { breakdown } = report;
  const w = words.breakdown;
  const name = wordFor(words.attributes, breakdown.attribute);
  if (breakdown.attribute === '') return '';
  if (breakdown.known_in_both_arms) return w.ledeEffect(name);
  return report.holdout.available ? w.ledeOneArm(name) : w.ledeRate(name);
}

const rowName = (row: BreakdownRow) => row.label.replaceAll('_', ' ') || words.breakdown.unnamed;

const rowTones: Record<string, Tone> = { prevents: 'good', causes: 'bad' };

/** Best first, by what is left of an effect when luck is taken out; parts without a value last. */
function ordered({ rows, known_in_both_arms: effects }: Breakdown): BreakdownRow[] {
  const value = (row: BreakdownRow) => (effects ? row.shrunken : row.no_contact).value;
  const none = Number.NEGATIVE_INFINITY;
  return [...rows].sort((a, b) => (value(b) ?? none) - (value(a) ?? none) || b.episodes - a.episodes);
}

function readingOf(row: BreakdownRow): string {
  const w = words.breakdown;
  const unclear = row.verdict === 'cannot_tell' && row.detectable_drop !== null;
  const reading = wordFor(w.verdicts, row.verdict);
  return unclear ? `${reading}: ${w.detectable(format.per100(row.detectable_drop!))}` : reading;
}

function breakdownTable(breakdown: Breakdown): DataTable {
  const w = words.breakdown.head;
  const effects = breakdown.known_in_both_arms;
  const first = text(format.sentenceCase(wordFor(words.attributes, breakdown.attribute)));
  return {
    id: `by-${breakdown.attribute.replaceAll('_', '-')}`,
    title: breakdownTitle(breakdown),
    columns: effects
      ? [first, count(w.outreaches), count(w.heldOut), estimate(w.prevented, 'points'), text(w.reading)]
      : [first, count(w.outreaches), count(w.contacted), estimate(w.quiet, 'share', kCases)],
    rows: ordered(breakdown).map((row) =>
      effects
        ? [rowName(row), row.treated_episodes, row.holdout_episodes, row.effect, readingOf(row)]
        : [rowName(row), row.episodes, row.contacted, row.no_contact],
    ),
  };
}

/** The parts as a chart; with `most`, the best and the worst of them. */
export function breakdownDrawing(breakdown: Breakdown, most = Infinity): Drawing {
  const effects = breakdown.known_in_both_arms;
  const all = ordered(breakdown);
  const best = Math.ceil(most / 2);
  const chosen = all.length <= most ? all : [...all.slice(0, best), ...all.slice(best - most)];
  const rows = chosen.map((row): ChartRow => {
    const w = words.breakdown;
    const [treated, held] = [format.count(row.treated_episodes), format.count(row.holdout_episodes)];
    const value = effects ? row.effect : row.no_contact;
    return {
      label: rowName(row),
      note: effects ? w.small(treated, held) : w.smallRate(format.count(row.episodes)),
      estimate: value,
      tone: effects ? (rowTones[row.verdict] ?? 'grey') : 'plain',
      figure: value.value === null ? '' : format.per100(value.value, row.episodes),
      reading: effects ? wordFor(w.verdicts, row.verdict) : '',
      shortReading: effects ? wordFor(w.verdicts, row.verdict) : '',
      lines: [],
    };
  });
  const style = { zero: effects, ...(effects ? {} : { to: 1 }) };
  return drawRows(rows, style);
}

export const breakdownTables = (report: Report): DataTable[] =>
  report.breakdown.rows.length > 0 ? [breakdownTable(report.breakdown)] : [];

function Parts({ breakdown, lede }: { breakdown: Breakdown; lede: string }) {
  const effects = breakdown.known_in_both_arms;
  const table = useMemo(() => breakdownTable(breakdown), [breakdown]);
  const drawing = useMemo(() => breakdownDrawing(breakdown), [breakdown]);
  const { order, press, rows } = useOrder(table);
  const source = useMemo(
    () => new Map(ordered(breakdown).map((row, index) => [table.rows[index], row])),
    [breakdown, table],
  );
  const all = [...source.values()];
  const domain: Domain = effects ? domainOf(all.map((row) => row.effect)) : { low: 0, high: 1 };
  const title = (index: number, classes: string) => {
    const column = table.columns[index];
    return (
      column && <SortTitle name={column.name} column={index} order={order} press={press} class={classes} />
    );
  };
  return (
    <>
      <table class={effects ? 'breakdown' : 'breakdown rates'} role="table">
        <thead role="rowgroup">
          <tr role="row">
            {title(0, '')}
            {title(1, 'num wide')}
            {title(2, 'num wide')}
            {title(effects ? kEffect : kRate, 'num')}
            <th scope="col" role="columnheader" class="mid">
              <span class="only-read">{words.breakdown.plot}</span>
            </th>
            {effects && title(4, '')}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((cells) => {
            const row = source.get(cells);
            return (
              row && (
                <Part
                  key={row.label}
                  row={row}
                  table={table}
                  cells={cells}
                  domain={domain}
                  effects={effects}
                />
              )
            );
          })}
        </tbody>
      </table>
      <Tools title={table.title} lede={lede} table={table} drawing={drawing} />
    </>
  );
}

function Part({
  row,
  table,
  cells,
  domain,
  effects,
}: {
  row: BreakdownRow;
  table: DataTable;
  cells: DataTable['rows'][number];
  domain: Domain;
  effects: boolean;
}) {
  const w = words.breakdown;
  const tone: Tone = effects ? (rowTones[row.verdict] ?? 'grey') : 'plain';
  const cell = (index: number) => shown(table.columns[index]!, cells, index);
  const [value, interval] = cell(effects ? kEffect : kRate);
  const unclear = effects && row.verdict === 'cannot_tell' && row.detectable_drop !== null;
  return (
    <tr class={tone} role="row">
      <th scope="row" role="rowheader">
        {rowName(row)}
        <small class="narrow">
          {effects ? w.small(cell(1)[0], cell(2)[0]) : w.smallRate(format.count(row.episodes))}
        </small>
      </th>
      <td role="cell" class="num wide">
        {cell(1)[0]}
      </td>
      <td role="cell" class="num wide">
        {cell(2)[0]}
      </td>
      <td role="cell" class="num strong">
        {value}
        <small>{interval}</small>
      </td>
      <td role="cell" class="mid">
        <Interval
          estimate={effects ? row.effect : row.no_contact}
          domain={domain}
          tone={tone}
          zero={effects}
        />
      </td>
      {effects && (
        <td role="cell" class="finding">
          {wordFor(w.verdicts, row.verdict)}
          {unclear && <small>{w.detectable(format.per100(row.detectable_drop!))}</small>}
        </td>
      )}
    </tr>
  );
}
