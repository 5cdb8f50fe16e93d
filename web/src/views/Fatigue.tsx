// Does repeating wear off? The effect of a customer's 1st, 2nd and later trigger against those held out at the same point; how
// many messages customers get, and how many one outreach holds.
import { useMemo } from 'preact/hooks';
import type { Fatigue, Frequency, Report } from '../../../wasm/api';
import { drawBars } from '../charts/bars';
import * as format from '../format';
import type { Auditing } from '../state';
import { count, text, texts, type Cell, type DataTable } from '../tables';
import { words } from '../words';
import { forestColumns, forestRow, Notes } from './Breakdown';
import { ChartCard } from './ChartCard';
import { Forest, forestTable, type ForestData } from './Forest';
import { Fold, Missing, Section } from './Section';

const fatigueOf = (report: Report): Fatigue => report.programme.fatigue;

/** Two triggers at least have an effect each: only then can it wear off. */
const hasEffect = ({ change_per_index: change }: Fatigue) => change.value !== null;

function titleOf(fatigue: Fatigue): string {
  const w = words.fatigue;
  const { value, low, high } = fatigue.change_per_index;
  const say = w.titles[fatigue.verdict];
  if (say && value !== null) return say(format.per100(Math.abs(value)));
  if (fatigue.verdict !== 'cannot_tell' || low === null || high === null) {
    return frequencyTitle(fatigue.frequency) || w.titleNone;
  }
  const end = (share: number) => (share < 0 ? w.less : w.more)(format.per100(Math.abs(share)));
  return w.titleOpen(end(low), end(high));
}

function frequencyTitle({ p90, most }: Frequency): string {
  const w = words.fatigue;
  const say = (messages: number) => format.counted(messages, ...w.message);
  return p90 === null || most === null ? '' : w.frequency(say(p90), say(most));
}

function indexData(report: Report): ForestData {
  const { by_index: byIndex } = fatigueOf(report);
  const w = words.fatigue;
  return {
    id: 'by-repetition',
    title: titleOf(fatigueOf(report)),
    lede: w.lede,
    first: w.first,
    ...forestColumns(true),
    rows: byIndex.rows.map((row) => ({
      ...forestRow(row, w.which[row.group] ?? row.label, byIndex, report.settings.level, {
        by: 'dose',
        value: row.label,
      }),
      // The order is that of the triggers: nothing is ranked, so nothing has to be freed of luck for it.
      expected: undefined,
    })),
  };
}

export function FatigueSection({ report }: { report: Report }) {
  const fatigue = fatigueOf(report);
  const w = words.fatigue;
  const data = useMemo(() => indexData(report), [report]);
  const frequency = frequencyTitle(fatigue.frequency);
  if (!hasEffect(fatigue) && !frequency) return <Missing id="fatigue" title={w.titleNone} text={w.none} />;
  if (!hasEffect(fatigue)) {
    return (
      <Section id="fatigue" title={frequency} lede={frequencyLede(fatigue)}>
        <Facts frequency={fatigue.frequency} />
        <Loads fatigue={fatigue} />
        <Doses fatigue={fatigue} />
        <p class="hint">{fatigue.by_index.rows.length > 0 ? w.noSecond : w.noEffect}</p>
      </Section>
    );
  }
  return (
    <Section id="fatigue" title={data.title} lede={w.lede}>
      <Forest data={data} />
      <Notes notes={data.rows.some((row) => row.hollow) ? [words.parts.descriptive] : []} />
      {frequency && (
        <>
          <h3>{frequency}</h3>
          <p class="hint">{frequencyLede(fatigue)}</p>
          <Facts frequency={fatigue.frequency} />
          <Loads fatigue={fatigue} />
        </>
      )}
      <Doses fatigue={fatigue} />
    </Section>
  );
}

const frequencyLede = ({ frequency }: Fatigue) => words.fatigue.frequencyLede(format.count(frequency.units));

const kFacts = ['mean', 'p50', 'p90', 'most'] as const;

function Facts({ frequency }: { frequency: Frequency }) {
  const w = words.fatigue.facts;
  if (frequency.most === frequency.p50) return null; // the title has said it
  return (
    <dl class="figures">
      {kFacts.map((name) => {
        const value = frequency[name];
        return (
          value !== null && (
            <div key={name}>
              <dt>{w[name]}</dt>
              <dd>{format.plain(value)}</dd>
            </div>
          )
        );
      })}
    </dl>
  );
}

function loadTable({ frequency }: Fatigue): DataTable {
  const w = words.fatigue;
  return {
    id: 'customers-by-messages',
    title: w.loads,
    columns: [text(w.headLoads.messages), count(w.headLoads.customers)],
    rows: frequency.histogram.map(({ least, most, units }) => [w.load(least, most), units]),
  };
}

/** Everybody by how many messages they get: who gets many stands at the end. */
function Loads({ fatigue }: { fatigue: Fatigue }) {
  const w = words.fatigue;
  const { histogram } = fatigue.frequency;
  const table = useMemo(() => loadTable(fatigue), [fatigue]);
  const drawing = useMemo(
    () => drawBars(histogram.map(({ least, most, units }) => ({ name: w.load(least, most), count: units }))),
    [histogram, w],
  );
  if (histogram.length < 2) return null;
  const lede = frequencyLede(fatigue);
  const said = texts(table)
    .map(([name, n]) => `${name}: ${n}`)
    .join(', ');
  return (
    <Fold label={w.showLoads}>
      <ChartCard
        name="loads"
        title={w.loads}
        lede={lede}
        sentence={`${w.loads}. ${said}.`}
        drawing={drawing}
        table={table}
      />
    </Fold>
  );
}

function doseName(label: string, last: boolean): string {
  const w = words.fatigue;
  return last && label === String(w.which.length) ? w.fromDose(label) : w.dose(Number(label));
}

function doseTable({ doses }: Fatigue): DataTable {
  const { head, doses: title } = words.fatigue;
  const rows = doses.map(({ label, episodes, messages }, at): Cell[] => [
    doseName(label, at === doses.length - 1),
    episodes,
    messages,
  ]);
  const behind = doses.map(({ label }, at): [Cell[], Auditing] => {
    const where = [{ by: 'dose', value: label }];
    const of = doseName(label, at === doses.length - 1);
    return [rows[at]!, { of, query: { outcome: 'counted', where } }];
  });
  return {
    id: 'messages-per-outreach',
    title,
    columns: [text(head.dose), count(head.outreaches), count(head.messages)],
    rows,
    episodes: new Map(behind),
  };
}

function Doses({ fatigue }: { fatigue: Fatigue }) {
  const w = words.fatigue;
  const { doses } = fatigue;
  const table = useMemo(() => doseTable(fatigue), [fatigue]);
  const drawing = useMemo(
    () =>
      drawBars(
        fatigue.doses.map(({ label, episodes }, at) => ({
          name: doseName(label, at === fatigue.doses.length - 1),
          count: episodes,
        })),
      ),
    [fatigue],
  );
  const [only] = doses;
  if (!only) return null;
  if (doses.length === 1 && only.label === '1') {
    return <p class="hint">{w.single(format.count(only.episodes))}</p>;
  }
  const said = texts(table)
    .map(([name, n]) => `${name}: ${n}`)
    .join(', ');
  return (
    <Fold label={w.show}>
      <p class="hint">{w.dosesLede}</p>
      <ChartCard
        name="doses"
        title={w.doses}
        lede={w.dosesLede}
        sentence={`${w.doses}. ${said}.`}
        drawing={drawing}
        table={table}
      />
    </Fold>
  );
}

function frequencyTable({ frequency }: Fatigue): DataTable {
  const w = words.fatigue;
  return {
    id: 'messages-per-customer',
    title: frequencyTitle(frequency),
    columns: [text(w.headFrequency), { name: w.headMessages, kind: 'number' }],
    rows: kFacts.map((name) => [w.facts[name]!, frequency[name]]),
  };
}

export function fatigueTables(report: Report): DataTable[] {
  const fatigue = fatigueOf(report);
  return [
    ...(hasEffect(fatigue) ? [forestTable(indexData(report))] : []),
    ...(frequencyTitle(fatigue.frequency) ? [frequencyTable(fatigue), loadTable(fatigue)] : []),
    ...(fatigue.doses.length > 0 ? [doseTable(fatigue)] : []),
  ];
}
