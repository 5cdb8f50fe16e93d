// Does it matter when a message is sent? The week by the hour as a heat map, where enough stand behind an hour; weekdays, hours
// and the delay after the warning signal with intervals.
import { useMemo } from 'preact/hooks';
import type { Breakdown, BreakdownRow, Report, Slot, Timing } from '../../../wasm/api';
import { drawHeat, type HeatCell } from '../charts/heat';
import type { Drawing } from '../charts/marks';
import { toneOfEffect } from '../findings';
import * as format from '../format';
import { state, type Auditing } from '../state';
import { count, estimate, text, type Cell, type DataTable } from '../tables';
import { words } from '../words';
import { forestColumns, forestRow, notesOf, Notes } from './Breakdown';
import { ChartCard } from './ChartCard';
import { Forest, forestTable, type ForestData } from './Forest';
import { Fold, Missing, Section } from './Section';

const kHours = 24;

type Which = 'weekday' | 'hour' | 'lag';
const kWhich: Which[] = ['weekday', 'hour', 'lag'];

const names: Record<Which, (row: BreakdownRow) => string> = {
  weekday: ({ group }) => format.weekday(group),
  hour: ({ group }) => format.hour(group),
  lag: ({ group }) => words.timing.lags[group] ?? '',
};

const timingOf = (report: Report): Timing => report.programme.timing;
const differs = ({ homogeneity }: Breakdown) => homogeneity.verdict === 'differ';
const bestOf = ({ rows }: Breakdown) =>
  rows.find(({ rank, verdict }) => rank === 1 && verdict === 'prevents');

function titleOf(timing: Timing): string {
  const w = words.timing;
  for (const which of ['weekday', 'hour'] as const) {
    const best = differs(timing[which]) ? bestOf(timing[which]) : undefined;
    if (best) return w.best(names[which](best));
  }
  const [only, ...others] = timing.slots.filter((slot) => slot.episodes > 0);
  if (only && others.length === 0) return w.oneSlot(format.weekday(only.weekday), format.hour(only.hour));
  const { weekday, hour, slots_differ: slots } = timing;
  if (differs(weekday) || differs(hour) || slots === 'differ') return w.differs;
  return weekday.known_in_both_arms ? w.same : w.rates;
}

export function TimingSection({ report }: { report: Report }) {
  const timing = timingOf(report);
  const w = words.timing;
  const hasSlots = timing.slots.some((slot) => slot.episodes > 0);
  if (!hasSlots) {
    return <Missing id="timing" title={w.titleNone} text={state.value.opened ? w.notInLink : w.none} />;
  }
  return (
    <Section id="timing" title={titleOf(timing)} lede={`${ledeOf(timing)} ${w.zone(report.settings.zone)}`}>
      <Heat report={report} />
      {kWhich.map((which) => (
        <Margin key={which} report={report} which={which} />
      ))}
    </Section>
  );
}

// --- the heat map ---------------------------------------------------------------------------------------------------------------

const judged = ({ slots }: Timing) => slots.filter((slot) => slot.effect.value !== null);

function ledeOf(timing: Timing): string {
  const w = words.timing;
  if (judged(timing).length > 0) return w.lede;
  return timing.weekday.known_in_both_arms ? w.ledeVolume : w.ledeRates;
}

function heatDrawing(timing: Timing): Drawing {
  const w = words.timing;
  const effects = judged(timing).length > 0;
  const size = (slot: Slot) => (effects ? Math.abs(slot.shrunken ?? 0) : slot.episodes);
  const most = Math.max(...timing.slots.map(size)) || 1;
  return drawHeat(
    timing.slots.map((slot): HeatCell => {
      const { value } = slot.effect;
      const where = w.at(format.weekday(slot.weekday), format.hour(slot.hour));
      const both = w.size(format.count(slot.treated_episodes), format.count(slot.holdout_episodes));
      if (!effects) {
        return {
          ...slot,
          strength: slot.episodes > 0 ? size(slot) / most : null,
          tone: 'plain',
          clear: false,
          figure: format.count(slot.episodes),
          lines: [where, w.outreaches(slot.episodes)],
        };
      }
      if (value === null) {
        return {
          ...slot,
          strength: null,
          tone: 'grey',
          clear: false,
          figure: '',
          lines: [where, w.few, both],
        };
      }
      const range = format.interval(slot.effect, 'points');
      return {
        ...slot,
        strength: size(slot) / most,
        tone: toneOfEffect(slot.effect),
        clear: toneOfEffect(slot.effect) !== 'grey',
        figure: format.plain(value * 100, 0),
        lines: [where, words.window.effectLine(format.per100(value), range), both],
      };
    }),
  );
}

function heatTable(timing: Timing): DataTable {
  const { head } = words.timing;
  const effects = judged(timing).length > 0;
  const columns = [text(head.day), text(head.hour), count(head.outreaches)];
  const rows = timing.slots.map((slot): Cell[] => {
    const cells = [format.weekday(slot.weekday), format.hour(slot.hour), slot.episodes];
    const more = [slot.treated_episodes, slot.holdout_episodes, slot.effect, slot.shrunken];
    return effects ? [...cells, ...more] : cells;
  });
  const behind = timing.slots.map(({ weekday, hour }, at): [Cell[], Auditing] => {
    const of = words.timing.at(format.weekday(weekday), format.hour(hour));
    const where = [{ by: 'slot', value: String(weekday * kHours + hour) }];
    const population = effects ? timing.weekday.basis : 'messages';
    return [rows[at]!, { of, query: { population, outcome: 'counted', where } }];
  });
  return {
    id: 'by-weekday-and-hour',
    title: titleOf(timing),
    columns: effects
      ? [
          ...columns,
          count(head.messaged),
          count(head.heldOut),
          estimate(head.prevented, 'points'),
          { name: head.expected, kind: 'points' },
        ]
      : columns,
    rows,
    episodes: new Map(behind),
  };
}

function Heat({ report }: { report: Report }) {
  const timing = timingOf(report);
  const w = words.timing;
  const drawing = useMemo(() => heatDrawing(timing), [timing]);
  const table = useMemo(() => heatTable(timing), [timing]);
  const title = titleOf(timing);
  const known = w.sentence(format.count(judged(timing).length), format.count(timing.slots.length));
  return (
    <ChartCard
      name="timing"
      title={title}
      lede={ledeOf(timing)}
      sentence={`${title}. ${timing.weekday.known_in_both_arms ? known : ''}`}
      drawing={drawing}
      table={table}
    />
  );
}

// --- weekdays, hours, delays ------------------------------------------------------------------------------------------------------

function marginTitle(breakdown: Breakdown, which: Which): string {
  const w = words.timing;
  const { rows, known_in_both_arms: effects } = breakdown;
  if (!effects) {
    if (which !== 'lag') return w[which].open;
    const known = rows.filter((row) => row.no_contact.value !== null && row.episodes > 0);
    const [low, high] = [Math.min, Math.max].map((end) => end(...known.map((row) => row.no_contact.value!)));
    return known.length < 2
      ? w.lag.open('', '')
      : w.lag.open(format.percent(low!, 1), format.percent(high!, 1));
  }
  const best = differs(breakdown) ? bestOf(breakdown) : undefined;
  if (best) return w[which].title(names[which](best));
  if (!differs(breakdown)) return w[which].same;
  return which === 'lag' ? w.lag.open('', '') : w[which].open;
}

function marginData(report: Report, which: Which): ForestData {
  const breakdown = timingOf(report)[which];
  const w = words.timing;
  const effects = breakdown.known_in_both_arms;
  const lede = which !== 'lag' ? words.breakdown.ledeEffect(w[which].first.toLowerCase()) : w.lag.lede;
  return {
    id: `by-${which === 'lag' ? 'delay' : which}`,
    title: marginTitle(breakdown, which),
    lede: effects ? lede : w.lag.ledeRates,
    first: w[which].first,
    ...forestColumns(effects),
    rows: breakdown.rows
      .map((row) =>
        forestRow(row, names[which](row), breakdown, report.settings.level, {
          by: which,
          value: String(row.group),
          shared: which === 'lag',
        }),
      )
      .filter((row) => row.name !== ''),
  };
}

function Margin({ report, which }: { report: Report; which: Which }) {
  const breakdown = timingOf(report)[which];
  const w = words.timing[which];
  const data = useMemo(() => marginData(report, which), [report, which]);
  if (data.rows.length < 2) return null;
  return (
    <>
      <h3>{data.title}</h3>
      <Fold label={w.show}>
        <p class="hint">{data.lede}</p>
        <Forest data={data} whole />
        <Notes notes={notesOf(breakdown, w.many, false)} />
      </Fold>
    </>
  );
}

export function timingTables(report: Report): DataTable[] {
  const timing = timingOf(report);
  return [
    ...(timing.slots.length > 0 ? [heatTable(timing)] : []),
    ...kWhich.map((which) => forestTable(marginData(report, which))),
  ];
}
