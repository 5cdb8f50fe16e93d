// The result by one or two attributes: an effect for each part where the held-out state it too, else the upper bound; whether the
// parts differ at all; for triggers, the effect against the share of contacts that they could reach.
import { useMemo } from 'preact/hooks';
import type { Breakdown, BreakdownRow, Homogeneity, Play, Report } from '../../../wasm/api';
import { changeSettings } from '../actions';
import type { Drawing } from '../charts/marks';
import { drawScatter } from '../charts/scatter';
import { episodesOfPart, type Part } from '../episodes';
import { breakdownTitle, type Tone } from '../findings';
import * as format from '../format';
import { count, estimate, text, type Column, type DataTable } from '../tables';
import { settings } from '../state';
import { wordFor, words } from '../words';
import { ChartCard } from './ChartCard';
import { Forest, forestDrawing, forestTable, type ForestData, type ForestRow } from './Forest';
import { Fold, Missing, Section } from './Section';

/** Column of the cases behind a rate. */
const kCases = 1;

export function BreakdownSection({ report }: { report: Report }) {
  const { breakdown } = report;
  const w = words.breakdown;
  const data = useMemo(() => breakdownData(report), [report]);
  if (breakdown.available.length === 0) {
    return <Missing id="breakdown" title={w.titleNone} text={w.none} />;
  }
  const first = breakdown.available;
  const second = first.filter((attribute) => attribute !== breakdown.attribute);
  const choice = (label: string, value: string, none: string, options: string[], field: string) => (
    <label class="field inline">
      <span>{label}</span>
      <select value={value} onChange={(event) => changeSettings({ [field]: event.currentTarget.value })}>
        {none && <option value="">{none}</option>}
        {options.map((attribute) => (
          <option key={attribute} value={attribute}>
            {wordFor(words.attributes, attribute)}
          </option>
        ))}
      </select>
    </label>
  );
  const chosen = breakdown.attribute;
  return (
    <Section
      id="breakdown"
      title={data.title}
      lede={data.lede}
      controls={
        <>
          {choice(w.by, chosen, chosen === '' ? w.noneChosen : '', first, 'breakdown')}
          {choice(w.and, settings.value.secondBreakdown, w.noSecond, second, 'secondBreakdown')}
        </>
      }
    >
      {breakdown.rows.length > 0 && (
        <>
          <Forest data={data} />
          <Notes notes={notesOf(breakdown, manyOf(report))} />
        </>
      )}
      <Coverage report={report} />
    </Section>
  );
}

const secondOf = ({ settings: { second_breakdown: second }, breakdown }: Report): string =>
  second === breakdown.attribute ? '' : second;

const manyOf = (report: Report): string => words.parts.many(report.breakdown.attribute, secondOf(report));

function nameOf(report: Report): string {
  const name = wordFor(words.attributes, report.breakdown.attribute);
  const second = secondOf(report);
  return second ? words.parts.pair(name, wordFor(words.attributes, second)) : name;
}

function breakdownLede(report: Report): string {
  const { breakdown } = report;
  const w = words.breakdown;
  const name = nameOf(report);
  if (breakdown.attribute === '') return '';
  if (breakdown.known_in_both_arms) return w.ledeEffect(name);
  return report.holdout.available ? w.ledeOneArm(name) : w.ledeRate(name);
}

// --- rows ---------------------------------------------------------------------------------------------------------------------

const rowTones: Record<string, Tone> = { prevents: 'good', causes: 'bad' };

/** Best first, by what is left of an effect when luck is taken out; parts without a value last. */
export function ordered({ rows, known_in_both_arms: effects }: Breakdown): BreakdownRow[] {
  const value = (row: BreakdownRow) => (effects ? row.shrunken : row.no_contact).value;
  const none = Number.NEGATIVE_INFINITY;
  return [...rows].sort((a, b) => (value(b) ?? none) - (value(a) ?? none) || b.episodes - a.episodes);
}

/** Clear when looked at alone, but not called among so many. */
const clearAlone = (row: BreakdownRow, level: number): boolean =>
  row.verdict === 'cannot_tell' && row.p !== null && row.p < 1 - level && row.p_adjusted !== null;

function noteOf(row: BreakdownRow, breakdown: Breakdown, level: number): string {
  const w = words.parts;
  if (row.verdict === 'too_few') return w.few;
  if (clearAlone(row, level)) return w.alone(format.count(breakdown.rows.length));
  if (row.verdict !== 'cannot_tell' || row.detectable_drop === null) return '';
  return words.breakdown.detectable(format.per100(row.detectable_drop));
}

/** A row of any breakdown: parts, weekdays, versions. */
export function forestRow(
  row: BreakdownRow,
  name: string,
  breakdown: Breakdown,
  level: number,
  part: Part,
): ForestRow {
  const w = words.breakdown;
  const episodes = episodesOfPart(breakdown, part, name);
  if (!breakdown.known_in_both_arms) {
    return {
      name,
      cells: [row.episodes, row.contacted],
      episodes,
      estimate: row.no_contact,
      tone: 'plain',
      small: w.smallRate(format.count(row.episodes)),
      reading: '',
      note: '',
    };
  }
  return {
    name,
    cells: [row.treated_episodes, row.holdout_episodes],
    episodes,
    estimate: row.effect,
    expected: row.shrunken,
    tone: rowTones[row.verdict] ?? 'grey',
    hollow: row.descriptive,
    small: w.small(format.count(row.treated_episodes), format.count(row.holdout_episodes)),
    reading: wordFor(w.verdicts, row.verdict),
    note: noteOf(row, breakdown, level),
  };
}

/** What such rows stand under. */
export function forestColumns(effects: boolean): { columns: Column[]; value: Column; effects: boolean } {
  const w = words.breakdown.head;
  return effects
    ? {
        effects,
        columns: [count(w.outreaches), count(w.heldOut)],
        value: estimate(w.prevented, 'points', kCases),
      }
    : {
        effects,
        columns: [count(w.outreaches), count(w.contacted)],
        value: estimate(w.quiet, 'share', kCases),
      };
}

function breakdownData(report: Report): ForestData {
  const { breakdown } = report;
  const unnamed = words.breakdown.unnamed;
  const codes = [breakdown.attribute, secondOf(report)].filter(Boolean);
  return {
    id: `by-${codes.join('-and-').replaceAll('_', '-')}`,
    title: breakdownTitle(breakdown, secondOf(report)),
    lede: breakdownLede(report),
    first: format.sentenceCase(nameOf(report)),
    ...forestColumns(breakdown.known_in_both_arms),
    rows: ordered(breakdown).map((row) => {
      const name = row.label.replaceAll('_', ' ') || unnamed;
      const part = { by: 'breakdown', value: row.label };
      return forestRow(row, name, breakdown, report.settings.level, part);
    }),
  };
}

/** The parts as a chart; with `most`, the best and the worst of them. */
export const breakdownDrawing = (report: Report, most = Infinity): Drawing =>
  forestDrawing(breakdownData(report), most);

export const breakdownTables = (report: Report): DataTable[] => [
  ...(report.breakdown.rows.length > 0 ? [forestTable(breakdownData(report))] : []),
  ...(coverageOf(report).length > 0 ? [coverageTable(report)] : []),
];

// --- what is to be kept in mind -----------------------------------------------------------------------------------------------

export function Notes({ notes }: { notes: string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul class="notes hint">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

/** Do the rows differ at all? Empty where it was not asked. */
function homogeneityNote({ verdict, i_squared: spread, p }: Homogeneity, many: string): string {
  const w = words.parts;
  if (p === null) return '';
  if (verdict !== 'differ') return w.sameForAllWeKnow(many, format.probability(p));
  return w.differ(many, spread === null ? '' : format.percent(spread, 1), format.probability(p));
}

/** `ranked`: the rows stand in the order of their effects. */
export function notesOf(breakdown: Breakdown, many: string, ranked = true): string[] {
  if (!breakdown.known_in_both_arms) return [];
  const w = words.parts;
  const { homogeneity, rows } = breakdown;
  const { value: mean } = homogeneity.mean;
  const tested = rows.filter((row) => row.p_adjusted !== null).length;
  const adjusted = w.adjusted[breakdown.adjustment]?.(format.count(tested)) ?? '';
  const sorted = !ranked || mean === null || rows.length < 2 ? '' : w.sorted(format.per100(mean));
  const hollow = rows.some((row) => row.descriptive) ? w.descriptive : '';
  // Where nothing is judged, nothing is said about differences either.
  const judged = rows.some((row) => !['too_few', 'not_covered', 'masked'].includes(row.verdict));
  return [judged ? homogeneityNote(homogeneity, many) : '', sorted, adjusted, hollow].filter(Boolean);
}

// --- effect against coverage --------------------------------------------------------------------------------------------------

/** Triggers of which warning signals are recorded; of the others nobody knows what they could have reached. */
const hasSignals = (play: Play): boolean => play.fired > 0 && play.coverage.value !== null;

const playName = ({ trigger }: Play): string => trigger.replaceAll('_', ' ') || words.breakdown.unnamed;

function coverageOf(report: Report): Play[] {
  if (report.breakdown.attribute !== 'trigger' || secondOf(report)) return [];
  return report.insight.playbook.plays.filter((play) => hasSignals(play) && play.effect.value !== null);
}

/** The reading is that of the breakdown: the same effect. */
function readingOf(play: Play, { breakdown }: Report): string {
  return breakdown.rows.find((row) => row.label === play.trigger)?.verdict ?? '';
}

function coverageTitle(report: Report): string {
  const w = words.parts.coverage;
  const [best] = coverageOf(report)
    .filter((play) => readingOf(play, report) === 'prevents')
    .sort((a, b) => b.coverage.value! - a.coverage.value!);
  return best ? w.title(playName(best), format.percent(best.coverage.value!)) : w.titleNone;
}

function coverageTable(report: Report): DataTable {
  const [trigger, share, prevented, reading] = words.parts.coverage.head;
  return {
    id: 'effect-against-coverage',
    title: coverageTitle(report),
    columns: [text(trigger!), estimate(share!, 'share'), estimate(prevented!, 'points'), text(reading!)],
    rows: coverageOf(report).map((play) => [
      playName(play),
      play.coverage,
      play.effect,
      wordFor(words.breakdown.verdicts, readingOf(play, report)),
    ]),
  };
}

function Coverage({ report }: { report: Report }) {
  const w = words.parts.coverage;
  const plays = useMemo(() => coverageOf(report), [report]);
  const drawing = useMemo(() => {
    const points = plays.map((play) => {
      const reading = readingOf(play, report);
      const range = format.interval(play.effect, 'points');
      return {
        name: playName(play),
        across: play.coverage.value!,
        effect: play.effect,
        tone: rowTones[reading] ?? ('grey' as const),
        lines: [
          playName(play),
          `${w.head[1]}: ${format.percent(play.coverage.value!)}`,
          words.window.effectLine(format.per100(play.effect.value!), range),
          wordFor(words.breakdown.verdicts, reading),
        ],
      };
    });
    return drawScatter(points, w.across);
  }, [plays, report, w]);
  if (plays.length === 0) return null;
  const title = coverageTitle(report);
  const lede = w.lede(format.days(report.settings.lookback_days));
  const without = report.insight.playbook.plays.filter((play) => !hasSignals(play)).map(playName);
  return (
    <>
      <h3>{title}</h3>
      <Fold label={w.label}>
        <p class="hint">{[lede, without.length > 0 ? w.without(format.list(without)) : ''].join(' ')}</p>
        <ChartCard
          name="coverage"
          title={title}
          lede={lede}
          sentence={title}
          drawing={drawing}
          table={coverageTable(report)}
        />
      </Fold>
    </>
  );
}
