// The trigger playbook as words and as a table. In: report.insight.playbook. Out: title, readings, rows.
import type { Play, Report } from '../../wasm/api';
import type { Drawing } from './charts/marks';
import { drawRows } from './charts/rows';
import type { Tone } from './findings';
import * as format from './format';
import { named } from './said';
import { count, estimate, text, type DataTable } from './tables';
import { words, wordFor } from './words';

const kVerdicts = ['keep', 'improve', 'stop'];

export function playbookTitle({ insight: { playbook } }: Report): string {
  const w = words.playbook;
  const { plays } = playbook;
  if (plays.length === 0) return w.titleNone;
  const judged = (verdict: string) => plays.filter((play) => play.verdict === verdict).length;
  const counts = kVerdicts.map((verdict) => ({ verdict, n: judged(verdict) })).filter(({ n }) => n > 0);
  return w.title(counts, judged('cannot_tell'));
}

/** Who owns it by name, where the file of owners knows the id. */
export const ownerOf = (report: Report, { owner }: Play): string =>
  report.tree.owners.find(({ id }) => id !== '' && id === owner)?.name ?? owner;

export const readingOf = ({ verdict, why }: Play): string =>
  `${wordFor(words.playbook.verdicts, verdict)}: ${wordFor(words.playbook.why, why)}`;

export function playbookTable(report: Report): DataTable {
  const { head } = words.playbook;
  return {
    id: 'playbook',
    title: playbookTitle(report),
    columns: [
      text(head.trigger),
      text(head.action),
      text(head.owner),
      count(head.outreaches),
      estimate(head.acted, 'share'),
      estimate(head.coverage, 'share'),
      estimate(head.precision, 'share'),
      estimate(head.effect, 'points'),
      estimate(head.prevented, 'amount'),
      estimate(head.induced, 'points'),
      text(head.reading),
    ],
    rows: report.insight.playbook.plays.map((play) => [
      named(play.trigger),
      play.content && named(play.content),
      ownerOf(report, play),
      play.episodes,
      play.fired > 0 ? play.acted_share : null,
      play.fired > 0 ? play.coverage : null,
      play.precision,
      play.effect,
      play.prevented,
      play.induced,
      readingOf(play),
    ]),
  };
}

export function lowRiskText({ insight: { playbook } }: Report): string {
  const { value } = playbook.low_risk;
  return value === null || value === 0 ? '' : words.playbook.lowRisk(format.percent(value));
}

export const playTones: Record<string, Tone> = { keep: 'good', stop: 'bad' };

/** The same as a picture. */
export function playbookDrawing(report: Report): Drawing {
  const rows = report.insight.playbook.plays.map((play) => ({
    label: named(play.trigger),
    note: words.playbook.sends(play.content && named(play.content), ''),
    estimate: play.effect,
    tone: playTones[play.verdict] ?? ('grey' as const),
    figure: play.effect.value === null ? '' : format.per100(play.effect.value),
    reading: wordFor(words.playbook.verdicts, play.verdict),
  }));
  return drawRows(rows, { zero: true });
}
