// The result by one attribute: an effect for each part where the held-out state it too, else the upper bound.
// Roles are said aloud because on a narrow page the rows are no table boxes any more.
import type { BreakdownRow, Report } from '../../../wasm/api';
import { changeSettings } from '../actions';
import { breakdownTitle, type Tone } from '../findings';
import * as format from '../format';
import { wordFor, words } from '../words';
import { Interval, domainOf, type Domain } from './Interval';
import { Missing, Section } from './Section';

export function BreakdownSection({ report }: { report: Report }) {
  const { breakdown } = report;
  const w = words.breakdown;
  if (breakdown.available.length === 0) {
    return <Missing id="breakdown" title={w.titleNone} text={w.none} />;
  }
  const name = wordFor(words.attributes, breakdown.attribute);
  const effects = breakdown.known_in_both_arms;
  const lede = effects
    ? w.ledeEffect(name)
    : report.holdout.available
      ? w.ledeOneArm(name)
      : w.ledeRate(name);
  return (
    <Section
      id="breakdown"
      title={breakdownTitle(breakdown)}
      lede={breakdown.attribute ? lede : ''}
      controls={
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
      }
    >
      {breakdown.rows.length > 0 && (effects ? <Effects report={report} /> : <Rates report={report} />)}
    </Section>
  );
}

const rowName = (row: BreakdownRow) => row.label.replaceAll('_', ' ') || words.breakdown.unnamed;

const rowTones: Record<string, Tone> = { prevents: 'good', causes: 'bad' };

/** Best first; parts without an effect last. */
function byEffect(a: BreakdownRow, b: BreakdownRow): number {
  const none = Number.NEGATIVE_INFINITY;
  return (b.effect.value ?? none) - (a.effect.value ?? none) || b.episodes - a.episodes;
}

function Effects({ report }: { report: Report }) {
  const w = words.breakdown;
  const rows = [...report.breakdown.rows].sort(byEffect);
  const domain = domainOf(rows.map((row) => row.effect));
  const [outreaches, held, prevented, plot, reading] = w.headEffect;
  return (
    <table class="breakdown" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            {format.sentenceCase(wordFor(words.attributes, report.breakdown.attribute))}
          </th>
          <th scope="col" role="columnheader" class="num wide">
            {outreaches}
          </th>
          <th scope="col" role="columnheader" class="num wide">
            {held}
          </th>
          <th scope="col" role="columnheader" class="num">
            {prevented}
          </th>
          <th scope="col" role="columnheader" class="mid">
            <span class="only-read">{plot}</span>
          </th>
          <th scope="col" role="columnheader">
            {reading}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <EffectRow key={row.label} row={row} domain={domain} />
        ))}
      </tbody>
    </table>
  );
}

function EffectRow({ row, domain }: { row: BreakdownRow; domain: Domain }) {
  const w = words.breakdown;
  const tone = rowTones[row.verdict] ?? 'grey';
  const treated = format.count(row.treated_episodes);
  const held = format.count(row.holdout_episodes);
  const unclear = row.verdict === 'cannot_tell' && row.detectable_drop !== null;
  return (
    <tr class={tone} role="row">
      <th scope="row" role="rowheader">
        {rowName(row)}
        <small class="narrow">{w.small(treated, held)}</small>
      </th>
      <td role="cell" class="num wide">
        {treated}
      </td>
      <td role="cell" class="num wide">
        {held}
      </td>
      <td role="cell" class="num strong">
        {row.effect.value === null ? '' : format.per100(row.effect.value)}
        <small>{format.interval(row.effect, 'points')}</small>
      </td>
      <td role="cell" class="mid">
        <Interval estimate={row.effect} domain={domain} tone={tone} zero />
      </td>
      <td role="cell" class="finding">
        {wordFor(w.verdicts, row.verdict)}
        {unclear && <small>{w.detectable(format.per100(row.detectable_drop!))}</small>}
      </td>
    </tr>
  );
}

function Rates({ report }: { report: Report }) {
  const w = words.breakdown;
  const rows = [...report.breakdown.rows].sort(
    (a, b) => (b.no_contact.value ?? -1) - (a.no_contact.value ?? -1),
  );
  const domain: Domain = { low: 0, high: 1 };
  const [outreaches, contacted, quiet, plot] = w.headRate;
  return (
    <table class="breakdown rates" role="table">
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">
            {format.sentenceCase(wordFor(words.attributes, report.breakdown.attribute))}
          </th>
          <th scope="col" role="columnheader" class="num wide">
            {outreaches}
          </th>
          <th scope="col" role="columnheader" class="num wide">
            {contacted}
          </th>
          <th scope="col" role="columnheader" class="num">
            {quiet}
          </th>
          <th scope="col" role="columnheader" class="mid">
            <span class="only-read">{plot}</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={row.label} role="row">
            <th scope="row" role="rowheader">
              {rowName(row)}
              <small class="narrow">{w.smallRate(format.count(row.episodes))}</small>
            </th>
            <td role="cell" class="num wide">
              {format.count(row.episodes)}
            </td>
            <td role="cell" class="num wide">
              {format.count(row.contacted)}
            </td>
            <td role="cell" class="num strong">
              {row.no_contact.value === null ? '' : format.percent(row.no_contact.value, row.episodes)}
              <small>{format.interval(row.no_contact, 'share', row.episodes)}</small>
            </td>
            <td role="cell" class="mid">
              <Interval estimate={row.no_contact} domain={domain} tone="plain" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
