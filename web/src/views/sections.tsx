// The sections of the results, in their order: the one place where a section is added. In: nothing. Out: for each its view,
// the group under which it is found in the contents, and its tables, which travel with every file that is taken along.
import type { ComponentType } from 'preact';
import type { Report } from '../../../wasm/api';
import { state } from '../state';
import type { DataTable } from '../tables';
import { treeTables } from '../tree';
import { BreakdownSection, breakdownTables } from './Breakdown';
import { Benchmarks, benchmarkTables } from './Benchmarks';
import { Causes, causesTables } from './Causes';
import { Companions, companionsTables } from './Companions';
import { Compare } from './Compare';
import { Impacts, impactTables } from './Impacts';
import { Definitions, definitionsTables } from './Definitions';
import { Holdout, holdoutTables } from './Holdout';
import { FatigueSection, fatigueTables } from './Fatigue';
import { Indicators, indicatorTables } from './Indicators';
import { Ladder, ladderTable } from './Ladder';
import { LeftOutSection, leftOutTable } from './LeftOut';
import { Ledger, ledgerTable } from './Ledger';
import { Levers, leverTables } from './Levers';
import { Matched, matchedTables } from './Matched';
import { MetricTreeSection } from './MetricTree';
import { Method, metricsTable } from './Method';
import { Mix, mixTables } from './Mix';
import { Outcomes, outcomesTables } from './Outcomes';
import { PlaybookSection, playbookTables } from './Playbook';
import { Questions, questionTables } from './Questions';
import { TimingSection, timingTables } from './Timing';
import { Trend, trendTables } from './Trend';
import { TrustSection, trustTable } from './Trust';
import { TypedLimits } from './TypedLimits';
import { VariantsSection, variantTables } from './Variants';
import { WindowSection, windowTables } from './WindowCurve';
import { Worth, worthTables } from './Worth';

export type Group =
  'answer' | 'evidence' | 'ranges' | 'time' | 'parts' | 'service' | 'why' | 'doubts' | 'method';

export interface SectionEntry {
  /** Its anchor, its name in tests and in `data-section`. */
  id: string;
  /** Its group in the contents; groups stand in the order of their first section. */
  group: Group;
  /** `files`: needs rows; `typed`: only for typed numbers; `any`: both. */
  from: 'files' | 'typed' | 'any';
  /** Does it begin open? The others begin folded, with their finding in sight. `fixed`: it cannot be folded. */
  open?: 'fixed' | ((report: Report) => boolean);
  View: ComponentType<{ report: Report }>;
  tables: (report: Report) => DataTable[];
}

const always = () => true;
const hasPlays = ({ insight }: Report) => insight.playbook.plays.length > 0;
const hasDoubts = ({ trust }: Report) => trust.some(({ level }) => level !== 'good');

/** Open are those that a manager needs in the first five minutes. */
export const sections: SectionEntry[] = [
  { id: 'questions', group: 'answer', from: 'files', open: 'fixed', View: Questions, tables: questionTables },
  { id: 'compared', group: 'evidence', from: 'any', open: 'fixed', View: Compare, tables: () => [] },
  {
    id: 'ladder',
    group: 'evidence',
    from: 'any',
    open: always,
    View: Ladder,
    tables: (report) => [ladderTable(report)],
  },
  {
    id: 'definitions',
    group: 'evidence',
    from: 'any',

    View: Definitions,
    tables: definitionsTables,
  },
  { id: 'holdout', group: 'evidence', from: 'files', View: Holdout, tables: holdoutTables },
  { id: 'matched', group: 'evidence', from: 'files', View: Matched, tables: matchedTables },
  { id: 'outcomes', group: 'evidence', from: 'files', View: Outcomes, tables: outcomesTables },
  { id: 'worth', group: 'evidence', from: 'any', View: Worth, tables: worthTables },
  { id: 'benchmarks', group: 'ranges', from: 'any', View: Benchmarks, tables: benchmarkTables },
  { id: 'typed-limits', group: 'doubts', from: 'typed', open: 'fixed', View: TypedLimits, tables: () => [] },
  { id: 'trend', group: 'time', from: 'files', open: always, View: Trend, tables: trendTables },
  { id: 'window', group: 'time', from: 'files', View: WindowSection, tables: windowTables },
  { id: 'mix', group: 'time', from: 'files', View: Mix, tables: mixTables },
  {
    id: 'breakdown',
    group: 'parts',
    from: 'files',
    open: (report) => !hasPlays(report),
    View: BreakdownSection,
    tables: breakdownTables,
  },
  {
    id: 'variants',
    group: 'parts',
    from: 'files',

    View: VariantsSection,
    tables: variantTables,
  },
  { id: 'fatigue', group: 'parts', from: 'files', View: FatigueSection, tables: fatigueTables },
  { id: 'timing', group: 'parts', from: 'files', View: TimingSection, tables: timingTables },
  {
    id: 'companions',
    group: 'service',
    from: 'files',

    View: Companions,
    tables: companionsTables,
  },
  {
    id: 'indicators',
    group: 'service',
    from: 'files',

    View: Indicators,
    tables: indicatorTables,
  },
  { id: 'levers', group: 'why', from: 'files', open: always, View: Levers, tables: leverTables },
  { id: 'causes', group: 'why', from: 'files', View: Causes, tables: causesTables },
  {
    id: 'playbook',
    group: 'why',
    from: 'files',
    open: always,
    View: PlaybookSection,
    tables: playbookTables,
  },
  { id: 'tree', group: 'why', from: 'files', View: MetricTreeSection, tables: treeTables },
  { id: 'impacts', group: 'why', from: 'files', View: Impacts, tables: impactTables },
  {
    id: 'left-out',
    group: 'doubts',
    from: 'files',

    View: LeftOutSection,
    tables: (report) => [leftOutTable(report)],
  },
  {
    id: 'trust',
    group: 'doubts',
    from: 'any',
    open: hasDoubts,
    View: TrustSection,
    tables: (report) => [trustTable(report)],
  },
  {
    id: 'ledger',
    group: 'doubts',
    from: 'files',

    View: Ledger,
    tables: (report) => [ledgerTable(report)],
  },
  {
    id: 'method',
    group: 'method',
    from: 'any',

    View: Method,
    tables: (report) => [metricsTable(report)],
  },
];

/** The sections that a report has. */
export function sectionsOf(report: Report): SectionEntry[] {
  const typed = report.files.length === 0;
  const has = ({ id, from }: SectionEntry) =>
    (from === 'any' || from === (typed ? 'typed' : 'files')) &&
    (id !== 'compared' || state.value.earlier !== null);
  return sections.filter(has);
}

/** Which sections stand open, as they begin and as the person has them; those that cannot be folded are null. */
export function openSections(report: Report, folds: Record<string, boolean>): Map<string, boolean | null> {
  return new Map(
    sectionsOf(report).map(({ id, open }) => [
      id,
      open === 'fixed' ? null : (folds[id] ?? open?.(report) ?? false),
    ]),
  );
}

/** Every table of a report that has rows. */
export function tablesOf(report: Report): DataTable[] {
  return sectionsOf(report)
    .flatMap(({ tables }) => tables(report))
    .filter((table) => table.rows.length > 0);
}
