// The trigger playbook: for each trigger what is sent and by whom, how much it foresees, what it prevents, and whether to keep,
// improve or stop it. A table with the marks of the charts in its rows.
import { useMemo } from 'preact/hooks';
import type { Play, Report } from '../../../wasm/api';
import { episodesOfPlay } from '../episodes';
import { metricOf } from '../findings';
import * as format from '../format';
import { lowRiskText, ownerOf, playbookDrawing, playbookTable, playTones } from '../playbook';
import { named } from '../said';
import { shown, type DataTable } from '../tables';
import { words, wordFor } from '../words';
import { Episodes } from './Audit';
import { Defined } from './Defined';
import { Interval, domainOf, type Domain } from './Interval';
import { SortTitle, useOrder } from './Numbers';
import { Missing, Section } from './Section';
import { Tools } from './Tools';

/** Columns of the table, by what stands in them. */
const kTrigger = 0;
const kCoverage = 5;
const kPrecision = 6;
const kEffect = 7;
const kReading = 10;

export function PlaybookSection({ report }: { report: Report }) {
  const w = words.playbook;
  const { plays, missing, basis, low_risk_cells: lowRisk } = report.insight.playbook;
  const table = useMemo(() => playbookTable(report), [report]);
  const drawing = useMemo(() => playbookDrawing(report), [report]);
  const { order, press, rows } = useOrder(table);
  const title = table.title;
  if (plays.length === 0) return <Missing id="playbook" title={title} text={words.insight.lack(missing)} />;
  const lede = basis === '' ? w.ledeNone : w.lede;
  const domain = domainOf(plays.map(({ effect }) => effect));
  const sort = (column: number, classes: string) => (
    <SortTitle
      name={table.columns[column]!.name}
      column={column}
      order={order}
      press={press}
      class={classes}
    />
  );
  const risk = lowRiskText(report);
  return (
    <Section id="playbook" title={title} lede={lede}>
      <table class="breakdown playbook" role="table">
        <thead role="rowgroup">
          <tr role="row">
            {sort(kTrigger, '')}
            {sort(kCoverage, 'num wide')}
            {sort(kPrecision, 'num wide')}
            {sort(kEffect, 'num')}
            <th scope="col" role="columnheader" class="mid">
              <span class="only-read">{words.breakdown.plot}</span>
            </th>
            {sort(kReading, '')}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((cells) => {
            const play = plays[table.rows.indexOf(cells)];
            return (
              play && (
                <Row
                  key={play.trigger}
                  play={play}
                  report={report}
                  table={table}
                  cells={cells}
                  domain={domain}
                />
              )
            );
          })}
        </tbody>
      </table>
      {risk && (
        <details>
          <summary>{risk}</summary>
          <ul class="plain-list">
            {lowRisk.map((cell) => (
              <li key={cell}>{named(cell)}</li>
            ))}
          </ul>
        </details>
      )}
      <Tools title={title} lede={lede} table={table} {...(basis === '' ? {} : { drawing })}>
        <p class="hint">
          <Defined metric={metricOf(report, 'M19')}>{w.head.coverage}</Defined>: {w.coverageWhy}.{' '}
          <Defined metric={metricOf(report, 'M20')}>{w.head.precision}</Defined>: {w.precisionWhy}.
        </p>
      </Tools>
    </Section>
  );
}

function Row({
  play,
  report,
  table,
  cells,
  domain,
}: {
  play: Play;
  report: Report;
  table: DataTable;
  cells: DataTable['rows'][number];
  domain: Domain;
}) {
  const w = words.playbook;
  const tone = playTones[play.verdict] ?? 'grey';
  const cell = (index: number) => shown(table.columns[index]!, cells, index);
  const [effect, range] = cell(kEffect);
  const coverage = cell(kCoverage)[0] || w.noSignals;
  const { basis } = report.insight.playbook;
  const behind = (what: 'effect' | 'unmessaged', name: string, figure: string | undefined) =>
    figure && basis ? (
      <Episodes of={`${named(play.trigger)}, ${name}`} query={episodesOfPlay(play, basis, what)}>
        {figure}
      </Episodes>
    ) : (
      figure
    );
  return (
    <tr class={tone} role="row" data-play={play.trigger}>
      <th scope="row" role="rowheader">
        {named(play.trigger)}
        <small>{w.sends(play.content && named(play.content), ownerOf(report, play))}</small>
        <small>
          <Episodes of={named(play.trigger)} query={episodesOfPlay(play, basis, 'messages')}>
            {words.breakdown.smallRate(format.count(play.episodes))}
          </Episodes>
        </small>
        <small class="narrow">{w.small(play.fired > 0 ? coverage : '', cell(kPrecision)[0])}</small>
      </th>
      <td role="cell" class="num wide">
        {coverage}
        <small>{cell(kCoverage)[1]}</small>
      </td>
      <td role="cell" class="num wide">
        {behind('unmessaged', w.head.precision, cell(kPrecision)[0])}
        <small>{cell(kPrecision)[1]}</small>
      </td>
      <td role="cell" class="num strong">
        {behind('effect', w.head.effect, effect)}
        <small>{range}</small>
      </td>
      <td role="cell" class="mid">
        <Interval estimate={play.effect} domain={domain} tone={tone} unit="points" zero />
      </td>
      <td role="cell" class="finding">
        <b>
          <span aria-hidden="true">{w.signs[play.verdict]} </span>
          {wordFor(w.verdicts, play.verdict)}
        </b>
        <small>{wordFor(w.why, play.why)}</small>
      </td>
    </tr>
  );
}

export const playbookTables = (report: Report): DataTable[] => [playbookTable(report)];
