// Did changes help? Each change that somebody wrote down: its figure before and after, by how much it moved beyond everything
// else, and what keeps that from being verified.
import { useMemo } from 'preact/hooks';
import type { Report, VerifiedImpact } from '../../../wasm/api';
import { quantityName } from '../causes';
import type { Drawing } from '../charts/marks';
import { drawRows } from '../charts/rows';
import type { Tone } from '../findings';
import * as format from '../format';
import { named, withRange } from '../said';
import { settings } from '../state';
import { estimate, text, type DataTable } from '../tables';
import { words, wordFor } from '../words';
import { Interval, domainOf } from './Interval';
import { Missing, Section } from './Section';
import { Tools } from './Tools';

const tones: Record<string, Tone> = { moved_as_expected: 'good', moved_other_way: 'bad' };
const unitOf = ({ measured }: VerifiedImpact) => (measured === 'M06' ? 'points' : 'share');

function titleOf({ insight: { impacts } }: Report): string {
  const w = words.impacts;
  const moved = impacts.filter(({ verdict }) => verdict === 'moved_as_expected').length;
  return impacts.length === 0 ? w.titleNone : w.title(moved, impacts.length);
}

const nameOf = ({ note, change }: VerifiedImpact): string => note || named(change);

function aboutOf(report: Report, impact: VerifiedImpact): string {
  const w = words.impacts;
  const { trigger, content, expected_metric: metric, expected_direction: way, measured } = impact;
  const touched = [trigger, content].filter(Boolean).map(named);
  const expected = metric ? w.expected(quantityName(report, metric), way) : '';
  const instead = impact.as_named || !measured ? '' : w.instead(quantityName(report, measured));
  return [format.list(touched), expected, instead].filter(Boolean).join('; ');
}

function readingOf({ verdict, verified, complete_on: until }: VerifiedImpact): string {
  const w = words.impacts;
  const late = verdict === 'too_early' && until ? w.until(format.date(until)) : '';
  return [wordFor(w.verdicts, verdict), verified ? w.verified : late].filter(Boolean).join(', ');
}

const unmetOf = ({ unmet }: VerifiedImpact): string =>
  format.list(unmet.map((code) => wordFor(words.impacts.unmet, code)));

export function Impacts({ report }: { report: Report }) {
  const w = words.impacts;
  const { impacts } = report.insight;
  const title = titleOf(report);
  const drawing = useMemo(() => drawingOf(report), [report]);
  if (impacts.length === 0) return <Missing id="impacts" title={title} text={w.none} />;
  const domain = domainOf(impacts.map(({ effect }) => effect));
  const say = (impact: VerifiedImpact, of: 'affected_before' | 'affected_after' | 'effect') =>
    withRange(impact[of], unitOf(impact), settings.value.currency);
  return (
    <Section id="impacts" title={title} lede={w.lede}>
      <table class="breakdown impacts" role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              {w.head.change}
            </th>
            <th role="columnheader" scope="col" class="num">
              {w.head.effect}
            </th>
            <th role="columnheader" scope="col" class="mid">
              <span class="only-read">{words.breakdown.plot}</span>
            </th>
            <th role="columnheader" scope="col">
              {w.head.reading}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {impacts.map((impact) => {
            const tone = tones[impact.verdict] ?? 'grey';
            const [value, ...range] = say(impact, 'effect').split(/ (?=\()/);
            const unmet = unmetOf(impact);
            return (
              <tr key={impact.change} role="row" class={tone} data-impact={impact.change}>
                <th scope="row" role="rowheader">
                  {nameOf(impact)}
                  <small>
                    {format.date(impact.made_on)}; {aboutOf(report, impact)}
                  </small>
                </th>
                <td role="cell" class="num strong">
                  {value}
                  <small>{range.join(' ')}</small>
                </td>
                <td role="cell" class="mid">
                  <Interval estimate={impact.effect} domain={domain} tone={tone} unit="points" zero />
                  <small>
                    {w.head.before} {say(impact, 'affected_before')}, {w.head.after.toLowerCase()}{' '}
                    {say(impact, 'affected_after')}
                  </small>
                </td>
                <td role="cell" class="finding">
                  {readingOf(impact)}
                  {unmet && <small>{unmet}</small>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <Tools title={title} lede={w.lede} table={impactTables(report)[0]!} drawing={drawing} />
    </Section>
  );
}

/** The same as a picture. */
function drawingOf(report: Report): Drawing {
  const rows = report.insight.impacts.map((impact) => ({
    label: nameOf(impact),
    note: format.date(impact.made_on),
    estimate: impact.effect,
    tone: tones[impact.verdict] ?? ('grey' as const),
    figure: impact.effect.value === null ? '' : format.per100(impact.effect.value),
    reading: wordFor(words.impacts.verdicts, impact.verdict),
  }));
  return drawRows(rows, { zero: true });
}

export function impactTables(report: Report): DataTable[] {
  const { head } = words.impacts;
  return [
    {
      id: 'changes',
      title: titleOf(report),
      columns: [
        text(head.change),
        text(head.day),
        text(head.measured),
        estimate(head.before, 'points'),
        estimate(head.after, 'points'),
        estimate(head.effect, 'points'),
        text(head.reading),
        text(head.unmet),
      ],
      rows: report.insight.impacts.map((impact) => [
        nameOf(impact),
        format.date(impact.made_on),
        quantityName(report, impact.measured),
        impact.affected_before,
        impact.affected_after,
        impact.effect,
        readingOf(impact),
        unmetOf(impact),
      ]),
    },
  ];
}
