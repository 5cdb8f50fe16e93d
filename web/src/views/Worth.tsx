// What the prevented contacts are worth: capacity and cash apart, the cautious end first, hours where handling times are known.
// In: the report's money and the currency of the costs. Out: a small account, or a quiet prompt: no cost is ever assumed.
import type { Estimate, Report } from '../../../wasm/api';
import { isWithheld, metricOf } from '../findings';
import * as format from '../format';
import { settings, state } from '../state';
import { estimate, text, type DataTable } from '../tables';
import { wordFor, words } from '../words';
import { Defined } from './Defined';
import { Missing, Section } from './Section';
import { Tools } from './Tools';

interface Line {
  id: string;
  note: string;
  figure: Estimate;
  /** Money is shown in the currency of the costs. */
  money: boolean;
}

const exactly = (value: number | null): Estimate => ({ value, low: value, high: value });

function linesOf(report: Report, currency: string, source: string): Line[] {
  const { money } = report;
  const w = words.worth;
  const from = (code: string) => (code === 'typed' && source ? source : wordFor(w.from, code));
  const price = (cost: number | null, code: string) =>
    cost === null ? '' : w.price(format.money(cost, currency), from(code));
  const lines: [string, string, Estimate, boolean][] = [
    ['prevented', money.proven ? w.proven : w.estimated, money.prevented, false],
    ['gross', price(money.cost_per_contact, money.cost_per_contact_from), money.gross, true],
    [
      'outreach',
      price(money.cost_per_outreach, money.cost_per_outreach_from),
      exactly(money.outreach_cost),
      true,
    ],
    ['net', w.net, money.net, true],
    [
      'apart',
      money.induced_cost === null ? '' : w.apart(format.money(money.induced_cost, currency)),
      money.net_induced_apart,
      true,
    ],
    [
      'hours',
      money.minutes_per_contact === null
        ? ''
        : w.minutes(format.plain(money.minutes_per_contact), from(money.minutes_per_contact_from)),
      money.hours,
      false,
    ],
    ['hours_per_week', w.perWeek, money.hours_per_week, false],
  ];
  return lines
    .filter(([, , figure]) => figure.value !== null)
    .map(([id, note, figure, isMoney]) => ({ id, note, figure, money: isMoney }));
}

function titleOf({ money }: Report, currency: string): string {
  const w = words.worth.titles;
  const { net, gross, hours, could_cost: couldCost, proven } = money;
  const told = net.value === null ? gross : net;
  const say = (value: number) => format.money(Math.abs(value), currency);
  if (told.low !== null && told.high !== null) {
    if (told.high < 0) return w.costs(say(told.high));
    if (couldCost) return w.either(say(told.low), say(told.high));
    return (proven ? w.least : w.leastEstimated)(say(told.low), net.value !== null);
  }
  return hours.low !== null && hours.low > 0 ? w.hours(format.amount(hours.low)) : w.noCost;
}

/** Opens the settings at the field in which a cost is typed. */
function askCost(): void {
  const field = document.querySelector<HTMLInputElement>('.settings [name=costPerContact]');
  field?.closest('details')?.setAttribute('open', '');
  field?.focus();
}

export function Worth({ report }: { report: Report }) {
  const { money } = report;
  const w = words.worth;
  const { currency, costSource } = settings.value;
  // A comparison without a verdict is worth nothing yet.
  if (isWithheld(report)) {
    const { withheld_why: code } = report.holdout.available ? report.holdout : report.matched;
    const why = words.verdict.withheldLede(words.withheld(code));
    return <Missing id="worth" title={w.titles.none} text={why} />;
  }
  if (money.missing !== '' && money.missing !== 'no_cost') {
    return <Missing id="worth" title={w.titles.none} text={words.ladder.missing(money.missing, 5)} />;
  }
  const lines = linesOf(report, currency, costSource);
  const title = titleOf(report, currency);
  const metric = metricOf(report, 'M18');
  const show = (line: Line, value: number | null) =>
    value === null ? '' : line.money ? format.money(value, currency) : format.amount(value);
  return (
    <Section id="worth" title={title} lede={money.missing === '' ? w.lede : w.prompt}>
      {money.missing !== '' && !state.value.opened && (
        <p>
          <button type="button" class="quiet" onClick={askCost}>
            {w.ask}
          </button>
        </p>
      )}
      {lines.length > 1 && (
        <>
          <table class="worth" role="table">
            <caption class="only-read">{title}</caption>
            <thead role="rowgroup">
              <tr role="row">
                <th scope="col" role="columnheader">
                  {words.figures.name}
                </th>
                <th scope="col" role="columnheader" class="num">
                  {w.head.low}
                </th>
                <th scope="col" role="columnheader" class="num">
                  {w.head.value}
                </th>
                <th scope="col" role="columnheader" class="num">
                  {w.head.high}
                </th>
              </tr>
            </thead>
            <tbody role="rowgroup">
              {lines.map((line) => {
                const { low, value, high } = line.figure;
                const known = low !== null && high !== null && low !== high;
                return (
                  <tr key={line.id} role="row" data-worth={line.id}>
                    <th scope="row" role="rowheader">
                      <Defined metric={line.id === 'net' ? metric : undefined}>
                        {wordFor(w.lines, line.id)}
                      </Defined>
                      <small>{line.note}</small>
                    </th>
                    <td role="cell" class="num strong">
                      {known ? show(line, low) : ''}
                    </td>
                    <td role="cell" class="num">
                      {show(line, value)}
                    </td>
                    <td role="cell" class="num">
                      {known ? show(line, high) : ''}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          <Tools title={title} lede={w.lede} table={worthTable(report)} />
        </>
      )}
    </Section>
  );
}

function worthTable(report: Report): DataTable {
  const { currency, costSource } = settings.value;
  const w = words.worth;
  return {
    id: 'worth',
    title: titleOf(report, currency),
    columns: [
      text(words.figures.name),
      text(words.figures.unit),
      estimate(words.figures.value, 'number'),
      text(words.figures.reading),
    ],
    rows: linesOf(report, currency, costSource).map((line) => [
      wordFor(w.lines, line.id),
      line.money ? currency : '',
      line.figure,
      line.note,
    ]),
  };
}

export function worthTables(report: Report): DataTable[] {
  const { missing, proven, hours } = report.money;
  const { verdict } = proven ? report.holdout : report.matched;
  const known = missing === '' || hours.value !== null;
  return known && verdict !== 'withheld' ? [worthTable(report)] : [];
}
